"""A metadata column that the result has a column of its own for is refused everywhere, by one rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import pytest

import kit
from kit.errors import QueryError

CODEBOOK = kit.load_codebook()
MEASURES: dict[str, Callable[..., Any]] = {
    "terms": kit.term_frequencies,
    "concepts": lambda corpus, by: kit.concept_frequencies(corpus, CODEBOOK, by=by),
    "patterns": lambda corpus, by: kit.pattern_frequencies(corpus, CODEBOOK, by=by),
    "n-grams": kit.ngram_frequencies,
    "comparison": lambda corpus, by: kit.compare(corpus, CODEBOOK, by=by),
    "intervals": kit.frequency_intervals,
    "bootstrap": partial(kit.frequency_intervals, method="percentile"),
    "lines": lambda corpus, by: kit.concordance(corpus, "warga", by=by),
}


def corpus_with(column: str) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["Warga melayani warga.", "ASN."]})
    return kit.Corpus.from_frame(frame.assign(**{column: ["x", "y"]}) if column != "doc_id" else frame, clean=False)


@pytest.mark.parametrize("name", MEASURES)
def test_a_column_of_the_result_is_refused_and_any_other_is_not(name: str) -> None:
    plain = MEASURES[name](corpus_with("desk"), by="desk")
    assert plain["desk"].isin(["x", "y"]).all()
    told = ("desk", "outlet", "date", "title")  # that lines carry of their documents
    own = [column for column in plain.columns if column not in told]
    for column in own:
        with pytest.raises(QueryError, match=f"by = '{column}' is a column of the result -> name a column"):
            MEASURES[name](corpus_with(column), by=column)


def test_labels_given_by_hand_are_no_column() -> None:
    table = kit.frequency_intervals(corpus_with("desk"), by=pd.Series(["count", "item"]), items=["warga"])
    assert table["group"].tolist() == ["count", "item"]


@pytest.mark.parametrize("texts", [[], ["…"], ["…", "!"]])
@pytest.mark.parametrize("unit", ["form", "concept"])
def test_keyness_of_a_side_without_words_says_which(texts: list[str], unit: Any) -> None:
    frame = pd.DataFrame({"doc_id": [str(row) for row in range(len(texts))], "text": pd.Series(texts, dtype="str")})
    none, some = kit.Corpus.from_frame(frame, clean=False), corpus_with("desk")
    options: dict[str, Any] = {"unit": unit, "codebook": CODEBOOK}
    for target, reference, side in ((none, some, "target"), (some, none, "reference"), (none, none, "target")):
        with pytest.raises(QueryError, match=f"the {side} has no words -> compare"):
            kit.keyness(target, reference, **options)
    with pytest.raises(QueryError, match="the target has no words"):
        kit.keyness(none, pd.DataFrame({"item": ["warga"], "per_million": [3.0]}), **options)


def test_keyness_without_an_item_to_list_is_an_empty_table() -> None:
    corpus = corpus_with("desk")
    table = kit.keyness(corpus, corpus, min_count=99)
    assert table.empty
    assert table.dtypes.to_dict() == kit.keyness(corpus, corpus).dtypes.to_dict()
    numbers = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["12 34."]}), clean=False)
    assert kit.keyness(numbers, kit.general_indonesian()).empty
