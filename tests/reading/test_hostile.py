"""One bad file, name, row or cell is set aside and named; all the others are read."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import KitError, ReadingError
from kit.reading import article
from kit.reading.formats import packed, web_archive
from kit.reading.formats.packed import Bound, bounded

GOOD = "Pelayanan publik dibuka. Warga dilayani."
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")


def bad_file_name(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/b\xff.txt", "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(GOOD.encode())


def bad_folder_name(folder: Path) -> None:
    place = os.fsencode(folder) + b"/lama\xe9"
    os.mkdir(place)  # noqa: PTH102
    with open(place + b"/c.txt", "wb") as file:  # noqa: PTH123
        file.write(GOOD.encode())


def deep(folder: Path) -> None:
    place = folder.joinpath(*["x"] * 120)
    place.mkdir(parents=True)
    (place / "z.txt").write_text(GOOD)


def loop(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "again").symlink_to(folder)


def twice(folder: Path) -> None:
    (folder / "one").mkdir()
    (folder / "one" / "b.txt").write_text("Loket dibuka.")
    (folder / "two").symlink_to(folder / "one")


def long_article(folder: Path) -> None:
    (folder / "long.txt").write_text("Warga dilayani. " * 100)


def many_times(folder: Path) -> None:
    with zipfile.ZipFile(folder / "z.zip", "w", zipfile.ZIP_DEFLATED) as inside:
        inside.writestr("b.txt", "Warga. " * 150_000)


def many_times_gzip(folder: Path) -> None:
    (folder / "g.jsonl.gz").write_bytes(gzip.compress(b'{"text": "' + b"Warga. " * 150_000 + b'"}'))


@pytest.mark.parametrize(
    ("make", "source", "problem"),
    [
        pytest.param(bad_file_name, "b\\xff.txt", "has a name that is not in UTF-8", marks=LINUX),
        pytest.param(bad_folder_name, "lama\\xe9", "has a name that is not in UTF-8", marks=LINUX),
        (deep, "x/x/", "lies more than 100 folders deep"),
        (loop, "sub/again", "is a link to a folder above it"),
        (twice, "two", "leads to a folder that was read already"),
        (long_article, "long.txt", "has 1,600 characters, more than 1,000"),
        (many_times, "z.zip/b.txt", "unpacks into more than 200 times its size, or 20 GB"),
        (many_times_gzip, "g.jsonl.gz", "unpacks into more than 200 times its size, or 20 GB"),
    ],
)
def test_one_bad_thing_is_set_aside_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], source: str, problem: str
) -> None:
    monkeypatch.setattr(article, "LONGEST", 1_000 if make is long_article else article.LONGEST)
    (tmp_path / "a.txt").write_text(GOOD)
    make(tmp_path)
    corpus = kit.load_corpus(tmp_path)
    assert "a" in corpus.documents["doc_id"].tolist()
    assert len(corpus) == 1 + (make is twice)
    [aside] = corpus.set_aside.to_dict("records")
    assert aside["source"].startswith(source)
    assert aside["problem"] == problem
    assert aside["remedy"]


def test_half_a_character_stops_its_cell_alone(tmp_path: Path) -> None:
    rows = [
        r'{"doc_id": "a", "text": "Satu.", "title": "x\ud800y", "outlet": "Kabar"}',
        r'{"doc_id": "b", "text": "Dua.", "k\ud800": "z", "outlet": "Warta"}',
        r'{"doc_id": "c", "text": "Tiga \udc00."}',
        '{"doc_id": "d", "text": "Empat.", "x": ' + "[" * 5_000 + "]" * 5_000 + "}",
        '{"doc_id": "e", "text": "Lima."}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="ascii")
    corpus = kit.load_corpus(tmp_path / "a.jsonl")
    assert corpus.documents["doc_id"].tolist() == ["a", "b", "e"]
    assert corpus.documents["outlet"].tolist() == ["Kabar", "Warta", ""]
    assert len(corpus.set_aside) == 4
    assert corpus.set_aside["problem"].str.contains(r"half a character|nested too deep").all()


def test_a_bound_can_be_raised_where_it_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = tmp_path / "study"
    (study / "corpus").mkdir(parents=True)
    many_times(study / "corpus")
    (study / "pyproject.toml").write_text('[tool.kit]\nunpack = "2000"\n')
    monkeypatch.chdir(study)
    assert len(kit.load_corpus("corpus")) == 1
    (study / "pyproject.toml").write_text('[tool.kit]\nunpack = "0"\n')
    with pytest.raises(KitError, match=r"unpack = '0' -> use a number from 1 on"):
        kit.load_corpus("corpus")


@given(st.binary(max_size=300), st.integers(1, 40))
def test_what_is_within_its_bound_is_read_as_it_is(content: bytes, size: int) -> None:
    bound = Bound(1, 1)
    with bounded(io.BytesIO(content), bound, "x") as stream:
        found = b"".join(iter(lambda: stream.read(size), b""))
    assert found == content
    with bounded(io.BytesIO(content), Bound(1, 1), "x") as stream:
        assert list(stream) == list(io.BytesIO(content))


def test_what_is_beyond_its_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_LEAST", 10)
    with (
        bounded(io.BytesIO(b"x" * 101), Bound(50, 2), "x.gz") as stream,
        pytest.raises(ReadingError, match=r"x\.gz: unpacks into more than 2 times its size"),
    ):
        stream.read()
    with bounded(io.BytesIO(b"x" * 100), Bound(50, 2), "x.gz") as stream:
        assert len(stream.read()) == 100


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("gzip", lambda body: gzip.compress(body[:100]) + gzip.compress(body[100:])),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("br", brotli.compress),
        ("zstd", zstandard.ZstdCompressor().compress),
    ],
)
def test_a_page_is_unpacked_whole_up_to_a_bound(
    monkeypatch: pytest.MonkeyPatch, name: str, pack: Callable[[bytes], bytes]
) -> None:
    body = b"<html>" + bytes(range(256)) * 40
    assert web_archive._decompressed(pack(body), name) == body
    monkeypatch.setattr(web_archive, "_LARGEST", 1_000)
    assert 1_000 < len(web_archive._decompressed(pack(b"<html>" + b"x" * 10_000_000), name)) < 100_000
