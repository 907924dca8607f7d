"""The levels of a codebook: a group counts what is below it, at any depth, and a stretch of words once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.index.order import leftmost_longest


def level_keys(codebook: Codebook) -> pd.DataFrame:
    """List groups and concepts, each before what is below it: `concept`, `parent` (str), `level` (int64, from 0)."""
    parents = dict(zip(codebook.concepts["concept"], codebook.concepts["parent"], strict=True))
    below: dict[str, list[str]] = {}
    for concept, parent in parents.items():
        below.setdefault(parent, []).append(concept)
    rows: list[tuple[str, str, int]] = []
    open_nodes = [(name, "", 0) for name in reversed([parent for parent in below if parent not in parents])]
    while open_nodes:
        name, parent, level = open_nodes.pop()
        rows.append((name, parent, level))
        open_nodes += [(child, name, level + 1) for child in reversed(below.get(name, []))]
    return pd.DataFrame(rows, columns=["concept", "parent", "level"]).astype({"concept": "str", "parent": "str"})


def lifted(mentions: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return mentions with a row for each level above, under its name in `concept`.

    Of hits of one level that share a word the leftmost is kept, and of these the longest, so that none counts twice;
    names and other hits are chosen apart.
    """
    parents = dict(zip(codebook.concepts["concept"], codebook.concepts["parent"], strict=True))
    lines: dict[str, list[str]] = {}
    for concept in parents:
        line = [concept]
        while line[-1] in parents:
            line.append(parents[line[-1]])
        lines[concept] = line
    mine = mentions["concept"].map(lines)
    mine = mine[mine.notna()]
    every = mentions.loc[mine.index].assign(concept=mine).explode("concept", ignore_index=True)
    every["concept"] = every["concept"].astype("str")
    number = pd.factorize(every["concept"])[0].astype(np.int64) * 2
    if "is_name" in every.columns:
        number += every["is_name"].to_numpy(np.int64)
    doc, start, end = (every[name].to_numpy(np.int64) for name in ("doc", "start", "end"))
    group = number * (int(doc.max(initial=0)) + 1) + doc
    kept = np.sort(leftmost_longest(group, start, end - 1, -np.arange(len(every))))
    return every.iloc[kept].reset_index(drop=True)
