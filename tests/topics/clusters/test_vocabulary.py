"""What is clustered: concepts, terms and queries, in sentences that can be read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import kit
from kit.codebook.codebook import Codebook
from kit.codebook.variants import without_context
from kit.errors import QueryError
from kit.topics.clusters.vocabulary import Vocabulary, vocabulary_of
from kit.wording.words import tell

TEXT = (
    "Tata kelola yang akuntabel. Akuntabilitasnya dan transparansi dijaga. Aparatur Sipil Negara (ASN) melayani warga."
    " Good and clean governance."
)


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return without_context(kit.load_codebook())


def corpus_of(*texts: str) -> kit.Corpus:
    ids = [f"d{row}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)


def places(words: Vocabulary) -> list[tuple[str, int]]:
    named = words.items["concept"].iloc[words.mentions["item"]]
    return list(zip(named.tolist(), words.mentions["sentence"].tolist(), strict=True))


def test_terms_are_lexemes_without_overlaps_and_glosses(codebook: Codebook) -> None:
    words = vocabulary_of(corpus_of(TEXT), codebook, "term", include_actors=True)
    assert places(words) == [
        ("tata kelola", 0),
        ("akuntabel", 0),
        ("akuntabilitas", 1),
        ("transparansi", 1),
        ("aparatur sipil negara", 2),
        ("melayani", 2),
        ("warga", 2),
        ("good and clean governance", 3),
    ]
    parent = words.items.set_index("concept")["parent"]
    assert parent["akuntabel"] == parent["akuntabilitas"] == "akuntabilitas"
    assert parent["aparatur sipil negara"] == "aktor-asn"
    assert words.items["concept"].tolist() == sorted(words.items["concept"])
    assert (words.items["label_id"] == words.items["concept"]).all()


def test_actors_are_left_out(codebook: Codebook) -> None:
    words = vocabulary_of(corpus_of(TEXT), codebook, "term")
    assert words.actors == 6
    assert not {"warga", "aparatur sipil negara"} & set(words.items["concept"])


def test_terms_do_not_depend_on_the_order_of_mentions(codebook: Codebook) -> None:
    corpus = corpus_of(TEXT, "Layanan cepat dan akuntabel.")
    mentions = kit.find_mentions(corpus, codebook)
    mixed = mentions.sample(frac=1, random_state=1)
    one, other = (vocabulary_of(corpus, codebook, "term", mentions=found) for found in (mentions, mixed))
    pd.testing.assert_frame_equal(one.items, other.items)
    pd.testing.assert_frame_equal(one.mentions, other.mentions)


def test_queries_are_found_where_they_stand(codebook: Codebook) -> None:
    corpus = corpus_of(TEXT, "Warga dilayani.")
    queries = ["*layani", "lexeme:akuntabilitas", "tata kelola", "concept:aktor-asn", "tidak-ada"]
    words = vocabulary_of(corpus, codebook, "concept", queries)
    assert words.items["concept"].tolist() == sorted(queries)
    assert (words.items["parent"] == "").all()
    assert places(words) == [
        ("tata kelola", 0),
        ("lexeme:akuntabilitas", 1),
        ("concept:aktor-asn", 2),
        ("*layani", 2),
        ("*layani", 4),
    ]
    assert words.mentions["doc"].tolist() == [0, 0, 0, 0, 1]
    assert words.overlaps == 0


def test_queries_that_share_words_are_counted() -> None:
    words = vocabulary_of(
        corpus_of("Tata kelola. Kelola data. Tata."), None, "concept", ["tata", "kelola", "tata kelola"]
    )
    assert words.overlaps == 2  # tata and kelola, each in tata kelola


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"unit": "words"}, "unit = 'words'"),
        ({"items": "words"}, "items = 'words'"),
        ({"items": []}, "empty list"),
        ({"items": ["tata", "tata"]}, "twice"),
        ({"unit": "concept"}, "without a codebook"),
        ({"unit": "term"}, "without a codebook"),
        ({"items": ["tata", "!"]}, "not one word"),
        ({"items": ["concept:efisiensi"]}, "without a codebook"),
    ],
)
def test_items_without_meaning(options: dict[str, object], words: str) -> None:
    with pytest.raises(QueryError, match=words):
        kit.cluster_terms(corpus_of(TEXT), **options)


def test_mentions_without_places_give_no_terms(codebook: Codebook) -> None:
    corpus = corpus_of(TEXT)
    mentions = kit.find_mentions(corpus, codebook).drop(columns="start")
    with pytest.raises(QueryError, match="'start'"):
        vocabulary_of(corpus, codebook, "term", mentions=mentions)


def test_no_words_at_all(codebook: Codebook) -> None:
    words = vocabulary_of(corpus_of("Hujan."), codebook, "term")
    assert words.items.empty
    assert words.mentions.empty
    assert words.items.dtypes.astype(str).tolist() == ["str"] * 4
    result = kit.cluster_terms(corpus_of(), codebook, unit="term", resamples=20)
    assert result.attrs["empty"] == "no-documents"


def test_terms_cluster_by_their_sentences(codebook: Codebook) -> None:
    text = "Layanan publik cepat. Akuntabel dan transparan. Layanan publik cepat. Akuntabel dan transparan."
    result = kit.cluster_terms(corpus_of(text), codebook, unit="term", resamples=20)
    assert result.clusters["terms"].tolist() == ["akuntabel, transparan", "cepat, layanan publik"]
    assert result.attrs["items"] == "term"
    assert tell(result.attrs["remarks"][0], "en").startswith("Terms named in the same sentences")
    assert tell(result.attrs["remarks"][0], "id").startswith("Istilah yang disebut")
    assert (result.clusters["reason"] == "few-resamples").all()


def test_words_of_ones_own_cluster() -> None:
    text = "Hujan deras. Panas terik. Hujan deras. Panas terik."
    result = kit.cluster_terms(corpus_of(text), items=["hujan", "deras", "panas", "terik", "angin"], resamples=20)
    assert result.clusters["terms"].tolist() == ["deras, hujan", "panas, terik"]
    assert result.attrs["codebook"] == ""
    assert result.terms.set_index("concept").loc["angin", "status"] == "absent"


def test_the_most_frequent(codebook: Codebook) -> None:
    text = "Layanan publik cepat. Layanan publik cepat. Layanan publik. Akuntabel dan transparan."
    result = kit.cluster_terms(corpus_of(text), codebook, unit="term", max_items=3, resamples=20)
    status = result.terms.set_index("concept")["status"]
    # layanan publik 3, cepat 2, and of two that occur once the alphabetically first
    assert status.to_dict() == {
        "cepat": "clustered",
        "layanan publik": "clustered",
        "akuntabel": "alone",
        "transparan": "beyond",
    }
    assert any("beyond the most frequent are left out (1)" in tell(remark, "en") for remark in result.attrs["remarks"])
    with pytest.raises(QueryError, match="max_items = 1"):
        kit.cluster_terms(corpus_of(text), codebook, max_items=1)


def test_the_corpus_is_left_as_it_is(codebook: Codebook) -> None:
    corpus = corpus_of(TEXT)
    mentions = kit.find_mentions(corpus, codebook)
    before = mentions.copy()
    vocabulary_of(corpus, codebook, "term", mentions=mentions)
    pd.testing.assert_frame_equal(mentions, before)
    assert np.array_equal(corpus.documents["text"], [TEXT])
