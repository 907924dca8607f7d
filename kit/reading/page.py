"""An article from which furniture is taken, line by line, until no rule finds any."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from kit.reading.capitals import are_capitalised, are_names
from kit.reading.cleaned import Cleaned, Span, around, blanked
from kit.reading.dateline import find_dateline, find_left, opens_article
from kit.reading.headlines import can_head, is_headline, is_link, repeats_title
from kit.reading.initials import WINDOW, find_initials
from kit.reading.line_ends import DOUBTFUL, LineEnd, line_ends
from kit.reading.rules import FACTS, LONGEST, LineRule, Rules, found_rules
from kit.reading.survey import Survey
from kit.reading.text import Visible, lines, visible

_OPENING = 40  # characters that are shown of a line that may begin with a dateline
ABOVE = 5  # lines over a dateline, a headline and who wrote it among them
_UNDER_HEADLINES = ("dateline", "credit")  # rules of lines, the day and who wrote it, that stand under a headline
_HEADLINES = 6  # under one label; a longer list is no longer a few links
_LONG = 5  # words of a headline that no heading of a part has
_ANY = -1  # all rules, of a line of which nothing is known
_INLINE = re.compile(
    r"(?<!\w)(?:(?i:baca|simak|lihat|tonton)\s+(?i:juga|pula)\s*[:：]|(?:Baca|BACA)\s*[:：]|(?:Baca\s+Juga|BACA\s+JUGA)\b)"
)
_BEFORE_COLON = re.compile(r":(?<=[aA\s]:)")


def _may_be_inline(text: str) -> bool:
    """Tell whether a text has one of the signs and words of an inline link, which few have."""
    return _BEFORE_COLON.search(text) is not None or "Juga" in text or "JUGA" in text or "：" in text


@dataclass
class Page:
    """An article being cleaned: the spans of its visible text that are kept, and those of the raw text taken out."""

    raw: str
    rules: Rules
    known: Survey | None = None
    title: str = ""
    seen: Visible = field(init=False)
    where: dict[tuple[int, int], int] = field(default_factory=dict)
    joints: list[LineEnd] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)
    removed: list[tuple[int, int, str]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    flags: dict[Span, None] = field(default_factory=dict)
    writer: str = ""

    def __post_init__(self) -> None:
        """Begin with every line that is not blank."""
        self.read(self.raw)

    def read(self, rest: str) -> None:
        """Keep every line that is not blank of what is left of the raw text."""
        known, joints = self.known, [(begin, stop) for begin, stop, _ in self.joints]
        self.seen = visible(rest, joints, plain=known is not None and not known.hidden)
        self.where = known.lines.known() if known and known.lines and self.seen.text is self.raw else {}
        self.kept = list(self.where) or lines(self.seen.text)

    def join_lines(self) -> bool:
        """Join the lines that a word goes over, others between them being gone; tell whether there were any."""
        if self.known and not self.known.hyphens:
            return False
        rest = blanked(self.raw, self.removed)
        joints = line_ends(rest)
        if joints == self.joints:
            return False
        self.joints = joints
        self.read(rest)
        return True

    def line(self, number: int) -> str:
        """Return what is kept of a line."""
        begin, stop = self.kept[number]
        return self.seen.text[begin:stop]

    def head(self, number: int) -> str:
        """Return the beginning of what is kept of a line."""
        begin, stop = self.kept[number]
        return self.seen.text[begin : min(stop, begin + LONGEST)]

    def take(self, number: int, rule: str, begin: int | None = None, stop: int | None = None) -> None:
        """Take a line out, or the part of it at one end (places in the visible text)."""
        first, last = self.kept[number]
        begin, stop = first if begin is None else begin, last if stop is None else stop
        self.removed.append((*self.seen.span(begin, stop), rule))
        if begin == first:
            first = stop
            while first < last and self.seen.text[first].isspace():
                first += 1
        else:
            last = begin
            while last > first and self.seen.text[last - 1].isspace():
                last -= 1
        if first < last:
            self.kept[number] = (first, last)
        else:
            del self.kept[number]

    def strip_lines(self, numbers: Iterable[int]) -> None:
        """Take out lines of furniture and ends of lines, in the order given: from below."""
        for number in numbers:
            count = len(self.kept)
            if number < len(self.kept) and self.where.get(self.kept[number]) == 0:
                continue
            # A line that is gone has given its number to the next one, which was seen before, though not as the first.
            while (
                number < len(self.kept) and (number == 0 or len(self.kept) == count) and (match := self.match(number))
            ):
                rule, begin, stop, groups = match
                for link in self.links(number) if rule.takes_next else ():
                    self.take(link, rule.rule)
                self.take(number, rule.rule, begin, stop)
                self.learn(groups)
                if rule.flag:
                    self.flag(rule.flag, begin, stop)

    def strip(self) -> None:
        """Take furniture out until there is none."""
        self.strip_lines(range(len(self.kept) - 1, -1, -1))
        while self.strip_initials() or self.strip_title() or self.strip_headline() or self.strip_dateline():
            self.strip_edges()

    def strip_edges(self) -> None:
        """Look once more at the first and the last lines, of which other furniture was taken away."""
        last = len(self.kept) - 1
        self.strip_lines(sorted({0, *range(max(0, last - self.rules.below), last + 1)}, reverse=True))

    def match(self, number: int, *, opening: bool = False) -> tuple[LineRule, int, int, dict[str, str]] | None:
        """Return the first rule that a line falls under, what of the line it takes, and what its groups hold.

        With `opening` it is looked at as if it were the first line.
        """
        text, (begin, stop) = self.seen.text, self.kept[number]
        may = self.where.get((begin, stop), _ANY)
        for rule, found in found_rules(
            text,
            begin,
            stop,
            self.rules.among(may & (self.wheres(number) | (opening and self.rules.at("start")))) if may else (),
        ):
            if self.fits(rule, found) and not self.rules.speech.search(found.group()):
                groups = {name: held for name, held in found.groupdict().items() if held}
                if rule.part == "whole":
                    return rule, begin, stop, groups
                first, last = found.span()
                while rule.part == "end" and first > begin and text[first - 1].isspace():
                    first -= 1
                return rule, first, last, groups
        return None

    def wheres(self, number: int) -> int:
        """Return the rules, as bits, for the places that a line is in."""
        below = len(self.kept) - 1 - number
        start, end, last = number == 0, below <= self.rules.below, below == 0
        at = self.rules.at
        return at("anywhere") | (start and at("start")) | (end and at("end")) | (last and at("last"))

    def fits(self, rule: LineRule, found: re.Match[str]) -> bool:
        """Check the groups of a match that must look like a headline or like names."""
        groups = found.groupdict()
        title = (groups.get("title") or "").strip(" \t:'\"“”‘’")
        if title and not is_headline(title, self.rules, capitals=rule.capitals):
            return False
        if groups.get("sure") and not self.is_byline(groups["sure"]):
            if rule.rule == "byline_names":
                self.flag("doubtful_byline", *found.span())
            return False
        return all(are_capitalised(groups[name]) for name in ("names", "author") if groups.get(name))

    def is_byline(self, named: str) -> bool:
        """Tell whether a line is surely names: several beside another, an agency or address, or no words known here."""
        parts = [part.strip(" .") for part in named.split("|")]
        sure = len(parts) > 1 or parts[0].casefold() in self.rules.sources or self.rules.address.fullmatch(parts[0])
        return len(self.kept) > 1 and bool(sure or (" " in parts[0] and are_names(named, self.rules)))

    def links(self, number: int) -> Iterable[int]:
        """Return the headlines under a bare label, the last first: the next line, or all down to the end.

        More than the next also where they are long; a short one may head a part of the article.
        """
        behind = range(number + 1, min(len(self.kept), number + _HEADLINES + 2))
        few = number + len(behind) + 1 == len(self.kept) and len(behind) <= _HEADLINES
        if few and all(is_link(self.line(line), self.rules) for line in behind):
            return reversed(behind)
        found: list[int] = []
        for line in behind[:_HEADLINES]:
            text = self.line(line)
            if not is_link(text, self.rules) or (found and len(text.split()) < _LONG):
                break
            found.append(line)
        return reversed(found)

    def learn(self, groups: dict[str, str]) -> None:
        """Keep what a line of furniture states."""
        for name in FACTS:
            value = groups.get(name, "").strip(" .,")
            if value and name == "author":
                self.writer = value
            elif value:
                self.facts[name] = value.casefold() if name == "paid" else value

    def flag(self, name: str, begin: int, stop: int) -> None:
        """Flag a span of the visible text, once."""
        self.flags[(*self.seen.span(begin, stop), name)] = None

    def mentions(self, end: int, word: str) -> bool:
        """Tell whether the text has a word before a place."""
        return re.compile(rf"\b{re.escape(word)}\b").search(self.seen.text, 0, end) is not None

    def strip_title(self) -> bool:
        """Take the first line out if it repeats the stated title; tell whether it did."""
        found = len(self.kept) > 1 and repeats_title(self.line(0), self.title, self.head(1))
        if found:
            self.take(0, "repeated_title")
        return found

    def strip_headline(self) -> bool:
        """Take out what stands over a dateline, if no title is stated, and keep it as the title; tell if it did."""
        found = not self.title and len(self.kept) > 1 and can_head(self.line(0), self.rules)
        for number in range(1, min(len(self.kept), ABOVE + 1)) if found else ():
            taken = self.match(number, opening=True)
            whole = taken and taken[1:3] == self.kept[number]
            if opens_article(self.head(number), self.rules) or (whole and taken and taken[0].rule in _UNDER_HEADLINES):
                self.facts.setdefault("title", self.line(0))
                self.take(0, "headline")
                return True
            if not whole:
                break
        return False

    def strip_initials(self) -> bool:
        """Take the initials and names in brackets at the end of the body out; tell whether there were any."""
        before = len(self.removed)
        number = len(self.kept) - 1
        while number >= max(len(self.kept) - 1 - self.rules.below, 0):
            begin, stop = self.kept[number]
            shown = max(begin, stop - WINDOW)
            end = self.seen.text[shown:stop]
            found = (")" in end or "]" in end) and find_initials(
                end,
                self.rules,
                last=number == len(self.kept) - 1,
                whole=shown == begin and len(self.kept) > 1,
                mentioned=partial(self.mentions, shown),
            )
            if not found:
                number -= 1
                continue
            self.facts.update(found.facts)
            self.take(number, "byline_initials", shown + found.start)
            number = len(self.kept) - 1
        return len(self.removed) > before

    def strip_dateline(self) -> bool:
        """Take the dateline at the very start out, or what is left of one; tell whether there was one."""
        if not self.kept:
            return False
        begin, line = self.kept[0][0], self.head(0)
        found = find_dateline(line, self.rules)
        if found and not found.end:
            self.flag("doubtful_dateline", begin, begin + min(len(line), _OPENING))
            return False
        end = found.end if found else find_left(line, self.rules)
        if not end or (not found and len(self.kept) > 1 and find_left(self.head(1), self.rules)):
            return False  # a list: its next line begins with a dash too
        self.take(0, "dateline", stop=begin + end)
        for name, value in (("place", found.place), ("outlet", found.outlet)) if found else ():
            if value:
                self.facts.setdefault(name, value)
        return True

    def flag_doubts(self) -> None:
        """Flag what is furniture joined to the body, which cannot be cut safely, and line ends that are in doubt."""
        plain = self.known is not None and not self.known.inline and self.seen.text is self.raw
        for begin, stop in self.kept if not plain and _may_be_inline(self.seen.text) else ():
            line = self.seen.text[begin:stop]
            for found in _INLINE.finditer(line) if _may_be_inline(line) else ():
                self.flag("inline_link", begin + found.start(), begin + found.end())
        self.flags |= dict.fromkeys(joint for joint in self.joints if joint[2] == DOUBTFUL)

    def cleaned(self) -> Cleaned:
        """Return the result, its places being those of the raw text."""
        segments, start, paragraphs = [], 0, []
        whole = self.seen.text is self.raw
        for begin, stop in self.kept:
            if whole:
                segments.append((begin, stop, start))
            else:
                pieces = self.seen.pieces(begin, stop)
                segments += [(first, last, start + place - begin) for first, last, place in pieces]
            paragraphs.append(self.seen.text[begin:stop])
            start += stop - begin + 1
        if self.writer:
            self.facts.setdefault("author", self.writer)
        facts = {name: self.facts[name] for name in ("title", "place", "outlet", *FACTS) if name in self.facts}
        if not (self.removed or self.seen.hidden):
            return Cleaned("\n".join(paragraphs), segments, [], facts)
        rules = {(begin, stop): rule for begin, stop, rule in self.joints}
        hidden = [(begin, stop, rules.get((begin, stop), "invisible")) for begin, stop in self.seen.hidden]
        spans = sorted(self.removed + around(hidden, self.removed))
        removed = [(begin, stop, rule, self.raw[begin:stop]) for begin, stop, rule in spans]
        return Cleaned("\n".join(paragraphs), segments, removed, facts)
