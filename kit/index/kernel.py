"""The token and sentence rules over UTF-8 bytes, compiled: one pass, no Python object per token, the GIL released.

`kit.language.tokens` and `kit.language.sentences` state the rules; this module has to say the same of every text in its
visible form, and leaves to them all others and those in which a line end may have cut a word. Texts are bytes with at
least 16 more behind the last, since letters are looked at 16 bytes at a time. Places are bytes; what leaves is code
points.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kit.index.characters import BREAK, CAPITAL, CLOSER, DIGIT, GAP, GLUE, LETTER, MARK, OPENER, UNSETTLED
from kit.index.lexicon import Strings
from kit.index.words import Int32, Int64, UInt8
from kit.language.sentences import REACH, SPAN
from kit.machine.compiled import WIDE, WIDTH, Number, ascii_letters, compiled, lowest_bit, others_than_letters

#: Why `cut` came back: all is read; the strings are full; the text at hand is not in its visible form.
DONE, FULL, UNSEEN = range(3)
#: What `cut` keeps in its array of counters, so that it goes on where it stopped.
DOCUMENT, PLACE, SHIFT, OPENS, RUN, TOKENS, SENTENCES, DOUBTS, COUNTERS = range(9)
#: Kinds as `cut` tells them; signs become punctuation or symbols by their Unicode category.
WORD, NUMBER, OTHER = range(3)

_NEVER = np.int64(2**62)
#: Whether a sentence ends.
_NOT, _PERHAPS, _SURELY = range(3)
_ONE = np.uint64(1)
#: What bytes do where a word of ASCII letters may stand before them: they end it; are a token too; or a blank; or may
#: end a sentence.
_ENDS, _SIGN, _BLANK, _STOP = 1, 2, 4, 8
_ROLES = np.zeros(256, np.uint8)
_ROLES[np.frombuffer(b' \n!?,;"()[]/&$#=<>*', np.uint8)] = _ENDS
_ROLES[np.frombuffer(b',;"()[]/&$#=<>*', np.uint8)] |= _SIGN
_ROLES[ord(" ")] |= _BLANK
_ROLES[ord(".")] = _STOP


class Rows(NamedTuple):
    """What `cut` writes: where each token starts (code points), and the first token of each sentence and document."""

    start: Int32
    sentence: Int64
    document: Int64


class Listed(NamedTuple):
    """Some words, sorted.

    Attributes
    ----------
    heads : int64 array, 257
        The first word that begins with each byte or a later one.
    bounds : int64 array
        Where each begins in `data`, and the end.
    data : uint8 array
        The words, one behind the other.

    """

    heads: Int64
    bounds: Int64
    data: UInt8


class Known(NamedTuple):
    """The words that the rules know: abbreviations in their own case, the others in lower case.

    Behind `names`, abbreviations too, no sentence ends, whatever follows (*Jl.*, *Dr.*). Domains are the last parts of
    addresses; the `pathed` are so only before a path.
    """

    abbreviations: Listed
    names: Listed
    calendar: Listed
    domains: Listed
    pathed: Listed


@compiled()
def cut(
    text: UInt8,
    bounds: Int64,
    first_document: Number,
    characters: UInt8,
    known: Known,
    rows: Rows,
    strings: Strings,
    doubts: Int64,
    counters: Int64,
) -> Number:
    """Cut documents into tokens and sentences from where the counters say; return DONE, FULL or UNSEEN.

    `bounds` are the places where the documents of this text begin, and the end; the first of them has the number
    `first_document` in `rows`, which has room for as many tokens and sentences as `strings`. After FULL the caller
    empties `strings` and `doubts` and calls again; after UNSEEN the document at hand has left no rows, and the caller
    reads it by the rules and goes on behind it.

    A row of `doubts` is a sentence that may be none, since an abbreviation, initials or the sign of a list item stand
    before it: its row in `rows`; the place from which the rule looks back, of the full stop, and behind the next word.
    """
    token_start, sentence_token, document_token = rows
    places, lengths, kinds = strings
    place, shift, opens, run = counters[PLACE], counters[SHIFT], counters[OPENS], counters[RUN]
    tokens, sentences = counters[TOKENS], counters[SENTENCES]
    row = doubted = 0
    glued = np.int64(0)
    counters[DOUBTS] = 0
    for document in range(counters[DOCUMENT], first_document + bounds.size - 1):
        begin, end = bounds[document - first_document], bounds[document - first_document + 1]
        if place < 0:
            place, shift, opens, run = begin, np.int64(0), begin, begin
        status = DONE
        while place < end:
            if opens == _NEVER and row + WIDE <= places.size and place + WIDE < end:
                before = row
                place, row = _plain_tokens(text, place, row, places, lengths, kinds)
                for known_row in range(before, row):
                    token_start[tokens] = places[known_row] - begin - shift
                    tokens += 1
            what, width = _character(text, place, end, characters)
            if what <= BREAK:
                place += width
                shift += width - 1
                if what == BREAK:
                    opens = place
                continue
            if row == places.size:
                status = FULL
                break
            if what == UNSETTLED or (
                place >= opens
                and _alphanumeric(what)
                and not _stands_alone(text, begin, place)
                and _goes_on(text, begin, place, characters)
            ):
                status = UNSEEN
                tokens = document_token[document]
                while sentences > 0 and sentence_token[sentences - 1] >= tokens:
                    sentences -= 1
                break
            stop, extra, kind, glued = _token_end(text, begin, place, end, what, width, glued, characters, known)
            places[row] = place
            lengths[row] = stop - place
            kinds[row] = kind
            row += 1
            if place >= opens:
                sentence_token[sentences] = tokens
                sentences += 1
                opens = _NEVER
            token_start[tokens] = place - begin - shift
            tokens += 1
            mark = place
            if kind == WORD and text[stop - 1] == ord("."):
                what, mark = np.int64(MARK), stop - 1
            if what & MARK and mark >= run:
                head = mark + 2
                if head < end and text[mark] == ord(".") and text[mark + 1] == ord(" ") and _is_capital(text[head]):
                    run, gap = mark + 1, head
                else:
                    run, gap, head = _sentence_break(text, mark, end, characters)
                if gap >= 0:
                    single = text[mark] == ord(".") and run == mark + 1
                    ends = _ends_sentence(text, begin, mark, characters, known) if single else _SURELY
                    if ends != _NOT:
                        opens = gap
                    if ends == _PERHAPS:
                        doubts[doubted, 0] = sentences  # the token that follows stands at the gap
                        doubts[doubted, 1] = _back(text, begin, mark, text[mark - 1])
                        doubts[doubted, 2] = mark
                        doubts[doubted, 3] = _behind(text, head, end, characters)
                        doubted += 1
            place = stop
            shift += extra
        counters[DOCUMENT], counters[TOKENS], counters[SENTENCES], counters[DOUBTS] = (
            document,
            tokens,
            sentences,
            doubted,
        )
        if status != DONE:
            counters[PLACE], counters[SHIFT], counters[OPENS], counters[RUN] = place, shift, opens, run
            return status
        document_token[document + 1] = tokens
        counters[DOCUMENT], counters[PLACE], place = document + 1, -1, np.int64(-1)
    return DONE


@compiled(inline="always")
def _character(text: UInt8, place: Number, end: Number, characters: UInt8) -> tuple[Number, Number]:
    """Return what the character at a place is, and its bytes; behind the end there is a line break."""
    if place >= end:
        return np.int64(BREAK), 1
    byte = np.int64(text[place])
    if byte < 0x80:
        return np.int64(characters[byte]), 1
    if byte < 0xE0:
        point = ((byte & 31) << 6) | (text[place + 1] & 63)
        width = 2
    elif byte < 0xF0:
        point = ((byte & 15) << 12) | ((text[place + 1] & 63) << 6) | (text[place + 2] & 63)
        width = 3
    else:
        point = ((byte & 7) << 18) | ((text[place + 1] & 63) << 12)
        point |= ((text[place + 2] & 63) << 6) | (text[place + 3] & 63)
        width = 4
    return np.int64(characters[point]), width


@compiled(inline="always")
def _plain_tokens(
    text: UInt8, place: Number, row: Number, places: Int64, lengths: Int32, kinds: UInt8
) -> tuple[Number, Number]:
    """Write the tokens of the next WIDE bytes that are plain to see: words of ASCII letters, blanks and signs behind.

    Return up to where they are written, and how many rows there are then. No sentence begins among them.
    """
    others, at = others_than_letters(text, place), np.uint64(0)
    while others != 0:
        stop = lowest_bit(others)
        byte = place + np.int64(stop)
        role = _ROLES[text[byte]]
        if role == _STOP and (text[byte + 1] == ord(" ") or text[byte + 1] == ord("\n")):
            role |= _ENDS
        if stop != at:
            if not role & _ENDS:
                break
            places[row] = place + np.int64(at)
            lengths[row] = np.int64(stop - at)
            kinds[row] = WORD
            row += 1
            at = stop
        if role & _SIGN:
            places[row] = byte
            lengths[row] = 1
            kinds[row] = OTHER
            row += 1
        elif not role & _BLANK:
            break
        at = stop + _ONE
        others &= others - _ONE
    return place + np.int64(at), row


@compiled(inline="always")
def _is_capital(byte: Number) -> Number:
    """Tell whether a byte is a capital letter of ASCII."""
    return ord("A") <= byte <= ord("Z")


@compiled(inline="always")
def _stands_alone(text: UInt8, begin: Number, place: Number) -> Number:
    """Tell whether a sign of ASCII but a hyphen, or a letter, stands before the blank or line end before a place."""
    if place < begin + 2 or not (text[place - 1] == ord(" ") or text[place - 1] == ord("\n")):
        return False
    return ord(" ") < text[place - 2] < 0x7F and text[place - 2] != ord("-")


@compiled(inline="always")
def _alphanumeric(what: Number) -> Number:
    """Tell whether a character is a letter or digit."""
    return DIGIT <= what <= CAPITAL


@compiled(inline="always")
def _token_end(
    text: UInt8,
    begin: Number,
    place: Number,
    end: Number,
    what: Number,
    width: Number,
    glued: Number,
    characters: UInt8,
    known: Known,
) -> tuple[Number, Number, Number, Number]:
    """Return where the token ends that begins at a place, its bytes beyond one per character, and its kind.

    And return up to where digits, joined by signs, are known to be no number since a letter is glued to the last.
    """
    if not _alphanumeric(what):
        if width > 1:
            return place + width, width - 1, OTHER, glued
        stop = _signs_end(text, place, end)
        if text[place] == ord("@"):
            stop = max(stop, _address_end(text, begin, place, end, characters, known))
        return stop, 0, OTHER, glued
    stop, extra, kind = np.int64(-1), np.int64(0), WORD
    if what == DIGIT:
        if place >= glued:
            stop, extra, kind = _number_end(text, place, end, characters)
            if stop < 0:
                glued = extra
        if stop < 0:
            stop, extra = _word_end(text, place, end, characters, known.calendar)
            digits, _ = _digits_end(text, place, end, characters)
            kind = NUMBER if digits == stop else WORD
    elif text[place] | 0x20 == ord("r") and place + 2 < end and text[place + 1] | 0x20 == ord("p"):
        following, _ = _character(text, place + 2, end, characters)
        if following == DIGIT:
            stop = place + 2
    if stop < 0:
        stop, extra = _word_end(text, place, end, characters, known.calendar)
    if stop + 1 < end and text[stop] != ord(" ") and _joined(text[stop], text[stop + 1]):
        longer = _address_end(text, begin, place, end, characters, known)
        if longer >= 0:
            return longer, 0, OTHER, glued
        if what >= LETTER and place + width == stop:
            stop, extra = _initials_end(text, stop, extra, end, characters)
    return stop, extra, kind, glued


@compiled(inline="always")
def _joined(sign: Number, behind: Number) -> Number:
    """Tell whether what follows a word may make it an address or initials: a sign, and at once a letter or another."""
    if sign == ord("."):
        return behind >= 0x80 or _in_address(behind)
    if sign == ord(":"):
        return behind == ord("/")
    return _in_address(sign) or sign == ord("@")


@compiled(inline="always")
def _in_name(byte: Number) -> Number:
    """Tell whether a byte is a letter, a digit or an underscore of ASCII."""
    return ord("a") <= byte | 0x20 <= ord("z") or ord("0") <= byte <= ord("9") or byte == ord("_")


@compiled(inline="always")
def _in_address(byte: Number) -> Number:
    """Tell whether a byte can be inside the parts of an address."""
    return _in_name(byte) or byte == ord("-") or byte == ord("+") or byte == ord("%")


@compiled()
def _signs_end(text: UInt8, place: Number, end: Number) -> Number:
    """Return where a sign of one byte ends, or several that are one mark."""
    sign, stop = text[place], place + 1
    if sign == ord("-") or sign == ord("."):
        while stop < end and text[stop] == sign:
            stop += 1
    elif (sign == ord("`") or sign == ord("'")) and stop < end and text[stop] == sign:
        stop += 1
    return stop


@compiled()
def _initials_end(text: UInt8, place: Number, extra: Number, end: Number, characters: UInt8) -> tuple[Number, Number]:
    """Return where letters with full stops end, of which the first stands before a place."""
    first, stop = place, place
    while stop < end and text[stop] == ord("."):
        what, width = _character(text, stop + 1, end, characters)
        following, _ = _character(text, stop + 1 + width, end, characters)
        if what < LETTER or not _alphanumeric(what) or _alphanumeric(following):
            break
        stop += 1 + width
        extra += width - 1
    if stop > first and stop < end and text[stop] == ord("."):
        stop += 1
    return stop, extra


@compiled()
def _address_end(text: UInt8, begin: Number, place: Number, end: Number, characters: UInt8, known: Known) -> Number:
    """Return where an address ends that begins at a place, or -1."""
    if text[place] >= 0x80 or text[place] == ord("_"):
        return -1
    if place > begin and text[place - 1] != ord(":"):
        before = place - 1
        while text[before] & 0xC0 == 0x80:
            before -= 1
        what, _ = _character(text, before, end, characters)
        if what > BREAK and not what & OPENER:
            return -1
    if text[place] == ord("@"):
        stop = place + 1
        if stop >= end or not _in_name(text[stop]) or text[stop] <= ord("9"):
            return -1
        while stop < end and (
            _in_name(text[stop]) or (text[stop] == ord(".") and stop + 1 < end and _in_name(text[stop + 1]))
        ):
            stop += 1
        return -1 if _goes_on_with_letters(text, stop, end, characters) else stop
    dot = np.int64(-1)
    stop = place
    while stop < end:
        if text[stop] == ord(".") and stop + 1 < end and _in_address(text[stop + 1]):
            dot = stop
        elif not _in_address(text[stop]):
            break
        stop += 1
    if stop + 3 < end and text[stop] == ord(":") and text[stop + 1] == ord("/") and text[stop + 2] == ord("/"):
        behind = _path_end(text, stop + 3, end)
        if behind > stop + 3 and _is_scheme(text, place, stop):
            return behind
    if stop < end and text[stop] == ord("@"):
        behind, dots = stop + 1, 0
        while behind < end and (
            (_in_address(text[behind]) and not _mail_has_no(text[behind]))
            or (
                text[behind] == ord(".")
                and behind > stop + 1
                and behind + 1 < end
                and _in_address(text[behind + 1])
                and not _mail_has_no(text[behind + 1])
            )
        ):
            dots += text[behind] == ord(".")
            behind += 1
        if dots > 0 and not _goes_on_with_letters(text, behind, end, characters):
            return behind
    if dot < 0:
        return -1
    web = stop - place > 3 and text[place + 3] == ord(".")
    for step in range(3):
        web = web and text[place + step] | 0x20 == ord("w")
    if (web or _named(text, dot + 1, stop, known.domains)) and not _goes_on_with_letters(text, stop, end, characters):
        return _path_end(text, stop + 1, end) if stop < end and text[stop] == ord("/") else stop
    letter = stop + 1 < end and text[stop] == ord("/") and text[stop + 1] != ord("_") and _in_name(text[stop + 1])
    if letter and _named(text, dot + 1, stop, known.pathed):
        return _path_end(text, stop + 1, end)
    return -1


@compiled(inline="always")
def _mail_has_no(byte: Number) -> Number:
    """Tell whether a byte cannot be in the name of a mail server."""
    return byte == ord("_") or byte == ord("+") or byte == ord("%")


@compiled()
def _goes_on_with_letters(text: UInt8, place: Number, end: Number, characters: UInt8) -> Number:
    """Tell whether a letter or digit stands at a place."""
    what, _ = _character(text, place, end, characters)
    return _alphanumeric(what)


@compiled()
def _is_scheme(text: UInt8, place: Number, stop: Number) -> Number:
    """Tell whether *http*, *https* or *ftp* stands from a place to another."""
    first, second, third = text[place] | 0x20, text[place + 1] | 0x20, text[place + 2] | 0x20
    if stop - place == 3:
        return first == ord("f") and second == ord("t") and third == ord("p")
    web = first == ord("h") and second == ord("t") and third == ord("t") and text[place + 3] | 0x20 == ord("p")
    return web and (stop - place == 4 or (stop - place == 5 and text[place + 4] | 0x20 == ord("s")))


@compiled()
def _path_end(text: UInt8, place: Number, end: Number) -> Number:
    """Return where the path of an address ends that begins at a place: behind its last letter, digit or slash."""
    last = place
    while place < end:
        byte = text[place]
        if _in_name(byte) or byte == ord("/"):
            last = place + 1
        elif not (
            byte == ord("!")
            or ord("#") <= byte <= ord("&")
            or ord("*") <= byte <= ord(".")
            or byte == ord(":")
            or byte == ord(";")
            or byte == ord("=")
            or byte == ord("?")
            or byte == ord("@")
            or byte == ord("~")
        ):
            break
        place += 1
    return last


@compiled(inline="always")
def _small(byte: Number) -> Number:
    """Return a byte with a capital letter of ASCII made small."""
    return byte | 0x20 if ord("A") <= byte <= ord("Z") else byte


@compiled()
def _named(text: UInt8, start: Number, stop: Number, words: Listed) -> Number:
    """Tell whether a stretch is one of some words, in any case."""
    byte = np.int64(_small(text[start]))
    for row in range(words.heads[byte], words.heads[byte + 1]):
        if words.bounds[row + 1] - words.bounds[row] == stop - start:
            same = True
            for step in range(stop - start):
                same = same and words.data[words.bounds[row] + step] == _small(text[start + step])
            if same:
                return True
    return False


@compiled()
def _separates(
    text: UInt8, start: Number, place: Number, width: Number, end: Number, characters: UInt8, calendar: Listed
) -> Number:
    """Tell whether a hyphen at a place stands between two names of the calendar, and not between equal ones."""
    hyphen = text[place] == ord("-") if width == 1 else width == 3 and text[place + 2] & 0xFE == 0x90
    if not hyphen or not _named(text, start, place, calendar):
        return False
    right = place + width
    if right + place - start <= end and not _goes_on_with_letters(text, right + place - start, end, characters):
        same = True
        for step in range(place - start):
            same = same and _small(text[start + step]) == _small(text[right + step])
        if same:
            return False
    byte = np.int64(_small(text[right]))
    for row in range(calendar.heads[byte], calendar.heads[byte + 1]):
        stop = right + calendar.bounds[row + 1] - calendar.bounds[row]
        if (
            stop <= end
            and not _goes_on_with_letters(text, stop, end, characters)
            and _named(text, right, stop, calendar)
        ):
            return True
    return False


@compiled()
def _digits_end(text: UInt8, place: Number, end: Number, characters: UInt8) -> tuple[Number, Number]:
    """Return where a run of digits ends, and its bytes beyond one per character."""
    extra = 0
    while True:
        what, width = _character(text, place, end, characters)
        if what != DIGIT:
            return place, extra
        place += width
        extra += width - 1


@compiled()
def _number_end(text: UInt8, place: Number, end: Number, characters: UInt8) -> tuple[Number, Number, Number]:
    """Return where a number ends, its bytes beyond one per character, and its kind; -1 and that place if it is none."""
    place, extra = _digits_end(text, place, end, characters)
    joined, points = False, True
    while place < end:
        byte = text[place]
        if not (byte == ord(".") or byte == ord(",") or byte == ord("/") or byte == ord(":")):
            break
        stop, more = _digits_end(text, place + 1, end, characters)
        if stop == place + 1:
            break
        place, extra = stop, extra + more
        joined, points = True, points and (byte == ord(".") or byte == ord(","))
    what, width = _character(text, place, end, characters)
    if _alphanumeric(what):
        return -1, place, WORD
    if what & GLUE:
        following, _ = _character(text, place + width, end, characters)
        if _alphanumeric(following) and following != DIGIT:
            if not joined:
                return -1, place, WORD
            if points and _is_an(text, place + width, end, characters):
                return place + width + 2, extra + width - 1, WORD
    return place, extra, NUMBER


@compiled()
def _is_an(text: UInt8, place: Number, end: Number, characters: UInt8) -> Number:
    """Tell whether the suffix *-an* has its letters at a place, and nothing goes on with the word behind it."""
    behind = place + 2
    if behind > end or text[place] != ord("a") or text[place + 1] != ord("n"):
        return False
    if text[place - 1] != ord("-") and text[place - 1] & 0xFE != 0x90:  # how U+002D, U+2010 and U+2011 end
        return False
    what, width = _character(text, behind, end, characters)
    if _alphanumeric(what) or (behind < end and text[behind] == ord("_")):
        return False
    following, _ = _character(text, behind + width, end, characters)
    return not (what & GLUE and _alphanumeric(following))


@compiled(inline="always")
def _word_end(text: UInt8, place: Number, end: Number, characters: UInt8, calendar: Listed) -> tuple[Number, Number]:
    """Return where a word ends, and its bytes beyond one per character."""
    start, extra = place, 0
    while place < end:
        run = ascii_letters(text, place)
        place += run
        if run == WIDTH:
            continue
        what, width = _character(text, place, end, characters)
        if not _alphanumeric(what):
            if not what & GLUE:
                break
            following, _ = _character(text, place + width, end, characters)
            if not _alphanumeric(following) or _separates(text, start, place, width, end, characters, calendar):
                break
        place += width
        extra += width - 1
    return min(place, end), extra  # the letters of the next document may follow at once


@compiled()
def _sentence_break(text: UInt8, place: Number, end: Number, characters: UInt8) -> tuple[Number, Number, Number]:
    """Return where a run of full stops and the like ends, where a sentence may begin behind it, or -1, and its word."""
    run = place
    what, width = _character(text, run, end, characters)
    while what & MARK:
        run += width
        what, width = _character(text, run, end, characters)
    behind = run
    while what & CLOSER:
        behind += width
        what, width = _character(text, behind, end, characters)
    gap = behind
    while what == GAP:
        gap += width
        what, width = _character(text, gap, end, characters)
    head = gap
    while what & OPENER:
        head += width
        what, width = _character(text, head, end, characters)
    if gap == behind or not _alphanumeric(what):
        return run, -1, head
    if what == LETTER:
        second, _ = _character(text, head + width, end, characters)
        if second != CAPITAL:
            return run, -1, head
    return run, gap, head


@compiled()
def _goes_on(text: UInt8, begin: Number, place: Number, characters: UInt8) -> Number:
    """Tell whether a word that a line end may have cut goes on at a place: blanks, a hyphen, a letter or digit."""
    stop = start = place
    what = np.int64(BREAK)
    while start > begin and what <= BREAK:
        stop = start
        start -= 1
        while text[start] & 0xC0 == 0x80:
            start -= 1
        what, _ = _character(text, start, place, characters)
    width = stop - start
    soft = width == 2 and text[start] == 0xC2 and text[start + 1] == 0xAC  # the sign that stands for a soft hyphen
    hard = width == 3 and text[start] == 0xE2 and text[start + 1] == 0x80 and text[start + 2] & 0xFE == 0x90
    if start == begin or not (text[start] == ord("-") or soft or hard):
        return False
    start -= 1
    while text[start] & 0xC0 == 0x80:
        start -= 1
    what, _ = _character(text, start, place, characters)
    return _alphanumeric(what)


@compiled()
def _ends_sentence(text: UInt8, begin: Number, stop: Number, characters: UInt8, known: Known) -> Number:
    """Tell whether a full stop ends a sentence: surely, perhaps, or surely not. The rule is asked if perhaps."""
    start = place = stop
    length = 0
    while place > begin:
        place -= 1
        while text[place] & 0xC0 == 0x80:
            place -= 1
        what, width = _character(text, place, stop, characters)
        if _alphanumeric(what):
            start = place
        elif start == stop or start != place + width or not (text[place] == ord(".") or what & GLUE):
            break
        length += 1
        if length == REACH - 1:
            return _PERHAPS
    if start == stop:
        return _SURELY
    what, width = _character(text, start, stop, characters)
    single = start + width == stop
    if _is_sign(text, start, stop):
        ends = _after_sign(text, begin, start, stop)
        if ends != _PERHAPS:
            return ends
    if (single and what != DIGIT) or (not single and text[start + width] == ord(".")):
        return _PERHAPS
    number = what == DIGIT and (stop - start <= 2 or text[start] >= 0x80 or text[stop - 1] >= 0x80)
    roman = stop - start <= 4 and (text[start] == ord("I") or text[start] == ord("V") or text[start] == ord("X"))
    if number or (roman and not _ends_with_name(text, begin, start)):  # else it goes on a phrase: Perang Dunia II
        return _PERHAPS
    if _listed(text, start, stop, known.names):
        return _NOT
    return _PERHAPS if _listed(text, start, stop, known.abbreviations) else _SURELY


@compiled(inline="always")
def _is_sign(text: UInt8, start: Number, stop: Number) -> Number:
    """Tell whether a word is one small letter of ASCII or one or two digits, of which the value is not 0."""
    first, last = text[start], text[stop - 1]
    if stop - start == 1:
        return ord("a") <= first <= ord("z") or ord("1") <= first <= ord("9")
    two = stop - start == 2 and ord("0") <= first <= ord("9") and ord("0") <= last <= ord("9")
    return two and (first != ord("0") or last != ord("0"))


@compiled()
def _after_sign(text: UInt8, begin: Number, start: Number, stop: Number) -> Number:
    """Tell whether a full stop behind a figure or letter ends a sentence: it does if it is no sign of a list item."""
    letter, one = text[start] >= ord("a"), stop - start == 1 and text[start] == ord("1")
    place = _before_blanks(text, begin, start)
    if place == begin or text[place - 1] == ord(";") or text[place - 1] == ord("\n") or text[start] == ord("a"):
        return _NOT
    joined = place == start and text[place - 1] == ord(",")
    if one:
        return _SURELY if joined else _PERHAPS
    before = np.int64(text[start]) - 1 if letter else np.int64(text[stop - 1]) - ord("0") - 1
    if stop - start == 2:
        before += 10 * (np.int64(text[start]) - ord("0"))
    long = 2 if not letter and before >= 10 else 1
    first, last = np.int64(ord("0")) + before // 10, before if letter else ord("0") + before % 10
    found, plain, place = False, True, start - 1
    lowest = max(begin, start - 4 * SPAN)
    while place > lowest and text[place] != ord("\n"):
        if text[place] == ord(".") and text[place - 1] == last and (long == 1 or text[max(place - 2, begin)] == first):
            found, head = True, place - long - 1
            if plain and head >= begin and start - head <= SPAN and text[place + 1] == ord(" "):
                sign = text[head]
                if sign == ord(" ") or sign == ord(",") or sign == ord(":") or sign == ord(";") or sign == ord("("):
                    return _NOT
        if not ord(" ") <= text[place] < 0x7F:
            plain = False
        place -= 1
    alone = not letter and (joined or _ends_with_name(text, begin, start))
    return _SURELY if alone and not found else _PERHAPS


@compiled()
def _before_blanks(text: UInt8, begin: Number, place: Number) -> Number:
    """Return where the blanks before a place begin."""
    while place > begin and (text[place - 1] == ord(" ") or text[place - 1] == ord("\t")):
        place -= 1
    return place


@compiled()
def _ends_with_name(text: UInt8, begin: Number, start: Number) -> Number:
    """Tell whether a letter, a digit or an underscore of ASCII stands before a word, and the blanks before it."""
    place = _before_blanks(text, begin, start)
    return place > begin and _in_name(text[place - 1])


@compiled()
def _listed(text: UInt8, start: Number, stop: Number, words: Listed) -> Number:
    """Tell whether a stretch is one of some words, as they are written."""
    byte = np.int64(text[start])
    for row in range(words.heads[byte], words.heads[byte + 1]):
        if words.bounds[row + 1] - words.bounds[row] == stop - start:
            same = True
            for step in range(stop - start):
                same = same and words.data[words.bounds[row] + step] == text[start + step]
            if same:
                return True
    return False


@compiled()
def _back(text: UInt8, begin: Number, place: Number, last: Number) -> Number:
    """Return a place further back than the sentence rule looks, be the sign long, or where the document begins.

    It looks far only where the last byte before the full stop may end the sign of a list item.
    """
    letter = ord("a") <= last < 0x80 and not ord("a") <= text[place - 2] | 0x20 <= ord("z")
    sign = letter or last < ord("A") or last >= 0x80
    for _ in range(SPAN + REACH if sign else 2 * REACH + 1):
        if place == begin:
            break
        place -= 1
        while text[place] & 0xC0 == 0x80:
            place -= 1
    return place


@compiled()
def _behind(text: UInt8, place: Number, end: Number, characters: UInt8) -> Number:
    """Return the place behind a run of letters and digits, and behind the full stop that may follow it."""
    what, width = _character(text, place, end, characters)
    while _alphanumeric(what):
        place += width
        what, width = _character(text, place, end, characters)
    return place + 1 if place < end and text[place] == ord(".") else place
