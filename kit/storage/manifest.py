"""What a saved corpus consists of: parts, a catalogue and a vocabulary, named in one file that is written last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import kit.language
import kit.lexicon
from kit.corpus.fingerprint import NARROW
from kit.errors import CorpusError
from kit.index.words import UInt8
from kit.sealed import content_of, files_in
from kit.storage import catalogue
from kit.storage.files import check_bytes, damaged, read_json, reading, sha256_of, write_json, writing

if TYPE_CHECKING:
    import pyarrow as pa

#: The file that makes a folder a saved corpus.
MANIFEST = "corpus.json"
#: Where its parts are.
PARTS = "parts"
#: The file of a part that lists its other files.
CONTENT = "part.json"
#: The arrays of a part's token index.
ARRAYS = (
    "surface_type",
    "term_kind",
    "surface",
    "start",
    "document_tokens",
    "sentence_tokens",
    "stretched",
    "stretched_end",
)
#: The arrays of its postings, which older parts lack: these are built when they are asked for.
POSTINGS = ("token", "type", "joined", "listed", "places", "bounds")
#: The table of a part's files and rows that could not be used.
ASIDE = "set_aside"
#: The tables of a part beside its documents, in the order of `Corpus`.
TABLES = ("segments", "removed", "flagged", "repaired", ASIDE)
#: Raised when the files change in a way that older code cannot read.
FORMAT = 4
#: The format before, whose list of parts has no seal of its own.
UNSEALED = 3


@dataclass(frozen=True)
class Part:
    """A part of a saved corpus.

    Attributes
    ----------
    path : str
        Its folder.
    number : int
        Its place among the parts, from 0.
    documents, sentences, tokens, words : int
        How many it has; words and numbers are counted together.
    fingerprint : str
        SHA-256 of its documents and tokens, whatever stands in other parts.
    seal : str
        SHA-256 of its list of files.

    """

    path: str
    number: int
    documents: int
    sentences: int
    tokens: int
    words: int
    fingerprint: str
    seal: str


@dataclass(frozen=True)
class Manifest:
    """A saved corpus.

    Attributes
    ----------
    folder : Path
    parts : tuple of Part
    catalogue, vocabulary : str
        Names of the files.
    fingerprint : str
        Of the corpus.
    sizes : dict of str to (int, str)
        Bytes and hash of the catalogue and the vocabulary.

    """

    folder: Path
    parts: tuple[Part, ...]
    catalogue: str
    vocabulary: str
    fingerprint: str
    sizes: dict[str, Any]


def is_saved(folder: Path) -> bool:
    """Tell whether a folder is a saved corpus."""
    return (folder / MANIFEST).is_file()


def refuse_saved(source: Path) -> None:
    """Say that a saved corpus is opened: its files are not articles."""
    if is_saved(source) and (source / PARTS).is_dir():
        remedy = "open it with kit.open_corpus; to add its articles to another corpus, give what they were read from"
        raise CorpusError("is a saved corpus", place=source.name, remedy=remedy)


def read_manifest(folder: Path, *, any_rules: bool = False) -> Manifest:
    """Read what a saved corpus consists of."""
    file = folder / MANIFEST
    if not file.exists():
        problem = "is no saved corpus" if folder.exists() else "does not exist"
        raise CorpusError(
            problem, place=folder.name, remedy="give a folder written by kit.save_corpus or kit.add_articles"
        )
    facts = read_json(file)
    _check_seal(facts, file)
    check_writer(facts, file, any_rules=any_rules)
    home = folder.absolute()
    with reading(file):
        parts = tuple(
            Part(
                path=str(home / PARTS / facts_of["name"]),
                number=number,
                **_plain(facts_of),
            )
            for number, facts_of in enumerate(facts["parts"])
        )
        sizes = {name: tuple(facts["sizes"][name]) for name in (facts["catalogue"], facts["vocabulary"])}
        return Manifest(folder, parts, facts["catalogue"], facts["vocabulary"], facts["fingerprint"], sizes)


def _check_seal(facts: dict[str, Any], file: Path) -> None:
    """Refuse a list of parts that is not what was written; what another format says of itself is told first."""
    known = {name: value for name, value in facts.items() if name != "seal"}
    sealed = facts.get("format") == FORMAT or (facts.get("format") == UNSEALED and "seal" in facts)
    if sealed and facts.get("seal") != seal_of(known):
        raise damaged(file, "is not what was written")


def seal_of(facts: dict[str, Any]) -> str:
    """Return a hash of facts."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def check_writer(facts: dict[str, Any], file: Path, *, any_rules: bool = False) -> None:
    """Refuse what was written in another format or under other language rules."""
    if facts.get("format") not in (FORMAT, UNSEALED):
        if isinstance(facts.get("format"), int):
            remedy = "use the kit that wrote it, or add its articles, as they were read, to a new folder"
            problem = f"has format {facts['format']}, this kit reads {FORMAT}"
            raise CorpusError(problem, place=file.parent.name, remedy=remedy)
        raise damaged(file, "states no format")
    if facts.get("rules") != rules_key() and not any_rules:
        raise CorpusError(
            "was saved under other rules of language than this kit's",
            place=file.parent.name,
            remedy="run kit.reindex_corpus on the folder, which reads its texts anew, or use the kit that wrote it",
        )


