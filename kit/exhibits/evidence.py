"""The passages behind the numbers of a table: one row per hit, with the sentence it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.arguments import check_amount
from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.corpus.samples import (
    MOST,
    count_passages,
    drawn,
    drawn_of,
    first_of,
    groups_of,
    joined_keys,
    share_of,
    totals_of,
)
from kit.corpus.spans import PASSAGE, check_passages
from kit.errors import ExhibitError
from kit.index.token_index import Int64
from kit.parts.summaries import AnyCorpus, in_context

#: What the columns of a table of mentions count; other tables say it in the ``attrs`` of their passages.
COUNTS = {
    "documents": "documents",
    "sentences": "sentences",
    "hits": "passages",
    "mentions": "passages without glosses",
    "names": "names",
}
#: What those of a table of other passages count: quotations, modals, words of serving, statements.
PLAIN = {"count": "passages", "documents": "documents"}
#: The column that tells passages apart where none is given: the first that the table has.
_USUAL = ("concept", "type", "category", "form")
COLUMNS = (
    "key", "doc_id", "sentence", "sentence_no", "start", "end", "raw_start", "raw_end",
    "surface", "passage", "passage_start", "gloss", "is_name", "cells", "outlet", "date", "title",
)  # fmt: skip
#: What says where passages stand and how they count.
_PLACED = (*PASSAGE, "gloss", "is_name", "void")
STATED = ("outlet", "date", "title")  # of each document


@recorded("key", "doc_id", "start", "end")
def evidence(
    corpus: AnyCorpus,
    passages: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    codebook: Codebook | None = None,
    table: pd.DataFrame | None = None,
    most: int | None = MOST,
) -> pd.DataFrame:
    """Show the passages that a table counts, each in its sentence.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        The corpus in which they were found.
    passages : pandas.DataFrame
        What `kit.find_passages` found behind the table, or rows of `kit.find_mentions`, `kit.find_quotations`,
        `kit.find_modality`, `kit.service_voice`, `kit.statements`, `kit.list_citations`.
    by : str or sequence of str, optional
        The columns that name the table's row: those that `kit.tally` counted by; "pattern" for a table of patterns.
        If left out, those that `kit.find_passages` recorded, else the first of "concept", "type", "category", "form"
        that the passages have.
    codebook : Codebook, optional
        The codebook they were found with; needed only if the mentions no longer say so themselves.
    table : pandas.DataFrame, optional
        The rows whose passages are shown, with the columns `by`; those of all rows if left out.
    most : int, optional
        Passages of one row of the table that are kept at most, and of all rows together no more than 100,000, so that
        each of many rows has fewer; None keeps all. Of more, those are drawn whose hash (of the document's name and the
        place) is least: as good as at random, and the same however the corpus is stored.

    Returns
    -------
    pandas.DataFrame
        One row per passage, sorted by key, document and place.

        - key (str): the values of `by`, joined by " · "; a missing one is "–"
        - doc_id (str)
        - sentence (int32): row in ``corpus.sentences``, from 0
        - sentence_no (int32): number in the document, from 1
        - start, end (int32): code points in the document's text, end exclusive; of an attribution without words of
          its own, those of the verb
        - raw_start, raw_end (Int32): code points in the decoded raw file, or the text given
        - surface (str): the passage as written
        - passage (str): its sentence, or those it runs over; passage_start (int32): where that begins in the text
        - gloss (bool): whether the hit glosses the one before it
        - is_name (bool): whether it is the name of an institution, law, programme or brand
        - cells (str): the columns of the table that count this row
        - outlet, date, title: of the document, as its source states them

        ``attrs["counts"]`` says what each of these columns counts among the rows of a key: those that are no names,
        less the glosses, or their different sentences or documents; or the names. Void hits are left out.
        ``attrs["drawn"]`` has, of each key of which some passages were drawn, how many there are (`rows`) and what the
        columns count of all (`counts`).

    Raises
    ------
    ExhibitError
        `by` is not a column of the passages or of the table, or passages that were drawn for the rows of one table are
        to be shown by other columns.
    QueryError
        They are not of this corpus.

    Examples
    --------
    >>> import kit
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["KOTA, CONTOH.com - ASN akuntabel."]})
    >>> corpus = kit.Corpus.from_frame(frame)
    >>> mentions = kit.find_mentions(corpus, kit.load_codebook())
    >>> print(evidence(corpus, mentions)[["key", "raw_start", "surface"]].to_string(index=False))
              key  raw_start   surface
        aktor-asn         19       ASN
    akuntabilitas         23 akuntabel

    """
    version = "" if codebook is None else codebook.version
    check_passages(corpus, passages, codebook=version, columns=("doc_id", "sentence", "start", "end"), name="passages")
    usual = [name for name in _USUAL if name in passages.columns][:1] or list(_USUAL[:1])
    keys = [by] if isinstance(by, str) else list(by or passages.attrs.get("by", usual))
    for name in keys:
        if name not in passages.columns:
            remedy = "use some of " + ", ".join(passages.columns)
            raise ExhibitError(f"by = {name!r}", place="kit.evidence", remedy=remedy)
    if most is not None:
        check_amount("most", most, 1, place="kit.evidence", remedy="keep at least 1 passage of a row, or None for all")
    facts = passages.attrs
    if facts.get("drawn") and keys != facts["by"]:
        remedy = "leave out by=, or find the passages without most="
        raise ExhibitError(f"the passages were drawn by {', '.join(facts['by'])}", place="kit.evidence", remedy=remedy)
    passages = _with_words(passages)
    group = groups_of(passages, keys)
    rows = np.flatnonzero(_among(passages, group, table, keys))
    group = pd.factorize(group[rows])[0].astype(np.int64)
    places = passages[[name for name in passages.columns if name in _PLACED]].iloc[rows]  # and no other of all rows
    named = {name: what for name, what in COUNTS.items() if what != COUNTS["names"] or _marks(places, "is_name").any()}
    counts = facts.get("counts", named if "gloss" in passages.columns else PLAIN)
    most = share_of(most, int(group.max(initial=-1)) + 1)
    keep = drawn(places, group, most)
    few: dict[str, Any] = {}
    if not keep.all():
        said = joined_keys(passages.iloc[rows[first_of(group)]], keys)
        few = drawn_of(totals_of(places, group, said, counts), most)
    passages = passages.iloc[rows[keep]]
    gloss, is_name = _marks(passages, "gloss"), _marks(passages, "is_name")
    context = in_context(corpus, passages, STATED).reset_index(drop=True)
    found = pd.DataFrame(
        {
            "key": joined_keys(passages, keys),
            **{name: passages[name].to_numpy() for name in ("doc_id", "sentence", "start", "end")},
            **context,
            "gloss": gloss,
            "is_name": is_name,
            "cells": _cells(counts, gloss, is_name),
        },
        columns=list(COLUMNS),
    ).astype(dict.fromkeys(("sentence", "start", "end"), "int32"))
    order = np.lexsort((found["end"], found["start"], passages["doc"], found["key"].astype("category").cat.codes))
    found = found.iloc[order].reset_index(drop=True)
    found.attrs = {**facts, "unit": "hit", "by": keys, "counts": dict(counts), "drawn": few | facts.get("drawn", {})}
    return found


def _among(
    passages: pd.DataFrame, group: Int64, table: pd.DataFrame | None, keys: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Tell which passages are shown: those of some rows of a table, of which nothing makes any void."""
    among = np.ones(len(passages), bool)
    if table is not None:
        for name in keys:
            if name not in table.columns:
                problem = f"the table has no column {name!r}"
                raise ExhibitError(problem, place="kit.evidence", remedy="keep it in the table")
        wanted = set(joined_keys(table, keys))
        said = joined_keys(passages.iloc[first_of(group)], keys)
        among = np.array([key in wanted for key in said], bool)[group]
    if "void" in passages.columns:
        among = among & (passages["void"] == "").to_numpy(bool)
    return among


