"""The hits of a codebook's patterns, looked up in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.asked import Overlap
from kit.codebook.codebook import Codebook
from kit.codebook.decisions import (
    VOIDS,
    Decided,
    causes,
    choose,
    decide,
    look_up,
    stretch_of,
    under_conditions,
)
from kit.codebook.kept_mentions import Places, mentions_table
from kit.codebook.matching import Matcher, Source
from kit.corpus.corpus import Corpus
from kit.index.order import order_of
from kit.index.token_index import Int32, TokenIndex

_MOST = 512  # concepts that are kept
_KEPT: WeakKeyDictionary[TokenIndex, dict[tuple[str, str], tuple[Int32, Int32]]] = WeakKeyDictionary()


def source_of(corpus: Corpus) -> Source:
    """Return a corpus as rules are looked up in it."""

    def lexemes() -> list[str]:
        return [str(name) for name in corpus.types["lexeme"]]

    def paragraphs() -> Int32:
        return np.asarray(corpus.sentences["paragraph"], np.int32)

    return Source(corpus.index, lexemes, paragraphs)


def looked_up(corpus: Corpus, codebook: Codebook, overlap: Overlap) -> Places:
    """Find hits, and put them in order as numbers."""
    source = source_of(corpus)
    return _places(source, decide(source, codebook, overlap=overlap))


def mentions_of(
    source: Source,
    codebook: Codebook,
    *,
    among: Sequence[str] | None = None,
    void: bool = False,
    overlap: Overlap = "concept",
) -> pd.DataFrame:
    """Return the table of `find_mentions` for a source, or of some concepts, without `doc_id` and `seal`."""
    hits = decide(source, codebook, among=among, void=void, overlap=overlap)
    return _table(source, codebook, hits, void=void)


def mentions_by_choice(
    source: Source, readings: Iterable[Sequence[Codebook]], overlaps: Sequence[Overlap]
) -> Iterator[pd.DataFrame]:
    """Yield the table of `mentions_of` by each codebook and each choice of overlaps.

    What they share is done once: words are looked up once for all, patterns once for the codebooks of one reading,
    which may differ in their conditions only.
    """
    matcher = Matcher(source)
    for codebooks in readings:
        found = look_up(source, matcher, codebooks[0].asked)
        for codebook in codebooks:
            judged = under_conditions(source, matcher, found._replace(asked=codebook.asked))
            for overlap in overlaps:
                yield _table(source, codebook, choose(source, codebook, judged, overlap=overlap))


def _table(source: Source, codebook: Codebook, hits: Decided, *, void: bool = False) -> pd.DataFrame:
    """Write hits as the table of `mentions_of`."""
    table = mentions_table(hits.asked, _places(source, hits))
    if void:
        why = (np.array(VOIDS, object)[hits.void], np.array(causes(codebook, hits), object))
        for column, told in zip(("void", "void_by"), why, strict=True):
            table[column] = pd.array(told[_order(hits)], dtype="str")
    return table


def _order(hits: Decided) -> npt.NDArray[np.intp]:
    """Return the order of a table of mentions.

    First and last words stand as starts and ends do; numbers sort more quickly than names.
    """
    return order_of(hits.first, hits.last - hits.first, hits.concept, hits.asked.name[hits.pattern])


def _places(source: Source, hits: Decided) -> Places:
    """Put hits in order, as numbers."""
    index, order = source.index, _order(hits)
    first, last = hits.first_token[order], hits.last_token[order]
    doc, start, end = stretch_of(index.document_tokens, first), index.start[first], index.end_of(last)
    return Places(doc, start, end, hits.sentence[order], hits.pattern[order], hits.gloss[order])


def places_of(corpus: Corpus, codebook: Codebook, concept: str) -> tuple[Int32, Int32]:
    """Find the mentions of one concept, without glosses, names and a look at concepts that it does not ask for.

    They are found when first asked for and kept as long as the index lives.
    """
    kept = _KEPT.setdefault(corpus.index, {})
    key = (codebook.version, concept)
    if key not in kept:
        hits = decide(source_of(corpus), codebook, concept=concept)
        counts = ~hits.gloss & (hits.asked.table["is_name"] != "yes").to_numpy(bool)[hits.pattern]
        first, last = hits.first[counts], hits.last[counts]
        order = np.argsort(first, kind="stable")  # hits of one concept do not overlap
        if len(kept) >= _MOST:
            kept.clear()
        kept[key] = places = first[order], last[order]
        for part in places:
            part.flags.writeable = False
    return kept[key]
