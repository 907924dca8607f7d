"""Saving a corpus, and opening it again without reading it: arrays and texts are mapped into memory.

docs/storage.md says what lies where.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.corpus.fingerprint import NARROW, WIDE, Digests, Summary, merged_fingerprint, united
from kit.corpus.parts.given import Given
from kit.corpus.saved import catalogue
from kit.corpus.saved.files import (
    Files,
    damaged,
    new_folder,
    read_json,
    reading,
    sha256_of,
    sizes_of,
    write_array,
    write_json,
)
from kit.corpus.saved.files import write_table as put
from kit.corpus.saved.manifest import FORMAT, PARTS, Manifest, check_writer, is_saved, read_manifest, write_manifest
from kit.corpus.saved.manifest import Part as Part  # noqa: PLC0414 - others take it from here
from kit.corpus.saved.rules import rules_key
from kit.errors import CorpusError
from kit.language.index import TokenIndex
from kit.language.vocabulary import KINDS
from kit.language.words import Words

if TYPE_CHECKING:
    from kit.corpus.parts.parted import PartedCorpus

#: The file of a part that lists its other files.
CONTENT = "part.json"
_SEQUENCES = ("surface_type", "term_kind", "surface", "start", "document_tokens", "sentence_tokens")
_ARRAYS = (*_SEQUENCES, "stretched", "stretched_end")
_ASIDE = "set_aside"


def open_corpus(folder: str | Path, engine: Any = None, *, verify: bool = False) -> Corpus | PartedCorpus:
    """Open a saved corpus.

    Parameters
    ----------
    folder : str or Path
        Written by `Corpus.save` or `kit.add_articles`. It may be read-only.
    engine : None, int or dask.distributed.Client
        Where measures work on the parts: here, one after another; in so many threads; or on a cluster, whose workers
        must see the folder under the same path.
    verify : bool
        Whether to read every byte and compare it with what was written, instead of the sizes of files alone.

    Returns
    -------
    Corpus or PartedCorpus
        A `Corpus`, mapped into memory, if there is one part and no engine.

    Raises
    ------
    CorpusError
        The folder is no saved corpus, is damaged, or was written under other rules of language.

    Examples
    --------
    >>> import kit, pandas as pd, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "saved"
    >>> kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]})).save(folder)
    >>> kit.open_corpus(folder)
    <Corpus: 1 document, 1 sentence, 3 words and numbers, 4 types>

    """
    while True:
        manifest = read_manifest(Path(folder))
        try:
            return _opened(manifest, engine, verify=verify)
        except CorpusError:
            if read_manifest(Path(folder)) == manifest:
                raise  # else somebody has added to it twice in between, and what was to be read is deleted


def _opened(manifest: Manifest, engine: Any, *, verify: bool) -> Corpus | PartedCorpus:
    """Open what a manifest names."""
    Files(manifest.folder, manifest.sizes).check(every_byte=verify)
    for part in manifest.parts if verify else ():
        files_of(Path(part.path), part.seal).check(every_byte=True)
    if len(manifest.parts) == 1 and engine is None:
        return open_part(manifest.parts[0], fingerprint=manifest.fingerprint)
    from kit.corpus.parts.parted import PartedCorpus  # noqa: PLC0415 - it is made of what is opened here

    columns = ["doc_id", "part", "words", "sentences", "copy_of"]
    rows = catalogue.read(manifest.folder / manifest.catalogue, len(manifest.parts), columns)
    table = pd.concat([part.to_pandas() for part in rows], ignore_index=True)
    corpus = PartedCorpus.of(
        [part.address for part in manifest.parts], engine, table.astype({"words": "int64", "sentences": "int64"})
    )
    corpus.__dict__["fingerprint"] = manifest.fingerprint
    return corpus


def parts_of(folder: str | Path) -> list[Part]:
    """Return the parts of a saved corpus, in order."""
    return list(read_manifest(Path(folder)).parts)


def open_part(part: Part | str | Path, *, fingerprint: str | None = None) -> Corpus:
    """Open a part of a saved corpus, mapped into memory.

    Parameters
    ----------
    part : Part, str or Path
        From `parts_of`; its `path`, to be opened as part of what is saved there now; or its `address`.
    fingerprint : str, optional
        Of the part, if it is known.

    Returns
    -------
    Corpus
        `copy_of` of its documents may name one in another part.

    Raises
    ------
    CorpusError
        It is damaged, or no longer part of what is saved there.

    """
    home, number, name, seal = _found(part)
    file = home.parents[1] / name
    files = files_of(home, seal)
    files.check()
    with reading(home / CONTENT):
        index = TokenIndex(
            words=Words(files.array("words"), files.array("word_bounds")),
            terms=Words(files.array("terms"), files.array("term_bounds")),
            **{name: files.array(name) for name in _ARRAYS},
        )
        documents = files.table("documents")
        if not len(documents) == len(index.document_tokens) - 1:
            raise damaged(home / CONTENT, "names files of different corpora")
        copy_of = _copies(file, number) if len(documents) else pd.Series([], dtype="str")
        documents.insert(len(documents.columns) - 1, "copy_of", copy_of)
    given = Given(
        types=partial(_types, files, index),
        paragraph=partial(files.array, "paragraph"),
        digests=partial(_digests, files),
        words=int(read_json(home / CONTENT)["words"]),
        fingerprint=fingerprint,
    )
    return Corpus(documents, files.table("segments"), files.table("removed"), files.table(_ASIDE), index, given)


def save(corpus: Corpus, folder: Path) -> None:
    """Write a corpus as one part; see `Corpus.save`."""
    if is_saved(folder):
        if read_manifest(folder).fingerprint == corpus.fingerprint:
            return
        raise CorpusError("holds another corpus", place=folder.name, remedy="give another folder, or delete this one")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CorpusError("holds something else", place=folder.name, remedy="give a folder that is not there yet")
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
        arrays = {name: getattr(index, name) for name in _ARRAYS} | {
            "words": index.words.data,
            "word_bounds": index.words.bounds,
            "terms": index.terms.data,
            "term_bounds": index.terms.bounds,
            "paragraph": corpus.sentences["paragraph"].to_numpy(np.int32),
            "document_digests": digests.documents,
            "body_digests": digests.bodies,
            "word_digests": digests.words,
        }
        for name, array in arrays.items():
            write_array(fresh, name, array)
        tables = {
            "documents": corpus.documents.drop(columns="copy_of"),
            "segments": corpus.segments,
            "removed": corpus.removed,
            "types": corpus.types[["lexeme", "root", "voice", "stopword"]],
            _ASIDE: corpus.set_aside,
        }
        for name, table in tables.items():
            put(fresh, name, table)
        facts = {"format": FORMAT, "rules": rules_key(), "fingerprint": summary, **counts, "files": sizes_of(fresh)}
        write_json(fresh / CONTENT, facts)
        seal = sha256_of(fresh / CONTENT)
    return Part(str(home), number, fingerprint=summary, seal=seal, catalogue="", **counts)


def _found(part: Part | str | Path) -> tuple[Path, int, str, str]:
    """Return the folder, number, catalogue and seal of a part."""
    if isinstance(part, Part):
        return Path(part.path), part.number, part.catalogue, part.seal
    path, _, name = str(part).partition("#catalogue-")
    home = Path(path)
    if name and not is_saved(home.parents[1]):
        raise CorpusError(
            "is not there any more, or not seen where its parts are read",
            place=home.parents[1].name,
            remedy="let every worker of a cluster see the folder under the same path, or put it back",
        )
    manifest = read_manifest(home.parents[1])
    for known in manifest.parts:
        if Path(known.path).name == home.name:
            return home, known.number, f"catalogue-{name}" if name else known.catalogue, known.seal
    raise CorpusError("is no part of the saved corpus", place=home.name, remedy="open the corpus anew")


def _copies(file: Path, number: int) -> pd.Series:
    """Read what the documents of a part are copies of, if the catalogue that says so has not been replaced twice."""
    try:
        return catalogue.copies_in_part(file, number)
    except CorpusError:
        if file.exists() or read_manifest(file.parent).catalogue == file.name:
            raise
        problem = "was added to more than once since it was opened"
        raise CorpusError(problem, place=file.parent.name, remedy="open the corpus anew") from None


def files_of(home: Path, seal: str, *, any_rules: bool = False) -> Files:
    """Return the files of a part, their list being what the manifest says."""
    file = home / CONTENT
    facts = read_json(file)
    with reading(file):
        if sha256_of(file) != seal:
            raise damaged(file, "is not what was written")
        check_writer(facts, file, any_rules=any_rules)
        return Files(home, facts["files"])


def _types(files: Files, index: TokenIndex) -> pd.DataFrame:
    """Return the types of a part; their forms lie in the index."""
    import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

    kinds = pa.DictionaryArray.from_arrays(
        pa.array(index.term_kind.astype(np.int8)), pa.array(KINDS, pa.large_string())
    )
    bounds, data = (pa.py_buffer(array) for array in (index.terms.bounds, index.terms.data))
    forms = pa.LargeStringArray.from_buffers(len(index.terms), bounds, data)
    known = files.table("types")
    columns = {"form": forms, "lexeme": known["lexeme"], "root": known["root"], "kind": kinds.cast(pa.large_string())}
    return pd.DataFrame(
        {name: pd.Series(column, dtype="str") for name, column in columns.items()}
        | {"voice": known["voice"], "stopword": known["stopword"]}
    )


def _digests(files: Files) -> Digests:
    """Return what the fingerprint of a part is made of."""
    documents, bodies, words = (files.array(f"{name}_digests") for name in ("document", "body", "word"))
    return Digests(documents.reshape(-1, WIDE), bodies.reshape(-1, WIDE), words.reshape(-1, NARROW))
