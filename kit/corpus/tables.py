"""The tables of a corpus, made from cleaned documents and their index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.frames import own_column, text_column, texts_of
from kit.corpus.garbage import uncollected
from kit.corpus.given import Given
from kit.corpus.languages import flag_languages
from kit.errors import CorpusError
from kit.index.indexing import index_texts
from kit.index.token_index import TokenIndex, ranges
from kit.index.words import Int32, Int64
from kit.reading.cleaned import Cleaned
from kit.reading.news import clean_all, flags_of_all, repaired_only

#: Metadata columns every corpus has, in this order; a researcher's own columns follow.
METADATA = ("title", "date", "event_date", "outlet", "place", "author", "url", "licence", "source", "sha256")
#: What the furniture of an article states of it, filled in only where the researcher's metadata are empty.
STATED = ("outlet", "place", "author")
#: What else cleaning learned of a document: paid content, the outlet it was copied from, warnings.
FLAGS = "flags"
LEARNED = ("paid", "copied_from", FLAGS)
_NAMED = ("doc_id", *METADATA)
_SEGMENTS = ("raw_start", "raw_end", "start")
_REMOVED = ("raw_start", "raw_end", "rule", "text")
_FLAGGED = ("raw_start", "raw_end", "flag", "kind", "text", "places")
_REPAIRED = ("raw_start", "raw_end", "rule", "text", "repaired")
_ASIDE = ("source", "problem", "remedy")
_TEXTS = ("rule", "text", "flag", "kind", "repaired", *_ASIDE)


class Tables(NamedTuple):
    """What a corpus keeps; `kit.corpus.corpus.Corpus` documents the tables, of which `copy_of` is worked out later."""

    documents: pd.DataFrame
    segments: pd.DataFrame
    removed: pd.DataFrame
    flagged: pd.DataFrame
    repaired: pd.DataFrame
    set_aside: pd.DataFrame
    token_index: TokenIndex
    given: Given


@uncollected()
def assemble(
    metadata: Mapping[str, pd.Series | Sequence[Any]],
    cleaned: Sequence[Cleaned] | pd.Series,
    set_aside: pd.DataFrame | None = None,
) -> Tables:
    """Sort documents by `doc_id`, index their bodies and make the tables of a corpus."""
    names = texts_of(metadata["doc_id"])
    blank = next((row for row, name in enumerate(names) if not name.strip()), None)
    if blank is not None:
        raise CorpusError("doc_id is empty", place=f"row {blank}", remedy="give every document one of its own")
    order = np.array(sorted(range(len(names)), key=names.__getitem__), np.int64)
    repeated = [names[row] for row, after in pairwise(order.tolist()) if names[row] == names[after]]
    if repeated:
        raise CorpusError(f"doc_id {repeated[0]!r} stands more than once", remedy="give every document its own")
    aside = table_of(_ASIDE, ()) if set_aside is None else set_aside.reset_index(drop=True)
    if isinstance(cleaned, pd.Series):
        texts = cleaned.take(order).reset_index(drop=True)
        articles = [Cleaned("", [], [], {})] * len(texts)
        segments, flags = _as_they_are(texts), flag_texts
    else:
        articles = [cleaned[row] for row in order.tolist()]
        texts = text_column([article.text for article in articles])
        segments, flags = _stretched([article.segments for article in articles]), flag_languages
    removed = _placed(_REMOVED, [article.removed for article in articles])
    flagged = _placed(_FLAGGED, [article.flagged for article in articles])
    repaired = _placed(_REPAIRED, [article.repaired for article in articles])
    facts = [article.facts for article in articles]
    documents = _documents({name: _in(order, column) for name, column in metadata.items()}, facts, texts)
    index = index_texts(texts)
    return Tables(documents, segments, removed, flagged, repaired, aside, index, Given(flags=flags))


def flag_texts(
    documents: pd.DataFrame, segments: pd.DataFrame, flagged: pd.DataFrame, index: TokenIndex
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return documents and flags with those of texts that stay as they are: their damage, and their languages."""
    found = list(flags_of_all(documents["text"].tolist()))
    names = [_both(given, facts.get(FLAGS, "")) for given, (facts, _) in zip(documents[FLAGS], found, strict=True)]
    flagged = _placed(_FLAGGED, [flags for _, flags in found])
    return flag_languages(documents.assign(**{FLAGS: _str(names)}), segments, flagged, index)


