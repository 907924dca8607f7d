"""Evidence as files: its passages as CSV, and a page on which the number of each cell can be counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kit.exhibits.evidence import COLUMNS, counts_of
from kit.exhibits.exhibit import digest
from kit.exhibits.formats import csv, html
from kit.exhibits.grid import Grid
from kit.settings import Settings
from kit.wording import numerals, words

#: Passages of one key on the page; the CSV file has all of the evidence.
SHOWN = 200


def write(
    found: pd.DataFrame,
    id: str,  # noqa: A002
    title: str,
    order: Sequence[str],
    settings: Settings,
    *,
    printed: int | None = None,
    labels: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Write evidence as CSV and as a page on which each cell's number can be counted, with a way back to its row."""
    withheld = settings.evidence == "ids"
    table = found[list(COLUMNS)].reset_index(drop=True)
    table.attrs = {}  # pandas would copy them for every key
    table.insert(COLUMNS.index("gloss"), "passage_sha256", [hashed(text) for text in table["passage"]])
    printed = len(order) if printed is None else printed
    ranks = {key: rank for rank, key in reversed(list(enumerate(order)))}
    counts, drawn = counts_of(found), found.attrs.get("drawn") or {}
    groups = [
        {
            "key": key,
            "label": (labels or {}).get(key, ""),
            "anchor": html.anchor(key),
            "counts": [
                {
                    "heading": words.heading(name, settings.labels),
                    "number": numerals.count(counts[key][name], settings.labels),
                }
                for name in counts[key]
            ],
            "hits": [marked(hit, withheld=withheld) for hit in rows.head(SHOWN).itertuples(index=False)],
            "row": ranks[key] + 1 if ranks.get(key, printed) < printed else 0,
            "more": _more(len(rows), drawn.get(key, {}).get("rows", len(rows)), settings.labels),
        }
        for key, rows in sorted(table.groupby("key"), key=lambda group: (ranks.get(group[0], len(ranks)), group[0]))
    ]
    page = html.render("evidence.html", settings.labels, id=id, title=title, groups=groups, withheld=withheld)
    return {
        f"evidence/{id}.csv": listed(table, id, withheld=withheld),
        f"evidence/{id}.html": page.encode("utf-8"),
    }


def listed(table: pd.DataFrame, id: str, *, withheld: bool) -> bytes:  # noqa: A002
    """Write the passages as CSV: as texts, or as hashes."""
    kept = table.drop(columns=["surface", "passage", "title"] if withheld else ["passage_sha256"])
    return csv.write(Grid.of(kept, id=f"{id}, evidence"))


def marked(hit: Any, *, withheld: bool) -> dict[str, Any]:
    """Cut a passage into what stands before, in and after the hit."""
    first, last = int(hit.start - hit.passage_start), int(hit.end - hit.passage_start)
    return {
        "before": hit.passage[:first],
        "surface": hit.passage[first:last],
        "after": hit.passage[last:],
        "sha256": hit.passage_sha256,
        "doc_id": str(hit.doc_id),
        "stated": " · ".join(_stated(hit, withheld=withheld)),
        "sentence_no": int(hit.sentence_no),
        "start": int(hit.start),
        "end": int(hit.end),
        "raw_start": None if pd.isna(hit.raw_start) else int(hit.raw_start),
        "raw_end": None if pd.isna(hit.raw_end) else int(hit.raw_end),
        "gloss": bool(hit.gloss),
        "is_name": bool(hit.is_name),
    }


def _stated(hit: Any, *, withheld: bool) -> list[str]:
    """List what is known of the document of a passage; its title is text of the article."""
    known = [hit.outlet, "" if pd.isna(hit.date) else str(hit.date), "" if withheld else hit.title]
    return [str(value) for value in known if not pd.isna(value) and value]


def hashed(text: str) -> str:
    """Hash a passage; a lone surrogate, which has no UTF-8, is passed through."""
    return digest(text.encode("utf-8", "surrogatepass"))


def _more(rows: int, every: int, language: str) -> str:
    """Say that a page does not show all, or that not even the file has all."""
    if every > rows:
        return words.say("pages.drawn", language, shown=min(SHOWN, rows), kept=rows, all=every)
    if rows <= SHOWN:
        return ""
    return words.say("pages.more", language, shown=SHOWN, all=rows)
