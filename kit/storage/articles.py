"""From articles as they were found to a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from kit.corpus.assembly import assemble, read_texts
from kit.corpus.columns import text_column
from kit.corpus.corpus import Corpus
from kit.reading.article import RawArticle
from kit.reading.sources import read_source
from kit.storage.manifest import is_saved
from kit.storage.read import options_of


def read_corpus(path: Path, *, repair: bool = False) -> Corpus:
    """Read, clean and index the articles of a folder or a file, as the project's settings say."""
    return corpus_of(*read_source(path, is_saved, options_of()), repair=repair)


def corpus_of(
    articles: Sequence[RawArticle], set_aside: pd.DataFrame, *, clean: bool = True, repair: bool = False
) -> Corpus:
    """Make a corpus, or a part of one, of articles as they were found, and of what was set aside among them."""
    texts = text_column([article.text for article in articles])
    metadata = metadata_of(articles)
    return Corpus(*assemble(metadata, read_texts(texts, metadata, clean=clean, repair=repair), set_aside))


def metadata_of(articles: Sequence[RawArticle]) -> dict[str, list[Any]]:
    """Return what is known of articles as columns; a cell of a column that an article lacks is None."""
    rows = [
        {"doc_id": article.doc_id, "source": article.source, "sha256": article.sha256, **article.metadata}
        | ({"reader": article.reader} if article.reader else {})
        for article in articles
    ]
    return {name: [row.get(name) for row in rows] for name in dict.fromkeys(chain.from_iterable(rows))}
