"""The look at bytes, compiled: what may be damage in each text, and which commas and stops lack a link for certain.

It says of a text what `kit.reading.survey` says by arrays, and decides what stands in plain ASCII of the rule for lost
links in `kit.reading.damage`; where another character stands near, the rule itself is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kit.machine.compiled import Number, compiled, load, small_letters
from kit.reading.survey_bytes import BLANK, KINDS, SPACES, Int64, UInt8, bytes_of

Int32 = npt.NDArray[np.int32]

#: What a text may have: signs of a wrong table, letters of other alphabets, a hyphen at the end of a line, signs that
#: are not seen, signs that are not composed, the label of a link, a stop that cannot be told, U+FFFD.
MISREAD, FOREIGN, HYPHEN, HIDDEN, APART, INLINE, UNTOLD, REPLACED = (1 << bit for bit in range(8))
#: Which of them are asked about where texts stay as they are.
ASKED = MISREAD | FOREIGN | HYPHEN | UNTOLD | REPLACED
#: What stands at a place: a joint, a comma or stop that lacks a link or may, a capital, the end of two words.
JOINT, SURE, ASK, CAMEL, TAIL = range(5)

_SMALL, _CAPITAL, _COMMA, _STOP, _DASH, _COLON, _HIDDEN, _OTHER = range(8)
_NEAR, _SIX, _FEWEST = 24, 6, 4
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd; from the golden ratio (Knuth 1998, 6.4)
#: Bits of the hash of four letters.
BITS = 14
_LONGEST = 12  # letters of a word as one number
_SHOWN = 25  # characters that are shown of a place and what follows; one less stands before


class Rows(NamedTuple):
    """What is found: the text, the place in it (code point, and byte), and what it is."""

    text: Int32
    place: Int32
    byte: Int32
    kind: UInt8


class Words(NamedTuple):
    """The words of the rules, each as one number.

    Attributes
    ----------
    before_link, before_name : int64 arrays
        Words of small letters, five bits a letter.
    ends : bool array, 16,384
        Whether a word may be two, by a hash of its last four letters.
    whole : int64 array
        The last six letters of words that are two.
    behind, masks, lengths : int64 arrays
        The last six letters of words that are glued behind others, which bits of a number these are, and how many
        letters the words have.

    """

    before_link: Int64
    before_name: Int64
    ends: npt.NDArray[np.bool_]
    whole: Int64
    behind: Int64
    masks: Int64
    lengths: Int64


def _classes() -> UInt8:
    """Return what each byte of ASCII is looked at for."""
    table = np.full(256, _OTHER, np.uint8)
    for kind, signs in (
        (_SMALL, "abcdefghijklmnopqrstuvwxyz"),
        (_CAPITAL, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        (_COMMA, ","),
        (_STOP, ".;?!"),
        (_DASH, "-"),
        (_COLON, ":"),
    ):
        table[[ord(sign) for sign in signs]] = kind
    table[[*range(9), *range(0x0E, 0x1C), 0x7F]] = _HIDDEN
    return table


def ends_of(words: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Return which hashes of four letters some words end with."""
    four = np.array([int.from_bytes(word[-4:].encode(), "little") for word in words], np.uint64)
    table = np.zeros(1 << BITS, bool)
    table[((four * _SPREAD) >> np.uint64(64 - BITS)).astype(np.int64)] = True
    return table


CLASSES = _classes()
IS_SPACE = bytes_of(SPACES)
IS_BLANK = (KINDS & BLANK) > 0


