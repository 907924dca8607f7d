"""Where a corpus mentions the concepts of a codebook: every hit with its offsets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.matching import Integers, find_hits, leftmost_longest
from kit.corpus.calls import recorded
from kit.corpus.spans import check_passages, seal
from kit.index.postings import postings, rows_of
from kit.index.token_index import Int32, Int64, TokenIndex
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce

_MOST = 512  # concepts that are kept
_KEPT: WeakKeyDictionary[TokenIndex, dict[tuple[str, str], tuple[Int32, Int32]]] = WeakKeyDictionary()


@recorded("doc_id", "start", "end", "concept")
def find_mentions(corpus: AnyCorpus, codebook: Codebook) -> pd.DataFrame:
    """Find every hit of the enabled patterns of a codebook.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook

    Returns
    -------
    DataFrame, one row per hit
        `doc_id` (str), `doc` (int32), `concept`, `pattern` (str), `start`, `end` (int32; code points of
        `documents.text`, end-exclusive, an enclitic included), `sentence` (int32; row of `sentences`), `gloss` (bool;
        the hit stands in parentheses right after another hit of its concept, and is not a mention of its own),
        `polarity` (str; that of the pattern: empty, or negative where it names the fault), `seal` (int64; ties the row
        to this corpus and codebook, so that it is still known after a merge). Sorted by document, start, end, concept,
        pattern. Unit: the hit.

    Notes
    -----
    Where hits of one concept overlap, the leftmost counts; if several begin there, the longest. Hits of different
    concepts may overlap. A hit inside a block phrase of its pattern is dropped before that choice. ``docs/codebook.md``
    has the rules with worked examples.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Aparatur Sipil Negara (ASN) melayani warga."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> kit.find_mentions(corpus, kit.load_codebook())[["concept", "start", "end", "gloss"]]
           concept  start  end  gloss
    0    aktor-asn      0   21  False
    1    aktor-asn     23   26   True
    2     melayani     28   36  False
    3  aktor-warga     37   42  False

    """
    table: pd.DataFrame = seal(corpus, reduce(corpus, _mentions, _in_order, codebook), codebook.version)
    table.attrs = corpus.about(unit="hit", codebook=codebook.version)
    return table


def check_mentions(
    corpus: AnyCorpus,
    mentions: pd.DataFrame | None,
    codebook: Codebook | None = None,
    columns: Sequence[str] = ("sentence", "concept", "gloss"),
) -> pd.DataFrame | None:
    """Return mentions as they are if they belong to this corpus and this codebook; None stays None."""
    if mentions is None:
        return None
    return check_passages(corpus, mentions, codebook="" if codebook is None else codebook.version, columns=columns)


def _mentions(part: Part, codebook: Codebook) -> pd.DataFrame:
    """Find the hits in a part."""
    table = mentions_of(part.corpus.index, codebook)
    doc_ids = part.corpus.documents["doc_id"].iloc[table["doc"]].reset_index(drop=True).astype("str")
    table.insert(0, "doc_id", doc_ids)
    return part.out(table)


def _in_order(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the hits of several parts in the order of documents; those of one document stand in order."""
    return pd.concat(tables, ignore_index=True).sort_values("doc", kind="stable", ignore_index=True)


def mentions_of(index: TokenIndex, codebook: Codebook) -> pd.DataFrame:
    """Return the table of `find_mentions` for an index of texts, without `doc_id`."""
    patterns = _enabled(codebook)
    hits = _hits(index, codebook, patterns)
    # First and last words stand as starts and ends do; numbers sort more quickly than names.
    order = np.lexsort((_ranks(patterns["pattern"])[hits.pattern], hits.concept, hits.last, hits.first))
    pattern, first, last = hits.pattern[order], hits.first_token[order], hits.last_token[order]
    names = patterns[["concept", "pattern", "polarity"]].iloc[pattern].reset_index(drop=True)
    return pd.DataFrame(
        {
            "doc": _stretch(index.document_tokens, first),
            "concept": names["concept"],
            "pattern": names["pattern"],
            "start": index.start[first],
            "end": index.end_of(last),
            "sentence": hits.sentence[order],
            "gloss": hits.gloss[order],
            "polarity": names["polarity"],
        }
    )


