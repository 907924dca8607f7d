"""What all explorers of a corpus are: rows that are filtered, paged and selected, each a recorded step."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, ClassVar, NamedTuple

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.columns import LEARNED
from kit.corpus.selection import UNSTATED
from kit.errors import QueryError
from kit.explore.article import Article
from kit.explore.steps import Model
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce

_MOST = 40  # values of a column that can be chosen among
_NO_GROUP = ("doc_id", "text", "title", "date", "url", "source", "sha256", "licence", "copy_of", "author", "raw_name")


def columns_of(corpus: AnyCorpus) -> dict[str, list[str]]:
    """Return the columns of metadata that have few values, and these."""
    found: _Values = reduce(corpus, _values, _join)
    last = [*LEARNED, "year"]
    names = [*(name for name in found.of if name not in last), *(name for name in last if name in found.of)]
    known = {name: sorted(found.of[name]) for name in names}
    return {name: values for name, values in known.items() if values != [UNSTATED] and 0 < len(values) <= _MOST}


class _Values(NamedTuple):
    """The values of each column of metadata, no more than are too many; and whether there are documents at all."""

    of: dict[str, set[str]]
    documents: bool


def _values(part: Part) -> _Values:
    """Return the values in a part."""
    corpus = part.corpus
    named = [name for name in corpus.documents.columns if name not in _NO_GROUP]
    return _Values({name: _few(corpus.group_of(name)) for name in [*named, "year"]}, len(corpus) > 0)


def _join(parts: Sequence[_Values]) -> _Values:
    """Join the values of several parts; documents of a part that lacks a column do not state it."""
    unstated = [{UNSTATED} if one.documents else set() for one in parts]
    names = dict.fromkeys(name for one in parts for name in one.of)
    joined = {
        name: _few(value for one, lacking in zip(parts, unstated, strict=True) for value in one.of.get(name, lacking))
        for name in names
    }
    return _Values(joined, any(one.documents for one in parts))


def _few(values: Iterable[str]) -> set[str]:
    """Return different values, no more than one too many."""
    return set(islice(dict.fromkeys(values), _MOST + 1))


class Listing(Model):
    """Rows of a corpus, page by page."""

    #: Steps after which other rows are asked for, so that none of those before is selected any more.
    _OTHERS: ClassVar[tuple[str, ...]]
    #: Steps that begin at the first page.
    _ANEW: ClassVar[tuple[str, ...]]

    def __init__(self, corpus: AnyCorpus, codebook: Codebook | None, size: int) -> None:
        super().__init__()
        if size < 1:
            raise QueryError(f"size = {size}", remedy="use 1 or more")
        self.corpus, self.codebook, self.size = corpus, codebook, size

    @abstractmethod
    def lines(self) -> pd.DataFrame:
        """Return the rows of the page."""

    @abstractmethod
    def article(self, row_id: str) -> Article:
        """Return the article of a row of the page, with its furniture, concepts and quotations."""

    def filter(self, **where: Any) -> None:
        """Keep documents with these metadata, or dates (`since`, `until`); None lifts a filter."""
        merged = {name: value for name, value in {**self.where, **where}.items() if value not in (None, "", [])}
        self._look("filter", where=merged)

    def page(self, number: int) -> None:
        """Turn to a page, from 0."""
        if number < 0:
            raise QueryError(f"page = {number}", remedy="use 0 or more")
        self._look("page", number=number)

    def select(self, row_ids: Sequence[str]) -> None:
        """Select rows for the exhibit; an empty list selects none."""
        self._look("select", rows=list(row_ids))

    @property
    def where(self) -> dict[str, Any]:
        """The filters that hold."""
        return dict(self.said("filter", "where", {}))

    @property
    def number(self) -> int:
        """The page."""
        return int(self._since(self._ANEW, "page", "number", 0))

    @property
    def selected(self) -> list[str]:
        """The rows selected since others were asked for."""
        return list(self._since(self._OTHERS, "select", "rows", []))

    def _look(self, name: str, **values: Any) -> None:
        """Take a step, if it can be asked."""
        self._take(name, self.lines, **values)
