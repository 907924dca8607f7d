"""Digests of a table's rows and numbers, which find out what was summed, melted, edited or rounded since.

They ride in ``attrs["rows"]`` of each table that the kit makes, as plain JSON. Columns may go, come, be renamed or
change places, rows may go or change places: what is left is still what the kit computed.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from itertools import islice, permutations
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Rows = npt.NDArray[np.bool_]
#: Bytes of digests that a table carries at most (Parquet cannot be read again with eight times as many).
MOST = 4_000_000
_KEY, _NUMBER = np.dtype("<u4"), np.dtype("<u2")  # of a row's key, and of one number
_ODD = np.uint64(0x9E3779B97F4A7C15)
_TRIALS = 100  # ways in which columns of the key may have been renamed that are tried
_AT_ONCE = 1 << 18  # rows summed at a time
_SAMPLE = 1000  # cells looked at to see whether a column repeats itself
_SHOWN = 40  # characters of a cell in an error

_GIVE = "pass the table as the kit made it, or about=corpus, which states the corpus alone"
_KEEP = "keep the column, or pass about=corpus, which states the corpus alone"
_LEAVE = (
    "leave the kit's numbers as they are (decimals= rounds them), or pass about=corpus, which states the corpus alone"
)
_SHORTEN = "print the first rows, or pass about=corpus, which states the corpus alone"


class Finding(NamedTuple):
    """What became of a table since the kit made it.

    Attributes
    ----------
    own : tuple of str
        Columns that the kit did not make.
    problem, remedy : str
        The first thing that does not hold any more, and what to do about it; empty where all holds.

    """

    own: tuple[str, ...] = ()
    problem: str = ""
    remedy: str = ""


def rows_of(frame: pd.DataFrame, key: Sequence[str]) -> dict[str, Any]:
    """Make the digests of a table.

    Parameters
    ----------
    frame : DataFrame
    key : sequence of str
        The columns that say which row is which, as far as the table has them. Columns before the first of them, such
        as the group in a table by group, belong to the key, too.

    Returns
    -------
    dict
        `key`, `numbers` (columns of numbers and truth values), `others` (columns): lists of str; `count` (int), the
        number of rows; `digests` (str, base64): 4 bytes for the key of each row, then for each column of `numbers` 2
        bytes for each row; of so many rows from the first as go into `MOST` bytes. If these are not all, `sums` (list
        of str): a number for the keys of all rows, whatever their order, and one for each column of `numbers`.

    Examples
    --------
    >>> rows = rows_of(pd.DataFrame({"term": ["asn", "warga"], "count": [2, 1], "documents": [1, 1]}), ["term"])
    >>> rows["key"], rows["numbers"], len(base64.b64decode(rows["digests"]))
    (['term'], ['count', 'documents'], 16)

    """
    frame = frame.copy(deep=False)
    frame.attrs = {}  # else pandas copies all of them for each column that is looked at
    columns = [str(name) for name in frame.columns]
    present = [name for name in key if name in columns]
    named = [*columns[: min(map(columns.index, present), default=0)], *present]
    numbers = [name for name in columns if name not in named and _is_number(frame[name])]
    others = [name for name in columns if name not in named and name not in numbers]
    known = frame.iloc[: MOST // (_KEY.itemsize + _NUMBER.itemsize * len(numbers))]
    packed = b"".join([_keys(known, named).tobytes(), *(_numbers(known[name]).tobytes() for name in numbers)])
    digests = base64.b64encode(packed).decode("ascii")
    facts = {"key": named, "numbers": numbers, "others": others, "count": len(frame), "digests": digests}
    return facts if len(known) == len(frame) else facts | {"sums": _sums(frame, named, numbers)}


def unchanged(frame: pd.DataFrame) -> bool:
    """Tell whether a table still has every row and number that the kit made it with, in the same order."""
    rows = frame.attrs.get("rows")
    if not isinstance(rows, Mapping) or len(frame) != rows["count"] or not frame.columns.is_unique:
        return False
    named = [*rows["key"], *rows["numbers"]]
    if not {*named, *rows["others"]} <= set(frame.columns):
        return False
    here = rows_of(frame[named], rows["key"])
    return all(here.get(name) == rows.get(name) for name in ("digests", "sums"))


def finding(frame: pd.DataFrame) -> Finding:
    """Compare a table with the digests it carries.

    Parameters
    ----------
    frame : DataFrame
        With a name for each column.

    Returns
    -------
    Finding
        Without a problem if there is no row, or each row is one that the kit made, no more often than there, and each
        number of a column of the kit the one it made; some number must be the kit's if there are any.

    Examples
    --------
    >>> frame = pd.DataFrame({"term": ["asn", "warga"], "count": [2, 1]})
    >>> frame.attrs["rows"] = rows_of(frame, ["term"])
    >>> finding(frame.tail(1).assign(mine="yes"))
    Finding(own=('mine',), problem='', remedy='')
    >>> finding(frame.assign(count=[3, 1])).problem
    "term = 'asn': count is 3, which is not what the kit computed"

    """
    rows = frame.attrs.get("rows")
    if not isinstance(rows, Mapping):
        return Finding(problem="the kit's facts about this table (unit, corpus, call) are not there", remedy=_GIVE)
    if not frame.columns.is_unique:
        return Finding(problem="two columns have one name", remedy="rename one of them")
    if not len(frame):
        return Finding()
    digests = _Digests(rows)
    known = {*rows["key"], *rows["numbers"], *rows["others"]}
    strange = [name for name in frame.columns if name not in known]
    key = _key_in(frame, rows["key"], strange, digests)
    if key is None:
        lacking = next(name for name in rows["key"] if name not in frame.columns)
        return Finding(problem=f"the column {lacking!r}, which says which row is which, is not there", remedy=_KEEP)
    if _complete(frame, key, rows):
        strange = [name for name in strange if name not in key]
        return Finding(tuple(strange))
    keys = _keys(frame, key)
    lost = np.flatnonzero(digests.surplus(keys))
    if len(lost):
        row = _row(frame, key, int(lost[0]))
        if not digests.whole:
            return Finding(
                problem=f"{row}: is not among the first {digests.size} rows, the only ones known", remedy=_SHORTEN
            )
        return Finding(problem=f"{row}: the kit made no such row, or fewer of them", remedy=_LEAVE)
    numbers = [name for name in frame.columns if name in rows["numbers"]]
    for name in numbers:
        wrong = np.flatnonzero(~digests.hold(keys, frame[name], name))
        if len(wrong):
            problem = f"{name} is {frame[name].iloc[wrong[0]]}, which is not what the kit computed"
            return Finding(problem=f"{_row(frame, key, int(wrong[0]))}: {problem}", remedy=_LEAVE)
    absent = [name for name in rows["numbers"] if name not in numbers]
    added = [name for name in strange if name not in key and _is_number(frame[name])]
    renamed = [name for name in added if any(digests.hold(keys, frame[name], one).all() for one in absent)]
    if added and absent and not numbers and not renamed:
        return Finding(problem=f"none of its numbers is one that the kit computed: {', '.join(added)}", remedy=_LEAVE)
    return Finding(tuple(name for name in strange if name not in key and name not in renamed))


def _sums(frame: pd.DataFrame, key: Sequence[str], numbers: Sequence[str]) -> list[str]:
    """Return a number for the keys of all rows, in whatever order, and one for each column of numbers with these."""
    told_of_all = any(pd.api.types.is_object_dtype(frame[name].dtype) for name in (*key, *numbers))
    step = max(len(frame), 1) if told_of_all else _AT_ONCE  # what a column of objects holds is asked of all of them
    total = np.zeros(1 + len(numbers), np.uint64)
    for begin in range(0, len(frame), step):
        part = frame.iloc[begin : begin + step]
        keys = _keys(part, key).astype(np.uint64)
        columns = (_mixed(keys * _ODD + _numbers(part[name])) for name in numbers)
        total += np.array([mixed.sum() for mixed in (_mixed(keys), *columns)], np.uint64)
    return [f"{one:016x}" for one in total.tolist()]


def _complete(frame: pd.DataFrame, key: Sequence[str], rows: Mapping[str, Any]) -> bool:
    """Tell whether a table too large for digests of all rows has them all, with some of the kit's numbers or none."""
    if "sums" not in rows or len(frame) != rows["count"]:
        return False
    there = [name for name in rows["numbers"] if name in frame.columns]
    known = dict(zip(["", *rows["numbers"]], rows["sums"], strict=True))
    return _sums(frame, key, there) == [known[name] for name in ("", *there)] and bool(there or not rows["numbers"])


