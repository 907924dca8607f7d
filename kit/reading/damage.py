"""Damage that copying did to a text, and letters that only look right: found, and mended by rule on request.

* `kit.reading.encoding`: what was decoded by the wrong table. Mended; a control that no table knows stays.
* Lost links: where the text of a link is not there any more, a comma or stop stands behind a blank and a word that
  needs one more (*dikutip dari , Senin*); or a comma behind a blank before a letter, another comma or a full stop, at
  the start of a line, or alone in brackets. What is lost cannot be mended. Not in texts with a blank before every stop.
* Glued words, where a link was (*danRatri*, *katadi*). Mended by a blank.
* Glued paragraphs: a comma between the end of a sentence and a capital (*berakhir.,Warga*). Mended by a line break.
* Letters of Cyrillic or Greek that look like Latin ones inside a word, and U+FFFD.

Commas and letters are looked at in the text as it is after the wrong table is undone, and placed in the raw text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from kit.lexicon.affixes import is_word
from kit.lexicon.known import is_known
from kit.lexicon.wordlists import read_list
from kit.reading.encoding import Edit, misread
from kit.reading.text import Visible, mended

#: Name of the flag of a damaged text, and of those of its letters.
DAMAGED, FOREIGN, REPLACEMENT = "damaged_text", "foreign_letter", "replacement_character"
#: Kind of damage that most damaged news has.
LOST_LINK = "lost_link"
_GLUED_WORDS, _GLUED_PARAGRAPHS = "glued_words", "glued_paragraphs"

# Look-alikes alone of Greek, whose other letters are signs of units and formulas; all that Indonesian has of Cyrillic.
_LATIN = "A-Za-z\u00c0-\u024f"
_ALIKE = (
    "\u0400-\u052f"
    "\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b9\u03ba\u03bf\u03c5"
)
_FOREIGN = re.compile(f"[{_ALIKE}]+")
_BESIDE = re.compile(f"[{_LATIN}]")
_LOST = re.compile("\ufffd+")
# Each begins with what is rare, or with a plain character: what stands before it is looked at only then.
_JOINT = re.compile(r",(?=[A-Z\u00a0\"“‘'(])(?=\u00a0{0,3}[\"“‘'(]{0,2}([A-Z][\w.]{0,12}))")
_AFTER_BLANK = re.compile(r",(?<=[\s(],)|[.;?!](?<=\s[.;?!])(?![.\w])")
_CAMEL = re.compile(r"[A-Z](?<=[a-z][A-Z])(?=[a-z]{2})")
_SENTENCE_END = re.compile(r"([.!?…])([\"”’')\]]{0,3})[^\S\n]{0,3}\Z")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.)+(?:[A-Z][A-Za-z]{0,4})?")
_WORD = re.compile(r"(?<![\w.@#/'’-])[^\W\d_]+\Z")
_SPACED = 0.5  # share of stops behind a blank from which on this is how the text is written
_SHORT = 3  # letters of a capitalised word before a stop that may be an abbreviation (Drs.)
_SHOWN = 40  # characters of a place that are shown, with some more on either side
_NEAR = 24  # characters looked back from a place to the beginning of its word


class Flag(NamedTuple):
    """Something in a text that a reader is warned of.

    Attributes
    ----------
    start, stop : int
        The first place of its kind, in the raw text.
    flag, kind : str
        Its name, and which kind of it; ``kit/wording/flags.toml`` says what each means.
    text : str
        The place with what stands round it.
    places : int
        How many of the kind there are.

    """

    start: int
    stop: int
    flag: str
    kind: str
    text: str
    places: int = 1


#: Where a flag holds in the raw text, its name and kind.
Place = tuple[int, int, str, str]


class Repair(NamedTuple):
    """A stretch of the raw text that was mended: where, by which rule, what it was and what it is now."""

    start: int
    stop: int
    rule: str
    text: str
    repaired: str


class Places(NamedTuple):
    """Where damage can be in a text at all, in code points, as `kit.reading.survey` finds it.

    Attributes
    ----------
    joints, marks, capitals, tails : list of int
        Commas before a capital or a quotation mark; commas and stops behind a blank or bracket; capitals between small
        letters; ends of words that may be two.
    stops : int
        How many full stops, question and exclamation marks and semicolons there are.
    misread : bool
        Whether two characters beyond ASCII stand side by side, or one that shows a wrong table alone.
    foreign : bool
        Whether letters of Greek or Cyrillic, or signs that stand for lost ones, may be among them.
    sure : list of int, optional
        Of `marks`, if these are looked at already, those that lack a link for certain; the others still have to be
        asked about, and the blanks before stops are counted.

    """

    joints: list[int] | None
    marks: list[int] | None
    capitals: list[int] | None
    tails: list[int] | None
    stops: int
    misread: bool
    foreign: bool
    sure: list[int] | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be asked."""
        asked = self.joints or self.marks or self.capitals or self.tails or self.misread or self.foreign
        return self.sure is not None and not asked


