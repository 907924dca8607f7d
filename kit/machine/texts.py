"""The texts of many documents as UTF-8 bytes, in pieces, without a copy where they lie in Arrow's memory already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from kit.errors import CorpusError

#: A list of str, or anything that gives Arrow strings: a pandas or Polars column, a pyarrow array.
Texts: TypeAlias = Iterable[str] | Any

UInt8: TypeAlias = npt.NDArray[np.uint8]
Int64: TypeAlias = npt.NDArray[np.int64]

#: Bytes that have to follow the last text of a piece, since the kernel looks at that many at once.
PADDING = 16

_PIECE = 4_000_000


class Piece(NamedTuple):
    """Some documents, in order.

    Attributes
    ----------
    data : uint8 array, read-only
        UTF-8 (a lone surrogate as three bytes), with PADDING more bytes behind the last text.
    bounds : int64 array, one more than documents
        Where each text begins in `data`, and the end.

    """

    data: UInt8
    bounds: Int64

    def text(self, row: int) -> str:
        """Return one text."""
        return self.data[self.bounds[row] : self.bounds[row + 1]].tobytes().decode("utf-8", "surrogatepass")


def read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return a view that cannot be written: kernels are compiled for such, as a saved index is mapped into memory."""
    view = np.asarray(array)[:]
    view.flags.writeable = False
    return view


def is_arrow(texts: Texts) -> bool:
    """Tell whether texts offer themselves as Arrow strings."""
    return hasattr(texts, "__arrow_c_stream__") or hasattr(texts, "__arrow_c_array__")


def size_of(texts: Texts) -> int:
    """Return about how many bytes or characters a list or an Arrow column of texts has."""
    if not is_arrow(texts):
        return sum(map(len, texts))
    return sum(int(piece.bounds[-1] - piece.bounds[0]) for piece in pieces(texts))


def as_list(texts: Texts) -> list[str]:
    """Return texts as a list of str."""
    if isinstance(texts, str):
        raise CorpusError("a single str is not a list of texts", place="texts", remedy="put it in a list")
    if is_arrow(texts):
        return [piece.text(row) for piece in pieces(texts) for row in range(len(piece.bounds) - 1)]
    listed = list(texts)
    for row, text in enumerate(listed):
        if not isinstance(text, str):
            raise _no_text(row, text)
    return listed


def pieces(texts: Texts) -> Iterator[Piece]:
    """Yield the documents in pieces."""
    if is_arrow(texts):
        yield from _arrow_pieces(texts)
        return
    waiting: list[bytes] = []
    size = 0
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise _no_text(row, text)
        waiting.append(text.encode("utf-8", "surrogatepass"))
        size += len(waiting[-1])
        if size >= _PIECE:
            yield _joined(waiting)
            waiting, size = [], 0
    if waiting:
        yield _joined(waiting)


def _joined(encoded: list[bytes]) -> Piece:
    """Return encoded texts as one piece."""
    bounds = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(text) for text in encoded], out=bounds[1:])
    return Piece(np.frombuffer(b"".join([*encoded, bytes(PADDING)]), np.uint8), bounds)


def padded(data: UInt8) -> UInt8:
    """Return a read-only copy with PADDING more bytes."""
    return np.frombuffer(data.tobytes() + bytes(PADDING), np.uint8)


def _arrow_pieces(texts: Any) -> Iterator[Piece]:
    """Yield Arrow strings: the first texts of each chunk where they lie, those near its end with padding."""
    import pyarrow as pa  # noqa: PLC0415 - lists of str do without

    chunked = pa.chunked_array(texts)
    if chunked.null_count:
        row = chunked.is_null().to_pylist().index(True)
        raise _no_text(row, None)
    if not (pa.types.is_string(chunked.type) or pa.types.is_large_string(chunked.type)):
        if not pa.types.is_dictionary(chunked.type) and not pa.types.is_string_view(chunked.type):
            raise _no_text(0, chunked[0].as_py() if len(chunked) else chunked.type)
        chunked = chunked.cast(pa.large_string())
    for chunk in chunked.chunks:
        if not len(chunk):
            continue
        _, places, content = chunk.buffers()
        width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
        bounds = np.frombuffer(places, width)[chunk.offset : chunk.offset + len(chunk) + 1].astype(np.int64)
        data = np.frombuffer(content, np.uint8) if content is not None else np.zeros(0, np.uint8)
        data.flags.writeable = False
        whole = max(int(np.searchsorted(bounds, len(data) - PADDING, side="right")) - 1, 0)
        if whole:
            yield Piece(data, bounds[: whole + 1])
        if whole < len(chunk):
            yield Piece(padded(data[bounds[whole] : bounds[-1]]), bounds[whole:] - bounds[whole])


def _no_text(row: int, value: Any) -> CorpusError:
    """Return the error for a document that is no text."""
    return CorpusError(f"{value!r} is no text", place=f"document {row}", remedy="give a str, or leave the document out")
