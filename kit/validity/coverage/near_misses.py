"""Words that are like a concept's own and are not counted for it: where a codebook may miss what it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.codebook.mentions import check_mentions
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.index.postings import postings
from kit.language.lexemes import lexeme
from kit.language.roots import root
from kit.language.tokens import COUNTED, fold, tokenize
from kit.lexicon.known import is_known
from kit.lexicon.wordlists import expansions
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.wording.words import remark

_COLUMNS = ("concept", "near", "relation", "pattern", "count", "documents")
_SHORTEST_ROOT = 3  # letters; shorter ones (di, ke, se) are no roots of a concept
_SHORTEST_SPELLING = 6  # letters of a word of which one that differs in one letter is taken for it misspelt
_SINGLE = ("form", "abbreviation", "lexeme")
_WIDTH = np.int64(2**31)  # more than characters of a document


class _Like(NamedTuple):
    """Words in a row that are like a pattern: their forms, why, and the pattern."""

    words: tuple[str, ...]
    relation: str
    pattern: str


@recorded("concept", "near")
def near_misses(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    concepts: Sequence[str] | None = None,
    min_count: int = 1,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List words that are like a concept's patterns and stand outside its hits.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    concepts : sequence of str, optional
        Which concepts to look at; all if left out.
    min_count : int
        Least occurrences outside the concept's hits.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.

    Returns
    -------
    DataFrame, one row per concept and word or phrase
        `concept` (str), `near` (str; the words, case-folded), `relation` (str; the first of ``lexeme``: the same
        lexeme as a pattern, such as a plural; ``written_out``: the full form of a listed short one, or the reverse;
        ``root``: the same root, or, for a phrase, the same roots in a row; ``spelling``: one letter more, less or other
        than a pattern, and no known word), `pattern` (str; the pattern that it is like), `count` (int64; occurrences
        that no hit of the concept touches), `documents` (int64). By the codebook's order of concepts, falling count,
        words.

    Raises
    ------
    QueryError
        There is no such concept, or the mentions are not of this corpus and codebook.

    Notes
    -----
    A near miss is a question, not a fault: *dilayani* is like *melayani* and is another concept. Words of the same root
    are listed so that a reader decides; nothing is counted by root. Read some of each with `kit.concordance`.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Laporan akuntabel. Pengakuntabilitasan dan akuntabilits."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> kit.near_misses(corpus, kit.load_codebook(), concepts=["akuntabilitas"])[["near", "relation", "pattern"]]
                      near  relation        pattern
    0         akuntabilits  spelling  akuntabilitas
    1  pengakuntabilitasan      root  akuntabilitas

    """
    wanted = codebook.chosen(concepts)
    given = check_mentions(corpus, mentions, codebook, ("start", "end", "concept"))
    table: pd.DataFrame = reduce(corpus, _near_misses, _join, codebook, list(wanted), cut=[given])
    table = table[table["count"] >= min_count]
    order = np.lexsort([table["near"], -table["count"], pd.Index(wanted).get_indexer(pd.Index(table["concept"]))])
    table = table.iloc[order].reset_index(drop=True)
    table.attrs = corpus.about(unit="form", codebook=codebook.version, remarks=[remark("coverage.near_misses")])
    return table


def _near_misses(part: Part, codebook: Codebook, wanted: list[str], mentions: pd.DataFrame | None) -> pd.DataFrame:
    """List the near misses of a part."""
    found = mentions_in(part, codebook, mentions)
    patterns = codebook.patterns
    patterns = patterns[patterns["enabled"] == "yes"]
    words = _Words(part.corpus)
    rows: list[tuple[str, str, str, str, int, int]] = []
    for concept in wanted:
        hits = words.stretches(found[found["concept"] == concept])
        seen: dict[tuple[str, ...], _Like] = {}
        for like in _likes(patterns[patterns["concept"] == concept], words):
            seen.setdefault(like.words, like)
        for like in seen.values():
            first = words.phrase(like.words)
            outside = first[_touched(hits, first, first + len(like.words)) == 0]
            if len(outside):
                documents = len(np.unique(words.document[outside]))
                rows.append((concept, " ".join(like.words), *like[1:], len(outside), documents))
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    return table.astype({name: "int64" if name in _COLUMNS[4:] else "str" for name in _COLUMNS})


