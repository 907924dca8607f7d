"""Held to the rules: a text that was surveyed is cleaned and flagged as one that nobody surveyed."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.reading import survey as surveying
from kit.reading.cleaned import Cleaned
from kit.reading.damage import Places
from kit.reading.news import clean, clean_all, flags_of_all
from kit.reading.rules import load_rules
from kit.reading.survey import Survey, survey, survey_of_damage

RULES = load_rules()
EXAMPLES = sorted({example for rule in RULES.lines for example in (*rule.hits, *rule.misses)})
BODY = (
    "JAKARTA, Contoh.com - Warga kecamatan itu dilayani oleh ASN, katanya.",
    "Layanan dibuka lagi kemarin , dikutip dari , Senin (2/9/2019).",
    'Ia berkata, "Kami melayani." (abc/def)',
    "“Kami melayani” ,",
    "Pertemuan berakhir.,Warga pulang lanjutandari katadi danRatri menjadi daripada.",
    "PEMERINTAH KOTA CONTOH",
    "Pelayan-",
    "an itu anak-",
    "anak.",
)
#: What makes a text hard to cut into lines and characters.
ODD = (
    *(
        "\u00a0",
        "\u200b",
        "\r\n",
        " , ",
        "\x85",
        "\u2028",
        "-\n",
        "\n- ",
        "é",
        "E\u0301",
        "\u2022 ",
        ".,W",
        "\u201d ,",
        "(",
        "\u0430",
    ),
    *(
        "\x0c",
        "\ufeff",
        "\ud800",
        "\u3000",
        "_",
        "#",
        "\x1f",
        "\t",
        " .",
        "â€™",
        "Ã©",
        "Â ",
        "\ufffd",
        "😀",
        ")",
        "]",
        "...",
        "",
        "\n",
        " ",
    ),
)


@pytest.fixture(autouse=True, params=["arrays", "compiled"])
def _few_are_enough(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Survey even the shortest texts, some in each piece, with compiled code and without."""
    monkeypatch.setattr(surveying, "can_compile", lambda: request.param == "compiled")
    monkeypatch.setattr(surveying, "ENOUGH_TO_COMPILE", 0)
    _of.cache_clear()
    monkeypatch.setattr(surveying, "ENOUGH", 0)
    monkeypatch.setattr(surveying, "_PIECE", 400)


def plainly(text: str, title: str = "", *, repair: bool) -> Cleaned:
    """Clean a text that nobody surveyed."""
    return clean(text, RULES, repair=repair, title=title)


def cleaned(found: list[str], titles: list[str] | tuple[str, ...] = (), *, repair: bool = False) -> list[Cleaned]:
    """Clean texts together, their stretches written as those of one text are."""
    return [
        replace(one, segments=[tuple(row) for row in np.array(one.segments).tolist()])
        for one in clean_all(found, titles, repair=repair)
    ]


def unsurveyed(text: str) -> object:
    """Return the flags of a text that nobody surveyed."""
    surveying.ENOUGH, before = 1 << 62, surveying.ENOUGH
    try:
        return next(flags_of_all([text]))
    finally:
        surveying.ENOUGH = before


#: What the rule for lost links looks at: what stands before a comma or stop, the mark, and what stands behind it.
BEFORE = (
    *("dari ", "Xdari ", "édari ", "sesuatudari ", "dari" + " " * 20, "dari" + " " * 21, "dari" + " " * 24),
    *(
        "merupakan \t",
        "(",
        "warga (",
        "warga\n ",
        "warga, ",
        "di\n",
        "“ ",
        "dari\u00a0",
        "\u2003",
        "\u1680",
        "\x85",
        "",
    ),
    *(" ", "warga ", "\x1f", "danRatri ", "kataMu ", "kataMuh", "-danRatri", "édanRatri", "lanjutandari", "katadi"),
    *("sembahyang", "é" * 5 + "oleh"),
)
BEHIND = (
    *("W", "é", ")", "” ", " , ", "  .", " .5", "\u00a0,", "\n,", "", " ", ".", "²", "_", "\u203f", "\u2026 ", "٣"),
    *(" ,٣", "x"),
)
near = st.lists(
    st.tuples(st.sampled_from(BEFORE), st.sampled_from(",,,.;?!"), st.sampled_from(BEHIND)), min_size=1, max_size=7
).map(lambda parts: "".join("".join(part) for part in parts))


