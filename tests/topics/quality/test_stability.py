"""The stability of one model's topics: planted ones have support, those of shuffled text have none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.topics.models.fit import fit_topics
from kit.topics.models.result import Topics
from kit.topics.quality import stability as module
from kit.topics.quality.stability import topic_stability
from kit.wording.words import tell

FEW: dict[str, Any] = {"resamples": 4, "nulls": 5}


@pytest.fixture(scope="module")
def three(make: Callable[..., kit.Corpus]) -> kit.Corpus:
    return make(3, 90, 1)


@pytest.fixture(scope="module")
def topics(three: kit.Corpus) -> Topics:
    return fit_topics(three, 3)


@pytest.mark.parametrize("warm", [True, False])
def test_planted_topics_have_support(three: kit.Corpus, topics: Topics, warm: bool) -> None:
    table = topic_stability(three, topics, warm=warm, **FEW)
    assert table["topic"].tolist() == [1, 2, 3]
    assert table["label"].tolist() == topics.topics["label"].tolist()
    assert table["supported"].all()
    assert (table["stability"] > 0.9).all()
    assert (table["least"] <= table["stability"]).all()
    assert (table["null_stability"] < table["null_bound"]).all()
    assert table["resamples"].tolist() == [4] * 3
    assert table.attrs["fingerprint"] == three.fingerprint


def test_topics_of_shuffled_text_have_none_and_a_warm_start_is_kinder_to_them(
    make: Callable[..., kit.Corpus],
) -> None:
    shuffled = make(3, 90, 2, shuffled=True)
    fitted = fit_topics(shuffled, 3)
    warm, own = (topic_stability(shuffled, fitted, warm=warm, **FEW) for warm in (True, False))
    assert not (warm["supported"] | own["supported"]).any()
    assert warm["null_stability"].iloc[0] > own["null_stability"].iloc[0]
    assert warm["stability"].mean() > own["stability"].mean()


def test_a_model_without_topics_has_no_rows() -> None:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Layanan harus cepat."]}), clean=False)
    table = topic_stability(corpus, fit_topics(corpus, 2))
    assert len(table) == 0
    assert table.dtypes.astype(str).to_dict() == {
        "topic": "int64",
        "label": "str",
        "stability": "float64",
        "least": "float64",
        "null_stability": "float64",
        "null_bound": "float64",
        "supported": "boolean",
        "resamples": "int64",
    }
    assert table.attrs["remarks"]


def test_an_interruption_uses_what_is_finished(
    three: kit.Corpus, topics: Topics, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    resample = module.resample

    def stopped(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return resample(*arguments)

    monkeypatch.setattr(module, "resample", stopped)
    table = topic_stability(three, topics, **FEW)
    assert table["resamples"].tolist() == [2] * 3
    assert table["stability"].notna().all()
    assert table["supported"].isna().all()
    assert tell(table.attrs["remarks"][-1], "en").startswith("Stopped by the user after 4 of 9 runs")


def test_what_does_not_belong_together_is_refused(three: kit.Corpus, topics: Topics) -> None:
    other = kit.Corpus.from_frame(three.documents[["doc_id", "text"]].head(80), clean=False)
    with pytest.raises(QueryError, match="another corpus"):
        topic_stability(other, topics)
    for arguments in ({"resamples": 1}, {"nulls": 4}, {"seed": -1}):
        with pytest.raises(QueryError, match=next(iter(arguments))):
            topic_stability(three, topics, **arguments)  # type: ignore[arg-type]


def test_topics_with_anchors_need_them_again(three: kit.Corpus) -> None:
    word = fit_topics(three, 3).terms["term"].iloc[0]
    seeds = {"own": [word]}
    anchored = fit_topics(three, 3, seeds=seeds)
    assert anchored.seeds["status"].tolist() == ["anchored"]
    table = topic_stability(three, anchored, seeds=seeds, warm=False, resamples=4, nulls=10)
    assert table["label"].iloc[0] == "own"
    assert table["supported"].iloc[0]
    with pytest.raises(QueryError, match="did not give the same topics"):
        topic_stability(three, anchored, **FEW)
