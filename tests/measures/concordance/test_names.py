"""The types that a query's word stands for, against a loop over all names."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.language.tokens import COUNTED
from kit.measures.concordance.names import forms_of, lexemes_of
from kit.measures.concordance.queries import first_occurrences_of, occurrences_of

WORDS = ["a", "ab", "aba", "abab", "b", "ba", "an", "kan", "12", "tugas", "tugas-tugasnya", "tugasnya", "éa", ",", "+"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), max_size=4)
QUERIES = ["a*", "*", "?", "ab", "*a*", "re:a|b", "a b", "a* b", "lexeme:tugas"]
GLOBS = st.text(st.sampled_from(list("ab*?n1é")), min_size=1, max_size=5)


def corpus_of(*texts: str) -> kit.Corpus:
    ids = [f"d{row}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}, dtype="str"), clean=False)


def by_loop(names, kinds, glob):
    pattern = re.compile(re.escape(glob).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)
    return [row for row, name in enumerate(names) if kinds[row] in COUNTED and pattern.fullmatch(name)]


@given(TEXTS, GLOBS)
def test_globs_agree_with_a_loop(texts, glob):
    corpus = corpus_of(*texts)
    types = corpus.types
    kinds = types["kind"].tolist()
    assert sorted(forms_of(corpus).like(glob).tolist()) == by_loop(types["form"].tolist(), kinds, glob)
    assert sorted(lexemes_of(corpus).like(glob).tolist()) == by_loop(types["lexeme"].tolist(), kinds, glob)


@given(TEXTS, st.sampled_from(QUERIES), st.integers(0, 9))
def test_the_first_occurrences_are_those_of_all(texts, query, number):
    corpus = corpus_of(*texts)
    first, last = occurrences_of(corpus, query)
    some, some_last, total = first_occurrences_of(corpus, query, number)
    assert (some.tolist(), some_last.tolist()) == (first[:number].tolist(), last[:number].tolist())
    assert total == len(first)


@given(TEXTS, st.sampled_from(["a*", "ab", "a b", ["ab", "b"]]), st.integers(0, 9))
def test_a_first_page_is_the_top_of_the_whole_list(texts, query, number):
    corpus = corpus_of(*texts)
    page, whole = kit.concordance(corpus, query, limit=number), kit.concordance(corpus, query)
    if isinstance(query, str):
        pd.testing.assert_frame_equal(page, whole.head(number))
        assert page.attrs["occurrences"] == whole.attrs["occurrences"] == len(whole)
    else:
        assert page.attrs["occurrences"] == {one: int((whole["query"] == one).sum()) for one in query}


@pytest.mark.parametrize("concept", ["aktor-asn", "aktor-warga", "melayani", "akuntabilitas"])
def test_a_concept_asked_alone_has_its_mentions(concept: str) -> None:
    """Looked up without the other concepts, and again from what is kept."""
    text = "Aparatur Sipil Negara (ASN) melayani warga. Akuntabilitas ASN-nya (ASN) bagi warga; warga negara asing."
    corpus, codebook = corpus_of(text, "ASN melayani.", ""), kit.load_codebook()
    mentions = kit.find_mentions(corpus, codebook)
    wanted = mentions[(mentions["concept"] == concept) & ~mentions["gloss"]]
    for _ in range(2):
        table = kit.concordance(corpus, concept, codebook=codebook)
        for column in ("doc_id", "start", "end"):
            assert table[column].tolist() == wanted[column].tolist()
