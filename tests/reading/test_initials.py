"""Initials at the end of an article, and brackets that are none."""

from __future__ import annotations

import pytest

from kit.reading.initials import find_initials
from kit.reading.rules import load_rules


@pytest.mark.parametrize(
    ("line", "body", "facts"),
    [
        ("katanya. (ris/van)", "katanya.", {"author": "ris/van"}),
        ("ungkapnya, (ris/van)", "ungkapnya,", {"author": "ris/van"}),
        ("terangnya (ris/van)", "terangnya", {"author": "ris/van"}),
        ("katanya.(ris/van)", "katanya.", {"author": "ris/van"}),
        ("katanya. (ris/van).", "katanya.", {"author": "ris/van"}),
        ("katanya. (ris / van)", "katanya.", {"author": "ris / van".replace(" ", "")}),
        ("katanya. [ris/van]", "katanya.", {"author": "ris/van"}),
        ("katanya. (ris)", "katanya.", {"author": "ris"}),
        ("kata dia, (ris)", "kata dia,", {"author": "ris"}),
        ("“Baik.” (ris)", "“Baik.”", {"author": "ris"}),
        ("katanya. (Cas/Isk)", "katanya.", {"author": "Cas/Isk"}),
        ("katanya. (mg1/ris)", "katanya.", {"author": "mg1/ris"}),
        ("katanya. (*)", "katanya.", {}),
        ("katanya. (red/*)", "katanya.", {"author": "red"}),
        ("katanya (adv)", "katanya", {"paid": "adv"}),
        ("katanya. (ADVERTORIAL)", "katanya.", {"paid": "advertorial"}),
        ("katanya. (ris/adv)", "katanya.", {"author": "ris", "paid": "adv"}),
        ("(ris/van)", "", {"author": "ris/van"}),
        ("(RIS)", "", {"author": "RIS"}),
        ("(Bagaskara)", "", {"author": "Bagaskara"}),
    ],
)
def test_initials(line, body, facts):
    found = find_initials(line, load_rules(), last=True)
    assert found is not None
    assert (line[: found.start], found.facts) == (body, facts)


@pytest.mark.parametrize(
    "line",
    [
        "katanya.",
        "katanya. (ris/van) lalu pergi",
        "program Gerak Cepat (gercep)",
        "kata Komisi Pemberantasan Korupsi (KPK).",
        "kata Komisi Pemberantasan Korupsi, (KPK).",
        "boleh salah satu (dan/atau)",
        "diukur dalam (kg/ha)",
        "katanya. (tertawa)",
        "katanya. (2019)",
        "katanya. (4/2)",
        "(tertawa)",
        "(Bersambung)",
        "(Surabaya)",
        "(Keterbukaan)",
        "(KPK)",
        "katanya. (Bagaskara)",
    ],
)
def test_other_brackets(line):
    assert find_initials(line, load_rules(), last=True) is None


def test_a_single_name_wrote_nothing_if_the_article_speaks_of_it():
    found = find_initials("(Bagaskara)", load_rules(), last=True, mentioned=lambda word: word == "Bagaskara")
    assert found is None


def test_above_the_last_line_a_slash_is_needed():
    assert find_initials("katanya. (ris/van)", load_rules(), last=False) is not None
    for line in ("katanya. (ris)", "katanya (ris/van)", "(ris/van)", "katanya (adv)"):
        assert find_initials(line, load_rules(), last=False) is None


@pytest.mark.parametrize(
    ("line", "body", "facts"),
    [
        ("katanya. (Bagas Wicaksana)", "katanya.", {"author": "Bagas Wicaksana"}),
        ("katanya. (Kontributor Bagas Wicaksana),", "katanya.", {"author": "Bagas Wicaksana"}),
        ("kata dia, (Laporan: Bagas Wicaksana)", "kata dia,", {"author": "Bagas Wicaksana"}),
        ("katanya. [Humas Kemenkes/bagas]", "katanya.", {"author": "Humas Kemenkes/bagas"}),
        ("katanya. (Kartanusa.com/Bagas Wicaksana)", "katanya.", {"author": "Bagas Wicaksana"}),
        ("katanya. (Kartanusa.com)", "katanya.", {}),
        ("katanya. (Humas Pemkot Batu)", "katanya.", {"author": "Humas Pemkot Batu"}),
        ("katanya. (Bagas/Larasati)", "katanya.", {"author": "Bagas/Larasati"}),
        ("katanya. (abc - def), ,", "katanya.", {"author": "abc/def"}),
        ("(Bagas Wicaksana)", "", {"author": "Bagas Wicaksana"}),
    ],
)
def test_names_in_brackets(line, body, facts):
    found = find_initials(line, load_rules(), last=True)
    assert found is not None
    assert (line[: found.start], found.facts) == (body, facts)


@pytest.mark.parametrize(
    "line",
    [
        "katanya. (Komisi Pemberantasan Korupsi)",
        "katanya. (Bupati Kediri)",
        "katanya. (Kota/Kabupaten)",
        "katanya. (satu/dua)",
        "katanya. (HR Bukhari)",
        "katanya. (Selesai)",
        "katanya. (Wicaksana)",  # one word: a name, or a word not known here
        "ditemani (Bagas Wicaksana)",  # no sentence ends before it
        "katanya. (PAN-RB)",
    ],
)
def test_brackets_that_may_be_words_stay(line):
    assert find_initials(line, load_rules(), last=True) is None


def test_an_abbreviation_is_kept_if_it_is_known_or_the_article_uses_it():
    assert find_initials("katanya. (RIS)", load_rules(), last=True) is not None
    assert find_initials("katanya. (RIS)", load_rules(), last=True, mentioned={"RIS"}.__contains__) is None
    assert find_initials("katanya. (APBD)", load_rules(), last=True) is None


def test_a_bracket_that_may_be_the_end_of_more_is_no_line_of_its_own():
    assert find_initials("(ris/van)", load_rules(), last=True, whole=False) is None
