"""Voice: the four prefixes, and the many words that only begin like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.language.voice import voice
from kit.lexicon.wordlists import bases, function_words


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("melayani membaca menulis mengingatkan memperkuat memproses menindaklanjuti mengesahkan", "active"),
        ("mengimplementasikan memberdayakan menyebut-nyebut menyampaikannya mengetahui", "active"),
        ("merupakan mereview mengcover memonitoring", "active"),
        ("diupdate diupload dicover dishare didownload diaudit didata dikantongi dipertunjukan", "passive"),
        ("dipolitisir diminimalisir dikoordinir diprivatisasi dielektrifikasi", "passive"),
        ("dilayani dibaca ditulis disampaikannya diberdayakan diperkuat diketahui ditindaklanjuti", "passive"),
        ("diharapkan dilarang diwajibkan diimplementasikan di-phk di-upload dicari-cari kubaca kauberikan", "passive"),
        ("terlayani tersedia terjadi terbuka terpilih terdapat terdiri terselesaikan", "ter"),
        ("bekerja belajar berkembang berlaku berkelanjutan bertanya-tanya berharap", "ber"),
    ],
)
def test_verb_forms(forms: str, expected: str) -> None:
    assert {form: voice(form) for form in forms.split()} == dict.fromkeys(forms.split(), expected)


@pytest.mark.parametrize(
    "words",
    [
        "dia dinas digital diri direktur diskusi divisi distrik dinding disiplin dialog diponegoro dimas diabetes",
        "diatas dikota dimana disini dirumah didalamnya diantara dikantor dijakarta",
        "didprd dikegiatannya dipermukaan disharmonisasi",
        "media menteri meja mereka merah merdeka mesin metode mental menu megawati merapi melalui menurut mengenai",
        "teratai terapi terhadap tersebut terus terima terang tertentu terbaik tertinggi terbesar terdepan tersangka",
        "beras berita berat besar bersih berani berkas berapa beberapa berbagai berdasarkan bersama berlin",
        "minta baca lihat pelayan pelayanan layanan keadilan kuasa kualitas kaum governance asn",
    ],
)
def test_no_verb_forms(words: str) -> None:
    assert {word: voice(word) for word in words.split()} == dict.fromkeys(words.split(), "")


def test_no_base_and_no_function_word_but_modality_and_merupakan_has_a_voice() -> None:
    closed = [form for form, row in function_words().items() if row["class"] != "modal" and form != "merupakan"]
    assert [form for form in (*bases(), *closed) if voice(form)] == []


@pytest.mark.data
def test_voice_never_contradicts_the_treebank(shared_data: Path) -> None:
    """UD_Indonesian-GSD marks Voice=Act (meN-, ber-, bare) and Voice=Pass (di-, ter-, ke-…-an) on verbs."""
    counts: dict[tuple[str, str], int] = {}
    for part in ("dev", "test"):
        text = (shared_data / "ud_gsd" / f"id_gsd-ud-{part}.conllu").read_text(encoding="utf-8")
        for line in text.splitlines():
            row = line.split("\t")
            if len(row) == 10 and row[3] == "VERB" and "Voice=" in row[5]:
                key = (row[5].partition("Voice=")[2].partition("|")[0], voice(row[1].lower()))
                counts[key] = counts.get(key, 0) + 1
    contradictions = sum(
        number for (gold, found), number in counts.items() if found and (gold == "Act") != (found in ("active", "ber"))
    )
    passives = sum(number for (gold, _), number in counts.items() if gold == "Pass")
    assert contradictions == 0
    assert passives > 600
    assert counts["Pass", ""] / passives < 0.01
