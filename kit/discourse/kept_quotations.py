"""The quotations of a part of a saved corpus, kept in the project's ``.kit``: who is quoted is asked by two notebooks.

Their name is a hash of the part's files and of all code that finds quotations, so that what is found is never out of
date; they are read only if every byte is as it was written.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable

import pandas as pd

from kit.sealed import kept, rules_of

#: Where they are kept, in .kit.
QUOTATIONS = "quotations"
_LEAST = 1_000  # quotations; fewer are found in no time
_STATES = 512  # parts of which they are kept
_ROOMS = ("wording", "lexicon", "reading", "language", "index", "corpus", "parts", "storage", "discourse")


def kept_quotations(seal: str | None, lenient: bool, find: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return what was found before in a part with this seal, or find and keep it; without a seal find it."""
    if not seal:
        return find()

    def file() -> str:
        return f"{hashlib.sha256(f'{rules_of(*_ROOMS)} {seal} {lenient}'.encode()).hexdigest()[:24]}.arrow"

    return kept(QUOTATIONS, file, find, read=_read, written=_written, states=_STATES)


def _written(found: pd.DataFrame) -> bytes | None:
    """Return quotations as bytes, packed."""
    if len(found) < _LEAST:
        return None
    import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

    table, file = pa.Table.from_pandas(found, preserve_index=False), io.BytesIO()
    with pa.ipc.new_stream(file, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_table(table)
    return file.getvalue()


def _read(content: bytes) -> pd.DataFrame:
    """Return quotations of what `_written` made of them."""
    import pyarrow as pa  # noqa: PLC0415

    table: pd.DataFrame = pa.ipc.open_stream(content).read_all().to_pandas(split_blocks=True)
    return table
