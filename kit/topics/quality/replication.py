"""One run: topics fitted anew to half of the stories, beside those of all, in the corpus or in null data.

Half of the documents are drawn without replacement, paragraphs with their document; copies are not among them. The
topics found in the half are matched with those found in all, and each topic's likeness to its match is kept. The half
is fitted from its own start and with its own seed, so a run answers for the draw of documents and for the start alike.
A warm start, from the topics of all, is faster and kinder: a topic that could as well be another stays what it was.

Draws: numpy's Generator(PCG64) of SeedSequence(seed, spawn_key). The key is (0, run) for the half of a run, the same
for every number of topics; (1, run) for the null data of a run, the same for every number, too; (2, topics, run) and
(3, topics, run) for what a model and the held-out fit draw in the corpus and in null data. So a data set and its points
are made once for all numbers of topics.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.arguments import check_amount
from kit.parts.freed import give_back
from kit.topics.models.choice import TopicChoice
from kit.topics.models.fit import solve
from kit.topics.models.matrix import TopicMatrix
from kit.topics.models.points import Points
from kit.topics.models.solution import Anchors, Model, Solution
from kit.topics.models.spherical import sampled
from kit.topics.models.sums import running
from kit.topics.quality.heldout import completion, looked_at, shuffled
from kit.topics.quality.matching import Floats, matched_likeness
from kit.topics.quality.rule import FEWEST_NULLS

Kind = Literal["resample", "null"]
_HALF, _NULL, _OWN, _OF_NULL = range(4)
FEWEST_RESAMPLES = 2


@dataclass(frozen=True, eq=False)
class Setting:
    """What all runs share.

    Attributes
    ----------
    matrix : TopicMatrix
    anchors : Anchors, optional
    model : {"spherical", "nmf", "lda"}
    seed : int
    warm : bool
        Whether halves begin from the topics of all.

    """

    matrix: TopicMatrix
    anchors: Anchors | None
    model: Model
    seed: int
    warm: bool

    @cached_property
    def share(self) -> Floats:
        """Share of each term in the running terms of the corpus."""
        sums = running(self.matrix.counts)
        return np.asarray(sums / sums.sum(), np.float64)


@dataclass(frozen=True, eq=False)
class Run:
    """What one run found.

    Attributes
    ----------
    topics : int
    kind : {"resample", "null"}
    run : int
        From 0.
    likeness : float64 array, one per topic of all units
        Cosine of its profile with that of its match; 9 decimals.
    heldout : float
        Nats per running term that the topics of the half gain on the other half; missing in null data.

    """

    topics: int
    kind: Kind
    run: int
    likeness: Floats
    heldout: float


def runs_of(choice: TopicChoice) -> dict[tuple[int, str, int], Run]:
    """Return the finished runs of a comparison by number of topics, kind and run."""
    kept = {}
    for (number, kind, run), part in choice.runs.groupby(["n_topics", "kind", "run"], sort=True):
        likeness = part.sort_values("topic")["likeness"].to_numpy(np.float64)
        kept[int(number), str(kind), int(run)] = Run(number, kind, int(run), likeness, float(part["heldout"].iloc[0]))
    return kept


def check_runs(resamples: object, nulls: object, seed: object, place: str) -> None:
    """Refuse numbers of runs, or a seed, that have no meaning."""
    check_amount("resamples", resamples, FEWEST_RESAMPLES, place=place, remedy="use at least 2; 10 or more to cite")
    check_amount("nulls", nulls, FEWEST_NULLS, place=place, remedy="use at least 5; 10 or more to cite")
    check_amount("seed", seed, 0, place=place, remedy="use a whole number from 0")


@dataclass(frozen=True, eq=False)
class Drawn:
    """A data set to fit topics to: units of the corpus or of null data, and their points, for all numbers of topics.

    Attributes
    ----------
    matrix : TopicMatrix
    rows : int64 array, optional
        The fitted unit of the corpus whose anchors each unit has; its own if left out.
    points : Points

    """

    matrix: TopicMatrix
    rows: npt.NDArray[np.int64] | None
    points: Points


def drawn_of(matrix: TopicMatrix, rows: npt.NDArray[np.int64] | None = None) -> Drawn:
    """Return a data set with its points, which are made when they are first asked for."""
    return Drawn(matrix, rows, Points(sampled(matrix.counts)[0]))


def half_drawn(matrix: TopicMatrix, seed: int, run: int) -> tuple[Drawn, sparse.csr_matrix]:
    """Draw the half of a run, and return the counts of those units as well that are held out and looked at."""
    inside, outside = halves(matrix, seed, run)
    return drawn_of(matrix.take(inside), inside), looked_at(matrix.counts, outside)


def null_drawn(matrix: TopicMatrix, seed: int, run: int) -> Drawn:
    """Draw the null data of a run: the shuffled corpus, with concepts moved to other units."""
    random = _generator(seed, _NULL, run)
    null = replace(matrix, counts=shuffled(matrix.counts, random))
    moved = random.permutation(null.counts.shape[0])
    give_back(at_once=True)  # what shuffling and the run before leave in pieces: of a large corpus some 0.3 GB
    return drawn_of(null, moved)


def null_half(null: Drawn, seed: int, run: int) -> Drawn:
    """Return the half of the null data of a run."""
    inside, _ = halves(null.matrix, seed, run)
    return drawn_of(null.matrix.take(inside), inside if null.rows is None else null.rows[inside])


def whole(setting: Setting, topics: int, data: Drawn, seed: int | None = None) -> Solution:
    """Fit topics to all units, with the setting's seed or another."""
    return _fitted(setting, data, topics, setting.seed if seed is None else seed)


