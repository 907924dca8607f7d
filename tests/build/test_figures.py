"""The target figures from end to end, with kernels."""

from __future__ import annotations

import os
import re
import shutil

import pytest

from kit.build.batch import say_failures
from kit.build.runner import Failure


@pytest.fixture
def two(make_light):
    """Write two notebooks that need no pandas; one reads the corpus by way of kit."""

    def write(project):
        project.notebook("01_one", "# Title", make_light("tbl-one"))
        project.notebook("02_two", "import kit", make_light("tbl-two", "kit.load_settings().labels"))
        (project.root / "figures").mkdir()

    return write


@pytest.fixture
def begun(project, two):
    """A project with them that has not been built."""
    two(project)
    return project


@pytest.fixture
def built(built_once, two):
    """A project with them that has been built."""
    return built_once("two notebooks", two)


def test_all_then_nothing_then_only_what_changed(begun, make_light):
    first = begun.process("figures")
    assert first.returncode == 0, first.stderr + first.stdout
    lines = first.stdout.splitlines()
    assert lines[0] == "2 notebooks of 2 to run"
    assert sorted(lines[1:3]) == ["[0/2] 01_one started", "[0/2] 02_two started"] or lines[2].startswith("[1/2]")
    assert re.fullmatch(r"\[2/2\] 0\d_\w+ done in \d+\.\d s: 1 exhibit", lines[4])
    assert re.fullmatch(r"2 notebooks up to date, 2 exhibits \(\d+\.\d s\)", lines[5])
    assert first.stderr == ""
    assert "\x1b" not in first.stdout

    second = begun.build("figures")
    assert second.returncode == 0
    assert re.fullmatch(r"Nothing to do: 2 notebooks are up to date \(\d+\.\d s\)\n", second.stdout)
    assert begun.build("why").stdout == "Nothing is out of date: 2 notebooks\n"

    made = begun.products()
    begun.notebook("01_one", "# Another title", make_light("tbl-one"))
    (begun.figures / "tables" / "tbl-two.csv").write_text("by hand")
    why = begun.build("why")
    assert why.returncode == 0
    assert why.stdout.splitlines() == [
        "01_one is out of date:",
        "  notebooks/01_one.ipynb: changed",
        "02_two is out of date:",
        "  figures/tables/tbl-two.csv: not as it was made",
        "index.html is out of date:",
        "  figures/tables/tbl-two.csv: changed",
    ]
    one = begun.build("figures", "02")
    assert "1 notebook of 1 to run" in one.stdout
    assert begun.products() == made
    listed = begun.build("list").stdout.splitlines()
    assert listed == ["01_one: out of date", "  tbl-one", "02_two: up to date", "  tbl-two"]
    assert "[1/1] 01_one done" in begun.build("figures").stdout


def test_a_change_of_one_article_or_setting_is_named(built):
    (built.root / "corpus" / "articles" / "a.txt").write_text("ASN melayani wargi.\n", encoding="utf-8")
    (built.root / "corpus" / "articles" / "b.txt").write_text("Warga.\n", encoding="utf-8")
    (built.root / "pyproject.toml").write_text('[tool.kit]\nlabels = "id"\n', encoding="utf-8")
    lines = built.build("why", "02").stdout.splitlines()
    assert lines == [
        "02_two, index.html are out of date:",
        "  [tool.kit] labels: changed from 'en' to 'id'",
        "02_two is out of date:",
        "  corpus/articles/a.txt: changed",
        "  corpus/articles/b.txt: new",
    ]
    lines = built.build("why").stdout.splitlines()
    assert lines[0] == "all 2 notebooks, index.html are out of date:"
    assert lines[2:] == [
        "all 2 notebooks are out of date:",
        "  corpus/articles/a.txt: changed",
        "  corpus/articles/b.txt: new",
    ]
    built.build("figures")
    assert built.products()["tables/tbl-two.csv"] == b"id"


