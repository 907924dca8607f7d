"""Topics by scikit-learn's models: non-negative matrix factorisation and latent Dirichlet allocation."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.exceptions import ConvergenceWarning

from kit.topics.models.matrix import TopicMatrix
from kit.topics.models.partition import membership
from kit.topics.models.points import Points
from kit.topics.models.solution import Anchors, Floats, Solution, in_order, probabilities
from kit.topics.models.spherical import solve_spherical
from kit.topics.models.weighting import tf_idf

_MOST_ROUNDS = 300
_LDA_ROUNDS = 20
#: Digits of weights: these models go through BLAS, whose last digits depend on the processor.
_DIGITS = 5


def solve_nmf(
    matrix: TopicMatrix,
    n_topics: int,
    *,
    anchors: Anchors | None,
    seed: int,
    start: Solution | None,
    points: Points | None = None,
) -> Solution:
    """Factorise TF-IDF weights, from the topics of the default model on, so that anchors count as they do there.

    scikit-learn's coordinate descent (Cichocki and Phan 2009) of the squared error. A start from clusters is that of
    Wild, Curry and Dougherty (2004), Pattern Recognition 37.
    """
    weighted = tf_idf(matrix.counts)
    if start is None or start.centres.shape != (n_topics, weighted.shape[1]) or (start.centres < 0).any():
        begin = solve_spherical(matrix, n_topics, anchors=anchors, seed=seed, start=None, points=points)
        shares, anchor = begin.documents, begin.anchor
        member = membership(shares.argmax(axis=1), n_topics)
        sizes = np.maximum(np.asarray(member.sum(axis=0), np.float64).ravel(), 1)
        factors = (member.T.tocsr() @ weighted).toarray() / sizes[:, None]
    else:
        factors, anchor = start.centres, start.anchor
        shares = np.asarray(weighted @ np.ascontiguousarray(factors.T), np.float64)
    model = NMF(n_topics, init="custom", solver="cd", max_iter=_MOST_ROUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # told by `converged`
        loads = model.fit_transform(weighted, W=np.ascontiguousarray(shares), H=np.ascontiguousarray(factors))
    # Factors of length 1, so that the loads say how much of a unit each of them makes up.
    size = np.sqrt((model.components_ * model.components_).sum(axis=1))
    documents = _shares(loads * size)
    rounds = int(model.n_iter_)
    return _solution(matrix, documents, model.components_.round(_DIGITS + 3), anchor, rounds, rounds < _MOST_ROUNDS)


def solve_lda(matrix: TopicMatrix, n_topics: int, *, seed: int) -> Solution:
    """Fit latent Dirichlet allocation (Blei, Ng and Jordan 2003) to counts, from a start drawn with the seed."""
    model = LatentDirichletAllocation(
        n_topics, learning_method="batch", max_iter=_LDA_ROUNDS, random_state=seed % 2**32, evaluate_every=-1
    )
    documents = _shares(model.fit_transform(matrix.counts))
    centres = model.components_.round(_DIGITS)
    free = np.full(n_topics, -1, np.int64)
    solution = _solution(matrix, documents, centres, free, _LDA_ROUNDS, done=False)
    terms = solution.centres / solution.centres.sum(axis=1, keepdims=True)
    return Solution(solution.documents, terms, solution.centres, free, _LDA_ROUNDS, converged=False)


def _shares(loads: Floats) -> Floats:
    """Scale the loads of each unit to add up to 1; a unit without any has the mean of the others."""
    total = loads.sum(axis=1, keepdims=True)
    loads = np.where(total > 0, loads / np.where(total > 0, total, 1), 0).round(_DIGITS)
    empty = loads.sum(axis=1) <= 0
    if empty.any():
        loads[empty] = loads[~empty].mean(axis=0) if (~empty).any() else 1 / loads.shape[1]
    return np.asarray(loads / loads.sum(axis=1, keepdims=True), np.float64)


def _solution(
    matrix: TopicMatrix, documents: Floats, centres: Floats, anchor: np.ndarray, rounds: int, done: bool
) -> Solution:
    """Put topics in their order."""
    order = in_order(documents, anchor)
    documents = np.ascontiguousarray(documents[:, order])
    return Solution(
        documents, probabilities(matrix.counts, documents), centres[order], anchor[order], rounds, converged=done
    )
