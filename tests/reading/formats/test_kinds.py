"""Files of every kind, made by the writers that people use, 25 of each, read back whole."""

from __future__ import annotations

import datetime as dt
import gzip
import html
import io
import json
import random
import shutil
import subprocess
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import brotli
import docx
import openpyxl
import pandas as pd
import pytest
import xlsxwriter
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import kit

MANY = 25
PLACES = ("Kota Contoh", "Kabupaten Misal", "Desa Umpama", "Kota Andai")
PEOPLE = ("Ratri", "Budi", "Wayan", "Siti")
SENTENCES = (
    "Pemerintah {place} membuka mal pelayanan publik pada Senin lalu.",
    "“Kami melayani warga dengan cepat,” kata {person}, kepala dinas.",
    "Warga mengurus izin usaha tanpa biaya – cukup satu jam.",
    "Anggaran tahun ini Rp1,5 miliar; 40% untuk loket & antrean.",
    "Menurut {person}, tata kelola yang transparan itu kewajiban.",
    "Kafé di {place} wajib punya izin: 3 < 5, kata petugas.",
)


class Known(NamedTuple):
    """An article whose truth is known."""

    name: str
    title: str
    date: dt.date
    outlet: str
    url: str
    paragraphs: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def known_articles() -> list[Known]:
    draw = random.Random(14)
    made = []
    for number in range(MANY):
        place, person = draw.choice(PLACES), draw.choice(PEOPLE)
        lines = [draw.choice(SENTENCES).format(place=place, person=person) for _ in range(draw.randint(2, 9))]
        paragraphs = [f"{line} Ini paragraf ke-{row} dari berita {number}." for row, line in enumerate(lines, 1)]
        paragraphs = [
            f"{PEOPLE[row % 4]} {'dan kawan ' * (row % 3)}hadir. {line}" for row, line in enumerate(paragraphs)
        ]
        date = dt.date(2023, 1, 1) + dt.timedelta(days=29 * number)
        url = f"https://contoh.example/{number}"
        made.append(Known(f"berita-{number:02}", f"Judul Berita {number}", date, "CONTOH.com", url, paragraphs))
    return made


ARTICLES = known_articles()


