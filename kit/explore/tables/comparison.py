"""Two groups step by step: what differs, by how much and how surely, which words are typical, in which passages."""

from __future__ import annotations

from typing import Any, ClassVar

from kit.codebook.codebook import Codebook
from kit.corpus.selection import UNSTATED
from kit.errors import QueryError
from kit.explore.listing import columns_of
from kit.explore.tables.model import Asked, TableModel, asked_of
from kit.measures.comparison.compare import compare
from kit.measures.concordance.concordance import concordance
from kit.measures.keyness.keyness import keyness
from kit.parts.summaries import AnyCorpus


class ComparisonModel(TableModel):
    """Two groups of documents beside each other.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook, optional
        For concepts and patterns; without it lexemes are compared.
    by : str, optional
        The column to begin with.
    size : int
        Rows of a page.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> rows = {"doc_id": ["a", "b"], "text": ["ASN melayani warga.", "Warga dilayani."], "outlet": ["X", "Y"]}
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    >>> model = ComparisonModel(corpus, kit.load_codebook())
    >>> model.choose("concept", "aktor-asn")
    >>> model.lines()[["outlet", "item", "count"]].to_numpy().tolist()
    [['X', 'aktor-asn', 1], ['Y', 'aktor-asn', 0]]

    """

    name: ClassVar[str] = "comparison"
    _OTHERS: ClassVar[tuple[str, ...]] = ("view", "by", "first", "second", "unit", "concept", "filter")
    _ANEW: ClassVar[tuple[str, ...]] = (*_OTHERS, "sort")

    def __init__(
        self, corpus: AnyCorpus, codebook: Codebook | None = None, *, by: str | None = None, size: int = 25
    ) -> None:
        super().__init__(corpus, codebook, size)
        stated = {name: [one for one in values if one != UNSTATED] for name, values in columns_of(corpus).items()}
        self._groups = {name: values for name, values in stated.items() if len(values) > 1}
        if not self._groups:
            raise QueryError("no metadata make two groups", remedy="add a column that tells groups apart")
        if by is not None and by not in self._groups:
            raise QueryError(f"by = {by!r} makes no two groups", remedy="use one of " + ", ".join(self._groups))
        order = sorted(self._groups, key=lambda name: name != by)  # the one asked for first
        self._groups = {name: self._groups[name] for name in order}

    def choices(self) -> dict[str, list[Any]]:
        """Return what can be chosen now."""
        counted = ["concept", "pattern"] if self.codebook is not None else []
        views = ["differences", "words", *(["passages"] if counted else [])]
        view = self.said("view", "value", views[0])
        names = list(self._groups)
        by = self.said("by", "value", names[0])
        groups = self._groups[by]
        first = self.said("first", "value", groups[0])
        first = first if first in groups else groups[0]
        found: dict[str, list[Any]] = {"view": views, "by": names, "first": groups}
        found["second"] = [one for one in groups if one != first]
        if view == "differences":
            found["unit"] = [*counted, "lexeme"]
        if self.codebook is not None and (
            view == "passages" or (view == "differences" and self.said("unit", "value", "concept") == "concept")
        ):
            concepts = [str(name) for name in self.codebook.concepts["concept"]]
            found["concept"] = concepts if view == "passages" else ["", *concepts]
        return found

    def _asked(self) -> Asked:
        view, by = self.chosen("view"), self.chosen("by")
        first, second = self.chosen("first"), self.chosen("second")
        whole, before = self._selection()
        if view == "words":
            named = {"first": first, "second": second}
            sides = {name: whole.where(**{by: value}) for name, value in named.items()}
            before += tuple(f"{name} = corpus.where({by}={value!r})" for name, value in named.items())
            given: dict[str, Any] = {"unit": "lexeme"}
            return asked_of(keyness, sides, given, before=before, opens="evidence", corpus=sides["first"])
        pair = whole.where(**{by: [first, second]})
        before += (f"corpus = corpus.where({by}={[first, second]!r})",)
        concept, unit = self.chosen("concept"), self.chosen("unit")
        if view == "passages":
            given = {"query": f"concept:{concept}", "by": by, "codebook": self.codebook}
            return asked_of(concordance, {"corpus": pair}, given, before=before, opens="article")
        given = {} if unit == "lexeme" else {"codebook": self.codebook}
        given |= {"by": by, "unit": unit, "reference": second} | ({"items": [concept]} if concept else {})
        return asked_of(compare, {"corpus": pair}, given, before=before, opens="evidence", corpus=pair)
