"""A saved corpus is the corpus: the same tables and fingerprint, whole or not at all, however it is cut into parts."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kit
from kit.errors import CorpusError
from kit.index.words import Words
from kit.parts.parted import PartedCorpus
from kit.storage.bounds import misfit
from kit.storage.manifest import read_manifest, seal_of
from kit.storage.open import open_corpus, open_part, parts_of

STORED = ("documents", "segments", "removed", "flagged", "repaired", "set_aside")
TABLES = ("documents", "segments", "removed", "flagged", "repaired", "sentences", "tokens", "types", "set_aside")

# Edges of the rules: every kind of line break, accents in pieces, invisible characters, astral and ligature letters.
LETTERS = st.sampled_from(
    [
        *"ab .,'-/\n\r\u2028\x85!?\"",
        "\u0301",
        "é",
        "\u00ad",
        "\u200b",
        "İ",
        "ﬁ",
        "😀",
        "\nBaca Juga: X\n",
        "ASN melayani",
    ]
)
TEXTS = st.lists(st.lists(LETTERS, max_size=20).map("".join), max_size=6)


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody pulls the plug: what is written need not reach the disk."""
    monkeypatch.setattr("os.fsync", lambda _file: None)


def corpus_of(texts: list[str], *, clean: bool = False, **columns: object) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": pd.Series(texts, dtype="str")})
    return kit.Corpus.from_frame(frame.assign(**columns), clean=clean)


def assert_same(one: kit.Corpus, other: kit.Corpus) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=name)
    for name in (
        "surface",
        "start",
        "document_tokens",
        "sentence_tokens",
        "surface_type",
        "stretched",
        "stretched_end",
    ):
        mine, theirs = getattr(one.index, name), getattr(other.index, name)
        np.testing.assert_array_equal(mine, theirs)
        assert mine.dtype == theirs.dtype
    assert one.index.surfaces == other.index.surfaces
    assert one.fingerprint == other.fingerprint
    assert repr(one) == repr(other)
    assert one.about() == other.about()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(texts=TEXTS, clean=st.booleans())
def test_what_is_opened_is_what_was_saved(tmp_path: Path, texts: list[str], clean: bool) -> None:
    corpus = corpus_of(texts, clean=clean)
    shutil.rmtree(tmp_path / "saved", ignore_errors=True)
    kit.save_corpus(corpus, tmp_path / "saved")
    saved = open_corpus(tmp_path / "saved", verify=True)
    assert_same(saved, corpus)
    fresh = kit.Corpus(*(getattr(saved, f"_{name}") for name in STORED), saved.index)
    assert_same(fresh, corpus)
    assert fresh.digests.documents.tobytes() == saved.digests.documents.tobytes()


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["", "\n", "\u00ad"],
        ["!", "...", "?"],
        ["Cafe\u0301 warga.\r\nASN\r\n\r\nmelayani."],
        ["ASN."] * 4,
        ["kata " * 3000],
        ["a" * 100_000, "\U00020000 \U0001f600 ﬁ"],
    ],
)
def test_corpora_at_the_edge(tmp_path: Path, texts: list[str]) -> None:
    corpus = corpus_of(texts)
    folder = tmp_path / "a folder, été" / "tersimpan"
    kit.save_corpus(corpus, folder)
    assert_same(open_corpus(folder), corpus)
    assert [part.documents for part in parts_of(folder)] == [len(texts)]


def test_columns_of_every_kind_come_back(tmp_path: Path) -> None:
    columns = {
        "views": [1, 2, 3],
        "share": [0.5, np.nan, 2.0],
        "checked": [True, False, True],
        "seen": pd.to_datetime(["2024-01-02 00:00", "2023-01-01 10:00", None]),
        "tema": ["layanan", None, ""],
        "maybe": [True, None, False],
        "day": [pd.Timestamp("2024-01-02").date()] * 3,
        "date": ["2024-01-02", "", "2023"],
    }
    corpus = corpus_of(["satu", "dua", "tiga"], **columns)
    kit.save_corpus(corpus, tmp_path / "saved")
    saved = open_corpus(tmp_path / "saved")
    assert_same(saved, corpus)
    assert saved.documents.dtypes.astype(str).tolist() == corpus.documents.dtypes.astype(str).tolist()


