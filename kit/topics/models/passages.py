"""The sentences that show a topic best, with their offsets."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.index.token_index import Int64, TokenIndex, ranges
from kit.topics.models.matrix import TopicMatrix
from kit.topics.models.solution import Floats

#: Passages of a topic, each from another document.
SHOWN = 3
#: Units of a topic, those with the largest weight, in which its passages are looked for.
CANDIDATES = 30
_WORDS = (6, 45)
_DIGITS = 6
_COLUMNS = {
    "topic": "int64",
    "rank": "int64",
    "doc_id": "str",
    "sentence": "int64",
    "start": "int64",
    "end": "int64",
    "weight": "float64",
    "text": "str",
}


def find_passages(
    corpus: Corpus, matrix: TopicMatrix, documents: Floats, terms: pd.DataFrame, shown: int = SHOWN
) -> pd.DataFrame:
    """Return the sentences of each topic's clearest units that hold most of its telling terms.

    The columns of `Topics.passages`. `weight` is the sum of the ranks' weights (1 for the first term, 1/2 for the
    second, and so on, each term once) over the root of the sentence's words; sentences have 6 to 45 words, unless
    the document has none of these.
    """
    index, sentences = corpus.index, corpus.sentences
    sentence_doc = sentences["doc"].to_numpy(np.int64)
    bounds = np.searchsorted(sentence_doc, np.arange(len(corpus) + 1))
    paragraph = sentences["paragraph"].to_numpy(np.int64)
    fitted = matrix.units[matrix.units["status"] == "fitted"]
    unit_doc = fitted["doc"].to_numpy(np.int64)
    unit_paragraph = fitted["paragraph"].fillna(-1).to_numpy(np.int64)
    names = list(index.forms) if matrix.unit == "form" else corpus.types["lexeme"].tolist()
    listed = pd.Index(sorted(set(terms["term"])), dtype=object)
    of_type = listed.get_indexer(pd.Index(names, dtype=object)).astype(np.int64)
    texts = corpus.documents["text"].tolist()
    doc_ids = corpus.documents["doc_id"].tolist()
    clearest = candidates(matrix, documents)
    rows: list[tuple[object, ...]] = []
    for topic in range(documents.shape[1]):
        own = terms[terms["topic"] == topic + 1]
        value = np.zeros(len(listed))
        value[listed.get_indexer(pd.Index(own["term"], dtype=object))] = 1 / own["rank"].to_numpy()
        inside = [
            [s for s in range(*bounds[unit_doc[unit] : unit_doc[unit] + 2].tolist())
             if unit_paragraph[unit] in (-1, paragraph[s])]
            for unit in clearest[topic].tolist()
        ]  # fmt: skip
        weights = _weights(index, of_type, value, np.array([s for rows in inside for s in rows], np.int64))
        found: list[tuple[float, int]] = []
        seen: set[int] = set()
        for unit, of_unit in zip(clearest[topic].tolist(), inside, strict=True):
            doc = int(unit_doc[unit])
            if doc in seen:
                continue
            best = _best([(s, weights[s]) for s in of_unit])
            if best is not None:
                seen.add(doc)
                found.append(best)
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        for rank, (weight, sentence) in enumerate(found[:shown], 1):
            doc = int(sentence_doc[sentence])
            start, end = int(sentences["start"].iloc[sentence]), int(sentences["end"].iloc[sentence])
            rows.append((topic + 1, rank, doc_ids[doc], sentence, start, end, weight, texts[doc][start:end]))
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def candidates(matrix: TopicMatrix, documents: Floats) -> list[npt.NDArray[np.intp]]:
    """Return, for each topic, the fitted units with the largest weight; of equals the longest, then the first."""
    sizes = matrix.units.loc[matrix.units["status"] == "fitted", "terms"].to_numpy(np.int64)
    return [np.lexsort((-sizes, -weight.round(_DIGITS)))[:CANDIDATES] for weight in documents.T]


def _weights(index: TokenIndex, of_type: Int64, value: Floats, sentences: Int64) -> dict[int, tuple[float, int]]:
    """Return how much of a topic is in each of some sentences, and its words; `of_type` numbers terms by name."""
    begin, stop = (index.sentence_tokens[sentences + step].astype(np.int64) for step in (0, 1))
    term = of_type[index.type_of(ranges(begin, stop))]
    row = np.repeat(np.arange(len(sentences)), stop - begin)
    once = np.unique((row * len(value) + term)[term >= 0])
    totals = np.bincount(once // max(len(value), 1), value[once % max(len(value), 1)], len(sentences)).tolist()
    scored = zip(sentences.tolist(), totals, (stop - begin).tolist(), strict=True)
    return {sentence: (round(total / max(words, 1) ** 0.5, _DIGITS), words) for sentence, total, words in scored}


def _best(scored: list[tuple[int, tuple[float, int]]]) -> tuple[float, int] | None:
    """Return weight and row of the best sentence of a unit."""
    fit = [pair for pair in scored if _WORDS[0] <= pair[1][1] <= _WORDS[1]] or scored
    if not fit:
        return None
    row, (weight, _) = max(fit, key=lambda pair: (pair[1][0], -pair[0]))
    return (weight, row) if weight > 0 else None
