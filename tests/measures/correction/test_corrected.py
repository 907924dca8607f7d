"""Corrected shares: by hand, against the formulas restated, empty with the reason where they would not cover."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import kit
from kit.codebook.variants import without_context
from kit.errors import QueryError
from kit.measures.correction.columns import COLUMNS
from kit.measures.correction.corrected import WORTH
from kit.measures.correction.prevalence import rogan_gladen
from kit.measures.correction.strata import LEAST, Strata
from kit.wording.words import tell

STUDY = json.loads((Path(__file__).parents[3] / "benchmarks" / "correction_coverage.json").read_text("utf-8"))
CODEBOOK = without_context(kit.load_codebook())
TEXT = " ".join(f"Aparatur melayani warga {n}. Pelayan toko {n}. Hujan turun {n}. Angin {n}." for n in range(3, 353, 7))
FIGURES = {"concept": "melayani", "recall": 0.8, "n_recall": 60.0, "specificity": 0.95, "n_specificity": 200.0}


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": ["a", "b"], "outlet": ["X", "Y"], "text": [TEXT, "Hujan."]})
    return kit.Corpus.from_frame(frame, clean=False)


def row(corpus: kit.AnyCorpus, figures: dict[str, Any], **more: Any) -> pd.Series:
    table = kit.concept_frequencies(corpus, CODEBOOK, validity=pd.DataFrame([figures]), **more)
    return table.set_index("concept").loc["melayani"]


def test_the_bounds_are_those_of_the_study() -> None:
    assert STUDY["minimum"] == LEAST
    cells = STUDY["cells"]
    assert min(one[name] for one in cells for name in ("share", "recall", "precision")) >= 0.93
    elsewhere = [one[times] for one in cells for times in ("0.5", "1", "2") if one[times] is not None]
    assert len(elsewhere) > 100
    assert min(elsewhere) >= 0.93
    thirty = next(one for one in STUDY["known"] if one["read"] == 30)
    assert thirty["lang_reiczigel"] >= 0.93
    assert max(thirty["delta"], thirty["bootstrap"]) < 0.6


def test_by_recall_and_specificity(corpus: kit.Corpus) -> None:
    found = row(corpus, FIGURES)
    assert found["sentences"] == 50
    assert found["sentence_share"] == 50 / 201
    assert found["corrected"] == pytest.approx((50 / 201 + 0.95 - 1) / (0.8 + 0.95 - 1), abs=1e-15)
    assert found["corrected_low"] < found["corrected"] < found["corrected_high"]
    assert (found["corrected_reason"], found["difference_reason"]) == ("", "not-read")
    assert math.isnan(found["difference"])


def test_lang_and_reiczigel_restated() -> None:
    """The adjusted estimates first, then the shift and the width, step by step as the paper has them."""
    k, n, a, n_a, b, n_b = 259, 2971, 30, 33, 19, 20
    z = stats.norm.ppf(0.975)
    ap, se, sp = (k + z**2 / 2) / (n + z**2), (a + 1) / (n_a + 2), (b + 1) / (n_b + 2)
    prevalence = (ap + sp - 1) / (se + sp - 1)
    shift = 2 * z**2 * (prevalence * se * (1 - se) / (n_a + 2) - (1 - prevalence) * sp * (1 - sp) / (n_b + 2))
    spread = ap * (1 - ap) / (n + z**2)
    spread += prevalence**2 * se * (1 - se) / (n_a + 2) + (1 - prevalence) ** 2 * sp * (1 - sp) / (n_b + 2)
    reach = z * spread**0.5 / (se + sp - 1)
    value, low, high = rogan_gladen(k / n, n, a / n_a, n_a, b / n_b, n_b)
    assert value == pytest.approx((k / n + b / n_b - 1) / (a / n_a + b / n_b - 1))
    assert (low, high) == pytest.approx((max(prevalence + shift - reach, 0), prevalence + shift + reach))


def test_by_the_sentences_read(corpus: kit.Corpus) -> None:
    sheet = kit.coding_sheet(corpus, CODEBOOK, n=20, concepts=["melayani"])
    first = sheet.key.groupby("stratum").cumcount() < sheet.key["stratum"].map({"hit": 15, "near": 5, "rest": 1})
    codings = sheet.key.assign(coder="ani", value=np.where(first, "yes", "no"), time="")
    validity = kit.score_coding(corpus, codings, sheet.key).validity
    table = kit.concept_frequencies(corpus, CODEBOOK, validity=validity).set_index("concept")
    found = table.loc["melayani"]
    # 50 sentences with a hit, 50 near misses, 101 others
    expected = 50 / 201 + 50 / 201 * (15 / 20 - 1) + 50 / 201 * 5 / 20 + 101 / 201 * 1 / 20
    assert found["difference"] == pytest.approx(expected, abs=1e-15)
    assert found["corrected"] == pytest.approx(expected, abs=1e-12)  # the same figures, on the same corpus
    assert found["difference_low"] < expected < found["difference_high"]
    assert found["difference_reason"] == ""
    assert (table["difference_reason"] == "not-measured").sum() == len(table) - 1
    said = " ".join(tell(one, "en") for one in table.attrs["remarks"])
    assert "How valid the counts are has not been measured for: good-governance, clean-government," in said
    assert "not on this corpus" not in said
    elsewhere = kit.concept_frequencies(corpus, CODEBOOK, validity=pd.DataFrame([FIGURES | {"source": "news of 2019"}]))
    said = " ".join(tell(one, "en") for one in elsewhere.attrs["remarks"])
    assert "measured on news of 2019, not on this corpus." in said
    assert "Not corrected by reading, since no sentences of a stratum were read: 1." in said


REASONS: dict[str, tuple[dict[str, Any], str, str]] = {
    "another concept": ({"concept": "dilayani"}, "not-measured", "not-measured"),
    "another codebook": ({"codebook": "abc"}, "other-codebook", "other-codebook"),
    "no specificity": ({"specificity": math.nan}, "no-specificity", "not-read"),
    "few read": ({"n_recall": WORTH - 1}, "few-read", "not-read"),
    "no better than chance": ({"specificity": 0.2}, "no-better", "not-read"),
}


@pytest.mark.parametrize("kind", REASONS)
def test_an_empty_cell_has_its_reason(corpus: kit.Corpus, kind: str) -> None:
    change, first, second = REASONS[kind]
    found = row(corpus, FIGURES | change)
    assert (found["corrected_reason"], found["difference_reason"]) == (first, second)
    for name in ("corrected", "difference"):
        assert found[[name, f"{name}_low", f"{name}_high"]].isna().all()
    assert found["sentence_share"] == 50 / 201


def test_reading_elsewhere_or_by_group_is_not_taken(corpus: kit.Corpus) -> None:
    read = {"hits": 50, "hits_read": 20, "hits_yes": 15, "near_misses": 50, "near_read": 20, "near_yes": 5}
    read |= {"rest": 101, "rest_read": 20, "rest_yes": 1, "fingerprint": corpus.fingerprint}
    assert row(corpus, FIGURES | read)["difference_reason"] == ""
    assert row(corpus, FIGURES | read | {"fingerprint": "x"})["difference_reason"] == "other-corpus"
    assert row(corpus, FIGURES | read | {"near_read": 9})["difference_reason"] == "few-read"
    grouped = kit.concept_frequencies(corpus, CODEBOOK, by="outlet", validity=pd.DataFrame([FIGURES | read]))
    one = grouped[grouped["concept"] == "melayani"].set_index("outlet")
    assert one["difference_reason"].tolist() == ["by-group"] * 2
    assert one["sentence_share"].tolist() == [50 / 200, 0.0]
    assert one["corrected"]["Y"] == 0.0


def test_parts_give_the_same_and_nothing_below_changes(corpus: kit.Corpus) -> None:
    whole = kit.concept_frequencies(corpus, CODEBOOK, validity=pd.DataFrame([FIGURES]))
    parts = kit.PartedCorpus.of([corpus.where(outlet="X"), corpus.where(outlet="Y")])
    pd.testing.assert_frame_equal(kit.concept_frequencies(parts, CODEBOOK, validity=pd.DataFrame([FIGURES])), whole)
    plain = kit.concept_frequencies(corpus, CODEBOOK)
    pd.testing.assert_frame_equal(whole.drop(columns=list(COLUMNS)), plain)
    assert whole.dtypes[list(COLUMNS)].astype(str).to_dict() == COLUMNS


def test_tables_that_are_none_of_validity_are_refused(corpus: kit.Corpus) -> None:
    for table, said in (
        (
            pd.DataFrame({"x": [1]}),
            r"validity: the table has no column 'concept' -> pass the validity of kit.score_coding",
        ),
        (pd.DataFrame([FIGURES, FIGURES]), r"concept 'melayani' stands in two rows -> choose one source"),
        (pd.DataFrame([FIGURES | {"recall": "x"}]), r"column 'recall' holds no numbers"),
    ):
        with pytest.raises(QueryError, match=said):
            kit.concept_frequencies(corpus, CODEBOOK, validity=table)
    with pytest.raises(QueryError, match=r'validity= goes with names="apart" or "out" -> leave names= out'):
        kit.concept_frequencies(corpus, CODEBOOK, names="in", validity=pd.DataFrame([FIGURES]))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=3))
def test_intervals_hold_the_estimate(numbers: list[tuple[int, int, int]]) -> None:
    sizes, read, yes = zip(*([max(one), sorted(one)[1], min(one)] for one in numbers), strict=True)
    strata = Strata(sizes, read, yes)
    for found in (strata.total(), strata.recall(), strata.share(0)):
        if not math.isnan(found.value):
            assert 0 <= found.low <= found.value + 1e-12
            assert found.value - 1e-12 <= found.high <= 1 + 1e-12
    if read == sizes and sum(sizes):
        assert strata.total() == pytest.approx((sum(yes) / sum(sizes),) * 3)
