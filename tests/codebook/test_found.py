"""What a codebook finds in a part is found once, and serves every selection of the part's documents."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.codebook import kept_mentions, looked_up
from kit.codebook.variants import without_context
from kit.parts.part import _OPEN
from kit.parts.parted import PartedCorpus
from kit.storage.open import open_corpus

BOOK = kit.load_codebook()
TEXTS = [
    "Aparatur Sipil Negara (ASN) melayani warga. Pelayanan publik itu baik.",
    "Loket sepi.",
    "Warga dilayani. Tata kelola data penting.\n\nPemerintah daerah transparan, akuntabel, dan efisien.",
    "ASN melayani warga. Warga kota menunggu pelayanan publik yang transparan.",
    "",
    "Wali kota menilai pelayanan publik akuntabel.",
]


def made(texts: list[str]) -> kit.Corpus:
    names = [f"a{row}" for row in range(len(texts))]
    outlets = ["X" if row % 2 else "Y" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": names, "text": texts, "outlet": outlets}), clean=False)


@pytest.fixture
def looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents were looked at, each time the rules were asked; outside a project, which keeps mentions."""
    monkeypatch.chdir(tmp_path)
    times: list[int] = []
    decide = looked_up.decide

    def counted(source, codebook, **asked):
        times.append(len(source.index.document_tokens) - 1)
        return decide(source, codebook, **asked)

    monkeypatch.setattr(looked_up, "decide", counted)
    return times


def bare(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(columns="seal")


def test_mentions_are_found_once_for_all_questions_of_a_corpus(looked):
    corpus = made(TEXTS)
    first = kit.find_mentions(corpus, BOOK)
    assert looked == [6]
    kit.concept_frequencies(corpus, BOOK, by="outlet")
    kit.dispersion(corpus, unit="concept", codebook=BOOK)
    kit.find_lists(corpus, BOOK)
    kit.statements(corpus, BOOK)
    pd.testing.assert_frame_equal(kit.find_mentions(corpus, BOOK), first)
    assert looked == [6]
    kit.find_mentions(corpus, BOOK, overlap="codebook")
    kit.find_mentions(corpus, without_context(BOOK))
    assert looked == [6, 6, 6], "other rules are other hits"


def test_what_is_changed_in_a_table_of_mentions_changes_no_other(looked):
    corpus = made(TEXTS)
    first = kit.find_mentions(corpus, BOOK)
    first.loc[:, "start"] = 0
    first.loc[:, "gloss"] = True
    again = kit.find_mentions(corpus, BOOK)
    assert again["start"].max() > 0
    assert not again["gloss"].all()
    assert looked == [6]


def test_a_selection_of_a_saved_part_takes_its_mentions_from_the_whole_part(tmp_path, looked):
    frame = pd.DataFrame({"doc_id": [f"a{row:02}" for row in range(24)], "text": TEXTS * 4})
    frame["outlet"] = [("X", "Y", "Y", "Z", "Y", "Y")[(row * 7) % 6] for row in range(24)]
    for part in range(2):
        kit.add_articles(frame.iloc[part::2], tmp_path / "saved", clean=False)
    saved, whole = open_corpus(tmp_path / "saved"), kit.Corpus.from_frame(frame, clean=False)
    assert isinstance(saved, PartedCorpus)
    few = {one: bare(kit.find_mentions(saved.where(outlet=one), BOOK)) for one in ("X", "Y")}
    assert sorted(looked) != [12, 12], "of few documents only these are looked at"
    kit.find_mentions(saved, BOOK)
    done = len(looked)
    for one in ("X", "Y", "Z"):
        table = bare(kit.find_mentions(saved.where(outlet=one), BOOK))
        pd.testing.assert_frame_equal(table, few.get(one, table))
        assert len(looked) == done, "another selection need not look again"
    done_for = [bare(kit.find_mentions(whole.where(outlet=one), BOOK)) for one in ("X", "Y", "Z")]
    for one, expected in zip(("X", "Y", "Z"), done_for, strict=True):
        pd.testing.assert_frame_equal(bare(kit.find_mentions(saved.where(outlet=one), BOOK)), expected)


def test_mentions_beyond_the_memory_given_are_found_anew(tmp_path, looked):
    frame = pd.DataFrame({"doc_id": [f"a{row:02}" for row in range(12)], "text": TEXTS * 2})
    for part in range(3):
        kit.add_articles(frame.iloc[part::3], tmp_path / "saved", clean=False)
    small = open_corpus(tmp_path / "saved", memory=0)
    first, again = (kit.find_mentions(small, BOOK) for _ in range(2))
    assert looked == [4] * 6
    pd.testing.assert_frame_equal(first, again)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where mentions are kept in a project with a saved corpus."""
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    frame = pd.DataFrame({"doc_id": [f"a{row:02}" for row in range(12)], "text": TEXTS * 2})
    for part in range(2):
        kit.add_articles(frame.iloc[part::2], "saved", clean=False)
    return tmp_path / ".kit" / kept_mentions.MENTIONS


def asked_anew() -> pd.DataFrame:
    """Ask as another session does."""
    _OPEN.clear()
    return kit.find_mentions(open_corpus("saved"), BOOK)


def test_another_session_of_a_project_finds_what_was_found_before(home, looked):
    first = asked_anew()
    assert (looked, len(list(home.iterdir()))) == ([6, 6], 2)
    pd.testing.assert_frame_equal(asked_anew(), first)
    assert looked == [6, 6]
    kit.add_articles(pd.DataFrame({"doc_id": ["z"], "text": ["ASN melayani warga."]}), "saved", clean=False)
    assert len(asked_anew()) == len(first) + 3
    assert looked == [6, 6, 1], "what comes later is looked at alone"


def test_kept_mentions_that_are_damaged_or_of_other_rules_are_found_anew(home, looked, monkeypatch):
    first = asked_anew()
    file = min(home.iterdir())
    file.write_bytes(file.read_bytes()[:-1] + b"\7")
    pd.testing.assert_frame_equal(asked_anew(), first)
    assert len(looked) == 3
    monkeypatch.setattr(kept_mentions, "rules_of", lambda *_: "other code")
    pd.testing.assert_frame_equal(asked_anew(), first)
    assert len(looked) == 5
