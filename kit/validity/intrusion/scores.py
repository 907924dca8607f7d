"""How often intruders are found, and how likely guessing would find as many.

Under guessing the intruder of each question might as well be any of its options, whatever the coders answered. How many
answers then hit it is a sum over questions, whose distribution is worked out exactly, coders' answers to one question
kept together: coders who make the same mistake are no independent evidence. The permutation p draws the intruders anew
instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import CodingError
from kit.parts.summaries import AnyCorpus
from kit.validity.coding.reading import check_key
from kit.validity.coding.record import check_record, latest

_ALL = "all"
_COLUMNS = {
    "coder": "str",
    "questions": "int64",
    "answers": "int64",
    "found": "int64",
    "found_share": "float64",
    "chance_share": "float64",
    "p_exact": "float64",
    "p_permutation": "float64",
}


@recorded("coder")
def score_intrusion(
    corpus: AnyCorpus,
    codings: pd.DataFrame,
    key: pd.DataFrame | str | Path,
    *,
    permutations: int = 9999,
    seed: int = 0,
) -> pd.DataFrame:
    """Score an intrusion test: how often the intruder was found, and whether guessing would do as well.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        The one the topics were fitted to.
    codings : DataFrame
        From `kit.read_codings`; answers to items of other sheets are passed over.
    key : DataFrame or path
        The key of the sheet.
    permutations : int
        Draws of the permutation test, at least 99.
    seed : int
        Of these draws.

    Returns
    -------
    DataFrame, one row per coder by name, then one for ``all``
        `coder` (str), `questions`, `answers`, `found` (int64; answers that name the intruder), `found_share`,
        `chance_share` (float64; found, and expected from guessing, of the answers), `p_exact`, `p_permutation`
        (float64; probability that guessing finds as many or more).

    Raises
    ------
    CodingError
        A coding is damaged, an answer is none of the options, or the key is not of this corpus.

    Notes
    -----
    One-sided. For one coder and questions of k options `p_exact` is the upper tail of the binomial distribution with
    chance 1/k.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> texts = ["warga antre beras pasar harga", "pemain mencetak gol pelatih bola"] * 10
    >>> frame = pd.DataFrame({"doc_id": [str(n) for n in range(20)], "text": [f"{t} {n}" for n, t in enumerate(texts)]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> sheet = kit.intrusion_sheet(corpus, kit.fit_topics(corpus, 2))
    >>> right = sheet.key.assign(coder="ani", value=sheet.key["intruder"].astype(str), time="")
    >>> scores = kit.score_intrusion(corpus, right, sheet.key)
    >>> scores[["coder", "found", "found_share", "p_exact"]].round(4).to_numpy().tolist()
    [['ani', 2, 1.0, 0.0278], ['all', 2, 1.0, 0.0278]]

    """
    held = check_key(key, ("intruder", "options", "fingerprint"))
    if len(held) and held["fingerprint"].ne(corpus.fingerprint).any():
        remedy = "pass the corpus that the topics were fitted to"
        raise CodingError("the key is of another corpus", place="score_intrusion", remedy=remedy)
    if permutations < 99:
        raise CodingError(f"permutations = {permutations!r}", place="score_intrusion", remedy="take 99 or more")
    given = latest(check_record(codings)).merge(held[["item", "intruder", "options"]], on="item")
    number = pd.to_numeric(given["value"], errors="coerce")
    wrong = ~(number.between(1, given["options"]) & (number % 1 == 0))
    if wrong.any():
        row = given[wrong].iloc[0]
        remedy = f"answer with one of 1 to {row['options']}"
        raise CodingError(
            f"the answer {row['value']!r} is no option", place=f"codings, item {row['item']}", remedy=remedy
        )
    given = given.assign(value=number.astype("int64"))
    groups = [*given.groupby("coder", sort=True), (_ALL, given)]
    table = pd.DataFrame([{"coder": name, **_score(own, permutations, seed)} for name, own in groups]).astype(_COLUMNS)
    table.attrs = corpus.about(unit="answer")
    return table


def _score(own: pd.DataFrame, permutations: int, seed: int) -> dict[str, Any]:
    """Score some answers."""
    found = int((own["value"] == own["intruder"]).sum())
    votes = [
        np.bincount(answers["value"] - 1, minlength=int(answers["options"].iloc[0]))
        for _, answers in own.groupby("item", sort=True)
    ]
    return {
        "questions": len(votes),
        "answers": len(own),
        "found": found,
        "found_share": found / len(own) if len(own) else np.nan,
        "chance_share": float((1 / own["options"]).mean()) if len(own) else np.nan,
        "p_exact": exact_p(votes, found) if votes else np.nan,
        "p_permutation": _permutation_p(votes, found, permutations, seed) if votes else np.nan,
    }


def exact_p(votes: list[npt.NDArray[np.int64]], found: int) -> float:
    """Return the probability of so many hits or more, where each question's intruder is any of its options.

    Examples
    --------
    >>> exact_p([np.array([2, 0]), np.array([1, 1])], 3)
    0.5

    """
    chances = np.ones(1)
    for options in votes:
        chances = np.convolve(chances, np.bincount(options) / len(options))
    return min(float(chances[found:].sum()), 1.0)


def _permutation_p(votes: list[npt.NDArray[np.int64]], found: int, permutations: int, seed: int) -> float:
    """Return the share of random draws of the intruders, the one that was counted in, with so many hits or more."""
    generator = np.random.Generator(np.random.PCG64(seed))
    hits = np.zeros(permutations, np.int64)
    for options in votes:
        hits += options[generator.integers(len(options), size=permutations)]
    return float((1 + (hits >= found).sum()) / (1 + permutations))
