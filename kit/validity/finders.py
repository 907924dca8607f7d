"""What the numbers of each kind of table count: its finder of the passages behind them, in one part of a corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.errors import QueryError
from kit.index.postings import postings
from kit.index.token_index import Int32, ranges
from kit.language.tokens import COUNTED
from kit.measures.association.collocations import reach_of
from kit.measures.concordance.queries import occurrences_of
from kit.measures.concordance.windows import contexts_of
from kit.measures.counts.numbering import types_by_item
from kit.measures.frequency.levels import lifted
from kit.measures.keyness.comparison import parts_of
from kit.topics.clusters.units import unit_of, unit_table

#: What a column of a table counts of its passages: some of `kit.corpus.samples.COUNTED`.
ROWS, MENTIONS, NAMES = "passages", "passages without glosses", "names"
SENTENCES, DOCUMENTS = "sentences", "documents"


class Behind(NamedTuple):
    """Passages behind a table: rows with key columns, those columns, and what each of the table's columns counts."""

    passages: pd.DataFrame
    by: list[str]
    counts: dict[str, str]


class Asked(NamedTuple):
    """A table, the call that made it, and the part of a corpus where its passages are to be found."""

    corpus: Corpus
    table: pd.DataFrame
    given: Mapping[str, Any]
    codebook: Codebook | None
    mentions: pd.DataFrame | None
    firsts: npt.NDArray[np.bool_] | None = None  # which documents copy none of the whole corpus; None: all are there

    @property
    def unit(self) -> str:
        """What was counted."""
        return str(self.given.get("unit", "form"))

    def item(self, *names: str) -> str:
        """Return the first of some columns that the table has."""
        for name in names:
            if name in self.table.columns:
                return name
        raise QueryError(f"the table has no column {names[0]!r}", place="find_passages", remedy="leave it in the table")

    def hits(self) -> pd.DataFrame:
        """Return the mentions that were counted."""
        if self.mentions is not None:
            return self.mentions
        if self.codebook is None:
            problem = "passages of concepts without a codebook"
            raise QueryError(problem, place="find_passages", remedy="pass codebook=, the one the table was counted by")
        return find_mentions(self.corpus, self.codebook)


def _at(corpus: Corpus, first: Int32, last: Int32, **columns: Any) -> pd.DataFrame:
    """Make passages of the first and last tokens of each."""
    index = corpus.index
    doc = np.searchsorted(index.document_tokens, first, side="right") - 1
    table = {
        "doc_id": pd.array(corpus.sizes["doc_id"].to_numpy(object)[doc], dtype="str"),
        "doc": doc,
        "sentence": np.searchsorted(index.sentence_tokens, first, side="right") - 1,
        "start": index.start[first],
        "end": index.end_of(last),
    }
    return pd.DataFrame({**table, **columns, "gloss": np.zeros(len(first), bool)})


def _words(asked: Asked, column: str, *, parts: bool = False) -> pd.DataFrame:
    """Find every running word that is one of the table's forms or lexemes, or has one as a part between hyphens."""
    items = pd.Index(asked.table[column].unique())
    stream = postings(asked.corpus.index)
    if parts:
        types = asked.corpus.types
        forms = types["form"].where(types["kind"].isin(COUNTED), "").map(parts_of).explode()
        number = items.get_indexer(pd.Index(forms))
        kind, item = forms.index.to_numpy()[number >= 0], number[number >= 0]
        counts = np.bincount(kind, minlength=len(types))
        place = np.repeat(np.arange(len(stream.type)), counts[stream.type])
        item = item[ranges((np.cumsum(counts) - counts)[stream.type], np.cumsum(counts)[stream.type])]
    else:
        of_type = types_by_item(asked.corpus, asked.unit, items)
        found = of_type[stream.type] if len(stream.type) else np.zeros(0, np.int32)
        place = np.flatnonzero(found >= 0)
        item = found[place]
    token = stream.token[place]
    return _at(asked.corpus, token, token, **{column: items[item].array})


def _counted(asked: Asked, *names: str, counts: dict[str, str]) -> Behind:
    """Find words, or mentions where concepts or patterns were counted."""
    if asked.unit in ("form", "lexeme"):
        column = asked.item(*names)
        return Behind(_words(asked, column), [column], counts)
    hits = counted_passages(asked.hits(), names=asked.unit == "pattern").assign(is_name=False)
    if "pattern" in asked.table.columns:
        return Behind(hits, ["concept", "pattern"], counts)
    column = asked.item("concept", *names)
    named = hits["concept"] if asked.unit == "concept" else hits["concept"] + ": " + hits["pattern"]
    return Behind(hits.assign(**{column: named}), [column], counts)


