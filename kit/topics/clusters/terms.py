"""Clusters of the governance vocabulary: concepts that are named together."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.topics.clusters.agglomeration import linkage
from kit.topics.clusters.association import SCALE, distances, pairs_by_block, shared_units
from kit.topics.clusters.occurrences import Integers, Occurrences, occurrences
from kit.topics.clusters.remarks import REASONS, STATUSES, VARIANT, remarks
from kit.topics.clusters.result import TermClusters
from kit.topics.clusters.stability import Stability, clusters_of, stability
from kit.topics.clusters.tables import association_table, clusters_table, terms_table
from kit.topics.clusters.units import Unit, unit_of, unit_table

#: The group of the shipped codebook whose concepts are actors, not governance vocabulary.
ACTORS = "aktor"
#: From this many documents on, documents are units and clusters may be called topics. In simulated corpora with three
#: planted themes of six concepts (a document is on a theme with p = .25 and then names each of its concepts with .7,
#: otherwise with .03), 97 % of the themes were found again and passed the null at 50 documents, 53 % at 30, 31 % at 20.
DOCUMENTS_FOR_TOPICS = 50
#: Units a concept must be named in, where documents are many: below it, one shared unit more or less moves a cluster.
MINIMUM = 5
#: Fewer resamples cannot show that 95 % of null data stay below a bound.
FEWEST_RESAMPLES = 20
FEWEST_CONCEPTS = 2
_MENTION_COLUMNS = ("doc", "sentence", "concept", "gloss")


def cluster_terms(
    corpus: Corpus,
    codebook: Codebook,
    *,
    unit: Unit | None = None,
    minimum: int | None = None,
    resamples: int = 300,
    seed: int = 0,
    include_actors: bool = False,
    mentions: pd.DataFrame | None = None,
) -> TermClusters:
    """Cluster the concepts of a codebook by the units of text that name them together.

    Parameters
    ----------
    corpus : Corpus
        Documents that copy another are left out.
    codebook : Codebook
    unit : {"sentence", "paragraph", "document"}, optional
        What counts as together. If left out: documents where there are 50 or more, else sentences.
    minimum : int, optional
        Units a concept must be named in to be clustered; if left out, 5 where there are 50 or more documents, else 1.
    resamples : int
        How many resamples, and how many null data sets; at least 20. The time grows with its square: 300 take seconds.
    seed : int
        Of the resampling. The clusters themselves involve no chance.
    include_actors : bool
        Whether concepts of the group ``aktor`` take part. They are frequent and pull others to themselves.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; found afresh if left out.

    Returns
    -------
    TermClusters
        Tables `terms`, `clusters`, `linkage`, `matrix`, `units`, `association`, and `attrs`. With nothing to cluster
        there are no clusters, and ``attrs["empty"]`` and a remark say why.

    Raises
    ------
    QueryError
        A parameter has no meaning, or `mentions` is not of this corpus.

    Notes
    -----
    Association: units that name both concepts against those expected from frequencies alone, shrunk by half a unit.
    Linkage: average, of tied pairs the alphabetically first. Number of clusters: groups merge while the mean distance
    between their concepts is below 1, that is, while they are named together more often than frequencies alone would
    have it; the rule has no tuned parameter. Clusters are numbered by falling size, then alphabet. Stability: bootstrap
    beside a null. `kit.topics.clusters` has a module for each. Where there are 50 or more documents, whole documents
    are resampled, else units. The order of documents changes nothing, and no digit depends on the processor.

    On one document a cluster shows which concepts its sentences list together, not a topic.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "Layanan harus cepat. Tata kelola akuntabel dan transparan. Layanan cepat. Akuntabel dan transparan."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> found = kit.cluster_terms(corpus, kit.load_codebook(), resamples=20)
    >>> found.clusters[["terms", "sentence_no"]].to_numpy().tolist()
    [['akuntabilitas, good-governance, transparansi', '2, 4'], ['pelayanan-publik, responsivitas', '1, 3']]

    """
    _check(unit, minimum, resamples, seed)
    kept = int((corpus.documents["copy_of"] == "").sum())
    enough = kept >= DOCUMENTS_FOR_TOPICS
    used: Unit = unit or ("document" if enough else "sentence")
    least = minimum or (MINIMUM if enough else 1)
    units = unit_table(corpus, used)
    concepts = _concepts(codebook, include_actors=include_actors)
    cells = _cells(find_mentions(corpus, codebook) if mentions is None else mentions, units, used, corpus)
    cells = cells[cells["concept"].isin(concepts["concept"])].reset_index(drop=True)
    counts = cells["concept"].value_counts()
    chosen = sorted(str(name) for name in counts.index[counts >= least])
    block = units["doc"].to_numpy(np.int64) if enough else np.arange(len(units), dtype=np.int64)
    found = _occurrences(cells, chosen, block)
    shared = shared_units(pairs_by_block(found), np.ones((1, found.blocks), np.int64))[0]
    clusters = clusters_of(found) if len(chosen) >= FEWEST_CONCEPTS else []
    stable = stability(found, clusters, resamples=resamples, seed=seed) if clusters else _NO_CLUSTERS
    merges = linkage(distances(shared), SCALE)
    terms = terms_table(concepts, cells, chosen, clusters, merges)
    numbers = units["sentence_no"] if kept == 1 and used == "sentence" else None
    listed = clusters_table(clusters, chosen, shared, cells, stable, named=enough, sentence_no=numbers)
    facts: dict[str, Any] = {
        "unit": used,
        "unit_by": "caller" if unit else "size",
        "resampled": "document" if enough else used,
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
        "null_95": stable.null_95,
        "actors": len(codebook.concepts) - len(concepts),
        "rare": int((terms["status"] == "rare").sum()),
        "absent": int((terms["status"] == "absent").sum()),
        "copies": len(corpus) - kept,
    }
    attrs = corpus.about(codebook=codebook.version, variant=VARIANT, remarks=remarks({**facts, **more}), **facts)
    named = cells.groupby("unit").size().reindex(range(len(units)), fill_value=0).astype("int64")
    tables = {
        "terms": terms,
        "clusters": listed,
        "linkage": merges,
        "matrix": cells[["concept", "unit", "doc_id", "sentence", "mentions"]],
        "units": units.drop(columns="doc").assign(concepts=named.to_numpy()),
        "association": association_table(shared, chosen, found.units),
    }
    for table in tables.values():
        table.attrs = dict(attrs)
    tables["clusters"].attrs["remarks"] = [*attrs["remarks"], REASONS]
    tables["terms"].attrs["remarks"] = [*attrs["remarks"], STATUSES]
    return TermClusters(**tables, attrs=attrs)


_NO_CLUSTERS = Stability(observed=np.zeros(0), null_mean=float("nan"), null_95=float("nan"))


def _check(unit: str | None, minimum: int | None, resamples: int, seed: int) -> None:
    """Refuse parameters that have no meaning."""
    if unit is not None and unit not in get_args(Unit):
        raise QueryError(f"unit = {unit!r}", place="cluster_terms", remedy="use one of " + ", ".join(get_args(Unit)))
    if minimum is not None and minimum < 1:
        raise QueryError(f"minimum = {minimum}", place="cluster_terms", remedy="use a whole number from 1")
    if resamples < FEWEST_RESAMPLES:
        remedy = f"use at least {FEWEST_RESAMPLES}; 300 or more for a figure"
        raise QueryError(f"resamples = {resamples}", place="cluster_terms", remedy=remedy)
    if seed < 0:
        raise QueryError(f"seed = {seed}", place="cluster_terms", remedy="use a whole number from 0")


def _concepts(codebook: Codebook, *, include_actors: bool) -> pd.DataFrame:
    """List the concepts that take part, in the codebook's order."""
    concepts = codebook.concepts[["concept", "parent", "label_id", "label_en"]]
    parent = dict(zip(concepts["concept"], concepts["parent"], strict=True))

    def acts(name: str) -> bool:
        while name in parent:
            name = parent[name]
        return name == ACTORS

    keep = [include_actors or not acts(name) for name in concepts["concept"]]
    return concepts[keep].reset_index(drop=True)


