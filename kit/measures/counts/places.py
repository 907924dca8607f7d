"""Where each item stands in the running words of a corpus: what measures of spread and distance start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import check_mentions, find_mentions
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.errors import QueryError
from kit.index.postings import postings
from kit.language.tokens import COUNTED
from kit.measures.counts.counts import Unit
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Places:
    """The places of items in the word stream (all words and numbers of a corpus, document after document).

    Parameters
    ----------
    place, item : int64 arrays, one per occurrence
        Place of its first word in the stream; number of the item. Sorted by item, then place.
    document : int64 array, one per word of the stream
        Row of the word's document.
    names : DataFrame, one row per item
        `term` (str), or `concept` and `parent`, or `concept` and `pattern`.

    """

    place: Integers
    item: Integers
    document: Integers
    names: pd.DataFrame


def find_places(
    corpus: Corpus, unit: Unit = "form", *, codebook: Codebook | None = None, mentions: pd.DataFrame | None = None
) -> Places:
    """Find where items stand."""
    if unit not in get_args(Unit):
        raise QueryError(f"unit = {unit!r}", remedy="use one of " + ", ".join(get_args(Unit)))
    if unit in ("form", "lexeme"):
        place, item, names = _terms(corpus, unit)
    elif codebook is None:
        raise QueryError(f"unit = {unit!r} without a codebook", remedy="pass codebook=kit.load_codebook()")
    else:
        given = check_mentions(corpus, mentions, codebook, ("start", "concept", "pattern", "gloss"))
        found = find_mentions(corpus, codebook) if given is None else given
        place, item, names = _mentioned(corpus, codebook, unit, counted_passages(found, names=unit == "pattern"))
    order = np.lexsort([place, item])
    document = corpus.index.token_document[postings(corpus.index).token].astype(np.int64)
    return Places(place[order], item[order], document, names)


def in_order(places: Places, count: Integers) -> npt.NDArray[np.intp]:
    """Return the order in which a table lists items: terms by falling count, concepts and patterns as they are."""
    if "term" in places.names:
        return np.argsort(-count, kind="stable")
    return np.arange(len(count))


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


def _terms(corpus: Corpus, unit: str) -> tuple[Integers, Integers, pd.DataFrame]:
    """Return place and item of every word and number."""
    item, items = words_by_item(corpus, unit)
    return np.arange(len(item)), item, pd.DataFrame({"term": pd.array(list(items), dtype="str")})


def mentions_by_item(
    part: Part, codebook: Codebook, unit: str, items: pd.Index, mentions: pd.DataFrame | None
) -> tuple[Integers, Integers, Integers]:
    """Return place in the part's word stream, item and document of every mention of some items."""
    own = part.own(mentions)
    found = find_mentions(part.corpus, codebook) if own is None else own
    found = counted_passages(found, names=unit == "pattern")
    names = found["concept"] if unit == "concept" else found["concept"] + ": " + found["pattern"]
    item = items.get_indexer(pd.Index(names)).astype(np.int64)
    place = _places(part.corpus, found)
    return place[item >= 0], item[item >= 0], found["doc"].to_numpy(np.int64)[item >= 0]


def _mentioned(
    corpus: Corpus, codebook: Codebook, unit: str, found: pd.DataFrame
) -> tuple[Integers, Integers, pd.DataFrame]:
    """Return place and item of every mention."""
    if unit == "concept":
        names, keys = codebook.concepts[["concept", "parent"]], ["concept"]
    else:
        patterns = codebook.patterns
        names, keys = patterns.loc[patterns["enabled"] == "yes", ["concept", "pattern"]], ["concept", "pattern"]
    listed = pd.MultiIndex.from_frame(names[keys])
    item = listed.get_indexer(pd.MultiIndex.from_frame(found[keys])).astype(np.int64)
    place = _places(corpus, found)
    return place[item >= 0], item[item >= 0], names.reset_index(drop=True)


def _places(corpus: Corpus, found: pd.DataFrame) -> Integers:
    """Return the place of the first word of each mention."""
    token = postings(corpus.index).token
    width = np.int64(2**31)
    words = corpus.index.token_document[token].astype(np.int64) * width + corpus.index.start[token]
    wanted = found["doc"].to_numpy(np.int64) * width + found["start"].to_numpy(np.int64)
    places: Integers = np.searchsorted(words, wanted).astype(np.int64)
    return places