def resample(setting: Setting, found: Solution, run: int, drawn: tuple[Drawn, sparse.csr_matrix] | None = None) -> Run:
    """Fit as many topics to half of the documents, and match them with those of all."""
    topics = len(found.terms)
    random = _generator(setting.seed, _OWN, topics, run)
    inside, outside = drawn or half_drawn(setting.matrix, setting.seed, run)
    half = _fitted(setting, inside, topics, int(random.integers(2**31)), found)
    share = setting.share
    heldout = completion(outside, half.terms, share, random)
    return Run(topics, "resample", run, matched_likeness(found.terms, half.terms, share), heldout)


def null_run(setting: Setting, topics: int, run: int, drawn: tuple[Drawn, Drawn] | None = None) -> Run:
    """Do the same with null data: shuffle the corpus, fit topics to all of it and to half of it, and match them.

    What was not drawn for several numbers of topics is gone when it was fitted: of a large corpus there is no room for
    the null data and their half at a time.
    """
    null, inside = drawn or (null_drawn(setting.matrix, setting.seed, run), None)
    random = _generator(setting.seed, _OF_NULL, topics, run)
    one, other = (int(number) for number in random.integers(2**31, size=2))
    found = without_documents(_fitted(setting, null, topics, one))
    inside = inside or null_half(null, setting.seed, run)
    del null
    give_back(at_once=True)
    half = _fitted(setting, inside, topics, other, found)
    return Run(topics, "null", run, matched_likeness(found.terms, half.terms, setting.share), math.nan)


def without_documents(found: Solution) -> Solution:
    """Return topics without the weights of units, which neither a match nor a warm start looks at."""
    return replace(found, documents=found.documents[:0].copy())


def halves(matrix: TopicMatrix, seed: int, run: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the units of half of the documents, drawn at random, and those of the others."""
    doc = matrix.doc
    documents = np.unique(doc)
    drawn = _generator(seed, _HALF, run).permutation(documents)[: (len(documents) + 1) // 2]
    inside = np.isin(doc, drawn)
    return np.flatnonzero(inside).astype(np.int64), np.flatnonzero(~inside).astype(np.int64)


def _fitted(setting: Setting, data: Drawn, topics: int, seed: int, found: Solution | None = None) -> Solution:
    """Fit topics to a data set, in a warm setting from those found in all units on."""
    anchors = setting.anchors
    if anchors is not None and data.rows is not None:
        anchors = anchors.take(data.rows)
    start = found if setting.warm else None
    return solve(data.matrix, topics, model=setting.model, anchors=anchors, seed=seed, start=start, points=data.points)


def _generator(seed: int, *key: int) -> np.random.Generator:
    """Return the random numbers of one purpose."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