def _cells(mentions: pd.DataFrame, units: pd.DataFrame, unit: Unit, corpus: Corpus) -> pd.DataFrame:
    """Count the mentions of each concept in each unit, by concept and unit."""
    absent = [column for column in _MENTION_COLUMNS if column not in mentions.columns]
    if absent:
        raise QueryError(f"mentions have no column {absent[0]!r}", remedy="pass what kit.find_mentions returned")
    sentences = len(corpus.index.sentence_tokens) - 1
    if len(mentions) and not (mentions["doc"].max() < len(corpus) and mentions["sentence"].max() < sentences):
        raise QueryError("mentions point beyond this corpus", remedy="find them in the corpus they are passed with")
    row = unit_of(mentions, units, unit, corpus)
    placed = pd.DataFrame(
        {"concept": mentions["concept"].astype("str"), "unit": row, "mentions": (~mentions["gloss"]).astype("int64")}
    )
    cells = placed[row >= 0].groupby(["concept", "unit"], sort=True)["mentions"].sum().reset_index()
    cells = cells.astype({"concept": "str", "unit": "int64", "mentions": "int64"})
    where = units.iloc[cells["unit"].to_numpy()].reset_index(drop=True)
    return cells.assign(doc_id=where["doc_id"], sentence=where["sentence"])


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