def page(one: Known) -> str:
    """A page as an outlet's system writes it."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in one.paragraphs)
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{one.title} - {one.outlet}</title>'
        f'<meta property="og:site_name" content="{one.outlet}"><link rel="canonical" href="{one.url}">'
        f'<meta property="article:published_time" content="{one.date.isoformat()}T18:30:00Z"></head>'
        f'<body><nav><ul><li><a href="/">Beranda</a></li><li><a href="/p">Politik</a></li></ul></nav>'
        f"<article><h1>{one.title}</h1>{body}</article><aside><a href='/x'>Terpopuler</a></aside>"
        f"<footer>Hak cipta 2020 {one.outlet}</footer></body></html>"
    )


def as_html(folder: Path) -> None:
    for one in ARTICLES:
        (folder / f"{one.name}.html").write_text(page(one), encoding="utf-8")


def as_word(folder: Path) -> None:
    for one in ARTICLES:
        document = docx.Document()
        for line in one.paragraphs:
            words = line.split(" ")
            paragraph = document.add_paragraph(" ".join(words[:3]))  # runs as Word makes them
            paragraph.add_run(" ").bold = True
            paragraph.add_run(" ".join(words[3:]))
        document.save(str(folder / f"{one.name}.docx"))


def as_rtf(folder: Path) -> None:
    for one in ARTICLES:
        body = "\\par ".join(
            "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in line) for line in one.paragraphs
        )
        (folder / f"{one.name}.rtf").write_text(
            f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {body}}}", encoding="ascii"
        )


def as_text(folder: Path) -> None:
    encodings = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
    for number, one in enumerate(ARTICLES):
        text = one.text.replace("\n", ("\n", "\r\n", "\r")[number % 3])
        (folder / f"{one.name}.txt").write_bytes(text.encode(encodings[number % 4]))


def as_markdown(folder: Path) -> None:
    for one in ARTICLES:
        front = f"---\ntitle: {one.title}\ndate: {one.date.isoformat()}\nmedia: {one.outlet}\nlink: {one.url}\n---\n"
        (folder / f"{one.name}.md").write_text(front + one.text, encoding="utf-8")


def rows() -> list[dict[str, Any]]:
    return [
        {
            "id": one.name,
            "Judul": one.title,
            "Isi": one.text,
            "Tanggal": f"{one.date.day}/{one.date.month}/{one.date.year}",
            "Media": one.outlet,
            "Tautan": one.url,
        }
        for one in ARTICLES
    ]


def as_csv(folder: Path) -> None:
    frame = pd.DataFrame(rows())
    for number, sign in enumerate(",;\t|"):
        head = f"sep={sign}\n" if number % 2 else ""
        text = head + frame.iloc[number::4].to_csv(index=False, sep=sign)
        (folder / f"{number}.csv").write_bytes(text.encode(("utf-8", "utf-8-sig", "utf-16", "utf-8")[number]))


def as_json(folder: Path) -> None:
    first, second, third = rows()[:8], rows()[8:16], rows()[16:]
    (folder / "1.jsonl").write_text("\n".join(json.dumps(row) for row in first), encoding="utf-8")
    (folder / "2.json").write_text(json.dumps(second, indent=2), encoding="utf-8")
    (folder / "3.jsonl.gz").write_bytes(gzip.compress("\n".join(json.dumps(row) for row in third).encode()))


def as_parquet(folder: Path) -> None:
    pd.DataFrame(rows()).to_parquet(folder / "a.parquet", row_group_size=7)


def as_xlsx(folder: Path) -> None:
    book = xlsxwriter.Workbook(str(folder / "a.xlsx"))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, some in (("Januari", ARTICLES[:13]), ("Februari", ARTICLES[13:])):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["id", "Judul", "Isi", "Tanggal", "Media", "Tautan"])
        for number, one in enumerate(some, start=1):
            sheet.write_row(number, 0, [one.name, one.title, one.text])
            sheet.write_datetime(number, 3, pd.Timestamp(one.date), day)
            sheet.write_row(number, 4, [one.outlet])
            sheet.write_string(number, 5, one.url)
    book.close()


def as_xlsx_of_openpyxl(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(rows()[0]))
    for row in rows():
        sheet.append(list(row.values()))
    book.save(folder / "a.xlsx")


def as_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as inside:
        for one in ARTICLES:
            inside.writestr(f"dalam/{one.name}.html", page(one))
        inside.writestr("__MACOSX/x", "")


def as_warc(folder: Path) -> None:
    ways = (("gzip", gzip.compress), ("x-gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress))
    with (folder / "a.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, one in enumerate(ARTICLES):
            for day, content in (("01", page(one).replace("Ini", "Itu")), ("02", page(one))):
                name, pack = ways[number % 4]
                headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", name)]
                writer.write_record(
                    writer.create_warc_record(
                        f"{one.url}?utm_source=x{day}",
                        "response",
                        payload=io.BytesIO(pack(content.encode())),
                        http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                        warc_headers_dict={"WARC-Date": f"2024-01-{day}T00:00:00Z"},
                    )
                )


def as_pdf(folder: Path, articles: list[Known]) -> None:
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
    from matplotlib.figure import Figure

    with mpl.rc_context({"pdf.fonttype": 42}):
        for one in articles:
            lines = [line for text in one.paragraphs for line in textwrap.wrap(text, 60)]
            with PdfPages(folder / f"{one.name}.pdf") as pages:
                for number, first in enumerate(range(0, len(lines), 6), start=1):
                    figure = Figure(figsize=(6, 3))
                    FigureCanvasPdf(figure)
                    figure.text(0.1, 0.95, "HARIAN CONTOH", parse_math=False)
                    for row, line in enumerate(lines[first : first + 6]):
                        figure.text(0.1, 0.85 - 0.1 * row, line, parse_math=False)
                    figure.text(0.5, 0.02, f"Halaman {number}", parse_math=False)
                    pages.savefig(figure)


def check(frame: pd.DataFrame, *, stated: bool, later: int = 0) -> None:
    """Compare what was read with what was written."""
    assert sorted(frame["text"].str.replace("\r\n", "\n").str.replace("\r", "\n")) == sorted(
        one.text for one in ARTICLES
    )
    assert frame["doc_id"].is_unique
    assert frame["source"].is_unique
    assert frame["sha256"].str.len().eq(64).all()
    if stated:
        found = {row.text: (row.title, row.date, row.outlet, row.url) for row in frame.itertuples()}
        for one in ARTICLES:
            date = one.date + dt.timedelta(days=later)
            assert found[one.text] == (one.title, date.isoformat(), one.outlet, one.url)


KINDS: list[tuple[Callable[[Path], None], bool, int, str]] = [
    # writer, whether it states the metadata, days that UTC is behind, reader
    (as_text, False, 0, ""),
    (as_markdown, True, 0, "Markdown"),
    (as_html, True, 1, "trafilatura"),
    (as_word, False, 0, "python-docx"),
    (as_rtf, False, 0, "striprtf"),
    (as_csv, True, 0, ""),
    (as_json, True, 0, ""),
    (as_parquet, True, 0, ""),
    (as_xlsx, True, 0, "python-calamine"),
    (as_xlsx_of_openpyxl, True, 0, "python-calamine"),
    (as_zip, True, 1, "trafilatura"),
    (as_warc, True, 1, "warcio"),
]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio's writer leaves files open
@pytest.mark.parametrize(("write", "stated", "later", "reader"), KINDS, ids=lambda one: getattr(one, "__name__", ""))
def test_files_of_a_kind_are_read_whole(
    tmp_path: Path, write: Callable[[Path], None], stated: bool, later: int, reader: str
) -> None:
    write(tmp_path)
    frame = kit.read_articles(tmp_path)
    check(frame, stated=stated, later=later)
    assert frame["reader"].str.startswith(reader).all()
    lost = len([row for row in frame.attrs["set_aside"] if "other kinds" not in row["problem"]])
    assert frame.attrs["found"] == MANY + lost
    assert lost == (MANY if write is as_warc else 0)  # the older captures
    assert len(kit.Corpus.from_frame(frame)) == MANY
    assert len(kit.load_corpus(tmp_path)) == MANY


def test_a_pdf_is_read_without_its_running_heads(tmp_path: Path) -> None:
    articles = ARTICLES[:9]
    as_pdf(tmp_path, articles)
    frame = kit.read_articles(tmp_path)
    found = {row.source.removesuffix(".pdf"): row.text for row in frame.itertuples()}
    for one in articles:
        text = found[one.name].replace("-\n", "-")
        if len([line for text_ in one.paragraphs for line in textwrap.wrap(text_, 60)]) <= 6:
            text = text.removeprefix("HARIAN CONTOH").removesuffix("Halaman 1")  # one page repeats nothing
        assert " ".join(text.split()) == " ".join(one.text.split())
    assert any("HARIAN CONTOH" in row["problem"] for row in frame.attrs["set_aside"])
    assert frame.attrs["found"] == len(articles)


def test_all_kinds_in_one_folder_under_wrong_names(tmp_path: Path) -> None:
    """The name says nothing: content does."""
    for make, ending, wrong in ((as_html, ".html", ".txt"), (as_word, ".docx", ".pdf"), (as_rtf, ".rtf", ".doc")):
        (tmp_path / ending).mkdir()
        make(tmp_path / ending)
        for number, file in enumerate(sorted((tmp_path / ending).iterdir())):
            target = tmp_path / f"{ending[1:]}-{number}{wrong}"
            if number < 9:
                file.rename(target)
        shutil.rmtree(tmp_path / ending)
    frame = kit.read_articles(tmp_path)
    assert len(frame) == 27
    assert set(frame["reader"].str.split(" ").str[0]) == {"trafilatura", "python-docx", "striprtf"}


SMALL = [
    (
        "a.xls",
        "<html><body><table><tr><th>Judul<th>Isi<tr><td>A<td>Warga.<br>Dua.</table></body></html>",
        ["Warga.\nDua."],
    ),
    ("a.xls", "id\tisi\n1\tWarga dilayani.\n", ["Warga dilayani."]),
    ("a.doc", "Teks saja.", ["Teks saja."]),
    ("a", "Tanpa akhiran.", ["Tanpa akhiran."]),
    ("a.txt", "Isi, judul dan tema itu sama.\nKata warga.", ["Isi, judul dan tema itu sama.\nKata warga."]),
    ("a.txt", "judul;isi\nA;Warga dilayani.\n", ["Warga dilayani."]),
    ("a.txt", "---\nBerita\n---\nWarga.", ["---\nBerita\n---\nWarga."]),
    ("a.txt", "---\ntitle: Berita\n---\nWarga.", ["Warga."]),
    ("a.txt", "<p>Kata <b>warga</b>.</p><p>Loket</p>", ["Kata warga.\nLoket"]),
    ("a.csv", '"isi"\n"Warga dilayani."\n', ["Warga dilayani."]),
    ("a.json", '{"title": "A", "content": "Warga dilayani."}', ["Warga dilayani."]),
]


@pytest.mark.parametrize(("name", "content", "texts"), SMALL, ids=range(len(SMALL)))
def test_content_tells_what_a_file_is(tmp_path: Path, name: str, content: str, texts: list[str]) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    frame = kit.read_articles(tmp_path / name)
    assert frame["text"].tolist() == texts
    assert frame.attrs["set_aside"] == []


OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("ending", ["docx", "odt", "rtf", "pdf", "html"])
def test_documents_that_libreoffice_writes(tmp_path: Path, ending: str) -> None:
    as_word(tmp_path)
    office([*tmp_path.glob("*.docx")], ending, tmp_path / "out")
    frame = kit.read_articles(tmp_path / "out")
    assert sorted(" ".join(text.replace("-\n", "-").split()) for text in frame["text"]) == sorted(
        " ".join(one.text.split()) for one in ARTICLES
    )


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("ending", ["ods", "xlsx", "xls"])
def test_tables_that_libreoffice_writes(tmp_path: Path, ending: str) -> None:
    as_xlsx(tmp_path)
    office([tmp_path / "a.xlsx"], ending, tmp_path / "out")
    check(kit.read_articles(tmp_path / "out"), stated=True)


def office(files: list[Path], ending: str, folder: Path) -> None:
    """Let LibreOffice write files anew in another format."""
    home = f"-env:UserInstallation=file://{folder.parent}/profile"
    command = [str(OFFICE), home, "--headless", "--convert-to", ending, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
