"""How varied the vocabulary is: measures bound to the length of a text, named so, and measures that are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import gammaln

from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.index.postings import postings
from kit.measures.counts.grouping import By
from kit.measures.counts.places import Integers, words_by_item
from kit.measures.frequency.groups import groups_of
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce, united
from kit.wording.words import remark

_ALL = "all"


@recorded("part")
def lexical_diversity(
    corpus: AnyCorpus,
    *,
    unit: Literal["form", "lexeme"] = "form",
    by: By | None = None,
    window: int = 100,
    sample: int = 42,
) -> pd.DataFrame:
    """Measure how varied the vocabulary of a corpus or of its groups is.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    by : str, mapping, or sequence of these, optional
        What makes the groups, as in `kit.term_frequencies` (``doc_id`` for each document): one row each.
    unit : {"form", "lexeme"}
        What counts as one type: case-folded forms, or lexemes (clitics and plurals with their word).
    window : int
        Words in a window of MATTR.
    sample : int
        Words of a sample of HD-D.

    Returns
    -------
    DataFrame, one row per group
        `part` (str: the values of `by`, joined by " · ", or ``all``), `tokens` (words and numbers), `distinct`
        (different ones; int64), `ttr_length_bound`, `guiraud_r_length_bound`, `herdan_c_length_bound` (float64; longer
        texts have lower or higher values whatever their vocabulary), `yule_k` (float64; higher = more repetitive),
        `hdd`, `mattr` (float64, 0 to 1, higher = more varied; do not depend on length), `windows` (int64, that MATTR is
        the mean of). In the order of the values.

    Raises
    ------
    QueryError
        An option has an unknown value.
    CorpusError
        `by` is not a column.

    Notes
    -----
    With N words, V different ones and f the count of each: ``TTR = V/N``; ``R = V / sqrt N`` (Guiraud 1954);
    ``C = log V / log N`` (Herdan 1960); ``K = 10⁴ (sum f² - N) / N²`` (Yule 1944); ``HD-D`` is the expected TTR of a
    sample of words drawn without putting back (McCarthy & Jarvis 2007); ``MATTR`` is the mean TTR of all windows of
    running words (Covington & McFall 2010), here of one document each, so that the order of documents changes nothing.
    MTLD is not offered: it reads a text word by word from one end, and is not a mean over texts.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["asn itu asn warga"]})
    >>> table = lexical_diversity(kit.Corpus.from_frame(frame, clean=False), window=3, sample=2)
    >>> table[["tokens", "distinct", "ttr_length_bound", "hdd", "mattr"]].round(3)
       tokens  distinct  ttr_length_bound    hdd  mattr
    0       4         3              0.75  0.917  0.833

    """
    if unit not in ("form", "lexeme"):
        raise QueryError(f"unit {unit!r} is not counted", remedy="use 'form' or 'lexeme'")
    if window < 1 or sample < 1:
        raise QueryError(f"window = {window}, sample = {sample}", remedy="use 1 word or more")
    found = groups_of(corpus, by)
    group, groups = found.code, found.names if by is not None else [_ALL] * bool(len(corpus))
    words: _Words = reduce(corpus, _words, _join, unit, window, len(groups), cut=[group])
    order = np.lexsort([words.item, words.group])
    bounds = np.searchsorted(words.group[order], np.arange(len(groups) + 1))
    number, distinct_in_windows = words.windows, words.fresh
    rows = []
    for row, label in enumerate(groups):
        counts = words.times[order[bounds[row] : bounds[row + 1]]]
        mattr = distinct_in_windows[row] / (number[row] * window) if number[row] else np.nan
        rows.append({"part": str(label), **_of_counts(counts, sample), "mattr": mattr, "windows": int(number[row])})
    table = pd.DataFrame(rows, columns=_COLUMNS).astype(_DTYPES)
    missing = bool(table[["hdd", "mattr"]].isna().any(axis=None))
    told = {"window": window, "sample": sample}
    table.attrs = corpus.about(
        unit=unit,
        variant=remark("lexical_diversity.variant", **told),
        remarks=[remark("lexical_diversity.short", **told)] if missing else [],
    )
    return table


class _Words(NamedTuple):
    """How often each word occurs in each group, and the windows of each group.

    `names` are sorted; `group`, `item` and `times` have a value for each word of a group, in the order of the names
    within each group; `fresh` and `windows` one for each group.
    """

    names: pd.Index
    group: Integers
    item: Integers
    times: Integers
    fresh: Integers
    windows: Integers


def _words(part: Part, unit: str, window: int, groups: int, group: Integers) -> _Words:
    """Count the words of a part."""
    word, names = words_by_item(part.corpus, unit)
    index = part.corpus.index
    document = index.token_document[postings(index).token].astype(np.int64)
    cells, count = np.unique(group[document] * max(len(names), 1) + word, return_counts=True)
    own, item = np.divmod(cells, max(len(names), 1))
    sums = (np.zeros(groups, np.int64), np.zeros(groups, np.int64))
    for total, values in zip(sums, _window_sums(word, document, len(part.corpus), window), strict=True):
        np.add.at(total, group, values)
    return _Words(pd.Index(names, dtype="str"), own, item, count.astype(np.int64), *sums)


def _join(parts: Sequence[_Words]) -> _Words:
    """Add the words of several parts up."""
    rows, names = united([part.names for part in parts])
    item = np.concatenate([row[part.item] for row, part in zip(rows, parts, strict=True)])
    cells, place = np.unique(np.concatenate([part.group for part in parts]) * len(names) + item, return_inverse=True)
    count = np.zeros(len(cells), np.int64)
    np.add.at(count, place, np.concatenate([part.times for part in parts]))
    own, item = np.divmod(cells, max(len(names), 1))
    fresh, windows = (np.sum(column, axis=0) for column in ([part[place] for part in parts] for place in (4, 5)))
    return _Words(names, own, item, count, fresh, windows)


_INTEGERS = ("tokens", "distinct", "windows")
_COLUMNS = [
    "part", "tokens", "distinct", "ttr_length_bound", "guiraud_r_length_bound", "herdan_c_length_bound", "yule_k",
    "hdd", "mattr", "windows",
]  # fmt: skip
_DTYPES: dict[str, Any] = {
    name: "str" if name == "part" else "int64" if name in _INTEGERS else "float64" for name in _COLUMNS
}


def _of_counts(counts: Integers, sample: int) -> dict[str, Any]:
    """Return the measures that know only how often each word occurs."""
    tokens, distinct = int(counts.sum()), len(counts)
    nothing = tokens == 0
    return {
        "tokens": tokens,
        "distinct": distinct,
        "ttr_length_bound": np.nan if nothing else distinct / tokens,
        "guiraud_r_length_bound": np.nan if nothing else distinct / np.sqrt(tokens),
        "herdan_c_length_bound": np.nan if tokens < 2 else np.log(distinct) / np.log(tokens),
        "yule_k": np.nan if nothing else 1e4 * (float((counts.astype(np.float64) ** 2).sum()) - tokens) / tokens**2,
        "hdd": np.nan if tokens < sample else float(_drawn(counts, tokens, sample).sum()) / sample,
    }


def _drawn(counts: Integers, tokens: int, sample: int) -> Any:
    """Return the probability of each word to be in a sample: 1 - C(N - f, m) / C(N, m)."""
    left = tokens - counts
    able = left >= sample
    safe = np.where(able, left, sample)
    log = gammaln(safe + 1) - gammaln(safe - sample + 1) - gammaln(tokens + 1) + gammaln(tokens - sample + 1)
    return 1 - np.where(able, np.exp(log), 0.0)


def _window_sums(word: Integers, document: Integers, documents: int, window: int) -> tuple[Integers, Integers]:
    """Return, for every document, the different words of all its windows, added up, and how many windows it has.

    A word is new in the windows that begin behind the same word's last place and hold it. Numbers are of 32 bits, since
    a part has millions of words.
    """
    window = min(window, len(word) + 1)  # no document is longer
    word, document = word.astype(np.int32), document.astype(np.int32)
    sizes = np.bincount(document, minlength=documents).astype(np.int32)
    opening = (np.cumsum(sizes) - sizes).astype(np.int32)
    windows = np.maximum(sizes - window + 1, 0)
    place = np.arange(len(word), dtype=np.int32) - opening[document]
    order = np.lexsort([place, word, document])
    repeated = (np.diff(word[order]) == 0) & (np.diff(document[order]) == 0)
    before = np.full(len(word), -1, np.int32)
    before[order[1:]] = np.where(repeated, place[order[:-1]], np.int32(-1))
    del order, repeated
    first = np.maximum(np.maximum(before + 1, place - window + 1), 0)
    last = np.minimum(place, windows[document] - 1)
    fresh = np.bincount(document, weights=np.maximum(last - first + 1, 0), minlength=documents)
    return fresh.astype(np.int64), windows.astype(np.int64)
