"""Concepts step by step: how often, how evenly, beside which words, in which passages, and how valid the counts are."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from kit.codebook.codebook import Codebook
from kit.explore.listing import columns_of
from kit.explore.tables.model import Asked, TableModel, asked_of
from kit.measures.association.collocations import collocations
from kit.measures.concordance.concordance import concordance
from kit.measures.dispersion.dispersion import dispersion
from kit.measures.uncertainty.uncertainty import frequency_intervals
from kit.parts.summaries import AnyCorpus
from kit.validity.figures import load_validity

_MEASURES = ["dp_norm", "burch_da"]


class ConceptsModel(TableModel):
    """The concepts of a codebook in a corpus.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    validity : str or Path, optional
        The file of figures of validity, as `kit.load_validity` takes it.
    size : int
        Rows of a page.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["ASN melayani warga.", "Warga dilayani ASN."]})
    >>> model = ConceptsModel(kit.Corpus.from_frame(frame, clean=False), kit.load_codebook())
    >>> model.choose("concept", "melayani")
    >>> model.lines()[["item", "count"]].to_numpy().tolist()
    [['melayani', 1]]
    >>> model.steps
    [{'step': 'concept', 'value': 'melayani'}]

    """

    name: ClassVar[str] = "concepts"
    _OTHERS: ClassVar[tuple[str, ...]] = ("view", "concept", "group", "time", "filter")
    _ANEW: ClassVar[tuple[str, ...]] = (*_OTHERS, "sort")

    def __init__(
        self, corpus: AnyCorpus, codebook: Codebook, *, validity: str | Path | None = None, size: int = 25
    ) -> None:
        super().__init__(corpus, codebook, size)
        self._book, self._validity = codebook, validity
        self._columns = [name for name in columns_of(corpus) if name != "year"]

    def choices(self) -> dict[str, list[Any]]:
        """Return what can be chosen now."""
        views = ["rates", "dispersion", "collocates", "passages", "validity"]
        view = self.said("view", "value", views[0])
        concepts = [str(name) for name in self._book.concepts["concept"]]
        every = [] if view in ("collocates", "passages") else [""]
        found: dict[str, list[Any]] = {"view": views, "concept": every + concepts}
        if view == "rates":
            found |= {"group": ["", *self._columns], "time": ["", "month", "year"]}
        return found

    def _asked(self) -> Asked:
        view, concept = self.chosen("view"), self.chosen("concept")
        corpus, before = self._selection()
        places: dict[str, Any] = {"corpus": corpus}
        book: dict[str, Any] = {"codebook": self._book}
        only = {"concept": concept} if concept else {}
        evident = {"before": before, "opens": "evidence", "corpus": corpus}
        if view == "rates":
            by = [name for name in (self.chosen("group"), self.chosen("time")) if name]
            given = {"unit": "concept"} | book | ({"by": by} if by else {}) | ({"items": [concept]} if concept else {})
            return asked_of(frequency_intervals, places, given, **evident)
        if view == "dispersion":
            given = {"unit": "concept"} | book | {"measures": _MEASURES, "intervals": True}
            return asked_of(dispersion, places, given, only=only, **evident)
        if view == "collocates":
            given = {"node": f"concept:{concept}"} | book | {"stopwords": "drop"}
            return asked_of(collocations, places, given, **evident)
        if view == "passages":
            return asked_of(concordance, places, {"query": f"concept:{concept}"} | book, before=before, opens="article")
        path = {} if self._validity is None else {"path": str(self._validity)}
        return asked_of(load_validity, book, path, only=only)
