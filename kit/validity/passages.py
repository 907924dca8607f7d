"""The passages that the numbers of a table count, so that any number can be opened to the words behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import check_mentions
from kit.corpus.calls import recorded
from kit.corpus.spans import PASSAGE, seal
from kit.errors import QueryError
from kit.measures.counts.grouping import given_by, group_documents
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.validity.finders import BY_GROUP, FINDERS, Asked, Behind

#: The columns that name a row of any of the tables.
_NAMES = (
    "node",
    "collocate",
    "term",
    "item",
    "concept",
    "pattern",
    "source",
    "target",
    "concept_a",
    "concept_b",
    "cluster",
    "topic",
)


@recorded("doc_id", "start", "end", *_NAMES)
def find_passages(
    corpus: AnyCorpus, table: pd.DataFrame, *, codebook: Codebook | None = None, mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find the passages that the rows of a table count.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        The corpus that the table was made from; for a comparison, its target.
    table : DataFrame
        A table from the kit, or some of its rows and columns: from `term_frequencies`, `concept_frequencies`,
        `pattern_frequencies`, `compare`, `frequency_intervals`, `dispersion`, `reduced_frequencies`, `keyness`,
        `collocations`; the edges of `concept_network`; the terms, clusters and pairs (`association`) of
        `cluster_terms`; the terms and passages of `fit_topics`.
    codebook : Codebook, optional
        The codebook it was counted with; needed if the table counts concepts.
    mentions : DataFrame, optional
        The mentions it was counted from, if it was made with ``mentions=``.

    Returns
    -------
    DataFrame, one row per passage and row of the table that counts it
        `doc_id` (str), `doc`, `sentence`, `start`, `end` (int32), the columns that name the table's row, `gloss`,
        `is_name` (bool), `seal` (int64). Its ``attrs`` say which columns those are (`by`) and what the table's other
        columns count (`counts`), for `kit.evidence`.

    Raises
    ------
    QueryError
        The table is not from this corpus, or its cells do not count passages.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Warga dilayani ASN."]}))
    >>> terms = kit.term_frequencies(corpus)
    >>> find_passages(corpus, terms.head(1))[["term", "sentence", "start", "end"]].to_numpy().tolist()
    [['asn', 0, 0, 3], ['asn', 1, 29, 32]]

    """
    call, part = _made_by(table)
    find = FINDERS.get((call["name"], part)) if "name" in call else None
    if find is None:
        known = sorted({name for name, _ in FINDERS})
        remedy = "pass a table of " + ", ".join(known) + ", as the kit made it"
        raise QueryError("the kit knows no passages behind this table", place="find_passages", remedy=remedy)
    of = table.attrs.get("fingerprint")
    if of != corpus.fingerprint:
        remedy = "pass the corpus it was made of"
        raise QueryError("the table comes from another corpus", place="find_passages", remedy=remedy)
    given = call.get("arguments", {})
    hits = check_mentions(corpus, mentions, codebook)
    found: Behind = reduce(corpus, _behind, _join, find, table, given, codebook, cut=[hits])
    if find in BY_GROUP and given.get("by") is not None:
        found = _grouped(corpus, table, given["by"], found)
    rows = found.passages.merge(table[found.by].drop_duplicates(), on=found.by) if len(found.passages) else None
    kept = found.passages.iloc[:0] if rows is None else rows
    marks = {name: kept[name] if name in kept.columns else False for name in ("gloss", "is_name")}
    kept = kept[[*PASSAGE, *found.by]].assign(**marks)
    kept = kept.sort_values([*found.by, "doc", "start", "end"], ignore_index=True)
    kept = kept.astype(dict.fromkeys(PASSAGE[1:], "int32") | dict.fromkeys(marks, "bool"))
    version = "" if codebook is None else codebook.version
    kept = seal(corpus, kept, version)
    counts = {name: what for name, what in found.counts.items() if name in table.columns}
    kept.attrs = corpus.about(unit="passage", by=found.by, counts=counts) | ({"codebook": version} if version else {})
    return kept


def _made_by(table: Any) -> tuple[Mapping[str, Any], str]:
    """Return the call that made a table, and which table of its result this is."""
    call = table.attrs.get("call", {}) if isinstance(table, pd.DataFrame) else {}
    if "of" in call and "attribute" in call:
        return call["of"], call["attribute"]
    return call, ""


def _behind(
    part: Part,
    find: Callable[[Asked], Behind],
    table: pd.DataFrame,
    given: Mapping[str, Any],
    codebook: Codebook | None,
    mentions: pd.DataFrame | None,
) -> Behind:
    """Find the passages of a part."""
    found = find(Asked(part.corpus, table, given, codebook, part.own(mentions)))
    return found._replace(passages=part.out(found.passages))


def _join(parts: Sequence[Behind]) -> Behind:
    """Put the passages of several parts behind each other."""
    return parts[0]._replace(passages=pd.concat([part.passages for part in parts], ignore_index=True))


def _grouped(corpus: AnyCorpus, table: pd.DataFrame, by: Any, found: Behind) -> Behind:
    """Name the group of each passage, where the table counts by groups."""
    labels = group_documents(corpus, given_by(by)).labels()
    kept = [name for name in labels.columns if name in table.columns]
    doc = found.passages["doc"].to_numpy(np.int64)
    groups = {name: labels[name].to_numpy()[doc] for name in kept}
    return found._replace(passages=found.passages.assign(**groups), by=[*kept, *found.by])
