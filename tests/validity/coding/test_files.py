"""Coders' files: written blind and with the same bytes, given back in any of three forms, damage named row by row."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import kit
from kit.errors import CodingError
from tests.conftest import HOSTILE, Page

CODEBOOK = kit.load_codebook()


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    texts = [f"Aparatur melayani warga {number}. Hujan turun. Pelayan toko." for number in range(4)]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": list("abcd"), "text": texts}), clean=False)


@pytest.fixture(scope="module")
def sheet(corpus: kit.Corpus) -> kit.CodingSheet:
    return kit.coding_sheet(corpus, CODEBOOK, n=2, concepts=["melayani"])


@pytest.fixture
def files(sheet: kit.CodingSheet, tmp_path: Path) -> dict[str, Path]:
    return {file.suffix if file.stem != "key" else "key": file for file in sheet.save(tmp_path, ["ani"])}


def fill_csv(file: Path, values: list[str], **options: str) -> None:
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
    for row, value in zip(rows[1:], values, strict=False):
        row[rows[0].index("value")] = value
    out = io.StringIO()
    csv.writer(out, **options).writerows(rows)
    file.write_text(out.getvalue(), "utf-8")


def fill_xlsx(file: Path, values: list[str]) -> None:
    book = openpyxl.load_workbook(file)
    page = book.worksheets[0]
    for row, value in enumerate(values, start=2):
        page.cell(row, 6).value = value or None
    book.save(file)


def fill_json(file: Path, given: kit.CodingSheet, values: list[str], **changes: object) -> Path:
    answers = [
        {"item": item, "value": value, "time": "2026-11-29T10:00:00Z"}
        for item, value in zip(given.items["item"], values, strict=False)
        if value
    ]
    path = file.with_suffix(".json")
    path.write_text(json.dumps({"sheet": given.hash, "coder": "ani", "answers": answers} | changes), "utf-8")
    return path


def test_files_are_blind_and_the_key_is_apart(files: dict[str, Path], sheet: kit.CodingSheet) -> None:
    assert files["key"].parent.name == "key"
    with zipfile.ZipFile(files[".xlsx"]) as book:
        xlsx = "".join(book.read(name).decode("utf-8") for name in book.namelist())
    for text in (xlsx, files[".csv"].read_text("utf-8-sig"), files[".html"].read_text("utf-8")):
        assert not re.search(r"stratum|\bhit\b|\bnear\b|population|[^-]weight", text)
        assert sheet.hash in text
    key = pd.read_csv(files["key"])
    assert key["item"].tolist() == sheet.items["item"].tolist() == sheet.key["item"].tolist()


def test_the_same_call_writes_the_same_bytes(
    corpus: kit.Corpus, sheet: kit.CodingSheet, files: dict[str, Path], tmp_path: Path
) -> None:
    again = kit.coding_sheet(corpus, CODEBOOK, n=2, concepts=["melayani"]).save(tmp_path / "again", ["ani"])
    for file in again:
        old = files["key" if file.stem == "key" else file.suffix]
        assert hashlib.sha256(file.read_bytes()).digest() == hashlib.sha256(old.read_bytes()).digest()
    with zipfile.ZipFile(files[".xlsx"]) as book:  # nothing that hangs on the day or on a library that compresses
        assert {part.date_time for part in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.compress_type for part in book.infolist()} == {zipfile.ZIP_STORED}


def test_the_workbook_offers_the_answers_and_guards_the_rest(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    file = sheet.save(tmp_path, ["ani"], language="id")[0]
    page = openpyxl.load_workbook(file).worksheets[0]
    rule = page.data_validations.dataValidation[0]
    assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", '"ya,tidak,ragu"', f"F2:F{len(sheet.items) + 1}")
    assert page.protection.sheet
    assert [page.cell(2, column).protection.locked for column in (5, 6)] == [True, False]
    assert page.column_dimensions["G"].hidden
    concept = CODEBOOK.concepts.set_index("concept").loc["melayani"]
    lines = page["B2"].value.split("\n")
    assert lines[:2] == ["Apakah petikan ini berbicara tentang: melayani (aktif)?", concept["definition_id"]]
    assert lines[2].startswith("Termasuk: ")
    assert lines[3].startswith("Tidak termasuk: ")
    assert not re.search(r"[*`]", page["B2"].value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_all_forms_give_the_same_record(sheet: kit.CodingSheet, files: dict[str, Path], separator: str) -> None:
    values = ["yes", "tidak", "U", "", "Ya", "n"][: len(sheet.items)]
    fill_csv(files[".csv"], values, delimiter=separator)
    fill_xlsx(files[".xlsx"], values)
    codes = ["yes", "no", "unsure", "", "yes", "no"]
    page = fill_json(files[".html"], sheet, codes)
    found = [kit.read_codings(file, files["key"]) for file in (files[".csv"], files[".xlsx"], page)]
    assert found[0].equals(found[1])
    assert found[0]["value"].tolist() == ["yes", "no", "unsure", "yes", "no"]
    assert found[2].assign(time="").astype(found[0].dtypes).equals(found[0])
    assert set(found[2]["time"]) == {"2026-11-29T10:00:00Z"}
    assert found[0]["item"].tolist() == [item for item, code in zip(sheet.items["item"], codes, strict=True) if code]


def test_rows_may_be_sorted_otherwise(sheet: kit.CodingSheet, files: dict[str, Path]) -> None:
    fill_csv(files[".csv"], ["yes"] * 6)
    table = pd.read_csv(files[".csv"], dtype=str, keep_default_na=False).iloc[::-1]
    table.to_csv(files[".csv"], index=False)
    assert kit.read_codings(files[".csv"], sheet.key)["item"].tolist() == sheet.items["item"].tolist()[::-1]


def changed(column: str, value: Callable[[str], str], row: int = 1) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        table.loc[row, column] = value(table.loc[row, column])
        return table

    return change


DAMAGE: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], str]] = {
    "an unknown answer": (
        changed("value", lambda _: "maybe"),
        r"coding-ani.csv, row 3: the answer 'maybe' is none of yes, no, unsure, ya, tidak, ragu -> choose one",
    ),
    "a changed passage": (
        changed("passage", lambda text: text + " Ya."),
        r"coding-ani.csv, row 3: the passage of item i\w+ was changed -> restore the row",
    ),
    "an item of another sheet": (
        changed("item", lambda _: "i0"),
        r"row 3: item 'i0' is not in the sheet -> restore",
    ),
    "a row twice": (
        lambda table: pd.concat([table, table.head(1)]),
        r"row 8: item i\w+ stands in row 2 too -> delete one",
    ),
    "a row lost": (
        lambda table: table.drop(index=2),
        r"coding-ani.csv: has 5 of the sheet's 6 items -> restore the rows",
    ),
    "two coders": (
        changed("coder", lambda _: "budi", row=4),
        r"row 6: coder 'budi' where 'ani' coded above -> one file is one coder's",
    ),
    "no coder": (changed("coder", lambda _: "", row=0), r"row 2: has no coder"),
    "another sheet": (changed("sheet", lambda _: "sffffff", row=0), r"row 2: is of sheet 'sffffff', the key is of s"),
    "a column lost": (lambda table: table.drop(columns="item"), r"row 1: no column 'item'"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_named_with_file_row_and_remedy(kind: str, sheet: kit.CodingSheet, files: dict[str, Path]) -> None:
    change, said = DAMAGE[kind]
    change(pd.read_csv(files[".csv"], dtype=str, keep_default_na=False)).to_csv(files[".csv"], index=False)
    with pytest.raises(CodingError, match=said):
        kit.read_codings(files[".csv"], sheet.key)


def test_damage_of_other_files_is_named(sheet: kit.CodingSheet, files: dict[str, Path], tmp_path: Path) -> None:
    page = fill_json(files[".html"], sheet, ["yes"], sheet="s0")
    with pytest.raises(CodingError, match=r"coding-ani.json: is of sheet 's0'"):
        kit.read_codings(page, sheet.key)
    page.write_text("{}", "utf-8")
    with pytest.raises(CodingError, match=r"coding-ani.json: is not what the page saves .* -> save the answers again"):
        kit.read_codings(page, sheet.key)
    twice = [{"item": sheet.items["item"][0], "value": "yes", "time": ""}] * 2
    with pytest.raises(CodingError, match=r"coding-ani.json, answer 2: item '\w+' is there twice"):
        kit.read_codings(fill_json(files[".html"], sheet, [], answers=twice), sheet.key)
    files[".xlsx"].write_bytes(b"PK no workbook")
    with pytest.raises(CodingError, match=r"coding-ani.xlsx: cannot be read as a workbook .* -> save it again"):
        kit.read_codings(files[".xlsx"], sheet.key)
    with pytest.raises(CodingError, match=r"coding-ani.html: ends in '.html' -> give the workbook, "):
        kit.read_codings(files[".html"], sheet.key)
    with pytest.raises(
        CodingError, match=r"coding-ani.csv: is a coding sheet, which is read with its key -> pass key="
    ):
        kit.read_codings(files[".csv"])
    with pytest.raises(CodingError, match=r"gone.csv: cannot be read"):
        kit.read_codings(tmp_path / "gone.csv", sheet.key)


def test_a_key_with_rows_lost_or_changed_is_refused(sheet: kit.CodingSheet, files: dict[str, Path]) -> None:
    for key in (sheet.key.iloc[1:], sheet.key.assign(passage_sha256="0"), pd.concat([sheet.key, sheet.key.head(1)])):
        with pytest.raises(CodingError, match=r"key: its items are not those of its sheet"):
            kit.read_codings(files[".csv"], key)
    with pytest.raises(CodingError, match=r"key: has no column 'code' -> pass key.csv"):
        kit.read_codings(files[".csv"], sheet.key.drop(columns="code"))


def test_a_final_file_is_locked_by_its_hash(sheet: kit.CodingSheet, files: dict[str, Path]) -> None:
    fill_csv(files[".csv"], ["yes"] * 5)
    with pytest.raises(CodingError, match=r"1 of 6 items have no answer -> answer them"):
        kit.lock_coding(files[".csv"], sheet.key)
    fill_csv(files[".csv"], ["yes"] * 6)
    lock = kit.lock_coding(files[".csv"], files["key"])
    assert lock.name == "coding-ani.csv.final"
    assert len(kit.read_codings(files[".csv"], sheet.key)) == 6
    fill_csv(files[".csv"], ["no"] * 6)
    with pytest.raises(
        CodingError, match=r"coding-ani.csv: was final and has changed since -> .*delete coding-ani.csv.final"
    ):
        kit.read_codings(files[".csv"], sheet.key)
    lock.unlink()
    assert len(kit.read_codings(files[".csv"], sheet.key)) == 6


def test_nothing_is_overwritten_and_names_are_plain(sheet: kit.CodingSheet, files: dict[str, Path]) -> None:
    with pytest.raises(CodingError, match=r"coding-ani.xlsx: is there already -> choose another folder"):
        sheet.save(files["key"].parent.parent, ["ani"])
    for names, said in ((["../x"], "cannot be named"), ([], "no coder"), (["a", "A"], "two coders have one name")):
        with pytest.raises(CodingError, match=said):
            sheet.save("nowhere", names)


def hostile() -> kit.CodingSheet:
    texts = [text.replace(".", "") for text in HOSTILE if text.strip() and "\ud800" not in text]
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": texts})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    return kit.coding_sheet(corpus, CODEBOOK, n=99, concepts=["melayani"])


def test_hostile_texts_are_shown_as_texts(tmp_path: Path) -> None:
    sheet = hostile()
    xlsx, table, page, _ = sheet.save(tmp_path, ["ani"])
    cells = [row[4 - 1].value for row in openpyxl.load_workbook(xlsx).worksheets[0].iter_rows(min_row=2)]
    assert cells == sheet.items["passage"].tolist()
    with zipfile.ZipFile(xlsx) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    fill_csv(table, ["yes"] * len(sheet.items))
    fill_xlsx(xlsx, ["yes"] * len(sheet.items))
    assert len(kit.read_codings([table, xlsx], sheet.key)) == 2 * len(sheet.items)
    text = page.read_text("utf-8")
    parsed = Page(text)
    assert [tag for tag, _ in parsed.tags].count("script") == 2
    assert not [tag for tag, attrs in parsed.tags if any(name in ("src", "href") or name[:2] == "on" for name in attrs)]
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert [row["passage"] for row in data["rows"]] == sheet.items["passage"].tolist()
    policy = next(attrs["content"] for tag, attrs in parsed.tags if tag == "meta" and "http-equiv" in attrs)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
