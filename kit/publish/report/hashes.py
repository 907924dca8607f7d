"""Evidence without its passages, of files that have them: as it is written where `evidence` is "ids"."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd

from kit.exhibits.evidence import COLUMNS
from kit.exhibits.evidence_files import SHOWN, hashed, listed, marked
from kit.exhibits.formats import html
from kit.wording import escape
from kit.wording.words import say

_ITEM = re.compile(r'<li id="([^"]+)">\n.*?</li>', re.DOTALL)
_WHOLE = ("sentence", "sentence_no", "start", "end", "raw_start", "raw_end", "passage_start")
_MARKS = ("gloss", "is_name")


def is_complete(data: bytes) -> bool:
    """Tell whether a CSV file of evidence has all columns, which those of older kits have not."""
    return set(COLUMNS) <= set(data.partition(b"\n")[0].decode("utf-8").split(","))


def without_passages(page: bytes, data: bytes, id: str, language: str) -> tuple[bytes, bytes]:  # noqa: A002
    """Return a page of evidence and its CSV file, hashes in the place of passages."""
    table = _read(data)
    items: dict[str, str] = {}
    for key, rows in table.groupby("key", sort=False):
        for number, hit in enumerate(rows.head(SHOWN).itertuples(index=False), start=1):
            shown = html.render("hit.html", language, hit=marked(hit, withheld=True), withheld=True)
            items[f"{html.anchor(str(key))}-{number}"] = shown
    text = page.decode("utf-8")
    checked = str(escape.html(say("pages.check", language)))
    text = text.replace(f"{checked}</p>", f"{checked} {escape.html(say('pages.withheld', language))}</p>", 1)
    text = _ITEM.sub(lambda item: f'<li id="{item[1]}">\n{items.get(item[1], "")}</li>', text)
    return text.encode("utf-8"), listed(table, id, withheld=True)


def _read(data: bytes) -> pd.DataFrame:
    """Read the passages, with the types that they were written with."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    cells = {name: [escape.unguarded(row[name]) or None for row in rows] for name in COLUMNS}
    table = pd.DataFrame(cells, columns=list(COLUMNS), dtype="str")
    for name in _WHOLE:
        table[name] = pd.to_numeric(table[name]).astype("Int64")
    for name in _MARKS:
        table[name] = table[name] == "true"
    texts = table["passage"].fillna("")
    table["passage"] = texts
    table.insert(COLUMNS.index("gloss"), "passage_sha256", [hashed(text) for text in texts])
    return table
