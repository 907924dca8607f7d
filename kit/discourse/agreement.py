"""Whether a passage agrees with the concept it names, as far as negation, modality, polarity and stance tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from kit.discourse.clauses import Clauses
from kit.discourse.modality_markers import NEGATORS, is_mark
from kit.discourse.stance import (
    BACK,
    LACKS,
    RELATIVE,
    alone_of,
    is_light,
    objection_before,
    stance_before,
    stance_words,
    words_that,
)

_CLOSE = 2  # words before a concept in which a negation stands
_LATER = 2  # words of a relative clause before the concept
_REACH = 12  # words between a marker and the concept
_WANTS = ("deontic_necessity", "imperative", "directive_verb", "volitive_want", "volitive_hope")
#: Categories of which the subject, if it is somebody else, has the wish; the speaker only tells of it.
_OWN = ("volitive_want", "volitive_hope", "directive_verb")
_SPEAKERS = ("speaker", "speaker_and_audience", "speaker_and_institution")
_NEEDED = ("perlu", "butuh", "usah")


class Agreement(NamedTuple):
    """1, -1 or 0 for what is not said; the words that decided; the marker over the passage."""

    sign: int
    basis: str
    modal: Any


def agreement_of(
    clauses: Clauses,
    place: int,
    start: int,
    modals: Sequence[Any],
    *,
    starts: Sequence[int],
    fault: bool,
    since: int,
    command: bool,
    cue: str,
) -> Agreement:
    """Tell whether a passage agrees with a concept.

    A modality over the passage decides first, together with a verb of stance between it and the concept, then such a
    verb alone, then the order that the quotation is (`command`, with its `cue`). A negation close by turns these round,
    and so does a pattern that names the `fault`; alone it says that something is lacking, which objects to nothing.
    Nor is a fault that is named under a duty or a wish what is demanded. What somebody else wants or rejects, what is
    asked, and what stands under a condition is no position of the speaker; nor is a verb of stance outside of any
    quotation (`since` is where that begins; -1: nowhere; `starts`: where the words do), where the article tells of
    others. What somebody deplores is a fault or a lack: mengkritik pelayanan says nothing.
    """
    first = place
    if clauses.form(place) in NEGATORS:  # a pattern such as tidak transparan
        place, fault = place + 1, False
    elif clauses.form(place) in words_that("weakens"):  # pelemahan KPK
        fault = True
    over = [row for row in modals if row.start < start < row.clause_end and row.stack == 1]
    modal = over[-1] if over else None
    if _is_asked(clauses, first) or clauses.form(first - 1) in words_that("persons"):
        return Agreement(0, "", modal)
    behind = _behind(clauses, place, modal) if modal is not None else 0
    # A marker before the words is the verb of saying itself: meminta, berharap.
    ordered = command if modal is None else modal.start < since and (command or modal.category in _OWN)
    sign, basis = (1, cue if modal is None else modal.marker) if ordered else _of_modal(modal)
    if not sign and since >= 0 and modal is not None and _is_unneeded(clauses, modal, behind, first):
        sign, basis = -1, modal.marker
    if sign and modal is not None and not _is_under(clauses, modal, behind, first, ordered=ordered):
        sign, basis = 0, ""
    if sign and modal is not None and not ordered:
        objected = objection_before(clauses, behind - len(str(modal.marker).split()))
        if _is_of_rule(clauses, behind - len(str(modal.marker).split())):
            sign, basis = 0, ""
        elif objected.sign:
            own = since >= 0 and _is_own(clauses, objected.begin)
            sign, basis = (-sign, f"{objected.basis} + {basis}") if own else (0, "")
    least = behind if sign and modal is not None else 0
    stance = stance_before(clauses, place, least, fault=fault)
    if sign and stance.sign < 0 and clauses.form(stance.begin - 1) in RELATIVE:
        sign = 0  # mengevaluasi aturan yang melemahkan gerakan antikorupsi
    elif sign and stance.sign and modal is not None:
        sign, basis = sign * stance.sign, f"{basis} + {stance.basis}"
    elif stance.sign and since >= 0 and (not sign or ordered):
        whose, begin = alone_of()[stance.word], stance.begin
        own = whose == "anyone" or (whose in ("yes", "linked") and (starts[begin] < since or _is_own(clauses, begin)))
        if stance.light and own:
            sign, basis = stance.sign, stance.basis
    if not sign:
        return Agreement(0, "", modal)
    inside = modal is not None and modal.scope == "clause" and modal.category != "deontic_prohibition"
    denial = "" if inside else _denial(clauses, place, stance.after)
    if denial:
        sign, basis = -sign, f"{basis} + {denial}"
    elif not fault and basis == stance.word and stance.word in words_that("deplores"):
        return Agreement(0, "", modal)  # mengkritik pelayanan publik: how it is, not that there is any
    if fault and sign > 0:  # nobody demands a fault: what stands between was not understood
        return Agreement(0, "", modal)
    return Agreement(1 if fault else sign, basis, modal)


def _is_asked(clauses: Clauses, place: int) -> bool:
    """Tell whether a question mark ends what a place stands in."""
    for there in range(place, len(clauses.words)):
        if clauses.form(there) in ("?", ".", "!"):
            return clauses.form(there) == "?"
    return False


def _is_own(clauses: Clauses, place: int) -> bool:
    """Tell whether what a verb at a place says is the speaker's: the subject is nobody else."""
    subject = clauses.subject(place)
    if subject is None and clauses.form(clauses.skip(place - 1, -1, "adverb", "modal")) in RELATIVE:
        return False  # RUU itu, yang mencederai demokrasi
    if subject is None or clauses.group(subject) in _SPEAKERS:
        return True
    return clauses.words[subject[1] - 1].group in _SPEAKERS  # tuntutan kami


