"""The data files of words: both languages say the same, every entry is used, and what is filled in is written right."""

from __future__ import annotations

import ast
import csv
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import kit
import kit.wording
from kit.errors import ExhibitError
from kit.wording import words
from kit.wording.words import remark, say, tell

ROOM = Path(kit.wording.__file__).parent
FILES = sorted(file for file in ROOM.rglob("*.toml") if file.parent.name != "measures")
TEXTS = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in FILES}


def entries(tree: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every entry of a file, with its key."""
    for name, below in tree.items():
        key = f"{path}.{name}"
        if {"en", "id"} & set(below):
            yield key, below
        else:
            yield from entries(below, key)


ENTRIES = dict(entry for stem, tree in TEXTS.items() for entry in entries(tree, stem))


def asked(text: str | Mapping[str, str]) -> set[tuple[str, str]]:
    """What stands in the braces, with the number of decimals."""
    forms = text.values() if isinstance(text, Mapping) else (text,)
    return {(name, spec or "") for form in forms for _, name, spec, _ in string.Formatter().parse(form) if name}


def used() -> tuple[set[str], list[re.Pattern[str]]]:
    """The keys that stand in the kit's code and templates, and patterns of those that are put together there."""
    whole: set[str] = set()
    made: list[re.Pattern[str]] = []
    stems = "|".join(TEXTS)
    for file in ROOM.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                if isinstance(parts[0], str) and re.match(rf"({stems})\.", parts[0]):
                    made.append(re.compile("".join(r"[\w +-]+" if part is None else re.escape(part) for part in parts)))
    for template in (ROOM.parent / "exhibits").rglob("*.html"):
        whole |= {f"pages.{name}" for name in re.findall(r'say\("([\w.]+)"', template.read_text(encoding="utf-8"))}
    return whole, made


def test_files_have_names_of_their_own() -> None:
    assert len(TEXTS) == len(FILES)


@pytest.mark.parametrize("stem", TEXTS)
def test_every_entry_says_the_same_in_both_languages(stem: str) -> None:
    for key, entry in entries(TEXTS[stem], stem):
        assert set(entry) == {"en", "id"}, key
        for text in entry.values():
            if isinstance(text, Mapping):
                assert set(text) == {"one", "many"}, key
            for form in text.values() if isinstance(text, Mapping) else [text]:
                assert form.strip() == form != "", key
        assert asked(entry["en"]) == asked(entry["id"]), key
        assert {spec for _, spec in asked(entry["en"])} <= {"", "%", ".0f", ".1f", ".2f", ".3f"}, key
        assert "key" not in words.holes(entry["en"]), key


def test_every_entry_is_used_and_every_key_is_there() -> None:
    whole, made = used()
    unused = [key for key in ENTRIES if key not in whole and not any(one.fullmatch(key) for one in made)]
    assert not unused
    looks = re.compile(rf"({'|'.join(TEXTS)})(\.[a-z][\w-]*)+")
    unknown = {text for text in whole if looks.fullmatch(text) and not text.endswith((".toml", ".csv"))} - set(ENTRIES)
    assert not unknown


def in_two_languages(tree: ast.AST) -> list[int]:
    """The lines of dicts that hold texts under en and id."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            found += [node.lineno] if {"en", "id"} <= keys else []
    return found


def test_texts_in_two_languages_stand_nowhere_else() -> None:
    assert in_two_languages(ast.parse('{"en": "A line", "id": "Garis"}')) == [1]
    for file in (file for file in ROOM.parent.rglob("*.py") if ROOM not in file.parents):
        lines = in_two_languages(ast.parse(file.read_text(encoding="utf-8")))
        assert not lines, f"{file}:{lines[0]}: move the words to kit/wording (README.md there says how)"


def test_numbers_are_written_as_the_language_does() -> None:
    assert say("notes.size.tokens", "en", n=1) == "1 word or number"
    assert say("notes.size.tokens", "en", n=2024) == "2024 words and numbers"  # not 2,024
    assert say("notes.size.tokens", "id", n=12_345) == "12.345 kata dan bilangan"


def test_values_are_told_in_the_language_of_the_text() -> None:
    said = remark("notes.counted", unit=[remark("notes.unit.token"), {"en": "lines", "id": "baris"}, "x", 0.5])
    assert tell(said, "en") == "Counted: tokens; lines; x; 0.5."
    assert tell(said, "id") == "Yang dihitung: token; baris; x; 0,5."


def test_braces_in_a_value_stay_braces() -> None:
    assert say("notes.counted", "en", unit="{unit} {0} {x!r}") == "Counted: {unit} {0} {x!r}."


@pytest.mark.parametrize("values", [{}, {"units": 1}, {"unit": 1, "n": 2}])
def test_a_remark_with_other_values_than_its_text_asks_for_is_refused(values: dict[str, int]) -> None:
    with pytest.raises(ExhibitError, match=r"notes.counted has \['unit'\]"):
        remark("notes.counted", **values)


def test_every_unit_of_the_contract_has_words() -> None:
    units = {key.rpartition(".")[2] for key in ENTRIES if key.startswith("notes.unit.")}
    assert units >= {"token", "form", "lexeme", "hit", "mention", "sentence", "document", "line"}


def test_labels_have_both_headings_and_no_column_twice():
    with (ROOM / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["column"] for row in rows}) == len(rows)
    for row in rows:
        assert row["column"].isidentifier()
        assert row["heading_en"].strip()
        assert row["heading_id"].strip()
        assert row["holds"] in ("", "identifier", "place", "count", "flag"), row["column"]
        assert row["unit_en"] or row["holds"] != "place", row["column"]
        assert bool(row["unit_en"]) == bool(row["unit_id"]), row["column"]


def test_a_unit_without_words_is_named_with_the_remedy():
    with pytest.raises(ExhibitError, match=r"notes.toml: no words for 'notes.unit.syllable'.*document, flag"):
        say("notes.unit.syllable", "en")
    with pytest.raises(ExhibitError, match=r"no file of words 'note'.*notes"):
        say("note.unit", "en")


@pytest.mark.parametrize(
    "text",
    [None, "x", {}, {"en": "x"}, {"en": "x", "id": " "}, {"en": "x", "id": "y", "jv": "z"}, {"en": 1, "id": "x"}],
)
def test_a_title_in_one_language_is_refused(text):
    with pytest.raises(ExhibitError, match="tbl-x: title = "):
        words.both(text, "title", "tbl-x")


def test_codes_are_spelled_in_both_languages_once_and_only_where_they_are_codes():
    with (ROOM / "values.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [(name, row["value"]) for row in rows for name in row["columns"].split()]
    assert len(set(keys)) == len(keys)
    assert all(row["en"].strip() and row["id"].strip() for row in rows)
    assert words.value("part", "all", "id") == "semua"
    assert words.value("term", "all", "id") == "all"


def test_groups_of_the_shipped_codebook_stand_together_and_have_labels():
    parents = kit.load_codebook().concepts["parent"].tolist()
    blocks = [parent for place, parent in enumerate(parents) if not place or parents[place - 1] != parent]
    assert len(set(blocks)) == len(blocks)
    for group in blocks:
        assert "-" not in words.value("parent", group, "id")
        assert words.value("parent", group, "en") not in (group, words.value("parent", group, "id"))


def test_every_rule_of_cleaning_has_words():
    with (ROOM.parent / "reading" / "news_rules.toml").open("rb") as file:
        rules = {line["rule"] for line in tomllib.load(file)["line"]}
    for rule in rules | {"dateline", "byline_initials", "headline", "repeated_title"}:
        assert words.value("rule", rule, "id") != rule, rule
