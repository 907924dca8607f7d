"""Bearers of an office: who bears it by what the text says, and where the bare name means another person."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.codebook.bearers import bare_names
from kit.codebook.matching import Matcher, Source, find_hits
from kit.codebook.prepared import Ready
from kit.codebook.rules import rule_of
from kit.index.indexing import index_texts
from kit.index.postings import postings

OFFICE = rule_of("(bupati|gubernur|wali kota)", "bearer")


def names_in(*texts: str) -> list[list[str]]:
    """The bare names that each text uses."""
    index = index_texts(list(texts))
    hits = find_hits(Matcher(Source(index)), Ready([OFFICE]))
    tokens = postings(index).token
    found: list[list[str]] = [[] for _ in texts]
    for first, last in zip(tokens[hits.first], tokens[hits.last], strict=True):
        document = int(np.searchsorted(index.document_tokens, first, side="right")) - 1
        found[document].append(texts[document][index.start[first] : index.end[last]])
    return found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gubernur Jawa Tengah Sena Wardaya hadir. Kata Sena, ya. Wardaya pergi.", ["Sena", "Wardaya"]),
        ("Gubernur Jawa Tengah (Jateng) Sena hadir. Kata Sena, ya.", ["Sena"]),
        ("Bupati Bolaang Mongondow Timur atau Boltim Sena Aji hadir. Sena Aji pergi.", ["Sena Aji"]),
        ("Bupati Kutai Timur, Kalimantan Timur, Blarka. Selain Blarka, ada lagi.", ["Blarka"]),
        ("Saya mengabari Gubernur (Sena Wardaya). Kata Wardaya, ya.", ["Wardaya"]),
        ("Wali Kota Surabaya Blarkarini hadir. Blarka mengatakan ya.", ["Blarka"]),
        ("Wali Kota Surabaya Sutarbrami hadir. Brami mengatakan ya.", ["Brami"]),
        ("Wali Kota Surabaya Sutarbrami hadir. Rami mengatakan ya.", []),
        ("Bupati Sena hadir. Pak Sena lelah. Kapolres Sena datang. Sena pergi.", ["Sena"]),
        ("Sena Aji lelah. Sena pergi. Bupati Sena Aji hadir.", ["Sena Aji", "Sena"]),
        ("Sena pergi. Bupati Sena Aji hadir.", []),
        ("Bupati M. Sena hadir. Kata Sena, ya.", ["Sena"]),
        ("Bupati Sena Aji. Dirut Sena Wardaya. Kata Sena. Lalu Sena Aji. Kata Sena.", ["Sena Aji", "Sena"]),
        ("Bupati Jadi Tersangka. Jadi, ia pergi.", []),  # a headline and the beginning of a sentence
        ("Bupati Bantul, Sleman, dan Kapolda hadir. Kata Sleman, ya.", []),
        ("Bupati", []),
        ("Sena Bupati. Sena", []),
    ],
)
def test_who_is_meant_by_the_bare_name(text: str, names: list[str]) -> None:
    assert names_in(text) == [names]


def test_a_name_holds_in_its_own_document() -> None:
    assert names_in("Bupati Sena hadir. Kata Sena, ya.", "Kata Sena, ya. Bupati hadir.") == [["Sena"], []]


def test_a_void_office_takes_the_name_away() -> None:
    text = "Bupati Sena hadir. Gubernur Sena pergi. Kata Sena, ya."
    index = index_texts([text])
    words = postings(index).token
    offices = np.array([0, 3], np.int32)
    for void, count in (([False, False], 1), ([False, True], 0), ([True, True], 0)):
        first, last = bare_names(index, offices, offices, np.array(void))
        assert [index.start[words[place]] for place in first] == [text.rindex("Sena")] * count
        assert first.tolist() == last.tolist()


@given(st.lists(st.sampled_from(["Bupati", "Sena", "Aji", "sena", "di", "(", ")", ",", ".", "Bantul", "alias", "\n"])))
def test_any_text_can_be_read_and_only_names_are_found(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for name in names_in(text)[0]:
        assert set(name.split()) <= {"Sena", "Aji", "Bantul"}
        assert "Bupati" in text
