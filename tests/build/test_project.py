"""Which notebooks a build is about."""

from __future__ import annotations

import pytest

from kit.build.project import read_project
from kit.errors import BuildError


def test_notebooks_stand_in_the_order_of_their_names(project):
    for name in ("10_c", "02_b", "01_a"):
        project.notebook(name, "1")
    (project.root / "notebooks" / ".ipynb_checkpoints").mkdir()
    (project.root / "notebooks" / ".ipynb_checkpoints" / "01_a-checkpoint.ipynb").write_text("{}")
    assert [notebook.name for notebook in read_project(project.settings).notebooks] == ["01_a", "02_b", "10_c"]


@pytest.mark.parametrize("wanted", ["02_b", "02", "02_b.ipynb", "notebooks/02_b.ipynb"])
def test_a_notebook_is_named_by_name_number_or_path(project, wanted):
    project.notebook("01_a", "1")
    project.notebook("02_b", "1")
    assert [notebook.name for notebook in read_project(project.settings, [wanted]).notebooks] == ["02_b"]


def test_an_unknown_name_gets_the_nearest_or_all(project):
    project.notebook("01_corpus", "1")
    with pytest.raises(BuildError, match="did you mean 01_corpus"):
        read_project(project.settings, ["01_korpus"])
    with pytest.raises(BuildError, match="there are 01_corpus"):
        read_project(project.settings, ["zzz"])


def test_a_project_without_notebooks_says_how_to_start_one(project):
    with pytest.raises(BuildError, match="new-notebook"):
        read_project(project.settings)


def test_a_shared_id_breaks_both_notebooks_and_no_other(project):
    for name, id_ in (("01", "tbl-a"), ("02", "tbl-a"), ("03", "tbl-c")):
        project.notebook(name, f"import kit\nkit.Table(f, id='{id_}')")
    found = read_project(project.settings)
    assert [notebook.name for notebook in found.notebooks] == ["03"]
    assert str(found.broken["01"]) == "01: tbl-a is also made by 02 -> give one of them another id"
    assert str(found.broken["02"]) == "02: tbl-a is also made by 01 -> give one of them another id"
    assert list(read_project(project.settings, ["01"]).broken) == ["01"]


def test_a_broken_notebook_does_not_hide_the_others(project):
    project.notebook("01", "x = (")
    project.notebook("02", "x = 1")
    found = read_project(project.settings)
    assert [notebook.name for notebook in found.notebooks] == ["02"]
    assert found.broken["01"].place == "01, cell 1"
