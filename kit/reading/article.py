"""An article as it was found: what every format gives, and the rules for a row of a table."""

from __future__ import annotations

import ast
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.errors import ReadingError
from kit.reading.cells import is_missing, text_of, whole
from kit.reading.remarks import Remark

_FILL = "fill the column 'text' or delete the row"
LONGEST = 64_000_000  # characters; what is longer is no article, and would stop all the others
_SHORTEST = 40  # characters; what is shorter may be a number or a missing value
_SPELT_OUT = frozenset({"nan", "none", "null", "nat", "<na>", "n/a", "#n/a", "-", "–", "—", "[]", "{}"})
_LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""", re.DOTALL)
_LIST = re.compile(rf"\[\s*(?:{_LITERAL.pattern})(?:(?:\s*,\s*|\s+)(?:{_LITERAL.pattern}))*\s*,?\s*\]", re.DOTALL)
_MAPPING = re.compile(r"""\[?\s*\{\s*['"][^'"]*['"]\s*:""")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?%?", re.IGNORECASE)


@dataclass(frozen=True)
class RawArticle:
    """An article as it was found.

    Attributes
    ----------
    doc_id : str
    source : str
        POSIX path relative to the corpus folder; ``#row`` names the row of a table, the heading of a CSV being row 1,
        or the place of an article among others in a file.
    sha256 : str
        Of the file's bytes, or of a row's text in UTF-8.
    encoding : str
        What it was decoded from.
    text : str
        Decoded; nothing taken out.
    metadata : dict of str
        The kit's columns (str, empty where not stated), and the researcher's own (None where missing). A table in
        memory, behind which there is no file, also has `source` and `sha256` as it states them.
    reader : str
        What made the text of the file, with its version; empty where that is the text of the file itself.
    named : bool
        Whether `doc_id` is the source's own name for it, not made of the name of the file.

    """

    doc_id: str
    source: str
    sha256: str
    encoding: str
    text: str
    metadata: dict[str, Any]
    reader: str = ""
    named: bool = False


def body_of(value: Any, *, blank: bool = True) -> str:
    """Return the text of an article, as it is; refuse what is none, and blank ones unless they may be."""
    if is_missing(value) or (not blank and isinstance(value, str) and not value.strip()):
        raise ReadingError("has no text", remedy=_FILL)
    try:
        return no_book(str(whole(value) if isinstance(value, str) else text_of(value)))
    except ReadingError as error:
        several = isinstance(value, (dict, list, tuple))
        remedy = "write one text, its pieces joined by line breaks" if several else error.remedy
        raise ReadingError(f"text {error.problem}", remedy=remedy) from None


def no_book(text: str, place: str = "") -> str:
    """Return a text; refuse one that is far too long for an article."""
    if len(text) > LONGEST:
        problem = f"has {len(text):,} characters, more than {LONGEST:,}"
        raise ReadingError(problem, place=place, remedy="cut it into the articles that it holds, or delete it")
    return text


def cell_of_text(value: Any) -> str:
    """Return the text of a table's row: a list of texts as paragraphs; no number, nothing but text spelt out."""
    if isinstance(value, str):
        value = _unspelt(value)
    if isinstance(value, (list, tuple)) and value and all(isinstance(one, str) for one in value):
        value = "\n".join(one.strip() for one in value if one.strip())
    text = body_of(value, blank=False)
    bare = text.strip() if len(text) < _SHORTEST else ""
    if bare.casefold() in _SPELT_OUT:
        raise ReadingError(f"has no text, but {bare!r}", remedy=_FILL)
    if not isinstance(value, str) or (bare and _NUMBER.fullmatch(bare)):
        raise ReadingError(f"text is no text, but {(bare or type(value).__name__)!r}", remedy=_FILL)
    return text


def _unspelt(text: str) -> str | list[str]:
    """Return the texts of a list that a program has spelt out into a cell, else the cell; refuse named values."""
    bare = text.strip()
    if bare[:1] not in ("[", "{") or bare[-1:] not in ("]", "}"):
        return text
    if _MAPPING.match(bare):
        raise ReadingError("text is no text, but named values spelt out", remedy=_FILL)
    if not _LIST.fullmatch(bare):
        return text
    pieces: list[str] = []
    for piece in _LITERAL.findall(bare):
        try:
            pieces.append(json.loads(piece))
        except ValueError:  # in Python's spelling
            pieces.append(ast.literal_eval(piece))
    return pieces


def name_of(value: Any, otherwise: str = "") -> str:
    """Return the `doc_id` of an article; refuse what is none."""
    try:
        doc_id = text_of(value) or otherwise
    except ReadingError as error:
        several = isinstance(value, (dict, list, tuple))
        remedy = "give every row a name of its own, one text" if several else error.remedy
        raise ReadingError(f"doc_id {error.problem}", remedy=remedy) from None
    if not doc_id:
        raise ReadingError("has no doc_id", remedy="give every row one of its own")
    return doc_id


def unique(found: Iterable[RawArticle], aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the first article of every `doc_id`; the others are set aside."""
    sources: dict[str, str] = {}
    for article in found:
        first = sources.setdefault(article.doc_id, article.source)
        if first == article.source:
            yield article
        else:
            problem = f"has the doc_id {article.doc_id!r} of {first}"
            remedy = "give each its own doc_id (a text file: a name of its own, or a doc_id in articles.csv)"
            aside.append(ReadingError(problem, place=article.source, remedy=remedy))


def set_aside_table(aside: Sequence[ReadingError]) -> pd.DataFrame:
    """Return what could not be used as a table: `source`, `problem`, `remedy` (str)."""
    rows = [(error.place, error.problem, error.remedy) for error in aside]
    return pd.DataFrame(rows, columns=["source", "problem", "remedy"], dtype="str")


def composed(name: str) -> str:
    """Return a name in NFC, as file names are not on every system."""
    return unicodedata.normalize("NFC", name)


def placed(error: ReadingError, place: str) -> ReadingError:
    """Return an error with its place."""
    if isinstance(error, Remark):
        return error.at(place)
    return ReadingError(error.problem, place=place, remedy=error.remedy)
