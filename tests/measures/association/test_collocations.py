"""Collocations against published counts, NLTK's finder, and a slow count that walks from word to word."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.collocations import BigramCollocationFinder

import kit
from kit.errors import QueryError
from kit.language.tokens import COUNTED, fold, tokenize
from kit.measures.association.collocations import collocations
from kit.measures.association.formulas import MEASURES
from kit.measures.cards import describe_measure
from kit.wording.words import tell

ORACLES = Path(__file__).parents[2] / "oracles"
WINDOWS = {
    row["id"]: row
    for row in json.loads((ORACLES / "oracles.json").read_text(encoding="utf-8"))
    if row["family"] == "window"
}
BODY = (ORACLES / "seed_article_body.txt").read_text(encoding="utf-8")
COUNTS = ["o11", "before", "after", "documents", "r1", "c1", "n"]


def corpus_of(*texts: str) -> kit.Corpus:
    ids = [f"d{row:03}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)


def counts(table: pd.DataFrame) -> dict[str, list[int]]:
    return {row[0]: list(row[1:]) for row in table[["collocate", *COUNTS]].itertuples(index=False, name=None)}


def test_counts_by_hand() -> None:
    """Tokens: seven words and numbers; the comma and the dot are no positions."""
    corpus = corpus_of("ASN harus, melayani 2024 warga. Warga melayani")
    table = counts(collocations(corpus, "melayani", context=(1, 2)))
    assert table == {
        "2024": [1, 0, 1, 1, 1, 4, 7],
        "harus": [1, 1, 0, 1, 1, 4, 7],
        "warga": [2, 1, 1, 1, 2, 4, 7],
    }
    assert list(counts(collocations(corpus, "melayani", context=(0, 1)))) == ["2024"]
    assert counts(collocations(corpus, "melayani", context=(0, 3), cross_sentences=True))["warga"][0] == 2


def test_a_window_ends_with_the_document_even_if_sentences_are_crossed() -> None:
    corpus = corpus_of("a x", "b x c\nd", "e")
    assert sorted(counts(collocations(corpus, "x", context=2, cross_sentences=True))) == ["a", "b", "c", "d"]
    assert sorted(counts(collocations(corpus, "x", context=2))) == ["a", "b", "c"]


def test_overlapping_windows_count_once_or_twice() -> None:
    corpus = corpus_of("x a x a b")
    once = counts(collocations(corpus, "x", context=(2, 2)))
    assert once == {"a": [2, 1, 2, 1, 2, 5, 5], "x": [2, 1, 1, 1, 2, 5, 5], "b": [1, 0, 1, 1, 1, 5, 5]}
    twice = counts(collocations(corpus, "x", context=(2, 2), count="pairs"))
    assert {name: row[0] for name, row in twice.items()} == {"a": 3, "x": 2, "b": 1}
    assert {row[5] for row in twice.values()} == {2 + 4}
    assert {row[6] for row in twice.values()} == {2 + 3 + 4 + 3 + 2}


def test_a_node_as_its_own_collocate() -> None:
    """Each *baik* stands beside another, but none beside itself."""
    assert counts(collocations(corpus_of("baik dan baik"), "baik"))["baik"] == [2, 1, 1, 1, 2, 3, 3]
    assert "baik" not in counts(collocations(corpus_of("baik dan buruk"), "baik"))
    assert collocations(corpus_of("baik"), "baik").empty


def test_a_phrase_is_no_part_of_its_own_context() -> None:
    table = counts(
        collocations(corpus_of("para pelayan masyarakat bukan pelayan biasa"), "pelayan masyarakat", context=2)
    )
    assert table == {
        "bukan": [1, 0, 1, 1, 1, 3, 6],
        "para": [1, 1, 0, 1, 1, 3, 6],
        "pelayan": [1, 0, 1, 1, 2, 3, 6],
    }


def test_left_right_and_sentence() -> None:
    corpus = corpus_of("a b x c d\ne x", "b\nx")
    for context, expected in (("left", "abe"), ("right", "cd"), ("sentence", "abcde"), ((None, 1), "abce")):
        assert sorted(collocations(corpus, "x", context=context)["collocate"]) == list(expected), context
    table = counts(collocations(corpus, "x", context="sentence"))
    assert table["b"] == [1, 1, 0, 1, 2, 3, 4]  # sentences: 4, with x: 3, with b: 2, with both: 1


def test_sentences_count_once_however_often_the_two_meet() -> None:
    corpus = corpus_of("x a a x a\na\nx", "…")
    assert counts(collocations(corpus, "x", context="sentence"))["a"] == [1, 2, 4, 1, 2, 2, 3]


def test_lexemes_globs_expressions_and_concepts() -> None:
    corpus = corpus_of("Tugas ASN berat. Tugasnya ringan. Tugas-tugas ASN. Aparatur Sipil Negara (ASN) melayani.")
    table = counts(collocations(corpus, "asn", unit="lexeme", context=(1, 0)))
    assert table["tugas"][:1] == [2]
    assert table["tugas"][4] == 3
    by_lexeme = counts(collocations(corpus, "lexeme:tugas", context=(0, 1)))
    assert {name: row[0] for name, row in by_lexeme.items()} == {"asn": 2, "ringan": 1}
    assert set(counts(collocations(corpus, "re:(berat|ringan)", context=(1, 0)))) == {"asn", "tugasnya"}
    codebook = kit.load_codebook()
    concept = collocations(corpus, "aktor-asn", context=(0, 1), codebook=codebook)
    named = collocations(corpus, "concept:aktor-asn", context=(0, 1), mentions=kit.find_mentions(corpus, codebook))
    pd.testing.assert_frame_equal(concept, named)
    assert set(concept["collocate"]) == {"berat", "asn"}  # the gloss is no node, but a word of the text
    assert concept.attrs["occurrences"] == 3
    assert concept.attrs["codebook"] == codebook.version


@pytest.mark.parametrize("name", ["nltk_w2", "nltk_w3", "nltk_w5"])
def test_windows_of_nltk(name: str) -> None:
    """The pairs, and NLTK's PMI, which divides the pairs by the window less one."""
    record = WINDOWS[name]
    words, window = record["inputs"]["tokens"], record["inputs"]["window"]
    corpus = corpus_of(words)
    found = {
        f"{node} {row.collocate}": row.o11
        for node in dict.fromkeys(words.split())
        for row in collocations(corpus, node, context=(0, window - 1), count="pairs").itertuples()
    }
    assert found == record["expected"]
    frequency = Counter(words.split())
    for pair, value in {
        "nltk_w3": {"a test": 1.584962500721156, "a a": 0.0},
        "nltk_w5": {"a test": 1.0, "a a": -1.0},
    }.get(name, {}).items():
        node, collocate = pair.split()
        share = found[pair] / (window - 1)
        assert math.log2(share * 8 / (frequency[node] * frequency[collocate])) == pytest.approx(value)