@compiled()
def look(
    data: UInt8,
    begins: Int64,
    stops: Int64,
    classes: UInt8,
    kinds: UInt8,
    spaces: npt.NDArray[np.bool_],
    words: Words,
    rows: Rows,
    told: UInt8,
) -> Number:
    """Look at texts, write what is found by text and place, and what each may have; return how many rows there are.

    There is room for two rows more than bytes; behind the last text stand WIDTH bytes more.
    """
    row = np.int64(0)
    for text in range(begins.size):
        begin, end = begins[text], stops[text]
        first, bits, inner, marks, others = row, np.int64(0), np.int64(0), np.int64(0), np.int64(0)
        letters = np.int64(0)  # small ones in a row before the place
        if begin < end and data[begin] == ord(","):
            row = _write(rows, row, text, 0, 0, SURE)
        place = begin
        while place < end:
            byte = np.int64(data[place])
            if byte < 0x80:
                what = classes[byte]
                if what == _SMALL:
                    ahead = small_letters(data, place)
                    place += ahead
                    letters += ahead
                    if place > end:
                        letters -= place - end
                        place = end
                    continue
                width = 1
            else:
                what, width = np.uint8(_OTHER), 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            here = place - begin - inner
            if what == _CAPITAL:
                inside = place > begin and classes[data[place - 1]] == _SMALL
                if inside and _camel(data, begin, place, end, classes, words):
                    row = _write(rows, row, text, here, place - begin, CAMEL)
                elif byte == ord("J") and place + 2 < end and _ug(data, place + 1):
                    bits |= INLINE
                letters = np.int64(0)
                place += 1
                continue
            if _may_be_two(data, place, letters, words.ends) and _tail(data, begin, place, classes, words):
                row = _write(rows, row, text, here, place - begin, TAIL)
            letters = np.int64(0)
            if what == _OTHER and width == 1:
                place += 1
                continue
            if what == _COMMA:
                if place > begin:
                    if _joint(data, begin, place, end, classes, kinds, spaces):
                        row = _write(rows, row, text, here, place - begin, JOINT)
                    if data[place - 1] == ord("(") or _blank_before(data, begin, place, spaces):
                        lacks = _lacks(data, begin, place, end, classes, spaces, words)
                        if lacks != 0:
                            row = _write(rows, row, text, here, place - begin, SURE if lacks == 1 else ASK)
            elif what == _STOP:
                marks += 1
                if place > begin and _blank_before(data, begin, place, spaces):
                    follows = _word_follows(data, place + 1, end, classes)
                    if follows == 2:
                        bits |= UNTOLD
                    elif follows == 0:
                        others += 1
                        lacks = _lacks(data, begin, place, end, classes, spaces, words)
                        if lacks != 0:
                            row = _write(rows, row, text, here, place - begin, SURE if lacks == 1 else ASK)
            elif what == _DASH:
                if place > begin and bits & HYPHEN == 0 and _line_ends(data, place, end, classes, spaces):
                    bits |= HYPHEN
            elif what == _COLON:
                if place == begin or data[place - 1] | 0x20 == ord("a") or kinds[data[place - 1]] & BLANK:
                    bits |= INLINE
            elif what == _HIDDEN:
                bits |= HIDDEN
            elif width > 1:
                bits |= _beyond(data, place, place + width, end)
                inner += width - 1
            place += width
        if _may_be_two(data, end, letters, words.ends) and _tail(data, begin, end, classes, words):
            row = _write(rows, row, text, end - begin - inner, end - begin, TAIL)
        if 2 * others > marks:  # a blank before every stop is how the text is written
            kept = first
            for found in range(first, row):
                if rows.kind[found] != SURE and rows.kind[found] != ASK:
                    kept = _write(rows, kept, text, rows.place[found], rows.byte[found], rows.kind[found])
            row = kept
        told[text] = bits
    return row


@compiled()
def show(data: UInt8, begins: Int64, stops: Int64, places: Int64, shown: Int64) -> None:
    """Write from where to where a place of each text is shown with what stands round it, all in bytes of the data."""
    for text in range(places.size):
        begin, stop = places[text], places[text]
        for _ in range(_SHOWN - 1):
            if begin > begins[text]:
                begin -= 1
                while data[begin] & 0xC0 == 0x80:
                    begin -= 1
        for _ in range(_SHOWN):
            if stop < stops[text]:
                stop += 1
                while stop < stops[text] and data[stop] & 0xC0 == 0x80:
                    stop += 1
        shown[text, 0], shown[text, 1] = begin, stop


@compiled(inline="always")
def _write(rows: Rows, row: Number, text: Number, place: Number, byte: Number, kind: Number) -> Number:
    """Write a row; return the number of the next."""
    rows.text[row] = text
    rows.place[row] = place
    rows.byte[row] = byte
    rows.kind[row] = kind
    return row + 1


@compiled()
def _beyond(data: UInt8, place: Number, behind: Number, end: Number) -> Number:
    """Return what a text may have that has a character beyond ASCII."""
    lead, second = np.int64(data[place]), np.int64(data[place + 1])
    third = np.int64(data[place + 2]) if lead >= 0xE0 else np.int64(0)
    general = lead == 0xE2 and second == 0x80
    bits = np.int64(0)
    if (behind < end and data[behind] >= 0x80) or (lead == 0xC2 and second < 0xA0) or (lead == 0xC3 and second == 0x82):
        bits |= MISREAD
    if 0xCE <= lead <= 0xD4:
        bits |= FOREIGN
    if (lead == 0xC2 and 0xAC <= second <= 0xAD) or (general and 0x90 <= third <= 0x91):
        bits |= HYPHEN
    unseen = lead == 0xCD or lead == 0xD8 or lead == 0xE1 or lead == 0xEF or lead == 0xF3  # noqa: PLR1714 - quicker
    if unseen or (lead == 0xC2 and second == 0xAD):
        bits |= HIDDEN
    if (lead == 0xE2 and second == 0x81) or (general and (third < 0x90 or third >= 0xA8)):
        bits |= HIDDEN
    if lead >= 0xCC and not (general and third & 0xFE != 0x80):
        bits |= APART
    if lead == 0xEF and second == 0xBC and third == 0x9A:
        bits |= INLINE
    if lead == 0xEF and second == 0xBF and third == 0xBD:
        bits |= REPLACED
    return bits


