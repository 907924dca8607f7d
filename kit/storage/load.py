"""From files to a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from kit.corpus.corpus import Corpus
from kit.corpus.tables import assemble
from kit.errors import CorpusError
from kit.reading.formats import RawArticle, read_articles
from kit.reading.news import clean
from kit.storage.manifest import PARTS, is_saved
from kit.storage.open import open_corpus


def load_corpus(path: str | Path) -> Corpus:
    """Read, clean and index a corpus.

    Parameters
    ----------
    path : str or Path
        A folder with ``articles/*.txt`` and ``articles.csv``, one text file, or one table (CSV or JSON lines) with a
        column ``text``; or what `kit.save_corpus` or `kit.add_articles` wrote in one part.

    Returns
    -------
    Corpus
        Files and rows that cannot be used are listed in its `set_aside` and do not stop the others.

    Raises
    ------
    ReadingError
        Nothing under `path` can be used.
    CorpusError
        It is a corpus saved in several parts, which `kit.open_corpus` opens.

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
        saved = open_corpus(path)
        if isinstance(saved, Corpus):
            return saved
        remedy = "open it with kit.open_corpus, whose measures run over parts; or load what it was made of"
        raise CorpusError(f"is a corpus saved in {saved.parts} parts", place=Path(path).name, remedy=remedy)
    articles, set_aside = read_articles(Path(path))
    return Corpus(*assemble(metadata_of(articles), [clean(article.text) for article in articles], set_aside))


def metadata_of(articles: Sequence[RawArticle]) -> dict[str, list[str | None]]:
    """Return what is known of articles as columns; a cell of a column that an article lacks is None."""
    rows = [
        {**article.metadata, "doc_id": article.doc_id, "source": article.source, "sha256": article.sha256}
        for article in articles
    ]
    return {name: [row.get(name) for row in rows] for name in dict.fromkeys(chain.from_iterable(rows))}
