from __future__ import annotations

import csv
import string
import tomllib
from pathlib import Path

import pytest

import kit.wording
from kit.errors import ExhibitError
from kit.wording import wording

ROOM = Path(kit.wording.__file__).parent
WORDING = tomllib.loads((ROOM / "wording.toml").read_text(encoding="utf-8"))
ENTRIES = [(section, key) for section, entries in WORDING.items() for key in entries if section != "number"]


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("section", "key"), ENTRIES)
def test_every_entry_says_the_same_in_both_languages(section, key):
    entry = WORDING[section][key]
    assert set(entry) == {"en", "id"}
    assert all(text.strip() == text != "" for text in entry.values())
    assert holes(entry["en"]) == holes(entry["id"])


def test_numbers_have_a_form_for_one_and_for_many():
    for entry in WORDING["number"].values():
        assert {language: set(forms) for language, forms in entry.items()} == {
            "en": {"one", "many"},
            "id": {"one", "many"},
        }
        assert all(holes(text) == {"n"} for forms in entry.values() for text in forms.values())


def test_every_unit_of_the_contract_has_words():
    assert set(WORDING["unit"]) >= {"token", "form", "lexeme", "hit", "mention", "sentence", "document", "line"}


def test_labels_have_both_headings_and_no_column_twice():
    with (ROOM / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["column"] for row in rows}) == len(rows)
    for row in rows:
        assert row["column"].isidentifier()
        assert row["heading_en"].strip()
        assert row["heading_id"].strip()
        assert bool(row["unit_en"]) == bool(row["unit_id"]), row["column"]


def test_a_unit_without_words_is_named_with_the_remedy():
    with pytest.raises(ExhibitError, match=r"wording.toml: no words for 'syllable'.*document, form"):
        wording.say("unit", "syllable", "en")


@pytest.mark.parametrize(
    "text",
    [None, "x", {}, {"en": "x"}, {"en": "x", "id": " "}, {"en": "x", "id": "y", "jv": "z"}, {"en": 1, "id": "x"}],
)
def test_a_title_in_one_language_is_refused(text):
    with pytest.raises(ExhibitError, match="tbl-x: title = "):
        wording.both(text, "title", "tbl-x")


def test_codes_are_spelled_in_both_languages_once_and_only_where_they_are_codes():
    with (ROOM / "values.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [(name, row["value"]) for row in rows for name in row["columns"].split()]
    assert len(set(keys)) == len(keys)
    assert all(row["en"].strip() and row["id"].strip() for row in rows)
    assert wording.value("part", "all", "id") == "semua"
    assert wording.value("term", "all", "id") == "all"


def test_every_rule_of_cleaning_has_words():
    with (ROOM.parent / "reading" / "news_rules.toml").open("rb") as file:
        rules = {line["rule"] for line in tomllib.load(file)["line"]} | {"dateline", "byline_initials"}
    for rule in rules:
        assert wording.value("rule", rule, "id") != rule, rule
