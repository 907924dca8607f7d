"""Many distinct strings in code-point order as two arrays, to be saved, mapped into memory and compared as arrays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

UInt8 = npt.NDArray[np.uint8]
UInt64 = npt.NDArray[np.uint64]
Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]

_HEAD, _EIGHT = 16, 8
#: What is left of a number of eight bytes if only so many of the first are taken.
_FIRST = np.array([(1 << 64) - (1 << 8 * (_EIGHT - taken)) for taken in range(_EIGHT + 1)], np.uint64)


class Words(Sequence[str]):
    """A sequence of strings.

    Parameters
    ----------
    data : uint8 array
        The strings in UTF-8, one behind the other (a lone surrogate as three bytes).
    bounds : int64 array, one more than strings
        Where each string begins in `data`, and the end.

    Examples
    --------
    >>> words = Words.of(["layanan", "é"])
    >>> len(words), words[1], words.lengths.tolist(), words.bounds.tolist()
    (2, 'é', [7, 1], [0, 7, 9])

    """

    def __init__(self, data: UInt8, bounds: Int64) -> None:
        self.data = data
        self.bounds = bounds

    @classmethod
    def of(cls, strings: Iterable[str]) -> Words:
        """Return strings as arrays, in the order given."""
        encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
        bounds = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(string) for string in encoded], out=bounds[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), bounds)

    @cached_property
    def lengths(self) -> Int32:
        """Code points of each string."""
        heads = np.zeros(len(self.data) + 1, np.int64)
        np.cumsum(self.data & 0xC0 != 0x80, out=heads[1:])  # a byte that does not go on with a character begins one
        return np.diff(heads[self.bounds]).astype(np.int32)

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """All strings, spelled out."""
        text = self.data.tobytes().decode("utf-8", "surrogatepass")
        stops = np.cumsum(self.lengths).tolist()
        return tuple(text[begin:stop] for begin, stop in zip([0, *stops], stops, strict=False))

    @property
    def ascii(self) -> npt.NDArray[np.bool_]:
        """Whether each string is ASCII."""
        same: npt.NDArray[np.bool_] = self.lengths == np.diff(self.bounds)
        return same

    def arrow(self) -> pa.LargeStringArray:
        """Return the strings as an Arrow array, without a copy; half characters must not be among them."""
        import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

        bounds, data = (pa.py_buffer(np.ascontiguousarray(array)) for array in (self.bounds, self.data))
        return pa.LargeStringArray.from_buffers(len(self), bounds, data)

    def places(self, strings: Iterable[str]) -> dict[str, int]:
        """Return where some strings stand among these, which are sorted; those that do are keys."""
        data, bounds = self.data.tobytes(), self.bounds
        found = {}
        for string in strings:
            wanted = string.encode("utf-8", "surrogatepass")
            row = bisect_left(range(len(self)), wanted, key=lambda one: data[bounds[one] : bounds[one + 1]])
            if row < len(self) and data[bounds[row] : bounds[row + 1]] == wanted:
                found[string] = row
        return found

    def take(self, rows: npt.NDArray[np.integer]) -> Words:
        """Return some of the strings, in the order given."""
        begin, length = self.bounds[rows], np.diff(self.bounds)[rows]
        bounds = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(length, out=bounds[1:])
        shift = np.repeat(begin - bounds[:-1], length)
        return Words(self.data[np.arange(bounds[-1]) + shift], bounds)

    def ranks(self) -> tuple[Int64, Int32]:
        """Return the rows in code-point order, each string once, and for every row its place in that order."""
        length = np.diff(self.bounds)
        first, rest = self._heads(length)
        order = _sorted(first, rest)  # UTF-8 bytes sort as code points do
        first, rest, sizes = first[order], rest[order], length[order]
        tied = (first[1:] == first[:-1]) & (rest[1:] == rest[:-1])
        again = tied.copy()
        unsettled = np.flatnonzero(tied & (sizes[1:] >= _HEAD))
        if len(unsettled):
            data = self.data.tobytes()
            starts = unsettled[np.diff(unsettled, prepend=-2) > 1].tolist()
            stops = unsettled[np.diff(unsettled, append=unsettled[-1] + 2) > 1].tolist()
            for start, stop in zip(starts, stops, strict=True):
                rows = order[start : stop + 2]
                spans = zip(self.bounds[rows].tolist(), self.bounds[rows + 1].tolist(), rows.tolist(), strict=True)
                group = sorted((data[begin:end], row) for begin, end, row in spans)
                order[start : stop + 2] = [row for _, row in group]
                again[start : stop + 1] = [one == next_one for (one, _), (next_one, _) in pairwise(group)]
        rank = np.empty(len(self), np.int32)
        rank[order] = np.cumsum(np.concatenate([[0], ~again]))[: len(self)]
        return order[np.concatenate([[True], ~again])[: len(self)]], rank

    def _heads(self, length: Int64) -> tuple[UInt64, UInt64]:
        """Return the first eight bytes of every string, and the next eight, as numbers that sort as they do."""
        padded = np.concatenate([self.data, np.zeros(_HEAD, np.uint8)])
        windows: npt.NDArray[Any] = np.ndarray(len(padded) - _EIGHT + 1, ">u8", padded.data, strides=(1,))
        first, rest = (
            windows[self.bounds[:-1] + np.minimum(length, skipped)].astype(np.uint64)
            & _FIRST[np.clip(length - skipped, 0, _EIGHT)]
            for skipped in (0, _EIGHT)
        )
        return first, rest

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[str, ...]: ...
    def __getitem__(self, row: int | slice) -> str | tuple[str, ...]:
        """Return one string, or a slice of them."""
        return self.strings[row]

    def __iter__(self) -> Iterator[str]:
        """Go through the strings."""
        return iter(self.strings)

    def __len__(self) -> int:
        """Return the number of strings."""
        return len(self.bounds) - 1

    def __repr__(self) -> str:
        """Say how many there are."""
        return f"<{len(self):,} words>"


def _sorted(first: UInt64, rest: UInt64) -> npt.NDArray[np.intp]:
    """Return what `np.lexsort((rest, first))` does, quicker: most rows are told apart by the first number."""
    nearly = 8 * np.count_nonzero(first[1:] < first[:-1]) < len(first)
    order = np.argsort(first, kind="stable" if nearly else None)
    same = np.diff(first[order]) == 0
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same)) if len(order) else order
    rows = order[tied]
    order[tied] = rows[np.lexsort((rows, rest[rows], first[rows]))]
    return order
