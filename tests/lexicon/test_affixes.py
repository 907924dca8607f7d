"""Affix rules: frames, assimilation, and which analysis wins."""

from __future__ import annotations

import pytest

from kit.lexicon.affixes import analysis, is_word


@pytest.mark.parametrize(
    ("form", "prefix", "suffix", "base"),
    [
        ("menekan", "meN", "", "tekan"),
        ("menanti", "meN", "", "nanti"),
        ("memukul", "meN", "", "pukul"),
        ("memasak", "meN", "", "masak"),
        ("menyanyi", "meN", "", "nyanyi"),
        ("menyapu", "meN", "", "sapu"),
        ("mensyaratkan", "meN", "kan", "syarat"),
        ("mengecat", "meN", "", "cat"),
        ("mengarang", "meN", "", "karang"),  # a verb before the noun arang
        ("berikan", "", "kan", "beri"),  # a verb before ber- and the noun ikan
        ("katakan", "", "kan", "kata"),  # -kan before -an with katak
        ("berubah", "ber", "", "ubah"),  # not rubah
        ("berambut", "ber", "", "rambut"),
        ("bekerja", "ber", "", "kerja"),
        ("belajar", "ber", "", "ajar"),
        ("perizinan", "per", "an", "izin"),
        ("petani", "pe", "", "tani"),
        ("keterbukaan", "ke", "an", "buka"),
        ("ketidakpastian", "ketidak", "an", "pasti"),
        ("dedaunan", "Ce", "an", "daun"),
    ],
)
def test_best_analysis(form: str, prefix: str, suffix: str, base: str) -> None:
    found = analysis(form)
    assert found is not None
    assert (found.prefix, found.suffix, found.base) == (prefix, suffix, base)


@pytest.mark.parametrize(
    "form", ["", "di", "menteri", "kediri", "helmi", "rohan", "persela", "governance", "mojokerto"]
)
def test_no_analysis(form: str) -> None:
    assert analysis(form) is None


def test_words_and_names() -> None:
    assert is_word("memberlakukan")
    assert is_word("sayur-sayuran")
    assert not is_word("amartahills")
