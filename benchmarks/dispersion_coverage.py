"""Which intervals of dispersion cover the truth, and from how many stories on: the study behind their stated minimum.

Simulates corpora as ``interval_coverage.py`` does (the same shapes of counts), puts the kit's own intervals round DP norm.
and DA of each item, and counts how often the truth lies inside: the DP and the DA of an endless corpus of such documents,
found by simulating four million. Beside them a percentile bootstrap of stories, and a t interval for the variation behind
Juilland's D, to show why the kit offers neither. Writes ``dispersion_coverage.json`` and ``dispersion_coverage.md``;
kit/measures/dispersion/intervals.py quotes them, and a test compares.

Run: ``python -m benchmarks.dispersion_coverage [corpora per cell]`` (2,000: about ten minutes)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse, special

from benchmarks.interval_coverage import BATCH, LARGEST, LEVEL, SETTINGS, Setting, minimum, size_of
from kit.measures.counts.part_counts import PartCounts, part_counts
from kit.measures.dispersion.formulas import burch_da, dp
from kit.measures.dispersion.intervals import story_intervals
from kit.measures.uncertainty.intervals import percentile
from kit.measures.uncertainty.resampling import weights
from kit.simulation.draws import draw_counts

HERE = Path(__file__).resolve().parent
RUNGS = (10, 15, 20, 30, 50, 75, 100, 150, 250)
COPIED = 0.5  # copies of a story, on average, in the corpora with copies
WITH_COPIES = "common, every story copied .5 times"
RESAMPLES, FEW = 400, 10  # of the bootstrap; its corpora are a tenth of the others
MEASURES = ("dp_norm", "burch_da")
TITLES = {
    ("dp_norm", "kit"): "DP norm., the kit's interval",
    ("burch_da", "kit"): "DA, the kit's interval",
    ("dp_norm", "documents"): "DP norm., as if copies were stories of their own",
    ("burch_da", "documents"): "DA, as if copies were stories of their own",
    ("dp_norm", "percentile"): "DP norm., percentile bootstrap of stories",
    ("burch_da", "percentile"): "DA, percentile bootstrap of stories",
    ("juilland_d", "log_t"): "Juilland's D, t interval on the logarithm of the coefficient of variation",
}


def drawn(
    setting: Setting, documents: int, items: int, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return counts (documents × items) and the sizes of the documents."""
    rate = setting.share * setting.repeated / (setting.words * np.exp(setting.spread**2 / 2))
    words = np.maximum(np.rint(np.exp(generator.normal(np.log(setting.words), setting.spread, documents))), 1)
    k = size_of(setting.share, setting.repeated)
    return draw_counts(generator, rate * words[:, None], k, (documents, items)), words


def truth(setting: Setting) -> dict[str, float]:
    """Return the measures of an endless corpus: DP, DA and the coefficient of variation of the rates."""
    generator = np.random.Generator(np.random.PCG64(1))
    counts, words = drawn(setting, 4_000_000, 1, generator)
    whole = part_counts(sparse.csr_array(counts.T), words)
    rate = counts[:, 0] / words
    return {
        "dp_norm": float(dp(whole)[0]),
        "burch_da": float(burch_da(whole)[0]),
        "juilland_d": rate.std() / rate.mean(),
    }