class Lost(NamedTuple):
    """The lost links of a text that has no other damage: the place of the first (code point), and how many."""

    first: int
    places: int


def examine(raw: str, *, repair: bool = False, places: Places | None = None) -> tuple[list[Edit], list[Flag]]:
    """Return the damage of a text, in order, and what it is flagged for, if what can be is repaired."""
    if places is not None and places.settled:
        lost = [Edit(place, place + 1, LOST_LINK, None) for place in places.sure or ()]
        return lost, [lost_links(raw, lost[0].start, len(lost))] if lost else []
    edits = misread(raw) if places is None or places.misread else []
    seen = mended(raw, _known(edits))
    places = places if seen.text is raw else None
    found = sorted([*edits, *_glued_or_lost(seen, places)])
    left = [edit for edit in found if not (repair and edit.new is not None)]
    spots: list[Place] = [(edit.start, edit.stop, DAMAGED, edit.kind) for edit in left]
    return found, flags_of(raw, [*spots, *_letters(seen, foreign=places is None or places.foreign)])


def mend(raw: str, damage: list[Edit]) -> tuple[list[tuple[int, int, str]], list[Repair]]:
    """Return the edits that mend a text, and a record of them."""
    edits = _known(damage)
    kinds = {edit.start: edit.kind for edit in damage}
    return edits, [Repair(start, stop, kinds[start], raw[start:stop], new) for start, stop, new in edits]


def flags_of(raw: str, places: Iterable[Place]) -> list[Flag]:
    """Return one flag of each kind, at its first place, by place."""
    kinds: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for start, stop, flag, kind in places:
        kinds.setdefault((flag, kind), []).append((start, stop))
    return sorted(_flag_of(raw, *min(spans), *kind, len(spans)) for kind, spans in kinds.items())


def lost_links(raw: str, first: int, places: int) -> Flag:
    """Return the flag of lost links, of which the first stands at a place."""
    return _flag_of(raw, first, first + 1, DAMAGED, LOST_LINK, places)


def _flag_of(raw: str, start: int, stop: int, flag: str, kind: str, places: int) -> Flag:
    """Return the flag of the places of one kind, of which the first stands from `start` to `stop`."""
    return Flag(start, stop, flag, kind, raw[max(0, start - _NEAR) : min(stop, start + _SHOWN) + _NEAR], places)


def _known(damage: list[Edit]) -> list[tuple[int, int, str]]:
    """Return the edits of what can be mended."""
    return [(edit.start, edit.stop, edit.new) for edit in damage if edit.new is not None]


def _letters(seen: Visible, *, foreign: bool) -> list[Place]:
    """Find letters that only look right, and signs that stand for lost ones."""
    text = seen.text
    found: list[Place] = []
    if "\ufffd" in text:
        found += [(*seen.span(*match.span()), REPLACEMENT, REPLACEMENT) for match in _LOST.finditer(text)]
    if foreign and not text.isascii() and _FOREIGN.search("".join(set(text))):
        for match in _FOREIGN.finditer(text):
            start, stop = match.span()
            if _BESIDE.match(text, stop) or _BESIDE.match(text, max(0, start - 1), start):
                found.append((*seen.span(start, stop), FOREIGN, FOREIGN))
    return found


def _matches(pattern: re.Pattern[str], text: str, places: list[int] | None) -> Iterable[re.Match[str]]:
    """Find a pattern, whose matches are one character long, where it can be."""
    return pattern.finditer(text) if places is None else filter(None, (pattern.match(text, place) for place in places))


def _tails(text: str, words: _Words, ends: list[int] | None) -> Iterable[re.Match[str]]:
    """Find words that may be two, by the end of each that can be."""
    if ends is None:
        return words.tail.finditer(text)
    return filter(None, (words.tail.search(text, end - words.longest, end + 1) for end in ends))


def _glued_or_lost(seen: Visible, places: Places | None) -> list[Edit]:
    """Find lost links, glued words and glued paragraphs."""
    text, words = seen.text, _words()
    at = places or Places(None, None, None, None, sum(map(text.count, ".?!;")), misread=True, foreign=True)
    if places and not (at.joints or at.marks or at.sure or at.capitals or at.tails or text.startswith(",")):
        return []
    joints = {match.start() for match in _matches(_JOINT, text, at.joints) if _ends_a_paragraph(text, match)}
    if at.sure is None or at.marks is None:
        marks = [match.start() for match in _matches(_AFTER_BLANK, text, at.marks)] + [0] * text.startswith(",")
        if sum(text[mark] != "," for mark in marks) > _SPACED * at.stops:
            marks = []
    else:
        marks = at.marks
    lost = [mark for mark in marks if mark not in joints and _lacks_a_link(text, mark, words.before_link)]
    lost += [mark for mark in at.sure or () if mark not in joints]
    glued = [
        match.start() - 1
        for match in _matches(_CAMEL, text, at.capitals)
        if _before(text, match.start()) in words.before_name and not words.clitic.match(text, match.start())
    ]
    glued += [match.start() - 1 for match in _tails(text, words, at.tails) if _is_two_words(text, match, words)]
    found: list[tuple[int, str, str | None]] = [(place, _GLUED_PARAGRAPHS, "\n") for place in joints]
    found += [(place, LOST_LINK, None) for place in lost]
    found += [(place, _GLUED_WORDS, f"{text[place]} ") for place in glued]
    return [Edit(*seen.span(place, place + 1), kind, new) for place, kind, new in found]


