"""Reading the texts of a saved corpus anew, under the rules of language as they are now."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.fingerprint import united
from kit.corpus.languages import flag_languages
from kit.index.indexing import index_texts
from kit.parts.engine import engine_of
from kit.storage.commits import Made, commit, made_of, make_all, report_of, staging
from kit.storage.manifest import TABLES, read_manifest, write_manifest
from kit.storage.open import files_of


@recorded("part")
def reindex_corpus(folder: str | Path, *, engine: Any = None) -> pd.DataFrame:
    """Tokenise the texts of a saved corpus anew, after the rules of language have changed.

    Texts are not cleaned again and metadata are not read again: for that, add the articles to another folder. The saved
    corpus stays the old one until all is done.

    Parameters
    ----------
    folder : str or Path
        Written by `kit.save_corpus` or `kit.add_articles`, by this kit or an earlier one.
    engine : None, int or dask.distributed.Client
        Where parts are indexed: here, in so many threads, or on a cluster, whose workers must see the folder.

    Returns
    -------
    DataFrame, one row per part
        As in `kit.add_articles`.

    Raises
    ------
    CorpusError
        The folder is not a saved corpus, is damaged, cannot be written or was changed by someone else meanwhile.

    Examples
    --------
    >>> import kit, pandas as pd, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "saved"
    >>> kit.save_corpus(kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]})), folder)
    >>> reindex_corpus(folder)[["documents", "words"]].values.tolist()
    [[1, 3]]

    """
    folder = Path(folder)
    before = read_manifest(folder, any_rules=True)
    made: list[Made] = []
    with staging(folder) as place:
        calls = ((_anew, part.path, part.seal, str(place), part.number) for part in before.parts)
        make_all(calls, made, engine_of(engine))
        with commit(folder, before, made) as new:
            rows, words = [one.rows for one in made], united([one.words for one in made])
            after = write_manifest(folder, new, rows, words)
    for part in before.parts:
        shutil.rmtree(part.path, ignore_errors=True)
    return report_of(made, after.fingerprint)


def _anew(path: str, seal: str, folder: str, number: int) -> Made:
    """Index the texts of a part, and write it beside the old one."""
    files = files_of(Path(path), seal, any_rules=True)
    files.check()
    documents = files.table("documents")
    segments, removed, flagged, repaired, aside = (files.table(name) for name in TABLES)
    index = index_texts(documents["text"])
    documents, flagged = flag_languages(documents, segments, flagged, index)
    return made_of(Corpus(documents, segments, removed, flagged, repaired, aside, index), Path(folder), number)
