"""From files to a corpus."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.parts.summaries import AnyCorpus
from kit.settings import settings_here
from kit.storage.kept import kept_corpus
from kit.storage.manifest import PARTS, is_saved
from kit.storage.open import open_corpus


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
    settings = settings_here()
    facts = () if settings is None else (settings.columns, settings.timezone, settings.unpack)
    return kept_corpus(Path(path), [*map(str, (*facts, repair))], partial(_read, Path(path), repair=repair))


def _read(path: Path, *, repair: bool) -> Corpus:
    """Read a corpus of files."""
    from kit.storage.articles import read_corpus  # noqa: PLC0415 - what is kept is opened without the rooms that read

    return read_corpus(path, repair=repair)
