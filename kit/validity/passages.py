"""The passages that the numbers of a table count, so that any number can be opened to the words behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.arguments import check_amount
from kit.codebook.codebook import Codebook
from kit.codebook.mentions import check_mentions
from kit.corpus.calls import recorded
from kit.corpus.samples import drawn, drawn_of, first_of, groups_of, joined_keys, share_of, totals_of
from kit.corpus.spans import PASSAGE, seal
from kit.errors import QueryError
from kit.measures.counts.grouping import given_by, group_documents
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.topics.clusters.units import firsts
from kit.validity.finders import BY_GROUP, BY_TEXT, FINDERS, Asked, Behind

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
    corpus: AnyCorpus,
    table: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
    most: int | None = None,
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
    most : int, optional
        Passages of one row of the table that are kept at most, drawn as by `kit.evidence`; all if left out. A frequent
        word stands in a large corpus more often than memory holds passages.

    Returns
    -------
    DataFrame, one row per passage and row of the table that counts it
        `doc_id` (str), `doc`, `sentence`, `start`, `end` (int32), the columns that name the table's row, `gloss`,
        `is_name` (bool), `seal` (int64). Its ``attrs`` say which columns those are (`by`) and what the table's other
        columns count (`counts`), and, of each row of which passages were drawn, how many there are (`drawn`), for
        `kit.evidence`.

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
    if most is not None:
        remedy = "keep at least 1 passage of a row, or leave it out"
        check_amount("most", most, 1, place="find_passages", remedy=remedy)
    most = share_of(most, len(table))
    hits = check_mentions(corpus, mentions, codebook)
    labels = _labels(corpus, table, given["by"]) if find in BY_GROUP and given.get("by") is not None else {}
    cut = [hits, firsts(corpus) if find in BY_TEXT else None, *labels.values()]
    found: _Drawn = reduce(corpus, _behind, _join, find, table, given, codebook, most, list(labels), cut=cut)
    version = "" if codebook is None else codebook.version
    kept = found.passages.sort_values([*found.by, "doc", "start", "end"], ignore_index=True)
    kept = seal(corpus, kept.astype(dict.fromkeys(PASSAGE[1:], "int32")), version)
    facts = {"by": found.by, "counts": found.counts, "drawn": drawn_of(found.totals, most)}
    kept.attrs = corpus.about(unit="passage", **facts) | ({"codebook": version} if version else {})
    return kept


class _Drawn(NamedTuple):
    """Passages behind a table, so many of each of its rows at most, and the numbers of all."""

    passages: pd.DataFrame
    by: list[str]
    counts: dict[str, str]
    totals: pd.DataFrame
    most: int | None


def _made_by(table: Any) -> tuple[Mapping[str, Any], str]:
    """Return the call that made a table, and which table of its result this is."""
    call = table.attrs.get("call", {}) if isinstance(table, pd.DataFrame) else {}
    if "of" in call and "attribute" in call:
        return call["of"], call["attribute"]
    return call, ""


def _labels(corpus: AnyCorpus, table: pd.DataFrame, by: Any) -> dict[str, npt.NDArray[np.object_]]:
    """Return the group of each document, by the columns of the table that name it."""
    labels = group_documents(corpus, given_by(by)).labels()
    return {name: labels[name].to_numpy(object) for name in labels.columns if name in table.columns}


def _behind(
    part: Part,
    find: Callable[[Asked], Behind],
    table: pd.DataFrame,
    given: Mapping[str, Any],
    codebook: Codebook | None,
    most: int | None,
    named: Sequence[str],
    mentions: pd.DataFrame | None,
    kept: npt.NDArray[np.bool_] | None,
    *labels: npt.NDArray[np.object_],
) -> _Drawn:
    """Find the passages of a part that rows of the table count, draw some of each, and count them all."""
    found = find(Asked(part.corpus, table, given, codebook, part.own(mentions), kept))
    by = [*named, *found.by]
    doc = found.passages["doc"].to_numpy(np.int64)
    groups = {name: pd.array(label[doc], table[name].dtype) for name, label in zip(named, labels, strict=True)}
    rows = found.passages.assign(**groups)
    rows = rows.merge(table[by].drop_duplicates(), on=by) if len(rows) else rows
    marks = {name: rows[name] if name in rows.columns else False for name in ("gloss", "is_name")}
    rows = rows[[*PASSAGE, *by]].assign(**marks).astype(dict.fromkeys(marks, "bool"))
    counts = {name: what for name, what in found.counts.items() if name in table.columns}
    if most is None:
        return _Drawn(part.out(rows), by, counts, pd.DataFrame({"key": [], "rows": []}), most)
    group = groups_of(rows, by)
    totals = totals_of(rows, group, joined_keys(rows.iloc[first_of(group)], by), counts)
    return _Drawn(part.out(rows[drawn(rows, group, most)]), by, counts, totals, most)


def _join(parts: Sequence[_Drawn]) -> _Drawn:
    """Put the passages of several parts behind each other, again so many of each row; no document is in two parts."""
    first = parts[0]
    passages = pd.concat([part.passages for part in parts], ignore_index=True)
    passages = passages[drawn(passages, groups_of(passages, first.by), first.most)]
    return first._replace(passages=passages, totals=_united([part.totals for part in parts]))


def _united(totals: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Add up the numbers of several parts."""
    return pd.concat(totals).groupby("key", sort=False).sum().reset_index()
