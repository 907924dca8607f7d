"""Whatever way a corpus is cut into parts, every measure gives the bytes that it gives for the whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kit
from kit.errors import KitError
from kit.measures.counts import blocks
from kit.measures.counts.counts import count_items
from kit.measures.dispersion.formulas import FORMULAS
from kit.measures.frequency import ngrams
from kit.measures.keyness.frequency_list import FrequencyList
from kit.measures.uncertainty import minimum
from kit.parts.parted import PartedCorpus

CODEBOOK = kit.load_codebook()
CUT = settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = [
    "ASN melayani warga. Pelayanan publik harus cepat, transparan dan akuntabel.",
    "Warga dilayani: layanan-layanannya cepat.\nTata kelola (good governance) akuntabel!\n\nKepala daerah melayani.",
    "Aparatur Sipil Negara (ASN) harus melayani warga; bukan minta dilayani warga. 12 warga hadir.",
    "… !",
    "",
    "Pelayanan pelayanan pelayanan publik. Akuntabilitas dan transparansi. Tugas-tugasnya 2024.",
    "Kota menunggu lama sekali. Warga kota menunggu ASN yang lama.",
    "Warga dilayani.\nBaca Juga: Judul Lain 2023\n\nASN hadir.",
    "Pemerintah daerah akuntabel dan transparan. Layanan cepat. Partisipasi warga; kolaborasi warga.",
]


def corpus_of(number: int, seed: int) -> kit.Corpus:
    """Articles put together of sentences by chance, some of them copies, some without words."""
    draw = np.random.Generator(np.random.PCG64(seed))
    rows = []
    for row in range(number):
        texts = [TEXTS[one] for one in draw.integers(0, len(TEXTS), draw.integers(1, 4))]
        rows.append(
            {
                "doc_id": f"{draw.integers(0, 10**6):06}-{row}",
                "text": "\n".join(texts),
                "outlet": ["X", "Y", "", "Ä"][int(draw.integers(0, 4))],
                "date": ["2023-01-02", "2024-05-06", ""][int(draw.integers(0, 3))],
                "rank": int(draw.integers(0, 3)),
            }
        )
    return kit.Corpus.from_frame(pd.DataFrame(rows, columns=["doc_id", "text", "outlet", "date", "rank"]))


def cut(corpus: kit.Corpus, parts: int, seed: int, engine: Any = None) -> PartedCorpus:
    """Deal the documents out by chance, in no order, and put the parts in any order."""
    part = np.random.Generator(np.random.PCG64(seed)).integers(0, parts, len(corpus))
    return PartedCorpus.of([corpus._take(np.flatnonzero(part == number)) for number in range(parts)], engine)


def same(one: Any, two: Any) -> None:
    """Equal values to the last bit, dtypes, order and attrs; the corpora were made by other calls."""
    pd.testing.assert_frame_equal(one, two, check_exact=True, check_column_type=True)
    for name in one.columns:
        left, right = one[name].to_numpy(), two[name].to_numpy()
        if left.dtype.kind == "f":
            assert left.tobytes() == right.tobytes(), name
    assert list(one.attrs) == list(two.attrs)
    assert one.attrs | {"call": None} == two.attrs | {"call": None}


FREQUENCIES: dict[str, Callable[[Any], pd.DataFrame]] = {
    "forms": kit.term_frequencies,
    "lexemes by outlet": lambda c: kit.term_frequencies(c, unit="lexeme", by="outlet", stopwords="core"),
    "numbers by rank": lambda c: kit.term_frequencies(c, by="rank", kinds=["number"]),
    "discourse": lambda c: kit.term_frequencies(c, by="year", stopwords="core+discourse", kinds="word"),
    "concepts": lambda c: kit.concept_frequencies(c, CODEBOOK),
    "concepts by year": lambda c: kit.concept_frequencies(c, CODEBOOK, by="year"),
    "concepts of mentions": lambda c: kit.concept_frequencies(c, CODEBOOK, mentions=kit.find_mentions(c, CODEBOOK)),
    "patterns by outlet": lambda c: kit.pattern_frequencies(c, CODEBOOK, by="outlet"),
    "mentions": lambda c: kit.find_mentions(c, CODEBOOK),
}
INTERVALS: dict[str, Callable[[Any], pd.DataFrame]] = {
    "t": kit.frequency_intervals,
    "t by outlet": lambda c: kit.frequency_intervals(c, unit="lexeme", by="outlet", share="wilson"),
    "t of some": lambda c: kit.frequency_intervals(c, items=["warga", "asn"] if len(c) > 20 else None),
    "t of concepts": lambda c: kit.frequency_intervals(c, unit="concept", codebook=CODEBOOK, by=["a"] * len(c)),
    "percentile": lambda c: kit.frequency_intervals(c, method="percentile", resamples=200),
    "bca": lambda c: kit.frequency_intervals(c, unit="lexeme", method="bca", resamples=200, by="rank", seed=3),
}


def _keyness(c: Any, **options: Any) -> pd.DataFrame:
    """One outlet against the others."""
    return kit.keyness(c.where(outlet="X"), c.where(outlet=["Y", "Ä", "not stated"]), **options)


def _listed(c: Any) -> pd.DataFrame:
    """Against a list that counts the parts of hyphenated forms."""
    frame = pd.DataFrame({"item": ["warga", "tugas", "lain"], "per_million": [3000.0, 20.0, 1.0]})
    listing = FrequencyList.from_frame(frame, floor=0.5)
    return kit.keyness(c, type(listing)(**{**vars(listing), "parts": True}) if len(c) % 2 else frame)


COMPARISONS: dict[str, Callable[[Any], pd.DataFrame]] = {
    "keyness": _keyness,
    "keyness of lexemes": lambda c: _keyness(c, unit="lexeme", interval="tokens", test="fisher", min_count=3),
    "keyness, bootstrap": lambda c: _keyness(c, interval="percentile", resamples=200, test="mann_whitney"),
    "keyness of concepts": lambda c: _keyness(c, unit="concept", codebook=CODEBOOK),
    "keyness beside itself": lambda c: kit.keyness(c, c),
    "keyness beside a list": _listed,
    "log ratios": lambda c: kit.log_ratio_intervals(c, c.where(rank=[0, 1])),
    "log ratios, bootstrap": lambda c: kit.log_ratio_intervals(c, c.where(rank=0), method="bca", resamples=200),
}
SPREADS: dict[str, Callable[[Any], pd.DataFrame]] = {
    "documents": kit.dispersion,
    "stories": lambda c: kit.dispersion(c, unit="lexeme", parts="stories", measures=list(FORMULAS), min_count=2),
    "years": lambda c: kit.dispersion(c, parts="year"),
    "equal parts": lambda c: kit.dispersion(c, parts=3),
    "paragraphs": lambda c: kit.dispersion(c, parts="paragraphs"),
    "sentences": lambda c: kit.dispersion(c, unit="concept", parts="sentences", codebook=CODEBOOK),
    "patterns": lambda c: kit.dispersion(c, unit="pattern", parts="outlet", codebook=CODEBOOK, min_count=1),
    "equal parts of concepts": lambda c: kit.dispersion(
        c, unit="concept", parts=4, codebook=CODEBOOK, mentions=kit.find_mentions(c, CODEBOOK)
    ),
}


def _backwards(c: Any) -> pd.DataFrame:
    """Mentions in another order than that of the text."""
    return kit.find_mentions(c, CODEBOOK).iloc[::-1]


OTHERS: dict[str, Callable[[Any], pd.DataFrame]] = {
    "collocations": lambda c: kit.collocations(c, "warga"),
    "pairs": lambda c: kit.collocations(c, "lexeme:layan*", unit="lexeme", context=2, count="pairs", stopwords="drop"),
    "sentences": lambda c: kit.collocations(
        c, ["concept:aktor-asn", "melayani"], context="sentence", codebook=CODEBOOK
    ),
    "mentions": lambda c: kit.collocations(c, kit.find_mentions(c, CODEBOOK), cross_sentences=True, min_count=2),
    "of mentions": lambda c: kit.collocations(c, "aktor-warga", mentions=kit.find_mentions(c, CODEBOOK)),
    "description": kit.describe_corpus,
    "description by outlet": lambda c: kit.describe_corpus(c, by="outlet"),
    "removed": kit.describe_removed,
    "list of removed": kit.list_removed,
    "list of flags": kit.list_flagged,
    "list of copies": kit.list_copies,
    "lines": lambda c: kit.concordance(c, "warga"),
    "first lines": lambda c: kit.concordance(c, "*layan*", sort="right", limit=3),
    "lines by chance": lambda c: kit.concordance(c, ["warga", "asn"], sample=4, seed=2, by="outlet", sort="node"),
    "lines of concepts": lambda c: kit.concordance(
        c, "aktor-asn", codebook=CODEBOOK, sort=["node", "L1", "R2"], limit=2, by="year"
    ),
    "lines of mentions": lambda c: kit.concordance(c, kit.find_mentions(c, CODEBOOK), sample=9, limit=5, sort="left"),
    "evidence": lambda c: kit.evidence(c, kit.find_mentions(c, CODEBOOK)),
    "evidence of some": lambda c: kit.evidence(c, _backwards(c).iloc[::3], by="pattern"),
    "evidence of quotations": lambda c: kit.evidence(c, kit.find_quotations(c)),
    "nodes": lambda c: kit.concept_network(c, CODEBOOK).nodes,
    "edges": lambda c: kit.concept_network(c, CODEBOOK, list_size=2).edges,
    "lists": lambda c: kit.concept_network(c, CODEBOOK, list_size=2).lists,
    "lists of mentions": lambda c: kit.find_lists(c, CODEBOOK, size=2, mentions=_backwards(c)),
    "n-grams": lambda c: kit.ngram_frequencies(c, n=[1, 2, 3], by="outlet", min_count=2),
    "n-grams of lexemes": lambda c: kit.ngram_frequencies(c, n=5, unit="lexeme", marks="cross", stopwords="core"),
    "reduced": lambda c: kit.reduced_frequencies(c, min_count=2),
    "reduced lexemes": lambda c: kit.reduced_frequencies(c, unit="lexeme"),
    "reduced concepts": lambda c: kit.reduced_frequencies(c, unit="concept", codebook=CODEBOOK),
    "reduced patterns": lambda c: kit.reduced_frequencies(
        c, unit="pattern", codebook=CODEBOOK, mentions=_backwards(c), min_count=1
    ),
    "marks": lambda c: kit.plot_dispersion(c, ["warga", "*layan*", "re:k.+a"], by="outlet").data,
    "marks of mentions": lambda c: (
        kit.plot_dispersion(
            c, {"all": _backwards(c), "asn": "concept:aktor-asn"}, mentions=_backwards(c), codebook=CODEBOOK
        ).data
    ),
    "passages of words": lambda c: kit.find_passages(c, kit.term_frequencies(c, by="outlet").head(9)),
    "passages of concepts": lambda c: kit.find_passages(
        c, kit.concept_frequencies(c, CODEBOOK, by="year"), codebook=CODEBOOK
    ),
    "passages of edges": lambda c: kit.find_passages(
        c, kit.concept_network(c, CODEBOOK).edges, codebook=CODEBOOK, mentions=_backwards(c)
    ),
    "passages of collocates": lambda c: kit.find_passages(c, kit.collocations(c, "warga")),
    "near misses": lambda c: kit.near_misses(c, CODEBOOK, concepts=["melayani", "akuntabilitas", "aktor-warga"]),
    "where": lambda c: kit.term_frequencies(c.where(outlet="X", year=["2023", "2024"])),
    "split": lambda c: pd.concat([kit.term_frequencies(part) for part in c.split("rank").values()] or [pd.DataFrame()]),
}
MEASURES = {
    f"{kind}: {name}": call
    for kind, calls in (
        ("frequency", FREQUENCIES),
        ("interval", INTERVALS),
        ("comparison", COMPARISONS),
        ("spread", SPREADS),
        ("other", OTHERS),
    )
    for name, call in calls.items()
}


def outcome(call: Callable[[Any], pd.DataFrame], corpus: Any) -> Any:
    """What a measure gives: a table, or the words of its error."""
    try:
        with np.errstate(all="ignore"):  # so few stories are no input of the formulas in earnest
            return call(corpus)
    except KitError as error:
        return type(error), str(error)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few items, and intervals of a few stories."""
    monkeypatch.setattr(blocks, "CELLS", 20)
    monkeypatch.setattr(ngrams, "ROWS", 20)
    monkeypatch.setattr(minimum, "STORIES", {"log_t": 3, "bca": 3, "percentile": 3})


