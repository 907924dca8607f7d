"""From files to a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.frames import text_column
from kit.corpus.tables import assemble, read_texts
from kit.parts.summaries import AnyCorpus
from kit.reading.article import RawArticle
from kit.reading.sources import read_source
from kit.storage.kept import kept_corpus
from kit.storage.manifest import PARTS, is_saved
from kit.storage.open import open_corpus
from kit.storage.read import options_of


@recorded()
def load_corpus(path: str | Path, *, repair: bool = False) -> AnyCorpus:
    """Read, clean and index a corpus.

    Parameters
    ----------
    path : str or Path
        A folder with articles below ``articles/`` and ``articles.csv``, or a folder or file of articles of any kind
        that `kit.read_articles` reads; or a saved corpus, written by `kit.save_corpus` or `kit.add_articles`.
    repair : bool
        Whether to mend damaged texts by rule (``docs/cleaning.md``); the record is the `repaired` of the corpus.
        Damage is flagged in any case. A saved corpus stays as it was saved.

    Notes
    -----
    What was read of files in the project, or of more than 200,000 bytes elsewhere, is kept in the project's
    ``.kit/read`` and opened from there as long as no byte of the files, the kit, its libraries and the settings changes
    (``docs/storage.md``).

    Returns
    -------
    Corpus or PartedCorpus
        In parts if it was saved in several. Files, rows and cells that cannot be used are listed in its `set_aside`
        and do not stop the others.

    Raises
    ------
    ReadingError
        Nothing under `path` can be used.
    CorpusError
        It is a saved corpus that is damaged, or was written under other rules of language.

    Examples
    --------
    >>> import kit, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("SURABAYA, CONTOH.com - ASN melayani warga. (abc/de)", encoding="utf-8")
    >>> corpus = kit.load_corpus(folder)
    >>> corpus.documents.text[0], corpus.documents.outlet[0]
    ('ASN melayani warga.', 'CONTOH.com')

    """
    if is_saved(Path(path)) and (Path(path) / PARTS).is_dir():
        return open_corpus(path)
    options = options_of()
    facts = [*map(str, (options.naming, options.zone, options.kind, options.unpack, repair))]
    return kept_corpus(Path(path), facts, lambda: corpus_of(*read_source(Path(path), is_saved, options), repair=repair))


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
