"""Words of stance: who supports, rejects or deplores what stands behind them, and how far they reach."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kit.discourse.clauses import Clauses
from kit.discourse.modality_markers import NEGATORS, is_mark
from kit.discourse.modality_rules import read_rules
from kit.errors import CorpusError

_NEAR = 3  # words before a concept in which a verb of stance stands, whatever they are
_FAR = 8  # words before it, if all between change nothing
#: Words before a marker in which stands what makes it a condition, or objects to it.
BACK = 8
_SIGNS = {"1": 1, "-1": -1, "weakens": -1, "deplores": -1}
_ALONE = ("yes", "no", "anyone", "linked", "")
_LINKS = ("dengan", "atas", "terhadap", "pada")
RELATIVE = ("yang", "yg")
#: What a word of a noun phrase may be, before a relative clause.
_OF_PHRASE = ("", "quantifier", "numeral", "determiner", "demonstrative")
#: Words that say of a concept that it is lacking.
LACKS = (*NEGATORS, "kurang", "minim", "minimnya", "kurangnya")


class Stance(NamedTuple):
    """What words of stance before a concept say of it.

    Attributes
    ----------
    sign : int
        1, -1, or 0 where there are none.
    basis, word : str
        The words, and the outermost of them.
    begin, after : int
        Where they begin, and the first place behind the last.
    light : bool
        Whether nothing stands between them and the concept that changes whose or what it is.

    """

    sign: int = 0
    basis: str = ""
    word: str = ""
    begin: int = 0
    after: int = 0
    light: bool = False


@cache
def stance_words() -> dict[str, int]:
    """Return the words of stance towards what stands behind them: word to 1 or -1."""
    return {row["word"]: _SIGNS[row["says"]] for row in _rows() if row["says"] in _SIGNS}


@cache
def words_that(says: str) -> frozenset[str]:
    """Return the words of the list that say one thing: ``weakens``, ``condition``, ``edge`` and so on."""
    return frozenset(row["word"] for row in _rows() if row["says"] == says)


@cache
def alone_of() -> dict[str, str]:
    """Return whose position a word of stance tells alone: its subject's (yes, linked), no one's, or anyone's."""
    return {row["word"]: row["alone"] for row in _rows()}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    """Return the rows of the list."""
    name = "agreement.csv"
    kinds = (*_SIGNS, "condition", "edge", "purpose", "within", "light", "held", "persons", "content")
    rows = read_rules(name, "word", "says", "alone")
    for row in rows:
        if row["says"] not in kinds or row["alone"] not in _ALONE:
            problem = f"says = {row['says']!r}, alone = {row['alone']!r} of {row['word']!r}"
            remedy = f"says is one of {', '.join(kinds)}; alone is yes, no, anyone, linked or empty"
            raise CorpusError(problem, place=name, remedy=remedy)
    return tuple(rows)


def stance_before(clauses: Clauses, place: int, first: int, *, fault: bool) -> Stance:
    """Return what words of stance before a concept, from a place on, say of it.

    They may stand one over the other (menolak upaya melemahkan KPK), and before the noun of a relative clause that says
    the concept. What is rejected there has to be at fault (menolak pasal yang melemahkan KPK), for nothing else tells
    why it is.
    """
    outside = _outside(clauses, place)
    inner = Stance()
    if outside < place and _harms(clauses, place - 1):
        inner = Stance(-1, clauses.form(place - 1), clauses.form(place - 1), place - 1, place, light=True)
    lacking = fault or inner.sign or any(clauses.form(there) in LACKS for there in range(outside, place))
    light = bare = True
    for there in range(outside - 1, max(outside - _FAR, first) - 1, -1):
        here = clauses.words[there]
        sign = 0 if clauses.is_named(there) else stance_words().get(here.form, 0)
        if is_mark(clauses, there):
            break
        if sign:
            denied = clauses.form(there - 1) in NEGATORS
            if alone_of()[here.form] == "linked" and clauses.form(there + 1) not in _LINKS:
                break
            if (denied and here.form in words_that("deplores")) or not (light or outside - there <= _NEAR):
                break
            sign = -sign if denied else sign
            if outside < place and not bare and sign < 0 and not lacking:
                break
            if outside < place and there == outside - 1 and alone_of()[here.form] == "no":
                break  # pencegahan yang efektif
            words = " ".join(clauses.form(one) for one in range(there - denied, there + 1))
            found = Stance(sign, words, here.form, there - denied, there + 1, light)
            if not inner.sign and outside == place and sign < 0:
                outer = stance_before(clauses, found.begin, first, fault=True) if light else Stance()
                inner, found = (found, outer) if outer.sign and outer.light else (inner, found)
            if not inner.sign:
                return found
            return found._replace(
                sign=found.sign * inner.sign, basis=f"{found.basis} + {inner.basis}", after=inner.after
            )
        changes = not is_light(clauses, there) and here.form not in LACKS
        bare = bare and not changes
        light = light and (not changes or (outside < place and not here.verb and here.role in _OF_PHRASE))
    return Stance()


def _outside(clauses: Clauses, place: int) -> int:
    """Return the place of a concept, or of the relative clause that says no more than it: yang dinilai tidak adil."""
    there = place - 1
    while clauses.form(there) in words_that("held") or clauses.form(there) in LACKS or _harms(clauses, there):
        there -= 1
    return there if clauses.form(there) in RELATIVE else place


def _harms(clauses: Clauses, place: int) -> bool:
    """Tell whether a word says that what stands behind it is harmed: yang berpotensi mengurangi efektivitas."""
    return not clauses.is_named(place) and stance_words().get(clauses.form(place), 0) < 0


def objection_before(clauses: Clauses, marker: int) -> Stance:
    """Return the words that object to what a marker stands in: tidak setuju KPK wajib …; empty if there are none."""
    for there in range(marker - 1, max(marker - BACK, 0) - 1, -1):
        content = clauses.form(there) == "bahwa" or clauses.form(there - 1) in stance_words()
        if is_mark(clauses, there) or (clauses.is_role(there, "conjunction") and not content):
            break
        verb = not clauses.is_named(there) and alone_of().get(clauses.form(there)) == "yes"
        sign = stance_words().get(clauses.form(there), 0) if verb else 0
        if sign:
            denied = clauses.form(there - 1) in NEGATORS
            begin = there - denied
            words = " ".join(clauses.form(one) for one in range(begin, there + 1))
            against = sign > 0 if denied else sign < 0
            return Stance(-1, words, clauses.form(there), begin, there + 1) if against else Stance()
    return Stance()


def is_light(clauses: Clauses, place: int) -> bool:
    """Tell whether a word between a word of stance and a concept changes nothing: menolak segala bentuk korupsi."""
    return clauses.form(place) in words_that("light") | words_that("purpose")
