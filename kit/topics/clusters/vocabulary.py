"""What is clustered: the concepts of a codebook, the terms that name them, or words and phrases of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.codebook.mentions import check_mentions, find_mentions
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.errors import QueryError
from kit.index.order import leftmost_longest
from kit.index.token_index import Int32, Int64
from kit.measures.concordance.queries import occurrences_of
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus
from kit.parts.tables import in_order

#: Concepts, or the terms that name them.
Unit: TypeAlias = Literal["concept", "term"]

#: The group of the shipped codebook whose concepts are actors, not governance vocabulary.
ACTORS = "aktor"
_OF_CONCEPTS = ("doc", "sentence", "concept", "gloss")
_OF_QUERIES = ("doc", "start", "end", "concept", "gloss")
_OF_TERMS = ("doc", "sentence", "concept", "pattern", "start", "end", "gloss")
_ITEM_COLUMNS = ["concept", "parent", "label_id", "label_en"]
_CONCEPT = "concept:"


class Vocabulary(NamedTuple):
    """The items to cluster, and where they are named.

    Attributes
    ----------
    items : DataFrame, one row per item
        `concept` (str, the item's name), `parent`, `label_id`, `label_en` (str). Concepts are in the codebook's order,
        terms and queries in alphabetical order; the parent of a term is the concept it names.
    mentions : DataFrame, one row per hit
        `doc`, `sentence` (integers, rows of the corpus' tables), `item` (int32, row of `items`: names would take most
        of the memory of a large corpus), `gloss` (bool, the item is there, but the hit is no mention of its own).
    actors : int
        How many concepts are left out as actors.
    overlaps : int
        How many hits share a word with a hit of another item; 0 unless items are queries.

    """

    items: pd.DataFrame
    mentions: pd.DataFrame
    actors: int = 0
    overlaps: int = 0


def vocabulary_of(
    corpus: AnyCorpus,
    codebook: Codebook | None,
    unit: Unit,
    items: Sequence[str] | None = None,
    *,
    include_actors: bool = False,
    mentions: pd.DataFrame | None = None,
) -> Vocabulary:
    """Find the items of a corpus.

    Terms do not overlap: of hits that share a word the leftmost counts, and of these the longest, since parts of one
    phrase are always together. Glosses are no terms: an abbreviation in parentheses repeats what stands before it.
    """
    if isinstance(items, str) or not (items is None or isinstance(items, Iterable)):
        remedy = "give a list of words and phrases, or leave it out to cluster concepts or terms (unit=...)"
        raise QueryError(f"items = {items!r}", place="cluster_terms", remedy=remedy)
    needed = _OF_QUERIES if items is not None else _OF_TERMS if unit == "term" else _OF_CONCEPTS
    given = check_mentions(corpus, mentions, codebook, needed)
    if isinstance(corpus, PartedCorpus):
        return _of_parts(corpus, codebook, unit, items, include_actors=include_actors, mentions=given)
    return _of_one(corpus, codebook, unit, items, include_actors=include_actors, mentions=given)


def _of_one(
    corpus: Corpus,
    codebook: Codebook | None,
    unit: Unit,
    items: Sequence[str] | None,
    *,
    include_actors: bool,
    mentions: pd.DataFrame | None,
) -> Vocabulary:
    """Find the items in one corpus, or in one part with its own mentions."""
    if items is not None:
        return _queried(corpus, codebook, list(items), mentions)
    if codebook is None:
        raise QueryError(f"unit = {unit!r} without a codebook", remedy="pass codebook=kit.load_codebook()")
    concepts = _concepts(codebook, include_actors=include_actors)
    found = find_mentions(corpus, codebook) if mentions is None else mentions
    actors = len(codebook.concepts) - len(concepts)
    known = counted_passages(found[found["concept"].isin(concepts["concept"])], glosses=True).reset_index(drop=True)
    if unit == "concept":
        table = known[["doc", "sentence"]].assign(item=_rows(concepts, known["concept"]), gloss=known["gloss"])
        return Vocabulary(concepts, table, actors)
    return _terms(corpus, concepts, known)._replace(actors=actors)


def _of_parts(
    corpus: PartedCorpus,
    codebook: Codebook | None,
    unit: Unit,
    items: Sequence[str] | None,
    *,
    include_actors: bool,
    mentions: pd.DataFrame | None,
) -> Vocabulary:
    """Find the items in every part."""
    concepts = () if codebook is None else tuple(codebook.concepts["concept"])
    join = partial(_joined, concepts=concepts)
    found: Vocabulary = corpus.reduce(_in_part, join, codebook, unit, items, include_actors, cut=[mentions])
    return found


def _in_part(
    part: Part,
    codebook: Codebook | None,
    unit: Unit,
    items: Sequence[str] | None,
    include_actors: bool,
    mentions: pd.DataFrame | None,
) -> Vocabulary:
    """Find the items in one part."""
    own = part.own(mentions) if codebook is None or items is not None else mentions_in(part, codebook, mentions)
    found = _of_one(part.corpus, codebook, unit, items, include_actors=include_actors, mentions=own)
    return found._replace(mentions=part.out(found.mentions))


def _joined(parts: Sequence[Vocabulary], concepts: Sequence[str]) -> Vocabulary:
    """Join what several parts have; a term's parent is the first concept, in the codebook's order, that it names."""
    items = pd.concat([part.items for part in parts], ignore_index=True)
    if items["concept"].tolist() != parts[0].items["concept"].tolist() * len(parts):
        rank = pd.Index(concepts).get_indexer(items["parent"])
        items = items.iloc[np.argsort(rank, kind="stable")].sort_values("concept", kind="stable")
    items = items.drop_duplicates("concept", ignore_index=True)
    renamed = (part.mentions.assign(item=_rows(items, part.items["concept"])[part.mentions["item"]]) for part in parts)
    return Vocabulary(items, in_order(list(renamed)), parts[0].actors, sum(part.overlaps for part in parts))


def _rows(items: pd.DataFrame, names: Sequence[str] | pd.Series) -> Int32:
    """Return the rows of items of some names."""
    return np.asarray(pd.Index(items["concept"]).get_indexer(pd.Index(names, dtype="str")), np.int32)


def _concepts(codebook: Codebook, *, include_actors: bool) -> pd.DataFrame:
    """List the concepts that take part, in the codebook's order."""
    concepts = codebook.concepts[_ITEM_COLUMNS]
    parent = dict(zip(concepts["concept"], concepts["parent"], strict=True))

    def acts(name: str) -> bool:
        while name in parent:
            name = parent[name]
        return name == ACTORS

    keep = [include_actors or not acts(name) for name in concepts["concept"]]
    return concepts[keep].reset_index(drop=True)


def _terms(corpus: Corpus, concepts: pd.DataFrame, mentions: pd.DataFrame) -> Vocabulary:
    """Name each hit by its lexemes."""
    hits = counted_passages(mentions).sort_values(["doc", "start", "end", "concept", "pattern"], ignore_index=True)
    first, last = occurrences_of(corpus, hits)  # in the order of the rows, which are sorted by place
    kept = np.sort(leftmost_longest(np.zeros(len(hits), np.int64), first, last, -np.arange(len(hits))))
    hits, names = hits.iloc[kept].reset_index(drop=True), _lexemes(corpus, first[kept], last[kept])
    rank = pd.DataFrame({"concept": pd.array(names, dtype="str"), "rank": _rows(concepts, hits["concept"])})
    order = rank.groupby("concept", sort=True)["rank"].min()
    parent = pd.array(concepts["concept"].to_numpy(object)[order.to_numpy(np.int64)], dtype="str")
    items = _listed(order.index.tolist(), parent)
    return Vocabulary(items, hits[["doc", "sentence"]].assign(item=_rows(items, names), gloss=False))


def _lexemes(corpus: Corpus, first: Int32, last: Int32) -> list[str]:
    """Return the lexemes from a first to a last place in the word stream, joined by blanks."""
    stream, names = corpus.index.type[corpus.counted], corpus.types["lexeme"].tolist()
    width = last - first + 1
    written = [names[number] for number in stream[first].tolist()]
    for more in range(1, int(width.max(initial=1))):
        rows = np.flatnonzero(width > more)
        for row, number in zip(rows.tolist(), stream[first[rows] + more].tolist(), strict=True):
            written[row] += " " + names[number]
    return written


def _listed(names: Sequence[str], parent: pd.api.extensions.ExtensionArray | str) -> pd.DataFrame:
    """Make the table of items that are named by their own words."""
    words = pd.array(list(names), dtype="str")
    table = pd.DataFrame({"concept": words, "parent": parent, "label_id": words, "label_en": words})
    return table.astype(dict.fromkeys(_ITEM_COLUMNS, "str"))


def _queried(
    corpus: Corpus, codebook: Codebook | None, queries: Sequence[str], mentions: pd.DataFrame | None
) -> Vocabulary:
    """Find words and phrases."""
    names = sorted(queries)
    if not names:
        raise QueryError("items is an empty list", place="cluster_terms", remedy="name two or more words or phrases")
    for name, following in zip(names, [*names[1:], None], strict=True):
        if name == following:
            raise QueryError(f"{name!r} is among the items twice", place="cluster_terms", remedy="name it once")
    parts = [
        occurrences_of(corpus, name, codebook=codebook, mentions=mentions)
        if name.startswith(_CONCEPT)
        else occurrences_of(corpus, name)
        for name in names
    ]
    number = np.repeat(np.arange(len(names)), [len(first) for first, _ in parts])
    first = np.concatenate([first for first, _ in parts])
    last = np.concatenate([last for _, last in parts])
    order = np.lexsort([last, first])
    index = corpus.index
    token = np.flatnonzero(corpus.counted)[first[order]]
    table = pd.DataFrame(
        {
            "doc": index.token_document[token].astype(np.int64),
            "sentence": np.searchsorted(index.sentence_tokens, token, side="right") - 1,
            "item": number[order].astype(np.int32),
            "gloss": np.zeros(len(token), bool),
        }
    )
    return Vocabulary(_listed(names, ""), table, overlaps=_overlaps(first[order], last[order], number[order]))


def _overlaps(first: Int32, last: Int32, item: Int64) -> int:
    """Count the hits, sorted by place, that begin in a hit of another item."""
    reached: dict[int, int] = {}
    found = 0
    for begin, end, name in zip(first.tolist(), last.tolist(), item.tolist(), strict=True):
        found += any(stop >= begin for other, stop in reached.items() if other != name)
        reached = {other: stop for other, stop in reached.items() if stop >= begin}
        reached[name] = max(end, reached.get(name, -1))
    return found
