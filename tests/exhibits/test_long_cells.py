"""A cell of an exhibit may be longer than the limit of Python's csv module; what reads exhibits takes it."""

from __future__ import annotations

import csv
import io

import pandas as pd

from kit.exhibits.formats.csv import read, write
from kit.exhibits.grid import Grid


def test_a_cell_of_many_characters_is_written_and_read_back() -> None:
    text = "kata " * 30_000
    made = write(Grid.of(pd.DataFrame({"concept": ["a"], "traps": [text.strip()]}), id="tbl-x"))
    assert read(made, "tables/tbl-x.csv")[1] == ["a", text.strip()]
    assert next(csv.DictReader(io.StringIO(made.decode())))["traps"] == text.strip()
