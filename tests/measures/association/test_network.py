"""The network of concepts against a count sentence by sentence; its texts read back by parsers of their formats."""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.measures.association.graphml import graphml
from kit.measures.association.network import ConceptNetwork, concept_network
from kit.measures.cards import describe_measure
from kit.wording.words import tell

CODEBOOK = kit.load_codebook()
BODY = (Path(__file__).parents[2] / "oracles" / "seed_article_body.txt").read_text(encoding="utf-8")
NAMESPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}


def corpus_of(*texts: str) -> kit.Corpus:
    ids = [f"d{row}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)


def edges_of(network: ConceptNetwork, *columns: str) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        (row[0], row[1]): row[2:]
        for row in network.edges[["source", "target", *columns]].itertuples(index=False, name=None)
    }


def test_counts_by_hand() -> None:
    corpus = corpus_of(
        "Dana efektif, efisien, dan transparan. Kerja efektif dan efisien. ASN bekerja.",
        "ASN efektif, ASN efisien. Kosong. …",
    )
    network = concept_network(corpus, CODEBOOK)
    columns = ("sentences", "list_sentences", "other_sentences", "documents", "source_sentences", "target_sentences")
    assert edges_of(network, *columns) == {
        ("efektivitas", "efisiensi"): (3, 1, 2, 2, 3, 3),
        ("transparansi", "efektivitas"): (1, 1, 0, 1, 1, 3),
        ("transparansi", "efisiensi"): (1, 1, 0, 1, 1, 3),
        ("efektivitas", "aktor-asn"): (1, 0, 1, 1, 3, 2),
        ("efisiensi", "aktor-asn"): (1, 0, 1, 1, 3, 2),
    }
    assert network.edges["all_sentences"].unique().tolist() == [5]
    first = network.edges.iloc[0]
    assert first.expected == pytest.approx(9 / 5)
    assert first.dice == 1
    nodes = network.nodes.set_index("concept")
    assert nodes.loc["aktor-asn", ["mentions", "sentences", "list_sentences", "documents", "neighbours"]].tolist() == [
        3,
        2,
        0,
        2,
        2,
    ]
    assert nodes.loc["transparansi", ["mentions", "sentences", "list_sentences", "neighbours"]].tolist() == [1, 1, 1, 2]
    assert nodes.loc["dilayani", "sentences"] == 0
    assert nodes.index.tolist() == CODEBOOK.concepts["concept"].tolist()
    assert len(concept_network(corpus, CODEBOOK, min_count=2).edges) == 1
    assert concept_network(corpus, CODEBOOK, list_size=2).edges["list_sentences"].tolist()[0] == 2


def test_no_edges() -> None:
    for corpus in (corpus_of(), corpus_of(""), corpus_of("ASN bekerja. Warga menunggu.")):
        network = concept_network(corpus, CODEBOOK)
        assert network.edges.empty
        assert tell(network.attrs["remarks"][0], "en") == "No sentence names two concepts."
        assert network.to_edge_list().count("\n") == 1
        assert len(ET.fromstring(network.to_graphml()).findall(".//g:node", NAMESPACE)) == len(CODEBOOK.concepts)


def test_options_without_meaning() -> None:
    with pytest.raises(QueryError, match="min_count"):
        concept_network(corpus_of("x"), CODEBOOK, min_count=0)
    with pytest.raises(QueryError, match="size"):
        concept_network(corpus_of("x"), CODEBOOK, list_size=1)


def test_the_seed() -> None:
    """The specification: the third sentence names eight principles and matters of management, so 28 edges."""
    network = concept_network(corpus_of(BODY), CODEBOOK)
    inside = {"good-governance", "clean-government", "kepentingan-umum", "pengelolaan-keuangan"}
    inside |= {"akuntabilitas", "transparansi", "efektivitas", "efisiensi"}
    edges = edges_of(network, "sentences", "list_sentences")
    assert sum(source in inside and target in inside for source, target in edges) == 28
    assert edges["efektivitas", "efisiensi"] == (2, 1)  # and once more as efektif dan efisien
    assert edges["akuntabilitas", "efektivitas"] == (1, 1)
    assert edges["good-governance", "clean-government"] == (1, 0)
    numbers = network.edges.select_dtypes("number").columns.union(network.nodes.select_dtypes("number").columns)
    assert all(describe_measure(name, "network") for name in numbers)


