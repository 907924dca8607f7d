"""The initials that close a news article: who wrote and edited it, and whether it was paid for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kit.reading.rules import Rules, either

_ENDS = ".,!?…"


@dataclass(frozen=True)
class Initials:
    """Initials at the end of a line.

    Attributes
    ----------
    start : int
        Where they begin in the line, the blank before them included.
    facts : dict of str
        ``author``, the initials; ``paid``, the mark of paid content.

    """

    start: int
    facts: dict[str, str]


def find_initials(line: str, rules: Rules, *, last: bool) -> Initials | None:
    """Find initials at the end of a line."""
    for pattern in _patterns(rules):
        found = pattern.search(line)
        if not found or re.sub(r"\s", "", found["initials"]).casefold() in rules.initials["words"]:
            continue
        start = found.start()
        if last or ("/" in found["initials"] and start > 0 and line[start - 1] in _ENDS):
            return Initials(start, _facts(found["initials"], rules))
    return None


def _facts(initials: str, rules: Rules) -> dict[str, str]:
    """Return whom initials name, and whether they mark paid content."""
    parts = [part.strip() for part in initials.split("/")]
    paid = [part for part in parts if part.casefold() in rules.initials["paid"]]
    names = [part for part in parts if part not in paid and part.strip("*")]
    return ({"paid": paid[0].casefold()} if paid else {}) | ({"author": "/".join(names)} if names else {})


@cache
def _patterns(rules: Rules) -> tuple[re.Pattern[str], ...]:
    """Compile initials: a line of their own; with a slash or a mark of paid content; after a sentence, or a comma."""
    low, high = rules.initials["letters"]
    paid = rf"(?i:{either(rules.initials['paid'])})"
    desk = rf"(?i:{either(rules.initials['desks'])})"
    part = rf"(?:{paid}|{desk}|[A-Za-z]{{{low},{high}}}\d{{0,2}}|\*{{1,3}})"
    lower = rf"(?:{paid}|{desk}|[a-z]{{{low},{high}}}\d{{0,2}}|\*{{1,3}})"
    page = r"[A-Za-z]\d{1,2}"
    parts = rf"[(\[]\s*(?P<initials>{part}(?:\s*/\s*(?:{part}|{page}))*|[A-Z]-\d{{1,2}})\s*[)\]]"
    sure = rf"[(\[]\s*(?P<initials>{lower}(?:\s*/\s*(?:{lower}|{page}))+|\*{{1,3}}|{paid})\s*[)\]]\.?$"
    ended = rf"(?:(?<=[.!?…])|(?<=[{_ENDS}][\"”’']))"
    small = rf"(?<=,)\s*[(\[]\s*(?P<initials>{lower})\s*[)\]]$"
    patterns = (rf"^{parts}\.?$", rf"(?:\s+|(?<=[{_ENDS}\"”’'])){sure}", rf"{ended}\s*{parts}$", small)
    return tuple(re.compile(pattern) for pattern in patterns)
