"""Which concepts are named in the same sentences: a network, with what stands in lists counted apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.codebook.mentions import check_mentions
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.errors import QueryError
from kit.index.token_index import Int64, ranges
from kit.measures.association.formulas import MEASURES
from kit.measures.association.graphml import graphml
from kit.measures.association.lists import join_lists, lists_in, numbered
from kit.measures.concordance.windows import places_at
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce
from kit.wording.words import remark

#: Measures of an edge that have the same value from either end.
_SYMMETRIC = [name for name in MEASURES if not name.startswith("delta_p")]
#: What is counted of each concept.
_NODE = ("mentions", "sentences", "list_sentences", "documents")


@dataclass(frozen=True, eq=False)
class ConceptNetwork:
    """Concepts, and the sentences they share.

    Attributes
    ----------
    nodes : DataFrame, one row per concept, in the codebook's order; zeros included
        `concept`, `parent`, `label_id`, `label_en` (str), `mentions`, `sentences`, `list_sentences` (int64; sentences
        with a list that names it), `documents`, `neighbours` (int64; edges it has).
    edges : DataFrame, one row per pair of concepts that share a sentence
        `source`, `target` (str; the first stands earlier in the codebook), `sentences` (int64; that name both),
        `list_sentences` (int64; of these, those where both are members of one list), `other_sentences` (int64; the
        rest), `documents` (int64), `source_sentences`, `target_sentences`, `all_sentences` (int64; sentences with a
        word or number), `expected` (float64), then the symmetric measures of `kit.collocations` on
        o11 = `sentences`, r1 = `source_sentences`, c1 = `target_sentences`, n = `all_sentences`. Sorted by falling
        `sentences`, then in the codebook's order.
    lists : DataFrame, one row per mention in a list
        From `kit.find_lists`: the passages behind `list_sentences`.
    attrs : dict
        The facts that a reader needs; the tables carry them too.

    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    lists: pd.DataFrame
    attrs: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Say how large the network is."""
        named = int((self.nodes["sentences"] > 0).sum())
        return (
            f"<ConceptNetwork: {named} concepts named, {len(self.edges)} edges, {self.lists['list'].nunique()} lists>"
        )

    def to_graphml(self, *, language: Literal["en", "id"] = "en") -> str:
        """Return the network as GraphML (undirected), for Gephi, Cytoscape, igraph or networkx.

        Parameters
        ----------
        language : {"en", "id"}
            Language of `label`.

        Returns
        -------
        str
            Nodes and edges with the columns of the tables, a `label` for each node, and the shared sentences as
            `weight` of each edge; empty values are left out. Names are escaped, and characters that XML cannot hold
            are replaced by U+FFFD.

        """
        return graphml(self.nodes, self.edges, id_column="concept", language=language, weight="sentences")

    def to_edge_list(self) -> str:
        """Return the edges as comma-separated text with a heading, one per line.

        Returns
        -------
        str
            `source`, `target`, `sentences`, `list_sentences`, `other_sentences`, `documents`; quoted as RFC 4180 says,
            lines ended by a line feed.

        """
        text = io.StringIO()
        columns = ["source", "target", "sentences", "list_sentences", "other_sentences", "documents"]
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(self.edges[columns].itertuples(index=False, name=None))
        return text.getvalue()


@recorded(nodes=["concept"], edges=["source", "target"], lists=["list", "concept", "start"])
def concept_network(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    mentions: pd.DataFrame | None = None,
    list_size: int = 3,
    min_count: int = 1,
) -> ConceptNetwork:
    """Connect the concepts that are named in the same sentences.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out. Neither glosses nor names
        count.
    list_size : int
        How many concepts in coordination make a list (see `kit.find_lists`).
    min_count : int
        Least number of shared sentences of an edge.

    Returns
    -------
    ConceptNetwork

    Raises
    ------
    QueryError
        `min_count` is below 1 or `list_size` below 2.

    Notes
    -----
    A list of k concepts makes k(k - 1)/2 edges out of one phrase, so `list_sentences` are counted apart. A sentence
    counts once for a pair, however often it names the two. Hits that share words (*good and clean governance* is a hit
    of two concepts) share their sentence.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "Dana dikelola secara efektif, efisien, dan transparan. ASN bekerja efektif. Warga menunggu ASN."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> network = concept_network(corpus, kit.load_codebook())
    >>> print(network.to_edge_list())
    source,target,sentences,list_sentences,other_sentences,documents
    transparansi,efektivitas,1,1,0,1
    transparansi,efisiensi,1,1,0,1
    efektivitas,efisiensi,1,1,0,1
    efektivitas,aktor-asn,1,0,1,1
    aktor-asn,aktor-warga,1,0,1,1
    <BLANKLINE>

    """
    if min_count < 1:
        raise QueryError(f"min_count = {min_count}", remedy="use 1 or more")
    if list_size < 2:
        raise QueryError(f"list_size = {list_size}", remedy="use 2 or more")
    given = check_mentions(corpus, mentions, codebook, ("sentence", "start", "end", "concept", "gloss"))
    given = None if given is None else given.reset_index(drop=True)
    shared: _Shared = reduce(corpus, _shared, _join, codebook, list_size, cut=[given])
    lists = numbered(shared.lists, as_given=given is not None)
    lists.attrs = corpus.about(unit="mention", codebook=codebook.version)
    concepts = codebook.concepts[["concept", "parent", "label_id", "label_en"]].reset_index(drop=True)
    nodes = concepts.assign(**dict(zip(_NODE, shared.nodes, strict=True)))
    edges = _edges(nodes, shared, min_count)
    nodes["neighbours"] = _counted(pd.Index(concepts["concept"]), pd.concat([edges["source"], edges["target"]]))
    remarks = [remark("network.few_sentences")] if len(edges) else [remark("network.none")]
    wordless = int(catalogue_of(corpus)["sentences"].sum()) - shared.with_words
    remarks += [remark("network.wordless", n=wordless)] if len(edges) and wordless else []
    attrs = corpus.about(unit="sentence", codebook=codebook.version, remarks=remarks, list_size=list_size)
    for table in (nodes, edges):
        table.attrs = dict(attrs)
    return ConceptNetwork(nodes, edges, lists, attrs)


class _Shared(NamedTuple):
    """What a part knows of the network; no sentence or document is in two parts, so that counts add up.

    `nodes` has a row for each of `_NODE`, with a value for each concept; `pairs` rows for shared sentences, those of
    lists, and documents, with a value for each pair (smaller · concepts + larger).
    """

    nodes: Int64
    pairs: Int64
    with_words: int
    lists: pd.DataFrame


def _shared(part: Part, codebook: Codebook, list_size: int, mentions: pd.DataFrame | None) -> _Shared:
    """Count what the concepts of a part share."""
    found = mentions_in(part, codebook, mentions)
    lists = lists_in(part.corpus, found, list_size)
    names = pd.Index(codebook.concepts["concept"])
    size = len(names)
    shown = counted_passages(found)
    shown = shown[shown["concept"].isin(names)]
    kept = lists[lists["concept"].isin(names)]
    once = shown.drop_duplicates(["sentence", "concept"])
    pairs = _pairs(once["sentence"], names.get_indexer(once["concept"]), size)
    in_lists = _pairs(kept["list"], names.get_indexer(kept["concept"]), size)
    listed = in_lists.assign(unit=_sentence_of(kept, in_lists["unit"])).drop_duplicates()
    index = part.corpus.index
    document = np.searchsorted(index.document_tokens, index.sentence_tokens[pairs["unit"]], side="right")
    together = pd.DataFrame({"document": document, "pair": pairs["pair"]}).drop_duplicates()
    nodes = (
        shown["concept"],
        once["concept"],
        kept.drop_duplicates(["sentence", "concept"])["concept"],
        shown.drop_duplicates(["doc", "concept"])["concept"],
    )
    return _Shared(
        np.stack([_counted(names, values) for values in nodes]),
        np.stack([np.bincount(table["pair"], minlength=size**2) for table in (pairs, listed, together)]),
        _with_words(part.corpus),
        part.out(lists),
    )


def _join(parts: Sequence[_Shared]) -> _Shared:
    """Add up what several parts know."""
    nodes, pairs, with_words, lists = zip(*parts, strict=True)
    return _Shared(np.sum(nodes, axis=0), np.sum(pairs, axis=0), sum(with_words), join_lists(lists))


def _counted(names: pd.Index, values: Iterable[str]) -> Int64:
    """Count how often each name occurs."""
    return np.bincount(names.get_indexer(pd.Index(values)), minlength=len(names)).astype(np.int64)


def _pairs(unit: pd.Series, concept: npt.NDArray[np.intp], concepts: int) -> pd.DataFrame:
    """Return the pairs of different concepts of each unit (`unit`, `pair` = smaller · concepts + larger), once each."""
    table = pd.DataFrame({"unit": unit.to_numpy(np.int64), "concept": concept}).drop_duplicates()
    table = table.sort_values(["unit", "concept"], ignore_index=True)
    units, numbers = table["unit"].to_numpy(), table["concept"].to_numpy(np.int64)
    rows = np.arange(len(table), dtype=np.int64)
    stop = np.searchsorted(units, units, side="right").astype(np.int64)
    smaller = np.repeat(rows, stop - rows - 1)
    larger = ranges(rows + 1, stop)
    return pd.DataFrame({"unit": units[smaller], "pair": numbers[smaller] * concepts + numbers[larger]})


def _sentence_of(lists: pd.DataFrame, number: pd.Series) -> Int64:
    """Return the sentence that each list stands in."""
    first = lists.drop_duplicates("list").set_index("list")["sentence"]
    return np.asarray(first.reindex(number), np.int64)


def _with_words(corpus: Corpus) -> int:
    """Count the sentences with a word or number: one that is only marks can name nothing."""
    index = corpus.index
    return int((np.diff(places_at(index, index.sentence_tokens)) > 0).sum())


def _edges(nodes: pd.DataFrame, shared: _Shared, min_count: int) -> pd.DataFrame:
    """Measure the pairs that share sentences."""
    names = nodes["concept"].to_numpy(object)
    size = len(names)
    counts = shared.pairs[0]
    pair = np.flatnonzero(counts >= min_count)
    pair = pair[np.argsort(-counts[pair], kind="stable")]
    sentences, in_lists, documents = shared.pairs[:, pair]
    named = nodes["sentences"].to_numpy(np.int64)
    source, target = pair // max(size, 1), pair % max(size, 1)
    total = np.full(len(pair), shared.with_words, np.int64)
    table = [np.asarray(part, np.float64) for part in (sentences, named[source], named[target], total)]
    return pd.DataFrame(
        {
            "source": pd.array(names[source], dtype="str"),
            "target": pd.array(names[target], dtype="str"),
            "sentences": sentences.astype(np.int64),
            "list_sentences": in_lists.astype(np.int64),
            "other_sentences": (sentences - in_lists).astype(np.int64),
            "documents": documents.astype(np.int64),
            "source_sentences": named[source],
            "target_sentences": named[target],
            "all_sentences": total,
            "expected": table[1] * table[2] / np.maximum(table[3], 1),
            **{name: MEASURES[name](*table) for name in _SYMMETRIC},
        }
    )
