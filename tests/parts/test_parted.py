"""A corpus in parts: what it says of itself, what it refuses, and where its work is done."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.build.kernel import FIXED
from kit.errors import CodebookError, CorpusError, QueryError
from kit.parts.engine import FAN_IN, Cluster, InTurn, Threads, engine_of, merged
from kit.parts.kept import MEMORY, Kept, a_share_of_memory
from kit.parts.part import _OPEN as OPENED
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import catalogue_of, reduce, united
from kit.storage.add import add_articles
from kit.storage.open import open_corpus, parts_of

FRAME = pd.DataFrame(
    {
        "doc_id": ["d", "b", "a", "c"],
        "text": ["Warga. ASN melayani warga!", "Dua kata.\n\nTiga kata lagi.", "…", "Dua kata.\n\nTiga kata lagi."],
        "outlet": ["X", "Y", "", "X"],
    }
)


def whole_and_parts(engine: Any = None) -> tuple[kit.Corpus, PartedCorpus]:
    """Documents a and d in one part, b in another, c in a third, and a part of none."""
    whole = kit.Corpus.from_frame(FRAME, clean=False)
    rows = ([1], [0, 3], [], [2])
    return whole, PartedCorpus.of([whole._take(np.array(some, np.intp)) for some in rows], engine)


def test_what_a_corpus_in_parts_says_of_itself() -> None:
    whole, parts = whole_and_parts()
    assert (len(parts), parts.parts) == (4, 4)
    assert repr(parts) == "<PartedCorpus: 4 documents in 4 parts, 7 sentences, 14 words and numbers>"
    assert parts.about(unit="x") == whole.about(unit="x")
    assert parts.catalogue.columns.tolist() == ["doc_id", "part", "date", "words", "sentences", "copy_of"]
    assert parts.catalogue["doc_id"].tolist() == ["a", "b", "c", "d"]
    assert parts.catalogue["part"].tolist() == [1, 0, 3, 1]
    assert parts.catalogue["copy_of"].tolist() == ["", "", "b", ""]
    assert parts.catalogue["words"].tolist() == [0, 5, 5, 4]
    pd.testing.assert_frame_equal(catalogue_of(whole), catalogue_of(parts).drop(columns="part"))
    assert parts.part(1).documents["doc_id"].tolist() == ["a", "d"]
    assert len(parts.part(2)) == 0
    for by in ("outlet", "year", "copy_of"):
        pd.testing.assert_series_equal(whole.group_of(by), parts.group_of(by))


def test_a_choice_of_documents_is_that_of_the_whole() -> None:
    whole, parts = whole_and_parts()
    chosen = parts.where(outlet=["X"])
    assert chosen.catalogue["doc_id"].tolist() == ["c", "d"]
    assert chosen.parts == 2
    assert chosen.fingerprint == whole.where(outlet="X").fingerprint
    assert chosen.where(doc_id="d").part(0).documents["doc_id"].tolist() == ["d"]
    assert chosen.where(doc_id="d").fingerprint == whole.where(doc_id="d").fingerprint
    none = parts.where(outlet=[])
    assert (len(none), none.parts) == (0, 1)
    assert none.about() == whole.where(outlet=[]).about()
    one, two = whole.split("outlet"), parts.split("outlet")
    assert list(one) == list(two)
    assert [part.fingerprint for part in one.values()] == [part.fingerprint for part in two.values()]


def columns_seen(part: Part) -> list[str]:
    return list(part.corpus.documents.columns)


def test_what_is_a_copy_the_whole_knows_and_no_part_at_work() -> None:
    """A worker that asks has an error, not the answer of its part; who asks for a part has that of the whole."""
    whole, parts = whole_and_parts()
    chosen = parts.where(doc_id=["a", "c"])
    for corpus in (parts, chosen):
        seen = corpus.reduce(columns_seen, sum_of_lists)
        assert "copy_of" not in seen
        assert "text" in seen
    assert parts.part(3).documents["copy_of"].tolist() == ["b"]
    assert chosen.catalogue["copy_of"].tolist() == whole.where(doc_id=["a", "c"]).copy_of.tolist() == ["", "b"]
    with pytest.raises(CorpusError, match="documents have no column 'copy_of'"):
        parts.reduce(copies_seen, sum_of_lists)


def copies_seen(part: Part) -> list[str]:
    return part.corpus.group_of("copy_of").tolist()


def sum_of_lists(found: Sequence[list[str]]) -> list[str]:
    return [one for some in found for one in some]


def test_where_a_part_stands_in_the_whole() -> None:
    found: list[Any] = whole_and_parts()[1].reduce(stands, joined)
    assert found == [
        (["b"], [1], [1, 2], [0, 1, 2, 3, 4]),
        (["a", "d"], [0, 3], [0, 5, 6], [10, 11, 12, 13]),
        ([], [], [], []),
        (["c"], [2], [3, 4], [5, 6, 7, 8, 9]),
    ]


def stands(part: Part) -> list[Any]:
    names = part.corpus.documents["doc_id"].tolist()
    return [(names, part.numbers.rows.tolist(), part.sentence_rows.tolist(), part.word_rows.tolist())]


def joined(found: Any) -> list[Any]:
    return [one for part in found for one in part]


@pytest.mark.parametrize("number", range(4))
def test_numbers_of_a_part_go_out_and_come_back(number: int) -> None:
    whole, parts = whole_and_parts()
    part = Part(parts.part(number), parts._numbers[number])
    own = part.corpus.sentences[["doc"]].assign(sentence=np.arange(len(part.corpus.sentences), dtype=np.int32))
    out = part.out(own)
    assert whole.sentences["doc"].to_numpy()[out["sentence"].to_numpy()].tolist() == out["doc"].tolist()
    back = part.own(out)
    assert back is not None
    pd.testing.assert_frame_equal(own, back)


def test_what_cannot_be_had_as_a_whole_is_refused_with_a_way_out() -> None:
    parts = whole_and_parts()[1]
    for name, instead in (("documents", "corpus.metadata .*"), ("tokens", ""), ("counted", ""), ("index", "")):
        with pytest.raises(
            CorpusError, match=rf"no {name} as a whole -> {instead}ask one part, as in corpus\.part\(0\)\.{name}"
        ):
            getattr(parts, name)
    with pytest.raises(
        CodebookError, match=r"export_coding: passages are left out.* -> give some, .*corpus\.part\(0\)"
    ):
        kit.export_coding(parts, kit.load_codebook(), "study.qdpx")


def test_what_makes_no_corpus_is_refused() -> None:
    whole = kit.Corpus.from_frame(FRAME, clean=False)
    with pytest.raises(CorpusError, match="'a' stands in two parts"):
        PartedCorpus.of([whole, whole])
    with pytest.raises(CorpusError, match="no part"):
        PartedCorpus.of([])
    for engine in (0, -1, True, "dask", 1.5):
        with pytest.raises(CorpusError, match=r"engine = .* -> use None"):
            PartedCorpus.of([whole], engine)
    with pytest.raises(CorpusError, match=r"no column 'nothing' -> use .*outlet.*year, month"):
        whole_and_parts()[1].group_of("nothing")
    mentions = pd.DataFrame({"doc": [4], "concept": ["x"], "gloss": [False], "sentence": [0]})
    with pytest.raises(QueryError, match="beyond this corpus"):
        kit.concept_frequencies(whole_and_parts()[1], kit.load_codebook(), mentions=mentions)


def parts_at_hand() -> int:
    """How many parts this process keeps open, beside what it made of them."""
    return sum(isinstance(value, kit.Corpus) for value, _ in OPENED._held.values())


@pytest.mark.parametrize(("memory", "kept"), [(0, 1), (0.0013, 1), (1, 4), (None, 4)])
def test_parts_are_kept_open_as_far_as_memory_is_given(tmp_path: Path, memory: float | None, kept: int) -> None:
    for row in range(4):
        add_articles(FRAME.iloc[[row]], tmp_path / "saved", clean=False)
    corpus = open_corpus(tmp_path / "saved", memory=memory)
    OPENED.clear()
    for _ in range(2):
        assert kit.term_frequencies(corpus)["count"].sum() == 14
        assert parts_at_hand() == kept
    with pytest.raises(CorpusError, match="give megabytes"):
        open_corpus(tmp_path / "saved", memory=-1)


def test_a_build_says_how_much_memory_its_kernels_use(monkeypatch: pytest.MonkeyPatch) -> None:
    share = a_share_of_memory.__wrapped__()
    monkeypatch.setenv(MEMORY, FIXED[MEMORY])
    assert (a_share_of_memory.__wrapped__(), share > 250) == (250, True)


def test_who_goes_round_in_a_circle_finds_the_same_at_hand() -> None:
    kept: Kept[str] = Kept()

    def asked(names: str) -> str:
        found = "".join(kept.get(name) or "-" for name in names)
        for name in names:
            kept.put(name, name, 1, budget=3)
        return found

    for name in "abcde":
        asked(name)
    assert [asked("a") + asked("b") + asked("c") + asked("d") + asked("e") for _ in range(3)] == ["abc--"] * 3
    assert [asked("x") + asked("y") for _ in range(3)] == ["--", "--", "xy"], "who asks for something else gets it"
    assert asked("e") + asked("e") == "-e"
    kept.put("large", "large", 9, budget=3)
    assert kept.get("large") is None


def test_a_first_page_over_parts_is_that_of_the_whole() -> None:
    whole, parts = whole_and_parts()
    book = kit.load_codebook()
    for query in (
        "warga",
        "kata",
        "dua kata",
        "*a",
        "re:(me|di)layani",
        "lexeme:kata",
        "tiada",
        "concept:pelayanan-publik",
    ):
        for limit in (0, 1, 2, 9):
            for within in ("document", "sentence"):
                asked = {"limit": limit, "within": within, "codebook": book if ":p" in query else None, "context": 2}
                one, other = kit.concordance(whole, query, **asked), kit.concordance(parts, query, **asked)
                pd.testing.assert_frame_equal(one, other)
                assert one.attrs["occurrences"] == other.attrs["occurrences"]


def test_a_part_without_a_column_does_not_state_it() -> None:
    one = kit.Corpus.from_frame(FRAME.iloc[:2], clean=False)
    two = kit.Corpus.from_frame(FRAME.iloc[2:].assign(desk=["kota", "kota"]), clean=False)
    parts = PartedCorpus.of([one, two])
    assert parts.group_of("desk").tolist() == ["kota", "not stated", "kota", "not stated"]


@pytest.mark.parametrize("engine", [None, 1, 3])
def test_engines_give_the_same(engine: Any) -> None:
    whole, parts = whole_and_parts(engine)
    pd.testing.assert_frame_equal(kit.term_frequencies(whole), kit.term_frequencies(parts))
    pd.testing.assert_frame_equal(kit.dispersion(whole), kit.dispersion(parts))
    assert isinstance(parts.engine, InTurn if engine is None else Threads)


def test_threads_take_turns() -> None:
    engine = engine_of(3)
    barrier = threading.Barrier(3, timeout=20)
    tasks = [engine.run(meet, barrier, number) for number in range(3)]
    assert [engine.result(task) for task in tasks] == [0, 1, 2]


def meet(barrier: threading.Barrier, number: int) -> int:
    barrier.wait()
    return number


def test_an_error_in_a_part_is_the_error_of_the_measure() -> None:
    for engine in (None, 2):
        with pytest.raises(QueryError, match="not one word"):
            kit.collocations(whole_and_parts(engine)[1], "a,b")


def test_a_client_is_told_by_what_it_can_do() -> None:
    class Client:
        submit = gather = scheduler_info = None
        asynchronous = False

    client = Client()
    assert isinstance(engine_of(client), Cluster)
    client.asynchronous = True
    with pytest.raises(CorpusError, match="asynchronous=False"):
        engine_of(client)


@given(number=st.integers(1, 300))
def test_a_tree_keeps_the_order_and_merges_few_at_a_time(number: int) -> None:
    sizes: list[int] = []

    def chain(parts: Any) -> list[int]:
        sizes.append(len(parts))
        return [one for part in parts for one in part]

    assert merged(InTurn(), ([one] for one in range(number)), chain) == list(range(number))
    assert all(2 <= size <= FAN_IN for size in sizes)


@given(parts=st.lists(st.lists(st.text("aé𝒳-", max_size=3), unique=True), min_size=1))
def test_names_unite_in_code_point_order(parts: list[list[str]]) -> None:
    rows, names = united([pd.Index(part, dtype="str") for part in parts])
    assert names.tolist() == sorted({name for part in parts for name in part})
    assert [names[row].tolist() for row in rows] == parts


def test_a_saved_corpus_is_opened_in_its_parts(tmp_path: Path) -> None:
    whole = kit.Corpus.from_frame(FRAME, clean=False)
    for row in range(4):
        add_articles(FRAME.iloc[[row]], tmp_path / "saved", clean=False)
    OPENED.clear()
    corpus = open_corpus(tmp_path / "saved")
    assert isinstance(corpus, PartedCorpus)
    assert not OPENED, "opening reads the catalogue alone"
    assert (corpus.parts, len(parts_of(tmp_path / "saved"))) == (4, 4)
    assert corpus.about() == whole.about()
    pd.testing.assert_frame_equal(kit.term_frequencies(whole, by="outlet"), kit.term_frequencies(corpus, by="outlet"))
    assert parts_at_hand() == 4
    del corpus.__dict__["fingerprint"]
    assert corpus.fingerprint == whole.fingerprint, "what is stored is what is computed"
    assert corpus.where(outlet="X").fingerprint == whole.where(outlet="X").fingerprint
    assert reduce(corpus, stands, joined)[0][0] == ["d"]


def test_what_is_asked_of_parts_that_are_not_there(tmp_path: Path) -> None:
    corpus = PartedCorpus.of([kit.Corpus.from_frame(FRAME, clean=False)])
    assert corpus.words == corpus.part(0).words
    for number in (-1, 1):
        with pytest.raises(CorpusError, match=f"there is no part {number} -> use a number from 0 to 0"):
            corpus.part(number)
    with pytest.raises(QueryError, match=r"corpus is a PartedCorpus -> give a corpus in one part; .*can be copied"):
        kit.save_corpus(corpus, tmp_path / "copy")


def test_a_corpus_in_threads_pickles() -> None:
    corpus = PartedCorpus.of([kit.Corpus.from_frame(FRAME, clean=False)], engine=2)
    for _ in range(2):  # before and after it was asked anything
        again = pickle.loads(pickle.dumps(corpus))
        pd.testing.assert_frame_equal(kit.term_frequencies(again), kit.term_frequencies(corpus))


def test_parts_go_to_the_same_workers_and_what_cannot_change_travels_once() -> None:
    class Client:
        """A client whose calls are done at once, and written down."""

        scheduler_info = None

        def __init__(self) -> None:
            self.asked: list[tuple[str, Any]] = []

        def nthreads(self) -> dict[str, int]:
            return {"two": 1, "one": 1}

        def submit(self, function: Any, *arguments: Any, **where: Any) -> Any:
            self.asked.append((function.__name__, where.get("workers")))
            told = [one.made if hasattr(one, "made") else one for one in arguments]
            return SimpleNamespace(made=function(*told), status="finished")

        def gather(self, task: Any) -> Any:
            return task.made

    client, book = Client(), kit.load_codebook()
    whole, parts = whole_and_parts(client)
    for _ in range(2):
        pd.testing.assert_frame_equal(kit.concept_frequencies(whole, book), kit.concept_frequencies(parts, book))
    at_parts = [workers for name, workers in client.asked if name == "at_part"]
    assert at_parts[-4:] == [["one"], ["two"], ["one"], ["two"]]
    kit.term_frequencies(parts)  # each part learns once which numbers its words have
    chosen = parts.where(doc_id="d")  # of the second part alone
    client.asked.clear()
    assert kit.term_frequencies(chosen)["count"].sum() == 4
    assert {workers[0] for name, workers in client.asked if name == "at_part"} == {"two"}
    one = parts.engine.keep(book)
    assert parts.engine.keep(book) is one


def test_after_the_first_question_words_travel_as_numbers() -> None:
    class Client:
        """A client that writes down what parts are asked, and what they answer."""

        scheduler_info = None

        def __init__(self) -> None:
            self.sent: list[bytes] = []

        def nthreads(self) -> dict[str, int]:
            return {"one": 1}

        def submit(self, function: Any, *arguments: Any, **_: Any) -> Any:
            told = [one.made if hasattr(one, "made") else one for one in arguments]
            made = function(*told)
            if function.__name__ == "at_part":
                self.sent.append(pickle.dumps((told[2:], made)))
            return SimpleNamespace(made=made, status="finished")

        def gather(self, task: Any) -> Any:
            return task.made

    client = Client()
    whole, parts = whole_and_parts(client)
    word = kit.term_frequencies(parts)["term"][0].encode()
    assert any(word in sent for sent in client.sent), "the first question asks for names"
    client.sent.clear()
    for ask in (
        kit.term_frequencies,
        lambda corpus: kit.term_frequencies(corpus, by="outlet", stopwords="drop"),
        lambda corpus: kit.dispersion(corpus, measures=["dp"]),
        lambda corpus: kit.keyness(corpus, kit.general_indonesian()),
        kit.frequency_intervals,
    ):
        pd.testing.assert_frame_equal(ask(parts), ask(whole))
    assert client.sent
    assert not any(word in sent for sent in client.sent)
