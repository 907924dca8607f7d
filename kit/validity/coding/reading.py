"""What coders give back: a spreadsheet, a CSV file or the file of the page, each held against the key of its sheet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import CodingError, ReadingError
from kit.reading.sheet import Sheet
from kit.settings import LANGUAGES
from kit.validity.coding.record import ANSWERS, RECORD, TIME, check_record, item_of, latest, read_record, record_of
from kit.validity.coding.sheet import hash_of
from kit.validity.coding.spreadsheets import answers
from kit.validity.coding.tables import WORKBOOKS, Row, csv_rows, same_passage, workbook_of, workbook_rows
from kit.wording import escape

#: What is put behind the name of a file that is final.
LOCK = ".final"
_WHOLE = ("start", "end", "population", "drawn", "options", "intruder", "topic")
_WORDS = {word: code for language in LANGUAGES for code, word in answers(language).items()}
_MEANT = _WORDS | {word[0]: code for word, code in _WORDS.items()} | {code: code for code in ANSWERS} | {"?": "unsure"}


@recorded("item", "coder", "time", "value")
def read_codings(
    files: str | Path | Sequence[str | Path], key: pd.DataFrame | str | Path | None = None
) -> pd.DataFrame:
    """Read what coders have answered so far, from any of the files that a sheet was saved as, or from a record.

    Parameters
    ----------
    files : path or sequence of paths
        Filled-in files of `CodingSheet.save` (``.xlsx``, as Excel or LibreOffice saves it, as ``.xls``, ``.ods`` or
        ``.csv`` too, whatever sign parts the cells; or ``.csv``), files saved by its page (``.json``), or records made
        by `kit.add_codings` (``.csv``, or saved as a workbook).
    key : DataFrame or path, optional
        The sheet's key, ``key/key.csv`` or `CodingSheet.key`; not needed for records.

    Returns
    -------
    DataFrame, one row per answer
        `item`, `doc_id` (str), `start`, `end` (int64; code points of the text), `coder`, `code` (str; the concept),
        `value` (str: ``yes``, ``no`` or ``unsure``), `time` (str; UTC, empty where the file tells none). Files in the
        order given, items in the order of the file; items without an answer have no row.

    Raises
    ------
    CodingError
        A file is not of this sheet, lacks items or has them twice, has a changed passage or an unknown answer (the
        error names the row), or was final and has changed since.

    Examples
    --------
    >>> import kit, tempfile, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Warga senang."]}))
    >>> sheet = kit.coding_sheet(corpus, kit.load_codebook(), n=1, concepts=["melayani"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = sheet.save(folder, ["ani"])[1]
    ...     _ = file.write_text(file.read_text("utf-8-sig").replace(",,i", ",yes,i"), "utf-8")
    ...     read_codings(file, sheet.key)[["coder", "code", "value"]].to_numpy().tolist()
    [['ani', 'melayani', 'yes'], ['ani', 'melayani', 'yes']]

    """
    given = [files] if isinstance(files, str | Path) else list(files)
    held = None if key is None else check_key(key)
    pieces = [_read(Path(file), held) for file in given]
    table = pd.concat(pieces, ignore_index=True) if pieces else record_of([])
    table.attrs = {"unit": "coding"}
    return table


def lock_coding(file: str | Path, key: pd.DataFrame | str | Path) -> Path:
    """Declare a coder's file final: from now on it is refused if a byte of it changes.

    Parameters
    ----------
    file : str or Path
        A file in which every item has an answer.
    key : DataFrame or path
        The sheet's key.

    Returns
    -------
    Path
        The lock, a small file beside it named like it with ``.final`` at the end, which holds its SHA-256.

    Raises
    ------
    CodingError
        The file is damaged, or items have no answer yet.

    Examples
    --------
    >>> import kit, tempfile, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Warga senang."]}))
    >>> sheet = kit.coding_sheet(corpus, kit.load_codebook(), n=1, concepts=["melayani"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lock_coding(sheet.save(folder, ["ani"])[1], sheet.key)
    Traceback (most recent call last):
    kit.errors.CodingError: coding-ani.csv: 2 of 2 items have no answer -> answer them before the file is locked

    """
    path, held = Path(file), check_key(key)
    left = len(held) - len(latest(_read(path, held)))
    if left:
        problem = f"{left} of {len(held)} items have no answer"
        raise CodingError(problem, place=path.name, remedy="answer them before the file is locked")
    lock = path.with_name(path.name + LOCK)
    lock.write_text(hashlib.sha256(path.read_bytes()).hexdigest() + "\n", encoding="utf-8", newline="\n")
    return lock


def check_key(key: pd.DataFrame | str | Path, more: Sequence[str] = ()) -> pd.DataFrame:
    """Return a key if it is whole: its columns and some more, one sheet, each item once, and its hash as stated."""
    if isinstance(key, pd.DataFrame):
        table, place = key, "key"
    else:
        table, place = _key_of(Path(key)), Path(key).name
    needed = [*RECORD[:4], "code", "passage_sha256", "sheet", *more]
    lacking = [name for name in needed if name not in table.columns]
    remedy = "pass key.csv as it was saved with the sheet"
    if lacking:
        raise CodingError(f"has no column {lacking[0]!r}", place=place, remedy=remedy)
    try:
        numbers = table.astype({name: "int64" for name in _WHOLE if name in table.columns})
    except ValueError as error:
        raise CodingError(f"a number cannot be read ({error})", place=place, remedy=remedy) from error
    made = hash_of(table["item"].tolist(), table["passage_sha256"].tolist()) if len(table) else ""
    if table["item"].duplicated().any() or (len(table) and table["sheet"].ne(made).any()):
        raise CodingError(
            "its items are not those of its sheet: rows were lost, added or changed", place=place, remedy=remedy
        )
    places = zip(*(numbers[name].tolist() for name in ("item", "doc_id", "start", "end", "code")), strict=True)
    for row, (item, *place_of) in enumerate(places, start=1):
        if item != item_of(*place_of):
            problem = f"item {item} is not that of its doc_id, start, end and code"
            raise CodingError(problem, place=f"{place}, item {row}", remedy=remedy)
    return numbers


def _key_of(file: Path) -> pd.DataFrame:
    """Read the file of a key, with whatever sign a spreadsheet put between its cells."""
    remedy = "pass the key.csv that was saved with the sheet"
    try:
        sheet = Sheet(file.read_bytes(), "item", file.name)
    except OSError as error:
        raise CodingError(f"cannot be read ({error.strerror})", place=file.name, remedy=remedy) from error
    except ReadingError as error:
        raise CodingError(error.problem, place=error.place, remedy=remedy) from error
    cells = []
    for row in sheet.rows():
        if isinstance(row, ReadingError):
            raise CodingError(row.problem, place=row.place, remedy=remedy)
        cells.append({name: escape.unguarded(cell) for name, cell in row.cells.items()})
    return pd.DataFrame(cells, columns=sheet.heading, dtype="str")


def _read(file: Path, key: pd.DataFrame | None) -> pd.DataFrame:
    """Read one file, whatever kind it is."""
    try:
        data = file.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise CodingError(problem, place=file.name, remedy="check that it exists and may be read") from error
    lock = file.with_name(file.name + LOCK)
    if lock.is_file() and lock.read_text(encoding="utf-8").strip() != hashlib.sha256(data).hexdigest():
        remedy = f"restore it; if the change is meant, delete {lock.name} and say so where you report the coding"
        raise CodingError("was final and has changed since", place=file.name, remedy=remedy)
    ending = file.suffix.lower()
    if ending == ".csv" and _is_record(data):
        return read_record(file)
    book = workbook_of(file.name, data) if ending in WORKBOOKS else None
    if book is not None and set(RECORD) - {"item", "time"} <= set(book.heading):
        rows = {book.number + place: row for place, row in enumerate(book.rows, start=1) if any(row)}
        cells = [dict(zip(book.heading, row, strict=False)) for row in rows.values()]
        return check_record(pd.DataFrame(cells, columns=list(RECORD), dtype="str"), file.name, rows)
    if key is None:
        remedy = "pass key=, the key.csv that was saved with the sheet"
        raise CodingError("is a coding sheet, which is read with its key", place=file.name, remedy=remedy)
    if ending == ".json":
        return _of_page(file.name, data, key)
    if book is not None:
        return _of_rows(file.name, workbook_rows(file.name, book), key)
    if ending == ".csv":
        return _of_rows(file.name, csv_rows(file.name, data), key)
    remedy = "give the workbook, the CSV file, or the .json file that the page saves"
    raise CodingError(f"ends in {ending!r}", place=file.name, remedy=remedy)


def _is_record(data: bytes) -> bool:
    """Tell whether a CSV file is a record, by the columns that a coder's file has not."""
    head = data[:2000].decode("utf-8-sig", "replace").partition("\n")[0].lower()
    return all(name in head for name in ("doc_id", "coder", "value", "time"))


def _of_rows(name: str, rows: Iterator[Row], key: pd.DataFrame) -> pd.DataFrame:
    """Make a record of a spreadsheet's rows."""
    items = key.set_index("item")
    sheet, seen, coder = str(key["sheet"].iloc[0]) if len(key) else "", dict[str, int](), ""
    made = []
    for number, cells in rows:
        place, item = f"{name}, row {number}", cells.get("item", "").strip()
        remedy = "restore the row from the sheet as it was saved"
        if cells.get("sheet", "").strip() != sheet:
            problem = f"is of sheet {cells.get('sheet', '')!r}, the key is of {sheet}"
            raise CodingError(problem, place=place, remedy="pass the key of this sheet")
        if item not in items.index:
            raise CodingError(f"item {item!r} is not in the sheet", place=place, remedy=remedy)
        if item in seen:
            problem = f"item {item} stands in row {seen[item]} too"
            raise CodingError(problem, place=place, remedy="delete one of the two rows")
        seen[item] = number
        if not same_passage(cells.get("passage", ""), str(items.loc[item, "passage_sha256"])):
            remedy += ", or fill in the workbook, if the file was saved in an encoding that lacks some of its signs"
            raise CodingError(f"the passage of item {item} was changed", place=place, remedy=remedy)
        named = cells.get("coder", "").strip()
        if not named or (coder and named != coder):
            problem = f"coder {named!r} where {coder!r} coded above" if named else "has no coder"
            raise CodingError(problem, place=place, remedy="one file is one coder's: write the name in every row")
        coder = named
        value = _value(cells.get("value", ""), place, _options(items.loc[item]))
        if value:
            made.append(_coding(items, item, coder, value, ""))
    _all_there(name, len(seen), key)
    return record_of(made)


def _of_page(name: str, data: bytes, key: pd.DataFrame) -> pd.DataFrame:
    """Make a record of what the page saved."""
    broken = "save the answers again from the page"
    try:
        content: Any = json.loads(data)
        sheet, coder, given = content["sheet"], str(content["coder"]), list(content["answers"])
        rows = [(str(one["item"]), str(one["value"]), str(one["time"])) for one in given]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        problem = f"is not what the page saves ({type(error).__name__}: {error})"
        raise CodingError(problem, place=name, remedy=broken) from error
    if not coder.strip():
        raise CodingError("names no coder", place=name, remedy=broken)
    items = key.set_index("item")
    if not len(key) or sheet != key["sheet"].iloc[0]:
        raise CodingError(f"is of sheet {sheet!r}, not of the key's", place=name, remedy="pass the key of this sheet")
    made, seen = [], set[str]()
    for number, (item, value, time) in enumerate(rows, start=1):
        place = f"{name}, answer {number}"
        if item not in items.index or item in seen:
            problem = f"item {item!r} is {'there twice' if item in seen else 'not in the sheet'}"
            raise CodingError(problem, place=place, remedy=broken)
        seen.add(item)
        allowed = _options(items.loc[item]) or ANSWERS
        if value not in allowed:
            raise CodingError(f"the answer {value!r} is none of {', '.join(allowed)}", place=place, remedy=broken)
        if not TIME.fullmatch(time):
            raise CodingError(f"time = {time!r}", place=place, remedy=broken)
        made.append(_coding(items, item, coder, value, time))
    return record_of(made)


def _options(item: pd.Series) -> tuple[str, ...]:
    """Return the numbers of the options that an item has; none where it is answered by yes or no."""
    return tuple(str(number) for number in range(1, int(item.get("options", 0)) + 1))


def _value(cell: str, place: str, options: Sequence[str]) -> str:
    """Return the code of an answer; empty where there is none yet."""
    word = cell.strip().rstrip(".").lower().removesuffix(".0")  # a spreadsheet may give numbers as 3.0
    meant = dict.fromkeys(options) if options else _MEANT
    if word and word not in meant:
        listed = options or dict.fromkeys(_WORDS)
        problem = f"the answer {cell.strip()!r} is none of {', '.join(listed)}"
        raise CodingError(problem, place=place, remedy="choose one of them, or leave the cell empty")
    return word if options else _MEANT.get(word, "")


def _coding(items: pd.DataFrame, item: str, coder: str, value: str, time: str) -> dict[str, Any]:
    """Return a row of the record."""
    place = items.loc[item]
    where = {name: place[name] for name in ("doc_id", "start", "end", "code")}
    return {"item": item, **where, "coder": coder, "value": value, "time": time}


def _all_there(name: str, there: int, key: pd.DataFrame) -> None:
    """Refuse a file that has lost rows."""
    if there < len(key):
        problem = f"has {there} of the sheet's {len(key)} items"
        raise CodingError(
            problem, place=name, remedy="restore the rows that were deleted; those without an answer may stay empty"
        )
