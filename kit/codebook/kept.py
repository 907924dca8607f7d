"""A codebook that was checked before, kept in the project's ``.kit``: its tables, its version and its rules.

Its name is a hash of the codebook's files and of everything that checks them, so that what is found is never out of
date; it is read only if every byte is as it was written. Rules are made of what is kept when a text is looked through.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import pandas as pd

from kit.sealed import kept, rules_of

if TYPE_CHECKING:
    from kit.codebook.rules import Rule

#: Where they are kept, in .kit.
CHECKED = "codebook"
_LEAST = 200  # rules; fewer are checked in no time
_STATES = 4  # codebooks that are kept
_ROOMS = ("wording", "lexicon", "reading", "language", "index", "codebook")


class State(NamedTuple):
    """What a codebook consists of once its files are checked, as `kit.codebook.codebook.Codebook` explains it."""

    concepts: pd.DataFrame
    patterns: pd.DataFrame
    lists: dict[str, str]
    rules: Sequence[Rule]
    version: str


def kept_state(hashes: Sequence[str], check: Callable[[], State]) -> State:
    """Return what a check of files with these hashes gave before, or check them, which may raise, and keep it."""

    def name() -> str:
        return f"{hashlib.sha256(' '.join((rules_of(*_ROOMS), *hashes)).encode()).hexdigest()[:24]}.bin"

    return kept(CHECKED, name, check, read=_read, written=_written, states=_STATES)


class KeptRules(Sequence["Rule"]):
    """Rules as they were written, packed (a twentieth of their bytes), made when one of them is asked for."""

    def __init__(self, content: bytes, number: int) -> None:
        self._content, self._number = content, number

    @cached_property
    def _made(self) -> tuple[Rule, ...]:
        """The rules."""
        from kit.codebook.rule_lists import from_lists  # noqa: PLC0415 - who finds kept mentions needs no rules

        return from_lists(json.loads(zlib.decompress(self._content)))

    @overload
    def __getitem__(self, place: int) -> Rule: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Rule]: ...
    def __getitem__(self, place: int | slice) -> Rule | Sequence[Rule]:
        """Return some of the rules."""
        return self._made[place]

    def __len__(self) -> int:
        """Return how many there are."""
        return self._number

    def __iter__(self) -> Iterator[Rule]:
        """Go through the rules."""
        return iter(self._made)

    def __eq__(self, other: object) -> bool:
        """Tell whether others are the same rules."""
        return self._made == (other._made if isinstance(other, KeptRules) else other)

    def __hash__(self) -> int:
        """Return a number for these rules."""
        return hash(self._made)

    def __getstate__(self) -> dict[str, Any]:
        """Send what they are made of."""
        return {"_content": self._content, "_number": self._number}


def _written(state: State) -> bytes | None:
    """Return what a check gave as bytes: how long each piece is, and the pieces."""
    if len(state.rules) < _LEAST:
        return None
    from kit.codebook.rule_lists import as_lists  # noqa: PLC0415 - once for a codebook

    rules = json.dumps(as_lists(state.rules), ensure_ascii=True, separators=(",", ":")).encode()
    pieces = [_table(state.concepts), _table(state.patterns), zlib.compress(rules, 6)]
    head = {"version": state.version, "lists": state.lists, "rules": len(state.rules), "sizes": [*map(len, pieces)]}
    return b"\n".join([json.dumps(head).encode(), b"".join(pieces)])


def _read(content: bytes) -> State:
    """Return what `_written` made bytes of."""
    begin = content.index(b"\n") + 1
    head = json.loads(content[:begin])
    rest = content[begin:]
    first, second, _ = head["sizes"]
    concepts, patterns = (_table_of(piece) for piece in (rest[:first], rest[first : first + second]))
    rules = KeptRules(rest[first + second :], head["rules"])
    return State(concepts, patterns, head["lists"], rules, head["version"])


def _table(table: pd.DataFrame) -> bytes:
    """Return a table of texts as bytes, each text once: conditions hold their lists written out, rows over rows."""
    import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

    content = pa.Table.from_pandas(table, preserve_index=False).combine_chunks()
    content = pa.table([column.dictionary_encode() for column in content.columns], content.column_names)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, content.schema) as writer:
        writer.write_table(content)
    return bytes(sink.getvalue())


def _table_of(content: bytes) -> pd.DataFrame:
    """Return the table that `_table` made bytes of."""
    import pyarrow as pa  # noqa: PLC0415

    packed = pa.ipc.open_stream(content).read_all()
    texts = [column.cast(pa.large_string()) for column in packed.columns]
    table: pd.DataFrame = pa.table(texts, packed.column_names).to_pandas()
    return table