@uncollected()
def read_texts(
    texts: pd.Series, metadata: Mapping[str, pd.Series | Sequence[Any]], *, clean: bool, repair: bool
) -> list[Cleaned] | pd.Series:
    """Return texts as `assemble` takes them: cleaned or mended, or all as they are."""
    if clean:
        titles = texts_of(metadata["title"]) if "title" in metadata else ()
        return list(clean_all(texts.tolist(), titles, repair=repair))
    return [repaired_only(text) for text in texts.tolist()] if repair else texts


def sentence_table(index: TokenIndex, paragraph: Int32) -> pd.DataFrame:
    """Return one row per sentence: `doc`, `start`, `end`, `paragraph` (int32)."""
    first, last = index.sentence_tokens[:-1], index.sentence_tokens[1:] - 1
    columns = {"doc": documents_of(index, first), "start": index.start[first], "end": index.end_of(last)}
    return pd.DataFrame({**columns, "paragraph": paragraph}, copy=False)


def token_table(index: TokenIndex, begin: int = 0, stop: int | None = None) -> pd.DataFrame:
    """Return running tokens, from row `begin` to before `stop`: `doc`, `sentence`, `type`, `start`, `end` (int32)."""
    begin, stop, _ = slice(begin, stop).indices(len(index.surface))
    rows = slice(begin, max(begin, stop))
    columns = {
        "doc": _stretches(index.document_tokens, rows),
        "sentence": _stretches(index.sentence_tokens, rows),
        "type": index.type_of(rows),
        "start": index.start[rows],
        "end": index.end_of(rows),
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(rows.start, rows.stop), copy=False)


def catalogue_table(index: TokenIndex, counted: npt.NDArray[np.bool_], documents: pd.DataFrame) -> pd.DataFrame:
    """Return `doc_id`, `date`, `words` (words and numbers) and `sentences` (int64) of every document."""
    before = np.zeros(len(counted) + 1, np.int64)
    np.cumsum(counted, out=before[1:])
    return pd.DataFrame(
        {
            "doc_id": documents["doc_id"],
            "date": documents["date"],
            "words": np.diff(before[index.document_tokens]),
            "sentences": np.diff(np.searchsorted(index.sentence_tokens[:-1], index.document_tokens)).astype(np.int64),
        }
    )


def documents_of(index: TokenIndex, tokens: Int64) -> Int32:
    """Return the row of the document of each of some tokens."""
    return (np.searchsorted(index.document_tokens, tokens, side="right") - 1).astype(np.int32)


def paragraphs(index: TokenIndex, texts: Iterable[str]) -> Int32:
    r"""Return the paragraph (a line that says something, from 0) in which each sentence begins.

    Lines end where `str.splitlines` ends them, which are the line breaks of `kit.reading.text`.
    """
    first = index.sentence_tokens[:-1]
    doc, start = documents_of(index, first).astype(np.int64), index.start[first]
    ends = [list(accumulate(map(len, text.splitlines(keepends=True)))) for text in texts]
    of = np.repeat(np.arange(len(ends)), np.fromiter(map(len, ends), np.int64, count=len(ends)))
    breaks = (of << 32) + np.fromiter(chain.from_iterable(ends), np.int64, count=len(of))
    line = np.searchsorted(breaks, (doc << 32) + start, side="right")
    opening = np.diff(doc, prepend=-1) != 0
    fresh = np.cumsum(opening | (np.diff(line, prepend=-1) != 0))
    heads = np.flatnonzero(opening)
    number: Int32 = (fresh - np.repeat(fresh[heads], np.diff(heads, append=len(fresh)))).astype(np.int32)
    return number


