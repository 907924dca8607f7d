"""DOCX, ODT, PDF and RTF as people really make them: boxes, notes of changes, scans, locks."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import kit
from kit.reading.formats.printed import paragraphs, without_heads


def read(folder: Path) -> tuple[list[str], list[str]]:
    (folder / "z.txt").write_text("Warga dilayani.", encoding="utf-8")
    frame = kit.read_articles(folder)
    problems = [row["problem"] for row in frame.attrs["set_aside"]]
    return [text for text, source in zip(frame["text"], frame["source"], strict=True) if source != "z.txt"], problems


def test_all_paragraphs_of_a_word_file_but_what_is_deleted(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Satu.")
    changed = document.add_paragraph("Dua")
    space = nsdecls("w")
    changed._p.append(parse_xml(f"<w:del {space}><w:r><w:delText> lama</w:delText></w:r></w:del>"))
    changed._p.append(parse_xml(f"<w:ins {space}><w:r><w:t xml:space='preserve'> baru.</w:t></w:r></w:ins>"))
    linked = document.add_paragraph("Lihat ")
    linked._p.append(parse_xml(f"<w:hyperlink {space}><w:r><w:t>tautan</w:t></w:r></w:hyperlink>"))
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Loket", "12"
    broken = document.add_paragraph()
    broken.add_run("Baris satu").add_break()
    broken.add_run("baris dua.")
    document.element.body.insert(0, parse_xml(
        f"<w:sdt {space}><w:sdtContent><w:p><w:r><w:t>Dalam kotak.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    ))  # fmt: skip
    document.sections[0].header.paragraphs[0].text = "Kop surat"
    document.save(str(tmp_path / "a.docx"))
    [text], problems = read(tmp_path)
    lines = ["Dalam kotak.", "Satu.", "Dua baru.", "Lihat tautan", "Loket", "12", "Baris satu", "baris dua."]
    assert [line for line in text.split("\n") if line] == lines
    assert problems == []


@pytest.mark.parametrize("words", [[], ["", " "]])
def test_a_word_file_without_text_is_set_aside(tmp_path: Path, words: list[str]) -> None:
    document = docx.Document()
    for word in words:
        document.add_paragraph(word)
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path) == ([], ["has no text, only pictures or nothing"])


def an_odt(path: Path, content: str, mimetype: str = "application/vnd.oasis.opendocument.text") -> None:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", mimetype)
        out.writestr("content.xml", content)


def an_odt_of(body: str) -> str:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in [("office", "office"), ("text", "text"), ("draw", "drawing"), ("table", "table")]
    )
    return (
        f"<office:document-content{spaces}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )


def test_all_paragraphs_of_an_open_document_but_what_is_deleted(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>lama</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:h>Judul</text:h>"
        "<text:p>Warga<text:s text:c='3'/><text:span>dilayani</text:span> <text:a>di loket</text:a>.<text:note>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Catatan.</text:p></text:note-body>"
        "</text:note> Besok<text:change text:change-id='c'/><text:line-break/>pagi.</text:p><text:list><text:list-item>"
        "<text:p>Butir.</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell>"
        "<text:p>Sel</text:p></table:table-cell></table:table-row></table:table><text:p><office:annotation>"
        "<text:p>komentar</text:p></office:annotation>Akhir<draw:frame><draw:text-box><text:p>Kotak.</text:p>"
        "</draw:text-box></draw:frame>.</text:p>"
    )
    an_odt(tmp_path / "a.odt", an_odt_of(body))
    [text], problems = read(tmp_path)
    lines = ["Judul", "Warga dilayani di loket. Besok", "pagi.", "Catatan.", "Butir.", "Sel", "Akhir.", "Kotak."]
    assert [line for line in text.split("\n") if line] == lines
    assert problems == []


@pytest.mark.parametrize(
    ("content", "mimetype", "problem"),
    [
        (an_odt_of("<text:p> </text:p>"), "text", "has no text, only pictures or nothing"),
        ("<office:text>", "text", "is a damaged .odt file (ParseError)"),
        ('<!DOCTYPE a SYSTEM "file:///x"><a/>', "text", "is a damaged .odt file (DTDForbidden)"),
        (an_odt_of("<text:p>Satu</text:p>"), "presentation", "is a document of a program of its own (slides"),
    ],
)
def test_an_open_document_that_is_no_article_is_set_aside(
    tmp_path: Path, content: str, mimetype: str, problem: str
) -> None:
    an_odt(tmp_path / "a.odt", content, f"application/vnd.oasis.opendocument.{mimetype}")
    texts, [told] = read(tmp_path)
    assert texts == []
    assert told.startswith(problem)


def a_pdf(*, password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (a_pdf(), "is a scan: it has pictures of pages and no text"),
        (a_pdf(password="x"), "is locked with a password"),
        (a_pdf()[:200], "is a damaged PDF"),
        (b"%PDF-1.4\n", "is a damaged PDF"),
    ],
)
def test_a_pdf_without_text_is_set_aside(tmp_path: Path, data: bytes, problem: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    texts, [told] = read(tmp_path)
    assert texts == []
    assert told.startswith(problem)


@pytest.mark.parametrize(
    ("pages", "kept", "heads"),
    [
        ([["A", "Satu."]], [["A", "Satu."]], []),
        ([["HARIAN 1", "Satu."], ["HARIAN 2", "Dua."]], [["Satu."], ["Dua."]], ["HARIAN 1"]),
        ([["Satu.", "1"], ["Dua.", "2"]], [["Satu."], ["Dua."]], ["1"]),
        ([["Satu.", "- 1 -"], ["Dua.", "Hal. 2"]], [["Satu."], ["Dua."]], ["- 1 -", "Hal. 2"]),
        ([["Kata sama.", "x"], ["Kata sama.", "y"]], [["Kata sama.", "x"], ["Kata sama.", "y"]], []),
        ([["Judul", "a"], ["KOP", "b"], ["KOP", "c"]], [["Judul", "a"], ["b"], ["c"]], ["KOP"]),
        ([[], ["KOP", "b"], ["KOP", "c"]], [[], ["b"], ["c"]], ["KOP"]),
    ],
)
def test_running_heads(pages: list[list[str]], kept: list[list[str]], heads: list[str]) -> None:
    assert without_heads(pages) == (kept, heads)


def test_lines_of_a_column_become_paragraphs() -> None:
    lines = [
        "JUDUL BERITA",
        "Pemerintah kota membuka loket pelayan-",
        "an yang baru di pusat kota, kata wali kota.",
        "Warga senang.",
    ]
    assert paragraphs(lines) == [
        "JUDUL BERITA",
        "Pemerintah kota membuka loket pelayan-\nan yang baru di pusat kota, kata wali kota. Warga senang.",
    ]


def test_rich_text_of_word(tmp_path: Path) -> None:
    body = (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\*\generator Word;}\pard \ldblquote Loket\rdblquote\par "
    )
    body += rb"Kaf\'e9 \u8212? dibuka.\par{\pict\pngblip 89504e47}Akhir\emdash.\par}"
    (tmp_path / "a.rtf").write_bytes(body)
    [text], problems = read(tmp_path)
    assert [line for line in text.split("\n") if line] == ["“Loket”", "Kafé — dibuka.", "Akhir—."]
    assert problems == []
