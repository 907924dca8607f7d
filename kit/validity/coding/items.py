"""Which passages are to be coded: sentences drawn at random for each concept, by what the codebook says of them.

A concept divides the sentences of a corpus into three strata: those with a hit; near misses, which hold the words of
one of its patterns in other forms or another order (*akuntan* for *akuntabilitas* no, *mempertanggungjawabkan* for
*pertanggungjawaban* yes: the same root); and the rest. From each as many are drawn, whatever its size: so precision
and recall can be told from few passages, weighted by the sizes of the strata.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.corpus import Corpus
from kit.errors import CodingError
from kit.index.postings import postings
from kit.index.token_index import Int64
from kit.language.roots import root
from kit.language.stopwords import stopwords
from kit.language.tokens import COUNTED, fold, tokenize
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, join_columns, reduce

#: The strata, in the order of `kit.measures.correction`.
STRATA = ("hit", "near", "rest")


def draw_items(
    corpus: AnyCorpus,
    codebook: Codebook,
    mentions: pd.DataFrame,
    concepts: Sequence[str],
    n: Mapping[str, int],
    seed: int,
) -> pd.DataFrame:
    """Draw sentences for each concept.

    Parameters
    ----------
    corpus, codebook, mentions
        Mentions of this corpus and codebook, checked; those that count.
    concepts : sequence of str
        Concepts of the codebook.
    n : mapping of stratum to int
        How many sentences to draw from each.
    seed : int
        Draws of one concept and stratum depend on it and their names alone, not on other concepts.

    Returns
    -------
    DataFrame, one row per item, concept by concept
        `code` (str; the concept), `stratum` (str), `population`, `drawn` (int64; of the stratum), `sentence` (int64;
        row of the corpus's sentences).

    """
    sentences = int(corpus.sizes["sentences"].sum())
    near: list[Int64] = reduce(corpus, _near, _join, codebook, list(concepts))
    pieces = []
    for concept, alike in zip(concepts, near, strict=True):
        hit = np.unique(mentions.loc[mentions["concept"] == concept, "sentence"].to_numpy(np.int64))
        missed = np.setdiff1d(alike, hit)
        known = np.union1d(hit, missed)
        others = known - np.arange(len(known))  # how many of the rest stand before each
        sizes = len(hit), len(missed), sentences - len(known)
        for stratum, those, size in zip(STRATA, (hit, missed, None), sizes, strict=True):
            drawn = _drawn(size, n[stratum], (seed, concept, stratum))
            rows = drawn + np.searchsorted(others, drawn, side="right") if those is None else those[drawn]
            told = {"code": concept, "stratum": stratum, "population": size, "drawn": len(drawn)}
            pieces.append(pd.DataFrame(told, index=range(len(drawn))).assign(sentence=rows))
    table = pd.concat(pieces, ignore_index=True)
    return table.astype({name: "str" if name in ("code", "stratum") else "int64" for name in table.columns})


def _near(part: Part, codebook: Codebook, concepts: Sequence[str]) -> list[Int64]:
    """Return for each concept the sentences of a part that hold the roots of a pattern's words, as in the whole."""
    known = _NearMisses(part.corpus)
    return [part.sentence_rows[known.of(codebook, concept)] for concept in concepts]


def _join(parts: Sequence[Sequence[Int64]]) -> list[Int64]:
    """Put the sentences of several parts together, concept by concept."""
    return [np.sort(rows) for rows in join_columns(parts)]


def counting(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions that count: neither void nor, where that is told apart, the name of something."""
    kept = np.ones(len(mentions), bool)
    if "void" in mentions.columns:
        kept &= (mentions["void"].fillna("") == "").to_numpy()
    if "is_name" in mentions.columns:
        kept &= ~mentions["is_name"].to_numpy(bool)
    return mentions[kept]


def check_n(n: int | Mapping[str, int]) -> dict[str, int]:
    """Return how many items to draw from each stratum."""
    asked = dict.fromkeys(STRATA, n) if isinstance(n, int) else dict(n)
    if set(asked) != set(STRATA) or any(not isinstance(one, int) or one < 0 for one in asked.values()):
        remedy = "give a number, or one for each of: " + ", ".join(STRATA)
        raise CodingError(f"n = {n!r}", place="coding_sheet", remedy=remedy)
    return {name: asked[name] for name in STRATA}


def check_concepts(codebook: Codebook, concepts: Sequence[str] | None) -> list[str]:
    """Return the concepts that are asked for, each once, in the codebook's order."""
    there: list[str] = codebook.concepts["concept"].tolist()
    if concepts is None:
        return there
    asked = [concepts] if isinstance(concepts, str) else list(concepts)
    strange = [one for one in asked if one not in there]
    if strange or not asked:
        problem = f"no concept {strange[0]!r}" if strange else "no concept is asked for"
        raise CodingError(
            problem, place="coding_sheet", remedy="use names of codebook.concepts, or leave concepts= out"
        )
    return [one for one in there if one in asked]


def _drawn(size: int, n: int, key: tuple[object, ...]) -> Int64:
    """Draw some places of a stratum, in rising order."""
    digest = hashlib.sha256("\0".join(map(str, key)).encode("utf-8")).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
    return np.sort(generator.choice(size, min(n, size), replace=False)) if size else np.zeros(0, np.int64)


class _NearMisses:
    """Sentences that hold the roots of a pattern's words."""

    def __init__(self, corpus: Corpus) -> None:
        types = corpus.types
        words = types["kind"].isin(COUNTED).to_numpy(bool)
        codes, names = pd.factorize(types["root"])
        self._row = {name: place for place, name in enumerate(names.tolist())}
        stream = postings(corpus.index)
        root_of = np.where(words, codes, -1)[stream.type] if len(stream.type) else np.zeros(0, np.int64)
        order = np.argsort(root_of, kind="stable")
        self._bounds = np.searchsorted(root_of[order], np.arange(len(names) + 1))
        sentence = np.searchsorted(corpus.index.sentence_tokens, stream.token[order], side="right") - 1
        self._sentence: Int64 = sentence.astype(np.int64)

    def of(self, codebook: Codebook, concept: str) -> Int64:
        """Return the sentences that hold, of some pattern of the concept, the roots of all its content words."""
        patterns = codebook.patterns
        own = patterns.loc[(patterns["concept"] == concept) & (patterns["enabled"] == "yes"), "pattern"]
        found = [self._with(roots) for roots in dict.fromkeys(_roots(own.tolist()))]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def _with(self, roots: tuple[str, ...]) -> Int64:
        """Return the sentences that hold all of some roots."""
        found: Int64 | None = None
        for name in roots:
            row = self._row.get(name)
            if row is None:
                return np.zeros(0, np.int64)
            those = np.unique(self._sentence[self._bounds[row] : self._bounds[row + 1]])
            found = those if found is None else np.intersect1d(found, those, assume_unique=True)
        return np.zeros(0, np.int64) if found is None else found


def _roots(patterns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the roots of each pattern's content words; of all its words if it has no others."""
    stop = stopwords()
    for pattern in patterns:
        words = [fold(token.text) for token in tokenize(pattern) if token.kind in COUNTED]
        content = [word for word in words if word not in stop] or words
        if content:
            yield tuple(sorted({root(word) for word in content}))
