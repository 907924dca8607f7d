"""Whether coders agree, and how valid a codebook's counts are by what they agree on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import CodingError
from kit.measures.correction.strata import NONE, Estimate, Strata
from kit.measures.uncertainty.intervals import clopper_pearson
from kit.parts.summaries import AnyCorpus
from kit.validity.agreement.coefficients import Floats, agreement, alpha, cohen, fleiss, masi_distances
from kit.validity.agreement.intervals import LEAST, LEAST_RARER, alpha_interval, more_units, rarer_units
from kit.validity.coding.answers import answers_of, counts_of, pairs_of, sets_of, truth_of
from kit.validity.coding.items import STRATA
from kit.validity.coding.reading import check_key
from kit.validity.coding.record import UNSURE, YES
from kit.wording.words import Remark, remark


@dataclass(frozen=True, eq=False)
class CodingScores:
    """What codings say of coders and codebook, from `kit.score_coding`.

    Attributes
    ----------
    agreement : DataFrame, one row per concept, by name
        `concept` (str), `coders`, `items` (int64; coded by two or more), `once` (int64; by one alone), `unsure` (int64;
        answers *unsure*, which count as none), `yes_share` (float64; of the answers yes and no), `agreed` (float64;
        share of pairs of answers that agree), `alpha`, `alpha_low`, `alpha_high` (float64; Krippendorff's, nominal),
        `kappa` (float64; Cohen's, of two coders), `fleiss` (float64; Fleiss's kappa, where each item was coded equally
        often), `more_items` (Int64; items that bring half the interval of alpha to .05), `reason` (str; why alpha or
        its interval is missing: ``coded-once``, ``one-label``, ``few-items``, ``rare-answer``; else empty).
    overall : DataFrame, one row
        The same of all items together, without `concept`; and `passages` (int64), `masi_alpha` (float64): alpha over
        the sets of concepts that coders marked in a passage, by the MASI distance, over passages coded by two or more.
    validity : DataFrame, one row per concept of the key
        `concept`, `source` (str), `hits`, `near_misses`, `rest` (int64; sentences of each stratum), `hits_read`,
        `near_read`, `rest_read`, `hits_yes`, `near_yes`, `rest_yes` (int64), `precision`, `precision_low`,
        `precision_high`, `recall`, `recall_low`, `recall_high` (float64), `recall_at_most` (bool; no miss was found
        where not all was read, so recall is an upper bound), `specificity`, `n_recall`, `n_specificity` (float64; of
        how many passages these would be known had they been drawn at random), `alpha` (float64), `undecided` (int64;
        items on which coders do not agree, which count as not read), `fingerprint`, `codebook`, `date` (str), `reason`
        (str: ``not-read``, ``few-read``; else empty). The form of ``validity=`` in `kit.concept_frequencies` and of
        ``[tool.kit] validity``. Without a key it has no row.
    disputed : DataFrame, one row per answer
        The answers to items that are undecided, with the columns of the record.

    """

    agreement: pd.DataFrame
    overall: pd.DataFrame
    validity: pd.DataFrame
    disputed: pd.DataFrame

    def __repr__(self) -> str:
        """Say how many items of how many concepts."""
        one = self.overall.iloc[0]
        return f"<CodingScores: {len(self.agreement)} concepts, {one['items']} items coded by two or more>"


@recorded(agreement=["concept"], overall=["coders"], validity=["concept"], disputed=["item", "coder"])
def score_coding(
    corpus: AnyCorpus,
    codings: pd.DataFrame,
    key: pd.DataFrame | str | Path | None = None,
    *,
    truth: str | None = None,
    source: str = "",
) -> CodingScores:
    """Score codings: agreement of the coders, and with the key precision and recall of the codebook.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        The corpus that the items were drawn from.
    codings : DataFrame
        From `kit.read_codings`, or any table with the columns of a record.
    key : DataFrame or path, optional
        The key of the sheet. Without it only agreement is scored.
    truth : str, optional
        The coder whose answers decide, one who settled the disputes, say. Else an item is what most of its coders say;
        where they are divided equally it is undecided.
    source : str
        What texts were coded, in a few words, for the table's readers.

    Returns
    -------
    CodingScores

    Raises
    ------
    CodingError
        A coding is damaged, or codings or key are not of this corpus.

    Notes
    -----
    *unsure* is no answer. Alpha is 1 - observed / expected disagreement; it is undefined where all coders used one
    answer only, since nothing can then tell agreement from habit, and where each item was coded once. Agreement is
    that on the items drawn, among which hits are more common than in the corpus. Precision is the share of sentences
    with a hit that speak of the concept; recall the share of the sentences that speak of it which have a hit, the
    strata weighted by their sizes. Intervals cover 95 %: of alpha from 30 items on (``benchmarks/alpha_coverage.md``),
    of recall where 10 of each stratum were read (``benchmarks/correction_coverage.md``); else they are
    missing.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Warga senang."]}))
    >>> sheet = kit.coding_sheet(corpus, kit.load_codebook(), n=1, concepts=["melayani"])
    >>> rows = sheet.key.assign(value=["yes" if one == "hit" else "no" for one in sheet.key["stratum"]], time="")
    >>> codings = pd.concat([rows.assign(coder="ani"), rows.assign(coder="budi")])
    >>> scores = kit.score_coding(corpus, codings, sheet.key)
    >>> scores.agreement[["concept", "items", "alpha", "reason"]].to_numpy().tolist()
    [['melayani', 2, 1.0, 'few-items']]
    >>> scores.validity[["precision", "recall", "recall_at_most"]].to_numpy().tolist()
    [[1.0, 1.0, False]]

    """
    given = answers_of(codings, pd.Index(corpus.sizes["doc_id"]))
    rows = [{"concept": code, **_agreement(own)} for code, own in given.groupby("code", sort=True)]
    agreements = _table(rows, ["concept"])
    overall = _table([_agreement(given) | _sets(given)], [])
    decided = truth_of(given, truth)
    undecided = decided.index[decided == ""]
    validity = _validity(corpus, given, decided, check_key(key, _NEEDED), source, agreements) if key is not None else []
    judged = given["item"].isin(undecided) | ~given["item"].isin(decided.index)
    tables = (agreements, overall, _as_validity(validity), given[judged].reset_index(drop=True))
    remarks = _remarks(agreements)
    for table in tables:
        table.attrs = corpus.about(unit="item", remarks=remarks)
    return CodingScores(*tables)


def _agreement(given: pd.DataFrame) -> dict[str, Any]:
    """Score the agreement on some items."""
    counts = counts_of(given).to_numpy(np.float64)
    size = counts.sum(axis=1)
    once, twice = np.ones(len(counts)), counts[size >= 2]
    value, items, pairs = alpha(counts) if len(counts) else math.nan, len(twice), pairs_of(given)
    reason = _reason(counts, value, items)
    low, high = alpha_interval(counts, once) if not reason else (math.nan, math.nan)
    return {
        "coders": given["coder"].nunique(),
        "items": items,
        "once": int((size == 1).sum()),
        "unsure": int((given["value"] == UNSURE).sum()),
        "yes_share": float(counts[:, 0].sum() / counts.sum()) if counts.sum() else math.nan,
        "agreed": agreement(counts),
        "alpha": value,
        "alpha_low": low,
        "alpha_high": high,
        "kappa": cohen(pairs) if pairs is not None else math.nan,
        "fleiss": fleiss(twice),
        "more_items": more_units(counts, once) if not reason else pd.NA,
        "reason": reason,
    }


def _reason(counts: Floats, value: float, items: int) -> str:
    """Say why alpha or its interval is missing."""
    if not items:
        return "coded-once"
    if math.isnan(value):
        return "one-label"
    if items < LEAST:
        return "few-items"
    return "rare-answer" if rarer_units(counts, np.ones(len(counts))) < LEAST_RARER else ""


def _sets(given: pd.DataFrame) -> dict[str, Any]:
    """Score the agreement on the sets of concepts that coders marked in each passage."""
    passages = sets_of(given)
    labels = sorted({one for passage in passages for one in passage}, key=sorted)
    place = {label: number for number, label in enumerate(labels)}
    counts = np.zeros((len(passages), len(labels)))
    for row, passage in enumerate(passages):
        for one in passage:
            counts[row, place[one]] += 1
    value = alpha(counts, masi_distances(labels)) if passages else math.nan
    return {"passages": len(passages), "masi_alpha": value}


def _table(rows: list[dict[str, Any]], names: list[str]) -> pd.DataFrame:
    """Make the table of agreement."""
    whole = ("coders", "items", "once", "unsure", "passages")
    table = pd.DataFrame(rows or [], columns=list(rows[0]) if rows else [*names, *_agreement(_EMPTY)])
    kinds = {"more_items": "Int64", "reason": "str", "concept": "str"} | dict.fromkeys(whole, "int64")
    known = {name: kinds.get(name, "float64") for name in table.columns}
    return table.astype(known)


_EMPTY = pd.DataFrame(columns=["item", "doc_id", "start", "end", "coder", "code", "value", "time"], dtype="str")


def _validity(
    corpus: AnyCorpus, given: pd.DataFrame, decided: pd.Series, key: pd.DataFrame, source: str, agreements: pd.DataFrame
) -> list[dict[str, Any]]:
    """Score the codebook by what is taken for true of the items of a key."""
    if len(key) and key["fingerprint"].ne(corpus.fingerprint).any():
        remedy = "pass the corpus that the sheet was drawn from"
        raise CodingError("the key is of another corpus", place="score_coding", remedy=remedy)
    alphas = agreements.set_index("concept")["alpha"]
    times = given.groupby("code")["time"].max().str[:10]
    asked = given.groupby("item").size()
    return [
        {
            "concept": concept,
            "source": source,
            **_figures(own, decided),
            "alpha": float(alphas.get(concept, math.nan)),
            "undecided": int(own["item"].isin(asked.index[~asked.index.isin(decided.index[decided != ""])]).sum()),
            "fingerprint": corpus.fingerprint,
            "codebook": str(own["codebook"].iloc[0]),
            "date": str(times.get(concept, "")),
        }
        for concept, own in key.groupby("code", sort=True)
    ]


def _figures(own: pd.DataFrame, decided: pd.Series) -> dict[str, Any]:
    """Score one concept."""
    truth = pd.Series([decided.get(item, "") for item in own["item"]], index=own.index, dtype="str")
    read = truth != ""
    strata = [own["stratum"] == stratum for stratum in STRATA]
    sizes = [int(own.loc[those, "population"].max()) if those.any() else 0 for those in strata]
    read_of, yes_of = (_in_strata(strata, kind) for kind in (read, truth == YES))
    found = Strata(tuple(sizes), read_of, yes_of)
    reason = "" if found.enough else "few-read" if found.known else "not-read"
    _, specificity, n_recall, n_specificity = found.test_figures()
    silent = reason == "few-read"
    row: dict[str, Any] = {}
    for place, (size, name) in enumerate(_SIZES.items()):
        row[size], row[f"{name}_read"], row[f"{name}_yes"] = found.sizes[place], found.read[place], found.yes[place]
    row |= dict(_estimate("precision", _precision(found)))
    row |= dict(_estimate("recall", NONE._replace(value=found.recall().value) if silent else found.recall()))
    row["recall_at_most"] = bool(row["recall"] == row["recall"] and found.at_most)
    return row | {"specificity": specificity, "n_recall": n_recall, "n_specificity": n_specificity, "reason": reason}


def _in_strata(strata: list[pd.Series], kind: pd.Series) -> tuple[int, ...]:
    """Count the items of some kind in each stratum."""
    return tuple(int((those & kind).sum()) for those in strata)


def _precision(found: Strata) -> Estimate:
    """Return the share of the hits that are right, with its exact interval; where all were read it is known."""
    read, yes = found.read[0], found.yes[0]
    if not read or read == found.sizes[0]:
        return found.share(0) if read else NONE
    low, high = clopper_pearson(np.array([yes]), read, 0.95)
    return Estimate(yes / read, float(low[0]), float(high[0]))


def _estimate(name: str, found: Estimate) -> Iterator[tuple[str, float]]:
    """Name a share and the ends of its interval."""
    yield name, found.value
    yield f"{name}_low", found.low
    yield f"{name}_high", found.high


def _as_validity(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Make the table of validity."""
    table = pd.DataFrame(rows, columns=list(VALIDITY))
    return table.astype(VALIDITY)


_NEEDED = ("stratum", "population", "drawn", "fingerprint", "codebook")
#: How many sentences a stratum has, and what the columns of those read are called after.
_SIZES = {"hits": "hits", "near_misses": "near", "rest": "rest"}
#: The columns of a table of validity.
VALIDITY = (
    {"concept": "str", "source": "str"}
    | {name: "int64" for size, part in _SIZES.items() for name in (size, f"{part}_read", f"{part}_yes")}
    | {f"{name}{part}": "float64" for name in ("precision", "recall") for part in ("", "_low", "_high")}
    | {"recall_at_most": "bool", "specificity": "float64", "n_recall": "float64", "n_specificity": "float64"}
    | {
        "alpha": "float64",
        "undecided": "int64",
        "fingerprint": "str",
        "codebook": "str",
        "date": "str",
        "reason": "str",
    }
)


def _remarks(agreements: pd.DataFrame) -> list[Remark]:
    """Say which coefficients are undefined, and why intervals are missing."""
    reasons = agreements["reason"].value_counts()
    return [
        remark(f"coding_scores.{reason}", n=int(reasons[reason]))
        for reason in ("coded-once", "one-label", "few-items", "rare-answer")
        if reason in reasons
    ]
