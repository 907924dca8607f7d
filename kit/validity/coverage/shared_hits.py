"""How far a codebook's concepts share their hits, and how far a concept rests on few of its patterns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import gammaln

from kit.codebook.codebook import Codebook
from kit.codebook.looked_up import mentions_of, source_of
from kit.codebook.mentions import check_mentions, find_mentions
from kit.corpus.calls import recorded
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.wording.words import remark

Integers = npt.NDArray[np.int64]
_WIDTH = np.int64(2**31)


@recorded("concept_a", "concept_b")
def concept_overlap(corpus: AnyCorpus, codebook: Codebook, *, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the hits of each concept that share words with hits of another.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.

    Returns
    -------
    DataFrame, one row per ordered pair of concepts that share words somewhere
        `concept_a`, `concept_b` (str), `hits` (int64; of `concept_a`), `overlapping` (int64; hits of `concept_a` that
        touch a hit of `concept_b`), `overlap_share` (float64; overlapping / hits). In the codebook's order.

    Raises
    ------
    QueryError
        The mentions are not of this corpus and codebook.

    Notes
    -----
    Hits of different concepts may overlap by design (*good and clean governance*), so counts of concepts must not be
    added up. The table says by how much.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Prinsip good and clean governance dijaga. Warga dilayani."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> kit.concept_overlap(corpus, kit.load_codebook())
              concept_a         concept_b  hits  overlapping  overlap_share
    0   good-governance  clean-government     1            1            1.0
    1  clean-government   good-governance     1            1            1.0

    """
    given = check_mentions(corpus, mentions, codebook, ("start", "end", "concept"))
    found = find_mentions(corpus, codebook) if given is None else given
    names = codebook.concepts["concept"].tolist()
    number = found["concept"].map({name: place for place, name in enumerate(names)}).to_numpy(np.int64)
    first, last = (
        found["doc"].to_numpy(np.int64) * _WIDTH + found[side].to_numpy(np.int64) for side in ("start", "end")
    )
    order = np.argsort(first, kind="stable")
    number, first, last = number[order], first[order], last[order]
    reach = np.searchsorted(first, last, side="left")  # hits from here on begin behind the end
    count = reach - np.arange(len(first)) - 1
    one = np.repeat(np.arange(len(first)), count)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    pairs = np.concatenate([np.stack([one, other]), np.stack([other, one])], axis=1)
    pairs = pairs[:, number[pairs[0]] != number[pairs[1]]]
    touched = np.unique(pairs[0] * len(names) + number[pairs[1]])  # a hit and the concept it touches, once
    hit, concept_b = np.divmod(touched, max(len(names), 1))
    shared = np.zeros((len(names), len(names)), np.int64)
    np.add.at(shared, (number[hit], concept_b), 1)
    hits = np.bincount(number, minlength=len(names))
    a, b = np.nonzero(shared)
    table = pd.DataFrame(
        {
            "concept_a": pd.array([names[row] for row in a], dtype="str"),
            "concept_b": pd.array([names[row] for row in b], dtype="str"),
            "hits": hits[a].astype(np.int64),
            "overlapping": shared[a, b],
            "overlap_share": shared[a, b] / hits[a],
        }
    )
    table.attrs = corpus.about(unit="hit", codebook=codebook.version)
    return table


@recorded("concept")
def split_half(corpus: AnyCorpus, codebook: Codebook) -> pd.DataFrame:
    """Say what share of a concept's hits half of its patterns would find.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook

    Returns
    -------
    DataFrame, one row per concept with a pattern
        `concept` (str), `patterns` (int64; enabled), `firing` (int64; that find a hit), `hits` (int64), `half_share`
        (float64; expected share of the hits that a random half of the patterns finds), `main_share` (float64; share
        of the hits that the most frequent pattern alone finds), `main_pattern` (str; that pattern). Missing where
        there is no hit; `half_share` also where there is one pattern. In the codebook's order.

    Notes
    -----
    A hit that k of a concept's n patterns match is found by a random half, n // 2 of them, with the probability
    1 - C(n - k, n // 2) / C(n, n // 2); `half_share` is the mean over the hits. No patterns are drawn. A high share
    says that the patterns say the same thing several times; a low one, that much rests on single patterns, and that
    what is not listed is missed.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Pelayanan publik bukan sekadar pelayanan."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = kit.split_half(corpus, kit.load_codebook())
    >>> table.loc[table["hits"] > 0, ["concept", "firing", "hits", "main_pattern"]]
                 concept  firing  hits main_pattern
    14  pelayanan-publik       2     2    pelayanan

    """
    patterns = codebook.patterns
    listed = patterns.loc[patterns["enabled"] == "yes", "concept"].value_counts()
    found: _Matched = reduce(corpus, _matched_in, _join, codebook)
    order = slice(None) if (np.diff(found.doc) >= 0).all() else np.argsort(found.doc, kind="stable")
    concept, matched = found.concept[order], found.matched[order]
    rows = []
    for number, name in enumerate(codebook.concepts["concept"]):
        if name not in listed.index:
            continue
        n, own = int(listed[name]), matched[concept == number].astype(np.int64)
        by_pattern = found.patterns[found.patterns.index.get_level_values("concept") == name].droplevel("concept")
        hits = len(own)
        main = min(by_pattern[by_pattern == by_pattern.max()].index) if hits else ""
        half = float(_half(own, n).mean()) if hits and n > 1 else np.nan
        most = int(by_pattern.max()) / hits if hits else np.nan
        rows.append((name, n, len(by_pattern), hits, half, most, main))
    columns = ["concept", "patterns", "firing", "hits", "half_share", "main_share", "main_pattern"]
    types = {"concept": "str", "main_pattern": "str", "half_share": "float64", "main_share": "float64"}
    table = pd.DataFrame(rows, columns=columns).astype({name: types.get(name, "int64") for name in columns})
    table.attrs = corpus.about(unit="hit", codebook=codebook.version, remarks=[remark("coverage.halves")])
    return table


