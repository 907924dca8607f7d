"""Normal forms: dates, numbers, clippings, combining forms, case."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.language.lexemes import lexeme
from kit.language.normal_forms import normal_form
from kit.lexicon.wordlists import expansions


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("17/8/1945", "1945-08-17"),
        ("04/02/24", "2024-02-04"),
        ("4-2-2024", "2024-02-04"),
        ("29/2/2023", "29/2/2023"),  # no such day
        ("12/13/2024", "12/13/2024"),  # month first is not read
        ("4/2", "4/2"),
        ("2024/2025", "2024/2025"),
        ("1.250.000,50", "1250000.50"),
        ("2.024", "2024"),
        ("3,5", "3.5"),
        ("10.30", "10.30"),  # a time or a section, no groups of three
        ("2024", "2024"),
    ],
)
def test_figures(surface: str, expected: str) -> None:
    assert normal_form(surface) == expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("Pemprov", "pemerintah provinsi"),
        ("Plt", "pelaksana tugas"),
        ("PEMKOT", "pemerintah kota"),
        ("pemkotnya", "pemerintah kota"),
        ("Jateng", "Jawa Tengah"),
        ("ASN", "ASN"),
        ("ASN-nya", "ASN"),
        ("TNI", "TNI"),
        ("non-ASN", "non-ASN"),
        ("se-Jawa", "se-Jawa"),
        ("MSi", "MSi"),
        ("PEMERINTAH", "pemerintah"),
        ("pro-rakyat", "pro rakyat"),
        ("anti-korupsi", "antikorupsi"),
        ("pasca-bencana", "pascabencana"),
        ("Mojokerto", "Mojokerto"),
        ("Jokowinya", "Jokowi"),
        ("Pelayanan", "pelayanan"),
        ("Undang-undang", "undang-undang"),
        ("Tugas-tugasnya", "tugas"),
        ("Dirumah", "di rumah"),
        ("Walikota", "wali kota"),
        ("ummah", "ummah"),
    ],
)
def test_words(surface: str, expected: str) -> None:
    assert normal_form(surface) == expected


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_read_day_first(day: date) -> None:
    assert normal_form(f"{day.day}/{day.month}/{day.year}") == day.isoformat()


@given(st.integers(min_value=0, max_value=10**12))
def test_groups_of_three_lose_their_points(number: int) -> None:
    assert normal_form(f"{number:,}".replace(",", ".")) == str(number)


def test_no_clipping_is_taken_for_a_derived_word() -> None:
    assert [short for short in expansions() if lexeme(short) != short] == []
    assert [short for short, (full, _) in expansions().items() if normal_form(short) != full] == []