def test_a_fresh_copy_runs_everything_and_changes_no_byte(built, tmp_path):
    made = built.products()
    shutil.rmtree(built.root / ".kit")
    head = ["all 2 notebooks, index.html are out of date:", "  not made in this folder yet"]
    assert built.build("why").stdout.splitlines() == head
    stamps = {file: file.stat().st_mtime_ns for file in built.figures.rglob("*") if file.is_file()}
    assert "2 notebooks of 2 to run" in built.build("figures").stdout
    assert built.products() == made
    assert {file: file.stat().st_mtime_ns for file in stamps} == stamps


def test_one_fails_the_others_go_on_and_the_end_tells(built, make_light):
    built.notebook("01_one", make_light("tbl-one", "2"), "import kit\nraise ValueError('no good')")
    built.notebook("02_two", make_light("tbl-two", "3"))
    built.notebook("03_three", "x = (")
    built.notebook("04_four", "import kit\nkit.Table(f, id=name)")
    done = built.build("figures", "-n", "1")
    assert done.returncode == 1
    assert built.products()["tables/tbl-one.csv"] == b"1"
    assert built.products()["tables/tbl-two.csv"] == b"3"
    assert done.stdout.split("\n\n")[1].splitlines() == [
        "3 notebooks failed; their exhibits are as they were:",
        "  01_one, cell 2 (In [2]): import kit",
        "    ValueError: no good",
        "    log: .kit/log/01_one.log",
        "  03_three, cell 1",
        "    '(' was never closed, line 1",
        "    -> mend the cell",
        "  04_four, cell 1",
        "    the id of a table is name, not a text in quotes",
        '    -> write it out, as in id="tbl-name", so that the build can read it',
    ]
    again = built.build("figures")
    assert again.returncode == 1
    assert "1 notebook of 4 to run" in again.stdout
    assert built.build("why").returncode == 1


def test_a_fault_that_several_notebooks_meet_is_told_once(capsys):
    failures = [Failure(name, "no column", f"cell {name}", "add it", f"{name}.log") for name in ("02_b", "01_a")]
    say_failures([*failures, Failure("03_c", "no column")])
    assert capsys.readouterr().out.splitlines()[1:] == [
        "3 notebooks failed; their exhibits are as they were:",
        "  01_a, 02_b",
        "    no column",
        "    -> add it",
        "    log: 01_a.log",
        "  03_c",
        "    no column",
    ]


def test_two_notebooks_with_one_id_both_fail(begun, make_light):
    begun.notebook("03_three", make_light("tbl-one"))
    done = begun.build("figures")
    assert done.returncode == 1
    assert "tbl-one is also made by 03_three" in done.stdout
    assert "tbl-one is also made by 01_one" in done.stdout
    assert set(begun.products()) >= {"tables/tbl-two.csv"}


def test_an_exhibit_that_no_notebook_makes_any_more_is_named_and_kept(built, make_light):
    built.notebook("01_one", make_light("tbl-uno"))
    done = built.build("figures")
    assert done.returncode == 0
    assert "No notebook makes tbl-one any more: delete the files of that name, or bring it back" in done.stdout
    assert "tables/tbl-one.csv" in built.products()


def test_the_page_of_all_exhibits_follows(project, make_table):
    project.notebook("01_one", make_table("tbl-one"))
    project.build("figures")
    page = project.products()["index.html"]
    assert b"tbl-one" in page
    (project.figures / "index.html").write_text("by hand", encoding="utf-8")
    assert "figures/index.html: not as it was made" in project.build("why").stdout
    done = project.build("figures")
    assert done.stdout.startswith("index.html written; nothing else to do: 1 notebook is up to date")
    assert project.products()["index.html"] == page
    listed = project.build("list").stdout.splitlines()
    assert listed == ["01_one: up to date", "  tbl-one  Table"]


def marked(page):
    """The ids that a page says are out of date."""
    return sorted(re.findall(r'id">([a-z-]+)</span> <em class="stale"', page.decode()))


