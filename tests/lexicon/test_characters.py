"""Characters that are typed in more ways than one are counted as one."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.lexicon.characters import marks, plain


@pytest.mark.parametrize("apostrophe", "'\u2018\u2019\u02bc`")
def test_every_apostrophe_between_letters_is_one(apostrophe: str) -> None:
    assert plain(f"Jum{apostrophe}at") == "Jum'at"
    assert plain(f"é{apostrophe}a e\u0301{apostrophe}a") == "é'a é'a"


@pytest.mark.parametrize("sign", "\u2018\u2019\u02bc`")
def test_a_quotation_mark_stays(sign: str) -> None:
    for text in (sign, f"{sign}kata{sign}", f"kata {sign} kata", f"{sign}{sign}kata"):
        assert plain(text) == text


@pytest.mark.parametrize("hyphen", "-\u2010\u2011")
def test_every_hyphen_is_one(hyphen: str) -> None:
    assert plain(f"ke{hyphen}4 {hyphen} PAN{hyphen}RB") == "ke-4 - PAN-RB"


@pytest.mark.parametrize("dash", "\u00ad\u2012\u2013\u2014\u2212_")
def test_a_dash_is_no_hyphen(dash: str) -> None:
    assert plain(f"a{dash}b") == f"a{dash}b"


@given(st.text())
def test_what_is_plain_stays_so(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(unicodedata.normalize("NFD", text)) == plain(text)


@pytest.mark.parametrize("text", ["2024-02-04", "layanan publik", "", "5'"])
def test_plain_ascii_is_untouched(text: str) -> None:
    assert plain(text) is text


def test_the_marks_are_all_that_unicode_has_save_variation_selectors() -> None:
    everything = map(chr, range(sys.maxunicode + 1))
    found = {sign for sign in everything if unicodedata.category(sign) in ("Mn", "Mc")}
    assert found - set(marks()) == {chr(point) for point in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}
    assert set(marks()) <= found