def places_of(index: TokenIndex, codebook: Codebook, concept: str) -> tuple[Int32, Int32]:
    """Find the mentions of one concept, without glosses and without a look at the other concepts.

    They are found when first asked for and kept as long as the index lives.
    """
    kept = _KEPT.setdefault(index, {})
    key = (codebook.version, concept)
    if key not in kept:
        patterns = _enabled(codebook)
        hits = _hits(index, codebook, patterns[patterns["concept"] == concept])
        first, last = hits.first[~hits.gloss], hits.last[~hits.gloss]
        order = np.argsort(first, kind="stable")  # hits of one concept do not overlap
        if len(kept) >= _MOST:
            kept.clear()
        kept[key] = places = first[order], last[order]
        for part in places:
            part.flags.writeable = False
    return kept[key]


class _Hits(NamedTuple):
    """The hits of some patterns that are left when none of one concept overlap, one row per hit."""

    pattern: Int32
    concept: npt.NDArray[np.intp]
    first: Int32
    last: Int32
    first_token: Int32
    last_token: Int32
    sentence: Int32
    gloss: npt.NDArray[np.bool_]


def _enabled(codebook: Codebook) -> pd.DataFrame:
    """Return the patterns that are switched on."""
    patterns = codebook.patterns
    return patterns[patterns["enabled"] == "yes"]


def _ranks(names: pd.Series) -> npt.NDArray[np.intp]:
    """Return the place of each name in the order of code points."""
    ranks: npt.NDArray[np.intp] = pd.factorize(names, sort=True)[0]
    return ranks


def _hits(index: TokenIndex, codebook: Codebook, patterns: pd.DataFrame) -> _Hits:
    """Find what some of a codebook's patterns hit; of hits of one concept that overlap the leftmost and longest."""
    rules = [codebook.rules[row] for row in patterns.index]
    pattern, first = find_hits(index, rules)
    width = np.array([len(rule.words) for rule in rules], np.int32)
    length = np.array([len(name) for name in patterns["pattern"]], np.int64)
    of_pattern = _ranks(patterns["concept"])
    last = first + width[pattern] - 1
    # On the same words only an enclitic tells two patterns apart: the longer one is the more exact.
    chosen = leftmost_longest(of_pattern[pattern], first, last, length[pattern])
    pattern, first, last = pattern[chosen], first[chosen], last[chosen]
    token, concept = postings(index).token, of_pattern[pattern]
    first_token, last_token = token[first], token[last]
    sentence = _stretch(index.sentence_tokens, first_token)
    gloss = _glosses(index, first_token, last_token, sentence, concept)
    return _Hits(pattern, concept, first, last, first_token, last_token, sentence, gloss)


def _stretch(bounds: Int64, token: Int32) -> Int32:
    """Return the number of the stretch between bounds in which each token lies."""
    return (np.searchsorted(bounds, token, side="right") - 1).astype(np.int32)


def _glosses(index: TokenIndex, first: Int32, last: Int32, sentence: Int32, concept: Integers) -> npt.NDArray[np.bool_]:
    """Tell which hits stand in parentheses right after a hit of their concept, in one sentence."""
    is_gloss = np.zeros(len(first), bool)
    rows = np.flatnonzero(first >= 2)
    rows = rows[_is(index, first[rows] - 1, "(")]
    rows = rows[last[rows] + 1 < index.sentence_tokens[sentence[rows] + 1]]
    rows = rows[(first[rows] - 2 >= index.sentence_tokens[sentence[rows]]) & _is(index, last[rows] + 1, ")")]
    if len(rows):
        width = len(index.surface) + 1
        ends = np.sort(concept.astype(np.int64) * width + last)
        before = concept[rows].astype(np.int64) * width + first[rows] - 2
        is_gloss[rows] = ends[np.minimum(np.searchsorted(ends, before), len(ends) - 1)] == before
    return is_gloss


def _is(index: TokenIndex, tokens: Integers, sign: str) -> npt.NDArray[np.bool_]:
    """Tell which tokens are a sign."""
    row = rows_of(index.forms, [sign])
    return index.type_of(tokens) == row[0] if row else np.zeros(len(tokens), bool)
