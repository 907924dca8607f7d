"""Candidates: which texts meet, by definition and by how often a likeness is missed; and the rule for many pairs."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.corpus.stories import candidates, rule, stories
from kit.corpus.stories.candidates import Candidates
from kit.corpus.stories.rule import Evidence, alike
from kit.corpus.stories.runs import BITS, Sets, joined
from kit.corpus.stories.sketches import VALUES, Sketches

APART = (1, 2, 3)


def test_how_often_a_likeness_is_missed() -> None:
    """Of two texts each value is the same with the probability of their Jaccard index: what the module says of it."""
    generator = np.random.default_rng(3)
    for jaccard, least, most in ((0.3, 0.999, 1), (0.2, 0.98, 0.997), (0.1, 0.72, 0.79), (0.01, 0.01, 0.03)):
        same = generator.random((4000, VALUES)) < jaccard
        found = np.zeros(len(same), bool)
        for far in APART:
            found |= (same & np.roll(same, -far, axis=1)).any(axis=1)
        assert least <= found.mean() <= most


def is_candidate(one: list[int], other: list[int], original: int, copy: int) -> bool:
    """Tell whether two sketches of texts of so many runs agree in two values near each other, and in enough of all."""
    same = [left == right for left, right in zip(one, other, strict=True)]
    met = any(same[at] and same[(at + far) % VALUES] for at in range(VALUES) for far in APART)
    need = max(Fraction(85, 100) * min(original, copy), Fraction(copy, 2))
    return met and Fraction(sum(same), VALUES) >= need / (original + copy - need) - Fraction(1, 5)


@st.composite
def sketches(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Draw sketches of texts that take a stretch of their values from one source, and others of few kinds."""
    texts = draw(st.integers(0, 7))
    source = np.arange(VALUES, dtype=np.uint32)
    rows = np.zeros((texts, VALUES), np.uint32)
    generator = np.random.default_rng(draw(st.integers(0, 999)))
    for row in range(texts):
        kept = draw(st.sampled_from([0, 3, 9, 18, 27, 36, 48, 64]))
        rows[row] = generator.integers(100, 100 + draw(st.sampled_from([4, 40, 2**31])), VALUES)
        places = generator.permutation(VALUES)[:kept] if draw(st.booleans()) else np.arange(kept)
        rows[row, places] = source[places]
    sizes = draw(st.lists(st.sampled_from([20, 21, 30, 50, 83, 84, 170, 400]), min_size=texts, max_size=texts))
    return rows, np.array(sizes, np.int64)


@settings(max_examples=60)
@given(sketches(), st.data())
def test_candidates_are_those_of_the_definition(drawn: tuple[np.ndarray, np.ndarray], data: st.DataObject) -> None:
    values, sizes = drawn
    places = st.lists(st.integers(0, max(len(values) - 1, 0)), unique=True, max_size=len(values)).map(sorted)
    firsts, seconds = data.draw(places), data.draw(places)
    expected = [
        (first, second)
        for second in seconds
        for first in firsts
        if first < second and is_candidate(values[first], values[second], int(sizes[first]), int(sizes[second]))
    ]
    numbers = [np.array(some, np.int64) for some in (firsts, seconds)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_VISITS", data.draw(st.sampled_from([1, 3, 100])))
        patch.setattr(candidates, "_SORTED", data.draw(st.sampled_from([64, 500, 2000])))
        patch.setattr(candidates, "compiler_is_loaded", lambda: True)
        for most, enough in product((0, 3, 100), (0, 1 << 62)):
            patch.setattr(candidates, "ENOUGH", enough)
            found = Candidates(values, sizes).pairs(*numbers, most)
            early = [pair for pair in expected if pair[1] < found.horizon]
            assert list(zip(found.first.tolist(), found.second.tolist(), strict=True)) == early
            assert found.horizon == len(sizes) or len({second for _, second in early}) >= 1
            assert len(expected) > most or found.horizon == len(sizes)


HASHES = st.sets(st.integers(0, 30), max_size=25)


def sets_of(some: list[set[int]]) -> Sets:
    """Return sets of numbers as the kit keeps them."""
    bounds = np.cumsum([0, *map(len, some)]).astype(np.int64)
    return Sets(np.array([one for of in some for one in sorted(of)], np.uint64), bounds)


def near(one: tuple[set[int], set[int]], other: tuple[set[int], set[int]]) -> bool:
    """Tell by the rule as it is written whether a text, of runs and figures, is a near-copy of one before it."""
    shared = len(one[0] & other[0])
    fewer = min(len(one[1]), len(other[1]))
    return (
        shared >= Fraction(85, 100) * min(len(one[0]), len(other[0]))
        and 2 * shared >= len(other[0])
        and fewer - len(one[1] & other[1]) <= max(1, Fraction(3, 10) * fewer)
    )


@given(
    st.lists(st.tuples(HASHES, HASHES), max_size=4), st.lists(st.tuples(HASHES, HASHES), max_size=4), st.integers(1, 9)
)
def test_the_rule_for_many_pairs_is_that_for_each(
    originals: list[tuple[set[int], set[int]]], copies: list[tuple[set[int], set[int]]], hashes: int
) -> None:
    copies += [(set(sorted(one)[:-1]), other) for one, other in originals]
    pairs = [(original, copy) for copy in range(len(copies)) for original in range(len(originals))]
    known = [Evidence(*(sets_of([one[kind] for one in some]) for kind in (0, 1))) for some in (originals, copies)]
    numbers = np.array(pairs, np.int64).reshape(-1, 2).T
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rule, "_HASHES", hashes)
        found = alike(
            *known, *numbers, tuple(np.diff(of.runs.bounds)[at] for of, at in zip(known, numbers, strict=True))
        )
    assert found.tolist() == [near(originals[original], copies[copy]) for original, copy in pairs]


