"""Factiva: articles that end in their accession number, with codes before their fields (*HD*, *WC*) or without."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kit.reading.exports.pieces import Export, Piece, date_of, number_of, paragraphs

NAME = "Factiva"
_END = re.compile(r"\s*(?:Document|Dokument|Dokumen)\s+([A-Za-z]{2,}[A-Za-z0-9]{8,})\s*")
_CODES = (
    *("CLM", "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX", "LP", "TD"),
    *("ART", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN"),
)
_CODE = re.compile(rf"\s*({'|'.join(_CODES)})(?:\s*\t\s*(.*)|\s{{2,}}(.*)|\s*\|(.*?)\|?|\s*)")
_WORDS = re.compile(r"\s*([\d.,]+)\s+(?:words?|kata|Wörter)\s*", re.IGNORECASE)
_RESULTS = re.compile(r"\s*Results Found\s*[:|\t]?\s*([\d.,]+)?\s*\|?\s*", re.IGNORECASE)
_COPYRIGHT = re.compile(r"\s*(?:Copyright\b|©|\(c\)).*", re.IGNORECASE)
_LANGUAGE = re.compile(r"\s*(?:English|Indonesian|Bahasa Indonesia|Malay|Dutch|German|French|Chinese|Arabic)\b.*")
_TIME = re.compile(r"\s*\d{1,2}[:.]\d{2}(?:\s*(?:[AP]M|GMT|WIB))?\s*", re.IGNORECASE)
_STUB = re.compile(r"(?:article|document) is (?:no longer|not) available|cannot be displayed", re.IGNORECASE)


def split(lines: Sequence[str]) -> Export | None:
    """Cut an export into its articles; None if the lines are none."""
    ends = [number for number, line in enumerate(lines) if _END.fullmatch(line)]
    if not ends or not any(_WORDS.fullmatch(line) or (_CODE.fullmatch(line) and "WC" in line) for line in lines):
        return None
    pieces, begin = [], 0
    for place, stop in enumerate(ends, start=1):
        found = _END.fullmatch(lines[stop])
        pieces.append(_piece(place, lines[begin:stop], found[1] if found else ""))
        begin = stop + 1
    stated = None
    for place, line in enumerate(lines):
        if found := _RESULTS.fullmatch(line):
            behind = next((one for one in lines[place + 1 :] if one.strip()), "")
            told = found[1] or (behind if re.fullmatch(r"\s*[\d.,]+\s*", behind) else "")
            stated = number_of(told) if told else stated
    return Export(NAME, pieces, stated)


def _piece(number: int, lines: Sequence[str], accession: str) -> Piece:
    """Read an article."""
    coded = sum(bool(_CODE.fullmatch(line)) for line in lines) > 3
    cells, words, body = _coded(lines) if coded else _plain(lines)
    cells["doc_id"] = accession
    text = paragraphs(body, wrapped=False)
    if any(_STUB.search(line) for line in body) and len(text.split()) < 20:
        return Piece(number, "", cells, problem="the database put an error in its place, not an article")
    found = _WORDS.fullmatch(words)
    problem = "" if text else "has no text between its marks"
    return Piece(number, text, cells, number_of(found[1]) if found else None, problem)


def _coded(lines: Sequence[str]) -> tuple[dict[str, str], str, list[str]]:
    """Return fields, number of words and body of an article whose fields have codes, which come in one order."""
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = _CODE.fullmatch(line)
        later = found is not None and (not code or _CODES.index(found[1]) > _CODES.index(code))
        if found and later:
            code = found[1]
            fields[code] = [one for one in found.groups()[1:] if one]
        elif code:
            fields[code].append(line.strip().strip("|"))
    told = {name: " ".join(filter(None, some)).strip() for name, some in fields.items()}
    names = {"HD": "title", "BY": "author", "PD": "date", "SN": "outlet", "LA": "language", "SE": "section"}
    cells = {column: told[name] for name, column in names.items() if told.get(name)}
    return cells, told.get("WC", ""), [*fields.get("LP", []), *fields.get("TD", [])]


def _plain(lines: Sequence[str]) -> tuple[dict[str, str], str, list[str]]:
    """Return fields, number of words and body of an article without codes, its fields in their order."""
    shown = [line.strip() for line in lines if line.strip()]
    words = next((place for place, line in enumerate(shown) if _WORDS.fullmatch(line)), None)
    if words is None:
        return {}, "", []
    above = shown[:words]
    author = above.pop() if len(above) > 1 and re.match(r"(?:By|Oleh)\b", above[-1]) else ""
    title = above[-1] if above else ""
    section = above[-2] if len(above) > 1 else ""
    below = shown[words + 1 :]
    cells = {"title": title, "author": re.sub(r"^(?:By|Oleh):?\s+", "", author), "section": section}
    day = next((place for place, line in enumerate(below[:4]) if date_of(line)), None)
    rest = 0
    if day is not None:
        cells["date"] = date_of(below[day])
        rest = day + 1
        if rest < len(below) and _TIME.fullmatch(below[rest]):
            rest += 1
        cells["outlet"] = below[rest] if rest < len(below) else ""
    end = next((place for place, line in enumerate(below[: rest + 10], start=1) if _COPYRIGHT.fullmatch(line)), None)
    spoken = next((place for place, line in enumerate(below[: rest + 8], start=1) if _LANGUAGE.fullmatch(line)), None)
    if spoken is not None:
        cells["language"] = below[spoken - 1]
    begin = end or spoken or rest + 1
    return {name: cell for name, cell in cells.items() if cell}, shown[words], below[begin:]
