"""Sources of topics: worked examples of ε², the rule of the flag, and what too few stories give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import kit
from kit.errors import CorpusError, QueryError
from kit.topics.groups.sources import furniture_of, topic_sources
from kit.topics.groups.variance import epsilon_squared, explained
from kit.wording.words import tell


def test_the_worked_example() -> None:
    """(1, 2, 3), (4, 5, 6): SSB 13.5, SST 17.5, MSW 1; ε² is the adjusted R², ω² would be (13.5 - 1) / 18.5."""
    found = epsilon_squared(np.array([13.5]), np.array([17.5]), 6, 2)
    assert found.tolist() == pytest.approx([12.5 / 17.5])
    r2 = 13.5 / 17.5
    assert found.tolist() == pytest.approx([1 - (1 - r2) * 5 / 4])


def test_p_agrees_with_scipy() -> None:
    """SSB orders permutations as F does; scipy's own permutation test is the oracle."""
    generator = np.random.default_rng(5)
    weights = generator.beta(0.5, 2, (60, 1))
    group = np.repeat([0, 1, 2], 20)
    weights[group == 2] = np.minimum(weights[group == 2] + 0.15, 1)
    found = explained(weights, group, 1_999, seed=1)
    parts = [weights[group == row, 0] for row in range(3)]

    def statistic(*samples, axis=-1):
        return stats.f_oneway(*samples, axis=axis).statistic

    test = stats.permutation_test(
        parts, statistic, permutation_type="independent", n_resamples=1_999, alternative="greater", rng=generator
    )
    assert found.p[0] == pytest.approx(test.pvalue, abs=0.02)
    f = stats.f_oneway(*parts).statistic
    eta2 = 2 * f / (2 * f + 57)
    assert found.epsilon2[0] == pytest.approx(1 - (1 - eta2) * 59 / 57, abs=1e-5)


def test_by_chance_nothing_is_explained() -> None:
    """Over many corpora ε² is 0 on average, and 5 % exceed the null."""
    generator = np.random.default_rng(7)
    effects, over = [], []
    for _ in range(200):
        found = explained(generator.beta(0.3, 3, (100, 1)), generator.integers(0, 5, 100), 99, seed=0)
        effects.append(found.epsilon2[0])
        over.append(found.epsilon2[0] > found.null_95[0])
    assert abs(np.mean(effects)) < 0.01
    assert 0.01 < np.mean(over) < 0.10


def test_a_topic_that_is_an_outlet_is_flagged(make_corpus, make_topics) -> None:
    """Topic 1 is outlet A; topic 2 lies in both; topic 3 is in a fifth of A's stories and nowhere else."""
    outlets = ["A", "B"] * 100
    corpus = make_corpus(200, outlet=outlets)
    rows = []
    for row, outlet in enumerate(outlets):
        house, other = (0.5, 0.5) if outlet == "A" else (0.0, 1.0)
        third = 0.3 if outlet == "A" and row % 10 == 0 else 0.0
        rows.append((house, other - third, third))
    table = topic_sources(corpus, make_topics(corpus, rows), by=("outlet",), resamples=199)
    assert table["status"].tolist() == ["one-group", "mixed", "mostly-one-group"]
    first = table.iloc[0]
    assert first[["source", "largest", "largest_share", "stories_share", "groups", "stories"]].tolist() == [
        "outlet", "A", 1.0, 0.5, 2, 200,
    ]  # fmt: skip
    assert first["epsilon2"] == pytest.approx(1)
    assert first["p"] == pytest.approx(1 / 200)
    assert table.iloc[1]["largest"] == "B"  # 100 of 146
    assert table.iloc[2]["epsilon2"] < 0.5


def test_an_outlet_with_most_stories_flags_nothing(make_corpus, make_topics) -> None:
    """90 % of all weight is in A because 90 % of the stories are."""
    corpus = make_corpus(200, outlet=["A"] * 180 + ["B"] * 20)
    generator = np.random.default_rng(3)
    weight = generator.random(200).round(2)
    table = topic_sources(corpus, make_topics(corpus, list(zip(weight, 1 - weight, strict=True))), by=("outlet",))
    assert table["status"].tolist() == ["mixed", "mixed"]
    assert (table["largest_share"] > 0.85).all()