def test_a_column_that_no_file_can_hold_is_refused(tmp_path: Path) -> None:
    moments = [pd.Timestamp("2024-02-04", tz="UTC"), pd.Timestamp("2024-02-04")]
    for number, odd in enumerate([moments, [Decimal("1e100"), Decimal("1e-100")]]):
        corpus = corpus_of(["satu", "dua"], odd=pd.Series(odd, dtype=object))
        with pytest.raises(CorpusError, match="column 'odd' holds values that cannot be written"):
            kit.save_corpus(corpus, tmp_path / f"saved{number}")
    assert list(tmp_path.iterdir()) == []


def test_set_aside_is_saved(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "good.txt").write_text("SURABAYA, CONTOH.com - Warga dilayani.\nBaca Juga: Harga", encoding="utf-8")
    (source / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 40)
    corpus = kit.load_corpus(source)
    kit.save_corpus(corpus, tmp_path / "saved")
    assert_same(open_corpus(tmp_path / "saved"), corpus)
    assert open_corpus(tmp_path / "saved").set_aside.source.tolist() == ["bad.txt"]


def test_texts_and_arrays_are_mapped_and_a_change_stays_here(tmp_path: Path) -> None:
    corpus = corpus_of(["Warga dilayani.", "ASN melayani warga."])
    kit.save_corpus(corpus, tmp_path / "saved")
    saved = open_corpus(tmp_path / "saved")
    base = saved.index.surface
    while isinstance(base, np.ndarray) and not isinstance(base, np.memmap):
        base = base.base
    assert isinstance(base, np.memmap)
    import pyarrow as pa

    part = Path(parts_of(tmp_path / "saved")[0].path)
    table = pa.ipc.open_file(pa.memory_map(str(part / "documents.arrow"))).read_all()
    before = pa.total_allocated_bytes()
    mapped = table.to_pandas(split_blocks=True)["text"].array._pa_array.chunk(0).buffers()[2]
    assert mapped.address == table["text"].chunk(0).buffers()[2].address
    assert pa.total_allocated_bytes() - before < 1000
    saved.index.surface[:] = 0
    documents = saved.documents
    documents.loc[0, "text"] = "other"
    assert_same(open_corpus(tmp_path / "saved", verify=True), corpus)


def test_a_saved_corpus_selects_and_pickles(tmp_path: Path) -> None:
    corpus = corpus_of(["Warga dilayani.", "ASN melayani warga. Ya.", "Satu"], outlet=["X", "Y", "X"])
    kit.save_corpus(corpus, tmp_path / "saved")
    saved = open_corpus(tmp_path / "saved")
    assert_same(
        saved.where(outlet="X"),
        corpus_of(["Warga dilayani.", "ASN melayani warga. Ya.", "Satu"], outlet=["X", "Y", "X"]).where(outlet="X"),
    )
    assert_same(pickle.loads(pickle.dumps(saved)), corpus)
    assert_same(pickle.loads(pickle.dumps(saved.where(outlet="Y"))), corpus.where(outlet="Y"))


def test_saving_twice_and_over_something_else(tmp_path: Path) -> None:
    corpus = corpus_of(["Warga."])
    folder = tmp_path / "saved"
    folder.mkdir()
    kit.save_corpus(corpus, folder)
    times = {file: file.stat().st_mtime_ns for file in folder.rglob("*")}
    kit.save_corpus(corpus, folder)
    assert times == {file: file.stat().st_mtime_ns for file in folder.rglob("*")}
    with pytest.raises(CorpusError, match="saved: holds another corpus -> give another folder"):
        kit.save_corpus(corpus_of(["ASN."]), folder)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep me")
    with pytest.raises(CorpusError, match="holds something else"):
        kit.save_corpus(corpus, tmp_path / "mine")
    assert (tmp_path / "mine" / "notes.txt").read_text() == "keep me"
    with pytest.raises(CorpusError, match="cannot be written"):
        kit.save_corpus(corpus, tmp_path / "mine" / "notes.txt" / "saved")


