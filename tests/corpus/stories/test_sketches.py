"""Sketches: the values of datasketch, the same in every corpus."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.corpus.stories import sketches as rules
from kit.corpus.stories.sketches import VALUES


def corpus_of(*texts: str) -> kit.Corpus:
    names = [f"{row:02}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": names, "text": list(texts)}), clean=False)


def test_a_sketch_is_the_same_in_every_corpus_and_on_every_machine() -> None:
    """What is saved is compared with what is added later: these numbers may never change within a format."""
    alone, among = corpus_of("Satu dua.").sketches, corpus_of("Lain.", "satu DUA", "").sketches
    assert alone.minima[0, :3].tolist() == [3200661899, 4066036927, 1792968331]
    assert among.minima[1].tolist() == alone.minima[0].tolist()
    assert among.runs.tolist() == [1, 1, 0]
    assert (among.minima[2] == np.iinfo(np.uint32).max).all()
    assert (alone.minima.dtype, alone.runs.dtype) == (np.uint32, np.int32)


@given(st.lists(st.text(st.sampled_from("ab ,.\n"), max_size=60), max_size=4))
def test_sketches_are_those_of_datasketch(texts: list[str]) -> None:
    corpus = corpus_of(*texts)
    sketches, runs = corpus.sketches, corpus.evidence(np.arange(len(texts))).runs
    for row in range(len(texts)):
        known = MinHash(num_perm=VALUES, seed=1, hashfunc=int)
        known.update_batch((runs.of(row) >> np.uint64(16)).tolist())
        assert sketches.minima[row].tolist() == known.hashvalues.tolist()
        assert sketches.runs[row] == len(runs.of(row))


def test_the_sketch_of_a_whole_has_the_least_of_its_parts() -> None:
    one, other = "Satu dua tiga empat lima enam.", "Warga antre beras di pasar lama."
    parts, whole = corpus_of(one, other).sketches, corpus_of(f"{one}\n{other}").sketches
    assert whole.minima[0].tolist() == parts.minima.min(axis=0).tolist()
    assert corpus_of().sketches.minima.shape == (0, VALUES)


LINES = st.text(st.sampled_from("ab ,.1\n"), max_size=60) | st.just("a b a b a b a b a b a b a b")


@given(st.lists(LINES, max_size=6))
def test_the_kernel_says_what_the_steps_say(texts: list[str]) -> None:
    corpus = corpus_of(*texts)
    steps, kernel = (of(corpus.index, corpus._paragraph) for of in (rules._by_steps, rules._compiled))
    for one, other in zip(steps, kernel, strict=True):
        np.testing.assert_array_equal(one, other)
        assert one.dtype == other.dtype


def test_many_tokens_go_through_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpus_of("a b c d e f", "a b c")
    expected = corpus.sketches
    monkeypatch.setattr(rules, "ENOUGH", 0)
    monkeypatch.setattr(rules, "_by_steps", None)
    np.testing.assert_array_equal(rules.sketches_of(corpus.index, corpus._paragraph).minima, expected.minima)
