"""Who each speaker of a document is: full names, short names, offices and pronouns chained to one person."""

from __future__ import annotations

from dataclasses import dataclass

from kit.discourse import rules
from kit.discourse.actor_list import offices
from kit.discourse.people import Mention, phrase_at
from kit.discourse.report import Report
from kit.discourse.rules import words_of
from kit.discourse.subjects import phrase_around
from kit.discourse.view import View

_BACK = 12  # sentences that are looked back for whom *-nya* means
_TITLED = frozenset(("mantan", "eks", "bekas", "calon"))


@dataclass(slots=True, eq=False)
class Speaker:
    """One speaker of a document.

    Attributes
    ----------
    kind : str
        ``name``, ``role`` or ``organisation``.
    name : tuple of str
        The fullest name in the document; empty for a speaker who is not named.
    role, organisation : str
        As first written; empty where the document states none.
    key : str
        What a speaker without a name is told from others by.

    """

    kind: str
    name: tuple[str, ...]
    role: str
    organisation: str
    key: str = ""
    forms: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """The speaker as a table names them."""
        return " ".join(self.name) if self.name else self.role or self.organisation


def chain(view: View, reports: list[Report]) -> list[Speaker]:
    """Give each report the number of its speaker (-1: not known), and return the speakers in order of appearance."""
    chained = _Chain(view)
    ordered = sorted(reports, key=lambda report: report.cue[0] if report.cue[0] >= 0 else report.first)
    for report in ordered:
        mention = report.mention
        if mention is not None and mention.kind == "name":
            report.speaker = chained.named(mention)
    for report in ordered:
        mention = report.mention
        if mention is not None and mention.kind in ("role", "organisation"):
            report.speaker = chained.unnamed(mention)
    last, seen_to = -1, -1
    for report in ordered:
        mention = report.mention
        place = report.cue[0] if report.cue[0] >= 0 else report.first
        if mention is not None and mention.kind in ("pronoun", "enclitic"):
            report.speaker = chained.meant(report, last, seen_to)
            if report.speaker < 0:
                report.certainty = "ambiguous"
        elif mention is None and report.kind == "direct":
            report.speaker = last
            report.certainty = "probable" if last >= 0 else "ambiguous"
        if report.parent is None and report.speaker >= 0 and report.kind != "agentless":
            last, seen_to = report.speaker, place
    return chained.speakers


class _Chain:
    """The speakers of one document."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.speakers: list[Speaker] = []

    def named(self, mention: Mention) -> int:
        """Return the number of a person by name, who is new or known."""
        forms = frozenset(word.casefold().rstrip(".") for word in mention.name)
        found = self._known(forms)
        if found < 0:
            fuller = self._fuller(mention, forms)
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
            held = frozenset(word.casefold().rstrip(".") for word in around.name)
            if forms <= held and (len(held) > len(forms) or around.role):
                return around
        return best

    def unnamed(self, mention: Mention) -> int:
        """Return the number of who an office or an organisation stands for: a person with that office, or itself."""
        if mention.kind == "role":
            low = _key(mention.role)
            office = low.split()
            for number in range(len(self.speakers) - 1, -1, -1):
                person = self.speakers[number]
                if person.kind == "name" and person.role and self._holds(person, office):
                    return number
            key = low
        else:
            key = _key(mention.organisation)
        for number, speaker in enumerate(self.speakers):
            if speaker.key == key:
                return number
        self.speakers.append(Speaker(mention.kind, (), mention.role, mention.organisation, key))
        return len(self.speakers) - 1

    def _holds(self, person: Speaker, office: list[str]) -> bool:
        """Tell whether a person's office is the one that is named in short: Presiden, of Presiden Joko Widodo."""
        held = _key(person.role).split()
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

    def meant(self, report: Report, last: int, seen_to: int) -> int:
        """Return whom a pronoun or *-nya* means: the subject of the sentences before, or the last speaker."""
        view = self.view
        place = report.first if report.kind == "direct" and report.cue[0] > report.last else report.cue[0]
        tried = 0
        token = place - 1
        while token > seen_to and tried < _BACK:
            while token > seen_to + 1 and not view.breaks[token]:
                token -= 1
            tried += 1
            found = self._subject(token, place)
            if found >= 0:
                return found
            token -= 1
        return last

    def _subject(self, begin: int, limit: int) -> int:
        """Return the person who is the subject of a sentence; -1: nobody, or a pronoun."""
        view = self.view
        place, openers = begin, words_of("sentence", "openers")
        for _ in range(3):
            if place < limit and view.low[place] in ("sementara", "adapun", "itu", "namun", "sedangkan", ",", "ini"):
                place += 1
        if place >= limit or (view.low[place] in openers and not view.flags[place] & rules.OFFICE):
            return -1
        mention = phrase_at(view, place, limit)
        if mention is None or mention.kind != "name":
            return -1
        forms = frozenset(word.casefold().rstrip(".") for word in mention.name)
        found = self._known(forms)
        behind = mention.last + 1
        aged = behind + 1 < limit and view.words[behind] == "(" and view.flags[behind + 1] & rules.NUMBER
        if found >= 0 or mention.role or aged:
            return self.named(mention) if found < 0 else found
        return -1


def _key(text: str) -> str:
    """Return a text as offices and organisations are compared: folded, without what only shows respect."""
    words = text.casefold().split()
    while len(words) > 1 and words[0] in words_of("people", "honorifics"):
        words = words[1:]
    return " ".join(words)
