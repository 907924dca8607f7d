"""The compiled path and the rules as written say the same of every text."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import unicodedata
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kit.index import indexing as index_module
from kit.index import scanner
from kit.index.characters import UNSETTLED, characters
from kit.index.indexing import index_texts, read_texts
from kit.index.scanner import scan_texts
from kit.index.token_index import TokenIndex
from kit.language import sentences
from kit.machine import compiled as machine
from kit.reading.text import visible

PIECES = [
    *"aAzZéÉßǅⅣⅳªº",
    *"09٣²½①𝟙五",
    *["Rp", "rp", "RP", "rP", "Rp1", "rp٣", "Rpa"],
    *["1.250.000,50", "4/2/2024", "10:30", "1,", "1.", "P3K", "1960-an", "2'a", "3’b", "4-5", "1.2a", "1.2-a"],
    *[
        "Jum‘at",
        "Jum`at",
        "Jumʼat",
        "ʼa",
        "‘a",
        "`a",
        "a`",
        "ke‐4",
        "ke‑4",
        "1.500‐an",
        "1.500‑an",
        "5’",
        "‐",
        "‑",
        "ʼ",
    ],
    *["قُرآن", "ꦗꦮꦶ", "ꦴ", "5\u0301", "1.2\u0301", "1️⃣", "❤️", "\ufe0f", "\u20e3"],
    *["1.500-an", "1,5-An", "1/2-an", "5.000-Rp", "-an", "2’an", "an"],
    *["ke-4", "Jum'at", "Jum’at", "a-", "-a", "a--b", "a’-b", "_", "a_b", "²a", "a²"],
    *["Pj", "PJ", "pj", "Drs", "DRS", "s.d", "S.D", "a.n", "x.Pj", "x-Pj", "-Pj", ".Pj", "Prof", "H", "h"],
    *[".", "!", "?", "…", "...", "?!", ". ", ".\t", ".\u00a0", ". \u2003", ".\x0b"],
    *["\"'”’»)]", '"', "'", "`", "“", "‘", "«", "(", "[", "”", "’", "»", ")", "]", "{", "}"],
    *[" ", "  ", "\t", "\u00a0", "\u2003", "\u3000", "\x0b", "\x0c", "\x1c", "\x1f"],
    *["\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085"],
    *["pelayan-\n", "-\n", "-\u2028 ", "\u2010\r\n", "\u2011 \n", "¬\n", "-\u00ad\n", "an", "nya", "undang"],
    *["e\u0301", "\u0301", "\u00ad", "\u200b", "\ufeff", "\x00", "\x07", "\u212b", "\u1100\u1161", "각", "\u0958"],
    *["🙂", "🇮🇩", "€", "+", "−", "\u0378", "\U000e0041", "\U0010ffff", "\ue000", "\ud800", "𐐀", "𐐨", "𝐀", "Ⓐ"],
    *["S.H", "M.Si", "S.H., ", "S. Pd. ", "Karena ", "Sang ", "iPhone", ":", ";", "IV", "12", "km", "PT", "hlm", ": a"],
    *[
        "https://",
        "HTTP://",
        "ftp://a",
        "www.",
        "wWw.a-b",
        "a.id",
        "ab.com",
        "x.y.CO",
        "bit.ly",
        "/a",
        "/",
        "@",
        "@a_b",
    ],
    *[
        "a@b",
        ".co",
        "%",
        "_a",
        "+",
        "#a",
        "~",
        "a.b.",
        "A.B",
        "É.É.",
        "S.H.",
        "Ⅳ.a",
        "--",
        "``",
        "''",
        "----",
        "..",
        ":",
    ],
    *["Januari", "maret", "MEI", "-Juni", "‑Juli", "Senin", "-Jum’at", "jum", "minggu", "-minggu", "Des-", "?id=1&b"],
    *["1. ", "2. ", "b. ", "yaitu ", "vitamin ", "C. ", "V. ", "dkk. ", "Okt. ", "AL. ", "۲. ", "asli. "],
    "a" * 15,
    "b" * 16,
    "c" * 17,
    "d" * 33,
    "x-" * 14 + "Pj",
    "xy." * 10 + "Dr",
]
PIECE = st.sampled_from(PIECES)
TEXT = st.lists(st.one_of(PIECE, PIECE, PIECE, st.text(max_size=3)), max_size=20).map("".join)
TEXTS = st.lists(TEXT, max_size=5)


def assert_same(found: TokenIndex, wanted: TokenIndex) -> None:
    """Every array of two indexes is equal, and what is worked out of them."""
    assert found.surfaces == wanted.surfaces
    assert found.forms == wanted.forms
    assert found.kinds == wanted.kinds
    for name in (
        *("surface_type", "surface", "start", "end", "type", "document_tokens", "sentence_tokens"),
        *("stretched", "stretched_end", "token_document", "token_sentence"),
    ):
        one, other = getattr(found, name), getattr(wanted, name)
        assert one.dtype == other.dtype, name
        assert np.array_equal(one, other), name


@settings(max_examples=500)
@given(TEXTS, st.sampled_from([1, 2, 7, 1 << 16]))
@example(["“A.” B", "Drs. A H. B Pj. C. D"], 1)
@example(["zebra\u00ad", "a"], 1 << 16)
@example(["a. 0\x1b"], 7)
@example(["H. Ali e\u0301. H. Ali H. A. B", "Dr. A"], 2)
def test_the_kernel_equals_the_rules(texts: list[str], block: int) -> None:
    with patch.object(scanner, "_BLOCK", block):
        assert_same(scan_texts(texts), read_texts(texts))


@settings(max_examples=300)
@given(TEXTS, st.sampled_from([scanner.kernel.WIDE, 100, 1 << 16]))
def test_words_that_are_plain_to_see_equal_the_rules(texts: list[str], block: int) -> None:
    behind = " warga, “ASN” (dan/atau) Jl. Ali 5 kali" + " kata" * 20
    with patch.object(scanner, "_BLOCK", block):
        mixed = [text + behind + text + behind for text in texts]
        assert_same(scan_texts(mixed), read_texts(mixed))


ITEMS = [
    *["0", "00", "01", "1", "2", "3", "4", "9", "10", "11", "14", "15", "99", "a", "b", "c", "z", "II", "V", "5a", "۲"],
    *[". ", ".", ".\t", ".\n", ") ", ", ", ",", ";", "; ", ":", ": ", "(", " (", "/", "_", "\n", "  ", "\u00a0", "“"],
    *["Isi", "isi", "KTP asli", "yaitu", "Pasal", "dr", "Dr", "Jl", "hlm", "Inc", "Karena", "Warga", "kata " * 50],
]


@settings(max_examples=500)
@given(st.lists(st.lists(st.sampled_from(ITEMS), max_size=24).map("".join), max_size=4))
@example(["x, 4. Ya (3. a) 5. B,6. C;5. D", "0۲. 0"])
def test_signs_of_list_items_equal_the_rules(texts: list[str]) -> None:
    assert_same(scan_texts(texts), read_texts(texts))


def test_no_figure_is_an_abbreviation() -> None:
    assert not [word for word in sentences.listed() if not word.replace(".", "").isalpha()]


EDGES = [
    *["Rp1", "rp 1", "Rp", "xRp1", "Rp1a", "Rp-1", "RP1,2", "Rp.1"],
    *["1.2a", "1.2-a", "1-2-a", "1-a2", "12,", "1,,2", "1:2/3", "P3K", "ke-4", "4-2", "²5", "5²", "١٢,٣"],
    *["1.500-an", "1.500-an.", "1.500-ana", "1.500-an_", "1.500-an-b", "1.500-an-", "1.500-an'2", "1.500’an"],
    *["1.500‐an", "1.500‑an’b", "1.500‑ana", "1.500`an", "1.500‘an", "1.2.3a", "1.2.3‑a", "1,2.3.", "1.2.٣a-b 1.2"],
    *[
        "https://a",
        "https://",
        "https://a/b?c=d.",
        "xhttps://a",
        "(http://a)",
        "a:http://a:b",
        "ftps://a",
        "HTTP://é",
    ],
    *["www.a", "www.", "www", "www.a.", "www.é", "www.a.b/c-", "www.a@b.c", "www.a.com@x", "wwwa.b", "www.aé"],
    *["a@b.c", "a@b", "a.b@c-d.e", "a@b.c_d", "a%+_-@b.c", "a@.c", "a@b..c", "a@b.c.", "x a@b.cé", "é@b.c"],
    *[
        "@a",
        "@1",
        "@_",
        "@a.b",
        "@a.",
        "a@a",
        "(@a",
        ",@a",
        ":@a",
        "@aé",
        "@",
        "@@a",
        "@a_b.c-d",
        "“@a”",
        "a@b.c@d.e",
    ],
    *[
        "a.id",
        "a.ID/",
        "a.id/x",
        "a.idé",
        "a.id.",
        "a.id.b",
        "-a.id",
        ",a.id",
        "[a.id]",
        "1.id",
        "1.2.id",
        "1.2a.id",
    ],
    *["bit.ly", "bit.ly/", "bit.ly/a", "bit.ly/_", "bit.ly/é", "Rp1.id", "rp1@a.b", "a--b.id", "a_b.id", "a.b.id"],
    *[
        "S.H.",
        "S.H",
        "S.H,",
        "S.Hé",
        "S.HH",
        "É.É.",
        "S.H.1",
        "1.S.H.",
        "S.H.. A",
        "S.H.? A",
        "x S.H. A",
        "S.H.\nA",
    ],
    *[
        "Ⅳ.Ⅳ",
        "²a.b",
        "²",
        "a.²",
        "a.b.²",
        "S.H.-nya",
        "a-S.H.",
        "S-S.H",
        "a.b_",
        "W.R. Budi",
        "a.n. B",
        "S.H. Karena",
    ],
    *[
        "--",
        "---",
        "-.-",
        "a--b",
        "...",
        ".. A",
        "..! A",
        "''",
        "''" + "'",
        "``a''",
        "`` A",
        "-- A",
        "a'--'b",
        "‐‐",
    ],
    *[
        "Januari-Maret",
        "januari‑MARET",
        "Mei-Mei",
        "Mei-mei-Juni",
        "Mei-Juni-Juli",
        "Mei-Junia",
        "aMei-Juni",
        "Mei-",
    ],
    *[
        "Jum'at-Senin",
        "Senin-Jum’at",
        "Jum`at-Jum‘at",
        "Jumʼat-Sabtu",
        "jum-jum'at",
        "Mei'Juni",
        "Mei-Juni_",
        "5-Mei",
    ],
    *["Mei-Junié", "se-Mei-Juni", "Mei—Juni", "Mei-Juni-an", "minggu-minggu", "minggu-minggunya", "Mei-Juni'a"],
    *[
        "x. 2. A",
        "x 2. A",
        "1. A 2. B",
        "1. A\n2. B",
        "yaitu 1. A",
        "x II. A",
        "x. II. A",
        "a. A b. B",
        "x) 2. A",
        "3. 4. A",
    ],
    *[
        "1. " + "x" * 230 + " 2. A",
        "1. " + "x " * 120 + "2. A",
        "1. " + "é" * 234 + " 2. A",
        "vitamin C. A",
        "5 C. A",
        "5. C. A",
    ],
    *["1/2-an", "1.5/2-an", "1:2-an", "10-an", "1,5-An", "5.000-Rp 7", "5.000-7", "5.000'a", "5.000-", "1.5-a"],
    *["a-", "-a", "a--b", "a-’b", "a’b’", "'a'", "_a_", "a_b", "a/b"],
    *["x..Pj. B", "x--Pj. B", "x-.Pj. B", "x.Pj. B", "Pj. B", "PJ. B", "pj. B", "(Pj. B", "Pj.. B", "Pj. b"],
    *["H. B", "h. B", "Ⅳ. B", "ǅ. B", "É. B", "AH. B", "A.H. B", "-H. B", "1. B", ". B", "a.\u00a0B", "a.\u2003B"],
    *["a. 1", "a. ²", "a. ǅ", "a. Ⅳ", "a. Ⓐ", "a. “A", "a.” A", "a.”A", "a.) (A", "a?! A", "a… A", "a. — A", "a. "],
    *["pelayan-\nan", "anak-\u00a0\n anak", "-\nan", "an -\nan", "an-\n-an", "an\n-\nan", "1-\n2", "ke-\n4"],
    *["pelayan‐\nan", "pelayan‑\u2028an", "an¬\u2003\x0b an", "a¬ b", "a- b", "x. A-\nb", "an‒\nan", "\n¬\na"],
    *["a.\nb", "a\n\nb", "\na", "a\n", "a\r\nb", "a\u2028b", "a\u0085b", "a\x0bb", "a\x1cb", ". \n A", "a. A\nB"],
    *[
        "1. A",
        "\n1. A",
        "x\n 12. A",
        "123. A",
        "\nIV. A",
        "; a. A",
        ": a. A",
        ": b. A",
        "x 1. A",
        "\t2. A",
        "٣. A",
        "\nx. A",
    ],
    *[
        "S.H., M.Si. A",
        "S. Pd. M. Pd. B",
        "x, S.H. Karena",
        "W.R. B",
        "B. Karena",
        "hlm. Karena",
        "Dr. Karena",
        "5 km. B",
    ],
    *[
        "a. iPhone",
        "a. iphone",
        "a. i",
        "a. éÉ",
        "a. aǅ",
        "No. 5",
        "No. B",
        "Gbr. 5",
        "A." * 20 + " B",
        "x." + "A." * 20 + " B",
    ],
    "x" * 40 + ".Pj. B",
    "x-" * 20 + "Pj. B",
    " ".join(["x"] * 20) + ".Pj. B",
]


def test_every_edge_of_the_rules() -> None:
    for text in EDGES:
        assert_same(scan_texts([text]), read_texts([text]))
        texts = [text, text + " a", "a" + text, text * 2]  # what follows in memory is no part of a text
        assert_same(scan_texts(texts), read_texts(texts))


@settings(max_examples=300)
@given(st.lists(st.text(st.characters(), max_size=12), max_size=5))
def test_the_kernel_equals_the_rules_on_any_characters(texts: list[str]) -> None:
    assert_same(scan_texts(texts), read_texts(texts))


@settings(max_examples=200)
@given(TEXTS)
def test_decomposed_texts_beside_composed_ones(texts: list[str]) -> None:
    mixed = [unicodedata.normalize("NFD", text) if row % 2 else text for row, text in enumerate(texts)]
    assert_same(scan_texts(mixed), read_texts(mixed))


def around(sign: str) -> str:
    """Put a character at every place of the rules where characters matter."""
    return (
        f"{sign}a{sign} 1{sign}2 1{sign}a Rp{sign} b-{sign} {sign}'c x{sign}. D a. {sign}b e.{sign} F"
        f" g{sign}H. I {sign}. J k.{sign}L {sign}Pj. M n.“{sign} O{sign}{sign}"
    )


def test_every_sort_of_character_stands_everywhere() -> None:
    choice = random.Random(1)
    points = [*range(0x2600), *choice.sample(range(0x2600, sys.maxunicode + 1), 6000)]
    texts = [around(chr(point)) for point in points]
    assert_same(scan_texts(texts), read_texts(texts))


@pytest.mark.slow
def test_every_character_stands_everywhere() -> None:
    for first in range(0, sys.maxunicode + 1, 1 << 16):
        texts = [around(chr(point)) for point in range(first, first + (1 << 16))]
        assert_same(scan_texts(texts), read_texts(texts))


def test_texts_of_settled_characters_are_as_seen() -> None:
    settled = [chr(point) for point in np.flatnonzero(characters() != UNSETTLED).tolist()]
    random.Random(2).shuffle(settled)
    text = "".join(settled)
    assert len(settled) > 1_000_000
    assert visible(text).text == text


def test_no_abbreviation_is_as_long_as_the_rule_looks_back() -> None:
    assert max(map(len, sentences.listed())) < sentences.REACH - 1


def test_a_document_given_up_leaves_nothing_behind() -> None:
    texts = ["Satu. Dua.", "Zebra. Yoga belum " * 50 + "sele\u00adsai. Tiga", "Dua."]
    with patch.object(scanner, "_BLOCK", 16):
        index = scan_texts(texts)
    assert_same(index, read_texts(texts))
    assert "sele" not in index.surfaces
    assert len(index.stretched) == 1


def test_tables_grow() -> None:
    texts = [" ".join(f"kata{number * 7919 % 100_000}x{number}" for number in range(20_000)), "a" * 300_000]
    with patch.object(scanner, "_BLOCK", 64), patch.object(scanner, "size_of", lambda _: 0):
        assert_same(scan_texts(texts), read_texts(texts))


def test_words_that_share_sixteen_bytes_and_more() -> None:
    stem = "mempertanggungjawab"
    texts = [" ".join(stem + ending for ending in ("kan", "i", "", "kannya", "kan")), stem[:16], stem[:17], stem[:15]]
    assert_same(scan_texts(texts), read_texts(texts))


def test_ends_of_some_tokens_are_those_of_all() -> None:
    index = read_texts(["mela\u00adyani warga", "cafe\u0301 a", "b ke\u200bpada c"])
    assert index.stretched.tolist() == [0, 2, 5]
    assert index.end.tolist() == [9, 15, 5, 7, 1, 9, 11]
    for begin in range(8):
        for stop in range(begin, 8):
            assert index.end_of(slice(begin, stop)).tolist() == index.end.tolist()[begin:stop]
            assert index.type_of(slice(begin, stop)).tolist() == index.type.tolist()[begin:stop]
    assert index.end_of(np.array([6, 2, 2, 1])).tolist() == [11, 5, 5, 15]
    assert index.end_of(slice(None, None, -2)).tolist() == index.end.tolist()[::-2]


@pytest.mark.parametrize("texts", [[], [""], ["", " ", "\n", "\u00ad"], ["a"], ["."]])
def test_next_to_nothing(texts: list[str]) -> None:
    assert_same(scan_texts(texts), read_texts(texts))


def test_many_texts_are_scanned_and_few_are_not() -> None:
    with patch.object(scanner, "scan_texts", side_effect=AssertionError):
        index_texts(["Satu dua."])
        with patch.object(index_module, "ENOUGH", 9), pytest.raises(AssertionError):
            index_texts(["Satu dua."])
    with patch.object(index_module, "ENOUGH", 0):
        assert_same(index_texts(["Satu dua."]), read_texts(["Satu dua."]))


def test_few_texts_do_not_load_the_compiler() -> None:
    code = "import sys, kit.index.indexing as i; i.index_texts(['Satu dua.']); sys.exit('numba' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_without_a_place_for_machine_code_it_is_made_anew() -> None:
    made = []

    def njit(**options: object) -> object:
        if options.get("cache"):
            message = "cannot cache function"
            raise RuntimeError(message)
        made.append(options)
        return lambda function: function

    with patch.object(machine, "njit", njit):
        assert machine.compiled()(len) is len
    assert made == [{"nogil": True, "_nrt": False, "inline": "never"}]


def test_items_at_the_end_of_what_the_rule_sees() -> None:
    filler = "kata " * 60
    for earlier, sign in (("4", "5"), ("9", "10"), ("10", "11"), ("b", "c")):
        for length in range(sentences.SPAN - 8, sentences.SPAN + 8):
            between = filler[: length - len(f"{earlier}. ") - len("kering. ,")] + "kering. ,"
            for head in (f"Isi. {earlier}. ", f"{earlier}. ", f"x{earlier}. "):
                texts = [f"{head}{between}{sign}. Tak perlu."]
                assert_same(scan_texts(texts), read_texts(texts))


def real_texts(folder: Path, *, every: int = 1) -> list[str]:
    """Return news, speeches and laws, each as every file has it."""
    texts = []
    names = ("clickid_news/kompas", "clickid_news/tempo", "pidato_jokowi_2017/pidato", "peraturan_governance/peraturan")
    for name in names:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines][::every]
        texts += [row[column] for row in rows for column in ("text", "raw") if column in row]
    return texts


@pytest.mark.data
def test_real_texts(shared_data: Path) -> None:
    texts = real_texts(shared_data, every=20)
    assert_same(scan_texts(texts), read_texts(texts))


@pytest.mark.data
@pytest.mark.slow
def test_all_real_texts(shared_data: Path) -> None:
    texts = real_texts(shared_data)
    assert_same(scan_texts(texts), read_texts(texts))
    decomposed = [unicodedata.normalize("NFD", text) for text in texts[::3]]
    assert_same(scan_texts(decomposed), read_texts(decomposed))
