"""The printed codebook: what it tells of a concept, and how its rows are set as entries."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import QueryError

CONCEPTS = (
    "concept,parent,label_id,label_en,definition,source,core,include,exclude\n"
    'layanan,pelayanan,layanan,service,A service of the state,UU 25/2009,yes,"*layanan warga*, see `cepat`",shops\n'
    "cepat,pelayanan,cepat,quick,Quick,UU 25/2009,no,,\n"
)
PATTERNS = (
    "concept,pattern,kind,language,enabled,is_name,requires,blocks,note\n"
    "layanan,layanan,form,id,yes,,,layanan pesan|layanan antar,goods are brought\n"
    "layanan,pelayanan,form,id,yes,,,,noun\n"
    "layanan,Ditjen Layanan,phrase,id,yes,yes,,,\n"
    "layanan,servis,form,id,no,,,,off: repairs of engines\n"
    "cepat,cepat,form,id,yes,,sentence: @layanan,,\n"
)
TEXTS = {
    "a": "Layanan itu <b>cepat</b>. Layanan pesan ditutup. Pelayanan \\textbf{baik} & murah.",
    "b": "Layanan lain dibuka. Ditjen Layanan diam.",
}


@pytest.fixture
def codebook(tmp_path: Path) -> kit.Codebook:
    (tmp_path / "concepts.csv").write_text(CONCEPTS, encoding="utf-8")
    (tmp_path / "patterns.csv").write_text(PATTERNS, encoding="utf-8")
    return kit.load_codebook(tmp_path)


@pytest.fixture
def corpus() -> kit.Corpus:
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": TEXTS.keys(), "text": TEXTS.values()}), clean=False)


def test_a_concept_is_told_with_rules_patterns_and_traps(codebook: kit.Codebook, corpus: kit.Corpus) -> None:
    row = kit.describe_codebook(codebook, corpus).iloc[0]
    assert row["label"] == "service"
    assert row["include"] == "“layanan warga”, see cepat"
    assert row["wordings"] == "layanan; pelayanan; Ditjen Layanan (name)"
    assert row["traps"].splitlines() == [
        "layanan: not inside layanan pesan, layanan antar (goods are brought)",
        "servis: not counted (repairs of engines)",
    ]


def test_examples_show_different_patterns_first_and_mark_the_hit(codebook: kit.Codebook, corpus: kit.Corpus) -> None:
    rows = kit.describe_codebook(codebook, corpus, examples=3).set_index("concept")
    assert rows.loc["layanan", "mentions"] == 3  # not the blocked one, nor the name
    assert rows.loc["layanan", "examples"].splitlines() == [
        "«Layanan» itu <b>cepat</b>. (a, sentence 1)",
        "«Pelayanan» \\textbf{baik} & murah. (a, sentence 3)",
        "«Layanan» lain dibuka. (b, sentence 1)",
    ]
    assert rows.loc["cepat", "traps"] == "cepat: only near sentence: @layanan"


def test_a_corpus_in_parts_gives_the_same_examples(codebook: kit.Codebook, corpus: kit.Corpus) -> None:
    parts = kit.PartedCorpus.of([corpus.where(doc_id=name) for name in ("b", "a")])
    one, two = (kit.describe_codebook(codebook, of, examples=3) for of in (corpus, parts))
    pd.testing.assert_frame_equal(one, two)
    assert one.attrs["fingerprint"] == two.attrs["fingerprint"]


def test_long_sentences_are_cut_around_the_hit(codebook: kit.Codebook) -> None:
    long = "kata " * 60 + "pelayanan" + " lagi" * 60 + "."
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["x"], "text": [long]}), clean=False)
    text = kit.describe_codebook(codebook, corpus)["examples"][0]
    assert text.startswith("…")
    assert "… (x, sentence 1)" in text
    assert len(text) < 300


def test_without_a_corpus_there_is_nothing_of_one(codebook: kit.Codebook) -> None:
    table = kit.describe_codebook(codebook, language="id")
    assert list(table) == [
        "concept", "label", "parent", "definition", "include", "exclude", "source", "wordings", "traps",
    ]  # fmt: skip
    assert table["label"].tolist() == ["layanan", "cepat"]
    assert table.attrs["codebook"] == codebook.version


def test_validity_stands_beside_the_concepts_and_is_said_to_be_of_other_texts(
    codebook: kit.Codebook, corpus: kit.Corpus
) -> None:
    known = pd.DataFrame({"concept": ["layanan"], "precision": [0.9], "recall": [0.8], "source": ["news of 2019"]})
    table = kit.describe_codebook(codebook, corpus, validity=known)
    assert table["precision"][0] == 0.9
    assert pd.isna(table["precision"][1])
    said = " ".join(str(one) for one in table.attrs["remarks"])
    assert "news of 2019" in said
    assert "cepat" in said


@pytest.mark.parametrize(
    ("given", "problem"),
    [({"language": "fr"}, "language = 'fr'"), ({"validity": pd.DataFrame({"x": [1]})}, "no column 'concept'")],
)
def test_what_cannot_be_used_is_named(codebook: kit.Codebook, given: dict[str, object], problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        kit.describe_codebook(codebook, **given)


class _Text(HTMLParser):
    """Gathers the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_entries_are_set_in_every_format_with_hostile_text_inert(codebook: kit.Codebook, corpus: kit.Corpus) -> None:
    table = kit.Table(
        kit.describe_codebook(codebook, corpus, examples=3),
        id="tbl-x",
        title={"en": "Codebook", "id": "Buku kode"},
        layout="entries",
    )
    files = {
        name: made.decode("utf-8") for name, made in table.files().items() if not name.endswith((".xlsx", ".docx"))
    }
    page = _Text()
    page.feed(files["tables/tbl-x.html"])
    assert "b" not in page.tags
    assert "<b>cepat</b>" in page.text
    assert r"\textbf{" not in files["tables/tbl-x.tex"]
    assert r"\paragraph{layanan}" in files["tables/tbl-x.tex"]
    assert files["tables/tbl-x.float.tex"].startswith(r"\section{Codebook}\label{tbl-x}")
    assert "## layanan" in files["tables/tbl-x.md"]
    assert "<b>" not in files["tables/tbl-x.md"]
    assert "    - servis: not counted" in files["tables/tbl-x.md"]
    assert files["tables/tbl-x.csv"].startswith("concept,label,parent,")


def test_another_layout_is_refused(codebook: kit.Codebook) -> None:
    with pytest.raises(kit.KitError, match="layout = 'list'"):
        kit.Table(
            kit.describe_codebook(codebook), id="tbl-x", title={"en": "X", "id": "X"}, layout="list", about=codebook
        )