@compiled(inline="always")
def _blank_before(data: UInt8, begin: Number, place: Number, spaces: npt.NDArray[np.bool_]) -> Number:
    """Tell whether a blank stands before a place, behind the beginning."""
    last = data[place - 1]
    if last < 0x80:
        return spaces[last]
    return _wide_blank_before(data, begin, place)


@compiled()
def _wide_blank_before(data: UInt8, begin: Number, place: Number) -> Number:
    """Tell whether a blank beyond ASCII stands before a place."""
    last = data[place - 1]
    if place - begin >= 2 and data[place - 2] == 0xC2:
        return last == 0x85 or last == 0xA0  # noqa: PLR1714 - as above
    if place - begin < 3:
        return False
    lead, second = data[place - 3], data[place - 2]
    if lead == 0xE2 and second == 0x80:
        return last <= 0x8A or last == 0xA8 or last == 0xA9 or last == 0xAF  # noqa: PLR1714
    if lead == 0xE2 and second == 0x81:
        return last == 0x9F
    return (lead == 0xE3 and second == 0x80 and last == 0x80) or (lead == 0xE1 and second == 0x9A and last == 0x80)


@compiled()
def _word_follows(data: UInt8, place: Number, end: Number, classes: UInt8) -> Number:
    """Tell whether a full stop or part of a word stands at a place; 2 if that cannot be told."""
    if place >= end:
        return 0
    byte = data[place]
    if byte >= 0x80:
        plain = (byte == 0xE2 and data[place + 1] == 0x80) or (byte == 0xC2 and data[place + 1] == 0xA0)
        return 0 if plain else 2
    return 1 if byte == ord(".") or _in_word(byte, classes) else 0


@compiled(inline="always")
def _in_word(byte: Number, classes: UInt8) -> Number:
    """Tell whether a byte of ASCII is a letter, a figure or an underscore."""
    return classes[byte] <= _CAPITAL or ord("0") <= byte <= ord("9") or byte == ord("_")


@compiled()
def _lacks(
    data: UInt8,
    begin: Number,
    place: Number,
    end: Number,
    classes: UInt8,
    spaces: npt.NDArray[np.bool_],
    words: Words,
) -> Number:
    """Tell whether a comma or stop behind a blank or bracket lacks a link; 2 if the rule has to be asked."""
    comma = data[place] == ord(",")
    if comma and place + 1 < end:
        if data[place + 1] >= 0x80:
            return 2
        if classes[data[place + 1]] <= _CAPITAL:
            return 1
    low = max(begin, place - _NEAR)
    last, broken = place - 1, False
    while last >= low and data[last] < 0x80 and spaces[data[last]]:
        broken = broken or data[last] == ord("\n")
        last -= 1
    if last >= low and data[last] >= 0x80:
        return 2
    head = last
    while head >= low and classes[data[head]] == _SMALL and data[head] < 0x80 and last - head < _LONGEST:
        head -= 1
    ended = head < low or data[head] >= 0x80 or classes[data[head]] > _CAPITAL
    if head < last and ended and _is_among(data, head + 1, last + 1, words.before_link):
        return 1
    if not comma:
        return 0
    if data[place - 1] == ord("("):
        return 1 if place + 1 < end and data[place + 1] == ord(")") else 0
    if broken or last < low or data[last] == ord(",") or data[last] == ord("("):
        return 1
    behind = place + 1
    while behind < end and behind < place + 4 and data[behind] < 0x80:
        if not spaces[data[behind]] or data[behind] == ord("\n"):
            break
        behind += 1
    if behind >= end:
        return 0
    if data[behind] >= 0x80:
        return 2
    if data[behind] != ord(",") and data[behind] != ord("."):
        return 0
    if behind + 1 < end and data[behind + 1] >= 0x80:
        return 2
    return 0 if behind + 1 < end and ord("0") <= data[behind + 1] <= ord("9") else 1


