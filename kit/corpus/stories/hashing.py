"""BLAKE2b of many words, compiled: what `hashlib.blake2b(word, digest_size=8)` gives, without an object for each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.index.words import Int64, UInt8
from kit.machine.compiled import Number, compiled

UInt64 = npt.NDArray[np.uint64]

#: Bytes that a word may have; what is longer has a second block, and is left to the library.
MOST = 128

_DIGEST = 8  # bytes of a hash
#: Of RFC 7693: where a hash begins, and in which order each round takes the sixteen numbers of a block.
_START = np.array(
    [
        0x6A09E667F3BCC908,
        0xBB67AE8584CAA73B,
        0x3C6EF372FE94F82B,
        0xA54FF53A5F1D36F1,
        0x510E527FADE682D1,
        0x9B05688C2B3E6C1F,
        0x1F83D9ABFB41BD6B,
        0x5BE0CD19137E2179,
    ],
    np.uint64,
)
_ORDER = np.array(
    [
        [int(place, 16) for place in of_round]
        for of_round in (
            "0123456789abcdef",
            "ea489fd61c02b753",
            "b8c052fdae367194",
            "7931dcbe265a40f8",
            "905724afe1bc683d",
            "2c6a0b834d75fe19",
            "c51fed4a0763928b",
            "db7ec13950f4862a",
            "6fe9b308c2d714a5",
            "a2847615fb9e3cd0",
            "0123456789abcdef",
            "ea489fd61c02b753",
        )
    ],
    np.uint64,  # a place that cannot be negative is not asked whether it is
)
_FIRST = np.uint64(0x6A09E667F3BCC908 ^ 0x01010000 ^ _DIGEST)
_LAST = np.uint64(0x1F83D9ABFB41BD6B ^ 0xFFFFFFFFFFFFFFFF)
_ALL, _WORD = np.uint64(64), np.uint64(8)


@compiled()
def hash_words(data: UInt8, bounds: Int64, rows: Int64, block: UInt64, found: UInt64) -> None:
    """Write the hash of some words, none of more than MOST bytes, into `found`; `block` has room for 16 numbers."""
    for number in range(rows.size):
        begin, stop = bounds[rows[number]], bounds[rows[number] + 1]
        for place in range(16):
            block[place] = np.uint64(0)
        for place in range(begin, stop):
            step = np.uint64(place - begin)
            block[step >> np.uint64(3)] |= np.uint64(data[place]) << (_WORD * (step & np.uint64(7)))
        a0, a1, a2, a3 = _FIRST, _START[1], _START[2], _START[3]
        b0, b1, b2, b3 = _START[4], _START[5], _START[6], _START[7]
        c0, c1, c2, c3 = _START[0], _START[1], _START[2], _START[3]
        d0, d1, d2, d3 = _START[4] ^ np.uint64(stop - begin), _START[5], _LAST, _START[7]
        for turn in range(_ORDER.shape[0]):
            of = _ORDER[turn]
            a0, b0, c0, d0 = _mix(a0, b0, c0, d0, block[of[0]], block[of[1]])
            a1, b1, c1, d1 = _mix(a1, b1, c1, d1, block[of[2]], block[of[3]])
            a2, b2, c2, d2 = _mix(a2, b2, c2, d2, block[of[4]], block[of[5]])
            a3, b3, c3, d3 = _mix(a3, b3, c3, d3, block[of[6]], block[of[7]])
            a0, b1, c2, d3 = _mix(a0, b1, c2, d3, block[of[8]], block[of[9]])
            a1, b2, c3, d0 = _mix(a1, b2, c3, d0, block[of[10]], block[of[11]])
            a2, b3, c0, d1 = _mix(a2, b3, c0, d1, block[of[12]], block[of[13]])
            a3, b0, c1, d2 = _mix(a3, b0, c1, d2, block[of[14]], block[of[15]])
        found[number] = _FIRST ^ a0 ^ c0


@compiled(inline="always")
def _mix(
    a: Number, b: Number, c: Number, d: Number, one: Number, other: Number
) -> tuple[Number, Number, Number, Number]:
    """Return four numbers of the sixteen that are mixed, with two of the block between them."""
    a = a + b + one
    d = _turned(d ^ a, np.uint64(32))
    c = c + d
    b = _turned(b ^ c, np.uint64(24))
    a = a + b + other
    d = _turned(d ^ a, np.uint64(16))
    c = c + d
    b = _turned(b ^ c, np.uint64(63))
    return a, b, c, d


@compiled(inline="always")
def _turned(value: Number, bits: Number) -> Number:
    """Return a number turned to the right by some bits."""
    return (value >> bits) | (value << (_ALL - bits))
