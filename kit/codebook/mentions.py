"""Where a corpus mentions the concepts of a codebook: every hit with its offsets, and why others do not count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.context import Surroundings
from kit.codebook.matching import Integers, Matcher, Source, find_hits, leftmost_longest
from kit.codebook.notation import split
from kit.codebook.rules import Rule
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.spans import check_passages, seal, without_void
from kit.index.postings import postings, rows_of
from kit.index.token_index import Int32, Int64, TokenIndex
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce

_MOST = 512  # concepts that are kept
_KEPT: WeakKeyDictionary[TokenIndex, dict[tuple[str, str], tuple[Int32, Int32]]] = WeakKeyDictionary()
#: Why a hit does not count, in the order in which it is decided; empty: it counts.
VOIDS = ("", "block", "context", "overlap")
_COUNTS, _BLOCK, _CONTEXT, _OVERLAP = range(len(VOIDS))


@recorded("doc_id", "start", "end", "concept", "pattern")
def find_mentions(corpus: AnyCorpus, codebook: Codebook, *, void: bool = False) -> pd.DataFrame:
    """Find every hit of the enabled patterns of a codebook.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    void : bool
        Whether to return, besides the hits that count, those that do not, each with the reason.

    Returns
    -------
    DataFrame, one row per hit
        `doc_id` (str), `doc` (int32), `concept`, `pattern` (str), `start`, `end` (int32; code points of
        `documents.text`, end-exclusive, an enclitic included), `sentence` (int32; row of `sentences`), `gloss` (bool;
        the hit stands in parentheses right after another hit of its concept, and is not a mention of its own),
        `polarity` (str; that of the pattern: empty, or negative where it names the fault), `is_name` (bool; the
        pattern names an institution, law, programme or brand), `seal` (int64; ties the row to this corpus and codebook,
        so that it is still known after a merge). With ``void=True`` also `void` (str; why the hit does not count:
        ``block``, ``context`` or ``overlap``; empty if it counts) and `void_by` (str; the block, the condition or the
        pattern that decided). Sorted by document, start, end, concept, pattern. Unit: the hit.

    Notes
    -----
    It is decided in this order. A hit inside a block phrase of its pattern is void. So is one whose pattern requires
    something that does not stand near it, or refuses something that does. Where hits of one concept that are left
    overlap, the leftmost counts; if several begin there, the longest. Hits of different concepts may overlap.
    ``docs/codebook.md`` has the rules with worked examples. Whatever counts mentions passes void hits over.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Aparatur Sipil Negara (ASN) melayani warga."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> codebook = kit.load_codebook()
    >>> kit.find_mentions(corpus, codebook)[["concept", "start", "end", "gloss"]]
           concept  start  end  gloss
    0    aktor-asn      0   21  False
    1    aktor-asn     23   26   True
    2     melayani     28   36  False
    3  aktor-warga     37   42  False

    The word in a block phrase is found only if asked for:

    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Tata kelola data itu penting."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> len(kit.find_mentions(corpus, codebook))
    0
    >>> kit.find_mentions(corpus, codebook, void=True)[["pattern", "void", "void_by"]]
           pattern   void           void_by
    0  tata kelola  block  tata kelola data

    """
    found = reduce(corpus, _mentions, _in_order, codebook, void)
    table: pd.DataFrame = seal(corpus, found, codebook.version)
    table.attrs = corpus.about(unit="hit", codebook=codebook.version)
    return table


def check_mentions(
    corpus: AnyCorpus,
    mentions: pd.DataFrame | None,
    codebook: Codebook | None = None,
    columns: Sequence[str] = ("sentence", "concept", "gloss"),
) -> pd.DataFrame | None:
    """Return mentions, less the void ones, if they belong to this corpus and this codebook; None stays None."""
    if mentions is None:
        return None
    version = "" if codebook is None else codebook.version
    return without_void(check_passages(corpus, mentions, codebook=version, columns=columns))


def _mentions(part: Part, codebook: Codebook, void: bool) -> pd.DataFrame:
    """Find the hits in a part."""
    table = mentions_of(source_of(part.corpus), codebook, void=void)
    doc_ids = part.corpus.documents["doc_id"].iloc[table["doc"]].reset_index(drop=True).astype("str")
    table.insert(0, "doc_id", doc_ids)
    return part.out(table)


def source_of(corpus: Corpus) -> Source:
    """Return a corpus as rules are looked up in it."""
    return Source(
        corpus.index,
        corpus.types["lexeme"].tolist,
        lambda: corpus.sentences["paragraph"].to_numpy(np.int32),
    )


def _in_order(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the hits of several parts in the order of documents; those of one document stand in order."""
    return pd.concat(tables, ignore_index=True).sort_values("doc", kind="stable", ignore_index=True)


