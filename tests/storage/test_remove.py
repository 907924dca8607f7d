"""Articles that are withdrawn are gone, and what is left is what it would have been without them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import CorpusError
from kit.storage.open import open_part, parts_of

FRAME = pd.DataFrame(
    {
        "doc_id": list("abcdefg"),
        "text": [f"Warga ke-{n} dilayani. Kata unik{chr(97 + n) * 3} di sini." for n in range(7)],
        "outlet": list("XYXYXYX"),
    }
)


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _file: None)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    for rows in (FRAME[:3], FRAME[3:5], FRAME[5:]):
        kit.add_articles(rows, tmp_path / "saved")
    return tmp_path / "saved"


@pytest.mark.parametrize("gone", [["a"], ["d", "e"], ["b", "d", "g"], ["a", "b", "c", "d", "e", "f"]])
def test_what_is_left_is_what_it_would_have_been(saved: Path, gone: list[str]) -> None:
    kit.remove_articles(saved, gone)
    left = FRAME[~FRAME["doc_id"].isin(gone)]
    corpus = kit.open_corpus(saved, verify=True)
    assert corpus.fingerprint == kit.Corpus.from_frame(left).fingerprint
    names = [name for part in parts_of(saved) for name in open_part(part).documents["doc_id"]]
    assert sorted(names) == left["doc_id"].tolist()
    table = kit.term_frequencies(corpus)
    expected = kit.term_frequencies(kit.Corpus.from_frame(left))
    pd.testing.assert_frame_equal(table.reset_index(drop=True), expected.reset_index(drop=True), check_dtype=False)


def test_nothing_of_the_text_stays_in_the_folder(saved: Path) -> None:
    kit.remove_articles(saved, "c")
    content = b"".join(file.read_bytes() for file in saved.rglob("*") if file.is_file())
    assert b"unikccc" not in content
    assert b"unikaaa" in content
    [problem] = open_part(parts_of(saved)[0]).set_aside["problem"]
    assert problem == "'c' was withdrawn by kit.remove_articles"


def test_parts_without_such_articles_stay_as_they_are(saved: Path) -> None:
    before = {part.path: part.seal for part in parts_of(saved)[1:]}
    report = kit.remove_articles(saved, ["a"])
    assert report["documents"].tolist() == [2]
    assert {part.path: part.seal for part in parts_of(saved)[1:]} == before


def test_a_withdrawn_article_may_come_again(saved: Path) -> None:
    whole = kit.open_corpus(saved).fingerprint
    kit.remove_articles(saved, ["f", "g"])
    kit.add_articles(FRAME[5:], saved)
    assert kit.open_corpus(saved).fingerprint == whole


@pytest.mark.parametrize(
    ("gone", "told"),
    [(["a", "x"], "has no doc_id 'x'"), (list("abcdefg"), "would have no article left"), ([], "no article is named")],
)
def test_what_cannot_be_withdrawn(saved: Path, gone: list[str], told: str) -> None:
    before = kit.open_corpus(saved).fingerprint
    with pytest.raises(CorpusError, match=told):
        kit.remove_articles(saved, gone)
    assert kit.open_corpus(saved, verify=True).fingerprint == before
