"""A new notebook, and the command line around it."""

from __future__ import annotations

import pytest

from kit.build.notebooks import read_notebook
from kit.build.runner import _nbformat
from kit.build.scaffold import new_notebook, template
from kit.build.strip import stripped
from kit.errors import BuildError

nbformat = _nbformat()


def test_it_gets_the_next_number_and_is_as_git_keeps_it(project, capsys):
    project.notebook("07_x", "1")
    project.notebook("notes", "1")
    assert new_notebook(project.settings, "word_order") == 0
    file = project.root / "notebooks" / "08_word_order.ipynb"
    assert "notebooks/08_word_order.ipynb" in capsys.readouterr().out
    text = file.read_text("utf-8")
    assert stripped(text) == text
    nbformat.validate(nbformat.reads(text, 4))
    notebook = read_notebook(file)
    assert [exhibit.id for exhibit in notebook.exhibits] == ["tbl-word-order"]
    assert [kind for kind, _ in notebook.cells] == ["markdown", "code", "code", "markdown", "code"]
    document = nbformat.reads(text, 4)
    assert document.cells[1].metadata == {"tags": ["parameters"]}


def test_the_first_is_01(project):
    new_notebook(project.settings, "corpus")
    assert [file.name for file in (project.root / "notebooks").iterdir()] == ["01_corpus.ipynb"]


@pytest.mark.parametrize(
    ("name", "such"),
    [
        ("Word Order", "word_order"),
        ("05_words", "words"),
        ("words.ipynb", "words"),
        ("../words", "words"),
        ("kata-kata", "kata_kata"),
        ("a__b", "a_b"),
        ("", ""),
        ("é", ""),
    ],
)
def test_bad_names_are_refused_with_a_better_one(project, name, such):
    with pytest.raises(BuildError) as caught:
        new_notebook(project.settings, name)
    assert repr(name) in caught.value.problem
    assert (f"such as {such};" in caught.value.remedy) == bool(such)
    assert list((project.root / "notebooks").iterdir()) == []


@pytest.mark.parametrize("taken", ["03_words", "words"])
def test_a_name_in_use_is_refused_whatever_its_number(project, taken):
    file = project.notebook(taken, "1")
    before = file.read_bytes()
    with pytest.raises(BuildError, match=f"notebooks/{taken}.ipynb has that name"):
        new_notebook(project.settings, "words")
    assert file.read_bytes() == before
    assert len(list((project.root / "notebooks").iterdir())) == 1


def test_the_same_name_gives_the_same_bytes():
    assert template("words") == template("words")
    assert template("words") != template("word")


def test_it_builds_like_the_rest(project):
    assert project.build("new-notebook", "words").returncode == 0
    done = project.build("figures")
    assert done.returncode == 0, done.stdout
    assert "tables/tbl-words.csv" in project.products()
    assert project.build("strip", "--check").returncode == 0
