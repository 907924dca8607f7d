"""Notebooks as git keeps them."""

from __future__ import annotations

import json
import re
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.build.notebooks import read_notebook
from kit.build.runner import _nbformat
from kit.build.strip import stripped
from kit.errors import BuildError

nbformat = _nbformat()


def used(project, name="01_x"):
    """A notebook as JupyterLab leaves it after a run."""
    cells = [
        {
            "cell_type": "markdown",
            "id": "title",
            "metadata": {"collapsed": True},
            "source": ["# Judul é\n", "\n", "more"],
        },
        {
            "cell_type": "code",
            "id": "run",
            "execution_count": 12,
            "metadata": {"tags": ["parameters"], "execution": {"iopub.execute_input": "2024"}, "scrolled": True},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}],
            "source": "x = 1\ny = 2",
        },
    ]
    metadata = {
        "kernelspec": {"display_name": "my own", "language": "python", "name": "mine"},
        "language_info": {"name": "python", "version": "3.12.1"},
        "widgets": {},
    }
    file = project.root / "notebooks" / f"{name}.ipynb"
    file.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    return file


def test_outputs_counts_and_volatile_metadata_go_ids_and_tags_stay(project):
    file = used(project)
    before = read_notebook(file).digest
    done = project.build("strip")
    assert (done.returncode, done.stdout) == (0, "Stripped:\n  notebooks/01_x.ipynb\n")
    assert read_notebook(file).digest == before
    document = nbformat.read(file, 4)
    nbformat.validate(document)
    assert [cell.id for cell in document.cells] == ["title", "run"]
    assert [dict(cell.metadata) for cell in document.cells] == [{}, {"tags": ["parameters"]}]
    assert (document.cells[1].execution_count, document.cells[1].outputs) == (None, [])
    assert document.metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    again = project.build("strip", "--check")
    assert (again.returncode, again.stdout) == (0, "1 notebook without outputs\n")


def test_the_form_is_the_one_jupyter_writes(project):
    text = stripped(used(project).read_text("utf-8"))
    assert text == nbformat.writes(nbformat.reads(text, 4)) + "\n"
    assert "é" in text


def test_check_names_them_writes_nothing_and_fails(project):
    file = used(project)
    project.notebook("02_y", "1")
    before = file.read_bytes()
    done = project.build("strip", "--check")
    assert done.returncode == 1
    assert done.stdout == ("Not stripped:\n  notebooks/01_x.ipynb\n  notebooks/02_y.ipynb\n-> python3 make.py strip\n")
    assert file.read_bytes() == before


def test_line_ends_that_git_wrote_for_windows_are_no_change(project):
    file = used(project)
    file.write_bytes(stripped(file.read_text("utf-8")).replace("\n", "\r\n").encode())
    before = file.read_bytes()
    assert project.build("strip", "--check").returncode == 0
    assert project.build("strip").returncode == 0
    assert file.read_bytes() == before


def test_line_ends_within_cells_become_one_kind(project):
    text = json.dumps({"cells": [{"cell_type": "code", "metadata": {}, "source": "a\r\nb"}], "nbformat": 4})
    assert json.loads(stripped(text))["cells"][0]["source"] == ["a\n", "b"]


def test_cells_without_ids_get_lasting_ones_and_copies_are_told_apart():
    cells = [{"cell_type": "raw", "metadata": {}, "source": "a"}] * 2
    cells += [{"cell_type": "raw", "id": "same", "metadata": {}, "source": "a"}] * 2
    cells += [{"cell_type": "raw", "id": "same-2", "metadata": {}, "source": "a"}]
    text = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 4})
    ids = [cell["id"] for cell in json.loads(stripped(text))["cells"]]
    assert len(set(ids)) == 5
    assert ids[2] == "same"
    assert stripped(text) == stripped(text)


def test_pictures_in_text_cells_are_content():
    cell = {
        "cell_type": "markdown",
        "id": "a",
        "metadata": {},
        "source": "",
        "attachments": {"a.png": {"image/png": "x"}},
    }
    assert "a.png" in stripped(json.dumps({"cells": [cell], "nbformat": 4}))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"nbformat": 3}', '{"nbformat": 4}', '{"nbformat": 3, "cells": []}'])
def test_what_is_no_notebook_is_refused(text):
    with pytest.raises(BuildError, match=r"^01\.ipynb: is no notebook"):
        stripped(text, "01.ipynb")


sources = st.text('ab\r\n\u2028é"', max_size=6)
cells = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "markdown", "raw"]),
        "metadata": st.dictionaries(st.sampled_from(["collapsed", "tags", "execution"]), st.just(["a"]), max_size=2),
        "source": sources | st.lists(sources, max_size=2),
    },
    optional={"id": st.text("ab-", min_size=1, max_size=3), "outputs": st.just([]), "execution_count": st.none()},
)


@given(st.lists(cells, max_size=5))
def test_twice_is_once_and_the_result_is_valid(given_cells):
    text = stripped(json.dumps({"cells": given_cells, "nbformat": 4, "nbformat_minor": 4}))
    assert stripped(text) == text
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nbformat.validate(json.loads(text))
    kept = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(text)["cells"]]
    given = [(cell["cell_type"], re.sub("\r\n?", "\n", "".join(cell["source"]))) for cell in given_cells]
    assert kept == given
