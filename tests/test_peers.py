"""The comparison with peers: NLTK's numbers and printed ones agree, or differ as explained."""

from __future__ import annotations

import importlib
import math
import sys
from collections import Counter
from pathlib import Path

import pytest

import kit

PEERS = Path(__file__).resolve().parent.parent / "benchmarks" / "peers"
MODULES = ("rows", "nltk_rows", "conc_rows", "published_rows", "run")


@pytest.fixture(scope="module")
def peers():
    sys.path.insert(0, str(PEERS))
    try:
        yield {name: importlib.import_module(name) for name in MODULES}
    finally:
        sys.path.remove(str(PEERS))
        for name in MODULES:
            sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def nltk_rows(peers):
    return peers["nltk_rows"].rows()


def test_every_difference_from_nltk_is_explained(nltk_rows):
    assert {row.verdict for row in nltk_rows} == {"same", "explained"}


def test_every_difference_from_printed_numbers_is_explained(peers):
    rows = peers["published_rows"].rows()
    assert {row.verdict for row in rows} == {"same", "explained"}
    assert Counter(row.measure for row in rows)["textstat_keyness chi2 (default)"] == 20


def test_formulas_agree_with_nltk_on_the_same_totals(nltk_rows):
    tables = [row for row in nltk_rows if row.example.startswith("o11 = ") and row.card != "fisher_p"]
    assert len(tables) == 5 * 6
    assert {row.verdict for row in tables} == {"same"}


def test_pairs_in_a_window_are_nltks(nltk_rows):
    pairs = [row for row in nltk_rows if row.measure == "ngram_fd"]
    assert Counter(row.example.rsplit(" ", 1)[1] for row in pairs) == {"2": 4, "5": 4}
    assert {row.verdict for row in pairs} == {"same"}


def test_a_pair_counted_by_hand(nltk_rows):
    # pelayanan publik, five times in a row in a sentence (once over a comma), 6 and 6 of 97 words:
    # NLTK has log2(5 · 97 / 36); the kit 5 of 5 and 5 meetings of all 83.
    row = next(r for r in nltk_rows if r.card == "pmi" and r.example == "layanan: pelayanan + publik, window 2")
    assert row.theirs == pytest.approx(math.log2(5 * 97 / 36))
    assert row.kit == pytest.approx(math.log2(83 / 5))


def test_a_wrong_reason_is_unexplained(peers):
    row = peers["rows"].Row
    assert row("p", "m", "pmi", "i", 1.0, 1.0 + 1e-12).verdict == "same"
    assert row("p", "m", "pmi", "i", 1.0, 2.0).verdict == "UNEXPLAINED"
    assert row("p", "m", "pmi", "i", 1.0, 2.0, by_rule=2.0).verdict == "UNEXPLAINED"
    assert row("p", "m", "pmi", "i", 1.0, 2.0, by_rule=2.1, why="reason").verdict == "UNEXPLAINED"
    assert row("p", "m", "pmi", "i", 1.0, 2.0, by_rule=2.0, why="reason").verdict == "explained"
    assert row("p", "m", "pmi", "i", 1.0, None, by_rule=1.0, why="reason").verdict == "not run"


def test_without_conc_its_rows_have_no_number(peers):
    rows = peers["conc_rows"].rows(peers["conc_rows"].run(None))
    assert rows
    assert {row.verdict for row in rows} == {"not run"}
    assert {row.theirs for row in rows} == {None}


def test_every_row_names_a_card(peers, nltk_rows):
    rows = [*nltk_rows, *peers["conc_rows"].rows(None), *peers["published_rows"].rows()]
    assert {row.card for row in rows} <= set(kit.describe_measure()["measure"])


def test_kept_table_is_the_one_that_the_script_writes(peers, nltk_rows):
    rows = [*nltk_rows, *peers["published_rows"].rows()]
    lines = peers["run"].as_csv(rows).splitlines()
    kept = (PEERS / "peers.csv").read_text(encoding="utf-8").splitlines()
    assert [line for line in kept if not line.startswith("conc ")] == lines
