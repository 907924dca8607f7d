"""The cards: whole, one for each column, their examples true, and the document made of them up to date."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import KitError, QueryError
from kit.measures.cards import describe_measure, measure_cards, measures_document
from kit.measures.dispersion.dispersion import dispersion
from kit.measures.dispersion.formulas import FORMULAS
from kit.measures.frequency.diversity import lexical_diversity
from kit.measures.frequency.ngrams import ngram_frequencies
from kit.measures.frequency.reduced import reduced_frequencies
from kit.measures.frequency.sensitivity import stopword_sensitivity

ROOT = Path(__file__).parents[2]
CARD = """[mine]
name_en = "Mine"
name_id = "Milikku"
formula = "x"
variant = "-"
direction = "-"
range = "0 to 1"
unit = "none"
edge = "-"
source = "-"
example = "-"
same_number_in = ["one", "two"]
unlike = "-"
"""


def corpus_of(texts: list[str]) -> kit.Corpus:
    ids = [f"d{row:03}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)


def test_the_document_is_made_of_the_cards() -> None:
    written = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    assert written == measures_document(), "run: python -m kit.measures.cards > docs/measures.md"


def test_every_column_of_numbers_has_a_card() -> None:
    corpus, codebook = corpus_of(["ASN melayani warga.", "Warga."]), kit.load_codebook()
    tables = (
        dispersion(corpus, measures=list(FORMULAS)),
        reduced_frequencies(corpus),
        ngram_frequencies(corpus).drop(columns="n"),
        lexical_diversity(corpus),
        stopword_sensitivity(corpus),
        kit.term_frequencies(corpus),
        kit.concept_frequencies(corpus, codebook),
    )
    for table in tables:
        assert set(table.select_dtypes("number").columns) <= set(measure_cards())


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
    cards = [card for card in measure_cards().values() if card.family == "stopword_sensitivity"]
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


def test_a_card_that_is_not_whole(tmp_path: Path) -> None:
    file = tmp_path / "family.toml"
    file.write_text(CARD, encoding="utf-8")
    assert measure_cards(tmp_path / ".")["mine"].same_number_in == "one; two"
    file.write_text(CARD.replace('edge = "-"', 'egde = ""'), encoding="utf-8")
    measure_cards.cache_clear()
    with pytest.raises(KitError, match=r"family.toml, \[mine\]: the card lacks edge, has an unknown field egde, says"):
        measure_cards(tmp_path)
    file.write_text(CARD, encoding="utf-8")
    (tmp_path / "other.toml").write_text(CARD, encoding="utf-8")
    measure_cards.cache_clear()
    with pytest.raises(KitError, match="a second card for 'mine'"):
        measure_cards(tmp_path)
