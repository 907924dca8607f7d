"""What the rules say of words, decided once in a session and kept in a project's ``.kit``: a third of a corpus's types.

Their name is a hash of the rules and word lists that decide, so that under others they are decided anew; they are read
only as they were written. What is said of a word hangs on nothing but the word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from kit.sealed import place_of, read_sealed, rules_of, write_sealed

#: Where they are kept, in .kit.
WORDS = "words"
#: New words from which on it is worth writing them.
ENOUGH = 2_000
#: Words at most that are kept: some 15 MB.
MOST = 1 << 18
_ROOMS = ("lexicon", "language")

Said: TypeAlias = tuple[str, str, str]  # lexeme, root, voice


class KeptWords:
    """What is known of words so far.

    Parameters
    ----------
    decide : function
        Returns the lexeme, root and voice of a word, which hang on it alone.

    """

    def __init__(self, decide: Callable[[str], Said]) -> None:
        self._decide = decide
        self._fresh = 0
        self._known: dict[str, Said] = {}
        self._files: set[Path] = set()

    def known(self) -> Mapping[str, Said]:
        """Return what is known, what the project has kept among it."""
        file = _file()
        if file is not None and file not in self._files:
            self._files.add(file)
            self._known |= _read(read_sealed(file) or b"")
        return self._known

    def say(self, word: str) -> Said:
        """Return what the rules say of a word that is not known yet."""
        said = self._decide(word)
        if len(self._known) < MOST:
            self._known[word] = said
            self._fresh += 1
        return said

    def keep(self) -> None:
        """Write what is known into the project, if enough of it is new."""
        file = _file() if self._fresh >= ENOUGH else None
        if file is not None:
            with suppress(OSError):
                write_sealed(file, _written(self._known), states=1)
            self._fresh = 0


def _file() -> Path | None:
    """Return the file of the words that these rules decide; None outside a project that can be written to."""
    home = place_of(WORDS)
    return None if home is None else home / f"{rules_of(*_ROOMS)[:24]}.txt"


def _written(known: Mapping[str, Said]) -> bytes:
    """Return words as bytes: four lines each."""
    lines = "\n".join("\n".join((word, *said)) for word, said in known.items() if "\n" not in word)
    return lines.encode("utf-8", "surrogatepass")


def _read(content: bytes) -> dict[str, Said]:
    """Return what `_written` has written."""
    lines = content.decode("utf-8", "surrogatepass").split("\n") if content else []
    return dict(zip(lines[::4], zip(lines[1::4], lines[2::4], lines[3::4], strict=True), strict=True))
