"""Jobs of the peers that answer the same questions; the kit is not in their environment."""

from __future__ import annotations

import re
import sqlite3
import time
from typing import Any

import numpy as np

from benchmarks.questions import LINES, NODE, PAGES, REACH, RESAMPLES, Facts, asked, patterns

WORD = re.compile(r"\w+")
SOME_RESAMPLES = 4


def alternation(texts: list[str]) -> Facts:
    """One compiled regular expression of all patterns, the longest first."""
    names = sorted({pattern.lower() for _, pattern in patterns()}, key=len, reverse=True)
    expression = re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")
    return {"hits": sum(len(list(expression.finditer(text.lower()))) for text in texts)}


def automaton(texts: list[str]) -> Facts:
    """An Aho-Corasick automaton of all patterns, and a look at what stands around each hit."""
    import ahocorasick

    machine = ahocorasick.Automaton()
    for _, pattern in patterns():
        machine.add_word(pattern.lower(), len(pattern))
    machine.make_automaton()
    hits = 0
    for text in texts:
        lowered = text.lower()
        last = len(lowered) - 1
        for end, length in machine.iter(lowered):
            start = end - length + 1
            before = start == 0 or not lowered[start - 1].isalnum()
            hits += before and (end == last or not lowered[end + 1].isalnum())
    return {"hits": hits}


def simplemma_by_token(texts: list[str]) -> Facts:
    """simplemma's lemma of every running word."""
    import simplemma

    lemmas = [simplemma.lemmatize(word, lang="id") for text in texts for word in WORD.findall(text.lower())]
    return {"words": len(lemmas), "lemmas": len(set(lemmas))}


def sastrawi_by_token(texts: list[str]) -> Facts:
    """PySastrawi's stem of every running word, its cache on."""
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    stem = StemmerFactory().create_stemmer().stem
    stems = [stem(word) for text in texts for word in WORD.findall(text.lower())]
    return {"words": len(stems), "stems": len(set(stems))}


def fts5_table(texts: list[str]) -> sqlite3.Connection:
    """Return a full-text index of SQLite, over the texts in a table beside it."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create table documents(text)")
    connection.executemany("insert into documents(rowid, text) values (?, ?)", enumerate(texts, 1))
    connection.execute(
        "create virtual table words using fts5(text, content='documents', tokenize='unicode61 remove_diacritics 0')"
    )
    connection.execute("insert into words(words) values ('rebuild')")
    connection.execute("insert into words(words) values ('optimize')")
    return connection


def fts5_pages(connection: sqlite3.Connection) -> Facts:
    """Count the documents of a query, and give the first of them, each with one passage."""
    named = patterns()

    def ask(kind: str, query: str) -> tuple[int, list[tuple[int, str]]]:
        if kind == "concept":
            match = " OR ".join(f'"{pattern}"' for concept, pattern in named if concept == query)
        else:
            match = f'"{query.removesuffix("*")}"' + ("*" if query.endswith("*") else "")
        (total,) = connection.execute("select count(*) from words where words match ?", (match,)).fetchone()
        rows = connection.execute(
            "select rowid, snippet(words, 0, '[', ']', '', 17) from words where words match ? order by rowid limit ?",
            (match, LINES),
        ).fetchall()
        return total, rows

    ask("word", "dan")
    return asked(ask, PAGES)


def nltk_text(texts: list[str]) -> Any:
    """Return an nltk.Text with its index of places."""
    from nltk.text import Text

    text = Text([word for one in texts for word in WORD.findall(one.lower())])
    text.concordance_list("dan", lines=1)  # builds the index
    return text


def nltk_pages(text: Any) -> Facts:
    """Give the first lines of words and phrases."""
    pages = {kind: PAGES[kind] for kind in ("word", "phrase")}
    return asked(lambda _, query: text.concordance_list(query.split(), lines=LINES), pages)


def token_table(texts: list[str]) -> Any:
    """Return the running words as a table of pandas: document and word, a category."""
    import pandas as pd

    words = [WORD.findall(text.lower()) for text in texts]
    document = np.repeat(np.arange(len(words)), [len(one) for one in words])
    return pd.DataFrame({"doc": document, "word": pd.Categorical([word for one in words for word in one])})


def pandas_collocates(tokens: Any) -> Facts:
    """All collocates of a node by shifted columns, with log Dice."""
    import pandas as pd

    words, document = tokens["word"], tokens["doc"]
    code = words.cat.codes
    is_node = code == words.cat.categories.get_loc(NODE)
    near = pd.Series(data=False, index=tokens.index)
    for step in range(1, REACH + 1):
        for turn in (step, -step):
            near |= is_node.shift(turn, fill_value=False) & (document.shift(turn) == document)
    table = pd.DataFrame({"o11": code[near].value_counts(), "r1": code.value_counts()}).dropna()
    table["log_dice"] = 14 + np.log2(2 * table["o11"] / (table["r1"] + near.sum()))
    table.index = words.cat.categories[table.index]
    return {"collocates": len(table.sort_values("log_dice", ascending=False))}


def nltk_collocates(tokens: Any) -> Facts:
    """All pairs in a window that hold the node, by NLTK's finder."""
    from nltk.collocations import BigramCollocationFinder

    finder = BigramCollocationFinder.from_words(tokens["word"].tolist(), window_size=REACH + 1)
    finder.apply_ngram_filter(lambda *pair: NODE not in pair)
    return {"collocates": len(finder.ngram_fd)}


def pandas_dispersion(tokens: Any) -> Facts:
    """DP of all types over documents, by groups."""
    cells = tokens.groupby(["word", "doc"], observed=True).size().rename("v").reset_index()
    sizes = tokens.groupby("doc").size()
    total = cells.groupby("word", observed=True)["v"].transform("sum")
    part = cells["v"] / total
    share = cells["doc"].map(sizes / sizes.sum())
    excess = (part - share).clip(lower=0)
    table = excess.groupby(cells["word"], observed=True).sum().rename("dp")
    return {"types": len(table)}


def pandas_keyness(tokens: Any) -> Facts:
    """Log ratios of all types, with intervals of resampled documents: a few resamples, and what all would take."""
    import pandas as pd

    random = np.random.default_rng(0)
    begin = time.process_time()
    cells = tokens.groupby(["word", "doc"], observed=True).size().rename("v").reset_index()
    sizes = tokens.groupby("doc").size()
    target = sizes.index.to_numpy() % 3 == 0
    ready = time.process_time()
    ratios = []
    for _ in range(SOME_RESAMPLES):
        rates = []
        for mine in (target, ~target):
            documents = sizes.index.to_numpy()[mine]
            times = pd.Series(random.choice(documents, len(documents))).value_counts()
            weight = cells["doc"].map(times)
            counts = (cells["v"] * weight).groupby(cells["word"], observed=True).sum()
            rates.append((counts + 0.5) / (sizes.loc[times.index] * times).sum())
        ratios.append(np.log2(rates[0] / rates[1]))
    drawn = time.process_time()
    ends = pd.concat(ratios, axis=1).quantile([0.025, 0.975], axis=1)
    cpu = ready - begin + (drawn - ready) * RESAMPLES / SOME_RESAMPLES
    return {"types": ends.shape[1], "resamples": SOME_RESAMPLES, "cpu": cpu}
