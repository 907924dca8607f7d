"""Who bears what a marker of modality says, as far as its sentence tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kit.discourse.clauses import Clauses, Span
from kit.discourse.modality_markers import PASSED_OVER, Found, is_verb, object_of, subject_behind
from kit.discourse.verbs import forms_of_saying

_GOES_ON = ("dan", "serta", "namun", "tetapi", "tapi", "lalu", "kemudian", "atau")
_DEPENDENT = ("subject", "patient")


class Bearer(NamedTuple):
    """Who bears what a marker says: sentence, words there, group, and what tells."""

    sentence: int
    span: Span | None
    group: str
    basis: str


#: What nobody bears.
NOBODY = Bearer(-1, None, "", "none")


def bearer_of(clauses: Clauses, found: Sequence[Found], earlier: Sequence[Bearer], row: int) -> Bearer | None:
    """Return who bears what a marker says; None where only the speech before can tell."""
    one = found[row]
    if one.stack > 1 and earlier and one.rule.bearer in _DEPENDENT and found[row - 1].rule.bearer != "next":
        return earlier[-1]
    if one.rule.bearer == "object":
        span = object_of(clauses, one.span[1])
        return _named(clauses, span, "object") if span is None or clauses.group(span) else NOBODY
    if one.rule.bearer == "inclusive":
        behind = one.span[1], one.span[1] + 1
        return _named(clauses, behind, "subject") if clauses.group(behind) == "speaker_and_audience" else None
    if one.rule.bearer == "addressee":
        return None
    turned = subject_behind(clauses, one.span, one.rule)
    subject = turned[0] if turned is not None else clauses.subject(one.span[0])
    if one.rule.bearer == "next":
        return _hoped(clauses, found, row, subject)
    if one.rule.bearer == "hoped":
        return _of_hope(clauses, one, subject)
    if one.rule.bearer == "patient":
        return _named(clauses, subject, "subject")
    if one.voice == "passive":
        return _of_passive(clauses, one, subject)
    if one.voice == "existential":
        span = clauses.phrase_from(one.predicate + 1)
        return _named(clauses, span, "existential") if span is not None and clauses.group(span) else NOBODY
    if subject is None:
        subject = clauses.opening(one.span[0])
    if subject is None:
        return _elided(clauses, found, earlier, row)
    if one.voice in ("stative", "") and not clauses.group(subject):
        return None
    return _named(clauses, subject, "subject")


def _named(clauses: Clauses, span: Span | None, basis: str) -> Bearer:
    """Return a bearer that a sentence names."""
    return Bearer(-1, span, clauses.group(span) or "thing", basis) if span is not None else NOBODY


def _of_passive(clauses: Clauses, one: Found, subject: Span | None) -> Bearer | None:
    """Return who does what a passive says; the subject of a passive, before it or behind, bears nothing."""
    if not clauses.words[one.predicate].voice:  # harus kita lakukan
        place = one.predicate - 1
        while place > one.span[1] and clauses.is_role(place, *PASSED_OVER):
            place -= 1
        return _named(clauses, (place, place + 1), "agent")
    span = clauses.agent(one.predicate)
    if span is not None and subject is None and span[0] == one.predicate + 1:
        return None  # perlu dibentuk tim
    return _named(clauses, span, "agent") if span is not None else None


def _hoped(clauses: Clauses, found: Sequence[Found], row: int, subject: Span | None) -> Bearer | None:
    """Return who is hoped to act: the subject, or that of the next marker, or the noun phrase behind."""
    if subject is not None:
        return _named(clauses, subject, "subject")
    if row + 1 < len(found):
        span = clauses.subject(found[row + 1].span[0])
        if span is not None and found[row + 1].voice != "passive" and span[0] >= found[row].span[1]:
            return _named(clauses, span, "subject")
    span = clauses.phrase_from(clauses.skip(found[row].span[1], 1, "adverb"))
    return _named(clauses, span, "subject") if span is not None and clauses.group(span) else None


def _of_hope(clauses: Clauses, one: Found, subject: Span | None) -> Bearer:
    """Return who is hoped to act: the noun phrase behind, if it can; who hopes, if a verb stands there."""
    place = clauses.skip(one.span[1], 1, "adverb")
    place += clauses.form(place) in ("agar", "supaya", "kepada", "pada", "bahwa")
    place = clauses.skip(place, 1, *PASSED_OVER, "modal", "negation")
    span = clauses.phrase_from(place)
    if span is None or (is_verb(clauses, place) and span[1] == place + 1):
        return _named(clauses, subject, "subject")
    behind = clauses.skip(span[1], 1, *PASSED_OVER, "modal", "negation")
    passive = behind < len(clauses.words) and clauses.words[behind].voice == "passive"
    return _named(clauses, span, "object") if clauses.can_act(span, pronouns=True) and not passive else NOBODY


def _elided(clauses: Clauses, found: Sequence[Found], earlier: Sequence[Bearer], row: int) -> Bearer | None:
    """Return the bearer of a marker without a subject: whose task it is, or the subject of the clause it goes on."""
    first = found[row].span[0]
    place = clauses.skip(first - 1, -1, "punctuation", *PASSED_OVER)
    if clauses.is_role(place, "copula"):
        span = clauses.subject(place)
        if span is not None and clauses.is_role(span[0], "duty") and span[1] - span[0] > 1:
            return _named(clauses, (span[0] + 1, span[1]), "subject")
    told = clauses.skip(first - 1, -1, "adverb")
    if told >= 0 and (clauses.form(told) in forms_of_saying() or clauses.words[told].voice):
        span = clauses.subject(told)  # Ali mengaku ingin; Ali dinilai perlu; Ali berpotensi akan
        return _named(clauses, span, "subject") if span is not None else None
    joined = clauses.is_role(first - 1, "conjunction", "punctuation") and clauses.form(first - 1) not in ('"', "\u201c")
    if joined and row and earlier[-1].span is not None and earlier[-1].basis in ("subject", "agent"):
        return earlier[-1]
    if clauses.form(first - 1) in _GOES_ON:
        span = _before(clauses, first - 1)
        return _named(clauses, span, "subject") if span is not None else None
    return None


def _before(clauses: Clauses, joint: int) -> Span | None:
    """Return who does what stands before a joint: ia turun dari tangga | dan hendak pulang."""
    start = joint
    while start > 0:
        told = clauses.form(start - 1) in forms_of_saying() or clauses.form(start - 1) in ("bahwa", "agar", "supaya")
        if told or clauses.is_role(start - 1, "punctuation"):
            break
        start -= 1
    span = clauses.phrase_from(clauses.skip(start, 1, "adverb", "time", "discourse"))
    if span is None or span[1] >= joint or not clauses.can_act(span, pronouns=True):
        return None
    return span if clauses.words[clauses.skip(span[1], 1, *PASSED_OVER)].voice != "passive" else None
