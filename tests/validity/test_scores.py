"""What codings say: agreement against hand counts, what is undefined, precision and recall weighted by strata."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kit
from kit.codebook.variants import without_context
from kit.errors import CodingError
from kit.measures.correction.strata import Strata

CODEBOOK = without_context(kit.load_codebook())


def corpus_of(times: int) -> kit.Corpus:
    text = " ".join(f"Aparatur melayani warga {n}. Pelayan muda {n}. Hujan turun {n}." for n in range(3, 7 * times, 7))
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    return corpus_of(40)


@pytest.fixture(scope="module")
def sheet(corpus: kit.Corpus) -> kit.CodingSheet:
    return kit.coding_sheet(corpus, CODEBOOK, n=20, concepts=["melayani"])


def coded(sheet: kit.CodingSheet, yes: dict[str, int], coder: str = "ani") -> pd.DataFrame:
    """A coder's answers: the first so many items of each stratum yes, the others no."""
    place = sheet.key.groupby("stratum").cumcount()
    value = np.where(place < sheet.key["stratum"].map(yes), "yes", "no")
    return sheet.key.assign(coder=coder, value=value, time="2026-01-02T03:04:05Z")


def test_precision_and_recall_are_weighted_by_strata(corpus: kit.Corpus, sheet: kit.CodingSheet) -> None:
    row = kit.score_coding(
        corpus, coded(sheet, {"hit": 15, "near": 4, "rest": 1}), sheet.key, source="made up"
    ).validity.iloc[0]
    assert [row[name] for name in ("hits", "hits_read", "hits_yes", "near_yes", "rest_yes")] == [40, 20, 15, 4, 1]
    assert row["precision"] == 15 / 20
    assert row["recall"] == pytest.approx(15 / (15 + 4 + 1), abs=1e-15)  # each stratum has 40 sentences
    assert row["specificity"] == pytest.approx(1 - (40 - 30) / (120 - 40), abs=1e-15)
    assert row["precision_low"] < row["precision"] < row["precision_high"]
    assert row["recall_low"] < row["recall"] < row["recall_high"]
    assert (row["concept"], row["source"], row["date"], row["reason"]) == ("melayani", "made up", "2026-01-02", "")
    assert not row["recall_at_most"]
    assert math.isnan(row["alpha"])  # one coder
    assert (row["fingerprint"], row["codebook"]) == (corpus.fingerprint, CODEBOOK.version)


def test_recall_is_at_most_where_the_rest_shows_no_miss(corpus: kit.Corpus, sheet: kit.CodingSheet) -> None:
    row = kit.score_coding(corpus, coded(sheet, {"hit": 15, "near": 4, "rest": 0}), sheet.key).validity.iloc[0]
    assert row["recall_at_most"]
    assert row["recall"] == pytest.approx(15 / 19)
    whole = kit.coding_sheet(corpus, CODEBOOK, n=40, concepts=["melayani"])
    row = kit.score_coding(corpus, coded(whole, {"hit": 30, "near": 8, "rest": 0}), whole.key).validity.iloc[0]
    assert not row["recall_at_most"]  # all was read: it is known
    assert (row["recall_low"], row["recall"], row["recall_high"]) == (30 / 38, 30 / 38, 30 / 38)
    assert row["precision_low"] == row["precision_high"] == 0.75


def test_half_done_is_welcome(corpus: kit.Corpus, sheet: kit.CodingSheet) -> None:
    answers = coded(sheet, {"hit": 15, "near": 4, "rest": 1})
    some = answers.groupby("stratum").head(9)
    row = kit.score_coding(corpus, some, sheet.key).validity.iloc[0]
    assert row["reason"] == "few-read"
    assert row["precision"] == 1.0
    assert math.isnan(row["recall_low"])
    row = kit.score_coding(corpus, answers[answers["stratum"] == "hit"], sheet.key).validity.iloc[0]
    assert row["reason"] == "not-read"
    assert row["precision"] == 0.75
    assert math.isnan(row["recall"])
    assert not row["recall_at_most"]


def test_agreement_by_hand(corpus: kit.Corpus, sheet: kit.CodingSheet) -> None:
    ani, budi = (
        coded(sheet, {"hit": 20, "near": 10, "rest": 0}),
        coded(sheet, {"hit": 20, "near": 5, "rest": 0}, "budi"),
    )
    scores = kit.score_coding(corpus, pd.concat([ani, budi]), sheet.key)
    row = scores.agreement.iloc[0]
    # 25 yes and yes, 5 yes and no, 30 no and no
    assert (row["items"], row["coders"], row["once"], row["unsure"]) == (60, 2, 0, 0)
    assert row["agreed"] == 55 / 60
    assert row["yes_share"] == 55 / 120
    assert row["alpha"] == pytest.approx(1 - 119 * 10 / (2 * 55 * 65), abs=1e-12)
    chance = (30 * 25 + 30 * 35) / 60**2
    assert row["kappa"] == pytest.approx((55 / 60 - chance) / (1 - chance), abs=1e-12)
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"]
    assert row["more_items"] > 0
    assert row["reason"] == ""
    overall = scores.overall.iloc[0]
    assert (overall["items"], overall["passages"]) == (60, 60)
    assert overall["masi_alpha"] == pytest.approx(row["alpha"], abs=1e-12)  # one concept: sets of it or of none
    assert scores.validity["undecided"].tolist() == [5]
    assert scores.validity["near_read"].tolist() == [15]
    assert len(scores.disputed) == 10
    judged = kit.score_coding(corpus, pd.concat([ani, budi]), sheet.key, truth="ani")
    assert judged.validity[["undecided", "near_yes"]].to_numpy().tolist() == [[0, 10]]
    assert len(judged.disputed) == 0


