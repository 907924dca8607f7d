"""A sentence as its clauses: what each word does there, and where subject, agent, object and predicate stand.

No parser of Indonesian is at hand that reads a million words a second, so this reads by what stands beside what: a noun
phrase ends where a conjunction, a punctuation mark, a verb or a modal stands. What words do is decided once per form.
"""

from __future__ import annotations

from kit.discourse.actor_list import bearers
from kit.discourse.clause_words import Word
from kit.discourse.verbs import forms_of_saying
from kit.language.lexemes import lexeme
from kit.lexicon.affixes import analysis
from kit.lexicon.wordlists import bases

#: First and last word of a stretch, the second not in it.
Span = tuple[int, int]

_FAR = 14  # words that a relative clause before a modal may have
_PERSONS = ("speaker", "speaker_and_audience", "speaker_and_institution", "audience", "third_person")
_BOUNDARIES = ("conjunction", "copula", "interrogative", "modal", "negation")
_JOINING = ("dan", "atau", "serta", "maupun", "&")
#: Passive verbs behind which stands what their subject does: dipaksa melayani.
_MADE_TO = frozenset(("dipaksa", "disuruh", "dituntut", "diajak", "ditugaskan", "diperintahkan", "diwajibkan"))
_RELATIVE = ("yang", "yg")
_NEXT = ("kemudian", "lalu", "lantas")
#: What may follow a pronoun in its phrase.
_WITH_PERSONS = ("semua", "semuanya", "ini", "itu", "yang", "sekalian", "berdua", "bersama", "dan", "sebagai", "selaku")
_INSIDE = ("/", "-", "\u2013", ".")  # marks inside names


