"""The parameters of a study: what pyproject.toml may say, and what is said of what it may not."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import kit
from kit.errors import SettingsError
from kit.study import _FORMS, Study, read_study

ROOT = Path(__file__).resolve().parent.parent


def study(folder: Path, lines: str) -> Study:
    (folder / "pyproject.toml").write_text(f"[tool.kit]\n[tool.kit.study]\n{lines}\n", encoding="utf-8")
    return kit.load_settings(folder).study


@pytest.mark.parametrize("file", ["pyproject.toml", "kit/build/template/pyproject.toml"])
def test_what_the_projects_state_is_what_is_taken_if_nothing_is(file: str, tmp_path: Path) -> None:
    stated = tomllib.loads((ROOT / file).read_text(encoding="utf-8"))["tool"]["kit"]["study"]
    assert set(stated) == {one.name for one in fields(Study)} == set(_FORMS)
    assert read_study(stated, "pyproject.toml") == study(tmp_path, "") == Study()


@pytest.mark.parametrize("name", _FORMS)
def test_the_example_of_every_error_can_be_used(name: str, tmp_path: Path) -> None:
    found = study(tmp_path, f"{name} = {_FORMS[name][2]}")
    with pytest.raises(SettingsError) as caught:
        study(tmp_path, f"{name} = true")
    assert f"pyproject.toml, [tool.kit.study]: {name} = True -> give {_FORMS[name][1]}, as in {name} = " in str(
        caught.value
    )
    assert {one for one in _FORMS if getattr(found, one) != getattr(Study(), one)} <= {name}


def test_values_are_taken_as_they_are_meant(tmp_path: Path) -> None:
    found = study(
        tmp_path,
        'by = ["outlet", "year"]\nreference = "Kompas"\nanchors = ["akuntabilitas"]\neffects = [2]\n'
        'periods = { law = 2023-10-31, reform = ["2010-01-01", 2020-05-06] }',
    )
    assert (found.by, found.reference) == (["outlet", "year"], "Kompas")
    assert found.periods == {"law": "2023-10-31", "reform": ["2010-01-01", "2020-05-06"]}
    assert (found.anchors, found.effects) == (["akuntabilitas"], [2.0])
    assert study(tmp_path, 'by = "year"').by == "year"
    assert study(tmp_path, 'reference = ""\nanchors = []').reference is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("topic = 5", "unknown parameter 'topic' -> did you mean topics?"),
        ("xyz = 5", "unknown parameter 'xyz' -> use one of by, reference, "),
        ("topics = 1", "topics = 1 -> give a whole number from 2 on"),
        ("topics = 5.0", "topics = 5.0 -> give"),
        ('topics = "5"', "topics = '5' -> give"),
        ("topic_numbers = [5, 1]", "topic_numbers = [5, 1] -> give"),
        ("by = []", "by = [] -> give a metadata column"),
        ('by = ["outlet", ""]', "by = ['outlet', ''] -> give"),
        ('time = "week"', 'time = \'week\' -> give "month" or "year"'),
        ('periods = "2025-01-01"', "periods = '2025-01-01' -> give a date, or a list of dates, by a name"),
        ('periods = { a = "2025-02-30" }', "periods = {'a': '2025-02-30'} -> give"),
        ("periods = { a = [] }", "periods = {'a': []} -> give"),
        ("effects = [1]", "effects = [1] -> give a list of factors"),
        ("effects = [inf]", "effects = [inf] -> give"),
        ('nodes = ["a\\tb"]', "nodes = ['a\\tb'] -> give"),
    ],
)
def test_what_cannot_be_used(line: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        study(tmp_path, line)
    assert message in str(caught.value)


def test_a_study_that_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.kit]\nstudy = "mine"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="study = 'mine' is no table"):
        kit.load_settings(tmp_path)
