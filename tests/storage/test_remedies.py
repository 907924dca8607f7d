"""Every remedy of the corpus and of saved ones helps: a wrong call, what is said of it, and the call it advises."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.errors import CorpusError
from kit.storage.manifest import seal_of

FRAME = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "text": ["ASN melayani warga.", "Warga dilayani.", "Loket."],
        "outlet": ["X", "Y", "X"],
        "date": ["2024-02-04", "2024-02-05", ""],
    }
)


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _file: None)


OF_TABLES: list[tuple[pd.DataFrame, str, pd.DataFrame]] = [
    (
        FRAME.rename(columns={"text": "isi"}),
        "are doc_id, isi, outlet, date -> name the column with the texts 'text', as by frame.rename(columns=…)",
        FRAME.rename(columns={"text": "isi"}).rename(columns={"isi": "text"}),
    ),
    (
        FRAME.drop(columns="doc_id"),
        "are text, outlet, date -> name the column with the name of each document 'doc_id'",
        FRAME,
    ),
    (
        FRAME.assign(Outlet="Z"),
        "several columns 'outlet' -> rename or drop all but one",
        FRAME.assign(Outlet="Z").drop(columns="Outlet"),
    ),
    (FRAME.assign(doc_id=["a", "a", "c"]), "'a' stands more than once -> give every document its own", FRAME),
    (FRAME.assign(doc_id=["a", None, "c"]), "row 1: has no doc_id -> give every row one of its own", FRAME),
    (
        FRAME.assign(text=["Satu.", None, "Tiga."]),
        "row 1: has no text -> fill the column 'text' or delete the row",
        FRAME.drop(index=1),
    ),
    (
        FRAME.assign(text=["Satu.", b"Dua.", "Tiga."]),
        "row 1: text is bytes, not text -> decode it, as from UTF-8",
        FRAME.assign(text=["Satu.", b"Dua.".decode("utf-8"), "Tiga."]),
    ),
    (
        FRAME.assign(text=["Satu.", ["Dua", "tiga."], "x"]),
        "write one text, its pieces joined by line breaks",
        FRAME.assign(text=["Satu.", "Dua\ntiga.", "x"]),
    ),
    (
        FRAME.assign(text=pd.Series(["Satu.", "du\ud800a", "x"], dtype=object)),
        "delete it, as text.encode('utf-8', 'ignore').decode() does",
        FRAME.assign(text=["Satu.", "du\ud800a".encode("utf-8", "ignore").decode(), "x"]),
    ),
]


@pytest.mark.parametrize(("wrong", "remedy", "mended"), OF_TABLES, ids=range(len(OF_TABLES)))
def test_tables(wrong: pd.DataFrame, remedy: str, mended: pd.DataFrame) -> None:
    with pytest.raises(CorpusError, match=re.escape(remedy)):
        kit.Corpus.from_frame(wrong)
    assert len(kit.Corpus.from_frame(mended)) >= 2


def test_what_names_no_day_goes_into_a_column_of_one_s_own() -> None:
    corpus = kit.Corpus.from_frame(FRAME.assign(date=["2019", "2021", "2021"]))
    assert corpus.set_aside["remedy"].str.contains("a column of your own, such as year").all()
    corpus = kit.Corpus.from_frame(FRAME.assign(year=["2019", 2021, 2021.0]).drop(columns="date"))
    assert {year: len(part) for year, part in corpus.split("year").items()} == {"2019": 1, "2021": 2}


def parts_in(folder: Path) -> Any:
    return kit.open_corpus(folder, engine=1)


OF_CALLS: list[tuple[Callable[[Path], Any], str, Callable[[Path], Any]]] = [
    # with two articles in two parts at saved/: a call, what is said, the call that this advises
    (
        lambda at: kit.open_corpus(at / "none"),
        "give a folder written by kit.save_corpus or kit.add_articles",
        lambda at: kit.open_corpus(at / "saved"),
    ),
    (
        lambda at: kit.add_articles(at / "saved", at / "other"),
        "open it with kit.open_corpus; to add its articles to another corpus, give what they were read from",
        lambda at: kit.add_articles(FRAME, at / "other"),
    ),
    (
        lambda at: kit.add_articles(["ASN."], at / "other"),
        "give a path, or a table (a pandas DataFrame)",
        lambda at: kit.add_articles(FRAME, at / "other"),
    ),
    (
        lambda at: kit.add_articles(FRAME, at / "saved"),
        "the corpus has doc_id 'a', 'b' already -> leave out what is there",
        lambda at: kit.add_articles(FRAME[2:], at / "saved"),
    ),
    (
        lambda at: kit.add_articles(FRAME, at / "saved"),
        "or give the articles other doc_ids",
        lambda at: kit.add_articles(FRAME.assign(doc_id=["x", "y", "z"]), at / "saved"),
    ),
    (
        lambda at: kit.add_articles(FRAME, at / "other", partition_mb=0),
        "use a number above 0, such as 32",
        lambda at: kit.add_articles(FRAME, at / "other", partition_mb=32),
    ),
    (
        lambda at: kit.add_articles(FRAME, at),
        "holds something else -> give a folder that is not there yet",
        lambda at: kit.add_articles(FRAME, at / "other"),
    ),
    (
        lambda at: kit.add_articles(FRAME[:0], at / "other"),
        "give at least one row or file with a text",
        lambda at: kit.add_articles(FRAME[:1], at / "other"),
    ),
    (
        lambda at: kit.save_corpus(kit.Corpus.from_frame(FRAME), at / "saved"),
        "holds another corpus -> give another folder, or delete this one",
        lambda at: kit.save_corpus(kit.Corpus.from_frame(FRAME), at / "other"),
    ),
    (
        lambda at: kit.save_corpus(kit.Corpus.from_frame(FRAME), at),
        "holds something else -> give a folder that is not there yet",
        lambda at: kit.save_corpus(kit.Corpus.from_frame(FRAME), at / "other"),
    ),
    (
        lambda at: parts_in(at / "saved").part(2),
        "there is no part 2 -> use a number from 0 to 1",
        lambda at: parts_in(at / "saved").part(1),
    ),
    (
        lambda at: parts_in(at / "saved").documents,
        "corpus.metadata has all but their texts; for these ask one part, as in corpus.part(0).documents",
        lambda at: parts_in(at / "saved").metadata,
    ),
    (
        lambda at: parts_in(at / "saved").group_of("tema"),
        "documents have no column 'tema' -> use ",
        lambda at: parts_in(at / "saved").group_of("outlet"),
    ),
    (
        lambda _: kit.Corpus.from_frame(FRAME).group_of("tema"),
        "documents have no column 'tema' -> use title, ",
        lambda _: kit.Corpus.from_frame(FRAME).group_of("year"),
    ),
    (
        lambda _: kit.Corpus.from_frame(FRAME).where(outlet="Z"),
        "use one of 'X', 'Y'",
        lambda _: kit.Corpus.from_frame(FRAME).where(outlet="Y"),
    ),
    (
        lambda at: kit.open_corpus(at / "saved", engine=0),
        "use None, a number of threads from 1",
        lambda at: kit.open_corpus(at / "saved", engine=1),
    ),
]


@pytest.mark.parametrize("number", range(len(OF_CALLS)))
def test_calls(tmp_path: Path, number: int) -> None:
    wrong, remedy, mended = OF_CALLS[number]
    for row in range(2):
        kit.add_articles(FRAME[row : row + 1], tmp_path / "saved")
    with pytest.raises(kit.KitError, match=re.escape(remedy)):
        wrong(tmp_path)
    mended(tmp_path)


def test_a_mixed_column_that_no_file_can_hold(tmp_path: Path) -> None:
    odd = pd.Series([pd.Timestamp("2024-02-04", tz="UTC"), pd.Timestamp("2024-02-04"), None], dtype=object)
    with pytest.raises(
        CorpusError, match="column 'odd' holds values that cannot be written to a file -> make them all t"
    ):
        kit.save_corpus(kit.Corpus.from_frame(FRAME.assign(odd=odd)), tmp_path / "saved")
    kit.save_corpus(kit.Corpus.from_frame(FRAME.assign(odd=odd.astype("str"))), tmp_path / "saved")


@pytest.mark.parametrize(
    "broken", ["catalogue-*.parquet", "parts/*/documents.arrow", "parts/*/part.json", "corpus.json"]
)
def test_damage(tmp_path: Path, broken: str) -> None:
    folder, corpus = tmp_path / "saved", kit.Corpus.from_frame(FRAME)
    kit.save_corpus(corpus, folder)
    shutil.copytree(folder, tmp_path / "copy")
    [file] = folder.glob(broken)
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    with pytest.raises(CorpusError, match="restore it from a copy, or delete the folder and save the corpus anew"):
        kit.open_corpus(folder, verify=True)
    shutil.copy(tmp_path / "copy" / file.relative_to(folder), file)
    assert kit.open_corpus(folder, verify=True).fingerprint == corpus.fingerprint
    file.write_bytes(whole[:-20])
    shutil.rmtree(folder)
    kit.save_corpus(corpus, folder)
    assert kit.open_corpus(folder, verify=True).fingerprint == corpus.fingerprint


def test_other_rules_of_language(tmp_path: Path) -> None:
    kit.save_corpus(kit.Corpus.from_frame(FRAME), tmp_path / "saved")
    file = tmp_path / "saved" / "corpus.json"
    facts = json.loads(file.read_text()) | {"rules": "0000"}
    facts.pop("seal")
    file.write_text(json.dumps(facts | {"seal": seal_of(facts)}))
    with pytest.raises(CorpusError, match=r"run kit\.reindex_corpus on the folder"):
        kit.open_corpus(tmp_path / "saved")
    kit.reindex_corpus(tmp_path / "saved")
    assert len(kit.open_corpus(tmp_path / "saved")) == 3