class _Matched(NamedTuple):
    """How many patterns match in each hit, as numbers: of a large corpus the hits themselves are too much.

    Attributes
    ----------
    doc, concept, matched : int32 arrays, one per hit that counts
        Row of its document in the whole corpus and of its concept in the codebook, and patterns that match inside it.
    patterns : Series of int64
        Hits that count, by concept and pattern.

    """

    doc: npt.NDArray[np.int32]
    concept: npt.NDArray[np.int32]
    matched: npt.NDArray[np.int32]
    patterns: pd.Series


def _matched_in(part: Part, codebook: Codebook) -> _Matched:
    """Count the patterns that match in the hits of a part; hits of a document by concept, then as they begin."""
    every = mentions_of(source_of(part.corpus), codebook, void=True)
    every = every[every["void"].isin(["", "overlap"])]
    columns: list[list[npt.NDArray[np.int32]]] = [[], [], []]
    for number, name in enumerate(codebook.concepts["concept"]):
        own = every[every["concept"] == name]
        doc = np.sort(own.loc[own["void"] == "", "doc"].to_numpy())
        columns[0].append(part.numbers.rows[doc].astype(np.int32))
        columns[1].append(np.full(len(doc), number, np.int32))
        columns[2].append(_matched(own).astype(np.int32))
    doc, concept, matched = (np.concatenate([np.zeros(0, np.int32), *column]) for column in columns)
    order = np.argsort(doc, kind="stable")
    counted = every[every["void"] == ""]
    return _Matched(doc[order], concept[order], matched[order], counted.groupby(["concept", "pattern"]).size())


def _join(parts: Sequence[_Matched]) -> _Matched:
    """Put what several parts have behind each other, and add up the hits of patterns; no document is in two parts."""
    doc, concept, matched, patterns = zip(*parts, strict=True)
    hits = pd.concat(patterns).groupby(level=["concept", "pattern"]).sum()
    return _Matched(np.concatenate(doc), np.concatenate(concept), np.concatenate(matched), hits)


def _ends(hits: pd.DataFrame) -> tuple[Integers, Integers]:
    """Return where hits begin and end, counted over all documents."""
    doc = hits["doc"].to_numpy(np.int64) * _WIDTH
    return doc + hits["start"].to_numpy(np.int64), doc + hits["end"].to_numpy(np.int64)


def _matched(own: pd.DataFrame) -> Integers:
    """Return, for each hit that counts, how many patterns match inside it, its own included."""
    first, last = _ends(own)
    counts = own["void"].eq("").to_numpy(bool)
    order = np.argsort(first[counts], kind="stable")
    begin, stop = first[counts][order], last[counts][order]
    row = np.searchsorted(begin, first, side="right") - 1
    inside = (row >= 0) & (last <= stop[np.maximum(row, 0)]) if len(stop) else np.zeros(len(first), bool)
    pattern = pd.factorize(own["pattern"])[0]
    pairs = np.unique(np.stack([row[inside], pattern[inside]]), axis=1)
    return np.bincount(pairs[0].astype(np.int64), minlength=len(begin)).astype(np.int64)


def _half(matched: Integers, n: int) -> npt.NDArray[np.float64]:
    """Return the chance that a random half of n patterns holds one of those that match."""
    half, others = n // 2, n - matched
    safe = np.maximum(others, half)
    missed = np.exp(gammaln(safe + 1) + gammaln(n - half + 1) - gammaln(safe - half + 1) - gammaln(n + 1))
    return 1 - np.where(others >= half, missed, 0.0)
