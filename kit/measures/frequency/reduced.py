"""Frequencies reduced by how an item is spread along the running words, without cutting them into parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import xlogy

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import check_mentions
from kit.corpus.calls import recorded
from kit.index.postings import postings
from kit.index.token_index import Int32
from kit.measures.counts import blocks
from kit.measures.counts.counts import Unit, check_unit, codebook_items, vocabulary
from kit.measures.counts.numbering import types_by_item, types_by_number, whole_of
from kit.measures.counts.places import Integers, about, mentions_by_item
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus, catalogue_of, join_columns, reduce
from kit.wording.words import remark

Floats = npt.NDArray[np.float64]
#: Occurrences that are added up at a time.
_AT_ONCE = 1 << 20


@recorded("item")
def reduced_frequencies(
    corpus: AnyCorpus,
    *,
    unit: Unit = "form",
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
    min_count: int = 0,
) -> pd.DataFrame:
    """Reduce frequencies where occurrences stand close together.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
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
    around the circle, documents in the order of `doc_id`, also where they lie in parts:
    ``ARF = f/N sum min(d, N/f)``, ``AWT = (1 + sum d²/N) / 2``, ``ALD = sum d log10 d / N``,
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
    check_unit(unit, codebook)
    given = None
    if unit in ("form", "lexeme"):
        codebook = None
    else:
        given = check_mentions(corpus, mentions, codebook, ("start", "concept", "pattern", "gloss"))
    words = int(catalogue_of(corpus)["words"].sum())
    if codebook is None and isinstance(corpus, PartedCorpus) and corpus.in_order:
        table = _in_turn(corpus, unit, min_count, words)
    else:
        tables = []
        for names in _blocks(corpus, unit, codebook, min_count):
            found: _Places = reduce(corpus, _places, _join, names, unit, codebook, cut=[given])
            tables.append(_measured(found, names, words))
        table = pd.concat(tables)
    if codebook is None:
        table = table.sort_values("count", ascending=False, kind="stable")
    table = table[table["count"] >= min_count].reset_index(drop=True)
    remarks = [remark("reduced_frequencies.order")] if len(corpus) > 1 else []
    table.attrs = about(corpus, unit, codebook, variant=remark("reduced_frequencies.variant"), remarks=remarks)
    return table