def mentions_of(source: Source, codebook: Codebook, *, void: bool = False) -> pd.DataFrame:
    """Return the table of `find_mentions` for a source, without `doc_id` and `seal`."""
    hits = _hits(source, codebook, void=void)
    index, patterns = source.index, hits.patterns
    # First and last words stand as starts and ends do; numbers sort more quickly than names.
    order = np.lexsort((_ranks(patterns["pattern"])[hits.pattern], hits.concept, hits.last, hits.first))
    pattern, first, last = hits.pattern[order], hits.first_token[order], hits.last_token[order]
    names = patterns[["concept", "pattern", "polarity", "is_name"]].iloc[pattern].reset_index(drop=True)
    table = pd.DataFrame(
        {
            "doc": _stretch(index.document_tokens, first),
            "concept": names["concept"],
            "pattern": names["pattern"],
            "start": index.start[first],
            "end": index.end_of(last),
            "sentence": hits.sentence[order],
            "gloss": hits.gloss[order],
            "polarity": names["polarity"],
            "is_name": names["is_name"] == "yes",
        }
    )
    if void:
        reason, by = hits.void[order], hits.by[order]
        table["void"] = pd.array(np.array(VOIDS, object)[reason], dtype="str")
        table["void_by"] = pd.array(_decided(codebook, patterns, pattern, reason, by), dtype="str")
    return table


def places_of(corpus: Corpus, codebook: Codebook, concept: str) -> tuple[Int32, Int32]:
    """Find the mentions of one concept, without glosses, names and a look at concepts that it does not ask for.

    They are found when first asked for and kept as long as the index lives.
    """
    kept = _KEPT.setdefault(corpus.index, {})
    key = (codebook.version, concept)
    if key not in kept:
        hits = _hits(source_of(corpus), codebook, concept=concept)
        counts = ~hits.gloss & (hits.patterns["is_name"] != "yes").to_numpy(bool)[hits.pattern]
        first, last = hits.first[counts], hits.last[counts]
        order = np.argsort(first, kind="stable")  # hits of one concept do not overlap
        if len(kept) >= _MOST:
            kept.clear()
        kept[key] = places = first[order], last[order]
        for part in places:
            part.flags.writeable = False
    return kept[key]


class _Found(NamedTuple):
    """What some patterns hit, one row per hit; those that count do not overlap within a concept.

    `pattern` is a row of `patterns`, which may hold more than were asked for; `void` a place in `VOIDS`; `by` the
    number of the block, condition or pattern that decided.
    """

    patterns: pd.DataFrame
    pattern: Int32
    concept: npt.NDArray[np.intp]
    first: Int32
    last: Int32
    first_token: Int32
    last_token: Int32
    sentence: Int32
    gloss: npt.NDArray[np.bool_]
    void: npt.NDArray[np.int8]
    by: Int32


def _enabled(codebook: Codebook) -> pd.DataFrame:
    """Return the patterns that are switched on."""
    patterns = codebook.patterns
    return patterns[patterns["enabled"] == "yes"]


def _ranks(names: pd.Series) -> npt.NDArray[np.intp]:
    """Return the place of each name in the order of code points."""
    ranks: npt.NDArray[np.intp] = pd.factorize(names, sort=True)[0]
    return ranks


