"""The measures, each declared once: what its number is, its heading and its unit, in measures/*.toml beside this.

A file is a family: its `title`; the `tables` whose columns it describes (``keyness``; ``fit_topics.terms`` where a
result has several); in `also` the families whose columns stand in these tables, too; and a TOML table for each measure,
named as its column. A column has one heading: one card gives it, the cards of that column in other families share it.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.settings import LANGUAGES

#: A text by language: ``en`` and ``id``.
Words = dict[str, str]

_FOLDER = Path(__file__).parent / "measures"
#: What a card may say, in English, and how that is headed where the card is shown.
TEXTS = {
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
_PAIRS = ("heading", "below", "name", "unit")  # in both languages
_NEEDED = ("formula", "unit")
_OF_FAMILY = ("title", "tables", "also")


@dataclass(frozen=True)
class MeasureCard:
    """What a column holds.

    Parameters
    ----------
    measure : str
        Its column name.
    family : str
        The family it belongs to: the name of its file.
    heading : dict of language to str
        What stands over the column in an exhibit.
    below : dict of language to str
        What stands under the heading; empty where nothing does.
    name : dict of language to str
        Its full name.
    unit : dict of language to str
        What one of it is.
    formula, variant, direction, range, edge, source, example, same_number_in, unlike : str
        What else a reader must know, in English; empty where there is nothing to say.

    """

    measure: str
    family: str
    heading: Words
    below: Words
    name: Words
    unit: Words
    formula: str
    variant: str = ""
    direction: str = ""
    range: str = ""
    edge: str = ""
    source: str = ""
    example: str = ""
    same_number_in: str = ""
    unlike: str = ""

    def __str__(self) -> str:
        """Return the card as plain text."""
        width = max(map(len, TEXTS.values())) + 2
        lines = [f"{self.measure} ({self.family}): {self.name['en']} ({self.name['id']})"]
        lines += [f"{TEXTS[key] + ':':<{width}}{text}" for key, text in self._told("{en} ({id})").items()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        """Return the card as plain text, so that a console shows it."""
        return str(self)

    def _repr_markdown_(self) -> str:
        """Return the card as Markdown, which a notebook shows."""
        told = self._told("{en} / *{id}*")
        told["formula"] = f"`{self.formula}`"
        items = "\n".join(f"- **{TEXTS[key]}**: {text}" for key, text in told.items())
        return f"### {self.measure}\n\n{self.name['en']} / *{self.name['id']}*\n\n{items}\n"

    def _told(self, unit: str) -> dict[str, str]:
        """Return what the card says, in order, the unit written by a pattern."""
        told = {key: unit.format(**self.unit) if key == "unit" else getattr(self, key) for key in TEXTS}
        return {key: text for key, text in told.items() if text}


@dataclass(frozen=True)
class Family:
    """The measures of one file.

    Parameters
    ----------
    name, title : str
    tables : tuple of str
        The tables whose columns are described: the function that makes one, or function and attribute.
    also : tuple of str
        Families whose columns stand in these tables, too; a family's own card goes before.
    cards : dict of str to MeasureCard
        By column name, in the order of the file.

    """

    name: str
    title: str
    tables: tuple[str, ...]
    also: tuple[str, ...]
    cards: Mapping[str, MeasureCard]


@functools.cache
def families(folder: Path = _FOLDER) -> dict[str, Family]:
    """Read the families and their cards."""
    files = {file.stem: _read(file) for file in sorted(folder.glob("*.toml"), key=lambda file: file.name)}
    headings = _headings(files)
    found: dict[str, Family] = {}
    owner: dict[str, str] = {}
    for name, content in files.items():
        for table in content["tables"]:
            if owner.setdefault(table, name) != name:
                remedy = f"list it in {owner[table]}.toml or here, and name the other family under also"
                raise KitError(f"the table {table!r} belongs to two families", place=_place(name), remedy=remedy)
        strange = [other for other in content.get("also", ()) if other not in files]
        if strange:
            remedy = "name files beside it, without .toml"
            raise KitError(f"also names {strange[0]!r}, which is no family", place=_place(name), remedy=remedy)
        cards = {measure: _card(name, measure, card, headings) for measure, card in _cards(content).items()}
        found[name] = Family(name, content["title"], tuple(content["tables"]), tuple(content.get("also", ())), cards)
    return found


def _read(file: Path) -> dict[str, Any]:
    """Read a file and refuse one that is not whole."""
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    cards = _cards(content)
    wrong = [f"lacks {key}" for key in ("title", "tables") if not content.get(key)]
    wrong += [f"has an unknown line {key}" for key in sorted(content.keys() - cards.keys() - set(_OF_FAMILY))]
    if wrong:
        remedy = "give title and tables at the head of the file, and if need be also"
        raise KitError("the family " + ", ".join(wrong), place=_place(file.stem), remedy=remedy)
    for measure, card in cards.items():
        wrong = _faults(card)
        if wrong:
            remedy = "mend it; leave out keys that have nothing to say"
            raise KitError("the card " + ", ".join(wrong), place=_place(file.stem, measure), remedy=remedy)
    return content


def _cards(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the part of a file that is cards."""
    return {key: value for key, value in content.items() if isinstance(value, dict)}


def _faults(card: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with a card."""
    wrong = [f"lacks {key}" for key in _NEEDED if key not in card]
    wrong += [f"has an unknown field {key}" for key in sorted(set(card) - {*TEXTS, *_PAIRS})]
    wrong += ["has below without heading"] if "below" in card and "heading" not in card else []
    for key in sorted(set(card) & {*TEXTS, *_PAIRS}):
        texts = card[key].values() if isinstance(card[key], dict) else [card[key]]
        whole = isinstance(card[key], dict) and set(card[key]) == set(LANGUAGES)
        if key in _PAIRS and not whole and (key, card[key]) != ("below", "unit"):
            wrong.append(f"does not give {key} in both languages")
        elif not all("".join(text).strip() for text in texts):
            wrong.append(f"says nothing under {key}")
    return wrong


def _headings(files: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[Words, Words]]:
    """Return the one heading of each column, and what stands below it."""
    found: dict[str, tuple[Words, Words]] = {}
    giver: dict[str, str] = {}
    for family, content in files.items():
        for measure, card in _cards(content).items():
            if "heading" not in card:
                continue
            if measure in found:
                remedy = f"leave it out here: the heading in {giver[measure]}.toml is that of every {measure}"
                raise KitError("a second heading", place=_place(family, measure), remedy=remedy)
            below = card.get("below", dict.fromkeys(LANGUAGES, ""))
            found[measure] = (card["heading"], card["unit"] if below == "unit" else below)
            giver[measure] = family
    return found


def _card(family: str, measure: str, given: Mapping[str, Any], headings: Mapping[str, Any]) -> MeasureCard:
    """Make a card of a TOML table."""
    if measure not in headings:
        raise KitError("no heading", place=_place(family, measure), remedy="give it heading = { en = …, id = … }")
    heading, below = headings[measure]
    texts = {key: given[key] for key in TEXTS if key in given and key not in _PAIRS}
    joined = {key: text if isinstance(text, str) else "; ".join(text) for key, text in texts.items()}
    return MeasureCard(measure, family, heading, below, given.get("name", heading), given["unit"], **joined)


def _place(family: str, measure: str = "") -> str:
    """Name a file, and a card in it."""
    return f"kit/wording/measures/{family}.toml" + (f", [{measure}]" if measure else "")