class _Digests:
    """The digests of a table, unpacked and sorted by the keys of rows."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        packed = base64.b64decode(rows["digests"])
        self.size = len(packed) // (_KEY.itemsize + _NUMBER.itemsize * len(rows["numbers"]))
        self.whole = self.size == rows["count"]
        keys = np.frombuffer(packed, _KEY, self.size)
        order = np.argsort(keys, kind="stable")
        numbers = np.frombuffer(packed, _NUMBER, offset=keys.nbytes).reshape(len(rows["numbers"]), self.size)
        self._keys = keys[order]
        self._numbers = {name: row[order] for name, row in zip(rows["numbers"], numbers, strict=True)}

    def surplus(self, keys: npt.NDArray[np.uint32]) -> Rows:
        """Tell which rows are not there, or not so often."""
        first, stop = self._runs(keys)
        _, place, count = np.unique(keys, return_inverse=True, return_counts=True)
        return np.asarray(count[place] > stop - first)

    def hold(self, keys: npt.NDArray[np.uint32], column: pd.Series, name: str) -> Rows:
        """Tell which numbers of rows that are there are those of a column."""
        first, stop = self._runs(keys)
        known, given = self._numbers[name], _numbers(column)
        found = np.zeros(len(keys), bool)
        for step in range(int((stop - first).max(initial=0))):  # rows of one key, of which there is seldom a second
            found |= (first + step < stop) & (known[np.minimum(first + step, self.size - 1)] == given)
        return found

    def _runs(self, keys: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Return where the rows with each key begin and end."""
        return np.searchsorted(self._keys, keys, "left"), np.searchsorted(self._keys, keys, "right")


