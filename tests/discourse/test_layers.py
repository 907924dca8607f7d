"""Whose words a passage is, beside looking from every quotation to every passage."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.discourse import layers


def slowly_held(passages: pd.DataFrame, quotations: pd.DataFrame) -> list[int]:
    """Write each quotation over the passages it holds, the longest first, of as long ones the first."""
    found = [-1] * len(passages)
    rows = sorted(range(len(quotations)), key=lambda row: quotations["start"].iloc[row] - quotations["end"].iloc[row])
    for row in rows:
        quotation = quotations.iloc[row]
        if quotation["end"] <= quotation["start"] or quotation["type"] == "attribution_only":
            continue
        for number, passage in enumerate(passages.itertuples()):
            if (
                passage.doc == quotation["doc"]
                and quotation["start"] <= passage.start
                and passage.end <= quotation["end"]
            ):
                found[number] = row
    return found


PLACES = st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 6))


@pytest.mark.parametrize("at_once", [1, 5, 1 << 20])
@given(
    st.lists(PLACES, max_size=12),
    st.lists(st.tuples(PLACES, st.sampled_from(["direct", "indirect", "attribution_only"])), max_size=12),
)
def test_holders_are_the_innermost(at_once: int, some: list[tuple[int, int, int]], said: list) -> None:
    passages = pd.DataFrame(
        [(doc, start, start + size) for doc, start, size in some], columns=["doc", "start", "end"], dtype="int32"
    )
    rows = [(doc, start, start + size, kind) for (doc, start, size), kind in said]
    quotations = pd.DataFrame(rows, columns=["doc", "start", "end", "type"]).astype({"type": "str"})
    quotations = quotations.astype(dict.fromkeys(["doc", "start", "end"], "int32"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "_PAIRS", at_once)
        found = layers.holders(passages, quotations)
    assert found.dtype == np.int64
    assert found.tolist() == slowly_held(passages, quotations)