def test_lambda_of_quanteda() -> None:
    """Adjacent pairs; lambda is the logarithm of the odds ratio with ½ in each cell, z its size in standard errors."""
    record = WINDOWS["quanteda_lambda"]
    corpus = corpus_of(
        *(text.replace("!  i", "! I") for text in record["inputs"]["texts"])
    )  # quanteda splits there too
    for pair, (count, lam, z) in record["expected"].items():
        node, collocate = pair.split()
        row = collocations(corpus, node, context=(0, 1), count="pairs").set_index("collocate").loc[collocate]
        cells = [row.o11, row.r1 - row.o11, row.c1 - row.o11, row.n - row.r1 - row.c1 + row.o11]
        a, b, c, d = (cell + 0.5 for cell in cells)
        assert row.o11 == count
        assert math.log(a * d / b / c) == pytest.approx(lam, abs=1e-6)
        assert math.log(a * d / b / c) / math.sqrt(1 / a + 1 / b + 1 / c + 1 / d) == pytest.approx(z, abs=1e-6)


def test_pairs_are_those_of_nltk_on_the_seed() -> None:
    words = [fold(token.text) for token in tokenize(BODY) if token.kind in COUNTED]
    finder = BigramCollocationFinder.from_words(words, window_size=6)
    table = collocations(corpus_of(" ".join(words)), "asn", context=(0, 5), count="pairs")
    theirs = {pair[1]: count for pair, count in finder.ngram_fd.items() if pair[0] == "asn"}
    assert dict(zip(table["collocate"], table["o11"], strict=True)) == theirs
    assert len(theirs) > 30


