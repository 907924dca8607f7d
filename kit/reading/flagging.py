"""What many texts are flagged for that stay as they are, in columns; lost links, which are most of it, at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kit.machine.texts import Piece, Texts, pieces
from kit.reading.damage import DAMAGED, LOST_LINK, Flag
from kit.reading.news import flags_of_one
from kit.reading.survey_bytes import Int32, Int64, UInt8

if TYPE_CHECKING:
    import pyarrow as pa

_BYTES = 1_000_000  # looked at at once: what a processor keeps near


class Flagged(NamedTuple):
    """The flags of texts, by text, and in each as `kit.reading.damage.Flag` is ordered.

    Attributes
    ----------
    doc, raw_start, raw_end, places : int32 arrays
        The text, the first place of its kind (code points), and how many there are.
    flag, kind, text : Arrow arrays of large strings
        Name, kind, and the place with what stands round it.
    facts : list of (int, str)
        The names of the flags of each text that has some.

    """

    doc: Int32
    raw_start: Int32
    raw_end: Int32
    flag: pa.Array
    kind: pa.Array
    text: pa.Array
    places: Int32
    facts: list[tuple[int, str]]


def flags_of_column(texts: Texts) -> Flagged:
    """Return what `kit.reading.news.flags_of_all` does, in columns."""
    import pyarrow as pa  # noqa: PLC0415 - cleaning does without

    doc: list[Int64] = [np.zeros(0, np.int64)]
    first: list[Int32] = [np.zeros(0, np.int32)]
    places: list[Int32] = [np.zeros(0, np.int32)]
    shown: list[pa.Array] = []
    told: list[tuple[int, Flag]] = []
    facts: list[tuple[int, str]] = []
    for piece, before in _shares(texts):
        from kit.reading.survey_compiled import lost_links_of  # noqa: PLC0415 - the compiler is not for few texts

        lost, others = lost_links_of(piece.data, piece.bounds[:-1], piece.bounds[1:])
        doc.append(before + lost.text)
        first.append(lost.first)
        places.append(lost.places)
        shown.append(_strings(piece.data, lost.shown))
        for row, known in others:
            fact, flags = flags_of_one(piece.text(row), known.damage, hyphens=known.hyphens)
            told += [(before + row, flag) for flag in flags]
            facts += [(before + row, of) for of in fact.values()]
    rows = np.concatenate([*doc, np.array([of for of, _ in told], np.int64)])
    order = np.argsort(rows, kind="stable")
    count = len(rows) - len(told)
    of = {name: [getattr(flag, name) for _, flag in told] for name in Flag._fields}

    def numbers(found: list[Int32], others: Any) -> Int32:
        together: Int32 = np.concatenate([*found, np.array(others, np.int32)])[order]
        return together

    def names(found: list[pa.Array], others: Any) -> pa.Array:
        return pa.concat_arrays([*found, pa.array(others, pa.large_string())]).take(pa.array(order))

    facts += [(row, DAMAGED) for row in rows[:count].tolist()]
    return Flagged(
        rows[order].astype(np.int32),
        numbers(first, of["start"]),
        numbers([one + np.int32(1) for one in first], of["stop"]),
        names([pa.array([DAMAGED] * count, pa.large_string())], of["flag"]),
        names([pa.array([LOST_LINK] * count, pa.large_string())], of["kind"]),
        names(shown, of["text"]),
        numbers(places, of["places"]),
        facts,
    )


def _shares(texts: Texts) -> Iterator[tuple[Piece, int]]:
    """Yield some texts at a time, and how many came before them."""
    before = 0
    for data, bounds in pieces(texts):
        cuts = np.searchsorted(bounds, np.arange(bounds[0], bounds[-1], _BYTES), side="left").tolist()
        for begin, stop in pairwise([*dict.fromkeys(cuts), len(bounds) - 1]):
            yield Piece(data, bounds[begin : stop + 1]), before + begin
        before += len(bounds) - 1


def _strings(data: UInt8, spans: Int64) -> pa.Array:
    """Return some stretches of bytes as Arrow strings."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    lengths = spans[:, 1] - spans[:, 0]
    bounds = np.zeros(len(spans) + 1, np.int64)
    np.cumsum(lengths, out=bounds[1:])
    content = data[np.arange(bounds[-1]) + np.repeat(spans[:, 0] - bounds[:-1], lengths)]
    return pa.LargeStringArray.from_buffers(len(spans), pa.py_buffer(bounds), pa.py_buffer(content))
