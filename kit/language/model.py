"""The model of py3langid that tells languages: 4.6 MB in the library, 68 unpacked, which takes half a second.

A project keeps it unpacked and lightly packed again, under the hash of the library's file. Without one it is unpacked
into memory at once, where the library writes a file first.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import zipfile
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kit.machine.loaded import compiler_is_loaded
from kit.machine.texts import read_only
from kit.sealed import kept

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

#: Where it is kept, in .kit.
UNPACKED = "language"

_SIZE = 8  # bytes before what is packed: how long it is unpacked
_HEAD = 30  # bytes of an entry of an archive before its name


@cache
def identifier() -> LanguageIdentifier:
    """Return what tells languages, as the library loads it; most corpora never need it."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    of = _arrays(_unpacked((MODEL_DIR / MODEL_FILE).read_bytes()))
    classes, output, row = (of[name].tolist() for name in ("classes", "out_feat", "nextmove_row"))
    moves = of["nextmove"].data  # read number by number, quicker than an array
    rows = of["nextmove_row"].astype(np.int64) << 8
    walked = read_only(of["nextmove"].ravel()), read_only(rows), read_only(of["out_feat"])

    class Identifier(LanguageIdentifier):  # type: ignore[misc]
        """The library's, which walks through a text by compiled code where that is loaded."""

        def _raw_score(self, text: bytes) -> Any:
            """Return the score of each language."""
            visits = _visits(text, *walked) if compiler_is_loaded() else None
            return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(text)

    return Identifier(of["ptc"], of["pc"], classes, moves, output, norm_probs=True, tk_row=row)


def _visits(text: bytes, *model: npt.NDArray[Any]) -> Counter[int]:
    """Count the features of a text, in the order in which they are met first."""
    from kit.language.walk import walk  # noqa: PLC0415 - loading the compiler is not for few texts

    moves, rows, output = model
    found = np.empty(len(text), np.int64)
    return Counter(found[: walk(np.frombuffer(text, np.uint8), moves, rows, output, found)].tolist())


def _unpacked(packed: bytes) -> bytes:
    """Return the archive of the model's arrays, from what the project has kept of it if there is that."""

    def name() -> str:
        return f"{hashlib.sha256(packed).hexdigest()[:24]}.lz4"

    return kept(UNPACKED, name, lambda: lzma.decompress(packed), read=_read, written=_written, states=1)


def _written(whole: bytes) -> bytes:
    """Return bytes lightly packed, behind their length."""
    import pyarrow as pa  # noqa: PLC0415 - as the model, seldom needed

    return len(whole).to_bytes(_SIZE, "little") + bytes(pa.compress(whole, codec="lz4", asbytes=True))


def _read(packed: bytes) -> bytes:
    """Return what `_written` has packed."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    size = int.from_bytes(packed[:_SIZE], "little")
    return bytes(pa.decompress(memoryview(packed)[_SIZE:], size, codec="lz4", asbytes=True))


def _arrays(whole: bytes) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of an archive whose entries are as they are, without a copy."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for entry in archive.infolist():
            lengths = whole[entry.header_offset + _HEAD - 4 : entry.header_offset + _HEAD]
            begin = entry.header_offset + _HEAD + sum(np.frombuffer(lengths, "<u2").tolist())
            content = io.BytesIO(whole[begin : begin + 1024])  # the header is shorter
            np.lib.format.read_magic(content)
            shape, by_column, dtype = np.lib.format.read_array_header_1_0(content)
            count = int(np.prod(shape))
            array = np.frombuffer(whole, dtype, count, begin + content.tell())
            found[entry.filename.removesuffix(".npy")] = array.reshape(shape, order="F" if by_column else "C")
    return found
