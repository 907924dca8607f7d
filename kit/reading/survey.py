"""One look at the bytes of many texts: which places the rules have to look at at all, so that they pass over the rest.

A survey decides nothing. It names what may be damage, a hyphen at the end of a line, a sign that is not seen, a line
of furniture; `kit.reading.damage`, `kit.reading.line_ends` and `kit.reading.news` look there as they look at a text
that nobody surveyed, and find the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from kit.machine.loaded import can_compile
from kit.reading.damage import Lost, Places, glued_words
from kit.reading.rules import Rules
from kit.reading.survey_bytes import (
    BLANK,
    BRACKET,
    CAPITAL,
    CONTROL,
    IN_WORD,
    KINDS,
    OPENS,
    PADDING,
    SMALL,
    STOP,
    Bools,
    Bytes,
    Int64,
    UInt8,
    among,
    in_a_row,
    places_of,
)
from kit.reading.survey_lines import Lines, lines_of

#: Characters of texts from which on a survey costs less than it saves.
ENOUGH = 500_000
#: The same for the compiled look at the bytes, loading it included.
ENOUGH_TO_COMPILE = 4_000_000
_PIECE = 1_000_000  # bytes looked at at once: what a processor keeps near
_SIX = 6  # letters at the end of a word that are looked at


class Survey(NamedTuple):
    """Where the rules have to look in one text: code points.

    Attributes
    ----------
    damage : Places or None
        What may be damage; None if the rules have to look for it.
    hyphens : bool
        Whether a hyphen may stand at the end of a line.
    hidden : bool
        Whether signs that are not seen may be among them.
    apart : bool
        Whether it may have signs that are not composed.
    inline : bool
        Whether it may have the label of a link inside a paragraph.
    lines : Lines or None
        None if they cannot be told.

    """

    damage: Places | None
    hyphens: bool
    hidden: bool
    apart: bool
    inline: bool
    lines: Lines | None


def survey(texts: Sequence[str], rules: Rules) -> Iterator[Survey | None]:
    """Yield where the rules have to look in each text, or None for each if they are few."""
    for known in _surveyed(texts, rules):
        yield None if isinstance(known, Lost) else known


def survey_of_damage(texts: Sequence[str]) -> Iterator[Survey | Lost | None]:
    """Yield the same without lines; of a text of which no rule has to be asked, its lost links."""
    return _surveyed(texts, None)


def is_compiled(characters: int) -> bool:
    """Tell whether so many characters are looked at by compiled code."""
    loaded = "kit.reading.survey_kernel" in sys.modules
    return characters >= (ENOUGH if loaded else max(ENOUGH, ENOUGH_TO_COMPILE)) and can_compile()


def _surveyed(texts: Sequence[str], rules: Rules | None) -> Iterator[Survey | Lost | None]:
    """Survey texts, some at a time."""
    characters = sum(map(len, texts))
    if characters < ENOUGH:
        yield from [None] * len(texts)
        return
    compiled = is_compiled(characters)
    waiting: list[bytes] = []
    size = 0
    for text in texts:
        waiting.append(text.encode("utf-8", "surrogatepass"))
        size += len(waiting[-1])
        if size >= _PIECE:
            yield from _piece(waiting, rules, compiled=compiled)
            waiting, size = [], 0
    if waiting:
        yield from _piece(waiting, rules, compiled=compiled)


def _piece(encoded: list[bytes], rules: Rules | None, *, compiled: bool) -> Iterator[Survey | Lost]:
    """Survey some texts."""
    if not compiled:
        yield from _by_arrays(encoded, rules)
        return
    from kit.reading.survey_compiled import Looked, flagged, looked  # noqa: PLC0415 - the compiler is not for few texts

    if rules is None:
        for found in flagged(*in_a_row(encoded)):
            yield Survey(*found, lines=None) if isinstance(found, Looked) else found
        return
    of = Bytes(encoded)
    lines = lines_of(of, _breaks(of), rules)
    stops = np.append(of.begins[1:] - 1, len(of.data) - PADDING)
    for known, of_text in zip(looked(of.data, of.begins, stops), lines, strict=True):
        yield Survey(*known, lines=of_text)


def _breaks(of: Bytes) -> Bools:
    """Tell which characters beyond ASCII, by their first bytes, are line breaks of two or three."""
    found: Bools = (of.data[of.leads] == 0xE2) & (of.data[of.leads + 1] == 0x80)
    found &= (of.data[of.leads + 2] & 0xFE) == 0xA8
    return found


def _by_arrays(encoded: list[bytes], rules: Rules | None) -> Iterator[Survey]:
    """Survey some texts without compiled code."""
    of = Bytes(encoded)
    data, kinds = of.data, of.kinds
    before, at, behind = kinds[:-2], kinds[1:-1], kinds[2:]  # of each byte but the first and the last
    comma = data[1:-1] == ord(",")
    small_around = (before & behind & SMALL) > 0
    word_ends = ((before & at & SMALL) > 0) & ((behind & (SMALL | CAPITAL)) == 0)
    columns = (
        of.by_text(places_of(comma & ((behind & OPENS) > 0) & ((before & (SMALL | CAPITAL)) == 0))),
        of.by_text(
            places_of((comma & ((before & (BLANK | BRACKET)) > 0)) | (((at & STOP) > 0) & ((before & BLANK) > 0)))
        ),
        of.by_text(places_of(((at & CAPITAL) > 0) & small_around)),
        of.by_text(_glued(data, kinds, places_of(word_ends) + 1)),
        of.counts(places_of((at & STOP) > 0)),
    )
    lead, second, third = data[of.leads], data[of.leads + 1], data[of.leads + 2]
    general = (lead == 0xE2) & (second == 0x80)
    hyphen = ((lead == 0xC2) & ((second == 0xAC) | (second == 0xAD))) | (general & ((third == 0x90) | (third == 0x91)))
    unseen = (lead == 0xC2) & (second == 0xAD) | (lead == 0xCD) | (lead == 0xD8) | (lead == 0xE1) | (lead == 0xEF)
    unseen |= (lead == 0xF3) | ((lead == 0xE2) & (second == 0x81)) | (general & ((third < 0x90) | (third >= 0xA8)))
    dashes = places_of(data[1:-1] == ord("-"))
    dashes = dashes[((kinds[dashes - 1] & IN_WORD) > 0) & _GOES_ON[data[dashes + 1]]]
    behind_it = data[of.leads + np.where(lead >= 0xF0, 4, np.where(lead >= 0xE0, 3, 2))]
    alone = ((lead == 0xC2) & (second < 0xA0)) | ((lead == 0xC3) & (second == 0x82))
    misread = of.have(of.leads[alone | (behind_it >= 0x80)])
    foreign = of.have(of.leads[(lead >= 0xCE) & (lead <= 0xD4)])
    hyphens = of.have(np.union1d(dashes, of.leads[hyphen]))
    controls = [of.low[(kinds[of.low] & CONTROL) > 0], np.flatnonzero(data == 0x7F)]
    hidden = of.have(np.sort(np.concatenate([*controls, of.leads[unseen]])))
    lines = lines_of(of, _breaks(of), rules) if rules else [None] * len(encoded)
    plain = (lead < 0xCC) | (general & ((third & 0xFE) != 0x80))  # of which no two are ever one
    apart = of.have(of.leads[~plain])
    inline = of.have(_inline(data, before, of.leads[(lead == 0xEF) & (second == 0xBC) & (third == 0x9A)]))
    yield from map(Survey, map(Places, *columns, misread, foreign), hyphens, hidden, apart, inline, lines)


def _inline(data: UInt8, before: UInt8, wide: Int64) -> Int64:
    """Return what the labels of links inside paragraphs have: colons behind a blank or an a, `wide` ones, and Juga."""
    colons = places_of(data[1:-1] == ord(":"))
    a_before = (data[colons - 1] | 0x20) == ord("a")
    colons = colons[a_before | ((before[colons - 1] & BLANK) > 0)]
    names = places_of(data[1:-1] == ord("J"))
    names = names[((data[names + 1] | 0x20) == ord("u")) & ((data[names + 2] | 0x20) == ord("g"))]
    return np.sort(np.concatenate([colons, names, wide]))


_GOES_ON = (KINDS & (BLANK | CONTROL) > 0) | (np.arange(256) >= 0x80)  # what may follow a hyphen at a line's end


def _glued(data: UInt8, kinds: UInt8, ends: Int64) -> Int64:
    """Return the ends of words that may be two."""
    behind, whole = glued_words()
    pairs = np.zeros(1 << 16, bool)
    pairs[[ord(end[-2]) << 8 | ord(end[-1]) for end in (*behind, *whole)]] = True
    ends = ends[pairs[data[ends - 2].astype(np.uint16) << 8 | data[ends - 1]]]
    thirds = np.zeros(1 << 8, bool)
    thirds[[ord(end[-3]) for end in (*behind, *whole)]] = True
    ends = ends[thirds[data[ends - 3]] & (ends > _SIX)]
    last: Int64 = np.zeros(len(ends), np.int64)
    for before in range(_SIX, 0, -1):
        last = last << 8 | data[ends - before]
    found = among(last, np.array(sorted(_packed(word[-_SIX:]) for word in whole)))
    for word in behind:
        length = min(len(word), _SIX)
        rows = np.flatnonzero((last & ((1 << 8 * length) - 1)) == _packed(word[-_SIX:]))
        for before in range(1, 5):  # the other word has so many letters at least
            place = np.maximum(ends[rows] - len(word) - before, 0)
            rows = rows[((kinds[place] & SMALL) > 0) | (data[place] >= 0x80)]
        found[rows] = True
    return ends[found]


def _packed(letters: str) -> int:
    """Return letters of ASCII as one number."""
    return int.from_bytes(letters.encode(), "big")
