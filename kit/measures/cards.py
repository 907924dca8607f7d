"""What a column of numbers is: its card, found by the column and the table it stands in; and docs/measures.md.

The cards are in kit/wording/measures. ``python -m kit.measures.cards > docs/measures.md`` writes the document; a test
compares them.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from typing import Any, overload

import pandas as pd

from kit.errors import QueryError
from kit.wording.measures import Family, MeasureCard, families
from kit.wording.tasks import TaskCard, find_tasks

_INTRODUCTION = """\
# Measures

Every column of numbers in the kit's tables, by family and column name: formula, variant, direction, what happens at the
edges, source, a worked example, which other tools print the same number, and which print another and why. What is not
there, there is nothing to say about. `kit.describe_measure("npmi", table)` shows the card of a table's column in a
notebook, `kit.describe_measure("npmi", "topics")` that of a family; `kit.describe_measure()` lists all.

Names of tools are those of versions read or run when the card was written; examples are checked by tests.
This file is generated: edit `kit/wording/measures/*.toml`, then `python -m kit.measures.cards > docs/measures.md`.
"""


@overload
def describe_measure() -> pd.DataFrame: ...
@overload
def describe_measure(name: str, table: pd.DataFrame | str) -> MeasureCard: ...
@overload
def describe_measure(name: str, table: None = None) -> MeasureCard | TaskCard: ...
def describe_measure(
    name: str | None = None, table: pd.DataFrame | str | None = None
) -> MeasureCard | TaskCard | pd.DataFrame:
    """Show what a column of numbers means, or which call does something.

    Parameters
    ----------
    name : str, optional
        The column's name, such as ``dp_norm``; or a function's, or what the field calls something, in English or
        Indonesian, such as ``kwic`` or ``kata kunci`` (``docs/tasks.md`` has all).
    table : DataFrame or str, optional
        The table of the kit that has the column; or the name of a family, such as ``topics``, or of a table, such as
        ``fit_topics.terms`` or ``fit_topics``. Not needed if only one family has a measure of that name.

    Returns
    -------
    MeasureCard, TaskCard or DataFrame
        The card of the column; where there is none of this name, the tasks that go by it, with their calls. A notebook
        shows a card as text under headings, a console as lines. Without a name, a table with one row per card, families
        in alphabetical order: `measure`, `family`, `name_en`, `name_id` (str).

    Raises
    ------
    QueryError
        There is no card of this name and no task (the error lists the nearest names), several families have one (it
        lists them), or `table` was not made by the kit, or is not the name of a family or table.

    Examples
    --------
    >>> describe_measure("dp_norm").direction
    '0 = even, 1 = all in the smallest part'
    >>> describe_measure("count", "dispersion").family
    'frequency'
    >>> describe_measure("daftar kata").tasks[0].call
    'kit.term_frequencies(corpus, unit="lexeme", stopwords="drop")'

    """
    if name is None:
        return _list(families())
    chosen = [*families().values()] if table is None else _families(table)
    cards = [family.cards[name] for family in chosen if name in family.cards]
    shared = [families()[other] for family in chosen for other in family.also]
    cards = cards or [family.cards[name] for family in shared if name in family.cards][:1]
    if len(cards) > 1:
        names = ", ".join(card.family for card in cards)
        remedy = f"pass the table too, or a family: describe_measure({name!r}, {cards[0].family!r})"
        raise QueryError(f"{name!r} is a measure of several families ({names})", remedy=remedy)
    found = find_tasks(name) if table is None and not cards else None
    if found is not None:
        return found
    if not cards:
        known = sorted({measure for family in (*chosen, *shared) for measure in family.cards})
        near = ", ".join(difflib.get_close_matches(name, known, n=5, cutoff=0.4) or known)
        where = "" if table is None else " in " + ", ".join(family.name for family in chosen)
        raise QueryError(
            f"no measure is called {name!r}{where}",
            remedy=f"use a column name, such as {near}; docs/tasks.md has the words for calls",
        )
    return cards[0]


def measures_document() -> str:
    """Return the text of docs/measures.md."""
    parts = [_INTRODUCTION]
    for family in families().values():
        names = ", ".join(f"[`{measure}`](#{family.name}-{measure})" for measure in family.cards)
        parts.append(f"- **{family.title}** (`{family.name}`): {names}")
    for family in families().values():
        tables = ", ".join(f"`{table}`" for table in family.tables)
        parts.append(f"\n## {family.title}\n\nFamily `{family.name}`, of the tables {tables}.\n")
        cards = family.cards.values()
        parts += [f'<a id="{family.name}-{card.measure}"></a>\n\n{card._repr_markdown_()}' for card in cards]
    return "\n".join(parts)


def _list(every: Mapping[str, Family]) -> pd.DataFrame:
    """List all cards."""
    cards = [card for family in every.values() for card in family.cards.values()]
    rows = [(card.measure, card.family, card.name["en"], card.name["id"]) for card in cards]
    return pd.DataFrame(rows, columns=["measure", "family", "name_en", "name_id"]).astype("str")


def _families(table: pd.DataFrame | str) -> list[Family]:
    """Return the family of a table or of this name; of a result with several tables, theirs."""
    every = families()
    name = table if isinstance(table, str) else _made_by(table.attrs.get("call", {}))
    found = [every[name]] if name in every else [one for one in every.values() if name in one.tables]
    found = found or [one for one in every.values() if any(part.startswith(f"{name}.") for part in one.tables)]
    if not found:
        told = f"table = {name!r} is no family or table" if name else "table: it does not say which function made it"
        raise QueryError(told, remedy="name a family: " + ", ".join(every))
    return found


def _made_by(call: Mapping[str, Any]) -> str:
    """Return which function made a table, and which of its tables it is, as `tables` of the families name it."""
    if call.get("name") == "labelled":  # a table with labels beside what it had
        return _made_by(call["arguments"]["table"])
    plot = call.get("of", {})
    if plot.get("name", "").startswith("plot_"):  # a picture of a table or a result, whose columns it has
        drawn = [one for name, one in plot["arguments"].items() if isinstance(one, dict) and name != "codebook"]
        return _made_by(drawn[0]) if drawn else ""
    before = _made_by(call["of"]) if "of" in call else ""
    return ".".join(part for part in (before, call.get("name", ""), call.get("attribute", "")) if part)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(measures_document())
