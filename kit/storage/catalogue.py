"""The catalogue of a saved corpus: one row per document, in which part it lies and what it is a copy of."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kit.corpus.copies import originals
from kit.corpus.fingerprint import NARROW, WIDE, Digests, Summary, merged_fingerprint, summary_of
from kit.index.words import UInt8
from kit.storage.files import reading

if TYPE_CHECKING:
    import pyarrow as pa

    from kit.corpus.corpus import Corpus

_NO_WORDS = np.zeros((0, NARROW), np.uint8)


def rows_of(corpus: Corpus, part: int) -> pa.Table:
    """Return the rows of a part's documents.

    `doc_id` (str), `part`, `row` (int32; row of the document in the part), `date` (str), `words`, `tokens`,
    `sentences` (int32), `copy_of` (str), `digest`, `body` (32 bytes; see `kit.corpus.fingerprint.Digests`).
    """
    import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

    index, documents = corpus.index, corpus.documents
    tokens = index.document_tokens
    words = np.concatenate([[0], np.cumsum(corpus.counted)])[tokens]
    sentences = np.searchsorted(index.sentence_tokens[:-1], tokens)
    digests = corpus.digests
    columns: dict[str, Any] = {
        "doc_id": pa.array(documents["doc_id"], pa.large_string()),
        "part": pa.array(np.full(len(corpus), part, np.int32)),
        "row": pa.array(np.arange(len(corpus), dtype=np.int32)),
        "date": pa.array(documents["date"], pa.large_string()),
        "words": pa.array(np.diff(words).astype(np.int32)),
        "tokens": pa.array(np.diff(tokens).astype(np.int32)),
        "sentences": pa.array(np.diff(sentences).astype(np.int32)),
        "copy_of": pa.array(documents["copy_of"], pa.large_string()),
        "digest": _binary(digests.documents),
        "body": _binary(digests.bodies),
    }
    return pa.table(columns)


def joined(parts: Sequence[pa.Table]) -> list[pa.Table]:
    """Return the rows of parts with `copy_of` as it is when all of them are one corpus."""
    import pyarrow as pa  # noqa: PLC0415

    if not parts:
        return []
    whole = pa.concat_tables(parts)
    names = whole["doc_id"].to_pylist()
    nothing = hashlib.sha256().digest()  # the body of a document that is empty, and so no copy
    bodies = [b"" if body == nothing else body for body in whole["body"].to_pylist()]
    dates = whole["date"].to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    copy_of = [""] * len(names)
    found = originals([bodies[row] for row in order], [dates[row] for row in order])
    for row, first in zip(order, found, strict=True):
        if first >= 0:
            copy_of[row] = names[order[first]]
    place = whole.schema.get_field_index("copy_of")
    whole = whole.set_column(place, "copy_of", pa.array(copy_of, pa.large_string()))
    bounds = np.cumsum([0, *(len(part) for part in parts)]).tolist()
    return [whole.slice(begin, stop - begin) for begin, stop in pairwise(bounds)]


def fingerprint_of(parts: Sequence[pa.Table], vocabulary: UInt8) -> str:
    """Return the fingerprint of the corpus that parts make."""
    documents = [summary_of_rows(part) for part in parts]
    return merged_fingerprint([*documents, Summary(np.zeros((0, WIDE), np.uint8), vocabulary)])


def summary_of_rows(part: pa.Table) -> Summary:
    """Return what the documents of a part add to a fingerprint, without its tokens."""
    digests = np.frombuffer(b"".join(part["digest"].to_pylist()), np.uint8).reshape(-1, WIDE)
    return summary_of(Digests(digests, digests, _NO_WORDS), part["copy_of"].to_pylist())


def write(file: Path, parts: Sequence[pa.Table]) -> None:
    """Write a catalogue as Parquet, one row group for each part."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetWriter(file, parts[0].schema, compression="zstd") as writer:
        for part in parts:
            writer.write_table(part, row_group_size=max(len(part), 1))


def read(file: Path, parts: int, columns: Sequence[str] | None = None) -> list[pa.Table]:
    """Read the rows of the first parts of a catalogue."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    with reading(file), pq.ParquetFile(file) as content:
        if content.num_row_groups < parts:
            raise ValueError
        return [content.read_row_group(part, columns=columns) for part in range(parts)]


def copies_in_part(file: Path, part: int) -> pd.Series:
    """Read what the documents of one part are copies of (str)."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    with reading(file), pq.ParquetFile(file) as content:
        return content.read_row_group(part, columns=["copy_of"]).to_pandas()["copy_of"].astype("str")


def _binary(digests: UInt8) -> pa.Array:
    """Return digests as an Arrow column."""
    import pyarrow as pa  # noqa: PLC0415

    data = pa.py_buffer(np.ascontiguousarray(digests).tobytes())
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(WIDE), len(digests), [None, data])