def test_a_table_with_the_counts_of_a_published_one() -> None:
    """Dunning's 110 of 2552 and 221 in 31,777, built as a corpus: 110 sentences of the pair, and the rest apart."""
    sentences = ["Node col."] * 110 + ["Node."] * (2552 - 110) + ["Lain col."] * (221 - 110)
    spare = 31777 - 110 - (2552 - 110) - (221 - 110)
    corpus = corpus_of(" ".join(sentences + ["Isi."] * spare))
    row = collocations(corpus, "node", context="sentence").set_index("collocate").loc["col"]
    assert row[["o11", "r1", "c1", "n"]].tolist() == [110, 221, 2552, 31777]
    assert row.g2 == pytest.approx(270.72, abs=0.005)
    assert row.expected == pytest.approx(2552 * 221 / 31777)


def test_order_types_and_notes() -> None:
    table = collocations(corpus_of(BODY), "asn", min_count=2, stopwords="drop")
    assert table.columns.tolist() == ["collocate", "o11", "expected", *COUNTS[1:], *MEASURES]
    assert (table[COUNTS].dtypes == "int64").all()
    assert (table[["expected", *MEASURES]].dtypes == "float64").all()
    assert table["log_dice"].is_monotonic_decreasing
    assert table["o11"].min() >= 2
    told = "window of words: 5 before and 5 after the node, within its sentence; each running word counted once"
    assert tell(table.attrs["variant"], "en").startswith(told)
    for context, across, window in (
        ("sentence", False, "window: the sentence of the node;"),
        ((None, 2), False, "window of words: all before and 2 after the node, within its sentence;"),
        (3, True, "window of words: 3 before and 3 after the node, also over ends of sentences;"),
    ):
        other = collocations(corpus_of(BODY), "asn", context=context, cross_sentences=across)
        assert tell(other.attrs["variant"], "en").startswith(window), context
    assert len(table.attrs["remarks"]) == 3
    assert all(describe_measure(name, "collocations") for name in table.columns[1:])
    everything = collocations(corpus_of(BODY), "asn")
    assert set(table["collocate"]) < set(everything[everything["o11"] >= 2]["collocate"])


def test_nothing_to_list() -> None:
    for corpus, node in ((corpus_of(), "x"), (corpus_of(""), "x"), (corpus_of("a b"), "x"), (corpus_of("x\nx"), "x")):
        for count in ("tokens", "pairs", "sentences"):
            for unit in ("form", "lexeme"):
                table = collocations(corpus, node, context="sentence", count=count, unit=unit)
                assert table.empty
                assert table.attrs["remarks"]
                assert table["collocate"].dtype == "str"


def test_where_nothing_lies_outside_the_contexts() -> None:
    """Every word of the corpus is in a window: there is nothing to compare with."""
    table = collocations(corpus_of("x x a x x"), "x").set_index("collocate")
    assert table.loc["a", ["o11", "c1", "n"]].tolist() == [1, 5, 5]
    assert math.isnan(table.loc["a", "g2"])
    assert table.loc["a", "pmi"] == 0
    assert any("outside" in tell(remark, "en") for remark in table.attrs["remarks"])