def test_graphml_can_be_read_back() -> None:
    network = concept_network(corpus_of(BODY), CODEBOOK)
    tree = ET.fromstring(network.to_graphml())
    keys = {key.get("id"): key.get("attr.name") for key in tree.findall("g:key", NAMESPACE)}
    names = {
        node.get("id"): {keys[data.get("key")]: data.text for data in node.findall("g:data", NAMESPACE)}["concept"]
        for node in tree.findall(".//g:node", NAMESPACE)
    }
    got = {}
    for edge in tree.findall(".//g:edge", NAMESPACE):
        data = {keys[data.get("key")]: data.text for data in edge.findall("g:data", NAMESPACE)}
        got[names[edge.get("source")], names[edge.get("target")]] = (
            int(data["sentences"]),
            int(data["list_sentences"]),
        )
    assert got == edges_of(network, "sentences", "list_sentences")


def values_of(text: str, element: str) -> list[dict[str, str]]:
    tree = ET.fromstring(text)
    keys = {key.get("id"): key.get("attr.name") for key in tree.findall("g:key", NAMESPACE)}
    found = tree.findall(f".//g:{element}", NAMESPACE)
    return [{keys[data.get("key")]: data.text for data in one.findall("g:data", NAMESPACE)} for one in found]


def test_programs_find_a_label_and_a_weight() -> None:
    network = concept_network(corpus_of(BODY), CODEBOOK)
    for language in ("en", "id"):
        nodes = values_of(network.to_graphml(language=language), "node")
        assert [node["label"] for node in nodes] == network.nodes[f"label_{language}"].tolist()
    edges = values_of(network.to_graphml(), "edge")
    assert [int(edge["weight"]) for edge in edges] == network.edges["sentences"].tolist()
    nodes = pd.DataFrame({"concept": ["asn", "warga"], "label_en": ["civil servant", ""]})
    edges = pd.DataFrame({"source": ["asn"], "target": ["warga"], "weight": [0.5]})
    assert [node["label"] for node in values_of(graphml(nodes, edges, id_column="concept"), "node")] == [
        "civil servant", "warga",
    ]  # fmt: skip


def test_networkx_and_igraph_read_label_and_weight(tmp_path: Path) -> None:
    network = concept_network(corpus_of(BODY), CODEBOOK)
    file = tmp_path / "network.graphml"
    file.write_text(network.to_graphml(), encoding="utf-8")
    labels, weights = sorted(network.nodes["label_en"]), sorted(network.edges["sentences"])
    read = nx.read_graphml(file)
    assert sorted(label for _, label in read.nodes(data="label")) == labels
    assert sorted(weight for *_, weight in read.edges(data="weight")) == weights
    assert nx.is_weighted(read)
    graph = igraph.Graph.Read_GraphML(str(file))
    assert sorted(graph.vs["label"]) == labels
    assert sorted(graph.es["weight"]) == weights
    ends = {frozenset((graph.vs[edge.source]["concept"], graph.vs[edge.target]["concept"])) for edge in graph.es}
    assert ends == {frozenset(pair) for pair in network.edges[["source", "target"]].itertuples(index=False, name=None)}


HOSTILE = ["<a>", "a & b", '"quoted"', "new\nline", "comma, semi; tab\t", "nul\x00bell\x07", "]]>", "non\uffff", "𝕏 é"]


