"""Discourse networks: the published sample database, options counted by hand, windows, pairs, cards and files."""

from __future__ import annotations

import io
import itertools
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.measures.discourse.network import FEW, INTERVAL, NOMINAL, UNCOVERED
from kit.measures.discourse.weights import ONE_MODE, ONE_MODE_DIVISORS, TWO_MODE, TWO_MODE_DIVISORS
from kit.settings import LANGUAGES
from kit.wording.words import tell
from tests.conftest import HOSTILE, ORACLES

ORACLE: dict[str, Any] = json.loads((ORACLES / "discourse_network_oracle.json").read_text(encoding="utf-8"))
AGREEMENTS = ("ignore", "congruence", "conflict", "subtract")


def sample() -> pd.DataFrame:
    table = pd.read_csv(ORACLES / "discourse_network_statements.csv", dtype=str)
    agreement = table["agreement"].map({"1": "1", "0": "-1"})
    names = {"document": "doc_id", "person": "speaker_id", "position": "start"}
    return table.assign(agreement=agreement).rename(columns=names)


def made(*rows: tuple[str, str, str, Any], **more: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["doc_id", "organisation", "concept", "agreement"]).assign(**more)


def network(statements: pd.DataFrame, **options: Any) -> kit.DiscourseNetwork:
    return kit.discourse_network(statements, **{"resamples": 0, **options})


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_the_sample_database_gives_its_published_sums(agreement: str) -> None:
    for key, normalise in (("sums", "none"), ("average", "average"), ("jaccard_dna",) * 2, ("totals_product",) * 2):
        edges = network(sample(), agreement=agreement, normalise=normalise).edges
        assert round(2 * edges["weight"].sum(), 3) == ORACLE[key][agreement]
    once = network(sample(), agreement=agreement, duplicates="document")
    assert len(once.statements) == ORACLE["once_per_document"]["statements"]
    assert 2 * once.edges["weight"].sum() == ORACLE["once_per_document"]["sums"][agreement]


def test_the_rows_with_most_statements_are_kept() -> None:
    said = [("d1", "b", "x", 1), ("d2", "b", "x", 1), ("d1", "a", "x", 1), ("d2", "c", "x", 1), ("d3", "c", "x", None)]
    found = network(made(*said), most=2)
    assert found.nodes["name"].tolist() == ["a", "b"]  # the silent one of c does not count: it ties with a
    assert {"key": "discourse_network.most", "n": 1, "most": 2} in found.attrs["remarks"]
    assert network(made(*said), most=2, missing="level").nodes["name"].tolist() == ["b", "c"]
    assert network(made(*said), most=3).attrs["remarks"] == network(made(*said)).attrs["remarks"]
    with pytest.raises(QueryError, match="most = 0"):
        network(made(*said), most=0)


def test_the_sample_database_gives_its_published_two_modes() -> None:
    assert network(sample(), mode="two", agreement="ignore").edges["weight"].sum() == 40
    assert network(sample(), mode="two").edges["weight"].sum() == ORACLE["two_mode"]["subtract"]
    once = network(sample(), mode="two", duplicates="document")
    assert once.edges["weight"].sum() == ORACLE["once_per_document"]["two_mode_subtract"]
    assert network(sample(), mode="two").matrix().shape == (7, 6)
    assert network(sample(), agreement="ignore").matrix().to_numpy().sum() == 276


def test_duplicates_count_once_in_their_stretch_of_time() -> None:
    dates = ["2024-01-01", "2024-01-03", "2024-01-20", "2024-02-01", "2025-02-01", "2025-02-01"]
    rows = [(f"d{row}", "a", "c", 1) for row in range(5)] + [("d4", "a", "c", 1)]
    statements = made(*rows, date=dates)
    counts = {name: len(network(statements, duplicates=name).statements) for name in ("all", "document", "week")}
    counts |= {name: len(network(statements, duplicates=name).statements) for name in ("month", "year", "once")}
    assert counts == {"all": 6, "document": 5, "week": 4, "month": 3, "year": 2, "once": 1}
    undated = made(("d1", "a", "c", 1), ("d1", "a", "c", 1), ("d2", "a", "c", 1))
    found = network(undated, duplicates="month")
    assert len(found.statements) == 2
    assert found.attrs["remarks"][0]["key"] == "discourse_network.undated"


def test_statements_without_agreement_are_dropped_or_a_level_of_their_own() -> None:
    statements = made(("d1", "a", "c", 1), ("d1", "a", "c", None), ("d2", "b", "c", None))
    assert len(network(statements).statements) == 1
    assert network(statements).attrs["remarks"] == [{"key": "discourse_network.silent", "n": 2}]
    assert network(statements, agreement="ignore").edges["weight"].tolist() == [2]
    level = network(statements, agreement="congruence", missing="level")
    assert level.edges[["weight", "pairs", "conflicting"]].to_numpy().tolist() == [[1, 2, 0]]
    assert level.nodes["silent"].tolist() == [1, 1]


