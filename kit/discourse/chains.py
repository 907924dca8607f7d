"""Who each speaker of a document is: full names, short names, offices and pronouns chained to one person."""

from __future__ import annotations

from collections.abc import Iterator

from kit.discourse import rules
from kit.discourse.actor_list import offices
from kit.discourse.antecedents import epithet, is_introduced, subject_of
from kit.discourse.nicknames import nicknames, short_bodies
from kit.discourse.people import Mention, phrase_at
from kit.discourse.report import Report
from kit.discourse.rules import words_of
from kit.discourse.speaker import Speaker, forms_of, key_of
from kit.discourse.subjects import phrase_around
from kit.discourse.view import View
from kit.lexicon.known import is_known

_SHORTEST = 3  # letters of a short name that begins a longer one
_BACK = 12  # sentences that are looked back for whom *-nya* means
_ROUND_AGE = frozenset((("(", ")"), (",", ","), (",", ".")))
_TITLED = frozenset(("mantan", "eks", "bekas", "calon"))


def chain(view: View, reports: list[Report]) -> list[Speaker]:
    """Give each report the number of its speaker (-1: not known), and return the speakers in order of appearance."""
    chained = _Chain(view)
    ordered = sorted(reports, key=lambda report: report.cue[0] if report.cue[0] >= 0 else report.first)
    epithets: dict[int, Mention] = {}
    for report in ordered:
        mention = report.mention
        pointing = None if mention is None else epithet(view, mention)
        if pointing is not None:
            epithets[id(report)] = pointing
        elif mention is not None and mention.kind == "name":
            report.speaker = chained.named(mention)
    for report in ordered:
        mention = report.mention
        if mention is not None and mention.kind in ("role", "organisation") and id(report) not in epithets:
            report.speaker = chained.unnamed(mention)
    last, seen_to = -1, -1
    for report in ordered:
        mention = report.mention
        place = report.cue[0] if report.cue[0] >= 0 else report.first
        if id(report) in epithets:
            report.speaker = chained.pointed(report, epithets[id(report)], last, seen_to)
        elif mention is not None and mention.kind in ("pronoun", "enclitic"):
            report.speaker = chained.meant(report, last, seen_to)
        elif mention is None and report.kind == "direct":
            report.speaker = last
            report.certainty = "probable"
        if report.speaker < 0 and (mention is not None or report.kind == "direct"):
            report.certainty = "ambiguous"
        if report.parent is None and report.speaker >= 0 and report.kind != "agentless":
            last, seen_to = report.speaker, place
        elif report.parent is None and mention is not None and report.kind != "agentless":
            last, seen_to = -1, place  # whom the next pronoun means, too
    return chained.speakers


