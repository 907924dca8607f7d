"""Saving a corpus in one folder, whole or not at all; docs/storage.md says what lies where."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from kit.corpus.corpus import Corpus
from kit.corpus.fingerprint import Summary, merged_fingerprint, united
from kit.errors import CorpusError
from kit.index.postings import postings
from kit.storage import catalogue
from kit.storage.files import check_empty, new_folder, sha256_of, sizes_of, write_array, write_json, write_table
from kit.storage.manifest import (
    ARRAYS,
    ASIDE,
    CONTENT,
    FORMAT,
    PARTS,
    POSTINGS,
    Part,
    is_saved,
    read_manifest,
    rules_key,
    write_manifest,
)


def save_corpus(corpus: Corpus, folder: str | Path) -> None:
    """Write a corpus to a folder, from which `kit.open_corpus` opens it at once, whatever its size.

    It is written whole or not at all.

    Parameters
    ----------
    corpus : Corpus
        A corpus in parts is on disk already: copy its folder, or save one part, as in ``corpus.part(0)``.
    folder : str or Path
        A new or empty folder; or one where this same corpus is saved already, which is left as it is.

    Raises
    ------
    CorpusError
        The folder holds something else or cannot be written, or a column holds values that cannot be written to a file.

    Examples
    --------
    >>> import kit, pandas as pd, pathlib, tempfile
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."]}))
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "saved"
    >>> kit.save_corpus(corpus, folder)
    >>> kit.open_corpus(folder).fingerprint == corpus.fingerprint
    True

    """
    folder = Path(folder)
    if is_saved(folder):
        if read_manifest(folder).fingerprint == corpus.fingerprint:
            return
        raise CorpusError("holds another corpus", place=folder.name, remedy="give another folder, or delete this one")
    check_empty(folder)
    with new_folder(folder) as fresh:
        part = write_part(corpus, fresh, 0)
        write_manifest(fresh, [part], [catalogue.rows_of(corpus, 0)], united([corpus.digests.words]))


def write_part(corpus: Corpus, folder: Path, number: int) -> Part:
    """Write a corpus as a part of what is saved in a folder; nothing knows of it before the manifest does."""
    digests, index = corpus.digests, corpus.index
    summary = merged_fingerprint([Summary(digests.documents, digests.words)])
    home = folder.absolute() / PARTS / f"part-{number:05d}-{summary[:12]}"
    counts = {
        "documents": len(corpus),
        "sentences": len(index.sentence_tokens) - 1,
        "tokens": len(index.surface),
        "words": corpus.words,
    }
    while home.exists():  # left by a writer that was stopped, or written by one who is at work
        home = home.with_name(f"{home.name}x")
    with new_folder(home) as fresh:
        arrays = {name: getattr(index, name) for name in ARRAYS} | {
            "words": index.words.data,
            "word_bounds": index.words.bounds,
            "terms": index.terms.data,
            "term_bounds": index.terms.bounds,
            "paragraph": corpus.sentences["paragraph"].to_numpy(np.int32),
            "document_digests": digests.documents,
            "body_digests": digests.bodies,
            "word_digests": digests.words,
            "sketch_minima": corpus.sketches.minima,
            "sketch_runs": corpus.sketches.runs,
        }
        stream = postings(index)
        arrays |= {f"posting_{name}": getattr(stream, name) for name in POSTINGS}
        for name, array in arrays.items():
            write_array(fresh, name, array)
        tables = {
            "documents": corpus.as_part().documents,
            "segments": corpus.segments,
            "removed": corpus.removed,
            "flagged": corpus.flagged,
            "repaired": corpus.repaired,
            "types": corpus.types[["lexeme", "root", "voice", "stopword"]],
            ASIDE: corpus.set_aside,
        }
        for name, table in tables.items():
            write_table(fresh, name, table)
        facts = {"format": FORMAT, "rules": rules_key(), "fingerprint": summary, **counts, "files": sizes_of(fresh)}
        write_json(fresh / CONTENT, facts)
        seal = sha256_of(fresh / CONTENT)
    return Part(str(home), number, fingerprint=summary, seal=seal, **counts)
