"""Coders' files as programs and hands leave them: what can be read is read, what lost something is refused."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pandas as pd
import pytest

import kit
from kit.errors import CodingError
from kit.validity.coding.tables import _refuse_merged, same_passage

CODEBOOK = kit.load_codebook()
TEXTS = {
    "001": "Aparatur melayani warga di kantor “baru” – kata Wali Kota. Hujan; harga naik. Pelayan café tersenyum 😀.",
    "=1+1": "=1+1 kata warga. Petugas melayani warga. -5 derajat.",
}
VALUES = ("ya", "tidak", "", "ragu")


@pytest.fixture(scope="module")
def sheet() -> kit.CodingSheet:
    frame = pd.DataFrame({"doc_id": list(TEXTS), "text": list(TEXTS.values())})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    return kit.coding_sheet(corpus, CODEBOOK, n=3, concepts=["melayani"])


@pytest.fixture(scope="module")
def expected(sheet: kit.CodingSheet) -> list[tuple[str, str]]:
    """The answers that every file below gives: items and values."""
    codes = {"ya": "yes", "tidak": "no", "ragu": "unsure"}
    values = [VALUES[row % 4] for row in range(len(sheet.items))]
    return [(item, codes[value]) for item, value in zip(sheet.items["item"], values, strict=True) if value]


def filled(sheet: kit.CodingSheet, folder: Path, language: str = "id") -> tuple[Any, Path]:
    """A workbook of whose items some are answered, and where to save it."""
    file = sheet.save(folder, ["ani"], language=language)[0]
    book = openpyxl.load_workbook(file)
    for row in range(len(sheet.items)):
        book.worksheets[0].cell(row + 2, 6).value = VALUES[row % 4] or None
    return book, file


def as_csv(book: Any, **options: Any) -> str:
    """The first sheet as a spreadsheet saves it."""
    out = io.StringIO()
    rows = [["" if cell is None else cell for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    csv.writer(out, **options).writerows(rows)
    return out.getvalue()


def read(file: Path, sheet: kit.CodingSheet) -> list[tuple[str, str]]:
    found = kit.read_codings(file, sheet.key)
    return list(zip(found["item"], found["value"], strict=True))


def misread(text: str) -> str:
    """UTF-8 opened as Windows-1252, a byte that has no sign there as LibreOffice and as Excel keep it."""
    signs = []
    for number, byte in enumerate(text.encode("utf-8")):
        try:
            signs.append(bytes([byte]).decode("cp1252"))
        except UnicodeDecodeError:
            signs.append(chr(byte + 0xF100 * (number % 2)))
    return "".join(signs)


def test_a_workbook_saved_as_a_table_is_read_whatever_its_signs_and_letters(
    sheet: kit.CodingSheet, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    for language in ("id", "en"):
        book, file = filled(sheet, tmp_path / language, language)
        plain = as_csv(book, delimiter=";", quoting=csv.QUOTE_ALL)
        handled = {
            "semicolons": plain.encode("utf-8"),
            "mark": plain.encode("utf-8-sig"),
            "tabs": as_csv(book, delimiter="\t").encode("utf-16"),
            "decomposed": unicodedata.normalize("NFD", plain).encode("utf-8"),
            "wrong encoding": misread(plain).encode("utf-8"),
            "sep": b"sep=;\r\n" + plain.encode("utf-8"),
        }
        for name, data in handled.items():
            file.with_suffix(".csv").write_bytes(data)
            assert read(file.with_suffix(".csv"), sheet) == expected, name


def test_a_mended_passage_has_to_be_the_passage(sheet: kit.CodingSheet) -> None:
    row = sheet.items["passage"].str.contains("“").idxmax()
    digest, passage = sheet.key["passage_sha256"][row], sheet.items["passage"][row]
    for given in (passage, f" {passage}\n", misread(passage), "'" * passage.startswith("=") + passage):
        assert same_passage(given, digest), given
    for given in (passage.replace("“", "?"), misread(passage) + "x", passage[:-1], ""):
        assert not same_passage(given, digest), given


def test_what_else_stands_in_a_workbook_does_no_harm(
    sheet: kit.CodingSheet, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    def notes(book: Any) -> None:
        book.worksheets[0]["J1"], book.worksheets[0]["J3"] = "catatan", "sulit"

    def shorten(book: Any) -> None:
        for (cell,) in book.worksheets[0].iter_rows(min_row=2, min_col=6, max_col=6):
            cell.value = f"{cell.value[0].upper()}." if cell.value else None

    changes: dict[str, Callable[[Any], Any]] = {
        "the guide first": lambda book: book.move_sheet("guide", -1),
        "notes": notes,
        "no numbers": lambda book: book.worksheets[0].delete_cols(1),
        "rows above": lambda book: book.worksheets[0].insert_rows(1, 2),
        "short answers": shorten,
    }
    for name, change in changes.items():
        book, file = filled(sheet, tmp_path / name)
        change(book)
        book.save(file)
        assert read(file, sheet) == expected, name
    book, file = filled(sheet, tmp_path / "moved")
    book.worksheets[0].insert_rows(1, 2)
    book.worksheets[0]["F4"] = "mungkin"
    book.save(file)
    with pytest.raises(CodingError, match=r"coding-ani.xlsx, row 4: the answer 'mungkin'"):
        read(file, sheet)


def test_what_lost_something_is_refused(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    losses: dict[str, tuple[Callable[[Any], Any], str]] = {
        "answers in one cell": (
            lambda page: page.merge_cells("F2:F4"),
            r"rows 2 to 4: cells are merged.* -> part them",
        ),
        "passages in one cell": (lambda page: page.merge_cells("C3:D3"), "row 3: cells are merged"),
        "the items": (lambda page: page.delete_cols(7), "row 1: has no column 'item' -> restore .* there are: No., "),
        "two of one": (lambda page: page.cell(1, 5, "Answer"), "row 1: has two columns 'value'"),
    }
    for name, (change, said) in losses.items():
        book, file = filled(sheet, tmp_path / name)
        change(book.worksheets[0])
        book.save(file)
        with pytest.raises(CodingError, match=said):
            read(file, sheet)
    content = '<table:table-cell table:number-columns-spanned="1" table:number-rows-spanned="{}"/>'
    for rows, refused in ((1, False), (3, True)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("content.xml", content.format(rows))
        page = SimpleNamespace(merged_cell_ranges=None)
        with pytest.raises(CodingError, match=r"a\.ods: cells are merged") if refused else contextlib.nullcontext():
            _refuse_merged("a.ods", out.getvalue(), page)  # type: ignore[arg-type]
    text = as_csv(filled(sheet, tmp_path / "poor")[0]).encode("cp1252", "replace")
    (tmp_path / "poor.csv").write_bytes(text)
    with pytest.raises(CodingError, match=r"passage of item \w+ was changed -> .*lacks some of its signs"):
        read(tmp_path / "poor.csv", sheet)


def test_a_page_saves_times_and_a_coder(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    file = tmp_path / "coding-ani.json"
    answer = {"item": sheet.items["item"][0], "value": "yes", "time": "2026-11-30T10:00:00Z"}
    whole = {"sheet": sheet.hash, "coder": "ani", "answers": [answer]}
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file.write_text(json.dumps(whole), encoding)
        assert len(kit.read_codings(file, sheet.key)) == 1
    for damaged, said in (
        (json.dumps(whole | {"coder": " "}), "names no coder"),
        (json.dumps(whole | {"answers": [answer | {"time": "kemarin"}]}), "answer 1: time = 'kemarin'"),
        ("[" * 100_000, "is not what the page saves"),
    ):
        file.write_text(damaged, "utf-8")
        with pytest.raises(CodingError, match=f"coding-ani.json.*{said}.* -> save the answers again"):
            kit.read_codings(file, sheet.key)


def test_a_key_that_went_through_a_spreadsheet_is_read_if_it_is_whole(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    *_, key = sheet.save(tmp_path, ["ani"])
    assert "'=1+1" in key.read_text("utf-8")  # a name that a spreadsheet would run
    whole = [*csv.reader(io.StringIO(key.read_text("utf-8")))]
    for options in ({"delimiter": ";"}, {"quoting": csv.QUOTE_ALL}, {"delimiter": "\t"}):
        out = io.StringIO()
        csv.writer(out, **options).writerows(whole)  # type: ignore[arg-type]
        key.write_text(out.getvalue(), "utf-8-sig")
        assert kit.read_codings(tmp_path / "coding-ani.csv", key).empty
    doc_id = whole[0].index("doc_id")
    key.write_text("\n".join(",".join([*row[:doc_id], row[doc_id].lstrip("0"), *row[doc_id + 1 :]]) for row in whole))
    with pytest.raises(CodingError, match=r"key.csv, item \d: item \w+ is not that of its doc_id, start, end and code"):
        kit.read_codings(tmp_path / "coding-ani.csv", key)
    for wrong in (tmp_path, tmp_path / "coding-ani.xlsx", tmp_path / "coding-ani.csv"):
        with pytest.raises(CodingError, match=r" -> pass .*key.csv"):
            kit.read_codings(tmp_path / "coding-ani.csv", wrong)


def test_coders_have_names_that_stay_what_they_are(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    for name in ("01", "1e5", "-1", "Ani S"):
        with pytest.raises(CodingError, match="a coder cannot be named"):
            sheet.save(tmp_path, [name])
    file = sheet.save(tmp_path, ["1"])[0]
    book = openpyxl.load_workbook(file)
    for row in range(len(sheet.items)):
        book.worksheets[0].cell(row + 2, 9).value = 1  # as a spreadsheet makes of it
        book.worksheets[0].cell(row + 2, 6).value = "no"
    book.save(file)
    assert set(kit.read_codings(file, sheet.key)["coder"]) == {"1"}
