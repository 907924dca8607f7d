"""What is known of very many types, as one table: `kit.language.annotate.annotate` without an object for each."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from kit.language.annotate import annotate, kept_words
from kit.language.lexemes import CLITICS, PROCLITICS
from kit.language.stopwords import stopwords
from kit.lexicon.affixes import BEGINNINGS, ENDINGS
from kit.lexicon.known import listed
from kit.lexicon.wordlists import solid_forms

if TYPE_CHECKING:
    import pyarrow as pa

    from kit.index.token_index import TokenIndex
    from kit.language.kept_words import KeptWords

#: Types from which on columns are quicker than a look at each.
MANY = 10_000

#: Of beginnings, a consonant and the same again behind an e.
_DOUBLED = "(?P<consonant>[^aeiou])e(?P=consonant)"


class Columns(NamedTuple):
    """Words and what the rules say of each, as Arrow arrays of large strings."""

    words: pa.Array
    lexemes: pa.Array
    roots: pa.Array
    voices: pa.Array


class _Known:
    """What is known of words, in columns that grow as it does."""

    def __init__(self, words: KeptWords) -> None:
        self.words = words
        self._columns = _columns_of([], [], [], [])

    def columns(self) -> Columns:
        """Return all that is known."""
        known, begin = self.words.known(), len(self._columns.words)
        if begin < len(known):
            said = (list(column) for column in zip(*islice(known.values(), begin, None), strict=True))
            self._columns = _joined(self._columns, _columns_of(list(islice(known, begin, None)), *said))
        return self._columns


def types_of(index: TokenIndex) -> pd.DataFrame:
    """Return the table of the types of an index."""
    if len(index.terms) < MANY:
        return annotate(index.forms, index.kinds)
    return annotate_many(index.terms.arrow(), index.kinds_in_arrow())


def annotate_many(forms: pa.Array, kinds: pa.Array) -> pd.DataFrame:
    """Tabulate what is known of types in Arrow's memory (large strings), as `kit.language.annotate.annotate` does.

    Those of which something is known are looked up all at once; the rules are asked of the others, where they may say
    anything.
    """
    import pyarrow as pa  # noqa: PLC0415 - few types do without
    import pyarrow.compute as pc  # noqa: PLC0415

    words, known = _known().words, _known().columns()
    place = np.asarray(pc.fill_null(pc.index_in(forms, value_set=known.words), -1)).astype(np.int64)
    is_word = np.asarray(pc.equal(kinds, "word"), bool)
    place[~is_word] = -1
    new = np.flatnonzero(is_word & (place < 0))
    asked = forms.take(pa.array(new))
    may = pc.or_(pc.is_in(asked, value_set=_strings(listed())), pc.match_substring_regex(asked, _shaped()))
    new = new[np.asarray(may, bool)]
    if len(new):
        fresh = forms.take(pa.array(new)).to_pylist()
        said = (list(column) for column in zip(*map(words.say, fresh), strict=True))
        place[new] = len(known.words) + np.arange(len(new))
        known = _joined(known, _columns_of(fresh, *said))
    words.keep()
    rows = np.where(place < 0, np.arange(len(forms)), place + len(forms))
    plain, roots = (pa.concat_arrays([forms, of]).take(pa.array(rows)) for of in (known.lexemes, known.roots))
    voices = pa.concat_arrays([_strings([""]), known.voices]).take(pa.array(place + 1))
    stop = _strings(stopwords())
    stops = pc.or_(pc.is_in(forms, value_set=stop), pc.is_in(plain, value_set=stop))
    columns = {"form": forms, "lexeme": plain, "root": roots, "kind": kinds, "voice": voices}
    table = {name: pd.Series(column, dtype="str") for name, column in columns.items()}
    return pd.DataFrame(table | {"stopword": np.array(stops, bool)})


@cache
def _known() -> _Known:
    """Return what is known of words in this session."""
    return _Known(kept_words())


def _columns_of(words: list[str], *said: list[str]) -> Columns:
    """Return words and what is said of each in columns."""
    return Columns(*map(_strings, (words, *said)))


def _joined(one: Columns, other: Columns) -> Columns:
    """Return the rows of one behind those of another."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    return Columns(*(pa.concat_arrays(pair) for pair in zip(one, other, strict=True)))


def _strings(strings: Collection[str]) -> pa.Array:
    """Return strings in Arrow's memory."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    return pa.array(list(strings), pa.large_string())


@cache
def _shaped() -> str:
    """Return what a word that no list has must have for a rule to say anything of it, or somewhat more.

    It is what `kit.language.annotate` looks for, for RE2, which has neither lookbehind nor references back.
    """
    signs = (rf"\x{{{code:x}}}" for code in range(1, 128))
    again = "|".join(rf"{sign}e{sign}" for sign in signs) + r"|[^\x00-\x7f]e"
    begins = "|".join((BEGINNINGS.replace(_DOUBLED, again), *PROCLITICS, *solid_forms()))
    ends = "|".join((*ENDINGS.split("|"), *CLITICS, "2"))
    return rf"\A(?:{begins})|-|(?:{ends})\z"
