"""Where a document reports what someone says: quotations in marks, clauses without, and what points back."""

from __future__ import annotations

from dataclasses import dataclass, field

from kit.discourse import rules
from kit.discourse.marks import Stretch, pair
from kit.discourse.people import Mention, phrase_at
from kit.discourse.rules import words_of
from kit.discourse.subjects import agent_behind, noun_behind, subject_before
from kit.discourse.view import View

_LEAST_WORDS = 4  # of words in marks that no verb of saying attributes, and of the marked words in a report
_CUE_REACH = 30
_ADDRESSEE = 14
_SHORTEST_VERB = 5


@dataclass(slots=True, eq=False)
class Report:
    """One quotation or attribution, in tokens; where only the attribution stands, first > last."""

    kind: str
    first: int
    last: int
    cue: tuple[int, int] = (-1, -1)
    verb: str = ""
    stance: str = ""
    mention: Mention | None = None
    certainty: str = "certain"
    flags: list[str] = field(default_factory=list)
    parent: Report | None = None
    speaker: int = -1


def reports_in(view: View, *, lenient: bool) -> list[Report]:
    """Find every report of a document, in the order of their first tokens."""
    return _Reader(view).read(lenient=lenient)


class _Reader:
    """Reads one document."""

    def __init__(self, view: View) -> None:
        self.view = view
        doubles = [place for place, bits in enumerate(view.flags) if bits & rules.DOUBLE]
        self.stretches = pair(view, doubles, "double")
        self.inner: list[Stretch] = []
        singles = [place for place, bits in enumerate(view.flags) if bits & rules.SINGLE]
        if singles:
            self._add_singles(singles)
        for stretch in self.stretches:
            view.breaks[stretch.first + 1 if stretch.unopened else stretch.first] |= self._opens_sentence(stretch)
        self.used: set[int] = set()
        self.found: list[Report] = []

    def _add_singles(self, singles: list[int]) -> None:
        """Add stretches in single marks: outside double ones like these, inside as quotations in others."""
        view = self.view
        inside: dict[tuple[int, int] | None, list[int]] = {}
        for place in singles:
            if not (place + 1 < view.size and view.is_glued(place) and view.is_glued(place + 1)):
                held = ((one.first, one.last) for one in self.stretches if one.first < place < one.last)
                inside.setdefault(next(held, None), []).append(place)
        outer = self.stretches
        for holder, places in inside.items():
            whole = [one for one in pair(view, places, "single") if not (one.unclosed or one.unopened)]
            if holder is None:
                outer = sorted([*outer, *whole])
            else:
                self.inner += whole
        self.stretches = outer

    def _opens_sentence(self, stretch: Stretch) -> bool:
        """Tell whether words in marks begin a sentence: they open the paragraph, or the one before has ended."""
        view, first = self.view, stretch.first
        if first <= 0 or stretch.unopened:
            return False
        before = first - 1
        return view.paragraph[before] != view.paragraph[first] or bool(view.flags[before] & rules.STOP)

    def read(self, *, lenient: bool) -> list[Report]:
        """Find the reports."""
        view = self.view
        previous: Report | None = None
        limit = 0
        for number, stretch in enumerate(self.stretches):
            after = self.stretches[number + 1].first if number + 1 < len(self.stretches) else view.size
            report = self._direct(stretch, limit, after, previous)
            if report is not None:
                self.found.append(report)
                previous = report
            limit = stretch.last + 1
        inner = [(report.first, report.last, report) for report in self.found]
        for stretch in self.inner:
            holder = next(
                (one for first, last, one in inner if first <= stretch.first and stretch.last <= last + 1), None
            )
            report = None if holder is None else self._inner(stretch, holder)
            if report is not None:
                self.found.append(report)
        sayings = [place for place, bits in enumerate(view.flags) if bits & rules.SAYING]
        for verb in sayings:
            if verb in self.used:
                continue
            holder = next((report for first, last, report in inner if first <= verb <= last), None)
            report = self._clause(verb, holder, lenient)
            if report is not None:
                report.parent = holder
                self.found.append(report)
        self.found.sort(key=_order)
        return self.found

    # -- in marks --------------------------------------------------------------------------------------------------

    def _direct(self, stretch: Stretch, begin: int, after: int, previous: Report | None) -> Report | None:
        """Read what stands in marks: a quotation, or a title, an irony, a name (None)."""
        view = self.view
        first, last = stretch.first + 1, stretch.last - 1
        while last >= first and view.flags[last] & (rules.COMMA | rules.DOUBLE | rules.SINGLE):
            last -= 1
        while first <= last and view.flags[first] & (rules.DOUBLE | rules.SINGLE) and view.flags[last] & 0:
            first += 1
        if last < first:
            return None
        report = Report("direct", first, last)
        report.flags = [name for name in ("unclosed", "unopened") if getattr(stretch, name)]
        words = sum(1 for place in range(first, last + 1) if view.flags[place] & (rules.LETTER | rules.NUMBER))
        if self._cue_behind(report, stretch, after) or self._cue_before(report, stretch, begin):
            return report
        if stretch.unopened:
            return None
        if self._follows(stretch, previous):
            assert previous is not None
            report.cue, report.verb, report.stance = previous.cue, previous.verb, previous.stance
            report.mention, report.flags = previous.mention, [*report.flags, "continued"]
            return report
        if words >= _LEAST_WORDS and self._is_sentence(stretch) and not self._is_title(stretch):
            report.certainty = "probable"
            report.flags.append("no-cue")
            return report
        return None

    def _inner(self, stretch: Stretch, holder: Report) -> Report | None:
        """Read single marks inside a quotation: somebody else's words, if a verb of saying stands before them."""
        report = Report("direct", stretch.first + 1, self._trimmed(stretch.first + 1, stretch.last))
        if report.last < report.first or not self._cue_before(report, stretch, holder.first):
            return None
        report.parent = holder
        return report

    def _is_sentence(self, stretch: Stretch) -> bool:
        """Tell whether whole sentences stand in marks, and nothing goes on behind them."""
        view, before = self.view, stretch.first - 1
        opens = before < 0 or view.paragraph[before] != view.paragraph[stretch.first] or view.flags[before] & rules.STOP
        inner_stop = view.flags[stretch.last - 1] & rules.STOP
        return bool(opens and (inner_stop or stretch.unclosed))

    def _is_title(self, stretch: Stretch) -> bool:
        """Tell whether a word before marks says that a name stands in them."""
        view, titles = self.view, words_of("names", "titles")
        before = stretch.first - 1
        if before < 0 or not view.flags[before] & rules.LETTER:
            return False
        return view.low[before] in titles or (before > 0 and view.low[before - 1] in titles)

    def _follows(self, stretch: Stretch, previous: Report | None) -> bool:
        """Tell whether words in marks go on with those before: nothing but their attribution stands between."""
        if previous is None or previous.cue[0] < 0:
            return False
        view = self.view
        if not previous.last < previous.cue[0] < stretch.first:
            return False
        reached = max(previous.cue[1], previous.mention.last if previous.mention else 0)
        between = range(reached + 1, stretch.first)
        if stretch.first - reached > 14 or view.paragraph[stretch.first] != view.paragraph[previous.cue[0]]:
            return False
        depth = 0
        for place in between:
            word = view.words[place]
            depth += (word == "(") - (word == ")")
            if view.flags[place] & rules.STOP and not depth and place != stretch.first - 1:
                return False
        if self._is_title(stretch):
            return False
        return view.flags[stretch.first - 1] & (rules.STOP | rules.COMMA) != 0

    def _cue_behind(self, report: Report, stretch: Stretch, limit: int) -> bool:
        """Attribute words in marks by the verb behind them."""
        view = self.view
        if stretch.unclosed:
            return False
        place = stretch.last + 1
        if place < limit and view.flags[place] & rules.COMMA:
            place += 1
        lead = words_of("cue", "lead")
        turns = 0
        while place < limit and view.low[place] in lead and turns < 3:
            place, turns = place + 1, turns + 1
        if place >= limit or view.paragraph[place] != view.paragraph[stretch.last]:
            return False
        bits, low = view.flags[place], view.low[place]
        limit = min(limit, self._sentence_end(place))
        if bits & rules.SAYING and not bits & rules.CAPITAL:
            saying = rules.dressed().get(low)
            if saying is None:
                mention, _ = agent_behind(view, place, limit)
                if mention is None:
                    return False
                self._attribute(report, place, "menurut", "neutral", mention)
                return True
            mention, _ = agent_behind(view, place, limit)
            if saying[0].voice == "active" and (mention is None or not self._ends_open(stretch)):
                return False
            if mention is None:
                mention = noun_behind(view, place, limit)
            self._attribute(report, place, saying[0].verb, saying[0].stance, mention)
            return True
        if bits & (rules.CAPITAL | rules.PRONOUN | rules.OFFICE) and self._ends_open(stretch):
            mention = phrase_at(view, place, limit)
            if mention is not None:
                verb = mention.last + 1
                while verb < limit and view.low[verb] in words_of("cue", "adverbs"):
                    verb += 1
                if verb < limit and view.flags[verb] & rules.SAYING:
                    saying = rules.dressed().get(view.low[verb])
                    if saying and saying[0].voice == "active":
                        self._attribute(report, verb, saying[0].verb, saying[0].stance, mention)
                        return True
        return False

    def _ends_open(self, stretch: Stretch) -> bool:
        """Tell whether words in marks end without a full stop, so that the sentence goes on."""
        return not self.view.flags[stretch.last - 1] & rules.STOP or self.view.words[stretch.last - 1] in "?!"

    def _cue_before(self, report: Report, stretch: Stretch, begin: int) -> bool:
        """Attribute words in marks by the verb before them, in the same sentence."""
        view = self.view
        place = stretch.first - 1
        start = max(begin, self._sentence_begin(place), place - _CUE_REACH) if place >= 0 else 0
        if place < start or view.paragraph[place] != view.paragraph[stretch.first]:
            return False
        sign = view.low[place]
        if self._goes_on(stretch):
            return False
        if sign in (",", ":") or sign in words_of("cue", "opens"):
            place -= 1
        elif not view.flags[place] & rules.SAYING:
            return False
        for verb in range(place, start - 1, -1):
            if not view.flags[verb] & rules.SAYING or verb in self.used:
                continue
            saying = rules.dressed().get(view.low[verb])
            if saying is None:
                mention, behind = agent_behind(view, verb, stretch.first)
                if mention is None or behind < place:
                    continue
                self._attribute(report, verb, "menurut", "neutral", mention)
                return True
            if saying[0].voice == "active":
                mention, reports = subject_before(view, verb, start)
                if not reports and sign != ":":
                    continue
            else:
                mention, behind = agent_behind(view, verb, stretch.first)
                if saying[0].voice == "bare" and (mention is None or (verb > start and not self._stands_free(verb))):
                    continue
                if saying[0].voice == "passive" and mention is None:
                    continue
            self._attribute(report, verb, saying[0].verb, saying[0].stance, mention)
            return True
        return False

    def _goes_on(self, stretch: Stretch) -> bool:
        """Tell whether a few words in marks are but part of a sentence that goes on behind them."""
        view, behind = self.view, stretch.last + 1
        if behind >= view.size or view.paragraph[behind] != view.paragraph[stretch.last]:
            return False
        inner = view.flags[stretch.last - 1] & (rules.STOP | rules.COMMA)
        few = stretch.last - stretch.first - 1 < _LEAST_WORDS
        return few and not inner and bool(view.flags[behind] & rules.LETTER) and not view.flags[behind] & rules.CAPITAL

    def _attribute(self, report: Report, place: int, verb: str, stance: str, mention: Mention | None) -> None:
        """Write down the cue and the speaker of a report."""
        report.cue, report.verb, report.stance, report.mention = (place, place), verb, stance, mention
        self.used.add(place)

    # -- without marks ---------------------------------------------------------------------------------------------

    def _sentence_begin(self, place: int) -> int:
        """Return the first token of the sentence of a token."""
        view = self.view
        while place > 0 and not view.breaks[place] and view.paragraph[place - 1] == view.paragraph[place]:
            place -= 1
        return place

    def _sentence_end(self, place: int) -> int:
        """Return the token behind the sentence of a token."""
        view, stop = self.view, place + 1
        while stop < view.size and not view.breaks[stop] and view.paragraph[stop] == view.paragraph[place]:
            stop += 1
        return stop

    def _stands_free(self, place: int) -> bool:
        """Tell whether a word opens its sentence or stands behind a comma."""
        view, lead = self.view, words_of("cue", "lead")
        while place > 0 and not view.breaks[place] and view.low[place - 1] in lead:
            place -= 1  # Masih kata Ali, …
        return place == 0 or view.breaks[place] or bool(view.flags[place - 1] & rules.COMMA)

    def _clause(self, verb: int, holder: Report | None, lenient: bool) -> Report | None:
        """Read a verb of saying that attributes no words in marks."""
        view = self.view
        begin, stop = self._sentence_begin(verb), self._sentence_end(verb)
        if holder is not None:
            begin, stop = max(begin, holder.first), min(stop, holder.last + 1)
        low = view.low[verb]
        saying = rules.dressed().get(low)
        if saying is None:
            return self._source(verb, begin, stop, holder)
        word = saying[0]
        if word.voice == "active":
            return self._active(verb, word.clause, begin, stop, holder)
        if word.voice == "passive":
            return self._passive(verb, begin, stop, holder, lenient)
        if holder is None and self._stands_free(verb):
            return self._bare(verb, begin, stop)
        return None

    def _made(
        self, kind: str, verb: int, first: int, stop: int, mention: Mention | None, holder: Report | None
    ) -> Report | None:
        """Make the report whose words run from a token to the end of the sentence."""
        view = self.view
        last = self._trimmed(first, stop)
        if last < first or not any(view.flags[place] & rules.LETTER for place in range(first, last + 1)):
            return None
        while first < last and view.flags[first] & (rules.COMMA | rules.DOUBLE):
            first += 1
        saying = rules.dressed().get(view.low[verb])
        name, stance = (saying[0].verb, saying[0].stance) if saying else ("menurut", "neutral")
        if holder is not None:
            kind = "nested_indirect"
            last = self._before_gloss(first, last)
        report = Report(kind, first, last, (verb, verb), name, stance, mention)
        if view.low[verb] in words_of("cue", "hearsay"):
            report.certainty = "ambiguous"
        if any(view.flags[place] & rules.DOUBLE for place in range(first, last + 1)):
            report.flags.append("mixed")
        self.used.add(verb)
        return report

    def _trimmed(self, first: int, stop: int) -> int:
        """Return the last token of words without the signs that end a sentence."""
        view, last = self.view, stop - 1
        while last >= first and (
            view.flags[last] & (rules.STOP | rules.COMMA)
            and not (view.words[last] == "." and view.words[last - 1] in ("dll", "dsb"))
        ):
            last -= 1
        return last

    def _before_gloss(self, first: int, last: int) -> int:
        """Return where words reported inside a quotation end, before what the outer speaker adds."""
        view, gloss = self.view, words_of("cue", "gloss")
        for place in range(first + 1, last):
            if view.flags[place] & rules.COMMA and view.low[place + 1] in gloss:
                return place - 1
        return last

    def _source(self, verb: int, begin: int, stop: int, holder: Report | None) -> Report | None:
        """Read *Menurut Ali, …*."""
        view = self.view
        if not (self._stands_free(verb) or verb == begin):
            return None
        ahead = verb + 1
        own = view.low[verb] in words_of("cue", "source_own")
        if not own and (ahead >= stop or view.low[ahead] in words_of("people", "no_speakers")):
            return None
        mention, behind = agent_behind(view, verb, stop)
        if mention is None:
            return None
        behind = self._behind_comma(behind, stop)
        if behind < 0:
            return self._around(verb, begin, stop, mention, holder)
        if verb > begin and self._has_words(begin, verb):
            return self._around(verb, begin, stop, mention, holder)
        return self._made("indirect", verb, behind, stop, mention, holder)

    def _has_words(self, begin: int, stop: int) -> bool:
        """Tell whether more than an opening of a sentence stands between two tokens."""
        view, openers = self.view, words_of("sentence", "openers")
        return any(view.flags[at] & rules.LETTER and view.low[at] not in openers for at in range(begin, stop))

    def _behind_comma(self, place: int, stop: int) -> int:
        """Return the token behind the next comma, not too far and outside parentheses; -1: there is none."""
        view, depth = self.view, 0
        for ahead in range(place, min(stop, place + _ADDRESSEE)):
            word = view.words[ahead]
            depth += (word == "(") - (word == ")")
            if not depth and (word in (",", ":") or view.low[ahead] in words_of("cue", "opens")):
                if ahead + 1 < stop and view.low[ahead + 1] in words_of("cue", "opens"):
                    return ahead + 2
                return ahead + 1 if ahead + 1 < stop else -1
        return -1

    def _around(self, verb: int, begin: int, stop: int, mention: Mention, holder: Report | None) -> Report | None:
        """Read a sentence that the attribution interrupts or ends: …, kata Ali, …; …, menurut Ali."""
        view = self.view
        first = begin
        while first < verb and view.flags[first] & (rules.COMMA | rules.DOUBLE):
            first += 1
        last = self._trimmed(first, stop)
        behind = mention.last + 1 if mention.kind != "enclitic" else verb + 1
        if last < behind:
            last = self._trimmed(first, verb)
            if last - first < 1:
                return None
            return self._made("indirect", verb, first, last + 1, mention, holder)
        report = self._made("indirect", verb, first, stop, mention, holder)
        if report is not None:
            report.flags.append("interrupted")
        return report

    def _bare(self, verb: int, begin: int, stop: int) -> Report | None:
        """Read a bare verb without words in marks, before, inside or behind the words: Kata dia, …; …, lanjut Ali."""
        view = self.view
        mention, behind = agent_behind(view, verb, stop)
        if mention is None:
            return None
        if mention.kind == "role" and not mention.organisation and view.flags[mention.first] & rules.CAPITAL == 0:
            return None
        if verb == begin and view.low[verb] in words_of("cue", "adverbial"):
            return None
        if verb == begin or not self._has_words(begin, verb):
            behind = self._behind_comma(behind, stop)
            return None if behind < 0 else self._made("indirect", verb, behind, stop, mention, None)
        goes_on = behind < stop and not view.flags[behind] & (rules.COMMA | rules.STOP | rules.BREAK)
        aside = mention.kind == "pronoun" and bool(view.flags[verb - 1] & rules.COMMA)  # UGM, kata dia menolak …
        if goes_on and view.words[behind] != "(" and not aside:
            return None
        return self._around(verb, begin, stop, mention, None)

    def _active(self, verb: int, clause: str, begin: int, stop: int, holder: Report | None) -> Report | None:
        """Read an active verb: its subject before it, the words behind it."""
        view = self.view
        if clause == "quote":
            return None
        mention, reports = subject_before(view, verb, begin)
        if not reports or mention is None:
            return None
        if (
            holder is not None
            and mention.kind == "pronoun"
            and view.low[mention.first] not in words_of("people", "pronouns")
        ):
            return None
        first, kind = self._words_behind(verb, clause, stop)
        if first < 0 or (holder is not None and kind == "indirect_command"):
            return None
        return self._made(kind, verb, first, stop, mention, holder)

    def _is_ordered(self, place: int) -> bool:
        """Tell whether a verb that somebody is asked for stands at a place: meminta warga menahan diri."""
        low = self.view.low
        verb = low[place].startswith(("me", "ber", "di")) and len(low[place]) > _SHORTEST_VERB
        return verb and not self.view.flags[place] & rules.CAPITAL and low[place - 1] not in words_of("cue", "relative")

    def _is_own(self, mention: Mention) -> bool:
        """Tell whether who is named is the outer speaker's own side, or many: pihaknya, mereka."""
        return mention.kind == "pronoun" and self.view.low[mention.first] not in words_of("people", "pronouns")

    def _words_behind(self, verb: int, clause: str, stop: int) -> tuple[int, str]:
        """Return where the words reported behind an active verb begin (-1: nowhere), and the type of the report."""
        view = self.view
        opens, purpose = words_of("cue", "opens"), words_of("cue", "purpose")
        place = verb + 1
        while place < stop and view.low[place] in ("pula", "lagi", "juga", "kembali"):
            place += 1
        if place >= stop:
            return -1, ""
        if view.low[place] in opens:
            return place + 1, "indirect"
        if view.words[place] in (",", ":"):
            return place + 1, "indirect"
        if clause == "wish":
            if view.low[place] in purpose:
                return place, "indirect_command"
            if view.low[place] in words_of("cue", "addressed"):
                clause = "command"
            elif not view.flags[place] & rules.LETTER or view.low[place] in words_of("cue", "no_wish"):
                return -1, ""
            else:
                return place, "indirect"
        if clause == "command":
            depth = 0
            for ahead in range(place, min(stop, place + _ADDRESSEE)):
                word = view.words[ahead]
                depth += (word == "(") - (word == ")")
                if depth:
                    continue
                if view.low[ahead] in opens:
                    return ahead + 1, "indirect"
                if view.low[ahead] in purpose:
                    return ahead, "indirect_command"
                if word in (",", ":"):
                    return ahead + 1, "indirect_command"
                if ahead > place and view.stance_is_directive(verb) and self._is_ordered(ahead):
                    return place, "indirect_command"
            return -1, ""
        if view.low[place] in words_of("cue", "addressed"):
            depth = 0
            for ahead in range(place, min(stop, place + _ADDRESSEE)):
                word = view.words[ahead]
                depth += (word == "(") - (word == ")")
                if not depth and (view.low[ahead] in opens or word in (",", ":")):
                    return ahead + 1, "indirect"
            return -1, ""
        if view.words[place] == "(":
            return -1, ""
        if clause == "always":
            return place, "indirect"
        # in between may stand when and where: mengatakan di Jakarta, Senin (4/2), bahwa …
        for ahead in range(place, min(stop, place + _ADDRESSEE)):
            if view.low[ahead] in opens:
                return ahead + 1, "indirect"
        return (place, "indirect") if clause == "bahwa" and self._is_clause(place, stop) else (-1, "")

    def _is_clause(self, place: int, stop: int) -> bool:
        """Tell whether a clause begins at a place without *bahwa*: by its first word, or by a copula in it."""
        view = self.view
        begins = words_of("cue", "complement") | words_of("cue", "copulas")
        if view.low[place] in words_of("cue", "complement"):
            return True
        if view.low[place] in words_of("cue", "told"):
            return False
        for ahead in range(place + 1, min(stop, place + _ADDRESSEE)):
            if view.low[ahead] in begins:
                return True
            pointing = view.low[ahead] in words_of("people", "pointing")
            if not view.flags[ahead] & rules.LETTER or (view.flags[ahead] & rules.BREAK and not pointing):
                return False
        return False

    def _passive(self, verb: int, begin: int, stop: int, holder: Report | None, lenient: bool) -> Report | None:
        """Read a passive verb: *Dijelaskan Ali, …*; *Hal itu disampaikan Ali*; *Diharapkan …*."""
        view = self.view
        saying, enclitic = rules.dressed()[view.low[verb]]
        before = self._before_passive(verb, begin)
        mention, behind = agent_behind(view, verb, stop)
        if mention is not None and mention.kind == "role" and not self._is_agent(verb, mention, behind, stop):
            mention = None
        if before == "pointer" and holder is None:
            if mention is None:
                return None
            self.used.add(verb)
            return Report("attribution_only", verb, verb - 1, (verb, verb), saying.verb, saying.stance, mention)
        if before != "open":
            return None
        if mention is not None:
            if holder is not None and self._is_own(mention):
                return None
            first = self._behind_comma(behind, stop)
            return None if first < 0 else self._made("indirect", verb, first, stop, mention, holder)
        if holder is None and lenient and verb == begin and enclitic == "" and verb + 1 < stop:
            first = verb + 1
            if view.low[first] in words_of("cue", "opens"):
                first += 1
            report = self._made("agentless", verb, first, stop, None, None)
            if report is not None:
                report.certainty = "ambiguous"
            return report
        return None

    def _is_agent(self, verb: int, mention: Mention, behind: int, stop: int) -> bool:
        """Tell whether a noun behind a passive is who speaks: behind *oleh*, with a capital, or before a comma."""
        view = self.view
        named = view.low[verb + 1] == "oleh" or view.flags[mention.first] & rules.CAPITAL
        return bool(named or (behind < stop and view.flags[behind] & rules.COMMA))

    def _before_passive(self, verb: int, begin: int) -> str:
        """Tell what stands before a passive verb: nothing (open), a word that points back (pointer), or else."""
        view = self.view
        place = verb - 1
        skipped = words_of("cue", "adverbs")
        while place >= begin and view.low[place] in skipped and view.low[place] not in words_of("cue", "pointing"):
            place -= 1
        if place < begin:
            return "open"
        low = view.low[place]
        if (
            low in ("yang", "pernah")
            and place - 1 >= begin
            and view.low[place - 1] in ("seperti", "sebagaimana", "apa")
        ):
            return "open"
        if low in ("seperti", "sebagaimana"):
            return "open"
        if low in words_of("cue", "pointing") or low in words_of("cue", "demonstratives"):
            head = view.low[place - 1] if place - 1 >= begin else low
            if head in words_of("cue", "pointers") or (low in words_of("cue", "demonstratives") and place == begin):
                return "pointer"
        if view.flags[place] & rules.COMMA and place - begin <= 4:
            return "open"
        return "else"


def _order(report: Report) -> tuple[int, int, int]:
    """Return what reports are sorted by: where they begin, the longer first."""
    first = report.first if report.last >= report.first else report.cue[0]
    return first, -report.last, report.cue[0]
