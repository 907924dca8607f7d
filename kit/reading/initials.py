"""The bracket that closes a news article: who wrote and edited it, and whether it was paid for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kit.lexicon.known import is_known
from kit.lexicon.wordlists import initialisms
from kit.reading.capitals import are_names
from kit.reading.rules import Rules, either

#: Characters at the end of a line in which its last bracket is looked for; a longer one credits nobody.
WINDOW = 160
_ENDS = ".,!?…"
_CAPITAL = re.compile(r"(?:[a-z]{1,2})?[A-ZÀ-ÖØ-Þ][\w'’.-]*")
_SPLIT = re.compile(r"[/|&,;]|\s(?:dan|and)\s|\s[-–—]\s")


@dataclass(frozen=True)
class Initials:
    """Initials or names in brackets at the end of a line.

    Attributes
    ----------
    start : int
        Where they begin in the line, the blank before them included.
    facts : dict of str
        ``author``, the initials or names; ``paid``, the mark of paid content.

    """

    start: int
    facts: dict[str, str]


def find_initials(
    line: str, rules: Rules, *, last: bool, whole: bool = True, mentioned: Callable[[str], bool] = lambda _: False
) -> Initials | None:
    """Find initials or names in brackets at the end of a line, or of what is shown of one that is not whole.

    `mentioned` tells whether the article has a word elsewhere: an abbreviation it speaks of did not write it.
    """
    line = line.rstrip().rstrip(", \u00a0")  # a lost link leaves a comma behind
    if not line.endswith((")", "]", ").", "].")):
        return None
    patterns, names = _patterns(rules)
    for pattern in patterns:
        found = pattern.search(line)
        if not found or re.sub(r"\s", "", found["initials"]).casefold() in rules.initials["words"]:
            continue
        if _are_words(found["initials"], rules, mentioned) or (found.start() == 0 and not whole):
            return None
        start = found.start()
        if last or ("/" in found["initials"] and start > 0 and line[start - 1] in _ENDS):
            return Initials(start, _facts(found["initials"], rules))
    found = names.search(line) if last else None
    if not found or (found.start() == 0 and not whole):
        return None
    inside = found["inside"].strip(" .*")
    if found.start() == 0 and inside[3:].islower() and _kind(inside, rules) == "word" and not mentioned(inside):
        return Initials(0, {"author": inside})  # a line of its own, with a name that is no word here: (Bagaskara)
    facts = _names(found["inside"], rules)
    return None if facts is None else Initials(found.start(), facts)


def _facts(initials: str, rules: Rules) -> dict[str, str]:
    """Return whom initials name, and whether they mark paid content."""
    parts = [part.strip() for part in re.split("[/|&]", initials)]
    paid = [part for part in parts if part.casefold() in rules.initials["paid"]]
    names = [part for part in parts if part not in paid and part.strip("*")]
    return ({"paid": paid[0].casefold()} if paid else {}) | ({"author": "/".join(names)} if names else {})


def _are_words(initials: str, rules: Rules, mentioned: Callable[[str], bool]) -> bool:
    """Tell whether letters are no initials: words (satu/dua), or an abbreviation that is known or the article uses."""
    parts = [part.strip().casefold() for part in re.split("[/|&]", initials)]
    if any(part in rules.sources or part in rules.initials["paid"] for part in parts):
        return False
    if len(parts) > 1:
        return all(is_known(part) and part not in rules.names for part in parts) and max(map(len, parts)) > 3
    return initials.isalpha() and initials.isupper() and (parts[0] in initialisms() or mentioned(initials))


def _names(inside: str, rules: Rules) -> dict[str, str] | None:
    """Return whom a bracket names, or nothing if it is not surely a credit, as one part that may be a word makes it."""
    parts = [part.strip(" .*") for part in _SPLIT.split(inside)]
    kinds = [_kind(part, rules) for part in parts if part]
    first = inside.split(maxsplit=1)[0].strip(".,:").casefold() if inside.strip() else ""
    letters = set(kinds) == {"initials"} and (len(kinds) == 1 or any(is_known(part.casefold()) for part in parts))
    doubtful = "other" in kinds or letters or kinds == ["word"]
    if not kinds or doubtful or first in rules.initials["words"]:
        return None
    writer = _roles(rules)[0]
    authors = [writer.sub("", part) for part, kind in zip(filter(None, parts), kinds, strict=True) if kind != "desk"]
    return {"author": "/".join(authors)} if any(authors) else {}


def _kind(part: str, rules: Rules) -> str:
    """Return what a part of a bracket is: desk or outlet, credit behind a role, name, one word, initials, or other."""
    if part.casefold() in rules.sources or rules.address.fullmatch(part):
        return "desk"
    writer, office = _roles(rules)
    named = writer.sub("", part)
    capitals = all(_CAPITAL.fullmatch(word) for word in named.split())
    if named != part or office.match(part):
        return "credit" if capitals or named.isalpha() or office.fullmatch(part) else "other"
    if capitals and are_names(part, rules, foreign=False):
        return "name" if " " in part else "word"
    low, high = rules.initials["letters"]
    return "initials" if part.isalpha() and low <= len(part) <= high else "other"


@cache
def _roles(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the words before names that say what these did, to be left out (laporan) or not (humas)."""
    writers = re.compile(rf"^(?:{either(rules.initials['writers'])})\b\s*[:,-]?\s*", re.IGNORECASE)
    return writers, re.compile(rf"(?:{either(rules.initials['offices'])})\b", re.IGNORECASE)


@cache
def _patterns(rules: Rules) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """Compile initials (a line of their own; with a slash or a mark of paid content; after a sentence), and names."""
    low, high = rules.initials["letters"]
    paid = rf"(?i:{either(rules.initials['paid'])})"
    desk = rf"(?i:{either(rules.initials['desks'])})"
    part = rf"(?:{paid}|{desk}|[A-Za-z]{{{low},{high}}}\d{{0,2}}|\*{{1,3}})"
    lower = rf"(?:{paid}|{desk}|[a-z]{{{low},{high}}}\d{{0,2}}|\*{{1,3}})"
    page = r"[A-Za-z]{1,2}-?\d{1,2}"
    parts = rf"[(\[]\s*(?P<initials>{part}(?:\s*[/|&]\s*(?:{part}|{page}))*|[A-Z]{{1,2}}-\d{{1,2}})\s*[)\]]"
    sure = rf"[(\[]\s*(?P<initials>{lower}(?:\s*[/|&]\s*(?:{lower}|{page}))+|\*{{1,3}}|{paid})\s*[)\]]\.?$"
    ended = rf"(?:(?<=[.!?…])|(?<=[{_ENDS}][\"”’']))"
    small = rf"(?<=,)\s*[(\[]\s*(?P<initials>{lower})\s*[)\]]$"
    patterns = (rf"^{parts}\.?$", rf"(?:\s+|(?<=[{_ENDS}\"”’'])){sure}", rf"{ended}\s*{parts}$", small)
    names = rf"(?:^|(?<=[{_ENDS}])\s*|(?<=[{_ENDS}][\"”’'])\s*)[(\[](?P<inside>[^()\[\]]{{2,90}})[)\]]\.?$"
    return tuple(re.compile(pattern) for pattern in patterns), re.compile(names)
