"""quanteda.textstats and quanteda.extras: the numbers that their manuals and tests print, as R is not run here."""

from __future__ import annotations

import csv
import json
import math
from typing import Any

import numpy as np
import pandas as pd
from rows import HERE, Row, corpus_of

import kit
from kit.measures.association import formulas as association_formulas
from kit.measures.counts import contingency
from kit.measures.keyness.significance import fisher_p, odds_ratio_conditional

PEER = "quanteda.textstats (printed)"
EXTRAS = "quanteda.extras (printed)"
ORACLES = HERE.parent.parent / "tests" / "oracles" / "oracles.json"

#: Record of tests/oracles, quanteda's call, the kit's card.
_CALLS = {
    "quanteda_toy_chi2": ("chi2, correction none", "chi2"),
    "quanteda_toy_chi2_yates": ("chi2, correction yates", "chi2_yates"),
    "quanteda_toy_G2": ("lr, correction none", "g2_4cell"),
    "quanteda_toy_G2_williams": ("lr, correction williams", "g2_williams"),
    "quanteda_toy_fisher_p": ("exact, p", "fisher_p"),
    "quanteda_toy_fisher_or": ("exact, statistic", "odds_ratio"),
}


def rows() -> list[Row]:
    """Compare."""
    with ORACLES.open(encoding="utf-8") as file:
        data = json.load(file)
    records = {record["id"]: record for record in (data["records"] if isinstance(data, dict) else data)}
    return [*_toy(records), *_inaugural(records), *_pmi(records), *_orders(records), *_extras(records), *_texts()]


def _texts_of(*texts: str) -> kit.Corpus:
    """Make a corpus of some texts."""
    return corpus_of(pd.DataFrame({"doc_id": [f"d{place}" for place in range(len(texts))], "text": texts}))


def _toy(records: dict[str, Any]) -> list[Row]:
    """One table of quanteda's tests: d1 = "b*7 a*3", d2 = "a*7 b*2"."""
    own = kit.keyness(_texts_of("b " * 7 + "a " * 3), _texts_of("a " * 7 + "b " * 2)).set_index("item").loc["b"]
    found = []
    for name, (call, card) in _CALLS.items():
        record = records[name]
        table = _table(record["inputs"])
        # Below the stated minimum of stories kit.keyness prints no p-value; the formula does.
        number = fisher_p(*table).item() if card == "fisher_p" else float(own[card])
        found.append(
            Row(
                PEER,
                f"textstat_keyness {call}",
                card,
                "7 of 10 against 2 of 9",
                number,
                record["expected"],
                odds_ratio_conditional(*table).item() if card == "odds_ratio" else None,
                "quanteda's is R's conditional estimate (kit.measures.keyness.significance.odds_ratio_conditional), the kit's the "
                "odds ratio of the counts"
                if card == "odds_ratio"
                else "",
                record["abs_tol"],
                record["source"],
            )
        )
    return found


def _inaugural(records: dict[str, Any]) -> list[Row]:
    """Twenty rows of the manual's example."""
    found = []
    for name, record in records.items():
        if not name.startswith("inaug_"):
            continue
        table = _table(record["inputs"])
        number = contingency.chi2(*table).item()
        more = table[0] > float(contingency.expected(*table).o11)
        found.append(
            Row(
                PEER,
                "textstat_keyness chi2 (default)",
                "chi2",
                "{a:,} of {c:,} against {b:,} of {d:,}".format(**record["inputs"]),
                number,
                record["expected"],
                number if more else -number,
                "quanteda's carries the sign of the difference; in the kit the log ratio does",
                record["abs_tol"],
                record["source"],
            )
        )
    return found


def _pmi(records: dict[str, Any]) -> list[Row]:
    """Keyness as pointwise mutual information."""
    record = records["quanteda_pmi"]
    a, b, c, d = (record["inputs"][name] for name in "abcd")
    own = association_formulas.pmi(*_table(record["inputs"])).item()
    printed = math.log(a * (c + d) / ((a + b) * c))  # the record is the expression of quanteda's own test
    return [
        Row(
            PEER,
            "textstat_keyness pmi",
            "pmi",
            "3 of 17 against 2 of 12",
            own,
            printed,
            own * math.log(2),
            "natural logarithm in quanteda, bits in the kit",
            record["abs_tol"],
            record["source"],
        )
    ]


