"""Opened in a spreadsheet, what a table prints stays text: its page, its CSV file at any separator, its workbook."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from kit.exhibits.formats import csv, html, xlsx
from kit.exhibits.grid import Grid

INSTALL = "LibreOffice is not on this machine: apt-get install libreoffice-calc"


def frame(hostile: tuple[str, ...]) -> pd.DataFrame:
    texts = ["=1+1", "a;=1+1", 'a;"=1+1', "a|=1+1", "a\t=1+1", "baris\n=1+1", "'=1+1", " =1+1", "+62 811", "-nya", "@a"]
    texts += [text for text in hostile if not re.search("[\x00-\x08\ud800\uffff]", text)]
    return pd.DataFrame({"text": texts, "n": range(len(texts))})


def test_the_page_marks_such_cells_as_text(hostile: tuple[str, ...]) -> None:
    page = html.write(Grid.of(pd.DataFrame({"text": ["=1+1", "warga"], "n": [1, -2]}), id="tbl-x", title="X")).decode()
    assert re.findall(r'sdnum="1033;0;@">([^<]*)<', page) == ["=1+1"]
    assert page.count("sdnum=") == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("t.html", "HTML (StarCalc)"),
        ("t.xlsx", "Calc MS Excel 2007 XML"),
        *((f"t{number}.csv", f"CSV:{ord(cut)},34,76") for number, cut in enumerate(",;|\t")),
    ],
)
def test_no_cell_is_a_formula_in_a_real_spreadsheet(
    tmp_path: Path, hostile: tuple[str, ...], name: str, options: str
) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(INSTALL)
    grid = Grid.of(frame(hostile), id="tbl-x", title="X")
    written = {"html": html.write, "xlsx": xlsx.write, "csv": csv.write}[name.rpartition(".")[2]](grid)
    (tmp_path / name).write_bytes(written)
    command = [
        program,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "fods",
    ]
    command += [f"--infilter={options}", "--outdir", str(tmp_path), name]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    opened = (tmp_path / name).with_suffix(".fods").read_text(encoding="utf-8")
    assert "<table:table-cell" in opened
    assert "table:formula" not in opened
