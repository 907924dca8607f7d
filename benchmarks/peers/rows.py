"""A comparison: one input, the kit's number, the peer's number, and why they differ if they do."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import kit

HERE = Path(__file__).resolve().parent

Value = float | str | None

#: What may part two floating-point results of one formula, as a share of the number.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Row:
    """One number of the kit beside one number of a peer.

    `by_rule` is what the peer's own rule gives when it is worked out without the peer: wherever kit and peer differ, it
    has to be the peer's number, or the difference is not explained.
    """

    peer: str
    measure: str
    card: str
    example: str
    kit: Value
    theirs: Value
    by_rule: Value = None
    why: str = ""
    tolerance: float = 0.0
    source: str = "run"

    @property
    def verdict(self) -> str:
        """Say same, explained, UNEXPLAINED, or not run."""
        if self.theirs is None:
            return "not run"
        if equal(self.kit, self.theirs, self.tolerance):
            return "same"
        if self.why and self.by_rule is not None and equal(self.by_rule, self.theirs, self.tolerance):
            return "explained"
        return "UNEXPLAINED"


def equal(one: Value, other: Value, tolerance: float) -> bool:
    """Tell whether two numbers (or words) are the same but for rounding or the digits that were printed."""
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return one == other
    if one == other:
        return True
    return abs(one - other) <= max(tolerance, _ROUNDING * max(1.0, abs(other)))


def corpora() -> dict[str, kit.Corpus]:
    """Read the made-up texts."""
    with (HERE / "texts.csv").open(encoding="utf-8", newline="") as file:
        frame = pd.DataFrame(list(csv.DictReader(file)))
    names = frame["corpus"].unique().tolist()
    return {name: corpus_of(frame.loc[frame["corpus"] == name, ["doc_id", "text"]]) for name in names}


def corpus_of(frame: pd.DataFrame) -> kit.Corpus:
    """Make a corpus of texts that are not web pages."""
    return kit.Corpus.from_frame(frame.reset_index(drop=True), clean=False)


def sentences(corpus: kit.Corpus) -> list[list[str]]:
    """Return the words and numbers of each sentence, case-folded: what peers that cut no tokens are given."""
    index = corpus.index
    found: list[list[str]] = [[] for _ in range(len(index.sentence_tokens) - 1)]
    for form, sentence, counted in zip(index.type, index.token_sentence, corpus.counted, strict=True):
        if counted:
            found[sentence].append(index.forms[form])
    return found


def documents(corpus: kit.Corpus) -> dict[str, list[str]]:
    """Return the words and numbers of each document, case-folded."""
    index = corpus.index
    found: dict[str, list[str]] = {name: [] for name in corpus.documents["doc_id"]}
    names = list(found)
    for form, document, counted in zip(index.type, index.token_document, corpus.counted, strict=True):
        if counted:
            found[names[document]].append(index.forms[form])
    return found
