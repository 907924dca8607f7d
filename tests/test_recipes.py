"""The recipes of CONTRIBUTING.md lead to files that are there, and say how to find out what was forgotten."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = re.split(r"^### ", TEXT.partition("## Recipes\n")[2].partition("\n## ")[0], flags=re.MULTILINE)[1:]


def test_there_are_six_and_each_ends_with_a_test() -> None:
    assert [recipe.splitlines()[0] for recipe in RECIPES] == [
        "A measure",
        "An exhibit format",
        "A plot",
        "A kind of file",
        "A cleaning rule",
        "A pattern",
    ]
    for recipe in RECIPES:
        assert re.search(r"`tests/|make\.py test", recipe)


def test_every_file_that_a_recipe_names_is_there() -> None:
    named = {name for recipe in RECIPES for name in re.findall(r"`([\w./]+/[\w./]*)`", recipe)}
    assert len(named) > 20
    missing = sorted(name for name in named if "NAME" not in name and not (ROOT / name).exists())
    assert not missing


def test_every_name_that_a_recipe_says_to_extend_is_there() -> None:
    for name, file in re.findall(r"`([A-Z_]{4,}|slow|new_figure)`(?: in| of) `([\w/]+\.py)`", TEXT):
        assert re.search(rf"^(def )?{name}\b", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), (name, file)
