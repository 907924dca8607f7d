"""Sentences of the Leipzig Corpora Collection: one document a line. Its lists of words are no articles."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

from kit.errors import ReadingError
from kit.reading.article import RawArticle, composed
from kit.reading.formats.contract import File, Format
from kit.reading.leipzig import holds_sentences, holds_words, sentences
from kit.reading.metadata import own_columns
from kit.reading.text import decode_head


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the sentences of a file, called by its name and their numbers."""
    if holds_words(_first(file)):
        remedy = "compare with it as a reference: kit.FrequencyList.from_leipzig(path)"
        raise ReadingError("is a list of words with their frequencies, not texts", place=file.source, remedy=remedy)
    stem = composed(file.source.rpartition("/")[2]).removesuffix(".gz").removesuffix(".txt").removesuffix("-sentences")
    metadata = own_columns({})[0]
    with io.TextIOWrapper(file.open(), encoding="utf-8", errors="replace") as lines:
        for row, number, text in sentences(iter(lines)):
            place = f"{file.source}#{row}"
            if not number:
                remedy = "mend or delete the line"
                file.aside.append(ReadingError("is no number and sentence", place=place, remedy=remedy))
                continue
            digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
            yield RawArticle(f"{stem}-{number:07d}", place, digest, "utf-8", text, dict(metadata), named=True)


def _first(file: File) -> list[str]:
    """Return the first lines of a file."""
    return decode_head(file.head[:4096]).lstrip("\ufeff").splitlines()[:6][:-1]


def _is_leipzig(file: File) -> bool:
    """Tell numbered sentences or words by the first lines."""
    lines = _first(file)
    return holds_sentences(lines) or holds_words(lines)


LEIPZIG = Format("leipzig", ("-sentences.txt",), "articles", _is_leipzig, _read)
