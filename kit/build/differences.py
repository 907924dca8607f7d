"""How two versions of the figures differ, in words that name the exhibit and the cell."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from kit.exhibits.formats.csv import read
from kit.publish.diff.places import key_width, keyed

_SHOWN = 10  # cells named for one file; the others are counted
# What a sidecar says of the inputs its exhibit was made from.
_INPUTS = {
    "fingerprint": "corpus fingerprint",
    "codebook": "codebook version",
    "kit": "version of the kit",
    "lock": "hash of requirements.lock",
    "labels": "language of labels",
    "evidence": "evidence",
}


def compare(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> dict[str, list[str]]:
    r"""Compare two sets of files byte by byte."""
    found: dict[str, list[str]] = {}
    changed = {name for name in {*before, *now} if before.get(name) != now.get(name)}
    for name in sorted(changed, key=lambda name: (_exhibit(name), _ORDER.get(_ending(name), 9), name)):
        lines = _file(name, before.get(name), now.get(name), changed)
        if lines:
            found.setdefault(_exhibit(name), []).extend(lines)
    return found


def inputs(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[str]:
    r"""Say which inputs the sidecars of two sets of files disagree on: what a difference of exhibits comes from."""
    said = {}
    for name in sorted({*before} & {*now}):
        old, new = _facts(name, before[name]), _facts(name, now[name])
        for key, words in _INPUTS.items():
            if key in old and key in new and old[key] != new[key]:
                said[f"{words}: was {old[key][:12]}, is {new[key][:12]}"] = list(_INPUTS).index(key)
    return sorted(said, key=lambda line: said[line])


def _facts(name: str, raw: bytes) -> dict[str, str]:
    """Read what a sidecar says of its exhibit's inputs."""
    try:
        content = json.loads(raw) if name.endswith(".json") else None
    except ValueError:
        return {}
    if not isinstance(content, dict):
        return {}
    attrs = content.get("attrs")
    every = {**content, **(attrs if isinstance(attrs, dict) else {})}
    return {key: every[key] for key in _INPUTS if isinstance(every.get(key), str)}


_ORDER = {"csv": 0, "json": 1}


def _exhibit(name: str) -> str:
    """Return the exhibit a file belongs to."""
    return name.rpartition("/")[2].partition(".")[0]


def _ending(name: str) -> str:
    """Return what follows the last dot."""
    return name.rpartition(".")[2]


def _file(name: str, before: bytes | None, now: bytes | None, changed: AbstractSet[str]) -> list[str]:
    """Say how two versions of one file differ; hashes of files that are named themselves say nothing more."""
    if now is None:
        return [f"{name}: is there, but no notebook makes it"]
    if before is None:
        return [f"{name}: is not there, but a notebook makes it"]
    said: list[str] = []
    try:
        if name.endswith(".csv"):
            said = list(_cells(read(before, name), read(now, name)))
        elif name.endswith(".json"):
            old, new = json.loads(before), json.loads(now)
            short_old, short_new = _without(old, changed), _without(new, changed)
            if short_old == short_new and old != new:
                return []
            said = list(_keys(short_old, short_new, ""))
    except (ValueError, csv.Error):
        said = []  # no table or no JSON any more: the bytes are all there is to compare
    if not said:
        return [f"{name}: {_bytes(before, now)}"]
    more = [f"{name}: and {len(said) - _SHOWN} more"] if len(said) > _SHOWN else []
    return [*(f"{name}: {line}" for line in said[:_SHOWN]), *more]


def _without(sidecar: Any, changed: AbstractSet[str]) -> Any:
    """Leave the hashes of changed files out of a sidecar."""
    products = sidecar.get("products") if isinstance(sidecar, dict) else None
    if not isinstance(products, dict):
        return sidecar
    return {**sidecar, "products": {path: digest for path, digest in products.items() if path not in changed}}


def _bytes(before: bytes, now: bytes) -> str:
    """Say where the bytes begin to differ."""
    first = next((at for at, (old, new) in enumerate(zip(before, now, strict=False)) if old != new), None)
    if first is None:
        first = min(len(before), len(now))
    return f"bytes differ, first at byte {first + 1} (line {before[:first].count(10) + 1})"


def _cells(before: list[list[str]], now: list[list[str]]) -> Iterator[str]:
    """Say cell by cell how two tables differ; rows are matched by their first columns."""
    if not before or not now:
        return
    old_columns, new_columns = before[0], now[0]
    yield from (f"column {name!r} is gone" for name in old_columns if name not in new_columns)
    yield from (f"column {name!r} is new" for name in new_columns if name not in old_columns)
    if len(set(old_columns)) < len(old_columns) or len(set(new_columns)) < len(new_columns):
        return
    width = key_width(before, now)
    old, new = keyed(before, width), keyed(now, width)
    for key in dict.fromkeys([*old, *new]):
        row = f"row {' / '.join(key)!r}" if width else f"row {key[0]}"
        if key not in new or key not in old:
            yield f"{row} is {'gone' if key not in new else 'new'}"
            continue
        for name in old_columns:
            if name in new_columns and old[key].get(name) != new[key].get(name):
                yield f"{row}, column {name!r}: was {old[key].get(name)!r}, is {new[key].get(name)!r}"
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield "the rows stand in another order"


def _keys(before: Any, now: Any, path: str) -> Iterator[str]:
    """Say key by key how two JSON values differ."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in sorted({*before, *now}):
            yield from _member(before, now, key, f"{path}.{key}" if path else key)
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for number, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from _keys(old, new, f"{path}[{number}]")
    elif before != now or type(before) is not type(now):
        yield f"{path or 'the value'}: was {_short(before)}, is {_short(now)}"


def _member(before: dict[str, Any], now: dict[str, Any], key: str, path: str) -> Iterator[str]:
    """Say how one member of two objects differs."""
    if key not in now:
        yield f"{path} is gone (was {_short(before[key])})"
    elif key not in before:
        yield f"{path} is new ({_short(now[key])})"
    else:
        yield from _keys(before[key], now[key], path)


def _short(value: Any, limit: int = 80) -> str:
    """Write a JSON value, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def report(found: Mapping[str, Sequence[str]], makers: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a report."""
    for exhibit, lines in found.items():
        yield f"{exhibit} ({makers[exhibit]})" if exhibit in makers else exhibit
        yield from (f"  {line}" for line in lines)
