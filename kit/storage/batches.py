"""Articles in batches of some megabytes of text, from whatever holds them, without ever holding all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kit.corpus.corpus import Corpus
from kit.corpus.frames import articles_of
from kit.errors import CorpusError, ReadingError
from kit.reading.article import RawArticle, set_aside_table
from kit.reading.sources import stream_articles
from kit.storage.articles import corpus_of
from kit.storage.manifest import is_saved, refuse_saved
from kit.storage.read import options_of

_SHOWN = 3


@dataclass(frozen=True)
class Batch:
    """Articles that will be a part.

    Attributes
    ----------
    articles : list of RawArticle
        Possibly none.
    set_aside : list of ReadingError
        What could not be used, before the first of these articles or between them.

    """

    articles: Sequence[RawArticle]
    set_aside: Sequence[ReadingError]

    def corpus(self, *, clean: bool, repair: bool) -> Corpus:
        """Return the articles, cleaned and mended if asked for, and indexed."""
        return corpus_of(self.articles, set_aside_table(self.set_aside), clean=clean, repair=repair)


def batches(source: Any, size: int, taken: AbstractSet[str]) -> Iterator[Batch]:
    """Yield the articles of a source in batches."""
    aside: list[ReadingError] = []
    waiting: list[RawArticle] = []
    filled = before = 0
    for article in _stream(source, aside):
        if filled >= size:
            yield _batch(waiting, aside[:before], taken)
            del aside[:before]
            waiting, filled = [], 0
        waiting.append(article)
        filled += len(article.text)
        before = len(aside)
    yield _batch(waiting, aside, taken)


def _stream(source: Any, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the articles of a source as they are read."""
    if isinstance(source, pd.DataFrame):
        return articles_of(source, aside)
    if not isinstance(source, (str, Path)):
        problem = f"articles cannot be read from an object of type {type(source).__name__}"
        raise CorpusError(problem, remedy="give a DataFrame or a path; a Corpus is saved with kit.save_corpus")
    refuse_saved(Path(source))
    return stream_articles(Path(source), aside, is_saved, options_of())


def _batch(articles: list[RawArticle], aside: list[ReadingError], taken: AbstractSet[str]) -> Batch:
    """Return a batch, unless articles of it stand in the corpus already."""
    again = sorted(taken & {article.doc_id for article in articles})
    if again:
        shown = ", ".join(map(repr, again[:_SHOWN])) + (f" and {len(again) - _SHOWN} more" if again[_SHOWN:] else "")
        raise CorpusError(
            f"the corpus has doc_id {shown} already",
            remedy="leave out what is there, or give the articles other doc_ids",
        )
    return Batch(articles, aside)
