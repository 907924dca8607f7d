"""Frequencies reduced by how an item is spread along the running words, without cutting them into parts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import xlogy

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.measures.counts.counts import Unit
from kit.measures.counts.places import Integers, about, find_places, in_order
from kit.wording.words import remark

Floats = npt.NDArray[np.float64]


@recorded("item")
def reduced_frequencies(
    corpus: Corpus,
    *,
    unit: Unit = "form",
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
    min_count: int = 0,
) -> pd.DataFrame:
    """Reduce frequencies where occurrences stand close together.

    Parameters
    ----------
    corpus : Corpus
    unit : {"form", "lexeme", "concept", "pattern"}
        Case-folded words and numbers; lexemes; concepts or enabled patterns of a codebook (mentions: hits that are not
        glosses).
    codebook : Codebook, optional
        Needed for concepts and patterns.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.
    min_count : int
        Leave out items that occur less often.

    Returns
    -------
    DataFrame, one row per item
        `item` (str; a pattern is named ``concept: pattern``); `count`, `documents` (int64); `arf` (float64, average
        reduced frequency: 1 if all occurrences stand together, `count` if they are equally spaced), `awt` (average
        waiting time, words), `ald` (average logarithmic distance, base 10), `f_awt`, `f_ald` (float64, the frequencies
        that equally spaced occurrences with this waiting time or distance would have). Words by falling count, then
        item; concepts and patterns in the codebook's order. An absent concept has frequencies of 0, and no waiting time
        or distance.

    Raises
    ------
    QueryError
        The unit is unknown, or there is no codebook to count by.

    Notes
    -----
    With N words, f occurrences and the distances d from each occurrence to the one before it, the first to the last
    around the circle: ``ARF = f/N sum min(d, N/f)``, ``AWT = (1 + sum d²/N) / 2``, ``ALD = sum d log10 d / N``,
    ``f_AWT = N² / sum d²``, ``f_ALD = N 10^-ALD`` (Savický & Hlaváčová 2002; Gries 2008, p. 410).

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["asn asn dan asn itu warga"]})
    >>> table = reduced_frequencies(kit.Corpus.from_frame(frame, clean=False))
    >>> table[["item", "count", "arf", "awt"]].head(2).round(3)
      item  count  arf    awt
    0  asn      3  2.5  1.667
    1  dan      1  1.0  3.500

    """
    places = find_places(corpus, unit, codebook=codebook, mentions=mentions)
    words, items = len(places.document), len(places.names)
    count = np.bincount(places.item, minlength=items).astype(np.int64)
    changes = (np.diff(places.item) != 0) | (np.diff(places.document[places.place]) != 0)
    documents = np.bincount(places.item[np.append(True, changes)[: len(places.item)]], minlength=items)
    measured = _reduced(distances(places.place, places.item, words), places.item, count, words)
    columns = {"item": _named(places.names), "count": count, "documents": documents.astype(np.int64)}
    table = pd.DataFrame(columns | measured, index=places.names.index)
    order = in_order(places, count)
    table = table.iloc[order[count[order] >= min_count]].reset_index(drop=True)
    remarks = [remark("reduced_frequencies.order")] if len(corpus) > 1 else []
    table.attrs = about(corpus, unit, codebook, variant=remark("reduced_frequencies.variant"), remarks=remarks)
    return table


def _named(names: pd.DataFrame) -> pd.Series:
    """Return the name of each item, as in all tables that take any unit."""
    if "pattern" in names:
        return names["concept"] + ": " + names["pattern"]
    return names["term"] if "term" in names else names["concept"]


def distances(place: Integers, item: Integers, words: int) -> Integers:
    """Return how far each occurrence is from the one of the same item before it, around the circle."""
    if not len(place):
        return place
    first = np.append(True, np.diff(item) != 0)
    last = np.append(first[1:], True)
    step = np.diff(place, prepend=0)
    step[first] = place[first] + words - place[last]
    return step


def _reduced(step: Integers, item: Integers, count: Integers, words: int) -> dict[str, Floats]:
    """Return the measures of every item."""
    items = len(count)
    some = count > 0
    even = np.divide(words, count, out=np.zeros(items), where=some)
    squares = _total(item, step.astype(np.float64) ** 2, items)
    near = _total(item, np.minimum(step, even[item]), items)
    length = np.where(some, _total(item, xlogy(step, step) / np.log(10), items) / max(words, 1), np.nan)
    return {
        "arf": np.divide(near, even, out=np.zeros(items), where=some),
        "awt": np.where(some, (1 + squares / max(words, 1)) / 2, np.nan),
        "ald": length,
        "f_awt": np.divide(float(words) ** 2, squares, out=np.zeros(items), where=some),
        "f_ald": np.where(some, words * 10.0**-length, 0.0),
    }


def _total(item: Integers, values: Floats, items: int) -> Floats:
    """Add up the values of every item."""
    return np.bincount(item, weights=values, minlength=items).astype(np.float64)
