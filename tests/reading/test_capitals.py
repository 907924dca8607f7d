"""Words with capitals that are names, and those that are words of the language."""

from __future__ import annotations

import pytest

from kit.reading.capitals import are_capitalised, are_names
from kit.reading.rules import load_rules

RULES = load_rules()


@pytest.mark.parametrize(
    "text",
    [
        "BAGAS WICAKSANA",
        "Bagas Wicaksana",
        "PRIBADI WICAKSANA",
        "DEWI LARASATI S.",
        "THE KARTANUSA TIMES",
        "Ni Luh Kartikasari",
    ],
)
def test_names(text):
    assert are_names(text, RULES)


@pytest.mark.parametrize(
    "text",
    [
        "PELAYANAN PUBLIK HARUS TRANSPARAN",
        "GUBERNUR BAGASWARA",  # an office
        "KABUPATEN KEDIRI",  # a place
        "GOOD GOVERNANCE",  # another language, and nothing else
        "KPK",
        "LPSK BNPT",  # cannot be read out
        "Komisi Pemberantasan Korupsi",
        "BAB XIV",
        "DEWI LESTARI INDAH",  # names, but words as well: nothing shows that they are meant as names
        "2024",
        "",
    ],
)
def test_no_names(text):
    assert not are_names(text, RULES)


def test_words_of_another_language_can_be_refused():
    assert are_names("Kartanusa Open Government", RULES)
    assert not are_names("Kartanusa Open Government", RULES, foreign=False)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bagas dan Larasati", True),
        ("dok. Humas Pemkot", True),
        ("Larasati/tvKartanusa", True),
        ("kartanusa.com", True),
        ("bukti layanan yang buruk", False),
        ("Bagas menulis berita", False),
        ("Bagas " * 15, False),
    ],
)
def test_what_can_stand_behind_a_label(text, names):
    assert are_capitalised(text) is names
