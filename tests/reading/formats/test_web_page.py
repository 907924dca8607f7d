"""Pages: the article whole, in its lines, and nothing stated that the page does not state."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import kit
from kit.reading.formats.web_page import read_page

PARTS = [
    "KOTA CONTOH, CONTOH.com - Wali kota membuka loket.",
    "Warga senang.",
    "Baca juga: <a href='/x'>Antrean Panjang di Loket</a>",
    "“Kami melayani,” kata <a href='/tag/budi'>Budi</a>, <em>kepala</em> dinas.",
    "Singkat.",
    "(ris/van)",
]
LONG = [
    f"Paragraf ke-{row}: warga mendatangi loket <b>pelayanan</b> terpadu, kata <a href='/t'>petugas</a> pada hari itu."
    for row in range(20)
]
PICTURE = "<figure><img src='x'><figcaption>Foto</figcaption></figure>"
OTHERS = "<li><a href='/'>Lain</a></li>" * 9
MENU = "<nav><a href='/'>Beranda</a> <a href='/p'>Politik</a></nav>"


def page(body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>Loket - CONTOH.com</title>{head}</head><body>{MENU}"
        f"{body}<footer>Hak cipta</footer></body></html>"
    )


def paragraphs(parts: list[str]) -> str:
    return "".join(f"<p>{part}</p>" for part in parts)


LAYOUTS = {
    "article": lambda parts: f"<article><h1>Loket</h1>{paragraphs(parts)}</article>",
    "class": lambda parts: f"<div class='detail__body-text'>{paragraphs(parts)}</div>",
    "breaks": lambda parts: f"<div id='isi'><h1>Loket</h1>{'<br><br>'.join(parts)}</div>",
    "breaks in a paragraph": lambda parts: f"<article><p>{'<br/><br/>'.join(parts)}</p></article>",
    "divisions": lambda parts: f"<div class='content'>{''.join(f'<div>{part}</div>' for part in parts)}</div>",
    "spans": lambda parts: f"<article>{''.join(f'<p><span>{part}</span></p>' for part in parts)}</article>",
    "picture": lambda parts: (
        f"<article><figure><img src='x'><figcaption>Foto</figcaption></figure>{paragraphs(parts)}</article>"
    ),
    "comments": lambda parts: f"<article>{paragraphs(parts)}</article><div id='comments'><p>Bagus sekali!</p></div>",
    "related": lambda parts: (
        f"<article>{paragraphs(parts)}</article><div class='related'><ul>{'<li><a href=/>Lain</a>' * 9}</ul></div>"
    ),
}


def test_a_short_article_below_long_menus() -> None:
    menu = "".join(f"<li><a href='/{row}'>Kanal berita nomor {row} dari kota</a></li>" for row in range(60))
    text, _, _ = read_page(page(f"<div class='menu'><ul>{menu}</ul></div><div>{paragraphs(PARTS[:2])}</div>"), "a.html")
    assert text.split("\n") == PARTS[:2]


@pytest.mark.parametrize("parts", [PARTS, PARTS[:1] + LONG + PARTS[2:], PARTS[1:2]], ids=["short", "long", "one"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_article_is_read_in_its_lines(layout: str, parts: list[str]) -> None:
    text, _, reader = read_page(page(LAYOUTS[layout](parts)), "a.html")
    assert text.split("\n") == [re.sub(r"<[^>]+>", "", part) for part in parts]
    assert reader.startswith("trafilatura ")


def test_cells_of_tables_have_no_bars() -> None:
    table = "<table><tr><th>Loket</th><th>Jumlah</th></tr><tr><td>A</td><td>12</td></tr></table>"
    text, _, _ = read_page(page(f"<article>{paragraphs(LONG)}{table}</article>"), "a.html")
    assert text.split("\n")[-2:] == ["Loket Jumlah", "A 12"]


def test_furniture_is_taken_out_when_it_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(LAYOUTS["article"](PARTS)), encoding="utf-8")
    corpus = kit.load_corpus(tmp_path)
    assert corpus.documents["text"].tolist() == [
        "Wali kota membuka loket.\nWarga senang.\n“Kami melayani,” kata Budi, kepala dinas.\nSingkat."
    ]
    assert corpus.documents[["title", "outlet", "place", "author"]].to_numpy().tolist() == [
        ["Loket", "CONTOH.com", "Kota Contoh", "ris/van"]
    ]
    assert len(corpus.removed) == 3


LINKED_DATE = "2024-02-05T20:00:00+00:00"
LINKED = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {
    "@type": ["NewsArticle"], "headline": "Loket &amp; Antrean", "datePublished": LINKED_DATE,
    "author": [{"@type": "Person", "name": "Ratri"}, {"name": "Budi"}], "publisher": {"name": "Contoh"}}]}  # fmt: skip


METAS = (
    "<meta property='og:title' content='Loket - Contoh'><meta property='og:site_name' content='Contoh'>"
    "<meta name='publishdate' content='2024/02/05 10:00:00'><meta name='author' content='admin'>"
    "<link rel='canonical' href='https://contoh.example/1'>"
)


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        ("", {"title": "Loket - CONTOH.com"}),
        (
            f"<script type='application/ld+json'>{json.dumps(LINKED)}</script>",
            {
                "title": "Loket & Antrean",
                "date": "2024-02-05T20:00:00+00:00",
                "author": "Ratri; Budi",
                "outlet": "Contoh",
            },
        ),
        ("<script type='application/ld+json'>{rusak</script>", {"title": "Loket - CONTOH.com"}),
        (
            METAS,
            {"title": "Loket", "date": "2024/02/05 10:00:00", "outlet": "Contoh", "url": "https://contoh.example/1"},
        ),
        ("<link rel='canonical' href='javascript:x()'>", {"title": "Loket - CONTOH.com"}),
    ],
)
def test_only_what_is_stated_is_stated(head: str, stated: dict[str, str]) -> None:
    body = f"<article>{paragraphs(LONG)}<p>Diperbarui 1 Januari 2020, {PARTS[4]}</p></article>"
    assert read_page(page(body, head), "a.html")[1] == stated


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_of_every_encoding(tmp_path: Path, encoding: str) -> None:
    stated = {"cp1252": "iso-8859-1"}.get(encoding, encoding.removesuffix("-sig"))
    markup = page(f"<article>{paragraphs(PARTS)}</article>").replace("charset=utf-8", f"charset={stated}")
    (tmp_path / "a.html").write_bytes(markup.encode(encoding))
    assert "“Kami melayani,”" in kit.read_articles(tmp_path)["text"][0]


@pytest.mark.parametrize("markup", ["<html></html>", "<html><body><nav>x</nav></body></html>", "<!doctype html>"])
def test_a_page_without_an_article_is_set_aside(tmp_path: Path, markup: str) -> None:
    (tmp_path / "a.html").write_text(markup, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Warga dilayani.", encoding="utf-8")
    frame = kit.read_articles(tmp_path)
    assert frame["source"].tolist() == ["b.txt"]
    assert frame.attrs["found"] == 2
