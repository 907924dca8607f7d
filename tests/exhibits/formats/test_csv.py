"""CSV files read back as they were written."""

from __future__ import annotations

import csv as python_csv
import io

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kit.exhibits import cells
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


def slow(grid: Grid) -> bytes:
    """Write a table cell by cell, row by row."""
    file = io.StringIO(newline="")
    writer = python_csv.writer(file, lineterminator="\n")
    writer.writerow([column.name for column in grid.columns])
    for row in grid.raw:
        made = [
            cells.raw(value, "", places=column.places, most=column.most, p=column.p)
            for value, column in zip(row, grid.columns, strict=True)
        ]
        if any("\r" in text for text in made):  # which not all versions of the csv module quote
            file.write(
                ",".join(
                    f'"{text.replace(chr(34), chr(34) * 2)}"' if set(text) & set(',"\r\n') else text for text in made
                )
                + "\n"
            )
        else:
            writer.writerow(made)
    return file.getvalue().encode()


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.text('a,"\r\n;=-', max_size=3)),
            st.one_of(st.none(), st.integers(-(2**40), 2**40)),
            st.floats(allow_infinity=True),
            st.one_of(st.none(), st.booleans()),
        ),
        min_size=1,
    )
)
def test_a_table_is_what_its_cells_are_one_by_one(rows):
    texts, whole, numbers, seen = zip(*rows, strict=True)
    frame = pd.DataFrame(
        {
            "doc_id": pd.array(texts, dtype="str"),
            "n": pd.array(whole, dtype="Int64"),
            "per_1000": np.array(numbers),
            "gloss": pd.array(seen, dtype="boolean"),
            "odd": pd.Series([*rows[0], *range(len(rows))][: len(rows)], dtype=object),
        }
    )
    grid = Grid.of(frame, id="tbl-x")
    assert csv.write(grid) == slow(grid)
    chosen = grid.select(["n", "doc_id"])
    assert csv.write(chosen) == slow(chosen)
