"""Reading HTML and PDF by the kit, beside trafilatura and pypdf alone: CPU seconds of one thread, medians of five."""

from __future__ import annotations

import statistics
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pypdf
import trafilatura
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.figure import Figure

from kit.reading.formats.contract import File
from kit.reading.formats.printed import PDF
from kit.reading.formats.web_page import HTML

PAGES, ROUNDS = 30, 5
SENTENCE = "Paragraf {row} dari berita {number}: warga mendatangi loket pelayanan terpadu, kata petugas pada hari itu."


def pages(folder: Path) -> list[Path]:
    """Pages of about 50 kB, most of it menus and scripts, as outlets have them."""
    links = "".join(
        f'<li class="menu-{n}"><a href="/kanal/{n}">Judul berita lain nomor {n}</a></li>' for n in range(150)
    )
    script = "<script>" + "var ukuran=1;" * 2000 + "</script>"
    files = []
    for number in range(PAGES):
        body = "".join(f"<p>{SENTENCE.format(row=row, number=number)}</p>" for row in range(8 + number % 15))
        files.append(folder / f"{number}.html")
        files[-1].write_text(
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Judul {number}</title>{script}</head><body>"
            f"<nav><ul>{links}</ul></nav><article><h1>Judul {number}</h1>{body}</article><aside><ul>{links}</ul></aside>"
            "<footer>Hak cipta</footer></body></html>",
            encoding="utf-8",
        )
    return files


def prints(folder: Path) -> list[Path]:
    """Documents of three pages, forty lines each."""
    files = []
    for number in range(PAGES):
        files.append(folder / f"{number}.pdf")
        with PdfPages(files[-1]) as document:
            for page in range(3):
                figure = Figure(figsize=(8, 11))
                FigureCanvasPdf(figure)
                text = " ".join(SENTENCE.format(row=row + 20 * page, number=number) for row in range(20))
                for row, line in enumerate(textwrap.wrap(text, 70)[:40]):
                    figure.text(0.1, 0.95 - 0.022 * row, line, parse_math=False)
                document.savefig(figure)
    return files


def seconds(work: Callable[[Path], object], files: list[Path]) -> float:
    """Median CPU seconds of reading all files."""
    found = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for file in files:
            work(file)
        found.append(time.process_time() - begun)
    return statistics.median(found)


def main() -> int:
    jobs = (
        ("HTML", pages, lambda file: list(HTML.read(File(file, file.name))), "trafilatura", _trafilatura),
        ("PDF", prints, lambda file: list(PDF.read(File(file, file.name))), "pypdf", _pypdf),
    )
    slow = False
    for name, make, kit_reads, peer, peer_reads in jobs:
        with tempfile.TemporaryDirectory() as folder:
            files = make(Path(folder))
            mine, other = seconds(kit_reads, files), seconds(peer_reads, files)
        print(f"{name}: kit {mine:.3f} s, {peer} alone {other:.3f} s, ratio {mine / other:.2f} (promised: at most 1.3)")
        slow |= mine > 1.3 * other
    return int(slow)


def _trafilatura(file: Path) -> object:
    return trafilatura.extract(file.read_bytes(), include_comments=False)


def _pypdf(file: Path) -> object:
    return [page.extract_text() for page in pypdf.PdfReader(file).pages]


if __name__ == "__main__":
    sys.exit(main())
