"""The hits of a codebook's patterns: found in texts once, and kept with the part of a corpus that they stand in."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from kit.codebook.asked import Overlap
from kit.codebook.codebook import Codebook
from kit.codebook.kept_mentions import Places, kept_mentions, mentions_table
from kit.corpus.corpus import Corpus
from kit.index.token_index import Int64
from kit.parts.part import Part


def mentions_in(
    part: Part, codebook: Codebook, mentions: pd.DataFrame | None = None, *, overlap: Overlap = "concept"
) -> pd.DataFrame:
    """Return the mentions of a part, numbered as in it: its own of those given, else those found in it.

    They have no `doc_id` and no seal. What is found is kept with the part as it is stored, as far as memory is given
    for it: another question, of other documents of the part too, need not look again.
    """
    own = part.own(mentions)
    if own is not None:
        return own
    stored, chosen = part.stored
    name = f"mentions {codebook.version} {overlap}"
    found: Places | None = part.kept(name)
    if found is None and chosen is not None and len(chosen) * 2 < len(stored):
        from kit.codebook.looked_up import mentions_of, source_of  # noqa: PLC0415 - what is kept is not looked up

        return mentions_of(source_of(part.corpus), codebook, overlap=overlap)
    if found is None:
        found = kept_mentions(stored.seal, name, partial(_looked_up, stored, codebook, overlap))
        part.keep(name, found, sum(column.nbytes for column in found))
    return mentions_table(codebook.asked, found if chosen is None else _chosen(found, stored, chosen))


def _looked_up(stored: Corpus, codebook: Codebook, overlap: Overlap) -> Places:
    """Look a codebook up, for which all of its rules are read."""
    from kit.codebook.looked_up import looked_up  # noqa: PLC0415 - see above

    return looked_up(stored, codebook, overlap)


def _chosen(found: Places, stored: Corpus, chosen: Int64) -> Places:
    """Return the hits of some documents, numbered as among these."""
    place = np.full(len(stored), -1, np.int32)
    place[chosen] = np.arange(len(chosen))
    rows = np.flatnonzero(place[found.doc] >= 0)
    hits = found.take(rows)
    sentences = stored.sizes["sentences"].to_numpy()
    before = np.cumsum(sentences) - sentences
    left_out = before[chosen] - (np.cumsum(sentences[chosen]) - sentences[chosen])
    doc = place[hits.doc]
    return hits._replace(doc=doc, sentence=(hits.sentence - left_out[doc]).astype(np.int32))
