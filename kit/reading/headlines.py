"""What can be the headline of another article, behind a label such as Baca Juga or under it."""

from __future__ import annotations

import re

from kit.reading.rules import Rules

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


def _full_stop(text: str) -> bool:
    """Tell whether a text ends as a sentence does; an ellipsis ends many headlines."""
    return text.endswith(".") and not text.endswith("..")
