"""The running tokens as NLTK's Text, with what its methods would look for in data that are not there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any

from nltk.collocations import BigramCollocationFinder
from nltk.metrics.association import BigramAssocMeasures
from nltk.text import ContextIndex, Text

from kit.errors import QueryError


class KitText(Text):  # type: ignore[misc] # nltk has no types
    """An ``nltk.Text`` for Indonesian: its stop words are Indonesian, and words with a hyphen have contexts too.

    Parameters
    ----------
    tokens : sequence of str
        The running tokens.
    name : str
        What the text is called.
    stopwords : function
        Returns the stop words among them, case-folded; asked when collocations first are.

    """

    def __init__(self, tokens: Sequence[str], name: str, stopwords: Callable[[], Collection[str]]) -> None:
        super().__init__(tokens, name=name)
        self._find_stopwords = stopwords

    @cached_property
    def stopwords(self) -> frozenset[str]:
        """The stop words among the tokens."""
        return frozenset(self._find_stopwords())

    def collocation_list(self, num: int = 20, window_size: int = 2) -> list[tuple[str, str]]:
        """Return the pairs of highest log-likelihood ratio, as NLTK: twice at least, no short and no stop words."""
        finder = BigramCollocationFinder.from_words(self.tokens, window_size)
        finder.apply_freq_filter(2)
        finder.apply_word_filter(lambda word: len(word) < 3 or word.casefold() in self.stopwords)
        pairs: list[tuple[str, str]] = finder.nbest(BigramAssocMeasures().likelihood_ratio, num)
        return pairs

    def similar(self, word: str, num: int = 20) -> None:
        """Print words that stand where this one does, as NLTK, and those with a hyphen, which it leaves out."""
        self._index_contexts()
        super().similar(word, num)

    def common_contexts(self, words: Sequence[str], num: int = 20) -> None:
        """Print the contexts that words share, as NLTK, whatever was asked before."""
        self._index_contexts()
        super().common_contexts(words, num)

    def _index_contexts(self) -> None:
        """Index words by their neighbours once for both, where NLTK has the index of the method asked first."""
        if "_word_context_index" not in self.__dict__:
            self._word_context_index = ContextIndex(self.tokens, filter=_has_letter, key=str.lower)

    def generate(self, *_args: Any, **_kwargs: Any) -> Any:
        """Say that this needs NLTK's data."""
        raise _needs_data("generate")

    def readability(self, *_args: Any, **_kwargs: Any) -> Any:
        """Say that this needs NLTK's data."""
        raise _needs_data("readability")


def _has_letter(token: str) -> bool:
    """Say whether a token is a word, with or without a hyphen."""
    return any(character.isalpha() for character in token)


def _needs_data(method: str) -> QueryError:
    """Return the error of a method that splits sentences by a model of English."""
    return QueryError(
        "splits sentences by NLTK's model of English, which is not here and not made for Indonesian",
        place=f"nltk.Text.{method}",
        remedy="corpus.sentences has the sentences; kit.lexical_diversity(corpus) says how varied the words are",
    )
