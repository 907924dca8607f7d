"""PDF with its text in it: one article a file."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.formats.contract import File, Format
from kit.reading.libraries import library, read_by
from kit.reading.remarks import Remark

_SCAN = "recognise its letters (OCR) with another program, and save them as .txt"
_SAVE = "open it, copy its text and save it as .txt"
_SIGNS = re.compile(rb"[^A-Za-z0-9<{]{0,1000}%PDF")
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(
    r"(?:hal(?:aman)?\.?|page|hlm\.?)?\s*[-–—|/]?\s*9(?:\s*(?:/|of|dari)\s*9)?\s*[-–—|/]?", re.IGNORECASE
)
_BOTH_SIDES = 6  # pages from which left and right ones may have heads of their own
_EDGE = 3  # lines at the top and at the bottom of a page that may be heads
_END = re.compile(r"[.!?:…][\"”’'»)\]]*$")
_SHORT = 0.8  # of the usual length: a line that ends a sentence so early ends a paragraph


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the article of a document."""
    pages = read_pages(file.data, file.source)
    if not any(line.strip() for page in pages for line in page):
        raise ReadingError("is a scan: it has pictures of pages and no text", place=file.source, remedy=_SCAN)
    empty = [number for number, page in enumerate(pages, start=1) if not page]
    if empty:
        problem = f"has no text on page {', '.join(map(str, empty[:10]))}: perhaps a picture"
        file.aside.append(Remark(problem, place=file.source, remedy=_SCAN))
    pages, heads = without_heads(pages)
    if heads:
        problem = f"running heads were left out: {'; '.join(heads[:5])}"
        file.aside.append(Remark(problem, place=file.source, remedy="look whether they are no text of the article"))
    text = "\n".join(paragraphs([line for page in pages for line in page]))
    yield file.article(text, "pdf", reader=read_by("pypdf"))


def read_pages(data: bytes, place: str) -> list[list[str]]:
    """Return the lines of every page."""
    pypdf = library("pypdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would say stands in the set-aside table
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [_lines(page.extract_text()) for page in reader.pages]
    except RecursionError as error:
        raise ReadingError("is nested too deep to be read", place=place, remedy=_SAVE) from error
    except Exception as error:  # a broken file makes pypdf fail anywhere, with errors of every kind
        raise ReadingError(f"is a damaged PDF ({type(error).__name__})", place=place, remedy=_SAVE) from error
    if locked:
        raise ReadingError("is locked with a password", place=place, remedy="unlock it, or save its text as .txt")
    return pages


def _lines(text: str) -> list[str]:
    """Return the lines of a page that are not blank."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return [line for line in (" ".join(one.split()) for one in whole.split("\n")) if line]


def without_heads(pages: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[str]]:
    """Take out what stands at the edges of most pages, numbers of pages in it apart, and numbers alone.

    Examples
    --------
    >>> without_heads([["HARIAN CONTOH 1", "Satu."], ["HARIAN CONTOH 2", "Dua."], ["HARIAN CONTOH 3", "Tiga."]])
    ([['Satu.'], ['Dua.'], ['Tiga.']], ['HARIAN CONTOH 1'])

    """
    written = [page for page in pages if page]
    seen = Counter(place for page in written for place in _edges(page))
    enough = max(2, len(written) - 1 if len(written) < _BOTH_SIDES else 0.4 * len(written))
    often = {place for place, count in seen.items() if count >= enough}
    often |= {place for place in seen if _PAGE.fullmatch(place[2]) and len(written) > 1}
    heads: dict[str, None] = {}
    kept = []
    for page in pages:
        first, last = 0, len(page)
        while first < min(_EDGE, last) and ("top", first, _form(page[first])) in often:
            first += 1
        while last > max(first, len(page) - _EDGE) and ("foot", len(page) - last, _form(page[last - 1])) in often:
            last -= 1
        heads.update(dict.fromkeys([*page[:first], *page[last:]]))
        kept.append(list(page[first:last]))
    forms: dict[str, str] = {}
    for line in heads:
        forms.setdefault(_form(line), line)
    return kept, list(forms.values())


def _edges(page: Sequence[str]) -> list[tuple[str, int, str]]:
    """Return the lines at the edges of a page that end no sentence, with their places."""
    edges = [("top", page[:_EDGE]), ("foot", list(reversed(page[-_EDGE:])))]
    lines = [(edge, place, line) for edge, some in edges for place, line in enumerate(some)]
    return [(edge, place, _form(line)) for edge, place, line in lines if not _END.search(line)]


def _form(line: str) -> str:
    """Return a line with one sign for every number."""
    return _NUMBER.sub("9", line).casefold()


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Join the lines of a printed column into paragraphs: one ends where a sentence ends on a line that is short.

    Examples
    --------
    >>> paragraphs(["Warga dilayani di loket yang baru", "dan senang.", "Pegawai melayani warga di sana tiap hari."])
    ['Warga dilayani di loket yang baru dan senang.', 'Pegawai melayani warga di sana tiap hari.']

    """
    if not lines:
        return []
    usual = median(sorted(map(len, lines))[len(lines) // 2 :])
    found: list[str] = []
    waiting = ""
    for line in lines:
        joined = "\n" if waiting.endswith(("-", "\u00ad", "\u2010")) else " "
        waiting = f"{waiting}{joined}{line}" if waiting else line
        if _END.search(line) and len(line) < _SHORT * usual:
            found.append(waiting)
            waiting = ""
        elif len(line) < usual / 2 and not found and not _END.search(line) and "\n" not in waiting and waiting == line:
            found.append(waiting)  # a heading stands above the first paragraph
            waiting = ""
    return [*found, waiting] if waiting else found


def _is_pdf(file: File) -> bool:
    """Tell a PDF by its first signs, which may stand behind others."""
    return _SIGNS.match(file.head) is not None


PDF = Format("pdf", (".pdf",), "article", _is_pdf, _read)
