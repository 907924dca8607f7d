"""The call that made a table: its name and arguments, nested, as plain JSON that reads the same on every machine.

A call is one of

- ``{"name": "keyness", "arguments": {…}}``: a public function, with the arguments that are not its defaults;
- ``{"of": call, "name": "where", "arguments": {…}}``: a method of what another call made;
- ``{"of": call, "attribute": "terms"}`` or ``{"of": call, "item": "2024"}``: a part of what another call made;
- ``{"made": "outside the kit"}``: what no call of the kit made, or what was changed since; ``of`` says of what.

An argument is plain JSON, a call, ``{"mapping": {…}}``, or ``{"sha256": …, "items": …}`` for a long list.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from kit.corpus.facts import finding, rows_of, unchanged
from kit.errors import SettingsError
from kit.settings import project_root

Call = dict[str, Any]
P = ParamSpec("P")
R = TypeVar("R")

#: What no call of the kit made.
OUTSIDE = "outside the kit"
#: Parameters that have no bearing on what is made.
_SILENT = ("engine", "verify", "progress")
_LONGEST = 50  # items of a list that are written down
_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)


def outside() -> Call:
    """Return the call of what the kit did not make."""
    return {"made": OUTSIDE}


@contextmanager
def unrecorded() -> Iterator[None]:
    """Let calls of public functions record nothing: they are steps of another."""
    before = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(before)


def recorded(*key: str, **keys: Sequence[str]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a public function write down how its result was made.

    Parameters
    ----------
    *key : str
        For a function that returns a table: the columns that say which row is which, as in `rows_of`.
    **keys : sequence of str
        For a function that returns an object of tables: the same for each table, by its name.

    Returns
    -------
    function
        Tables get ``attrs["call"]`` and ``attrs["rows"]``, and their ``attrs`` become plain JSON; an object with
        ``attrs`` gets the call in them; a corpus, codebook or list gets it as its `origin`. Calls that a public
        function makes itself are not written down. A table made of tables alone, one of which is not as the kit made
        it, gets no facts but its call.

    Examples
    --------
    >>> @recorded("term")
    ... def count_terms(terms, least=1):
    ...     counts = pd.Series(terms).value_counts().rename_axis("term").reset_index()
    ...     return counts[counts["count"] >= least]
    >>> count_terms(["asn", "warga", "asn"], least=2).attrs["call"]
    {'name': 'count_terms', 'arguments': {'terms': ['asn', 'warga', 'asn'], 'least': 2}}

    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            if _QUIET.get():
                return function(*args, **kwargs)
            with unrecorded():
                made = function(*args, **kwargs)
            given = signature.bind(*args, **kwargs).arguments
            call = _call(function, signature, given)
            sound = _sound(signature, given)
            if isinstance(made, pd.DataFrame):
                _stamp(made, call, key, sound=sound)
            elif hasattr(made, "origin"):
                object.__setattr__(made, "origin", call)
            else:
                _stamp_all(made, call, keys, sound=sound)
            return made

        return wrapper

    return decorate


def extended(origin: Call, name: str, **arguments: Any) -> Call:
    """Return the call of a method of what another call made.

    Examples
    --------
    >>> extended({"name": "load_codebook", "arguments": {}}, "with_patterns", enable=["berdampak"])["arguments"]
    {'enable': ['berdampak']}

    """
    return {"of": origin, "name": name, "arguments": {key: _plain(value) for key, value in arguments.items()}}


def call_of(value: Any) -> Call:
    """Return the call that made a table, corpus, codebook or result; of a table changed since, that it was."""
    if isinstance(value, pd.DataFrame):
        call = value.attrs.get("call")
        if call is not None and unchanged(value):
            return dict(call)
        return outside() | ({} if call is None else {"of": call})
    if isinstance(getattr(value, "origin", None), dict):
        return dict(value.origin)
    if "call" in (getattr(value, "attrs", None) or {}):
        return dict(value.attrs["call"])
    made = [table.attrs["call"]["of"] for table in _tables(value).values() if "of" in table.attrs.get("call", {})]
    return dict(made[0]) if made else outside()


def plain(value: Any) -> Any:
    """Turn facts into what JSON can hold."""
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return value.item() if isinstance(value, np.generic) else value


def _call(function: Callable[..., Any], signature: inspect.Signature, given: Mapping[str, Any]) -> Call:
    """Write down the call of a function or method."""
    arguments: dict[str, Any] = {}
    for name, value in given.items():
        parameter = signature.parameters[name]
        if parameter.kind is parameter.VAR_KEYWORD:
            arguments |= {key: _plain(entry) for key, entry in value.items()}
        elif name not in ("self", "cls", *_SILENT) and not _is_default(value, parameter.default):
            arguments[name] = _plain(Path(value) if _is_path(parameter, value) else value)
    if "self" in given:
        return {"of": call_of(given["self"]), "name": function.__name__, "arguments": arguments}
    return {"name": function.__qualname__ if "cls" in given else function.__name__, "arguments": arguments}


def _is_default(value: Any, default: Any) -> bool:
    """Tell whether a value is what the function takes if it is left out."""
    return value is default or (type(value) is type(default) and bool(value == default))


def _plain(value: Any) -> Any:
    """Write down an argument."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Path):
        return _placed(value)
    if isinstance(value, Mapping):
        return {"mapping": {str(key): _plain(entry) for key, entry in value.items()}}
    if isinstance(value, (set, frozenset)):
        return _listed(sorted(map(str, value)))
    if isinstance(value, (range, np.ndarray, pd.Index, pd.Series)) or (
        isinstance(value, (list, tuple)) and not _tables(value)
    ):
        return _listed([_plain(entry) for entry in getattr(value, "tolist", lambda: value)()])
    return call_of(value)