def _terms(asked: Asked) -> Behind:
    """Behind frequencies and dispersion of forms, lexemes or concepts."""
    return _counted(asked, "term", "item", counts={"count": ROWS, "documents": DOCUMENTS})


def _keys(asked: Asked) -> Behind:
    """Behind the target's side of a comparison."""
    counts = {"count_target": ROWS, "documents_target": DOCUMENTS}
    if asked.unit == "form" and asked.given.get("reference", {}).get("name") == "general_indonesian":
        return Behind(_words(asked, "item", parts=True), ["item"], counts)
    return _counted(asked, "item", counts=counts)


def _concepts(asked: Asked) -> Behind:
    """Behind frequencies of concepts or patterns."""
    by = [name for name in ("concept", "pattern") if name in asked.table.columns]
    counts = {"documents": DOCUMENTS, "sentences": SENTENCES, "hits": ROWS, "mentions": MENTIONS, "names": NAMES}
    names = asked.given.get("names", "apart")
    hits = asked.hits() if names == "apart" else counted_passages(asked.hits(), glosses=True, names=names == "in")
    if asked.given.get("within") is not None and asked.mentions is None:
        remedy = "pass mentions=kit.find_mentions(corpus, codebook, within=…), of the passages it was counted in"
        raise QueryError("a table counted within passages does not keep them", place="find_passages", remedy=remedy)
    if "level" in asked.table.columns and asked.codebook is not None:
        hits = lifted(hits.assign(is_name=False) if names == "in" else hits, asked.codebook)
    return Behind(hits.assign(is_name=False) if names == "in" else hits, by, counts)


def _compared(asked: Asked) -> Behind:
    """Behind groups beside each other: what was counted in each, and the bare names beside it."""
    unit = str(asked.given.get("unit", "concept"))
    if unit in ("form", "lexeme"):
        return _terms(asked)
    names = asked.given.get("names", "apart")
    hits = counted_passages(asked.hits(), names=names != "out")
    hits = hits.assign(is_name=False) if names == "in" else hits
    named = hits["concept"] if unit == "concept" else hits["concept"] + ": " + hits["pattern"]
    counts = {"count": MENTIONS, "names": NAMES, "documents": DOCUMENTS}
    return Behind(hits.assign(item=named), ["item"], counts)


def _collocates(asked: Asked) -> Behind:
    """Behind collocates: the words that stand near the node."""
    given = asked.given
    many = "node" in asked.table.columns
    there = asked.table["node"].unique().tolist() if many else [given.get("node")]
    nodes = there or list(given.get("node", []))  # a table without rows has no passages, of all nodes
    context = given.get("context", (5, 5))
    reach = reach_of(tuple(context) if isinstance(context, list) else context)
    crossing = bool(given.get("cross_sentences", False))
    way = given.get("count") or ("sentences" if context == "sentence" else "tokens")
    words = _words(asked, "collocate")
    codebook = asked.codebook if {"codebook", "mentions"} & set(given) else None
    token_of = postings(asked.corpus.index).token
    tables = []
    for node in nodes:
        if not isinstance(node, str):
            remedy = "look up the node by its name"
            raise QueryError("the node was given as rows", place="find_passages", remedy=remedy)
        first, last = occurrences_of(asked.corpus, node, codebook=codebook, mentions=asked.mentions)
        contexts = contexts_of(asked.corpus.index, first, last, *reach, cross_sentences=crossing)
        near = ranges(contexts.begin, contexts.stop)
        near = near if way == "pairs" else np.unique(near)
        token = token_of[near]
        here = _at(asked.corpus, token, token)
        named = here.merge(words[["doc", "start", "collocate"]], on=["doc", "start"])
        tables.append(named.assign(node=node) if many else named)
    counts = {"o11": SENTENCES if way == "sentences" else ROWS, "documents": DOCUMENTS}
    return Behind(pd.concat(tables, ignore_index=True), (["node"] if many else []) + ["collocate"], counts)


def _edges(asked: Asked) -> Behind:
    """Behind the edges of a network: the mentions of both concepts in the sentences they share."""
    found = _together(counted_passages(asked.hits()), asked.table[["source", "target"]], "sentence")
    return Behind(found, ["source", "target"], {"sentences": SENTENCES, "documents": DOCUMENTS})


