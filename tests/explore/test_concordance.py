"""The concordance explorer without a browser: its steps, its pages, its code, the article beside a line."""

from __future__ import annotations

import builtins
import json
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import CorpusError, QueryError
from kit.explore.concordance.model import ConcordanceModel

TEXTS = [
    ('KOTA CONTOH, Harian.com - ASN melayani warga miskin. "Kami akuntabel," kata Bupati Siti Aminah.'
    "\nBaca Juga: Judul Lain"),
    "Warga menunggu. Petugas melayani warga dengan <b>senyum</b>.",
    "Pejabat minta dilayani warga. Warga kecewa.",
    "Warga melayani warga lain.",
]  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, laid_out) -> Path:
    """A project with a corpus of four articles."""
    dates = ("2024-01-01", "2024-02-01", "2024-03-01", "2024-03-02")
    rows = [
        {"doc_id": f"d{row}", "text": text, "date": dates[row], "outlet": "XXYY"[row], "title": f"Judul {row}"}
        for row, text in enumerate(TEXTS)
    ]
    return laid_out(tmp_path_factory.mktemp("explore") / "studi é", rows)


@pytest.fixture
def inside(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project)
    monkeypatch.delenv("KIT_STAGE", raising=False)
    return project


@pytest.fixture
def corpus(inside: Path) -> kit.Corpus:
    return kit.load_corpus("corpus.jsonl")


def test_each_step_is_recorded_and_changes_what_is_seen(corpus: kit.Corpus) -> None:
    model = ConcordanceModel(corpus, size=3)
    assert (model.total, len(model.lines())) == (0, 0)
    for typed in ("w", "wa", "warga"):
        model.query(typed)
    assert model.total == 7
    assert model.lines()["doc_id"].tolist() == ["d0", "d1", "d1"]
    model.page(2)
    assert model.lines()["doc_id"].tolist() == ["d3"]
    model.sort("L1")
    assert model.number == 0  # a new order begins at the first page
    assert model.lines()["left"].str.split().str[-1].fillna("").tolist()[:2] == ["", ""]
    model.filter(outlet="Y")
    model.filter(since="2024-03-02")
    assert model.where == {"outlet": "Y", "since": "2024-03-02"}
    assert model.total == 2
    model.filter(outlet=None, since=None)
    model.group("outlet")
    assert model.lines().groupby("outlet").size().to_dict() == {"X": 3, "Y": 3}
    model.page(1)
    assert model.lines().groupby("outlet").size().to_dict() == {"Y": 1}
    names = [step["step"] for step in model.steps]
    assert names == ["query", "page", "sort", "filter", "group", "page"]
    for _ in range(5):
        model.undo()
    assert model.steps == [{"step": "query", "text": "warga", "kind": "form"}]
    assert model.total == 7


def test_what_cannot_be_asked_leaves_all_as_it_was(corpus: kit.Corpus) -> None:
    model = ConcordanceModel(corpus)
    model.query("warga")
    before = model.steps
    for wrong in (lambda: model.query("re:("), lambda: model.sort("X1"), lambda: model.page(-1)):
        with pytest.raises(QueryError):
            wrong()
    with pytest.raises(CorpusError):
        model.filter(outlet="Z")
    assert model.steps == before
    assert model.total == 7


@pytest.mark.parametrize(
    "steps",
    [
        [("query", "melayani")],
        [("query", "melayani warga", "form"), ("sort", "R1", "L1")],
        [("query", "warga"), ("rank", "concepts"), ("per_story", 1)],
        [("query", "warga"), ("group", "outlet"), ("page", 1)],
        [("query", "warga"), ("sample", 6, 3), ("page", 1)],
        [("query", "aktor-warga", "concept"), ("filter", {"until": "2024-02"})],
        [("query", "re:(me|di)layani"), ("select", 1, 3)],
        [("query", "warga", "lexeme"), ("rank", "collocates"), ("select", 0)],
    ],
    ids=lambda steps: " ".join(step[0] for step in steps),
)
def test_the_code_run_elsewhere_gives_the_bytes_of_the_exhibit(
    corpus: kit.Corpus, inside: Path, same_bytes, steps: list[tuple]
) -> None:
    codebook = kit.load_codebook()
    model = ConcordanceModel(corpus, codebook=codebook, size=2)
    for name, *given in steps:
        if name == "select":
            ids = kit.concordance(corpus, **model._arguments())["line_id"]
            model.select([ids[number] for number in given])
        elif name == "filter":
            model.filter(**given[0])
        else:
            getattr(model, name)(*given)
    assert "kit.load_corpus(kit.load_settings().corpus)" in model.code()
    same_bytes(model, inside / "figures")


