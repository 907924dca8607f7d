"""A name is not a principle: bare names are counted beside the mentions, by one rule for every measure."""

from __future__ import annotations

import csv
from dataclasses import replace

import pandas as pd
import pytest

import kit
from kit.errors import QueryError

NAMES = {"KPK", "komisi pemberantasan korupsi", "zona integritas"}
TEXTS = {
    "a": "KPK menindak suap. Komisi Pemberantasan Korupsi (KPK) menjaga integritas dan transparansi.",
    "b": "KPK dan warga. Zona Integritas itu akuntabel.",
    "c": "Integritas ASN, integritas warga.",
}
#: Of integritas-antikorupsi, by hand: documents, sentences, hits, mentions, names.
COUNTED = {"apart": (2, 3, 4, 4, 4), "out": (2, 3, 4, 4), "in": (3, 5, 9, 8)}
CONCEPT = "integritas-antikorupsi"


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": list(TEXTS), "text": list(TEXTS.values())}), clean=False)


@pytest.fixture(scope="module")
def book() -> kit.Codebook:
    """The shipped codebook with some patterns marked as names, whatever it marks itself."""
    codebook = kit.load_codebook()
    patterns = codebook.patterns
    patterns["is_name"] = patterns["pattern"].isin(NAMES).map({True: "yes", False: "no"}).astype("str")
    return replace(codebook, _patterns=patterns)


@pytest.mark.parametrize("names", COUNTED)
def test_counts_by_hand_and_the_passages_behind_them(corpus: kit.Corpus, book: kit.Codebook, names: str) -> None:
    table = kit.concept_frequencies(corpus, book, names=names)  # type: ignore[arg-type]
    columns = ["documents", "sentences", "hits", "mentions", "names"][: len(COUNTED[names])]
    assert table.columns.intersection(["names"]).tolist() == columns[4:]
    row = table.set_index("concept").loc[CONCEPT]
    assert tuple(row[columns]) == COUNTED[names]
    assert row["per_1000"] == pytest.approx(1000 * COUNTED[names][3] / corpus.words)
    found = kit.find_passages(corpus, table, codebook=book)
    shown = kit.evidence(corpus, found)
    kit.Table(table, id="tbl-x", title={"en": "x", "id": "x"}, evidence=shown).files()  # refuses what does not agree
    mine = shown[shown["key"] == CONCEPT]
    assert len(mine) == {"apart": 9, "out": 4, "in": 9}[names]
    assert int(mine["cells"].str.split().map(lambda cells: "mentions" in cells).sum()) == COUNTED[names][3]


def test_evidence_of_mentions_agrees_with_the_table(corpus: kit.Corpus, book: kit.Codebook) -> None:
    mentions = kit.find_mentions(corpus, book, void=True)
    for by, table in (
        ("concept", kit.concept_frequencies(corpus, book, mentions=mentions)),
        ("pattern", kit.pattern_frequencies(corpus, book, mentions=mentions)),
    ):
        if by == "concept":
            shown = kit.evidence(corpus, mentions, by=by)
        else:  # two concepts may share a pattern
            shown = kit.evidence(corpus, kit.find_passages(corpus, table, codebook=book, mentions=mentions))
        kit.Table(table, id="tbl-x", title={"en": "x", "id": "x"}, evidence=shown).files()
        page = kit.Table(table, id="tbl-x", title={"en": "x", "id": "x"}, evidence=shown).files()
        rows = csv.DictReader(page["evidence/tbl-x.csv"].decode("utf-8").splitlines())
        assert {row["surface"] for row in rows if row["is_name"] == "true"} == {
            *("KPK", "Komisi Pemberantasan Korupsi", "Zona Integritas")
        }


def test_patterns_count_names_as_what_they_are(corpus: kit.Corpus, book: kit.Codebook) -> None:
    table = kit.pattern_frequencies(corpus, book).set_index("pattern")
    assert table.loc["KPK", ["hits", "mentions", "names"]].tolist() == [0, 0, 2]
    assert table.loc["integritas", ["hits", "mentions", "names"]].tolist() == [3, 3, 0]
    spread = kit.dispersion(corpus, unit="pattern", codebook=book, min_count=1)
    assert spread.set_index("pattern").loc["KPK", "count"] == 2


def test_every_measure_of_mentions_leaves_names_out(corpus: kit.Corpus, book: kit.Codebook) -> None:
    mentions = kit.find_mentions(corpus, book)
    among = mentions.assign(is_name=False)
    counts = {
        "dispersion": lambda given: (
            kit.dispersion(corpus, unit="concept", codebook=book, mentions=given)
            .set_index("concept")
            .loc[CONCEPT, "count"]
        ),
        "network": lambda given: (
            kit.concept_network(corpus, book, mentions=given).nodes.set_index("concept").loc[CONCEPT, "mentions"]
        ),
        "concordance": lambda given: len(kit.concordance(corpus, f"concept:{CONCEPT}", mentions=given)),
    }
    for name, count in counts.items():
        assert (count(mentions), count(among)) == (4, 8), name
    assert len(kit.concordance(corpus, f"concept:{CONCEPT}", codebook=book)) == 4
    intervals = kit.frequency_intervals(corpus, unit="concept", codebook=book).set_index("item")
    assert intervals.loc[CONCEPT, "count"] == 4


def test_a_third_way_is_refused(corpus: kit.Corpus, book: kit.Codebook) -> None:
    with pytest.raises(QueryError, match="names = 'no' -> use one of apart, in, out"):
        kit.concept_frequencies(corpus, book, names="no")  # type: ignore[arg-type]
