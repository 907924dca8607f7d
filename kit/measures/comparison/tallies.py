"""What a comparison counts: items by document, bare names beside them, and the patterns that made them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.corpus.spans import counted_passages
from kit.corpus.stories.stories import stories
from kit.measures.counts.counts import Cells, Counts, Unit, codebook_items, count_items
from kit.measures.frequency.concepts import Names
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce


class Tallies(NamedTuple):
    """Items by document.

    Parameters
    ----------
    counts : Counts
        Mentions, or running words.
    names : Counts or None
        Bare names of institutions, laws, programmes and brands; none of words.
    hits : DataFrame or None
        `doc`, `item` (int32, numbers), `pattern` (categories, by alphabet), `times` (int64): mentions by pattern, zeros
        left out; none of words.

    """

    counts: Counts
    names: Counts | None
    hits: pd.DataFrame | None


def tally(
    corpus: AnyCorpus, unit: Unit, codebook: Codebook | None, mentions: pd.DataFrame | None, names: Names
) -> Tallies:
    """Count the items of a corpus by document."""
    if codebook is None or unit in ("form", "lexeme"):
        return Tallies(count_items(corpus, unit), None, None)
    items = pd.Index(codebook_items(codebook, unit), dtype="str")
    found: pd.DataFrame = reduce(corpus, _hits, _joined, codebook, unit, items, names == "in", cut=[mentions])
    catalogue = catalogue_of(corpus)
    frame = catalogue["words"].to_numpy(), tuple(catalogue["doc_id"]), stories(corpus)

    def counts(rows: pd.DataFrame) -> Counts:
        cells = Cells(*(rows[name].to_numpy() for name in ("doc", "item", "times")))
        return Counts(cells.matrix(len(frame[1]), len(items)), tuple(map(str, items)), *frame)

    bare = found["is_name"].to_numpy(bool)
    mentioned = found[~bare]
    return Tallies(counts(mentioned), counts(found[bare]), mentioned[["doc", "item", "pattern", "times"]])


def _hits(
    part: Part, codebook: Codebook, unit: Unit, items: pd.Index, among: bool, mentions: pd.DataFrame | None
) -> pd.DataFrame:
    """Count the hits of a part by document, item and pattern, bare names apart unless they are among the others."""
    found = counted_passages(mentions_in(part, codebook, mentions), names=True)
    named = found["concept"] if unit == "concept" else found["concept"] + ": " + found["pattern"]
    bare = np.zeros(len(found), bool) if among or "is_name" not in found.columns else found["is_name"].to_numpy(bool)
    item, pattern = items.get_indexer(pd.Index(named)).astype(np.int32), pd.Categorical(found["pattern"])
    hits = pd.DataFrame({"doc": found["doc"].to_numpy(), "item": item, "pattern": pattern, "is_name": bare})
    keys = ["doc", "item", "pattern", "is_name"]
    table = hits[item >= 0].groupby(keys, sort=True, observed=True).size().rename("times").reset_index()
    return table.assign(doc=part.numbers.rows[table["doc"].to_numpy(np.int64)].astype(np.int32))


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the hits of several parts behind each other; no document is in two."""
    pattern = union_categoricals([part["pattern"] for part in parts], sort_categories=True)
    return pd.concat([part.drop(columns="pattern") for part in parts], ignore_index=True).assign(pattern=pattern)
