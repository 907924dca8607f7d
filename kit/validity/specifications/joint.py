"""A test over all specifications at once: the stories are permuted once for all of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]

#: Stories that each of two groups needs; with fewer, few permutations differ.
LEAST = 5
_EQUAL = 1e-9  # statistics closer than this are one


def permutation_test(
    counts: Floats, words: Floats, second: Flags, *, resamples: int, seed: int
) -> tuple[Floats, Floats, float]:
    """Compare the rates of two groups of stories under every specification.

    Parameters
    ----------
    counts, words : float64 arrays, stories × specifications
        Mentions, and words and numbers.
    second : bool array, one per story
        Whether the story is of the second group.
    resamples : int
        How often the stories are shared out anew.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    difference, p : float64 arrays, one per specification
        Mentions per 1,000 words in the second group less those in the first; two-sided p of that alone.
    joint : float
        p of the largest standardised difference of all specifications: the chance that any of them shows as much if
        the groups do not differ. ``max |z|``, each specification standardised by its own mean and deviation over all
        permutations (Westfall and Young 1993, *Resampling-Based Multiple Testing*, chapter 2).

    """
    generator = np.random.default_rng(seed)
    drawn = np.stack([second, *(generator.permutation(second) for _ in range(resamples))]).astype(np.float64)
    rates = [_rates(part @ counts, part @ words) for part in (drawn, 1 - drawn)]
    differences = rates[0] - rates[1]
    spread = differences.std(axis=0)
    varies = spread > _EQUAL
    z = np.abs(differences - differences.mean(axis=0)) / np.where(varies, spread, 1.0)
    z[:, ~varies] = 0
    p = (np.abs(differences) >= np.abs(differences[0]) - _EQUAL).mean(axis=0)
    largest = z.max(axis=1)
    return differences[0], p, float((largest >= largest[0] - _EQUAL).mean())


def _rates(counts: Floats, words: Floats) -> Floats:
    """Return mentions per 1,000 words; 0 where there are no words."""
    return np.divide(1000 * counts, words, out=np.zeros_like(counts), where=words > 0)
