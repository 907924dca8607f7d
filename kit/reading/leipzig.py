"""Corpora of the Leipzig Corpora Collection: what their files hold, told by their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from kit.errors import ReadingError

_SENTENCE = re.compile(r"(\d+)\t([^\t]+)")
_WORD = re.compile(r"(\d+)\t([^\t]+)\t(?:([^\t]+)\t)?(\d+)")
_LOOKED_AT = 3  # lines, at least


def holds_sentences(lines: list[str]) -> bool:
    r"""Tell whether lines are numbered sentences, one behind the other.

    Examples
    --------
    >>> holds_sentences(["1\tWarga dilayani.", "2\tLoket dibuka.", "3\tASN hadir."])
    True

    """
    found = [_SENTENCE.fullmatch(line) for line in lines]
    numbers = [int(one[1]) for one in found if one]
    follow = all(after - before == 1 for before, after in pairwise(numbers))
    return _LOOKED_AT <= len(lines) == len(numbers) and follow


def holds_words(lines: list[str]) -> bool:
    r"""Tell whether lines are numbered words with their frequencies.

    Examples
    --------
    >>> holds_words(["1\t.\t90", "2\tyang\t80", "3\twarga\twarga\t70"])
    True

    """
    return len(lines) >= _LOOKED_AT and all(map(_WORD.fullmatch, lines))


def sentences(lines: Iterator[str]) -> Iterator[tuple[int, int, str]]:
    """Yield line, number and text of sentences; a number of 0 where a line is none."""
    for row, line in enumerate(lines, start=1):
        bare = line.rstrip("\r\n").removeprefix("\ufeff")
        if bare:
            found = _SENTENCE.fullmatch(bare)
            yield (row, int(found[1]), found[2].strip()) if found else (row, 0, bare)


def word_counts(path: Path) -> dict[str, int]:
    """Return the words of a list, case-folded, with their frequencies.

    Signs are left out, and so are names of several words, whose parts are listed too.
    """
    counts: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for row, line in enumerate(stream, start=1):
                bare = line.rstrip("\r\n")
                found = _WORD.fullmatch(bare)
                if bare and not found:
                    place = f"{path.name}, line {row}"
                    raise ReadingError("is no number, word and frequency", place=place, remedy="mend or delete it")
                if found and " " not in found[2] and any(sign.isalnum() for sign in found[2]):
                    form = found[2].casefold()
                    counts[form] = counts.get(form, 0) + int(found[4])
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ReadingError(f"cannot be read ({reason})", place=path.name, remedy="check the file") from error
    if not counts:
        raise ReadingError("has no word", place=path.name, remedy="give the file whose name ends in -words.txt")
    return counts
