"""The concordance step by step: query, filter, sort, rank, group, sample, page and selection, without a widget."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import unrecorded
from kit.errors import QueryError
from kit.explore.article import Article, article_of
from kit.explore.listing import Listing
from kit.explore.steps import call_text, script
from kit.measures.concordance.concordance import concordance
from kit.measures.concordance.ranking import Rank
from kit.parts.summaries import AnyCorpus
from kit.wording.words import in_both, remark

Kind = Literal["form", "lexeme", "concept", "re"]
KINDS: tuple[Kind, ...] = ("form", "lexeme", "concept", "re")
_PREFIX = re.compile(r"(form|lexeme|concept|re):")


class ConcordanceModel(Listing):
    """A concordance as it is explored.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook, optional
        For queries of concepts, lines ranked by concepts, and the concepts in an article.
    context : int
        Words shown on either side.
    size : int
        Lines of a page (of each group, if there are groups).

    Examples
    --------
    >>> import kit
    >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["ASN melayani warga.", "Warga dilayani ASN."]})
    >>> model = ConcordanceModel(kit.Corpus.from_frame(frame, clean=False))
    >>> model.query("*layani")
    >>> model.sort("node")
    >>> model.lines()["node"].tolist(), model.total
    (['dilayani', 'melayani'], 2)
    >>> model.steps
    [{'step': 'query', 'text': '*layani', 'kind': 'form'}, {'step': 'sort', 'by': ['node']}]

    """

    _OTHERS: ClassVar[tuple[str, ...]] = ("query",)
    _ANEW: ClassVar[tuple[str, ...]] = ("query", "filter", "sort", "rank", "group", "sample", "per_story")

    def __init__(
        self, corpus: AnyCorpus, *, codebook: Codebook | None = None, context: int = 8, size: int = 25
    ) -> None:
        super().__init__(corpus, codebook, size)
        self.context = context
        self._kept: tuple[object, pd.DataFrame] | None = None

    def query(self, text: str, kind: Kind = "form") -> None:
        """Ask for a word, a phrase or a glob (form), a lexeme, a concept, or a regular expression."""
        if kind not in KINDS:
            raise QueryError(f"kind = {kind!r}", remedy="use one of " + ", ".join(KINDS))
        self._look("query", text=text, kind=kind)

    def sort(self, *by: str) -> None:
        """Sort by places such as L1, R1 and node, or by "left", "right" or "position"."""
        self._look("sort", by=list(by))

    def rank(self, by: Rank | None) -> None:
        """Put typical lines, lines of common words, or lines with many concepts first."""
        self._look("rank", by=by)

    def group(self, by: str | None) -> None:
        """Group the lines by a column of metadata, ``year`` or ``month``."""
        self._look("group", by=by)

    def sample(self, number: int | None, seed: int = 0) -> None:
        """Draw so many lines by chance; None gives all again."""
        self._look("sample", number=number, seed=seed)

    def per_story(self, number: int | None) -> None:
        """Give at most so many lines of each story; None gives all again."""
        self._look("per_story", number=number)

    @property
    def asked(self) -> tuple[str, Kind]:
        """The query and its kind."""
        return self.said("query", "text", ""), self.said("query", "kind", "form")

    @property
    def total(self) -> int:
        """How many lines there are in all, before a sample or one of each story is taken."""
        return int(self._listed().attrs["occurrences"]) if self.asked[0].strip() else 0

    def lines(self) -> pd.DataFrame:
        """Return the lines of the page as `kit.concordance` gives them, but without the facts that an exhibit needs."""
        if not self.asked[0].strip():
            return pd.DataFrame()
        return self._paged(self._listed())

    def table(self) -> pd.DataFrame:
        """Return the selected lines, or the page if none is selected: what the exhibit shows."""
        if not self.asked[0].strip():
            raise QueryError("nothing is asked for yet", remedy="give a query")
        if not self.selected:
            return self._paged(concordance(self.corpus, **self._arguments(), limit=self._limit))
        every = concordance(self.corpus, **self._arguments())
        return every[every["line_id"].isin(self.selected)]

    def code(self) -> str:
        """Return the call that makes the exhibit of the table, ready to paste."""
        arguments = self._arguments()
        codebook = arguments.get("codebook")
        lines = []
        if self.selected:
            lines.append(f"table = {call_text('concordance', 'corpus', arguments)}")
            lines.append(f'table = table[table["line_id"].isin({self.selected!r})]')
        else:
            lines.append(f"table = {call_text('concordance', 'corpus', arguments | {'limit': self._limit})}")
            if self.number and "by" in arguments:
                group = f"table.groupby({arguments['by']!r}).cumcount()"
                lines.append(f"table = table[{group} >= {self._limit - self.size}]")
            elif self.number:
                lines.append(f"table = table.iloc[{self._limit - self.size}:]")
        title = in_both(remark("explore.concordance.exhibit", query=self.asked[0]))
        return script(self.corpus, codebook, lines, title, f"lines-{self.asked[0]}")

    def article(self, row_id: str) -> Article:
        """Return the article of a line of the page, with its furniture, concepts and quotations."""
        lines = self.lines()
        row = lines[lines["line_id"] == row_id] if len(lines) else lines
        if not len(row):
            raise QueryError(f"the page has no line {row_id!r}", remedy="give a line_id of lines()")
        return article_of(self.corpus, row.iloc[0].to_dict(), self.codebook)

    @property
    def _limit(self) -> int:
        return (self.number + 1) * self.size

    def _arguments(self) -> dict[str, Any]:
        """Return the arguments of the call, but for the page; what is not asked for is left out."""
        text, kind = self.asked
        rank = self.said("rank", "by", None)
        named = _PREFIX.match(text)
        needed = kind == "concept" or rank == "concepts" or (named is not None and named[1] == "concept")
        plain = named is not None or (kind == "form" and not needed)
        sort = self.said("sort", "by", [])
        asked = {
            "query": text if plain else f"{kind}:{text}",
            "context": self.context if self.context != 8 else None,
            "sort": (sort[0] if len(sort) == 1 else sort) or None,
            "sample": self.said("sample", "number", None),
            "seed": self.said("sample", "seed", 0) or None,
            "by": self.said("group", "by", None),
            "where": self.where or None,
            "rank": rank,
            "per_story": self.said("per_story", "number", None),
            "codebook": self.codebook if needed else None,
        }
        return {name: value for name, value in asked.items() if value is not None}

    def _listed(self) -> pd.DataFrame:
        """Return the lines up to the page, remembered until something else is asked."""
        arguments = self._arguments() | {"limit": self._limit}
        known = repr({**arguments, "codebook": None})  # of which there is one
        if self._kept is None or self._kept[0] != known:
            with unrecorded():  # what is only looked at needs no digests of its rows
                self._kept = known, concordance(self.corpus, **arguments)
        return self._kept[1]

    def _paged(self, lines: pd.DataFrame) -> pd.DataFrame:
        """Cut the page out of the lines up to it."""
        before = self._limit - self.size
        if not before:
            return lines
        by = self.said("group", "by", None)
        return lines[lines.groupby(by).cumcount() >= before] if by is not None else lines.iloc[before:]
