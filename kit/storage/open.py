"""Opening a saved corpus without reading it: arrays and texts are mapped into memory.

docs/storage.md says what lies where.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.fingerprint import NARROW, WIDE, Digests, Summary, merged_fingerprint, united
from kit.corpus.given import Given
from kit.corpus.stories.sketches import VALUES, Sketches
from kit.errors import CorpusError
from kit.index.postings import Postings, give_postings
from kit.index.token_index import TokenIndex
from kit.index.words import Words
from kit.parts.parted import SIZES, PartedCorpus
from kit.storage import catalogue
from kit.storage.bounds import misfit
from kit.storage.copies import kept_copies
from kit.storage.files import Files, damaged, read_json, reading, sha256_of
from kit.storage.manifest import (
    ARRAYS,
    CONTENT,
    MANIFEST,
    POSTINGS,
    TABLES,
    Manifest,
    Part,
    check_writer,
    is_saved,
    read_manifest,
    read_vocabulary,
    trusted,
)


@recorded()
def open_corpus(
    folder: str | Path, *, engine: Any = None, verify: bool = False, memory: float | None = None
) -> Corpus | PartedCorpus:
    """Open a saved corpus.

    Parameters
    ----------
    folder : str or Path
        Written by `kit.save_corpus` or `kit.add_articles`. It may be read-only.
    engine : None, int or dask.distributed.Client
        Where measures work on the parts. None: here, one part after another; a number: in so many threads; a client: on
        a cluster, whose workers must see the folder under the same path.
    verify : bool
        Whether to compare every byte with what was written, and the fingerprint with the parts, at once; otherwise the
        sizes of files are compared, and the bytes of each file when this process first reads it.
    memory : float, optional
        Megabytes that each process may take to keep parts, and what it found in them, from one question to the next,
        beside the files that are mapped; a quarter of its machine's memory if left out. Parts beyond it are opened anew
        for each question.

    Returns
    -------
    Corpus or PartedCorpus
        A `Corpus`, mapped into memory, if there is one part and no engine.

    Raises
    ------
    CorpusError
        The folder is not a saved corpus, is damaged, or was written under other rules of language; or `memory` is
        below zero.

    Examples
    --------
    >>> import kit, pandas as pd, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "saved"
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]}))
    >>> kit.save_corpus(corpus, folder)
    >>> kit.open_corpus(folder)
    <Corpus: 1 document, 1 sentence, 3 words and numbers, 3 types>

    """
    if memory is not None and not memory >= 0:
        raise CorpusError(f"memory = {memory!r}", remedy="give megabytes, as in memory=4000, or leave it out")
    while True:
        manifest = read_manifest(Path(folder))
        try:
            return _opened(manifest, engine, memory, verify=verify)
        except CorpusError:
            if read_manifest(Path(folder)) == manifest:
                raise  # else somebody has added to it twice in between, and what was to be read is deleted


def _opened(manifest: Manifest, engine: Any, memory: float | None, *, verify: bool) -> Corpus | PartedCorpus:
    """Open what a manifest names."""
    Files(manifest.folder, manifest.sizes).check(every_byte=verify)
    if verify:
        _verify(manifest)
    if len(manifest.parts) == 1 and engine is None:
        return open_part(manifest.parts[0], fingerprint=manifest.fingerprint)
    rows = catalogue.read(trusted(manifest, manifest.catalogue), len(manifest.parts), SIZES)
    table = pd.concat([part.to_pandas() for part in rows], ignore_index=True)
    corpus = PartedCorpus.of(
        [part.path for part in manifest.parts],
        engine,
        table.astype({"words": "int64", "sentences": "int64"}),
        open_part,
        memory,
        partial(kept_copies, manifest.fingerprint),
    )
    corpus.__dict__["fingerprint"] = manifest.fingerprint
    return corpus


def _verify(manifest: Manifest) -> None:
    """Read every file of the parts, and refuse what is not what was written, or not of this corpus."""
    rows = catalogue.read(trusted(manifest, manifest.catalogue), len(manifest.parts))
    words = []
    for part, listed in zip(manifest.parts, rows, strict=True):
        home = Path(part.path)
        files = files_of(home, part.seal)
        files.check(every_byte=True)
        digests = _digests(files)
        words.append(digests.words)
        own = Summary(digests.documents, digests.words)
        same = np.array_equal(catalogue.summary_of_rows(listed).documents, digests.documents)
        if not same or merged_fingerprint([own]) != part.fingerprint:
            raise damaged(home / CONTENT, f"is not the part that {MANIFEST} names")
    vocabulary = read_vocabulary(manifest)
    if catalogue.fingerprint_of(rows, vocabulary) != manifest.fingerprint or not np.array_equal(
        united(words), vocabulary
    ):
        raise damaged(manifest.folder / MANIFEST, "states a fingerprint that is not that of its parts")


def parts_of(folder: str | Path) -> list[Part]:
    """Return the parts of a saved corpus, in order."""
    return list(read_manifest(Path(folder)).parts)


def open_part(part: Part | str | Path, *, fingerprint: str | None = None) -> Corpus:
    """Open a part of a saved corpus, mapped into memory."""
    home, seal = _found(part)
    files = files_of(home, seal)
    files.check()
    with reading(home / CONTENT):
        index = TokenIndex(
            words=Words(files.array("words"), files.array("word_bounds")),
            terms=Words(files.array("terms"), files.array("term_bounds")),
            **{name: files.array(name) for name in ARRAYS},
        )
        documents = files.table("documents")
        wrong = misfit(index, len(documents))
        if wrong:
            raise damaged(home / f"{wrong}.npy", "does not fit the other files of its part")
    if f"posting_{POSTINGS[0]}.npy" in files.sizes:
        give_postings(index, partial(_postings, files))
    given = Given(
        types=partial(_types, files, index),
        paragraph=partial(files.array, "paragraph"),
        digests=partial(_digests, files),
        sketches=partial(_sketches, files),
        words=int(read_json(home / CONTENT)["words"]),
        fingerprint=fingerprint,
        seal=seal,
    )
    segments, removed, flagged, repaired, aside = (files.table(name) for name in TABLES)
    return Corpus(documents, segments, removed, flagged, repaired, aside, index, given)


def _found(part: Part | str | Path) -> tuple[Path, str]:
    """Return the folder and the seal of a part."""
    if isinstance(part, Part):
        return Path(part.path), part.seal
    home = Path(part)
    if not is_saved(home.parents[1]):
        raise CorpusError(
            "is gone, or cannot be seen where its parts are read",
            place=home.parents[1].name,
            remedy="let every worker of a cluster see the folder under the same path, or put it back",
        )
    manifest = read_manifest(home.parents[1])
    for known in manifest.parts:
        if Path(known.path).name == home.name:
            return home, known.seal
    raise CorpusError("is no part of the saved corpus", place=home.name, remedy="open the corpus anew")


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
    known = files.table("types")
    columns = {"form": index.terms.arrow(), "lexeme": known["lexeme"], "root": known["root"]}
    columns["kind"] = index.kinds_in_arrow()
    return pd.DataFrame(
        {name: pd.Series(column, dtype="str") for name, column in columns.items()}
        | {"voice": known["voice"], "stopword": known["stopword"]}
    )


def _postings(files: Files) -> Postings:
    """Return the postings of a part, mapped into memory."""
    return Postings(**{name: files.array(f"posting_{name}") for name in POSTINGS})


def _sketches(files: Files) -> Sketches:
    """Return what near-copies are looked for by."""
    return Sketches(files.array("sketch_minima").reshape(-1, VALUES), files.array("sketch_runs"))


def _digests(files: Files) -> Digests:
    """Return what the fingerprint of a part is made of."""
    documents, bodies, words = (files.array(f"{name}_digests") for name in ("document", "body", "word"))
    return Digests(documents.reshape(-1, WIDE), bodies.reshape(-1, WIDE), words.reshape(-1, NARROW))
