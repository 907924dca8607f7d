"""Importing articles: whole, once, resumable; read and set aside are what was found."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import ReadingError
from kit.reading.formats.contract import Options
from kit.storage.imports import ASIDE, Import, import_articles

ROWS = [{"judul": f"Judul {n}", "isi": f"Warga ke-{n} dilayani.\nBaris dua.", "media": "Contoh"} for n in range(9)]


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _file: None)


def inbox(folder: Path) -> Path:
    """Files of several kinds, some of them bad."""
    folder.mkdir()
    (folder / "a.csv").write_text(pd.DataFrame(ROWS).to_csv(index=False), encoding="utf-8")
    (folder / "b.jsonl").write_text(
        "\n".join(
            json.dumps(row)
            for row in (
                {"id": "x/1?", "content": "Loket dibuka.", "publish_date": "2024-02-05T20:00:00Z", "views": 3},
                {"id": "CON", "content": "Loket ditutup."},
                {"id": "con", "content": "Loket pindah."},
                {"id": "y", "content": None},
                {"id": "CON", "content": "Teks lain."},
            )
        ),
        encoding="utf-8",
    )
    (folder / "c.txt").write_bytes(b"Antrean panjang.\r\nDi loket.")
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 rusak")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def sound(done: Import) -> None:
    lost = done.set_aside["problem"].str.contains("no text|doc_id|damaged", regex=True).sum()
    assert done.found == len(done.articles) + lost


def test_every_article_becomes_a_text_and_a_row(tmp_path: Path) -> None:
    done = import_articles([inbox(tmp_path / "in")], tmp_path / "corpus", Options())
    sound(done)
    assert (done.found, done.added, done.already, len(done.articles)) == (16, 13, 0, 13)
    assert done.set_aside["source"].tolist() == ["b.jsonl#4", "b.jsonl#5", "d.pdf"]
    corpus = kit.load_corpus(tmp_path / "corpus")
    assert len(corpus) == 13
    assert len(corpus.set_aside) == 0
    documents = corpus.documents.set_index("doc_id")
    assert documents.loc["x/1?", ["date", "views", "origin"]].tolist() == ["2024-02-06", "3", "b.jsonl#1"]
    assert documents.loc["con", "text"] == "Loket pindah."
    assert documents["origin_sha256"].str.len().eq(64).all()
    texts = {name: content for name, content in files(tmp_path / "corpus").items() if name.startswith("articles/")}
    assert b"Antrean panjang.\r\nDi loket." in texts.values()
    assert len({name.casefold() for name in texts}) == 13
    assert (tmp_path / "corpus" / ASIDE).read_text(encoding="utf-8").count("\n") == 4


def test_names_say_outlet_date_and_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("isi,media,tanggal\nLoket dibuka.,Radar Contoh,5/2/2024\n", encoding="utf-8")
    [name] = import_articles([tmp_path / "a.csv"], tmp_path / "c", Options()).articles["doc_id"]
    assert name == "radar-contoh-2024-02-05-efd34e"  # sha256 of the text, by another program


def test_what_is_there_is_not_added_again(tmp_path: Path) -> None:
    paths, corpus = [inbox(tmp_path / "in")], tmp_path / "corpus"
    import_articles(paths, corpus, Options())
    before = files(corpus)
    again = import_articles(paths, corpus, Options())
    assert (again.added, again.already) == (0, 13)
    assert files(corpus) == before


def test_an_import_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.storage.imports._Folder.at_once", 2)
    paths = [inbox(tmp_path / "in")]
    import_articles(paths, tmp_path / "whole", Options())

    def stop(self: object, article: object, home: Path, write: object = kit.storage.imports._Folder._write) -> str:
        if len(list(home.glob("*.txt"))) == 7:
            raise KeyboardInterrupt
        return write(self, article, home)  # type: ignore[operator, no-any-return]

    with monkeypatch.context() as patch:
        patch.setattr("kit.storage.imports._Folder._write", stop)
        with pytest.raises(KeyboardInterrupt):
            import_articles(paths, tmp_path / "stopped", Options())
    assert len(list((tmp_path / "stopped" / "articles").glob("*.txt"))) == 7
    import_articles(paths, tmp_path / "stopped", Options())
    assert files(tmp_path / "stopped") == files(tmp_path / "whole")


def test_a_dry_run_writes_nothing_and_says_the_same(tmp_path: Path) -> None:
    paths = [inbox(tmp_path / "in")]
    dry = import_articles(paths, tmp_path / "corpus", Options(), dry_run=True)
    assert not (tmp_path / "corpus").exists()
    done = import_articles(paths, tmp_path / "corpus", Options())
    assert (dry.found, dry.added) == (done.found, done.added)
    pd.testing.assert_frame_equal(dry.articles, done.articles)
    pd.testing.assert_frame_equal(dry.set_aside, done.set_aside)


def test_rows_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "articles").mkdir(parents=True)
    (corpus / "articles" / "lama.txt").write_text("Teks lama.", encoding="utf-8")
    (corpus / "articles.csv").write_bytes(b"\xef\xbb\xbffile;doc_id;tema\r\nlama.txt;x/1?;izin\r\n")
    done = import_articles([inbox(tmp_path / "in")], corpus, Options())
    assert "x/1?" in done.set_aside["problem"][0] or done.set_aside["problem"].str.contains("x/1?", regex=False).any()
    content = (corpus / "articles.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbffile;doc_id;tema;")
    assert content.splitlines()[1].startswith(b"lama.txt;x/1?;izin;")
    assert len(kit.load_corpus(corpus)) == 13


def test_a_broken_articles_csv_is_never_written_over(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "articles.csv").write_text('file,title\na.txt,"Satu\n', encoding="utf-8")
    with pytest.raises(ReadingError, match=r"articles\.csv, line 2: has a quotation mark that is not closed"):
        import_articles([inbox(tmp_path / "in")], corpus, Options())
    assert files(corpus) == {"articles.csv": b'file,title\na.txt,"Satu\n'}


def test_many_go_into_a_saved_corpus(tmp_path: Path) -> None:
    paths, corpus = [inbox(tmp_path / "in")], tmp_path / "corpus"
    done = import_articles(paths, corpus, Options(), many=5)
    assert done.saved == corpus / "saved"
    assert done.added == 13
    assert len(kit.open_corpus(corpus / "saved")) == 13
    again = import_articles(paths, corpus, Options(), many=5)
    assert (again.added, again.already) == (0, 13)
    (tmp_path / "in" / "e.txt").write_text("Satu lagi.", encoding="utf-8")
    assert import_articles(paths, corpus, Options(), many=5).added == 1


def test_a_text_that_would_be_read_as_another_kind_is_set_aside(tmp_path: Path) -> None:
    rows = [{"id": n, "text": text} for n, text in enumerate(["{\\rtf1 x}", "Warga."])]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = import_articles([tmp_path / "a.jsonl"], tmp_path / "c", Options())
    assert (done.found, done.added, len(done.set_aside)) == (2, 1, 1)
