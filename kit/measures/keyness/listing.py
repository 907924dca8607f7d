"""Which items a list of keyness shows: words or numbers, without stop words, without the words of reporting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from kit.discourse.quotations import quotations_in
from kit.errors import QueryError
from kit.language.lexemes import lexeme
from kit.language.stopwords import protected_words
from kit.language.stopwords import stopwords as stopword_list
from kit.language.tokens import COUNTED, kind_of
from kit.lexicon.wordlists import reporting_words
from kit.measures.counts.counts import Counts, Unit
from kit.measures.counts.hidden import check_stopwords
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.wording.words import Remark, remark

#: Whether to list stop words, as in `kit.term_frequencies`.
StopWords: TypeAlias = Literal["keep", "drop", "core", "core+discourse"]
#: Whether to list verbs of saying and the names of those who are quoted.
Reporting: TypeAlias = Literal["keep", "drop"]
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Listing(NamedTuple):
    """What is listed of words and numbers; the rest stays in the denominators.

    Parameters
    ----------
    kinds : tuple of str
        Kinds of token: "word", "number".
    stopwords : str
        "keep", or a list of stop words.
    reporting : str
        "keep" or "drop".

    """

    kinds: tuple[str, ...] = COUNTED
    stopwords: str = "keep"
    reporting: str = "keep"

    @classmethod
    def of(cls, kinds: Sequence[str], stopwords: str, reporting: str) -> Listing:
        """Check what is asked for."""
        asked = (kinds,) if isinstance(kinds, str) else tuple(sorted(set(kinds)))
        if not asked or not set(asked) <= set(COUNTED):
            raise QueryError(f"kinds = {kinds!r}", remedy="use one or both of 'word' and 'number'")
        variant = check_stopwords(stopwords)
        if reporting not in ("keep", "drop"):
            raise QueryError(f"reporting = {reporting!r}", remedy="use 'keep' or 'drop'")
        return cls(asked, variant, reporting)

    def listed(self, names: Sequence[str], unit: Unit, target: AnyCorpus | Counts) -> tuple[list[str], list[Remark]]:
        """Return the names that are listed, in their order, and what a reader must know of the others."""
        if unit not in ("form", "lexeme") or isinstance(target, Counts):  # what these count they do not say
            return list(names), []
        words = "word" in self.kinds
        kept = [name for name in names if (words if name.isalpha() else kind_of(name) in self.kinds)]
        said = [remark(f"frequencies.one_kind.{kind}") for kind in self.kinds] if len(kept) < len(names) else []
        if self.stopwords != "keep":
            stopped = stopword_list(self.stopwords) - protected_words()
            kept = [name for name in kept if name in protected_words() or not stopped & {name, lexeme(name)}]
            said.append(remark(f"frequencies.no_stopwords.{self.stopwords}"))
        if self.reporting == "drop":
            people = quoted_people(target)
            left = [name for name in kept if name not in reporting_words() and name not in people]
            said.append(remark("keyness.reporting", n=len(kept) - len(left)))
            kept = left
        return kept, said


def quoted_people(corpus: AnyCorpus) -> frozenset[str]:
    """Return the words of the names of persons who are quoted, case-folded.

    A word that is written in lower case somewhere is a word, not only a name, and is not among them.
    """
    found, words = reduce(corpus, _people, _joined)
    return frozenset(found - words)


def _people(part: Part) -> tuple[set[str], set[str]]:
    """Return the words of the names of those who are quoted in a part, and those of its words in lower case."""
    quotations = quotations_in(part)
    named: Any = quotations[(quotations["speaker"] != quotations["role"]) & quotations["speaker"].notna()]
    named = named[named["speaker"] != named["organisation"]]
    found = {word.casefold() for name in set(named["speaker"]) for word in _NAME.findall(str(name))}
    between: set[str] = set()  # what stands between blanks, each once: no word goes over a blank
    for text in part.corpus.documents["text"]:
        between.update(text.split())
    return found, {word for some in between for word in _NAME.findall(some) if word[:1].islower()}


def _joined(parts: Iterable[tuple[set[str], set[str]]]) -> tuple[set[str], set[str]]:
    """Unite what several parts have."""
    pairs = list(parts)
    return set().union(*(found for found, _ in pairs)), set().union(*(words for _, words in pairs))