def test_of_three_coders_most_decide(corpus: kit.Corpus, sheet: kit.CodingSheet) -> None:
    three = [coded(sheet, {"hit": hits, "near": 0, "rest": 0}, name) for hits, name in ((20, "a"), (20, "b"), (0, "c"))]
    scores = kit.score_coding(corpus, pd.concat(three), sheet.key)
    assert scores.validity["hits_yes"].tolist() == [20]
    assert math.isnan(scores.agreement["kappa"][0])
    assert not math.isnan(scores.agreement["fleiss"][0])
    assert len(scores.disputed) == 0


def test_what_is_undefined_says_so(corpus: kit.Corpus, sheet: kit.CodingSheet) -> None:
    every = {"hit": 20, "near": 20, "rest": 20}
    both = pd.concat([coded(sheet, every), coded(sheet, every, "budi")])
    cases = {
        "one-label": both,
        "coded-once": coded(sheet, every),
        "few-items": pd.concat([coded(sheet, {**every, "near": 9}), coded(sheet, every, "budi")])
        .groupby("coder")
        .head(29),
        "rare-answer": pd.concat([coded(sheet, {**every, "rest": 19}), coded(sheet, {**every, "rest": 19}, "budi")]),
    }
    for reason, codings in cases.items():
        scores = kit.score_coding(corpus, codings)
        row = scores.agreement.iloc[0]
        assert row["reason"] == reason
        assert math.isnan(row["alpha"]) == (reason in ("one-label", "coded-once"))
        assert math.isnan(row["alpha_low"])
        assert pd.isna(row["more_items"])
        assert [remark["key"] for remark in scores.agreement.attrs["remarks"]] == [f"coding_scores.{reason}"]
        assert len(scores.validity) == 0


def test_unsure_is_no_answer_and_the_last_answer_counts(corpus: kit.Corpus, sheet: kit.CodingSheet) -> None:
    first = coded(sheet, {"hit": 20, "near": 0, "rest": 0})
    later = first.head(7).assign(value="unsure")
    row = kit.score_coding(corpus, pd.concat([first, later]), sheet.key).agreement.iloc[0]
    assert (row["unsure"], row["once"]) == (7, 53)


def test_sets_are_compared_where_all_coders_decided_on_a_code(corpus: kit.Corpus) -> None:
    def row(coder: str, end: int, code: str, value: str) -> dict[str, object]:
        return {"doc_id": "a", "start": 0, "end": end, "code": code, "coder": coder, "value": value}

    rows = [row(coder, 9, code, "yes") for coder in ("ani", "budi") for code in ("x", "y")]
    rows += [row("ani", 9, "z", "yes"), row("budi", 5, "x", "no"), row("ani", 5, "x", "yes")]
    overall = kit.score_coding(corpus, pd.DataFrame(rows)).overall.iloc[0]
    assert overall["passages"] == 2  # z of the first passage was asked of one coder alone
    # {x,y} twice; {x} and {}: distance 1. Expected: pairs of 4 sets, MASI of {x,y} and {x} is 2/3
    expected = (2 * (2 * 2 / 3 + 2 * 1) + 2 * 1) / (4 * 3)
    assert overall["masi_alpha"] == pytest.approx(1 - (2 * 1 / 4) / expected, abs=1e-12)


def test_other_corpora_and_answers_are_refused(corpus: kit.Corpus, sheet: kit.CodingSheet, tmp_path: Path) -> None:
    answers = coded(sheet, {"hit": 1, "near": 1, "rest": 1})
    other = corpus_of(41)
    with pytest.raises(
        CodingError, match="the key is of another corpus -> pass the corpus that the sheet was drawn from"
    ):
        kit.score_coding(other, answers, sheet.key)
    strange = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["z"], "text": ["Warga."]}), clean=False)
    with pytest.raises(CodingError, match=r"the corpus has no document 'a' -> pass the corpus"):
        kit.score_coding(strange, answers)
    with pytest.raises(CodingError, match=r"the answer '3' is none of yes, no, unsure"):
        kit.score_coding(corpus, answers.assign(value="3"))
    with pytest.raises(CodingError, match=r"truth = 'citra' has coded nothing -> name one of ani"):
        kit.score_coding(corpus, answers, truth="citra")


def test_nothing_coded_gives_empty_tables(corpus: kit.Corpus, sheet: kit.CodingSheet) -> None:
    scores = kit.score_coding(corpus, coded(sheet, {"hit": 0, "near": 0, "rest": 0}).head(0), sheet.key)
    assert len(scores.agreement) == 0
    assert scores.overall["items"].tolist() == [0]
    assert scores.validity["reason"].tolist() == ["not-read"]


def test_strata_by_hand() -> None:
    strata = Strata((50, 150, 800), (40, 40, 100), (30, 8, 4))
    total = 0.05 * 0.75 + 0.15 * 0.2 + 0.8 * 0.04
    assert strata.total().value == pytest.approx(total)
    difference = 0.05 + 0.05 * (0.75 - 1) + 0.15 * 0.2 + 0.8 * 0.04  # the apparent share and the mean errors
    assert strata.total().value == pytest.approx(difference)
    assert strata.recall().value == pytest.approx(0.05 * 0.75 / total)
    assert math.isnan(Strata((5, 0, 9), (0, 0, 9), (0, 0, 1)).total().value)
    assert Strata((5, 0, 9), (5, 0, 9), (2, 0, 1)).recall() == pytest.approx((2 / 3, 2 / 3, 2 / 3), abs=1e-15)