def _key_in(frame: pd.DataFrame, key: Sequence[str], strange: Sequence[str], digests: _Digests) -> list[str] | None:
    """Return the columns that hold the key, renamed or not; None if they are not there."""
    lacking = [name for name in key if name not in frame.columns]
    for chosen in islice(permutations(strange, len(lacking)), _TRIALS):
        instead = dict(zip(lacking, chosen, strict=True))
        named = [instead.get(name, name) for name in key]
        if not lacking or not digests.surplus(_keys(frame, named)).any():
            return named
    return None


def _keys(frame: pd.DataFrame, names: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Return a digest of each row's cells in some columns, whatever these are called."""
    mixed = np.zeros(len(frame), np.uint64)
    for name in names:
        column = frame[name]
        mixed = _mixed(mixed * _ODD + (_bits(column) if _is_number(column) else _hashed(column)))
    return (mixed >> np.uint64(32)).astype(_KEY)


def _numbers(column: pd.Series) -> npt.NDArray[np.uint16]:
    """Return a digest of each number."""
    return (_mixed(_bits(column)) >> np.uint64(48)).astype(_NUMBER)


def _mixed(bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spread what tells numbers apart over all bits (a round of SplitMix64)."""
    bits = (bits ^ (bits >> np.uint64(32))) * _ODD
    return bits ^ (bits >> np.uint64(29))


def _bits(column: pd.Series) -> npt.NDArray[np.uint64]:
    """Return numbers as the bits of float64, an integer and a float of one value alike; NaN for anything else."""
    numbers = column if pd.api.types.is_numeric_dtype(column.dtype) else pd.to_numeric(column, errors="coerce")
    values = numbers.to_numpy(np.float64, na_value=np.nan) + 0.0  # -0.0 is 0.0
    values[np.isnan(values)] = np.nan
    bits: npt.NDArray[np.uint64] = values.view(np.uint64)
    return bits


def _hashed(column: pd.Series) -> npt.NDArray[np.uint64]:
    """Return a hash of each text; a missing one is an empty one."""
    if not isinstance(column.dtype, pd.StringDtype):
        cells = zip(column.astype(object).tolist(), column.isna().tolist(), strict=True)
        texts = np.array(["" if missing else str(cell) for cell, missing in cells], object)
        try:
            return _hashes(texts)
        except UnicodeEncodeError:  # half a character
            storable = [text.encode("utf-8", "backslashreplace").decode("utf-8") for text in texts.tolist()]
            return _hashes(np.array(storable, object))
    sample = column.iloc[:_SAMPLE]
    if sample.nunique() < len(sample) / 2:  # each is hashed once
        codes, names = pd.factorize(column, use_na_sentinel=False)
        hashes: npt.NDArray[np.uint64] = _hashes(names.to_numpy(object, na_value=""))[codes]
        return hashes
    return _hashes(column.to_numpy(object, na_value=""))


def _hashes(texts: npt.NDArray[np.object_]) -> npt.NDArray[np.uint64]:
    """Return a hash of each text, the same on every machine."""
    hashes: npt.NDArray[np.uint64] = pd.util.hash_array(texts, categorize=False)
    return hashes


def _is_number(column: pd.Series) -> bool:
    """Tell whether a column holds numbers or truth values."""
    if pd.api.types.is_object_dtype(column.dtype):
        kind = pd.api.types.infer_dtype(column, skipna=True)
        return kind in ("integer", "floating", "mixed-integer-float", "boolean")
    return bool(pd.api.types.is_numeric_dtype(column.dtype))


def _row(frame: pd.DataFrame, key: Sequence[str], row: int) -> str:
    """Name a row by its key."""
    cells = [frame[name].iloc[row] for name in key]
    shown = [repr(cell[:_SHOWN]) if isinstance(cell, str) else str(cell) for cell in cells]
    return ", ".join(f"{name} = {cell}" for name, cell in zip(key, shown, strict=True)) or f"row {row}"
