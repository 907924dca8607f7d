"""The target ``report``: of what the build made, in a folder of its own, whole or not at all."""

from __future__ import annotations

import json

import pytest

from kit.build.__main__ import main
from kit.build.reporting import write_report
from kit.errors import BuildError, CorpusError


def test_it_is_made_of_the_notebooks_that_were_run(project, capsys):
    project.notebook("01_a", "# # Kata", "1")
    with pytest.raises(BuildError, match=r"01_a\.ipynb: is not there") as lacking:
        write_report(project.settings, None, withhold=False)
    assert "make.py clean" in lacking.value.remedy
    executed = project.root / ".kit" / "executed"
    executed.mkdir(parents=True)
    cells = [{"cell_type": "markdown", "source": "# Kata"}]
    (executed / "01_a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    project.figures.mkdir()
    assert write_report(project.settings, None, withhold=False) == 0
    made = project.root / "results" / "report"
    assert capsys.readouterr().out.startswith("results/report/index.html: ")
    assert '<h1 id="kata">Kata</h1>' in (made / "notebooks" / "01_a.html").read_text(encoding="utf-8")
    (made / "old.html").write_text("x")
    assert write_report(project.settings, None, withhold=True) == 0  # anew
    assert not (made / "old.html").exists()
    assert not (made / "lines.js").exists()


def test_a_folder_that_holds_something_else_is_left_alone(project, tmp_path):
    for folder in (tmp_path / "mine", None):
        place = folder or project.root / "results" / "report"
        place.mkdir(parents=True)
        (place / "mine.txt").write_text("x")
        with pytest.raises(CorpusError, match="holds something else"):
            write_report(project.settings, folder, withhold=False)
        assert [file.name for file in place.iterdir()] == ["mine.txt"]


@pytest.mark.slow
def test_the_target_brings_the_exhibits_up_to_date_first(project, make_table, monkeypatch, capfd):
    project.notebook("01_a", make_table("tbl-a"))
    monkeypatch.chdir(project.root)
    assert main(["report", str(project.root / "out")]) == 0
    assert "tbl-a" in (project.root / "out" / "notebooks" / "01_a.html").read_text(encoding="utf-8")
    assert (project.root / "out" / "figures" / "tables" / "tbl-a.csv").is_file()
    project.notebook("01_a", "1 / 0")
    assert main(["report", str(project.root / "out2")]) == 1
    assert not (project.root / "out2").exists()
