"""The index of the search in a page: the words of a corpus as numbers, its texts, and where passages are shown."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.exhibits import evidence_files
from kit.exhibits.formats import html
from kit.index.postings import postings
from kit.index.token_index import Int32, TokenIndex
from kit.parts.summaries import AnyCorpus, each_part, each_text
from kit.wording import escape

#: Bytes beyond which a browser has trouble with an index.
LARGEST = 20_000_000
_HEAD = b"window.kitLines = "


def index_of(whole: AnyCorpus, shown: Mapping[str, list[tuple[int, int, str]]]) -> bytes | None:
    """Write the index as a script, since a page opened from disk may read no other file; None if it is too large.

    ``forms``: the folded words and numbers, by code point. Of each word, in the order of the texts: ``types``, its row
    in ``forms``; ``starts``, how far it begins behind the beginning of the one before it; ``lengths``, and ``marks``,
    those of the mark that directly follows it; ``joined``, whether it stands in one phrase with the next.
    ``documents``: their names, texts, number of words, and the passages that a page of the report shows. Places are
    UTF-16 units, as JavaScript counts.
    """
    corpus = _in_one(whole)
    if corpus is None:
        return None
    index, stream = corpus.index, postings(corpus.index)
    used, types = np.unique(stream.type, return_inverse=True)
    bounds = np.searchsorted(stream.token, index.document_tokens)
    begins, ends = index.start[stream.token].astype(np.int64), index.end_of(stream.token).astype(np.int64)
    behind = _marks_behind(index, stream.token, ends)
    documents: list[dict[str, Any]] = []
    starts: list[int] = []
    lengths: list[int] = []
    marks: list[int] = []
    for row, document in enumerate(corpus.documents.itertuples(index=False)):
        units = _units(document.text)
        begin, end, stop = (units[places[bounds[row] : bounds[row + 1]]] for places in (begins, ends, behind))
        starts += np.diff(begin, prepend=0).tolist()
        lengths += (end - begin).tolist()
        marks += (stop - end).tolist()
        passages = [(units[a], units[b], link) for a, b, link in shown.get(document.doc_id, ()) if b < len(units)]
        stated = (document.title, document.outlet, document.date)
        title, outlet, date = ("" if value is None or value != value else str(value) for value in stated)  # noqa: PLR0124
        documents.append(
            {
                "name": escape.visible(document.doc_id),
                "stated": [escape.visible(one) for one in (title, outlet, date) if one],
                "text": document.text,
                "words": int(bounds[row + 1] - bounds[row]),
                "passages": [[int(a), int(b), link] for a, b, link in passages],
            }
        )
    content = {
        "forms": [index.forms[row] for row in used.tolist()],
        "types": types.tolist(),
        "starts": starts,
        "lengths": lengths,
        "marks": marks,
        "joined": "".join(np.where(stream.joined, "1", "0").tolist()),
        "documents": documents,
    }
    data = _HEAD + json.dumps(content, separators=(",", ":"), sort_keys=True).encode("ascii") + b";\n"
    return data if len(data) <= LARGEST else None


def _in_one(corpus: AnyCorpus) -> Corpus | None:
    """Return a corpus in one part, its texts as they were cleaned; None if they are too large."""
    size = 0
    for text in each_text(corpus):
        size += len(text)
        if size > LARGEST:
            return None
    if isinstance(corpus, Corpus):
        return corpus
    parts = [part.documents.set_index(rows) for rows, part in each_part(corpus)]
    return Corpus.from_frame(pd.concat(parts).sort_index(), clean=False)


def passages_shown(figures: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Find the passages that pages of evidence show, by document: beginning, end, link in the folder; each once."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    for file in sorted((figures / "evidence").glob("tbl-*.csv")):
        if not file.with_suffix(".html").is_file():
            continue
        numbers: Counter[str] = Counter()
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                key = escape.unguarded(row["key"])
                numbers[key] += 1
                if not {"passage", "passage_start"} <= set(row) or numbers[key] > evidence_files.SHOWN:
                    continue
                begin = int(row["passage_start"])
                end = begin + len(escape.unguarded(row["passage"]))
                link = f"evidence/{file.stem}.html#{html.anchor(key)}-{numbers[key]}"
                found.setdefault(escape.unguarded(row["doc_id"]), {}).setdefault((begin, end), link)
    return {name: [(*place, link) for place, link in sorted(places.items())] for name, places in found.items()}


def _marks_behind(index: TokenIndex, words: Int32, ends: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where the mark that directly follows each word ends; where the word does, if none follows."""
    if not len(words):
        return ends
    following = np.minimum(words.astype(np.int64) + 1, len(index.start) - 1)
    last = np.isin(words + 1, index.document_tokens)
    glued = ~last & ~np.isin(following, words) & (index.start[following] == ends)
    return np.where(glued, index.end_of(following), ends)


def _units(text: str) -> npt.NDArray[np.int64]:
    """Return the place of each code point of a text, and the end, in UTF-16 units."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.concatenate([[0], np.cumsum(1 + (points > 0xFFFF))])
