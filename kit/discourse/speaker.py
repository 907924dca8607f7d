"""One speaker of a document, and what a mention of somebody is told from another by."""

from __future__ import annotations

from dataclasses import dataclass

from kit.discourse import rules
from kit.discourse.people import Mention
from kit.discourse.rules import words_of


@dataclass(slots=True, eq=False)
class Speaker:
    """One speaker of a document.

    Attributes
    ----------
    kind : str
        ``name``, ``role`` or ``organisation``.
    name : tuple of str
        The fullest name in the document; empty for a speaker who is not named.
    role, organisation : str
        As first written; empty where the document states none.
    key : str
        What a speaker without a name is told from others by.

    """

    kind: str
    name: tuple[str, ...]
    role: str
    organisation: str
    key: str = ""
    forms: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """The speaker as a table names them."""
        return " ".join(self.name) if self.name else self.role or self.organisation


def forms_of(mention: Mention) -> frozenset[str]:
    """Return the words of a name, folded."""
    return frozenset(word.casefold().rstrip(".") for word in mention.name)


def key_of(text: str) -> str:
    """Return a text as offices and organisations are compared: folded, without what only shows respect."""
    words = text.casefold().split()
    while len(words) > 1 and words[0] in words_of("people", "honorifics"):
        words = words[1:]
    same = rules.same_offices()
    for size in (2, 1):
        if " ".join(words[:size]) in same:
            words = [same[" ".join(words[:size])], *words[size:]]
            break
    return " ".join(words)
