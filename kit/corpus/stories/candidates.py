"""Which texts may be near-copies of which: pairs whose sketches agree, found by sorting and not by comparing all.

Two texts meet where two values of their sketches, so far apart, are the same in both: 192 pairs of values. Of texts
with a Jaccard index of 0.2 so 99 in 100 meet, with 0.1 75, with 0.01 two. Those that meet are candidates if so many
values are the same that the Jaccard index which the rule asks for is not out of reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kit.corpus.stories.rule import OLD, SHARED, needed
from kit.corpus.stories.runs import UInt64
from kit.corpus.stories.sketches import VALUES, UInt32
from kit.index.token_index import ranges
from kit.index.words import Int64
from kit.machine.loaded import compiler_is_loaded
from kit.machine.texts import read_only

#: The places of the 192 pairs of values.
_ONE = np.repeat(np.arange(VALUES), 3)
_OTHER = (_ONE + np.tile([1, 2, 3], VALUES)) % VALUES
#: By how much the Jaccard index that two sketches estimate may fall short of the one needed: three standard errors.
_SLACK = 0.2
#: Texts from which on the compiled search is quicker, once its compiler is loaded.
ENOUGH = 2_000
#: Values that are sorted, and texts that are looked at, at once: what is made of them stays in the processor's cache.
_SORTED = _VISITS = 1 << 16

# Odd numbers, so that no bit is lost, from the golden ratio (Knuth 1998, 6.4) and from the root of 2: values are told
# from each other by the upper bits of a product. The few that have these in common by chance are told apart afterwards.
_FACTOR, _COLUMN = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xB504F333F9DE6485)
_HALF, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)
_LAST, _DIGITS, _SUM = np.uint64(0x1111111111111111), np.uint32(15), np.uint32(0x01010101)


class Pairs(NamedTuple):
    """Pairs of texts, by the second, then by the first; of seconds before `horizon` all that there are."""

    first: Int64
    second: Int64
    horizon: int


class _Meetings(NamedTuple):
    """Texts that meet at some pairs of values, from `Candidates._meetings`: of each second the firsts before it."""

    firsts: Int64
    second: Int64
    column: Int64
    begin: Int64
    stop: Int64


class Candidates:
    """Texts, in the order in which they can be originals, that may be near-copies of each other.

    Parameters
    ----------
    values : uint32 array, texts x 64
        Their sketches.
    sizes : int64 array
        How many runs each has.

    """

    def __init__(self, values: UInt32, sizes: Int64) -> None:
        self._values, self._sizes = values, sizes
        digits = (values[:, ::2] & _DIGITS) | ((values[:, 1::2] & _DIGITS) << np.uint32(4))
        self._digits = np.ascontiguousarray(digits, np.uint8).view(np.uint64)

    def pairs(self, firsts: Int64, seconds: Int64, most: int) -> Pairs:
        """Return the candidates among texts, each rising, of which the second is the later one; some `most` at most.

        If there are more, those of the earliest seconds: of one second at least.
        """
        found, fresh = np.zeros(0, np.uint64), list[UInt64]()
        horizon = np.array([len(self._sizes)])  # of one number, which the search looks at as it goes
        is_quicker = len(firsts) + len(seconds) >= ENOUGH and compiler_is_loaded()
        search = self._compiled if is_quicker else self._by_steps
        for some in search(firsts, seconds, horizon):
            fresh.append(some)
            if sum(map(len, fresh)) > most:
                found = _different([found, *fresh])
                fresh = []
                if len(found) > most:
                    horizon[0] = max(int(found[most // 2] >> _HALF), int(found[0] >> _HALF) + 1)
                    found = found[: np.searchsorted(found, np.uint64(horizon[0]) << _HALF)]
        found = _different([found, *fresh])
        return Pairs((found & _LOWER).astype(np.int64), (found >> _HALF).astype(np.int64), int(horizon[0]))

    def _by_steps(self, firsts: Int64, seconds: Int64, horizon: Int64) -> Iterator[UInt64]:
        """Yield candidates, each perhaps again, of seconds before the horizon as it then is: the reference."""
        for meetings in self._meetings(firsts, seconds):
            for some in _some(meetings):
                first, second, column = _met(meetings, some[meetings.second[some] < horizon[0]])
                kept = self._reach(first, second, column)
                yield (second[kept].astype(np.uint64) << _HALF) | first[kept].astype(np.uint64)

    def _compiled(self, firsts: Int64, seconds: Int64, horizon: Int64) -> Iterator[UInt64]:
        """Yield the same by the kernel."""
        from kit.corpus.stories.meeting import meet  # noqa: PLC0415 - loading the compiler is not for few texts

        texts = np.union1d(firsts, seconds)
        is_first, is_second = (np.isin(texts, some, assume_unique=True) for some in (firsts, seconds))
        values = np.ascontiguousarray(self._values[texts].T)
        slots = np.empty(1 << max((2 * len(texts)).bit_length(), 1), np.int32)
        before, room = np.empty(len(texts), np.int32), np.empty(max(_VISITS, len(texts)), np.uint64)
        known, sizes, likeness = read_only(self._values), read_only(self._sizes), np.array([SHARED, OLD, _SLACK])
        for one, other in zip(_ONE.tolist(), _OTHER.tolist(), strict=True):
            keys = (values[one].astype(np.uint64) << _HALF) | values[other]
            slots.fill(-1)
            begin = 0
            while begin < len(texts):
                written, begin = meet(
                    keys, texts, is_first, is_second, known, sizes, likeness, slots, before, begin, room
                )
                if written:
                    yield room[:written].copy()
                    is_second &= texts < horizon[0]

    def _meetings(self, firsts: Int64, seconds: Int64) -> Iterator[_Meetings]:
        """Yield, for some pairs of values after others, which texts meet there."""
        texts = np.union1d(firsts, seconds)
        is_first, is_second = (np.isin(texts, some, assume_unique=True) for some in (firsts, seconds))
        values = np.ascontiguousarray(self._values[texts].T)  # each is read as a row, from one end to the other
        together = max(_SORTED // max(len(texts), 1), 1)
        for columns in np.split(np.arange(len(_ONE)), np.arange(together, len(_ONE), together)):
            one, other = (values[at[columns]].astype(np.uint64) for at in (_ONE, _OTHER))
            key = (((one << _HALF) | other) * _FACTOR + columns[:, None].astype(np.uint64) * _COLUMN).ravel()
            low = np.uint64(max(len(key) - 1, 1).bit_length())
            key = ((key >> low) << low) | np.arange(len(key), dtype=np.uint64)
            key.sort()  # by what is left of the values, then by text
            place, key = (key & ~(~np.uint64(0) << low)).astype(np.int64), key >> low
            same = np.concatenate([[False], key[1:] == key[:-1], [False]])
            shared = np.flatnonzero(same[1:] | same[:-1]) if len(key) else np.zeros(0, np.int64)
            heads = np.flatnonzero(~same[shared])
            column, row = np.divmod(place[shared], max(len(texts), 1))
            first = is_first[row]
            earlier: Int64 = np.cumsum(first) - first
            base: Int64 = np.repeat(earlier[heads], np.diff(heads, append=len(row)))
            met = np.flatnonzero((earlier > base) & is_second[row])
            yield _Meetings(texts[row[first]], texts[row[met]], columns[column[met]], base[met], earlier[met])

    def _reach(self, first: Int64, second: Int64, column: Int64) -> Int64:
        """Return which pairs agree in two values, and in so many that what the rule asks for is not out of reach."""
        one, other = self._sizes[first], self._sizes[second]
        need = needed(one, other)
        least = need / (one + other - need) - _SLACK
        # Equal values have equal digits, so that their number is a bound.
        differ = np.take(self._digits, first, axis=0) ^ np.take(self._digits, second, axis=0)
        differ |= differ >> np.uint64(2)
        differ |= differ >> np.uint64(1)
        differ &= _LAST
        unlike = (np.bitwise_count(differ).view(np.uint32) * _SUM >> np.uint32(24)).ravel()
        likely = np.flatnonzero((VALUES - unlike.astype(np.int64)) / VALUES >= least)
        same = self._values[first[likely]] == self._values[second[likely]]
        pair, column = np.arange(len(likely)), column[likely]
        met = (first < second)[likely] & same[pair, _ONE[column]] & same[pair, _OTHER[column]]
        kept: Int64 = likely[met & (same.mean(axis=1) >= least[likely])]
        return kept


def _some(meetings: _Meetings) -> Iterator[Int64]:
    """Yield some seconds at a time, by their rows, that meet not too many."""
    size = meetings.stop - meetings.begin
    full = np.flatnonzero(np.diff((np.cumsum(size) - size) // _VISITS)) + 1
    yield from np.split(np.arange(len(size)), full)


def _met(meetings: _Meetings, some: Int64) -> tuple[Int64, Int64, Int64]:
    """Return the pairs of some seconds with all firsts that they meet, and at which pair of values."""
    begin, stop = meetings.begin[some], meetings.stop[some]
    second, column = (np.repeat(of[some], stop - begin) for of in (meetings.second, meetings.column))
    return meetings.firsts[ranges(begin, stop)], second, column


def _different(parts: list[UInt64]) -> UInt64:
    """Return the different numbers, rising; for some that repeat often, quicker than by their hashes."""
    found: UInt64 = np.sort(np.concatenate(parts))
    different: UInt64 = found[np.append(True, found[1:] != found[:-1])[: len(found)]]
    return different
