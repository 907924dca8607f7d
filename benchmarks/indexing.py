"""Jobs from texts to counts: the index, and what its peers make of the same texts."""

from __future__ import annotations

import subprocess
from collections import Counter
from typing import Any

BLOCK = 1 << 16

Facts = dict[str, Any]


def warm_up() -> None:
    """Load the kernels, and their machine code."""
    from kit.index import counting, indexing

    enough = indexing.ENOUGH, counting.ENOUGH
    indexing.ENOUGH = counting.ENOUGH = 0
    counting.document_types(indexing.index_texts(["ASN melayani warga."]))
    indexing.ENOUGH, counting.ENOUGH = enough


def index(column: Any) -> Facts:
    """The full index: tokens, sentences, offsets, types, document x type matrix, document frequencies."""
    from kit.index.counting import document_frequencies, document_types
    from kit.index.indexing import index_texts

    found = index_texts(column)
    matrix = document_types(found)
    frequencies = document_frequencies(matrix)
    ends = types = 0
    for begin in range(0, len(found.surface), BLOCK):
        rows = slice(begin, begin + BLOCK)
        ends += int(found.end_of(rows).sum())
        types += int(found.type_of(rows).sum())
    return {
        "tokens": len(found.surface),
        "types": len(found.terms),
        "sentences": len(found.sentence_tokens) - 1,
        "nnz": matrix.nnz,
        "check": [ends, types, int(found.start.sum()), int(found.sentence_tokens.sum()), int(frequencies.sum())],
    }


def index_by_rule(texts: list[str]) -> Facts:
    """The same index by the rules as written, `re` and dictionaries."""
    from kit.index.counting import document_frequencies, document_types
    from kit.index.indexing import read_texts

    found = read_texts(texts)
    matrix = document_types(found)
    return {
        "tokens": len(found.surface),
        "types": len(found.terms),
        "sentences": len(found.sentence_tokens) - 1,
        "nnz": matrix.nnz,
        "check": [int(found.end.sum()), int(found.type.sum()), int(document_frequencies(matrix).sum())],
    }


def vectorizer(texts: list[str]) -> Facts:
    """`kit.Vectorizer` on a list of str."""
    from kit.measures.counts.vectorizer import Vectorizer

    matrix = Vectorizer().fit_transform(texts)
    return {"types": matrix.shape[1], "nnz": matrix.nnz}


def cleaned(texts: list[str]) -> Facts:
    """`kit.Corpus.from_frame` as users call it: furniture taken out, damage flagged."""
    return _corpus(texts, clean=True)


def as_given(texts: list[str]) -> Facts:
    """`kit.Corpus.from_frame` of texts that stay as they are; nobody asks what they are flagged for."""
    return _corpus(texts, clean=False, flags=False)


def as_given_flagged(texts: list[str]) -> Facts:
    """`kit.Corpus.from_frame` of texts that stay as they are, damage and languages flagged."""
    return _corpus(texts, clean=False)


def _corpus(texts: list[str], *, clean: bool, flags: bool = True) -> Facts:
    """Make a corpus of a table, and look at its flags."""
    import pandas as pd

    import kit

    frame = pd.DataFrame({"doc_id": [f"{row:08d}" for row in range(len(texts))], "text": texts})
    corpus = kit.Corpus.from_frame(frame, clean=clean)
    asked = {"flagged": len(corpus.flagged)} if flags else {}
    return {"tokens": len(corpus.index.surface), "removed": len(corpus.removed)} | asked


def count_vectorizer(texts: list[str]) -> Facts:
    """scikit-learn's CountVectorizer as it comes."""
    from sklearn.feature_extraction.text import CountVectorizer

    matrix = CountVectorizer().fit_transform(texts)
    return {"types": matrix.shape[1], "nnz": matrix.nnz}


def nltk_words(texts: list[str]) -> Facts:
    """NLTK's word tokenizer and FreqDist, and document frequencies."""
    from nltk import FreqDist
    from nltk.tokenize import NLTKWordTokenizer

    tokenize = NLTKWordTokenizer().tokenize
    terms, documents = FreqDist(), Counter()
    for text in texts:
        words = tokenize(text.lower())
        terms.update(words)
        documents.update(set(words))
    return {"tokens": terms.N(), "types": len(documents)}


def spacy_blank(texts: list[str]) -> Facts:
    """spaCy's blank Indonesian pipeline and Counters."""
    import spacy

    terms: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for document in spacy.blank("id").pipe(texts):
        words = [token.lower_ for token in document]
        terms.update(words)
        documents.update(set(words))
    return {"tokens": sum(terms.values()), "types": len(documents)}


def wc(texts: list[str]) -> Facts:
    """`wc -w`, which only counts words: near what the machine can do."""
    counted = subprocess.run(
        ["wc", "-w"], input="\n".join(texts).encode(), capture_output=True, check=True, env={"LC_ALL": "C"}
    )
    return {"tokens": int(counted.stdout)}