@settings(max_examples=200)
@given(st.lists(near, min_size=1, max_size=5))
def test_lost_links_are_told_as_the_rule_tells_them(found: list[str]) -> None:
    assert list(flags_of_all(found)) == [unsurveyed(text) for text in found]


lines = st.one_of(st.sampled_from(EXAMPLES), st.sampled_from(BODY), st.text(max_size=12), st.sampled_from(ODD))
texts = st.lists(
    st.tuples(st.sampled_from(("", "", "", "* ", "\u201c", " ")), lines, st.sampled_from(("\n", "\n", "\r", " "))),
    max_size=9,
).map(lambda parts: "".join("".join(part) for part in parts))


@settings(max_examples=60)
@given(st.lists(texts, min_size=1, max_size=5), st.booleans())
def test_surveyed_texts_are_cleaned_as_others_are(found: list[str], repair: bool) -> None:
    assert cleaned(found, repair=repair) == [plainly(text, repair=repair) for text in found]
    assert list(flags_of_all(found)) == [unsurveyed(text) for text in found]


@settings(max_examples=15)
@given(st.lists(texts, min_size=1, max_size=5), st.sampled_from(("\n", "\r\n \t", "\u00ad\n", "\n,\n")))
def test_surveyed_texts_that_repeat_their_title_are_cleaned_as_others_are(found: list[str], between: str) -> None:
    titles = [(text.split() or ["Warga"])[0].strip("*") for text in found]
    doubled = [f"{title.upper()}{between}{text}" for title, text in zip(titles, found, strict=True)]
    wanted = [plainly(text, title, repair=False) for text, title in zip(doubled, titles, strict=True)]
    assert cleaned(doubled, titles) == wanted


def test_every_example_of_a_rule_at_every_place() -> None:
    chosen = random.Random(1).sample(EXAMPLES, 80)
    found = [
        "\n".join(("Warga dilayani.",) * before + (line,) + ("ASN melayani.",) * after)
        for line in chosen
        for before, after in ((0, 0), (0, 6), (6, 0), (3, 2), (6, 6))
    ]
    assert cleaned(found) == [plainly(text, repair=False) for text in found]


@cache
def _of(text: str) -> Survey:
    """Survey one text."""
    found = next(iter(survey([text], RULES)))
    assert found is not None
    return found


def test_places_are_code_points_of_each_text() -> None:
    first, second = survey(["É , dua", "satu ,.W danRatri katadi"], RULES)
    assert first is not None
    assert second is not None
    if surveying.can_compile():
        assert first.damage == Places([], [2], [], [], stops=0, misread=False, foreign=False, sure=[])
        assert second.damage == Places([], [], [12], [24], stops=0, misread=False, foreign=False, sure=[5])
        return
    assert first.damage == Places([], [2], [], [], stops=0, misread=False, foreign=False)
    assert second.damage == Places([], [5], [12], [24], stops=1, misread=False, foreign=False)


def test_plain_lines_fall_under_no_rule() -> None:
    found = _of("Kemarin warga dilayani.\n\n  Hari ini juga.  \nBaca juga: Layanan Dibuka\nLayanan Dibuka, ANTARA")
    assert found.lines is not None
    known = found.lines.known()
    assert list(known) == [(0, 23), (27, 41), (44, 69), (70, 92)]
    assert [bits > 0 for bits in known.values()] == [False, False, True, True]
    assert {rule.rule for rule in RULES.among(known[44, 69])} >= {"cross_link"}
    assert {rule.rule for rule in RULES.among(known[70, 92])} == {"byline_names"}
    assert [fall[:2] for fall in found.lines.may_fall] == [(44, 69), (70, 92)]
    assert not found.hidden
    assert not found.hyphens


def test_lines_with_breaks_or_blanks_beyond_ascii_are_left_to_the_rules() -> None:
    assert _of("Satu.\u2028Dua.").lines is None
    assert _of("Satu.\n\u00a0Dua.").lines is None
    assert _of("Satu.\r\nDua.").lines is not None


def test_few_texts_are_not_surveyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveying, "ENOUGH", 10)
    assert list(survey(["satu", "dua"], RULES)) == list(survey_of_damage(["satu", "dua"])) == [None, None]