def corpora(
    setting: Setting, stories: int, n: int, seed: tuple[int, ...], copied: float
) -> Iterator[tuple[PartCounts, np.ndarray]]:
    """Yield corpora, one per item, and the story of each document."""
    generator = np.random.Generator(np.random.PCG64(seed))
    for _ in range(n // BATCH):
        counts, words = drawn(setting, stories, BATCH, generator)
        story = np.repeat(np.arange(stories), 1 + generator.poisson(copied, stories))
        yield part_counts(sparse.csr_array(counts[story].T), words[story]), story


def bootstrap(c: PartCounts, seed: tuple[int, ...]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return percentile intervals of DP norm. and DA; every document is a story."""
    (times,) = weights(c.parts, RESAMPLES, seed, c.parts * RESAMPLES)
    share = times * c.sizes[:, None] / (c.sizes @ times)
    smallest = np.where(times > 0, share, np.inf).min(axis=0)
    replicates: dict[str, list[np.ndarray]] = {name: [] for name in MEASURES}
    for count in c.matrix.toarray():
        of_item = times * count[:, None] / np.maximum(count @ times, 1e-300)
        replicates["dp_norm"].append(np.abs(of_item - share).sum(axis=0) / 2 / (1 - smallest))
        order = np.argsort(count / c.sizes)
        rate, drawn_times = (count / c.sizes)[order][:, None], times[order]
        up_to = np.cumsum(drawn_times, axis=0)
        rank = 2 * up_to - drawn_times - c.parts  # of copies together: twice the sum of (2 rank - n - 1) over them
        spread = (rank * drawn_times * rate).sum(axis=0)
        replicates["burch_da"].append(1 - spread / (c.parts - 1) / np.maximum((drawn_times * rate).sum(axis=0), 1e-300))
    return {name: percentile(np.array(values), LEVEL) for name, values in replicates.items()}


def variation(c: PartCounts) -> tuple[np.ndarray, np.ndarray]:
    """Return t intervals of the coefficient of variation of the rates."""
    rate = c.matrix.toarray() / c.sizes
    mean = rate.mean(axis=1)
    apart = rate - mean[:, None]
    square = (apart**2).mean(axis=1)
    moved = (apart**2 - square[:, None]) / (2 * square[:, None]) - apart / mean[:, None]
    half = special.stdtrit(c.parts - 1, (1 + LEVEL) / 2) * np.sqrt((moved**2).sum(axis=1) / c.parts / (c.parts - 1))
    found = np.sqrt(square) / mean
    return found * np.exp(-half), found * np.exp(half)


def cell(setting: Setting, rung: int, n: int, right: dict[str, float], copied: float) -> list[dict[str, object]]:
    """Return the coverage of each interval at one rung of one setting."""
    stories = round(rung / setting.share)
    place = SETTINGS.index(setting)
    hits: dict[tuple[str, str], list[np.ndarray]] = {}
    above: dict[tuple[str, str], list[np.ndarray]] = {}

    def note(key: tuple[str, str], ends: tuple[np.ndarray, np.ndarray], target: float) -> None:
        """Note which intervals hold the truth."""
        known = ~np.isnan(ends[0])
        hits.setdefault(key, []).append(((ends[0] <= target) & (target <= ends[1]))[known])
        above.setdefault(key, []).append((ends[0] > target)[known])

    for batch, (whole, story) in enumerate(corpora(setting, stories, n, (rung, place, round(10 * copied)), copied)):
        kept = np.flatnonzero(whole.total > 0)
        c = PartCounts(whole.matrix[kept], whole.sizes)
        targets = right | {"dp_norm": min(right["dp_norm"] / (1 - c.share.min()), 1)}
        found = story_intervals(c, story, LEVEL)
        alone = story_intervals(c, np.arange(c.parts), LEVEL) if copied else {}
        for name in MEASURES:
            note((name, "kit"), (found[f"{name}_low"], found[f"{name}_high"]), targets[name])
            if copied:
                note((name, "documents"), (alone[f"{name}_low"], alone[f"{name}_high"]), targets[name])
        if not copied:
            note(("juilland_d", "log_t"), variation(c), targets["juilland_d"])
            if batch < n // BATCH // FEW and rung in (15, 30, 100, 250):
                for name, ends in bootstrap(c, (rung, place, batch)).items():
                    note((name, "percentile"), ends, targets[name])
    return [
        {
            "measure": name,
            "method": method,
            "rung": rung,
            "setting": WITH_COPIES if copied else setting.name,
            "stories": stories,
            "corpora": int(sum(map(len, found))),
            "coverage": round(float(np.concatenate(found).mean()), 4),
            "truth_below": round(float(np.concatenate(above[name, method]).mean()), 4),
        }
        for (name, method), found in hits.items()
        if sum(map(len, found)) >= n / FEW / 2
    ]


def study(n: int) -> pd.DataFrame:
    """Return every cell."""
    rows: list[dict[str, object]] = []
    common = next(setting for setting in SETTINGS if setting.name.startswith("common"))
    for setting, copied in [*((setting, 0.0) for setting in SETTINGS), (common, COPIED)]:
        right = truth(setting)
        for rung in RUNGS:
            if round(rung / setting.share) <= LARGEST:
                rows += cell(setting, rung, n, right, copied)
        print(setting.name, copied, flush=True)
    table = pd.DataFrame(rows)
    order = list(TITLES)
    rank = [order.index(key) for key in zip(table["measure"], table["method"], strict=True)]
    return table.iloc[np.argsort(rank, kind="stable")].reset_index(drop=True)


def markdown(table: pd.DataFrame, found: dict[str, int | None]) -> str:
    """Write the study as a page."""
    n = int(table["corpora"].max())
    head = f"""# Coverage of 95 % intervals of dispersion

Written by `benchmarks/dispersion_coverage.py`; do not edit. Per cent of simulated corpora whose interval holds the true value:
DP and DA of an endless corpus of such documents. {n:,} corpora per cell (two Monte Carlo standard errors: \
{200 * np.sqrt(0.05 * 0.95 / n):.1f} points), {n // FEW:,} for the
bootstraps ({200 * np.sqrt(0.05 * 0.95 * FEW / n):.1f} points; {RESAMPLES} resamples). The shapes of counts are those of `coverage.md`. Columns: how many stories hold the item, on
average. `-`: the corpus would need more than {LARGEST:,} stories, or was not tried.

Smallest number of stories with the item from which on every setting covers in 93 % or more (but for two standard errors):

"""
    lines = [f"- {name}: {value or 'not reached'}" for name, value in found.items()]
    for key, part in table.groupby(["measure", "method"], sort=False):
        wide = part.pivot_table(index="setting", columns="rung", values="coverage", sort=False)
        wide = wide[sorted(wide.columns)]
        lines += ["", f"## {TITLES[key]}", "", "| setting | " + " | ".join(map(str, wide.columns)) + " |"]
        lines.append("|---|" + "---:|" * wide.shape[1])
        for name, row in zip(wide.index, wide.to_numpy(), strict=True):
            cells = " | ".join("-" if pd.isna(value) else f"{100 * value:.1f}" for value in row)
            lines.append(f"| {name} | {cells} |")
    return head + "\n".join(lines) + "\n"


def run(n: int) -> None:
    """Run the study and write both files."""
    table = study(n)
    found = {
        f"{measure}, {method}": minimum(part)
        for (measure, method), part in table.groupby(["measure", "method"], sort=False)
    }
    page = markdown(table, found)
    (HERE / "dispersion_coverage.md").write_text(page, encoding="utf-8", newline="\n")
    content = {"minimum": found, "cells": json.loads(table.to_json(orient="records"))}
    text = json.dumps(content, indent=1) + "\n"
    (HERE / "dispersion_coverage.json").write_text(text, encoding="utf-8", newline="\n")
    print(page)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