def renumber(table: pd.DataFrame, rows: npt.NDArray[np.intp]) -> pd.DataFrame:
    """Return the rows of a table whose `doc` is among `rows`, numbered and ordered as these."""
    doc = table["doc"].to_numpy()
    begin, stop = np.searchsorted(doc, rows, "left"), np.searchsorted(doc, rows, "right")
    kept = table.iloc[ranges(begin, stop)].reset_index(drop=True)
    kept["doc"] = np.repeat(np.arange(len(rows), dtype=np.int32), stop - begin)
    return kept


def table_of(columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return a table whose offsets are int32 and whose texts are str, also when it is empty."""
    listed = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype="str") if name in _TEXTS else np.array(values, np.int32)
            for name, values in zip(columns, listed, strict=True)
        }
    )


def _placed(columns: tuple[str, ...], rows: Sequence[Sequence[Sequence[Any]]]) -> pd.DataFrame:
    """Return the rows of documents as one table, behind the row of each row's document."""
    table = table_of(columns, chain.from_iterable(rows))
    counts = np.fromiter(map(len, rows), np.int64, count=len(rows))
    table.insert(0, "doc", np.repeat(np.arange(len(rows), dtype=np.int32), counts))
    return table


def _stretched(kept: Sequence[Sequence[Any] | Int32]) -> pd.DataFrame:
    """Return the kept stretches of documents as one table."""
    nil = np.zeros((0, len(_SEGMENTS)), np.int32)
    rows = np.concatenate([nil, *(np.array(of, np.int32).reshape(-1, len(_SEGMENTS)) for of in kept)])
    doc = np.repeat(np.arange(len(kept), dtype=np.int32), np.fromiter(map(len, kept), np.int64, count=len(kept)))
    return pd.DataFrame({"doc": doc} | {name: rows[:, at].copy() for at, name in enumerate(_SEGMENTS)})


def _as_they_are(texts: pd.Series) -> pd.DataFrame:
    """Return one segment for each text that is kept whole."""
    length = texts.str.len().to_numpy(np.int32)
    doc = np.flatnonzero(length).astype(np.int32)
    nil = np.zeros(len(doc), np.int32)
    return pd.DataFrame({"doc": doc, "raw_start": nil, "raw_end": length[doc], "start": nil})


def _in(order: Int64, column: pd.Series | Sequence[Any]) -> pd.Series | list[Any]:
    """Return a column in another order."""
    if isinstance(column, pd.Series):
        return column.take(order).reset_index(drop=True)
    return [column[row] for row in order.tolist()]


def _documents(
    metadata: Mapping[str, pd.Series | list[Any]], facts: Sequence[Mapping[str, str]], texts: pd.Series
) -> pd.DataFrame:
    """Return the table of documents: identity, metadata, what cleaning learned, and the body."""
    empty = pd.array([""] * len(texts), dtype="str")
    table: dict[str, Any] = {name: _str(texts_of(metadata[name])) if name in metadata else empty for name in _NAMED}
    own = {name: column for name, column in metadata.items() if name not in (*_NAMED, *LEARNED)}
    table |= {name: own_column(column) for name, column in own.items()}
    table |= {name: _str(texts_of(metadata[name])) if name in metadata else empty for name in LEARNED}
    told = set().union(*facts)
    for name in (name for name in (*STATED, *LEARNED) if name in told):
        pairs = zip(table[name].tolist(), (of.get(name, "") for of in facts), strict=True)
        table[name] = _str([_both(*pair) if name == FLAGS else pair[0] or pair[1] for pair in pairs])
    table["text"] = texts
    return pd.DataFrame(table)


def _both(given: str, found: str) -> str:
    """Return the names of the flags that are given or found, each once."""
    return " ".join(sorted({*given.split(), *found.split()})) if found else given


def _str(values: list[str]) -> Any:
    """Return texts as an array of pandas' str."""
    return pd.array(values, dtype="str")


def _stretches(bounds: Int64, rows: slice) -> Int32:
    """Return, for tokens in a row, the number of the stretch that `bounds` puts each in."""
    if rows.start == rows.stop:
        return np.zeros(0, np.int32)
    first, last = np.searchsorted(bounds, (rows.start, rows.stop - 1), side="right") - 1
    edges = np.clip(bounds[first : last + 2], rows.start, rows.stop)
    return np.repeat(np.arange(first, last + 1, dtype=np.int32), np.diff(edges))
