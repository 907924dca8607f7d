"""WARC: the pages of a crawl, each address once, as it was captured last."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import IO, Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.dates import Calendar
from kit.reading.formats.contract import File, Format, stem_of
from kit.reading.formats.web_page import decoded, read_page
from kit.reading.libraries import library, read_by
from kit.reading.metadata import own_columns
from kit.reading.remarks import Remark

_CANONICAL = re.compile(
    rb"<link\b(?=[^>]*\brel\s*=\s*[\"']?canonical)[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE
)
_TRACKING = re.compile(r"utm_|fbclid$|gclid$|mc_[ce]id$|igshid$", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w-]+)", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")
_LARGEST = 256 << 20  # bytes of a page, decompressed


class _Page(NamedTuple):
    """A page of an archive: which record it is, its address, when it was captured, and its bytes."""

    number: int
    url: str
    captured: str
    charset: str
    body: bytes


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the article of every address; older captures are set aside."""
    newest: dict[str, tuple[str, int]] = {}
    for page in _pages(file, []):
        address = _address(page)
        newest[address] = max(newest.get(address, ("", -1)), (page.captured, page.number))
    for page in _pages(file, file.aside):
        place = f"{file.source}#{page.number}"
        kept = newest[_address(page)]
        if kept[1] != page.number:
            problem = f"is an older capture of {page.url}, as of {page.captured}; that of {kept[0]} is read"
            file.aside.append(ReadingError(problem, place=place, remedy="nothing needs to be done"))
            continue
        try:
            markup, encoding = decoded(page.body, place, page.charset)
            text, stated, reader = read_page(markup, place, page.url)
        except ReadingError as error:
            file.aside.append(ReadingError(f"{error.problem} ({page.url})", place=place, remedy=error.remedy))
            continue
        cells = {"url": page.url, **stated, "captured": page.captured}
        metadata, problems = own_columns(cells, calendar=Calendar(file.options.zone))
        file.aside.extend(problem.at(place) for problem in problems)
        name = f"{stem_of(file.source)}-{page.number:07d}"
        yield RawArticle(name, place, file.digest, encoding, text, metadata, f"{read_by('warcio')}, {reader}")


def _pages(file: File, aside: list[ReadingError]) -> Iterator[_Page]:
    """Yield the pages of an archive; say how many other records it has, and what could not be read."""
    warcio = library("warcio", "warcio.archiveiterator")
    failed = library("warcio", "warcio.exceptions").ArchiveLoadFailed
    others = number = 0
    broken = ""
    try:
        with file.open() as stream:
            whole = _UntilBroken(stream)
            for number, record in enumerate(_quietly(warcio.ArchiveIterator(whole)), start=1):
                headers, stored = record.http_headers, record.rec_headers
                kind = (headers or stored).get_header("Content-Type") or ""
                is_page = kind.split(";")[0].strip().lower() in _HTML
                if record.rec_type not in ("response", "resource") or not is_page:
                    others += 1
                    continue
                url = (stored.get_header("WARC-Target-URI") or "").strip("<> ")
                place = f"{file.source}#{number}"
                status = headers.get_statuscode() if headers else "200"
                if status != "200":
                    remedy = "nothing needs to be done, or get the page anew"
                    aside.append(ReadingError(f"the server answered {status} ({url})", place=place, remedy=remedy))
                    continue
                try:
                    body = _body(record.raw_stream, headers)
                except (ValueError, EOFError, OSError, zlib.error) as error:
                    problem = f"has a body that cannot be decompressed ({error}; {url})"
                    aside.append(ReadingError(problem, place=place, remedy="get the page anew"))
                    continue
                if getattr(record.raw_stream, "limit", 0) > 0:
                    aside.append(ReadingError(f"is cut off ({url})", place=place, remedy="get the page anew"))
                    continue
                found = _CHARSET.search(kind)
                captured = stored.get_header("WARC-Date") or ""
                yield _Page(number, url, captured, found[1] if found else "", body)
            broken = whole.broken
    except failed as error:
        broken = type(error).__name__
    if broken:
        problem = f"breaks off at record {number} ({broken}): what stands behind it cannot be read"
        aside.append(ReadingError(problem, place=file.source, remedy="get the archive anew"))
    if others:
        problem = f"{others} records of other kinds (requests, pictures, redirects) were passed over"
        aside.append(Remark(problem, place=file.source, remedy="nothing needs to be done"))


