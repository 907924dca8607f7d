"""The files of measures: whole, each column with one heading; what is not whole is refused with place and remedy."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import kit.wording
from kit.errors import KitError
from kit.wording.measures import families
from kit.wording.words import column

FAMILY = """title = "Mine"
tables = ["my_function"]

[mine]
heading = { en = "Mine", id = "Milikku" }
below = "unit"
formula = "x"
unit = { en = "bits", id = "bit" }
same_number_in = ["one", "two"]
"""
OTHER = """title = "Other"
tables = ["other_function.terms"]
also = ["mine"]

[mine]
name = { en = "Another", id = "Lain" }
formula = "y"
unit = { en = "none", id = "tanpa satuan" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.toml").write_text(FAMILY, encoding="utf-8")
    (tmp_path / "other.toml").write_text(OTHER, encoding="utf-8")
    return tmp_path


def read(folder: Path):
    families.cache_clear()
    try:
        return families(folder)
    finally:
        families.cache_clear()


def test_a_column_of_two_families_has_one_heading(folder):
    found = read(folder)
    one, two = found["mine"].cards["mine"], found["other"].cards["mine"]
    assert (one.formula, two.formula) == ("x", "y")
    assert one.heading is two.heading
    assert one.below is two.below is one.unit
    assert one.name == one.heading
    assert two.name["en"] == "Another"
    assert two.unit["en"] == "none"
    assert one.same_number_in == "one; two"
    assert found["other"].also == ("mine",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('formula = "y"', "", r"other.toml, \[mine\]: the card lacks formula -> mend it"),
        ('formula = "y"', 'formula = " "', "says nothing under formula"),
        ('formula = "y"', 'formula = "y"\nfromula = "z"', "has an unknown field fromula"),
        ('formula = "y"', 'formula = "y"\nbelow = "unit"', "has below without heading"),
        ('unit = { en = "none", id = "tanpa satuan" }', 'unit = "none"', "does not give unit in both languages"),
        ('unit = { en = "none", id = "tanpa satuan" }', 'unit = { en = "none", id = "" }', "says nothing under unit"),
        ('formula = "y"', 'formula = "y"\nheading = { en = "A", id = "B" }', r"a second heading -> .*mine\.toml"),
        ("[mine]", "[its_own]", r"\[its_own\]: no heading -> give it heading"),
        ('"other_function.terms"', '"my_function"', r"'my_function' belongs to two families -> list it in mine\.toml"),
        ('also = ["mine"]', 'also = ["yours"]', "also names 'yours', which is no family"),
        ('title = "Other"', 'titel = "Other"', "the family lacks title, has an unknown line titel"),
        ('["other_function.terms"]', "[]", "the family lacks tables"),
    ],
)
def test_a_file_that_is_not_whole(folder, old, new, said):
    (folder / "other.toml").write_text(OTHER.replace(old, new), encoding="utf-8")
    with pytest.raises(KitError, match=said):
        read(folder)


def test_no_heading_stands_in_two_places():
    with (Path(kit.wording.__file__).parent / "labels.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["column"] for row in csv.DictReader(file)}
    cards = [card for family in families().values() for card in family.cards.values()]
    assert labels.isdisjoint(card.measure for card in cards)
    for card in cards:
        assert card.measure.isidentifier()
        assert column(card.measure) == {"name": card.measure, "heading": card.heading, "unit": card.below}


def test_the_name_of_a_family_is_no_table_of_another():
    every = families()
    for family in every.values():
        assert all(table not in every or every[table] is family for table in family.tables)
