"""The passages behind the numbers of a table: one row per hit, with the sentence it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from kit.errors import ExhibitError
from kit.exhibits import cells, pages
from kit.exhibits.exhibit import digest
from kit.settings import Settings
from kit.wording import numerals, wording

COUNTS = ("documents", "sentences", "hits", "mentions")
COLUMNS = (
    "key", "doc_id", "sentence", "sentence_no", "start", "end", "raw_start", "raw_end",
    "surface", "passage", "passage_start", "gloss", "cells",
)  # fmt: skip
_SHOWN = 500  # passages of one key on the page; the CSV file has them all


class Texts(Protocol):
    """What evidence needs of a corpus."""

    @property
    def documents(self) -> pd.DataFrame:
        """One row per article: doc_id, text."""

    @property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence: doc, start, end."""

    @property
    def segments(self) -> pd.DataFrame:
        """One row per kept stretch of the raw file: doc, raw_start, raw_end, start."""


def evidence(corpus: Texts, mentions: pd.DataFrame, by: str = "concept") -> pd.DataFrame:
    """Show the passages that a table of mentions counts.

    Parameters
    ----------
    corpus : Corpus
        The corpus in which the mentions were found.
    mentions : pandas.DataFrame
        One row per hit, as from ``kit.find_mentions``: doc_id, start, end, sentence, gloss, and the column `by`.
    by : str
        Column of `mentions` whose values the table's rows stand for: "concept" or "pattern".

    Returns
    -------
    pandas.DataFrame
        One row per hit, sorted by key, document and place.

        - key (str): the value of `by`
        - doc_id (str)
        - sentence (int32): row in ``corpus.sentences``, from 0
        - sentence_no (int32): number in the document, from 1
        - start, end (int32): code points in the document's text, end exclusive
        - raw_start, raw_end (Int32): code points in the raw file; missing where the text has no raw file
        - surface (str): the hit as written
        - passage (str): its sentence; passage_start (int32): where that begins in the text
        - gloss (bool): whether the hit glosses the one before it
        - cells (str): the columns of the table that count this row: "documents sentences hits", and " mentions"
          unless it is a gloss

        For each key, the table's ``hits`` is the number of rows, ``mentions`` the number without gloss,
        ``sentences`` and ``documents`` the numbers of different ones.

    Raises
    ------
    ExhibitError
        `by` is no column of the mentions, or they were found in another corpus.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> corpus = SimpleNamespace(
    ...     documents=pd.DataFrame({"doc_id": ["a"], "text": ["ASN akuntabel."]}),
    ...     sentences=pd.DataFrame({"doc": [0], "start": [0], "end": [14]}),
    ...     segments=pd.DataFrame({"doc": [0], "raw_start": [7], "raw_end": [21], "start": [0]}))
    >>> mentions = pd.DataFrame({"doc_id": ["a"], "concept": ["akuntabilitas"], "pattern": ["akuntabel"],
    ...     "start": [4], "end": [13], "sentence": [0], "gloss": [False]})
    >>> print(evidence(corpus, mentions)[["key", "raw_start", "surface"]].to_string(index=False))
              key  raw_start   surface
    akuntabilitas         11 akuntabel

    """
    if by not in mentions.columns:
        raise ExhibitError(f"by = {by!r}", place="kit.evidence", remedy="use one of " + ", ".join(mentions.columns))
    document = pd.Index(corpus.documents["doc_id"]).get_indexer(pd.Index(mentions["doc_id"]))
    sentence = mentions["sentence"].to_numpy(dtype=np.int64)
    _check(corpus, document, sentence, mentions)
    start, end = (mentions[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    of, first, last = (corpus.sentences[name].to_numpy(dtype=np.int64) for name in ("doc", "start", "end"))
    within = sentence - np.searchsorted(of, document) + 1
    texts = corpus.documents["text"].tolist()
    gloss = mentions["gloss"].to_numpy(dtype=bool)
    found = pd.DataFrame(
        {
            "key": mentions[by].astype(str).to_numpy(),
            "doc_id": mentions["doc_id"].to_numpy(),
            "sentence": sentence.astype(np.int32),
            "sentence_no": within.astype(np.int32),
            "start": start.astype(np.int32),
            "end": end.astype(np.int32),
            "raw_start": _raw(corpus.segments, document, start),
            "raw_end": _raw(corpus.segments, document, end - 1) + 1,
            "surface": [texts[doc][a:b] for doc, a, b in zip(document, start, end, strict=True)],
            "passage": [texts[doc][first[row] : last[row]] for doc, row in zip(document, sentence, strict=True)],
            "passage_start": first[sentence].astype(np.int32),
            "gloss": gloss,
            "cells": np.where(gloss, " ".join(COUNTS[:3]), " ".join(COUNTS)),
        },
        columns=list(COLUMNS),
    )
    order = np.lexsort((end, start, document, found["key"].astype("category").cat.codes))
    found = found.iloc[order].reset_index(drop=True)
    found.attrs = {**mentions.attrs, "unit": "hit", "by": by}
    return found


def agree(found: pd.DataFrame, frame: pd.DataFrame, place: str) -> str:
    """Check that a table's counts are the numbers of passages behind them.

    Parameters
    ----------
    found : pandas.DataFrame
        The evidence, from :func:`evidence`.
    frame : pandas.DataFrame
        The table. Where each key has one row, its columns documents, sentences, hits and mentions are checked.
    place : str
        The exhibit, for the error.

    Returns
    -------
    str
        The table's column that holds the keys.

    Raises
    ------
    ExhibitError
        The evidence has not the columns of :func:`evidence`, the table has no column of its keys, or a cell and its
        passages do not agree.

    Examples
    --------
    >>> found = pd.DataFrame({name: [] for name in COLUMNS})
    >>> found.attrs["by"] = "concept"
    >>> agree(found, pd.DataFrame({"concept": ["akuntabilitas"], "hits": [0]}), "tbl-x")
    'concept'

    """
    lacking = [name for name in COLUMNS if name not in found.columns]
    if lacking or "by" not in found.attrs:
        raise ExhibitError("this is not evidence", place=place, remedy="make it with kit.evidence(corpus, mentions)")
    by: str = found.attrs["by"]
    if by not in frame.columns:
        raise ExhibitError(f"the evidence is by {by!r}, the table has no such column", place=place)
    keys = frame[by].astype(str)
    if keys.is_unique:
        counts = _counts(found)
        for column in (name for name in COUNTS if name in frame.columns):
            for key, cell in zip(keys, frame[column], strict=True):
                behind = counts.get(key, {}).get(column, 0)
                if not pd.isna(cell) and cell != behind:
                    raise ExhibitError(
                        f"{key}: {column} is {cell} in the table, the evidence has {behind}",
                        place=place,
                        remedy="make both from the same mentions",
                    )
    return by


def files(found: pd.DataFrame, id: str, title: str, order: Sequence[str], settings: Settings) -> dict[str, bytes]:  # noqa: A002
    """Write evidence as CSV and as a page on which each cell's number can be counted.

    Parameters
    ----------
    found : pandas.DataFrame
        The evidence, from :func:`evidence`.
    id : str
        The table's id.
    title : str
        The table's title, in the language of the labels.
    order : sequence of str
        The keys in the order of the table's rows; keys that it lacks follow.
    settings : Settings
        The project's settings. With ``evidence = "ids"`` no text is written: surface and passage give way to
        passage_sha256.

    Returns
    -------
    dict of str to bytes
        The two files by relative path. The page shows at most 500 passages of a key; the CSV file has all.

    Examples
    --------
    >>> import kit
    >>> empty = pd.DataFrame({name: [] for name in COLUMNS})
    >>> list(files(empty, "tbl-x", "X", [], kit.load_settings()))
    ['evidence/tbl-x.csv', 'evidence/tbl-x.html']

    """
    withheld = settings.evidence == "ids"
    table = found[list(COLUMNS)].reset_index(drop=True)
    table.insert(COLUMNS.index("gloss"), "passage_sha256", [_hashed(text) for text in table["passage"]])
    ranks = {key: rank for rank, key in enumerate(order)}
    counts = _counts(found)
    groups = [
        {
            "key": key,
            "anchor": pages.anchor(key),
            "counts": [
                {
                    "heading": wording.heading(name, settings.labels),
                    "number": numerals.count(counts[key][name], settings.labels),
                }
                for name in COUNTS
            ],
            "hits": [_marked(hit) for hit in rows.head(_SHOWN).itertuples(index=False)],
            "more": _more(len(rows), settings.labels),
        }
        for key, rows in sorted(table.groupby("key"), key=lambda group: (ranks.get(group[0], len(ranks)), group[0]))
    ]
    page = pages.render("evidence.html", settings.labels, id=id, title=title, groups=groups, withheld=withheld)
    kept = table.drop(columns=["surface", "passage"] if withheld else ["passage_sha256"])
    return {
        f"evidence/{id}.csv": cells.csv_bytes(kept, {}, f"{id}, evidence"),
        f"evidence/{id}.html": page.encode("utf-8"),
    }


def _check(corpus: Texts, document: np.ndarray, sentence: np.ndarray, mentions: pd.DataFrame) -> None:
    """Refuse mentions that do not fit the corpus."""
    of = corpus.sentences["doc"].to_numpy(dtype=np.int64)
    known = (document >= 0) & (sentence >= 0) & (sentence < len(of))
    known[known] = of[sentence[known]] == document[known]
    if not known.all():
        row = int(np.flatnonzero(~known)[0])
        raise ExhibitError(
            f"no sentence {sentence[row]} in document {mentions['doc_id'].iloc[row]!r}",
            place=f"kit.evidence, mention {row}",
            remedy="pass the corpus in which the mentions were found",
        )


def _raw(segments: pd.DataFrame, document: np.ndarray, offset: np.ndarray) -> pd.Series:
    """Map offsets of characters in the text to the raw file; missing where no segment holds them."""
    ordered = segments.sort_values(["doc", "start"], kind="stable")
    of, start, raw_start, raw_end = (
        ordered[name].to_numpy(dtype=np.int64) for name in ("doc", "start", "raw_start", "raw_end")
    )
    stride = 1 + int(max(start.max(initial=0), offset.max(initial=0)))
    row = np.searchsorted(of * stride + start, document * stride + offset, side="right") - 1
    found = row >= 0
    found[found] = of[row[found]] == document[found]
    raw = pd.Series(pd.NA, index=range(len(offset)), dtype="Int32")
    place = row[found]
    raw[found] = np.minimum(raw_start[place] + offset[found] - start[place], raw_end[place] - 1).astype(np.int32)
    return raw


def _counts(found: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Count the passages of each key as the table's columns do."""
    groups = found.assign(gloss=found["gloss"].astype(bool)).groupby("key")
    table = pd.DataFrame(
        {
            "documents": groups["doc_id"].nunique(),
            "sentences": groups["sentence"].nunique(),
            "hits": groups.size(),
            "mentions": groups.size() - groups["gloss"].sum(),
        }
    )
    return {str(key): {name: int(row[name]) for name in COUNTS} for key, row in table.iterrows()}


def _marked(hit: Any) -> dict[str, Any]:
    """Cut a passage into what stands before, in and after the hit."""
    first, last = int(hit.start - hit.passage_start), int(hit.end - hit.passage_start)
    return {
        "before": hit.passage[:first],
        "surface": hit.passage[first:last],
        "after": hit.passage[last:],
        "sha256": hit.passage_sha256,
        "doc_id": str(hit.doc_id),
        "sentence_no": int(hit.sentence_no),
        "start": int(hit.start),
        "end": int(hit.end),
        "raw_start": None if pd.isna(hit.raw_start) else int(hit.raw_start),
        "raw_end": None if pd.isna(hit.raw_end) else int(hit.raw_end),
        "gloss": bool(hit.gloss),
    }


def _hashed(text: str) -> str:
    """Hash a passage; a lone surrogate, which has no UTF-8, is passed through."""
    return digest(text.encode("utf-8", "surrogatepass"))


def _more(rows: int, language: str) -> str:
    """Say that a page does not show all."""
    if rows <= _SHOWN:
        return ""
    return wording.say(
        "word", "more", language, shown=numerals.count(_SHOWN, language), all=numerals.count(rows, language)
    )
