"""What the demonstration corpus is to hold, read from ``sample.toml``: rates, themes and what is planted."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_MONTHS = range(1, 13)
_ANYWHERE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Plan:
    """The content of ``sample.toml``, which says what each key means.

    Parameters
    ----------
    table : dict
        As it is parsed.

    """

    table: dict[str, Any]

    @property
    def outlets(self) -> list[str]:
        """Names of the outlets."""
        return list(self.table["outlets"])

    @property
    def years(self) -> list[int]:
        """The years."""
        return list(self.table["years"])

    @property
    def themes(self) -> list[dict[str, Any]]:
        """The themes."""
        return list(self.table["theme"])

    @property
    def together(self) -> list[dict[str, Any]]:
        """The concepts that share sentences."""
        return list(self.table["together"])

    def theme_shares(self, outlet: int, year: int, month: int) -> Floats:
        """Return how likely an article of an outlet, year and month is about each theme."""
        name, when = self.outlets[outlet], self.years[year]
        weights = []
        for theme in self.themes:
            weight = float(theme["weight"])
            for change in theme.get("by", ()):
                here = change.get("outlet", name) == name and when >= change.get("since", when)
                weight *= change["factor"] if here and month in change.get("months", _MONTHS) else 1.0
            weights.append(weight)
        return np.array(weights) / sum(weights)

    def rates(self, concepts: Sequence[str], outlet: int, year: int) -> Floats:
        """Return how often sentences that name one concept alone stand in articles of an outlet and year."""
        base = self.table["rates"]
        rate = np.array([float(base.get(concept, base["others"])) for concept in concepts])
        for change in self.table["rate"]:
            here = change.get("outlet", self.outlets[outlet]) == self.outlets[outlet]
            if here and self.years[year] >= change.get("since", 0):
                rate[list(concepts).index(change["concept"])] *= change["factor"]
        carried = np.array([[concept in theme["concepts"] for concept in concepts] for theme in self.themes])
        return rate * np.where(carried, float(self.table["carried"]), 1.0)

    def planted(self) -> pd.DataFrame:
        """Tell what is planted, but for the furniture, which is drawn."""
        times, weights, sentences = "times the rate", "times the weight", "sentences per 1,000 words"
        rows = [_row("rate", change["concept"], change["factor"], times, change) for change in self.table["rate"]]
        rows += [_row("together", ", ".join(group["concepts"]), group["rate"], sentences) for group in self.together]
        for theme in self.themes:
            name = theme["name"]
            rows += [_row("theme", name, change["factor"], weights, change) for change in theme.get("by", ())]
            if theme["concepts"]:
                rows += [_row("theme", f"{name}: {', '.join(theme['concepts'])}", self.table["carried"], times)]
        for speaker in self.table["voices"]["speaker"]:
            rows += [
                _row("speaker", speaker["name"], factor, weights, {"outlet": outlet})
                for outlet, factor in speaker.get("in", {}).items()
            ]
        rows += [_row("copies", kind.replace("_", " "), n, "articles") for kind, n in self.table["copies"].items()]
        return pd.DataFrame(rows).astype(dict.fromkeys(("kind", "what", "outlet", "months", "unit"), "str"))


def read_plan() -> Plan:
    """Read the plan that is shipped with the kit."""
    return Plan(tomllib.loads(resources.files("kit.simulation").joinpath("sample.toml").read_text(encoding="utf-8")))


def _row(
    kind: str, what: str, size: float, unit: str, where: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """Make a row of the table of what is planted."""
    months = ", ".join(map(str, where.get("months", ())))
    place = {"outlet": where.get("outlet", ""), "since": int(where.get("since", 0)), "months": months}
    return {"kind": kind, "what": what, **place, "size": float(size), "unit": unit}