def write_manifest(folder: Path, parts: Sequence[Part], rows: Sequence[pa.Table], vocabulary: UInt8) -> Manifest:
    """Write the catalogue, the vocabulary and, last, the file that makes them the corpus."""
    fingerprint = catalogue.fingerprint_of(rows, vocabulary)
    names = "\n".join([fingerprint, *(Path(part.path).name for part in parts)])
    version = hashlib.sha256(names.encode()).hexdigest()[:12]
    files = {"catalogue": f"catalogue-{version}.parquet", "vocabulary": f"vocabulary-{version}.npy"}
    with writing(folder):
        catalogue.write(folder / files["catalogue"], rows)
        np.save(folder / files["vocabulary"], vocabulary)
        sizes = {name: ((folder / name).stat().st_size, sha256_of(folder / name)) for name in files.values()}
        facts = {
            "format": FORMAT,
            "rules": rules_key(),
            "fingerprint": fingerprint,
            "documents": sum(part.documents for part in parts),
            "sentences": sum(part.sentences for part in parts),
            "tokens": sum(part.tokens for part in parts),
            "words": sum(part.words for part in parts),
            "distinct_tokens": len(vocabulary),
            "parts": [
                {name: value for name, value in asdict(part).items() if name not in ("path", "number")}
                | {"name": Path(part.path).name}
                for part in parts
            ],
            "sizes": sizes,
            **files,
        }
        write_json(folder / MANIFEST, facts | {"seal": seal_of(facts)})
    return read_manifest(folder)


def trusted(manifest: Manifest, name: str) -> Path:
    """Return the catalogue or the vocabulary, if it is what was written."""
    file = manifest.folder / name
    with reading(file):
        check_bytes(file, *manifest.sizes[name])
    return file


def read_vocabulary(manifest: Manifest) -> UInt8:
    """Return the digests of the distinct tokens of a saved corpus."""
    file = trusted(manifest, manifest.vocabulary)
    with reading(file):
        found: UInt8 = np.load(file, allow_pickle=False).reshape(-1, NARROW)
    return found


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what is said of a part, without the name of its folder."""
    return {name: value for name, value in facts.items() if name != "name"}


@cache
def rules_key() -> str:
    """Return a hash of the rules of Indonesian as they are written: modules and lists of `kit.lexicon`, `kit.language`.

    A changed comment changes it too. What was saved under another key is refused, never read wrongly; the fingerprint,
    which is cited, hangs on results alone.
    """
    whole = hashlib.sha256()
    for room in (kit.lexicon, kit.language):
        home = Path(str(room.__file__)).parent
        for name, file in sorted(files_in(home)):
            if not name.endswith(".csv") and (not name.endswith(".py") or "/" in name):
                continue
            content = content_of(file).replace(b"\r\n", b"\n")
            whole.update(f"{name}\n{len(content)}\n".encode())
            whole.update(content)
    return whole.hexdigest()[:16]
