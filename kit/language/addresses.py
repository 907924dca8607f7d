"""Addresses of the web, of mail and of people (@name), which are one token each and no words.

An address stands at the beginning, behind a blank, a colon, or a quotation mark or bracket that opens. It is

* ``https://``, ``http://`` or ``ftp://`` and what follows;
* ``www.`` and the parts of a name joined by full stops, or such a name that ends in a known domain (``domains.csv`` of
  `kit.lexicon`: *contoh.go.id*, *Contoh.com*), with the path behind a slash;
* such a name, ``@`` and another one: mail;
* ``@`` and a name that begins with a letter.

Marks at its end are no part of it. Names are of ASCII letters, digits and ``_%+-``; paths have more signs, but no
brackets and quotation marks.
"""

from __future__ import annotations

import re
from functools import cache

from kit.lexicon.characters import mark
from kit.lexicon.wordlists import domains

#: What may stand before an address, besides a blank: as classes of regular expressions have it.
BEFORE = "\"'`“‘«(\\[:"
_PART = "[A-Za-z0-9_%+-]"
_PATH = "(?:[~%+$@?!.,;:*&#=-]*+[A-Za-z0-9/_])"


@cache
def address() -> str:
    """Return what an address is, as a regular expression (verbose)."""
    end = rf"(?![^\W_]|[{mark()}])"
    alone, pathed = ("|".join(domain for domain, path in domains().items() if path is ends) for ends in (False, True))
    return rf"""
    (?= @ | [A-Za-z0-9]{_PART}*+ (?: [@:] | \.{_PART} ) )
    (?: (?ai:https?|ftp)://{_PATH}++
      | {_PART}++(?:\.{_PART}++)*+ @ [A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++ {end}
      | (?ai:www)(?:\.{_PART}++)++ {end} (?:/{_PATH}*+)?+
      | (?:{_PART}++\.)+ (?: (?ai:{alone}) {end} | (?ai:{pathed}) (?=/[A-Za-z0-9]) ) (?!\.?{_PART}) (?:/{_PATH}*+)?+
      | @[A-Za-z_][A-Za-z0-9_]*+(?:\.[A-Za-z0-9_]++)*+ {end} )
"""


@cache
def _whole() -> re.Pattern[str]:
    """Return the rule, compiled by who meets what may be an address."""
    return re.compile(address(), re.VERBOSE)


def is_address(token: str) -> bool:
    """Tell whether a token is an address."""
    return ("." in token or "@" in token or "/" in token) and _whole().fullmatch(token) is not None
