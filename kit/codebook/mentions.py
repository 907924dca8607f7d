"""Where a corpus mentions the concepts of a codebook: every hit with its offsets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.matching import Integers, find_hits, leftmost_longest
from kit.codebook.rules import rule_of
from kit.corpus.corpus import Corpus
from kit.corpus.postings import postings, rows_of
from kit.language.index import Int32, Int64, TokenIndex


def find_mentions(corpus: Corpus, codebook: Codebook) -> pd.DataFrame:
    """Find every hit of the enabled patterns of a codebook.

    Parameters
    ----------
    corpus : Corpus
    codebook : Codebook

    Returns
    -------
    DataFrame, one row per hit
        `doc_id` (str), `doc` (int32), `concept`, `pattern` (str), `start`, `end` (int32; code points of
        `documents.text`, end-exclusive, an enclitic included), `sentence` (int32; row of `sentences`), `gloss` (bool;
        the hit stands in parentheses right after another of its concept, and is no mention of its own), `polarity`
        (str; that of the pattern: empty, or negative where it names the fault). Sorted by document, start, end,
        concept, pattern. Unit: the hit.

    Notes
    -----
    Of hits of one concept that overlap, the leftmost counts, and of these the longest; hits of different concepts
    may overlap. A hit inside a block phrase of its pattern is void before that choice. ``docs/codebook.md`` has the
    rules with worked examples.

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
    table = mentions_of(corpus.index, codebook)
    doc_ids = corpus.documents["doc_id"].iloc[table["doc"]].reset_index(drop=True).astype("str")
    table.insert(0, "doc_id", doc_ids)
    table.attrs = corpus.about(unit="hit", codebook=codebook.version)
    return table


def mentions_of(index: TokenIndex, codebook: Codebook) -> pd.DataFrame:
    """Return the table of `find_mentions` for an index of texts, without `doc_id`."""
    patterns = codebook.patterns
    patterns = patterns[patterns["enabled"] == "yes"].reset_index(drop=True)
    rules = [rule_of(*row) for row in patterns[["pattern", "kind", "blocks"]].itertuples(index=False)]
    pattern, first = find_hits(index, rules)
    width = np.array([len(rule.words) for rule in rules], np.int32)
    length = patterns["pattern"].str.len().to_numpy(np.int64)
    concept = pd.factorize(patterns["concept"], sort=True)[0]
    last = first + width[pattern] - 1
    # On the same words only an enclitic tells two patterns apart: the longer one is the more exact.
    chosen = leftmost_longest(concept[pattern], first, last, length[pattern])
    pattern, tokens = pattern[chosen], postings(index).token
    table = _located(index, tokens[first[chosen]], tokens[last[chosen]], concept[pattern])
    for position, name in ((1, "concept"), (2, "pattern")):
        table.insert(position, name, patterns[name].iloc[pattern].reset_index(drop=True))
    table["polarity"] = patterns["polarity"].iloc[pattern].reset_index(drop=True)
    return table.sort_values(["doc", "start", "end", "concept", "pattern"], ignore_index=True)


def _located(index: TokenIndex, first: Int32, last: Int32, concept: Integers) -> pd.DataFrame:
    """Return where hits stand, given their first and last tokens."""
    sentence = _stretch(index.sentence_tokens, first)
    return pd.DataFrame(
        {
            "doc": _stretch(index.document_tokens, first),
            "start": index.start[first],
            "end": index.end[last],
            "sentence": sentence,
            "gloss": _glosses(index, first, last, sentence, concept),
        }
    )


def _stretch(bounds: Int64, token: Int32) -> Int32:
    """Return the number of the stretch between bounds in which each token lies."""
    return (np.searchsorted(bounds, token, side="right") - 1).astype(np.int32)


def _glosses(index: TokenIndex, first: Int32, last: Int32, sentence: Int32, concept: Integers) -> npt.NDArray[np.bool_]:
    """Tell which hits stand in parentheses right after a hit of their concept, in one sentence."""
    is_gloss = np.zeros(len(first), bool)
    begin, stop = index.sentence_tokens[sentence], index.sentence_tokens[sentence + 1]
    rows = np.flatnonzero((first - 2 >= begin) & (last + 1 < stop))
    rows = rows[_is(index, first[rows] - 1, "(") & _is(index, last[rows] + 1, ")")]
    width = len(index.surface) + 1
    ends = concept.astype(np.int64) * width + last
    is_gloss[rows] = np.isin(concept[rows].astype(np.int64) * width + first[rows] - 2, ends)
    return is_gloss


def _is(index: TokenIndex, tokens: Sequence[int] | Integers, sign: str) -> npt.NDArray[np.bool_]:
    """Tell which tokens are a sign."""
    row = rows_of(index.forms, [sign])
    return np.isin(index.surface_type[index.surface[tokens]], row)
