"""Whether the intervals of corrected shares cover the truth, and how much has to be read for that.

Simulates corpora whose sentences fall into hits, near misses and a rest, draws some of each and reads them without error.
Counts how often the kit's intervals hold the true share of all sentences, the recall and the precision; and, for figures
measured on one corpus and used on another of more or fewer such sentences, how often the interval of Lang and Reiczigel
holds the true share there. Also as that interval is mostly studied: so many sentences known to speak of a concept, so many
known not to, with the delta interval and the percentile bootstrap beside it. The minimum is the smallest number read from
each stratum (unless there are fewer) from which on every setting is covered in 93 % or more, but for two Monte Carlo
standard errors. Writes ``correction_coverage.json`` and ``correction_coverage.md``; kit/measures/correction quotes them, and
a test compares.

Run: ``python benchmarks/correction_coverage.py [corpora per cell]`` (2,000: about two minutes)
"""

from __future__ import annotations

import json
import math
import sys
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import special

from kit.measures.correction.prevalence import rogan_gladen
from kit.measures.correction.strata import Strata
from kit.measures.uncertainty.intervals import clopper_pearson

HERE = Path(__file__).resolve().parent
ENOUGH = 0.93
WORTH = 20  # sentences that recall must be worth
READS = (
    (10, 10),
    (15, 15),
    (20, 20),
    (30, 30),
    (30, 100),
    (50, 50),
    (50, 200),
    (100, 300),
    (200, 1000),
)  # hits and near misses; rest
FEWEST = 200  # samples that pass, for their coverage to be told
TIMES = (0.5, 1, 2)  # how common the concept is in the other corpus


class Setting(NamedTuple):
    """A concept: sentences of the corpus, shares of hits and near misses, and what is right in each stratum."""

    sentences: int
    hits: float
    near: float
    of_hits: float
    of_near: float
    of_rest: float


SETTINGS = (
    Setting(20_000, 0.01, 0.02, 0.70, 0.10, 0.0005),
    Setting(20_000, 0.01, 0.02, 0.70, 0.20, 0.002),
    Setting(20_000, 0.02, 0.02, 0.95, 0.05, 0.0001),
    Setting(20_000, 0.02, 0.02, 0.88, 0.00, 0.0),
    Setting(20_000, 0.05, 0.05, 0.90, 0.20, 0.002),
    Setting(20_000, 0.05, 0.05, 0.70, 0.30, 0.01),
    Setting(20_000, 0.05, 0.05, 0.92, 0.10, 0.03),
    Setting(20_000, 0.10, 0.10, 0.60, 0.30, 0.03),
    Setting(20_000, 0.10, 0.02, 0.85, 0.50, 0.0),
    Setting(2_000, 0.02, 0.02, 0.75, 0.25, 0.001),
    Setting(2_000, 0.03, 0.05, 0.90, 0.10, 0.005),
    Setting(2_000, 0.10, 0.10, 0.60, 0.30, 0.03),
)


def strata_of(setting: Setting, read: tuple[int, int], n: int, seed: list[int]) -> tuple[list[Strata], tuple[int, ...]]:
    """Return samples of one corpus, and how many sentences of each stratum speak of the concept."""
    generator = np.random.Generator(np.random.PCG64(seed))
    hits, near = round(setting.sentences * setting.hits), round(setting.sentences * setting.near)
    sizes = (hits, near, setting.sentences - hits - near)
    right = tuple(
        round(size * share)
        for size, share in zip(sizes, (setting.of_hits, setting.of_near, setting.of_rest), strict=True)
    )
    drawn = tuple(min(size, number) for size, number in zip(sizes, (read[0], read[0], read[1]), strict=True))
    yes = np.stack(
        [
            generator.hypergeometric(good, size - good, number, n)
            for good, size, number in zip(right, sizes, drawn, strict=True)
        ],
        axis=1,
    )
    return [Strata(sizes, drawn, tuple(row)) for row in yes.tolist()], right


def cell(setting: Setting, read: tuple[int, int], n: int) -> dict[str, object]:
    """Return the coverage of all intervals in one setting."""
    place = SETTINGS.index(setting)
    samples, right = strata_of(setting, read, n, [*read, place])
    share, recall = sum(right) / setting.sentences, right[0] / sum(right)
    hits, size = samples[0].sizes[0], setting.sentences
    precise = right[0] / hits
    false = (hits - right[0]) / (size - sum(right))
    generator = np.random.Generator(np.random.PCG64([*read, place, 1]))
    held: dict[str, list[bool]] = {name: [] for name in ("share", "recall", "precision", *map(str, TIMES))}
    worth, passing = [], 0
    for one in samples:
        _, low, high = one.total()
        held["share"].append(low - 1e-12 <= share <= high + 1e-12)
        value, low, high = one.recall()
        held["recall"].append(math.isnan(value) or low - 1e-12 <= recall <= high + 1e-12)
        low, high = clopper_pearson(np.array([one.yes[0]]), one.read[0], 0.95)
        held["precision"].append(bool(low[0] <= precise <= high[0]))
        figures = one.test_figures()
        worth.append(figures[2])
        if figures[2] < WORTH:
            continue
        passing += 1
        for times in TIMES:
            there = share * times
            apparent = generator.binomial(size, there * recall + (1 - there) * false) / size
            value, low, high = rogan_gladen(apparent, size, figures[0], figures[2], figures[1], figures[3])
            held[str(times)].append(math.isnan(value) or low - 1e-12 <= there <= high + 1e-12)
    return {
        "setting": setting._asdict(),
        "read": read,
        "true_share": round(share, 5),
        "true_recall": round(recall, 4),
        "worth": round(float(np.median(worth)), 1),
        "passing": passing,
    } | {name: round(float(np.mean(those)), 4) if len(those) >= FEWEST else None for name, those in held.items()}


