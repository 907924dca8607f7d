"""The 80 hand-made word cases: lexeme, root and, for single tokens, normal form.

How the columns are read: `lexemes` has one lexeme per token. `root` lists roots that matter: they must be found among
the tokens' roots in that order (c19 names *depan* for *ke depan*), or be the roots joined by a blank (c80).
`normal_form` is of the whole span, so only rows of one token are compared. An empty cell says nothing.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kit.language.lexemes import lexeme
from kit.language.normal_forms import normal_form
from kit.language.roots import root
from kit.language.tokens import COUNTED, fold, tokenize
from kit.language.voice import voice

CASES = list(
    csv.DictReader((Path(__file__).parents[1] / "oracles" / "word_cases.csv").read_text(encoding="utf-8").splitlines())
)


def _filled(column: str) -> list[dict[str, str]]:
    return [case for case in CASES if case[column]]


def _words(case: dict[str, str]) -> list[str]:
    return [token.text for token in tokenize(case["input"]) if token.kind in COUNTED]


def test_all_cases_are_there() -> None:
    assert len(CASES) == 80


@pytest.mark.parametrize("case", _filled("lexemes"), ids=lambda case: case["case_id"])
def test_lexemes(case: dict[str, str]) -> None:
    assert [lexeme(fold(word)) for word in _words(case)] == case["lexemes"].split("; ")


@pytest.mark.parametrize("case", _filled("root"), ids=lambda case: case["case_id"])
def test_roots(case: dict[str, str]) -> None:
    roots = [root(fold(word)) for word in _words(case)]
    following = iter(roots)
    in_order = all(any(expected == found for found in following) for expected in case["root"].split("; "))
    assert in_order or " ".join(roots) == case["root"]


@pytest.mark.parametrize(
    "case", [case for case in _filled("normal_form") if len(_words(case)) == 1], ids=lambda case: case["case_id"]
)
def test_normal_forms(case: dict[str, str]) -> None:
    assert normal_form(_words(case)[0]) == case["normal_form"]


# ---- Cases of the kit's own, of the same classes -------------------------------------------------------------------
# Written before the rules were tried on them. Columns list one value per word; a voice of "-" is none; an empty cell
# says nothing.

OWN = list(csv.DictReader((Path(__file__).parent / "data" / "word_cases.csv").read_text(encoding="utf-8").splitlines()))


RULES = {
    "tokens": str,
    "lexemes": lambda word: lexeme(fold(word)),
    "root": lambda word: root(fold(word)),
    "normal_form": normal_form,
    "voice": lambda word: voice(fold(word)) or "-",
}


@pytest.mark.parametrize("column", RULES)
def test_own_cases(column: str) -> None:
    stated = {case["input"]: case[column].split("; ") for case in OWN if case[column]}
    found = {case["input"]: [RULES[column](word) for word in _words(case)] for case in OWN if case[column]}
    assert found == stated
