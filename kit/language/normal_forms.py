"""The normal form of one token: what a reader would write for it in full.

* Clippings and written abbreviations are expanded from ``kit/lexicon/data/expansions.csv`` (*gercep* is *gerak cepat*,
  *Pj* is *penjabat*, *Jatim* is *Jawa Timur*). Initialisms are not: *ASN* stays *ASN*, case kept.
* Dates are day/month/year and become ISO 8601 (*4/2/2024* is *2024-02-04*) when the calendar has such a day; a year of
  two digits is of 1969 to 2068, as in POSIX. A day and month without a year stay.
* Points between groups of three digits fall away, the decimal comma becomes a point (*1.250.000,50* is *1250000.50*).
* *pro-* before a lower-case word is written apart (*pro rakyat*); other combining forms are joined (*antardaerah*),
  but keep their hyphen before a capital or figure (*non-ASN*), after the spelling rules of 2022 (EYD V).
* Other words are their lexeme; a capital stays on listed names and on words that are not known, mostly names too.
"""

from __future__ import annotations

import re
from datetime import date

from kit.language.lexemes import lexeme
from kit.lexicon.affixes import is_word
from kit.lexicon.characters import plain
from kit.lexicon.wordlists import combining_forms, expansions, names

_DATE = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_THOUSANDS = re.compile(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?")
_DECIMAL = re.compile(r"(\d+),(\d+)")
_CLITIC = re.compile(r"(?:-(?i:nya|ku|mu|lah|kah|pun)|(?<=[A-Z]{2})(?:nya|lah|kah|pun))$")
_CENTURY = 68
_LONGEST_INITIALISM = 4


def normal_form(surface: str) -> str:
    """Return the normal form of one token."""
    token = plain(surface)
    if token[:1].isdigit():
        return _figure(token)
    form = token.lower()
    word = lexeme(form)
    short = expansions().get(form) or expansions().get(word)
    if short:
        return short[0]
    if _is_initialism(token):
        return _CLITIC.sub("", token)
    first, hyphen, rest = token.partition("-")
    if hyphen and rest.islower() and rest.isalpha():
        combining = combining_forms().get(first.lower())
        if combining:
            return first.lower() + (" " if combining["written"] == "apart" else "") + rest
    if hyphen and not rest.islower() and word == form:
        return token
    unknown = token[:1].isupper() and " " not in word and (word in names() or not is_word(word))
    return token[: len(word)] if unknown and form.startswith(word) else word


def _figure(token: str) -> str:
    """Write a date or number in its international form."""
    day = _DATE.fullmatch(token)
    if day:
        return _iso(token, int(day[1]), int(day[3]), day[4])
    number = _THOUSANDS.fullmatch(token)
    if number:
        whole = number[1].replace(".", "")
        return f"{whole}.{number[2]}" if number[2] else whole
    return _DECIMAL.sub(r"\1.\2", token) if _DECIMAL.fullmatch(token) else token


def _iso(token: str, day: int, month: int, year: str) -> str:
    """Write day, month, year as an ISO date; the token itself where the calendar has no such day."""
    full = int(year) if len(year) > 2 else int(year) + (2000 if int(year) <= _CENTURY else 1900)
    try:
        return date(full, month, day).isoformat()
    except ValueError:  # not a date but a fraction or a number of a file: 31/2/2024, 12/13/24
        return token


def _is_initialism(token: str) -> bool:
    """Tell whether capitals are the spelling of a token (ASN, BUMN, PermenPANRB) and not its emphasis (PEMERINTAH)."""
    core = _CLITIC.sub("", token)
    if not core.isalnum() or sum(letter.isupper() for letter in core) < 2:
        return False
    return not core.isupper() or len(core) <= _LONGEST_INITIALISM or not is_word(lexeme(core.lower()))
