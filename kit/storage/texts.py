"""Texts for other programs: a plain file a document, or vertical text, with the metadata beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kit.corpus.spans import check_passages, counted_passages
from kit.errors import QueryError
from kit.parts.summaries import AnyCorpus, each_part
from kit.reading.cells import text_of
from kit.reading.metadata import FILLED, KNOWN
from kit.storage.files import check_empty, new_folder
from kit.storage.imports import file_stem
from kit.storage.vertical import Vertical
from kit.wording import escape

FORMATS = ("text", "vertical")
#: The table of metadata, and the folder of plain texts.
METADATA, TEXTS = "metadata.csv", "texts"
_CONCEPT = "concept"
_FIRST = (*KNOWN, *(name for name in FILLED if name != "text"))


def export_texts(
    corpus: AnyCorpus,
    folder: str | Path,
    *,
    format: str = "text",  # noqa: A002 - what the field calls it
    passages: pd.DataFrame | None = None,
) -> None:
    r"""Write a corpus for AntConc and #LancsBox, or for CQPweb, the Corpus Workbench and NoSketch Engine.

    It is written whole or not at all; the same corpus gives the same bytes, in one part or in many.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    folder : str or Path
        A new or empty folder.
    format : {"text", "vertical"}
        ``"text"``: each document as a file of its clean text in ``texts/``, for AntConc, #LancsBox, Voyant and others.
        ``"vertical"``: all documents in ``corpus.vert``, a token a line, for CQPweb and NoSketch Engine, with
        ``encode.sh`` (the commands that index it for the Corpus Workbench) and ``registry`` (the corpus configuration
        for NoSketch Engine, whose two paths are to be made your own).
    passages : DataFrame, optional
        Passages of this corpus with the column `concept`, as `kit.find_mentions` returns; ``"vertical"`` only. Each
        token then has a fourth column, the concepts it stands in (``|aktor-asn|akuntabilitas|``; ``|`` if in none).
        What does not count as a mention (glosses, names, void hits) is left out.

    Raises
    ------
    CorpusError
        The folder holds something, or cannot be written.
    QueryError
        There is no such format, passages are given with ``"text"``, they are not of this corpus, or a concept's name
        holds a blank or ``|``.

    Notes
    -----
    Files are UTF-8 with line ends LF. ``metadata.csv`` has a row a document: its file (`file`) or its number in the
    vertical text (`text_id`), then `doc_id` and all metadata; cells that a spreadsheet would run are guarded by an
    apostrophe.

    In the vertical text a document is ``<text id="t000001" doc_id="…" date="…" …>``: ids are of letters and digits, as
    CQPweb asks, in the order of `doc_id`; names of attributes are made of small ASCII letters, digits and underscores.
    Paragraphs are ``<p>``, sentences ``<s>``, and ``<g/>`` stands where no blank is before a token. The columns are the
    word as written (what is invisible left out), its lexeme, and its kind: word, number, punctuation or symbol. ``&``,
    ``<``, ``>`` and ``"`` are written as XML entities, which ``cwb-encode -x`` takes back and NoSketch Engine shows as
    they are. Characters that would turn the line around are spelled out, as in ``[U+202E]``.

    References
    ----------
    Evert, S. and the CWB Development Team (2022), CWB Corpus Encoding and Management Manual, sections 2, 5 and 6.
    Sketch Engine (2024), Preparing corpus text; Corpus configuration file.

    Examples
    --------
    >>> import kit, pandas as pd, pathlib, tempfile
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."], "date": ["2024-05-06"]})
    >>> corpus, folder = kit.Corpus.from_frame(frame, clean=False), pathlib.Path(tempfile.mkdtemp())
    >>> kit.export_texts(corpus, folder / "antconc")
    >>> (folder / "antconc" / "texts" / "a.txt").read_text(encoding="utf-8")
    'ASN melayani warga.\n'
    >>> kit.export_texts(corpus, folder / "cqpweb", format="vertical")
    >>> (folder / "cqpweb" / "corpus.vert").read_text(encoding="utf-8").splitlines()[1:5]
    ['<p>', '<s>', 'ASN\tasn\tword', 'melayani\tmelayani\tword']

    """
    if format not in FORMATS:
        raise QueryError(f"format = {format!r}", place="export_texts", remedy=f"use one of {', '.join(FORMATS)}")
    if passages is not None and format == "text":
        remedy = 'ask for format="vertical", or leave them out'
        raise QueryError("plain text has no place for passages", place="export_texts", remedy=remedy)
    marked = None if passages is None else _marked(corpus, passages)
    target = Path(folder)
    check_empty(target)
    metadata = _metadata_of(corpus)
    with new_folder(target) as fresh:
        if format == "text":
            files = _file_names(metadata["doc_id"].tolist())
            (fresh / TEXTS).mkdir()
            for rows, part in each_part(corpus):
                for row, text in zip(rows.tolist(), part.documents["text"].tolist(), strict=True):
                    data = f"{escape.storable(text)}\n".encode()
                    (fresh / TEXTS / files[row]).write_bytes(data)
            metadata.insert(0, "file", files)
        else:
            vertical = Vertical(fresh, metadata, corpus.fingerprint, concepts=marked is not None)
            vertical.write(each_part(corpus), marked)
            metadata.insert(0, "text_id", vertical.ids)
        (fresh / METADATA).write_bytes(_as_csv(metadata))


def _marked(corpus: AnyCorpus, passages: pd.DataFrame) -> pd.DataFrame:
    """Return the passages that count, checked, with the columns that place them."""
    columns = ("doc_id", "start", "end", _CONCEPT)
    counted = counted_passages(check_passages(corpus, passages, columns=columns, name="passages"))
    found = counted[list(columns)].astype({_CONCEPT: "str"})
    odd = found[_CONCEPT].str.contains(r"[|\s]", regex=True)
    if odd.any():
        problem = f"the concept {found[_CONCEPT][odd].iloc[0]!r} holds a blank or the sign between concepts, |"
        raise QueryError(problem, place="passages", remedy="give the concept another name in this column")
    return found


def _metadata_of(corpus: AnyCorpus) -> pd.DataFrame:
    """Return the metadata of all documents as texts: the columns that the kit knows, then the others by name."""
    tables = []
    for rows, part in each_part(corpus):
        table = part.documents.drop(columns="text")
        cells = {name: ["" if pd.isna(cell) else text_of(cell) for cell in table[name]] for name in table.columns}
        tables.append(pd.DataFrame(cells, index=rows, dtype="str"))
    whole = pd.concat(tables).sort_index().fillna("")
    own = sorted(str(name) for name in whole.columns if name not in _FIRST)
    return whole[[*(name for name in _FIRST if name in whole.columns), *own]]


def _file_names(ids: Sequence[str]) -> list[str]:
    """Return a file's name for each document, all different in every system; see `kit.storage.imports.file_stem`."""
    taken: set[str] = set()
    names = []
    for name in ids:
        stem = file_stem(name)
        fold, number = stem.casefold(), 2
        while fold in taken:
            fold, number = f"{stem.casefold()}-{number}", number + 1
        taken.add(fold)
        names.append(f"{stem}{fold[len(stem) :]}.txt")
    return names


def _as_csv(table: pd.DataFrame) -> bytes:
    """Write a table of texts as CSV that a spreadsheet opens without running anything."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in (table.columns.tolist(), *table.itertuples(index=False)):
        writer.writerow([escape.spreadsheet(escape.storable(str(cell))) for cell in row])
    return text.getvalue().encode("utf-8")
