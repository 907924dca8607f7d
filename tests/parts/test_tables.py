"""The tables of a corpus in parts are those of one corpus of the same documents, whatever part holds what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import kit
from kit.errors import CorpusError, QueryError
from kit.parts import parted
from kit.parts.parted import PartedCorpus
from kit.topics.models.gathered import matrix_of

#: News with furniture, damage, a copy, a missing text, a name in capitals, and columns of one's own.
TEXT = "Warga dilayani Bupati Rama di kantor camat.\nASN melayani semua warga, kata Rama.\nBaca Juga: Judul Lain"
CUT = "Halaman selanjutnya"
FRAME = pd.DataFrame(
    {
        "doc_id": ["d", "b", "a", "c", "e", "f"],
        "text": [f"KOTA, CONTOH.com - {TEXT}", f"Lurah Rama senang.,Warga tidak.\n{CUT}", TEXT, "…", "Satu kata.", ""],
        "date": ["2024-01-02", "2024", "", "2025-01-01", "kemarin", ""],
        "desk": [1, 2, 3, 4, 5, 6],
        "tema": ["x", None, "y", "", "z", "y"],
    }
)
TABLES = ("metadata", "segments", "removed", "flagged", "repaired", "sentences", "types", "set_aside")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[kit.Corpus, PartedCorpus]:
    """One corpus of a file, saved whole, and in three parts."""
    home = tmp_path_factory.mktemp("both")
    FRAME.to_json(home / "berita.jsonl", orient="records", lines=True)
    whole = kit.load_corpus(home / "berita.jsonl", repair=True)
    assert isinstance(whole, kit.Corpus)
    for name in ("one", "three"):
        (home / name).mkdir()
    kit.save_corpus(whole, home / "one" / "saved")
    kit.add_articles(home / "berita.jsonl", home / "three" / "saved", partition_mb=0.0001, repair=True)
    one, three = (kit.load_corpus(home / name / "saved") for name in ("one", "three"))
    assert isinstance(one, kit.Corpus)
    assert isinstance(three, PartedCorpus)
    assert three.parts == 3
    assert one.origin == three.origin == {"name": "load_corpus", "arguments": {"path": "saved"}}
    return one, three


def test_tables_are_those_of_one_corpus(both: tuple[Any, Any]) -> None:
    whole, parts = both
    assert parts.about() == whole.about()
    for one, two in ((whole, parts), (whole.where(desk=["1", "4"]), parts.where(desk=["1", "4"]))):
        for name in TABLES:
            pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), obj=name)
            assert getattr(one, name).attrs == getattr(two, name).attrs
    for name in ("removed", "flagged", "repaired", "set_aside"):
        assert len(getattr(whole, name)), name
    assert whole.metadata.columns.tolist() == whole.documents.columns.drop("text").tolist()


def test_parts_that_lack_a_column_state_nothing_in_it() -> None:
    stated = [{"doc_id": ["a", "c"], "desk": [1, 2]}, {"doc_id": ["b"], "tema": ["x"]}]
    stated.append({"doc_id": ["d"], "desk": ["kota"]})
    frames = [pd.DataFrame(one).assign(text="Warga.") for one in stated]
    parts = PartedCorpus.of([kit.Corpus.from_frame(frame, clean=False) for frame in frames])
    found = parts.metadata.set_index("doc_id")
    assert found["desk"].to_dict() == {"a": "1", "b": "", "c": "2", "d": "kota"}
    assert found["tema"].to_dict() == {"a": "", "b": "x", "c": "", "d": ""}
    assert found.columns.tolist()[-4:] == ["paid", "copied_from", "flags", "copy_of"]
    some = PartedCorpus.of([kit.Corpus.from_frame(frame, clean=False) for frame in frames[:2]]).metadata
    assert some["desk"].dtype == "float64"
    assert some["desk"].isna().tolist() == [False, True, False]


def test_raw_offsets_are_found_in_the_part_of_each_place(both: tuple[Any, Any]) -> None:
    whole, parts = both
    places = whole.sentences.sample(frac=1, random_state=1)
    doc, start = places["doc"].tolist(), places["start"].tolist()
    raw = whole.raw_offsets(doc, start)
    assert parts.raw_offsets(doc, start).tolist() == raw.tolist()
    assert parts.raw_offsets(doc, start).dtype == raw.dtype == np.int32
    assert (raw != places["start"].to_numpy()).any(), "furniture stands before some"


def test_nltk_gets_the_tokens_in_the_order_of_documents(both: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parts = both
    for asked in ({}, {"folded": True}, {"punctuation": False}, {"documents": 2}, {"documents": 99, "folded": True}):
        one, two = whole.to_nltk(**asked), parts.to_nltk(**asked)
        assert list(one) == list(two)
        assert (one.name, one.stopwords) == (two.name, two.stopwords)
    assert list(parts.to_nltk(documents=2)) == list(whole.where(doc_id=["a", "c"]).to_nltk()), "evenly spread"
    for corpus in both:
        for wrong in (0, -1, 1.5, True):
            with pytest.raises(QueryError, match=r"documents = .* -> use a whole number from 1"):
                corpus.to_nltk(documents=wrong)
    monkeypatch.setattr(parted, "NLTK_WORDS", 20)
    with pytest.raises(CorpusError, match=r"NLTK would hold \d+ words .*corpus\.to_nltk\(documents=1000\)"):
        parts.to_nltk()
    assert len(parts.to_nltk(documents=1))


def test_names_are_told_by_how_they_are_written_in_all_parts() -> None:
    """*Rama* has a capital in four of five places, and in one part in none."""
    words = ["banjir", "sungai", "hujan", "sawah", "tanggul"]
    lines = [f"Warga {words[row % 5]} dan {words[(row + 1 + row % 3) % 5]} Rama." for row in range(24)]
    lines += [line.replace("Rama", "rama") for line in lines[:6]]
    frame = pd.DataFrame({"doc_id": [f"{row:02}" for row in range(30)], "text": lines})
    whole = kit.Corpus.from_frame(frame, clean=False)
    parts = PartedCorpus.of([whole._take(np.arange(24)), whole._take(np.arange(24, 30))])
    for unit in ("form", "lexeme"):
        asked: dict[str, Any] = {"unit": unit, "min_count": 1, "max_share": 1.0}
        one, two = (kit.fit_topics(corpus, 2, names="drop", **asked) for corpus in (whole, parts))
        for name in ("terms", "topics", "documents", "passages"):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), check_exact=True)
        assert "rama" not in matrix_of(parts, names="drop", **asked).terms
        assert "rama" in matrix_of(parts, names="keep", **asked).terms