def classic(read: int, n: int) -> dict[str, object]:
    """Return the lowest coverage where so many sentences of either kind are known; 2,000 sentences are counted."""
    generator = np.random.Generator(np.random.PCG64([read, 7]))
    found = []
    for share, (right, quiet) in product((0.01, 0.05, 0.2), ((0.7, 0.995), (0.9, 0.99), (0.95, 0.95))):
        apparent = generator.binomial(2000, share * right + (1 - share) * (1 - quiet), n) / 2000
        s, p = generator.binomial(read, right, n) / read, generator.binomial(read, quiet, n) / read
        ends = [rogan_gladen(a, 2000, b, read, c, read)[1:] for a, b, c in zip(apparent, s, p, strict=True)]
        kit = np.mean([low <= share <= high for low, high in ends])
        rate = (apparent + p - 1) / (s + p - 1)
        spread = apparent * (1 - apparent) / 2000 + rate**2 * s * (1 - s) / read + (1 - rate) ** 2 * p * (1 - p) / read
        reach = special.ndtri(0.975) * np.sqrt(spread) / (s + p - 1)
        delta = np.mean((rate - reach <= share) & (share <= rate + reach))
        again = 1000
        boot = []
        for a, b, c in zip(apparent[: n // 10], s, p, strict=False):
            drawn = [generator.binomial(size, one, again) / size for size, one in ((2000, a), (read, b), (read, c))]
            values = np.sort((drawn[0] + drawn[2] - 1) / (drawn[1] + drawn[2] - 1))
            boot.append(values[24] <= share <= values[-25])
        found.append((float(kit), float(delta), float(np.mean(boot))))
    lowest = np.min(found, axis=0)
    names = ("lang_reiczigel", "delta", "bootstrap")
    return {"read": read} | {name: round(float(one), 4) for name, one in zip(names, lowest, strict=True)}


def worst(cells: list[dict[str, object]], read: tuple[int, int], name: str) -> float:
    """Return the lowest coverage at some numbers read."""
    there = [one[name] for one in cells if tuple(one["read"]) == read and one[name] is not None]
    return min(there, default=math.nan)


def page(cells: list[dict[str, object]], known: list[dict[str, object]], least: int, n: int) -> str:
    """Write the cells as a page."""
    names = {"share": "share of all sentences", "recall": "recall", "precision": "precision"}
    names |= {str(times): f"share elsewhere, × {times:g}" for times in TIMES}
    lines = [
        "# Coverage of 95 % intervals of corrected shares",
        "",
        "Written by `benchmarks/correction_coverage.py`; do not edit. Per cent of simulated corpora whose interval holds the",
        (
            f"true value: the lowest of {len(SETTINGS)} settings; {n:,} corpora per cell (two Monte Carlo standard errors at 93 %: "
            f"{200 * (0.93 * 0.07 / n) ** 0.5:.1f} points)."
        ),
        "",
        "Read: hits and near misses (each); rest. *Share* is that of the difference estimator (prediction-powered), *elsewhere*",
        "that of Rogan and Gladen with the interval of Lang and Reiczigel, by figures of another corpus, in which the concept",
        f"is half, equally or twice as common: of samples whose recall is worth {WORTH} sentences or more, where {FEWEST} pass.",
        "",
        f"Smallest number read of each stratum from which on share and recall are covered in 93 % or more: {least}",
        "",
        "| read | " + " | ".join(names.values()) + " |",
        "|---|" + "---:|" * len(names),
    ]
    for read in READS:
        told = [f"{100 * worst(cells, read, name):.1f}".replace("nan", "-") for name in names]
        lines.append(f"| {read[0]}; {read[1]} | {' | '.join(told)} |")
    lines += [
        "",
        "As mostly studied: so many sentences known to speak of the concept and so many known not to, 2,000 counted; the lowest",
        "of nine settings.",
        "",
        "| known of each | Lang and Reiczigel | delta | percentile bootstrap |",
        "|---|---:|---:|---:|",
    ]
    for one in known:
        told = [f"{100 * one[name]:.1f}" for name in ("lang_reiczigel", "delta", "bootstrap")]
        lines.append(f"| {one['read']} + {one['read']} | {' | '.join(told)} |")
    return "\n".join([*lines, ""])


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    cells = [cell(setting, read, n) for read, setting in product(READS, SETTINGS)]
    bound = ENOUGH - 2 * (ENOUGH * (1 - ENOUGH) / n) ** 0.5
    failing = [min(one["read"]) for one in cells if min(one["share"], one["recall"]) < bound]
    least = min(read[0] for read in READS if all(read[0] > one for one in failing))
    known = [classic(read, n) for read in (20, 30, 50, 100)]
    (HERE / "correction_coverage.md").write_text(page(cells, known, least, n), encoding="utf-8")
    content = {"minimum": least, "cells": cells, "known": known}
    (HERE / "correction_coverage.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(least)


if __name__ == "__main__":
    main()
