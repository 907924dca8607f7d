"""Adding articles to a saved corpus: new parts beside the old ones, which are neither read nor written again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.fingerprint import united
from kit.errors import CorpusError
from kit.parts.engine import engine_of
from kit.reading.sources import no_article
from kit.storage import catalogue
from kit.storage.batches import Batch, batches
from kit.storage.commits import LEFT_BEHIND, Made, commit, made_of, make_all, report_of, staging
from kit.storage.manifest import Manifest, is_saved, read_manifest, read_vocabulary, trusted, write_manifest


@recorded("part")
def add_articles(
    source: str | Path | pd.DataFrame,
    folder: str | Path,
    *,
    clean: bool = True,
    repair: bool = False,
    partition_mb: float = 32,
    engine: Any = None,
) -> pd.DataFrame:
    """Add articles to a saved corpus, or begin one.

    Articles are read, cleaned and indexed in batches; each batch becomes a part. Existing parts stay as they are. The
    saved corpus stays the old one until the last file is written.

    Parameters
    ----------
    source : DataFrame, str or Path
        What `kit.load_corpus` takes; a Parquet file or a folder of such files, or a table, with `doc_id`, `text` and
        any metadata. Only a CSV table is held in memory as a whole.
    folder : str or Path
        The saved corpus; made if it is not there.
    clean : bool
        Whether to take out the furniture of news articles (datelines, links, footers).
    repair : bool
        Whether to mend damaged texts by rule, as `kit.load_corpus` does.
    partition_mb : float
        Million characters of text in a part.
    engine : None, int or dask.distributed.Client
        Where batches are cleaned and indexed: here, in so many threads, or on a cluster, whose workers must see the
        folder under the same path.

    Returns
    -------
    DataFrame, one row per new part
        `part` (str), `documents`, `set_aside`, `sentences`, `words` (int64). What could not be used, and why, is in
        the `set_aside` of the part, and named in ``attrs["remarks"]``.

    Raises
    ------
    ReadingError
        The source cannot be read, or holds no usable article.
    CorpusError
        A `doc_id` stands in the corpus already, the folder holds something else, was changed by someone else meanwhile
        or is a different one on a worker, or the source is itself a saved corpus. Nothing was added.

    Examples
    --------
    >>> import kit, pandas as pd, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "saved"
    >>> report = kit.add_articles(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]}), folder)
    >>> report[["documents", "words"]].values.tolist()
    [[1, 3]]
    >>> report = kit.add_articles(pd.DataFrame({"doc_id": ["b"], "text": ["Warga dilayani."]}), folder)
    >>> [part.documents for part in kit.storage.open.parts_of(folder)]
    [1, 1]

    """
    if not (isinstance(partition_mb, (int, float)) and 0 < partition_mb < math.inf):
        raise CorpusError(f"partition_mb = {partition_mb!r}", remedy="use a number above 0, such as 32")
    folder = Path(folder)
    before = _begun(folder)
    rows = catalogue.read(trusted(before, before.catalogue), len(before.parts)) if before else []
    taken = {name for part in rows for name in part["doc_id"].to_pylist()}
    parts = before.parts if before else ()
    made: list[Made] = []
    found = _readable(batches(source, int(partition_mb * 1_000_000), taken), source)
    with staging(folder) as place:
        home = str(place)
        calls = ((_make, batch, home, number, clean, repair) for number, batch in enumerate(found, start=len(parts)))
        make_all(calls, made, engine_of(engine))
        with commit(folder, before, made) as new:
            known = read_vocabulary(before) if before else united([])
            words = united([known, *(one.words for one in made)])
            after = write_manifest(folder, [*parts, *new], [*rows, *(one.rows for one in made)], words)
    return report_of(made, after.fingerprint)


def _begun(folder: Path) -> Manifest | None:
    """Return what is saved in a folder, or nothing if a corpus may be begun there."""
    if is_saved(folder):
        return read_manifest(folder)
    if folder.exists() and (
        not folder.is_dir() or not all(file.name.startswith(LEFT_BEHIND) for file in folder.iterdir())
    ):
        raise CorpusError("holds something else", place=folder.name, remedy="give a folder that is not there yet")
    return None


def _readable(found: Iterator[Batch], source: Any) -> Iterator[Batch]:
    """Yield batches; a source without articles is an error."""
    for batch in found:
        if not batch.articles:
            in_memory = isinstance(source, pd.DataFrame)
            raise no_article(None if in_memory else Path(source), batch.set_aside)
        yield batch


def _make(batch: Batch, folder: str, number: int, clean: bool, repair: bool) -> Made:
    """Clean and index a batch, and write it as a part."""
    return made_of(batch.corpus(clean=clean, repair=repair), Path(folder), number)
