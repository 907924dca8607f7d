"""From documents, cleaned or as they are, to the tables of a corpus and their index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from operator import lt
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kit.corpus.columns import FLAGS, LEARNED, METADATA, STATED, is_text, own_column, text_column, texts_of
from kit.corpus.given import Given
from kit.corpus.languages import flag_languages
from kit.errors import CorpusError
from kit.garbage import uncollected
from kit.index.indexing import index_texts
from kit.index.token_index import TokenIndex
from kit.index.words import Int32, Int64
from kit.machine.texts import size_of
from kit.reading.cleaned import Cleaned
from kit.reading.news import clean_all, flags_of_all, repaired_only
from kit.reading.survey import is_compiled

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
    in_order = all(map(lt, names, names[1:]))  # and each once
    order = np.arange(len(names)) if in_order else np.array(sorted(range(len(names)), key=names.__getitem__), np.int64)
    repeated = [] if in_order else [names[row] for row, after in pairwise(order.tolist()) if names[row] == names[after]]
    if repeated:
        raise CorpusError(f"doc_id {repeated[0]!r} stands more than once", remedy="give every document its own")
    aside = table_of(_ASIDE, ()) if set_aside is None else set_aside.reset_index(drop=True)
    if isinstance(cleaned, pd.Series):
        texts = cleaned.reset_index(drop=True) if in_order else cleaned.take(order).reset_index(drop=True)
        articles: list[Cleaned] = []
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
    texts = documents["text"]
    if is_text(texts) and is_compiled(size_of(texts)):
        from kit.reading.flagging import flags_of_column  # noqa: PLC0415 - for many texts

        found = flags_of_column(texts)
        names = documents[FLAGS].tolist()
        for row, of in found.facts:
            names[row] = _both(names[row], of) if names[row] else of
        columns = {"doc": found.doc} | {name: getattr(found, name) for name in _FLAGGED}
        flagged = pd.DataFrame({name: _str(of) if name in _TEXTS else of for name, of in columns.items()}, copy=False)
    else:
        told = list(flags_of_all(texts.tolist()))
        names = [_both(given, facts.get(FLAGS, "")) for given, (facts, _) in zip(documents[FLAGS], told, strict=True)]
        flagged = _placed(_FLAGGED, [flags for _, flags in told])
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


def _str(values: Any) -> Any:
    """Return texts as an array of pandas' str."""
    return pd.array(values, dtype="str")
