"""What the first lines of an article's text state of it: ``Judul: …``, ``Tanggal: …``, as people write above a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import takewhile
from typing import Any

from kit.reading.columns import Naming
from kit.reading.formats.contract import File
from kit.reading.metadata import KNOWN

#: A label of at most three words, a colon, and what it states.
_LINE = re.compile(r"(?P<label>[^\W\d][\w.-]*(?:[ _][^\W\d][\w.-]*){0,2})[ \t]*:(?:[ \t]+(?P<value>.*))?")
_KNOWN = {*KNOWN}
_MARKS = {"title", "date"}  # of which a header has one, and another column beside it: who is asked is no header
_LONGEST = 100  # characters of a line whose label the kit does not know


def stated_above(text: str, file: File) -> tuple[dict[str, Any], str]:
    r"""Return what labels above a text state, by the kit's names for columns, and the text without them.

    Labels are the names that columns of tables may have. At least two of the kit's columns are stated, the title or the
    date among them; else nothing is a header and the text stays as it is. A label that the kit does not know is a
    column of its own where all lines down to the first blank one are labels.

    Examples
    --------
    >>> from pathlib import Path
    >>> file = File(Path("a.txt"), "a.txt")
    >>> stated_above("Judul: Loket Dibuka\nTanggal: 5 Februari 2024\nRubrik: Kota\n\nWarga dilayani.", file)
    ({'title': 'Loket Dibuka', 'date': '5 Februari 2024', 'Rubrik': 'Kota'}, 'Warga dilayani.')
    >>> stated_above("Wartawan: Kapan selesai?\nBupati: Besok.", file)
    ({}, 'Wartawan: Kapan selesai?\nBupati: Besok.')

    """
    lines = text.removeprefix("\ufeff").splitlines()
    matches = [_LINE.fullmatch(line.strip()) for line in lines]
    run = list(takewhile(lambda number: matches[number] or not lines[number].strip(), range(len(lines))))
    named = {number: match["label"] for number in run if (match := matches[number])}
    columns = _columns(named, file)
    last = next((number for number in named if columns[number] == "text"), len(lines))
    own = _is_block(lines, last, named)
    cells: dict[str, list[str]] = {}
    body = 0
    for number, column in columns.items():
        if number > last or not (own or column in _KNOWN):
            break
        value = (matches[number] or {"value": ""})["value"]
        cells.setdefault(column, []).extend([value.strip()] if value else [])
        body = number + 1
    opening = cells.pop("text", [])
    left = "\n".join([*opening, *lines[body:]]).strip("\r\n")
    if len(cells.keys() & _KNOWN) < 2 or not cells.keys() & _MARKS or not left.strip():
        return {}, text
    return {name: "; ".join(values) for name, values in cells.items()}, left


def _is_block(lines: list[str], last: int, named: Collection[int]) -> bool:
    """Tell whether all lines down to the first blank one, or to the label of the text, are short and have labels."""
    block = list(takewhile(lambda line: line.strip(), lines[:last]))
    return all(number in named and len(line) <= _LONGEST for number, line in enumerate(block))


def _columns(named: Mapping[int, str], file: File) -> dict[int, str]:
    """Return the columns of labels, by their lines; a label in other letters is the same."""
    naming = file.options.naming if file.options.naming.stated else Naming()
    first: dict[str, str] = {}
    for label in named.values():
        first.setdefault(label.casefold(), label)
    kept = naming.of(list(first.values()), file.source)
    return {number: kept[first[label.casefold()]] for number, label in named.items()}
