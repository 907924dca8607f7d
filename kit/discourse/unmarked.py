"""What is reported without marks of quotation: clauses, orders, wishes, and what points back."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.complements import REACH, words_behind
from kit.discourse.people import Mention
from kit.discourse.report import Report
from kit.discourse.rules import words_of
from kit.discourse.subjects import agent_behind, phrase_around, subject_before
from kit.discourse.view import View


class Unmarked:
    """Reads the reported clauses of one document.

    Parameters
    ----------
    view : View
        The document.
    used : set of int
        Verbs of saying that attribute something already; those found here are added.

    """

    def __init__(self, view: View, used: set[int]) -> None:
        self.view = view
        self.used = used
        self._last = (
            -1,
            -1,
        )  # the first word of the last report that was interrupted, and what stands behind its speaker

    def clause(self, verb: int, holder: Report | None, lenient: bool) -> Report | None:
        """Read a verb of saying that attributes no words in marks."""
        view = self.view
        begin, stop = self.view.sentence_begin(verb), self.view.sentence_end(verb)
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
        if holder is None and self.view.stands_free(verb):
            report = self._bare(verb, begin, stop)
            if report is not None:
                return report
        if (
            holder is None and low in words_of("cue", "bare_told") and verb > begin
        ):  # Bu Kadis bilang, berkas sudah lengkap
            return self._active(verb, "bahwa", begin, stop, holder)
        return None

    def _made(
        self, kind: str, verb: int, first: int, stop: int, mention: Mention | None, holder: Report | None
    ) -> Report | None:
        """Make the report whose words run from a token to the end of the sentence."""
        view = self.view
        last = self.view.trimmed(first, stop)
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
        ahead = verb + 1
        own = view.low[verb] in words_of("cue", "source_own")
        person = own or (ahead < stop and view.low[ahead] in words_of("people", "pronouns"))
        inside = person and holder is None  # Layanan itu menurutnya cepat
        if not (view.stands_free(verb) or inside or not self._has_words(begin, verb)):
            return None
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
        low, openers = self.view.low, words_of("sentence", "openers")
        return any(
            self.view.flags[at] & rules.LETTER
            and low[at] not in openers
            and not (low[at] == "itu" and at > begin and low[at - 1] in openers)  # selain itu
            for at in range(begin, stop)
        )

    def _behind_comma(self, place: int, stop: int) -> int:
        """Return the token behind the next comma, not too far and outside parentheses; -1: there is none."""
        view, depth = self.view, 0
        for ahead in range(place, min(stop, place + REACH)):
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
        last = self.view.trimmed(first, stop)
        behind = mention.last + 1 if mention.kind != "enclitic" else verb + 1
        if self._last == (first, verb - 1) and view.flags[verb - 1] & rules.COMMA:
            return None  # …, kata Parker, menurut News: of the same words
        self._last = first, behind
        if last < behind:
            last = self.view.trimmed(first, verb)
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
        if clause == "quote" and view.low[verb] not in words_of("cue", "attributes"):
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
        first, kind = words_behind(view, verb, clause, stop)
        if kind == "attribution_only" and holder is None:
            self.used.add(verb)
            saying = rules.dressed()[view.low[verb]][0]
            return Report(kind, verb, verb - 1, (verb, verb), saying.verb, saying.stance, mention)
        if first < 0 or (holder is not None and kind == "indirect_command"):
            return None
        return self._made(kind, verb, first, stop, mention, holder)

    def _is_own(self, mention: Mention) -> bool:
        """Tell whether who is named is the outer speaker's own side, or many: pihaknya, mereka."""
        return mention.kind == "pronoun" and self.view.low[mention.first] not in words_of("people", "pronouns")

    def _passive(self, verb: int, begin: int, stop: int, holder: Report | None, lenient: bool) -> Report | None:
        """Read a passive verb: *Dijelaskan Ali, …*; *Hal itu disampaikan Ali*; *Diharapkan …*."""
        view = self.view
        saying, enclitic = rules.dressed()[view.low[verb]]
        if not view.low[verb].startswith("di"):
            return self._own(verb, begin) if holder is None else None
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

    def _own(self, verb: int, begin: int) -> Report | None:
        """Read a passive with who speaks before it: Hal itu ia sampaikan di Malang."""
        view = self.view
        if verb - 1 <= begin:
            return None
        pronoun = view.flags[verb - 1] & rules.PRONOUN
        mention = Mention(verb - 1, verb - 1, "pronoun") if pronoun else phrase_around(view, verb - 1)
        if mention is None or mention.kind not in ("pronoun", "name") or mention.last != verb - 1:
            return None
        pointed = view.low[mention.first - 1] in words_of("people", "pointing")  # no: pesan yang ia sampaikan
        if not pointed or self._before_passive(mention.first, begin) != "pointer":
            return None
        self.used.add(verb)
        saying = rules.dressed()[view.low[verb]][0]
        return Report("attribution_only", verb, verb - 1, (verb, verb), saying.verb, saying.stance, mention)

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
            told = (
                view.low[place - 1] != "apa" or place - 2 < begin or view.low[place - 2] in ("seperti", "sebagaimana")
            )
            return "open" if told else "else"  # setuju dengan apa yang disampaikan Ali
        if low in ("seperti", "sebagaimana"):
            return "open"
        if low in words_of("cue", "pointing") or low in words_of("cue", "demonstratives"):
            head = view.low[place - 1] if place - 1 >= begin else low
            if head == "yang" and place - 2 >= begin:  # Keluhan yang sama dilontarkan Ali
                head = view.low[place - 2]
            if head in words_of("cue", "pointers") or (low in words_of("cue", "demonstratives") and place == begin):
                return "pointer"
        if view.flags[place] & rules.COMMA and place - begin <= 4:
            return "open"
        return "else"
