"""How often each document names each concept, under every choice of what counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.looked_up import mentions_by_choice, source_of
from kit.codebook.variants import by_lexeme, without_context
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.language.tokens import COUNTED
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]

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
    doc, concept, profile : int32 arrays, one row per document and concept that it mentions under any choice
        Rows of the corpus, of the codebook and of `profiles`.
    profiles : int64 array, distinct rows × crossings of unit, context, overlap, names, polarity and furniture
        Mentions.
    documents : int64 array, one per document
        Row of the corpus.
    words : int64 array, documents × furniture × stop words
        Words and numbers, in the order of `documents`.

    """

    doc: Numbers
    concept: Numbers
    profile: Numbers
    profiles: Integers
    documents: Integers
    words: Integers


def tally(corpus: AnyCorpus, codebook: Codebook, chosen: Mapping[str, Sequence[str]]) -> Tally:
    """Count the mentions and words of each document under all choices; documents in the order of the corpus."""
    units = [_READINGS[unit](codebook) for unit in chosen["unit"]]
    books = [_READINGS[context](book) for book in units for context in chosen["context"]]
    found: Tally = reduce(corpus, _tally, _join, dict(chosen), *books)
    order = np.argsort(found.documents)
    return replace(found, documents=found.documents[order], words=found.words[order])


def _tally(part: Part, chosen: Mapping[str, Sequence[str]], *books: Codebook) -> Tally:
    """Count in a part, by one codebook for each crossing of unit and context."""
    corpus, rows, concepts = part.corpus, part.numbers.rows, pd.Index(books[0].concepts["concept"])
    contexts = len(chosen["context"])
    readings = [books[unit : unit + contexts] for unit in range(0, len(books), contexts)]
    texts = [corpus] + ([_furniture(corpus)] if "kept" in chosen["furniture"] else [])
    places = [pd.Index(corpus.stated("doc_id")).get_indexer(text.stated("doc_id")) for text in texts]
    cells = [
        _cells(mentions_by_choice(source_of(text), readings, chosen["overlap"]), place, concepts, chosen)  # type: ignore[arg-type]
        for text, place in zip(texts, places, strict=True)
    ]
    pairs = np.unique(np.concatenate([pair for cell in cells for pair, _ in cell]))
    counts = np.zeros((len(pairs), len(texts), len(cells[0])), np.int64)
    for text, column in product(range(len(texts)), range(len(cells[0]))):
        pair, count = cells[text][column]
        counts[np.searchsorted(pairs, pair), text, column] = count
    crossed = np.stack([counts[:, _counted(furniture)].sum(axis=1) for furniture in chosen["furniture"]], axis=2)
    crossed = crossed.reshape(len(pairs), crossed.shape[1] * crossed.shape[2])  # also if there is no pair
    profiles, profile = np.unique(crossed, axis=0, return_inverse=True)
    doc, concept = np.divmod(pairs, len(concepts))
    words = np.stack([_words(*one, len(rows), chosen["stop_words"]) for one in zip(texts, places, strict=True)])
    words = np.stack([words[_counted(furniture)].sum(axis=0) for furniture in chosen["furniture"]], axis=1)
    numbers = [column.ravel().astype(np.int32) for column in (rows[doc], concept, profile)]
    return Tally(numbers[0], numbers[1], numbers[2], profiles, rows, words)


def _join(parts: Sequence[Tally]) -> Tally:
    """Join the counts of several parts."""
    doc, concept, documents, words = (
        np.concatenate([getattr(one, name) for one in parts]) for name in ("doc", "concept", "documents", "words")
    )
    profiles, place = np.unique(np.concatenate([one.profiles for one in parts]), axis=0, return_inverse=True)
    sizes = [len(one.profiles) for one in parts]
    places = np.split(place.ravel(), np.cumsum(sizes)[:-1])
    profile = np.concatenate([mine[one.profile].astype(np.int32) for mine, one in zip(places, parts, strict=True)])
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


def _cells(
    tables: Iterable[pd.DataFrame], places: Integers, concepts: pd.Index, chosen: Mapping[str, Sequence[str]]
) -> list[tuple[Integers, Integers]]:
    """Return, for each crossing but for furniture, numbers of documents and concepts and their mentions in a text."""
    cells = []
    for found in tables:
        pairs = places[found["doc"].to_numpy()].astype(np.int64) * len(concepts)
        hits = found[["gloss", "is_name"]].assign(
            pair=pairs + concepts.get_indexer(found["concept"]), negative=found["polarity"] == _NEGATIVE
        )
        for names, polarity in product(chosen["names"], chosen["polarity"]):
            kept = counted_passages(hits, names=names == "in")
            pair = kept["pair"].to_numpy(np.int64)
            pair = pair[~kept["negative"].to_numpy(bool)] if polarity == "positive" else pair
            cells.append(np.unique(pair, return_counts=True))
    return cells


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