def _hits(source: Source, codebook: Codebook, *, concept: str | None = None, void: bool = False) -> _Found:
    """Find what a codebook's patterns hit, or those of one concept, and decide which hits count.

    Those that do not are returned only if asked for.
    """
    patterns = _enabled(codebook) if concept is None else _needed(codebook, concept)
    rules = [codebook.rules[row] for row in patterns.index]
    index, matcher = source.index, Matcher(source)
    found = find_hits(matcher, rules, blocked=void)
    around = Surroundings(source, matcher, found, patterns["concept"].tolist(), rules)
    if concept is not None:
        found = found.some((patterns["concept"] == concept).to_numpy(bool)[found.rule])
    reason = np.where(found.block >= 0, _BLOCK, _COUNTS).astype(np.int8)
    failed = around.fails(found)
    outside = (failed >= 0) & (reason == _COUNTS)
    reason[outside] = _CONTEXT
    by = np.where(outside, failed, found.block)
    of_pattern = _ranks(patterns["concept"])
    length = np.array([len(name) for name in patterns["pattern"]], np.int64)
    left = np.flatnonzero(reason == _COUNTS)
    group, rule = of_pattern[found.rule[left]], found.rule[left]
    # On the same words only an enclitic tells two patterns apart: the longer one is the more exact.
    kept = left[leftmost_longest(group, found.first[left], found.last[left], length[rule])]
    if void:
        over = np.setdiff1d(left, kept)
        reason[over], by[over] = _OVERLAP, found.rule[_winners(of_pattern[found.rule], found.first, over, kept)]
        kept = np.arange(len(reason))
    pattern, first, last = found.rule[kept], found.first[kept], found.last[kept]
    token, group = postings(index).token, of_pattern[pattern]
    first_token, last_token = token[first], token[last]
    sentence = _stretch(index.sentence_tokens, first_token)
    gloss = np.zeros(len(kept), bool)
    counts = np.flatnonzero(reason[kept] == _COUNTS)
    gloss[counts] = _glosses(index, first_token[counts], last_token[counts], sentence[counts], group[counts])
    return _Found(
        patterns, pattern, group, first, last, first_token, last_token, sentence, gloss, reason[kept], by[kept]
    )


def _needed(codebook: Codebook, concept: str) -> pd.DataFrame:
    """Return the enabled patterns of a concept, and those of the concepts that their conditions ask for."""
    patterns = _enabled(codebook)
    own = [codebook.rules[row] for row in patterns.index[patterns["concept"] == concept]]
    asked = {name for rule in own for condition in rule.conditions for names in condition.concepts for name in names}
    return patterns[patterns["concept"].isin({concept, *asked})]


def _winners(concept: Integers, first: Int32, lost: Integers, kept: Integers) -> Integers:
    """Return, for each hit that lost its place, the one of its concept that took it: the last to begin before it."""
    width = np.int64(2**32)
    begins = concept[kept].astype(np.int64) * width + first[kept]
    order = np.argsort(begins)
    row = np.searchsorted(begins[order], concept[lost].astype(np.int64) * width + first[lost], side="right") - 1
    winners: Integers = kept[order][row]
    return winners


def _decided(
    codebook: Codebook, patterns: pd.DataFrame, pattern: Int32, reason: npt.NDArray[np.int8], by: Int32
) -> list[str]:
    """Write what made each hit void: a block, a condition or another pattern."""
    names = patterns["pattern"].tolist()
    texts = [_texts(codebook.rules[row], split(patterns["blocks"][row])) for row in patterns.index]
    return [
        "" if why == _COUNTS else names[number] if why == _OVERLAP else texts[row][why == _CONTEXT][number]
        for row, why, number in zip(pattern.tolist(), reason.tolist(), by.tolist(), strict=True)
    ]


def _texts(rule: Rule, blocks: list[str]) -> tuple[list[str], list[str]]:
    """Return the blocks and the conditions of a rule as they are written."""
    required = [f"requires {condition.text}" for condition in rule.requires]
    return blocks, [*required, *(f"refuses {condition.text}" for condition in rule.refuses)]


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
