"""The cards: whole, one for each column, their examples true, and the document made of them up to date."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.measures.association.formulas import MEASURES as ASSOCIATION
from kit.measures.cards import describe_measure, measures_document
from kit.measures.dispersion.dispersion import dispersion
from kit.measures.dispersion.formulas import FORMULAS
from kit.measures.dispersion.intervals import MEASURES
from kit.measures.frequency.diversity import lexical_diversity
from kit.measures.frequency.ngrams import ngram_frequencies
from kit.measures.frequency.reduced import reduced_frequencies
from kit.measures.frequency.sensitivity import stopword_sensitivity
from kit.wording.measures import families

ROOT = Path(__file__).parents[2]


def corpus_of(texts: list[str]) -> kit.Corpus:
    ids = [f"d{row:03}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)


def test_the_document_is_made_of_the_cards() -> None:
    written = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    assert written == measures_document(), "run: python -m kit.measures.cards > docs/measures.md"


def test_every_column_of_numbers_has_a_card() -> None:
    corpus, codebook = corpus_of(["ASN melayani warga.", "Warga."]), kit.load_codebook()
    tables = {
        "dispersion": dispersion(corpus, measures=list(FORMULAS), intervals=True),
        "reduced_frequencies": reduced_frequencies(corpus),
        "ngram_frequencies": ngram_frequencies(corpus),
        "lexical_diversity": lexical_diversity(corpus),
        "stopword_sensitivity": stopword_sensitivity(corpus),
        "term_frequencies": kit.term_frequencies(corpus),
        "concept_frequencies": kit.concept_frequencies(corpus, codebook),
        "describe_corpus": kit.describe_corpus(corpus),
        "describe_removed": kit.describe_removed(corpus),
    }
    for name, table in tables.items():
        assert all(describe_measure(column, name) for column in table.select_dtypes("number").columns)


def test_every_formula_has_a_card_and_every_card_a_formula() -> None:
    ends = {f"{name}_{end}" for name in MEASURES for end in ("low", "high")}
    assert set(families()["dispersion"].cards) == {"range", *FORMULAS, *ends}  # parts are counted, not computed
    cards = families()["association"].cards
    assert {name for name in cards if cards[name].example.startswith("o11 =")} == set(ASSOCIATION)


@pytest.mark.parametrize("name", FORMULAS)
def test_the_examples_of_dispersion_are_true(name: str) -> None:
    example = describe_measure(name).example
    found = re.fullmatch(r"parts of ([\d ]+) words, counts ([\d ]+) → (\S+)", example)
    assert found, example
    sizes, counts = ([int(number) for number in found[row].split()] for row in (1, 2))
    texts = ["kata " * count + "isi " * (size - count) for size, count in zip(sizes, counts, strict=True)]
    got = dispersion(corpus_of(texts), measures=[name]).set_index("term").loc["kata", name]
    digits = len(found[3].partition(".")[2])
    assert got == pytest.approx(float(found[3]), abs=max(0.5 * 10**-digits, 1e-12) if digits else 1e-12)


@pytest.mark.parametrize("name", lexical_diversity(corpus_of(["a"])).columns[2:])
def test_the_examples_of_diversity_are_true(name: str) -> None:
    found = re.match(r"“a b a c” → (\S+)", describe_measure(name).example)
    assert found
    assert lexical_diversity(corpus_of(["a b a c"]), window=3, sample=2)[name][0] == pytest.approx(float(found[1]))


def test_the_examples_of_reduced_frequency_are_the_records() -> None:
    records = json.loads((ROOT / "tests" / "oracles" / "oracles.json").read_text(encoding="utf-8"))
    printed = {row["measure"].lower().replace("_", ""): row["expected"] for row in records if "type" in row["inputs"]}
    for name in reduced_frequencies(corpus_of(["a"])).columns[3:]:
        example = describe_measure(name).example
        assert example == f"the 50 words of Gries 2008 p. 410, item a → {printed[name.replace('_', '')]}"


def test_the_examples_of_sensitivity_are_true() -> None:
    cards = families()["stopword_sensitivity"].cards.values()
    assert len(cards) == 8
    for card in cards:
        found = re.fullmatch(r"“(.+)”, list (.+), top 3: → (\S+)", card.example)
        assert found, card.example
        table = stopword_sensitivity(corpus_of([found[1]]), stopwords={"mine": found[2].split()}, top=3)
        assert table.set_index("list").loc["mine", card.measure] == pytest.approx(float(found[3]))


def test_a_card_in_a_notebook_and_a_console() -> None:
    card = describe_measure("dp_norm")
    assert card._repr_markdown_().startswith("### dp_norm\n\nNormalised deviation of proportions")
    assert "- **Formula**: `DP / (1 - smallest s)`" in card._repr_markdown_()
    assert re.search(r"^Direction: +0 = even, 1 = all in the smallest part$", str(card), re.MULTILINE)
    assert repr(card) == str(card)


def test_a_measure_that_does_not_exist() -> None:
    with pytest.raises(QueryError, match=r"dp_nrm.*dp_norm"):
        describe_measure("dp_nrm")
    with pytest.raises(QueryError, match=r"'dp_norm' in keyness -> use a column name"):
        describe_measure("dp_norm", "keyness")


def test_a_measure_of_several_families_is_found_by_its_table_or_family() -> None:
    with pytest.raises(QueryError, match=r"several families \(.*description.*frequency.*'documents', 'association'"):
        describe_measure("documents")
    table = pd.DataFrame({"term": ["a"], "documents": [1]})
    with pytest.raises(QueryError, match="it does not say which function made it -> name a family: association, "):
        describe_measure("documents", table)
    with pytest.raises(QueryError, match="table = 'collocation' is no family or table"):
        describe_measure("documents", "collocation")
    table.attrs["call"] = {"name": "term_frequencies", "arguments": {}}
    found = describe_measure("documents", table)
    assert found is describe_measure("documents", "frequency") is describe_measure("documents", "dispersion")
    table.attrs["call"] = {"of": {"name": "concept_network", "arguments": {}}, "attribute": "edges"}
    assert describe_measure("documents", table) is describe_measure("documents", "network") is not found
    assert describe_measure("npmi", table) is describe_measure("npmi", "association")
    table.attrs["call"] = {"made": "outside the kit", "of": table.attrs["call"]}
    assert describe_measure("documents", table).family == "network"
    labelled = {"of": {"name": "load_codebook"}, "name": "labelled", "arguments": {"table": table.attrs["call"]}}
    table.attrs["call"] = labelled
    assert describe_measure("documents", table).family == "network"


def test_npmi_of_topics_is_not_that_of_collocates() -> None:
    with pytest.raises(QueryError, match=r"'npmi' is a measure of several families \(association, topics\)"):
        describe_measure("npmi")
    assert "p12" in describe_measure("npmi", "topics").formula
    assert "o11" in describe_measure("npmi", "collocations").formula
    for table in ("fit_topics.topics", "compare_topics.table", "topic_table"):
        assert describe_measure("npmi", table) is describe_measure("npmi", "topics")
    weights = {
        describe_measure("weight", f"fit_topics.{table}").formula for table in ("terms", "documents", "passages")
    }
    assert len(weights) == 3


def test_without_a_name_all_are_listed() -> None:
    listed = describe_measure()
    assert listed.columns.tolist() == ["measure", "family", "name_en", "name_id"]
    assert not listed.duplicated(["measure", "family"]).any()
    assert len(listed) == sum(len(family.cards) for family in families().values())
    for measure, family in zip(listed["measure"], listed["family"], strict=True):
        assert describe_measure(measure, family).family == family
