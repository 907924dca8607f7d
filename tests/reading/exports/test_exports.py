"""Exports of Nexis and Factiva: every layout made with known truth, read back, and damaged in known ways."""

from __future__ import annotations

import datetime as dt
import html
import random
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest

import kit
from kit.errors import ReadingError
from kit.reading.sources import read_source

MONTHS = [dt.date(2024, month, 1).strftime("%B") for month in range(1, 13)]
DAYS = [dt.date(2024, 1, day).strftime("%A") for day in range(1, 8)]
WORDS = ("warga", "loket", "layanan", "izin", "publik", "pegawai", "kota", "anggaran", "dinas", "antrean", "melayani")
#: Paragraphs that look like marks of an export and are none.
TRAPS = (
    "Section: kata itu tertulis di papan loket.",
    "Body",
    "Dokumen izin 12 of 20 belum lengkap, kata petugas.",
    "HD kendaraan itu dilayani.",
    "345 words tertulis di sana",
    "February 5, 2024",
    "Language: bahasa warga, begitu judulnya.",
)


class Known(NamedTuple):
    """An article whose truth is known."""

    title: str
    outlet: str
    date: dt.date
    author: str
    paragraphs: list[str]

    @property
    def words(self) -> int:
        return sum(len(one.split()) for one in self.paragraphs)

    @property
    def day(self) -> str:
        return f"{MONTHS[self.date.month - 1]} {self.date.day}, {self.date.year} {DAYS[self.date.weekday()]}"

    @property
    def accession(self) -> str:
        return f"CONTOH00{self.date:%Y%m%d}ek{self.title.split(' ')[2].rjust(2, '0')}0000a"

    @property
    def short(self) -> str:
        return f"{self.date.day} {MONTHS[self.date.month - 1]} {self.date.year}"


def articles(seed: int, *, traps: bool = False) -> list[Known]:
    draw = random.Random(seed)
    made = []
    for number in range(draw.randint(1, 12)):
        texts = [
            " ".join(draw.choices(WORDS, k=draw.randint(5, 40))).capitalize() + "." for _ in range(draw.randint(1, 8))
        ]
        if traps:
            texts.insert(draw.randint(0, len(texts)), draw.choice(TRAPS))
        date = dt.date(2023, 1, 1) + dt.timedelta(days=draw.randint(0, 700))
        author = draw.choice(["", "Ratri Ayu", "Budi"])
        made.append(
            Known(f"Judul Nomor {number} Tentang Loket", draw.choice(["Kompas", "Radar Contoh"]), date, author, texts)
        )
    return made


def nexis_txt(some: list[Known]) -> str:
    """An older download as text, wrapped."""
    lines = [f"Download Request: Selected Items: 1-{len(some)}", "Time Of Request: Monday, March 20, 2023", ""]
    for number, one in enumerate(some, start=1):
        lines += ["", f"{number} of {len(some)} DOCUMENTS".center(78), "", "", one.outlet.center(78), ""]
        lines += [one.day.center(78), "", *textwrap.wrap(one.title, 40), ""]
        lines += [f"BYLINE: {one.author}", ""] if one.author else []
        lines += ["SECTION: NASIONAL; Hlm. 3", "", f"LENGTH: {one.words} words", ""]
        lines += ["DATELINE: JAKARTA", ""] if number % 2 else []
        for paragraph in one.paragraphs:
            lines += [*textwrap.wrap(paragraph, 78), ""]
        lines += [f"LOAD-DATE: {one.day}", "", "LANGUAGE: INDONESIAN", "", "PUBLICATION-TYPE: Newspaper", "", ""]
        lines += ["Copyright 2023 PT Contoh".center(78), "All Rights Reserved".center(78), ""]
    return "\n".join(lines)


def nexis_html(some: list[Known]) -> str:
    """An older download as a page."""
    blocks = []
    for number, one in enumerate(some, start=1):
        fields = [f"{number} of {len(some)} DOCUMENTS", one.outlet, one.day, one.title]
        fields += [f"BYLINE: {one.author}"] if one.author else []
        fields += [f"LENGTH: {one.words} words", *one.paragraphs, f"LOAD-DATE: {one.day}", "LANGUAGE: INDONESIAN"]
        fields += ["Copyright 2023 PT Contoh", "All Rights Reserved"]
        blocks += [
            f'<div class="c0"><p class="c1"><span class="c2">{html.escape(one)}</span></p></div>' for one in fields
        ]
    return f"<!DOCTYPE html><html><head><title>Search</title></head><body>{''.join(blocks)}</body></html>"