def test_a_corpus_made_elsewhere_is_named_in_the_code(inside: Path) -> None:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."]}), clean=False)
    explorer = kit.explore_concordance(corpus, "melayani")
    assert f"# corpus: {corpus.fingerprint[:12]}" in explorer.code()
    exec(explorer.code(), {"corpus": corpus})
    assert (inside / "figures" / "tbl-lines-melayani.json").is_file()


def test_the_article_is_whole_and_says_what_stands_where(corpus: kit.Corpus) -> None:
    model = ConcordanceModel(corpus, codebook=kit.load_codebook())
    model.query("melayani")
    line = model.lines().iloc[0]
    article = model.article(line["line_id"])
    kinds = {kind: [piece.text for piece in article.pieces if kind in piece.kinds] for kind in ("node", "furniture")}
    assert kinds["node"] == ["melayani"]
    assert any("Baca Juga" in text for text in kinds["furniture"])
    assert any("Harian.com" in text for text in kinds["furniture"])
    body = "".join(piece.text for piece in article.pieces if "furniture" not in piece.kinds)
    assert body == corpus.documents["text"][0]
    concepts = {piece.label: piece.text for piece in article.pieces if "concept" in piece.kinds}
    assert concepts["aktor-asn"] == "ASN"
    quoted = [piece for piece in article.pieces if "quotation" in piece.kinds]
    assert "".join(piece.text for piece in quoted) == "Kami akuntabel"
    assert "Siti Aminah" in quoted[0].label
    assert "opens" in quoted[0].kinds
    assert "closes" in quoted[-1].kinds
    with pytest.raises(QueryError, match="line_id"):
        model.article("x")


def test_the_screen_does_what_the_model_does(corpus: kit.Corpus) -> None:
    explorer = kit.explore_concordance(corpus, codebook=kit.load_codebook(), language="id")
    assert explorer.act("show")["status"].startswith("Ketik kata")
    shown = explorer.act("query", "warga")
    assert shown["status"].startswith("7 baris")
    assert [column["name"] for column in shown["columns"]][:4] == ["doc_id", "left", "node", "right"]
    first = shown["rows"][0]["id"]
    shown = explorer.act("open", first)
    assert shown["detail"]["facts"][0].startswith(f"Bukti {first}: d0")
    shown = explorer.act("choose", first)
    assert [row["chosen"] for row in shown["rows"]].count(True) == 1
    assert len(explorer.table()) == 1
    assert first in explorer.act("pin")["code"]
    assert explorer.act("column", "outlet")["controls"][6]["options"] == [["", "semua"], ["X", "X"], ["Y", "Y"]]
    assert explorer.act("value", "Y")["status"].startswith("4 baris")
    assert explorer.act("column", "year")["status"].startswith("7 baris")
    wrong = explorer.act("query", "re:(")
    assert "->" in wrong["problem"]
    assert wrong["status"].startswith("7 baris")
    assert "there is no action" in explorer.act("eval", "x")["problem"]
    assert explorer.act("undo")["code"] == ""


def test_without_the_widget_library_a_table_says_what_is_missing(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: object) -> object:
        if name.partition(".")[0] == "anywidget":
            raise ModuleNotFoundError(name=name)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [TEXTS[1]]}), clean=False)
    explorer = kit.explore_concordance(corpus, "melayani", language="en")
    bundle = explorer._repr_mimebundle_()
    assert "governance-discourse-kit[explore]" in bundle["text/html"]
    assert "&lt;b&gt;" in bundle["text/html"]
    assert "<b>" not in bundle["text/html"]
    assert "melayani" not in repr(explorer)


def test_the_widget_answers_in_messages_and_keeps_no_text(corpus: kit.Corpus) -> None:
    pytest.importorskip("anywidget")
    explorer = kit.explore_concordance(corpus, "melayani")
    bundle, _ = explorer._repr_mimebundle_()
    widget, sent = explorer._widget, []
    widget.send = sent.append
    widget._handle_custom_msg({"do": "query", "value": "dilayani", "number": 4}, [])
    assert sent[0]["answers"] == 4
    assert len(sent[0]["rows"]) == 1
    json.dumps(sent[0])
    kept = json.dumps([widget.get_state(drop_defaults=False), bundle], default=str)
    assert "Pejabat" not in kept
    script = widget._esm
    assert not any(word in script for word in ("innerHTML", "eval(", "http", "insertAdjacentHTML", "Function("))
