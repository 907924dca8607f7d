"""The coding explorer without a browser: every answer is in the record, whatever happens to the kernel."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import CodingError, QueryError
from kit.explore.coding.model import CodingModel

ROOT = Path(__file__).resolve().parents[2]
MADE = """
import pandas as pd, kit
texts = ["Petugas melayani warga. Pelayan toko tersenyum. Hujan turun."] * 3
corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": list("abc"), "text": texts}), clean=False)
sheet = kit.coding_sheet(corpus, kit.load_codebook(), n=2, concepts=["melayani"])
"""


@pytest.fixture(scope="module")
def sheet() -> kit.CodingSheet:
    made: dict[str, object] = {}
    exec(MADE, made)
    return made["sheet"]  # type: ignore[return-value]


def test_answers_are_in_the_record_that_scoring_reads(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    file = tmp_path / "rekam é" / "codings.csv"
    model = CodingModel(sheet, "ani", file)
    for number, value in enumerate(("yes", "no", "unsure"), start=1):
        model.answer(value)
        assert kit.read_codings([file], sheet.key)["value"].tolist() == ["yes", "no", "unsure"][:number]
    assert (model.done, len(model), model.here) == (3, 6, 3)
    budi = CodingModel(sheet, "budi", file)
    assert budi.done == 0
    budi.answer("no")
    again = CodingModel(sheet, "ani", file)
    assert (again.done, again.here) == (3, 3)
    codings = kit.read_codings([file], sheet.key)
    assert codings.groupby("coder").size().to_dict() == {"ani": 3, "budi": 1}


def test_an_answer_taken_back_is_replaced_and_kept(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    file, ticks = tmp_path / "codings.csv", itertools.count()
    model = CodingModel(sheet, "ani", file, clock=lambda: f"2026-01-31T08:15:00.{next(ticks):03}Z")
    for value in ("yes", "no"):
        model.answer(value)
        model.undo()
    assert (model.here, model.value) == (0, "no")
    model.answer("yes")
    assert model.table()["value"].tolist() == ["yes"]
    assert len(pd.read_csv(file)) == 3
    model.undo()
    model.undo()
    model.undo()  # nothing is left to take back
    assert model.here == 0


def test_notes_stand_beside_the_record(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    model = CodingModel(sheet, "ani", tmp_path / "codings.csv")
    model.note("=1+1,\n  ragu")
    notes = pd.read_csv(tmp_path / "codings.notes.csv")
    assert notes["note"].tolist() == ["'=1+1, ragu"]  # no formula to a spreadsheet
    assert notes["item"].tolist() == [sheet.items["item"][0]]


def test_a_kernel_that_is_killed_loses_no_answer(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    file = tmp_path / "codings.csv"
    source = f"""{MADE}
explorer = kit.explore_coding(sheet, coder="ani", file={str(file)!r}, language="en")
for key in "ynuy":
    print(explorer.act("answer", key)["status"], flush=True)
input()
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", source], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(4)]
    process.send_signal(signal.SIGKILL) if hasattr(signal, "SIGKILL") else process.kill()
    process.communicate()
    assert said[-1].startswith("4 of 6 answered")
    again = CodingModel(sheet, "ani", file)
    assert again.done == 4
    assert again.table()["value"].tolist() == ["yes", "no", "unsure", "yes"]


def test_what_cannot_be_is_told_and_writes_nothing(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    file = tmp_path / "codings.csv"
    model = CodingModel(sheet, "ani", file)
    with pytest.raises(CodingError, match="unsure"):
        model.answer("maybe")
    with pytest.raises(QueryError):
        model.go(6)
    assert not file.exists()
    with pytest.raises(CodingError, match="coder"):
        CodingModel(sheet, " ", file)
    file.write_text("item,doc_id,start,end,coder,code,value,time\nx,a,0,9,ani,c,yes,\n", encoding="utf-8")
    with pytest.raises(CodingError, match="row 2"):
        CodingModel(sheet, "ani", file)


def test_the_screen_asks_in_both_languages(sheet: kit.CodingSheet, tmp_path: Path) -> None:
    for language, asked, key in (("en", "Does the passage", "yes (y)"), ("id", "Apakah petikan", "ya (y)")):
        shown = kit.explore_coding(sheet, coder="ani", file=tmp_path / "codings.csv", language=language).act("show")
        assert shown["detail"]["title"].startswith(asked)
        assert shown["keys"]["y"] == ["answer", key]
        assert sheet.items["passage"][0] in "".join(piece["text"] for piece in shown["detail"]["pieces"])
        assert not shown["pin"]
