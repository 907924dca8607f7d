"""Bytes to text, and a text's visible, composed (NFC) form with the way back to every raw character."""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby

from kit.errors import ReadingError

#: Characters that end a line, as `str.splitlines` has them.
LINE_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

#: What is neither seen nor a blank, as a class of a pattern: soft hyphen, zero-width characters, direction and language
#: marks, byte order mark, control characters of ASCII; those above it are dashes and quotation marks, decoded by the
#: wrong table. A joined emoji falls apart into its parts; variation selectors stay.
INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f"
)

#: What helps if a file is no text at all: an article, or a table.
AS_TEXT, AS_TABLE = "save its text as .txt, in UTF-8", "save the table as CSV, in UTF-8"

_SIGNATURES = (
    (b"%PDF", "is a PDF, not plain text"),
    (b"PK\x03\x04", "is a zip, Word or Excel file, not plain text"),
    (b"\xd0\xcf\x11\xe0", "is an old Word or Excel file, not plain text"),
    (b"{\\rtf", "is rich text, not plain text"),
)
_MARKUP = rb"(?i)\s*(?:<!doctype\s+html|<html|<\?xml)"
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# One well-formed UTF-8 sequence of two bytes or more; in a text of one byte per character they hardly ever occur.
_SEQUENCE = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_HIGH = rb"[\x80-\xff]"
_CONTROLS = rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]"
_FOREIGN_SHARE = 0.2  # of characters beyond ASCII; Indonesian text in cp1252 has a few quotation marks and dashes
_CONTROL_SHARE = 0.01


@cache
def _invisible() -> re.Pattern[str]:
    """Return signs that nobody sees; like the other rules here compiled by who reads a text."""
    return re.compile(f"[{INVISIBLE}]+")


def decode(data: bytes, place: str = "", *, save: str = AS_TEXT) -> tuple[str, str]:
    """Decode a text file without guessing more than one step.

    UTF-8 (with or without byte order mark) is tried strictly, then UTF-16 and UTF-32 where a byte order mark says so,
    then cp1252, if the result looks like text.
    """
    if data.startswith(b"\x1f\x8b"):
        raise ReadingError("is compressed (gzip)", place=place, remedy="unpack it")
    for signature, problem in _SIGNATURES:
        if data.startswith(signature):
            raise ReadingError(problem, place=place, remedy=save)
    if re.match(_MARKUP, data):
        raise ReadingError("is a web page (HTML or XML), not plain text", place=place, remedy=save)
    text, encoding = _decoded(data, place, save)
    if not _invisible().sub("", text).strip():
        raise ReadingError("is empty", place=place, remedy="fill it or delete it")
    controls = sum(len(run) for run in re.findall("[\x00-\x08\x0e-\x1b]+", text))
    if "\x00" in text or controls > _CONTROL_SHARE * len(text):
        raise ReadingError("is binary, not plain text", place=place, remedy=save)
    return text, encoding


def _decoded(data: bytes, place: str, save: str) -> tuple[str, str]:
    """Return the text and its encoding, or say why there is none."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise ReadingError(
                    f"begins as {encoding} but is not valid at byte {error.start}", place=place, remedy=_SAVE
                ) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error.start
    if b"\x00" in data:
        raise ReadingError("is binary, not plain text", place=place, remedy=save)
    if len(re.findall(_HIGH, data)) > max(5, _FOREIGN_SHARE * len(data)):
        raise ReadingError("is in an unknown encoding", place=place, remedy=_SAVE)
    sequences = re.findall(_SEQUENCE, data)
    strays = len(re.findall(_HIGH, re.sub(_SEQUENCE, b"", data)))
    if any(len(sequence) > 2 for sequence in sequences) or len(sequences) > strays:
        raise ReadingError(f"is UTF-8 with a damaged byte at {broken}", place=place, remedy=_SAVE)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ReadingError("is in an unknown encoding", place=place, remedy=_SAVE) from error
    return text, "cp1252"


def decode_head(head: bytes) -> str:
    """Return the beginning of a file as text, to tell what it is; empty if it is none."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return head.decode(encoding, "ignore")
    if re.search(_CONTROLS, head):
        return ""
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start >= len(head) - 3  # the last character may be cut off
        return head[: error.start].decode("utf-8") if cut else head.decode("cp1252", "replace")


_SAVE = "open it in an editor, check the letters and save it as UTF-8"


