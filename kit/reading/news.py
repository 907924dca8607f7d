"""Anatomy of a news article: its body, and the furniture around it.

`clean` takes dateline, cross-links, initials, credits and the like out of an article and keeps each passage with its
place in the raw text. What is furniture is written in ``news_rules.toml``; docs/cleaning.md explains it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from kit.reading.cleaned import Cleaned, flags_as_fact, placed_in_raw
from kit.reading.damage import DAMAGED, Flag, Lost, Places, examine, flags_of, lost_links, mend
from kit.reading.dateline import find_dateline, find_left, opens_article
from kit.reading.headlines import can_head, repeats_title
from kit.reading.initials import WINDOW, find_initials
from kit.reading.line_ends import DOUBTFUL, line_ends
from kit.reading.page import ABOVE, Page
from kit.reading.rules import LONGEST, Rules, found_rules, load_rules
from kit.reading.survey import Survey, survey, survey_of_damage
from kit.reading.survey_lines import Lines
from kit.reading.text import mended

_DAMAGED = {"flags": DAMAGED}


def clean_all(texts: Sequence[str], titles: Sequence[str] = (), *, repair: bool = False) -> Iterator[Cleaned]:
    """Clean articles, as `clean` does each."""
    rules = load_rules()
    for raw, title, known in zip(texts, titles or [""] * len(texts), survey(texts, rules), strict=True):
        yield clean(raw, rules, repair=repair, known=known, title=title)


def flags_of_all(texts: Sequence[str]) -> Iterator[tuple[dict[str, str], list[Flag]]]:
    """Return what texts that stay as they are are flagged for: the facts, and the flags."""
    for raw, known in zip(texts, survey_of_damage(texts), strict=True):
        if isinstance(known, Lost):
            yield (_DAMAGED, [lost_links(raw, *known)]) if known.places else ({}, [])
        else:
            yield flags_of_one(raw, known and known.damage, hyphens=known is None or known.hyphens)


def flags_of_one(raw: str, places: Places | None, *, hyphens: bool) -> tuple[dict[str, str], list[Flag]]:
    """Return what a text is flagged for, of which is known where damage and whether `hyphens` at line ends may be."""
    _, flagged = examine(raw, places=places)
    doubts = _doubts(raw) if hyphens else []
    if doubts:
        flagged = sorted(flagged + flags_of(raw, [(*place, DOUBTFUL, DOUBTFUL) for place in doubts]))
    return flags_as_fact(flagged), flagged


def clean(
    raw: str, rules: Rules | None = None, *, repair: bool = False, known: Survey | None = None, title: str = ""
) -> Cleaned:
    r"""Take the furniture out of a news article, and mend its damage by rule if asked for.

    The rules are applied until none finds anything more, so that cleaning a cleaned text changes nothing. What is
    `known` of the text says where they need not look; a `title` that is stated is taken out where the text repeats it.
    """
    damage, flagged = examine(raw, repair=repair, places=known and known.damage)
    edits, repaired = mend(raw, damage) if repair else ([], [])
    rules = rules or load_rules()
    if known and known.lines and not edits and _is_all_body(raw, title, known, known.lines, rules):
        lines = known.lines
        body = raw if lines.joined else "\n".join([raw[begin:stop] for begin, stop, _ in lines.rows.tolist()])
        return Cleaned(body, lines.rows, [], flags_as_fact(flagged), sorted(flagged), repaired)
    whole = mended(raw, edits)
    page = Page(whole.text, rules, None if edits else known, title)
    page.strip()
    while page.join_lines():
        page.strip()
    page.flag_doubts()
    done = placed_in_raw(page.cleaned(), whole, raw) if edits else page.cleaned()
    if page.flags:
        flagged += flags_of(raw, [(*whole.span(begin, stop), flag, flag) for begin, stop, flag in page.flags])
    if not done.text:
        flagged += flags_of(raw, [(0, len(raw), "no_body", "no_body")])
    facts = done.facts | flags_as_fact(flagged)
    return Cleaned(done.text, done.segments, done.removed, facts, sorted(flagged), repaired)


def _is_all_body(raw: str, title: str, known: Survey, lines: Lines, rules: Rules) -> bool:
    """Tell whether nothing is to be taken out of a text, since none of the places that may be furniture is."""
    if known.hyphens or known.hidden or known.inline:
        return False
    if known.apart and not unicodedata.is_normalized("NFC", raw):
        return False
    for begin, stop, may in lines.may_fall:
        for _ in found_rules(raw, begin, stop, rules.among(may)):
            return False
    (begin, stop, _), *behind = lines.rows[: ABOVE + 1].tolist()
    if not title and can_head(raw[begin:stop], rules):
        for (first, last, _), may in zip(
            behind, (lines.rules[1 : ABOVE + 1] & rules.at("start")).tolist(), strict=True
        ):
            if any(found_rules(raw, first, last, rules.among(may))) or opens_article(raw[first:last], rules):
                return False
    if behind and repeats_title(raw[begin:stop], title, raw[behind[0][0] : behind[0][1]]):
        return False
    for begin, stop in lines.may_credit:
        shown = max(begin, stop - WINDOW)
        alone, last = len(lines.rows) == 1, stop == lines.rows[-1, 1]
        if find_initials(raw[shown:stop], rules, last=last, whole=shown == begin and not alone):
            return False
    if not lines.may_open:
        return True
    begin, stop, _ = lines.rows[0].tolist()
    head = raw[begin : min(stop, begin + LONGEST)]
    return not find_dateline(head, rules) and not find_left(head, rules)


def repaired_only(raw: str) -> Cleaned:
    """Return a text as it is but for its damage, which is mended by rule."""
    damage, flagged = examine(raw, repair=True)
    edits, repaired = mend(raw, damage)
    whole = mended(raw, edits)
    doubts = [(*whole.span(*place), DOUBTFUL, DOUBTFUL) for place in _doubts(whole.text)]
    flagged = sorted(flagged + flags_of(raw, doubts))
    return Cleaned(whole.text, whole.stretches, [], flags_as_fact(flagged), flagged, repaired)


def _doubts(text: str) -> list[tuple[int, int]]:
    """Return where a line ends inside a word whose hyphen is in doubt."""
    return [(begin, stop) for begin, stop, rule in line_ends(text) if rule == DOUBTFUL]
