"""Groups of documents and the denominators of what is counted in them.

Relative frequencies are ``count / words and numbers`` of the same documents, times 1,000 or 1,000,000. Punctuation and
symbols are in no count and no denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kit.corpus.spans import inside
from kit.errors import QueryError
from kit.index.postings import postings
from kit.index.token_index import Int64
from kit.measures.correction.corrected import COLUMNS as CORRECTED
from kit.measures.counts.counts import columns_added
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce
from kit.wording.words import Remark, remark

DENOMINATOR = "words and numbers"
#: Columns of tables of frequencies, which no group can be named by.
COLUMNS = (
    *("term", "count", "concept", "parent", "level", "pattern", "documents", "sentences", "hits", "mentions", "names"),
    *("per_1000", "per_million", *CORRECTED),
)


def groups_of(corpus: AnyCorpus, by: str | None, sizes: Int64 | None = None) -> tuple[pd.Index, Int64, Int64]:
    """Return the labels of groups in order, each document's group, and the words and numbers of each group.

    `sizes` are the words and numbers of each document, where not all of them count.
    """
    if sizes is None:
        sizes = catalogue_of(corpus)["words"].to_numpy()
    if by is None:
        labels, group = pd.Index([""], dtype="str"), np.zeros(len(sizes), np.int64)
    else:
        codes, names = pd.factorize(corpus.group_of(by), sort=True)
        labels, group = pd.Index(names, dtype="str"), codes.astype(np.int64)
    return labels, group, np.bincount(group, sizes, len(labels)).astype(np.int64)


def words_within(corpus: AnyCorpus, within: pd.DataFrame) -> Int64:
    """Count the words and numbers of each document that stand inside passages."""
    found: pd.Series = reduce(corpus, _words_inside, pd.concat, cut=[within])
    return np.asarray(found.sort_index(), np.int64)


def _words_inside(part: Part, within: pd.DataFrame) -> pd.Series:
    """Count the words inside passages of a part, by the rows of its documents."""
    index, passages = part.corpus.index, part.own(within)
    token = postings(index).token
    doc = np.searchsorted(index.document_tokens, token, side="right") - 1
    words = pd.DataFrame({"doc": doc, "start": index.start[token], "end": index.end_of(token)})
    assert passages is not None
    return pd.Series(np.bincount(doc[inside(words, passages)], minlength=len(part.corpus)), part.numbers.rows)


def by_group(matrix: sparse.csr_array, group: Int64, groups: int) -> sparse.csr_array:
    """Add up the rows of each group; columns sorted."""
    if groups == 1:
        return sparse.csr_array(columns_added(matrix)[None, :])
    one = (np.ones(len(group), np.int64), (group, np.arange(len(group))))
    added = (sparse.csr_array(one, shape=(groups, len(group))) @ matrix).tocsr()
    added.sort_indices()
    return added


def check_by(by: object, columns: Sequence[str]) -> None:
    """Refuse to group by a column that the result has of its own."""
    if isinstance(by, str) and by in columns:
        remedy = "name a column of your metadata; rename yours if it has this name"
        raise QueryError(f"by = {by!r} is a column of the result", remedy=remedy)


def relative(count: npt.NDArray[np.int64], words: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[np.float64]]:
    """Return counts per 1,000 and per million words and numbers; missing where there are none."""
    share = np.divide(count, words, out=np.full(len(count), np.nan), where=words > 0)
    return {"per_1000": share * 1_000, "per_million": share * 1_000_000}


def with_notes(
    table: pd.DataFrame, corpus: AnyCorpus, words: npt.NDArray[np.int64], remarks: list[Remark], **facts: Any
) -> pd.DataFrame:
    """Attach what a reader must know."""
    missing = [remark("frequencies.no_words")] if (words == 0).any() else []
    copies = int((corpus.copy_of != "").sum())
    copied = [remark("frequencies.copies", n=copies)] if copies else []
    table.attrs = corpus.about(denominator=DENOMINATOR, remarks=copied + remarks + missing, **facts)
    return table