def test_a_copy_counts_once_with_its_story() -> None:
    rows = [("d1", "a", "c", 1), ("d2", "a", "c", 1), ("d3", "b", "c", 1)]
    found = network(made(*rows, copy_of=["", "d1", "elsewhere"]))
    assert found.edges[["weight", "stories"]].to_numpy().tolist() == [[1, 2]]
    assert found.attrs["remarks"][0] == {"key": "discourse_network.copies", "n": 1}


def test_each_window_is_the_network_of_its_statements_alone() -> None:
    rows = [(f"d{row}", name, "c", sign) for row, (name, sign) in enumerate(itertools.product("abc", (1, -1)))]
    dates = ["2024-01-05", "2024-02-05", "2024-01-07", "2024-02-09", "2024-01-09", "2024"]
    statements = made(*rows, date=dates)
    over = network(statements, window="month")
    assert over.edges["window"].unique().tolist() == ["2024-01", "2024-02"]
    assert over.attrs["remarks"][0]["key"] == "discourse_network.no_window"
    for month, there in statements[statements["date"] != "2024"].groupby(statements["date"].str[:7]):
        alone = network(there)
        pd.testing.assert_frame_equal(over.matrix(window=str(month)), alone.matrix())
        assert over.to_graphml(window=str(month)) == alone.to_graphml()
    with pytest.raises(QueryError, match="2024-01"):
        over.matrix(window="2023-01")


def test_an_edge_opens_to_the_pairs_behind_it() -> None:
    found = network(sample())
    for row in found.edges.itertuples():
        pairs = found.pairs(row.source, row.target)
        kinds = pairs["kind"].value_counts()
        assert len(pairs) == row.pairs
        assert kinds.get("congruent", 0) == row.congruent
        assert kinds.get("congruent", 0) - kinds.get("conflicting", 0) == row.weight
        assert len(set(pairs["doc_id_a"]) | set(pairs["doc_id_b"])) == row.stories
    two = network(sample(), mode="two")
    first = two.edges.iloc[0]
    assert len(two.pairs(first["source"], first["target"])) == first["pairs"]
    with pytest.raises(QueryError, match="no node 'nobody'"):
        found.pairs("nobody", "org1")


def shared(stories: int) -> list[tuple[str, str, str, int]]:
    """Statements of two on one concept in some stories."""
    return [(f"d{row:02}", name, "c", 1 if row % 3 else -1) for row in range(stories) for name in ("a", "b")]


def test_edges_on_few_stories_are_marked_and_only_those_on_enough_have_an_interval() -> None:
    rows = [*shared(INTERVAL - 1), ("d98", "a", "c", 1), ("d99", "z", "c", 1)]
    found = kit.discourse_network(made(*rows), resamples=200)
    by_pair = found.edges.set_index(["source", "target"])
    assert by_pair["stories"].tolist() == [50, 51, 50]
    assert not by_pair["few_stories"].any()
    assert (by_pair["low"] <= by_pair["weight"]).all()
    assert (by_pair["weight"] <= by_pair["high"]).all()
    again = kit.discourse_network(made(*rows), resamples=200)
    pd.testing.assert_frame_equal(found.edges, again.edges)
    fewer = kit.discourse_network(made(*shared(INTERVAL - 1)), resamples=200)
    assert fewer.edges["low"].isna().all()
    assert not fewer.edges["few_stories"].any()
    assert fewer.attrs["remarks"] == [{"key": "discourse_network.no_interval", "n": 1, "least": 50}]
    assert kit.discourse_network(made(*shared(FEW - 1)), resamples=200).edges["few_stories"].tolist() == [True]


def test_a_note_says_what_a_weight_is_whatever_is_asked_for() -> None:
    statements = made(("d1", "a", "c", 1), ("d1", "b", "c", -1), ("d2", "a", "c", 1))
    asked = [("one", agreement, divisor) for agreement in ONE_MODE for divisor in ONE_MODE_DIVISORS]
    asked += [("two", agreement, divisor) for agreement in TWO_MODE for divisor in TWO_MODE_DIVISORS]
    said = set()
    for mode, agreement, divisor in asked:
        if agreement != "combine" or divisor == "none":
            found = kit.discourse_network(statements, mode=mode, agreement=agreement, normalise=divisor, resamples=0)
            said |= {tell(found.attrs["variant"], language) for language in LANGUAGES}
    assert len(said) == 2 * (len(asked) - len(TWO_MODE_DIVISORS) + 1)
    subtract = kit.discourse_network(statements, mode="two", missing="level", resamples=0).attrs["variant"]
    assert tell(subtract, "en").startswith(
        "weight: statements that agree with the concept less those that object to it"
    )


