"""An exhibit that has nothing to show is its sidecar alone: the build, the list and verify know it."""

from __future__ import annotations

import subprocess

import pytest

from kit.build.products import reason_of, state_of_product

ABSENT = (
    "import os, pathlib, json\nstage = pathlib.Path(os.environ['KIT_STAGE'])\n"
    "words = {'en': 'Needs 50 articles.', 'id': 'Perlu 50 artikel.'}\n"
    "(stage / 'tbl-a.json').write_text(json.dumps({'title': {'en': 'A', 'id': 'A'}, 'missing': words}))\n"
    "if False:\n    import kit\n    kit.Table(None, id='tbl-a', evidence=kit)"
)


@pytest.fixture
def built(built_once, make_light):
    project = built_once("one table", lambda project: project.notebook("01_a", make_light("tbl-a")))
    assert len(project.products()) == 10
    return project


@pytest.mark.slow
def test_files_go_when_there_is_nothing_to_show_and_come_back(built, make_light):
    before = built.products()
    built.notebook("01_a", ABSENT)
    assert built.build("figures").returncode == 0
    assert set(built.products()) == {"tbl-a.json", "index.html"}
    assert "Nothing to do" in built.build("figures").stdout
    assert "Nothing is out of date" in built.build("why").stdout
    built.notebook("01_a", make_light("tbl-a"))
    assert built.build("figures").returncode == 0
    assert built.products() == before


def test_the_list_says_what_is_missing(built):
    built.notebook("01_a", ABSENT)
    built.build("figures")
    assert built.build("list").stdout.splitlines() == [
        "01_a: up to date",
        "  tbl-a  A",
        "         nothing to show: Needs 50 articles.",
    ]


def test_a_file_that_turns_up_again_is_removed(built):
    old = built.products()["tables/tbl-a.csv"]
    built.notebook("01_a", ABSENT)
    built.build("figures")
    (built.figures / "tables" / "tbl-a.csv").write_bytes(old)
    assert "figures/tables/tbl-a.csv: not as it was made" in built.build("why").stdout
    built.build("figures")
    assert set(built.products()) == {"tbl-a.json", "index.html"}


def test_verify_takes_the_sidecar_for_the_exhibit(built):
    built.notebook("01_a", ABSENT)
    built.build("figures")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=built.root, check=True)
    done = built.build("verify")
    assert done.returncode == 0, done.stdout
    assert "Verified: 2 files" in done.stdout


def test_a_sidecar_that_promises_files_without_them_is_refused(built):
    cell = ABSENT.replace("'missing': words", "'products': {}")
    built.notebook("01_a", cell)
    failed = built.build("figures")
    assert failed.returncode == 1
    assert "tbl-a was not written (no tables/tbl-a.csv" in failed.stdout
    assert len(built.products()) == 10


def test_states_of_products(tmp_path):
    assert state_of_product(tmp_path, "fig-x", "fig-x.csv") is None
    (tmp_path / "fig-x.json").write_text('{"missing": {"en": "More articles.", "id": "x"}}', encoding="utf-8")
    assert state_of_product(tmp_path, "fig-x", "fig-x.csv") == "nothing to show"
    assert len(state_of_product(tmp_path, "fig-x", "fig-x.json")) == 64
    assert reason_of(tmp_path, "fig-x", "en") == "More articles."
    (tmp_path / "fig-x.json").write_text("[", encoding="utf-8")
    assert state_of_product(tmp_path, "fig-x", "fig-x.csv") is None
    assert reason_of(tmp_path, "fig-x", "en") == ""
