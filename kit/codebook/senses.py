"""Abbreviations of another sense: a text that writes one out in other words than the codebook's means something else.

*KIP (Kartu Indonesia Pintar)* is not the *keterbukaan informasi publik* of the codebook, and neither is *KIP* in the
rest of that document. What an abbreviation stands for is known from the phrases of its own concept that it spells, and
from the column `stands_for`; of one with neither, no sense is another one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.codebook.full_forms import alike, spells
from kit.codebook.matching import Hits, Source
from kit.codebook.prepared import Ready
from kit.index.postings import postings, rows_of
from kit.index.token_index import TokenIndex

_AHEAD = 16  # tokens in parentheses
_SKIPPED = 3  # words of a full form that add no letter


def other_senses(source: Source, ready: Ready, hits: Hits) -> dict[int, str]:
    """Return the rows of hits that are abbreviations of another sense, and how the document writes them out.

    A full form holds from where it stands to the next one of the same abbreviation in the document; the first one also
    for what stands before it.
    """
    index, token = source.index, postings(source.index).token
    rules = ready.rules
    rows = np.flatnonzero(ready.abbreviated[hits.rule])
    if not len(rows) or not rows_of(index.forms, ["("]):
        return {}
    place = token[hits.first[rows]]
    document = np.searchsorted(index.document_tokens, place, side="right") - 1
    senses: dict[tuple[int, int], list[tuple[int, str, bool]]] = {}
    for row in np.flatnonzero(_by_parenthesis(index, place)).tolist():
        rule = int(hits.rule[rows[row]])
        full = _full_form(index, int(place[row]), rules[rule].rows[0][0].text)
        if full:
            own = any(alike(full, words) for words in rules[rule].stands_for)
            senses.setdefault((rule, int(document[row])), []).append((int(place[row]), " ".join(full), own))
    if all(own for found in senses.values() for _, _, own in found):
        return {}
    other: dict[int, str] = {}
    for row, key in zip(rows.tolist(), zip(hits.rule[rows].tolist(), document.tolist(), strict=True), strict=True):
        if key in senses:
            here = int(token[hits.first[row]])
            _, full_form, own = max((sense for sense in senses[key] if sense[0] <= here), default=min(senses[key]))
            if not own:
                other[row] = full_form
    return other


def _by_parenthesis(index: TokenIndex, token: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Tell which tokens stand before an opening parenthesis, or alone between two."""
    opening, closing = ((rows_of(index.forms, [sign]) or [-1])[0] for sign in "()")
    last = len(index.surface) - 1
    before, after = index.type_of(np.maximum(token - 1, 0)), index.type_of(np.minimum(token + 1, last))
    near: npt.NDArray[np.bool_] = (after == opening) | ((before == opening) & (after == closing))
    return near


def _full_form(index: TokenIndex, token: int, abbreviation: str) -> list[str]:
    """Return the words that write an abbreviation out, behind it in parentheses or before those around it."""
    forms = index.forms
    sentence = int(np.searchsorted(index.sentence_tokens, token, side="right")) - 1
    begin, stop = index.sentence_tokens[sentence : sentence + 2].tolist()
    if token + 1 < stop and forms[int(index.type_of(np.array([token + 1]))[0])] == "(":
        inside = [forms[row] for row in index.type_of(np.arange(token + 2, min(stop, token + 2 + _AHEAD))).tolist()]
        words = [word for word in inside[: inside.index(")")] if word[0].isalnum()] if ")" in inside else []
        return words if spells(words, abbreviation) else []
    low = max(begin, token - 1 - 2 * (len(abbreviation) + _SKIPPED))
    before = [forms[row] for row in index.type_of(np.arange(low, token - 1)).tolist()]
    words = [word for word in before if word[0].isalnum()]
    for size in range(1, len(abbreviation) + _SKIPPED + 1):
        if size <= len(words) and spells(words[-size:], abbreviation):
            return words[-size:]
    return []