@pytest.mark.parametrize("normalise", UNCOVERED)
def test_weights_whose_intervals_do_not_cover_have_none_and_say_so(normalise: Any) -> None:
    found = kit.discourse_network(made(*shared(60)), agreement="congruence", normalise=normalise, resamples=200)
    assert found.edges[["low", "high"]].isna().all(axis=None)
    assert found.attrs["remarks"] == [{"key": "discourse_network.uncovered", "divisor": normalise}]


def test_the_least_stories_of_an_interval_are_those_of_the_study() -> None:
    study = json.loads((Path(__file__).parents[3] / "benchmarks" / "network_coverage.json").read_text(encoding="utf-8"))
    assert study["nominal"] == NOMINAL
    printed = [cell for cell in study["cells"] if cell["normalise"] not in UNCOVERED and cell["stories"] >= INTERVAL]
    assert {cell["mode"] for cell in printed} == {"one", "two"}
    for cell in printed:
        assert cell["coverage"] >= 0.93, cell


def test_resampling_stories_is_what_it_says() -> None:
    """Each draw is the network of the stories drawn, each as often as it was drawn."""
    rows = [(f"d{row:02}", "ab"[row % 2], "cd"[row % 3 % 2], 1 - 2 * (row % 5 == 0)) for row in range(60)]
    found = kit.discourse_network(made(*rows), resamples=200, seed=3)
    generator = np.random.Generator(np.random.PCG64(3))
    drawn = []
    for _ in range(200):
        net = dict.fromkeys(itertools.product("ab", "cd"), 0)
        for place in generator.integers(0, 60, 60):
            net[rows[place][1], rows[place][2]] += rows[place][3]
        drawn.append(sum(net["a", concept] * net["b", concept] for concept in "cd"))
    ordered = sorted(drawn)
    assert found.edges[["low", "high"]].to_numpy().tolist() == [[ordered[2], ordered[197]]]


#: Options that do not go, and what the error says.
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"agreement": "combine"}, 'agreement = .combine. with mode="one"'),
    ({"mode": "two", "agreement": "conflict"}, "use one of ignore, subtract, combine"),
    ({"mode": "two", "normalise": "cosine"}, "activity"),
    ({"normalise": "activity"}, "jaccard_dna"),
    ({"rows": "party"}, "no column 'party'"),
    ({"duplicates": "day"}, "week"),
    ({"window": "day"}, "week"),
    ({"resamples": 3}, "200"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED, ids=str)
def test_options_that_do_not_go_are_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        network(sample(), **options)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (made(("d1", "a", "c", 2)), "row 0: agreement = 2"),
        (made(("d1", "a", "", 1)), "row 0: concept is empty"),
        (made(("d1", "a", "c", 1)).drop(columns="agreement"), "no column 'agreement'"),
    ],
)
def test_tables_that_are_no_statements_are_refused(frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        network(frame)


@pytest.mark.parametrize("mode", ["one", "two"])
@pytest.mark.parametrize("window", [None, "month"])
def test_no_statement_makes_an_empty_network_of_the_same_columns(mode: str, window: str | None) -> None:
    empty = network(sample().head(0), mode=mode, window=window)
    full = network(sample(), mode=mode)
    assert empty.edges.dtypes.to_dict() == full.edges.dtypes.to_dict()
    assert empty.matrix().empty
    assert "<graphml" in empty.to_graphml()
    assert empty.to_vosviewer()[1] == ""


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.sampled_from("pqrs"), st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from([1, -1])),
        min_size=1,
        max_size=20,
    )
)
def test_one_mode_is_what_two_modes_make_of_it(rows: list[tuple[str, str, str, int]]) -> None:
    """Net agreement by net agreement, whatever the order of the rows."""
    statements = made(*rows)
    net = network(statements, mode="two").matrix().to_numpy()
    expected = net @ net.T
    np.fill_diagonal(expected, 0)
    np.testing.assert_array_equal(network(statements).matrix().to_numpy(), expected)
    turned = network(statements.iloc[::-1])
    pd.testing.assert_frame_equal(network(statements).edges, turned.edges)


def test_other_libraries_read_equal_matrices(tmp_path: Path) -> None:
    found = network(sample(), normalise="cosine")
    matrix = found.matrix()
    for dialect in ("plain", "visone"):
        file = tmp_path / f"{dialect}.graphml"
        file.write_text(found.to_graphml(dialect=dialect), encoding="utf-8")
        graph = nx.read_graphml(file)
        names = nx.get_node_attributes(graph, "name")
        read = nx.to_pandas_adjacency(nx.relabel_nodes(graph, names), nodelist=list(matrix.index))
        np.testing.assert_allclose(read.to_numpy(), matrix.to_numpy(), rtol=1e-5)
        other = igraph.Graph.Read_GraphML(str(file))
        assert not other.is_directed()
        values = np.zeros(matrix.shape)
        place = {name: row for row, name in enumerate(matrix.index)}
        for edge in other.es:
            one, end = (place[other.vs[vertex]["name"]] for vertex in edge.tuple)
            values[one, end] = values[end, one] = edge["weight"]
        np.testing.assert_allclose(values, matrix.to_numpy(), rtol=1e-5)


