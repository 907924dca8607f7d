"""What is a word here: listed, built, with clitics; all words of the shipped codebook, and no made-up ones."""

from __future__ import annotations

import re

import pytest

import kit
from kit.language.tokens import tokenize
from kit.lexicon.known import is_known


@pytest.mark.parametrize(
    "words",
    [
        "pelayan pelayanan pelayanannya dilayani kebijakannyalah kubaca kaulihat melayanimu",
        "anak-anak anak-anaknya undang-undangan sayur-mayur antikorupsi anti-korupsi non-apbd apbd asn-nya",
        "good governance stakeholder khadimul ummah kota walikota pemkot jakarta di jakarta",
    ],
)
def test_known(words: str) -> None:
    assert [word for word in words.split() if not is_known(word)] == []


@pytest.mark.parametrize("words", ["layanann pelay an ber blarka xqz undang-blarka -anak anak- -", "a" * 500])
def test_not_known(words: str) -> None:
    assert [word for word in words.split() if is_known(word)] == []


def test_every_word_of_the_shipped_codebook_is_known() -> None:
    patterns = kit.load_codebook().patterns
    names = patterns["note"].str.startswith("a name known by itself")  # of persons
    used = patterns.loc[(patterns["enabled"] == "yes") & ~names, "pattern"]
    whole = [re.sub(r"\S*\*\S*", " ", pattern.replace("|", " | ")) for pattern in used]  # without globs
    words = {token.text.lower() for pattern in whole for token in tokenize(pattern) if token.kind == "word"}
    assert len(words) > 300
    assert sorted(word for word in words if not is_known(word)) == []


def test_clitics_upon_clitics_take_no_time_that_doubles() -> None:
    assert not is_known("ku" * 30 + "blarka" + "nya" * 30)
