"""ZIP and WARC: what is inside, once, whatever it is packed with; what is broken is named."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from bisect import bisect
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import kit
from kit.reading.formats.web_archive import _unchunked

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio's writer, not ours


def page(text: str, canonical: str = "") -> bytes:
    link = f"<link href='{canonical}' rel=canonical>" if canonical else ""
    body = f"<article><p>{text} Warga dilayani di loket kota.</p><p>Kata petugas, {text}.</p></article>"
    return f"<!doctype html><html><head><meta charset=utf-8>{link}</head><body>{body}</body></html>".encode()


def archive(
    file: Path, records: list[tuple[str, str, list[tuple[str, str]], bytes, str]], *, packed: bool = True
) -> None:
    """Records: address, day, headers beside Content-Type, body, status."""
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=packed)
        for url, day, headers, body, status in records:
            stated = StatusAndHeaders(status, [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1")
            when = {"WARC-Date": f"2024-01-{day}T00:00:00Z"}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", io.BytesIO(body), http_headers=stated, warc_headers_dict=when
                )
            )


OK = "200 OK"


@pytest.mark.parametrize("packed", [True, False])
def test_an_address_counts_once_as_it_was_captured_last(tmp_path: Path, packed: bool) -> None:
    records = [
        ("https://www.contoh.example/a?utm_source=x", "05", [], page("Baru"), OK),
        ("http://contoh.example/a/", "03", [], page("Lama"), OK),
        ("https://contoh.example/a?page=2", "01", [], page("Halaman dua"), OK),
        ("https://m.contoh.example/b", "01", [], page("Satu", "https://contoh.example/b"), OK),
        ("https://contoh.example/b", "02", [], page("Dua"), OK),
        ("https://contoh.example/c", "01", [], b"<html>hilang</html>", "404 Not Found"),
    ]
    archive(tmp_path / "a.warc", records, packed=packed)
    frame = kit.read_articles(tmp_path / "a.warc")
    assert [text.split(" Warga")[0] for text in frame["text"]] == ["Baru", "Halaman dua", "Dua"]
    assert frame["captured"].tolist() == ["2024-01-05T00:00:00Z", "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"]
    problems = [row["problem"] for row in frame.attrs["set_aside"]]
    assert [problem.split(" ")[:4] for problem in problems] == [
        ["is", "an", "older", "capture"],
        ["is", "an", "older", "capture"],
        ["the", "server", "answered", "404"],
    ]
    assert frame.attrs["found"] == len(records)


CHUNKS = b"5\r\n" + page("Satu")[:5] + b"\r\nfff;x=1\r\n" + page("Satu")[5:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([("Content-Encoding", "deflate")], zlib.compress(page("Satu"))),
        ([("Content-Encoding", "deflate")], zlib.compress(page("Satu"))[2:-4]),
        ([("Content-Encoding", "gzip")], page("Satu")),  # as archives have it that unpack but keep the header
        ([("Content-Encoding", "GZIP")], gzip.compress(page("Satu"))),
        (
            [("Transfer-Encoding", "chunked")],
            b"5\r\n" + page("Satu")[:5] + b"\r\nfff;x=1\r\n" + page("Satu")[5:] + b"\r\n0\r\n\r\n",
        ),
        ([("Transfer-Encoding", "chunked")], page("Satu")),
        ([("Content-Encoding", "identity")], page("Satu")),
    ],
)
def test_bodies_however_they_are_packed(tmp_path: Path, headers: list[tuple[str, str]], body: bytes) -> None:
    archive(tmp_path / "a.warc.gz", [("https://contoh.example/a", "01", headers, body, OK)])
    assert kit.read_articles(tmp_path)["text"][0].startswith("Satu Warga dilayani")


@pytest.mark.parametrize("name", ["br", "zstd", "gzip", "entah"])
def test_a_broken_body_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    start = {"br": b"\x8b\x00", "zstd": b"\x28\xb5\x2f\xfd", "gzip": b"\x1f\x8b"}.get(name, b"")
    broken = ("https://contoh.example/b", "01", [("Content-Encoding", name)], start + b"\xff" * 40, OK)
    archive(tmp_path / "a.warc.gz", [broken, ("https://contoh.example/a", "01", [], page("Satu"), OK)])
    frame = kit.read_articles(tmp_path)
    assert len(frame) == 1
    [row] = frame.attrs["set_aside"]
    assert row["problem"].startswith("has a body that cannot be decompressed")
    assert capfd.readouterr().err == ""


def test_an_archive_that_breaks_off(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    archive(
        tmp_path / "a.warc.gz", [(f"https://contoh.example/{n}", "01", [], page(f"Nomor {n}"), OK) for n in range(6)]
    )
    data = (tmp_path / "a.warc.gz").read_bytes()
    begins = [found.start() for found in re.finditer(b"\x1f\x8b\x08", data)]
    inside = bisect(begins, len(data) * 2 // 3)
    (tmp_path / "a.warc.gz").write_bytes(data[: (begins[inside - 1] + begins[inside]) // 2])  # in mid record
    frame = kit.read_articles(tmp_path)
    assert 3 <= len(frame) <= 4
    assert any("break" in row["problem"] or "cannot" in row["problem"] for row in frame.attrs["set_aside"])
    assert capfd.readouterr().err == ""


def test_chunks() -> None:
    assert _unchunked(b"3\r\nabc\r\n2;a=b\r\nde\r\n0\r\n\r\n") == b"abcde"
    assert _unchunked(b"3\r\nabc\r\n") == b"abc"
    assert _unchunked(b"<html>\r\n") == b"<html>\r\n"


def test_a_zip_holds_files_of_any_kind(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as inside:
        inside.writestr("dalam.txt", "Di dalam lagi.")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as inside:
        inside.writestr("2024/a.txt", "Satu.")
        inside.writestr("2024/b.html", page("Dua"))
        inside.writestr("c.csv", "id;isi\nx;Tiga.\n")
        inside.writestr("d.zip", inner.getvalue())
        inside.writestr("e.exe", b"MZ\x00")
        inside.writestr("f.pdf", b"%PDF-1.4 rusak")
        inside.writestr("../../g.txt", "Empat.")
        inside.writestr(".DS_Store", b"\x00")
    frame = kit.read_articles(tmp_path / "a.zip")
    assert frame["source"].str.removeprefix("a.zip/").tolist() == [
        "../../g.txt", "2024/a.txt", "2024/b.html", "c.csv#2", "d.zip/dalam.txt"
    ]  # fmt: skip
    assert {row["source"] for row in frame.attrs["set_aside"]} == {"a.zip/e.exe", "a.zip/f.pdf"}
    assert not (tmp_path.parent / "g.txt").exists()
    assert frame.attrs["found"] == 7