def _is_under(clauses: Clauses, modal: Any, behind: int, place: int, *, ordered: bool) -> bool:
    """Tell whether a concept stands in what a marker is over, and whether that is the speaker's position."""
    marker = behind - len(str(modal.marker).split())
    if not ordered:
        if clauses.surfaces[behind - 1].casefold().endswith("kah") or place - behind > _REACH:
            return False
        passive = modal.voice == "passive" or clauses.form(marker).startswith("di")
        if modal.category in _OWN and not passive and not _is_own(clauses, marker):
            return False
        if _is_condition(clauses, marker):
            return False
    edges, relative, prohibited = words_that("edge") | words_that("condition"), place, modal.polarity == "negative"
    if prohibited:
        edges |= words_that("purpose")
    if place > behind and clauses.form(place - 1) in words_that("within"):
        return False
    for there in range(behind, place):
        form = clauses.form(there)
        if form in edges:
            return False
        if form in RELATIVE:
            relative = there
        elif form in words_that("purpose"):
            relative = place
    return place - relative - 1 <= (-1 if prohibited else _LATER)


def _is_of_rule(clauses: Clauses, marker: int) -> bool:
    """Tell whether a marker says what a rule or proposal holds, which is told of: poin penuntutan harus …."""
    for there in range(marker - 1, max(marker - BACK, 0) - 1, -1):
        if is_mark(clauses, there) or clauses.words[there].verb:
            return False
        if clauses.form(there) in words_that("content"):
            return True
    return False


def _is_condition(clauses: Clauses, marker: int) -> bool:
    """Tell whether a marker stands in a clause that names a condition: jika ingin transparan."""
    for there in range(marker - 1, max(marker - BACK, 0) - 1, -1):
        if is_mark(clauses, there) or clauses.words[there].verb or clauses.is_role(there, "existential"):
            return False
        if clauses.form(there) in words_that("condition"):
            return clauses.form(there - 1) not in stance_words()  # tidak setuju jika KPK wajib …
    return False


def _behind(clauses: Clauses, place: int, modal: Any) -> int:
    """Return the first place behind a marker that stands before a concept."""
    last = str(modal.marker).split()[-1]
    return next((there + 1 for there in range(place - 1, -1, -1) if clauses.form(there) == last), place)


def _of_modal(modal: Any) -> tuple[int, str]:
    """Return what a marker over a passage says of it."""
    if modal is None:
        return 0, ""
    if modal.category == "deontic_prohibition":
        return -1, modal.marker
    if modal.category not in _WANTS:
        return 0, ""
    if modal.polarity == "positive":
        return 1, modal.marker
    if modal.scope == "clause":
        return -1, modal.marker
    # Tidak harus, tidak perlu: no duty, which objects to nothing.
    return (-1, modal.marker) if modal.category == "volitive_want" else (0, "")


def _is_unneeded(clauses: Clauses, modal: Any, behind: int, place: int) -> bool:
    """Tell whether a concept itself is what is not needed: tidak perlu koordinasi; not perlu ragu."""
    words = str(modal.marker).split()
    needless = modal.polarity == "negative" and words[-1] in _NEEDED and words[0] != "tanpa"
    return needless and all(is_light(clauses, there) for there in range(behind, place))


def _denial(clauses: Clauses, place: int, after: int) -> str:
    """Return the negation close before a concept, behind any marker; empty if there is none."""
    for there in range(place - 1, max(place - 1 - _CLOSE, after - 1), -1):
        if is_mark(clauses, there) or clauses.is_role(there, "modal"):
            break
        if clauses.form(there) in LACKS:
            return "" if clauses.form(there + 1) in ("hanya", "cuma", "saja") else clauses.form(there)
    return ""
