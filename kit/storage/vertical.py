"""Vertical text, a token a line, for the Corpus Workbench (CQPweb) and for NoSketch Engine."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.index.token_index import Int64
from kit.wording import escape

VERTICAL, REGISTRY, ENCODE = "corpus.vert", "registry", "encode.sh"
_BLOCKS = ".blocks"
_NO_NAME = re.compile(r"[^a-z0-9_]+")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class Vertical:
    """The vertical text of a corpus, and the files that other programs index it by.

    Parameters
    ----------
    folder : Path
        Where the files go.
    metadata : DataFrame
        A row a document, in the order of the whole corpus, all cells texts.
    fingerprint : str
        Of the corpus; its first digits name the indexed corpus.
    concepts : bool
        Whether there is a column of concepts.

    """

    def __init__(self, folder: Path, metadata: pd.DataFrame, fingerprint: str, *, concepts: bool) -> None:
        self.folder = folder
        self.name = f"kit_{fingerprint[:12]}"
        width = max(6, len(str(len(metadata))))
        self.ids = [f"t{number:0{width}d}" for number in range(1, len(metadata) + 1)]
        self._concepts = concepts
        self._names = attribute_names(metadata.columns.tolist())
        self._cells = metadata

    def write(self, parts: Iterable[tuple[Int64, Corpus]], passages: pd.DataFrame | None) -> None:
        """Write all documents, whichever part each lies in, in the order of the whole corpus."""
        places: list[tuple[int, int]] = [(0, 0)] * len(self.ids)
        blocks = self.folder / _BLOCKS
        with blocks.open("wb") as file:
            for rows, part in parts:
                for row, lines in zip(rows.tolist(), documents_of(part, passages), strict=True):
                    begin = file.tell()
                    file.write("".join(f"{line}\n" for line in (self._opens(row), *lines, "</text>")).encode())
                    places[row] = (begin, file.tell() - begin)
        with blocks.open("rb") as read, (self.folder / VERTICAL).open("wb") as out:
            _in_order(read, out, places)
        blocks.unlink()
        (self.folder / REGISTRY).write_text(self._registry(), encoding="utf-8", newline="\n")
        (self.folder / ENCODE).write_text(self._commands(), encoding="utf-8", newline="\n")

    def _opens(self, row: int) -> str:
        """Return the line that opens a document."""
        cells = zip(("id", *self._names), (self.ids[row], *self._cells.iloc[row].tolist()), strict=True)
        return "".join(("<text", *(f' {name}="{entities(cell)}"' for name, cell in cells), ">"))

    def _registry(self) -> str:
        """Return the configuration for NoSketch Engine."""
        own = "\n".join(f'    ATTRIBUTE "{name}"' for name in ("id", *self._names))
        concept = 'ATTRIBUTE "concept" {\n    MULTIVALUE "y"\n    MULTISEP "|"\n}\n' if self._concepts else ""
        return (
            f'# Set both paths, then: compilecorp --no-ske {self.name}\nNAME "{self.name}"\n'
            f'PATH "/corpora/manatee/{self.name}"\nVERTICAL "/corpora/vertical/{VERTICAL}"\nENCODING "UTF-8"\n'
            f'LANGUAGE "Indonesian"\nDOCSTRUCTURE "text"\n\n'
            f'ATTRIBUTE "word"\nATTRIBUTE "lexeme"\nATTRIBUTE "kind"\n{concept}\n'
            f'STRUCTURE "text" {{\n{own}\n}}\nSTRUCTURE "p"\nSTRUCTURE "s"\n'
            'STRUCTURE "g" {\n    DISPLAYTAG "0"\n    DISPLAYBEGIN "_EMPTY_"\n}\n'
        )

    def _commands(self) -> str:
        """Return the commands that index the text for the Corpus Workbench."""
        attributes = "+".join(("text:0", "id", *self._names))
        concept = " -P concept/" if self._concepts else ""
        return (
            "#!/bin/sh\n# In this folder: sh encode.sh [FOLDER OF INDEXES] [FOLDER OF REGISTRIES]\nset -eu\n"
            f'data=${{1:-cwb/data}}/{self.name}\nregistry=${{2:-cwb/registry}}\nmkdir -p "$data" "$registry"\n'
            f'cwb-encode -d "$data" -f {VERTICAL} -R "$registry/{self.name}" -xsB -c utf8 \\\n'
            f"    -P lexeme -P kind{concept} -S {attributes} -S p:0 -S s:0 -0 g\n"
            f'cwb-makeall -r "$registry" -V {self.name.upper()}\n'
        )


def documents_of(corpus: Corpus, passages: pd.DataFrame | None) -> Iterable[list[str]]:
    """Yield the lines of each document, between those that open and close it."""
    index, types = corpus.index, corpus.types
    annotated = [f"{entities(lexeme)}\t{kind}" for lexeme, kind in zip(types["lexeme"], types["kind"], strict=True)]
    of = index.surface_type.tolist()
    word = [f"{entities(form)}\t{annotated[of[number]]}" for number, form in enumerate(index.surfaces)]
    tokens, sentences = corpus.tokens, corpus.sentences
    doc = tokens["doc"].to_numpy()
    start, end, sentence = (tokens[name].to_numpy() for name in ("start", "end", "sentence"))
    glued = np.append(False, (start[1:] == end[:-1]) & (doc[1:] == doc[:-1]))[: len(doc)]
    bounds = np.searchsorted(doc, np.arange(len(corpus) + 1))
    paragraph = sentences["paragraph"].tolist()
    by_document = {} if passages is None else dict(list(passages.groupby("doc_id", sort=False)))
    for row, name in enumerate(corpus.documents["doc_id"].tolist()):
        rows = slice(*bounds[row : row + 2].tolist())
        lines = [word[number] for number in index.surface[rows].tolist()]
        if passages is not None:
            found = concepts_of(start[rows], end[rows], by_document.get(name))
            lines = [f"{line}\t{concepts}" for line, concepts in zip(lines, found, strict=True)]
        yield _structured(lines, sentence[rows].tolist(), paragraph, glued[rows].tolist())


def _structured(lines: list[str], sentence: list[int], paragraph: list[int], glued: list[bool]) -> list[str]:
    """Lay the tags of paragraphs and sentences round the lines of tokens."""
    made: list[str] = []
    last = None
    for line, now, joined in zip(lines, sentence, glued, strict=True):
        if now != last:
            new = last is None or paragraph[now] != paragraph[last]
            made += [] if last is None else ["</s>", "</p>"] if new else ["</s>"]
            made += ["<p>", "<s>"] if new else ["<s>"]
            last = now
        made += ["<g/>", line] if joined else [line]
    return made if last is None else [*made, "</s>", "</p>"]


def concepts_of(start: np.ndarray, end: np.ndarray, passages: pd.DataFrame | None) -> list[str]:
    """Return the concepts that each token of a document stands in, sorted, between upright strokes.

    Examples
    --------
    >>> passages = pd.DataFrame({"start": [0, 0], "end": [12, 3], "concept": ["melayani", "aktor-asn"]})
    >>> concepts_of(np.array([0, 4, 13]), np.array([3, 12, 18]), passages)
    ['|aktor-asn|melayani|', '|melayani|', '|']

    """
    found: list[set[str]] = [set() for _ in start]
    for row in () if passages is None else passages.itertuples(index=False):
        first = int(np.searchsorted(end, row.start, side="right"))
        for number in range(first, int(np.searchsorted(start, row.end))):
            found[number].add(row.concept)
    return ["".join(f"|{concept}" for concept in sorted(concepts)) + "|" for concepts in found]


def attribute_names(columns: Sequence[str]) -> list[str]:
    """Return names of attributes for columns: small ASCII letters, digits and underscores, each once.

    Examples
    --------
    >>> attribute_names(["doc_id", "Média Cetak", "media-cetak", "id", "2024"])
    ['doc_id', 'media_cetak', 'media_cetak_2', 'id_2', 'x_2024']

    """
    taken = {"id"}
    names = []
    for column in columns:
        plain = unicodedata.normalize("NFKD", column).encode("ascii", "ignore").decode().lower()
        plain = _NO_NAME.sub("_", plain).strip("_") or "x"
        plain = plain if plain[0].isalpha() else f"x_{plain}"
        name, number = plain, 2
        while name in taken:
            name, number = f"{plain}_{number}", number + 1
        taken.add(name)
        names.append(name)
    return names


def entities(text: str) -> str:
    """Return a text as one line in which nothing is a tag, by the entities that cwb-encode knows.

    Examples
    --------
    >>> entities('A & "B"')
    'A &amp; &quot;B&quot;'

    """
    return escape.one_line(text).translate(_ENTITIES)


def _in_order(read: BinaryIO, out: BinaryIO, places: Sequence[tuple[int, int]]) -> None:
    """Copy stretches of a file, one behind the other."""
    if all(begin + size == following for (begin, size), (following, _) in pairwise(places)):
        shutil.copyfileobj(read, out)
        return
    for begin, size in places:
        read.seek(begin)
        out.write(read.read(size))
