"""The number of topics that is fitted is the recommended one, or every table says why it is another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.topics.models.choice import TopicChoice
from kit.topics.quality import stability as module
from kit.wording.words import tell

FEW: dict[str, Any] = {"resamples": 3, "nulls": 5}
NOTEBOOK = Path(__file__).resolve().parents[3] / "notebooks" / "06_topics.ipynb"


@pytest.fixture(scope="module")
def three(make: Callable[..., kit.Corpus]) -> kit.Corpus:
    return make(3, 90, 1)


@pytest.fixture(scope="module")
def choice(three: kit.Corpus) -> TopicChoice:
    return kit.compare_topics(three, [2, 3, 4], **FEW)


def said(table: pd.DataFrame) -> str:
    return " ".join(tell(remark, "en") for remark in table.attrs["remarks"])


def test_the_recommended_number_is_fitted_unless_another_is_asked_for(three: kit.Corpus, choice: TopicChoice) -> None:
    assert choice.recommended == 3
    topics = kit.fit_topics(three, choice=choice)
    assert len(topics.topics) == 3
    assert "3, as recommended of 2, 3, 4." in said(topics.terms)
    other = kit.fit_topics(three, 4, choice=choice)
    assert len(other.topics) == 4
    for table in (
        other.topics,
        other.passages,
        kit.topic_shares(three, other),
        kit.topic_sources(three, other, by="outlet", resamples=99),
        kit.topic_table(other, shares=kit.topic_shares(three, other)),
    ):
        assert "4, set by hand; recommended of 2, 3, 4 is 3." in said(table)
    assert "Number of topics" not in said(kit.fit_topics(three, 3).topics)


def test_without_a_recommendation_the_smallest_number_is_fitted_and_said_to_have_none(
    make: Callable[..., kit.Corpus],
) -> None:
    shuffled = make(3, 90, 1, shuffled=True)
    choice = kit.compare_topics(shuffled, [3, 4], **FEW)
    assert choice.recommended is None
    topics = kit.fit_topics(shuffled, choice=choice)
    assert len(topics.topics) == 3
    assert "none is recommended. No stable structure" in said(topics.topics)
    assert "set by hand; none is recommended. No stable" in said(kit.fit_topics(shuffled, 4, choice=choice).topics)
    table = kit.topic_table(topics, stability=kit.topic_stability(shuffled, topics, choice=choice, **FEW))
    assert not table["supported"].any()
    assert "Not above the null, so no more stable than topics of shuffled texts can be: topics 1, 2, 3." in said(table)


def test_runs_of_the_comparison_are_the_draws_of_the_stability(
    three: kit.Corpus, choice: TopicChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = kit.fit_topics(three, choice=choice)
    fresh = kit.topic_stability(three, topics, **FEW)
    ran: list[int] = []
    null_run = module.null_run
    monkeypatch.setattr(module, "resample", None)
    monkeypatch.setattr(module, "null_run", lambda *given: (ran.append(given[2]), null_run(*given))[1])
    assert kit.topic_stability(three, topics, choice=choice, **FEW).equals(fresh)
    assert not ran
    assert kit.topic_stability(three, topics, choice=choice, resamples=3, nulls=6)["supported"].all()
    assert ran == [5]


def test_another_seed_of_the_topics_makes_other_runs(
    three: kit.Corpus, choice: TopicChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = kit.fit_topics(three, 3, seed=5)
    fresh = kit.topic_stability(three, topics, **FEW)
    assert kit.topic_stability(three, topics, choice=choice, **FEW).equals(fresh)


@pytest.mark.parametrize(
    ("arguments", "other"),
    [
        ({"model": "nmf"}, "model"),
        ({"unit": "lexeme"}, "terms"),
        ({"seeds": {"satu": ["kata"]}}, "seeds"),
    ],
)
def test_a_comparison_of_other_models_is_refused(
    three: kit.Corpus, choice: TopicChoice, arguments: dict[str, Any], other: str
) -> None:
    with pytest.raises(QueryError, match=f"choice comes from a call with other {other}"):
        kit.fit_topics(three, choice=choice, **arguments)


def test_a_choice_of_another_corpus_or_none_is_refused(
    three: kit.Corpus, choice: TopicChoice, make: Callable[..., kit.Corpus]
) -> None:
    with pytest.raises(QueryError, match="other fingerprint"):
        kit.fit_topics(make(3, 60, 2), choice=choice)
    with pytest.raises(QueryError, match="no number of topics"):
        kit.fit_topics(three)
    topics = kit.fit_topics(three, 3)
    with pytest.raises(QueryError, match="other seed"):
        kit.topic_stability(three, topics, choice=choice, seed=3, **FEW)


def test_the_notebook_fits_what_is_recommended_and_its_cited_table_says_which_topics_hold() -> None:
    cells = ["".join(cell["source"]) for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]]
    assert kit.load_settings(NOTEBOOK.parents[1]).study.topics is None
    assert any("fit_topics(corpus,study.topics,choice=choice" in "".join(cell.split()) for cell in cells)
    cited = next(cell for cell in cells if 'id="tbl-topics"' in cell)
    assert '"supported"' in cited
