"""Withdrawing articles from a saved corpus: the parts they lie in are written anew, the others stay."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.fingerprint import united
from kit.errors import CorpusError
from kit.storage import catalogue
from kit.storage.commits import commit, made_of, report_of, staging
from kit.storage.manifest import read_manifest, write_manifest
from kit.storage.open import open_part

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN = 3


@recorded("part")
def remove_articles(folder: str | Path, doc_ids: str | Sequence[str]) -> pd.DataFrame:
    """Take articles out of a saved corpus, as when a publisher withdraws one.

    The parts they lie in are written anew; the saved corpus stays the old one until all is done. Then nothing of the
    articles is left in the folder but their names and sources, in the `set_aside` of the part.

    Parameters
    ----------
    folder : str or Path
        Written by `kit.save_corpus` or `kit.add_articles`.
    doc_ids : str or list of str
        The articles.

    Returns
    -------
    DataFrame, one row per part that was written anew
        As in `kit.add_articles`; a part of which nothing is left has none.

    Raises
    ------
    CorpusError
        An article is not there, none would be left, or the folder is not a saved corpus, cannot be written or was
        changed by someone else meanwhile. Nothing was taken out.

    Examples
    --------
    >>> import kit, pandas as pd, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "saved"
    >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["ASN melayani.", "Warga dilayani."]})
    >>> kit.save_corpus(kit.Corpus.from_frame(frame), folder)
    >>> kit.remove_articles(folder, "a")["documents"].tolist()
    [1]
    >>> kit.open_corpus(folder).documents.doc_id.tolist()
    ['b']

    """
    folder = Path(folder)
    before = read_manifest(folder)
    wanted = {doc_ids} if isinstance(doc_ids, str) else set(doc_ids)
    rows = catalogue.read(folder / before.catalogue, len(before.parts))
    names = [set(part["doc_id"].to_pylist()) for part in rows]
    gone = sorted(wanted - set().union(*names))
    if gone:
        shown = ", ".join(map(repr, gone[:_SHOWN])) + (f" and {len(gone) - _SHOWN} more" if gone[_SHOWN:] else "")
        raise CorpusError(f"has no doc_id {shown}", place=folder.name, remedy="look them up in its documents")
    if not wanted:
        raise CorpusError("no article is named", place=folder.name, remedy="name at least one doc_id")
    if all(part <= wanted for part in names):
        raise CorpusError("would have no article left", place=folder.name, remedy="delete the folder instead")
    kept = [row for row, part in enumerate(names) if not part & wanted]
    changed = [row for row, part in enumerate(names) if part & wanted and not part <= wanted]
    with staging(folder) as place:
        made = [made_of(_without(open_part(before.parts[row]), wanted), place, row) for row in changed]
        words = [open_part(before.parts[row]).digests.words for row in kept]
        with commit(folder, before, made) as new:
            places = sorted([*zip(kept, range(len(kept)), strict=True)] + [(row, -1) for row in changed])
            fresh = dict(zip(changed, zip(new, made, strict=True), strict=True))
            parts = [before.parts[row] if old >= 0 else fresh[row][0] for row, old in places]
            tables = [
                _renumbered(rows[row] if old >= 0 else fresh[row][1].rows, number)
                for number, (row, old) in enumerate(places)
            ]
            numbered = [replace(part, number=number) for number, part in enumerate(parts)]
            after = write_manifest(folder, numbered, tables, united([*words, *(one.words for one in made)]))
    left = {part.path for part in after.parts}
    for part in before.parts:
        if part.path not in left:
            shutil.rmtree(part.path, ignore_errors=True)
    return report_of(made, after.fingerprint)


def _without(corpus: Corpus, doc_ids: set[str]) -> Corpus:
    """Return a part without some articles; their names and sources are among what was set aside."""
    documents = corpus.documents
    gone = documents["doc_id"].isin(doc_ids)
    told = pd.DataFrame({"source": documents["source"][gone]}, dtype="str")
    told["problem"] = [f"{name!r} was withdrawn by kit.remove_articles" for name in documents["doc_id"][gone]]
    told["remedy"] = "nothing needs to be done"
    rest = corpus.where(doc_id=documents["doc_id"][~gone].tolist())
    aside = pd.concat([rest.set_aside, told.astype("str")], ignore_index=True)
    return replace(rest, _set_aside=aside)


def _renumbered(rows: pa.Table, part: int) -> pa.Table:
    """Return the rows of a catalogue under another number of their part."""
    import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

    column = pa.array(np.full(len(rows), part, np.int32))
    return rows.set_column(rows.column_names.index("part"), "part", column)
