"""Texts of long tables, lent to a file without a name: mapped, they are no memory of the process's own.

Most of a table of passages is short texts, and the system may put what is mapped aside whenever it needs the room. The
file lies in the project's ``.kit``, has no name, and goes when the table does, or the process.
"""

from __future__ import annotations

import mmap
import tempfile

import pandas as pd

from kit.sealed import place_of

#: Bytes of text from which on a table's are lent: a page here and there is not worth a file.
LEAST = 1 << 20
_FOLDER = "lent"


def lent(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table, its texts mapped where they are many; as it is outside a project, or on a disk without room."""
    names = [name for name, dtype in table.dtypes.items() if dtype == pd.StringDtype("pyarrow", na_value=float("nan"))]
    if sum(table[name].array.nbytes for name in names) < LEAST:
        return table
    home = place_of(_FOLDER)
    if home is None:
        return table
    import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

    texts = pa.Table.from_pandas(table[names], preserve_index=False)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as file:
            with pa.ipc.new_file(file, texts.schema) as stream:
                stream.write_table(texts)
            file.flush()
            there = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError:
        return table
    back = pa.ipc.open_file(pa.py_buffer(there)).read_all().to_pandas(split_blocks=True)
    return table.assign(**{name: back[name].array for name in names})
