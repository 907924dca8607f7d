"""Whether a passage agrees with the concept it names, as far as negation, modality, polarity and stance tell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from kit.discourse.clauses import Clauses
from kit.discourse.modality_markers import NEGATORS, is_mark
from kit.discourse.modality_rules import read_rules
from kit.errors import CorpusError

_NEAR = 6  # words before a concept in which a verb of stance stands
_CLOSE = 2  # words before a concept in which a negation stands
_WANTS = ("deontic_necessity", "deontic_permission", "imperative", "directive_verb", "volitive_want", "volitive_hope")
_SPEAKERS = ("speaker", "speaker_and_audience", "speaker_and_institution")
_LACKS = (*NEGATORS, "kurang", "minim", "minimnya", "kurangnya")


class Agreement(NamedTuple):
    """1, -1 or 0 for what is not said; the words that decided; the marker over the passage."""

    sign: int
    basis: str
    modal: Any


@cache
def stance_words() -> dict[str, int]:
    """Return the verbs of stance towards what stands behind them: word to 1 or -1."""
    name, found = "agreement.csv", {}
    for row in read_rules(name, "word", "sign"):
        if row["sign"] not in ("1", "-1"):
            raise CorpusError(f"sign = {row['sign']!r} of {row['word']!r}", place=name, remedy="write 1 or -1")
        found[row["word"]] = int(row["sign"])
    return found


def agreement_of(
    clauses: Clauses, place: int, start: int, modals: Sequence[Any], *, fault: bool, command: bool, cue: str
) -> Agreement:
    """Tell whether a passage agrees with a concept.

    A modality over the passage decides first, together with a verb of stance between it and the concept, then such a
    verb alone, then the order that the quotation is (`command`, with its `cue`). A negation close by turns these round,
    and so does a pattern that names the `fault`; alone it says that something is lacking, which objects to nothing.
    Nor is a fault that is named under a duty or a wish what is demanded.
    """
    if clauses.form(place) in NEGATORS:  # a pattern such as tidak transparan
        place, fault = place + 1, False
    over = [row for row in modals if row.start < start < row.clause_end and row.stack == 1]
    modal = over[-1] if over else None
    sign, basis = _of_modal(modal)
    stance, verb, after = _of_stance(clauses, place, _behind(clauses, place, modal) if sign else 0)
    if sign and stance:
        sign, basis = sign * stance, f"{basis} + {verb}"
    elif not sign:
        sign, basis = stance, verb
    if not sign and command and modal is None:
        sign, basis = 1, cue
    if not sign:
        return Agreement(0, "", modal)
    inside = modal is not None and modal.scope == "clause" and modal.category != "deontic_prohibition"
    denial = "" if inside else _denial(clauses, place, after)
    if denial:
        sign, basis = -sign, f"{basis} + {denial}"
    if fault and sign > 0:  # nobody demands a fault: what stands between was not understood
        return Agreement(0, "", modal)
    return Agreement(1 if fault else sign, basis, modal)


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
    promised = modal.category == "prospective" and modal.bearer_group in _SPEAKERS
    if modal.category not in _WANTS and not promised:
        return 0, ""
    if modal.polarity == "positive":
        return 1, modal.marker
    if modal.scope == "clause":
        return -1, modal.marker
    # Tidak harus, tidak perlu: no duty, which objects to nothing.
    return (-1, modal.marker) if modal.category in ("volitive_want", "prospective") else (0, "")


def _of_stance(clauses: Clauses, place: int, first: int) -> tuple[int, str, int]:
    """Return what a verb of stance before a concept, from a place on, says of it, and the place behind the verb."""
    for there in range(place - 1, max(place - _NEAR, first) - 1, -1):
        if is_mark(clauses, there):
            break
        sign = stance_words().get(clauses.form(there), 0)
        if sign:
            behind = clauses.form(there - 1)
            word = clauses.form(there)
            return (-sign, f"{behind} {word}", there + 1) if behind in NEGATORS else (sign, word, there + 1)
    return 0, "", 0


def _denial(clauses: Clauses, place: int, after: int) -> str:
    """Return the negation close before a concept, behind any marker; empty if there is none."""
    for there in range(place - 1, max(place - 1 - _CLOSE, after - 1), -1):
        if is_mark(clauses, there) or clauses.is_role(there, "modal"):
            break
        if clauses.form(there) in _LACKS:
            return "" if clauses.form(there + 1) in ("hanya", "cuma", "saja") else clauses.form(there)
    return ""
