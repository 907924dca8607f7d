"""Data without structure: units keep how many concepts they name, concepts in how many units, and nothing else.

Which concept stands where is drawn from all arrangements that have these numbers, each as likely as any other. So a
long list stays as long, and a concept that is everywhere stays frequent: the null is that of the expected units in
`kit.topics.clusters.association`, with the same total of shared units. Shuffling a corpus gives such an arrangement,
and data that were shuffled and their nulls are then alike in every respect but the draw.

An arrangement is changed by trades (Strona and others 2014): two concepts put together the units that only one of them
is in, and share these out anew at random. In a round every concept trades with a partner drawn at random. The nulls
start from one arrangement some rounds away from the data and walk as many rounds each, so that data without structure
and their nulls are exchangeable whether or not that many rounds are enough to forget the start (Besag and Clifford
1989): the share of data sets without structure that exceed a bound is what it is said to be, not nearly so.

References
----------
Besag, J. and P. Clifford. 1989. Generalized Monte Carlo significance tests. Biometrika 76, 633-642.
Strona, G., D. Nappo, F. Boccacci, S. Fattorini and J. San-Miguel-Ayanz. 2014. A fast and unbiased procedure to
randomize ecological binary matrices with fixed row and column totals. Nature Communications 5, 4114.

"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from kit.machine.loaded import can_compile
from kit.topics.clusters.occurrences import Occurrences

Places = npt.NDArray[np.bool_]
#: Trades of each concept on the way to the start, and from there to each null. Every trade of two concepts leaves about
#: half of what could move where it was, so that of what could move 1 in 1,000,000 stands where the data have it.
ROUNDS = 10
#: From so many null data sets on, loading the compiled steps takes less time than they save.
MANY = 100
#: Words read ahead for each number that is put elsewhere; more are read where they do not suffice.
_AHEAD = 2.0


def without_structure(found: Occurrences, number: int, draw: np.random.Generator) -> Iterator[Occurrences]:
    """Draw data sets in which nothing but the numbers of `found` is kept; the generator is used up to an open place."""
    compiled = number >= MANY and isinstance(draw.bit_generator, np.random.PCG64) and can_compile()
    walk = _Compiled(draw) if compiled else partial(_walk, draw=draw)
    start = np.zeros((found.concepts, found.units), bool)
    start[found.concept, found.unit] = True
    walk(start, ROUNDS)
    for _ in range(number):
        places = start.copy()
        walk(places, ROUNDS)
        unit, concept = np.nonzero(places.T)
        yield replace(found, unit=unit.astype(np.int64), concept=concept.astype(np.int64))


class _Compiled:
    """The walk compiled, with the same result; it reads the generator ahead, and knows how `permutation` uses it."""

    def __init__(self, draw: np.random.Generator) -> None:
        """Take what the generator has kept of its last number."""
        state = draw.bit_generator.state
        self._source = draw.bit_generator
        self._words = np.array([state["uinteger"]] if state["has_uint32"] else [], np.uint32)

    def __call__(self, places: Places, rounds: int) -> None:
        """Walk in place."""
        from kit.topics.clusters import kernel  # noqa: PLC0415 - loading the compiler is not for few data sets

        before, room = np.empty_like(places), np.empty(sum(places.shape), np.int64)
        enough = int(_AHEAD * (len(places) + np.count_nonzero(places))) + 1
        for _ in range(rounds):  # one by one: words for all rounds would be the most that a large corpus takes here
            before[:] = places
            used, ahead = -1, enough
            while used < 0:
                places[:] = before
                missing = max(ahead - len(self._words), 0)
                more = self._source.random_raw((missing + 1) // 2).astype("<u8", copy=False).view("<u4")
                self._words = np.concatenate([self._words, more])
                used, ahead = kernel.walk(places, self._words, 1, room), 2 * ahead
            self._words = self._words[used:]


def _walk(places: Places, rounds: int, draw: np.random.Generator) -> None:
    """Let every concept trade with a partner, round by round, in place."""
    for _ in range(rounds):
        order = draw.permutation(len(places))
        for one, other in zip(order[::2], order[1::2], strict=False):
            _trade(places[one], places[other], draw)


def _trade(one: Places, other: Places, draw: np.random.Generator) -> None:
    """Share out anew, in place, the units that only one of two concepts is in."""
    single = np.flatnonzero(one != other)
    mine = int(np.count_nonzero(one[single]))
    if 0 < mine < len(single):
        drawn = draw.permutation(single)
        one[single], other[single] = False, True
        one[drawn[:mine]], other[drawn[:mine]] = True, False
