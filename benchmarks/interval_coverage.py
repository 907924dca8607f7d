"""Which intervals cover the truth, and from how many documents on: the study behind the kit's stated minimum.

Simulates corpora of overdispersed documents (negative binomial, shapes spanning those in ``dispersion.csv``), puts the
kit's own intervals round each item's rate, and round the ratio of two corpora's rates, and counts how often the truth
lies inside. A rung is a number of documents that hold the item, on average; a setting is a shape of the counts. A
method's minimum is the smallest rung from which on every setting's coverage is 93 % or within two Monte Carlo standard
errors of it. What a minimum does to the intervals that are printed is the question of ``printed_coverage.py``. Writes ``coverage.json`` and ``coverage.md``; kit/measures/uncertainty/minimum.py quotes them, and a test
compares.

Run: ``python benchmarks/interval_coverage.py [corpora per cell]`` (2,000: about three minutes)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import optimize, sparse

from kit.measures.counts.counts import Counts
from kit.measures.uncertainty.intervals import bca, log_t, percentile
from kit.measures.uncertainty.log_ratios import log_ratio_intervals
from kit.measures.uncertainty.resampling import resampled_sums
from kit.measures.uncertainty.samples import Sample, moments, skewness
from kit.simulation.draws import draw_counts

HERE = Path(__file__).resolve().parent
LEVEL, RESAMPLES, BATCH = 0.95, 1000, 50
LEAST = 0.93
RUNGS = (10, 15, 20, 30, 50, 75, 100, 150, 250, 400, 600)
LARGEST = 3000  # documents of a simulated corpus
METHODS = ("log_t", "bca", "percentile")
TITLES = {
    "rate": "Relative frequency",
    "ratio": "Ratio of two relative frequencies (true ratio 2, reference twice as large)",
    "bound": "Lower bound of a ratio (reference: the column's number of documents with the item; true ratio 20)",
}


class Setting(NamedTuple):
    """A shape of counts: which share of documents hold the item, how often those say it, how sizes differ."""

    name: str
    share: float
    repeated: float  # mean count in a document that has the item
    words: int  # median of the documents
    spread: float  # sd of the logarithm of the documents' words


SETTINGS = (
    Setting("rare, seldom repeated (clean-government)", 0.02, 1.2, 233, 0.345),
    Setting("rare, repeated (aktor-asn)", 0.03, 2.4, 233, 0.345),
    Setting("in one of ten, seldom repeated (responsivitas)", 0.1, 1.2, 233, 0.345),
    Setting("in one of ten, repeated (kepemimpinan)", 0.1, 2.3, 233, 0.345),
    Setting("in one of ten, lumps (integritas-antikorupsi)", 0.12, 8.3, 233, 0.345),
    Setting("common (aktor-warga)", 0.3, 2.2, 233, 0.345),
    Setting("very common", 0.6, 2.4, 233, 0.345),
    Setting("nearly everywhere", 0.95, 6.0, 233, 0.345),
    Setting("speeches, one of five (efektivitas)", 0.2, 2.3, 457, 0.813),
    Setting("speeches, lumps (pengelolaan-keuangan)", 0.2, 4.5, 457, 0.813),
    Setting("speeches, common (aktor-warga)", 0.7, 4.5, 457, 0.813),
)


def size_of(share: float, repeated: float) -> float:
    """Solve 1 - (1 + mean / k)^-k = share for k, where mean = share · repeated."""
    mean = share * repeated

    def excess(log_k: float) -> float:
        k = np.exp(log_k)
        return float(1 - (1 + mean / k) ** -k - share)

    return float(np.exp(optimize.brentq(excess, np.log(1e-6), np.log(1e4))))


def corpora(setting: Setting, documents: int, n: int, seed: tuple[int, ...]) -> Iterator[tuple[Sample, float]]:
    """Yield samples whose columns are corpora, with the true rate; the sizes of documents differ between batches."""
    generator = np.random.Generator(np.random.PCG64(seed))
    rate = setting.share * setting.repeated / (setting.words * np.exp(setting.spread**2 / 2))
    k = size_of(setting.share, setting.repeated)
    for _ in range(n // BATCH):
        words = np.rint(np.exp(generator.normal(np.log(setting.words), setting.spread, documents))).astype(np.int64)
        counts = draw_counts(generator, rate * words[:, None], k, (documents, BATCH))
        yield Sample(sparse.csr_array(counts), words), rate


def intervals(sample: Sample, seed: tuple[int, ...], methods: tuple[str, ...]) -> dict[str, tuple[np.ndarray, ...]]:
    """Return the interval of each column by each method."""
    found = moments(sample)
    ends: dict[str, tuple[np.ndarray, ...]] = {
        "log_t": log_t(found.rate, [found.variance], [found.effective], LEVEL),
    }
    if len(methods) > 1:
        for block, counts, words in resampled_sums(sample, RESAMPLES, seed):
            assert block == slice(0, BATCH)
            rates = counts / words
            ends["percentile"] = percentile(rates, LEVEL)
            ends["bca"] = bca(rates, found.rate, skewness(sample), LEVEL)
    return ends


def cell(setting: Setting, rung: int, n: int, methods: tuple[str, ...]) -> list[dict[str, object]]:
    """Return the coverage of each method at one rung of one setting."""
    documents = round(rung / setting.share)
    place = SETTINGS.index(setting)
    hits: dict[str, list[np.ndarray]] = {name: [] for name in methods}
    above: dict[str, list[np.ndarray]] = {name: [] for name in methods}
    passing = []
    for batch, (sample, rate) in enumerate(corpora(setting, documents, n, (rung, place))):
        passing.append(sample.stories >= rung)
        for name, (low, high) in intervals(sample, (rung, place, batch), methods).items():
            hits[name].append((low <= rate) & (rate <= high))
            above[name].append(low > rate)
    kept = np.concatenate(passing)
    return [
        {
            "of": "rate",
            "method": name,
            "rung": rung,
            "setting": setting.name,
            "documents": documents,
            "corpora": len(kept),
            "passing": int(kept.sum()),
            "coverage": round(float(np.concatenate(hits[name]).mean()), 4),
            "coverage_of_passing": round(float(np.concatenate(hits[name])[kept].mean()), 4) if kept.any() else None,
            "truth_below": round(float(np.concatenate(above[name]).mean()), 4),
        }
        for name in methods
    ]


def ratio_cell(setting: Setting, rung: int, n: int) -> dict[str, object]:
    """Return the coverage of the log-t interval of a ratio; the reference is twice as large, the true ratio 2."""
    target, place = round(rung / setting.share), SETTINGS.index(setting)
    half = setting._replace(share=setting.share / 2)
    hits, above = [], []
    for (one, rate), (two, other) in zip(
        corpora(setting, target, n, (rung, place, 1)), corpora(half, 2 * target, n, (rung, place, 2)), strict=True
    ):
        a, b = moments(one), moments(two)
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = log_t(a.rate / b.rate, [a.variance, b.variance], [a.effective, b.effective], LEVEL)
        hits.append((low <= rate / other) & (rate / other <= high))
        above.append(low > rate / other)
    return {
        "of": "ratio",
        "method": "log_t",
        "rung": rung,
        "setting": setting.name,
        "documents": target,
        "corpora": n,
        "coverage": round(float(np.concatenate(hits).mean()), 4),
        "truth_below": round(float(np.concatenate(above).mean()), 4),
    }


def bound_cell(setting: Setting, rung: int, n: int) -> dict[str, object]:
    """Return how often the lower bound of a ratio holds where the reference has the item a few times, or not at all."""
    place, target = SETTINGS.index(setting), round(30 / setting.share)
    seldom = setting._replace(share=setting.share / 20)
    names = tuple(f"c{number:02}" for number in range(BATCH))
    holds, bounded = [], []
    for (one, rate), (two, other) in zip(
        corpora(setting, target, n, (rung, place, 3)),
        corpora(seldom, round(rung / seldom.share), n, (rung, place, 4)),
        strict=True,
    ):
        table = log_ratio_intervals(*(as_counts(sample, names) for sample in (one, two)), level=LEVEL)
        given = table["low"].notna() & table["high"].isna()
        bounded.append(given.to_numpy())
        holds.append((table["low"] <= np.log2(rate / other)).to_numpy())
    kept = np.concatenate(bounded)
    return {
        "of": "bound",
        "method": "log_t",
        "rung": rung,
        "setting": setting.name,
        "documents": target,
        "corpora": int(kept.sum()),
        "coverage": round(float(np.concatenate(holds)[kept].mean()), 4),
    }


def as_counts(sample: Sample, names: tuple[str, ...]) -> Counts:
    """Return a sample as the counts that the kit's measures take."""
    ids = tuple(f"d{place:05}" for place in range(len(sample)))
    return Counts(sample.matrix, names, sample.sizes, ids, np.arange(len(sample)))


