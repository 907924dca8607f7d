"""What a notebook depends on, and how a change of it is told."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields

import pandas as pd
import pytest

import kit
from kit.build.inputs import Survey, changes
from kit.build.notebooks import read_notebook
from kit.build.untouched import state_of_inputs
from kit.settings import load_settings
from kit.study import Study


@pytest.fixture
def groups(project):
    file = project.notebook("01", "import kit\nkit.load_settings()")
    return lambda: {group.name: group for group in Survey(project.settings).of_notebook(read_notebook(file))}


def test_the_groups_and_what_they_hold(project, groups):
    found = groups()
    assert list(found) == ["notebook", "corpus", "codebook", "files", "settings", "study", "code", "packages"]
    assert list(found["notebook"].entries) == ["notebooks/01.ipynb"]
    assert list(found["corpus"].entries) == ["corpus/articles/a.txt"]
    assert found["codebook"].entries == {}
    assert found["settings"].entries["[tool.kit] labels"] == "en"
    assert any(name.endswith("kit/settings.py") for name in found["code"].entries)
    assert not any("exhibits" in name for name in found["code"].entries)
    assert {"requirements.lock", "Python"} <= set(found["packages"].entries)


def corpus_change(project, kind):
    articles = project.root / "corpus" / "articles"
    if kind == "word":
        (articles / "a.txt").write_text("ASN melayani wargi.\n", encoding="utf-8")
    elif kind == "new":
        (articles / "b.txt").write_text("", encoding="utf-8")
    elif kind == "removed":
        (articles / "a.txt").unlink()
    elif kind == "renamed":
        (articles / "a.txt").rename(articles / "b.txt")
    elif kind == "metadata":
        (project.root / "corpus" / "articles.csv").write_text("doc_id\n", encoding="utf-8")


@pytest.mark.parametrize("kind", ["word", "new", "removed", "renamed", "metadata"])
def test_every_change_of_the_corpus_is_seen(project, groups, kind):
    before = groups()["corpus"].state
    corpus_change(project, kind)
    assert groups()["corpus"].state != before


def test_notes_and_hidden_files_are_no_corpus(project, groups):
    before = groups()["corpus"].state
    for name in ("README.md", "datapackage.json", ".~lock.articles.csv#", "articles/.DS_Store"):
        (project.root / "corpus" / name).write_text("x", encoding="utf-8")
    assert groups()["corpus"].state == before


def test_a_linked_folder_of_articles_is_entered_and_a_loop_is_not(project, groups, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "b.txt").write_text("x", encoding="utf-8")
    (project.root / "corpus" / "linked").symlink_to(elsewhere)
    (project.root / "corpus" / "up").symlink_to(project.root)
    (project.root / "corpus" / "self").symlink_to(project.root / "corpus")
    assert list(groups()["corpus"].entries) == ["corpus/articles/a.txt", "corpus/linked/b.txt"]


def test_a_corpus_of_one_file_and_a_codebook_of_ones_own(project, groups):
    (project.root / "mine").mkdir()
    (project.root / "mine" / "concepts.csv").write_text("x", encoding="utf-8")
    (project.root / "pyproject.toml").write_text('[tool.kit]\ncorpus = "a.txt"\ncodebook = "mine"\n', encoding="utf-8")
    (project.root / "a.txt").write_text("x", encoding="utf-8")
    assert list(groups()["corpus"].entries) == ["a.txt"]
    assert list(groups()["codebook"].entries) == ["mine/concepts.csv"]


@pytest.mark.parametrize("named", ["../data/x.csv", "../data", "../data/", "../notebooks/../data/x.csv"])
def test_other_files_that_the_source_names_count(project, named):
    (project.root / "data" / ".git").mkdir(parents=True)
    (project.root / "data" / "x.csv").write_text("x", encoding="utf-8")
    (project.root / "data" / ".git" / "HEAD").write_text("x", encoding="utf-8")
    notebook = read_notebook(project.notebook("01", f"f({named!r})"))
    groups = {group.name: group for group in Survey(project.settings).of_notebook(notebook)}
    assert list(groups["files"].entries) == ["data/x.csv"]


@pytest.mark.parametrize(
    "named",
    [
        "..",
        "../",
        "../figures/a.csv",
        "../.kit/x",
        "/etc/hosts",
        "../../x.txt",
        "no/such.csv",
        ".",
        "a\0./b",
        "./",
        "{root}/data.csv",
    ],
)
def test_what_the_build_makes_or_lies_elsewhere_does_not(project, tmp_path, named):
    named = named.replace("{root}", str(project.root))
    for name in ("figures/a.csv", ".kit/x", "../x.txt", "data.csv"):
        (project.root / name).parent.mkdir(exist_ok=True)
        (project.root / name).write_text("x", encoding="utf-8")
    notebook = read_notebook(project.notebook("01", f"f({named!r})"))
    groups = {group.name: group for group in Survey(project.settings).of_notebook(notebook)}
    assert groups["files"].entries == {}


def test_settings_count_by_their_values(project, groups):
    before = groups()["settings"]
    file = project.root / "pyproject.toml"
    file.write_text('[tool.kit]\n# a remark\nlabels = "en"\ncorpus = "corpus"\n', encoding="utf-8")
    assert groups()["settings"].state == before.state
    file.write_text('[tool.kit]\nlabels = "id"\n', encoding="utf-8")
    after = groups()["settings"]
    assert changes(before.entries, after.entries) == ["[tool.kit] labels: changed from 'en' to 'id'"]


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("study = settings.study\nprint(study.topics, study.by)", {"topics", "by"}),
        ("kit.load_settings().study.nodes", {"nodes"}),
        ("print(settings.labels)", set()),
        ("show(settings.study)", None),  # it may ask for anything
        ("study = settings.study\nshow(study, study.topics)", None),
        ("study.nonsense", None),
    ],
)
def test_the_parameters_of_the_study_that_a_notebook_asks_for_count(project, code, asked):
    notebook = read_notebook(project.notebook("01", code))
    everything = {one.name for one in fields(Study)}

    def entries():
        groups = {group.name: group for group in Survey(load_settings(project.root)).of_notebook(notebook)}
        return groups["study"].entries

    before = entries()
    assert {name.removeprefix("[tool.kit.study] ") for name in before} == (everything if asked is None else asked)
    (project.root / "pyproject.toml").write_text("[tool.kit]\n[tool.kit.study]\ntopics = 7\n", encoding="utf-8")
    told = ["[tool.kit.study] topics: changed from 'None' to '7'"]
    assert changes(before, entries()) == (told if asked is None or "topics" in asked else [])


def test_the_lock_counts(project, groups):
    before = groups()["packages"].state
    (project.root / "requirements.lock").write_text("pandas==4\n", encoding="utf-8")
    assert groups()["packages"].state != before


def test_a_file_is_read_once_so_that_a_later_edit_is_not_taken_for_what_was_used(project):
    file = project.notebook("01", "1")
    survey = Survey(project.settings)
    before = survey.of_notebook(read_notebook(file))
    (project.root / "corpus" / "articles" / "a.txt").write_text("another", encoding="utf-8")
    assert [group.state for group in survey.of_notebook(read_notebook(file))] == [group.state for group in before]


def test_entries_survive_as_json(groups):
    for group in groups().values():
        assert json.loads(group.text) == dict(group.entries)


def test_a_saved_corpus_is_known_by_what_seals_it(project, groups):
    """Gigabytes are not read to see that nothing has changed; what opens them compares every byte with its seal."""
    shutil.rmtree(project.root / "corpus")
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["Warga.", "ASN."]})
    for row in (0, 1):
        kit.add_articles(frame.iloc[[row]], project.root / "corpus")
    before = groups()["corpus"]
    names = [name.rpartition("/")[2] for name in before.entries]
    assert names == ["corpus.json", "part.json", "part.json"]
    untouched = state_of_inputs(project.settings, [])
    (project.root / "corpus" / "note.txt").write_text("x", encoding="utf-8")
    assert (groups()["corpus"].state, state_of_inputs(project.settings, [])) == (before.state, untouched)
    kit.remove_articles(project.root / "corpus", "b")
    assert groups()["corpus"].state != before.state
    assert state_of_inputs(project.settings, []) != untouched