class _Chain:
    """The speakers of one document."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.speakers: list[Speaker] = []
        self.nicknames = nicknames(view)
        self.bodies = short_bodies(view)
        self._before = -1  # who was named last

    def named(self, mention: Mention) -> int:
        """Return the number of a person by name, who is new or known."""
        if self._before >= 0 and any(one.bearer is None and one.forms == forms_of(mention) for one in self.nicknames):
            return self._before
        self._before = self._named(self._called(mention))
        return self._before

    def _named(self, mention: Mention) -> int:
        """Return the number of a person by name, nicknames aside."""
        forms = forms_of(mention)
        found = self._known(forms)
        if found >= 0 and self._is_somebodys(mention, self.speakers[found]):
            return self._role(mention)
        if found < 0:
            fuller = self._fuller(mention, forms)
            if fuller is None and not mention.role:
                found = self._begun(forms)
        if found < 0:
            name, role, organisation = mention.name, mention.role, mention.organisation
            if fuller is not None:
                name = fuller.name if len(fuller.name) > len(name) else name
                role, organisation = role or fuller.role, organisation or fuller.organisation
                forms = frozenset(word.casefold().rstrip(".") for word in name)
                found = self._known(forms)
            if found < 0:
                self.speakers.append(Speaker("name", name, role, organisation, forms=forms))
                return len(self.speakers) - 1
        person = self.speakers[found]
        if len(forms) > len(person.forms):
            person.name, person.forms = mention.name, forms
        if not person.role and mention.role:
            person.role, person.organisation = mention.role, person.organisation or mention.organisation
        return found

    def _known(self, forms: frozenset[str]) -> int:
        """Return the last person whose name holds, or is held by, another; -1: there is none."""
        for number in range(len(self.speakers) - 1, -1, -1):
            person = self.speakers[number]
            if person.kind == "name" and (forms <= person.forms or person.forms <= forms):
                return number
        return -1

    def _is_somebodys(self, mention: Mention, person: Speaker) -> bool:
        """Tell whether a noun with a short name behind it is who works for that person: Pengacara McCord."""
        head = mention.role.casefold().split()
        short = len(mention.name) == 1 and len(person.forms) > 1
        related = bool(head) and head[0] in words_of("people", "related")
        return related and short and bool(person.role) and person.role.casefold().split()[0] != head[0]

    def _role(self, mention: Mention) -> int:
        """Return the number of who is named by the noun alone, as the text has it."""
        role = " ".join((mention.role, *mention.name))
        return self.unnamed(mention._replace(kind="role", name=(), role=role, organisation=""))

    def _begun(self, forms: frozenset[str]) -> int:
        """Return the one person a word of whose name begins with a short name: Alex, of Alexander; -1: none, or two."""
        short = next(iter(forms))
        if len(forms) > 1 or len(short) < _SHORTEST:
            return -1
        found = [
            number
            for number, person in enumerate(self.speakers)
            if person.kind == "name" and any(form.startswith(short) for form in person.forms)
        ]
        return found[0] if len(found) == 1 else -1

    def _called(self, mention: Mention) -> Mention:
        """Return whom a nickname names: who is told to be called so."""
        forms = forms_of(mention)
        for nickname in self.nicknames:
            if forms <= nickname.forms or nickname.forms <= forms:
                bearer = nickname.bearer
                if bearer is not None and bearer.kind == "name" and forms_of(bearer) != forms:
                    return bearer
        return mention

    def _fuller(self, mention: Mention, forms: frozenset[str]) -> Mention | None:
        """Return the first place in the document where more stands of a short name: more names, or an office."""
        view = self.view
        wanted = next(iter(forms)) if len(forms) == 1 else mention.name[0].casefold()
        best: Mention | None = None
        tried = 0
        start = 0
        while tried < 4:
            try:
                place = view.low.index(wanted, start, mention.first)
            except ValueError:
                break
            start, tried = place + 1, tried + 1
            if not view.flags[place] & rules.CAPITAL:
                continue
            around = phrase_around(view, place)
            if around is None or around.kind != "name":
                continue
            held, head = forms_of(around), around.name[0].casefold()
            if head != wanted and is_known(head) and head not in rules.known_names():
                continue  # Pemanggilan Sri Bintang
            if forms <= held and (len(held) > len(forms) or around.role):
                return around
        return best

    def unnamed(self, mention: Mention) -> int:
        """Return the number of who an office or an organisation stands for: a person with that office, or itself."""
        if mention.kind == "role":
            low = key_of(mention.role)
            office = low.split()
            for number in range(len(self.speakers) - 1, -1, -1):
                person = self.speakers[number]
                if person.kind == "name" and person.role and self._holds(person, office):
                    return number
            named = self._holder(mention, office)
            if named is not None:
                return self.named(named)
            key = low
        else:
            key = key_of(mention.organisation)
            called = next((one.bearer for one in self.nicknames if one.forms == {key}), None)
            key = self.bodies.get(key, key)
            if called is not None:  # Susilo Bambang Yudhoyono (SBY)
                return self.named(called)
        body = self._body(mention, key)
        if body >= 0:
            return body
        for number, speaker in enumerate(self.speakers):
            if speaker.key == key:
                return number
        self.speakers.append(Speaker(mention.kind, (), mention.role, mention.organisation, key))
        return len(self.speakers) - 1

    def _holds(self, person: Speaker, office: list[str]) -> bool:
        """Tell whether a person's office is the one that is named in short: Presiden, of Presiden Joko Widodo."""
        held = key_of(person.role).split()
        if held[:1] and held[0] in _TITLED:
            return False
        while held and held[0] in ("pj", "plt", "plh", "pjs", "penjabat"):
            held = held[1:]
        while office and office[0] in ("pj", "plt", "plh", "pjs", "penjabat"):
            office = office[1:]
        first = tuple(office[:1])
        known = offices().get(tuple(office)) or offices().get(first)
        if known is None or known.actor_type == "citizen":
            return False
        return bool(office) and held[: len(office)] == office

    def _body(self, mention: Mention, key: str) -> int:
        """Return the organisation that a word for one points to: tulis yayasan itu; -1: none."""
        behind = mention.last + 1
        pointed = behind < self.view.size and self.view.low[behind] in words_of("people", "pointing")
        if " " in key or not pointed or not self.view.flags[mention.first] & rules.ORGANISATION:
            return -1
        bodies = (number for number, one in enumerate(self.speakers) if one.kind == "organisation")
        return max((number for number in bodies if key in self.speakers[number].key.split()), default=-1)

    def _holder(self, mention: Mention, office: list[str]) -> Mention | None:
        """Return the one person whom the document names with an office before, without a word of theirs."""
        view, found = self.view, None
        heads = {*office[:1], *mention.role.casefold().split()[:1]}  # Menkeu stands for menteri keuangan
        for place in sorted(at for head in heads for at in _places(view, head, mention.first)):
            around = phrase_at(view, place, view.size)
            if around is None or around.kind != "name" or not around.role:
                continue
            if not self._holds(Speaker("name", around.name, around.role, around.organisation), office):
                continue
            if found is not None and not (forms_of(found) <= forms_of(around) or forms_of(around) <= forms_of(found)):
                return None
            found = around if found is None or len(around.name) > len(found.name) else found
        return found

    def pointed(self, report: Report, mention: Mention, last: int, seen_to: int) -> int:
        """Return whom an epithet means: who holds that office, who was spoken of so, or whom a pronoun would mean."""
        office = key_of(mention.role).split()
        for number in range(len(self.speakers) - 1, -1, -1):
            person = self.speakers[number]
            if person.kind == "name" and person.role and self._holds(person, office):
                return number
        if not is_introduced(self.view, mention):
            found = self.meant(report, last, seen_to, before=mention.first)
            if found >= 0 and self.speakers[found].kind == "name":
                return found
        return self.unnamed(mention)

    def meant(self, report: Report, last: int, seen_to: int, *, before: int = -1) -> int:
        """Return whom a pronoun or *-nya* means: the subject of the sentences before, or the last speaker.

        Of an epithet, which may be a subject itself, the sentences before the place where it stands.
        """
        view = self.view
        place = report.first if report.first <= min(report.last, report.cue[0]) else report.cue[0]
        place = min(place, before) if before >= 0 else place
        tried = 0
        token = place - 1
        while token > seen_to and tried < _BACK:
            while token > seen_to + 1 and not view.breaks[token]:
                token -= 1
            tried += 1
            if view.breaks[token] or token == 0:
                found = self._subject(token, place)
                if found is not None:
                    return found
            token -= 1
        return last

    def _subject(self, begin: int, limit: int) -> int | None:
        """Return the person who is the subject of a sentence; -1: one of two; None: nobody known, or a pronoun."""
        view = self.view
        mention, together = subject_of(view, begin, limit)
        if mention is None:
            return None
        if mention.kind == "role":
            counted = mention.first > begin and view.low[mention.first - 1] in words_of("people", "of_people")
            return self.unnamed(mention) if counted and view.low[mention.first - 1] != "para" else None
        forms = forms_of(mention)
        found, behind = self._known(forms), mention.last + 1
        beside = behind + 2 < limit and (view.words[behind], view.words[behind + 2]) in _ROUND_AGE
        aged = beside and view.flags[behind + 1] & rules.NUMBER  # Risma (29) or Risma, 29,
        if found < 0 and not (mention.role or aged):
            # who was told of, and never spoke: the words may be theirs, or those of who speaks of them
            told = view.paragraph[begin] == view.paragraph[limit] and self._fuller(mention, forms) is not None
            return -1 if told else None
        return -1 if together else self.named(mention)


def _places(view: View, form: str, limit: int) -> Iterator[int]:
    """Yield where a form stands before a token."""
    place = -1
    for _ in range(view.low[:limit].count(form)):
        place = view.low.index(form, place + 1)
        yield place
