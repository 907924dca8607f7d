"""Clusters of the governance vocabulary: concepts, or the terms that name them, that are named together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import numpy as np
import pandas as pd

from kit.arguments import check_amount
from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.corpus.stories.stories import stories
from kit.errors import QueryError
from kit.parts.summaries import AnyCorpus
from kit.topics.clusters.agglomeration import linkage
from kit.topics.clusters.association import SCALE, distances, shared_once
from kit.topics.clusters.bounds import FEWEST_NULLS
from kit.topics.clusters.cluster_remarks import remarks
from kit.topics.clusters.cluster_tables import Named, association_table, clusters_table, terms_table
from kit.topics.clusters.occurrences import Integers, Occurrences, occurrences
from kit.topics.clusters.result import TermClusters
from kit.topics.clusters.stability import Stability, clusters_of, stability
from kit.topics.clusters.units import Within, unit_of, unit_table
from kit.topics.clusters.vocabulary import Unit, Vocabulary, vocabulary_of
from kit.wording.words import remark

#: From this many documents on, documents are units and clusters may be called topics. In simulated corpora with three
#: planted themes of six concepts (a document is on a theme with p = .25 and then names each of its concepts with .7,
#: otherwise with .03), 97 % of the themes were found again (Jaccard coefficient from .5) and passed the null at 50
#: documents, 73 % at 30, 43 % at 20; of 192 corpora whose concepts were shuffled one had a cluster that passed.
DOCUMENTS_FOR_TOPICS = 50
#: Units a concept must be named in, where documents are many: below it, one shared unit more or less moves a cluster.
MINIMUM = 5
#: Terms that are clustered: more do not fit a page, and the time grows with the square of their number.
MOST_TERMS = 60
#: Fewer resamples say little about stability.
FEWEST_RESAMPLES = 20
FEWEST_CONCEPTS = 2


@recorded(
    terms=["concept"],
    clusters=["cluster"],
    linkage=["left", "right"],
    matrix=["concept", "unit"],
    units=["doc_id", "paragraph", "sentence"],
    association=["concept_a", "concept_b"],
)
def cluster_terms(
    corpus: AnyCorpus,
    codebook: Codebook | None = None,
    *,
    unit: Unit = "concept",
    items: Sequence[str] | None = None,
    within: Within | None = None,
    min_count: int | None = None,
    max_items: int | None = None,
    resamples: int = 300,
    seed: int = 0,
    include_actors: bool = False,
    mentions: pd.DataFrame | None = None,
) -> TermClusters:
    """Cluster concepts, or the terms that name them, by the units of text that name them together.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        Documents of it that copy another one are left out.
    codebook : Codebook, optional
        Not needed where `items` are given.
    unit : {"concept", "term"}
        What is clustered: concepts; or governance terms, that is what the codebook's patterns hit, word by word as
        lexemes (*akuntabel*, *tata kelola*), without overlaps and glosses.
    items : sequence of str, optional
        Words and phrases of your own to cluster instead, written as queries: ``pelayan masyarakat``,
        ``lexeme:tugas``, ``layan*``, ``concept:akuntabilitas``.
    within : {"sentence", "paragraph", "document"}, optional
        The piece of text that has to name two items for them to count as together. If left out: documents where there
        are 50 or more, else sentences.
    min_count : int, optional
        To be clustered, an item must be named in at least so many of these pieces; if left out, 5 where there are 50 or
        more documents, else 1.
    max_items : int, optional
        How many items to cluster: those named in most units, ties by the alphabet. If left out, 60 terms, or all
        concepts or queries.
    resamples : int
        How many resamples, and how many null data sets (shuffled data, in which only chance brings concepts together);
        at least 20. With 99 or more, clusters are compared with the null. The time grows with the square of this
        number: 300 take seconds.
    seed : int
        Seed of the resampling. The clusters themselves do not depend on it.
    include_actors : bool
        Whether concepts of the group ``aktor``, or terms that name them, take part. They are frequent and draw other
        items into their clusters.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.

    Returns
    -------
    TermClusters
        Tables `terms`, `clusters`, `linkage`, `matrix`, `units`, `association`, and `attrs`. With nothing to cluster
        there are no clusters, and ``attrs["empty"]`` and a remark say why.

    Raises
    ------
    QueryError
        A parameter is not valid, there is no codebook to take items from, a query cannot be read, or `mentions` is not
        from this corpus.

    Notes
    -----
    Association compares the units that name both concepts with those expected from frequencies alone. It is pointwise
    mutual information, shrunk by half a unit and scaled to lie between -1 and 1. Linkage is average; of tied pairs, the
    alphabetically first is merged. Groups merge while the mean distance between their concepts is below 1, that is,
    while they are named together more often than expected from frequencies alone. This sets the number of clusters,
    without a tuned parameter. Clusters are numbered by falling size, then alphabet. Stability comes from a bootstrap
    and is compared with a null. `kit.topics.clusters` has a module for each. Where there are 50 or more documents,
    whole documents are resampled, else units. The order of documents changes nothing, and no digit depends on the
    processor.

    On one document a cluster shows which concepts its sentences list together, not a topic.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "Pelayanan publik cepat. Tata kelola akuntabel, transparan. "
    >>> text += "Pelayanan publik cepat. Akuntabel, transparan."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> found = kit.cluster_terms(corpus, kit.load_codebook(), resamples=20)
    >>> found.clusters[["terms", "sentence_no"]].to_numpy().tolist()
    [['akuntabilitas, good-governance, transparansi', '2, 4'], ['pelayanan-publik, responsivitas', '1, 3']]

    """
    _check(unit, within, min_count, max_items, resamples, seed)
    kept = int(stories(corpus).max(initial=-1)) + 1
    enough = kept >= DOCUMENTS_FOR_TOPICS
    used: Within = within or ("document" if enough else "sentence")
    least = min_count or (MINIMUM if enough else 1)
    words = vocabulary_of(corpus, codebook, unit, items, include_actors=include_actors, mentions=mentions)
    kind = unit if items is None else "query"
    units = unit_table(corpus, used)
    cells = _cells(words, units, used, corpus)
    chosen = _chosen(cells, least, max_items or (MOST_TERMS if kind == "term" else None))
    block = units["doc"].to_numpy(np.int64) if enough else np.arange(len(units), dtype=np.int64)
    found = _occurrences(cells, chosen, block)
    shared = shared_once(found)
    clusters = clusters_of(found) if len(chosen) >= FEWEST_CONCEPTS else []
    stable = stability(found, clusters, resamples=resamples, seed=seed) if clusters else _NO_CLUSTERS
    merges = linkage(distances(shared), SCALE)
    terms = terms_table(words.items, cells, chosen, least, clusters, merges)
    numbers = units["sentence_no"] if kept == 1 and used == "sentence" else None
    named: Named = "all" if enough else "passing" if kept > 1 else "none"
    listed = clusters_table(clusters, chosen, shared, cells, stable, named=named, sentence_no=numbers)
    facts: dict[str, Any] = {
        "items": kind,
        "unit": used,
        "unit_by": "caller" if within else "size",
        "resampled": "document" if enough else used,
        "enough_documents": enough,
        "minimum": least,
        "resamples": resamples,
        "seed": seed,
        "n_units": found.units,
        "tied_merges": int(merges["tied"].sum()),
        "empty": "" if clusters else _why_empty(len(units), shared),
    }
    more = {
        "documents": kept,
        "units_all": len(units),
        "blocks": found.blocks,
        "enough": enough,
        "needed": DOCUMENTS_FOR_TOPICS,
        "clusters": len(clusters),
        "passing": int(listed["passes_null"].sum()),
        "null_mean": stable.null_mean,
        "tested": resamples >= FEWEST_NULLS,
        "actors": words.actors,
        "overlaps": words.overlaps,
        **{status: int((terms["status"] == status).sum()) for status in ("beyond", "rare", "absent")},
        "copies": len(corpus) - kept,
    }
    version = "" if codebook is None else codebook.version
    said = {"variant": remark("clusters.variant"), "remarks": remarks({**facts, **more})}
    attrs = corpus.about(codebook=version, **said, **facts)
    mentioned = cells.groupby("unit").size().reindex(range(len(units)), fill_value=0).astype("int64")
    tables = {
        "terms": terms,
        "clusters": listed,
        "linkage": merges,
        "matrix": cells[["concept", "unit", "doc_id", "sentence", "mentions"]],
        "units": units.drop(columns="doc").assign(concepts=mentioned.to_numpy()),
        "association": association_table(shared, chosen, found.units),
    }
    for table in tables.values():
        table.attrs = dict(attrs)
    tables["clusters"].attrs["remarks"] = [*attrs["remarks"], remark("clusters.reasons")]
    tables["terms"].attrs["remarks"] = [*attrs["remarks"], remark("clusters.statuses")]
    return TermClusters(**tables, attrs=attrs)


_NONE = np.zeros(0)
_NO_CLUSTERS = Stability(_NONE, float("nan"), _NONE, shared=_NONE.astype(np.int64), shared_99=_NONE)


def _check(
    unit: str, within: str | None, min_count: int | None, max_items: int | None, resamples: int, seed: int
) -> None:
    """Refuse parameters that have no meaning."""
    place = "cluster_terms"
    if within is not None and within not in get_args(Within):
        raise QueryError(f"within = {within!r}", place=place, remedy="use one of " + ", ".join(get_args(Within)))
    if unit not in get_args(Unit):
        remedy = "use concept or term; words of your own go into items=[...]"
        raise QueryError(f"unit = {unit!r}", place=place, remedy=remedy)
    if min_count is not None:
        check_amount("min_count", min_count, 1, place=place, remedy="use a whole number from 1")
    if max_items is not None:
        check_amount("max_items", max_items, FEWEST_CONCEPTS, place=place, remedy="use a whole number from 2")
    remedy = f"use at least {FEWEST_RESAMPLES}; 300 or more for a figure"
    check_amount("resamples", resamples, FEWEST_RESAMPLES, place=place, remedy=remedy)
    check_amount("seed", seed, 0, place=place, remedy="use a whole number from 0")


def _cells(words: Vocabulary, units: pd.DataFrame, within: Within, corpus: AnyCorpus) -> pd.DataFrame:
    """Count the mentions of each item in each unit, by item and unit."""
    names = words.items["concept"].to_numpy(object)
    by_name = np.argsort(names, kind="stable")
    rank = np.empty(len(names), np.int64)
    rank[by_name] = np.arange(len(names))
    row = unit_of(words.mentions, units, within, corpus)
    kept = np.flatnonzero(row >= 0)
    place = rank[words.mentions["item"].to_numpy()[kept]] * len(units) + row[kept]
    order = np.argsort(place, kind="stable")
    place = place[order]
    heads = np.flatnonzero(np.diff(place, prepend=-1))
    counts = np.add.reduceat(~words.mentions["gloss"].to_numpy(bool)[kept[order]], heads, dtype=np.int64)
    item, unit = np.divmod(place[heads], max(len(units), 1))
    where = units[["doc_id", "sentence"]].take(unit).reset_index(drop=True)
    named = pd.array(names[by_name], dtype="str").take(item)
    return pd.DataFrame({"concept": named, "unit": unit, "mentions": counts}).assign(
        doc_id=where["doc_id"], sentence=where["sentence"]
    )


def _chosen(cells: pd.DataFrame, least: int, most: int | None) -> list[str]:
    """Return the items in enough units, and no more than allowed, in alphabetical order."""
    counts = cells["concept"].value_counts()
    enough = sorted((-int(count), str(name)) for name, count in counts.items() if count >= least)
    return sorted(name for _, name in enough[:most])


def _occurrences(cells: pd.DataFrame, chosen: list[str], block: Integers) -> Occurrences:
    """Give the chosen concepts numbers, and keep the units that name one."""
    concept = pd.Index(chosen, dtype="str").get_indexer(cells["concept"]).astype(np.int64)
    unit = cells["unit"].to_numpy(np.int64)
    return occurrences(unit[concept >= 0], concept[concept >= 0], block, len(chosen))


def _why_empty(units: int, shared: Integers) -> str:
    """Say why there are no clusters."""
    if not units:
        return "no-documents"
    if len(shared) < FEWEST_CONCEPTS:
        return "too-few-concepts"
    return "no-association" if shared.sum() > np.trace(shared) else "nothing-shared"
