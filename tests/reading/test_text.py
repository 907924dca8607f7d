"""Decoding, and the visible text with its way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kit.errors import ReadingError
from kit.reading.text import LINE_BREAKS, compose, decode, lines, visible

SIGNS = st.text(
    st.one_of(
        st.sampled_from(
            "aeE .,\n\r\u0301\u0323\u0302\u00ad\u200b\ufeff\u00a0é\u1e69\u1100\u1161\u11a8\u0344\u212b\u0f71\u0f72"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"warga", "warga", "utf-8"),
        ("“layanan”".encode(), "“layanan”", "utf-8"),
        ("layanan".encode("utf-8-sig"), "layanan", "utf-8-sig"),
        ("“layanan”".encode("utf-16"), "“layanan”", "utf-16"),
        (b"\xfe\xff" + "layanan".encode("utf-16-be"), "layanan", "utf-16"),
        (b"\xff\xfe\x00\x00" + "layanan".encode("utf-32-le"), "layanan", "utf-32"),
        (b"\x93Kita melayani\x94, kata dia", "“Kita melayani”, kata dia", "cp1252"),
        (b"CAF\xc9\x94 dan \x93kedai\x94 itu", "CAFÉ” dan “kedai” itu", "cp1252"),
        (b"satu\r\ndua\rtiga", "satu\r\ndua\rtiga", "utf-8"),
    ],
)
def test_decodes(data, text, encoding):
    assert decode(data) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        ("\u200b\ufeff \n".encode(), "is empty"),
        (b"%PDF-1.7 teks", "PDF"),
        (b"PK\x03\x04teks", "Word or Excel"),
        (b"{\\rtf1 teks}", "rich text"),
        (b"\n<!DOCTYPE html><p>teks</p>", "web page"),
        (b"teks\x00\x01\x02", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        (bytes([1, 2, 3]) + b" teks pendek", "binary"),
        (b"\xff\xfe\x00", "utf-16"),
        ("“Kita” harus melayani semua warga dengan ramah dan cepat, “warga”".encode()[:-1], "damaged byte"),
        (b"teks \x81\x8d", "unknown encoding"),
        ("公共服务公共服务公共服务".encode("gbk"), "unknown encoding"),
    ],
)
def test_refuses_what_is_no_text_and_says_what_to_do(data, problem):
    with pytest.raises(ReadingError, match=problem) as caught:
        decode(data, "a.txt")
    assert caught.value.place == "a.txt"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("raw", "text", "stretches", "invisible"),
    [
        ("", "", [], []),
        ("warga", "warga", [(0, 5, 0)], []),
        ("\ufeffwarga", "warga", [(1, 6, 0)], [(0, 1)]),
        ("pe\u00adla\u200b\u200byan", "pelayan", [(0, 2, 0), (3, 5, 2), (7, 10, 4)], [(2, 3), (5, 7)]),
        ("cafe\u0301s", "cafés", [(0, 3, 0), (3, 5, 3), (5, 6, 4)], []),
        ("e\u0301e\u0301", "éé", [(0, 2, 0), (2, 4, 1)], []),
        # an invisible character between letter and accent lies inside the cluster and is not listed again
        ("e\u200b\u0301", "é", [(0, 3, 0)], []),
        # one code point for another: still one to one
        ("\u212bngstro\u0308m", "ÅNGSTRÖM".title(), [(0, 6, 0), (6, 8, 6), (8, 9, 7)], []),
    ],
)
def test_visible_text_and_its_stretches(raw, text, stretches, invisible):
    seen = visible(raw)
    assert (seen.text, seen.stretches, seen.hidden) == (text, stretches, invisible)


@given(SIGNS)
@example("e\u0323\u0301\u0302x")
@example("\u1100\u1161\u11a8")
@example(" \u0344")
@example("a\u0f73\u0f71\u0f72b")
def test_every_character_is_mapped_once(raw):
    seen = visible(raw)
    assert unicodedata.is_normalized("NFC", seen.text)
    covered = [0] * len(raw)
    for begin, stop in [*((a, b) for a, b, _ in seen.stretches), *seen.hidden]:
        for place in range(begin, stop):
            covered[place] += 1
    assert covered == [1] * len(raw)
    ends = [*(start for _, _, start in seen.stretches[1:]), len(seen.text)] if seen.stretches else []
    for (begin, stop, start), end in zip(seen.stretches, ends, strict=True):
        piece = "".join(sign for sign in raw[begin:stop] if visible(sign).text)
        assert unicodedata.normalize("NFC", piece) == seen.text[start:end]


@given(SIGNS, st.data())
def test_pieces_of_a_span_map_as_the_whole_does(raw, data):
    seen = visible(raw)
    begin = data.draw(st.integers(0, len(seen.text)))
    stop = data.draw(st.integers(begin, len(seen.text)))
    whole = seen.pieces(0, len(seen.text))
    assert whole == seen.stretches
    for raw_start, raw_end, start in seen.pieces(begin, stop):
        holder = [s for s in seen.stretches if s[0] <= raw_start and raw_end <= s[1]]
        assert len(holder) == 1
        assert raw_start - holder[0][0] == start - holder[0][2]


@given(st.text())
def test_lines_hold_all_but_blanks(text):
    spans = lines(text)
    assert (
        "".join(text[a:b] for a, b in spans).split() == "\n".join(text[a:b] for a, b in spans).replace("\n", "").split()
    )
    shown = [text[a:b] for a, b in spans]
    assert shown == [line.strip() for line in text.splitlines() if line.strip()]


def test_line_breaks_are_those_of_python():
    for sign in LINE_BREAKS:
        assert len(f"a{sign}b".splitlines()) == 2


@given(st.text(st.sampled_from("aé\u0301\u0323\u0302\u0344\u0f71\u0f72\u1161각ꦗꦴ "), max_size=300))
@example("a" + "\u0301\u0323" * 200)
@example("é" + "\u0323" * 100 + "\u0301")
def test_marks_in_order_compose_to_the_same(text):
    assert compose(text) == unicodedata.normalize("NFC", text)
