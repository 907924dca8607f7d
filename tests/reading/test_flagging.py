"""The flags of many texts in columns, against those that the rules tell of each."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.reading import flagging
from kit.reading.damage import Flag
from kit.reading.flagging import flags_of_column
from kit.reading.news import flags_of_all

PIECES = (
    *(
        "Warga dilayani. ",
        "dikutip dari , Senin",
        " ,",
        "( ,)",
        ", ",
        "(,)",
        " .",
        "\n",
        "\r\n",
        "é",
        "e\u0301",
        "\u2003,",
    ),
    *(
        "memperoleh ",
        "menghindari",
        "kerjadengan ",
        "katadi ",
        "danRatri ",
        "-dari",
        "berakhir.,Warga ",
        "\ufffd",
        "wаrga",
    ),
    *("\u2003,", "wаrga ", "Ã©", "an-\nak ", ",", "\U0001f600", "x" * 30, " ?", "¬\n", "dan\tdi ", "oleh ,"),
)
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), max_size=7)


def told(texts: list[str]) -> tuple[list[tuple[int, Flag]], list[tuple[int, str]]]:
    """Return the flags of texts by the rules, and their names."""
    found = list(enumerate(flags_of_all(texts)))
    flags = [(row, flag) for row, (_, of) in found for flag in of]
    return flags, [(row, facts["flags"]) for row, (facts, _) in found if facts]


def in_columns(texts: list[str]) -> tuple[list[tuple[int, Flag]], list[tuple[int, str]]]:
    """Return the same from columns."""
    found = flags_of_column(pa.array(texts, pa.large_string()))
    columns = (found.raw_start, found.raw_end, found.flag, found.kind, found.text, found.places)
    flags = [Flag(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    return list(zip(found.doc.tolist(), flags, strict=True)), sorted(found.facts)


@settings(max_examples=200)
@given(TEXTS)
def test_columns_hold_what_the_rules_tell(texts: list[str]) -> None:
    assert in_columns(texts) == told(texts)


def test_texts_are_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["", "dikutip dari , Senin", "", "", "katadi dari ,", "é" * 40 + "warga , Senin" + "é" * 40, ""]
    expected = told(texts)
    for size in (1, 20, 60):
        monkeypatch.setattr(flagging, "_BYTES", size)
        assert in_columns(texts) == expected
    assert in_columns([]) == ([], [])
