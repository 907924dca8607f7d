"""NLTK, run on the kit's own words: frequencies, bigrams in a window, concordance lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import nltk
import pandas as pd
from nltk.collocations import BigramCollocationFinder
from nltk.metrics.association import BigramAssocMeasures
from nltk.text import Text, TextCollection
from rows import Row, corpora, corpus_of, documents, sentences
from scipy.stats import hypergeom

import kit
from kit.measures.association import formulas
from kit.measures.counts import contingency
from kit.measures.keyness.significance import fisher_p

PEER = "nltk " + nltk.__version__

TERMS = ("warga", "melayani", "dan", "publik")
PAIRS = (("melayani", "warga"), ("pelayanan", "publik"), ("asn", "harus"), ("warga", "dan"))
WINDOWS = (2, 5)
#: NLTK's name, the kit's column and card, the kit's formula.
MEASURES: dict[str, tuple[str, Callable[..., object]]] = {
    "pmi": ("pmi", formulas.pmi),
    "student_t": ("t_score", formulas.t_score),
    "likelihood_ratio": ("g2", contingency.g2_4cell),
    "chi_sq": ("chi2", contingency.chi2),
    "dice": ("dice", formulas.dice),
    "jaccard": ("jaccard", formulas.jaccard),
}
#: Totals of published examples: Manning & Schütze 1999 (5.3, 5.4), Dunning 1993.
TABLES = (
    (8, 15828, 4675, 14307668),
    (20, 42, 20, 14307668),
    (59, 67, 65, 571007),
    (110, 2552, 221, 31777),
    (8, 13, 32, 31777),
)
TOTALS = (
    "other totals: NLTK divides the pairs by (window - 1) and takes the words' plain frequencies and all words; the "
    "kit takes pairs, and of each word only those of its places that have room for a partner in the sentence"
)


def rows() -> list[Row]:
    """Compare."""
    corpus = corpora()["layanan"]
    return [*_frequencies(corpus), *_tables(), *_bigrams(corpus), *_runs_on(corpus), *_repeated(), *_lines(corpus)]


def _frequencies(corpus: kit.Corpus) -> list[Row]:
    """Counts, rates, document frequency, idf, pairs of neighbours."""
    texts = documents(corpus)
    flat = nltk.FreqDist(word for words in texts.values() for word in words)
    by_text = nltk.ConditionalFreqDist((name, word) for name, words in texts.items() for word in words)
    idf = TextCollection(list(texts.values()))
    table = kit.term_frequencies(corpus).set_index("term")
    spread = kit.dispersion(corpus, measures=["idf"]).set_index("term")
    found = []
    for term in TERMS:
        own, example = table.loc[term], f"layanan: {term}"
        number = float(sum(by_text[name][term] > 0 for name in texts))
        found += [
            Row(PEER, "FreqDist count", "count", example, float(own["count"]), float(flat[term])),
            Row(PEER, "FreqDist.freq × 1,000,000", "per_million", example, own["per_million"], flat.freq(term) * 1e6),
            Row(PEER, "ConditionalFreqDist, texts with a count", "documents", example, float(own["documents"]), number),
            Row(
                PEER,
                "TextCollection.idf",
                "idf",
                example,
                float(spread.loc[term, "idf"]),
                idf.idf(term),
                by_rule=math.log(len(texts) / own["documents"]),
                why="base of the logarithm: e in NLTK, 2 in the kit",
            ),
        ]
    pairs = nltk.FreqDist(pair for words in sentences(corpus) for pair in nltk.bigrams(words))
    own = kit.ngram_frequencies(corpus, n=2, marks="cross").set_index("term")["count"]
    marks = kit.ngram_frequencies(corpus, n=2).set_index("term")["count"]
    for pair in (("pelayanan", "publik"), ("warga", "kata")):
        term = " ".join(pair)
        label = f"layanan: {term}"
        crossing, number = float(own[term]), float(pairs[pair])
        found.append(Row(PEER, "bigrams of a sentence", "count", f"{label}, marks='cross'", crossing, number))
        found.append(
            Row(
                PEER,
                "bigrams of a sentence",
                "count",
                f"{label}, marks='break'",
                float(marks.get(term, 0)),
                number,
                by_rule=crossing,
                why="a comma between two words breaks the kit's n-gram; NLTK was given the words alone (marks='cross')",
            )
        )
    return found


def _tables() -> list[Row]:
    """Formulas on the same totals."""
    found = []
    for o11, r1, c1, n in TABLES:
        example = f"o11 = {o11}, r1 = {r1}, c1 = {c1}, n = {n}"
        for theirs, (card, formula) in MEASURES.items():
            number = getattr(BigramAssocMeasures, theirs)(o11, (r1, c1), n)
            # NLTK adds up cells of the size of n whose logarithms all but cancel: it loses the last digits.
            lost = n * 1e-15 if theirs == "likelihood_ratio" else 0.0
            found.append(Row(PEER, theirs, card, example, float(formula(o11, r1, c1, n)), number, tolerance=lost))
    found.append(
        Row(
            PEER,
            "fisher",
            "fisher_p",
            "o11 = 7, r1 = 9, c1 = 10, n = 19",
            fisher_p(7, 9, 10, 19).item(),
            float(BigramAssocMeasures.fisher(7, (9, 10), 19)),
            by_rule=float(hypergeom.cdf(7, 19, 9, 10)),
            why="one-sided in NLTK, and the side of repulsion (alternative='less'): attraction gives values near 1",
        )
    )
    return found


def finder(words: list[list[str]], window: int) -> BigramCollocationFinder:
    """Count pairs in a window that no sentence leaves: sentences are padded, which NLTK passes over."""
    padded = [word for sentence in words for word in [*sentence, *[None] * (window - 1)]]
    return BigramCollocationFinder.from_words(padded, window_size=window)


def _bigrams(corpus: kit.Corpus) -> list[Row]:
    """Pairs in a window, and the measures of each tool from its own totals."""
    words = sentences(corpus)
    frequency = Counter(word for sentence in words for word in sentence)
    n = sum(frequency.values())
    found = []
    for window in WINDOWS:
        theirs = finder(words, window)
        for node, collocate in PAIRS:
            table = kit.collocations(corpus, node, context=(0, window - 1), count="pairs").set_index("collocate")
            own, example = table.loc[collocate], f"layanan: {node} + {collocate}, window {window}"
            pairs = theirs.ngram_fd[(node, collocate)]
            found.append(Row(PEER, "ngram_fd", "o11", example, float(own["o11"]), float(pairs)))
            for name, (card, formula) in MEASURES.items():
                number = theirs.score_ngram(getattr(BigramAssocMeasures, name), node, collocate)
                rule = formula(pairs / (window - 1), frequency[collocate], frequency[node], n)
                found.append(Row(PEER, name, card, example, float(own[card]), number, by_rule=float(rule), why=TOTALS))
    return found


def _runs_on(corpus: kit.Corpus) -> list[Row]:
    """What NLTK counts when texts are run together, as Text.collocations does."""
    words = sentences(corpus)
    flat = [word for sentence in words for word in sentence]
    found = []
    for node, collocate, window in (("pelayanan", "publik", 2), ("melayani", "warga", 5)):
        own = kit.collocations(corpus, node, context=(0, window - 1), count="pairs").set_index("collocate")
        theirs = BigramCollocationFinder.from_words(flat, window_size=window).ngram_fd[(node, collocate)]
        after = [flat[place + 1 : place + window] for place, word in enumerate(flat) if word == node]
        found.append(
            Row(
                PEER,
                "ngram_fd, sentences run together",
                "o11",
                f"layanan: {node} + {collocate}, window {window}",
                float(own.loc[collocate, "o11"]),
                float(theirs),
                by_rule=float(sum(part.count(collocate) for part in after)),
                why="windows cross the ends of sentences and texts; the kit's never do unless asked",
            )
        )
    return found


def _repeated() -> list[Row]:
    """A word that meets itself in a window: a cell of NLTK's table falls below zero."""
    text = "Datang warga warga warga pulang"
    corpus = corpus_of(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    theirs = finder(sentences(corpus), 5)
    try:
        number: float | str = theirs.score_ngram(BigramAssocMeasures.likelihood_ratio, "warga", "warga")
    except ValueError:
        number = "ValueError"
    own = kit.collocations(corpus, "warga", context=(0, 4), count="pairs").set_index("collocate").loc["warga", "g2"]
    fourth = theirs.N - 2 * theirs.word_fd["warga"] + theirs.ngram_fd[("warga", "warga")] / 4
    return [
        Row(
            PEER,
            "likelihood_ratio",
            "g2",
            f"“{text}”: warga + warga, window 5",
            float(own),
            number,
            by_rule="ValueError" if fourth < 0 else None,
            why="pairs are divided by 4 and words are not, so that the fourth cell of NLTK's table is below zero",
        )
    ]


def _lines(corpus: kit.Corpus) -> list[Row]:
    """Lines of a concordance."""
    words = [word for sentence in sentences(corpus) for word in sentence]
    text = Text(words)
    found = []
    for query in ("melayani", "warga", "tata kelola", "pelayanan publik"):
        parts = query.split()
        theirs = len(text.concordance_list(parts if len(parts) > 1 else query, lines=10_000))
        inside = sum(words[place : place + len(parts)] == parts for place in range(len(words)))
        found.append(
            Row(
                PEER,
                "Text.concordance_list, lines",
                "count",
                f"layanan: {query}",
                float(len(kit.concordance(corpus, query))),
                float(theirs),
                by_rule=float(inside),
                why="given words alone, NLTK finds phrases across commas and ends of sentences; the kit does not",
            )
        )
    return found
