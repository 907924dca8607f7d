"""Words are looked up in the forms of an index, alone and with the enclitics behind the last of a phrase."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kit.codebook.forms import types_of
from kit.codebook.notation import with_enclitics
from kit.index.words import Words

WORDS = st.sampled_from(["a", "aku", "ku", "é", "l", "lah", "nya", "\ud800", "a-b", "xa"])
TERMS = st.builds(
    lambda word, joint, ending: word + joint + ending,
    WORDS,
    st.sampled_from(["", "-"]),
    st.sampled_from(["", "nya", "lah", "kah", "ku", "mu", "-", "s"]),
)


@given(st.lists(WORDS, unique=True), st.lists(TERMS, unique=True))
def test_equals_a_look_up_one_by_one(words: list[str], terms: list[str]) -> None:
    terms = sorted(terms)
    inner, bounds, types = types_of(Words.of(words), Words.of(terms))
    for row, word in enumerate(words):
        assert inner[row] == (terms.index(word) if word in terms else -1)
        found = [terms[number] for number in types[bounds[row] : bounds[row + 1]].tolist()]
        assert sorted(found) == sorted({*with_enclitics(word)} & {*terms}), word
