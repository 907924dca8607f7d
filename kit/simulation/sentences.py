"""Sentences for simulated articles: each names one concept of a codebook once, or none."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.corpus import Corpus
from kit.errors import CodebookError

_SLOT = "{x}"


@dataclass(frozen=True)
class Sentences:
    """Sentences sorted by what they name.

    Parameters
    ----------
    texts : tuple of str
    words : int64 array
        Words and numbers of each.
    named : dict of str to int64 array
        For each concept of the codebook, in its order, which sentences name it once and nothing else; perhaps none.
    fillers : int64 array
        Which sentences name nothing.

    """

    texts: tuple[str, ...]
    words: npt.NDArray[np.int64]
    named: dict[str, npt.NDArray[np.int64]]
    fillers: npt.NDArray[np.int64]


@lru_cache(maxsize=4)
def sentences_for(codebook: Codebook) -> Sentences:
    """Make the sentences that a codebook can be simulated with.

    Of all sentences that the templates and phrases give, those in which the codebook finds exactly what they
    are for. A concept whose phrases the kit does not know, or the codebook does not, gets its
    patterns, between quotation marks.
    """
    rows = list(dict.fromkeys(_candidates(codebook)))
    wanted, texts = [row[0] for row in rows], [row[1] for row in rows]
    exact, words = tried(codebook, [(name,) if name else () for name in wanted], texts)
    usable = np.flatnonzero(exact).astype(np.int64)
    names = np.asarray(wanted, object)[usable]
    fillers = usable[names == ""]
    if not len(fillers):
        raise CodebookError(
            "finds a concept in every sentence that should name none",
            place=f"codebook {codebook.name}",
            remedy="look for patterns that match common words",
        )
    known = np.array([row[2] for row in rows], bool)
    named = {}
    for concept in codebook.concepts["concept"].tolist():
        own = usable[names == concept]
        natural = own[known[own]]
        named[concept] = natural if len(natural) else own
    return Sentences(tuple(texts), words, named, fillers)


def tried(
    codebook: Codebook, wanted: Sequence[Sequence[str]], texts: Sequence[str]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Try whether a codebook finds in each sentence the concepts that are wanted, and nothing else."""
    ids = [f"{place:06}" for place in range(len(texts))]
    corpus = Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": list(texts)}, dtype="str"), clean=False)
    found: list[list[str]] = [[] for _ in texts]
    mentions = find_mentions(corpus, codebook)
    counts = ~mentions["gloss"] & ~mentions["is_name"]
    for doc, concept, named in zip(mentions["doc"], mentions["concept"], counts, strict=True):
        found[doc].append(concept if named else "")
    one = np.bincount(corpus.sentences["doc"], minlength=len(texts)) == 1
    exact = one & np.array([sorted(these) == sorted(those) for these, those in zip(found, wanted, strict=True)], bool)
    words = np.bincount(corpus.index.token_document[corpus.counted], minlength=len(texts)).astype(np.int64)
    return exact, words


def _candidates(codebook: Codebook) -> Iterator[tuple[str, str, bool]]:
    """Yield what each sentence should name, the sentence, and whether its phrase is one that the kit knows."""
    templates: dict[str, list[str]] = {}
    for row in _read("templates.csv"):
        templates.setdefault(row["class"], []).append(row["template"])
    for text in templates["filler"]:
        yield "", text, True
    known: dict[str, list[tuple[str, str]]] = {}
    for (concept, kind), found in phrases().items():
        known.setdefault(concept, []).extend((phrase, kind) for phrase in found)
    enabled = codebook.patterns[codebook.patterns["enabled"] == "yes"]
    for concept in codebook.concepts["concept"].tolist():
        patterns = enabled.loc[enabled["concept"] == concept, "pattern"].tolist()
        for phrase, kind in [*known.get(concept, ()), *((pattern, "any") for pattern in patterns)]:
            for text in templates[kind]:
                yield concept, text.replace(_SLOT, phrase), kind != "any"


def phrases() -> dict[tuple[str, str], list[str]]:
    """Return the phrases that the kit knows, by concept and class of slot."""
    known: dict[tuple[str, str], list[str]] = {}
    for row in _read("phrases.csv"):
        known.setdefault((row["concept"], row["class"]), []).append(row["phrase"])
    return known


def _read(name: str) -> list[dict[str, str]]:
    """Read one of the data files beside this module."""
    text = resources.files("kit.simulation").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
