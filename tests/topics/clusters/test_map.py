"""Maps of the vocabulary: the planted themes stand apart, what is wrong is said, and no map where there is none."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform
from scipy.stats import spearmanr

import kit
from kit.errors import QueryError
from kit.topics.clusters.map import ClusterMap, map_clusters
from kit.topics.clusters.result import TermClusters
from kit.wording.words import tell

THEMES = (("hujan", "awan", "angin", "badai"), ("padi", "sawah", "panen", "petani"), ("kapal", "laut", "ombak", "ikan"))
WORDS = sorted(word for theme in THEMES for word in theme)


def clusters_of(named: list[list[str]], words: list[str] | None = None) -> TermClusters:
    texts = [" ".join([*words, f"nomor{row}x"]) for row, words in enumerate(named)]
    ids = [f"d{row:04}" for row in range(len(texts))]
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)
    return kit.cluster_terms(corpus, items=words or WORDS, resamples=20)


def planted(documents: int = 150) -> list[list[str]]:
    draw = np.random.default_rng(0)
    on = draw.integers(0, 3, size=documents)
    return [
        [
            word
            for place, theme in enumerate(THEMES)
            for word in theme
            if draw.random() < (0.6 if place == on[row] else 0.05)
        ]
        for row in range(documents)
    ]


@pytest.fixture(scope="module")
def result() -> TermClusters:
    return clusters_of(planted())


@pytest.fixture(scope="module")
def drawn(result: TermClusters) -> ClusterMap:
    return map_clusters(result)


def test_themes_stand_apart(drawn: ClusterMap) -> None:
    at = drawn.points.set_index("concept")[["x", "y"]]
    assert sorted(at.index) == WORDS
    middles = [at.loc[list(theme)].mean().to_numpy() for theme in THEMES]
    for theme, middle in zip(THEMES, middles, strict=True):
        others = [other for other in middles if other is not middle]
        for word in theme:
            away = np.linalg.norm(at.loc[word].to_numpy() - middle)
            assert away < min(np.linalg.norm(at.loc[word].to_numpy() - other) for other in others)


def test_the_numbers_are_those_of_the_tables(result: TermClusters, drawn: ClusterMap) -> None:
    points, pairs, attrs = drawn.points.set_index("concept"), drawn.pairs, drawn.attrs
    assert pairs["distance"].tolist() == result.association["distance"].tolist()
    order = result.distance_matrix().index
    far = pd.DataFrame(squareform(pdist(points.loc[order, ["x", "y"]])), order, order)
    assert pairs["map_distance"].tolist() == pytest.approx(
        [far.loc[a, b] for a, b in pairs[["concept_a", "concept_b"]].itertuples(index=False)], abs=5e-4
    )
    assert pairs["error"].tolist() == pytest.approx((pairs["map_distance"] - pairs["distance"]).tolist(), abs=1e-4)
    stress = math.sqrt((pairs["error"] ** 2).sum() / (pairs["distance"] ** 2).sum())
    assert attrs["stress"] == pytest.approx(stress, abs=1e-3)
    assert attrs["shepard"] == pytest.approx(spearmanr(pairs["distance"], pairs["map_distance"])[0], abs=1e-3)
    assert attrs["stress"] < attrs["null_stress_1"] < attrs["null_stress"]
    assert points["stress_share"].sum() == pytest.approx(1, abs=1e-3)
    lost = {
        name: (pairs.loc[(pairs["concept_a"] == name) | (pairs["concept_b"] == name), "error"] ** 2).sum()
        for name in points.index
    }
    worst = max(lost, key=lambda name: lost[name])
    assert points["stress_share"].idxmax() == worst


def test_nearest_are_nearest(drawn: ClusterMap) -> None:
    pairs = drawn.pairs
    joined = set(map(tuple, pairs.loc[pairs["nearest"], ["concept_a", "concept_b"]].to_numpy().tolist()))
    for name in WORDS:
        mine = pairs[(pairs["concept_a"] == name) | (pairs["concept_b"] == name)]
        best = mine.sort_values(["distance", "concept_a", "concept_b"]).iloc[0]
        assert (best["concept_a"], best["concept_b"]) in joined
    assert len(joined) <= len(WORDS)


def test_what_is_wrong_is_said_in_both_languages(drawn: ClusterMap) -> None:
    english = " ".join(tell(remark, "en") for remark in drawn.attrs["remarks"])
    assert f"stress-1 is {drawn.attrs['stress']:.2f}" in english
    worst = drawn.pairs.sort_values("error").iloc[0]
    assert f"Nearer on the map than they are: {worst['concept_a']} and {worst['concept_b']}" in english
    indonesian = " ".join(tell(remark, "id") for remark in drawn.attrs["remarks"])
    assert f"{drawn.attrs['stress']:.2f}".replace(".", ",") in indonesian
    assert drawn.points.attrs["fingerprint"] == drawn.attrs["fingerprint"]


def test_the_same_map_again_and_in_any_order_of_documents(result: TermClusters, drawn: ClusterMap) -> None:
    again = map_clusters(result)
    pd.testing.assert_frame_equal(again.points, drawn.points)
    other = map_clusters(clusters_of(planted()[::-1]))
    pd.testing.assert_frame_equal(other.points, drawn.points, check_exact=True)


def test_one_article_has_no_map() -> None:
    text = "Hujan dan awan. Padi dan sawah. Hujan, awan. Kapal di laut."
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    drawn = map_clusters(kit.cluster_terms(corpus, items=WORDS, resamples=20))
    assert drawn.attrs["refused"] == "few-documents"
    assert drawn.points.empty
    assert list(drawn.points.columns) == [
        "concept",
        "label_id",
        "label_en",
        "cluster",
        "units",
        "x",
        "y",
        "stress_share",
    ]
    assert drawn.pairs["map_distance"].isna().all()
    assert drawn.pairs["distance"].notna().all()
    assert "There is no map" in tell(drawn.attrs["remarks"][-1], "en")
    assert "Tidak ada peta" in tell(drawn.attrs["remarks"][-1], "id")


def test_three_words_have_no_map() -> None:
    named = [["hujan", "awan"], ["padi"], ["hujan"]] * 30
    assert map_clusters(clusters_of(named)).attrs["refused"] == "few-items"


def test_words_strewn_at_random_have_no_map() -> None:
    refused = 0
    for seed in range(4):
        draw = np.random.default_rng(seed)
        named = [[word for word in WORDS if draw.random() < 0.25] for _ in range(100)]
        refused += map_clusters(clusters_of(named)).attrs["refused"] == "within-null"
    assert refused >= 3


@pytest.mark.parametrize(("options", "words"), [({"nulls": 98}, "nulls = 98"), ({"seed": -1}, "seed = -1")])
def test_parameters_without_meaning(result: TermClusters, options: dict[str, int], words: str) -> None:
    with pytest.raises(QueryError, match=words):
        map_clusters(result, **options)


# --- edges, matrix, GraphML ---------------------------------------------------------------------------------------


def test_edges_are_the_pairs_nearer_than_one(result: TermClusters) -> None:
    edges, pairs = result.edges(), result.association
    assert len(edges) == (pairs["association"] > 0).sum()
    assert edges["weight"].is_monotonic_decreasing
    assert (edges["weight"] + edges["distance"]).tolist() == pytest.approx([1] * len(edges))
    # The association is the shrunk log ratio, in natural units, through tanh(x / 2).
    assert np.tanh(edges["log_ratio"] * math.log(2) / 2).tolist() == pytest.approx(edges["weight"].tolist(), abs=1e-6)
    assert len(result.edges(-1)) == len(pairs)
    assert result.edges(1).empty
    assert result.edges(0.5)["weight"].gt(0.5).all()
    with pytest.raises(QueryError, match="minimum = 2"):
        result.edges(2)


def test_the_matrix_and_the_tree_are_one(result: TermClusters) -> None:
    square = result.distance_matrix()
    assert (square.to_numpy() == square.to_numpy().T).all()
    assert (np.diag(square) == 0).all()
    assert square.index.tolist() == square.columns.tolist() == WORDS
    theirs = hierarchy.linkage(squareform(square.to_numpy()), "average")
    assert result.linkage["height"].tolist() == pytest.approx(theirs[:, 2].tolist())


def test_graphml_holds_all_nodes_and_edges(result: TermClusters) -> None:
    tree = ET.fromstring(result.to_graphml())
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert len(tree.findall(".//g:node", space)) == len(WORDS)
    assert len(tree.findall(".//g:edge", space)) == len(result.edges())
    names = {key.get("attr.name") for key in tree.findall("g:key", space)}
    assert {"concept", "cluster", "units", "weight", "distance"} <= names


def test_nothing_to_export() -> None:
    empty = clusters_of([])
    assert empty.edges().empty
    assert empty.edges()["log_ratio"].dtype == float
    assert empty.distance_matrix().shape == (0, 0)
    assert "<graph" in empty.to_graphml()
