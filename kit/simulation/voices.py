"""Who says what in the demonstration corpus: sentences put into the mouths of speakers that are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.simulation.plan import Integers, Plan
from kit.simulation.sentences import tried
from kit.simulation.stock import Stock

#: Columns of the truth about who says what.
SAID = ("speaker", "role", "type", "surface")


@dataclass(frozen=True)
class Voiced:
    """One article with its speakers.

    Parameters
    ----------
    texts : list of str
        Its sentences, in their order.
    words : int
        Words and numbers of all.
    said : list of tuple
        What is said in it, in order, as `SAID`.

    """

    texts: list[str]
    words: int
    said: list[tuple[str, str, str, str]]


@dataclass(frozen=True)
class _Changed:
    """A sentence with a speaker in it, what he or she says, and whether it goes on with the quotation before it."""

    text: str
    said: tuple[str, str, str, str]
    goes_on: bool = False


def voiced(codebook: Codebook, plan: Plan, stock: Stock, orders: Sequence[Integers], outlets: Integers) -> list[Voiced]:
    """Give the articles speakers: every report gets one, and some of the sentences that report nothing are quoted.

    The draws are those of a generator of their own, article by article, so that what is planted elsewhere does not
    depend on who speaks. A sentence in which the codebook would find other concepts than before stays as it was.
    """
    generator = np.random.Generator(np.random.PCG64([int(plan.table["voices"]["seed"])]))
    changed = [
        _changes(plan, generator, [stock.texts[number] for number in order.tolist()], int(outlet))
        for order, outlet in zip(orders, outlets, strict=True)
    ]
    rows = [
        (row, place, one) for row, changes in enumerate(changed) for place, one in enumerate(changes) if one is not None
    ]
    concepts = np.asarray(stock.concepts, object)
    wanted = [np.repeat(concepts, stock.counts[orders[row][place]]).tolist() for row, place, _ in rows]
    exact, words = tried(codebook, wanted, [one.text for _, _, one in rows])
    texts = [[stock.texts[number] for number in order.tolist()] for order in orders]
    sizes = [stock.words[order].copy() for order in orders]
    said: list[list[tuple[str, str, str, str]]] = [[] for _ in orders]
    for (row, place, one), usable, size in zip(rows, exact.tolist(), words.tolist(), strict=True):
        if usable and not (one.goes_on and texts[row][place - 1] == stock.texts[orders[row][place - 1]]):
            texts[row][place], sizes[row][place] = one.text, size
            said[row].append(one.said)
    return [Voiced(*article) for article in zip(texts, [int(size.sum()) for size in sizes], said, strict=True)]


def _changes(plan: Plan, generator: np.random.Generator, texts: list[str], outlet: int) -> list[_Changed | None]:
    """Choose who speaks in an article, and put the speaker into its sentences; None where one stays as it was."""
    table = plan.table["voices"]
    speakers = table["speaker"]
    name = plan.outlets[outlet]
    weights = np.array([speaker["weight"] * speaker.get("in", {}).get(name, 1.0) for speaker in speakers])
    draws = generator.choice(len(speakers), len(texts), p=weights / weights.sum())
    quoted = generator.random(len(texts)) < table["quoted"]
    changes: list[_Changed | None] = []
    for text, draw, direct in zip(texts, draws.tolist(), quoted.tolist(), strict=True):
        change = _changed(table, text, speakers[draw], direct=direct)
        before = changes[-1] if changes else None
        if change is None and before and not before.goes_on and text.startswith(table["citing"]):
            speaker, role, kind, _ = before.said
            change = _Changed(f"“{text}”", (speaker, role, kind, text), goes_on=True) if kind == "direct" else None
        changes.append(change)
    return changes


def _changed(table: dict[str, Any], text: str, speaker: dict[str, Any], *, direct: bool) -> _Changed | None:
    """Put a speaker into a sentence: into its report if it is one, else in front of or behind its words."""
    shown = f"{speaker['role']} {speaker['name']}".strip()
    for change in table["report"]:
        before, behind = change["from"].split("{words}")
        if text.startswith(before) and behind in text:
            words, _, last = text[len(before) :].partition(behind) if behind else (text[len(before) : -1], "", "")
            words = change.get("before", "") + words
            new = change["to"].format(speaker=shown, words=words) + (last if behind else ".")
            return _Changed(new, (speaker["name"], speaker["role"], change["type"], words if not behind else ""))
    if not direct or any(word in text for word in table["unquoted"]):
        return None
    return _Changed(f"“{text[:-1]},” kata {shown}.", (speaker["name"], speaker["role"], "direct", text[:-1]))


def said_table(articles: Sequence[tuple[str, Voiced]]) -> pd.DataFrame:
    """Return who says what, article by article, in order."""
    rows = [(doc_id, *one) for doc_id, article in articles for one in article.said]
    return pd.DataFrame(rows, columns=["doc_id", *SAID]).astype("str")
