"""Exports of Nexis and Factiva, in whatever kind of file: counted, and read whole or set aside whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.dates import Calendar
from kit.reading.exports import factiva, nexis
from kit.reading.exports.pieces import Export
from kit.reading.formats.contract import File, stem_of
from kit.reading.metadata import own_columns
from kit.reading.remarks import Remark

_MARKS = re.compile(
    r"\d+ of \d+ DOCUMENTS?\b|End of Document\b|\bDokument \d+ von \d+|\bDocument[ \u00a0]+[A-Za-z]{2,}[A-Za-z0-9]{8,}"
)


_WORDS = ("DOCUMENT", "Document", "Dokument")  # one of which all marks have; looked for first, as that is quick


def may_be_export(markup: str) -> bool:
    """Tell whether a page has marks of an export, before it is read as one."""
    return any(word in markup for word in _WORDS) and _MARKS.search(markup.replace("&nbsp;", " ")) is not None


def export_of(lines: Sequence[str]) -> Export | None:
    """Return the articles of an export; None if the lines of a document are none."""
    if not any(_MARKS.search(line) for line in lines):
        return None
    plain = [line.replace("\xa0", " ") for line in lines]
    return nexis.split(plain) or factiva.split(plain)


def articles_of_export(file: File, export: Export, encoding: str, reader: str) -> Iterator[RawArticle]:
    """Yield the articles of an export, if they are as many as it says; else all of it is set aside."""
    if export.stated is not None and export.stated != len(export.pieces):
        raise ReadingError(
            f"states {export.stated:,} articles, but {len(export.pieces):,} were found in it ({export.name})",
            place=file.source,
            remedy="download it anew; if it comes out so again, save its articles one by one",
        )
    if export.stated is None:
        problem = f"does not state how many articles it has; {len(export.pieces):,} were found ({export.name})"
        file.aside.append(Remark(problem, place=file.source, remedy="look whether that is right"))
    for piece in export.pieces:
        place = f"{file.source}#{piece.number}"
        if piece.problem:
            file.aside.append(ReadingError(f"{piece.problem} ({export.name})", place=place, remedy="download it anew"))
            continue
        if told := piece.disagrees:
            file.aside.append(Remark(f"{told} ({export.name})", place=place, remedy="look whether the text is whole"))
        cells = dict(piece.stated)
        own = cells.pop("doc_id", "")
        metadata, problems = own_columns(cells, calendar=Calendar(file.options.zone))
        file.aside.extend(problem.at(place) for problem in problems)
        name = own or f"{stem_of(file.source)}-{piece.number:07d}"
        digest = hashlib.sha256(piece.text.encode("utf-8")).hexdigest()
        told_by = f"{export.name}, {reader}" if reader else export.name
        yield RawArticle(name, place, digest, encoding, piece.text, metadata, told_by, named=bool(own))
