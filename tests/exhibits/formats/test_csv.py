"""CSV files read back as they were written."""

from __future__ import annotations

import csv as python_csv
import io

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kit.exhibits.formats import csv
from kit.exhibits.grid import Grid


@given(
    st.lists(
        st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
    )
)
def test_csv_reads_back(texts):
    frame = pd.DataFrame({"text": pd.Series(texts, dtype=object), "n": range(len(texts))})
    rows = list(python_csv.reader(io.StringIO(csv.write(Grid.of(frame, id="tbl-x")).decode("utf-8"), newline="")))
    assert rows[0] == ["text", "n"]
    assert [row[1] for row in rows[1:]] == [str(number) for number in range(len(texts))]
    for text, (cell, _) in zip(texts, rows[1:], strict=True):
        assert cell in ("" if text is None else text, f"'{text}")


def test_csv_is_utf8_with_plain_line_ends_and_no_index():
    frame = pd.DataFrame({"term": ["“adil”", "kota, kabupaten"], "n": [1, 2]}, index=[7, 3])
    assert csv.write(Grid.of(frame, id="tbl-x")) == 'term,n\n“adil”,1\n"kota, kabupaten",2\n'.encode()


def test_nullable_integers_stay_whole():
    frame = pd.DataFrame({"n": pd.array([1, None], dtype="Int64")})
    assert csv.write(Grid.of(frame, id="tbl-x")) == b'n\n1\n""\n'


def test_excel_reads_semicolons_and_decimal_commas_and_so_does_the_kit():
    frame = pd.DataFrame({"term": ["a;b", "1.5", None], "per_1000": [0.5, 1e-7, None], "n": [1, 2, 3]})
    made = csv.write_excel(Grid.of(frame, id="tbl-x"))
    assert made.decode("utf-8") == '\ufeffterm;per_1000;n\n"a;b";0,5;1\n1.5;1e-07;2\n;;3\n'
    plain = csv.write(Grid.of(frame, id="tbl-x"))
    assert plain.startswith(b"term,per_1000,n\na;b,0.5,1\n")  # nothing changes there
    rows, same = csv.read(made, "figures/excel/tbl-x.csv"), csv.read(plain, "figures/tables/tbl-x.csv")
    assert rows[1] == ["a;b", "0,5", "1"]
    assert [row[0] for row in rows] == [row[0] for row in same]
