"""Corpora of the Leipzig Corpora Collection."""

from __future__ import annotations

from pathlib import Path

import pytest

import kit
from kit.errors import ReadingError

SENTENCES = "1\tWarga dilayani di loket.\n2\tASN “hadir”.\n3\tLoket\tdua.\n4\tAntrean panjang.\n5\tSatu lagi.\n"


def test_sentences_are_documents(tmp_path: Path) -> None:
    (tmp_path / "ind_contoh-sentences.txt").write_text(SENTENCES.replace("\tdua", " dua"), encoding="utf-8")
    frame = kit.read_articles(tmp_path)
    assert frame["doc_id"].tolist() == [f"ind_contoh-000000{number}" for number in range(1, 6)]
    assert frame["text"][1] == "ASN “hadir”."


def test_a_line_that_is_no_sentence_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCES.replace("1\t", "1\tKata. ").replace("3\tL", "x\tL"), encoding="utf-8")
    frame = kit.read_articles(tmp_path, kind="leipzig")
    assert [row["source"] for row in frame.attrs["set_aside"]] == ["a.txt#3"]
    assert frame.attrs["found"] == 5


@pytest.mark.parametrize("twice", [False, True])
def test_words_are_a_frequency_list(tmp_path: Path, twice: bool) -> None:
    rows = [
        (1, "!", 40),
        (101, "yang", 30),
        (102, "Yang", 5),
        (103, "Kota Contoh", 4),
        (104, "e-KTP", 3),
        (105, "12", 2),
    ]
    lines = [f"{n}\t{word}\t{word}\t{count}" if twice else f"{n}\t{word}\t{count}" for n, word, count in rows]
    file = tmp_path / "ind-words.txt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = kit.FrequencyList.from_leipzig(file)
    assert found.size == 40
    assert found.look_up(["yang", "e-ktp", "12", "kota contoh"])["count"].tolist() == [35, 3, 2, 0]
    with pytest.raises(ReadingError, match=r"is a list of words with their frequencies.*from_leipzig"):
        kit.read_articles(file)


def test_a_list_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1\tyang\t3\nyang\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"a\.txt, line 2: is no number, word and frequency"):
        kit.FrequencyList.from_leipzig(tmp_path / "a.txt")
