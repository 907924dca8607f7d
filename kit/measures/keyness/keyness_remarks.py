"""What a reader of a keyness table must be told."""

from __future__ import annotations

import pandas as pd

from kit.measures.keyness.comparison import Comparison
from kit.measures.keyness.frequency_list import FrequencyList
from kit.measures.uncertainty import minimum
from kit.measures.uncertainty.log_ratios import of_zeros as zeros_of
from kit.wording.words import Remark, remark

#: Stories with the item that a test of stories needs: of each side, or of both together.
_STORY_TESTS = {"stories": minimum.STORIES["log_t"], "mann_whitney": minimum.RANKED}


def token_interval(level: float) -> Remark:
    """Name the interval that takes words as drawn one by one."""
    return remark("keyness.tokens", percent=100 * level)


def of_sides(sides: Comparison, table: pd.DataFrame, *, corpora: bool) -> list[Remark]:
    """Name the reference, and what of it is a bound."""
    reference, said = sides.reference, []
    if isinstance(reference, FrequencyList):
        if reference.size is None:
            said.append(remark("keyness.list", name=reference.name))
        else:
            said.append(remark("keyness.sized", name=reference.name, words=round(reference.size)))
        if table["reference_bound"].any():
            floor = float(f"{reference.floor:.3g}")
            said.append(remark("keyness.bounds", n=table["reference_bound"].sum(), floor=floor))
    elif corpora:
        said.append(remark("keyness.corpus", documents=len(reference.doc_ids), words=int(sides.reference_size)))
    return said + sides.remarks


def of_zeros(table: pd.DataFrame) -> list[Remark]:
    """Say what a zero count is taken as, if there is one."""
    ratio, here, there = (table[name].to_numpy() for name in ("log_ratio", "count_target", "count_reference"))
    return zeros_of(ratio, here, there, "keyness.zeros")


def of_tests(sides: Comparison, table: pd.DataFrame, test: str, *, few: bool) -> list[Remark]:
    """Say what the tests take as drawn, which p-values the table has, and why others are missing."""
    unsized = isinstance(sides.reference, FrequencyList) and sides.reference.size is None
    said: list[Remark] = [remark("keyness.no_counts") if unsized else remark("keyness.words")]
    if few:
        said.append(remark("keyness.few", least=minimum.SAMPLE))
    elif table["p"].notna().any():
        drawn = {"least": _STORY_TESTS[test]} if test in _STORY_TESTS else {}
        said.append(remark("keyness.test", test=remark(f"keyness.tests.{test}", **drawn), n=table["p"].notna().sum()))
    return said


def of_order(table: pd.DataFrame, floor: int, min_count: int) -> list[Remark]:
    """Say how the rows are sorted and which are left out."""
    said = [remark("keyness.minimum", minimum=min_count)] if min_count > 0 else []
    sure = table["log_ratio_bound"].notna().any()
    return [*said, remark("keyness.sorted" if sure else "keyness.fallback", floor=floor)]
