"""How far topics agree with the sections of newsrooms, scored by tokens and formulas that are not the kit's."""

from __future__ import annotations

import gzip
import json
import math
import re

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

import kit
from kit.topics.models.fit import fit_topics

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def news(folder, outlet):
    """The articles of an outlet in sections of at least 60 articles."""
    with gzip.open(folder / "clickid_news" / f"{outlet}.jsonl.gz", "rt", encoding="utf-8") as lines:
        frame = pd.DataFrame([json.loads(line) for line in lines])
    sizes = frame["category"].value_counts()
    return (
        frame[frame["category"].isin(sizes.index[sizes >= 60])].rename(columns={"id": "doc_id"}).sort_values("doc_id")
    )


def npmi(lists, texts):
    """Mean NPMI over pairs of each list, co-occurrence in whole documents; -1 for pairs that never meet."""
    wanted = {term for terms in lists for term in terms}
    places = {term: set() for term in wanted}
    for number, text in enumerate(texts):
        for word in wanted & set(_WORD.findall(text.lower())):
            places[word].add(number)
    values = []
    for terms in lists:
        for row, one in enumerate(terms):
            for other in terms[:row]:
                both = len(places[one] & places[other]) / len(texts)
                apart = len(places[one]) * len(places[other]) / len(texts) ** 2
                values.append(math.log(both / apart) / -math.log(both) if both else -1)
    return float(np.mean(values))


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize(
    ("outlet", "sections", "agreement", "adjusted", "coherence"),
    [("kompas", 10, 0.42, 0.171, 0.35), ("tempo", 12, 0.54, 0.454, 0.41)],
)
def test_topics_agree_with_sections_and_are_coherent(shared_data, outlet, sections, agreement, adjusted, coherence):
    frame = news(shared_data, outlet)
    corpus = kit.Corpus.from_frame(frame[["doc_id", "text"]])
    assert frame["category"].nunique() == sections
    scores = []
    for seed in range(5):
        topics = fit_topics(corpus, sections, seed=seed)
        table = topics.documents
        found = table.loc[table.groupby("doc_id")["weight"].idxmax()].set_index("doc_id")["topic"]
        found = found.reindex(frame["doc_id"]).fillna(0)
        lists = [topics.terms.query("topic == @number")["term"].head(10).tolist() for number in range(1, sections + 1)]
        scores.append(
            (
                normalized_mutual_info_score(frame["category"], found),
                adjusted_rand_score(frame["category"], found),
                npmi(lists, frame["text"].tolist()),
            )
        )
    mean = np.mean(scores, axis=0)
    assert mean[0] >= agreement
    assert mean[1] >= adjusted
    assert mean[2] >= coherence


@pytest.mark.data
@pytest.mark.slow
def test_anchored_topics_of_news_are_about_documents_that_name_their_concept(shared_data):
    frame = news(shared_data, "tempo")
    topics = fit_topics(kit.Corpus.from_frame(frame[["doc_id", "text"]]), 20, seeds=kit.load_codebook())
    anchored = topics.topics[topics.topics["concept"] != ""]
    assert len(anchored) == 10
    assert anchored["share"].max() < 0.25
    assert (anchored["named"] >= 0.5).sum() >= 7
    first = topics.terms[topics.terms["topic"].isin(anchored["topic"]) & (topics.terms["rank"] <= 10)]
    assert first.groupby("topic")["seeded"].any().sum() >= 9
