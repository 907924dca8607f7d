"""What stands in marks of quotation: a quotation with its verb and speaker, or a title, an irony, a name."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.marks import Stretch
from kit.discourse.people import Mention, phrase_at
from kit.discourse.report import Report
from kit.discourse.rules import words_of
from kit.discourse.subjects import agent_behind, noun_behind, subject_before, written_at
from kit.discourse.verbs import behind_marks
from kit.discourse.view import View

_LEAST_WORDS = 4  # of words in marks that no verb of saying attributes, and of the marked words in a report
_CUE_REACH = 30


class Marked:
    """Reads the words in marks of one document.

    Parameters
    ----------
    view : View
        The document.
    used : set of int
        Verbs of saying that attribute something already; those found here are added.
    closing : set of int
        Single marks that close words inside others.

    """

    def __init__(self, view: View, used: set[int], closing: frozenset[int]) -> None:
        self.view = view
        self.used = used
        self.closing = closing

    def direct(self, stretch: Stretch, begin: int, after: int, previous: Report | None) -> Report | None:
        """Read what stands in marks: a quotation, or a title, an irony, a name (None)."""
        view = self.view
        first, last = stretch.first + 1, stretch.last - 1
        while last >= first and view.flags[last] & (rules.COMMA | rules.DOUBLE | rules.SINGLE):
            if last in self.closing:
                break
            last -= 1
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

    def inner(self, stretch: Stretch, holder: Report) -> Report | None:
        """Read single marks inside a quotation: somebody else's words, if a verb of saying stands before them."""
        report = Report("direct", stretch.first + 1, self.view.trimmed(stretch.first + 1, stretch.last))
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
        limit = min(limit, self.view.sentence_end(place))
        if low in behind_marks() and view.words[place] == low and self._is_told(report, stretch, place, limit):
            return True
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
                mention = written_at(view, place, limit) or noun_behind(view, place, limit)
            self._attribute(report, place, saying[0].verb, saying[0].stance, mention)
            return True
        if turns and view.low[place - 1] in words_of("cue", "demonstratives") and bits & (rules.CAPITAL | rules.OFFICE):
            mention = phrase_at(view, place, limit)  # "…," demikian Endang
            if mention is not None and mention.kind in ("name", "role"):
                self._attribute(report, place - 1, view.low[place - 1], "closing", mention)
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

    def _is_told(self, report: Report, stretch: Stretch, place: int, limit: int) -> bool:
        """Attribute words in marks by a word that reports nowhere else: "…," ajaknya; "…," janji Ali."""
        view, inside, low = self.view, stretch.last - 1, self.view.low[place]
        closed = view.flags[inside] & rules.COMMA or view.words[inside] in "?!" or view.words[place - 1] == ","
        saying = behind_marks()[low]
        mention = Mention(place, place, "enclitic") if low != saying.verb else agent_behind(view, place, limit)[0]
        named = mention is not None and (mention.kind != "role" or view.flags[mention.first] & rules.CAPITAL)
        if not closed or not named:
            return False
        self._attribute(report, place, saying.verb, saying.stance, mention)
        return True

    def _ends_open(self, stretch: Stretch) -> bool:
        """Tell whether words in marks end without a full stop, so that the sentence goes on."""
        return not self.view.flags[stretch.last - 1] & rules.STOP or self.view.words[stretch.last - 1] in "?!"

    def _cue_before(self, report: Report, stretch: Stretch, begin: int) -> bool:
        """Attribute words in marks by the verb before them, in the same sentence."""
        view = self.view
        place = stretch.first - 1
        start = max(begin, self.view.sentence_begin(place), place - _CUE_REACH) if place >= 0 else 0
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
                if mention is None and view.low[verb] in words_of("cue", "bare_active"):
                    mention, _ = subject_before(view, verb, start)
                elif saying[0].voice == "bare" and (mention is None or (verb > start and not view.stands_free(verb))):
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
