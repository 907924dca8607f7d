"""Mentions and words under every specification, of a whole corpus or of groups of its stories."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_array

from kit.validity.specifications.counting import Tally
from kit.validity.specifications.joint import Flags, Floats, Integers


def sums_of_stories(
    counted: Tally, weights: Flags, story: Integers, concepts: Sequence[int], sizes: Sequence[int]
) -> Callable[[Floats], tuple[Floats, Floats]]:
    """Return what adds up mentions and words over groups of stories.

    Parameters
    ----------
    counted : Tally
    weights : bool array, options of copies × documents
        Which documents count.
    story : int64 array, one per document
        Which story it tells.
    concepts : sequence of int
        Rows of the codebook.
    sizes : sequence of int
        Options of each choice that mentions are counted by.

    Returns
    -------
    function
        Given groups × stories (1 for a story of the group, else 0), returns mentions and words: whole numbers as
        float64, an axis of groups, one for each choice, and one of concepts; of size 1 where it makes no difference.

    """
    stories, cells, furniture = int(story.max(initial=0)) + 1, len(counted.profiles), sizes[-1]
    first = [1] * (len(sizes) - 1)  # choices that words do not depend on
    held, column = np.unique(counted.concept.astype(np.int64) * cells + counted.profile, return_inverse=True)
    concept, profile = np.divmod(held, max(cells, 1))
    rows = [np.flatnonzero(concept == one) for one in concepts]
    members = csr_array((np.ones(len(story)), (story, np.arange(len(story)))), shape=(stories, len(story)))
    flat = counted.words.reshape(len(story), -1)
    words = [members @ (flat * of[:, np.newaxis]) for of in weights]
    mentions = [_by_story(story[counted.doc], column.ravel(), of[counted.doc], (stories, len(held))) for of in weights]

    def sums(groups: Floats) -> tuple[Floats, Floats]:
        those = [groups @ one for one in mentions]
        by_cell = np.array([[one[:, mine] @ counted.profiles[profile[mine]] for one in those] for mine in rows])
        spoken = np.stack([groups @ one for one in words], axis=1).reshape(len(groups), len(weights), furniture, -1)
        return (
            by_cell.transpose(2, 3, 1, 0).reshape(len(groups), *sizes, len(weights), 1, len(rows)),
            spoken.swapaxes(1, 2).reshape(len(groups), *first, furniture, len(weights), -1, 1),
        )

    return sums


def _by_story(story: Integers, column: Integers, counts: Flags, shape: tuple[int, int]) -> csr_array | Floats:
    """Count pairs of a document and a concept by story and column; where all are of one story, without a matrix."""
    if shape[0] == 1:
        return np.bincount(column, weights=counts, minlength=shape[1])[np.newaxis]
    return csr_array((counts.astype(np.float64), (story, column)), shape=shape)


def rates_of(mentions: Integers | Floats, words: Integers | Floats, nothing: float) -> Floats:
    """Return mentions per 1,000 words, and a value of one's own where there are no words."""
    mentions, words = np.broadcast_arrays(mentions, words)
    rates: Floats = np.full(mentions.shape, nothing)
    return np.divide(1000 * mentions, words, out=rates, where=words > 0)