CUTS = given(number=st.integers(0, 25), parts=st.integers(1, 6), seed=st.integers(0, 999))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("measure", MEASURES)
@CUT
@CUTS
def test_a_measure_of_parts_is_that_of_the_whole(measure: str, number: int, parts: int, seed: int) -> None:
    compare(measure, number, parts, seed)


@pytest.mark.slow
@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("measure", MEASURES)
@settings(CUT, max_examples=50)
@CUTS
def test_a_measure_of_parts_is_that_of_the_whole_again(measure: str, number: int, parts: int, seed: int) -> None:
    compare(measure, number, parts, seed)


def compare(measure: str, number: int, parts: int, seed: int) -> None:
    """Call a measure on a corpus and on its parts."""
    whole = corpus_of(number, seed)
    one, two = (outcome(MEASURES[measure], corpus) for corpus in (whole, cut(whole, parts, seed)))
    if isinstance(one, pd.DataFrame) and isinstance(two, pd.DataFrame):
        same(one, two)
    else:
        assert one == two


def test_counts_of_parts_are_those_of_the_whole() -> None:
    whole = corpus_of(20, 1)
    for options in ({}, {"unit": "lexeme"}, {"unit": "pattern", "codebook": CODEBOOK}):
        one, two = count_items(whole, **options), count_items(cut(whole, 4, 1), **options)
        assert (one.items, one.doc_ids) == (two.items, two.doc_ids)
        assert (one.matrix != two.matrix).nnz == 0
        assert one.matrix.dtype == two.matrix.dtype
        assert one.sizes.tolist() == two.sizes.tolist()
        assert one.story.tolist() == two.story.tolist()
