"""A result under every analytic choice: how far it moves, and which choice moves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from kit.arguments import check_amount
from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.corpus.stories.stories import originals
from kit.errors import QueryError
from kit.parts.summaries import AnyCorpus
from kit.validity.specifications.counting import CHOICES, COUNTING, tally
from kit.validity.specifications.joint import LEAST, Flags, Floats, Integers, permutation_test
from kit.validity.specifications.sums import rates_of, sums_of_stories
from kit.validity.specifications.variance import variance_shares
from kit.wording.words import Remark, remark

#: Before the name of a choice in a column that says which option was taken.
TAKEN = "choice_"
#: Before the name of a choice in a column with its share of the variance; the last is what choices do together.
SHARE = "share_"
TOGETHER = "together"


@dataclass(frozen=True, eq=False)
class Specifications:
    """The concept table under every analytic choice, from `kit.compare_specifications`.

    Attributes
    ----------
    summary : DataFrame, one row per concept, in the codebook's order
        `concept` (str), `per_1000` (float64; as the kit counts if nothing else is asked for), `lowest`, `median`,
        `highest` (float64; over all specifications), `specifications` (int64), and for each choice that was varied
        ``share_<choice>`` (float64; its share of the variance over specifications), last `share_together` (what choices
        do beyond each alone). With `by`, `rate_difference` stands in place of `per_1000`, all numbers are of it, and
        `same_sign` (float64; share of specifications whose difference has the sign of the kit's), `p`, `p_joint`
        (float64; of the kit's specification alone, and of any) are added.
    table : DataFrame, one row per specification and concept
        `specification` (int64; from 1, the kit's own), for each choice ``choice_<choice>`` (str), `concept` (str),
        `mentions`, `words` (int64), `per_1000` (float64); with `by` also `rate_difference` and `p` (float64).

    """

    summary: pd.DataFrame
    table: pd.DataFrame

    def __repr__(self) -> str:
        """Say how many specifications of how many concepts."""
        number = 0 if self.summary.empty else int(self.summary["specifications"].iloc[0])
        return f"<Specifications: {number} of {len(self.summary)} concepts>"


@recorded(summary=["concept"], table=["specification", "concept"])
def compare_specifications(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    concepts: Sequence[str] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
    by: str | None = None,
    resamples: int = 999,
    seed: int = 0,
) -> Specifications:
    """Count the concepts under every analytic choice, and say which choice the result rests on.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    concepts : sequence of str, optional
        All if left out.
    choices : mapping of str to sequence of str, optional
        For some choices the options to try, the kit's own first; one option means that it is not varied. All are tried
        if left out: ``unit`` (form, lexeme: patterns of one form also as plurals and other spellings), ``context`` (on,
        off: conditions of patterns), ``overlap`` (concept, group, codebook: among which hits one is chosen), ``names``
        (apart, in: names of institutions among the mentions), ``polarity`` (both, positive: without patterns that name
        the fault), ``furniture`` (removed, kept: what cleaning took out is counted, too), ``copies`` (all, once),
        ``stop_words`` (kept, dropped: among the words that are the denominator).
    by : str, optional
        A column of the documents with two values: the result is then the difference of their rates, and is tested.
    resamples : int
        Permutations of the stories; at least 99.
    seed : int
        Where their random numbers begin.

    Returns
    -------
    Specifications

    Raises
    ------
    QueryError
        There is no such choice, option, concept or column, or it has not two values.

    Notes
    -----
    Every option of a choice is crossed with every option of the others. The shares describe this corpus and this set of
    choices: on one text they are a description, no inference. The test permutes stories (an article with its copies,
    in the group of its original) once for all specifications together, and `p_joint` refers the largest standardised
    difference to its distribution: it stays honest when the most telling specification is picked afterwards. Choosing
    by looking at p alone does not (Simonsohn, Simmons and Nelson 2020, *Nature Human Behaviour* 4, 1208-1214; Westfall
    and Young 1993). `p` and `p_joint` are missing where a group has fewer than 5 stories.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["KPK melayani warga. Korupsi merugikan warga."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> found = kit.compare_specifications(corpus, kit.load_codebook(), concepts=["melayani"])
    >>> found.summary[["concept", "lowest", "highest", "specifications"]].to_string(index=False, header=False).split()
    ['melayani', '166.666667', '166.666667', '384']

    """
    remedy = "use 99 or more; 999 is a good number"
    check_amount("resamples", resamples, 99, place="compare_specifications", remedy=remedy)
    chosen = _chosen(choices)
    names = codebook.concepts["concept"].tolist()
    wanted = codebook.chosen(concepts)
    groups = None if by is None else _groups(corpus, by)
    counted = tally(corpus, codebook, chosen)
    once = originals(corpus) == np.arange(len(corpus))
    weights = np.stack([once if option == "once" else np.ones(len(once), bool) for option in chosen["copies"]])
    rows, sizes = [names.index(name) for name in wanted], [len(chosen[name]) for name in COUNTING]
    sums = sums_of_stories(counted, weights, np.zeros(len(once), np.int64), rows, sizes)
    counts, words = np.broadcast_arrays(*(part[0].astype(np.int64) for part in sums(np.ones((1, 1)))))
    rates = rates_of(counts, words, np.nan)
    size = int(np.prod(counts.shape[:-1]))
    options = pd.DataFrame(list(product(*chosen.values())), columns=[TAKEN + name for name in chosen])
    table = options.loc[np.repeat(options.index, len(wanted))].reset_index(drop=True).astype("str")
    table.insert(0, "specification", np.repeat(np.arange(1, size + 1), len(wanted)))
    table["concept"] = pd.array(np.tile(wanted, size), dtype="str")
    table["mentions"], table["words"], table["per_1000"] = counts.ravel(), words.ravel(), rates.ravel()
    summary = pd.DataFrame({"concept": pd.array(wanted, dtype="str")})
    outcome, tested, remarks = rates, {}, [_said(corpus)]
    if groups is not None:
        enough = min(np.bincount(groups.second, minlength=2)) >= LEAST
        sums = sums_of_stories(counted, weights, groups.story, rows, sizes)
        difference, p, joint = permutation_test(
            lambda some: rates_of(*sums(some), 0.0).reshape(len(some), size, -1),
            groups.second,
            resamples=resamples,
            seed=seed,
        )
        outcome = difference.reshape(rates.shape)
        table["rate_difference"], table["p"] = outcome.ravel(), p.ravel() if enough else np.nan
        same = np.sign(outcome).reshape(size, -1) == np.sign(outcome.reshape(size, -1)[:1])
        tested = {"same_sign": same.mean(axis=0), "p": p[0], "p_joint": joint}
        tested |= {} if enough else {name: np.full(len(wanted), np.nan) for name in ("p", "p_joint")}
        remarks.append(remark("specifications.groups", first=groups.names[0], second=groups.names[1], by=str(by)))
        if not enough:
            remarks.append(remark("specifications.few", least=LEAST))
    flat = outcome.reshape(size, -1)
    summary["per_1000" if by is None else "rate_difference"] = flat[0]
    summary["lowest"], summary["median"], summary["highest"] = (
        flat.min(axis=0),
        np.median(flat, axis=0),
        flat.max(axis=0),
    )
    summary["specifications"] = size
    summary = summary.assign(**tested, **_shares(outcome, chosen))
    for made in (summary, table):
        made.attrs = corpus.about(unit="mention", codebook=codebook.version, remarks=remarks)
    return Specifications(summary, table)


def _chosen(choices: Mapping[str, Sequence[str]] | None) -> dict[str, tuple[str, ...]]:
    """Return the options of every choice."""
    given: dict[str, tuple[str, ...]] = {}
    for name, options in (choices or {}).items():
        if name not in CHOICES:
            raise QueryError(f"there is no choice {name!r}", remedy="use some of " + ", ".join(CHOICES))
        listed = (options,) if isinstance(options, str) else tuple(options)
        for option in listed:
            if option not in CHOICES[name]:
                raise QueryError(f"{name} has no option {option!r}", remedy="use some of " + ", ".join(CHOICES[name]))
        if not listed or len(set(listed)) < len(listed):
            raise QueryError(f"the options of {name} are {list(listed)}", remedy="name one or more, each once")
        given[name] = listed
    return {name: given.get(name, options) for name, options in CHOICES.items()}


@dataclass(frozen=True, eq=False)
class _Groups:
    """Two groups of stories: their names, the story of each document, and of each story whether it is of the second."""

    names: tuple[str, str]
    story: Integers
    second: Flags


def _groups(corpus: AnyCorpus, by: str) -> _Groups:
    """Share the stories out to the two values of a column, each with its original."""
    labels = corpus.group_of(by)
    values = sorted(set(labels))
    if len(values) != 2:
        remedy = "name a column with two values, or select two: corpus.where(…)"
        raise QueryError(f"{by!r} has {len(values)} values", place="by", remedy=remedy)
    rows, story = np.unique(originals(corpus), return_inverse=True)
    second = (labels == values[1]).to_numpy(bool)[rows]
    return _Groups((values[0], values[1]), story.astype(np.int64), second)


def _shares(outcome: Floats, chosen: Mapping[str, Sequence[str]]) -> dict[str, Floats]:
    """Return the share of the variance that each varied choice carries, and all together."""
    shares = variance_shares(outcome, len(chosen))
    named = zip([*chosen, TOGETHER], shares, strict=True)
    return {SHARE + name: share for name, share in named if len(chosen.get(name, "ab")) > 1}


def _said(corpus: AnyCorpus) -> Remark:
    """Say what the numbers are of."""
    return remark("specifications.one" if len(corpus) == 1 else "specifications.crossed")
