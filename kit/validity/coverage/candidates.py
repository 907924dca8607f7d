"""Frequent vocabulary near a codebook's concepts that none of its patterns names."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import check_mentions, find_mentions
from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.language.tokens import fold, kind_of, tokenize
from kit.measures.association.collocations import collocations
from kit.parts.summaries import AnyCorpus
from kit.wording.words import remark

_KEPT = ("collocate", "o11", "expected", "documents", "log_dice", "g2")


@recorded("collocate")
def candidate_terms(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    core: bool = True,
    unit: Literal["form", "lexeme"] = "lexeme",
    min_count: int = 5,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List words that keep company with a codebook's concepts and stand in none of its patterns.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    core : bool
        Whether to look near the core concepts alone (column `core` of the codebook), or near all.
    unit : {"form", "lexeme"}
        What a word is.
    min_count : int
        Least number of sentences that a word shares with a mention.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.

    Returns
    -------
    DataFrame, one row per word
        `collocate` (str), `o11` (int64; sentences in which it stands beside a mention), `expected` (float64),
        `documents` (int64), `log_dice`, `g2` (float64). Only words drawn to the concepts (`o11` above `expected`), no
        function words, no numbers. By falling `log_dice`, falling `o11`, word.

    Raises
    ------
    QueryError
        The mentions are not of this corpus and codebook.

    Notes
    -----
    The counts are those of ``collocations(…, context="sentence")``: sentences. A candidate may be a new pattern, or a
    word that any text of this kind has: read its lines before it enters the codebook.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> texts = ["Akuntabilitas lewat kearsipan.", "Kearsipan menopang akuntabilitas.", "Hujan turun lama."]
    >>> frame = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": texts})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> kit.candidate_terms(corpus, kit.load_codebook(), min_count=2)[["collocate", "o11", "documents"]]
       collocate  o11  documents
    0  kearsipan    2          2

    """
    if min_count < 1:
        raise QueryError(f"min_count = {min_count}", remedy="use 1 or more")
    given = check_mentions(corpus, mentions, codebook, ("sentence", "start", "end", "concept"))
    found = find_mentions(corpus, codebook) if given is None else given
    if core:
        concepts = codebook.concepts
        found = found[found["concept"].isin(concepts.loc[concepts["core"] == "yes", "concept"])]
    near = collocations(corpus, found, unit=unit, context="sentence", min_count=min_count, stopwords="drop")
    named = {fold(token.text) for pattern in codebook.patterns["pattern"] for token in tokenize(pattern)}
    free = np.array([kind_of(word) == "word" and word not in named for word in near["collocate"]], bool)
    drawn = (near["o11"] > near["expected"]).to_numpy(bool)
    table = near.loc[free & drawn, list(_KEPT)].reset_index(drop=True)
    table.attrs = corpus.about(
        unit="sentence",
        codebook=codebook.version,
        remarks=[remark("coverage.candidates", least=min_count)],
    )
    return table
