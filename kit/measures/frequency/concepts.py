"""How often: the concepts and patterns of a codebook, with the denominator beside each count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.codebook.mentions import check_mentions, unseen
from kit.corpus.calls import recorded
from kit.corpus.spans import check_passages, counted_passages, inside
from kit.errors import QueryError
from kit.index.token_index import Int64
from kit.measures.correction.columns import COLUMNS as CORRECTED
from kit.measures.counts.grouping import By
from kit.measures.frequency.groups import COLUMNS, groups_of, relative, with_notes, words_within
from kit.measures.frequency.levels import level_keys, lifted
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce
from kit.wording.words import Remark, remark

#: What becomes of bare names: counted beside the mentions, among them, or not at all.
Names: TypeAlias = Literal["apart", "in", "out"]
#: What is counted of a codebook's hits.
_COUNTS = ("documents", "sentences", "hits", "mentions", "names")


@recorded("concept")
def concept_frequencies(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    by: By | None = None,
    mentions: pd.DataFrame | None = None,
    names: Names = "apart",
    levels: bool = False,
    within: pd.DataFrame | None = None,
    validity: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the concepts of a codebook, those that never occur included.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    by : str, mapping, or sequence of these, optional
        What makes the groups, a set of rows each: a metadata column of the documents, ``year`` or ``month``; or a
        column of your own by the date that parts it, ``{"period": "2024-10-20"}``. Several cross each other.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.
    names : {"apart", "in", "out"}
        What becomes of hits that are bare names of institutions, laws, programmes or brands (patterns marked
        `is_name`): counted beside the mentions, among them, or not at all.
    levels : bool
        Whether to count, besides the concepts, what stands above them, at any depth: each group or parent before what
        is below it, with a column `level` (int64, from 0). A stretch of words counts once for a level, however many
        concepts below it share it.
    within : DataFrame, optional
        Passages of this corpus (`doc`, `start`, `end`), such as quotations: only hits inside one count, and rates are
        of the words and numbers inside them.
    validity : DataFrame, optional
        How valid the concepts are: the `validity` of `kit.score_coding`, or any table with a row per `concept` and some
        of its columns. Shares of sentences are then given as counted and corrected.

    Returns
    -------
    DataFrame
        The columns of `by` (str, if asked for; ``not stated`` last), `concept`, `parent` (str), `documents`,
        `sentences` (int64, with at least one hit), `hits`, `mentions` (int64; mentions are hits that do not gloss the
        hit before them), `names` (int64; only with ``names="apart"``), `per_1000`, `per_million` (float64, mentions of
        the group's words and numbers). In the codebook's order. Names are in no other column than `names`, or in all
        with ``names="in"``. With ``validity=`` also `sentence_share` (float64; of the group's sentences, with a hit),
        `corrected`, `corrected_low`, `corrected_high` (float64; the share that speaks of the concept, by the recall and
        specificity of the table), `difference`, `difference_low`, `difference_high` (float64; the same by the sentences
        of this corpus that were read), `corrected_reason`, `difference_reason` (str; why these are missing; else
        empty).

    Raises
    ------
    CorpusError
        `by` is not a column.
    QueryError
        `names` is none of the three, the passages are not of this corpus, or the table of validity has no or two rows
        for a concept's name, or goes with ``names="in"``, ``levels=True`` or passages.

    Notes
    -----
    Concepts may share words, so their counts must not be added up to a number of tokens.

    Two corrections. Rogan and Gladen (1978): (share + specificity - 1) / (recall + specificity - 1), with the interval
    of Lang and Reiczigel (2014); recall and specificity may come from another corpus, as long as the codebook errs
    alike there. The difference estimator: the share with a hit plus the mean error of the sentences read, weighted by
    strata; it needs sentences of this corpus. Both intervals cover 95 % (``benchmarks/correction_coverage.md``: 93 %
    or more in every setting); a cell that would cover less is empty, and its reason says why.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Aparatur Sipil Negara (ASN) harus melayani."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = kit.concept_frequencies(corpus, kit.load_codebook()).set_index("concept")
    >>> table.loc[["aktor-asn", "melayani", "dilayani"], ["hits", "mentions"]]
               hits  mentions
    concept
    aktor-asn     2         1
    melayani      1         1
    dilayani      0         0

    """
    if validity is not None and names == "in":
        remedy = "leave names= out: what was read were sentences with mentions that are no names"
        raise QueryError('validity= goes with names="apart" or "out"', place="concept_frequencies", remedy=remedy)
    if validity is not None and (levels or within is not None):
        remedy = "leave levels= and within= out: what was read were sentences of whole texts, concept by concept"
        raise QueryError("validity= goes with the concepts of whole texts", place="concept_frequencies", remedy=remedy)
    keys = level_keys(codebook) if levels else codebook.concepts[["concept", "parent"]]
    counted = partial(_codebook_frequencies, corpus, codebook, keys, by, mentions, names, within)
    if validity is None:
        return counted()
    from kit.measures.correction.corrected import Counted, check_validity, corrected_shares  # noqa: PLC0415 - loads SciPy

    measured = check_validity(validity)
    table = counted()
    of = Counted(corpus.fingerprint, codebook.version, by is not None)
    added = corrected_shares(table, _sentences(corpus, by, len(codebook.concepts)), measured, of)
    wider = table.assign(**{name: added[name] for name in CORRECTED})
    said = [*_told(added), *_measured(measured, table["concept"].tolist(), corpus.fingerprint)]
    wider.attrs = table.attrs | {"remarks": [*table.attrs["remarks"], *said]}
    return wider