@pytest.mark.parametrize(
    "options",
    [
        {"context": "paragraph"},
        {"context": (1, 2, 3)},
        {"context": (-1, 2)},
        {"context": 5000},
        {"context": 2.5},
        {"unit": "root"},
        {"count": "types"},
        {"min_count": -1},
        {"stopwords": "yes"},
        {"context": "sentence", "cross_sentences": True},
        {"context": 3, "count": "sentences"},
    ],
)
def test_options_without_meaning(options: dict[str, object]) -> None:
    with pytest.raises(QueryError):
        collocations(corpus_of("x"), "x", **options)


def test_a_concept_that_is_not_there() -> None:
    with pytest.raises(QueryError, match="no concept 'asn'"):
        collocations(corpus_of("x"), "asn", codebook=kit.load_codebook())
    with pytest.raises(QueryError, match="without a codebook"):
        collocations(corpus_of("x"), "concept:aktor-asn")


def walk(corpus: kit.Corpus, node: list[str], left: int, right: int, crossing: bool) -> dict[str, dict[str, list[int]]]:
    """The three ways of counting, word by word."""
    tokens = corpus.tokens
    forms = corpus.types["form"].tolist()
    words = [
        (int(row.doc), int(row.doc) if crossing else int(row.sentence), forms[row.type], number, int(row.sentence))
        for number, row in enumerate(tokens[corpus.counted].itertuples())
    ]
    names = [word[2] for word in words]
    every = list(tokens[corpus.counted].index)

    def beside(first: int, last: int) -> tuple[list[int], list[int]]:
        same = [other for other in range(len(words)) if words[other][1] == words[first][1]]
        return [o for o in same if first - left <= o < first], [o for o in same if last < o <= last + right]

    hits = [
        (start, start + len(node) - 1)
        for start in range(len(words) - len(node) + 1)
        if names[start : start + len(node)] == node
        and all(every[start + k + 1] == every[start + k] + 1 for k in range(len(node) - 1))
        and len({words[start + k][4] for k in range(len(node))}) == 1
    ]
    meetings = [
        (place, side) for hit in hits for side, places in zip("ba", beside(*hit), strict=True) for place in places
    ]
    near = {place for place, _ in meetings}
    around = [place for other in range(len(words)) for part in beside(other, other) for place in part]
    result: dict[str, dict[str, list[int]]] = {"tokens": {}, "pairs": {}, "sentences": {}}
    for name in {names[place] for place in near}:
        mine = [(place, side) for place, side in meetings if names[place] == name]
        common = [
            sum(side == "b" for _, side in mine),
            sum(side == "a" for _, side in mine),
            len({words[place][0] for place, _ in mine}),
        ]
        inside = sum(names[place] == name for place in near)
        result["tokens"][name] = [inside, *common, names.count(name), len(near), len(words)]
        total = sum(names[place] == name for place in around)
        result["pairs"][name] = [len(mine), *common, total, len(meetings), len(around)]
        with_node = {words[first][4] for first, _ in hits}
        together = {words[place][4] for place, _ in mine}
        with_name = {word[4] for word in words if word[2] == name and word[4] not in with_node} | together
        sentences = {word[4] for word in words}
        result["sentences"][name] = [len(together), *common, len(with_name), len(with_node), len(sentences)]
    return result


PIECES = st.lists(st.sampled_from(["a", "B", "b", "c", "12", ",", ".", "\n", "A"]), max_size=16).map(" ".join)