def minimum(cells: pd.DataFrame) -> int | None:
    """Return the smallest rung from which on every setting's coverage is high enough, but for Monte Carlo error."""
    inside = cells["coverage"] >= LEAST - 2 * np.sqrt(LEAST * (1 - LEAST) / cells["corpora"])
    good = inside.groupby(cells["rung"]).all()[::-1].cummin()[::-1]
    return int(good.index[good][0]) if good.any() else None


def markdown(table: pd.DataFrame, found: dict[str, int | None], few: dict[int, float]) -> str:
    """Write the study as a page."""
    corpora_per_cell = int(table["corpora"].max())
    error = 200 * np.sqrt(0.05 * 0.95 / corpora_per_cell)
    head = f"""# Coverage of 95 % intervals

Written by `benchmarks/interval_coverage.py`; do not edit. Per cent of simulated corpora whose interval holds the true value.
{corpora_per_cell:,} corpora per cell (two Monte Carlo standard errors: {error:.1f} points), {RESAMPLES:,} resamples for
the bootstraps. Documents are overdispersed (negative binomial); the shapes span those of the codebook's concepts in
news and speeches (`dispersion.csv`), the one in brackets being near. Columns: how many documents hold the item, on
average. `-`: the corpus would need more than {LARGEST:,} documents. Intervals of dispersion: `dispersion_coverage.md`.

Smallest number of documents with the item from which on every setting covers in 93 % or more (but for two standard errors):

"""
    lines = [f"- {name}: {value or 'not reached'}" for name, value in found.items()]
    lines += [
        "",
        f"(No fewer than {RUNGS[0]} were tried; `printed_coverage.md` goes down to two, and says what a minimum does.)",
    ]
    lines += ["", "Few documents, each of which may hold the item ('nearly everywhere', log_t): "]
    lines[-1] += ", ".join(f"{n} documents {100 * value:.1f}" for n, value in few.items()) + "."
    for (of, method), part in table.groupby(["of", "method"], sort=False):
        lines += _section(f"{TITLES[of]}, {method}", part, "coverage")
        if of == "rate" and method == "log_t":
            many = part[part["passing"] >= 200]
            lines += _section(
                f"{TITLES[of]}, {method}: only corpora that reach the column", many, "coverage_of_passing"
            )
    return head + "\n".join(lines) + "\n"


