"""Where a corpus mentions the concepts of a codebook: every hit with its offsets, and why others do not count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pandas as pd

from kit.codebook.asked import Overlap
from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.corpus.calls import recorded
from kit.corpus.spans import check_passages, inside, seal, without_void
from kit.errors import QueryError
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.parts.tables import in_order
from kit.wording.words import Remark, remark


@recorded("doc_id", "start", "end", "concept", "pattern")
def find_mentions(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    within: pd.DataFrame | None = None,
    overlap: Overlap = "concept",
    void: bool = False,
) -> pd.DataFrame:
    """Find every hit of the enabled patterns of a codebook.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    within : DataFrame, optional
        Passages of this corpus (`doc`, `start`, `end`): only hits that lie wholly inside one are returned. Conditions
        still look at the whole text.
    overlap : {"concept", "group", "codebook"}
        Of which hits that share a word one is chosen: of those of one concept, of all concepts below one group, or of
        all. The others may overlap.
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
        ``block``, ``sense``, ``context`` or ``overlap``; empty if it counts) and `void_by` (str; the block, the full
        form of the other sense, the condition or the pattern that decided). Sorted by document, start, end, concept,
        pattern. Unit: the hit.

    Raises
    ------
    QueryError
        `overlap` is none of the three, or the passages are not of this corpus.

    Notes
    -----
    It is decided in this order. A hit inside a block phrase of its pattern is void. So is an abbreviation that its
    document writes out in other words than the codebook's, and a hit whose pattern requires something that does not
    stand near it, or refuses something that does. Where hits of one concept that are left overlap, the leftmost counts;
    if several begin there, the longest. Hits of different concepts may overlap. ``docs/codebook.md`` has the rules with
    worked examples. Whatever counts mentions passes void hits over.

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
    if overlap not in get_args(Overlap):
        raise QueryError(f"overlap = {overlap!r}", remedy="use one of " + ", ".join(get_args(Overlap)))
    found: pd.DataFrame = reduce(corpus, _mentions, in_order, codebook, void, overlap)
    if within is not None:
        remedy = "pass a table of passages of this corpus, with doc, start and end"
        check_passages(corpus, within, columns=("start", "end"), name="within", remedy=remedy)
        found = found[inside(found, within)].reset_index(drop=True)
    table: pd.DataFrame = seal(corpus, found, codebook.version)
    remarks = unseen(corpus, codebook)
    table.attrs = corpus.about(unit="hit", codebook=codebook.version, **({"remarks": remarks} if remarks else {}))
    return table


def unseen(corpus: AnyCorpus, codebook: Codebook) -> list[Remark]:
    """Say how many abbreviations cannot be found, since the texts have no capital letter."""
    patterns = codebook.enabled
    names = patterns.loc[patterns["kind"] == "abbreviation", "pattern"]
    spelled = int((names != names.str.lower()).sum())
    if not spelled or not len(corpus) or reduce(corpus, _has_capitals, any):
        return []
    return [remark("frequencies.no_capitals", n=spelled)]


def _has_capitals(part: Part) -> bool:
    """Tell whether a part has a word with a capital letter from A to Z."""
    letters = part.corpus.index.words.data
    return bool(((letters >= ord("A")) & (letters <= ord("Z"))).any())


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


def _mentions(part: Part, codebook: Codebook, void: bool, overlap: Overlap) -> pd.DataFrame:
    """Find the hits in a part."""
    if void:
        from kit.codebook.looked_up import mentions_of, source_of  # noqa: PLC0415 - what is kept is not looked up

        table = mentions_of(source_of(part.corpus), codebook, void=True, overlap=overlap)
    else:
        table = mentions_in(part, codebook, overlap=overlap)
    stored, chosen = part.stored
    doc = table["doc"].to_numpy()
    doc_ids = stored.stated("doc_id").iloc[doc if chosen is None else chosen[doc]].reset_index(drop=True).astype("str")
    table.insert(0, "doc_id", doc_ids)
    return part.out(table)
