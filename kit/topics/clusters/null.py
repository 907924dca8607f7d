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

import numpy as np
import numpy.typing as npt

from kit.topics.clusters.occurrences import Occurrences

Places = npt.NDArray[np.bool_]
#: Trades of each concept on the way to the start, and from there to each null. Every trade of two concepts leaves about
#: half of what could move where it was, so that of what could move 1 in 1,000,000 stands where the data have it.
ROUNDS = 10


def without_structure(found: Occurrences, number: int, draw: np.random.Generator) -> Iterator[Occurrences]:
    """Draw data sets in which nothing but the numbers of `found` is kept."""
    start = np.zeros((found.concepts, found.units), bool)
    start[found.concept, found.unit] = True
    _walk(start, draw)
    for _ in range(number):
        places = start.copy()
        _walk(places, draw)
        unit, concept = np.nonzero(places.T)
        yield replace(found, unit=unit.astype(np.int64), concept=concept.astype(np.int64))


def _walk(places: Places, draw: np.random.Generator) -> None:
    """Let every concept trade with a partner, round by round, in place."""
    for _ in range(ROUNDS):
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
