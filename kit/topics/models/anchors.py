"""Concepts that topics are anchored to: where they are named, by which terms, and which are named too seldom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kit.codebook.codebook import CONCEPT_COLUMNS, PATTERN_COLUMNS, Codebook
from kit.codebook.found import mentions_in
from kit.codebook.loading import load_codebook
from kit.codebook.validation import check
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.corpus.stories.stories import originals
from kit.errors import QueryError
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.topics.models.matrix import TopicMatrix
from kit.topics.models.solution import Anchors
from kit.topics.models.sums import running

#: What topics can be anchored to: a codebook, some of its concepts, or words of one's own for each concept.
Seeds: TypeAlias = Codebook | Sequence[str] | Mapping[str, Sequence[str]]

#: Fitted units that have to name a concept before a topic is anchored to it.
ENOUGH = 5
_LISTED = 10
_COLUMNS = {"concept": "str", "status": "str", "topic": "Int64", "documents": "int64", "terms": "str"}


def find_anchors(
    corpus: AnyCorpus, matrix: TopicMatrix, seeds: Seeds | None, n_topics: int, codebook: Codebook | None = None
) -> tuple[Anchors, pd.DataFrame]:
    """Find the concepts of a codebook in the units of a matrix.

    Of a whole codebook the core concepts are asked for (all, if it marks none as core), and the most frequent of them
    are anchored, at most half as many as topics: what the codebook does not name needs room. Concepts asked for by
    name are all anchored.

    Of the concepts that are anchored, most documents first, then by name.
    `concept`, `status` (str: ``anchored``; ``unused``, with less documents than those anchored; ``rare``, named
    in fewer than 5 fitted units; ``absent``), `topic` (Int64, missing so far), `documents` (int64; that name it,
    copies once), `terms` (str; the patterns that it is named by, phrases whole, most frequent first, at most ten).

    A pattern that counts only beside other words (``requires``: *cepat* for responsiveness) is too broad to anchor;
    what it requires of the document as a whole (``per 80 words:``) does not make it so.
    """
    if seeds is None:
        return _none(matrix), pd.DataFrame({name: [] for name in _COLUMNS}).astype(_COLUMNS)
    book, wanted, most = _asked(seeds, codebook, n_topics)
    own, terms = originals(corpus) == np.arange(len(corpus)), pd.Index(matrix.terms, dtype="str")
    found: _Named = reduce(corpus, _named, _join_named, book, wanted, terms, matrix.unit, cut=[own])
    fitted = np.append(matrix.units["row"].where(matrix.units["status"] == "fitted", -1).to_numpy(np.int64), -1)
    row = fitted[_unit_of(corpus, matrix, found)]
    kept = row >= 0
    mentions = sparse.coo_matrix(
        (np.ones(int(kept.sum())), (row[kept], found.concept[kept])), shape=(matrix.counts.shape[0], len(wanted))
    ).tocsr()
    units = np.bincount(mentions.indices, minlength=len(wanted))
    documents, (alone, inside), patterns = found.documents, found.terms, found.patterns
    total = running(matrix.counts).astype(np.int64)
    of_concept = (alone > 0) | ((inside > 0) & (2 * inside >= total))
    order = sorted(range(len(wanted)), key=lambda place: (-documents[place], wanted[place]))
    enough = [place for place in order if units[place] >= ENOUGH]
    anchored = enough[:most]
    status = dict.fromkeys(enough, "unused") | dict.fromkeys(anchored, "anchored")
    rows = anchored + [place for place in order if place not in anchored]
    table = pd.DataFrame(
        {
            "concept": [wanted[place] for place in rows],
            "status": [status.get(place, "rare" if documents[place] else "absent") for place in rows],
            "topic": pd.array([pd.NA] * len(rows), "Int64"),
            "documents": documents[rows],
            "terms": [_listed(patterns, wanted[place]) for place in rows],
        }
    ).astype(_COLUMNS)
    names = tuple(wanted[place] for place in anchored)
    labels = tuple(book.concepts.set_index("concept").loc[list(names), "label_id"])
    return Anchors(names, mentions[:, anchored].tocsr(), of_concept[anchored], labels), table


def check_seeds(seeds: object) -> None:
    """Refuse what topics cannot be anchored to."""
    if isinstance(seeds, str) or not isinstance(seeds, (Codebook, Mapping, Sequence)):
        raise QueryError(f"seeds = {seeds!r}", remedy="pass a codebook, a list of its concepts, or words by concept")


def named_seeds(seeds: Seeds | None, codebook: Codebook | None) -> Any:
    """Return what can be compared and printed of seeds."""
    if seeds is None:
        return None
    check_seeds(seeds)
    if isinstance(seeds, Codebook):
        return seeds.version
    if isinstance(seeds, Mapping):
        listed = {name: isinstance(words, Collection) and not isinstance(words, str) for name, words in seeds.items()}
        return {str(name): list(words) if listed[name] else words for name, words in seeds.items()}
    return {"concepts": [str(name) for name in seeds], "codebook": (codebook or load_codebook()).version}


def _none(matrix: TopicMatrix) -> Anchors:
    """Return no anchors."""
    units, terms = matrix.counts.shape
    return Anchors((), sparse.csr_matrix((units, 0)), np.zeros((0, terms), bool))


def _asked(seeds: Seeds, codebook: Codebook | None, n_topics: int) -> tuple[Codebook, list[str], int]:
    """Return the codebook, the concepts asked for, and how many of them may be anchored."""
    if isinstance(seeds, Codebook):
        concepts = seeds.concepts
        core = concepts[concepts["core"] == "yes"] if (concepts["core"] == "yes").any() else concepts
        return seeds, core["concept"].tolist(), n_topics // 2
    check_seeds(seeds)
    book = _book_of(seeds) if isinstance(seeds, Mapping) else (codebook or load_codebook())
    wanted = [str(name) for name in seeds]
    known = set(book.concepts["concept"])
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise QueryError(f"no concept {unknown[0]!r}", place=f"codebook {book.name}", remedy="see codebook.concepts")
    if len(set(wanted)) < len(wanted):
        raise QueryError("a concept stands twice in the seeds", remedy="name each once")
    if len(wanted) > n_topics:
        raise QueryError(f"{len(wanted)} seeds for {n_topics} topics", remedy="ask for as many topics as seeds or more")
    return book, wanted, n_topics


def _book_of(words: Mapping[str, Sequence[str]]) -> Codebook:
    """Make a codebook of words and phrases by concept."""
    rows = []
    for concept, entries in words.items():
        if isinstance(entries, str) or not isinstance(entries, Collection) or not len(entries):
            raise QueryError(f"no list of words for {concept!r}", place="seeds", remedy="give each concept a list")
        rows += [(str(concept), str(entry), _kind(str(entry))) for entry in entries]
    patterns = pd.DataFrame(rows, columns=["concept", "pattern", "kind"])
    patterns = patterns.assign(language="id", enabled="yes", is_name="no").reindex(
        columns=PATTERN_COLUMNS, fill_value=""
    )
    names = [str(concept) for concept in words]
    concepts = pd.DataFrame({"concept": names, "label_id": names, "label_en": names, "core": "yes"})
    concepts = concepts.assign(parent="seeds", definition=names)
    concepts = concepts.reindex(columns=CONCEPT_COLUMNS, fill_value="")
    faults, rules = check(concepts.astype("str"), patterns.astype("str"))
    if faults:
        raise QueryError(faults[0].problem, place="seeds", remedy=faults[0].remedy)
    return Codebook("seeds", concepts.astype("str"), patterns.astype("str"), rules)


def _kind(entry: str) -> str:
    """Return the kind of pattern that a word or phrase of one's own is."""
    if any(mark in entry for mark in "*?"):
        return "glob"
    return "form" if entry.isalnum() else "phrase"