def one_by_one(values: np.ndarray, texts: list[set[int]], dates: list[int]) -> list[int]:
    """Decide text by text, each held against all originals before it, of which text it is a near-copy."""
    found = [-1] * len(texts)
    order = sorted(range(len(texts)), key=dates.__getitem__)
    for place, copy in enumerate(order):
        for original in order[:place]:
            sizes = len(texts[original]), len(texts[copy])
            met = found[original] < 0 and is_candidate(values[original], values[copy], *sizes)
            if met and near((texts[original], set()), (texts[copy], set())):
                found[copy] = original
                break
    return found


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 14), st.sampled_from([0.05, 0.1, 0.3]), st.integers(1, 400))
def test_texts_are_decided_as_one_by_one(seed: int, number: int, changed: float, runs: int) -> None:
    """Chains of texts, each a changed one before it or new, whose sketches are the least of 64 orders of their runs."""
    generator = np.random.default_rng(seed)
    orders = np.array([generator.permutation(4000) for _ in range(VALUES)])
    texts: list[set[int]] = []
    for row in range(number):
        if row and generator.random() < 0.8:
            kept = sorted(texts[int(generator.integers(row))])
            kept = kept[: int(len(kept) * generator.choice([1, 1, 0.6]))]
            text = {run for run in kept if generator.random() > changed}
            text |= set(generator.integers(0, 4000, int(generator.choice([0, 5, 40]))).tolist())
        else:
            text = set(generator.integers(0, 4000, 60).tolist())
        texts.append(text | set(range(3900, 3900 + 25 - len(text))))
    values = np.array([orders[:, sorted(text)].min(axis=1) for text in texts], np.uint32)
    dates = generator.permutation(number).tolist()
    asked: list[int] = []

    class Texts:
        """Texts as sets of numbers below 4,000, of which a mark has so many that few tell of many."""

        def evidence(self, rows: np.ndarray) -> Evidence:
            assert (np.diff(rows) > 0).all()
            asked.append(len(rows))
            return Evidence(sets_of([texts[row] for row in rows.tolist()]), sets_of([set()] * len(rows)))

        def marks(self, rows: np.ndarray) -> np.ndarray:
            assert (np.diff(rows) > 0).all()
            marked = np.zeros((len(rows), 1024), bool)
            for place, row in enumerate(rows.tolist()):
                marked[place, [run * 1024 // 4000 for run in texts[row]]] = True
            return np.packbits(marked, axis=1).view(np.uint64)

    known = Sketches(values, np.array([len(text) for text in texts], np.int32))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "_CANDIDATES", int(generator.choice([0, 1, 8])))
        patch.setattr(stories, "_ORIGINAL_RUNS", runs)
        patch.setattr(stories, "_COPY_RUNS", 2 * runs)
        patch.setattr(stories, "_PAIRS", int(generator.integers(1, 9)))
        order = np.argsort(dates)
        near_to = stories._nearest(order, known, Texts())
    found = np.full(number, -1)
    found[order] = np.where(near_to >= 0, order[near_to], -1)
    assert found.tolist() == one_by_one(values, texts, dates)
    assert all(count == 1 or count * 25 <= 2 * runs + 4000 for count in asked)


def test_many_copies_of_one_text_cost_no_more_candidates_than_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 500 near-copies only the first few are compared with each other, the others with the original."""
    generator = np.random.default_rng(1)
    values = np.tile(np.arange(VALUES, dtype=np.uint32), (500, 1))
    values[np.arange(500), generator.integers(0, VALUES, 500)] = generator.integers(1000, 2**31, 500)
    known = Sketches(values, np.full(500, 40, np.int32))
    compared: list[int] = []

    def told(first: np.ndarray, second: np.ndarray, *_: object) -> np.ndarray:
        compared.append(len(first))
        return np.ones(len(first), bool)

    monkeypatch.setattr(stories, "_alike", told)
    found = stories._nearest(np.arange(500), known, lambda *_: pytest.fail("not asked"))
    assert found.tolist() == [-1, *[0] * 499]
    assert sum(compared) < 8 * 500 + 500
    assert math.comb(500, 2) > 100_000


SETS = st.lists(st.sets(st.integers(0, 9) | st.integers(0, (1 << BITS) - 1), max_size=9), min_size=1, max_size=5)


@given(SETS, SETS, st.data())
def test_the_kernel_counts_what_the_steps_count(
    one: list[set[int]], other: list[set[int]], data: st.DataObject
) -> None:
    originals, copies = (
        joined([Sets(np.array(sorted(found), np.uint64), np.array([0, len(found)])) for found in sets])
        for sets in (one, other)
    )
    pairs = data.draw(
        st.lists(st.tuples(st.integers(0, len(one) - 1), st.integers(0, len(other) - 1)), min_size=1, max_size=9)
    )
    original, copy = (np.array(column, np.int64) for column in zip(*pairs, strict=True))
    expected = [len(one[first] & other[second]) for first, second in pairs]
    assert rule._compiled(originals, copies, original, copy).tolist() == expected
    assert rule._by_steps(originals, copies, original, copy).tolist() == expected
