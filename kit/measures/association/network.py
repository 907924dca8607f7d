"""Which concepts are named in the same sentences: a network, with what stands in lists counted apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import check_mentions, find_mentions
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.errors import QueryError
from kit.index.token_index import Int64, ranges
from kit.measures.association.formulas import MEASURES
from kit.measures.association.graphml import graphml
from kit.measures.association.lists import find_lists
from kit.measures.concordance.windows import places_at
from kit.wording.words import remark

#: Measures of an edge that have the same value from either end.
_SYMMETRIC = [name for name in MEASURES if not name.startswith("delta_p")]


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
    corpus: Corpus,
    codebook: Codebook,
    *,
    mentions: pd.DataFrame | None = None,
    list_size: int = 3,
    min_count: int = 1,
) -> ConceptNetwork:
    """Connect the concepts that are named in the same sentences.

    Parameters
    ----------
    corpus : Corpus
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
    given = check_mentions(corpus, mentions, codebook, ("sentence", "start", "end", "concept", "gloss"))
    found = find_mentions(corpus, codebook) if given is None else given
    lists = find_lists(corpus, codebook, mentions=found, size=list_size)
    concepts = codebook.concepts[["concept", "parent", "label_id", "label_en"]].reset_index(drop=True)
    names = pd.Index(concepts["concept"])
    shown = counted_passages(found)
    shown = shown[shown["concept"].isin(names)]
    kept = lists[lists["concept"].isin(names)]
    once = shown.drop_duplicates(["sentence", "concept"])
    pairs = _pairs(once["sentence"], names.get_indexer(once["concept"]), len(names))
    in_lists = _pairs(kept["list"], names.get_indexer(kept["concept"]), len(names))
    listed_pairs = in_lists.assign(unit=_sentence_of(kept, in_lists["unit"])).drop_duplicates()
    nodes = concepts.assign(
        mentions=_counted(names, shown["concept"]),
        sentences=_counted(names, once["concept"]),
        list_sentences=_counted(names, kept.drop_duplicates(["sentence", "concept"])["concept"]),
        documents=_counted(names, shown.drop_duplicates(["doc", "concept"])["concept"]),
    )
    edges = _edges(corpus, nodes, pairs, listed_pairs, min_count)
    both = pd.concat([edges["source"], edges["target"]])
    nodes["neighbours"] = _counted(names, both)
    remarks = [remark("network.few_sentences")] if len(edges) else [remark("network.none")]
    wordless = len(corpus.sentences) - _with_words(corpus)
    remarks += [remark("network.wordless", n=wordless)] if len(edges) and wordless else []
    attrs = corpus.about(unit="sentence", codebook=codebook.version, remarks=remarks, list_size=list_size)
    for table in (nodes, edges):
        table.attrs = dict(attrs)
    return ConceptNetwork(nodes, edges, lists, attrs)


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


def _edges(
    corpus: Corpus, nodes: pd.DataFrame, pairs: pd.DataFrame, listed: pd.DataFrame, min_count: int
) -> pd.DataFrame:
    """Count shared sentences by pair, and measure them."""
    names = nodes["concept"].to_numpy(object)
    size = len(names)
    counts = np.bincount(pairs["pair"], minlength=size**2)
    pair = np.flatnonzero(counts >= min_count)
    pair = pair[np.argsort(-counts[pair], kind="stable")]
    sentences, in_lists = counts[pair], np.bincount(listed["pair"], minlength=size**2)[pair]
    index = corpus.index
    document = np.searchsorted(index.document_tokens, index.sentence_tokens[pairs["unit"]], side="right")
    together = pd.DataFrame({"document": document, "pair": pairs["pair"]}).drop_duplicates()
    named = nodes["sentences"].to_numpy(np.int64)
    source, target = pair // max(size, 1), pair % max(size, 1)
    total = np.full(len(pair), _with_words(corpus), np.int64)
    table = [np.asarray(part, np.float64) for part in (sentences, named[source], named[target], total)]
    return pd.DataFrame(
        {
            "source": pd.array(names[source], dtype="str"),
            "target": pd.array(names[target], dtype="str"),
            "sentences": sentences.astype(np.int64),
            "list_sentences": in_lists.astype(np.int64),
            "other_sentences": (sentences - in_lists).astype(np.int64),
            "documents": np.bincount(together["pair"], minlength=size**2)[pair].astype(np.int64),
            "source_sentences": named[source],
            "target_sentences": named[target],
            "all_sentences": total,
            "expected": table[1] * table[2] / np.maximum(table[3], 1),
            **{name: MEASURES[name](*table) for name in _SYMMETRIC},
        }
    )
