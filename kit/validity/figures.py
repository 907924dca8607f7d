"""The figures of validity that are known of a codebook's concepts: those that the kit ships, or a study's own."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import CodingError, ReadingError
from kit.reading.columns import refuse_repeated, require
from kit.reading.metadata import column_name
from kit.reading.sheet import Row, Sheet
from kit.settings import LANGUAGES
from kit.validity.coding.tables import WORKBOOKS, workbook_of
from kit.validity.scores import VALIDITY
from kit.wording.words import Remark, remark, value

#: The file of figures that the kit ships beside its codebook.
SHIPPED = "validity.csv"
#: Other names of columns that are read, blanks being underlines.
_ALIASES = {
    "n_hits": "hits_read",
    "n_hits_read": "hits_read",
    "n_near": "near_read",
    "n_near_misses": "near_read",
    "n_near_misses_read": "near_read",
    "recall_estimate": "recall",
}
_ALWAYS = ("concept", "source", "precision", "recall", "alpha")
_SHARES = ("precision", "recall", "specificity")
_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0", "")


@recorded("concept")
def load_validity(codebook: Codebook, path: str | Path | None = None) -> pd.DataFrame:
    """Read how valid the counts of a codebook's concepts are known to be.

    Parameters
    ----------
    codebook : Codebook
    path : str or Path, optional
        A CSV file or workbook (XLSX, XLS, ODS) of your study, such as the `validity` of `kit.score_coding` saved by
        ``to_csv``; what ``[tool.kit] validity`` names. The kit's own figures if left out, which were measured on other
        texts than yours.

    Returns
    -------
    DataFrame, one row per concept of the codebook, in its order
        `concept`, `source` (str; what was read), `precision`, `recall`, `alpha` (float64; missing where not measured),
        and of the columns of `CodingScores.validity` those that the file has, with those of its own as texts. The form
        of ``validity=`` in `kit.concept_frequencies`. Its note says where the figures are from, and which concepts
        have none.

    Raises
    ------
    CodingError
        The file cannot be read, names a concept twice or one that the codebook does not have, or holds no number where
        one is needed.

    Examples
    --------
    >>> import kit
    >>> kit.load_validity(kit.load_codebook()).columns[:5].tolist()
    ['concept', 'source', 'precision', 'recall', 'alpha']

    """
    rows = _rows(_shipped() if path is None else _given(Path(path)))
    known = set(codebook.concepts["concept"])
    found: dict[str, dict[str, Any]] = {}
    for place, cells in rows:
        row = _typed(cells, place)
        if row["concept"] in found:
            remedy = "keep one row per concept"
            raise CodingError(f"concept {row['concept']!r} stands in two rows", place=place, remedy=remedy)
        if path is not None and row["concept"] not in known:
            remedy = f"write it as the codebook {codebook.name} does, or take the row out"
            raise CodingError(f"the codebook has no concept {row['concept']!r}", place=place, remedy=remedy)
        found[row["concept"]] = row
    names = list(dict.fromkeys([*_ALWAYS, *VALIDITY, *(name for row in found.values() for name in row)]))
    names = [name for name in names if name in _ALWAYS or any(name in row for row in found.values())]
    table = pd.DataFrame([{"concept": one} | found.get(one, {}) for one in codebook.concepts["concept"]], columns=names)
    table = table.astype({name: _DTYPES.get(str(VALIDITY.get(name, "str")), "str") for name in names})
    texts = [name for name in names if VALIDITY.get(name, "str") == "str"]
    table[texts] = table[texts].fillna("")
    table.attrs = {"unit": "item", "codebook": codebook.version, "remarks": remarks_of(table)}
    return table


#: The dtypes of columns in which cells may be missing.
_DTYPES = {"int64": "Int64", "float64": "float64", "bool": "boolean"}


def _shipped() -> tuple[str, bytes]:
    """Return the name and content of the kit's own figures; none are no fault."""
    file = resources.files("kit.codebook") / SHIPPED
    return SHIPPED, file.read_bytes() if file.is_file() else b"concept\n"


def _given(file: Path) -> tuple[str, bytes]:
    """Return the name and content of a study's own figures."""
    try:
        return file.name, file.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        remedy = 'name the file under [tool.kit] validity, or leave it empty: validity = ""'
        raise CodingError(problem, place=file.name, remedy=remedy) from error


def _rows(file: tuple[str, bytes]) -> list[tuple[str, Mapping[str, str]]]:
    """Return the rows of a file with their places, columns under the names used here."""
    name, data = file
    made: list[tuple[str, Mapping[str, str]]] = []
    try:
        for number, given, comma in (_of_workbook if name.lower().endswith(WORKBOOKS) else _of_text)(name, data):
            cells = {re.sub(r"\W+", "_", column.strip().lower()): str(cell).strip() for column, cell in given.items()}
            made.append((f"{name}, row {number}", {_ALIASES.get(k, k): v for k, v in cells.items()} | {"": comma}))
    except ReadingError as error:
        raise CodingError(error.problem, place=error.place, remedy=error.remedy) from error
    return made


