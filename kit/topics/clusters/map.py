"""A map of the vocabulary in the plane: how far it is from the truth, and no map where it would say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.arguments import check_amount
from kit.corpus.calls import recorded
from kit.settings import LANGUAGES
from kit.topics.clusters.association import SCALE, distances, shared_once
from kit.topics.clusters.bounds import FEWEST_NULLS, bound_of
from kit.topics.clusters.null import without_structure
from kit.topics.clusters.occurrences import Occurrences, occurrences
from kit.topics.clusters.result import TermClusters
from kit.topics.clusters.scaling import distances_of, plane, stress, stress_from_classical
from kit.wording.words import Remark, asked, remark

Floats = npt.NDArray[np.float64]
#: Any three things have a map without stress.
FEWEST_ITEMS = 4
_PLACES = 4  # decimals
_WORST = 2  # pairs named on each side


@dataclass(frozen=True, eq=False)
class ClusterMap:
    """A map of concepts, from `kit.map_clusters`.

    Attributes
    ----------
    points : DataFrame, one row per concept, in the order of the tree; no rows where the map is refused
        `concept`, `label_id`, `label_en` (str), `cluster` (Int64, missing if in none), `units` (int64, units that name
        it), `x`, `y` (float64, in distances: two points 1 apart are as near as frequencies alone bring concepts),
        `stress_share` (float64, its part of the squared errors of all points; they sum to 1, or are 0 if the map has no
        error).
    pairs : DataFrame, one row per pair of concepts, in alphabetical order
        `concept_a`, `concept_b` (str), `distance` (float64, as in `TermClusters.association`), `map_distance` (float64,
        missing where the map is refused), `error` (float64, map distance less distance: negative where they look nearer
        than they are), `nearest` (bool: one is the other's nearest, ties by the alphabet, and nearer than 1).
    attrs : dict
        As `TermClusters.attrs`, and `stress` (float, Kruskal's stress-1), `shepard` (float, rank correlation of
        distances and map distances), `null_stress` (float, mean of null data), `null_stress_1` (float, the value that 1
        % of null data reach or go below), `nulls` (int), `refused` (str: ``few-documents``, ``few-items``,
        ``within-null``; empty where there is a map). Numbers are missing (nan) where they were not computed.

    """

    points: pd.DataFrame
    pairs: pd.DataFrame
    attrs: dict[str, Any]

    def __repr__(self) -> str:
        """Say how good the map is, or why there is none."""
        if self.attrs["refused"]:
            return f"<ClusterMap: none, {self.attrs['refused']}>"
        return f"<ClusterMap: {len(self.points)} points, stress {self.attrs['stress']:.2f}>"


@recorded(points=["concept"], pairs=["concept_a", "concept_b"])
def map_clusters(result: TermClusters, *, nulls: int = 99, seed: int = 0) -> ClusterMap:
    """Place concepts in the plane by their distances, and say how well it shows these distances.

    Parameters
    ----------
    result : TermClusters
        From `kit.cluster_terms`.
    nulls : int
        How many null (shuffled) data sets, at least 99.
    seed : int
        Seed of the null data and of the random starts of the scaling.

    Returns
    -------
    ClusterMap
        Without points if there are fewer than 50 documents (distances then show how texts are laid out), fewer than
        four concepts, or if null data have maps as good. ``attrs["refused"]`` and a remark say so.

    Raises
    ------
    QueryError
        `nulls` is below 99 or `seed` below 0.

    Notes
    -----
    Metric multidimensional scaling (`kit.topics.clusters.scaling`). A plane cannot show all distances between many
    concepts correctly, least of all between unrelated concepts, which are all 1 apart. So the stress (the size of the
    errors) is compared with that of null data (`kit.topics.clusters.bounds`), from classical scaling in both. A map is
    drawn only if its stress is lower than in all but 1 % of the null data. Its errors are in `pairs` and
    `stress_share`.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Layanan cepat."]}), clean=False)
    >>> map_clusters(kit.cluster_terms(corpus, kit.load_codebook(), resamples=20))
    <ClusterMap: none, few-documents>

    """
    check_amount("nulls", nulls, FEWEST_NULLS, place="map_clusters", remedy=f"use at least {FEWEST_NULLS}")
    check_amount("seed", seed, 0, place="map_clusters", remedy="use a whole number from 0")
    terms = result.terms[result.terms["leaf"].notna()].sort_values("leaf", ignore_index=True)
    found = _occurrences(result, terms)
    apart = _apart(found)
    facts: dict[str, Any] = dict.fromkeys(("stress", "shepard", "null_stress", "null_stress_1"), float("nan"))
    facts |= {"nulls": nulls, "refused": ""}
    if not result.attrs["enough_documents"]:
        facts["refused"] = "few-documents"
    elif len(terms) < FEWEST_ITEMS:
        facts["refused"] = "few-items"
    else:
        facts |= _held_against_null(found, apart, nulls, seed)
    places = np.full((len(terms), 2), np.nan) if facts["refused"] else plane(apart, seed=seed)
    pairs = _pairs(terms["concept"], apart, places)
    if not facts["refused"]:
        facts["stress"] = round(float(stress(apart[None], places[None])[0]), _PLACES)
        facts["shepard"] = _rank_correlation(pairs["distance"], pairs["map_distance"])
    points = _points(terms, apart, places)
    return _written(result, points, pairs, facts)


def _occurrences(result: TermClusters, terms: pd.DataFrame) -> Occurrences:
    """Return which units name which concepts, as the clustering had it."""
    concept = pd.Index(terms["concept"]).get_indexer(result.matrix["concept"]).astype(np.int64)
    unit = result.matrix["unit"].to_numpy(np.int64)
    block = np.arange(len(result.units), dtype=np.int64)
    return occurrences(unit[concept >= 0], concept[concept >= 0], block, len(terms))


def _apart(found: Occurrences) -> Floats:
    """Return the distances of all pairs."""
    return np.asarray(distances(shared_once(found)) / SCALE)


def _held_against_null(found: Occurrences, apart: Floats, nulls: int, seed: int) -> Mapping[str, Any]:
    """Compare the stress with that of null data."""
    draw = np.random.Generator(np.random.PCG64(seed))
    reached = stress_from_classical(np.stack([apart, *map(_apart, without_structure(found, nulls, draw))]))
    low = -bound_of((-reached[1:]).tolist())
    return {
        "null_stress": round(float(np.mean(reached[1:])), _PLACES),
        "null_stress_1": round(low, _PLACES),
        "refused": "" if reached[0] < low else "within-null",
    }


def _pairs(names: pd.Series, apart: Floats, places: Floats) -> pd.DataFrame:
    """List all pairs with both distances."""
    first, second = np.triu_indices(len(names), 1)
    drawn = distances_of(places[None])[0].round(_PLACES)
    labels = names.to_numpy(object)
    return pd.DataFrame(
        {
            "concept_a": pd.array(labels[first], dtype="str"),
            "concept_b": pd.array(labels[second], dtype="str"),
            "distance": apart[first, second],
            "map_distance": drawn[first, second],
            "error": (drawn - apart)[first, second].round(_PLACES),
            "nearest": _nearest(apart)[first, second],
        }
    )


def _nearest(apart: Floats) -> npt.NDArray[np.bool_]:
    """Tell which pairs hold a concept and its nearest."""
    items = len(apart)
    joined = np.zeros((items, items), bool)
    if items > 1:
        others = np.where(np.eye(items, dtype=bool), np.inf, apart)
        near = others.argmin(axis=1)
        rows = np.flatnonzero(others.min(axis=1) < 1)
        joined[rows, near[rows]] = True
    return joined | joined.T


def _rank_correlation(one: pd.Series, other: pd.Series) -> float:
    """Return Spearman's rank correlation; missing where one side is constant."""
    ranks = [side.rank().to_numpy() - (len(side) + 1) / 2 for side in (one, other)]
    both, *alone = (float((a * b).sum()) for a, b in ((ranks[0], ranks[1]), (ranks[0],) * 2, (ranks[1],) * 2))
    return round(both / (alone[0] * alone[1]) ** 0.5, _PLACES) if min(alone) > 0 else float("nan")


def _points(terms: pd.DataFrame, apart: Floats, places: Floats) -> pd.DataFrame:
    """List the points with their share of the squared errors."""
    lost = ((distances_of(places[None])[0] - apart) ** 2).sum(axis=1)
    table = terms[["concept", "label_id", "label_en", "cluster", "units", "order"]].assign(
        x=places[:, 0].round(_PLACES) + 0.0,
        y=places[:, 1].round(_PLACES) + 0.0,
        stress_share=(lost / max(float(lost.sum()), np.finfo(float).tiny)).round(_PLACES),
    )
    kept = table[table["x"].notna()].sort_values("order", kind="stable", ignore_index=True)
    return kept.drop(columns="order")


def _written(result: TermClusters, points: pd.DataFrame, pairs: pd.DataFrame, facts: dict[str, Any]) -> ClusterMap:
    """Put the tables together with what a reader must know."""
    attrs = {**result.attrs, **facts}
    attrs["remarks"] = [*result.attrs["remarks"][:1], *_remarks(attrs, pairs, result.terms)]
    if attrs["refused"]:
        attrs["missing"] = attrs["remarks"][-1]
    for table in (points, pairs):
        table.attrs = dict(attrs)
    return ClusterMap(points, pairs, attrs)


def _remarks(attrs: Mapping[str, Any], pairs: pd.DataFrame, terms: pd.DataFrame) -> list[Remark]:
    """Say how good the map is and which pairs it gets wrong, or why there is none."""
    values = {name: attrs[name] for name in ("stress", "shepard", "nulls")}
    values |= {"mean": attrs["null_stress"], "low": attrs["null_stress_1"]}
    values |= {"items": remark(f"nouns.many.{attrs['items']}")}
    key = f"cluster_map.refused.{attrs['refused']}" if attrs["refused"] else "cluster_map.map"
    found = [remark(key, **{name: values[name] for name in asked(key)})]
    if attrs["refused"]:
        return found
    wrong = pairs[pairs["error"] != 0].sort_values(["error", "concept_a", "concept_b"])
    near, far = wrong[wrong["error"] < 0].head(_WORST), wrong[wrong["error"] > 0].tail(_WORST)[::-1]
    if len(near):
        found.append(remark("cluster_map.near", pairs=_named(near, terms)))
    if len(far):
        found.append(remark("cluster_map.far", pairs=_named(far, terms)))
    return found


def _named(pairs: pd.DataFrame, terms: pd.DataFrame) -> list[Remark]:
    """Name pairs with both distances."""
    rows = terms.to_dict("records")
    names = {row["concept"]: {language: row[f"label_{language}"] for language in LANGUAGES} for row in rows}
    return [
        remark("cluster_map.pair", a=names[a], b=names[b], drawn=drawn, distance=distance)
        for a, b, distance, drawn in pairs[["concept_a", "concept_b", "distance", "map_distance"]].itertuples(
            index=False
        )
    ]
