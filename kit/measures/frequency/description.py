"""What a corpus holds and what cleaning took out of it, in counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.index.counting import document_types
from kit.index.token_index import Int64
from kit.language.tokens import COUNTED, kind_of, spans
from kit.measures.counts.grouping import By
from kit.measures.frequency.groups import by_group, groups_of
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce, united
from kit.parts.tables import in_order

_TOTAL = "all"


@recorded("part")
def describe_corpus(corpus: AnyCorpus, *, by: By | None = None) -> pd.DataFrame:
    """Count what a corpus holds.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    by : str, mapping, or sequence of these, optional
        What makes the groups, as in `kit.term_frequencies`: one row each, then one for all.

    Returns
    -------
    DataFrame
        `part` (str: the values of `by`, joined by " · ", or ``all``), `documents`, `copies` (documents whose body
        repeats an earlier one's, or most of it), `paragraphs`, `sentences`, `tokens` (words and numbers), `types`
        (distinct case-folded words and numbers), `removed_tokens` (words and numbers that cleaning took out) (int64),
        `first_date`, `last_date` (str; empty where no document states one).

    Raises
    ------
    CorpusError
        `by` is not a column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Warga senang!"]})
    >>> kit.describe_corpus(kit.Corpus.from_frame(frame))[["documents", "sentences", "tokens", "types"]]
       documents  sentences  tokens  types
    0          1          2       4      4

    """
    groups = groups_of(corpus, by)
    labels, group, words = groups.names, groups.code, groups.words
    catalogue = catalogue_of(corpus)
    found: _Described = reduce(corpus, _describe, _join_described, len(labels), cut=[group])
    rows = [] if by is None else [[number] for number in range(len(labels))]
    names = [*labels[: len(rows)], _TOTAL]
    copies = np.bincount(group, corpus.copy_of != "", len(labels))
    sums = {
        "documents": np.bincount(group, minlength=len(labels)),
        "copies": copies,
        "paragraphs": found.paragraphs,
        "sentences": np.bincount(group, catalogue["sentences"], len(labels)),
        "tokens": words,
    }
    each = [*rows, list(range(len(labels)))]
    table = pd.DataFrame(
        {"part": names} | {name: [int(values[row].sum()) for row in each] for name, values in sums.items()}
    )
    table["types"] = [len(np.unique(found.term[np.isin(found.group, row)])) for row in each]
    table["removed_tokens"] = [int(found.removed[row].sum()) for row in each]
    for name, dates, choose in (("first_date", found.first, min), ("last_date", found.last, max)):
        stated = [[dates[number] for number in row if dates[number]] for row in each]
        table[name] = [choose(some) if some else "" for some in stated]
    table = table.astype({"part": "str", "first_date": "str", "last_date": "str"})
    table.attrs = corpus.about(unit="document")
    return table


@recorded("rule")
def describe_removed(corpus: AnyCorpus) -> pd.DataFrame:
    r"""Count what cleaning took out, by the rule that recognised it.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus

    Returns
    -------
    DataFrame
        `rule` (str), `documents`, `passages`, `tokens` (words and numbers of the passages) (int64), `share` (float64,
        of all words and numbers read, kept and removed). Falling `tokens`, then `rule`.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Warga dilayani.\nBaca Juga: Judul Lain"]})
    >>> kit.describe_removed(kit.Corpus.from_frame(frame))
             rule  documents  passages  tokens     share
    0  cross_link          1         1       4  0.666667

    """
    counted: pd.DataFrame = reduce(corpus, _count_removed, _add_rules)
    table = counted.sort_values(["tokens", "rule"], ascending=[False, True], ignore_index=True)
    read = int(catalogue_of(corpus)["words"].sum() + table["tokens"].sum())
    table["share"] = table["tokens"] / read if read else np.zeros(len(table))
    table.attrs = corpus.about(unit="passage", denominator="words and numbers read")
    return table


@recorded("doc_id", "rule", "text")
def list_removed(corpus: AnyCorpus) -> pd.DataFrame:
    r"""List every passage that cleaning took out.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus

    Returns
    -------
    DataFrame, one row per passage
        `doc_id`, `rule`, `text` (str), `raw_start`, `raw_end` (int32, code points of the decoded file). By document
        and place.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Warga dilayani.\nBaca Juga: Judul Lain"]})
    >>> kit.list_removed(kit.Corpus.from_frame(frame))[["doc_id", "rule", "raw_start"]]
      doc_id        rule  raw_start
    0      a  cross_link         16

    """
    table: pd.DataFrame = reduce(corpus, _removed, in_order).drop(columns="doc")
    table.attrs = corpus.about(unit="passage")
    return table


class _Described(NamedTuple):
    """Counts by group: paragraphs, removed words and numbers, dates; and the terms that each group has."""

    paragraphs: Int64
    removed: Int64
    first: list[str]
    last: list[str]
    group: Int64
    term: Int64
    terms: pd.Index


def _describe(part: Part, groups: int, group: Int64) -> _Described:
    """Count what a part holds."""
    corpus = part.corpus
    sentences = corpus.sentences[["doc", "paragraph"]].drop_duplicates()
    first, last = [""] * groups, [""] * groups
    for number, date in zip(group.tolist(), corpus.documents["date"].tolist(), strict=True):
        if date:
            first[number] = min(first[number] or date, date)
            last[number] = max(last[number], date)
    index = corpus.index
    counts = np.array([kind in COUNTED for kind in index.kinds], bool)
    terms = pd.Index(np.asarray(index.forms, object)[counts] if len(counts) else [], dtype="str")
    matrix = document_types(index, np.where(counts, np.cumsum(counts) - 1, -1), len(terms))
    by_groups = by_group(matrix, group, groups)
    held, term = np.repeat(np.arange(groups), np.diff(by_groups.indptr)), by_groups.indices.astype(np.int64)
    removed = np.bincount(group[corpus.removed["doc"]], _words(corpus.removed["text"]), groups)
    paragraphs = np.bincount(group[sentences["doc"]], minlength=groups)
    return _Described(paragraphs, removed.astype(np.int64), first, last, held, term, terms)


def _join_described(parts: Sequence[_Described]) -> _Described:
    """Add up the counts of several parts, and unite their terms."""
    rows, terms = united([part.terms for part in parts])
    group = np.concatenate([part.group for part in parts])
    term = np.concatenate([row[part.term] for part, row in zip(parts, rows, strict=True)])
    keys = np.unique(group * len(terms) + term)
    first = [min((date for date in dates if date), default="") for dates in zip(*(p.first for p in parts), strict=True)]
    last = [max(dates) for dates in zip(*(p.last for p in parts), strict=True)]
    held, term = np.divmod(keys, max(len(terms), 1))
    paragraphs, removed = (sum(counts) for counts in ((p.paragraphs for p in parts), (p.removed for p in parts)))
    return _Described(np.asarray(paragraphs), np.asarray(removed), first, last, held, term, terms)


def _count_removed(part: Part) -> pd.DataFrame:
    """Count what cleaning took out of a part, by rule."""
    removed = part.corpus.removed
    counted = removed.assign(tokens=_words(removed["text"]))
    by_rule = counted.groupby("rule", sort=True)
    table = by_rule.agg(documents=("doc", "nunique"), passages=("doc", "size"), tokens=("tokens", "sum"))
    return table.astype("int64").reset_index()


def _add_rules(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Add up the counts of several parts; no document is in two."""
    return pd.concat(parts).groupby("rule", sort=True).sum().reset_index()


def _removed(part: Part) -> pd.DataFrame:
    """List the passages taken out of a part."""
    removed = part.corpus.removed
    table = removed[["rule", "text", "raw_start", "raw_end", "doc"]].copy()
    table.insert(0, "doc_id", part.corpus.documents["doc_id"].iloc[removed["doc"]].reset_index(drop=True))
    return part.out(table)


def _words(texts: pd.Series) -> npt.NDArray[np.int64]:
    """Count the words and numbers of each text."""
    counts = [sum(kind_of(text[start:end]) in COUNTED for start, end in spans(text)) for text in texts]
    return np.array(counts, np.int64)
