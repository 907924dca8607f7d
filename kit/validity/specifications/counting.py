"""How often each document names each concept, under every choice of what counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import mentions_of, source_of
from kit.codebook.variants import by_lexeme, without_context
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.language.tokens import COUNTED
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce

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
#: The choices that mentions are counted by; the others weigh documents or words.
COUNTING = list(CHOICES)[: list(CHOICES).index("copies")]
_READINGS: dict[str, Callable[[Codebook], Codebook]] = {
    "form": lambda codebook: codebook,
    "lexeme": by_lexeme,
    "on": lambda codebook: codebook,
    "off": without_context,
}
_NEGATIVE = "negative"


@dataclass(frozen=True)
class Tally:
    """What documents hold under each choice.

    Attributes
    ----------
    doc, concept, profile : int64 arrays, one row per document and concept that it mentions under any choice
        Rows of the corpus, of the codebook and of `profiles`.
    profiles : int64 array, distinct rows × crossings of unit, context, overlap, names, polarity and furniture
        Mentions.
    documents : int64 array, one per document
        Row of the corpus.
    words : int64 array, documents × furniture × stop words
        Words and numbers, in the order of `documents`.

    """

    doc: Integers
    concept: Integers
    profile: Integers
    profiles: Integers
    documents: Integers
    words: Integers


def tally(corpus: AnyCorpus, codebook: Codebook, chosen: Mapping[str, Sequence[str]]) -> Tally:
    """Count the mentions and words of each document under all choices; documents in the order of the corpus."""
    readings = product(*(chosen[name] for name in COUNTING[:2]))
    books = [_READINGS[context](_READINGS[unit](codebook)) for unit, context in readings]
    found: Tally = reduce(corpus, _tally, _join, dict(chosen), *books)
    order = np.argsort(found.documents)
    return replace(found, documents=found.documents[order], words=found.words[order])


def _tally(part: Part, chosen: Mapping[str, Sequence[str]], *books: Codebook) -> Tally:
    """Count in a part, by one codebook for each crossing of unit and context."""
    corpus, rows = part.corpus, part.numbers.rows
    texts = [corpus] + ([_furniture(corpus)] if "kept" in chosen["furniture"] else [])
    places = [pd.Index(corpus.stated("doc_id")).get_indexer(text.stated("doc_id")) for text in texts]
    cells = []
    for read, overlap in product(books, chosen["overlap"]):
        found = [mentions_of(source_of(text), read, overlap=overlap) for text in texts]  # type: ignore[arg-type]
        for names, polarity, furniture in product(*(chosen[name] for name in COUNTING[3:])):
            counted = (_passed(one, names, polarity) for one in found[_counted(furniture)])
            cells.append(np.concatenate([_pairs(*one, read) for one in zip(counted, places, strict=False)]))
    pairs = np.unique(np.concatenate(cells))
    counts = [np.bincount(np.searchsorted(pairs, cell), minlength=len(pairs)) for cell in cells]
    profiles, profile = np.unique(np.stack(counts, axis=1), axis=0, return_inverse=True)
    doc, concept = np.divmod(pairs, len(books[0].concepts))
    words = np.stack([_words(*one, len(rows), chosen["stop_words"]) for one in zip(texts, places, strict=True)])
    words = np.stack([words[_counted(furniture)].sum(axis=0) for furniture in chosen["furniture"]], axis=1)
    return Tally(rows[doc], concept, profile.ravel(), profiles, rows, words)


def _join(parts: Sequence[Tally]) -> Tally:
    """Join the counts of several parts."""
    doc, concept, documents, words = (
        np.concatenate([getattr(one, name) for one in parts]) for name in ("doc", "concept", "documents", "words")
    )
    profiles, place = np.unique(np.concatenate([one.profiles for one in parts]), axis=0, return_inverse=True)
    sizes = [len(one.profiles) for one in parts]
    places = np.split(place.ravel(), np.cumsum(sizes)[:-1])
    profile = np.concatenate([mine[one.profile] for mine, one in zip(places, parts, strict=True)])
    return Tally(doc, concept, profile, profiles, documents, words)


def _furniture(corpus: Corpus) -> Corpus:
    """Return what cleaning took out of each document, as texts of their own."""
    removed = corpus.removed
    ids = corpus.stated("doc_id").to_numpy(object)[removed["doc"].to_numpy(np.int64)]
    frame = pd.DataFrame({"doc_id": ids, "text": removed["text"].to_numpy(object)})
    texts = frame.groupby("doc_id", sort=True)["text"].agg("\n\n".join).reset_index()
    return Corpus.from_frame(texts.astype({"doc_id": "str", "text": "str"}), clean=False)


def _counted(furniture: str) -> slice:
    """Return which texts count: the bodies alone, or what was taken out of them too."""
    return slice(1) if furniture == "removed" else slice(2)


def _passed(found: pd.DataFrame, names: str, polarity: str) -> pd.DataFrame:
    """Return the hits that count as mentions."""
    kept = counted_passages(found, names=names == "in")
    return kept[kept["polarity"] != _NEGATIVE] if polarity == "positive" else kept


def _pairs(found: pd.DataFrame, places: Integers, codebook: Codebook) -> Integers:
    """Return a number for the document and concept of each hit, documents by their places in the part."""
    doc: Integers = places[found["doc"].to_numpy()].astype(np.int64)
    concept: Integers = pd.Index(codebook.concepts["concept"]).get_indexer(found["concept"]).astype(np.int64)
    return doc * len(codebook.concepts) + concept


def _words(corpus: Corpus, places: Integers, documents: int, stops: Sequence[str]) -> Integers:
    """Count the words and numbers of each document, all or those that are no stop words: documents × stop words."""
    types, tokens = corpus.types, corpus.tokens
    word = types["kind"].isin(COUNTED).to_numpy(bool)
    words = np.zeros((documents, len(stops)), np.int64)
    for column, stop in enumerate(stops):
        counts = word & ~types["stopword"].to_numpy(bool) if stop == "dropped" else word
        counted = counts[tokens["type"].to_numpy()]
        words[places, column] = np.bincount(tokens["doc"].to_numpy()[counted], minlength=len(corpus))
    return words
