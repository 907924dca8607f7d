"""The catalogue of a saved corpus: one row per document, in which part it lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kit.corpus.fingerprint import NARROW, WIDE, Summary, merged_fingerprint
from kit.index.words import UInt8
from kit.storage.files import reading

if TYPE_CHECKING:
    import pyarrow as pa

    from kit.corpus.corpus import Corpus

_NO_WORDS = np.zeros((0, NARROW), np.uint8)


def rows_of(corpus: Corpus, part: int) -> pa.Table:
    """Return the rows of a part's documents.

    `doc_id` (str), `part`, `row` (int32; row of the document in the part), `date` (str), `words`, `tokens`,
    `sentences` (int32), `digest` (32 bytes; see `kit.corpus.fingerprint.Digests`).
    """
    import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

    index, sizes = corpus.index, corpus.sizes
    tokens = index.document_tokens
    sentences = np.searchsorted(index.sentence_tokens[:-1], tokens)
    columns: dict[str, Any] = {
        "doc_id": pa.array(sizes["doc_id"], pa.large_string()),
        "part": pa.array(np.full(len(corpus), part, np.int32)),
        "row": pa.array(np.arange(len(corpus), dtype=np.int32)),
        "date": pa.array(sizes["date"], pa.large_string()),
        "words": pa.array(corpus.word_counts.astype(np.int32)),
        "tokens": pa.array(np.diff(tokens).astype(np.int32)),
        "sentences": pa.array(np.diff(sentences).astype(np.int32)),
        "digest": _binary(corpus.digests.documents),
    }
    return pa.table(columns)


def fingerprint_of(parts: Sequence[pa.Table], vocabulary: UInt8) -> str:
    """Return the fingerprint of the corpus that parts make."""
    documents = [summary_of_rows(part) for part in parts]
    return merged_fingerprint([*documents, Summary(np.zeros((0, WIDE), np.uint8), vocabulary)])


def summary_of_rows(part: pa.Table) -> Summary:
    """Return what the documents of a part add to a fingerprint, without its tokens."""
    digests = np.frombuffer(b"".join(part["digest"].to_pylist()), np.uint8).reshape(-1, WIDE)
    return Summary(digests, _NO_WORDS)


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


def _binary(digests: UInt8) -> pa.Array:
    """Return digests as an Arrow column."""
    import pyarrow as pa  # noqa: PLC0415

    data = pa.py_buffer(np.ascontiguousarray(digests).tobytes())
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(WIDE), len(digests), [None, data])