def _blocks(corpus: AnyCorpus, unit: Unit, codebook: Codebook | None, min_count: int) -> list[pd.Index]:
    """Return the items, sorted or in the codebook's order; words of a corpus in parts in blocks, by falling counts."""
    if codebook is not None:
        return [pd.Index(codebook_items(codebook, unit), dtype="str")]
    if not isinstance(corpus, PartedCorpus):
        return [whole_of(corpus, unit).names]
    found = vocabulary(corpus, unit)
    order = np.argsort(-found.occurrences, kind="stable")
    order = order[found.occurrences[order] >= min_count]
    count = found.occurrences[order]
    cuts = np.flatnonzero(np.diff((np.cumsum(count) - count) // blocks.CELLS)) + 1
    return [found.items[order[begin:stop]] for begin, stop in pairwise([0, *cuts.tolist(), len(order)])]


class _Places(NamedTuple):
    """Where items stand in the running words of the whole corpus, and the rows of the documents; in any order."""

    item: Integers
    place: Integers
    document: Integers


def _places(
    part: Part, items: pd.Index, unit: Unit, codebook: Codebook | None, mentions: pd.DataFrame | None
) -> _Places:
    """Find where items stand in a part."""
    if codebook is not None:
        place, item, document = mentions_by_item(part, codebook, unit, items, mentions)
    else:
        index = part.corpus.index
        stream = postings(index)
        item = types_by_item(part.corpus, unit, items)[stream.type].astype(np.int64)
        place = np.flatnonzero(item >= 0)
        item, document = item[place], index.token_document[stream.token[place]].astype(np.int64)
    return _Places(item, part.word_rows[place], part.numbers.rows[document])


def _join(parts: Sequence[_Places]) -> _Places:
    """Put the places of several parts behind each other."""
    return _Places(*join_columns(parts))


def _measured(found: _Places, names: pd.Index, words: int) -> pd.DataFrame:
    """Measure items by their places."""
    order = np.lexsort([found.place, found.item])
    item, place, document = (column[order] for column in found)
    count = np.bincount(item, minlength=len(names)).astype(np.int64)
    changes = np.append(True, (np.diff(item) != 0) | (np.diff(document) != 0))[: len(item)]
    documents = np.bincount(item[changes], minlength=len(names)).astype(np.int64)
    even = np.divide(words, count, out=np.zeros(len(names)), where=count > 0)
    measured = _reduced(_sums_of(distances(place, item, words), item, even), even, count, words)
    return pd.DataFrame({"item": pd.array(names, dtype="str"), "count": count, "documents": documents} | measured)


def distances(place: Integers, item: Integers, words: int) -> Integers:
    """Return how far each occurrence is from the one of the same item before it, around the circle."""
    if not len(place):
        return place
    first = np.append(True, np.diff(item) != 0)
    last = np.append(first[1:], True)
    step = np.diff(place, prepend=0)
    step[first] = place[first] + words - place[last]
    return step


class _Sums(NamedTuple):
    """What is added up of each item over its occurrences so far, and the place of the last of these; -1: none."""

    last: Integers
    squares: Floats
    near: Floats
    length: Floats


def _in_turn(corpus: PartedCorpus, unit: Unit, min_count: int, words: int) -> pd.DataFrame:
    """Measure words whose parts stand in order: sums go on from part to part, each of which is opened twice.

    In blocks every part would be opened for each of them, and there are the more blocks the more parts there are.
    """
    found = vocabulary(corpus, unit)
    order = np.argsort(-found.occurrences, kind="stable")
    found = found.take(order[found.occurrences[order] >= min_count])
    whole = whole_of(corpus, unit)
    asked = (unit, found.number, len(whole.names))
    last: Integers = corpus.reduce(_last_places, _later, *asked, cut=[whole.own])
    items = len(found.items)
    even = np.divide(words, found.occurrences, out=np.zeros(items), where=found.occurrences > 0)
    begun = _Sums(np.full(items, -1), *(np.zeros(items) for _ in range(3)))
    sums: _Sums = corpus.carry(_go_on, begun, *asked, last - words, even, cut=[whole.own])
    measured = _reduced(sums, even, found.occurrences, words)
    facts = {"count": found.occurrences, "documents": found.documents}
    return pd.DataFrame({"item": pd.array(found.items, dtype="str")} | facts | measured)


def _running(part: Part, unit: Unit, numbers: Integers, whole: int, own: Int32 | None) -> tuple[Int32, Integers]:
    """Return the items asked for that run through a part, by their places among the numbers, and where they stand."""
    item = types_by_number(part, unit, numbers, own, whole)[postings(part.corpus.index).type]
    place = np.flatnonzero(item >= 0)
    return item[place], part.word_rows[place]


def _last_places(part: Part, unit: Unit, numbers: Integers, whole: int, own: Int32 | None) -> Integers:
    """Return where each item stands last in a part; -1: nowhere."""
    item, place = _running(part, unit, numbers, whole, own)
    last = np.full(len(numbers), -1)
    last[item] = place  # the last is written last
    return last


def _later(parts: Sequence[Integers]) -> Integers:
    """Return where each item stands last in several parts."""
    last: Integers = np.maximum.reduce(list(parts))
    return last


def _go_on(
    part: Part,
    sums: _Sums,
    unit: Unit,
    numbers: Integers,
    whole: int,
    ahead: Integers,
    even: Floats,
    own: Int32 | None,
) -> _Sums:
    """Add what a part has to the sums of those before it; `ahead` is where each item stands last, a circle ago."""
    item, place = _running(part, unit, numbers, whole, own)
    order = np.argsort(item, kind="stable")
    item, place = item[order], place[order]
    first = np.append(True, np.diff(item) != 0)[: len(item)]
    step = np.diff(place, prepend=0)
    before = sums.last[item[first]]
    step[first] = place[first] - np.where(before < 0, ahead[item[first]], before)
    found = _Sums(sums.last.copy(), sums.squares.copy(), sums.near.copy(), sums.length.copy())
    found.last[item] = place
    del order, place, first
    for begin in range(0, len(item), _AT_ONCE):  # one after another, as if all stood in one row
        some = slice(begin, begin + _AT_ONCE)
        for total, values in zip(found[1:], _values(step[some], even[item[some]]), strict=True):
            np.add.at(total, item[some], values)
    return found


def _values(step: Integers, even: Floats) -> tuple[Floats, Floats, Floats]:
    """Return what each occurrence adds to the sums, given its distance and that of equally spaced ones."""
    return step.astype(np.float64) ** 2, np.minimum(step, even), xlogy(step, step) / np.log(10)


def _sums_of(step: Integers, item: Integers, even: Floats) -> _Sums:
    """Add up what all occurrences of some items add."""
    return _Sums(item, *(_total(item, values, len(even)) for values in _values(step, even[item])))


def _reduced(sums: _Sums, even: Floats, count: Integers, words: int) -> dict[str, Floats]:
    """Return the measures of every item."""
    some = count > 0
    length = np.where(some, sums.length / max(words, 1), np.nan)
    return {
        "arf": np.divide(sums.near, even, out=np.zeros(len(count)), where=some),
        "awt": np.where(some, (1 + sums.squares / max(words, 1)) / 2, np.nan),
        "ald": length,
        "f_awt": np.divide(float(words) ** 2, sums.squares, out=np.zeros(len(count)), where=some),
        "f_ald": np.where(some, words * 10.0**-length, 0.0),
    }


def _total(item: Integers, values: Floats, items: int) -> Floats:
    """Add up the values of every item."""
    return np.bincount(item, weights=values, minlength=items).astype(np.float64)