@pytest.mark.slow
def test_the_page_says_what_is_out_of_date_while_a_build_runs_and_after_one_that_failed(project, make_table):
    """Each notebook reads the page as it is when it runs."""
    look = "page = pathlib.Path('../figures/index.html')\npathlib.Path('../seen-{}').write_bytes(page.read_bytes())"
    names = ["01_one", "02_two"]
    for name in names:
        project.notebook(name, make_table(f"tbl-{name[3:]}"))
    project.build("figures")
    assert marked(project.products()["index.html"]) == []
    for name, id_ in zip(names, ("one", "two"), strict=True):
        cell = f"import pathlib\n{look.format(id_)}"
        project.notebook(name, make_table(f"tbl-{id_}", "[2]"), cell if id_ == "one" else f"{cell}\n1 / 0")
    assert project.build("figures", "-n", "1").returncode == 1
    assert marked((project.root / "seen-one").read_bytes()) == ["tbl-one", "tbl-two"]
    assert marked((project.root / "seen-two").read_bytes()) == ["tbl-two"]
    assert marked(project.products()["index.html"]) == ["tbl-two"]
    project.notebook(names[1], make_table("tbl-two", "[2]"))
    project.notebook(names[0], make_table("tbl-one", "[3]"))
    project.build("figures", names[1])
    assert marked(project.products()["index.html"]) == ["tbl-one"]
    project.build("figures")
    assert marked(project.products()["index.html"]) == []
    assert project.build("figures").stdout.startswith("Nothing to do")


@pytest.mark.skipif(os.name != "posix", reason="a signal to one process")
@pytest.mark.slow
def test_the_page_says_what_is_out_of_date_after_a_build_that_was_stopped(project, make_table):
    for name in ("one", "two"):
        project.notebook(f"01_{name}", make_table(f"tbl-{name}"))
    project.build("figures")
    stop = "import os, signal, time\nos.kill(os.getppid(), signal.SIGINT)\ntime.sleep(600)"
    project.notebook("01_one", make_table("tbl-one", "[2]"))
    project.notebook("01_two", make_table("tbl-two", "[2]"), stop)
    done = project.process("figures", "-n", "1")
    assert done.returncode == 130, done.stdout + done.stderr
    assert marked(project.products()["index.html"]) == ["tbl-two"]


def test_a_page_that_cannot_be_written_is_an_error(built):
    (built.figures / "index.html").unlink()
    (built.figures / "index.html").mkdir()
    done = built.build("figures")
    assert done.returncode == 1
    assert "index.html" in done.stderr
    assert "Traceback" not in done.stderr


def test_figures_need_not_lie_in_figures(begun):
    (begun.root / "pyproject.toml").write_text('[tool.kit]\nfigures = "out/exhibits"\n', encoding="utf-8")
    assert begun.build("figures").returncode == 0
    assert (begun.root / "out" / "exhibits" / "tables" / "tbl-one.csv").is_file()
    assert begun.build("figures").stdout.startswith("Nothing to do")


def test_no_notebook_is_an_error_with_a_remedy(project):
    done = project.build("figures")
    assert done.returncode == 1
    assert done.stderr == "notebooks/: no notebooks\n  -> python3 make.py new-notebook NAME starts one\n"


@pytest.mark.slow
def test_files_for_excel_are_built_and_verified(project, make_table):
    project.notebook("01_one", make_table("tbl-one"))
    file = project.root / "pyproject.toml"
    file.write_text(f'{file.read_text(encoding="utf-8")}csv = "excel"\n', encoding="utf-8")
    assert project.process("figures").returncode == 0
    excel = project.root / "figures" / "excel" / "tbl-one.csv"
    assert excel.read_bytes().startswith("\ufeff".encode())
    excel.write_bytes(excel.read_bytes() + b"9\n")
    told = project.process("verify")
    assert told.returncode == 1
    assert "excel/tbl-one.csv" in told.stdout + told.stderr
