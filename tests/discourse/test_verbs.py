"""The verbs of saying are data: complete, sorted, and one lexeme in all their dress."""

from __future__ import annotations

import pytest

from kit.discourse.verbs import DATA, forms_of_saying


def test_the_list_is_sorted() -> None:
    verbs = [line.split(",")[0] for line in (DATA / "verbs_of_saying.csv").read_text("utf-8").splitlines()[1:]]
    assert verbs == sorted(set(verbs))


@pytest.mark.parametrize(
    ("form", "verb", "voice"),
    [
        ("ujar", "ujar", "bare"),
        ("jelas", "jelas", "bare"),
        ("menjelaskan", "jelas", "active"),
        ("dijelaskan", "jelas", "passive"),
        ("mengingatkan", "ingat", "active"),
        ("disampaikan", "sampai", "passive"),
    ],
)
def test_every_form_knows_its_verb(form: str, verb: str, voice: str) -> None:
    assert forms_of_saying()[form][0] == verb
    assert forms_of_saying()[form][2] == voice
