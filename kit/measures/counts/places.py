"""Where each item stands in the running words of a corpus: what measures of spread and distance start from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.index.postings import postings
from kit.language.tokens import COUNTED
from kit.measures.counts.counts import Unit
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus

Integers = npt.NDArray[np.int64]


def about(corpus: AnyCorpus, unit: Unit, codebook: Codebook | None, **facts: object) -> dict[str, object]:
    """Return what a reader of a table over items must know."""
    if codebook is not None and unit in ("concept", "pattern"):
        facts["codebook"] = codebook.version
    named = {"concept": "mention", "pattern": "mention-or-name"}
    return corpus.about(unit=named.get(unit, unit), **facts)


def words_by_item(corpus: Corpus, unit: str) -> tuple[Integers, Sequence[str]]:
    """Return the item of every word of the stream, and the items that occur, sorted."""
    types = corpus.types
    kept = types["kind"].isin(COUNTED).to_numpy(bool)
    code = np.full(max(len(types), 1), -1, np.int64)
    numbers, items = pd.factorize(types.loc[kept, unit], sort=True)
    code[: len(types)][kept] = numbers
    return code[postings(corpus.index).type], [str(name) for name in items]


def mentions_by_item(
    part: Part, codebook: Codebook, unit: str, items: pd.Index, mentions: pd.DataFrame | None
) -> tuple[Integers, Integers, Integers]:
    """Return place in the part's word stream, item and document of every mention of some items."""
    found = mentions_in(part, codebook, mentions)
    found = counted_passages(found, names=unit == "pattern")
    names = found["concept"] if unit == "concept" else found["concept"] + ": " + found["pattern"]
    item = items.get_indexer(pd.Index(names)).astype(np.int64)
    place = _places(part.corpus, found)
    return place[item >= 0], item[item >= 0], found["doc"].to_numpy(np.int64)[item >= 0]


def _places(corpus: Corpus, found: pd.DataFrame) -> Integers:
    """Return the place of the first word of each mention."""
    token = postings(corpus.index).token
    width = np.int64(2**31)
    words = corpus.index.token_document[token].astype(np.int64) * width + corpus.index.start[token]
    wanted = found["doc"].to_numpy(np.int64) * width + found["start"].to_numpy(np.int64)
    places: Integers = np.searchsorted(words, wanted).astype(np.int64)
    return places
