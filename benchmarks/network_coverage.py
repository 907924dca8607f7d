"""Whether the intervals of edges in discourse networks hold the truth, and from how many stories on.

Simulates stories in which organisations say things of concepts, makes the interval that `kit.discourse_network` prints
(resampling whole stories, cut at the ranks of a `NOMINAL` interval), and counts how often the expected weight of a corpus of as many stories lies inside; that is
found by simulating many corpora. An edge needs its two rows alone, and of two modes what others say of the concept: three
rows are simulated. The rungs are how many stories are behind the edge, on average. Writes ``network_coverage.json`` and
``network_coverage.md``; `kit.measures.discourse.network` quotes them, and a test compares.

Run: ``python -m benchmarks.network_coverage [corpora per cell]`` (300: about a quarter of an hour)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kit.measures.discourse.network import NOMINAL
from kit.measures.discourse.weights import one_mode, two_mode
from kit.measures.uncertainty.intervals import percentile

HERE = Path(__file__).resolve().parent
RUNGS = {"one": (30, 50, 75, 100, 150), "two": (30, 50, 75, 100)}
RESAMPLES, TRUTH, LARGEST = 999, 1_000, 1_500
LEAST = 0.93


class Setting(NamedTuple):
    """How stories are made.

    Parameters
    ----------
    speaks : float
        Share of stories in which each of the two speaks.
    together : float
        Correlation of the two: 0 apart by chance, above 0 they are heard in the same stories.
    repeated : float
        Statements of one who speaks in a story, on average.
    concepts : tuple of float
        Shares of the concepts.
    agrees : tuple of float
        Shares of agreement of the two.

    """

    speaks: float
    together: float
    repeated: float
    concepts: tuple[float, ...]
    agrees: tuple[float, float]


SETTINGS = {
    "allies, seldom together": Setting(0.2, 0.0, 1.2, (0.4, 0.3, 0.2, 0.1), (0.9, 0.9)),
    "allies, often together": Setting(0.2, 0.6, 1.5, (0.4, 0.3, 0.2, 0.1), (0.9, 0.9)),
    "foes, often together": Setting(0.2, 0.6, 1.5, (0.4, 0.3, 0.2, 0.1), (0.9, 0.1)),
    "undecided": Setting(0.3, 0.2, 1.5, (0.4, 0.3, 0.2, 0.1), (0.5, 0.5)),
    "one concept": Setting(0.3, 0.2, 1.5, (1.0,), (0.8, 0.6)),
    "many concepts": Setting(0.3, 0.2, 1.2, tuple([1 / 12] * 12), (0.8, 0.6)),
    "lumps: many statements in few stories": Setting(0.15, 0.3, 4.0, (0.5, 0.3, 0.2), (0.8, 0.6)),
    "everywhere": Setting(0.7, 0.0, 2.0, (0.4, 0.3, 0.2, 0.1), (0.8, 0.6)),
}
#: Weights: mode, agreement, normalisation.
WEIGHTS = [
    *(("one", way, "none") for way in ("ignore", "congruence", "conflict", "subtract")),
    *(("one", "subtract", name) for name in ("average", "totals_product")),
    *(("one", "congruence", name) for name in ("average", "jaccard_dna", "totals_product", "cosine")),
    *(("one", "ignore", name) for name in ("cosine",)),
    *(("two", way, name) for way in ("ignore", "subtract") for name in ("none", "activity", "prominence")),
]
Floats = np.ndarray


def stories(setting: Setting, corpora: int, count: int, generator: np.random.Generator) -> Floats:
    """Return statements by corpus, story, row, concept and level."""
    mood = generator.random((corpora, count, 1)) < setting.together
    shared = generator.random((corpora, count, 1)) < setting.speaks
    own = generator.random((corpora, count, 3)) < setting.speaks
    speaks = np.where(mood, shared, own)
    said = speaks * (1 + generator.negative_binomial(0.5, 0.5 / (0.5 + setting.repeated - 1 + 1e-9), speaks.shape))
    table = np.zeros((corpora, count, 3, len(setting.concepts), 3))
    left, share = said, 1.0
    for concept, part in enumerate(setting.concepts):
        here = generator.binomial(left, min(part / share, 1.0)) if share > 1e-9 else left
        agree = np.array([*setting.agrees, 0.5])
        table[..., concept, 0] = generator.binomial(here, agree)
        table[..., concept, 1] = here - table[..., concept, 0]
        left, share = left - here, share - part
    return table


def weigh(counts: Floats, which: tuple[str, str, str]) -> Floats:
    """Return the weight of the first edge for each table of counts (tables x rows x concepts x levels).

    The formulas of `kit.measures.discourse.weights` for one pair of many tables at once; `hold` compares the two.
    """
    mode, agreement, normalise = which
    with np.errstate(divide="ignore", invalid="ignore"):
        if mode == "two":
            used = counts.sum(3)
            cell = used[:, 0, 0] if agreement == "ignore" else counts[:, 0, 0, 0] - counts[:, 0, 0, 1]
            divisor = {"none": 1.0, "activity": used[:, 0].sum(1), "prominence": used[:, :, 0].sum(1)}[normalise]
            return cell / divisor
        x, y = counts[:, 0], counts[:, 1]
        ways = {
            "ignore": lambda x, y: (x.sum(2) * y.sum(2)).sum(1),
            "congruence": lambda x, y: (x * y).sum((1, 2)),
            "conflict": lambda x, y: (x[..., 0] * y[..., 1] + x[..., 1] * y[..., 0]).sum(1),
        }
        ways["subtract"] = lambda x, y: ways["congruence"](x, y) - ways["conflict"](x, y)
        total = x.sum((1, 2)), y.sum((1, 2))
        shared = ways["congruence"](x, y)
        length = ways["congruence" if agreement == "conflict" else agreement]
        divisor = {
            "none": lambda: 1.0,
            "average": lambda: (total[0] + total[1]) / 2,
            "jaccard_dna": lambda: (x * (y == 0)).sum((1, 2)) + (y * (x == 0)).sum((1, 2)) + shared,
            "totals_product": lambda: total[0] * total[1],
            "cosine": lambda: np.sqrt(length(x, x)) * np.sqrt(length(y, y)),
        }[normalise]()
        return ways[agreement](x, y) / divisor


def hold() -> None:
    """Compare the weights with those of the kit on random tables."""
    counts = np.random.Generator(np.random.PCG64(3)).integers(0, 4, (20, 3, 4, 3)).astype(float)
    for which in WEIGHTS:
        way, place = (one_mode, (0, 1)) if which[0] == "one" else (two_mode, (0, 0))
        assert np.allclose(weigh(counts, which), [way(one, *which[1:])[place] for one in counts], equal_nan=True)


def behind(table: Floats, mode: str) -> float:
    """Return how many stories are behind the edge, on average."""
    if mode == "two":
        return float((table[:, :, 0, 0].sum(-1) > 0).sum(1).mean())
    used = table.sum(-1)[:, :, :2]
    shared = (used.sum(1) > 0).all(1)[:, None, None, :]
    return float(((used * shared) > 0).any((2, 3)).sum(1).mean())


def cells(corpora: int) -> Iterator[dict[str, object]]:
    """Yield the coverage of each cell."""
    for name, setting in SETTINGS.items():
        generator = np.random.Generator(np.random.PCG64(17))
        per_story = {mode: behind(stories(setting, 200, 200, generator), mode) / 200 for mode in ("one", "two")}
        for mode in ("one", "two"):
            for rung in RUNGS[mode]:
                count = round(rung / per_story[mode])
                if count > LARGEST:
                    continue
                some = [which for which in WEIGHTS if which[0] == mode]
                expected = np.zeros((len(some), 0))
                for _ in range(TRUTH // 500):
                    made = stories(setting, 500, count, generator).sum(1)
                    expected = np.concatenate([expected, [weigh(made, which) for which in some]], axis=1)
                truth = np.nanmean(expected, axis=1)
                inside = np.zeros(len(some))
                for _ in range(corpora):
                    table = stories(setting, 1, count, generator)[0]
                    flat = table.reshape(count, -1)
                    told = np.flatnonzero(flat.any(axis=1))
                    drawn = generator.integers(0, count, (RESAMPLES, count)) + np.arange(RESAMPLES)[:, None] * count
                    often = np.bincount(drawn.ravel(), minlength=RESAMPLES * count).reshape(RESAMPLES, count)
                    again = (often[:, told].astype(float) @ flat[told]).reshape(-1, *table.shape[1:])
                    low, high = percentile(np.array([weigh(again, which) for which in some]), NOMINAL)
                    inside += (low <= truth) & (truth <= high)
                for row, which in enumerate(some):
                    found = dict(zip(("mode", "agreement", "normalise"), which, strict=True))
                    yield {"setting": name, **found, "stories": rung, "coverage": round(inside[row] / corpora, 4)}


def page(rows: list[dict[str, object]], corpora: int) -> str:
    """Return the page."""
    error = 200 * (0.95 * 0.05 / corpora) ** 0.5
    text = f"""# Coverage of 95 % intervals of edges in discourse networks

