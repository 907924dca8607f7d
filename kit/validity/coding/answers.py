"""Answers laid out for scoring: how many coders gave each item each answer, and what is taken for true."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.errors import CodingError
from kit.validity.coding.record import ANSWERS, NO, UNSURE, YES, check_record, latest

#: The answers that agreement is about; *unsure* is no answer.
LABELS = (YES, NO)


def answers_of(codings: pd.DataFrame, corpus_ids: pd.Index) -> pd.DataFrame:
    """Return the last answer of each coder to each item, or say which cannot be scored."""
    given = latest(check_record(codings))
    strange = ~given["value"].isin(ANSWERS)
    if strange.any():
        value = given.loc[strange, "value"].iloc[0]
        remedy = "score intrusion sheets with kit.score_intrusion"
        raise CodingError(f"the answer {value!r} is none of {', '.join(ANSWERS)}", place="codings", remedy=remedy)
    lost = ~given["doc_id"].isin(corpus_ids)
    if lost.any():
        doc_id = given.loc[lost, "doc_id"].iloc[0]
        remedy = "pass the corpus that the passages were drawn from"
        raise CodingError(f"the corpus has no document {doc_id!r}", place="codings", remedy=remedy)
    return given


def counts_of(given: pd.DataFrame) -> pd.DataFrame:
    """Return one row per item: how many coders said yes and no, *unsure* left out."""
    decided = given[given["value"] != UNSURE]
    table = pd.crosstab(decided["item"], decided["value"]).reindex(columns=list(LABELS), fill_value=0)
    return table.astype("int64")


def pairs_of(given: pd.DataFrame) -> npt.NDArray[np.float64] | None:
    """Return the table of answers of two coders; None if there are more or fewer."""
    decided = given[given["value"] != UNSURE]
    coders = sorted(decided["coder"].unique())
    if len(coders) != 2:
        return None
    wide = decided.pivot_table(index="item", columns="coder", values="value", aggfunc="first").dropna()
    table = pd.crosstab(wide[coders[0]], wide[coders[1]]).reindex(
        index=list(LABELS), columns=list(LABELS), fill_value=0
    )
    pairs: npt.NDArray[np.float64] = table.to_numpy(np.float64)
    return pairs


def truth_of(given: pd.DataFrame, judge: str | None) -> pd.Series:
    """Return what is taken for true of each item: the judge's word, else what most coders say; missing if undecided."""
    counts = counts_of(given)
    most = np.sign(counts[YES] - counts[NO])
    truth = pd.Series(np.select([most > 0, most < 0], [YES, NO], ""), index=counts.index, dtype="str")
    if judge is not None:
        own = given[given["coder"] == judge]
        if own.empty:
            remedy = f"name one of {', '.join(sorted(given['coder'].unique()))}"
            raise CodingError(f"truth = {judge!r} has coded nothing", place="score_coding", remedy=remedy)
        decided = own[own["value"] != UNSURE].set_index("item")["value"]
        truth = truth.reindex(truth.index.union(decided.index), fill_value="")
        truth[decided.index] = decided
    return truth


def sets_of(given: pd.DataFrame) -> list[list[frozenset[str]]]:
    """Return for each passage what each coder marked in it, of the codes that all its coders decided on."""
    decided = given[given["value"] != UNSURE]
    found = []
    for _, rows in decided.groupby(["doc_id", "start", "end"], sort=True):
        by_coder = {coder: own.set_index("code")["value"] for coder, own in rows.groupby("coder", sort=True)}
        shared = set.intersection(*(set(own.index) for own in by_coder.values()))
        if shared and len(by_coder) > 1:
            found.append([frozenset(code for code in shared if own[code] == YES) for own in by_coder.values()])
    return found
