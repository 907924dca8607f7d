"""The rules of cleaning, loaded from ``news_rules.toml`` and ``places.toml``."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

from kit.errors import ReadingError

HERE = Path(__file__).parent
SHIPPED = "news_rules.toml"
WHERE = ("anywhere", "start", "end", "last")
PARTS = {"whole": "{}", "start": r"(?:{})\s+", "end": r"(?:{})$", "joined": r"(?:{})$"}
#: Named groups of a line's pattern that become facts of the article.
FACTS = ("author", "copied_from", "paid")
_GROUPS = {"title", "names", "sure", *FACTS}
#: Characters; no line of furniture is longer, and longer lines need not be matched.
LONGEST = 600
_TAIL = 250  # characters; furniture joined to the end of a line of the body is shorter
_LOST = " ,\u00a0"
_KEYS = {"rule", "where", "part", "pattern", "capitals", "takes_next", "flag", "hits", "misses"}


@dataclass(frozen=True)
class LineRule:
    """What a line of furniture, or one end of a line, looks like; `news_rules.toml` explains the fields."""

    rule: str
    where: tuple[str, ...]
    part: str
    pattern: re.Pattern[str]
    capitals: bool
    takes_next: bool
    flag: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Rules:
    """All rules of cleaning.

    Attributes
    ----------
    lines : tuple of LineRule
    below : int
        How many lines of the body may follow a line that belongs at the end.
    speech : re.Pattern
        Finds that somebody speaks in a line.
    headline, dateline, initials : dict
        The tables of that name.
    abbreviations : frozenset of str
        Words whose full stop ends no sentence.
    names : frozenset of str
        Words of the language that are names too, case-folded.
    sources : frozenset of str
        Agencies, outlets and desks that are credited by their name alone, case-folded.
    address : re.Pattern
        An outlet that is named by its address, as contoh.com.
    places : dict
        Known places as they are written, by their case-folded form; `countries` is apart.
    countries : frozenset of str
        Case-folded.
    digest : str
        SHA-256 of the rules' content, whatever their layout: equal digests, equal cleaning.

    """

    lines: tuple[LineRule, ...]
    below: int
    speech: re.Pattern[str]
    headline: dict[str, Any]
    dateline: dict[str, Any]
    initials: dict[str, Any]
    abbreviations: frozenset[str]
    names: frozenset[str]
    sources: frozenset[str]
    address: re.Pattern[str]
    places: dict[str, str]
    countries: frozenset[str]
    digest: str

    def at(self, place: str) -> int:
        """Return the set of rules, as bits, for a line that is in this place."""
        return _at(self, place)

    def among(self, bits: int) -> tuple[LineRule, ...]:
        """Return the rules of a set."""
        return _among(self, bits)


#: The last bit of a set of rules, which stands for all rules from there on.
MOST = 62


def bit_of(number: int) -> int:
    """Return the bit of a rule in a set."""
    return 1 << min(number, MOST)


@cache
def _at(rules: Rules, place: str) -> int:
    """Choose the rules for a line in a place, once for all lines that are."""
    return reduce(or_, (bit_of(number) for number, rule in enumerate(rules.lines) if place in rule.where), 0)


@lru_cache(1 << 12)
def _among(rules: Rules, bits: int) -> tuple[LineRule, ...]:
    """Choose the rules of a set, once for all lines that have it."""
    return tuple(rule for number, rule in enumerate(rules.lines) if bits & bit_of(number))


@cache
def load_rules(rules: Path = HERE / SHIPPED, places: Path = HERE / "places.toml") -> Rules:
    """Load the rules of cleaning."""
    table, names = _parse(rules), _parse(places)
    for key in ("words", "headline", "dateline", "initials", "tail", "line"):
        if key not in table:
            raise ReadingError(f"no table [{key}]", place=rules.name, remedy=f"copy it from kit/reading/{SHIPPED}")
    words = table["words"]
    known = [name for group in names.values() for key, listed in group.items() if key != "countries" for name in listed]
    content = json.dumps([table, names], sort_keys=True, ensure_ascii=False)
    return Rules(
        lines=tuple(_line(entry, words, f"{rules.name}, [[line]] {n}") for n, entry in enumerate(table["line"], 1)),
        below=table["tail"]["below"],
        speech=re.compile(rf"[,.!?…\"”’'][\"”’']?\s*\b(?:{either(words['speech'])})(?:nya)?\b"),
        headline=table["headline"],
        dateline=table["dateline"],
        initials=table["initials"],
        abbreviations=frozenset(word.casefold() for word in words["abbreviations"]),
        names=frozenset(words["names"]),
        sources=frozenset(
            name.casefold() for name in [*words["sources"], *table["dateline"]["outlets"], *table["initials"]["desks"]]
        ),
        address=re.compile(rf"[\w-]+(?:\.[\w-]+)*\.(?:{either(table['dateline']['domains'])})", re.IGNORECASE),
        places={name.casefold(): name for name in known},
        countries=frozenset(name.casefold() for name in names["abroad"]["countries"]),
        digest=hashlib.sha256(content.encode()).hexdigest(),
    )


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; their blanks may be several."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


def _parse(file: Path) -> dict[str, Any]:
    """Parse a TOML file, or say where it is broken."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise ReadingError(problem, place=file.name, remedy="check that it exists and may be read") from error
    except UnicodeDecodeError as error:
        raise ReadingError("is not in UTF-8", place=file.name, remedy="save it in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ReadingError(str(error), place=file.name, remedy="mend the line; texts stand in quotes") from error


def _line(entry: dict[str, Any], words: dict[str, list[str]], place: str) -> LineRule:
    """Check and compile one rule for a line."""
    for key in entry:
        if key not in _KEYS:
            raise ReadingError(f"unknown key {key!r}", place=place, remedy="use " + ", ".join(sorted(_KEYS)))
    for key in ("rule", "where", "pattern"):
        if key not in entry:
            raise ReadingError(f"no {key!r}", place=place, remedy="add it")
    where = (entry["where"],) if isinstance(entry["where"], str) else tuple(entry["where"])
    for name in where:
        if name not in WHERE:
            raise ReadingError(f"where = {name!r}", place=place, remedy="use " + ", ".join(WHERE))
    part = entry.get("part", "whole")
    if part not in PARTS:
        raise ReadingError(f"part = {part!r}", place=place, remedy="use " + ", ".join(PARTS))
    try:
        pattern = re.compile(PARTS[part].replace("{}", _expand(entry["pattern"], words)), re.IGNORECASE)
    except KeyError as error:
        problem = f"the pattern names no list of words: <<{error.args[0]}>>"
        raise ReadingError(problem, place=place, remedy="use one of " + ", ".join(sorted(words))) from error
    except re.error as error:
        raise ReadingError(f"the pattern does not compile: {error}", place=place, remedy="mend the pattern") from error
    for group in pattern.groupindex:
        if group not in _GROUPS:
            raise ReadingError(f"unknown group {group!r}", place=place, remedy="use " + ", ".join(sorted(_GROUPS)))
    return LineRule(
        rule=entry["rule"],
        where=where,
        part=part,
        pattern=pattern,
        capitals=entry.get("capitals", False),
        takes_next=entry.get("takes_next", False),
        flag=entry.get("flag", ""),
        hits=tuple(entry.get("hits", ())),
        misses=tuple(entry.get("misses", ())),
    )


def _expand(pattern: str, words: dict[str, list[str]]) -> str:
    """Write out a pattern: <<list>> as its words, blanks and ~ as any blanks; escapes and [...] stay as they are."""

    def written(match: re.Match[str]) -> str:
        sign = match.group()
        if sign.startswith("<<"):
            return f"(?:{either(words[match.group(1)])})"
        return {" ": r"\s+", "~": r"\s*"}.get(sign, sign)

    return re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]|<<(\w+)>>|[ ~]", written, pattern, flags=re.DOTALL)


def found_rules(
    text: str, begin: int, stop: int, rules: Iterable[LineRule]
) -> Iterator[tuple[LineRule, re.Match[str]]]:
    """Yield each rule whose pattern a line has, and where."""
    core, end = begin, stop  # a lost link leaves a comma behind
    while core < end and text[core] in _LOST:
        core += 1
    while core < end and text[end - 1] in _LOST:
        end -= 1
    long, head = stop - begin > LONGEST, min(stop, begin + _TAIL)
    for rule in rules:
        if rule.part == "whole":
            found = None if long else rule.pattern.fullmatch(text, core, end)
        elif rule.part in ("end", "joined"):
            found = rule.pattern.search(text, max(begin + 1, stop - _TAIL), stop)
            if found and rule.part == "end" and not text[found.start() - 1].isspace():
                found = None
        else:
            found = rule.pattern.match(text, begin, head)
        if found:
            yield rule, found