@dataclass(frozen=True)
class Visible:
    """A text as it is seen: invisible characters gone, accents composed.

    Attributes
    ----------
    text : str
        The visible text, NFC; line breaks untouched.
    stretches : list of (raw_start, raw_end, start)
        Consecutive pieces of `text` and where they stand in the raw text. Pieces of equal length map one to one;
        a piece whose length changed is one cluster of letter and accents and maps as a whole.
    hidden : list of (raw_start, raw_end)
        What was left out: runs of invisible characters, and the stretches given; save those inside a cluster.

    """

    text: str
    stretches: list[tuple[int, int, int]]
    hidden: list[tuple[int, int]]

    def pieces(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the stretches of ``text[start:end]``: (raw_start, raw_end, start in `text`)."""
        if len(self.stretches) == 1 and self.stretches[0][1] - self.stretches[0][0] == len(self.text):
            first = self.stretches[0][0]
            begin, stop = max(start, 0), min(end, len(self.text))
            return [(first + begin, first + stop, begin)] if end > 0 else []
        found = []
        row = bisect_right(self.stretches, start, key=lambda stretch: stretch[2]) - 1
        for number in range(max(row, 0), len(self.stretches)):
            raw_start, raw_end, first = self.stretches[number]
            if first >= end:
                break
            last = self.stretches[number + 1][2] if number + 1 < len(self.stretches) else len(self.text)
            if raw_end - raw_start != last - first:
                found.append((raw_start, raw_end, first))
            else:
                begin, stop = max(start, first), min(end, last)
                found.append((raw_start + begin - first, raw_start + stop - first, begin))
        return found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the raw text that holds ``text[start:end]``."""
        pieces = self.pieces(start, end)
        return pieces[0][0], pieces[-1][1]


def mended(raw: str, edits: Sequence[tuple[int, int, str]]) -> Visible:
    """Return a text with some stretches replaced, and the map back."""
    if not edits:
        return Visible(raw, [(0, len(raw), 0)] if raw else [], [])
    pieces, stretches = list[str](), list[tuple[int, int, int]]()
    place = start = 0
    for begin, stop, new in (*edits, (len(raw), len(raw), "")):
        for first, last, text in ((place, begin, raw[place:begin]), (begin, stop, new)):
            if text:
                pieces.append(text)
                stretches.append((first, last, start))
                start += len(text)
        place = stop
    return Visible("".join(pieces), stretches, [])


def visible(raw: str, without: Sequence[tuple[int, int]] = (), *, plain: bool = False) -> Visible:
    """Return a text without invisible characters and some stretches, with composed accents, and the map back.

    A text that is `plain` has no invisible characters.
    """
    hidden: list[tuple[int, int]] = []
    reached = 0
    for begin, stop in (*without, (len(raw), len(raw))) if without or not plain else ():
        hidden += [match.span() for match in _invisible().finditer(raw, reached, begin)]
        hidden.append((begin, stop))
        reached = stop
    del hidden[-1:]
    if not hidden and unicodedata.is_normalized("NFC", raw):
        return Visible(raw, [(0, len(raw), 0)] if raw else [], [])
    edges = [0, *(edge for span in hidden for edge in span), len(raw)]
    shown = [(begin, stop) for begin, stop in zip(edges[::2], edges[1::2], strict=True) if begin < stop]
    bare = "".join(raw[begin:stop] for begin, stop in shown)
    if unicodedata.is_normalized("NFC", bare):
        stretches, start = [], 0
        for begin, stop in shown:
            stretches.append((begin, stop, start))
            start += stop - begin
        return Visible(bare, stretches, hidden)
    places = [place for begin, stop in shown for place in range(begin, stop)]
    stretches = _composed(bare, places)
    starts = [stretch[0] for stretch in stretches]
    apart = [
        (begin, stop)
        for begin, stop in hidden
        if (row := bisect_right(starts, begin) - 1) < 0 or stretches[row][1] <= begin
    ]
    return Visible(compose(bare), stretches, apart)


_LONG_RUN = 64  # marks; a shorter run is sorted in no time


def compose(text: str) -> str:
    """Return the composed form (NFC) of a text; long runs of marks are sorted first, as the library does so slowly."""
    if len(text) < _LONG_RUN:
        return unicodedata.normalize("NFC", text)
    ordered = (
        sorted(signs, key=unicodedata.combining) if marks else signs
        for marks, signs in groupby(text, lambda sign: unicodedata.combining(sign) > 0)
    )
    return unicodedata.normalize("NFC", "".join(chain.from_iterable(ordered)))


def _composed(bare: str, places: list[int]) -> list[tuple[int, int, int]]:
    """Return the stretches of the NFC form of `bare`, whose characters stand at `places` of the raw text."""
    stretches: list[tuple[int, int, int]] = []
    start, even = 0, False
    for begin, stop in _clusters(bare):
        length = len(compose(bare[begin:stop]))
        raw_start, raw_end = places[begin], places[stop - 1] + 1
        same = length == raw_end - raw_start
        if same and even and stretches[-1][1] == raw_start:
            stretches[-1] = (stretches[-1][0], raw_end, stretches[-1][2])
        else:
            stretches.append((raw_start, raw_end, start))
        start, even = start + length, same
    return stretches


def _clusters(bare: str) -> list[tuple[int, int]]:
    """Cut a text where composing its pieces one by one composes the whole."""
    cuts = [0]
    for place in range(1, len(bare)):
        sign = bare[place]
        if sign < "\u0300" or (unicodedata.combining(sign) == 0 and _apart(bare[cuts[-1] : place], sign)):
            cuts.append(place)
    pieces = list(zip(cuts, [*cuts[1:], len(bare)], strict=True))
    if "".join(compose(bare[a:b]) for a, b in pieces) == compose(bare):
        return pieces
    return [(0, len(bare))]


def _apart(cluster: str, sign: str) -> bool:
    """Tell whether a base character begins a cluster of its own."""
    return compose(cluster + sign) == compose(cluster) + compose(sign)


def lines(text: str) -> list[tuple[int, int]]:
    r"""Return the span of every line that is not blank, without blank edges."""
    spans = []
    for match in re.finditer(_LINE, text):
        content = match.group()
        shown = content.strip()
        if shown:
            begin = match.start() + len(content) - len(content.lstrip())
            spans.append((begin, begin + len(shown)))
    return spans


_LINE = f"[^{LINE_BREAKS}]+"
