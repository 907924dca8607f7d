"""Which articles tell one story, and what a copy kept, moved, changed, added and cut."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.stories.stories import originals, ranking
from kit.errors import QueryError
from kit.language.tokens import COUNTED
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce

#: Share of the pairs of neighbouring words that a changed sentence has in common with what it was.
_CHANGED = 0.5

_Words: TypeAlias = tuple[str, ...]


class _Sentence(NamedTuple):
    """A sentence: its words and numbers, case-folded, its text, and where it stands."""

    words: _Words
    text: str
    start: int
    end: int


@recorded("doc_id")
def list_copies(corpus: AnyCorpus) -> pd.DataFrame:
    """List the articles that tell one story: originals with their copies.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus

    Returns
    -------
    DataFrame, one row per document of a story of which the corpus holds several
        `original` (str, `doc_id` of the first of the story in the corpus), `doc_id` (str), `date` (str), `words`
        (int64; words and numbers), `from_original` (float64; share of the document's runs of five words that stand in
        the original), `of_original` (float64; share of the original's runs that stand in the document); both missing
        for texts without words. Stories by the `doc_id` of the original; of each the original, then copies as they
        could be originals: by date, length and `doc_id`.

    Notes
    -----
    ``docs/copies.md`` gives the rule. Of a selection without the true original, the first of the story stands for it.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "Gubernur meresmikan gedung layanan terpadu di kota itu pada hari Senin. Warga antre."
    >>> frame = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": [text, "Lain.", text], "date": ["2024-03-05", "", ""]})
    >>> kit.list_copies(kit.Corpus.from_frame(frame))[["original", "doc_id", "words", "from_original"]]
      original doc_id  words  from_original
    0        a      a     13            1.0
    1        a      c     13            1.0

    """
    catalogue, first = catalogue_of(corpus), originals(corpus)
    several = np.bincount(first, minlength=len(first))[first] > 1
    rows = np.flatnonzero(several)
    runs = corpus.evidence(rows).runs
    place = np.full(len(first), -1, np.int64)
    place[rows] = np.arange(len(rows))
    shared, own, whole = np.zeros(len(rows)), np.diff(runs.bounds), np.diff(runs.bounds)[place[first[rows]]]
    for row, original in enumerate(place[first[rows]].tolist()):
        shared[row] = len(np.intersect1d(runs.of(row), runs.of(original), assume_unique=True))
    names, rank = catalogue["doc_id"].to_numpy(object), np.argsort(ranking(catalogue))
    with np.errstate(invalid="ignore"):
        table = pd.DataFrame(
            {
                "original": pd.array(names[first[rows]], "str"),
                "doc_id": pd.array(names[rows], "str"),
                "date": catalogue["date"].iloc[rows].to_numpy(object),
                "words": catalogue["words"].to_numpy(np.int64)[rows],
                "from_original": shared / own,
                "of_original": shared / whole,
            }
        ).astype({"date": "str"})
    table = table.iloc[np.lexsort((rank[rows], first[rows]))].reset_index(drop=True)
    table.attrs = corpus.about(unit="document")
    return table


@recorded("change", "text", "start", "original_start")
def compare_copy(corpus: AnyCorpus, doc_id: str) -> pd.DataFrame:
    r"""Show, sentence by sentence, what a copy kept of its original, and what it changed.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    doc_id : str
        The copy.

    Returns
    -------
    DataFrame, one row per sentence of the copy or of what it cut
        `change` (str: ``kept``, the same words and numbers, case-folded, in the same order of sentences; ``moved``, the
        same at another place; ``changed``, half of the pairs of neighbouring words are the same; ``added``; ``cut``),
        `text` (str; as the copy has it, of what was cut as the original had it), `original_text` (str; where it was
        changed, else empty), `start`, `end`, `original_start`, `original_end` (Int64; code points in the bodies,
        end-exclusive; missing where the sentence is not there). In the order of the copy; what was cut stands behind
        the sentence that it followed.

    Raises
    ------
    QueryError
        There is no such document, it is no copy, or its original is not in this selection.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> words = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan"]
    >>> lines = [" ".join(f"{word}{line}" for word in words).capitalize() + "." for line in "abcdef"]
    >>> texts = ["\n".join(lines), "\n".join([*lines[1:], "Warga antre."])]
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a", "b"], "text": texts}))
    >>> kit.compare_copy(corpus, "b")["change"].tolist()
    ['cut', 'kept', 'kept', 'kept', 'kept', 'kept', 'added']

    """
    names = catalogue_of(corpus)["doc_id"].tolist()
    if doc_id not in names:
        raise QueryError(f"there is no document {doc_id!r}", place="compare_copy", remedy="use a doc_id of the corpus")
    row = names.index(doc_id)
    original = corpus.copy_of.iloc[row]
    if original not in names:
        problem = (
            f"{doc_id!r} is {f'a copy of {original!r}, which is not in this selection' if original else 'no copy'}"
        )
        remedy = "ask the whole corpus" if original else "use a doc_id that kit.list_copies lists behind its original"
        raise QueryError(problem, place="compare_copy", remedy=remedy)
    wanted = np.zeros(len(names), bool)
    wanted[[row, names.index(original)]] = True
    found: dict[int, list[_Sentence]] = reduce(corpus, _sentences, _joined, cut=[wanted])
    table = _compared(found[names.index(original)], found[row])
    table.attrs = corpus.about(unit="sentence", variant=f"{doc_id} / {original}")
    return table


def _sentences(part: Part, wanted: npt.NDArray[np.bool_]) -> dict[int, list[_Sentence]]:
    """Return the sentences of some documents of a part, by the row of the document in the whole corpus."""
    index, texts = part.corpus.index, part.corpus.documents["text"]
    heads = index.sentence_tokens.tolist()
    found = {}
    for row in np.flatnonzero(wanted).tolist():
        first, last = np.searchsorted(index.sentence_tokens, index.document_tokens[row : row + 2])
        text, bodies = texts.iloc[row], []
        for begin, stop in pairwise(heads[first : last + 1]):
            types = index.type_of(slice(begin, stop)).tolist()
            words = tuple(index.terms[one] for one in types if index.kinds[one] in COUNTED)
            start, end = int(index.start[begin]), int(index.end_of(slice(stop - 1, stop))[0])
            bodies.append(_Sentence(words, text[start:end], start, end))
        found[int(part.numbers.rows[row])] = bodies
    return found


def _joined(parts: Sequence[dict[int, list[_Sentence]]]) -> dict[int, list[_Sentence]]:
    """Join the sentences found in several parts."""
    return {row: sentences for part in parts for row, sentences in part.items()}


def _compared(old: Sequence[_Sentence], new: Sequence[_Sentence]) -> pd.DataFrame:
    """Say of each sentence of a text what became of it, or where it is from."""
    same = SequenceMatcher(None, [one.words for one in old], [one.words for one in new]).get_matching_blocks()
    source = {block.b + step: block.a + step for block in same for step in range(block.size)}
    change = dict.fromkeys(source, "kept")
    left = [place for place in range(len(old)) if place not in set(source.values())]
    equal: dict[_Words, list[int]] = defaultdict(list)
    for place in left[::-1]:
        equal[old[place].words].append(place)
    for place in range(len(new)):
        if place not in source and equal.get(new[place].words):
            source[place], change[place] = equal[new[place].words].pop(), "moved"
    gone = set(left) - set(source.values())
    for place, was in _changed(old, new, sorted(gone), [place for place in range(len(new)) if place not in source]):
        source[place], change[place] = was, "changed"
        gone.discard(was)
    rows: list[tuple[int, int, str, int | None, int | None]] = [
        (place, 0, change.get(place, "added"), place, source.get(place)) for place in range(len(new))
    ]
    after = {was: place for place, was in source.items()}
    for was in sorted(gone):
        before = next((after[other] for other in range(was, -1, -1) if other in after), -1)
        rows.append((before, 1, "cut", None, was))
    rows.sort(key=lambda row: row[:2])
    return _table(old, new, [row[2:] for row in rows])


def _changed(
    old: Sequence[_Sentence], new: Sequence[_Sentence], gone: Sequence[int], come: Sequence[int]
) -> list[tuple[int, int]]:
    """Pair new sentences with old ones that they have most pairs of words in common with, at least half."""
    holders: dict[_Words, list[int]] = defaultdict(list)
    for was in gone:
        for pair in set(pairwise(old[was].words)):
            holders[pair].append(was)
    found, free = [], set(gone)
    for place in come:
        pairs = set(pairwise(new[place].words))
        common = Counter(was for pair in pairs for was in holders.get(pair, ()) if was in free)
        best = max(common, key=lambda was: (common[was], -was), default=None)
        if best is not None and common[best] >= _CHANGED * max(len(pairs), len(set(pairwise(old[best].words)))):
            found.append((place, best))
            free.discard(best)
    return found


def _table(
    old: Sequence[_Sentence], new: Sequence[_Sentence], rows: Sequence[tuple[str, int | None, int | None]]
) -> pd.DataFrame:
    """Write sentences of two texts as rows."""
    mine = [None if place is None else new[place] for _, place, _ in rows]
    theirs = [None if was is None else old[was] for *_, was in rows]
    changes = [change for change, *_ in rows]
    texts = [one.text if one else was.text if was else "" for one, was in zip(mine, theirs, strict=True)]
    before = [was.text if was and change == "changed" else "" for was, change in zip(theirs, changes, strict=True)]
    told = {"change": changes, "text": texts, "original_text": before}
    table: dict[str, Any] = {name: pd.array(values, "str") for name, values in told.items()}
    for prefix, sentences in (("", mine), ("original_", theirs)):
        for name in ("start", "end"):
            places = [pd.NA if one is None else getattr(one, name) for one in sentences]
            table[f"{prefix}{name}"] = pd.array(places, "Int64")
    return pd.DataFrame(table)
