"""The words that go with a map of the vocabulary: how good it is, and which pairs it gets wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kit.topics.clusters.remarks import ITEMS, Words, decimal

_TOLD = ["concept_a", "concept_b", "distance", "map_distance"]
_WORST = 2  # pairs named on each side
_MAP: Words = {
    "en": "Map by metric multidimensional scaling of the distances. Kruskal's stress-1 is {stress} (0: every distance "
    "is right); {nulls} null data sets reach {mean} on average and {low} or less in 1 %. The ranks of distances and "
    "map distances correlate with {shepard}.",
    "id": "Peta dengan penskalaan multidimensi metrik atas jarak. Stress-1 Kruskal {stress} (0: semua jarak tepat); "
    "{nulls} data acuan acak rata-rata mencapai {mean} dan {low} atau kurang pada 1 %. Korelasi peringkat jarak dan "
    "jarak pada peta {shepard}.",
}
_NEAR: Words = {
    "en": "Nearer on the map than they are: {pairs}.",
    "id": "Pada peta lebih dekat daripada sebenarnya: {pairs}.",
}
_FAR: Words = {
    "en": "Farther on the map than they are: {pairs}.",
    "id": "Pada peta lebih jauh daripada sebenarnya: {pairs}.",
}
_PAIR: Words = {
    "en": "{a} and {b} ({drawn}, in truth {distance})",
    "id": "{a} dan {b} ({drawn}, sebenarnya {distance})",
}
_REFUSED: dict[str, Words] = {
    "few-documents": {
        "en": "There is no map: with fewer than 50 articles distances show the layout of texts, and are nearly all the "
        "same.",
        "id": "Tidak ada peta: dengan kurang dari 50 artikel jarak menunjukkan susunan teks, dan hampir semuanya sama.",
    },
    "few-items": {
        "en": "There is no map: fewer than four {items} occur often enough.",
        "id": "Tidak ada peta: kurang dari empat {item} yang cukup sering muncul.",
    },
    "within-null": {
        "en": "There is no map: a plane holds the distances no better than those of null data (stress {mean} on "
        "average, {low} or less in 1 % of {nulls}).",
        "id": "Tidak ada peta: bidang datar tidak memuat jarak ini lebih baik daripada jarak data acuan acak (stress "
        "rata-rata {mean}, {low} atau kurang pada 1 % dari {nulls}).",
    },
}


def map_remarks(attrs: Mapping[str, Any], pairs: pd.DataFrame, labels: Mapping[str, Mapping[str, str]]) -> list[Words]:
    """Write the remarks that go with a map, in both languages."""
    parts = [_REFUSED[attrs["refused"]]] if attrs["refused"] else [_MAP]
    written = [{language: _filled(part, attrs, language) for language in ("en", "id")} for part in parts]
    if not attrs["refused"]:
        wrong = pairs[pairs["error"] != 0].sort_values(["error", "concept_a", "concept_b"])
        sides = ((_NEAR, wrong[wrong["error"] < 0].head(_WORST)), (_FAR, wrong[wrong["error"] > 0].tail(_WORST)[::-1]))
        written += [
            {language: part[language].format(pairs=_told(rows, labels, language)) for language in ("en", "id")}
            for part, rows in sides
            if len(rows)
        ]
    return [*attrs["remarks"][:1], *written]


def _filled(part: Words, attrs: Mapping[str, Any], language: str) -> str:
    """Fill in numbers and nouns."""
    item, items = ITEMS[str(attrs["items"])][language]
    return part[language].format(
        item=item,
        items=items,
        stress=decimal(float(attrs["stress"]), language),
        shepard=decimal(float(attrs["shepard"]), language),
        mean=decimal(float(attrs["null_stress"]), language),
        low=decimal(float(attrs["null_stress_1"]), language),
        nulls=attrs["nulls"],
    )


def _told(rows: pd.DataFrame, labels: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Name pairs with both distances."""
    names = labels[language]
    return "; ".join(
        _PAIR[language].format(
            a=names[a], b=names[b], drawn=decimal(drawn, language), distance=decimal(distance, language)
        )
        for a, b, distance, drawn in rows[["concept_a", "concept_b", "distance", "map_distance"]].itertuples(
            index=False
        )
    )