def test_opening_what_is_no_saved_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"^nothing: does not exist -> give a folder written by kit.save_corpus"):
        open_corpus(tmp_path / "nothing")
    with pytest.raises(CorpusError, match="is no saved corpus"):
        open_corpus(tmp_path)


def files_of(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_a_file_that_is_cut_gone_or_changed_is_named(tmp_path: Path) -> None:
    corpus = corpus_of(["Warga dilayani oleh ASN.", "ASN melayani warga. Cafe\u0301."])
    kit.save_corpus(corpus, tmp_path / "whole")
    for name in files_of(tmp_path / "whole"):
        for harm in ("cut", "gone", "longer", "changed"):
            folder = tmp_path / "harmed"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(tmp_path / "whole", folder)
            content = bytearray((folder / name).read_bytes())
            if harm == "cut":
                (folder / name).write_bytes(content[: len(content) // 2])
            elif harm == "gone":
                (folder / name).unlink()
            elif harm == "longer":
                (folder / name).write_bytes(content + b"}")
            else:
                content[len(content) // 2] ^= 1
                (folder / name).write_bytes(content)
            with pytest.raises(CorpusError) as caught:
                open_corpus(folder, verify=harm == "changed")
            assert caught.value.remedy
            if name != "corpus.json" or harm == "cut":
                assert name.rsplit("/", 1)[-1] in caught.value.place
            assert str(tmp_path) not in str(caught.value)


def sealed(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as the kit would have written them."""
    facts = {name: value for name, value in facts.items() if name != "seal"}
    return facts | {"seal": seal_of(facts)}


@pytest.mark.parametrize("parts", [1, 3])
def test_a_flipped_bit_is_named_when_the_file_is_first_read(tmp_path: Path, parts: int) -> None:
    frame = pd.DataFrame({"doc_id": list("abc"), "text": ["Warga dilayani oleh ASN.", "ASN melayani.", "Cafe\u0301."]})
    kit.add_articles(frame, tmp_path / "whole", partition_mb=0.00001 if parts > 1 else 1, clean=False)
    book = kit.load_codebook()

    def read_all(corpus: Any) -> None:
        """Touch every table that a file holds."""
        assert corpus.fingerprint
        for number in range(parts) if parts > 1 else [None]:
            part = corpus if number is None else corpus.part(number)
            _ = part.types, part.sentences, part.digests, part.sketches, part.set_aside
        kit.concept_frequencies(corpus, book)

    one_of_each = {Path(name).name: name for name in files_of(tmp_path / "whole")}  # those of the last part
    for name in one_of_each.values():
        if name.startswith(("vocabulary", "catalogue")[: 1 + (parts == 1)]) or name == ".lock":
            continue  # which is not read
        folder = tmp_path / f"harmed {name.replace('/', ' ')}"
        shutil.copytree(tmp_path / "whole", folder)
        content = bytearray((folder / name).read_bytes())
        content[-1 if name.endswith("npy") else len(content) // 2] ^= 4
        (folder / name).write_bytes(content)
        with pytest.raises(CorpusError, match=r"is not what was written|cannot be read|states no format"):
            read_all(open_corpus(folder, engine=1 if parts > 1 else None))
    read_all(open_corpus(tmp_path / "whole", engine=1 if parts > 1 else None))


def test_a_list_of_parts_without_its_seal_is_refused_and_one_of_the_format_before_is_read(tmp_path: Path) -> None:
    kit.save_corpus(corpus_of(["Warga dilayani."]), tmp_path / "saved")
    file = tmp_path / "saved" / "corpus.json"
    facts = json.loads(file.read_text())
    for changed in (
        facts | {"words": 3},
        facts | {"format": 3},
        {name: value for name, value in facts.items() if name != "seal"},
    ):
        file.write_text(json.dumps(changed))
        with pytest.raises(CorpusError, match=r"corpus\.json: is not what was written"):
            open_corpus(tmp_path / "saved")
    file.write_text(json.dumps({name: value for name, value in facts.items() if name != "seal"} | {"format": 3}))
    assert len(open_corpus(tmp_path / "saved", verify=True)) == 1


def test_what_is_sealed_but_does_not_fit_is_found_by_verifying(tmp_path: Path) -> None:
    one, other = corpus_of(["Warga dilayani."]), corpus_of(["ASN melayani."])
    kit.save_corpus(one, tmp_path / "one")
    kit.save_corpus(other, tmp_path / "other")
    file = tmp_path / "one" / "corpus.json"
    facts, strange = (json.loads((tmp_path / name / "corpus.json").read_text()) for name in ("one", "other"))
    file.write_text(json.dumps(sealed(facts | {"fingerprint": strange["fingerprint"]})))
    with pytest.raises(CorpusError, match=r"states a fingerprint that is not that of its parts"):
        open_corpus(tmp_path / "one", verify=True)
    [old], [new] = ((tmp_path / name / "parts").iterdir() for name in ("one", "other"))
    shutil.copytree(new, tmp_path / "one" / "parts" / new.name)
    file.write_text(json.dumps(sealed(facts | {"parts": strange["parts"]})))
    with pytest.raises(CorpusError, match=r"part\.json: is not the part that corpus\.json names"):
        open_corpus(tmp_path / "one", verify=True)
    assert old.exists()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("surface", lambda array: array + 1_000_000),
        ("surface", lambda array: array - 1_000_000),
        ("surface_type", lambda array: array[:-1]),
        ("document_tokens", lambda array: array[::-1]),
        ("sentence_tokens", lambda array: array + 1),
        ("word_bounds", lambda array: array * 2),
        ("term_kind", lambda array: array + 200),
        ("start", lambda array: array - 1_000_000),
    ],
)
def test_arrays_that_cannot_be_are_refused_before_anything_is_counted(name: str, change: Callable[[Any], Any]) -> None:
    corpus = corpus_of(["Warga dilayani oleh ASN.", "ASN melayani warga."])
    index = corpus.index
    words = {"word_bounds": index.words.bounds}
    harmed = change(words.get(name, getattr(index, name, None)))
    if name == "word_bounds":
        odd = replace(index, words=Words(index.words.data, harmed))
    else:
        odd = replace(index, **{name: harmed.astype(getattr(index, name).dtype)})
    assert misfit(index, 2) == ""
    assert misfit(odd, 2) == name


def test_other_rules_of_language_are_refused(tmp_path: Path) -> None:
    kit.save_corpus(corpus_of(["Warga."]), tmp_path / "saved")
    file = tmp_path / "saved" / "corpus.json"
    facts = json.loads(file.read_text())
    file.write_text(json.dumps(sealed(facts | {"rules": "0" * 16})))
    with pytest.raises(CorpusError, match=r"under other rules of language than this kit's -> run kit\.reindex_corpus"):
        open_corpus(tmp_path / "saved")


@pytest.mark.parametrize("found", [1, 99])
def test_another_format_is_refused_and_its_articles_added_anew(tmp_path: Path, found: int) -> None:
    source = tmp_path / "articles.csv"
    source.write_text("doc_id,text\na,Warga.\n", encoding="utf-8")
    kit.add_articles(source, tmp_path / "saved")
    file = tmp_path / "saved" / "corpus.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": found}))
    for refused in (
        lambda: open_corpus(tmp_path / "saved"),
        lambda: kit.reindex_corpus(tmp_path / "saved"),
        lambda: kit.add_articles(source, tmp_path / "saved"),
    ):
        with pytest.raises(CorpusError, match=f"has format {found}, this kit reads 4 -> use the kit that wrote it, or"):
            refused()
    kit.add_articles(source, tmp_path / "new")
    assert len(open_corpus(tmp_path / "new")) == 1


KILLED = """
import os, sys, pathlib
import pandas as pd
import kit
from kit.storage import files
from kit.storage import manifest
name, folder = sys.argv[1:]
def stop(*_args, **_kwargs):
    os._exit(9)
where = {"part": (files, "sizes_of"), "catalogue": (manifest.catalogue, "write"), "manifest": (manifest, "write_json")}
import kit.storage.save as store
if name == "part":
    store.sizes_of = stop
elif name == "catalogue":
    manifest.catalogue.write = stop
elif name == "manifest":
    manifest.write_json = stop
else:
    os.rename = pathlib.Path.rename = stop
from kit.storage.add import add_articles
add_articles(pd.DataFrame({"doc_id": ["z"], "text": ["Baru sekali."]}), folder, clean=False)
"""


@pytest.mark.parametrize("moment", ["part", "rename", "catalogue", "manifest"])
def test_a_writer_that_is_killed_leaves_the_old_corpus(tmp_path: Path, moment: str) -> None:
    corpus = corpus_of(["Warga dilayani.", "ASN melayani warga."])
    kit.save_corpus(corpus, tmp_path / "saved")
    done = subprocess.run([sys.executable, "-c", KILLED, moment, str(tmp_path / "saved")], check=False)
    assert done.returncode == 9
    assert_same(open_corpus(tmp_path / "saved", verify=True), corpus)
    from kit.storage.add import add_articles

    add_articles(pd.DataFrame({"doc_id": ["z"], "text": ["Baru sekali."]}), tmp_path / "saved", clean=False)
    whole = kit.Corpus.from_frame(
        pd.DataFrame({"doc_id": ["d0", "d1", "z"], "text": ["Warga dilayani.", "ASN melayani warga.", "Baru sekali."]}),
        clean=False,
    )
    assert open_corpus(tmp_path / "saved", verify=True).fingerprint == whole.fingerprint


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    corpus = corpus_of(["Warga."])
    kit.save_corpus(corpus, tmp_path / "saved")
    for file in [tmp_path, *tmp_path.rglob("*")]:
        file.chmod(0o555)
    try:
        assert_same(open_corpus(tmp_path / "saved", verify=True), corpus)
        with pytest.raises(CorpusError, match="cannot be written"):
            kit.save_corpus(corpus, tmp_path / "other")
    finally:
        for file in [tmp_path, *tmp_path.rglob("*")]:
            file.chmod(0o755)


def test_opening_writes_nothing(tmp_path: Path) -> None:
    kit.save_corpus(corpus_of(["Warga."]), tmp_path / "saved")
    before = {file: (file.stat().st_mtime_ns, file.stat().st_size) for file in tmp_path.rglob("*")}
    kit.term_frequencies(open_corpus(tmp_path / "saved"))
    assert before == {file: (file.stat().st_mtime_ns, file.stat().st_size) for file in tmp_path.rglob("*")}


def test_a_part_is_opened_by_what_it_is_found_by(tmp_path: Path) -> None:
    corpus = corpus_of(["Warga.", "ASN."])
    kit.save_corpus(corpus, tmp_path / "saved")
    [part] = parts_of(tmp_path / "saved")
    assert pickle.loads(pickle.dumps(part)) == part
    for name in (part, part.path, Path(part.path)):
        assert_same(open_part(name), corpus)
    assert part.fingerprint[:12] in part.path
    assert (part.documents, part.words, part.sentences, part.tokens) == (2, 2, 2, 4)
    with pytest.raises(CorpusError, match="is no part of the saved corpus"):
        open_part(f"{part.path}x")


def test_an_engine_asks_for_parts(tmp_path: Path) -> None:
    corpus = corpus_of(["Warga dilayani.", "ASN melayani warga."])
    kit.save_corpus(corpus, tmp_path / "saved")
    parted = open_corpus(tmp_path / "saved", engine=1)
    assert isinstance(parted, PartedCorpus)
    assert parted.fingerprint == corpus.fingerprint == read_manifest(tmp_path / "saved").fingerprint


def test_load_corpus_opens_what_is_saved_in_one_part_or_many(tmp_path: Path) -> None:
    corpus = corpus_of(["ASN melayani warga.", "Warga dilayani."])
    kit.save_corpus(corpus, tmp_path / "saved")
    assert kit.load_corpus(tmp_path / "saved").fingerprint == corpus.fingerprint
    kit.add_articles(pd.DataFrame({"doc_id": ["zz"], "text": ["Warga."]}), tmp_path / "saved")
    parts = kit.load_corpus(tmp_path / "saved")
    assert isinstance(parts, PartedCorpus)
    assert (parts.parts, len(parts)) == (2, 3)
    assert parts.fingerprint == kit.open_corpus(tmp_path / "saved").fingerprint
