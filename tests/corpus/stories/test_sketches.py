"""Sketches: which texts are looked at, by definition and by how often a likeness is missed."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.corpus.stories.sketches import VALUES, likely

APART = (1, 2, 3)


def corpus_of(*texts: str) -> kit.Corpus:
    names = [f"{row:02}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": names, "text": list(texts)}), clean=False)


def looked_at(groups: list[list[int]]) -> set[tuple[int, int]]:
    """Return the pairs of texts that have a group in common."""
    return {pair for pair in combinations(range(len(groups)), 2) if set(groups[pair[0]]) & set(groups[pair[1]])}


@given(st.lists(st.lists(st.integers(0, 40), min_size=VALUES, max_size=VALUES), max_size=5))
def test_texts_are_looked_at_where_two_values_agree(rows: list[list[int]]) -> None:
    minima = np.array(rows, np.uint32).reshape(-1, VALUES)
    expected = {
        (one, other)
        for one, other in combinations(range(len(rows)), 2)
        if any(
            rows[one][at] == rows[other][at] and rows[one][(at + far) % VALUES] == rows[other][(at + far) % VALUES]
            for at in range(VALUES)
            for far in APART
        )
    }
    groups = likely(minima)
    assert looked_at(groups) == expected
    assert [bool(mine) for mine in groups] == [any(row in pair for pair in expected) for row in range(len(rows))]


def test_how_often_a_likeness_is_missed() -> None:
    """Of two texts each value is the same with the probability of their Jaccard index: what the module says of it."""
    generator = np.random.default_rng(3)
    for jaccard, least, most in ((0.3, 0.999, 1), (0.2, 0.98, 0.997), (0.1, 0.72, 0.79), (0.01, 0.01, 0.03)):
        same = generator.random((4000, VALUES)) < jaccard
        found = np.zeros(len(same), bool)
        for far in APART:
            found |= (same & np.roll(same, -far, axis=1)).any(axis=1)
        assert least <= found.mean() <= most


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
