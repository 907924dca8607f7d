"""The token rule against the hand-made word cases, the seed's token counts and a treebank."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.language.tokens import COUNTED, fold, kind_of, tokenize

CASES = list(
    csv.DictReader((Path(__file__).parents[1] / "oracles" / "word_cases.csv").read_text(encoding="utf-8").splitlines())
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_word_cases(case: dict[str, str]) -> None:
    words = [token.text for token in tokenize(case["input"]) if token.kind in COUNTED]
    assert words == case["tokens"].split("; ")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ke-4, 1960-an", ["ke-4", ",", "1960-an"]),
        ("P3K e-government Jum'at Qur’an", ["P3K", "e-government", "Jum'at", "Qur’an"]),
        ("2023-2024", ["2023", "-", "2024"]),
        ("3.5kg", ["3", ".", "5kg"]),
        ("Rp1.250.000,50 dan Rp 5", ["Rp", "1.250.000,50", "dan", "Rp", "5"]),
        ("korRp5", ["korRp5"]),
        ("pukul 10:30 (4/2/2024).", ["pukul", "10:30", "(", "4/2/2024", ")", "."]),
        ("'kata'", ["'", "kata", "'"]),
        ("efektif,efisien", ["efektif", ",", "efisien"]),
        ("5%", ["5", "%"]),
        ("a\u00a0b\tc\r\nd", ["a", "b", "c", "d"]),
        ("Jum’at Jum‘at Jumʼat Jum`at", ["Jum’at", "Jum‘at", "Jumʼat", "Jum`at"]),
        ("ke‐4 ke‑4 1.500‑an", ["ke‐4", "ke‑4", "1.500‑an"]),
        ("‘kata’ `kata` kata’", ["‘", "kata", "’", "`", "kata", "`", "kata", "’"]),
        ("القُرْآنُ ꦥꦺꦴꦭꦶꦱꦶ", ["القُرْآنُ", "ꦥꦺꦴꦭꦶꦱꦶ"]),
        ("5\u0301 1.2\u0301 ꦴ", ["5\u0301", "1", ".", "2\u0301", "ꦴ"]),
        ("❤\ufe0f 1\ufe0f\u20e3", ["❤", "\ufe0f", "1", "\ufe0f", "\u20e3"]),
        ("1.2.3a 1.2.3. 1.2.3-a", ["1", ".", "2", ".", "3a", "1.2.3", ".", "1.2.3", "-", "a"]),
        ("S.H. W.R. Supratman, D.I. Yogyakarta a.n.", ["S.H.", "W.R.", "Supratman", ",", "D.I.", "Yogyakarta", "a.n."]),
        ("M.Si. S.STP H.M.Prasetyo S.H,", ["M", ".", "Si", ".", "S", ".", "STP", "H.M.", "Prasetyo", "S.H", ","]),
        ("tipe A. Warga 3.B.", ["tipe", "A", ".", "Warga", "3", ".", "B", "."]),
        ("ia ... lalu.. -- --- ``ya'' !! ——", ["ia", "...", "lalu", "..", "--", "---", "``", "ya", "''", *"!!——"]),
        ("Januari-Maret Okt-Des", ["Januari", "-", "Maret", "Okt", "-", "Des"]),
        ("Senin-Jum’at SABTU‑MINGGU", ["Senin", "-", "Jum’at", "SABTU", "‑", "MINGGU"]),
        (
            "minggu-minggu Mei-mei Januari-an Mei-juni's",
            ["minggu-minggu", "Mei-mei", "Januari-an", "Mei", "-", "juni's"],
        ),
        ("se-Januari-Maret Maretan-Juni", ["se-Januari-Maret", "Maretan-Juni"]),
        ("pelayanan_publik", ["pelayanan", "_", "publik"]),
        ("", []),
    ],
)
def test_rule(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == tokens


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://www.contoh.go.id/a/b?c=1&d=2. HTTP://a", ["https://www.contoh.go.id/a/b?c=1&d=2", "HTTP://a"]),
        ("(www.contoh.go.id), Contoh.com: contoh.co.id/x/!", ["www.contoh.go.id", "Contoh.com", "contoh.co.id/x/"]),
        ("Surel:humas@contoh.go.id, “a.b_c+d@e-f.org”", ["humas@contoh.go.id", "a.b_c+d@e-f.org"]),
        ("(@warga_kota) @dinas.kota.", ["@warga_kota", "@dinas.kota"]),
        ("bit.ly/3abC", ["bit.ly/3abC"]),
        # a blank forgotten, a price, a word glued on, a name behind a comma
        ("selesai.Ia bit.ly kata.kota a@b @5.000 x@y @", []),
        ("dikota.idé MOJOKERTO,CONTOH.com http:// www. www", []),
        ("Kabupaten/Kota 10:30 4/2/2024 S.H. A.B.", []),
    ],
)
def test_addresses(text: str, addresses: list[str]) -> None:
    assert [token.text for token in tokenize(text) if token.kind == "address"] == addresses


def test_an_address_is_no_word_and_a_hashtag_keeps_its_word() -> None:
    tokens = tokenize("Unduh di contoh.go.id/panduan #LayananPublik @dinas")
    assert [token.text for token in tokens if token.kind in COUNTED] == ["Unduh", "di", "LayananPublik"]
    assert fold("Contoh.GO.ID/Panduan") == "contoh.go.id/panduan"


def test_initials_are_one_form_with_or_without_the_last_stop() -> None:
    assert {fold(word) for word in ("S.H.", "s.h", "S.H")} == {"s.h"}
    assert [fold(mark) for mark in (".", "...", "--")] == [".", "...", "--"]


def test_one_word_typed_in_five_ways_is_one_form() -> None:
    assert {fold(word) for word in ("Jum'at", "JUM’AT", "jum‘at", "Jumʼat", "Jum`at")} == {"jum'at"}
    assert {fold(word) for word in ("tugas-tugas", "tugas‐tugas", "Tugas‑tugas")} == {"tugas-tugas"}
    assert fold("cafe\u0301") == fold("CAFÉ")


@given(st.text())
def test_tokens_cover_every_visible_character_once(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == "".join(text.split())
    assert all(token.text == text[token.start : token.end] for token in tokens)
    assert all(left.end <= right.start for left, right in itertools.pairwise(tokens))


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_one_form_has_one_kind(text: str) -> None:
    for token in tokenize(text):
        assert fold(fold(token.text)) == fold(token.text)
        assert kind_of(fold(token.text)) in {token.kind, "word"}


@pytest.mark.data
def test_against_the_gsd_treebank(shared_data: Path) -> None:
    """Token F1 on UD_Indonesian-GSD dev and test: character spans of surface tokens, multiword tokens whole."""
    agreed = found = gold = 0
    for part in ("dev", "test"):
        for text, words in treebank(shared_data / "ud_gsd" / f"id_gsd-ud-{part}.conllu"):
            place, expected = 0, set()
            for word in words:
                start = text.index(word, place)
                place = start + len(word)
                expected.add((start, place))
            actual = {(token.start, token.end) for token in tokenize(text)}
            agreed, found, gold = agreed + len(actual & expected), found + len(actual), gold + len(expected)
    assert 2 * agreed / (found + gold) >= 0.9988


def treebank(file: Path) -> list[tuple[str, list[str]]]:
    """Text and surface words of each sentence of a CoNLL-U file."""
    sentences: list[tuple[str, list[str]]] = []
    inside = 0
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# text = "):
            sentences.append((line.removeprefix("# text = "), []))
            inside = 0
        elif line[:1].isdigit():
            number, word = line.split("\t")[:2]
            if "-" in number:
                inside = int(number.split("-")[1])
                sentences[-1][1].append(word)
            elif "." not in number and int(number) > inside:
                sentences[-1][1].append(word)
    return sentences
