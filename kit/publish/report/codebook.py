"""The codebook as a page: each concept with what it means, its patterns, and how valid its counts are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.wording import numerals
from kit.wording.words import say

_SHARES = ("precision", "recall", "alpha")


def concepts_of(codebook: Codebook, validity: pd.DataFrame, language: str) -> list[dict[str, Any]]:
    """Gather what the page says of each concept, in the order of the codebook."""
    figures = {row["concept"]: row for row in validity.to_dict("records")}
    patterns = codebook.enabled.groupby("concept", sort=False)["pattern"].agg(list)
    return [
        {
            "concept": row["concept"],
            "label": row[f"label_{language}"],
            "other": row["label_en" if language == "id" else "label_id"],
            "said": [
                (say(f"pages.report.{name}", language), text)
                for name in ("definition", "include", "exclude", "source")
                if (text := _told(row, name, language))
            ],
            "patterns": patterns.get(row["concept"], []),
            "validity": _validity(figures.get(row["concept"], {}), language),
        }
        for row in codebook.concepts.to_dict("records")
    ]


def _told(row: dict[str, Any], name: str, language: str) -> str:
    """Return what the codebook says of a concept, in the language if it has it."""
    found = [row.get(f"{name}_{language}", "") if language != "en" else "", row.get(name, "")]
    return next((str(text) for text in found if text and text == text), "")  # noqa: PLR0124 - NaN is not itself


def _validity(row: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """Write the figures of a concept, each with its interval or what it rests on."""
    told = [(name, _share(row, name, language)) for name in _SHARES]
    named = [(say(f"pages.report.{name}", language), text) for name, text in told if text]
    source = row.get("source", "")
    return [*named, (say("pages.report.read", language), source)] if named and source else named


def _share(row: dict[str, Any], name: str, language: str) -> str:
    """Write a share with its interval; empty where it was not measured."""
    value = row.get(name)
    if value is None or pd.isna(value):
        return ""
    text = numerals.decimal(value, 2, language)
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        most = row.get(f"{name}_at_most")
        return f"≤ {text}" if most is not None and not pd.isna(most) and bool(most) else text
    between = say(
        "pages.between", language, low=numerals.decimal(low, 2, language), high=numerals.decimal(high, 2, language)
    )
    return f"{text} {between}"
