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
#: What makes a negation a condition that says nothing of the speaker: tanpa transparansi tidak akan selesai.
_CONDITIONS = ("tanpa", "kalau", "jika", "bila", "apabila", "jikalau", "andai", "seandainya", "asalkan", "apakah")
_LACKS = (*NEGATORS, "kurang", "minim", "minimnya", "kurangnya")


class Agreement(NamedTuple):
    """1, -1 or 0 for what is not said; the word that decided; how sure; the marker over the passage."""

    sign: int
    basis: str
    certainty: str
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

    A modality over the passage decides first, then a verb of stance before the concept, then the order that the
    quotation is (`command`, with its `cue`); a negation close by turns it round, and so does a pattern that names the
    `fault`. A negation alone objects, and is probable only.
    """
    if clauses.form(place) in NEGATORS:  # a pattern such as tidak transparan
        place, fault = place + 1, False
    over = [row for row in modals if row.start < start < row.clause_end and row.stack == 1]
    modal = over[-1] if over else None
    sign, basis = _of_modal(modal)
    after = 0
    if not sign:
        sign, basis, after = _of_stance(clauses, place)
    if not sign and command and modal is None:
        sign, basis = 1, cue
    certainty = "certain" if sign else "probable"
    inside = modal is not None and modal.scope == "clause" and modal.category != "deontic_prohibition"
    denial = "" if sign and inside else _denial(clauses, place, after)
    if denial and sign:
        sign, basis = -sign, f"{basis} + {denial}"
    elif denial and not any(clauses.form(before) in _CONDITIONS for before in range(place)):
        sign, basis = -1, denial
    if not sign:
        return Agreement(0, "", "", modal)
    return Agreement(-sign if fault else sign, basis, certainty, modal)


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


def _of_stance(clauses: Clauses, place: int) -> tuple[int, str, int]:
    """Return what a verb of stance before a concept says of it, and the place behind the verb."""
    for there in range(place - 1, max(place - _NEAR, 0) - 1, -1):
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
