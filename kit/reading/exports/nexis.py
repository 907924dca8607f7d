"""Nexis: the older downloads, numbered *1 of 25 DOCUMENTS*, and those of Nexis Uni, each ended by *End of Document*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kit.reading.exports.pieces import Export, Piece, date_of, number_of, paragraphs

NAME = "Nexis"
_NUMBERED = re.compile(r"\s*(?:Document\s+|Dokument\s+)?(\d{1,6}) (?:of|von|de) (\d{1,6})(?: DOCUMENTS?)?\s*")
_SURELY = re.compile(r"\s*(?:\d{1,6} of \d{1,6} DOCUMENTS?|(?:Dokument|Document) \d+ (?:von|de) \d+)\s*")
_SELECTED = re.compile(r"\s*(?:Download|Print) Request:.*?(\d[\d,\s-]*)\s*$")
_LISTED = re.compile(r"\s*Documents? \(([\d.,]+)\)\s*")
_ENTRY = re.compile(r"\s*(\d{1,4})\.\s+(\S.*)")
_END = re.compile(r"\s*End of Document\s*", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*(BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL[- ]CODE|GRAPHIC|SUBJECT|"
    r"GEOGRAPHIC|COUNTRY|STATE|CITY|COMPANY|PERSON|ORGANIZATION|INDUSTRY|TYPE|SERIES|EDITION|DISTRIBUTION|URL|NOTES|"
    r"CORRECTION-DATE|UPDATE|CLASSIFICATION|BODY|ISBN|ISSN|ACC-NO|DOC-TYPE|TICKER)\s*(?::\s*(.*)|\s*)",
    re.IGNORECASE,
)
_BEHIND = frozenset((
    *("load-date", "language", "publication-type", "journal-code", "graphic", "subject", "geographic", "country"),
    *("state", "city", "company", "person", "organization", "industry", "type", "series", "distribution", "url"),
    *("notes", "correction-date", "update", "classification", "isbn", "issn", "acc-no", "doc-type", "ticker"),
))  # fmt: skip
_WORDS = re.compile(r"([\d.,]+)\s*(?:words?|Wörter|mots)", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"\s*(?:Copyright\b|©|\(c\)\s*(?:Copyright\s*)?\d{4}).*|\s*All Rights Reserved\.?\s*", re.IGNORECASE
)
_STUB = re.compile(r"We are sorry but there is an error in this document", re.IGNORECASE)
_PAGE = re.compile(r"\s*Page \d+ of \d+\s*", re.IGNORECASE)
_FOOT = {"byline": "author", "section": "section", "dateline": "dateline", "language": "language"}


def split(lines: Sequence[str]) -> Export | None:
    """Cut an export into its articles; None if the lines are none."""
    starts = [number for number, line in enumerate(lines) if _SURELY.fullmatch(line)]
    if starts and any(_is(line, "length") for line in lines):
        return _numbered(lines, starts)
    ends = [number for number, line in enumerate(lines) if _END.fullmatch(line)]
    if ends and any(_is(line, "length") or _is(line, "body") for line in lines):
        return _ended(lines, ends)
    return None


def _numbered(lines: Sequence[str], starts: list[int]) -> Export:
    """Cut an older download, whose articles are numbered."""
    pieces = []
    wrapped = any(not line.strip() for line in lines)
    stated = _range(lines[: starts[0]])
    for place, (begin, stop) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), start=1):
        found = _NUMBERED.fullmatch(lines[begin])
        if stated is None and found:
            stated = number_of(found[2])
        pieces.append(_piece(place, lines[begin + 1 : stop], wrapped=wrapped, newer=False, listed=""))
    return Export(NAME, pieces, stated)


def _range(head: Sequence[str]) -> int | None:
    """Return how many articles the head of a download says were selected, as in *Selected Items: 1-10, 12*."""
    for line in head:
        if found := _SELECTED.fullmatch(line):
            spans = [re.findall(r"\d+", one) for one in found[1].split(",")]
            return sum(int(span[-1]) - int(span[0]) + 1 for span in spans if span)
    return None


def _ended(lines: Sequence[str], ends: list[int]) -> Export:
    """Cut a download of Nexis Uni, whose articles are ended, behind a list of their titles."""
    head = next((number for number, line in enumerate(lines[: ends[0]]) if _LISTED.fullmatch(line)), None)
    stated, listed = None, dict[int, str]()
    if head is not None and (found := _LISTED.fullmatch(lines[head])):
        stated = number_of(found[1])
        for line in lines[head + 1 : ends[0]]:
            if (entry := _ENTRY.fullmatch(line)) and int(entry[1]) == len(listed) + 1:
                listed[int(entry[1])] = entry[2].strip()
    pieces, begin = [], 0
    for place, stop in enumerate(ends, start=1):
        pieces.append(_piece(place, lines[begin:stop], wrapped=False, newer=True, listed=listed.get(place, "")))
        begin = stop + 1
    return Export(NAME, pieces, stated)


def _piece(number: int, lines: Sequence[str], *, wrapped: bool, newer: bool, listed: str) -> Piece:
    """Read an article: outlet, day and title above its fields, the body, and fields behind it."""
    lines = [line for line in lines if not _PAGE.fullmatch(line)]
    if any(_STUB.search(line) for line in lines):
        return Piece(number, "", problem="the database put an error in its place, not an article")
    length = next((place for place, line in enumerate(lines) if _is(line, "length")), None)
    body = next((place for place, line in enumerate(lines) if _is_bare(line, "body")), None) if newer else None
    if length is None and body is None:
        return Piece(number, "", problem="has neither LENGTH nor Body, by which its text would be known")
    above = min(place for place in (length, body) if place is not None)
    begin = (body if body is not None else length or 0) + 1
    stated = _fields(lines[:begin])
    if body is None:
        begin = _behind_fields(lines, begin, wrapped=wrapped)
    ends = (place for place in range(begin, len(lines)) if _ends_body(lines, place, newer=newer))
    stop = next(ends, len(lines))
    for name, cell in _fields(lines[stop:]).items():
        stated.setdefault(name, cell)
    stated |= _head(lines[:above], newer=newer, listed=listed, wrapped=wrapped)
    found = _WORDS.search(_value(lines[length])) if length is not None else None
    cells = {
        _FOOT.get(name, name): cell for name, cell in stated.items() if name in (*_FOOT, "title", "outlet", "date")
    }
    text = paragraphs(lines[begin:stop], wrapped=wrapped)
    problem = "" if text else "has no text between its marks"
    return Piece(number, text, cells, number_of(found[1]) if found else None, problem)


def _head(lines: Sequence[str], *, newer: bool, listed: str, wrapped: bool) -> dict[str, str]:
    """Return outlet, day and title: outlet, day, title in the older order; title, outlet, day in the newer one."""
    fields = [place for place, line in enumerate(lines) if _FIELD.fullmatch(line) and ":" in line]
    blocks = (
        [line.strip() for line in lines[: fields[0] if fields else None]]
        if not newer
        else [line.strip() for place, line in enumerate(lines) if place not in fields]
    )
    shown = [(place, line) for place, line in enumerate(blocks) if line and not _COPYRIGHT.fullmatch(line)]
    if listed and any(line == listed for _, line in shown):
        last = max(row for row, (_, line) in enumerate(shown) if line == listed)
        shown = shown[last:]
    dates = [row for row, (_, line) in enumerate(shown) if date_of(line)]
    if not dates:
        return {"title": shown[0][1]} if shown and newer else {}
    day = dates[0] if not newer else next((row for row in dates if row > 1), dates[0])
    date = date_of(shown[day][1])
    if newer:
        outlet = shown[day - 1][1] if day else ""
        title = listed or (shown[day - 2][1] if day > 1 else "")
        return {"title": title, "outlet": outlet, "date": date}
    outlet = shown[0][1] if day else ""
    rest = shown[day + 1 :]
    if wrapped and rest and rest[0][0] == shown[day][0] + 1:  # an edition, close under the day
        gap = next((row for row, (place, _) in enumerate(rest) if row and place > rest[row - 1][0] + 1), len(rest))
        rest = rest[gap:]
    return {"title": " ".join(line for _, line in rest), "outlet": outlet, "date": date}


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """Return the named fields among lines, those that go over several whole."""
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        field = _FIELD.fullmatch(line)
        if field and field[2] is not None:
            name = field[1].casefold().replace(" ", "-")
            found.setdefault(name, field[2].strip())
        elif not line.strip() or _COPYRIGHT.fullmatch(line):
            name = ""
        elif name and name != "length":
            found[name] = f"{found[name]} {line.strip()}".strip()
    return found


def _behind_fields(lines: Sequence[str], begin: int, *, wrapped: bool) -> int:
    """Return where the body begins behind LENGTH: other fields of the head may follow it."""
    place = begin
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        field = _FIELD.fullmatch(lines[place])
        if not (field and field[2] is not None and field[1] in ("DATELINE", "HIGHLIGHT", "BYLINE", "SECTION")):
            return place
        place += 1
        while wrapped and place < len(lines) and lines[place].strip():
            place += 1
    return place


def _ends_body(lines: Sequence[str], place: int, *, newer: bool) -> bool:
    """Tell whether a line is the first of the fields behind a body; a sentence may begin with such a word."""
    field = _FIELD.fullmatch(lines[place])
    if not field or field[1].casefold().replace(" ", "-") not in _BEHIND:
        return False
    if not newer:
        return field[1].isupper() and field[2] is not None
    rest = [line for line in lines[place:] if line.strip() and not _COPYRIGHT.fullmatch(line)]
    last = max((row for row, line in enumerate(rest) if _is(line, "load-date")), default=len(rest) - 1)
    bare = any(line.strip().casefold() in _BEHIND for line in rest)
    return field[2] is None if bare else all(_FIELD.fullmatch(line) for line in rest[: last + 1])


def _is(line: str, name: str) -> bool:
    """Tell whether a line is a field of a name."""
    found = _FIELD.fullmatch(line)
    return found is not None and found[1].casefold() == name and (found[2] is not None or name == "body")


def _is_bare(line: str, name: str) -> bool:
    """Tell whether a line is the name of a field alone."""
    return line.strip().casefold() == name


def _value(line: str) -> str:
    """Return what a field says."""
    found = _FIELD.fullmatch(line)
    return (found[2] or "") if found else ""
