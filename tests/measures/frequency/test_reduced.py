"""Reduced frequencies against the numbers of Gries (2008), a slow restatement, and their invariants."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.measures.frequency.reduced import distances, reduced_frequencies
from kit.parts.parted import PartedCorpus

ORACLES = Path(__file__).parents[2] / "oracles"
RECORDS = {
    record["id"]: record
    for record in json.loads((ORACLES / "oracles.json").read_text(encoding="utf-8"))
    if record["family"] == "dispersion" and "type" in record["inputs"]
}
COLUMNS = {"ARF": "arf", "AWT": "awt", "ALD": "ald", "fALD": "f_ald", "fAWT": "f_awt"}


def corpus_of(texts: list[str]) -> kit.Corpus:
    ids = [f"d{row:03}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)


def slow(words: list[str], wanted: str) -> dict[str, float]:
    places = [place for place, word in enumerate(words) if word == wanted]
    n, f = len(words), len(places)
    steps = [(place - places[row - 1]) % n or n for row, place in enumerate(places)]
    squares, logs = sum(d * d for d in steps), sum(d * math.log10(d) for d in steps) / n
    return {
        "arf": f / n * sum(min(d, n / f) for d in steps),
        "awt": (1 + squares / n) / 2,
        "ald": logs,
        "f_awt": n * n / squares,
        "f_ald": n * 10**-logs,
    }


def test_the_distances_of_gries() -> None:
    record = RECORDS["gries_dists"]
    words = record["inputs"]["tokens"].split()
    place = np.array([row for row, word in enumerate(words) if word == "a"])
    assert sorted(distances(place, np.zeros(len(place), np.int64), 50).tolist()) == sorted(record["expected"])


@pytest.mark.parametrize("name", [name for name in RECORDS if name != "gries_dists"])
@pytest.mark.parametrize("documents", [1, 5])
def test_the_numbers_of_gries(name: str, documents: int) -> None:
    record = RECORDS[name]
    words = record["inputs"]["tokens"].split()
    step = len(words) // documents
    corpus = corpus_of([" ".join(words[row : row + step]) for row in range(0, len(words), step)])
    table = reduced_frequencies(corpus).set_index("item")
    assert table.loc["a", COLUMNS[record["measure"]]] == pytest.approx(record["expected"], abs=record["abs_tol"])
    assert table.loc["a", "count"] == 15
    assert table.loc["a", "documents"] == documents


@pytest.mark.parametrize("seed", range(20))
def test_random_corpora(seed: int) -> None:
    rng = np.random.default_rng(seed)
    words = [("kata" + "abcdefgh"[row]) for row in np.minimum(rng.geometric(0.3, int(rng.integers(1, 300))), 8) - 1]
    table = reduced_frequencies(corpus_of([" ".join(words)])).set_index("item")
    assert set(table.index) == set(words)
    for term, row in table.iterrows():
        for name, value in slow(words, str(term)).items():
            assert row[name] == pytest.approx(value, rel=1e-9), (term, name)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("engine", [None, 2])
def test_parts_that_stand_in_order_and_others_give_the_bytes_of_one_corpus(
    seed: int, engine: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kit.measures.frequency.reduced._AT_ONCE", 3)
    rng = np.random.default_rng(seed)
    words = ["kata" + letter for letter in "abcdefgh"]
    texts = [" ".join(rng.choice(words[: 3 + row % 6], int(rng.integers(0, 30)))) for row in range(9)]
    rows = pd.DataFrame({"doc_id": [f"d{row:03}" for row in range(9)], "text": texts})
    whole = reduced_frequencies(kit.Corpus.from_frame(rows, clean=False))
    for cuts in (
        [[0, 1, 2], [3], [4, 5, 6, 7, 8]],
        [[4, 5], [0, 1, 2, 3], [6, 7, 8]],
        [[0, 3, 6], [1, 4, 7], [2, 5, 8]],
    ):
        parts = PartedCorpus.of([kit.Corpus.from_frame(rows.iloc[cut], clean=False) for cut in cuts], engine)
        assert parts.in_order == (cuts[0] == [0, 1, 2])
        found = reduced_frequencies(parts)
        pd.testing.assert_frame_equal(found, whole, check_exact=True)
        chosen = {"doc_id": [f"d{row:03}" for row in (1, 2, 5, 8)]}
        one = reduced_frequencies(kit.Corpus.from_frame(rows, clean=False).where(**chosen), min_count=2)
        pd.testing.assert_frame_equal(reduced_frequencies(parts.where(**chosen), min_count=2), one, check_exact=True)


WORDS = st.lists(st.sampled_from(["asn", "ASN", "warga", "2024", ",", "."]), min_size=1, max_size=15)


@given(WORDS, st.integers(0, 15))
def test_bounds_and_where_documents_end(words: list[str], cut: int) -> None:
    table = reduced_frequencies(corpus_of([" ".join(words)]))
    for name in ("arf", "f_awt", "f_ald"):
        assert (table[name] <= table["count"] + 1e-9).all()
        assert (table[name] >= 1 - 1e-9).all()
    assert (table["awt"] >= 1).all()
    split = reduced_frequencies(corpus_of([" ".join(words[:cut]), " ".join(words[cut:])]))
    pd.testing.assert_frame_equal(table.drop(columns="documents"), split.drop(columns="documents"))


@given(WORDS, st.integers(0, 15))
def test_turning_the_circle_changes_nothing(words: list[str], turn: int) -> None:
    turn %= len(words)
    one = reduced_frequencies(corpus_of([" ".join(words)]))
    other = reduced_frequencies(corpus_of([" ".join(words[turn:] + words[:turn])]))
    pd.testing.assert_frame_equal(one, other)


def test_equally_spaced_and_bunched() -> None:
    even = reduced_frequencies(corpus_of(["asn x x asn x x asn x x"])).set_index("item").loc["asn"]
    assert even[["arf", "f_awt", "f_ald"]].tolist() == pytest.approx([3, 3, 3])
    once = reduced_frequencies(corpus_of(["asn x x x x x x x x x"])).set_index("item").loc["asn"]
    assert once[["arf", "awt", "ald", "f_awt", "f_ald"]].tolist() == pytest.approx([1, 5.5, 1, 1, 1])


def test_concepts() -> None:
    codebook = kit.load_codebook()
    corpus = corpus_of(["Aparatur Sipil Negara (ASN) harus akuntabel.", "ASN itu akuntabel."])
    table = reduced_frequencies(corpus, unit="concept", codebook=codebook).set_index("item")
    # The 9 words: mentions of ASN begin at words 0 and 6, so the distances are 3 and 6, the even one 4.5.
    assert table.loc["aktor-asn", ["count", "documents"]].tolist() == [2, 2]
    assert table.loc["aktor-asn", "arf"] == pytest.approx((3 + 4.5) / 4.5)
    absent = table[table["count"] == 0]
    assert (absent[["arf", "f_awt", "f_ald"]] == 0).all(axis=None)
    assert absent[["awt", "ald"]].isna().all(axis=None)


def test_edges() -> None:
    assert reduced_frequencies(corpus_of(["", "?!"])).empty
    assert reduced_frequencies(corpus_of(["a a b"]), min_count=2)["item"].tolist() == ["a"]
    with pytest.raises(QueryError, match="codebook"):
        reduced_frequencies(corpus_of(["a"]), unit="pattern")
