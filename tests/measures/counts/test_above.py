"""DP from whole numbers beside exact fractions, and the same however a corpus is cut."""

from __future__ import annotations

from fractions import Fraction
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

import kit
from kit.index import counting
from kit.measures.counts import above
from kit.measures.counts.above import deviation, sums_above
from kit.measures.counts.part_counts import part_counts
from kit.measures.dispersion.formulas import FORMULAS, SUMMED


def exact(counts: list[int], sizes: list[int]) -> float:
    """Return the float that is nearest to DP."""
    total, words = sum(counts), sum(sizes)
    pairs = zip(counts, sizes, strict=True)
    return float(sum(abs(Fraction(v, total) - Fraction(s, words)) for v, s in pairs) / 2)


def rows(largest: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Draw parts: how often an item occurs, and of how many words."""
    pair = st.integers(1, largest).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size)))
    return st.lists(pair, min_size=2, max_size=30).filter(lambda found: any(count for count, _ in found))


@given(rows(9))
@pytest.mark.parametrize("scale", [1, 10**4, 10**12])
def test_dp_is_the_float_nearest_to_the_exact_value(scale: int, parts: list[tuple[int, int]]) -> None:
    counts, sizes = ([one * scale + place % 3 for place, one in enumerate(some)] for some in zip(*parts, strict=True))
    counts = [min(count, size) for count, size in zip(counts, sizes, strict=True)]
    found = sums_above(sparse.csr_array([counts], dtype=np.int64), np.array(sizes), np.array([sum(counts)]), sum(sizes))
    assert deviation(*found, np.array([sum(counts)]), sum(sizes))[0] == exact(counts, sizes)


@given(rows(10**15))
def test_products_of_more_than_64_bits_are_compared_exactly(parts: list[tuple[int, int]]) -> None:
    counts, sizes = zip(*parts, strict=True)
    total, words = sum(counts), sum(sizes)
    assert max(sizes) * words < 2**63 or not above.are_long_enough(np.array(sizes), words)
    found = above._is_more(np.array(counts), words, np.array(sizes), np.full(len(counts), total))
    assert found.tolist() == [count * words > size * total for count, size in parts]


@given(rows(200))
def test_the_formula_is_that_float_too(parts: list[tuple[int, int]]) -> None:
    counts, sizes = zip(*parts, strict=True)
    assert FORMULAS["dp"](part_counts([counts], sizes))[0] == exact([*counts], [*sizes])


def texts(seed: int, number: int) -> pd.DataFrame:
    """Return documents of words of very different frequencies, some of them without any."""
    draw = np.random.default_rng(seed)
    words = np.array([f"kata{row:03}".translate(str.maketrans("0123456789", "abcdefghij")) for row in range(300)])
    lengths = draw.integers(0, 60, number)
    texts = [" ".join(words[np.minimum(draw.zipf(1.3, length), 300) - 1]) or "…" for length in lengths]
    return pd.DataFrame(
        {"doc_id": [f"d{row:04}" for row in range(number)], "text": texts, "outlet": ["A", "B"] * (number // 2)}
    )


def cut(frame: pd.DataFrame, parts: int, engine: int | None = None) -> kit.PartedCorpus:
    """Return the same documents in parts, not in the order of their names."""
    of = np.arange(len(frame)) * 7 % parts
    return kit.PartedCorpus.of(
        [kit.Corpus.from_frame(frame[of == part], clean=False) for part in range(parts)], engine=engine
    )


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_same_bytes_in_parts(seed: int, compiled: bool) -> None:
    pytest.importorskip("numba")
    frame, measures = texts(seed, 80), list(SUMMED)
    one = kit.Corpus.from_frame(frame, clean=False)
    with (
        patch.object(above, "_ENOUGH", 0 if compiled else 10**9),
        patch.object(counting, "ENOUGH", 0 if compiled else 10**9),
        patch.object(counting, "ENOUGH_ONCE_LOADED", 0 if compiled else 10**9),
    ):
        for corpus in (cut(frame, 1), cut(frame, 3), cut(frame, 3, engine=2)):
            for unit in ("form", "lexeme"):
                for least in (0, 5, 10**6):
                    asked = {"unit": unit, "measures": measures, "min_count": least}
                    for _ in range(2):  # the second finds what was kept
                        pd.testing.assert_frame_equal(
                            kit.dispersion(one, **asked), kit.dispersion(corpus, **asked), check_exact=True
                        )
            both = (kit.dispersion(each.where(outlet="A"), measures=measures) for each in (one, corpus))
            pd.testing.assert_frame_equal(*both, check_exact=True)


def test_every_value_of_a_corpus_in_parts_is_exact() -> None:
    frame = texts(9, 60)
    corpus = cut(frame, 3)
    table = kit.dispersion(corpus, measures=["dp"]).set_index("term")
    words = [text.split() if text != "…" else [] for text in frame["text"]]
    sizes = [len(one) for one in words if one]
    for term, row in table.iterrows():
        assert row["dp"] == exact([one.count(term) for one in words if one], sizes), term


def test_what_is_kept_of_a_part_is_not_taken_for_another_corpus() -> None:
    """The same part beside other documents: other totals, other sums."""
    frame = texts(3, 40)
    shared = kit.Corpus.from_frame(frame[:20], clean=False)
    for rest in (frame[20:30], frame[20:], frame[20:30]):
        other = kit.Corpus.from_frame(rest.reset_index(drop=True), clean=False)
        whole = kit.Corpus.from_frame(pd.concat([frame[:20], rest], ignore_index=True), clean=False)
        asked = {"measures": ["dp"], "min_count": 3}
        found = kit.dispersion(kit.PartedCorpus.of([shared, other]), **asked)
        pd.testing.assert_frame_equal(kit.dispersion(whole, **asked), found, check_exact=True)
