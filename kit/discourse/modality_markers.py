"""The markers of modality in a sentence: what each says, what of it is denied, and the word it is about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kit.discourse.clause_words import word
from kit.discourse.clauses import Clauses, Span
from kit.discourse.modality_rules import Marker, blocks, markers, starts_of_markers
from kit.lexicon.affixes import analysis
from kit.lexicon.wordlists import bases

#: Roles of words that stand between a marker and its predicate.
PASSED_OVER = ("adverb", "time", "particle")
#: Words that deny what follows.
NEGATORS = ("tidak", "tak", "tdk", "bukan", "belum", "ndak", "nggak", "enggak", "gak", "ga", "tiada", "tanpa")
_ONLY = ("hanya", "cuma", "sekadar", "saja")
_AGAIN = ("lagi", "sampai", "pernah")
_ORDERS = ("untuk", "agar", "supaya", "guna", "bahwa")
_REACH = 12  # words after a directive verb in which its order begins
_SHORTEST = 3  # letters of a word that may be a particle: mestinya kan berurutan
_NO_RULE = Marker("", "", "", "")


class Found(NamedTuple):
    """A marker in a sentence, before its bearer is known."""

    span: Span
    rule: Marker
    category: str
    polarity: str
    scope: str
    stack: int
    predicate: int
    voice: str


def find_in(clauses: Clauses, *, legal: bool = False) -> list[Found]:
    """Find the markers of a sentence, in its order."""
    found: list[Found] = []
    stop = 0
    for place in [at for at, form in enumerate(clauses.forms) if _begins(form)]:
        if place < stop:
            continue
        words = _marker_at(clauses, place)
        order = not words and _is_imperative(clauses, place)
        if not words and not order:
            continue
        stop = place + max(len(words), 1)
        rule = markers()[words] if words else Marker("imperative", "imperative", "any", "addressee")
        one = _found(clauses, found, (place, stop), rule, legal=legal) if not _blocked(clauses, place) else None
        if one is not None:
            if order:
                one = one._replace(predicate=place, voice="imperative")
            found.append(one)
    return found


@lru_cache(maxsize=1 << 15)
def _begins(form: str) -> bool:
    """Tell whether a form may begin a marker, or be an order."""
    return form in starts_of_markers() or is_order(form)


def _marker_at(clauses: Clauses, place: int) -> tuple[str, ...]:
    """Return the words of the longest marker that begins at a place."""
    forms = clauses.forms
    for words in starts_of_markers().get(forms[place], ()):
        if forms[place : place + len(words)] == words:
            return words
    return ()


def _is_imperative(clauses: Clauses, place: int) -> bool:
    """Tell whether a verb in -lah opens its clause."""
    opens = place == 0 or clauses.is_role(place - 1, "punctuation", "conjunction", "discourse", "adverb")
    return opens and is_order(clauses.form(place))


def is_order(form: str) -> bool:
    """Tell whether a form is a verb with the particle of orders: berikanlah."""
    stem = form.removesuffix("lah")
    if stem == form or (form.removeprefix("ber") if form.startswith("ber") else form) in bases():  # bermasalah, masalah
        return False
    return stem not in starts_of_markers() and word(stem).verb and word(stem).voice in ("", "ber")


def _blocked(clauses: Clauses, place: int) -> bool:
    """Tell whether a marker stands in a phrase in which it is none."""
    forms = clauses.forms
    for step, block in blocks().get(forms[place], ()):
        begin = place - step
        if begin >= 0 and forms[begin : begin + len(block.words)] == block.words:
            behind = clauses.skip(begin + len(block.words), 1, *PASSED_OVER, "negation")
            if block.unless != "verb" or not is_verb(clauses, behind):
                return True
    return False


def is_verb(clauses: Clauses, place: int) -> bool:
    """Tell whether a word that can be a verb stands at a place."""
    if not 0 <= place < len(clauses.words):
        return False
    here = clauses.words[place]
    return (
        here.verb
        or here.role in ("existential", "modal", "copula")
        or (here.role == "" and "v" in bases().get(here.form, ""))
    )


def _found(clauses: Clauses, before: list[Found], span: Span, rule: Marker, *, legal: bool) -> Found | None:
    """Return what a marker says, with its negation and predicate; None if it is no marker here."""
    first, stop = span
    if clauses.is_role(first - 1, "preposition") or (
        clauses.form(first) in ("harap", "akan") and clauses.is_role(stop, "demonstrative")
    ):
        return None
    inside = before[-1] if before and _joins(clauses, before[-1].span[1], first) else None
    predicate, denied, voiced = _predicate(clauses, stop)
    turned = subject_behind(clauses, span, rule)
    if turned is not None:
        predicate, voiced = turned[1], clauses.words[turned[1]].voice or "bare"
        denied = any(clauses.form(place) in NEGATORS for place in range(turned[0][1], predicate))
    if not _followed(clauses, rule, stop, predicate):
        return None
    category, polarity, scope = rule.category, "positive", ""
    if category == "dynamic_ability" and legal and clauses.form(first) == "dapat":
        rule = rule._replace(category="deontic_permission", negated="deontic_prohibition")
        category = rule.category
    denier = clauses.skip(first - 1, -1, "adverb") if inside is None else first - 1
    only = any(clauses.form(place) in _ONLY for place in range(denier + 1, first))  # tak hanya ingin
    if clauses.form(denier) in NEGATORS and not only and rule.category != "imperative":
        first, category, polarity, scope = denier, rule.negated, "negative", "marker"
        if clauses.form(stop) == "lagi":
            stop += 1
    elif category == "deontic_prohibition":
        polarity, scope = "negative", "clause"
        if clauses.form(stop) in _AGAIN and clauses.form(first) in ("jangan", "janganlah"):
            stop += 1
    elif denied:
        polarity, scope = "negative", "clause"
    if clauses.form(first) in ("harap", "dimohon") and (first == 0 or clauses.is_role(first - 1, "punctuation")):
        category, rule = "imperative", rule._replace(bearer="addressee")
    stack = inside.stack + 1 if inside is not None else 1
    return Found((first, stop), rule, category, polarity, scope, stack, predicate, voiced)


def subject_behind(clauses: Clauses, span: Span, rule: Marker) -> tuple[Span, int] | None:
    """Return the subject that stands behind a marker, and its verb: Sebaiknya | dinas | segera memperbaiki jalan."""
    if rule.bearer != "subject" or not clauses.form(span[1] - 1).endswith(("nya", "hendaklah")):
        return None
    before = clauses.skip(span[0] - 1, -1, "adverb", "time", "discourse")
    opens = before < 0 or clauses.is_role(before, "punctuation", "conjunction")
    place = clauses.skip(span[1], 1, "adverb")
    noun = not is_verb(clauses, place) or clauses.is_role(place + 1, "demonstrative")  # jalan itu
    phrase = clauses.phrase_from(place) if opens and noun else None
    head = clauses.form(place)
    if phrase is None or not (clauses.group(phrase) or (len(head) > _SHORTEST and "n" in bases().get(head, "n"))):
        return None
    verb = clauses.skip(phrase[1], 1, *PASSED_OVER, "negation", "modal")
    return (phrase, verb) if is_verb(clauses, verb) else None


def _joins(clauses: Clauses, stop: int, first: int) -> bool:
    """Tell whether nothing but adverbs and negations stands between two markers."""
    return clauses.skip(stop, 1, "adverb", "negation") >= first


def _predicate(clauses: Clauses, place: int) -> tuple[int, bool, str]:
    """Return the word a marker is about, whether it is denied, and its voice."""
    denied = False
    while clauses.is_role(place, *PASSED_OVER, "negation", "modal") and not (
        clauses.is_role(place, "modal") and markers().get((clauses.form(place),), _NO_RULE).category == "directive_verb"
    ):
        denied = denied or clauses.form(place) in NEGATORS
        place += 1
    if place >= len(clauses.words) or clauses.is_role(place, "punctuation"):
        return -1, denied, ""
    if clauses.form(place) in ("dengan", "secara"):  # wajib dengan itikad baik menjalankan
        for there in range(place + 1, min(place + _REACH, len(clauses.words))):
            if clauses.words[there].voice:
                return there, denied, clauses.words[there].voice
            if is_mark(clauses, there):
                break
    here = clauses.words[place]
    behind = place + 1
    if here.role == "pronoun" or here.group in ("speaker", "speaker_and_audience", "speaker_and_institution"):
        behind = clauses.skip(behind, 1, *PASSED_OVER)
        if clauses.is_role(behind, "") and not clauses.words[behind].voice and not clauses.words[behind].group:
            return behind, denied, "passive"  # harus kita lakukan
    if here.role == "existential":
        return place, denied, "existential"
    if here.verb:
        return place, denied, here.voice or "bare"
    return place, denied, "stative"


def _followed(clauses: Clauses, rule: Marker, stop: int, predicate: int) -> bool:
    """Tell whether what a marker needs stands behind it."""
    if rule.followed == "any" or clauses.surfaces[stop - 1].casefold().endswith("kah"):
        return True
    if rule.followed == "order":
        return _order(clauses, stop) is not None
    if predicate < 0:
        return False
    here = clauses.words[predicate]
    if here.role == "preposition" and clauses.form(stop - 1) == "dapat":
        return here.form in _ORDERS or here.form in ("dengan", "secara")  # yang bisa Anda dapat di Seoul
    if here.verb or here.role in ("existential", "copula"):
        return True
    if rule.followed == "verb":
        return clauses.is_role(stop, "modal") or here.form in ("menjadi", "jadi", "dengan", "untuk")
    if here.form.startswith(("peng", "pem", "pen", "per", "pel")) and here.form.endswith("an"):
        return rule.category == "deontic_necessity"  # perlu pengawasan, not sadar akan pelanggaran
    classes = bases().get(here.form, "")
    built = analysis(here.form) if not classes else None
    if built is not None and built.suffix == "an" and built.prefix in ("", "pe", "peN", "per"):
        return False  # dapat bantuan
    if "n" in classes or here.role in ("numeral", "quantifier", "determiner") or clauses.form(predicate)[:1].isdigit():
        return "v" in classes or "a" in classes
    return here.form not in ("rp", "rp.") and not clauses.is_named(predicate)


def _order(clauses: Clauses, place: int) -> int | None:
    """Return where the order of a directive verb begins: *untuk*, *agar*, or a verb behind whom it directs."""
    if clauses.is_role(place, "conjunction") and clauses.form(place) not in _ORDERS:
        return None
    span = object_of(clauses, place)
    behind = clauses.skip(place if span is None else span[1], 1, *PASSED_OVER)
    if clauses.form(behind) in ("tidak", "tak", "jangan") or (is_verb(clauses, behind) and clauses.words[behind].voice):
        return behind
    for there in range(place, min(place + _REACH, len(clauses.words))):
        if clauses.form(there) in _ORDERS:
            return there if clauses.form(there) != "bahwa" else None
        if is_mark(clauses, there):
            return None
    return None


def addressee_of(clauses: Clauses, found: Sequence[Found]) -> Span | None:
    """Return to whom a sentence says something, the last one named."""
    spans = [object_of(clauses, one.span[1]) for one in found if one.rule.bearer == "object"]
    if "kepada" in clauses.forms:
        places = [place for place, form in enumerate(clauses.forms) if form == "kepada" and clauses.says_to(place)]
        spans += [clauses.phrase_from(place + 1) for place in places]
    named = [span for span in spans if span is not None and clauses.can_act(span)]
    return named[-1] if named else None


def object_of(clauses: Clauses, place: int) -> Span | None:
    """Return whom a directive verb directs."""
    place = clauses.skip(place, 1, "adverb")
    place += clauses.form(place) in ("kepada", "pada", "terhadap", "bagi", "agar", "supaya")
    return None if is_verb(clauses, place) else clauses.phrase_from(place)


def is_mark(clauses: Clauses, place: int) -> bool:
    """Tell whether a punctuation mark at a place ends a clause."""
    return clauses.is_role(place, "punctuation") and clauses.form(place) not in ("(", ")", "/", "-")
