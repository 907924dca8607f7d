"""Packed input: read up to a stated size, so that a small file that unpacks into a huge one stops nobody."""

from __future__ import annotations

import io
import shutil
from typing import IO, Any

from kit.errors import ReadingError

#: How many times its own size a packed file may unpack into, unless a setting says otherwise.
TIMES = 200
_MOST = 20_000_000_000  # bytes, whatever the size
_LEAST = 1_000_000  # bytes that a tiny file may always unpack into


class Bounded(io.RawIOBase):
    """A stream that is unpacked while it is read, and refuses to give more than its bound.

    Parameters
    ----------
    stream : binary file
    bound : Bound
        What is left to be read, perhaps shared with others.
    place : str
        What an error calls it.

    """

    def __init__(self, stream: IO[bytes], bound: Bound, place: str) -> None:
        super().__init__()
        self._stream, self._bound, self._place = stream, bound, place

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer, as streams do."""
        read = getattr(self._stream, "read1", self._stream.read)  # what stands before a break is not lost with it
        piece = read(len(buffer))
        self._bound.take(len(piece), self._place)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close what is read, too."""
        self._stream.close()
        super().close()


class Bound:
    """How many bytes a packed file may still unpack into.

    Parameters
    ----------
    packed : int
        Its own bytes.
    times : int
        How many times as many it may unpack into.

    """

    def __init__(self, packed: int, times: int) -> None:
        self._times = times
        self._left = min(_MOST, max(_LEAST, packed * times))

    def take(self, size: int, place: str) -> None:
        """Note bytes that were unpacked; refuse those beyond the bound."""
        self._left -= size
        if self._left < 0:
            raise ReadingError(
                f"unpacks into more than {self._times} times its size, or 20 GB",
                place=place,
                remedy="look at what it holds; if that is meant, unpack it yourself, or raise unpack in [tool.kit]",
            )


def bounded(stream: IO[bytes], bound: Bound, place: str) -> IO[bytes]:
    """Return a packed stream that stops at its bound, as a file that is read in blocks and lines."""
    return io.BufferedReader(Bounded(stream, bound, place), buffer_size=1 << 16)


def copied(stream: IO[bytes], target: IO[bytes], bound: Bound, place: str) -> None:
    """Write what a stream unpacks into to a file, up to the bound."""
    with bounded(stream, bound, place) as source:
        shutil.copyfileobj(source, target)
