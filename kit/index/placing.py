"""Postings of many texts, and where rows of words stand in them, compiled: what `postings` says, in one pass each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.index.words import Int32, Int64, UInt8
from kit.machine.compiled import Number, compiled

Flags = npt.NDArray[np.bool_]

#: What a type may be to the words beside it.
WORD, JOINT, COMMA, STOP = range(1, 5)


@compiled()
def stream_of(
    surface: Int32,
    of_surface: Int32,
    signs: UInt8,
    is_short: Flags,
    sentence_tokens: Int64,
    token: Int32,
    types: Int32,
    joined: Flags,
    listed: Flags,
) -> None:
    """Write the word stream and its ties; `signs` says what each surface is, `is_short` which are abbreviations."""
    words, sentence = 0, 1
    tied = False  # whether the word before is in the same sentence
    for place in range(surface.size):
        while sentence < sentence_tokens.size and sentence_tokens[sentence] <= place:
            sentence += 1
            tied = False
        of = surface[place]
        if signs[of] != WORD:
            continue
        if words > 0:
            before = token[words - 1]
            joins = tied and place == before + 1
            lists = False
            if tied and place == before + 2:
                sign = signs[surface[place - 1]]
                joins = sign == JOINT or (sign == STOP and is_short[surface[before]])
                lists = sign == COMMA
            joined[words - 1] = joins
            listed[words - 1] = lists
        token[words] = place
        types[words] = of_surface[of]
        words += 1
        tied = True
    if words > 0:
        joined[words - 1] = listed[words - 1] = False


@compiled()
def sort_places(types: Int32, places: Int32, ends: Int64) -> None:
    """Sort places by type, rising within each; `ends` says where each type begins, and afterwards where it ends."""
    for place in range(types.size):
        of = types[place]
        places[ends[of]] = place
        ends[of] += 1


@compiled()
def rows_in(
    words: Int64,
    rarest: Int64,
    types: Int32,
    joined: Flags,
    places: Int32,
    bounds: Int64,
    row: Int64,
    first: Int32,
) -> Number:
    """Write where rows of words of one length stand, each word joined to the next; return how many do.

    `rarest` is the place in each row of the word that is looked up; a word below 0 is any.
    """
    found = 0
    size = words.shape[1]
    for number in range(words.shape[0]):
        offset = rarest[number]
        anchor = words[number, offset]
        for at in range(bounds[anchor], bounds[anchor + 1]):
            start = np.int64(places[at]) - offset
            if start < 0 or start > types.size - size:
                continue
            fits = True
            for step in range(size):
                wanted = words[number, step]
                if (wanted >= 0 and types[start + step] != wanted) or (step < size - 1 and not joined[start + step]):
                    fits = False
                    break
            if fits:
                row[found] = number
                first[found] = start
                found += 1
    return found