@compiled()
def _is_among(data: UInt8, begin: Number, stop: Number, known: Int64) -> Number:
    """Tell whether a word of small letters is among known ones."""
    if stop - begin > _LONGEST:
        return False
    packed = np.int64(0)
    for place in range(begin, stop):
        packed = packed << 5 | np.int64(data[place] & 31)
    for one in known:  # noqa: SIM110 - numba has no generators in expressions
        if one == packed:
            return True
    return False


@compiled()
def _joint(
    data: UInt8, begin: Number, place: Number, end: Number, classes: UInt8, kinds: UInt8, spaces: npt.NDArray[np.bool_]
) -> Number:
    """Tell whether a comma may stand between paragraphs: behind the end of a sentence, before what may begin one."""
    if place + 1 >= end or kinds[data[place + 1]] & 8 == 0:
        return False
    last = place - 1
    for _ in range(3):
        if last < begin or data[last] >= 0x80 or not spaces[data[last]] or data[last] == ord("\n"):
            break
        last -= 1
    for _ in range(3):
        if last < begin or not _closes(data[last]):
            break
        last -= 1
    return last >= begin and (data[last] >= 0x80 or (classes[data[last]] == _STOP and data[last] != ord(";")))


@compiled(inline="always")
def _closes(byte: Number) -> Number:
    """Tell whether a byte is a quotation mark or bracket of ASCII that may close a sentence."""
    return byte == ord('"') or byte == ord("'") or byte == ord(")") or byte == ord("]")


@compiled(inline="always")
def _is_small(byte: Number, classes: UInt8) -> Number:
    """Tell whether a byte is a small letter, or may be one beyond ASCII."""
    return byte >= 0x80 or classes[byte] == _SMALL


@compiled(inline="always")
def _ug(data: UInt8, place: Number) -> Number:
    """Tell whether *ug* stands at a place, in letters of any size."""
    return data[place] | 0x20 == ord("u") and data[place + 1] | 0x20 == ord("g")


@compiled(inline="always")
def _may_be_two(data: UInt8, place: Number, letters: Number, ends: npt.NDArray[np.bool_]) -> Number:
    """Tell whether so many small letters before a place may end a word that is two."""
    four = (load(data, max(place - 4, 0)) & np.uint64(0xFFFFFFFF)) * _SPREAD
    return ends[np.int64(four >> np.uint64(64 - BITS))] & (letters >= _SIX)


@compiled()
def _camel(data: UInt8, begin: Number, place: Number, end: Number, classes: UInt8, words: Words) -> Number:
    """Tell whether a capital between small letters may begin a name behind a word that stands before names."""
    if place + 2 >= end or data[place + 1] >= 0x80 or data[place + 2] >= 0x80:
        return False
    if classes[data[place + 1]] != _SMALL or classes[data[place + 2]] != _SMALL:
        return False
    head = place - 1
    while head >= begin and data[head] < 0x80 and classes[data[head]] == _SMALL and place - head <= _LONGEST:
        head -= 1
    if head >= begin and data[head] < 0x80:
        sign = data[head]
        if _in_word(sign, classes) or sign == ord(".") or sign == ord("@") or sign == ord("#") or sign == ord("/"):
            return False
        if sign == ord("'") or sign == ord("-"):
            return False
    return _is_among(data, head + 1, place, words.before_name)


@compiled()
def _tail(data: UInt8, begin: Number, place: Number, classes: UInt8, words: Words) -> Number:
    """Tell whether six small letters before a place may end two words."""
    last = np.int64(0)
    for before in range(_SIX, 0, -1):
        byte = data[place - before]
        if byte >= 0x80 or classes[byte] != _SMALL:
            return False
        last = last << 8 | byte
    for one in words.whole:
        if one == last:
            return True
    for number in range(words.behind.size):
        if last & words.masks[number] == words.behind[number]:
            head, letters = place - words.lengths[number] - _FEWEST, 0
            while head >= begin and letters < _FEWEST and _is_small(data[head + letters], classes):
                letters += 1
            if letters == _FEWEST:
                return True
    return False


@compiled()
def _line_ends(data: UInt8, place: Number, end: Number, classes: UInt8, spaces: npt.NDArray[np.bool_]) -> Number:
    """Tell whether a hyphen behind a part of a word may stand at the end of a line."""
    before = data[place - 1]
    if before < 0x80 and classes[before] != _HIDDEN and not _in_word(before, classes):
        return False
    behind = place + 1
    while behind < end:
        byte = data[behind]
        if byte >= 0x80:
            return True
        if spaces[byte]:
            if byte != ord(" ") and byte != ord("\t") and byte != 0x1F:
                return True
        elif classes[byte] != _HIDDEN:
            return False
        behind += 1
    return False
