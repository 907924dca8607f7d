"""A grid is what a format needs to know of a table, and formats know nothing else."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kit.exhibits.formats
import kit.exhibits.grid
from kit.exhibits import exhibit
from kit.exhibits.formats.registry import FORMATS
from kit.exhibits.grid import Grid

FRAME = pd.DataFrame(
    {"status": ["too-few", None], "rate": [0.5, np.nan], "n": [12345, 7], "text": ["x" * 41, "y"], "whole": [2.0, 3.0]}
)
ROOMS = Path(kit.exhibits.formats.__file__).parent.parent


def test_cells_raw_and_as_a_reader_sees_them() -> None:
    grid = Grid.of(FRAME, language="id", decimals={"rate": 2})
    assert grid.raw[0] == ("too-few", 0.5, 12345, "x" * 41, 2.0)
    assert grid.rows == (
        ("terlalu sedikit", "0,50", "12.345", "x" * 41, "2"),
        ("", "", "7", "y", "3"),
    )
    assert grid.looks == ("short", "number", "number", "long", "number")
    assert [(column.places, column.shown) for column in grid.columns] == [(4, 0), (2, 2), (4, 0), (4, 0), (4, 0)]


def test_how_a_column_looks_is_told_by_any_row_and_asks_for_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of n-grams has a million rows, in which spelled numbers would be most of the work."""
    frame = pd.DataFrame({"n": [1.5] * 200, "text": ["x" * 40] * 200, "late": ["x"] * 199 + ["x" * 41]})
    grid, spelled = Grid.of(frame), Grid._spelled
    monkeypatch.setattr(Grid, "_spelled", lambda *given: spelled(*given) if not given[1].number else 1 / 0)
    assert grid.looks == ("number", "short", "long")
    assert Grid.of(frame.head(0)).looks == ("number", "short", "short")


def test_rows_are_taken_out_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit.exhibits.grid, "_AT_ONCE", 2)
    frame = pd.DataFrame({"n": range(5), "text": [*"abcd", None], "x": [0.5, np.nan, 1, 2, 3]})
    raw = Grid.of(frame).raw
    expected = [*zip(frame["n"], frame["text"], frame["x"], strict=True)]
    assert [repr(row) for row in raw] == [repr(row) for row in expected]
    assert (len(raw), len(raw[1:4]), next(iter(raw[3:])), raw[4][0]) == (5, 3, (3, "d", 2.0), 4)
    assert type(raw[0][0]) is int
    assert list(Grid.of(frame.head(0)).raw) == []


def test_columns_are_selected_and_two_are_an_interval() -> None:
    frame = pd.DataFrame(
        {"term": ["a", "b", "c"], "low": [-0.5, np.nan, np.nan], "high": [1.25, 2.0, np.nan], "n": [1, 2, 3]}
    )
    grid = Grid.of(frame, key="term", links=("x", "", "y"))
    chosen = grid.select(["n", ("low", "high"), "term"])
    assert chosen.rows == (("1", "[−0.50, 1.25]", "a"), ("2", "[…, 2.00]", "b"), ("3", "", "c"))
    assert [(column.heading, column.number) for column in chosen.columns] == [
        ("Words", True), ("Interval", True), ("Term", False),
    ]  # fmt: skip
    assert (chosen.key, chosen.links) == (2, ("x", "", "y"))
    assert grid.select(["n"]).key == 0  # the link to the evidence moves to what is left
    german_like = Grid.of(frame, language="id").select([("low", "high")])
    assert german_like.rows[0] == ("[−0,50; 1,25]",)
    assert (len(chosen.head(2).rows), chosen.head(2).links) == (2, ("x", ""))


def test_every_format_takes_a_grid_and_gives_bytes_whatever_it_holds() -> None:
    for frame in (FRAME, FRAME.head(0), FRAME[["text"]]):
        for made in FORMATS:
            for write in (made.write, made.entries):
                assert isinstance(write(Grid.of(frame, id="tbl-x", title="T", note="N.")), bytes)


def test_the_files_of_a_table_are_those_of_its_formats() -> None:
    files = [f"tables/tbl-x.{made.ending}" for made in FORMATS]
    assert exhibit.products("tbl-x", evidence=False)[:-1] == tuple(files)


def test_exhibits_know_no_measure() -> None:
    """Neither do the modules that they import, nor those that these import in turn."""
    found, pending = set(), sorted(ROOMS.rglob("*.py"))
    while pending:
        file = pending.pop()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("kit."):
                continue
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                below = ROOMS.parent.parent / (name.replace(".", "/") + ".py")
                if below.is_file() and below not in found:
                    found.add(below)
                    pending.append(below)
    rooms = {file.relative_to(ROOMS.parent).parts[0] for file in found}
    assert not rooms & {"measures", "topics", "simulation", "discourse", "validity"}
    assert {file.name for file in found if file.parent.name == "plots"} == {"drawing.py", "style.py"}


def test_digits_are_grouped_alike_in_one_column() -> None:
    frame = pd.DataFrame(
        {
            "year": [2024, 2025, 1998],
            "words": pd.array([1200, 12000, None], dtype="Int64"),
            "rate": [9999.96, -1000.5, np.inf],  # ten thousand once rounded
        }
    )
    rows = Grid.of(frame, decimals={"rate": 1}).rows
    assert [row[0] for row in rows] == ["2024", "2025", "1998"]
    assert [row[1] for row in rows] == ["1,200", "12,000", ""]
    assert [row[2] for row in rows] == ["10,000.0", "\u22121,000.5", "\u221e"]
    assert [row[1] for row in Grid.of(frame, language="id").rows] == ["1.200", "12.000", ""]