Written by `benchmarks/network_coverage.py`; do not edit. Per cent of {corpora} simulated corpora whose interval holds the
expected weight of a corpus of as many stories (two Monte Carlo standard errors: {error:.1f} points), for the worst setting of
{len(SETTINGS)}: {", ".join(SETTINGS)}. Columns: how many stories are behind the edge, on average; the last, from where on the
worst setting covers in 93 % or more. The interval is cut at the ranks of one of {100 * NOMINAL:.0f} %, for at those of 95 % the worst
settings cover in 90 to 93 % at 50 to 150 stories.

"""
    text += "| mode | agreement | divided by | " + " | ".join(map(str, RUNGS["one"])) + " | from |\n"
    text += "|---|---|---|" + "---:|" * (len(RUNGS["one"]) + 1) + "\n"
    for which in WEIGHTS:
        own = [row for row in rows if (row["mode"], row["agreement"], row["normalise"]) == which]
        worst = {
            rung: min((row["coverage"] for row in own if row["stories"] == rung), default=None) for rung in RUNGS["one"]
        }
        least = minimum(worst)
        shown = ["-" if value is None else f"{100 * value:.1f}" for value in worst.values()]
        text += "| " + " | ".join([*which, *shown, "not reached" if least is None else str(least)]) + " |\n"
    return text


def minimum(worst: dict[int, float | None]) -> int | None:
    """Return the rung from which on the worst setting covers."""
    found = None
    for rung, value in reversed(worst.items()):
        if value is not None and value < LEAST:
            break
        found = rung
    return found


def main() -> None:
    """Run the study and write it down."""
    corpora = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    hold()
    rows = list(cells(corpora))
    (HERE / "network_coverage.json").write_text(
        json.dumps({"corpora": corpora, "nominal": NOMINAL, "cells": rows}, indent=0) + "\n"
    )
    (HERE / "network_coverage.md").write_text(page(rows, corpora), encoding="utf-8")
    print(page(rows, corpora))


if __name__ == "__main__":
    main()
