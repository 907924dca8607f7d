"""What each column of numbers is: the measure cards, one source for notebooks and for docs/measures.md.

The cards are data: ``cards/<family>.toml`` beside this module, one table per measure, named as its column.
``python -m kit.measures.cards > docs/measures.md`` writes the document; a test compares them.
"""

from __future__ import annotations

import difflib
import functools
import sys
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from kit.errors import KitError, QueryError

_FOLDER = Path(__file__).parent / "cards"
_HEADINGS = {
    "formula": "Formula",
    "variant": "Variant",
    "direction": "Direction",
    "range": "Range",
    "unit": "Unit",
    "edge": "Edge cases",
    "source": "Source",
    "example": "Example",
    "same_number_in": "Same number in",
    "unlike": "Unlike",
}
_INTRODUCTION = """\
# Measures

Every column of numbers in the kit's tables, by its column name: formula, variant, direction, what happens at the edges,
source, a worked example, which other tools print the same number, and which print another and why. A dash means that
there is nothing to say. `kit.describe_measure("dp_norm")` shows a card in a notebook.

Names of tools are those of versions read or run when the card was written; examples are checked by tests.
This file is generated: edit `kit/measures/cards/*.toml`, then `python -m kit.measures.cards > docs/measures.md`.
"""


@dataclass(frozen=True)
class MeasureCard:
    """What a column holds.

    Parameters
    ----------
    measure : str
        Its column name.
    family : str
        The family it belongs to: the name of its file.
    name_en, name_id : str
        Its name in English and Indonesian.
    formula, variant, direction, range, unit, edge, source, example, same_number_in, unlike : str
        What a reader must know, in English.

    """

    measure: str
    family: str
    name_en: str
    name_id: str
    formula: str
    variant: str
    direction: str
    range: str
    unit: str
    edge: str
    source: str
    example: str
    same_number_in: str
    unlike: str

    def __str__(self) -> str:
        """Return the card as plain text."""
        width = max(map(len, _HEADINGS.values())) + 2
        lines = [f"{self.measure}: {self.name_en} ({self.name_id})"]
        lines += [f"{heading + ':':<{width}}{getattr(self, key)}" for key, heading in _HEADINGS.items()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        """Return the card as plain text, so that a console shows it."""
        return str(self)

    def _repr_markdown_(self) -> str:
        """Return the card as Markdown, which a notebook shows."""
        told = {key: getattr(self, key) for key in _HEADINGS}
        told["formula"] = f"`{self.formula}`" if self.formula != "-" else "-"
        items = "\n".join(f"- **{heading}**: {told[key]}" for key, heading in _HEADINGS.items())
        return f"### {self.measure}\n\n{self.name_en} / *{self.name_id}*\n\n{items}\n"


def describe_measure(name: str) -> MeasureCard:
    """Show what a column of numbers is.

    Parameters
    ----------
    name : str
        The column's name, such as ``dp_norm``.

    Returns
    -------
    MeasureCard
        A notebook shows it as text under headings, a console as lines.

    Raises
    ------
    QueryError
        There is no card of this name; the nearest names are listed.

    Examples
    --------
    >>> card = describe_measure("dp_norm")
    >>> card.direction
    '0 = even, 1 = all in the smallest part'

    """
    cards = measure_cards()
    if name not in cards:
        near = difflib.get_close_matches(name, cards, n=5, cutoff=0.4) or sorted(cards)
        raise QueryError(f"no measure is called {name!r}", remedy="use a column name, such as " + ", ".join(near))
    return cards[name]


@functools.cache
def measure_cards(folder: Path = _FOLDER) -> dict[str, MeasureCard]:
    """Read the cards.

    Parameters
    ----------
    folder : Path
        Where the TOML files are.

    Returns
    -------
    dict of str to MeasureCard
        By column name; families by name, cards as they stand in their file.

    Raises
    ------
    KitError
        A card lacks a field, has one too many or a name that another card has.

    """
    cards: dict[str, MeasureCard] = {}
    for file in sorted(folder.glob("*.toml"), key=lambda file: file.name):
        for measure, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if measure in cards:
                raise KitError(
                    f"a second card for {measure!r}", place=file.name, remedy=f"see {cards[measure].family}.toml"
                )
            cards[measure] = _card(file, measure, table)
    return cards


def measures_document() -> str:
    """Return the text of docs/measures.md."""
    cards = list(measure_cards().values())
    families = sorted({card.family for card in cards})
    parts = [_INTRODUCTION]
    for family in families:
        names = ", ".join(f"[`{card.measure}`](#{card.measure})" for card in cards if card.family == family)
        parts.append(f"- **{_title(family)}**: {names}")
    for family in families:
        parts.append(f"\n## {_title(family)}\n")
        parts += [card._repr_markdown_() for card in cards if card.family == family]
    return "\n".join(parts)


def _card(file: Path, measure: str, table: dict[str, str | list[str]]) -> MeasureCard:
    """Make a card of a TOML table."""
    wanted = {field.name for field in fields(MeasureCard)} - {"measure", "family"}
    wrong = [f"lacks {name}" for name in sorted(wanted - set(table))]
    wrong += [f"has an unknown field {name}" for name in sorted(set(table) - wanted)]
    told = {name: value if isinstance(value, str) else "; ".join(value) for name, value in table.items()}
    wrong += [f"says nothing under {name}" for name, text in told.items() if not text.strip()]
    if wrong:
        place = f"kit/measures/cards/{file.name}, [{measure}]"
        raise KitError("the card " + ", ".join(wrong), place=place, remedy='write "-" where there is nothing to say')
    return MeasureCard(measure=measure, family=file.stem, **told)


def _title(family: str) -> str:
    """Return the title of a family."""
    return family.replace("_", " ").capitalize()


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(measures_document())