@recorded("concept", "pattern")
def pattern_frequencies(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    by: By | None = None,
    mentions: pd.DataFrame | None = None,
    names: Names = "apart",
    within: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the enabled patterns of a codebook, those that never occur included.

    Parameters
    ----------
    corpus, codebook, by, mentions, names, within
        As for `concept_frequencies`.

    Returns
    -------
    DataFrame
        The columns of `by` (str, if asked for), `concept`, `pattern` (str), `documents`, `sentences`, `hits`,
        `mentions`, `names` (int64; the last only with ``names="apart"``), `per_1000`, `per_million` (float64, mentions
        of the group's words and numbers). In the codebook's order. Where patterns of one concept overlap, the longest
        is counted (*pelayanan publik*, not *pelayanan* inside it).

    Raises
    ------
    CorpusError
        `by` is not a column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Pelayanan publik bukan sekadar pelayanan."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = kit.pattern_frequencies(corpus, kit.load_codebook())
    >>> table[table.hits > 0][["concept", "pattern", "hits"]].to_string(index=False, header=False).split()
    ['pelayanan-publik', 'pelayanan', '1', 'pelayanan-publik', 'pelayanan', 'publik', '1']

    """
    patterns = codebook.patterns
    enabled = patterns.loc[patterns["enabled"] == "yes", ["concept", "pattern"]]
    return _codebook_frequencies(corpus, codebook, enabled, by, mentions, names, within)


def _sentences(corpus: AnyCorpus, by: By | None, concepts: int) -> list[int]:
    """Return for each row of the table how many sentences its group has."""
    groups = groups_of(corpus, by)
    sizes = np.bincount(groups.code, catalogue_of(corpus)["sentences"], len(groups.words)).astype(np.int64)
    numbers: list[int] = np.repeat(sizes, concepts).tolist()
    return numbers


def _measured(measured: Mapping[str, Mapping[Any, Any]], concepts: Sequence[str], fingerprint: str) -> list[Remark]:
    """Say where figures of validity are from, if not from this corpus, and which concepts have none."""
    rows = [row for row in measured.values() if row.get("fingerprint", "") != fingerprint]
    sources = sorted({str(row.get("source", "")) for row in rows} - {"", "nan"})
    unknown = [one for one in dict.fromkeys(concepts) if not _known(measured.get(one))]
    told = [remark("printed.measured", source="; ".join(sources))] if sources else []
    return [*told, remark("printed.unmeasured", concepts=", ".join(unknown))] if unknown else told


def _known(row: Mapping[Any, Any] | None) -> bool:
    """Tell whether precision or recall of a concept is known."""
    return row is not None and any(not pd.isna(row.get(name, np.nan)) for name in ("precision", "recall"))


def _told(added: pd.DataFrame) -> list[Remark]:
    """Say what the corrected shares are, and why some are missing."""
    missing = [
        remark(f"correction.{column}.{reason}", n=int(count))
        for column in ("corrected", "difference")
        for reason, count in added[f"{column}_reason"].value_counts(sort=False).sort_index().items()
        if reason not in ("", "not-measured")
    ]
    return [remark("correction.shares"), *missing]


def _codebook_frequencies(
    corpus: AnyCorpus,
    codebook: Codebook,
    keys: pd.DataFrame,
    by: By | None,
    mentions: pd.DataFrame | None,
    names: Names,
    within: pd.DataFrame | None,
) -> pd.DataFrame:
    """Count hits by the key columns that mentions have, and lay the counts beside every key and group."""
    if names not in get_args(Names):
        raise QueryError(f"names = {names!r}", remedy="use one of " + ", ".join(get_args(Names)))
    needed = ("sentence", "concept", "gloss", *(name for name in keys.columns if name == "pattern"))
    mentions = check_mentions(corpus, mentions, codebook, needed)
    sizes = None
    if within is not None:
        remedy = "pass a table of passages of this corpus, with doc, start and end"
        check_passages(corpus, within, columns=("start", "end"), name="within", remedy=remedy)
        sizes = words_within(corpus, within)
    groups = groups_of(corpus, by, COLUMNS, sizes)
    cut, number = [groups.code, mentions, within], len(groups.words)
    found: Int64 = reduce(corpus, _count_hits, sum, codebook, keys, number, names, cut=cut)
    table = pd.concat([keys] * number, ignore_index=True) if number else keys.iloc[:0].reset_index(drop=True)
    named = groups.named(np.repeat(np.arange(number), len(keys)))
    table = pd.concat([pd.DataFrame(named, index=table.index), table], axis=1)
    columns = {name: found[place].ravel() for place, name in enumerate(_COUNTS)}
    if names != "apart":
        del columns["names"]
    table = table.assign(**columns, **relative(columns["mentions"], np.repeat(groups.words, len(keys))))
    unit = "mention-or-name" if names == "in" else "mention"
    return with_notes(table, corpus, groups.words, unseen(corpus, codebook), unit=unit, codebook=codebook.version)


def _count_hits(
    part: Part,
    codebook: Codebook,
    keys: pd.DataFrame,
    groups: int,
    names: Names,
    group: Int64,
    mentions: pd.DataFrame | None,
    within: pd.DataFrame | None,
) -> Int64:
    """Count the hits of a part by the key columns that mentions have: `_COUNTS` × groups × keys."""
    found = mentions_in(part, codebook, mentions)
    if names == "in":
        found = found.assign(is_name=False)
    passages = part.own(within)
    if passages is not None:
        found = found[inside(found, passages)]
    if "level" in keys.columns:
        found = lifted(found, codebook)
    named = [name for name in keys.columns if name in found.columns]
    row = pd.MultiIndex.from_frame(keys[named]).get_indexer(pd.MultiIndex.from_frame(found[named])).astype(np.int64)
    every = found.assign(_row=row)[row >= 0]
    every["_group"] = group[every["doc"].to_numpy()]
    hits, mentioned = counted_passages(every, glosses=True), counted_passages(every)
    different = (hits.drop_duplicates(["_row", "doc"]), hits.drop_duplicates(["_row", "sentence"]))
    counts = [_tally((groups, len(keys)), *_pairs(some)) for some in (*different, hits, mentioned)]
    both = _tally((groups, len(keys)), *_pairs(counted_passages(every, names=True)))
    return np.stack([*counts, both - counts[-1]])


def _pairs(hits: pd.DataFrame) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return group and row of each hit."""
    return hits["_group"].to_numpy(np.int64), hits["_row"].to_numpy(np.int64)


def _tally(size: tuple[int, int], group: npt.NDArray[np.int64], item: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Count the items of each group."""
    return np.bincount(group * size[1] + item, minlength=size[0] * size[1]).astype(np.int64).reshape(size)