def _of_text(name: str, data: bytes) -> Iterator[tuple[int, Mapping[str, Any], str]]:
    """Yield the rows of a CSV file with their numbers, and the decimal comma if one is to be expected."""
    sheet = Sheet(data, "concept", name)
    for row in sheet.rows():
        if not isinstance(row, Row):
            raise row
        yield row.number, row.cells, "," if sheet.delimiter == ";" else ""


def _of_workbook(name: str, data: bytes) -> Iterator[tuple[int, Mapping[str, Any], str]]:
    """Yield the rows of a workbook with their numbers; a number that was typed as text may have a decimal comma."""
    book = workbook_of(name, data, "concept")
    heading, place = [column_name(column) for column in book.heading], f"{name}, row {book.number}"
    require(heading, "concept", book.heading, place, "the first row is")
    refuse_repeated(list(filter(None, heading)), place)
    for number, cells in enumerate(book.rows, start=book.number + 1):
        if any(cells):
            yield number, {column: cell for column, cell in zip(heading, cells, strict=False) if column}, ","


def _typed(cells: Mapping[str, str], place: str) -> dict[str, Any]:
    """Return a row with its types; a decimal comma is one where cells are parted by semicolons."""
    row: dict[str, Any] = {}
    for name, cell in cells.items():
        kind = str(VALIDITY.get(name, "str"))
        if not name:
            continue
        if kind == "bool":
            if cell.lower() not in (*_TRUE, *_FALSE):
                raise CodingError(f"{name} = {cell!r}", place=place, remedy="write true or false")
            row[name] = cell.lower() in _TRUE
        elif kind == "str":
            row[name] = cell
        else:
            row[name] = _number(name, cell.replace(",", ".") if cells[""] else cell, place, whole=kind == "int64")
    return row


def _number(name: str, cell: str, place: str, *, whole: bool) -> Any:
    """Return the number in a cell; missing where it is empty."""
    if not cell:
        return pd.NA if whole else math.nan
    remedy = "write a number, or leave the cell empty"
    try:
        value = float(cell)
    except ValueError as error:
        raise CodingError(f"{name} = {cell!r}", place=place, remedy=remedy) from error
    if (whole and not value.is_integer()) or (name.startswith(_SHARES) and not 0 <= value <= 1 and "most" not in name):
        remedy = "write a whole number" if whole else "write a share between 0 and 1"
        raise CodingError(f"{name} = {cell!r}", place=place, remedy=remedy)
    return int(value) if whole else value


def remarks_of(table: pd.DataFrame, fingerprint: str | None = None) -> list[Remark]:
    """Say where figures were measured, and which concepts have none.

    Figures that carry the fingerprint of a corpus are of that corpus: whether it is this one is known from its own.
    """
    measured = table[["precision", "recall"]].notna().any(axis=1)
    of = table["fingerprint"].fillna("") if "fingerprint" in table.columns else pd.Series("", index=table.index)
    elsewhere = measured & ((of == "") if fingerprint is None else (of != fingerprint))
    unsaid = measured & (of != "") & (fingerprint is None)
    told = []
    for key, rows in (("printed.measured", elsewhere), ("printed.measured_by", unsaid)):
        sources = sorted(set(table.loc[rows, "source"].fillna("")) - {""})
        told += [remark(key, source=[_in_both(one) for one in sources])] if sources else []
    unknown = table.loc[~measured, "concept"].tolist()
    told += [remark("printed.unmeasured", concepts=", ".join(unknown))] if unknown else []
    told += [remark("printed.shares")] if measured.any() else []
    return told + _at_most(table[measured])


def _in_both(source: str) -> str | dict[str, str]:
    """Return what figures were measured on in both languages, if the kit has words for it."""
    said = {language: value("source", source, language) for language in LANGUAGES}
    return said if set(said.values()) != {source} else source


def _at_most(measured: pd.DataFrame) -> list[Remark]:
    """Say of which concepts the recall is an upper bound; of most, of which it is none."""
    if "recall_at_most" not in measured.columns:
        return []
    bound = measured["recall_at_most"].fillna(False).astype(bool)
    if not bound.any():
        return []
    if bound.all():
        return [remark("printed.all_at_most")]
    most = bound.mean() > 1 / 2
    names = measured.loc[bound != most, "concept"].tolist()
    return [remark("printed.at_most_but" if most else "printed.at_most", concepts=", ".join(names))]
