"""Quotations of a saved corpus are kept in the project, and are those that would be found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.discourse import kept_quotations, quotations
from kit.measures.keyness import listing
from kit.parts.part import Part

TEXT = '"Warga harus dilayani," tegas Wali Kota Budi Raharjo. Ia meminta ASN agar cepat. Menurut Camat Ani, baik.'
FRAME = pd.DataFrame({"doc_id": list("abcdef"), "text": [f"{TEXT} Nomor {number}." for number in range(6)]})


@pytest.fixture
def saved(project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project()
    monkeypatch.setattr(kept_quotations, "_LEAST", 1)
    for begin in (0, 2, 4):
        kit.add_articles(FRAME.iloc[begin : begin + 2].reset_index(drop=True), tmp_path / "saved", clean=False)
    return tmp_path / "saved"


def refused(*_: Any, **__: Any) -> Any:
    raise AssertionError("found anew")


@pytest.mark.parametrize("mode", ["strict", "lenient"])
def test_what_was_kept_is_what_would_be_found(saved: Path, monkeypatch: pytest.MonkeyPatch, mode: Any) -> None:
    whole = kit.find_quotations(kit.Corpus.from_frame(FRAME, clean=False), mode=mode)
    first = kit.find_quotations(kit.open_corpus(saved), mode=mode)
    assert len(list(Path(".kit", "quotations").iterdir())) == 3
    monkeypatch.setattr(quotations, "quotations_of", refused)
    again = kit.find_quotations(kit.open_corpus(saved), mode=mode)
    for found in (first, again):
        pd.testing.assert_frame_equal(found, whole)
    with pytest.raises(AssertionError, match="anew"):
        kit.find_quotations(kit.open_corpus(saved), mode="lenient" if mode == "strict" else "strict")


def test_a_selection_a_part_more_and_a_damaged_file_are_found_anew(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = kit.open_corpus(saved)
    first = kit.find_quotations(parts)
    some = kit.find_quotations(parts.where(doc_id=["b", "e"]))
    assert some["doc_id"].tolist() == first.loc[first["doc_id"].isin(["b", "e"]), "doc_id"].tolist()
    more = pd.DataFrame({"doc_id": ["g"], "text": [TEXT]})
    kit.add_articles(more, saved, clean=False)
    assert set(kit.find_quotations(kit.open_corpus(saved))["doc_id"]) == set("abcdefg")
    assert len(list(Path(".kit", "quotations").iterdir())) == 4
    for file in Path(".kit", "quotations").iterdir():
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(content)
    again = kit.find_quotations(kit.open_corpus(saved))
    pd.testing.assert_frame_equal(again[again["doc_id"] != "g"], first)


def test_names_of_who_is_quoted_are_those_of_one_corpus(saved: Path) -> None:
    expected = kit.keyness(kit.Corpus.from_frame(FRAME, clean=False), kit.general_indonesian(), reporting="drop")
    for _ in range(2):
        found = kit.keyness(kit.open_corpus(saved), kit.general_indonesian(), reporting="drop")
        pd.testing.assert_frame_equal(found, expected)
        assert not {"budi", "raharjo"} & set(found["item"])


def test_words_in_lower_case_are_those_of_whole_texts() -> None:
    texts = ["Ali-nya ali_b c1d é’f g--h 'i' jum'at\u00a0x\u2028y\x1cz", "tugas-tugas\nA.b/c-D e-\nf"]
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a", "b"], "text": texts}), clean=False)
    whole = {word for text in corpus.documents["text"] for word in listing._NAME.findall(text) if word[:1].islower()}
    assert listing._people(Part(corpus))[1] == whole
    assert {"jum'at", "tugas-tugas", "é’f"} <= whole
