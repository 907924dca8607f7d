"""Passages of a corpus: what every table of them holds, and the one gate they pass before they are counted or shown.

Mentions, and whatever else is found in texts, are tables with the columns `PASSAGE` and columns of their own. Rows are
numbers into one corpus: in another corpus the same numbers are other words. So each table says where it was found
twice: in its ``attrs``, which pandas drops in a merge, and row by row in the column `seal`, which it keeps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.index.token_index import Int64

#: Where a passage stands: document, sentence, first code point in `documents.text` and the one behind the last.
PASSAGE = ("doc_id", "doc", "sentence", "start", "end")
#: The column that ties a row to the corpus and the codebook it was found with.
SEAL = "seal"
#: Columns of quotations: these may run over several sentences, and are empty where only the attribution stands.
QUOTED = {"quotation", "cue_start"}
_SEALED = ("doc", "sentence", "start", "end")
_HALF = np.uint64(32)


class Catalogued(Protocol):
    """What the gate asks of a corpus, in one part or in many."""

    @property
    def fingerprint(self) -> str:
        """Hash of everything reading and language produced."""

    @property
    def sizes(self) -> pd.DataFrame:
        """One row per document: doc_id, words, sentences."""


def seal(corpus: Catalogued, passages: pd.DataFrame, codebook: str = "") -> pd.DataFrame:
    """Return passages with the column `seal` (int64), which ties each row to this corpus and this codebook.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        In which they were found.
    passages : DataFrame
        With the columns `PASSAGE`.
    codebook : str
        Version of the codebook they were found with; empty if there was none.

    Returns
    -------
    DataFrame

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."]}), clean=False)
    >>> place = pd.DataFrame({"doc_id": ["a"], "doc": [0], "sentence": [0], "start": [0], "end": [3]})
    >>> check_passages(corpus, seal(corpus, place))["start"].tolist()
    [0]

    """
    mine, theirs = _halves(corpus, passages, codebook)
    return passages.assign(**{SEAL: (mine << (_HALF - np.uint64(1)) | theirs >> np.uint64(1)).astype(np.int64)})


def check_passages(
    corpus: Catalogued,
    passages: Any,
    *,
    codebook: str = "",
    columns: Sequence[str] = (),
    name: str = "mentions",
    remedy: str = "pass what kit.find_mentions(corpus, codebook) returned for this corpus",
) -> pd.DataFrame:
    """Return passages as they are, if they belong to a corpus and a codebook.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        In which they are to be counted.
    passages : DataFrame
        Rows that were found in it, in any order and number.
    codebook : str
        Version of the codebook they are to be counted by; empty where it does not matter.
    columns : sequence of str
        Further columns they must have.
    name, remedy : str
        What they are called in an error, and where to get them.

    Returns
    -------
    DataFrame
        The same object.

    Raises
    ------
    QueryError
        They are no table, lack a column, were found in another corpus or with another codebook, or a row names a
        document, sentence or place that is not there.

    Notes
    -----
    What the table says of itself decides first: its fingerprint and codebook in ``attrs``. Each row then has to lie in
    a document and a sentence of this corpus (a quotation only has to begin in its sentence), and its `seal`, where
    there is one, has to be of this corpus and codebook. A table made by hand has neither; it is taken if its documents
    and places fit.

    """

    def refuse(problem: str, row: int | None = None) -> QueryError:
        place = name if row is None else f"{name}, row {row}"
        return QueryError(problem, place=place, remedy=remedy)

    if not isinstance(passages, pd.DataFrame):
        raise refuse(f"this is no table but {type(passages).__name__}")
    for column in ("doc", *columns):
        if column not in passages.columns:
            raise refuse(f"the table has no column {column!r}")
    _check_facts(corpus, passages, codebook, refuse)
    catalogue = corpus.sizes
    for wrong, problem in _misplaced(catalogue, passages):
        if wrong.any():
            raise refuse(problem, int(np.flatnonzero(wrong)[0]))
    if isinstance(corpus, Corpus) and {"sentence", "start", "end"} <= set(passages.columns) and len(passages):
        sentences = corpus.sentences
        sentence, start, end = (passages[column].to_numpy(np.int64) for column in ("sentence", "start", "end"))
        low, high = (sentences[column].to_numpy(np.int64)[sentence] for column in ("start", "end"))
        outside = (start < low) | (end > high) | (start >= end)
        if set(passages.columns) >= QUOTED:
            outside = (start < low) | (start >= high) | (end > _document_ends(sentences)[sentence]) | (start > end)
        if outside.any():
            raise refuse("the passage does not lie in its sentence", int(np.flatnonzero(outside)[0]))
    if SEAL in passages.columns and set(_SEALED) <= set(passages.columns):
        _check_seals(corpus, passages, codebook or str(passages.attrs.get("codebook", "")), refuse)
    return passages


def _document_ends(sentences: pd.DataFrame) -> Int64:
    """Return where the last sentence of the document of each sentence ends."""
    doc = sentences["doc"].to_numpy()
    last = np.searchsorted(doc, doc, side="right") - 1
    ends: Int64 = sentences["end"].to_numpy(np.int64)[last]
    return ends


def _check_facts(corpus: Catalogued, passages: pd.DataFrame, codebook: str, refuse: Any) -> None:
    """Refuse what says itself that it is of another corpus or codebook."""
    of, by = passages.attrs.get("fingerprint"), passages.attrs.get("codebook")
    if of is not None and of != corpus.fingerprint:
        raise refuse(f"they were found in another corpus ({of[:12]}…; this one is {corpus.fingerprint[:12]}…)")
    if codebook and by is not None and by != codebook:
        raise refuse(f"they were found with another codebook ({by}; this one is {codebook})")


def _misplaced(catalogue: pd.DataFrame, passages: pd.DataFrame) -> list[tuple[npt.NDArray[np.bool_], str]]:
    """Tell which rows name a document or a sentence that is not there; the first kind of fault is the only one."""
    doc = _whole(passages["doc"])
    beyond = (doc < 0) | (doc >= len(catalogue))
    if beyond.any():
        return [(beyond, "points beyond this corpus")]
    found = []
    if "doc_id" in passages.columns:
        there = catalogue["doc_id"].to_numpy(object)[doc]
        found.append((there != passages["doc_id"].to_numpy(object), "is of another document than its doc_id says"))
    if "sentence" in passages.columns:
        sentences = catalogue["sentences"].to_numpy(np.int64)
        head = (np.cumsum(sentences) - sentences)[doc]
        sentence = _whole(passages["sentence"])
        found.append(((sentence < head) | (sentence >= head + sentences[doc]), "its document has no such sentence"))
    return found


def _whole(column: pd.Series) -> Int64:
    """Return whole numbers; what is missing or broken counts as -1."""
    numbers: Int64 = pd.to_numeric(column, errors="coerce").fillna(-1).to_numpy(np.int64)
    return numbers


def _check_seals(corpus: Catalogued, passages: pd.DataFrame, codebook: str, refuse: Any) -> None:
    """Refuse rows whose seal is that of another corpus or codebook."""
    given = _whole(passages[SEAL]).astype(np.uint64)
    mine, theirs = _halves(corpus, passages, codebook)
    other = given >> (_HALF - np.uint64(1)) != mine
    if other.any():
        raise refuse("was found in another corpus, or was changed", int(np.flatnonzero(other)[0]))
    half = (np.uint64(1) << (_HALF - np.uint64(1))) - np.uint64(1)
    other = (given & half) != theirs >> np.uint64(1)
    if codebook and other.any():
        raise refuse("was found with another codebook", int(np.flatnonzero(other)[0]))


def _halves(
    corpus: Catalogued, passages: pd.DataFrame, codebook: str
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Return 32 bits of each row with the corpus, and 32 bits with the codebook too."""
    halves = []
    for text in (corpus.fingerprint, f"{corpus.fingerprint} {codebook}"):
        key = np.frombuffer(hashlib.sha256(text.encode()).digest()[:8], "<u8")[0]
        mixed = np.full(len(passages), key, np.uint64)
        for column in _SEALED:
            mixed = mixed_bits(mixed ^ passages[column].to_numpy(np.int64).astype(np.uint64))
        halves.append(mixed >> _HALF)
    return halves[0], halves[1]