def _unit_of(corpus: AnyCorpus, matrix: TopicMatrix, found: _Named) -> npt.NDArray[np.intp]:
    """Return the row of `matrix.units` that each mention stands in; -1 if there is none."""
    if matrix.within == "document" or not isinstance(corpus, Corpus):
        return np.asarray(pd.Index(matrix.units["doc"]).get_indexer(found.doc), np.intp)
    paragraph = corpus.sentences["paragraph"].to_numpy(np.int64)[found.sentence]
    keys = matrix.units["doc"].to_numpy(np.int64) * 2**32 + matrix.units["paragraph"].to_numpy(np.int64)
    return np.asarray(pd.Index(keys).get_indexer(found.doc.astype(np.int64) * 2**32 + paragraph), np.intp)


def _telling(book: Codebook, found: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which mentions are of patterns that say what they say without other words beside them."""
    broad = book.patterns.loc[[not rule.stands_alone for rule in book.rules], ["concept", "pattern"]]
    names = pd.MultiIndex.from_frame(found[["concept", "pattern"]])
    return ~np.asarray(names.isin(pd.MultiIndex.from_frame(broad)), bool)


class _Named(NamedTuple):
    """Where concepts are named, as numbers, and by what.

    Attributes
    ----------
    doc, sentence, concept : int32 arrays, one per mention
        Rows in the whole corpus, and of the concept among those asked for.
    documents : int64 array, one per concept
        That name it, copies once.
    terms : int64 array, 2 × concepts × terms
        Telling mentions by a term alone, and places of a term inside any mention, copies once.
    patterns : Series of int64
        Mentions by concept and pattern, copies once.

    """

    doc: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.int32]
    concept: npt.NDArray[np.int32]
    documents: npt.NDArray[np.int64]
    terms: npt.NDArray[np.int64]
    patterns: pd.Series


def _named(
    part: Part, book: Codebook, wanted: list[str], terms: pd.Index, count: str, own: npt.NDArray[np.bool_]
) -> _Named:
    """Find where some concepts are named in a part."""
    found = mentions_in(part, book)
    every = counted_passages(found[found["concept"].isin(wanted)]).reset_index(drop=True)
    telling = _telling(book, every)
    owner = pd.Index(wanted, dtype="str").get_indexer(every["concept"]).astype(np.int32)
    once = own[every["doc"].to_numpy()]
    inside = _terms(part.corpus, terms, count, owner[once], every[once], telling[once], len(wanted))
    found, concept, original = every[telling].reset_index(drop=True), owner[telling], once[telling]
    first, whole = found[original], part.out(found[["doc", "sentence"]])
    documents = np.bincount(concept[original][~first.duplicated(["concept", "doc"]).to_numpy()], minlength=len(wanted))
    return _Named(
        whole["doc"].to_numpy(np.int32),
        whole["sentence"].to_numpy(np.int32),
        concept,
        documents.astype(np.int64),
        inside,
        first.groupby(["concept", "pattern"]).size(),
    )


def _join_named(parts: Sequence[_Named]) -> _Named:
    """Put the mentions of several parts behind each other, and add up what is counted of them."""
    doc, sentence, concept, documents, terms, patterns = zip(*parts, strict=True)
    hits = pd.concat(patterns).groupby(level=["concept", "pattern"]).sum()
    rows, sentences, concepts = (np.concatenate(column) for column in (doc, sentence, concept))
    return _Named(rows, sentences, concepts, np.sum(documents, axis=0), np.sum(terms, axis=0), hits)


def _terms(
    corpus: Corpus,
    terms: pd.Index,
    count: str,
    owner: npt.NDArray[np.int32],
    found: pd.DataFrame,
    telling: npt.NDArray[np.bool_],
    concepts: int,
) -> npt.NDArray[np.int64]:
    """Count, for each concept, the telling terms that name it alone, and all terms that stand in its mentions."""
    index = corpus.index
    keys = index.token_document.astype(np.int64) * 2**32 + index.start
    doc = found["doc"].to_numpy(np.int64) * 2**32
    first = np.searchsorted(keys, doc + found["start"].to_numpy()).astype(np.int64)
    sizes = np.searchsorted(keys, doc + found["end"].to_numpy()) - first
    mention = np.repeat(np.arange(len(found)), sizes)
    word = index.type_of(np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(len(mention)))
    names = pd.Index(index.forms if count == "form" else corpus.types["lexeme"], dtype="str")
    column = np.where(word >= 0, terms.get_indexer(names)[word], -1)
    alone = (telling & (sizes == 1))[mention]
    counts = np.zeros((2, concepts, len(terms)), np.int64)
    for row, kept in enumerate((alone & (column >= 0), column >= 0)):
        np.add.at(counts[row], (owner[mention][kept], column[kept]), 1)
    return counts


def _listed(patterns: pd.Series, concept: str) -> str:
    """Name the patterns that a concept is most often named by."""
    if concept not in patterns.index.get_level_values("concept"):
        return ""
    own = patterns[concept].reset_index(name="hits").sort_values(["hits", "pattern"], ascending=[False, True])
    return ", ".join(own["pattern"].head(_LISTED))