def _before(text: str, place: int) -> str:
    """Return the letters of the word that a place stands in, from its beginning; none if it has other signs."""
    found = _WORD.search(text, max(0, place - _NEAR), place)
    return found.group() if found else ""


def _ends_a_paragraph(text: str, joint: re.Match[str]) -> bool:
    """Tell whether a comma stands between two paragraphs, and not between degrees or behind an abbreviation."""
    end = _SENTENCE_END.search(text, max(0, joint.start() - _NEAR), joint.start())
    if not end:
        return False
    if end[1] != "." or end[2]:
        return True
    before = text[max(0, end.start() - _NEAR) : end.start()]
    word = before[len(before.rstrip(_LETTERS)) :]
    degree = before[: len(before) - len(word)].endswith(".") or _DEGREE.fullmatch(joint[1])
    if degree or word.casefold() in _abbreviations():
        return False
    title = len(joint[1]) > _SHORT and joint[1][1:].islower()
    return not word[:1].isupper() or len(word) > _SHORT or (len(word) > 1 and title)


@cache
def _abbreviations() -> frozenset[str]:
    """Return the abbreviations with a stop, case-folded."""
    rows = read_list("abbreviations.csv", "abbreviation", "class", "meaning")
    return frozenset(row["abbreviation"].casefold() for row in rows)


def _lacks_a_link(text: str, mark: int, before_link: frozenset[str]) -> bool:
    """Tell whether a mark behind a blank or a bracket stands where the text of a link is lost."""
    comma, after = text[mark] == ",", text[mark + 1 : mark + 2]
    if comma and after.isalpha():
        return True
    before = text[max(0, mark - _NEAR) : mark].rstrip()
    if before[len(before.rstrip(_LETTERS)) :] in before_link:
        return True
    if not comma:
        return False
    if text[mark - 1] == "(" and mark:
        return after == ")"
    line = text[max(0, mark - _NEAR) : mark].rpartition("\n")[2].strip()
    return not line or before.endswith((",", "(")) or _FOLLOWS.match(text, mark) is not None


@lru_cache(maxsize=1 << 12)
def may_be_two(word: str) -> bool:
    """Tell whether a word of small letters, by itself, is one with another glued behind it."""
    words = _words()
    tail = words.tail.search(word)
    return tail is not None and _is_two_words(word, tail, words)


def _is_two_words(text: str, tail: re.Match[str], words: _Words) -> bool:
    """Tell whether a word is a known one with a function word glued behind it, and no known one itself."""
    head = _before(text, tail.start())
    if head in words.speech and tail[0] in words.behind_speech:
        return True
    fits = tail[0] in words.glued_behind and len(head) > _SHORT and head.islower() and is_word(head)
    return fits and not is_known(head + tail[0]) and head + tail[0] not in words.whole


class _Words(NamedTuple):
    """The words of the rules."""

    before_link: frozenset[str]
    before_name: frozenset[str]
    speech: frozenset[str]
    behind_speech: frozenset[str]
    glued_behind: frozenset[str]
    whole: frozenset[str]
    clitic: re.Pattern[str]
    tail: re.Pattern[str]
    longest: int


@cache
def _words() -> _Words:
    """Read the words of the rules."""
    rules = tomllib.loads((Path(__file__).parent / "damage_rules.toml").read_text(encoding="utf-8"))
    tails = "|".join(sorted({*rules["glued_behind"], *rules["behind_speech"]}, key=len, reverse=True))
    return _Words(
        **{name: frozenset(rules[name]) for name in _Words._fields[:6]},
        clitic=re.compile(rf"(?:{'|'.join(rules['clitics'])})\b"),
        tail=re.compile(rf"(?:{tails})(?![\w-])(?<=[a-z]{{6}})"),
        longest=max(map(len, (*rules["glued_behind"], *rules["behind_speech"]))),
    )


def words_before() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words behind which a link is lost if a comma or stop follows, and those that stand before names."""
    words = _words()
    return words.before_link, words.before_name


@cache
def glued_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words glued behind others of four letters or more, and whole words that are two."""
    words = _words()
    return words.glued_behind, frozenset(head + tail for head in words.speech for tail in words.behind_speech)


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FOLLOWS = re.compile(r",[^\S\n]{0,3}[,.](?!\d)")
