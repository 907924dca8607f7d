"""The explorers of concepts, groups and topics without a browser: tables, code, and what stands behind a row."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import CodingError, KitError, QueryError
from kit.explore.page import html
from kit.explore.tables.comparison import ComparisonModel
from kit.explore.tables.concepts import ConceptsModel
from kit.explore.tables.topics import TopicsModel

TEXTS = (
    'ASN melayani warga miskin di pasar. "Kami akuntabel," kata Bupati Siti Aminah nomor {}.',
    "Petugas melayani warga pada hari {}.",
    "Tim menang laga di stadion malam {}.",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, laid_out) -> Path:
    """A project of 36 articles of two outlets, in two months; melayani is in 12 of X and 12 of Y."""
    rows = [
        {
            "doc_id": f"d{n:02}",
            "text": TEXTS[n % 3].format(n),
            "date": f"2024-0{1 + n // 18}-02",
            "outlet": "XY"[n % 2],
            "title": f"Judul {n}",
        }
        for n in range(36)
    ]
    return laid_out(tmp_path_factory.mktemp("tables") / "studi é", rows)


@pytest.fixture(scope="module")
def whole(place: Path) -> kit.Corpus:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        return kit.load_corpus("corpus.jsonl")


@pytest.fixture
def corpus(place: Path, whole: kit.Corpus, monkeypatch: pytest.MonkeyPatch) -> kit.Corpus:
    monkeypatch.chdir(place)
    monkeypatch.delenv("KIT_STAGE", raising=False)
    return whole


@pytest.fixture(scope="module")
def codebook() -> kit.Codebook:
    return kit.load_codebook()


@pytest.fixture(scope="module")
def topics(whole: kit.Corpus) -> kit.Topics:
    return kit.fit_topics(whole, 2)


def model_of(kind: str, corpus: kit.Corpus, codebook: kit.Codebook, topics: kit.Topics):
    """The model of a kind, with pages short enough to turn."""
    if kind == "concepts":
        return ConceptsModel(corpus, codebook, size=3)
    if kind == "comparison":
        return ComparisonModel(corpus, codebook, by="outlet", size=3)
    return TopicsModel(corpus, topics, codebook, size=3)


def test_rates_by_group_and_month_are_those_that_can_be_counted(corpus, codebook) -> None:
    model = ConceptsModel(corpus, codebook)
    model.choose("concept", "melayani")
    model.choose("group", "outlet")
    model.choose("time", "month")
    rows = model.lines()[["outlet", "month", "item", "count"]].to_numpy().tolist()
    assert rows == [[o, f"2024-0{m}", "melayani", 6] for o in "XY" for m in (1, 2)]
    model.choose("time", "")
    assert model.lines()["low"].notna().all()  # 18 stories each
    assert [one["key"] for one in model.found().attrs["remarks"]] == ["intervals.share"]  # none is missing
    shown = kit.explore_concepts(corpus, codebook, language="en").act("time", "month")
    assert len(shown["notes"]) > 1  # too few stories a month for an interval, as the kit's remarks say
    model.choose("group", "")
    model.filter(outlet="X")
    assert model.lines()["count"].tolist() == [12]
    model.choose("view", "collocates")
    assert "warga" in model.found()["collocate"].tolist()
    model.choose("view", "passages")
    assert len(model.found()) == 12
    model.choose("view", "validity")
    assert model.lines()["concept"].tolist() == ["melayani"]
    assert [step["step"] for step in model.steps] == ["concept", "group", "time", "group", "filter", "view"]


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        ("concepts", [("group", "outlet"), ("time", "month"), ("sort", "per_1000"), ("page", 1)]),
        ("concepts", [("group", "outlet"), ("filter", {"since": "2024-02"}), ("select", 0, 2)]),
        ("concepts", [("view", "dispersion"), ("concept", "melayani")]),
        ("concepts", [("view", "collocates"), ("concept", "melayani"), ("page", 1)]),
        ("concepts", [("view", "passages"), ("concept", "melayani"), ("select", 1)]),
        ("concepts", [("view", "validity"), ("sort", "recall")]),
        ("comparison", [("first", "Y"), ("sort", "log_ratio"), ("select", 1, 2)]),
        ("comparison", [("unit", "lexeme"), ("filter", {"until": "2024-01"})]),
        ("comparison", [("view", "words"), ("page", 1)]),
        ("comparison", [("view", "passages"), ("concept", "melayani")]),
        ("topics", []),
        ("topics", [("view", "terms"), ("topic", 2), ("sort", "frex"), ("page", 1)]),
        ("topics", [("view", "passages"), ("select", 0)]),
        ("topics", [("view", "sources"), ("topic", 1)]),
    ],
    ids=lambda one: one if isinstance(one, str) else " ".join(str(step[1]) for step in one) or "whole",
)
def test_the_code_run_elsewhere_gives_the_bytes_of_the_exhibit(
    corpus, codebook, topics, same_bytes, kind, steps
) -> None:
    model = model_of(kind, corpus, codebook, topics)
    for name, *given in steps:
        if name == "select":
            ids = model.ids_of(model.lines())
            model.select([ids[number] for number in given])
        elif name == "filter":
            model.filter(**given[0])
        elif name == "sort":
            model.sort(*given, descending=True)
        elif name == "page":
            model.page(*given)
        else:
            model.choose(name, *given)
    assert 0 < len(model.table()) <= 3
    same_bytes(model, Path("figures"))


def test_a_row_opens_the_passages_that_it_counts(corpus, codebook) -> None:
    model = ComparisonModel(corpus, codebook, by="outlet")
    model.choose("concept", "melayani")
    for row_id, count in zip(model.ids_of(model.lines()), model.lines()["count"], strict=True):
        found = model.evidence(row_id)
        assert len(found) == count == 12
        assert set(found["outlet"]) == {json.loads(row_id)[0]}
        some = model.evidence(row_id, 5)
        assert (len(some), [key["rows"] for key in some.attrs["drawn"].values()]) == (5, [12])
    explorer = kit.explore_comparison(corpus, codebook, by="outlet", language="id")
    shown = explorer.act("concept", "melayani")
    detail = explorer.act("open", shown["rows"][0]["id"])["detail"]
    assert detail["facts"] == ["12 petikan dihitung; 12 ditampilkan."]
    assert [one["text"] for one in detail["pieces"] if "node" in one["kinds"]] == ["melayani"] * 12
    line = kit.concordance(corpus.where(outlet="X"), "concept:melayani", codebook=codebook)["line_id"][0]
    assert detail["pieces"][0]["text"].endswith(f"{line}\n")  # the evidence id is that of the line
    assert explorer.act("open", shown["rows"][0]["id"])["detail"] is None
    assert any("X" in note and "Y" in note for note in shown["notes"])  # the remarks of kit.compare
    explorer.act("view", "passages")
    shown = explorer.act("show")
    opened = explorer.act("open", shown["rows"][0]["id"])
    assert opened["detail"]["facts"][0].startswith("Bukti ")
    page = html(opened)  # what is seen without the widget library
    assert page.count("<tr>") == 1 + len(opened["rows"])
    assert "[aktor-" in page  # the article beside them, its concepts named


def test_topics_show_terms_passages_sources(corpus, topics) -> None:
    explorer = kit.explore_topics(corpus, topics, language="en")
    assert [option[0] for option in explorer.act("show")["controls"][0]["options"]] == [
        "topics", "terms", "passages", "sources"
    ]  # fmt: skip
    explorer.act("view", "terms")
    shown = explorer.act("topic", "2")
    assert explorer.table()["topic"].unique().tolist() == [2]
    opened = explorer.act("open", shown["rows"][0]["id"])
    term = explorer.table()["term"].iloc[0]
    marked = [one["text"].lower() for one in opened["detail"]["pieces"] if "node" in one["kinds"]]
    assert marked
    assert set(marked) == {term}
    shown = explorer.act("view", "passages")
    assert explorer.act("open", shown["rows"][0]["id"])["detail"]["pieces"]


def test_the_intrusion_test_is_taken_by_keys_and_scored_from_its_record(corpus, topics, tmp_path, same_bytes) -> None:
    file = tmp_path / "intrusion.csv"
    explorer = kit.explore_topics(corpus, topics, coder="ani", file=file, language="en")
    shown = explorer.act("view", "intrusion")
    assert shown["detail"]["title"].startswith("Which word")
    assert [*shown["keys"]] == ["1", "2", "3", "4", "5", "6", "z"]
    assert shown["columns"] == []
    key = kit.intrusion_sheet(corpus, topics).key
    first, second = key["intruder"].astype(str)
    assert explorer.act("answer", first)["columns"] == []  # nobody is told before the end
    explorer.act("undo")
    explorer.act("answer", first)
    shown = explorer.act("answer", second)
    assert len(pd.read_csv(file)) == 3
    assert [row["cells"][:4] for row in shown["rows"]] == [["ani", "2", "2", "2"], ["all", "2", "2", "2"]]
    assert shown["pin"]
    same_bytes(explorer.model, Path("figures"))
    again = kit.explore_coding(kit.intrusion_sheet(corpus, topics), coder="ani", file=file, language="id")
    assert again.act("show")["detail"]["title"].startswith("Kata mana")
    assert "7" in again.act("answer", "7")["problem"]


def test_what_cannot_be_asked_leaves_all_as_it_was(corpus, codebook, topics) -> None:
    model = ConceptsModel(corpus, codebook)
    for name, value in (("concept", "x"), ("colour", "red"), ("view", "eval")):
        with pytest.raises(QueryError, match="use one of"):
            model.choose(name, value)
    for wrong in (lambda: model.sort("x"), lambda: model.page(-1), lambda: model.filter(outlet="Z")):
        with pytest.raises(KitError):
            wrong()
    assert model.steps == []
    with pytest.raises(QueryError, match="outlet"):
        ComparisonModel(corpus, codebook, by="place")
    with pytest.raises(QueryError, match="another corpus"):
        TopicsModel(corpus.where(outlet="X"), topics)
    with pytest.raises(CodingError, match="coder"):
        TopicsModel(corpus, topics, coder=" ").test  # noqa: B018