class _UntilBroken(io.RawIOBase):
    """A stream that ends where it is broken, so that the records before the break are read; it says what broke it."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream, self.broken = stream, ""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer, as streams do."""
        read = getattr(self._stream, "read1", self._stream.read)
        try:
            piece = read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            self.broken = type(error).__name__
            return 0
        buffer[: len(piece)] = piece
        return len(piece)


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """Yield records; what warcio would write to the terminal of a broken one shows in what is read of it."""
    while True:
        with redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _body(stream: IO[bytes], headers: Any) -> bytes:
    """Return the body of an answer as the server meant it: warcio leaves zstd and x-gzip, and fails at br."""
    with redirect_stderr(io.StringIO()):
        body = stream.read()
    if headers is None:
        return body
    if "chunked" in (headers.get_header("Transfer-Encoding") or "").lower():
        body = _unchunked(body)
    names = (headers.get_header("Content-Encoding") or "").lower().split(",")
    for name in reversed([name.strip() for name in names]):
        body = _decompressed(body, name)
        if len(body) > _LARGEST:
            raise ValueError("it is larger than 256 MB")
    return body


def _decompressed(body: bytes, name: str) -> bytes:
    """Undo one encoding; a body that is not in it, as archives have some, is left as it is."""
    if name in ("gzip", "x-gzip"):
        return _inflated(body, zlib.MAX_WBITS | 16) if body.startswith(b"\x1f\x8b") else body
    if name == "deflate":
        for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            try:
                return _inflated(body, bits)
            except zlib.error:
                continue
        return body
    if name == "br":
        brotli = library("brotli")
        try:
            return _unbrotlied(brotli.Decompressor(), body)
        except brotli.error:
            if b"<" in body[:512]:
                return body
            raise ValueError("it is no brotli") from None
    if name == "zstd":
        zstandard = library("zstandard")
        if not body.startswith(b"\x28\xb5\x2f\xfd"):
            return body
        try:
            return bytes(zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True).read(_LARGEST + 1))
        except zstandard.ZstdError as error:
            raise ValueError("it is no zstd") from error
    if name in ("", "identity", "none"):
        return body
    raise ValueError(f"its encoding {name!r} is not known")


def _unbrotlied(decompressor: Any, body: bytes) -> bytes:
    """Undo brotli, up to a little more than a page may have."""
    found = bytes(decompressor.process(body, output_buffer_limit=_LARGEST + 1))
    while not decompressor.is_finished() and len(found) <= _LARGEST:
        more = bytes(decompressor.process(b"", output_buffer_limit=_LARGEST + 1 - len(found)))
        if not more:
            raise EOFError("it breaks off")
        found += more
    return found


def _inflated(body: bytes, bits: int) -> bytes:
    """Undo gzip or deflate, up to a little more than a page may have."""
    found = b""
    while body and len(found) <= _LARGEST:  # gzip may have several members
        member = zlib.decompressobj(bits)
        found += member.decompress(body, _LARGEST + 1 - len(found))
        if not member.eof and len(found) <= _LARGEST:
            raise EOFError("it breaks off")
        body = member.unused_data if bits > zlib.MAX_WBITS and member.unused_data.startswith(b"\x1f\x8b") else b""
    return found


def _unchunked(body: bytes) -> bytes:
    """Return a body that came in chunks; as it is if it has none, as archives that undo them have."""
    pieces: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\r\n", place)
        size = body[place:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return b"".join(pieces) if pieces else body
        if not length:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        place = end + 2 + length + 2


def _address(page: _Page) -> str:
    """Return the address under which a page counts once: its canonical one, without what only counts visitors."""
    found = _CANONICAL.search(page.body[: 1 << 17])
    stated = urljoin(page.url, found[1].decode("utf-8", "replace")) if found else page.url
    try:
        parts = urlsplit(stated)
        query = urlencode(
            [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])]
        )
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return stated
    return f"{host}{parts.path.rstrip('/')}?{query}"


def _is_archive(file: File) -> bool:
    """Tell an archive by its first record, and by its name where that is broken."""
    return file.head.startswith(b"WARC/") or file.name.endswith(".warc")


ARCHIVE = Format("warc", (".warc", ".warc.gz"), "articles", _is_archive, _read)
