"""The sentence rule: where, inside a paragraph, a new sentence begins.

A sentence ends at ``.``, ``!``, ``?`` or ``…`` (one or several), optional closing quotation marks or brackets, and
blanks, where a capital letter or a digit follows, also behind opening quotation marks or brackets. One full stop does
not end a sentence after a listed abbreviation (``data/abbreviations.csv``, whose upper-case spelling counts too) or
after a single capital (*H. Ali*, *S. T.*). A paragraph (a line of the text) always ends its last sentence.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

_END = re.compile(
    r"""
      (?P<mark> [.!?…]+ ) ["'”’»)\]]* [ \t\u00a0]+ (?= ["'`“‘«(\[]* (?P<next> [^\W_] ) )
    | [\n\r\u2028\u2029\u0085]
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\Z")
_REACH = 30  # longer than any abbreviation


@cache
def abbreviations() -> frozenset[str]:
    """Return the abbreviations after which a full stop does not end a sentence.

    Examples
    --------
    >>> {"Pj", "Drs", "Jl", "JL"} <= abbreviations()
    True

    """
    table = resources.files("kit.language").joinpath("data", "abbreviations.csv").read_text(encoding="utf-8")
    listed = [row["abbreviation"] for row in csv.DictReader(table.splitlines())]
    return frozenset(listed) | {word.upper() for word in listed}


def breaks(text: str) -> list[int]:
    """Return where sentences begin: the first place at or after which a token opens a new one.

    Parameters
    ----------
    text : str
        A text whose paragraphs are lines.

    Returns
    -------
    list of int
        Code points, rising, the first of them 0. Two neighbours may have no token between them (an empty line).

    Examples
    --------
    >>> text = 'Pj. Wali Kota hadir. "Kita harus cepat," kata H. Ali. Selesai'
    >>> [text[start:end] for start, end in zip(breaks(text), [*breaks(text)[1:], len(text)])]
    ['Pj. Wali Kota hadir. ', '"Kita harus cepat," kata H. Ali. ', 'Selesai']

    """
    return [0, *(match.end() for match in _END.finditer(text) if _is_end(text, match))]


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Tell whether a candidate really ends a sentence."""
    if match["mark"] is None:
        return True
    following = match["next"]
    if not (following.isupper() or following.istitle() or following.isdecimal()):
        return False
    if match["mark"] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, match.start() - _REACH), match.start())
    return word is None or not (word[0] in abbreviations() or (len(word[0]) == 1 and word[0].isupper()))
