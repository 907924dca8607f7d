"""Topics of documents or paragraphs, free or anchored to the concepts of a codebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import numpy as np
from threadpoolctl import threadpool_limits

from kit.codebook.codebook import Codebook
from kit.codebook.loading import load_codebook
from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.parts.freed import give_back
from kit.parts.summaries import AnyCorpus
from kit.settings import LANGUAGES
from kit.topics.models.anchors import Seeds, find_anchors, named_seeds
from kit.topics.models.choice import TopicChoice, number_of
from kit.topics.models.factors import solve_lda, solve_nmf
from kit.topics.models.gathered import matrix_of
from kit.topics.models.matrix import Names, TopicMatrix, Unit, Within, term_options
from kit.topics.models.points import Points
from kit.topics.models.result import Topics
from kit.topics.models.solution import Anchors, Model, Solution
from kit.topics.models.spherical import solve_spherical
from kit.topics.models.topic_tables import tables_of, topics_of, without_topics
from kit.wording.words import Remark, remark

#: Fitted units that a topic needs.
UNITS_A_TOPIC = 10
#: Documents that paragraphs have to come from.
DOCUMENTS = 10


@recorded(
    terms=["topic", "term"],
    documents=["doc_id", "paragraph", "topic"],
    topics=["topic"],
    seeds=["concept"],
    passages=["topic", "doc_id", "text"],
    units=["doc_id", "paragraph"],
    quality=["n_topics"],
)
def fit_topics(
    corpus: AnyCorpus,
    n_topics: int | None = None,
    *,
    choice: TopicChoice | None = None,
    seeds: Seeds | None = None,
    model: Model = "spherical",
    within: Within = "document",
    unit: Unit = "form",
    names: Names = "keep",
    stopwords: str = "core+discourse",
    min_count: int | None = None,
    max_share: float = 0.5,
    codebook: Codebook | None = None,
    seed: int = 0,
) -> Topics:
    """Find what documents are about: topics as distributions over terms, with the passages that show them.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        From a corpus in parts only the counts of terms are gathered; the topics are the same as for one corpus.
    n_topics : int, optional
        How many topics. If left out, the number that `choice` recommends, or, if it recommends none, the smallest that
        it compared.
    choice : TopicChoice, optional
        What `kit.compare_topics` returned for this corpus, these seeds and these options. All tables of the topics then
        say what it recommends and, if another number is fitted, that it is another.
    seeds : Codebook, sequence of str, or mapping of str to sequence of str, optional
        What topics are anchored to: a codebook, concepts of `codebook` by name, or words and phrases by concept. The
        other topics are free. From a codebook, the core concepts that most documents name are taken, at most half as
        many as there are topics, to leave room for what the codebook does not name.
    model : {"spherical", "nmf", "lda"}
        The default finds topics as directions in a latent semantic space and fits a mixture over terms from there. NMF
        starts from it; LDA knows no seeds and takes minutes where the others take seconds. See ``docs/topics.md``.
    within : {"document", "paragraph"}
        What topics are fitted to: the pieces of text in which terms stand together.
    unit : {"form", "lexeme"}
        What the terms are.
    names : {"keep", "drop"}
        Whether words that mostly stand with a capital inside sentences, abbreviations aside, are terms. Names of
        persons and places make topics of events; without them topics read as themes (``docs/topics.md``).
    stopwords : {"core+discourse", "core", "keep"}
        The list of stop words that are no terms; "keep" leaves none out.
    min_count : int, optional
        A term must be in at least so many documents (or paragraphs). If left out, one in a hundred, but at least 2 and
        at most 5.
    max_share : float
        The largest share of them that a term may be in.
    codebook : Codebook, optional
        The codebook that defines concepts asked for by name; the shipped one if left out.
    seed : int
        Seed of the random starts. It does not change the matrix, the space or the anchors.

    Returns
    -------
    Topics
        If there are fewer than ten units per topic (or paragraphs of fewer than ten documents), it has no topics, and a
        remark says how many units they need.

    Raises
    ------
    QueryError
        Fewer than two topics, or neither a number nor a choice; a choice from another call; an unknown model or option,
        or seeds that cannot be used.

    Notes
    -----
    Copies of a document are not fitted and have the weights of their original. An anchored topic learns its terms from
    units that name its concept only; others may join it where their terms fit it much better than any other topic.
    Patterns that count only beside other words are too broad to anchor. Anchoring costs coherence: concepts are named
    in texts on many subjects. ``docs/topics.md`` has the numbers.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> themes = ["Warga antre beras di pasar hari {}.", "Tim menang laga di stadion malam {}."]
    >>> words = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh belas puluh".split()
    >>> texts = [theme.format(word) for theme in themes for word in words]
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": [f"{i:02}" for i in range(24)], "text": texts}))
    >>> topics = fit_topics(corpus, 2, seeds={"pangan": ["beras"]})
    >>> topics, topics.topics.concept.tolist(), topics.topics.units.tolist()
    (<Topics: 2 topics of 24 units>, ['pangan', ''], [12, 12])
    >>> sorted(topics.terms.query("topic == 2 and rank <= 4").term)
    ['laga', 'malam', 'menang', 'stadion']

    """
    if model not in get_args(Model):
        raise QueryError(f"model = {model!r}", place="fit_topics", remedy="use one of " + ", ".join(get_args(Model)))
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise QueryError(f"seed = {seed!r}", place="fit_topics", remedy="give a whole number from 0 on")
    options: dict[str, Any] = {"within": within, "unit": unit, "names": names, "stopwords": stopwords}
    options |= {"min_count": min_count, "max_share": max_share}
    matrix = matrix_of(corpus, **options)
    of_terms = {name: value for name, value in options.items() if name != "within"}
    facts = {"unit": within, "model": model, "seeds": named_seeds(seeds, codebook)}
    compared = {**facts, "terms": term_options(matrix, of_terms), "fingerprint": corpus.fingerprint}
    n_topics, number = number_of(n_topics, choice, compared)
    anchors, asked = find_anchors(corpus, matrix, seeds, n_topics, codebook)
    remarks: list[Remark] = [] if number is None else [number]
    missing: Remark | None = None
    needed, there = UNITS_A_TOPIC * n_topics, matrix.counts.shape[0]
    documents = len(np.unique(matrix.doc))
    different = matrix.units[matrix.units["status"] != "copy"]
    solution = None
    if within == "paragraph" and documents < DOCUMENTS:
        missing = _too_few("document", n_topics, DOCUMENTS, different["doc"].nunique(), documents)
    elif there >= needed:
        solution = solve(matrix, n_topics, model=model, anchors=anchors, seed=int(seed))
        seldom = asked.loc[asked["status"].isin(["rare", "absent"]), "concept"].tolist()
        remarks += [remark("topics.unanchored", concepts=_names_of(seldom, seeds, codebook))] if seldom else []
        unused = asked.loc[asked["status"] == "unused", "concept"].tolist()
        remarks += [remark("topics.unused", concepts=_names_of(unused, seeds, codebook))] if unused else []
        remarks += [remark("topics.anchored")] if anchors.names else []
        if there < len(different):
            without = {"number": len(different) - there, "there": len(different)}
            remarks.append(remark("topics.without", noun=remark(f"nouns.many.{within}"), **without))
    else:
        missing = _too_few(within, n_topics, needed, len(different), there)
    attrs = corpus.about(
        **facts,
        number=number,
        variant=remark(f"topics.variant.{model}"),
        remarks=remarks if missing is None else [missing],
        missing=missing,
        seed=seed,
        n_topics=n_topics,
        count=unit,
        names=names,
        stopwords=stopwords,
        min_count=matrix.minimum,
        max_share=max_share,
        needed=needed,
    )
    solution = solution or without_topics(matrix)
    tables, units, weights = tables_of(corpus, matrix, solution, anchors, asked), matrix.units, solution.documents
    del matrix, anchors, solution  # of a large corpus they take as much as the table that is still to come
    give_back(at_once=True)
    return topics_of(tables, units, weights, attrs)


def _names_of(concepts: Sequence[str], seeds: Seeds | None, codebook: Codebook | None) -> dict[str, str]:
    """Name concepts by their labels, in both languages."""
    if isinstance(seeds, Mapping):
        return dict.fromkeys(LANGUAGES, "; ".join(concepts))
    book = seeds if isinstance(seeds, Codebook) else codebook or load_codebook()
    return book.called(concepts)


def _too_few(unit: str, n_topics: int, needed: int, there: int, fitted: int) -> Remark:
    """Say why there are no topics: how many units of different text they need, and how many there are."""
    facts = {"n_topics": n_topics, "needed": needed, "there": there, "noun": remark(f"nouns.many.{unit}")}
    if there < needed:
        return remark("topics.too_few", **facts)
    return remark("topics.too_few_fitted", fitted=fitted, **facts)


def solve(
    matrix: TopicMatrix,
    n_topics: int,
    *,
    model: Model = "spherical",
    anchors: Anchors | None = None,
    seed: int = 0,
    start: Solution | None = None,
    points: Points | None = None,
) -> Solution:
    """Fit topics to a matrix: arrays in, arrays out; the points of its units may be given, if they are known.

    BLAS works in one thread meanwhile, however many a session has: products of small blocks do not pay for more, which
    wait for each other, on a busy machine for several times the work. Results are the same with any number.
    """
    with threadpool_limits(1, user_api="blas"):
        return _solved(matrix, n_topics, model, anchors, seed, start, points)


def _solved(
    matrix: TopicMatrix,
    n_topics: int,
    model: Model,
    anchors: Anchors | None,
    seed: int,
    start: Solution | None,
    points: Points | None,
) -> Solution:
    """Fit topics by a model."""
    if model == "nmf":
        return solve_nmf(matrix, n_topics, anchors=anchors, seed=seed, start=start, points=points)
    if model == "lda":
        if anchors is not None and anchors.names:
            raise QueryError("model = 'lda' with seeds", remedy="anchor topics with model='spherical' or model='nmf'")
        return solve_lda(matrix, n_topics, seed=seed)
    if model != "spherical":
        raise QueryError(f"model = {model!r}", remedy="use one of " + ", ".join(get_args(Model)))
    return solve_spherical(matrix, n_topics, anchors=anchors, seed=seed, start=start, points=points)
