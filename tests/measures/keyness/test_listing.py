"""What a list of keyness shows: words by default, stop words and the words of reporting as asked for."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.exhibits.notes import compose
from kit.lexicon.wordlists import reporting_words
from kit.measures.keyness.listing import quoted_people
from kit.parts.parted import PartedCorpus

TEXT = (
    '"Layanan harus cepat," ujarnya. "Warga menunggu," kata Kepala Dinas Kota Rantika Mawar, Selasa (4/3/2025). '
    "Mawar itu merah; mawar dijual 12 ribu. Ia menegaskan bahwa ASN melayani warga, jelas Rantika. "
    "ASN mendesak agar cepat."
)
OTHER = "Warga kota membeli roti di pasar 12 kali. Hujan turun."


def corpus(*texts: str) -> kit.Corpus:
    rows = [{"doc_id": f"d{row:02}", "text": text} for row, text in enumerate(texts)]
    return kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)


TARGET, REFERENCE = corpus(TEXT, "Warga hadir."), corpus(OTHER)


def items(**options: Any) -> set[str]:
    return set(kit.keyness(TARGET, REFERENCE, **options)["item"])


def test_words_by_default_and_numbers_when_asked_for() -> None:
    assert not any(character.isdigit() for item in items() for character in item)
    both = items(kinds=["word", "number"])
    assert both - items() == {"4/3/2025", "12"}
    assert items(kinds="number") == {"4/3/2025", "12"}
    table = kit.keyness(TARGET, REFERENCE)
    assert "Numbers are not shown; they stay in the denominator." in compose(None, table.attrs)["en"]
    # Rates do not change with what is listed.
    whole = kit.keyness(TARGET, REFERENCE, kinds=["word", "number"]).set_index("item")
    pd.testing.assert_series_equal(
        table.set_index("item")["per_million_target"], whole["per_million_target"].loc[table["item"]]
    )


@pytest.mark.parametrize("unit", ["form", "lexeme"])
def test_stop_words_are_those_of_frequencies(unit: Any) -> None:
    """The same words as `term_frequencies` lists, of both corpora; modality and negation stay."""
    listed: set[str] = set()
    for side in (TARGET, REFERENCE):
        listed |= set(kit.term_frequencies(side, unit=unit, stopwords="drop", kinds=["word"])["term"])
    assert items(unit=unit, stopwords="drop") == listed
    assert "harus" in listed
    assert "itu" not in listed
    assert "Function words" in compose(None, kit.keyness(TARGET, REFERENCE, stopwords="core").attrs)["en"]


def test_words_of_reporting() -> None:
    """Neutral verbs of saying and names of the quoted go; verbs that say more, and a name that is a word too, stay."""
    left = items() - items(reporting="drop")
    assert left == {"ujarnya", "kata", "menegaskan", "rantika"}
    assert {"mendesak", "mawar", "asn", "cepat"} <= items(reporting="drop")
    note = compose(None, kit.keyness(TARGET, REFERENCE, reporting="drop").attrs)
    assert "Verbs of saying, and names of persons who are quoted, are not shown (4 items)" in note["en"]
    assert "nama orang yang dikutip tidak ditampilkan (4 butir)" in note["id"]
    general = kit.keyness(TARGET, kit.general_indonesian(), reporting="drop")
    assert not {"ujarnya", "rantika"} & set(general["item"])
    assert kit.keyness(TARGET, REFERENCE, items=["ujarnya"], reporting="drop")["item"].tolist() == ["ujarnya"]


def test_names_are_the_same_over_any_cut() -> None:
    assert quoted_people(TARGET) == {"rantika"}
    parts = PartedCorpus.of([TARGET.where(doc_id="d00"), TARGET.where(doc_id="d01")])
    assert quoted_people(parts) == {"rantika"}


def test_what_the_list_may_not_hold() -> None:
    """Words that the codebook counts, modality and negation are never words of reporting."""
    from kit.language.stopwords import protected_words

    words = reporting_words()
    assert not words & protected_words()
    patterns = kit.load_codebook().patterns
    assert not words & set(patterns.loc[patterns["enabled"] == "yes", "pattern"])
    assert {"ujar", "menjelaskan", "pak"} <= words


@pytest.mark.parametrize("wrong", [{"kinds": ["sign"]}, {"kinds": []}, {"stopwords": "all"}, {"reporting": "some"}])
def test_unknown_values_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(QueryError, match=next(iter(wrong))):
        kit.keyness(TARGET, REFERENCE, **wrong)


def test_concepts_and_counts_are_all_listed() -> None:
    codebook = kit.load_codebook()
    table = kit.keyness(TARGET, REFERENCE, unit="concept", codebook=codebook, stopwords="drop", reporting="drop")
    assert len(table) == len(codebook.concepts)