def _listed(items: list[Any]) -> Any:
    """Write a list down, or the hash of a long one."""
    if len(items) <= _LONGEST:
        return items
    text = json.dumps(items, ensure_ascii=False, separators=(",", ":"))
    return {"sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16], "items": len(items)}


def _placed(path: Path) -> str:
    """Write a path as seen from the project that holds it; of any other path the last name alone."""
    place = path.resolve()
    try:
        return place.relative_to(project_root(place)).as_posix()
    except SettingsError:
        return place.name


def _sound(signature: inspect.Signature, given: Mapping[str, Any]) -> bool:
    """Tell whether a result rests on a corpus or a file, or else on tables that are as the kit made them."""
    if any(
        hasattr(type(one), "fingerprint") or _is_path(signature.parameters[name], one) for name, one in given.items()
    ):
        return True
    return not any(finding(one).problem for one in given.values() if isinstance(one, pd.DataFrame))


def _is_path(parameter: inspect.Parameter, value: Any) -> bool:
    """Tell whether an argument is the path of a file or folder."""
    return isinstance(value, Path) or (isinstance(value, str) and "Path" in str(parameter.annotation))


def _tables(value: Any) -> dict[str, pd.DataFrame]:
    """Return the tables of a result by their names."""
    names = [field.name for field in fields(value)] if is_dataclass(value) else getattr(value, "_fields", ())
    every = {name: getattr(value, name) for name in names}
    return {name: entry for name, entry in every.items() if isinstance(entry, pd.DataFrame)}


def _stamp_all(made: Any, call: Call, keys: Mapping[str, Sequence[str]], *, sound: bool) -> None:
    """Write the call down in each table of a result, and in what else of it has a place for that."""
    if isinstance(getattr(made, "attrs", None), dict):
        made.attrs["call"] = call
    for name, table in _tables(made).items():
        _stamp(table, {"of": call, "attribute": name}, keys.get(name, ()), sound=sound)
    for name in getattr(made, "_fields", ()):
        if hasattr(getattr(made, name), "origin"):
            object.__setattr__(getattr(made, name), "origin", {"of": call, "attribute": name})


def _stamp(table: pd.DataFrame, call: Call, key: Sequence[str], *, sound: bool) -> None:
    """Write down in a table which call made it, and, where it has facts, digests of the rows that they are about."""
    facts = {**plain(table.attrs), "rows": rows_of(table, key)} if sound and table.attrs else {}
    table.attrs = {**facts, "call": call}
