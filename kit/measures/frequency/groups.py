"""Groups of documents and the denominators of what is counted in them.

Relative frequencies are ``count / words and numbers`` of the same documents, times 1,000 or 1,000,000. Punctuation and
symbols are in no count and no denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.selection import JOINT
from kit.corpus.spans import inside
from kit.index.postings import postings
from kit.index.token_index import Int64
from kit.measures.correction.columns import COLUMNS as CORRECTED
from kit.measures.counts.grouping import By, group_documents
from kit.measures.counts.kept_counts import columns_added
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce
from kit.wording.words import Remark, remark

if TYPE_CHECKING:
    from scipy import sparse

DENOMINATOR = "words and numbers"
#: Columns of tables of frequencies, which no group can be named by.
COLUMNS = (
    *("term", "count", "concept", "parent", "level", "pattern", "documents", "sentences", "hits", "mentions", "names"),
    *("per_1000", "per_million", *CORRECTED),
)


class Groups(NamedTuple):
    """Groups of documents and their sizes.

    Parameters
    ----------
    columns : DataFrame of str, one row per group
        The value of each column that makes groups; no columns where all documents are one group.
    code : int64 array, one per document
        The row of its group.
    words : int64 array, one per group
        Words and numbers.

    """

    columns: pd.DataFrame
    code: Int64
    words: Int64

    @property
    def names(self) -> list[str]:
        """What each group is called."""
        return [JOINT.join(values) for values in self.columns.itertuples(index=False)]

    def named(self, rows: npt.NDArray[np.integer]) -> dict[str, Any]:
        """Return the columns that name groups, for rows of a table."""
        return {str(name): self.columns[name].array[rows] for name in self.columns.columns}


def groups_of(corpus: AnyCorpus, by: By | None, own: Sequence[str] = (), sizes: Int64 | None = None) -> Groups:
    """Share documents out to groups: by one or several columns, or by dates; what is not stated is last.

    `own` are columns of the result, which no group can be named by; `sizes` the words and numbers of each document,
    where not all of them count.
    """
    if sizes is None:
        sizes = catalogue_of(corpus)["words"].to_numpy()
    if by is None:
        columns, code = pd.DataFrame(index=range(1)), np.zeros(len(sizes), np.int64)
    else:
        found = group_documents(corpus, by, own)
        columns, code = found.groups if len(corpus) else found.groups.iloc[:0], found.code
    return Groups(columns, code, np.bincount(code, sizes, len(columns)).astype(np.int64))


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
    from scipy import sparse  # noqa: PLC0415 - a table of concepts does without, and it takes long to load

    if groups == 1:
        return sparse.csr_array(columns_added(matrix)[None, :])
    one = (np.ones(len(group), np.int64), (group, np.arange(len(group))))
    added = (sparse.csr_array(one, shape=(groups, len(group))) @ matrix).tocsr()
    added.sort_indices()
    return added


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