def _cells(
    counts: Mapping[str, str], gloss: npt.NDArray[np.bool_], is_name: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    """Name, for each passage, the columns of the table that count it."""
    of = [
        " ".join(
            name
            for name, what in counts.items()
            if (what == COUNTS["names"]) == named and not (glossing and what in (COUNTS["mentions"], COUNTS["names"]))
        )
        for named in (False, True)
        for glossing in (False, True)
    ]
    cells: npt.NDArray[np.object_] = np.array(of, object)[2 * is_name + gloss]
    return cells


def _marks(passages: pd.DataFrame, name: str) -> npt.NDArray[np.bool_]:
    """Return a column that says yes or no; a table that lacks it says no."""
    return passages[name].to_numpy(bool) if name in passages.columns else np.zeros(len(passages), bool)


def _with_words(passages: pd.DataFrame) -> pd.DataFrame:
    """Let an attribution that has no words of its own be shown by its verb."""
    if "cue_end" not in passages.columns:
        return passages
    end = passages["end"].where(passages["start"] < passages["end"], passages["cue_end"])
    return passages.assign(end=end.astype("int32"))


def keys_of(found: pd.DataFrame, frame: pd.DataFrame) -> list[str]:
    """Return the keys that the evidence is kept by, row by row of its table."""
    return joined_keys(frame, found.attrs["by"])


def agree(found: pd.DataFrame, frame: pd.DataFrame, place: str) -> None:
    """Check that the counts of a table are the numbers of passages behind them, row by row.

    Rows that share their passages are refused where they count them: a number would open to those of another group.
    """
    lacking = [name for name in COLUMNS if name not in found.columns]
    if lacking or "by" not in found.attrs:
        remedy = "make it with kit.evidence(corpus, kit.find_passages(corpus, table))"
        raise ExhibitError("this is not evidence", place=place, remedy=remedy)
    for by in found.attrs["by"]:
        if by not in frame.columns:
            raise ExhibitError(f"the evidence is by {by!r}, the table has no such column", place=place)
    keys = keys_of(found, frame)
    counted = [name for name in found.attrs["counts"] if name in frame.columns]
    if len(set(keys)) < len(keys):
        if not counted:
            return
        shared = next(key for place, key in enumerate(keys) if key in keys[:place])
        problem = f"several rows have the passages of {shared!r}, so those of a cell cannot be told"
        remedy = "pass kit.evidence(corpus, kit.find_passages(corpus, table)), which knows the group of each passage"
        raise ExhibitError(problem, place=place, remedy=remedy)
    counts = counts_of(found)
    for column in counted:
        for key, cell in zip(keys, frame[column], strict=True):
            behind = counts.get(key, {}).get(column, 0)
            if not pd.isna(cell) and cell != behind:
                raise ExhibitError(
                    f"{key}: {column} is {cell} in the table, the evidence has {behind}",
                    place=place,
                    remedy="make both from the same mentions, by every column that tells rows apart, and pass the rows "
                    "that are printed to kit.find_passages",
                )


def counts_of(found: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Count the passages of each key as the table's columns do; of a key of which some were drawn, all there are."""
    counts: Mapping[str, str] = found.attrs.get("counts", COUNTS)
    few = found.attrs.get("drawn") or {}
    group = groups_of(found, ["key"])
    keys = found["key"].drop_duplicates().tolist()
    numbers = {name: count_passages(found, group, len(keys), what).tolist() for name, what in counts.items()}
    here = {str(key): {name: of[row] for name, of in numbers.items()} for row, key in enumerate(keys)}
    return {key: few[key]["counts"] if key in few else row for key, row in here.items()}