def _section(title: str, part: pd.DataFrame, column: str) -> list[str]:
    """Write one table, settings by rungs."""
    wide = part.pivot_table(index="setting", columns="rung", values=column, sort=False)
    wide = wide[sorted(wide.columns)]
    lines = ["", f"## {title}", "", "| setting | " + " | ".join(map(str, wide.columns)) + " |"]
    lines.append("|---|" + "---:|" * wide.shape[1])
    for name, row in zip(wide.index, wide.to_numpy(), strict=True):
        cells = " | ".join("-" if pd.isna(value) else f"{100 * value:.1f}" for value in row)
        lines.append(f"| {name} | {cells} |")
    return lines


def study(n: int) -> tuple[pd.DataFrame, dict[int, float]]:
    """Return every cell, and the coverage in very small samples."""
    rows: list[dict[str, object]] = []
    for setting in SETTINGS:
        for rung in RUNGS:
            if round(rung / setting.share) <= LARGEST:
                rows += cell(setting, rung, n, METHODS)
                rows.append(ratio_cell(setting, rung, n))
        if setting.share <= 0.2 and 30 / setting.share <= LARGEST:
            rows += [bound_cell(setting, rung, n) for rung in (1, 3, 5, 8)]
        print(setting.name, flush=True)
    everywhere = next(setting for setting in SETTINGS if setting.share > 0.9)
    few = {
        documents: float(cell(everywhere, round(documents * everywhere.share), n, ("log_t",))[0]["coverage"])
        for documents in (6, 8, 10, 12, 15, 20, 30)
    }
    table = pd.DataFrame(rows)
    order = [(of, method) for of in TITLES for method in METHODS]
    rank = [order.index(key) for key in zip(table["of"], table["method"], strict=True)]
    return table.iloc[np.argsort(rank, kind="stable")].reset_index(drop=True), few


def run(n: int) -> None:
    """Run the study and write both files."""
    table, few = study(n)
    found = {
        f"{of}, {method}": minimum(part)
        for (of, method), part in table.groupby(["of", "method"], sort=False)
        if of != "bound"
    }
    page = markdown(table, found, few)
    (HERE / "coverage.md").write_text(page, encoding="utf-8", newline="\n")
    cells = json.loads(table.to_json(orient="records"))
    content = {"minimum": found, "few_documents": few, "cells": cells}
    (HERE / "coverage.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8", newline="\n")
    print(page)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
