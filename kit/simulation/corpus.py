"""Corpora written by the kit itself, whose truth is known: to test measures, to teach, to plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.simulation.articles import SIMULATED, filled, paragraphs
from kit.simulation.draws import draw_counts
from kit.simulation.sentences import Sentences, sentences_for

#: The licence of simulated texts, which says what they are.
LICENCE = "Simulated text written by the governance-discourse kit; not a publication, no real event or person (MIT)"
OUTLETS = ("Simulasi A", "Simulasi B")
YEARS = (2021, 2022, 2023)
#: Median words of an article and sd of their logarithm.
WORDS, SPREAD = 233, 0.345  # benchmarks/dispersion.csv: news
_PER = 1_000

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Shift(NamedTuple):
    """A planted difference.

    Parameters
    ----------
    concept : str
    factor : float
        What its rate is multiplied by.
    outlet : str
        Where; everywhere if empty.
    since : int
        From which year on; from the first if 0.

    """

    concept: str
    factor: float
    outlet: str = ""
    since: int = 0


class Simulation(NamedTuple):
    """A simulated corpus and the truth about it.

    Parameters
    ----------
    corpus : Corpus
    truth : DataFrame
        As `simulate_corpus` describes it.

    """

    corpus: Corpus
    truth: pd.DataFrame


@recorded()
def simulate_corpus(
    codebook: Codebook,
    *,
    n_documents: int,
    seed: int,
    outlets: Sequence[str] = OUTLETS,
    years: Sequence[int] = YEARS,
    rates: float | Mapping[str, float] = 1.0,
    overdispersion: float | Mapping[str, float] = 2.0,
    copies: float = 0.0,
    shift: Iterable[Shift | tuple[object, ...]] = (),
) -> Simulation:
    """Write a corpus with known truth.

    Parameters
    ----------
    codebook : Codebook
    n_documents : int
    seed : int
        Seed of numpy's Generator(PCG64). The draws are, in this order: outlet, year, month, day and words of every
        document; counts concept by concept in the codebook's order; sentences document by document; last the copies.
    outlets : sequence of str
        Names of the outlets.
    years : sequence of int
    rates : float or mapping of concept to float
        Mentions per 1,000 words; a concept that a mapping leaves out is not mentioned.
    overdispersion : float or mapping of concept to float
        1 / k of the negative binomial: var(x) = mean + overdispersion · mean². 0 gives Poisson counts; in news most
        concepts have 3 to 100 (``benchmarks/dispersion.csv``). Concepts that a mapping leaves out have 2.
    copies : float
        Share of documents that repeat another document word by word, as wire copies do.
    shift : iterable of Shift
        Planted differences: (concept, factor, outlet, since).

    Returns
    -------
    corpus : Corpus
        Articles `sim-000000` and on, `title`, `date`, `outlet`, `source` and `licence` saying that they are simulated;
        no `url`, `author` or `place`.
    truth : DataFrame, one row per outlet, year and concept, in this order
        `outlet` (str), `year` (int64), `concept` (str), `per_1000` (float64: the rate of the process), `count`,
        `documents` (int64: mentions and documents planted, copies included, exactly what the kit must find), `words`
        (int64: words and numbers of the cell).

    Raises
    ------
    QueryError
        A number is not valid, or a concept cannot be simulated.
    CodebookError
        The codebook finds a concept in every sentence.

    Notes
    -----
    Each mention is one sentence that names the concept once and nothing else; sentences that name nothing fill the
    article up to the words drawn for it (log-normal, median 233). An article whose mentions alone need more words is
    longer than drawn, so with high rates the achieved rate is a little lower than `per_1000`; the counts are exact.

    Examples
    --------
    >>> import kit
    >>> codebook = kit.load_codebook()
    >>> more = Shift("melayani", 4, outlet="Simulasi B")
    >>> corpus, truth = simulate_corpus(codebook, n_documents=40, seed=1, shift=[more])
    >>> corpus.documents[["doc_id", "outlet", "url"]].iloc[0].tolist()
    ['sim-000000', 'Simulasi A', '']
    >>> found = kit.concept_frequencies(corpus, codebook).set_index("concept").mentions
    >>> planted = truth.groupby("concept")["count"].sum()
    >>> int(planted["melayani"]), int(found["melayani"])
    (24, 24)

    """
    if n_documents < 0 or not outlets or not years or not 0 <= copies < 1:
        raise QueryError(
            f"n_documents = {n_documents}, {len(outlets)} outlets, {len(years)} years, copies = {copies}",
            remedy="give no negative number, at least one outlet and year, and a share of copies below 1",
        )
    sentences = sentences_for(codebook)
    per_1000 = _per_concept(codebook, sentences, rates, 0.0, "rates")
    excess = _per_concept(codebook, sentences, overdispersion, 2.0, "overdispersion")
    shifts = [Shift(*change) for change in shift]
    _check_shifts(shifts, per_1000, outlets, years)
    generator = np.random.Generator(np.random.PCG64(seed))
    outlet = generator.integers(0, len(outlets), n_documents)
    year = generator.integers(0, len(years), n_documents)
    month, day = generator.integers(1, 13, n_documents), generator.integers(1, 29, n_documents)
    words = np.exp(generator.normal(np.log(WORDS), SPREAD, n_documents))
    cell = outlet * len(years) + year
    rate = _cell_rates(per_1000, shifts, outlets, years)
    counts = np.empty((n_documents, len(per_1000)), np.int64)
    for place, concept in enumerate(per_1000):
        size = 1 / excess[concept] if excess[concept] else np.inf
        counts[:, place] = draw_counts(generator, rate[cell, place] / _PER * words, size, (n_documents,))
    texts, achieved = _write(generator, sentences, list(per_1000), counts, words)
    for copy in range(n_documents - round(copies * n_documents), n_documents):
        original = int(generator.integers(0, copy)) if copy else 0
        texts[copy], counts[copy], achieved[copy] = texts[original], counts[original], achieved[original]
    frame = pd.DataFrame(
        {
            "doc_id": [f"sim-{number:06}" for number in range(n_documents)],
            "title": [f"Teks simulasi {number}" for number in range(n_documents)],
            "date": [f"{years[y]:04}-{m:02}-{d:02}" for y, m, d in zip(year, month, day, strict=True)],
            "outlet": [outlets[number] for number in outlet],
            "licence": LICENCE,
            "source": f"kit.simulate_corpus, seed {seed}",
            **SIMULATED,
            "text": texts,
        },
    ).astype("str")
    return Simulation(
        Corpus.from_frame(frame, clean=False), truth_table(list(per_1000), outlets, years, cell, rate, counts, achieved)
    )


def _per_concept(
    codebook: Codebook, sentences: Sentences, given: float | Mapping[str, float], default: float, name: str
) -> dict[str, float]:
    """Return a number for each concept of the codebook."""
    concepts = codebook.concepts["concept"].tolist()
    if not isinstance(given, Mapping):
        given = {concept: given for concept in concepts if name != "rates" or len(sentences.named[concept])}
    unknown = sorted(set(given) - set(concepts))
    if unknown:
        raise QueryError(f"{name}: no concept {unknown[0]!r}", remedy="name concepts as concepts.csv does")
    wrong = [concept for concept, number in given.items() if not 0 <= number < np.inf]
    if wrong:
        raise QueryError(f"{name} of {wrong[0]!r} is {given[wrong[0]]!r}", remedy="give a number from 0 on")
    silent = [concept for concept, number in given.items() if number and not len(sentences.named[concept])]
    if name == "rates" and silent:
        remedy = "set its rate to 0, or give it an enabled pattern that names no other concept"
        raise QueryError(f"no sentence names {silent[0]!r} and nothing else", remedy=remedy)
    return {concept: float(given.get(concept, default)) for concept in concepts}


def _check_shifts(
    shifts: Sequence[Shift], concepts: Mapping[str, float], outlets: Sequence[str], years: Sequence[int]
) -> None:
    """Refuse differences that change nothing."""
    for change in shifts:
        if change.concept not in concepts or not 0 <= change.factor < np.inf:
            raise QueryError(f"shift {tuple(change)!r}", remedy="name a concept and a factor from 0 on")
        if (change.outlet and change.outlet not in outlets) or change.since > max(years):
            raise QueryError(f"shift {tuple(change)!r} is in no outlet or year", remedy="use one that is simulated")


def _cell_rates(
    per_1000: Mapping[str, float], shifts: Sequence[Shift], outlets: Sequence[str], years: Sequence[int]
) -> Floats:
    """Return the rates of each cell (outlet, year), concepts in columns."""
    rate = np.tile(np.array(list(per_1000.values()), np.float64), (len(outlets) * len(years), 1))
    cells = [(outlet, year) for outlet in outlets for year in years]
    for change in shifts:
        rows = [change.outlet in ("", outlet) and year >= change.since for outlet, year in cells]
        rate[rows, list(per_1000).index(change.concept)] *= change.factor
    return rate


def _write(
    generator: np.random.Generator, sentences: Sentences, concepts: list[str], counts: Integers, words: Floats
) -> tuple[list[str], Integers]:
    """Write every document: a sentence per mention, fillers up to its words, in random order."""
    texts, achieved = [], np.zeros(len(counts), np.int64)
    for document, row in enumerate(counts):
        chosen = [
            generator.choice(sentences.named[concepts[place]], int(row[place]))
            for place in np.flatnonzero(row).tolist()
        ]
        mentions = np.concatenate(chosen).astype(np.int64) if chosen else np.zeros(0, np.int64)
        order = filled(generator, sentences.words, mentions, float(words[document]), sentences.fillers)
        achieved[document] = int(sentences.words[order].sum())
        texts.append("\n".join(paragraphs([sentences.texts[number] for number in order.tolist()])))
    return texts, achieved


def truth_table(
    concepts: list[str],
    outlets: Sequence[str],
    years: Sequence[int],
    cell: Integers,
    rate: Floats,
    counts: Integers,
    words: Integers,
) -> pd.DataFrame:
    """Return what was planted in each cell, as `simulate_corpus` describes it."""
    cells = len(outlets) * len(years)
    planted, holding = (np.zeros((cells, len(concepts)), np.int64) for _ in range(2))
    np.add.at(planted, cell, counts)
    np.add.at(holding, cell, (counts > 0).astype(np.int64))
    size = np.zeros(cells, np.int64)
    np.add.at(size, cell, words)
    return pd.DataFrame(
        {
            "outlet": pd.array(np.repeat(np.asarray(outlets, object), len(years) * len(concepts)), dtype="str"),
            "year": np.tile(np.repeat(np.asarray(years, np.int64), len(concepts)), len(outlets)),
            "concept": pd.array(concepts * cells, dtype="str"),
            "per_1000": rate.ravel(),
            "count": planted.ravel(),
            "documents": holding.ravel(),
            "words": np.repeat(size, len(concepts)),
        }
    )