def uni_lines(some: list[Known]) -> list[str]:
    """A download of Nexis Uni, paragraph by paragraph."""
    name = "Documents" if len(some) > 1 else "Document"
    lines = ["User Name: Peneliti", "Date and Time: Monday, March 20, 2023 4:51:00 PM", "Job Number: 123456", ""]
    lines += [f"{name} ({len(some)})", ""]
    for number, one in enumerate(some, start=1):
        lines += [
            f"{number}. {one.title}",
            "Client/Matter: -None-",
            "Search Terms: loket",
            "Search Type: Terms and Connectors",
        ]
    for one in some:
        lines += ["", one.title, one.outlet, one.day, "", "Copyright 2023 PT Contoh All Rights Reserved", ""]
        lines += ["Section: NASIONAL; Pg. 3", f"Length: {one.words} words"]
        lines += [f"Byline: {one.author}"] if one.author else []
        lines += ["Dateline: JAKARTA ", "Body", "", *one.paragraphs, "", "Classification", "", "Language: INDONESIAN"]
        lines += [
            "Publication-Type: Newspaper",
            "",
            f"Load-Date: {one.day.rsplit(' ', 1)[0]}",
            "",
            "End of Document",
            "",
        ]
    return lines


def factiva_codes(some: list[Known], between: str = "\t") -> list[str]:
    """An export of Factiva with indexing."""
    lines = []
    for one in some:
        lines += [f"HD{between}{one.title}"] + ([f"BY{between}Oleh {one.author}"] if one.author else [])
        lines += [
            f"WC{between}{one.words} words",
            f"PD{between}{one.short}",
        ]
        lines += [
            f"SN{between}{one.outlet}",
            f"SC{between}CONTOH",
            f"LA{between}Indonesian",
            f"CY{between}Copyright 2023",
        ]
        lines += ["", f"LP{between}{one.paragraphs[0]}", "", f"TD{between}{''.join(one.paragraphs[1:2])}"]
        for paragraph in one.paragraphs[2:]:
            lines += ["", paragraph]
        lines += ["", f"NS{between}gpol : Politics", f"AN{between}", f"Document {one.accession}", ""]
    return [*lines, "Search Summary", f"Results Found{between}{len(some)}", f"Timestamp{between}20 March 2023"]


def factiva_plain(some: list[Known]) -> list[str]:
    """An export of Factiva without indexing."""
    lines = []
    for one in some:
        lines += ["Nasional", one.title, *([f"By {one.author}"] if one.author else []), f"{one.words} words"]
        lines += [
            f"{one.short}",
            "10:15",
            one.outlet,
            "CONTOH",
            "Indonesian",
        ]
        lines += ["© 2023 PT Contoh. ", "", *one.paragraphs, "", f"Document {one.accession}", ""]
    return [*lines, "Search Summary", "Results Found", str(len(some))]


def factiva_html(some: list[Known]) -> str:
    """A page of Factiva with indexing."""
    blocks = []
    for one in some:
        rows = [("HD", f"<span class='enHeadline'>{html.escape(one.title)}</span>")]
        rows += [("BY", one.author)] if one.author else []
        rows += [("WC", f"{one.words} words"), ("PD", f"{one.short}")]
        rows += [("SN", one.outlet), ("LA", "Indonesian"), ("CY", "Copyright 2023")]
        rows += [("LP", f"<p>{html.escape(one.paragraphs[0])}</p>")]
        rows += [("TD", "".join(f"<p>{html.escape(text)}</p>" for text in one.paragraphs[1:]))]
        rows += [("AN", f"Document {one.accession}")]
        cells = "".join(f"<tr><td><b>{code}</b>&nbsp;</td><td>{cell}</td></tr>" for code, cell in rows)
        blocks.append(f'<div class="article idArticle"><table>{cells}</table></div>')
    summary = f"<table><tr><td>Results Found</td><td>{len(some)}</td></tr></table>"
    return f"<!DOCTYPE html><html><head><title>Factiva</title></head><body>{''.join(blocks)}{summary}</body></html>"


def as_word(lines: list[str], file: Path) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(file))


def as_rich_text(lines: list[str], file: Path) -> None:
    body = "\\par\n".join("".join(s if s.isascii() else f"\\u{ord(s)}?" for s in line) for line in lines)
    file.write_text(f"{{\\rtf1\\ansi\\ansicpg1252 {body}\\par}}", encoding="ascii")


def as_text(lines: list[str], file: Path) -> None:
    file.write_text("\n".join(lines), encoding="utf-8")


