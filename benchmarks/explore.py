"""The concordance explorer beside SQLite FTS5: 200 queries as a reader types them, each asked anew and shown as a first page.

    python benchmarks/explore.py CORPUS.parquet        # 100 MB of benchmarks/corpus.py are 39,000 articles

Prints the median CPU milliseconds of both, by kind and of all, and their ratio.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.peers_asked import fts5_table
from benchmarks.questions import LINES, corpus, patterns

NUMBER = 200


def queries(forms: list[str], concepts: list[str]) -> list[tuple[str, str]]:
    """Words, typed prefixes, phrases, lexemes and concepts in turn: frequent ones and rare ones."""
    words = [form for form in forms if form.isalpha() and len(form) > 3]
    step = max(1, len(words) // NUMBER)
    made = []
    for number in range(NUMBER):
        word = words[number * step]
        kind = ("form", "prefix", "phrase", "lexeme", "concept")[number % 5]
        text = {"prefix": f"{word[:4]}*", "phrase": f"{words[number]} {words[number + 1]}"}.get(kind, word)
        made.append((kind, concepts[number % len(concepts)] if kind == "concept" else text))
    return made


def timed(ask: Callable[[str, str], object], asked: list[tuple[str, str]]) -> dict[str, list[float]]:
    """Ask one query after the other; CPU milliseconds by kind."""
    taken: dict[str, list[float]] = {}
    for kind, text in asked:
        begin = time.process_time()
        ask(kind, text)
        taken.setdefault(kind, []).append(1000 * (time.process_time() - begin))
    return taken


def main() -> None:
    """Time both and print."""
    import kit
    from kit.explore.concordance.model import ConcordanceModel

    column = pq.read_table(sys.argv[1], columns=["text"]).column("text")
    made, codebook = corpus(column), kit.load_codebook()
    frequent = kit.term_frequencies(made)["term"].head(4000).tolist()
    named = sorted({concept for concept, _ in patterns()})
    asked = queries(frequent, named)
    model = ConcordanceModel(made, codebook=codebook, size=LINES)
    kinds = {"prefix": "form", "phrase": "form"}

    def ours(kind: str, text: str) -> object:
        model.query(text, kinds.get(kind, kind))
        return model.lines(), model.total

    table = fts5_table(column.to_pylist())
    rows = patterns()

    def theirs(kind: str, text: str) -> object:
        match = f'"{text.removesuffix("*")}"' + ("*" if text.endswith("*") else "")
        if kind == "concept":
            match = " OR ".join(f'"{pattern}"' for concept, pattern in rows if concept == text)
        (total,) = table.execute("select count(*) from words where words match ?", (match,)).fetchone()
        first = (
            "select rowid, snippet(words, 0, '[', ']', '', 17) from words where words match ? order by rowid limit ?"
        )
        return total, table.execute(first, (match, LINES)).fetchall()

    ours("lexeme", "dan"), ours("form", "dan"), theirs("form", "dan")  # what a session needs once
    mine, peer = timed(ours, asked), timed(theirs, asked)
    again = timed(ours, [one for one in asked if one[0] == "concept"])["concept"]
    print(f"{len(made):,} articles, {len(asked)} queries, median CPU ms\n")
    print(f"{'':10}{'kit':>8}{'FTS5':>8}{'ratio':>8}")
    print(f"{'known':10}{median(again):8.2f}{'':8}{'':8}  a concept asked for a second time")
    for kind in [*mine, ""]:
        one, other = (
            median(taken[kind] if kind else [ms for many in taken.values() for ms in many]) for taken in (mine, peer)
        )
        print(f"{kind or 'all':10}{one:8.2f}{other:8.2f}{one / other:8.2f}")


if __name__ == "__main__":
    main()
