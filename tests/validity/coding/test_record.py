"""The record of codings: one row per answer, checked row by row, and a file that only grows."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import CodingError
from kit.validity.coding.record import RECORD, check_record, item_of, latest, read_record

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12)
ROW = {"doc_id": "a", "start": 0, "end": 9, "code": "asn", "coder": "ani", "value": "yes"}


def rows(*changes: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([ROW | change for change in changes])


def test_a_record_grows_and_nothing_is_written_twice(tmp_path: Path) -> None:
    file = tmp_path / "new" / "codings.csv"
    assert len(kit.add_codings(rows({}, {}), file)) == 1
    first = file.read_bytes()
    assert first.splitlines()[0].decode() == ",".join(RECORD)
    assert len(kit.add_codings(rows({}), file)) == 0
    assert file.read_bytes() == first
    assert len(kit.add_codings(rows({"value": "no"}, {"coder": "budi"}), file)) == 2
    assert file.read_bytes().startswith(first)
    record = kit.read_codings(file)
    assert record["value"].tolist() == ["yes", "no", "yes"]
    assert latest(record)[["coder", "value"]].to_numpy().tolist() == [["ani", "no"], ["budi", "yes"]]


def test_an_item_is_the_same_in_every_sheet_and_no_number() -> None:
    assert item_of("a", 0, 9, "asn") == item_of("a", 0, 9, "asn") != item_of("a", 0, 9, "warga")
    items = {item_of("a", 0, end, "asn") for end in range(2000)}
    assert len(items) == 2000
    for item in items:  # a spreadsheet would read 12e45678 as a number
        with pytest.raises(ValueError, match="could not convert"):
            float(item)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": "x"}, r"codings, row 1: start = 'x' -> restore it"),
        ({"end": -1}, r"row 1: end = -1"),
        ({"coder": " "}, r"row 1: has no coder -> fill it in"),
        ({"value": None}, r"row 1: has no value"),
        ({"code": "a\x1bb"}, r"row 1: code = 'a\\x1bb' has a control character -> take it out"),
        ({"time": "yesterday"}, r"row 1: time = 'yesterday' -> write it as 2026"),
    ],
)
def test_a_damaged_row_is_named(change: dict[str, object], said: str) -> None:
    with pytest.raises(CodingError, match=said):
        check_record(rows({}, change).assign(time=[None, change.get("time")]))


def test_a_row_whose_place_was_changed_is_named(tmp_path: Path) -> None:
    file = tmp_path / "codings.csv"
    kit.add_codings(rows({}, {"start": 3}), file)
    file.write_text(file.read_text("utf-8").replace("a,3,9", "a,4,9"), "utf-8")
    with pytest.raises(
        CodingError, match=r"codings.csv, row 3: item '\w+' is not that of its doc_id.* -> restore the row"
    ):
        read_record(file)
    with pytest.raises(CodingError, match="row 3"):  # and nothing is added behind it
        kit.add_codings(rows({"coder": "budi"}), file)
    with pytest.raises(CodingError, match=r"has no column 'code' -> a record has the columns item, doc_id"):
        check_record(rows({}).drop(columns="code"))
    with pytest.raises(CodingError, match=r"gone.csv: cannot be read"):
        read_record(tmp_path / "gone.csv")


@given(WORDS, WORDS, WORDS, WORDS)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, doc_id: str, coder: str, code: str, value: str
) -> None:
    file = tmp_path_factory.mktemp("record") / "codings.csv"
    change = {"doc_id": doc_id, "coder": coder, "code": code, "value": value}
    if not all(one.strip() for one in (coder, code, value)):
        return
    added = kit.add_codings(rows(change), file)
    assert kit.read_codings(file).to_dict("list") == added.to_dict("list")


def test_rows_are_added_as_a_program_left_the_file(tmp_path: Path) -> None:
    rows = pd.DataFrame([{**ROW, "start": start, "end": start + 5} for start in (0, 7, 30)])
    file = tmp_path / "codings.csv"
    first = kit.add_codings(rows.iloc[:1], file)
    text = file.read_text("utf-8")
    turned = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False).iloc[:, ::-1].assign(note="sulit")
    shapes = {
        "semicolons": text.replace(",", ";").encode(),
        "no last line end": text.rstrip("\n").encode(),
        "mark, CRLF": text.replace("\n", "\r\n").encode("utf-8-sig"),
        "tabs, turned round": turned.to_csv(index=False, sep="\t").encode(),
    }
    for name, data in shapes.items():
        file.write_bytes(data)
        assert len(kit.add_codings(rows, file)) == 2, name
        assert file.read_bytes().startswith(data), name
        again = kit.read_codings(file)
        assert again["start"].tolist() == [0, 7, 30], name
        pd.testing.assert_frame_equal(again.head(1), first)
    for data, said in (
        (text.encode("utf-16"), "is saved in utf-16"),
        (b"item;doc_id;start;end;coder;code;value\n", "'time'"),
    ):
        file.write_bytes(data)
        with pytest.raises(
            CodingError, match=f"codings.csv: .*{said}.* so that nothing can be added -> save it as CSV"
        ):
            kit.add_codings(rows, file)
        assert file.read_bytes() == data


def test_a_record_saved_as_a_workbook_is_read(tmp_path: Path) -> None:
    kit.add_codings(rows({}, {"start": 7, "end": 12, "coder": "budi"}), tmp_path / "codings.csv")
    record = kit.read_codings(tmp_path / "codings.csv")
    table = pd.read_csv(tmp_path / "codings.csv")  # numbers are numbers there
    table.to_excel(tmp_path / "codings.xlsx", index=False)
    pd.testing.assert_frame_equal(kit.read_codings(tmp_path / "codings.xlsx"), record)
    table.assign(**{" ": "x", "": "y"}).to_excel(tmp_path / "codings.xlsx", index=False)
    pd.testing.assert_frame_equal(kit.read_codings(tmp_path / "codings.xlsx"), record)
    table.assign(start=3).to_excel(tmp_path / "codings.xlsx", index=False)
    with pytest.raises(CodingError, match=r"codings.xlsx, row 2: item 'i\w+' is not that of its doc_id"):
        kit.read_codings(tmp_path / "codings.xlsx")