def _pairs(asked: Asked) -> Behind:
    """Behind pairs of the vocabulary: the mentions of both in the units they share."""
    hits, within = _in_units(asked)
    found = _together(hits, asked.table[["concept_a", "concept_b"]], "unit")
    return Behind(found, ["concept_a", "concept_b"], {"both": _UNITS[within]} if within in _UNITS else {})


def _members(asked: Asked) -> Behind:
    """Behind the items of the vocabulary."""
    hits, within = _in_units(asked)
    return Behind(hits, ["concept"], {"units": _UNITS[within]} if within in _UNITS else {})


def _clusters(asked: Asked) -> Behind:
    """Behind clusters: the mentions of their members in the units that name two or more of them."""
    hits, within = _in_units(asked)
    rows = asked.table[["cluster", "terms"]].assign(concept=asked.table["terms"].str.split(", ")).explode("concept")
    found = hits.merge(rows[["cluster", "concept"]], on="concept")
    several = found.groupby(["cluster", "unit"])["concept"].transform("nunique") >= 2
    return Behind(found[several], ["cluster"], {"units": _UNITS[within]} if within in _UNITS else {})


_UNITS = {"sentence": SENTENCES, "document": DOCUMENTS}


def _in_units(asked: Asked) -> tuple[pd.DataFrame, str]:
    """Return the mentions of a vocabulary in the units of text it was clustered by, and what these are."""
    if asked.given.get("unit", "concept") != "concept" or asked.given.get("items") is not None:
        remedy = "cluster concepts, or look the words up with kit.concordance"
        raise QueryError("passages can be found for concepts only", place="find_passages", remedy=remedy)
    within = str(asked.table.attrs["unit"])
    hits = counted_passages(asked.hits(), glosses=True)
    unit = unit_of(hits, unit_table(asked.corpus, within, asked.firsts), within, asked.corpus)  # type: ignore[arg-type]
    return hits.assign(unit=unit)[unit >= 0], within


def _together(hits: pd.DataFrame, pairs: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return, for each pair, the hits of either concept in the units that name both."""
    one, other = pairs.columns
    named = hits[["concept", unit]].drop_duplicates()
    shared = pairs.drop_duplicates().merge(named, left_on=one, right_on="concept").drop(columns="concept")
    shared = shared.merge(named, left_on=[other, unit], right_on=["concept", unit]).drop(columns="concept")
    found = [hits.merge(shared, left_on=["concept", unit], right_on=[name, unit]) for name in (one, other)]
    return pd.concat(found, ignore_index=True)


def _topic_terms(asked: Asked) -> Behind:
    """Behind the terms of topics: where these words stand."""
    return Behind(
        asked.table[["topic", "term"]].drop_duplicates().merge(_words(asked, "term"), on="term"), ["topic", "term"], {}
    )


def _topic_passages(asked: Asked) -> Behind:
    """Behind topics: the passages that show them."""
    doc = pd.Index(asked.corpus.sizes["doc_id"]).get_indexer(asked.table["doc_id"])
    table, doc = asked.table[doc >= 0], doc[doc >= 0]
    sentences = asked.corpus.sentences
    width = np.int64(2**32)
    keys = sentences["doc"].to_numpy(np.int64) * width + sentences["start"].to_numpy(np.int64)
    sentence = np.searchsorted(keys, doc * width + table["start"].to_numpy(np.int64), side="right") - 1
    end = np.minimum(table["end"].to_numpy(np.int64), sentences["end"].to_numpy(np.int64)[sentence])
    return Behind(table.assign(doc=doc, sentence=sentence, end=end, gloss=False), ["topic"], {})


FINDERS: dict[tuple[str, str], Callable[[Asked], Behind]] = {
    ("term_frequencies", ""): _terms,
    ("dispersion", ""): _terms,
    ("reduced_frequencies", ""): _terms,
    ("frequency_intervals", ""): _terms,
    ("keyness", ""): _keys,
    ("compare", ""): _compared,
    ("concept_frequencies", ""): _concepts,
    ("pattern_frequencies", ""): _concepts,
    ("collocations", ""): _collocates,
    ("concept_network", "edges"): _edges,
    ("cluster_terms", "terms"): _members,
    ("cluster_terms", "association"): _pairs,
    ("cluster_terms", "clusters"): _clusters,
    ("fit_topics", "terms"): _topic_terms,
    ("fit_topics", "passages"): _topic_passages,
}
#: Finders of tables that may count by groups.
BY_GROUP = (_terms, _keys, _compared, _concepts)
#: Finders of tables that leave out documents that copy another.
BY_TEXT = (_members, _pairs, _clusters)