def _join(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Add up the near misses of several parts: what a word is like does not rest on the part."""
    return pd.concat(parts).groupby(list(_COLUMNS[:4]), sort=False, as_index=False).sum()


class _Words:
    """The running words of a corpus and what is known of each form."""

    def __init__(self, corpus: Corpus) -> None:
        """Look up forms, lexemes and roots of the words that occur."""
        self.index = corpus.index
        self.stream = postings(corpus.index)
        self.document = corpus.index.token_document[self.stream.token]
        self.start = self.document.astype(np.int64) * _WIDTH + self.index.start[self.stream.token]
        types = corpus.types
        counts = types["kind"].isin(COUNTED).to_numpy(bool)
        self.forms: list[str] = types["form"].tolist()
        self.stop = types["stopword"].to_numpy(bool)
        self.roots: list[str] = types["root"].tolist()
        self.by_form = {form: row for row, form in enumerate(self.forms) if counts[row]}
        self.by_lexeme, self.by_root = _rows_by(types["lexeme"], counts), _rows_by(types["root"], counts)
        self.spelled: dict[str, list[int]] | None = None

    def stretches(self, hits: pd.DataFrame) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Return where in the stream hits begin, and where they end, each in rising order."""
        doc = hits["doc"].to_numpy(np.int64) * _WIDTH
        first, last = (np.searchsorted(self.start, doc + hits[name].to_numpy(np.int64)) for name in ("start", "end"))
        filled = first < last
        return np.sort(first[filled]), np.sort(last[filled])

    def phrase(self, words: tuple[str, ...]) -> npt.NDArray[np.int64]:
        """Return where words stand in a row."""
        rows = [self.by_form.get(word, -1) for word in words]
        if min(rows) < 0:
            return np.zeros(0, np.int64)
        places: npt.NDArray[np.int64] = np.sort(self.stream.phrase([[row] for row in rows])).astype(np.int64)
        return places

    def misspelt(self, word: str) -> Iterator[str]:
        """Yield the forms that differ from a word in one letter, or two that changed places, and are no known words."""
        if self.spelled is None:
            self.spelled = defaultdict(list)
            for form, row in self.by_form.items():
                if len(form) >= _SHORTEST_SPELLING - 1 and form.isalpha():
                    for short in _shortened(form):
                        self.spelled[short].append(row)
        rows = {row for short in _shortened(word) for row in self.spelled.get(short, ())}
        for form in sorted(self.forms[row] for row in rows):
            if form != word and _one_apart(form, word) and not is_known(form):
                yield form

    def of_roots(self, roots: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yield the word forms that stand in a row somewhere and have given roots."""
        rows = [self.by_root.get(one, []) for one in roots]
        if not all(rows):
            return
        places = self.stream.phrase([np.asarray(row, np.int64) for row in rows])
        shape = np.asarray([self.stream.type[places + step] for step in range(len(roots))], np.int64).T
        for types in np.unique(shape, axis=0).tolist():
            yield tuple(self.forms[row] for row in types)


def _touched(
    hits: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]], first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]
) -> npt.NDArray[np.intp]:
    """Count the hits that share a word with each stretch: those that begin before its end, less those that ended."""
    begins, ends = hits
    return np.searchsorted(begins, last, side="left") - np.searchsorted(ends, first, side="right")


def _rows_by(names: pd.Series, counts: npt.NDArray[np.bool_]) -> dict[str, list[int]]:
    """Return the types of each lexeme or root."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names.tolist()):
        if counts[row]:
            rows[name].append(row)
    return rows


def _likes(patterns: pd.DataFrame, words: _Words) -> Iterator[_Like]:
    """Yield the word forms that are like some patterns, by the order of relations."""
    spelt = [
        (row["pattern"], row["kind"], tuple(fold(token.text) for token in tokenize(row["pattern"])))
        for row in patterns.to_dict("records")
    ]
    spelt = [(pattern, kind, parts) for pattern, kind, parts in spelt if all(part[0].isalnum() for part in parts)]
    single = [(pattern, kind, parts[0]) for pattern, kind, parts in spelt if len(parts) == 1 and kind in _SINGLE]
    for pattern, kind, word in single:
        if kind != "abbreviation":
            yield from (_Like((words.forms[row],), "lexeme", pattern) for row in words.by_lexeme.get(lexeme(word), ()))
    yield from _written_out(spelt)
    for pattern, kind, word in single:
        base = root(word)
        if kind != "abbreviation" and len(base) >= _SHORTEST_ROOT:
            yield from (_Like((words.forms[row],), "root", pattern) for row in words.by_root.get(base, ()))
    for pattern, kind, parts in spelt:
        if kind == "phrase" and len(parts) > 1:
            yield from (_Like(forms, "root", pattern) for forms in words.of_roots([root(part) for part in parts]))
    for pattern, kind, word in single:
        if kind != "abbreviation" and len(word) >= _SHORTEST_SPELLING:
            yield from (_Like((form,), "spelling", pattern) for form in words.misspelt(word))


def _written_out(spelt: list[tuple[str, str, tuple[str, ...]]]) -> Iterator[_Like]:
    """Yield the full forms of short patterns, and the short forms of full ones."""
    short_of: dict[str, list[str]] = defaultdict(list)
    for short, (full, _) in expansions().items():
        short_of[full].append(short)
    for pattern, _, parts in spelt:
        if len(parts) == 1 and parts[0] in expansions():
            yield _Like(tuple(expansions()[parts[0]][0].split()), "written_out", pattern)
        for short in short_of.get(" ".join(parts), ()):
            yield _Like((short,), "written_out", pattern)


def _shortened(word: str) -> set[str]:
    """Return a word and what is left of it without one letter."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _one_apart(one: str, other: str) -> bool:
    """Tell whether one letter was added, left out or changed, or two neighbours changed places."""
    if len(one) == len(other):
        apart = [place for place in range(len(one)) if one[place] != other[place]]
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1
        return len(apart) == 1 or (swapped and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]])
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