@settings(max_examples=60)
@given(
    st.lists(PIECES, max_size=3),
    st.lists(st.sampled_from(["a", "b", "12"]), min_size=1, max_size=2),
    st.sampled_from([0, 1, 2, 4, 99]),
    st.sampled_from([0, 1, 3, 99]),
    st.booleans(),
)
def test_equal_to_a_walk(texts: list[str], node: list[str], left: int, right: int, crossing: bool) -> None:
    corpus = corpus_of(*texts)
    expected = walk(corpus, node, left, right, crossing)
    for count in ("tokens", "pairs") if crossing or left < 99 or right < 99 else ("tokens", "pairs", "sentences"):
        context = (left, right) if left < 99 or right < 99 else "sentence"
        table = collocations(corpus, " ".join(node), context=context, count=count, cross_sentences=crossing)
        assert counts(table) == expected[count], count
        values = table[["o11", "r1", "c1", "n"]].to_numpy()
        assert (values[:, 0] <= values[:, 1]).all()
        assert (values[:, 0] <= values[:, 2]).all()
        assert (values[:, 3] - values[:, 1] - values[:, 2] + values[:, 0] >= 0).all()


@settings(max_examples=40)
@given(st.lists(PIECES, min_size=1, max_size=4), st.sampled_from(["tokens", "pairs", "sentences"]), st.randoms())
def test_the_order_and_the_cutting_of_documents_change_nothing(texts: list[str], count: str, random) -> None:
    """Contexts end with the sentence, so one document of all the texts has the same counts, but for the documents."""
    shuffled = random.sample(texts, len(texts))
    options = {"count": count, "context": "sentence" if count == "sentences" else 3}
    first = collocations(corpus_of(*texts), "a", **options)
    second = collocations(corpus_of(*shuffled), "a", **options)
    pd.testing.assert_frame_equal(first, second, check_exact=True)
    joined = collocations(corpus_of("\n".join(texts)), "a", **options)
    pd.testing.assert_frame_equal(first.drop(columns="documents"), joined.drop(columns="documents"), check_exact=True)


def test_several_nodes_lie_under_each_other() -> None:
    corpus = corpus_of(BODY)
    codebook = kit.load_codebook()
    nodes = ["form:masyarakat", "form:rakyatnya*", "concept:melayani"]
    table = collocations(corpus, nodes, codebook=codebook, min_count=2)
    assert list(table.columns[:2]) == ["node", "collocate"]
    for node in nodes:
        alone = collocations(corpus, node, codebook=codebook, min_count=2)
        part = table[table.node == node].drop(columns="node").reset_index(drop=True)
        pd.testing.assert_frame_equal(part, alone)
        assert table.attrs["occurrences"][node] == alone.attrs["occurrences"]
    assert table.attrs["occurrences"]["form:rakyatnya*"] == 0
    told = [tell(remark, "en") for remark in table.attrs["remarks"]]
    assert "form:rakyatnya*: The node does not occur in this corpus." in told
    assert len(told) == len(set(told))
    assert table.attrs["codebook"] == codebook.version
    absent = collocations(corpus, ["tiadaada"])
    assert absent.empty
    assert absent.dtypes.to_dict() == collocations(corpus, ["masyarakat"]).dtypes.to_dict()
    with pytest.raises(QueryError, match="no node"):
        collocations(corpus, [])


def test_before_and_after_that_exceed_the_count_are_explained() -> None:
    """*dan* stands after the first *warga* and before the second, *hadir* after both: each once together."""
    corpus = corpus_of("Warga dan warga hadir.")
    table = collocations(corpus, "warga").set_index("collocate")
    assert table.loc["dan", ["before", "after", "o11"]].tolist() == [1, 1, 1]
    assert table.loc["hadir", ["before", "after", "o11"]].tolist() == [0, 2, 1]
    said = [tell(one, "en") for one in table.attrs["remarks"]]
    assert any(one.startswith("In 2 rows before and after add up to more than the count together") for one in said)
    both = collocations(corpus, ["warga", "form:warga"]).attrs["remarks"]
    assert [tell(one, "en")[:9] for one in both if "add up" in tell(one, "en")] == ["In 4 rows"]
    pairs = collocations(corpus, "warga", count="pairs")
    assert (pairs["before"] + pairs["after"] == pairs["o11"]).all()
    assert not any("add up" in tell(one, "en") for one in pairs.attrs["remarks"])
