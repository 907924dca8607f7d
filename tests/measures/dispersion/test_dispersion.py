"""Dispersion against published values, a slow restatement of each formula, and what must not change it."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

import kit
from kit.errors import CorpusError, QueryError
from kit.measures.counts import above
from kit.measures.counts.counts import count_items
from kit.measures.counts.part_counts import PartCounts, part_counts
from kit.measures.dispersion.dispersion import DISPERSIONS, dispersion
from kit.measures.dispersion.formulas import FORMULAS
from kit.wording.words import tell

ORACLES = Path(__file__).parents[2] / "oracles"
ALL = list(FORMULAS)
LETTERS = "abcdefghijklm"


def corpus_of(texts: list[str], **metadata: list[str | None]) -> kit.Corpus:
    ids = [f"d{row:03}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts, **metadata}), clean=False)


def corpus_with(rows: dict[str, list[int]], sizes: list[int]) -> kit.Corpus:
    """Make a corpus in whose documents the words occur as often as given, filled up to the sizes."""
    texts = []
    for part, size in enumerate(sizes):
        words = [word for word, counts in rows.items() for _ in range(counts[part])]
        assert len(words) <= size
        texts.append(" ".join(words + ["isi"] * (size - len(words))))
    return corpus_of(texts)


def row_of(counts: list[int], sizes: list[int]) -> pd.Series:
    table = dispersion(corpus_with({"kata": counts}, sizes), measures=ALL)
    return table.set_index("term").loc["kata"]


def slow(v: list[int], sizes: list[int]) -> dict[str, float]:
    """Restate every formula over all parts, zeros included, with loops."""
    n, f, words = len(v), sum(v), sum(sizes)
    s = [size / words for size in sizes]
    t = [x / f for x in v]
    p = [x / size for x, size in zip(v, sizes, strict=True)]
    even = [1 / n] * n
    used = sum(x > 0 for x in v)

    def cv(values: list[float]) -> float:
        mean = sum(values) / n
        return math.sqrt(sum((x - mean) ** 2 for x in values) / n) / mean

    def entropy(values: list[float]) -> float:
        return -sum(x / sum(values) * math.log2(x / sum(values)) for x in values if x) / math.log2(n)

    def chi2(shares: list[float]) -> float:
        return sum((x - f * share) ** 2 / (f * share) for x, share in zip(v, shares, strict=True))

    dp = sum(abs(a - b) for a, b in zip(t, s, strict=True)) / 2
    kf = sum(math.sqrt(x * share) for x, share in zip(v, s, strict=True)) ** 2
    kf_equal = sum(map(math.sqrt, v)) ** 2 / n
    pairs = [abs(a - b) for row, a in enumerate(p) for b in p[row + 1 :]]
    d, d_equal = 1 - cv(p) / math.sqrt(n - 1), 1 - cv(v) / math.sqrt(n - 1)
    d2, d2_equal = entropy(p), entropy(v)
    return {
        "range_share": used / n,
        "juilland_d": d,
        "juilland_d_equal": d_equal,
        "carroll_d2": d2,
        "carroll_d2_equal": d2_equal,
        "rosengren_s": kf / f,
        "rosengren_s_equal": kf_equal / f,
        "zhang_dc": (sum(map(math.sqrt, v)) / n) ** 2 / (f / n),
        "lyne_d3": 1 - chi2(s) / (4 * f),
        "lyne_d3_equal": 1 - chi2(even) / (4 * f),
        "dp": dp,
        "dp_norm": dp / (1 - min(s)),
        "egbert_dp": 1 - dp / (1 - min(share for x, share in zip(v, s, strict=True) if x)),
        "burch_da": 1 - sum(pairs) / len(pairs) / (2 * sum(p) / n),
        "kld": sum(a * math.log2(a / b) for a, b in zip(t, s, strict=True) if a),
        "juilland_u": f * d,
        "juilland_u_equal": f * d_equal,
        "carroll_um": f * d2 + (1 - d2) * f / n,
        "carroll_um_equal": f * d2_equal + (1 - d2_equal) * f / n,
        "rosengren_kf": kf,
        "rosengren_kf_equal": kf_equal,
        "engwall_fm": f * used / n,
        "kromer_ur": sum(1 / k for x in v for k in range(1, x + 1)),
        "max_min": max(v) - min(v),
        "sd_count": cv(v) * f / n,
        "cv_count": cv(v),
        "idf": math.log2(n / used),
        "chi2_parts": chi2(s),
    }


# Published values ----------------------------------------------------------------------------------------------------

TOY = {
    "range": "range", "maxmin": "max_min", "engvall": "engwall_fm", "idf": "idf", "D": "juilland_d", "U": "juilland_u",
    "sd_pop": "sd_count", "cv_pop": "cv_count", "D_eq": "juilland_d_equal", "U_eq": "juilland_u_equal",
    "D2": "carroll_d2", "Um": "carroll_um", "f_R": "rosengren_kf", "S": "rosengren_s", "dc": "zhang_dc",
    "f_R_eq": "rosengren_kf_equal", "S_eq": "rosengren_s_equal", "kld": "kld", "dp": "dp", "dp_norm": "dp_norm",
    "chisq": "chi2_parts", "D3": "lyne_d3", "Ur": "kromer_ur", "f": "count",
}  # fmt: skip


def test_every_cell_of_the_table_of_gries() -> None:
    with (ORACLES / "dispersion_gries_toy.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(TOY) | {"type", "f1", "f2", "f3", "f4", "f5"} == set(rows[0])
    counts = {row["type"]: [int(row[f"f{part}"]) for part in range(1, 6)] for row in rows}
    table = dispersion(corpus_with(counts, [9, 10, 10, 10, 11]), measures=ALL).set_index("term")
    for row in rows:
        for theirs, ours in TOY.items():
            # Gries sums to a constant of Euler with nine digits: 1 - 4.9e-10.
            assert table.loc[row["type"], ours] == pytest.approx(float(row[theirs]), abs=1e-9), (row["type"], ours)


#: Measures of the records, by the column that gives them, for counts in parts of one size or of the sizes given.
COLUMNS = {
    "carroll_D2": ("carroll_d2", "carroll_d2_equal"),
    "juilland_D_pop": ("juilland_d", "juilland_d_equal"),
    "lyne_D3": ("lyne_d3_equal",),
    "rosengren_S_eq": ("rosengren_s_equal",),
    "zhang_DC": ("zhang_dc",),
    "DP": ("dp",),
    "DPnorm": ("dp_norm",),
    "carroll_Um": ("carroll_um", "carroll_um_equal"),
    "juilland_U": ("juilland_u", "juilland_u_equal"),
    "rosengren_KF": ("rosengren_kf", "rosengren_kf_equal"),
    "engwall_FM": ("engwall_fm",),
    "kromer_Ur": ("kromer_ur",),
    "Rrel": ("range_share",),
    "tlda_D": ("juilland_d",),
    "tlda_D2": ("carroll_d2",),
    "tlda_S": ("rosengren_s",),
    "tlda_DA": ("burch_da",),
}
RECORDS = [
    record
    for record in json.loads((ORACLES / "oracles.json").read_text(encoding="utf-8"))
    if record["family"] == "dispersion" and "v" in record["inputs"]
]


def test_no_record_is_left_out() -> None:
    named = {record["measure"] for record in RECORDS}
    assert named == set(COLUMNS) | {"tlda_DP_printed", "tlda_DKL_o2p"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_the_records(record: dict) -> None:
    counts = record["inputs"]["v"]
    row = row_of(counts, record["inputs"].get("sizes", [20] * len(counts)))
    if record["measure"] == "tlda_DP_printed":
        # Called Egbert's there; it is plain 1 - DP, and Egbert's is another number.
        got = [1 - row["dp"]]
        assert row["egbert_dp"] == pytest.approx(0.4462310, abs=5e-7)
    elif record["measure"] == "tlda_DKL_o2p":
        got = [1 / (1 + row["kld"])]
    else:
        got = [row[name] for name in COLUMNS[record["measure"]]]
    for value in got:
        assert value == pytest.approx(record["expected"], abs=record["abs_tol"] + 1e-9)


def test_the_records_of_scattertext() -> None:
    records = json.loads((ORACLES / "oracles.json").read_text(encoding="utf-8"))
    record = next(record for record in records if record["id"] == "scattertext_toy")
    counts = {"b": [2, 2, 2, 2, 2], "i": [1, 0, 0, 0, 0], "q": [0, 1, 0, 0, 0], "x": [0, 0, 0, 0, 1]}
    table = dispersion(corpus_with(counts, [9, 10, 10, 10, 11])).set_index("term")
    names = {"Range": "range", "D": "juilland_d", "S": "rosengren_s", "DP": "dp", "DPnorm": "dp_norm", "KLD": "kld"}
    for term, expected in record["expected"].items():
        for theirs, value in expected.items():
            assert table.loc[term, names[theirs]] == pytest.approx(value, abs=record["abs_tol"] + 1e-9), (term, theirs)


# Against the slow restatement ----------------------------------------------------------------------------------------

PARTS = st.integers(2, 9).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 7), min_size=n, max_size=n).filter(any),
        st.lists(st.integers(7, 40), min_size=n, max_size=n),
    )
)


@settings(max_examples=60)
@given(PARTS)
def test_equal_to_the_slow_formulas(drawn: tuple[list[int], list[int]]) -> None:
    v, sizes = drawn
    counts = part_counts([v], sizes)
    expected = slow(v, sizes)
    assert set(expected) == set(FORMULAS)
    for name, formula in FORMULAS.items():
        assert formula(counts)[0] == pytest.approx(expected[name], abs=1e-9), name


def test_the_compiled_sum_is_the_plain_one_to_the_last_bit() -> None:
    pytest.importorskip("numba")  # and once it is loaded, the sum is compiled
    for seed in range(20):
        draw = np.random.default_rng(seed)
        counts = sparse.csr_array(draw.poisson(0.7, (40, 60)).astype(np.int32))
        sizes, found = draw.integers(50, 500, 60).astype(float), []
        for enough in (0, 10**9):
            with patch.object(above, "_ENOUGH", enough):
                found.append(FORMULAS["dp"](PartCounts(counts, sizes)).tobytes())
        assert found[0] == found[1], seed


@pytest.mark.parametrize("seed", range(20))
def test_random_corpora_through_the_public_function(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 12))
    counts = {letter * 3: rng.poisson(rng.uniform(0.1, 4), n).tolist() for letter in LETTERS}
    sizes = [sum(row[part] for row in counts.values()) + int(rng.integers(1, 60)) for part in range(n)]
    table = dispersion(corpus_with(counts, sizes), measures=ALL).set_index("term")
    for term, v in counts.items():
        if not sum(v):
            assert term not in table.index
            continue
        for name, value in slow(v, sizes).items():
            assert table.loc[term, name] == pytest.approx(value, abs=1e-9), (term, name)


@given(PARTS)
def test_ranges(drawn: tuple[list[int], list[int]]) -> None:
    counts = part_counts([drawn[0]], drawn[1])
    got = {name: formula(counts)[0] for name, formula in FORMULAS.items()}
    for name in (
        "range_share", "juilland_d", "juilland_d_equal", "carroll_d2", "carroll_d2_equal", "rosengren_s",
        "rosengren_s_equal", "zhang_dc", "dp", "dp_norm", "egbert_dp", "burch_da",
    ):  # fmt: skip
        assert 0 <= got[name] <= 1, name
    assert got["kld"] >= 0
    assert got["lyne_d3"] <= 1
    assert got["lyne_d3_equal"] <= 1
    total = sum(drawn[0])
    for name in ("juilland_u", "carroll_um", "rosengren_kf", "engwall_fm", "kromer_ur"):
        assert 0 <= got[name] <= total + 1e-9, name


# What must not change it ---------------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["asn", "ASN", "warga", "2024", ",", ".", "layanannya"]), max_size=12).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(texts: list[str], random) -> None:
    table = dispersion(corpus_of(texts), measures=ALL)
    mixed = texts[:]
    random.shuffle(mixed)
    pd.testing.assert_frame_equal(table, dispersion(corpus_of(mixed), measures=ALL), atol=1e-9, rtol=1e-9)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_splitting_a_document_changes_no_frequency(texts: list[str]) -> None:
    words = texts[0].split()
    halves = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
    whole, split = dispersion(corpus_of(texts)), dispersion(corpus_of([*halves, *texts[1:]]))
    assert whole[["term", "count"]].equals(split[["term", "count"]])
    number = max(len(whole) // 2, 1)
    pd.testing.assert_frame_equal(
        dispersion(corpus_of(texts), parts=number).drop(columns="documents"),
        dispersion(corpus_of([*halves, *texts[1:]]), parts=number).drop(columns="documents"),
    )


def test_doubling_every_part_keeps_what_is_relative() -> None:
    once, twice = row_of([1, 0, 3], [10, 12, 9]), row_of([2, 0, 6], [20, 24, 18])
    for name in ("juilland_d", "carroll_d2", "rosengren_s", "dp", "dp_norm", "egbert_dp", "burch_da", "kld"):
        assert once[name] == pytest.approx(twice[name], abs=1e-12), name


# Parts ---------------------------------------------------------------------------------------------------------------


def test_equal_parts_of_the_running_words() -> None:
    corpus = corpus_of(["a a b c", "a b c d e f"])
    table = dispersion(corpus, parts=3, measures=["juilland_d", "dp"]).set_index("term")
    # Parts end before words 3, 6 and 10: "a a b", "c a b", "c d e f".
    assert table.loc["a", "range"] == 2
    assert table.loc["a", "dp"] == pytest.approx((abs(2 / 3 - 0.3) + abs(1 / 3 - 0.3) + 0.4) / 2)
    assert table.loc["c", ["range", "documents"]].tolist() == [2, 2]
    assert table.attrs["parts"] == 3


def test_a_metadata_column_and_years() -> None:
    corpus = corpus_of(["a a", "a b", "b b b"], outlet=["X", "Y", None], date=["2023-01-01", "2023-02-01", "2024"])
    by_outlet = dispersion(corpus, parts="outlet").set_index("term")
    assert by_outlet["range"].to_dict() == {"b": 2, "a": 2}
    assert by_outlet.attrs["parts"] == 3
    assert "outlet" in tell(by_outlet.attrs["remarks"][-1], "id")
    assert dispersion(corpus, parts="year").set_index("term")["range"].to_dict() == {"b": 2, "a": 1}


def test_copies_are_one_story() -> None:
    corpus = corpus_of(["asn melayani", "asn melayani", "warga"])
    table = dispersion(corpus, parts="stories").set_index("term")
    assert table.loc["asn", ["count", "documents", "range"]].tolist() == [2, 2, 1]
    assert table.attrs["parts"] == 2
    assert table.loc["asn", "dp"] == pytest.approx(0.2)


def test_sentences_and_paragraphs_of_a_single_text() -> None:
    corpus = corpus_of(["ASN datang. ASN pulang.\nWarga melihat ASN. Warga diam.\nSelesai."])
    by_sentence = dispersion(corpus, parts="sentences", measures=["dp"]).set_index("term")
    assert by_sentence.attrs["parts"] == 5
    assert by_sentence["range"].head(2).to_dict() == {"asn": 3, "warga": 2}
    by_paragraph = dispersion(corpus, parts="paragraphs", measures=["dp"]).set_index("term")
    assert by_paragraph.attrs["parts"] == 3
    assert by_paragraph["range"].head(2).to_dict() == {"asn": 2, "warga": 1}
    # 10 words: 4, 5 and 1; two of the three occurrences stand in the first paragraph, one in the second.
    assert by_paragraph.loc["asn", "dp"] == pytest.approx(2 / 3 - 0.4)


def test_concepts_are_placed_where_they_begin() -> None:
    codebook = kit.load_codebook()
    corpus = corpus_of(["Aparatur Sipil Negara (ASN) harus akuntabel.", "Akuntabel, transparan; ASN melayani warga."])
    table = dispersion(corpus, unit="concept", codebook=codebook)
    counts = count_items(corpus, "concept", codebook=codebook)
    assert tuple(table.concept) == counts.items
    assert table["count"].tolist() == counts.totals.tolist()
    assert table["documents"].tolist() == table["range"].tolist() == counts.document_frequency.tolist()
    halves = dispersion(corpus, unit="concept", parts=2, codebook=codebook).set_index("concept")
    assert halves.loc["aktor-asn", ["count", "range"]].tolist() == [2, 2]
    patterns = dispersion(corpus, unit="pattern", codebook=codebook)
    assert patterns["count"].sum() == table["count"].sum()
    assert table.attrs["unit"] == "mention"
    assert table.attrs["codebook"] == codebook.version
    given = dispersion(corpus, unit="concept", codebook=codebook, mentions=kit.find_mentions(corpus, codebook))
    pd.testing.assert_frame_equal(given, table)


def test_lexemes() -> None:
    table = dispersion(corpus_of(["layanannya", "layanan-layanan layanan"]), unit="lexeme")
    assert table[["term", "count", "range"]].to_numpy().tolist() == [["layanan", 3, 2]]


def test_the_columns() -> None:
    table = dispersion(corpus_of(["b a", "a"]))
    assert list(table.columns) == ["term", "count", "documents", "range", *DISPERSIONS]
    assert table.term.tolist() == ["a", "b"]
    assert dispersion(corpus_of(["b a", "a"]), min_count=2).term.tolist() == ["a"]
    assert set(table.dtypes[1:4].astype(str)) == {"int64"}
    assert set(table.dtypes[4:].astype(str)) == {"float64"}


# The edges -----------------------------------------------------------------------------------------------------------


def test_one_part_only() -> None:
    table = dispersion(corpus_of(["asn melayani asn"]), measures=ALL)
    assert table[["count", "documents", "range"]].to_numpy().tolist() == [[2, 1, 1], [1, 1, 1]]
    assert (table["range_share"] == 1).all()
    assert table[ALL[1:]].isna().all().all()
    assert any("two parts" in tell(remark, "en") for remark in table.attrs["remarks"])


def test_an_item_in_one_part_is_the_least_even() -> None:
    row = row_of([0, 4, 0, 0], [8, 8, 8, 8])
    for name in ("juilland_d", "carroll_d2", "egbert_dp", "burch_da"):
        assert row[name] == pytest.approx(0, abs=1e-12), name
    assert row["dp_norm"] == 1
    assert row["kld"] == 2


def test_an_absent_concept() -> None:
    table = dispersion(corpus_of(["warga", "warga pasar"]), unit="concept", codebook=kit.load_codebook(), measures=ALL)
    absent = table[table["count"] == 0]
    assert len(absent) > 30
    assert (absent[["range_share", "juilland_u", "carroll_um", "rosengren_kf", "engwall_fm", "kromer_ur"]] == 0).all(
        axis=None
    )
    assert absent[["juilland_d", "carroll_d2", "dp", "kld", "idf", "chi2_parts"]].isna().all(axis=None)
    assert any("does not occur" in tell(remark, "en") for remark in table.attrs["remarks"])


def test_documents_without_words_are_no_parts() -> None:
    table = dispersion(corpus_of(["asn", "", "warga asn", "?!"]))
    assert table.attrs["parts"] == 2
    told = [(tell(remark, "en"), tell(remark, "id")) for remark in table.attrs["remarks"]]
    assert ("Parts without words are left out: 2.", "Bagian tanpa kata tidak disertakan: 2.") in told


def test_without_words() -> None:
    for corpus in (corpus_of([]), corpus_of(["", "?!"])):
        assert dispersion(corpus).empty
        assert dispersion(corpus, parts=5).empty
        concepts = dispersion(corpus, unit="concept", codebook=kit.load_codebook())
        assert (concepts["count"] == 0).all()
        assert concepts["dp"].isna().all()


def test_what_has_no_meaning() -> None:
    corpus = corpus_of(["a b", "c"])
    for options in ({"parts": 0}, {"parts": 4}, {"unit": "root"}, {"unit": "concept"}, {"measures": ["gini"]}):
        with pytest.raises(QueryError):
            dispersion(corpus, **options)
    with pytest.raises(CorpusError, match="desk"):
        dispersion(corpus, parts="desk")
