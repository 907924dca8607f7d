"""Topics step by step: their terms and passages, what they may be an echo of, whether people can tell an intruder."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import call_of
from kit.corpus.scripts import as_code
from kit.errors import QueryError
from kit.explore.coding.model import CodingModel
from kit.explore.tables.model import Asked, TableModel, asked_of
from kit.parts.summaries import AnyCorpus
from kit.topics.groups.sources import topic_sources
from kit.topics.models.result import Topics
from kit.topics.topic_table import topic_table
from kit.validity.coding.reading import read_codings
from kit.validity.intrusion.scores import score_intrusion
from kit.validity.intrusion.sheet import IntrusionSheet, intrusion_sheet


class TopicsModel(TableModel):
    """The topics of a corpus.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        The one the topics were fitted to.
    topics : Topics
    codebook : Codebook, optional
        To mark the concepts in an article.
    coder : str
        Who takes the intrusion test; without a name there is none.
    file : str or Path
        The record of its answers, a CSV file as `kit.add_codings` writes it.
    size : int
        Rows of a page.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> texts = ["warga antre beras pasar harga", "pemain mencetak gol pelatih bola"] * 10
    >>> frame = pd.DataFrame({"doc_id": [str(n) for n in range(20)], "text": [f"{t} {n}" for n, t in enumerate(texts)]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> model = TopicsModel(corpus, kit.fit_topics(corpus, 2))
    >>> model.choose("view", "passages")
    >>> model.lines()["topic"].unique().tolist()
    [1]

    """

    name: ClassVar[str] = "topics"
    filtered: ClassVar[bool] = False
    _OTHERS: ClassVar[tuple[str, ...]] = ("view", "topic")
    _ANEW: ClassVar[tuple[str, ...]] = (*_OTHERS, "sort")

    def __init__(
        self,
        corpus: AnyCorpus,
        topics: Topics,
        codebook: Codebook | None = None,
        *,
        coder: str = "",
        file: str | Path = "intrusion.csv",
        size: int = 25,
    ) -> None:
        super().__init__(corpus, codebook, size)
        if topics.attrs.get("fingerprint") != corpus.fingerprint:
            raise QueryError("the topics are of another corpus", remedy="pass the one they were fitted to")
        self.topics, self.coder, self.file = topics, coder, Path(file)

    @cached_property
    def test(self) -> CodingModel:
        """The questions of the intrusion test, as one coder answers them."""
        return CodingModel(self._sheet, self.coder, self.file)

    def choices(self) -> dict[str, list[Any]]:
        """Return what can be chosen now."""
        views = ["topics", "terms", "passages", "sources", *(["intrusion"] if self.coder else [])]
        view = self.said("view", "value", views[0])
        found: dict[str, list[Any]] = {"view": views}
        if view in ("terms", "passages", "sources") and len(self.topics.topics):
            found["topic"] = [*([""] if view == "sources" else []), *self.topics.topics["topic"].tolist()]
        return found

    def _asked(self) -> Asked:
        view, topic, topics, corpus = self.chosen("view"), self.chosen("topic"), self.topics, self.corpus
        before: tuple[str, ...] = (self._fitted(),)
        only = {"topic": topic} if topic else {}
        if view in ("terms", "passages"):
            opens = "evidence" if view == "terms" else "article"
            return Asked(f"topics.{view}", lambda: getattr(topics, view), before, only, opens)
        if view == "sources":
            return asked_of(topic_sources, {"corpus": corpus, "topics": topics}, before=before, only=only)
        if view == "intrusion":
            before += ("sheet = kit.intrusion_sheet(corpus, topics)",)
            before += (f"codings = kit.read_codings({self.file.as_posix()!r}, sheet.key)",)
            return Asked("kit.score_intrusion(corpus, codings, sheet.key)", self._scored, before, lasts=False)
        return asked_of(topic_table, {"topics": topics}, before=before)

    def lines(self) -> pd.DataFrame:
        """Return the rows of the page; none of an intrusion test that nobody has begun."""
        begun = self.chosen("view") != "intrusion" or self.test.done
        return super().lines() if begun else pd.DataFrame()

    @cached_property
    def _sheet(self) -> IntrusionSheet:
        return intrusion_sheet(self.corpus, self.topics)

    def _scored(self) -> pd.DataFrame:
        """Score the answers that are in the record."""
        sheet = self._sheet
        return score_intrusion(self.corpus, read_codings(self.file, sheet.key), sheet.key)

    def _fitted(self) -> str:
        """Write how the topics were fitted; where no call of the kit made them, that it is so."""
        try:
            written = as_code(call_of(self.topics), "topics", {"corpus": call_of(self.corpus)})
        except QueryError:
            return "# topics: made outside the kit"
        return written.removeprefix("import kit\n").strip()