def dl(text: str) -> pd.DataFrame:
    """Read a DL file of a full matrix with names."""
    lines = text.splitlines()
    data = lines.index("data:")
    heads = [row for row, line in enumerate(lines) if line.endswith("labels:")] + [data]
    names = [[line.strip('"') for line in lines[one + 1 : two]] for one, two in itertools.pairwise(heads)]
    values = np.loadtxt(io.StringIO("\n".join(lines[data + 1 :])), ndmin=2)
    return pd.DataFrame(values, index=names[0], columns=names[-1])


@pytest.mark.parametrize("mode", ["one", "two"])
def test_dl_and_vosviewer_files_hold_the_matrix(mode: str) -> None:
    found = network(sample(), mode=mode, agreement="ignore")
    matrix = found.matrix()
    np.testing.assert_array_equal(dl(found.to_dl()).to_numpy(), matrix.to_numpy())
    assert dl(found.to_dl()).columns.tolist() == matrix.columns.tolist()
    map_file, links = found.to_vosviewer()
    items = pd.read_csv(io.StringIO(map_file), sep="\t")
    ties = pd.read_csv(io.StringIO(links), sep="\t", header=None)
    assert items["label"].tolist() == found.nodes["name"].tolist()
    assert ties[2].sum() == found.edges["weight"].sum()
    assert set(ties[0]) | set(ties[1]) <= set(items["id"])
    listed = pd.read_csv(io.StringIO(found.to_edge_list()), keep_default_na=False)
    assert listed["weight"].tolist() == found.edges["weight"].tolist()


def test_names_from_the_web_stay_names_in_every_file() -> None:
    names = [name for name in HOSTILE if name.strip() and "\ud800" not in name]
    rows = [(f"d{row}", name, "c", 1) for row, name in enumerate(names)]
    found = network(made(*rows))
    for dialect in ("plain", "visone"):
        tree = ET.fromstring(found.to_graphml(dialect=dialect))
        assert len(tree.findall(".//{http://graphml.graphdrawing.org/xmlns}node")) == len(found.nodes)
    assert len(dl(found.to_dl())) == len(found.nodes)
    assert len(found.to_vosviewer()[0].splitlines()) == len(found.nodes) + 1


#: Cards of what weights are divided by: statements, options, the number.
def test_the_examples_of_the_cards_are_true() -> None:
    def agreeing(*counts: tuple[int, int]) -> pd.DataFrame:
        said = [
            (f"d{row}{concept}{time}", f"a{row}", f"c{concept}", 1)
            for row, pair in enumerate(counts)
            for concept, times in enumerate(pair)
            for time in range(times)
        ]
        return made(*said)

    def weight(statements: pd.DataFrame, **options: Any) -> float:
        return float(network(statements, **options).edges["weight"].iloc[0])

    three = agreeing((1, 2), (3, 6))
    assert weight(three, agreement="congruence", normalise="average") == pytest.approx(2.5)
    assert weight(three, agreement="congruence", normalise="totals_product") == pytest.approx(0.556, abs=5e-4)
    assert weight(three, agreement="congruence", normalise="cosine") == pytest.approx(1)
    assert weight(agreeing((1, 1), (1, 0)), agreement="congruence", normalise="jaccard_dna") == 0.5
    against = made(("d1", "a", "c", 1), ("d2", "a", "c", 1), ("d3", "b", "c", -1))
    assert [weight(against, agreement=name) for name in AGREEMENTS] == [2, 0, 2, -2]
    of_eight = made(("d0", "a", "c", 1), *((f"d{row}", "a", "e", 1) for row in range(1, 8)))
    assert weight(of_eight, mode="two", normalise="activity") == 0.125
    of_three = made(("d1", "a", "c", 1), ("d2", "a", "c", 1), ("d3", "a", "c", -1))
    assert weight(of_three, mode="two", normalise="prominence") == pytest.approx(1 / 3)
    assert network(of_three).nodes[["statements", "agrees", "objects"]].to_numpy().tolist() == [[3, 2, 1]]
    six = [(f"d{row}", "a", "c", 1) for row in range(2)] + [(f"e{row}", "b", "c", 1) for row in range(3)]
    assert network(made(*six)).edges[["pairs", "congruent"]].to_numpy().tolist() == [[6, 6]]
    opposed = [*six[:2], *((*row[:3], -1) for row in six[2:])]
    assert network(made(*opposed)).edges["conflicting"].tolist() == [6]
