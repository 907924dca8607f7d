"""Jobs from a Parquet file to term and document frequencies, two threads: nothing is loaded before the clock."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

Facts = dict[str, Any]

THREADS = 2
_ROWS = 250


def frequencies(path: Path) -> Facts:
    """Count the row groups in threads, with vocabularies of their own, and merge these at the end."""
    import pyarrow.parquet as pq

    from benchmarks.term_counts import count_texts

    groups = range(pq.ParquetFile(path).num_row_groups)
    found = count_texts([partial(_texts, path, group) for group in groups], THREADS)
    return {"types": len(found.terms), "tokens": int(found.tokens.sum()), "pairs": int(found.documents.sum())}


def _texts(path: Path, group: int) -> Iterator[Any]:
    """Yield the texts of a row group, some at a time: all of them, and their tokens, need not be in memory."""
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 16)
    for batch in file.iter_batches(_ROWS, row_groups=[group], columns=["text"], use_threads=False):
        yield batch.column(0)


def polars(path: Path) -> Facts:
    """Polars' streaming engine."""
    import polars as pl

    words = pl.scan_parquet(path, row_index_name="doc").select(
        "doc", pl.col("text").str.to_lowercase().str.extract_all(r"\w+").alias("word")
    )
    counted = words.explode("word").group_by("word").agg(pl.len().alias("terms"), pl.col("doc").n_unique())
    table = counted.collect(engine="streaming")
    return {"types": len(table), "tokens": int(table["terms"].sum()), "pairs": int(table["doc"].sum())}


def duckdb(path: Path) -> Facts:
    """DuckDB."""
    import duckdb as duck

    connection = duck.connect()
    connection.execute(f"set threads = {THREADS}")
    table = connection.execute(
        """
        select word, sum(times)::bigint as terms, count(*) as documents
        from (
            select doc, word, count(*) as times
            from (
                select file_row_number as doc, unnest(regexp_extract_all(lower(text), '[\\p{L}\\p{N}_]+')) as word
                from read_parquet($path, file_row_number = true)
            )
            group by doc, word
        )
        group by word
        """,
        {"path": str(path)},
    ).to_arrow_table()
    terms, documents = (np.sum(table[name].to_numpy()) for name in ("terms", "documents"))
    return {"types": table.num_rows, "tokens": int(terms), "pairs": int(documents)}