def mixed_bits(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Mix the bits of each number, as SplitMix64 ends (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def counted_passages(passages: pd.DataFrame, *, glosses: bool = False, names: bool = False) -> pd.DataFrame:
    """Return the passages that count as mentions: neither void nor, unless asked for, glosses or names.

    This is the one place that decides what a mention is. To count names with the others, pass
    ``mentions.assign(is_name=False)``.
    """
    out = np.zeros(len(passages), bool)
    for column, kept in (("gloss", glosses), ("is_name", names)):
        if not kept and column in passages.columns:
            out |= passages[column].to_numpy(bool)
    return without_void(passages[~out] if out.any() else passages)


def without_void(passages: pd.DataFrame) -> pd.DataFrame:
    """Return the passages that nothing makes void."""
    return passages[passages["void"] == ""] if "void" in passages.columns else passages


def inside(passages: pd.DataFrame, within: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which passages lie wholly inside one of others, in the same document; passages that overlap are one."""
    doc, start, end = _united(within)
    width = np.int64(2**32)
    place = passages["doc"].to_numpy(np.int64) * width + passages["start"].to_numpy(np.int64)
    row = np.searchsorted(doc * width + start, place, side="right") - 1
    held = np.maximum(row, 0)
    if not len(doc):
        return np.zeros(len(passages), bool)
    fits = (doc[held] == passages["doc"].to_numpy()) & (passages["end"].to_numpy(np.int64) <= end[held])
    return np.asarray(fits & (row >= 0), bool)


def _united(passages: pd.DataFrame) -> tuple[Int64, Int64, Int64]:
    """Return document, start and end of passages, sorted; those that overlap are one."""
    doc, start, end = (passages[name].to_numpy(np.int64) for name in ("doc", "start", "end"))
    order = np.lexsort((end, start, doc))
    width = np.int64(2**32)
    begin, stop = (doc * width + start)[order], np.maximum.accumulate((doc * width + end)[order])
    if not len(begin):
        return doc, start, end
    opens = np.append(True, begin[1:] >= stop[:-1])
    last = np.append(np.flatnonzero(opens)[1:] - 1, len(begin) - 1)
    return begin[opens] // width, begin[opens] % width, stop[last] % width


def surfaces_of(corpus: Corpus, passages: pd.DataFrame) -> list[str]:
    """Return each passage as written."""
    texts, row = _texts(corpus, passages)
    places = zip(row.tolist(), *(passages[name].tolist() for name in ("start", "end")), strict=True)
    return [texts[doc][start:end] for doc, start, end in places]


def _texts(corpus: Corpus, passages: pd.DataFrame) -> tuple[list[str], Int64]:
    """Return the texts that passages stand in, each once, and which of them each stands in."""
    docs, row = np.unique(passages["doc"].to_numpy(np.int64), return_inverse=True)
    return corpus.stated("text").iloc[docs].tolist(), row.astype(np.int64)


def in_context(corpus: Corpus, passages: pd.DataFrame) -> pd.DataFrame:
    """Lay what a reader needs beside each passage.

    Parameters
    ----------
    corpus : Corpus
    passages : DataFrame
        With the columns `PASSAGE`, checked.

    Returns
    -------
    DataFrame, one row per passage, in their order
        `sentence_no` (int32; number in the document, from 1), `raw_start`, `raw_end` (Int32; code points of the decoded
        file, missing where a text has no file), `surface`, `passage` (str; as written, and its sentence, or those
        that a quotation runs over), `passage_start` (int32; where that begins in `documents.text`).

    """
    texts, row = _texts(corpus, passages)
    of, first, last = (corpus.sentences[name].to_numpy(np.int64) for name in ("doc", "start", "end"))
    doc, sentence, start, end = (passages[name].to_numpy(np.int64) for name in ("doc", "sentence", "start", "end"))
    width = np.int64(2**32)
    closing = np.searchsorted(of * width + first, doc * width + np.maximum(end - 1, start), side="right") - 1
    pieces = zip(row.tolist(), first[sentence].tolist(), last[closing].tolist(), strict=True)
    return pd.DataFrame(
        {
            "sentence_no": (sentence - np.searchsorted(of, doc) + 1).astype(np.int32),
            "raw_start": pd.array(corpus.raw_offsets(doc, start), dtype="Int32"),
            "raw_end": pd.array(corpus.raw_offsets(doc, np.maximum(end - 1, start)), dtype="Int32") + 1,
            "surface": pd.array(surfaces_of(corpus, passages), dtype="str"),
            "passage": pd.array([texts[one][begin:stop] for one, begin, stop in pieces], dtype="str"),
            "passage_start": first[sentence].astype(np.int32),
        }
    )
