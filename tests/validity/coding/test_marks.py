"""Marked passages as answers: from a project of another program to the record, and to agreement by sentence."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import CodingError

CODEBOOK = kit.load_codebook()
TEXT = "Aparatur melayani warga. Hujan turun. Warga dilayani dengan baik. Pasar ramai."


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": [TEXT, TEXT.replace("Hujan", "Angin"), "Tanpa tanda."]})
    return kit.Corpus.from_frame(frame, clean=False)


def marks(*rows: tuple[str, int, int, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", "coder", "concept"])


def test_a_sentence_is_yes_where_a_mark_lies_in_it(corpus: kit.Corpus) -> None:
    given = marks(("a", 9, 17, "ani", "melayani"), ("a", 20, 30, "budi", "melayani"), ("b", 0, 3, "ani", "aktor-asn"))
    table = kit.sentence_codings(corpus, given)
    yes = table[table["value"] == "yes"]
    assert yes[["coder", "doc_id", "start", "code"]].to_numpy().tolist() == [
        ["ani", "a", 0, "melayani"],
        ["ani", "b", 0, "aktor-asn"],
        ["budi", "a", 0, "melayani"],
        ["budi", "a", 25, "melayani"],  # the mark goes over two sentences
    ]
    assert len(table) == (4 + 4 + 4) * 2  # ani has read two documents, budi one; two concepts were looked for
    assert "c" not in set(table["doc_id"])
    assert table["item"].nunique() == 16


def test_a_project_ends_in_the_record_and_is_scored(corpus: kit.Corpus, tmp_path: Path) -> None:
    mentions = kit.find_mentions(corpus, CODEBOOK)
    for coder, some in (("ani", mentions), ("budi", mentions[mentions["concept"] != "melayani"])):
        kit.export_coding(corpus, CODEBOOK, tmp_path / f"{coder}.qdpx", passages=some, coder=coder)
        coded = kit.import_coding(corpus, CODEBOOK, tmp_path / f"{coder}.qdpx")
        answers = kit.sentence_codings(corpus, coded, concepts=["melayani", "dilayani"])
        assert len(kit.add_codings(answers, tmp_path / "codings.csv")) == 16
    scores = kit.score_coding(corpus, kit.read_codings(tmp_path / "codings.csv"))
    rows = scores.agreement.set_index("concept")
    assert rows.loc["dilayani", ["items", "alpha"]].tolist() == [8, 1.0]
    assert rows.loc["melayani", "agreed"] == 6 / 8
    assert scores.overall["passages"].tolist() == [8]


def test_marks_without_place_or_concept_are_passed_over(corpus: kit.Corpus) -> None:
    given = marks(("a", 9, 17, "ani", "melayani"), ("a", 9, 17, "ani", ""))
    lost = pd.concat([given, pd.DataFrame([{"doc_id": "x", "coder": "ani", "concept": "melayani"}])])
    assert len(kit.sentence_codings(corpus, lost.astype({"start": "Int32", "end": "Int32"}))) == 4
    assert len(kit.sentence_codings(corpus, given.head(0))) == 0
    with pytest.raises(CodingError, match=r"the corpus has no document 'x' -> pass the corpus that was coded"):
        kit.sentence_codings(corpus, given.assign(doc_id="x"))
    with pytest.raises(CodingError, match=r"the table has no column 'coder' -> pass what kit.import_coding gives"):
        kit.sentence_codings(corpus, given.drop(columns="coder"))
