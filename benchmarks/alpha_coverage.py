"""Which interval of Krippendorff's alpha covers the truth, and from how many units on.

Simulates codings: a unit has the concept with some prevalence, and each coder errs by a rate that makes alpha as wanted.
Puts the kit's interval and the percentile bootstrap of units round alpha and counts how often the truth lies inside. The
minimum is the smallest number of units from which on the kit's interval covers 93 % or more (but for two Monte Carlo
standard errors) in every setting. Writes ``alpha_coverage.json`` and ``alpha_coverage.md``; `LEAST` in
kit/validity/agreement/intervals.py quotes it, and a test compares.

Run: ``python benchmarks/alpha_coverage.py [samples per cell]`` (2,000: about a minute)
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path

import numpy as np
from scipy import optimize, stats

from kit.validity.agreement.coefficients import alpha
from kit.validity.agreement.intervals import LEAST_RARER, alpha_interval, rarer_units

HERE = Path(__file__).resolve().parent
ENOUGH, RESAMPLES = 0.93, 499
PREVALENCES, ALPHAS, CODERS = (0.05, 0.1, 0.2, 0.5), (0.4, 0.6, 0.8, 0.9, 0.95), (2, 3)
RUNGS = (10, 20, 30, 50, 100, 200, 400)


def shares(prevalence: float, error: float, coders: int) -> np.ndarray:
    """Return how often 0 to all coders say yes; as many false yes as false no are expected."""
    yes = np.arange(coders + 1)
    false = error * prevalence / (1 - prevalence)
    there, absent = stats.binom.pmf(yes, coders, 1 - error), stats.binom.pmf(yes, coders, false)
    return prevalence * there + (1 - prevalence) * absent


def truth(probabilities: np.ndarray) -> float:
    """Return alpha of infinitely many units."""
    coders = len(probabilities) - 1
    yes = np.arange(coders + 1)
    share = float(probabilities @ yes) / coders
    differ = float(probabilities @ (2 * yes * (coders - yes))) / (coders * (coders - 1))
    return 1 - differ / (2 * share * (1 - share))


def alphas(weights: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Return alpha of many samples at once; 1 where all used one label, as programs that define it there have it."""
    size = kinds.sum(axis=1)
    total, label = weights @ size, weights @ kinds
    expected = total**2 - (label**2).sum(axis=1)
    seen = weights @ ((size**2 - (kinds**2).sum(axis=1)) / (size - 1))
    return 1 - np.divide((total - 1) * seen, expected, out=np.zeros(len(weights)), where=expected > 0)


def cell(prevalence: float, wanted: float, coders: int, units: int, n: int) -> dict[str, object]:
    """Return the coverage of both intervals in one setting."""
    error = optimize.brentq(lambda rate: truth(shares(prevalence, rate, coders)) - wanted, 1e-9, 0.49)
    probabilities = shares(prevalence, float(error), coders)
    generator = np.random.Generator(np.random.PCG64([units, coders, int(prevalence * 100), int(wanted * 100)]))
    yes = np.arange(coders + 1.0)
    kinds = np.stack([yes, coders - yes], axis=1)
    mine, boot, silent, undefined = [], [], 0, 0
    for drawn in generator.multinomial(units, probabilities / probabilities.sum(), n).astype(float):
        if np.isnan(alpha(kinds, weights=drawn)):
            undefined += 1  # all used one label
            continue
        if len(boot) < n // 5:
            values = np.sort(alphas(generator.multinomial(units, drawn / units, RESAMPLES), kinds))
            boot.append(values[12] <= wanted <= values[-13])
        if rarer_units(kinds, drawn) < LEAST_RARER:
            silent += 1
            continue
        low, high = alpha_interval(kinds, drawn)
        mine.append(low <= wanted <= high)
    return {
        "prevalence": prevalence,
        "alpha": wanted,
        "coders": coders,
        "units": units,
        "samples": n,
        "undefined": undefined,
        "without_interval": silent,
        "coverage": round(float(np.mean(mine)), 4),
        "bootstrap": round(float(np.mean(boot)), 4),
    }


def minimum(cells: list[dict[str, object]], n: int) -> int:
    """Return the smallest number of units from which on every setting is covered."""
    failing = [one["units"] for one in cells if one["coverage"] < ENOUGH - 2 * (ENOUGH * (1 - ENOUGH) / n) ** 0.5]
    return min(rung for rung in RUNGS if all(rung > units for units in failing))


def page(cells: list[dict[str, object]], least: int, n: int) -> str:
    """Write the cells as a page."""
    lines = [
        "# Coverage of 95 % intervals of Krippendorff's alpha",
        "",
        "Written by `benchmarks/alpha_coverage.py`; do not edit. Per cent of simulated samples whose interval holds the true",
        f"alpha, of those that have one (alpha is defined, and two units have the rarer label); {n:,} samples per cell ({n // 5:,} for the bootstrap, {RESAMPLES} resamples).",
        "Columns: units coded. Two labels; the kit's interval, and in brackets the percentile bootstrap of units.",
        "",
        f"Smallest number of units from which on the kit's interval covers 93 % or more everywhere (but for two standard errors): {least}",
        "",
        f"| coders | prevalence | alpha | {' | '.join(map(str, RUNGS))} |",
        f"|---|---|---|{'---:|' * len(RUNGS)}",
    ]
    for coders, prevalence, wanted in product(CODERS, PREVALENCES, ALPHAS):
        row = [one for one in cells if (one["coders"], one["prevalence"], one["alpha"]) == (coders, prevalence, wanted)]
        told = [f"{100 * one['coverage']:.1f} ({100 * one['bootstrap']:.0f})" for one in row]
        lines.append(f"| {coders} | {prevalence:.2f} | {wanted:.2f} | {' | '.join(told)} |")
    return "\n".join([*lines, ""])


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    cells = [
        cell(prevalence, wanted, coders, units, n)
        for coders, prevalence, wanted, units in product(CODERS, PREVALENCES, ALPHAS, RUNGS)
    ]
    least = minimum(cells, n)
    (HERE / "alpha_coverage.md").write_text(page(cells, least, n), encoding="utf-8")
    (HERE / "alpha_coverage.json").write_text(json.dumps({"minimum": least, "cells": cells}, indent=1) + "\n", "utf-8")
    print(least)


if __name__ == "__main__":
    main()
