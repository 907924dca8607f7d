"""A test over all specifications at once: the stories are permuted once for all of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]

#: Stories that each of two groups needs; with fewer, few permutations differ.
LEAST = 5
_EQUAL = 1e-9  # statistics closer than this are one
_AT_ONCE = 4_000_000  # memberships of stories that are held at a time


def permutation_test(
    rates: Callable[[Floats], Floats], second: Flags, *, resamples: int, seed: int
) -> tuple[Floats, Floats, Floats]:
    """Compare the rates of two groups of stories under every specification.

    Parameters
    ----------
    rates : function
        Given groups of stories, one per row (1 for a story that is in it, else 0), returns their rates: groups ×
        specifications × concepts.
    second : bool array, one per story
        Whether the story is of the second group.
    resamples : int
        How often the stories are shared out anew.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    difference, p : float64 arrays, specifications × concepts
        The rate of the second group less that of the first; two-sided p of that alone.
    joint : float64 array, one per concept
        p of the largest standardised difference of all specifications: the chance that any of them shows as much if
        the groups do not differ. ``max |z|``, each specification standardised by its own mean and deviation over all
        permutations (Westfall and Young 1993, *Resampling-Based Multiple Testing*, chapter 2).

    """
    differences = _differences(rates, second, resamples, seed)
    tested = [_tested(np.ascontiguousarray(differences[..., one])) for one in range(differences.shape[-1])]
    p, joint = (np.array(column, np.float64) for column in zip(*tested, strict=True))
    return differences[0], p.T, joint


def _differences(rates: Callable[[Floats], Floats], second: Flags, resamples: int, seed: int) -> Floats:
    """Return the difference of the two groups, then that of each way to share the stories out anew."""
    generator = np.random.default_rng(seed)
    some = max(1, _AT_ONCE // len(second))
    sizes = [1] + [min(some, resamples - done) for done in range(0, resamples, some)]
    found = []
    for number, size in enumerate(sizes):
        shared = [generator.permutation(second) if number else second for _ in range(size)]
        drawn = np.stack(shared).astype(np.float64)
        found.append(rates(drawn) - rates(1 - drawn))
    return np.concatenate(found)


def _tested(differences: Floats) -> tuple[Floats, float]:
    """Test one concept: p of each specification, and of all together."""
    spread = differences.std(axis=0)
    varies = spread > _EQUAL
    z = np.abs(differences - differences.mean(axis=0)) / np.where(varies, spread, 1.0)
    z[:, ~varies] = 0
    p = (np.abs(differences) >= np.abs(differences[0]) - _EQUAL).mean(axis=0)
    largest = z.max(axis=1)
    return p, float((largest >= largest[0] - _EQUAL).mean())
