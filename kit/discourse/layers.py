"""Whose words a passage is: the narrator's, a speaker's, or those of somebody whom a speaker cites."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.index.token_index import ranges

_PAIRS = 1 << 20  # pairs of a passage and a quotation of its document that are looked at together
_FRAMES = ("narrator", "speaker", "nested")
#: What a table of quotations must have for passages to be looked up in it.
QUOTED = ("start", "end", "quotation", "parent", "type")


def holders(passages: pd.DataFrame, quotations: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return, for each passage, the row of the innermost quotation that holds it; -1 for none."""
    found = np.full(len(passages), -1, np.int64)
    begin, stop = (quotations[name].to_numpy(np.int64) for name in ("start", "end"))
    rows = np.flatnonzero((stop > begin) & (quotations["type"] != "attribution_only").to_numpy(bool))
    docs = quotations["doc"].to_numpy(np.int64)
    rows = rows[np.argsort(docs[rows], kind="stable")]
    first, last, doc = (passages[name].to_numpy(np.int64) for name in ("start", "end", "doc"))
    low, high = (np.searchsorted(docs[rows], doc, side) for side in ("left", "right"))
    pairs = np.cumsum(high - low)
    cuts = np.searchsorted(pairs, np.arange(_PAIRS, int(pairs[-1]) if len(pairs) else 0, _PAIRS)) + 1
    for some in np.split(np.arange(len(passages)), cuts):  # some pairs of a passage and a quotation at a time
        passage = np.repeat(some, (high - low)[some])
        quotation = rows[ranges(low[some], high[some])]
        held = (first[passage] >= begin[quotation]) & (last[passage] <= stop[quotation])
        passage, quotation = passage[held], quotation[held]
        order = np.lexsort((quotation, begin[quotation] - stop[quotation]))  # the innermost is written last
        found[passage[order]] = quotation[order]
    return found


def frames(holder: npt.NDArray[np.int64], quotations: pd.DataFrame) -> tuple[Any, pd.Series]:
    """Return the frame of each passage (str), narrator, speaker or nested, and the number of its quotation (Int32)."""
    held = holder >= 0
    at = np.maximum(holder, 0)
    nested = np.zeros(len(holder), bool)
    number = np.zeros(len(holder), np.int32)
    if len(quotations):
        nested = quotations["parent"].notna().to_numpy(bool)[at]
        number = quotations["quotation"].to_numpy(np.int32)[at]
    frame = pd.array(_FRAMES, dtype="str").take(np.where(held, np.where(nested, 2, 1), 0))
    return frame, pd.Series(pd.array(number, dtype="Int32")).mask(~held)


def is_within_speech(
    passages: pd.DataFrame, quotations: pd.DataFrame, sentences: pd.DataFrame
) -> npt.NDArray[np.bool_]:
    """Tell which passages outside of quotations may be a speaker's words, though nothing says so.

    Their sentence holds no quotation or attribution, and stands right behind one of a speaker who is known, or between
    two of one speaker. All are rows of one part.
    """
    outer = quotations[quotations["parent"].isna()]
    width = np.int64(2**32)
    edges = outer[["start", "end", "cue_start", "cue_end", "speaker_start", "speaker_end"]].astype("float64")
    head = edges[["start", "cue_start", "speaker_start"]].min(axis=1).to_numpy(np.int64)
    tail = edges[["end", "cue_end", "speaker_end"]].max(axis=1).to_numpy(np.int64)
    doc = outer["doc"].to_numpy(np.int64) * width
    begins = sentences["doc"].to_numpy(np.int64) * width + sentences["start"].to_numpy(np.int64)
    order = np.argsort(doc + head, kind="stable")
    first, last = (np.searchsorted(begins, (doc + place)[order], side="right") - 1 for place in (head, tail - 1))
    speaker = outer["doc"].astype("str").str.cat(outer["speaker_id"], sep=" ").to_numpy(object)[order]
    sentence = passages["sentence"].to_numpy(np.int64)
    if not len(outer):
        return np.zeros(len(passages), bool)
    last = np.maximum.accumulate(last)
    ahead = np.searchsorted(last, sentence, side="left") - 1  # the last to end in a sentence before
    behind = np.searchsorted(first, sentence, side="right")  # the first to begin in a sentence behind
    apart = (ahead >= 0) & (behind == ahead + 1)
    ahead, behind = np.maximum(ahead, 0), np.minimum(behind, len(outer) - 1)
    own = outer["doc"].to_numpy(np.int64)[order]
    known = apart & (own[ahead] == passages["doc"].to_numpy(np.int64)) & ~pd.isna(speaker[ahead])
    between = (speaker[ahead] == speaker[behind]) & (behind > ahead)
    return np.asarray(known & ((sentence - last[ahead] == 1) | between), bool)