def _orders(records: dict[str, Any]) -> list[Row]:
    """The order of eight words by a signed statistic."""
    found = []
    for name, call, card in (
        ("quanteda_order_chi2", "chi2 (default), order", "chi2"),
        ("quanteda_order_lr", "lr, correction none, order", "g2_4cell"),
    ):
        record = records[name]
        texts = record["inputs"]
        table = kit.keyness(_texts_of(texts["d1"]), _texts_of(texts["d2"])).set_index("item")
        sign = np.sign(table["per_million_target"] - table["per_million_reference"])
        order = (table[card] * sign).sort_values(ascending=False, kind="stable").index
        # quanteda corrects a table where |ad - bc| ≥ n/2 and an expected count is below 5.
        corrected = (_corrected(table) * sign).sort_values(ascending=False, kind="stable").index
        found.append(
            Row(
                PEER,
                f"textstat_keyness {call}",
                card,
                f"“{texts['d1']}” against “{texts['d2']}”",
                " ".join(order),
                " ".join(record["expected"]),
                " ".join(corrected),
                "quanteda's default corrects some of the tables (Yates)",
                0.0,
                record["source"],
            )
        )
    return found


def _corrected(table: pd.DataFrame) -> pd.Series:
    """Return χ² as quanteda's default has it."""
    size = [table["count_" + side].sum() for side in ("target", "reference")]
    a, b = table["count_target"], table["count_reference"]
    n = sum(size)
    expected = np.min(np.array(contingency.expected(a, a + b, size[0], n)), axis=0)
    cross = (a * (size[1] - b) - b * (size[0] - a)).abs()
    return table["chi2_yates"].where((cross >= n / 2) & (expected < 5), table["chi2"])


def _extras(records: dict[str, Any]) -> list[Row]:
    """The table of quanteda.extras' tests."""
    found = []
    for name in ("G2_4cell_1", "G2_4cell_signed"):
        record = records[name]
        number = contingency.g2_4cell(*_table(record["inputs"])).item()
        found.append(
            Row(
                EXTRAS,
                "log_like",
                "g2_4cell",
                "{a} of {c} against {b} of {d}".format(**record["inputs"]),
                number,
                record["expected"],
                -number,
                "quanteda.extras' carries the sign of the difference",
                5e-7,
                record["source"],
            )
        )
    return found


def _texts() -> list[Row]:
    """Frequencies and lexical diversity of printed texts."""
    found = []
    with (HERE / "published.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given, card = json.loads(row["input"]), row["card"]
            groups = given.get("groups", [""] * len(given["texts"]))
            chosen = [
                text for text, group in zip(given["texts"], groups, strict=True) if group == given.get("group", "")
            ]
            corpus = _texts_of(*chosen)
            if "term" in given:
                own = kit.term_frequencies(corpus).set_index("term").loc[given["term"], card]
            else:
                own = kit.lexical_diversity(corpus, window=given.get("window", 100)).loc[0, card]
            call = "textstat_frequency " if "term" in given else "textstat_lexdiv "
            example = "; ".join(f"{name}: {value}" for name, value in given.items() if name != "texts")
            text = " | ".join(f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”" for text in given["texts"])
            found.append(
                Row(
                    PEER,
                    call + row["measure"],
                    card,
                    f"{text} {example}".strip(),
                    float(own),
                    float(row["expected"]),
                    tolerance=float(row["tolerance"]),
                    source="quanteda/quanteda.textstats " + row["source"],
                )
            )
    return found


def _table(inputs: dict[str, float]) -> tuple[float, float, float, float]:
    """Turn counts and sizes of both sides into first cell, row, column and total."""
    a, b, c, d = (float(inputs[name]) for name in "abcd")
    return a, a + b, c, c + d
