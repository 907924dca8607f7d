"""Adding articles: from every kind of source, in parts of any size, without touching what is there."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kit
from kit.corpus import frames
from kit.errors import CorpusError, ReadingError
from kit.parts.engine import InTurn
from kit.parts.part import _OPEN as OPENED
from kit.reading.formats import parquet
from kit.storage import add, batches
from kit.storage import open as opening
from kit.storage.add import add_articles
from kit.storage.open import open_corpus, open_part, parts_of
from kit.wording.words import tell

ROOT = Path(__file__).resolve().parents[2]

ARTICLES = {
    "a": "SURABAYA, CONTOH.com - ASN melayani warga.\nBaca Juga: Harga Beras Naik\nWarga antre. (abc/de)",
    "b": "Pelayanan publik dibuka.",
    "c": "Cafe\u0301 warga.\r\nTata kelola data, pela\u00adyanan.",
    "d": "Pelayanan publik dibuka.",
    "e": "",
}


def frame_of(**more: object) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": list(ARTICLES), "text": list(ARTICLES.values())}).assign(**more)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "ROWS", 1)
    monkeypatch.setattr(parquet, "ROWS", 1)
    monkeypatch.setattr("os.fsync", lambda _file: None)


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        file.relative_to(folder).as_posix(): (file.stat().st_mtime_ns, file.read_bytes())
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.mark.parametrize("clean", [True, False])
@pytest.mark.parametrize("partition_mb", [32, 0.00004, 0.000001])
def test_a_table_in_parts_is_the_corpus_of_the_table(tmp_path: Path, clean: bool, partition_mb: float) -> None:
    frame = frame_of(outlet=["X", None, "", "Y", "X"], views=[1, None, 3, 4, 5])
    whole = kit.Corpus.from_frame(frame, clean=clean)
    report = add_articles(frame, tmp_path / "saved", clean=clean, partition_mb=partition_mb)
    corpus = open_corpus(tmp_path / "saved", engine=1)
    assert corpus.fingerprint == report.attrs["fingerprint"] == whole.fingerprint
    assert len(report) == {32: 1, 0.00004: 3, 0.000001: 5}[partition_mb]
    assert report["documents"].sum() == report.attrs["documents"] == 5
    assert report["words"].sum() == whole.words
    assert report["sentences"].sum() == len(whole.sentences)
    for number, name in enumerate(report["part"]):
        assert Path(parts_of(tmp_path / "saved")[number].path).name == name
    pd.testing.assert_frame_equal(kit.term_frequencies(corpus), kit.term_frequencies(whole))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    texts=st.lists(st.sampled_from(["", "ASN.", "asn melayani", "Cafe\u0301.", "a\u00adb, c", "\n"]), max_size=6),
    where=st.lists(st.integers(0, 2), min_size=6, max_size=6),
)
def test_any_cut_gives_the_same_fingerprint_and_copies(tmp_path: Path, texts: list[str], where: list[int]) -> None:
    folder = tmp_path / "saved"
    shutil.rmtree(folder, ignore_errors=True)
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": pd.Series(texts, dtype="str")})
    whole = kit.Corpus.from_frame(frame, clean=False)
    cut = np.array(where[: len(texts)], int)
    for part in range(3):
        if (cut == part).any():
            add_articles(frame[cut == part], folder, clean=False)
    if not texts:
        return
    corpus = open_corpus(folder, engine=1)
    assert corpus.fingerprint == whole.fingerprint
    pd.testing.assert_series_equal(corpus.copy_of, whole.copy_of)
    computed = corpus.where(doc_id=frame["doc_id"].tolist())
    assert computed.fingerprint == whole.fingerprint


def sources(folder: Path) -> dict[str, Path]:
    """The articles in every kind of source, `e` (empty, which files may not be) left out."""
    frame = frame_of().query("doc_id != 'e'")
    (folder / "texts" / "articles").mkdir(parents=True)
    for doc_id, text in zip(frame["doc_id"], frame["text"], strict=True):
        (folder / "texts" / "articles" / f"{doc_id}.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "texts" / "articles.csv").write_text("file,outlet\na.txt,Koran\n", encoding="utf-8")
    frame.to_csv(folder / "table.csv", index=False)
    frame.to_json(folder / "lines.jsonl", orient="records", lines=True, force_ascii=False)
    frame.to_json(folder / "lines.jsonl.gz", orient="records", lines=True)
    return {name: folder / name for name in ("texts", "table.csv", "lines.jsonl", "lines.jsonl.gz")}


def test_what_load_corpus_reads_can_be_added(tmp_path: Path) -> None:
    for name, path in sources(tmp_path).items():
        add_articles(path, tmp_path / f"saved {name}", partition_mb=0.00003)
        corpus = open_corpus(tmp_path / f"saved {name}", engine=1)
        assert corpus.fingerprint == kit.load_corpus(path).fingerprint, name
        assert len(parts_of(tmp_path / f"saved {name}")) > 1


def test_parquet_files_and_folders(tmp_path: Path) -> None:
    frame = frame_of(views=range(5))
    frame.to_parquet(tmp_path / "one.parquet", row_group_size=2)
    (tmp_path / "many" / "year=2024").mkdir(parents=True)
    frame[:2].to_parquet(tmp_path / "many" / "1.parquet")
    frame[2:].to_parquet(tmp_path / "many" / "year=2024" / "2.parquet")
    (tmp_path / "many" / "_SUCCESS").write_text("")
    (tmp_path / "many" / ".hidden.parquet").write_text("no")
    whole = kit.Corpus.from_frame(frame[:4]).documents.drop(columns=["source", "sha256"])
    places = {"one.parquet": "one.parquet#0", "many": "1.parquet#0"}
    for name, first in places.items():
        report = add_articles(tmp_path / name, tmp_path / f"saved {name}", partition_mb=0.00004)
        corpus = kit.load_corpus(tmp_path / name)
        assert report.attrs["fingerprint"] == corpus.fingerprint
        assert report["set_aside"].sum() == len(corpus.set_aside) == 1, "the one without a text"
        pd.testing.assert_frame_equal(corpus.documents.drop(columns=["source", "sha256"]), whole)
        assert corpus.documents["source"][0] == first
        assert corpus.documents["sha256"][1] == hashlib.sha256(b"Pelayanan publik dibuka.").hexdigest()
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(ReadingError, match=r"bad\.parquet: cannot be read"):
        add_articles(tmp_path / "bad.parquet", tmp_path / "saved")
    assert not (tmp_path / "saved" / "corpus.json").exists()


def test_long_numbers_name_articles_and_a_bad_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = 1_234_567_890_123_456_789
    table = pa.table({"doc_id": pa.array([first, None, first + 1]), "text": ["Satu.", "Dua.", "Tiga."]})
    (tmp_path / "y=1").mkdir()
    pq.write_table(table, tmp_path / "y=1" / "a.parquet")
    monkeypatch.setattr(parquet, "ROWS", 128)  # numbers and the gap come in one piece
    add_articles(tmp_path / "y=1", tmp_path / "saved")
    names = open_corpus(tmp_path / "saved").documents["doc_id"].tolist()
    assert names == [str(first), str(first + 1), "a-0000001"], "who has no name is called by file and row"
    pq.write_table(table.select(["doc_id"]), tmp_path / "y=1" / "b.parquet")
    add_articles(tmp_path / "y=1", tmp_path / "other")
    aside = open_corpus(tmp_path / "other").set_aside
    assert aside["source"].tolist() == ["b.parquet"]
    assert aside["problem"].str.startswith("no column 'text'").all()


def test_adding_reads_and_writes_the_new_part_only(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    frame = frame_of()
    add_articles(frame[:2], folder, clean=False)
    add_articles(frame[2:4], folder, clean=False)
    before = snapshot(folder / "parts")
    old = {Path(part.path).name for part in parts_of(folder)}
    add_articles(frame[4:], folder, clean=False)
    after = snapshot(folder / "parts")
    assert before.items() <= after.items()
    new = {name.split("/")[0] for name in after.keys() - before.keys()}
    assert new == {Path(part.path).name for part in parts_of(folder)} - old
    assert len(new) == 1
    assert (
        open_corpus(folder, engine=1, verify=True).fingerprint == kit.Corpus.from_frame(frame, clean=False).fingerprint
    )


def test_adding_needs_no_file_of_an_old_part(tmp_path: Path) -> None:
    folder, away = tmp_path / "saved", tmp_path / "away"
    frame = frame_of()
    add_articles(frame[:3], folder, clean=False)
    shutil.move(folder / "parts", away)
    add_articles(frame[3:], folder, clean=False)
    for part in away.iterdir():
        shutil.move(part, folder / "parts" / part.name)
    assert (
        open_corpus(folder, engine=1, verify=True).fingerprint == kit.Corpus.from_frame(frame, clean=False).fingerprint
    )


def test_an_earlier_original_renames_copies_and_changes_no_part(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    frame = pd.DataFrame({"doc_id": ["c", "d", "b", "a"], "text": ["Sama.", "Lain.", "Sama.", "Sama."]})
    expected = [{"c": "", "d": ""}, {"c": "b", "d": "", "b": ""}, {"c": "a", "d": "", "b": "a", "a": ""}]
    for rows, copies in zip((slice(0, 2), slice(2, 3), slice(3, 4)), expected, strict=True):
        add_articles(frame[rows], folder, clean=False)
        found = open_corpus(folder, engine=1).catalogue
        assert dict(zip(found["doc_id"], found["copy_of"], strict=True)) == copies


def test_a_doc_id_that_is_there_is_refused_and_nothing_added(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    add_articles(frame_of(), folder, clean=False)
    before = snapshot(folder)
    fresh = pd.DataFrame({"doc_id": ["x", "y", "b", "a", "c", "d"], "text": ["Baru."] * 6})
    with pytest.raises(CorpusError, match="the corpus has doc_id 'b' already -> leave out what is there"):
        add_articles(fresh, folder, partition_mb=0.000005)
    with pytest.raises(CorpusError, match="the corpus has doc_id 'a', 'b', 'c' and 1 more already"):
        add_articles(fresh, folder)
    assert snapshot(folder) == before


def test_rows_that_cannot_be_used_are_set_aside_and_reported(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "doc_id": ["a", None, "b", " ", "a", "c", "d"],
            "text": pd.Series(["Satu.", "Dua.", None, "Empat.", "Lima.", "du\ud800a", "Tujuh."], dtype=object),
        }
    )
    report = add_articles(frame, tmp_path / "saved", clean=False)
    assert report[["documents", "set_aside"]].to_numpy().tolist() == [[2, 5]]
    again = add_articles(frame.set_axis([7] * len(frame)), tmp_path / "one name for all rows", clean=False)
    pd.testing.assert_frame_equal(again, report)
    aside = open_corpus(tmp_path / "saved").set_aside
    assert aside["source"].tolist() == ["row 1", "row 2", "row 3", "row 4", "row 5"]
    assert aside["problem"].tolist() == [
        "has no doc_id",
        "has no text",
        "has no doc_id",
        "has the doc_id 'a' of row 0",
        "text holds half a character (a lone surrogate)",
    ]
    [remark] = report.attrs["remarks"]
    assert tell(remark, "en").startswith(
        "5 rows or files were set aside, the first: row 1: has no doc_id; row 2: has no text"
    )
    assert "disisihkan" in tell(remark, "id")


def test_files_that_cannot_be_used_are_set_aside_where_they_were_met(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name, text in {"a": "Satu dua tiga.", "c": "Empat lima.", "e": "Enam."}.items():
        (source / f"{name}.txt").write_text(text, encoding="utf-8")
    for name in ("b", "d", "f"):
        (source / f"{name}.txt").write_bytes(b"")
    report = add_articles(source, tmp_path / "saved", partition_mb=0.000001)
    assert report[["documents", "set_aside"]].to_numpy().tolist() == [[1, 0], [1, 1], [1, 2]]
    listed = pd.concat([open_part(part).set_aside for part in parts_of(tmp_path / "saved")])
    assert listed["source"].tolist() == ["b.txt", "d.txt", "f.txt"]


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        (pd.DataFrame({"doc_id": [], "text": []}), ReadingError, "the table: no usable article"),
        (pd.DataFrame({"doc_id": ["a"], "text": [None]}), ReadingError, "the first problem: row 0: has no text"),
        (pd.DataFrame({"doc_id": ["a"]}), CorpusError, "no column 'text'"),
        (pd.DataFrame({"text": ["a"]}), CorpusError, "no column 'doc_id'"),
        (pd.DataFrame([["a", "b", "c"]], columns=["doc_id", "text", "text"]), CorpusError, "several columns 'text'"),
        (pd.DataFrame({"doc_id": ["a"], "text": [b"ASN."]}), ReadingError, "text is bytes, not text -> decode it"),
        (pd.DataFrame({"doc_id": [b"a"], "text": ["ASN."]}), ReadingError, "doc_id is bytes, not text"),
        ("no such place", ReadingError, "does not exist"),
        (["ASN."], CorpusError, "from an object of type list -> give a DataFrame or a path"),
        (None, CorpusError, "from an object of type NoneType"),
    ],
)
def test_sources_without_an_article(tmp_path: Path, source: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        add_articles(source, tmp_path / "saved")
    assert not (tmp_path / "saved" / "corpus.json").exists()
    add_articles(frame_of(), tmp_path / "saved")
    assert len(open_corpus(tmp_path / "saved")) == 5


def test_folders_that_hold_something_else(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep me")
    with pytest.raises(CorpusError, match="mine: holds something else"):
        add_articles(frame_of(), tmp_path / "mine")
    for size in (0, float("nan"), float("inf"), "32", None):
        with pytest.raises(CorpusError, match="partition_mb = "):
            add_articles(frame_of(), tmp_path / "saved", partition_mb=size)  # type: ignore[arg-type]


def test_a_saved_corpus_is_no_source(tmp_path: Path) -> None:
    source, saved = tmp_path / "source", tmp_path / "source" / "saved"
    add_articles(frame_of(), saved)
    with pytest.raises(CorpusError, match=r"saved: is a saved corpus -> open it with kit\.open_corpus"):
        add_articles(saved, tmp_path / "other")
    assert not (tmp_path / "other").exists()
    (source / "new.txt").write_text("Warga dilayani.", encoding="utf-8")
    assert add_articles(source, saved)["documents"].tolist() == [1]
    frame_of(doc_id=list("vwxyz")).to_parquet(source / "new.parquet")
    assert len(kit.load_corpus(source)) == 5, "texts and tables may lie side by side"
    (source / "new.txt").unlink()
    assert add_articles(source, saved)["documents"].tolist() == [4]


@pytest.mark.parametrize("old", [0, 2])
def test_a_part_that_a_worker_wrote_elsewhere_is_noticed(tmp_path: Path, old: int) -> None:
    class Elsewhere(InTurn):
        """A worker that has another disk under the same path."""

        def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
            made = function(*arguments)
            shutil.move(made.part.path, tmp_path / f"another-{made.part.number}")
            return made

    folder = tmp_path / "saved"
    if old:
        add_articles(frame_of()[:old], folder)
    with pytest.raises(
        CorpusError, match=r"saved: does not hold part-0000.*, which a worker has written -> use a folder"
    ):
        add_articles(frame_of()[old:], folder, engine=Elsewhere())
    assert (folder / "corpus.json").exists() == bool(old)
    if old:
        with pytest.raises(CorpusError, match="which a worker has written"):
            kit.reindex_corpus(folder, engine=Elsewhere())
    add_articles(frame_of()[old:], folder)
    assert open_corpus(folder, engine=1, verify=True).fingerprint == kit.Corpus.from_frame(frame_of()).fingerprint


def test_a_folder_that_is_gone_where_parts_are_read(tmp_path: Path) -> None:
    add_articles(frame_of(), tmp_path / "saved", partition_mb=0.000001)
    corpus = open_corpus(tmp_path / "saved")
    shutil.rmtree(tmp_path / "saved")
    with pytest.raises(CorpusError, match=r"saved: is gone, or cannot be seen .* -> let every worker"):
        kit.term_frequencies(corpus)


def test_threads_make_the_same_parts(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"doc_id": [f"d{row:02d}" for row in range(20)], "text": [f"Warga {row}." for row in range(20)]}
    )
    one = add_articles(frame, tmp_path / "one", partition_mb=0.00002)
    two = add_articles(frame, tmp_path / "two", partition_mb=0.00002, engine=3)
    pd.testing.assert_frame_equal(one, two)
    assert one.attrs | {"call": None} == two.attrs | {"call": None}
    mine, theirs = (
        {name: content for name, (_, content) in snapshot(tmp_path / name).items()} for name in ("one", "two")
    )
    assert mine == theirs


def test_a_failure_in_one_part_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "saved"
    add_articles(frame_of(), folder)
    before = snapshot(folder)
    real = add._make

    def failing(batch: batches.Batch, where: str, number: int, *how: bool) -> object:
        if number == 3:
            raise CorpusError("no more room")
        return real(batch, where, number, *how)

    monkeypatch.setattr(add, "_make", failing)
    fresh = pd.DataFrame({"doc_id": ["v", "w", "x", "y", "z"], "text": ["Baru sekali."] * 5})
    for engine in (None, 2):
        with pytest.raises(CorpusError, match="no more room"):
            add_articles(fresh, folder, partition_mb=0.000001, engine=engine)
        assert snapshot(folder) == before


def test_two_writers_do_not_lose_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "saved"
    add_articles(frame_of()[:2], folder)
    real, others = add._make, [frame_of()[2:3]]

    def slow(*arguments: object) -> object:
        while others:
            add_articles(others.pop(), folder)
        return real(*arguments)

    monkeypatch.setattr(add, "_make", slow)
    with pytest.raises(CorpusError, match="was changed by somebody else meanwhile -> do it again"):
        add_articles(frame_of()[3:], folder)
    assert open_corpus(folder, engine=1, verify=True).catalogue["doc_id"].tolist() == ["a", "b", "c"]
    add_articles(frame_of()[3:], folder)
    assert open_corpus(folder, engine=1).fingerprint == kit.Corpus.from_frame(frame_of()).fingerprint


def test_what_is_open_stays_what_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    add_articles(pd.DataFrame({"doc_id": ["c", "d"], "text": ["Sama.", "Lain."]}), folder)
    one = open_corpus(folder)
    parted = open_corpus(folder, engine=1)
    add_articles(pd.DataFrame({"doc_id": ["a"], "text": ["Sama."]}), folder)
    assert parted.part(0).documents["copy_of"].tolist() == ["", ""] == one.documents["copy_of"].tolist()
    assert open_corpus(folder, engine=1).part(0).documents["copy_of"].tolist() == ["a", ""]
    facts = json.loads((folder / "corpus.json").read_text())
    assert facts["documents"] == 3
    add_articles(pd.DataFrame({"doc_id": ["b"], "text": ["Lagi."]}), folder)
    OPENED.clear()
    assert parted.part(0).documents["copy_of"].tolist() == ["", ""]


@pytest.mark.parametrize("parts", [1, 2])
def test_opening_while_others_add_reads_what_is_there_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    folder = tmp_path / "saved"
    for number in range(parts):
        add_articles(frame_of()[number : number + 1], folder)
    real, others = opening.read_manifest, [frame_of()[2:3], frame_of()[3:]]

    def overtaken(*arguments: Any, **keywords: Any) -> Any:
        manifest = real(*arguments, **keywords)
        while others:
            add_articles(others.pop(), folder)
        return manifest

    monkeypatch.setattr(opening, "read_manifest", overtaken)
    assert len(open_corpus(folder)) == parts + 3


KILLED = """
import os, sys
import pandas as pd
import kit.storage.{module} as module
module.{step} = lambda *_arguments: os._exit(9)
import kit
kit.add_articles(pd.DataFrame({{"doc_id": ["b"], "text": ["ASN melayani warga."]}}), sys.argv[1])
"""


@pytest.mark.parametrize(
    ("module", "step", "begun"), [("add", "write_manifest", True), ("commits", "write_part", False)]
)
def test_after_a_kill_the_same_call_gives_the_same_files(tmp_path: Path, module: str, step: str, begun: bool) -> None:
    for name in ("killed", "calm"):
        if begun:
            add_articles(pd.DataFrame({"doc_id": ["a"], "text": ["Warga dilayani."]}), tmp_path / name)
    script = KILLED.format(module=module, step=step)
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "killed")], check=False, cwd=ROOT)
    assert done.returncode == 9
    for name in ("killed", "calm"):
        add_articles(pd.DataFrame({"doc_id": ["b"], "text": ["ASN melayani warga."]}), tmp_path / name)
    killed, calm = (
        {
            file.relative_to(tmp_path / name): file.read_bytes()
            for file in (tmp_path / name).rglob("*")
            if file.is_file()
        }
        for name in ("killed", "calm")
    )
    assert killed.keys() == calm.keys()
    assert killed == calm
    assert open_corpus(tmp_path / "killed", verify=True).fingerprint
