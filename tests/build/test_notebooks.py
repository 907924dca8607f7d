"""What the build reads off a notebook without running it."""

from __future__ import annotations

import json

import pytest

from kit.build.notebooks import read_notebook
from kit.errors import BuildError

TABLE = tuple(
    f"tables/tbl-a.{ending}" for ending in ["csv", "xlsx", "tex", "float.tex", "compact.tex", "docx", "md", "html"]
)


@pytest.mark.parametrize(
    "source",
    [
        "import kit\nkit.Table(f, id='tbl-a', title=t).save()",
        "import kit\nkit.Table(f, 'tbl-a', t).save()",
        "import kit as k\nk.Table(f, title=t, id='tbl-a')",
        "from kit import Table\nshown = Table(f, id='tbl-a')",
        "from kit import Table as Tafel\nTafel(f, id='tbl-a')",
        "from kit.exhibits.table import Table\nTable(f, id='tbl-a')",
        "import kit.exhibits.table\nkit.exhibits.table.Table(f, id='tbl-a')",
        "from kit.exhibits import table\ntable.Table(f, id='tbl-a')",
        "from kit import *\nTable(f, id='tbl-a')",
        "import kit\nif True:\n    for _ in '1':\n        kit.Table(f, id='tbl-a')",
        "import kit\n%matplotlib inline\nx = !ls\nhelp?\nkit.Table(f, id='tbl-a')",
        "import kit\nawait kit.Table(f, id='tbl-a').save()",
        "import kit\nkit.Table(f, id='tbl-a', evidence=None)",
    ],
)
def test_ids_are_read_whichever_way_kit_is_imported(project, source):
    (exhibit,) = read_notebook(project.notebook("01", "# Text", source)).exhibits
    assert (exhibit.id, exhibit.cell) == ("tbl-a", 2)
    assert exhibit.products == (*TABLE, "tbl-a.json")


def test_cells_are_one_program_and_python_magics_hide_nothing(project):
    path = project.notebook(
        "01", "import kit as k", "%%time\nk.Figure(f, id='fig-b')", "%%bash\nk.Figure(f, id='fig-c')", "1 + 1"
    )
    assert [(exhibit.id, exhibit.cell) for exhibit in read_notebook(path).exhibits] == [("fig-b", 2)]


def test_evidence_adds_its_files_before_the_sidecar(project):
    path = project.notebook("01", "import kit\nkit.Table(f, id='tbl-a', evidence=kit.evidence(m))")
    assert read_notebook(path).products == (*TABLE, "evidence/tbl-a.csv", "evidence/tbl-a.html", "tbl-a.json")


def test_what_is_not_of_kit_makes_no_exhibit(project):
    source = "import other, kit\nother.Table(f, id='tbl-a')\nTable(f, id=x)\nkit.load_corpus('x').Table\nf().Table(1)"
    assert read_notebook(project.notebook("01", source)).exhibits == ()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("kit.Table(f, id=name)", "id of a table is name, not a text"),
        ("kit.Table(f, id=f'tbl-{name}')", "not a text in quotes"),
        ("kit.Figure(f, title=t)", "id of a figure is missing"),
        ("kit.Figure(f, **options)", "id of a figure is missing"),
        ("kit.Table(f, id='fig-a')", "fig-a is the id of a figure, not of a table"),
        ("kit.Table(f, id='Tbl_A')", "'Tbl_A'"),
        ("kit.Table(f, id='tbl-a')\nkit.Table(f, id='tbl-a')", "tbl-a is made twice, in cells 2 and 2"),
        ("kit.Table(f, id='tbl-a'", "line 1"),
        ("x = 1\n  y = 2", "unexpected indent, line 2"),
    ],
)
def test_what_cannot_be_read_names_notebook_cell_and_remedy(project, source, said):
    with pytest.raises(BuildError) as caught:
        read_notebook(project.notebook("02_x", "import kit", source))
    assert said in caught.value.problem
    assert caught.value.place in ("02_x, cell 2", "02_x")
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["", "{", "[]", '{"nbformat": 3, "worksheets": []}', '{"nbformat": 4, "cells": [{}]}'])
def test_files_that_are_no_notebooks_are_refused(project, text):
    file = project.root / "notebooks" / "01.ipynb"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=r"^01\.ipynb: "):
        read_notebook(file)


def test_the_hash_is_of_the_source_alone(project):
    file = project.notebook("01", "# Text\n\nmore", "x = 1\ny = 2")
    plain = read_notebook(file).digest
    document = json.loads(file.read_text("utf-8"))
    for cell in document["cells"]:
        cell["metadata"] = {"tags": ["a"], "execution": {"iopub.status.busy": "2024-01-01"}}
        cell["source"] = cell["source"].splitlines(keepends=True)
    document["cells"][1] |= {
        "execution_count": 7,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}],
    }
    document["metadata"] = {"kernelspec": {"name": "another"}}
    file.write_text("\ufeff" + json.dumps(document, indent=4).replace("\n", "\r\n"), "utf-8", newline="")
    assert read_notebook(file).digest == plain
    assert read_notebook(project.notebook("02", "# Text\r\n\r\nmore", "x = 1\r\ny = 2")).digest == plain


@pytest.mark.parametrize(
    "sources",
    [("x = 1", "# y"), ("# x = 1", "y"), ("x = 1\ny", ""), ("x = 1", "y", ""), ("y", "x = 1"), ("x = 1 ", "y")],
)
def test_the_hash_changes_with_any_source_type_or_order(project, sources):
    plain = read_notebook(project.notebook("01", "x = 1", "y")).digest
    assert read_notebook(project.notebook("01", *sources)).digest != plain if sources != ("x = 1\ny", "") else True


def test_the_number_beside_a_cell_counts_cells_with_code(project):
    notebook = read_notebook(project.notebook("01", "# Title", "x = 1", "", "# Text", "y = 2"))
    assert [notebook.execution_count(cell) for cell in range(1, 6)] == [0, 1, 1, 1, 2]


def test_files_for_excel_are_made_where_the_settings_ask_for_them(project):
    path = project.notebook("01", "import kit\nkit.Table(f, id='tbl-a')")
    assert read_notebook(path, "excel").products == (*TABLE, "excel/tbl-a.csv", "tbl-a.json")
