"""Jobs of the kit that ask questions of an index that is there: what is asked is the same for every peer.

What a session needs once (the index, the word stream, the names spelled out) stands before the clock; every question is
asked anew.
"""

from __future__ import annotations

import csv
import importlib
import time
from pathlib import Path
from statistics import median
from typing import Any

Facts = dict[str, Any]

CODEBOOK = Path(__file__).resolve().parents[1] / "kit" / "codebook" / "patterns.csv"
LINES = 25
#: The first pages that are asked for, frequent and rare. Concepts are names of the shipped codebook.
PAGES = {
    "word": ("yang", "masyarakat", "pemerintah", "pelayanan", "warga", "kebijakan", "transparansi", "akuntabilitas"),
    "phrase": ("pelayanan publik", "tidak ada", "pemerintah daerah", "kepala dinas", "wakil presiden", "tata kelola"),
    "prefix": ("akuntab*", "pelayan*", "pemerint*", "transparan*", "ke*"),
    "concept": ("akuntabilitas", "transparansi", "partisipasi", "aktor-warga", "melayani", "responsivitas"),
}
GLOBS = ("*layani", "p?layan*", "*akuntab*", "me*kan", "*an")
NODE = "masyarakat"
REACH = 5
RESAMPLES = 2_000


def patterns() -> list[tuple[str, str]]:
    """Return concept and pattern of the enabled rows of the shipped codebook."""
    with CODEBOOK.open(encoding="utf-8", newline="") as rows:
        return [(row["concept"], row["pattern"]) for row in csv.DictReader(rows) if row["enabled"] != "no"]


def asked(ask: Any, pages: dict[str, tuple[str, ...]]) -> Facts:
    """Ask for pages one after the other; return the CPU milliseconds of the median and the slowest of each kind."""
    milliseconds: dict[str, list[float]] = {}
    for kind, queries in pages.items():
        for query in queries:
            begin = time.process_time()
            ask(kind, query)
            milliseconds.setdefault(kind, []).append(1000 * (time.process_time() - begin))
    return {
        "ms": {kind: round(median(taken), 3) for kind, taken in milliseconds.items()},
        "slowest": {kind: round(max(taken), 3) for kind, taken in milliseconds.items()},
    }


def corpus(column: Any) -> Any:
    """Return a corpus of the texts, its word stream and its names at hand."""
    import pandas as pd

    import kit
    from kit.index.postings import postings
    from kit.measures.concordance.names import forms_of

    texts = pd.Series(column.to_pandas(), dtype="str")
    frame = pd.DataFrame({"doc_id": [f"{row:08d}" for row in range(len(texts))], "text": texts})
    made = kit.Corpus.from_frame(frame, clean=False)
    postings(made.index)
    forms_of(made)
    made.about()
    return made


def annotated(column: Any) -> Any:
    """Return a corpus whose types are looked into."""
    made = corpus(column)
    assert len(made.types)
    return made


def halves(column: Any) -> Any:
    """Return two corpora: every third text, and the others."""
    third = column.take(list(range(0, len(column), 3)))
    return annotated(third), annotated(column.take([row for row in range(len(column)) if row % 3]))


def with_codebook(column: Any) -> Any:
    """Return a corpus and the shipped codebook."""
    import kit

    return corpus(column), kit.load_codebook()


def mentions(given: Any) -> Facts:
    """Find every mention of the shipped codebook, all its rules: offsets, glosses, polarity."""
    import kit

    return {"hits": len(kit.find_mentions(*given))}


def annotation(made: Any) -> Facts:
    """Lexeme and root of every type, caches empty."""
    from kit.language.lexemes import lexeme
    from kit.language.roots import root_of_lexeme
    from kit.lexicon.affixes import analysis

    analysis.cache_clear()
    root_of_lexeme.cache_clear()
    words = [form for form, kind in zip(made.forms, made.kinds, strict=True) if kind == "word"]
    lexemes = [lexeme(word) for word in words]
    roots = [root_of_lexeme(word) for word in lexemes]
    return {"types": len(words), "lexemes": len(set(lexemes)), "roots": len(set(roots))}


def annotation_by_token(made: Any) -> Facts:
    """Lexeme and root of every running word, by the same functions."""
    from kit.language.lexemes import lexeme
    from kit.language.roots import root_of_lexeme
    from kit.lexicon.affixes import analysis

    forms, kinds = made.forms, made.kinds
    analysis.cache_clear()
    root_of_lexeme.cache_clear()
    lexemes, roots, words = set(), set(), 0
    for row in made.type.tolist():
        if kinds[row] == "word":
            words += 1
            plain = lexeme(forms[row])
            lexemes.add(plain)
            roots.add(root_of_lexeme(plain))
    return {"words": words, "lexemes": len(lexemes), "roots": len(roots)}


def annotation_unremembered(made: Any) -> Facts:
    """Lexeme and root of every running word, nothing remembered from word to word."""
    from kit.language import roots
    from kit.lexicon import affixes

    affixes.analysis = roots.analysis = affixes.analysis.__wrapped__
    roots.root_of_lexeme = roots.root_of_lexeme.__wrapped__
    try:
        forms, kinds = made.forms, made.kinds
        words = [forms[row] for row in made.type.tolist() if kinds[row] == "word"]
        return {"words": len(words), "roots": len({roots.root(word) for word in words})}
    finally:
        importlib.reload(affixes)
        importlib.reload(roots)


def first_pages(given: Any) -> Facts:
    """Give the first lines of words, phrases, prefixes and concepts, and how many occurrences there are."""
    import kit
    from kit.codebook.looked_up import _KEPT

    made, codebook = given

    def ask(kind: str, query: str) -> int:
        table = kit.concordance(
            made, f"concept:{query}" if kind.startswith("concept") else f"form:{query}", limit=LINES, codebook=codebook
        )
        return int(table.attrs["occurrences"])

    ask("word", "dan")  # what pandas loads for its first table
    _KEPT.pop(made.index, None)  # the mentions of concepts that were asked for before
    anew = asked(ask, {"concept anew": PAGES["concept"]})
    found = asked(ask, PAGES | {"other globs": GLOBS})
    return {name: anew[name] | values for name, values in found.items()}


def collocates(made: Any) -> Facts:
    """All collocates of a node, with counts and fourteen measures."""
    import kit

    return {"collocates": len(kit.collocations(made, NODE, context=REACH, cross_sentences=True))}


def dispersion(made: Any) -> Facts:
    """The spread of all types over documents by all measures of the default table."""
    import kit

    return {"types": len(kit.dispersion(made))}


def dispersion_dp(made: Any) -> Facts:
    """The spread of all types over documents by one measure, DP."""
    import kit

    return {"types": len(kit.dispersion(made, measures=["dp"]))}


def keyness(two: Any) -> Facts:
    """Compare all types of two corpora, with bootstrap intervals of resampled documents."""
    import kit

    return {"types": len(kit.keyness(*two, interval="percentile", resamples=RESAMPLES))}