LAYOUTS: dict[str, Callable[[list[Known], Path], Any]] = {
    "nexis.txt": lambda some, file: file.write_text(nexis_txt(some), encoding="utf-8"),
    "nexis.rtf": lambda some, file: as_rich_text(nexis_txt(some).split("\n"), file),
    "nexis.html": lambda some, file: file.write_text(nexis_html(some), encoding="utf-8"),
    "uni.docx": lambda some, file: as_word(uni_lines(some), file),
    "uni.rtf": lambda some, file: as_rich_text(uni_lines(some), file),
    "uni.txt": lambda some, file: as_text(uni_lines(some), file),
    "factiva.txt": lambda some, file: as_text(factiva_codes(some), file),
    "factiva-alone.txt": lambda some, file: as_text(factiva_codes(some, "\n"), file),
    "factiva.rtf": lambda some, file: as_rich_text(factiva_codes(some, "|"), file),
    "factiva-plain.txt": lambda some, file: as_text(factiva_plain(some), file),
    "factiva-plain.rtf": lambda some, file: as_rich_text(factiva_plain(some), file),
    "factiva.html": lambda some, file: file.write_text(factiva_html(some), encoding="utf-8"),
}


@pytest.mark.parametrize("traps", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_article_of_an_export_is_read_whole(tmp_path: Path, layout: str, traps: bool) -> None:
    for seed in range(12):
        some = articles(seed, traps=traps)
        LAYOUTS[layout](some, tmp_path / layout)
        found, aside = read_source(tmp_path / layout)
        by_place = sorted(found, key=lambda article: int(article.source.rpartition("#")[2]))
        assert [article.text.split("\n") for article in by_place] == [one.paragraphs for one in some], seed
        for article, one in zip(by_place, some, strict=True):
            told = {name: article.metadata[name] for name in ("title", "outlet", "date")}
            assert told == {"title": one.title, "outlet": one.outlet, "date": one.date.isoformat()}
            assert article.metadata.get("author", "").removeprefix("Oleh ") == one.author
            if layout.startswith("factiva"):
                assert (article.doc_id, article.named) == (one.accession, True)
        assert aside["problem"].tolist() == []


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name.endswith(".txt")])
def test_an_export_that_lacks_an_article_is_set_aside_whole_with_both_numbers(tmp_path: Path, layout: str) -> None:
    some = next(found for seed in range(20) if len(found := articles(seed)) > 3)
    LAYOUTS[layout](some, tmp_path / layout)
    lines = (tmp_path / layout).read_text(encoding="utf-8").split("\n")
    marks = [
        n
        for n, line in enumerate(lines)
        if any(mark in line for mark in (" DOCUMENTS", "End of Document", "Document CON"))
    ]
    del lines[marks[1]]
    (tmp_path / layout).write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ReadingError, match=f"states {len(some)} articles, but {len(some) - 1} were found"):
        kit.read_articles(tmp_path / layout)


def test_an_article_that_is_cut_is_flagged_by_its_words(tmp_path: Path) -> None:
    some = [Known("Judul", "Kompas", dt.date(2024, 2, 5), "", ["Warga dilayani. " * 20, "Loket dibuka. " * 20])]
    text = nexis_txt(some).replace("LENGTH: 80 words", "LENGTH: 180 words")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    frame = kit.read_articles(tmp_path)
    assert [row["problem"] for row in frame.attrs["set_aside"]] == ["has 80 words; the export states 180 (Nexis)"]
    assert len(frame) == 1


def test_an_error_in_the_place_of_an_article_is_named(tmp_path: Path) -> None:
    lines = uni_lines(articles(3))
    body = lines.index("Body")
    lines[body + 1] = "We are sorry but there is an error in this document and it is not possible to display it."
    as_word(lines, tmp_path / "a.docx")
    frame = kit.read_articles(tmp_path)
    [row] = frame.attrs["set_aside"]
    assert (row["source"], row["problem"][:36]) == ("a.docx#1", "the database put an error in its pla")
    assert frame.attrs["found"] == len(articles(3))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("KOTA A, CONTOH.com - Satu.\n\nKOTA B, CONTOH.com - Dua.", "2 datelines"),
        ("Satu.\n(ris/van)\nDua.\n(abc)\n", "2 lines of initials"),
        ("Judul: A\nTanggal: 1/2/2024\nSatu.\nJudul: B\nDua.", "2 titles with a label"),
        ("KOTA A, CONTOH.com - Satu.\n(ris/van)", ""),
    ],
)
def test_a_text_that_looks_like_several_articles_is_flagged(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    frame = kit.read_articles(tmp_path)
    assert [row["problem"] for row in frame.attrs["set_aside"]] == (
        [f"looks like several articles: {told}"] if told else []
    )
    assert frame["text"].tolist() == [text]
