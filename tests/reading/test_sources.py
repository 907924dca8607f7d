"""From files to raw articles, and what is set aside."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.metadata import KNOWN
from kit.reading.sources import read_source

NOTHING = dict.fromkeys(KNOWN[1:], "")


@pytest.fixture
def corpus(tmp_path):
    """A corpus folder whose path has a blank and a letter beyond ASCII."""
    folder = tmp_path / "korpus é 1"
    (folder / "articles").mkdir(parents=True)
    return folder


def write(folder, name, content="Loket dibuka."):
    file = folder / "articles" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def aside(table):
    return {(row.source, row.problem) for row in table.itertuples()}


def test_a_folder_of_texts_without_metadata(corpus):
    write(corpus, "b.txt", "Dua.\r\n")
    write(corpus, "2024/a.txt", b"\xef\xbb\xbfSatu.")
    articles, table = read_source(corpus)
    assert articles == [
        RawArticle(
            "a", "articles/2024/a.txt", hashlib.sha256(b"\xef\xbb\xbfSatu.").hexdigest(), "utf-8-sig", "Satu.", NOTHING
        ),
        RawArticle("b", "articles/b.txt", hashlib.sha256(b"Dua.\r\n").hexdigest(), "utf-8", "Dua.\r\n", NOTHING),
    ]
    assert table.columns.tolist() == ["source", "problem", "remedy"]
    assert len(table) == 0
    assert {str(dtype) for dtype in table.dtypes} == {str(pd.Series([], dtype="str").dtype)}


def test_texts_directly_in_the_folder(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Satu.")
    (tmp_path / "README.md").write_bytes(b"bukan artikel")
    articles, table = read_source(tmp_path)
    assert [article.source for article in articles] == ["a.txt"]
    assert len(table) == 0


def test_metadata_are_joined_by_file(corpus):
    write(corpus, "2024/a.txt")
    write(corpus, "b.txt")
    (corpus / "articles.csv").write_bytes(
        b"\xef\xbb\xbffile;doc_id;title;date;tema\r\n\r\n2024/a.txt;izin-1;Satu;4/2/2024;izin\r\narticles/b.txt;;;;pajak\r\n"
    )
    articles, table = read_source(corpus)
    assert [article.doc_id for article in articles] == ["b", "izin-1"]
    assert articles[1].metadata == NOTHING | {"title": "Satu", "date": "2024-02-04", "tema": "izin"}
    assert articles[0].metadata == NOTHING | {"tema": "pajak"}
    assert len(table) == 0


def test_bad_metadata_are_set_aside_with_their_row(corpus):
    write(corpus, "a.txt")
    write(corpus, "b.txt")
    (corpus / "articles.csv").write_bytes(
        b"file,date,title\na.txt,kemarin,Satu\ngone.txt,,\na.txt,,Lagi\n,,Tanpa berkas\nb.txt,,Dua,lebih\n"
    )
    articles, table = read_source(corpus)
    assert [(article.doc_id, article.metadata["title"], article.metadata["date"]) for article in articles] == [
        ("a", "Satu", ""),
        ("b", "", ""),
    ]
    assert aside(table) == {
        ("articles.csv, row 2", "date 'kemarin' is not a date the kit can read"),
        ("articles.csv, row 3", "names a missing file, 'gone.txt'"),
        ("articles.csv, row 4", "describes 'a.txt' again, after row 2"),
        ("articles.csv, row 5", "names no file"),
        ("articles.csv, row 6", "has 4 cells, the heading has 3"),
    }
    assert table["remedy"].str.len().min() > 0


@pytest.mark.parametrize("content", [b"", b"judul\nSatu\n", b"file\n\x81\x8d\n"])
def test_unusable_metadata_are_reported_and_the_texts_are_read(corpus, content):
    write(corpus, "a.txt")
    (corpus / "articles.csv").write_bytes(content)
    articles, table = read_source(corpus)
    assert [article.doc_id for article in articles] == ["a"]
    assert len(table) == 1
    assert table["source"][0].startswith("articles.csv")


def test_bad_files_never_stop_the_rest(corpus):
    write(corpus, "good.txt")
    write(corpus, "empty.txt", b"")
    write(corpus, "binary.txt", b"\x00\x01\x02")
    write(corpus, "word.txt", b"PK\x03\x04....")
    write(corpus, "broken.txt", b"teks \x81\x8d")
    write(corpus, "scan.pdf", b"%PDF")
    write(corpus, "other/good.txt", "Loket lain.")
    for name in (".DS_Store", "~$good.txt", "good.txt~", ".ipynb_checkpoints/good.txt", "#good.txt#", "Thumbs.db"):
        write(corpus, name, b"\x00")
    articles, table = read_source(corpus)
    assert [article.source for article in articles] == ["articles/good.txt"]
    assert set(table["source"]) == {
        "articles/empty.txt",
        "articles/binary.txt",
        "articles/word.txt",
        "articles/broken.txt",
        "articles/scan.pdf",
        "articles/other/good.txt",
    }
    again = dict(aside(table))
    assert again["articles/other/good.txt"] == "has the doc_id 'good' of articles/good.txt"
    assert table["remedy"].str.len().min() > 0


def test_file_names_are_compared_in_composed_form(corpus):
    write(corpus, unicodedata.normalize("NFD", "kafé.txt"))
    (corpus / "articles.csv").write_text("file,title\nkafé.txt,Satu\n", encoding="utf-8")
    articles, table = read_source(corpus)
    assert [(article.doc_id, article.metadata["title"]) for article in articles] == [("kafé", "Satu")]
    assert len(table) == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_links_pipes_and_refusals(corpus, monkeypatch):
    write(corpus, "a.txt")
    locked = write(corpus, "locked.txt")
    (corpus / "articles" / "loop").symlink_to(corpus / "articles", target_is_directory=True)
    (corpus / "articles" / "gone.txt").symlink_to(corpus / "nowhere.txt")
    (corpus / "articles" / "self.txt").symlink_to(corpus / "articles" / "self.txt")
    os.mkfifo(corpus / "articles" / "pipe.txt")
    open_file = Path.open

    def refusing(file, *how, **more):
        if file == locked:
            raise PermissionError(13, "Permission denied", str(file))
        return open_file(file, *how, **more)

    monkeypatch.setattr(Path, "open", refusing)
    articles, table = read_source(corpus)
    assert [article.doc_id for article in articles] == ["a"]
    assert set(table["source"]) == {
        "articles/loop",
        "articles/gone.txt",
        "articles/self.txt",
        "articles/pipe.txt",
        "articles/locked.txt",
    }
    assert not table["problem"].str.contains(str(corpus), regex=False).any(), "no path of this machine"


def test_a_linked_folder_is_read(corpus, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_bytes(b"Satu.")
    (corpus / "articles" / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert [article.source for article in read_source(corpus)[0]] == ["articles/linked/a.txt"]


@pytest.mark.parametrize("content", [None, b""])
def test_a_folder_without_a_usable_article(corpus, content):
    if content is not None:
        write(corpus, "a.txt", content)
    with pytest.raises(ReadingError, match="no usable article") as caught:
        read_source(corpus)
    assert caught.value.remedy
    assert ("is empty" in str(caught.value)) == (content is not None)


def test_one_text_file(tmp_path):
    file = tmp_path / "artikel satu.txt"
    file.write_bytes("“Loket” dibuka.".encode("cp1252"))
    articles, _ = read_source(file)
    assert [(a.doc_id, a.source, a.encoding, a.text) for a in articles] == [
        ("artikel satu", "artikel satu.txt", "cp1252", "“Loket” dibuka.")
    ]


@pytest.mark.parametrize("name", ["gone", "gone.txt", "gone.csv"])
def test_what_does_not_exist(tmp_path, name):
    with pytest.raises(ReadingError, match="does not exist"):
        read_source(tmp_path / name)


def test_a_corpus_that_is_named_from_the_folder_of_the_notebooks(tmp_path, monkeypatch):
    (tmp_path / "korpus").mkdir()
    (tmp_path / "kajian saya" / "notebooks").mkdir(parents=True)
    (tmp_path / "kajian saya" / "notebooks" / "01_korpus.ipynb").touch()
    monkeypatch.chdir(tmp_path / "kajian saya" / "notebooks")
    with pytest.raises(ReadingError, match=r"from here it is \.\./\.\./korpus; kit\.load_settings\(\)"):
        read_source(Path("korpus"))


def test_a_file_of_another_kind(tmp_path):
    (tmp_path / "a.exe").write_bytes(b"MZ\x00\x04")
    with pytest.raises(ReadingError, match=r"a\.exe: is of no kind that is read -> save its text as \.txt"):
        read_source(tmp_path / "a.exe")


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz"])
def test_a_csv_table(tmp_path, suffix):
    data = (
        "ID;Text;date;tema;source;outlet\r\nb;Dua.;5 Februari 2024;izin;arsip;\r\n\r\n"
        'a;"Satu.\r\nBaris kedua.";;;;\r\nb;Lagi.;;;;\r\nc;;;;;\r\n'
    )
    file = tmp_path / f"data{suffix}"
    file.write_bytes(gzip.compress(data.encode()) if suffix.endswith("gz") else data.encode())
    articles, table = read_source(file)
    assert [(a.doc_id, a.source, a.text) for a in articles] == [
        ("a", f"data{suffix}#4", "Satu.\r\nBaris kedua."),
        ("b", f"data{suffix}#2", "Dua."),
    ]
    assert articles[1].metadata == NOTHING | {"date": "2024-02-05", "tema": "izin", "source_stated": "arsip"}
    assert articles[1].sha256 == hashlib.sha256(b"Dua.").hexdigest()
    assert aside(table) == {
        (f"data{suffix}#5", f"has the doc_id 'b' of data{suffix}#2"),
        (f"data{suffix}#6", "has no text"),
    }


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_a_json_lines_table(tmp_path, suffix):
    lines = [
        json.dumps({"id": 7, "text": "Satu.", "kata": 3, "benar": True, "kosong": None, "daftar": ["a", "b"]}),
        "",
        '{"id": "x", "text": ',
        "[1, 2]",
        '{"id": "y", "text": null}',
        '{"id": "z", "text": "\\ud800"}',
        json.dumps({"text": "Tanpa nama."}),
    ]
    data = b"\xef\xbb\xbf" + "\r\n".join(lines).encode() + b'\n{"id": "w", "text": "\xff"}\n'
    file = tmp_path / f"data{suffix}"
    file.write_bytes(gzip.compress(data) if suffix.endswith("gz") else data)
    articles, table = read_source(file)
    assert [(a.doc_id, a.text) for a in articles] == [("7", "Satu."), ("data-0000007", "Tanpa nama.")]
    assert articles[0].metadata == NOTHING | {"kata": 3, "benar": True, "kosong": None, "daftar": "a; b"}
    assert [source.split("#")[1] for source in table["source"]] == ["3", "4", "5", "6", "8"]
    assert table["remedy"].str.len().min() > 0


def test_a_table_that_breaks_off(tmp_path):
    lines = [json.dumps({"id": str(n), "text": hashlib.sha256(bytes([n])).hexdigest() * 50}) for n in range(200)]
    whole = gzip.compress("\n".join(lines).encode())
    file = tmp_path / "data.jsonl.gz"
    file.write_bytes(whole[: len(whole) * 3 // 4])
    articles, table = read_source(file)
    assert 100 < len(articles) < 200
    assert table["source"][0] == f"data.jsonl.gz, after line {len(articles)}"


def test_a_table_without_texts(tmp_path):
    (tmp_path / "data.csv").write_bytes(b"id,uraian\n1,Satu\n")
    with pytest.raises(ReadingError, match="no column 'text'"):
        read_source(tmp_path / "data.csv")


def test_the_order_of_files_changes_nothing(corpus, monkeypatch):
    for name in ("c.txt", "a/b.txt", "a.txt", "b/a2.txt"):
        write(corpus, name, name)
    first = read_source(corpus)[0]
    iterdir = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter(sorted(iterdir(folder), reverse=True)))
    assert read_source(corpus)[0] == first
    assert [article.doc_id for article in first] == ["a", "a2", "b", "c"]


@pytest.mark.data
def test_a_published_table(shared_data):
    articles, table = read_source(shared_data / "clickid_news" / "kompas.jsonl.gz")
    assert len(articles) == 3253
    assert len(table) == 0
    assert articles[0].doc_id == "kompas-00000"
    assert articles[0].metadata["date"] == "2019-10-09"
    assert set(articles[0].metadata) > {"outlet", "category", "subcategory"}
