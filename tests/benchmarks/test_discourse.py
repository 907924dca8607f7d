"""Quotations, cues and speakers stay as good on PFSA-ID as they were measured, by a yardstick that is tried by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import discourse as study

TEXT = "” Kami siap , ” kata Lurah Budi . ” Warga sabar , ” ujarnya . ” Hujan , ” kata sopir ."
TOKENS = TEXT.split(" ")
SPANS = [("STATEMENT", 0, 4), ("CUE", 5, 5), ("PERSON", 7, 7), ("STATEMENT", 9, 13), ("CUECOREF", 14, 14)]


def labels_of(spans: list[study.Span], size: int) -> list[str]:
    labels = ["O"] * size
    for name, first, last in spans:
        labels[first : last + 1] = [f"I-{name}"] * (last + 1 - first)
        labels[first], labels[last] = f"B-{name}", f"L-{name}"
        if first == last:
            labels[first] = f"U-{name}"
    return labels


LABELS = labels_of(SPANS, len(TOKENS))


def test_spans_are_those_of_the_labels() -> None:
    assert study.spans_of(LABELS) == SPANS


@pytest.mark.parametrize("way", ["blank", "written"])
def test_a_made_up_article_is_scored_by_hand(way: str) -> None:
    article = study.Article(0, TOKENS, LABELS, SPANS)
    text, places = study.joined(article, way)
    assert [text[start:end] for start, end in places] == TOKENS
    found = study.score([article], way)
    assert found["statement precision"] == 4 / 5  # the driver's word is labelled by nobody
    assert found["statement recall"] == 1
    assert found["cue precision"] == 2 / 3
    assert found["speaker right"] == 1


@pytest.mark.data
def test_scores_on_the_development_data_do_not_fall(shared_data: Path) -> None:
    articles = study.read_articles(shared_data)
    assert len(articles) == 409
    assert sum(name == "STATEMENT" for article in articles for name, _, _ in article.spans) == 1653
    assert study.alternating(articles)["alternating F1"] == pytest.approx(0.908, abs=0.001)
    found = study.score(articles, "blank")
    assert found["statement F1"] > 0.915
    assert found["statement recall"] > 0.99
    assert found["statement in office F1"] > 0.90
    assert found["cue F1"] > 0.90
    assert found["speaker right"] > 0.90