class Clauses:
    """A sentence, its words looked at one beside the other.

    Parameters
    ----------
    words : list of Word
        What each of its tokens does.
    surfaces : list of str
        Its tokens as written.

    """

    __slots__ = ("_roles", "forms", "surfaces", "words")

    def __init__(self, words: list[Word], surfaces: list[str]) -> None:
        self.words = words
        self.surfaces = surfaces
        self.forms = tuple([one.form for one in words])
        self._roles = [one.role for one in words]

    def is_role(self, place: int, *roles: str) -> bool:
        """Tell whether there is a word at a place that has one of some roles."""
        return 0 <= place < len(self._roles) and self._roles[place] in roles

    def form(self, place: int) -> str:
        """Return the form at a place; empty outside the sentence."""
        return self.forms[place] if 0 <= place < len(self.forms) else ""

    def is_named(self, place: int) -> bool:
        """Tell whether a word is written with a capital letter, and not only because a sentence begins."""
        first = place == 0 or self.is_role(place - 1, "punctuation")
        surface = self.surfaces[place]
        return surface[:1].isupper() and (not first or (len(surface) > 1 and surface.isupper()))

    def skip(self, place: int, step: int, *roles: str) -> int:
        """Return the first place from one on that has none of some roles."""
        while self.is_role(place, *roles):
            place += step
        return place

    def group(self, span: Span) -> str:
        """Return the group of who can act that the head of a noun phrase names; "named" for other names; else empty.

        The head stands first, behind words of quantity.
        """
        place = span[0]
        while place < span[1] and self.is_role(place, "quantifier", "numeral", "determiner", "member"):
            place += 1
        if place >= span[1]:
            place = span[1] - 1
        pair = f"{self.form(place)} {self.form(place + 1)}" if place + 1 < span[1] else ""
        known = bearers().get(pair, "") or self.words[place].group
        if known:
            return known
        return "named" if self.surfaces[place][:1].isupper() and not self._is_thing(place) else ""

    def _is_thing(self, place: int) -> bool:
        """Tell whether a capitalised word is a common noun that names no one, first in its sentence."""
        return not self.is_named(place) and (
            self.form(place) in bases() or analysis(self.form(place)) is not None or self.words[place].role != ""
        )

    def subject(self, place: int) -> Span | None:
        """Return the noun phrase that ends before a place: the subject of the verb or modal that begins there."""
        last = self.skip(place - 1, -1, "adverb", "time", "particle", "discourse")
        while self.form(last) in _NEXT and self._is_nominal(last - 1):
            last -= 1  # tim itu kemudian akan
        aside = self._aside(last)
        if aside is not None:
            return aside if isinstance(aside, tuple) else self._phrase_to(aside)
        first = self._first_of_verbs(last, place)
        if first >= 0:
            return self.subject(first)
        while self.form(last) in ("sendiri", "sekalian", "untuk", "guna", "agar", "supaya", "dalam"):
            last -= 1  # ASN untuk melayani
        if self.form(last) in _RELATIVE:
            return self._phrase_to(last - 1, near=True)
        if (
            last >= 0
            and self.form(last + 1) in ("untuk", "guna")
            and self.words[last].verb
            and not self.words[last].voice
        ):
            return self.subject(last)  # kami hadir untuk melayani
        if self.is_role(last, "preposition", "conjunction"):
            return None  # lalai dengan tidak mampu; banjir dan akan
        return self._phrase_to(last)

    def _first_of_verbs(self, last: int, place: int) -> int:
        """Return the verb that one goes on with: mengayomi dan | melayani; dipaksa | melayani; -1: there is none."""
        if last == place - 1 and self.form(last) in _MADE_TO and self.form(last - 1) not in _RELATIVE:
            return last
        before = last
        if self.form(before) in ("dan", "serta"):
            before -= 1
        own = place < len(self.words) and self.words[place].verb and self.words[place].voice == "active"
        if self.form(before) == "," and (own or before < last):
            before -= 1
        joined = before < last and before >= 0 and self.words[before].verb and self.words[before].voice == "active"
        return before if joined and self.form(before) not in forms_of_saying() else -1

    def _aside(self, last: int) -> Span | int | None:
        """Look behind a stretch between commas before a place: an apposition that names someone, or *kata dia*.

        Returns the apposition, or the place where the phrase before the stretch ends; None where there is none.
        """
        if self.form(last) != ",":
            return None
        for comma in range(last - 1, max(last - _FAR, 0), -1):
            if self.form(comma) == "," and self.form(comma + 1) in _RELATIVE and self._is_nominal(comma - 1):
                return comma - 1  # klub itu, yang sempat kalah, akan
            if self.is_role(comma, "punctuation"):
                break
        for comma in range(last - 1, max(last - 9, 0), -1):
            if self.words[comma].verb and self.form(comma) not in forms_of_saying():
                return None
            if self.form(comma) == ",":
                if self.form(comma + 1) in forms_of_saying() or self.form(comma + 1) in ("menurut", "menurutnya"):
                    return comma - 1
                named = comma + 1 < last and self.can_act((comma + 1, last))
                return (comma + 1, last) if named and self._is_nominal(comma - 1) else None
        return None

    def _phrase_to(self, last: int, *, near: bool = False) -> Span | None:
        """Return the noun phrase that ends at a place; the head of a relative clause has no preposition in it."""
        first = last + 1
        joined, listed = -1, False
        while first > 0:
            here = self.words[first - 1]
            if near and here.role == "preposition":
                break
            if here.role == "punctuation":
                opens = self._parenthesis(first - 1)
                if here.form == "," and self.form(first) in _JOINING and self._is_nominal(first - 2):
                    opens, listed = first - 1, True
                elif here.form == "," and listed and self._is_nominal(first - 2) and self.words[first].group:
                    opens = first - 1
                if opens is None and not (here.form in _INSIDE and first - 1 > 0 and first <= last):
                    break
                first = first - 1 if opens is None else opens
            elif here.form in _RELATIVE:
                first -= 1
            elif here.role == "conjunction":
                if here.form not in _JOINING or not self._is_nominal(first - 2):
                    break
                joined = first if joined < 0 else joined
                first -= 1
            elif here.role in (*_BOUNDARIES, "boundary", "existential"):
                relative = self._relative(first - 1)
                if relative is None:
                    break
                first = relative
            elif here.verb and (here.voice or self._is_person(first - 2)):
                relative = self._relative(first - 1)
                if relative is None:
                    # menilai pemerintah dan DPR harus; memenangi piala dan pemain itu harus
                    first = joined if joined > 0 and here.form not in forms_of_saying() else first
                    break
                first = relative
            else:
                first -= 1
        return self._trimmed(first, last + 1)

    def _is_person(self, place: int) -> bool:
        """Tell whether a personal pronoun stands at a place."""
        return place >= 0 and self.words[place].group in _PERSONS

    def _parenthesis(self, place: int) -> int | None:
        """Return where the parenthesis opens that closes at a place."""
        if self.form(place) != ")":
            return None
        for there in range(place - 1, max(place - 8, -1), -1):
            if self.form(there) == "(":
                return there
        return None

    def _relative(self, place: int) -> int | None:
        """Return where *yang* opens the relative clause that a verb or modal at a place is in."""
        for there in range(place - 1, max(place - _FAR, -1), -1):
            if self.form(there) in _RELATIVE:
                return there if self._is_nominal(there - 1) else None
            if self.is_role(there, "punctuation", "conjunction") and self.form(there) not in _JOINING:
                return None
            if self.words[there].verb and self.words[there].voice == "active":
                return None
        return None

    def _is_nominal(self, place: int) -> bool:
        """Tell whether a word can end a noun phrase."""
        return place >= 0 and not (
            self.is_role(place, "punctuation", "preposition", "adverb", "time", *_BOUNDARIES)
            or (self.words[place].verb and self.words[place].voice != "")
        )

    def _trimmed(self, first: int, stop: int) -> Span | None:
        """Take off what stands before a subject or behind it: phrases of time and place, conjunctions, appositions."""
        aside = ("adverb", "time", "discourse", "particle", "conjunction", "punctuation", "boundary", "apposition")
        first = self._behind(first, stop, *aside)
        for place in range(first + 1, stop):
            if self.is_role(place, "apposition") or f"{self.form(place)} {self.form(place + 1)}" == "baik itu":
                stop = place
                break
        if self.is_role(first, "preposition"):
            first = self._restart(first, stop)
        elif self.is_role(first, "numeral") and self._is_person(stop - 1):
            first = stop - 1  # pertama kita
        first = self._behind(first, stop, *aside)
        while first + 1 < stop and self.words[first].verb and not self.words[first].group:
            if not (self.words[first + 1].group or self.is_named(first + 1)):
                break  # langkah itu, campur tangan
            first += 1  # setuju KPK wajib
        if self._is_person(stop - 1) and stop - 1 > first and not self._is_owned(stop - 1):
            first = stop - 1
        elif self._is_person(first) and first + 1 < stop and self.form(first + 1) not in _WITH_PERSONS:
            stop = first + 1
        if first >= stop or (first + 1 == stop and self.words[first].verb and not self.words[first].group):
            return None
        return first, stop

    def _behind(self, first: int, stop: int, *roles: str) -> int:
        """Return the first place behind words of some roles and parentheses: behind the number of a paragraph."""
        while first < stop:
            if self.form(first) == "(" and ")" in [self.form(place) for place in range(first, min(first + 4, stop))]:
                while self.form(first) != ")":
                    first += 1
                first += 1
            elif self.is_role(first, *roles):
                first += 1
            else:
                break
        return first

    def _is_owned(self, place: int) -> bool:
        """Tell whether a pronoun belongs to the noun before it: tugas kita."""
        before = self.words[place - 1]
        if self.form(place) in ("ia", "dia") or before.role not in ("", "duty") or before.verb:
            return False
        form = lexeme(before.form)
        return "n" in bases().get(form, "n") and not self.is_role(place - 1, "demonstrative", "time", "adverb")

    def _restart(self, first: int, stop: int) -> int:
        """Return where the subject begins behind a phrase with a preposition; `stop` if nowhere."""
        for place in range(stop - 1, first, -1):
            before = self.words[place - 1].role
            if self.is_role(place, "quantifier") and before != "preposition":
                return place
            if before == "demonstrative" or (before in ("time", "adverb") and self.group((place, stop))):
                return place
            if self.words[place].group in _PERSONS and place == stop - 1 and before != "preposition":
                return place
        return stop

    def opening(self, place: int) -> Span | None:
        """Return who stands first in the clause that a place is in: KPK dalam waktu 30 hari kerja wajib."""
        first = place
        while first > 0 and not self.is_role(first - 1, "conjunction", "copula", "modal"):
            if self.is_role(first - 1, "punctuation"):
                opens = self._parenthesis(first - 1)
                if opens is None:
                    break
                first = opens
            else:
                first -= 1
        span = self.phrase_from(self._behind(first, place, "adverb", "time", "punctuation", "discourse"))
        return span if span is not None and span[1] <= place and self.can_act(span, pronouns=True) else None

    def phrase_from(self, place: int) -> Span | None:
        """Return the noun phrase that begins at a place."""
        stop = place
        while stop < len(self.words):
            here = self.words[stop]
            if here.role in ("punctuation", "preposition", "adverb", "time", "boundary", *_BOUNDARIES):
                inside = here.form in _INSIDE and stop > place and stop + 1 < len(self.words) and here.form != "."
                joined = here.form in _JOINING and stop > place and self._is_nominal(stop + 1)
                if not (inside or (joined and self.words[stop + 1].group)):
                    break
            elif stop > place and (here.verb or here.role == "quantifier"):
                break
            stop += 1
            if here.role == "demonstrative":
                break
        return (place, stop) if stop > place else None

    def agent(self, verb: int) -> Span | None:
        """Return who does what a passive verb says: behind *oleh*, or right behind the verb; None if unsaid."""
        for place in range(verb + 1, min(verb + 9, len(self.words))):
            if self.form(place) == "oleh":
                return self.phrase_from(place + 1)
            if self.is_role(place, "punctuation", "conjunction"):
                break
        if self.form(verb) in _NAMING:
            return None
        span = self.phrase_from(verb + 1)
        return span if span is not None and self.can_act(span, pronouns=True) else None

    def can_act(self, span: Span, *, pronouns: bool = False) -> bool:
        """Tell whether a noun phrase names someone else than the speaker who can act, by a noun or a name."""
        group = self.group(span)
        known = group not in ("", "named") and (pronouns or group not in _PERSONS)
        return known or (group == "named" and self.is_named(span[0]))

    def says_to(self, place: int) -> bool:
        """Tell whether a preposition at a place names to whom something is said."""
        there = self.skip(place - 1, -1, "adverb", "time", "particle")
        return there >= 0 and (self.form(there) in forms_of_saying() or self.form(there) in _MESSAGES)


#: Passives behind which a name says what something is called, not who does it.
_NAMING = ("dibaca", "disebut", "dijuluki", "dinamai", "dinamakan", "dipanggil", "diberi")
_MESSAGES = ("pesan", "imbauan", "himbauan", "ajakan", "instruksi", "perintah", "arahan", "seruan", "permintaan")