def test_too_little_is_stated_not_guessed(make_corpus, make_topics) -> None:
    corpus = make_corpus(
        120, outlet=["A"] * 120, place=["X", "Y"] * 30 + [""] * 60, author=[f"p{n}" for n in range(120)]
    )
    topics = make_topics(corpus, [(1, 0), (0, 1)] * 60)
    table = topic_sources(corpus, topics, by=("outlet", "place", "author"))
    assert table["status"].tolist() == ["no-groups"] * 2 + ["too-few"] * 4
    assert table[["epsilon2", "null_95", "p"]].isna().all(axis=None)
    assert table["stories"].tolist() == [120, 120, 60, 60, 120, 120]
    even = make_topics(corpus, [(0.5, 0.5)] * 120)
    halves = make_corpus(120, outlet=["A", "B"] * 60)
    assert topic_sources(halves, even, by=("outlet",))["status"].tolist() == ["constant"] * 2
    none = topic_sources(corpus, make_topics(corpus, [None] * 120))
    assert none.empty
    assert tell(none.attrs["remarks"][0], "en") == "There are no topics."


def test_copies_count_once_under_their_original(make_corpus, make_topics) -> None:
    texts = [f"kata {row // 2}" for row in range(240)]
    corpus = make_corpus(240, texts, outlet=["A", "B"] * 120)
    topics = make_topics(corpus, [(1, 0) if row // 2 % 3 else (0, 1) for row in range(240)])
    table = topic_sources(corpus, topics, by=("outlet",))
    assert table["stories"].tolist() == [120, 120]
    assert table["groups"].tolist() == [1, 1]


def test_furniture_names_the_rules() -> None:
    frame = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c"],
            "text": ["Warga dilayani.\nBaca Juga: Judul Lain\nBaca Juga: Lagi", "Warga.", "Beras.\nBaca Juga: Judul"],
        }
    )
    corpus = kit.Corpus.from_frame(frame)
    assert furniture_of(corpus).tolist() == ["cross_link", "none", "cross_link"]
    own = kit.Corpus.from_frame(frame.assign(furniture=["x", "y", "z"]))
    assert furniture_of(own).tolist() == ["cross_link", "none", "cross_link"]
    parts = kit.PartedCorpus.of([corpus.where(doc_id=["b", "c"]), corpus.where(doc_id="a")])
    assert furniture_of(parts).tolist() == ["cross_link", "none", "cross_link"]


@pytest.mark.parametrize("engine", [None, 2])
def test_parts_give_what_one_corpus_gives(make_corpus, make_topics, engine: int | None) -> None:
    number = 120
    column = {"outlet": ["A", "B", "C"] * 40, "furniture": ["x", "y"] * 60, "part": list("abbc") * 30}
    corpus = make_corpus(number, [f"kata {row // 2}" if row < 20 else f"kata {row}" for row in range(number)], **column)
    topics = make_topics(corpus, [(row % 3 / 2, 1 - row % 3 / 2) for row in range(number)])
    parts = kit.PartedCorpus.of([corpus.where(part=name) for name in "cab"], engine)
    one, two = (topic_sources(each, topics, by=("outlet", "furniture"), resamples=99) for each in (corpus, parts))
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    assert one.attrs | {"call": None} == two.attrs | {"call": None}


def test_same_bytes_again_and_other_seeds_change_only_the_null(make_corpus, make_topics) -> None:
    corpus = make_corpus(150, outlet=["A", "B", "C"] * 50)
    generator = np.random.default_rng(3)
    weight = generator.random(150)
    topics = make_topics(corpus, list(zip(weight, 1 - weight, strict=True)))
    one, again, other = (topic_sources(corpus, topics, by=("outlet",), seed=seed) for seed in (0, 0, 1))
    pd.testing.assert_frame_equal(one, again)
    pd.testing.assert_frame_equal(one.drop(columns=["null_95", "p"]), other.drop(columns=["null_95", "p"]))


def test_wrong_questions(make_corpus, make_topics) -> None:
    corpus = make_corpus(2)
    topics = make_topics(corpus, [(1, 0), (0, 1)])
    with pytest.raises(QueryError, match="no source"):
        topic_sources(corpus, topics, by=())
    with pytest.raises(QueryError, match="resamples"):
        topic_sources(corpus, topics, resamples=10)
    for wrong in ({"seed": -1}, {"seed": 1.5}, {"resamples": 99.5}):
        with pytest.raises(QueryError, match=next(iter(wrong))):
            topic_sources(corpus, topics, **({"resamples": 99} | wrong))
    with pytest.raises(CorpusError, match="colour"):
        topic_sources(corpus, topics, by="colour")
