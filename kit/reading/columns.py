"""Which column of a table is which: the kit's names, the names that others give them, and what a person says."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, partial
from pathlib import Path

from kit.errors import ReadingError
from kit.reading.metadata import KNOWN, column_name

_LISTED = 20  # columns that an error names
_LONGEST = 200  # characters of them
_MEANT = {"text": "the texts", "file": "the names of the text files"}


@dataclass(frozen=True)
class Naming:
    """How columns of tables are named.

    Attributes
    ----------
    stated : mapping of str to str
        The column of the table that is meant, by the kit's name, as ``{"text": "Isi"}``. It goes before all else.
    strict : bool
        Whether every table must have these columns, as where they are stated for one source and not for a project.

    """

    stated: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False

    @classmethod
    def parse(cls, text: str) -> Naming:
        """Read what a person writes on the command line or in pyproject.toml.

        Examples
        --------
        >>> dict(Naming.parse("text=Isi, date = Tanggal Terbit").stated)
        {'text': 'Isi', 'date': 'Tanggal Terbit'}

        """
        stated: dict[str, str] = {}
        for piece in filter(None, (piece.strip() for piece in text.split(","))):
            name, equals, own = (part.strip() for part in piece.partition("="))
            if not (name and equals and own):
                raise ReadingError(f"columns: {piece!r} maps no column", remedy="write text=Isi, date=Tanggal")
            stated[name] = own
        return cls.of_mapping(stated)

    @classmethod
    def of_mapping(cls, stated: Mapping[str, str], *, strict: bool = False) -> Naming:
        """Check what a person says of columns."""
        allowed = ("text", *KNOWN)
        for name in stated:
            if name not in allowed:
                near = get_close_matches(name.casefold(), allowed, n=1)
                remedy = f"did you mean {near[0]}={stated[name]}?" if near else f"the kit's are {', '.join(allowed)}"
                raise ReadingError(f"columns: {name!r} is no column of the kit", remedy=remedy)
        return cls(dict(stated), strict=strict)

    def of(self, names: Sequence[str], place: str = "") -> dict[str, str]:
        """Return what each column of a table is called in the kit, in order.

        A column that a person names comes first, then one that has the kit's own name, then the first of its aliases
        in ``columns.csv`` that is there; any other keeps its name.

        Examples
        --------
        >>> Naming().of(["Judul", "isi", "tema", "content"])
        {'Judul': 'title', 'isi': 'isi', 'tema': 'tema', 'content': 'text'}

        """
        bare = {name: column_name(name) for name in names}
        folded = {column.casefold(): name for name, column in reversed(bare.items())}
        found: dict[str, str] = {}
        for column, own in self.stated.items():
            name = folded.get(column_name(own).casefold())
            if name is None and not self.strict:
                continue
            if name is None:
                near = nearest(own, names)
                remedy = f"did you mean {column}={near}?" if near else "name one of these"
                raise ReadingError(f"no column {own!r}; the columns are: {listed(names)}", place=place, remedy=remedy)
            found[name] = column
        taken = {*found.values(), *(column for name, column in bare.items() if name not in found)}
        for alias, column in aliases():
            name = folded.get(alias)
            if name is not None and name not in found and column not in taken:
                found[name] = column
                taken.add(column)
        kept = {name: found.get(name) or _own(column, found) for name, column in bare.items()}
        refuse_repeated(kept.values(), place)
        return kept


def repeated_names(names: Iterable[str]) -> list[str]:
    """List the names that are there more than once, in code-point order; columns without a name may be many."""
    return sorted(name for name, count in Counter(names).items() if name and count > 1)


def refuse_repeated(names: Iterable[str], place: str) -> None:
    """Refuse a heading in which a column stands more than once."""
    for name in repeated_names(names):
        raise ReadingError(f"column {name!r} stands more than once", place=place, remedy="rename one")


def _own(column: str, found: Mapping[str, str]) -> str:
    """Return the name of a column that is not renamed; one whose name another has been given is kept beside it."""
    return f"{column}_stated" if column in found.values() else column


def require(kept: Iterable[str], key: str, names: Sequence[str], place: str, shown: str) -> None:
    """Refuse a table that lacks a column; name those there are, and the one that is nearest."""
    if key in kept:
        return
    called = [key, *(alias for alias, column in aliases() if column == key)]
    near = next(filter(None, map(partial(nearest, names=names), called)), "") or next(
        (name for one in called for name in names if one in name.casefold().replace("_", " ").split()), ""
    )
    stated = f'"{key}={near}"' if " " in near else f"{key}={near or 'NAME'}"
    say = f"--columns {stated} or columns={{{key!r}: {near or 'NAME'!r}}}" if key == "text" else ""
    remedy = f"name the column with {_MEANT.get(key, key)} {key!r}" + (f", or say which it is: {say}" if say else "")
    if shown == "the first row is":
        remedy += ", or put a row of column names first"
    raise ReadingError(f"no column {key!r}; {shown}: {listed(names)}", place=place, remedy=remedy)


def listed(names: Iterable[str]) -> str:
    """List columns for a message."""
    there = [name for name in names if name]
    return (", ".join(there[:_LISTED]) + (", …" if there[_LISTED:] else ""))[:_LONGEST]


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the column whose name is most like another; empty if none is."""
    folded = {one.casefold(): one for one in names if one}
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=0.75)
    return folded[near[0]] if near else ""


@cache
def aliases() -> tuple[tuple[str, str], ...]:
    """Return what others call the kit's columns, the surest first."""
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as stream:
        return tuple((row["alias"], row["column"]) for row in csv.DictReader(stream))