def test_hostile_names_stay_text() -> None:
    numbers = [float("nan"), float("-inf")] + [1 / 3] * 7
    nodes = pd.DataFrame({"concept": HOSTILE, "n": range(len(HOSTILE)), "x": numbers})
    edges = pd.DataFrame({"source": HOSTILE[:-1], "target": HOSTILE[1:], "a<b": 1, "weight": 1})
    tree = ET.fromstring(graphml(nodes, edges, id_column="concept").encode("utf-8"))
    found = [[data.text for data in node.findall("g:data", NAMESPACE)] for node in tree.findall(".//g:node", NAMESPACE)]
    assert [row[0] for row in found[:5]] == HOSTILE[:5]
    assert [row[0] for row in found[5:]] == ["nul\ufffdbell\ufffd", "]]>", "non\ufffd", "𝕏 é"]
    assert [row[2:-1] for row in found[:3]] == [[], [], ["0.333333"]]
    assert all(row[-1] == row[0] for row in found)
    edges = edges.assign(sentences=1, list_sentences=0, other_sentences=1, documents=1)
    text = ConceptNetwork(nodes, edges, pd.DataFrame({"list": []})).to_edge_list()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in rows[1:]] == HOSTILE[:-1]
    assert all(len(row) == 6 for row in rows)


PARTS = st.lists(
    st.sampled_from(
        ["efektif", "efisien", "transparan", "ASN", "warga", "kata", ",", "dan", "\n", "(", ")", "melayani"]
    ),
    max_size=20,
).map(" ".join)


@settings(max_examples=25)
@given(st.lists(PARTS, max_size=3))
def test_equal_to_a_count_sentence_by_sentence(texts: list[str]) -> None:
    corpus = corpus_of(*texts)
    mentions = kit.find_mentions(corpus, CODEBOOK)
    order = {name: place for place, name in enumerate(CODEBOOK.concepts["concept"])}
    together: Counter[tuple[str, str]] = Counter()
    documents: dict[tuple[str, str], set[int]] = {}
    for _, group in mentions[~mentions["gloss"]].groupby("sentence"):
        for pair in itertools.combinations(sorted(set(group["concept"]), key=order.__getitem__), 2):
            together[pair] += 1
            documents.setdefault(pair, set()).add(int(group["doc"].iloc[0]))
    network = concept_network(corpus, CODEBOOK, mentions=mentions)
    got = edges_of(network, "sentences", "documents")
    assert got == {pair: (count, len(documents[pair])) for pair, count in together.items()}
    assert (network.edges["list_sentences"] <= network.edges["sentences"]).all()
    listed = {
        pair
        for _, group in network.lists.groupby("list")
        for pair in itertools.combinations(sorted(set(group["concept"]), key=order.__getitem__), 2)
    }
    edges = edges_of(network, "list_sentences")
    assert {pair for pair, (count,) in edges.items() if count} == listed


def test_sentences_of_marks_alone_are_told_where_they_are_not_counted() -> None:
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga.\n\n***\n\nWarga menunggu."]})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    edges = kit.concept_network(corpus, kit.load_codebook()).edges
    wordless = len(corpus.sentences) - int(edges["all_sentences"].iloc[0])
    said = [tell(one, "en") for one in edges.attrs["remarks"]]
    assert wordless == 1
    assert said[1:] == ["1 sentence is of marks alone and not among all sentences."]
    assert edges.attrs["sentences"] == len(corpus.sentences) == kit.describe_corpus(corpus)["sentences"].iloc[-1]


@pytest.mark.slow
@settings(max_examples=10)
@given(st.lists(st.sampled_from(["***", "…", "?!", "Warga menunggu.", "Ia pergi; lalu kembali.", "1."]), max_size=6))
def test_all_that_state_sentences_agree_or_say_the_difference(units: list[str]) -> None:
    frame = pd.DataFrame(
        {"doc_id": ["a", "b"], "text": ["\n\n".join(["ASN melayani warga.", *units]), "Warga datang."]}
    )
    corpus, book = kit.Corpus.from_frame(frame, clean=False), kit.load_codebook()
    edges = kit.concept_network(corpus, book).edges
    stated = {
        len(corpus.sentences),
        int(kit.describe_corpus(corpus)["sentences"].iloc[-1]),
        *(table.attrs["sentences"] for table in (edges, kit.concept_frequencies(corpus, book))),
        kit.term_frequencies(corpus).attrs["sentences"],
    }
    assert len(stated) == 1
    told = [tell(one, "en").split()[0] for one in edges.attrs["remarks"] if "of marks alone" in tell(one, "en")]
    assert int(edges["all_sentences"].iloc[0]) + sum(map(int, told)) == stated.pop()
