"""What can be the headline of another article, behind a label such as Baca Juga or under it, and what is its own."""

from __future__ import annotations

import re
import unicodedata

from kit.reading.rules import Rules

#: Signs that outlets use for one another; a run of quotation marks is one.
_QUOTES, _DASHES = re.compile("[\"'“”„‟‘’‚‛«»‹›`´]+"), re.compile("[‐‑‒–—―−]")
_BREAK = re.compile(r"(?P<word>[^\s.…]*)[.…]+[\"”’')\]]*\s+[\"“‘'(]?[A-ZÀ-ÖØ-Þ0-9]")


def is_link(line: str, rules: Rules) -> bool:
    """Tell whether a line under a bare label is a headline it announces."""
    return not _full_stop(line) and is_headline(line, rules, capitals=True)


def is_headline(title: str, rules: Rules, *, capitals: bool) -> bool:
    """Tell whether a text can be a headline; one that reads as a sentence or two must be Written in Capitals."""
    table = rules.headline
    if len(title) > table["longest"]:
        return False
    short = (stop["word"].lstrip("\"“‘'(").casefold() for stop in _BREAK.finditer(title))
    sentences = any(len(word) > 3 and word not in rules.abbreviations for word in short)
    if not (capitals or sentences or _full_stop(title)):
        return True
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", title) if len(word) > 3]
    small = table["small_words"]
    return len(words) >= table["words"] and all(word != word.lower() or word in small for word in words)


def repeats_title(line: str, title: str, behind: str) -> bool:
    """Tell whether a line says the title over again: no more and no less, and no sentence of the text.

    A sentence ends with a full stop, or goes on in small letters on the line `behind` it.
    """
    if not title or len(line) > 2 * len(title) or _full_stop(line) or behind[:1].islower():
        return False
    return _same(line) == _same(title)


def can_head(line: str, rules: Rules) -> bool:
    """Tell whether a line can be the headline of the article that stands under it: some words, and no sentence."""
    words = line.split()
    whole = line[-1:] in ",;:)]" or line[:1].islower() or len(words) < rules.headline["words"]
    return not whole and not _full_stop(line) and is_headline(line, rules, capitals=False)


def _same(title: str) -> str:
    """Return a title without what differs from one print of it to another: letter case, blanks, the kinds of signs."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return " ".join(_DASHES.sub("-", _QUOTES.sub("'", folded)).split())


def _full_stop(text: str) -> bool:
    """Tell whether a text ends as a sentence does; an ellipsis ends many headlines."""
    return text.endswith(".") and not text.endswith("..")
