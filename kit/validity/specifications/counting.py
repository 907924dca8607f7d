"""How often each document names each concept, under every choice of what counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.codebook.variants import by_lexeme, without_context
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.language.tokens import COUNTED

Integers = npt.NDArray[np.int64]

#: The choices and their options; the first is what the kit does if nothing else is asked for.
CHOICES: dict[str, tuple[str, ...]] = {
    "unit": ("form", "lexeme"),
    "context": ("on", "off"),
    "overlap": ("concept", "group", "codebook"),
    "names": ("apart", "in"),
    "polarity": ("both", "positive"),
    "furniture": ("removed", "kept"),
    "copies": ("all", "once"),
    "stop_words": ("kept", "dropped"),
}
_READINGS: dict[str, Callable[[Codebook], Codebook]] = {
    "form": lambda codebook: codebook,
    "lexeme": by_lexeme,
    "on": lambda codebook: codebook,
    "off": without_context,
}
Part = TypeVar("Part")
_NEGATIVE = "negative"


@dataclass(frozen=True)
class Tally:
    """What each document holds under each choice.

    Attributes
    ----------
    counts : int64 array, an axis for each of unit, context, overlap, names, polarity and furniture, then documents ×
        concepts
        Mentions.
    words : int64 array, furniture × stop words × documents
        Words and numbers.

    """

    counts: Integers
    words: Integers


def tally(corpus: Corpus, codebook: Codebook, chosen: Mapping[str, Sequence[str]]) -> Tally:
    """Count the mentions and words of each document under all choices."""
    texts = [corpus] + ([_furniture(corpus)] if "kept" in chosen["furniture"] else [])
    ids = corpus.documents["doc_id"]
    counted = list(CHOICES)[: list(CHOICES).index("copies")]
    reading, passing = counted[:3], counted[3:]
    counts = []
    books = [
        _READINGS[context](_READINGS[unit](codebook))
        for unit, context in product(*(chosen[name] for name in reading[:2]))
    ]
    for read, overlap in product(books, chosen[reading[2]]):
        found = [find_mentions(text, read, overlap=overlap) for text in texts]  # type: ignore[arg-type]
        for names, polarity, furniture in product(*(chosen[name] for name in passing)):
            parts = [_by_document(_passed(one, names, polarity), ids, codebook) for one in _some(found, furniture)]
            counts.append(np.sum(parts, axis=0))
    words = [
        np.sum([_words(text, ids, stop) for text in _some(texts, furniture)], axis=0)
        for furniture, stop in product(chosen["furniture"], chosen["stop_words"])
    ]
    shape = [len(chosen[name]) for name in counted]
    sizes = len(chosen["furniture"]), len(chosen["stop_words"]), len(ids)
    return Tally(np.reshape(counts, (*shape, len(ids), -1)), np.reshape(words, sizes))


def _furniture(corpus: Corpus) -> Corpus:
    """Return what cleaning took out of each document, as texts of their own."""
    removed = corpus.removed
    ids = corpus.documents["doc_id"].to_numpy(object)[removed["doc"].to_numpy(np.int64)]
    frame = pd.DataFrame({"doc_id": ids, "text": removed["text"].to_numpy(object)})
    texts = frame.groupby("doc_id", sort=True)["text"].agg("\n\n".join).reset_index()
    return Corpus.from_frame(texts.astype({"doc_id": "str", "text": "str"}), clean=False)


def _some(parts: Sequence[Part], furniture: str) -> Sequence[Part]:
    """Return what counts: of the bodies alone, or of what was taken out of them too."""
    return parts[:1] if furniture == "removed" else parts


def _passed(found: pd.DataFrame, names: str, polarity: str) -> pd.DataFrame:
    """Return the hits that count as mentions."""
    kept = counted_passages(found, names=names == "in")
    return kept[kept["polarity"] != _NEGATIVE] if polarity == "positive" else kept


def _by_document(found: pd.DataFrame, ids: pd.Series, codebook: Codebook) -> Integers:
    """Count hits: documents × concepts."""
    doc = pd.Index(ids).get_indexer(found["doc_id"])
    concept = pd.Index(codebook.concepts["concept"]).get_indexer(found["concept"])
    size = len(ids), len(codebook.concepts)
    return np.bincount(doc * size[1] + concept, minlength=size[0] * size[1]).reshape(size)


def _words(corpus: Corpus, ids: pd.Series, stop: str) -> Integers:
    """Count the words and numbers of each document, all or those that are no stop words."""
    types = corpus.types
    counts = types["kind"].isin(COUNTED).to_numpy(bool)
    if stop == "dropped":
        counts = counts & ~types["stopword"].to_numpy(bool)
    tokens = corpus.tokens
    own = np.bincount(tokens["doc"].to_numpy()[counts[tokens["type"].to_numpy()]], minlength=len(corpus))
    words = np.zeros(len(ids), np.int64)
    words[pd.Index(ids).get_indexer(corpus.documents["doc_id"])] = own
    return words
