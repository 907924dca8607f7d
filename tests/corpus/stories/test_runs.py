"""Runs of five words and figures, against the same sets told text by text."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.corpus.stories import runs
from kit.corpus.stories.runs import MARKS, joined, taken
from kit.index.words import Words
from kit.language.reference import read_text
from kit.language.tokens import COUNTED, fold, kind_of

PIECES = st.sampled_from(["Satu dua tiga", "empat, LIMA", "enam. Tujuh", "12", "dua 3,5 dua", "…", ""])
LINES = st.lists(PIECES, max_size=4).map(" ".join)
TEXTS = st.lists(st.lists(LINES, max_size=3).map("\n".join), max_size=5)


def corpus_of(texts: list[str]) -> kit.Corpus:
    return kit.Corpus.from_frame(
        pd.DataFrame({"doc_id": [f"{row:02}" for row in range(len(texts))], "text": pd.Series(texts, dtype="str")}),
        clean=False,
    )


def told(text: str) -> tuple[set[tuple[str, ...]], set[str]]:
    """Return the runs and the figures of a text, line by line."""
    found: set[tuple[str, ...]] = set()
    figures: set[str] = set()
    for line in text.splitlines():
        surfaces = [surface for surface in read_text(line).surfaces if kind_of(surface) in COUNTED]
        words = [fold(surface) for surface in surfaces]
        figures |= {fold(surface) for surface in surfaces if kind_of(surface) == "number"}
        found |= {tuple(words[at : at + 5]) for at in range(len(words) - 4)} or ({tuple(words)} - {()})
    return found, figures


def sizes(sets: runs.Sets) -> list[int]:
    return np.diff(sets.bounds).tolist()


@given(TEXTS)
def test_sets_are_those_told_line_by_line(texts: list[str]) -> None:
    corpus, expected = corpus_of(texts), [told(text) for text in texts]
    evidence = corpus.evidence(np.arange(len(texts)))
    for sets, which in ((evidence.runs, 0), (evidence.figures, 1)):
        assert sizes(sets) == [len(one[which]) for one in expected]
        for row, one in enumerate(expected):
            mine = sets.of(row)
            assert (np.diff(mine.astype(object)) > 0).all()
            for other in range(row):
                common = len(np.intersect1d(mine, sets.of(other)))
                assert common == len(set(one[which]) & set(expected[other][which]))


@given(TEXTS, st.integers(1, 6))
def test_pieces_and_choices_change_nothing(texts: list[str], tokens: int) -> None:
    corpus = corpus_of(texts)
    whole = corpus.evidence(np.arange(len(texts)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_TOKENS", tokens)
        for sets, again in zip(whole, corpus.evidence(np.arange(len(texts))), strict=True):
            np.testing.assert_array_equal(sets.hashes, again.hashes)
            np.testing.assert_array_equal(sets.bounds, again.bounds)
    rows = np.arange(len(texts))[::2]
    for sets, some in zip(whole, corpus.evidence(rows), strict=True):
        np.testing.assert_array_equal(taken(sets, rows).hashes, some.hashes)
        halves = joined([taken(sets, rows[:1]), taken(sets, rows[1:])])
        np.testing.assert_array_equal(halves.bounds, some.bounds)


@given(TEXTS)
def test_marks_are_the_first_bits_of_the_hashes_of_runs(texts: list[str]) -> None:
    corpus, rows = corpus_of(texts), np.arange(len(texts))
    whole, marks = corpus.evidence(rows).runs, np.unpackbits(corpus.marks(rows).view(np.uint8), axis=1)
    for row in rows.tolist():
        assert np.flatnonzero(marks[row]).tolist() == sorted({one * MARKS >> 48 for one in whole.of(row).tolist()})
    np.testing.assert_array_equal(corpus.marks(rows[::2]), corpus.marks(rows)[::2])


def test_the_order_of_words_counts() -> None:
    one, other = (corpus_of([text]).evidence(np.arange(1)).runs for text in ("a b c d e", "e d c b a"))
    assert one.hashes.tolist() != other.hashes.tolist()


def test_a_hash_is_the_same_in_every_corpus_and_on_every_machine() -> None:
    """What is saved is compared with what is added later: these numbers may never change within a format."""
    first, second = (corpus_of(texts).evidence(np.arange(1)).runs for texts in (["Satu dua."], ["satu, DUA", "Tiga."]))
    assert first.hashes.tolist() == second.hashes.tolist() == [185835550081953]


@given(st.lists(st.text(max_size=20) | st.text("aé", min_size=120, max_size=140), max_size=8))
def test_the_kernel_hashes_words_as_the_library_does(listed: list[str]) -> None:
    words = Words.of(listed)
    for rows in (np.arange(len(words)), np.arange(len(words))[::-2]):
        expected = [hashlib.blake2b(words[row].encode("utf-8", "surrogatepass"), digest_size=8) for row in rows]
        found = runs._compiled(words, rows)
        assert found.tobytes() == b"".join(one.digest() for one in expected) == runs._one_by_one(words, rows).tobytes()


def test_many_words_go_through_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    expected, _ = runs.hashes_of(corpus_of(["Satu dua tiga 12"]).index)
    monkeypatch.setattr(runs, "ENOUGH", 0)
    monkeypatch.setattr(runs, "compiler_is_loaded", lambda: True)
    monkeypatch.setattr(runs, "_one_by_one", lambda _, rows: np.zeros(len(rows), np.uint64))
    assert runs.hashes_of(corpus_of(["Satu dua tiga 12"]).index)[0].tolist() == expected.tolist()
