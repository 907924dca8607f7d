"""Datelines, and sentences that merely have a dash."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kit.reading.dateline import find_dateline
from kit.reading.news import clean
from kit.reading.rules import load_rules

# line, body, place, outlet
DATELINES = [
    ("KOTA BLITAR,CONTOHONLINE.com - Pj Wali Kota hadir.", "Pj Wali Kota hadir.", "Kota Blitar", "CONTOHONLINE.com"),
    ("SURABAYA, CONTOHONLINE.com - Layanan dibuka.", "Layanan dibuka.", "Surabaya", "CONTOHONLINE.com"),
    ("Jakarta (ANTARA) - Layanan dibuka.", "Layanan dibuka.", "Jakarta", "ANTARA"),
    ("KOMPAS.com - Layanan dibuka.", "Layanan dibuka.", "", "KOMPAS.com"),
    ("JAKARTA, KOMPAS.com - Layanan dibuka.", "Layanan dibuka.", "Jakarta", "KOMPAS.com"),
    ("JAKARTA,KOMPAS.com -Layanan dibuka.", "Layanan dibuka.", "Jakarta", "KOMPAS.com"),
    ("TEMPO.CO, Jakarta - Layanan dibuka.", "Layanan dibuka.", "Jakarta", "TEMPO.CO"),
    ("TEMPO.CO, Jakarta- Layanan dibuka.", "Layanan dibuka.", "Jakarta", "TEMPO.CO"),
    ("SURYA.co.id | MALANG - Layanan dibuka.", "Layanan dibuka.", "Malang", "SURYA.co.id"),
    ("MAKLUMAT — Layanan dibuka.", "Layanan dibuka.", "", "MAKLUMAT"),
    ("Liputan6.com, Jakarta - Layanan dibuka.", "Layanan dibuka.", "Jakarta", "Liputan6.com"),
    ("Liputan6.com, Jakarta: Layanan dibuka.", "Layanan dibuka.", "Jakarta", "Liputan6.com"),
    ("Merdeka.com - Layanan dibuka.", "Layanan dibuka.", "", "Merdeka.com"),
    ("REPUBLIKA.CO.ID, JAKARTA -- Layanan dibuka.", "Layanan dibuka.", "Jakarta", "REPUBLIKA.CO.ID"),
    ("Bisnis.com, JAKARTA — Layanan dibuka.", "Layanan dibuka.", "Jakarta", "Bisnis.com"),
    ("Suara.com - Layanan dibuka.", "Layanan dibuka.", "", "Suara.com"),
    ("jpnn.com, JAKARTA - Layanan dibuka.", "Layanan dibuka.", "Jakarta", "jpnn.com"),
    ("JawaPos.com–Layanan dibuka.", "Layanan dibuka.", "", "JawaPos.com"),
    ("Jakarta, CNN Indonesia -- Layanan dibuka.", "Layanan dibuka.", "Jakarta", "CNN Indonesia"),
    ("detikNews - Layanan dibuka.", "Layanan dibuka.", "", "detikNews"),
    ("KONTAN.CO.ID - JAKARTA. Layanan dibuka.", "Layanan dibuka.", "Jakarta", "KONTAN.CO.ID"),
    ("KBRN, Jakarta: Layanan dibuka.", "Layanan dibuka.", "Jakarta", "KBRN"),
    ("Kediri, JP Radar Kediri - Layanan dibuka.", "Layanan dibuka.", "Kediri", "JP Radar Kediri"),
    ("Jakarta, 4/2 (ANTARA) - Layanan dibuka.", "Layanan dibuka.", "Jakarta", "ANTARA"),
    ("Jakarta, 4 Februari 2024 — Layanan dibuka.", "Layanan dibuka.", "Jakarta", ""),
    ("Jakarta - Layanan dibuka.", "Layanan dibuka.", "Jakarta", ""),
    ("Kab. Malang - Layanan dibuka.", "Layanan dibuka.", "Kab. Malang", ""),
    ("PACITAN – “Kita melayani,” kata dia.", "“Kita melayani,” kata dia.", "Pacitan", ""),
    ("BANYUWANGI - 145 pegawai hadir.", "145 pegawai hadir.", "Banyuwangi", ""),
    ("JAKARTA - Bandung dilanda hujan.", "Bandung dilanda hujan.", "Jakarta", ""),
    ("Surabaya - Surabaya menjadi tuan rumah.", "Surabaya menjadi tuan rumah.", "Surabaya", ""),
    ("DKI JAKARTA - Layanan dibuka.", "Layanan dibuka.", "DKI Jakarta", ""),
    # a name in capitals that no list has: a place or an outlet, which of them is not told
    ("TROWULAN - Layanan dibuka.", "Layanan dibuka.", "", ""),
    # what the unknown name is cannot be told, the place can
    ("Warta Baru, Jakarta - Layanan dibuka.", "Layanan dibuka.", "Jakarta", ""),
    ("Trowulan, Mojokerto - Layanan dibuka.", "Layanan dibuka.", "Mojokerto", ""),
    # without a dash
    ("Jakarta: Layanan publik kini dibuka di mal.", "Layanan publik kini dibuka di mal.", "Jakarta", ""),
    # on a line of its own
    ("SURABAYA, CONTOHONLINE.com", "", "Surabaya", "CONTOHONLINE.com"),
    ("Jakarta (ANTARA) -", "", "Jakarta", "ANTARA"),
]

SENTENCES = [
    "Pelayanan publik - kata dia - harus cepat.",
    "DPR - Pemerintah sepakat membahas aturan itu.",
    "KPK - Polri bekerja sama.",
    "RAPBD - Pemerintah mengajukan angka baru.",
    "Persebaya - Arema bermain imbang.",
    "Indonesia - Malaysia sepakat.",
    "Good Governance - Tata kelola yang baik.",
    "Mal Pelayanan Publik (MPP) - Gedung itu baru.",
    "Wali Kota Kediri - yang baru dilantik - hadir.",
    "Jakarta-Bandung kini dekat.",
    "Jakarta, Bandung, dan Surabaya - tiga kota itu - ikut serta.",
    "Belanja.com - situs jual beli - menggelar pelatihan.",
    "Menurut Contoh.com - Media itu - layanan ditutup.",
    "Contoh.com melaporkan hal itu.",
    "BREAKING NEWS - Gempa mengguncang.",
    "Jakarta: kota yang tidak tidur.",
    "Jakarta: Rafa Marca, Luis Sola (kiper), Iker Toro bermain sejak menit pertama.",
    "Gubernur: Layanan publik kini dibuka di mal.",
    "Contoh.com, Jakarta Post, dan Tempo memuat berita itu.",
    "Layanan dibuka.",
    "",
]

DOUBTFUL = [
    "Jakarta - Bandung kini dapat ditempuh 40 menit.",
    "Singapura - Malaysia sepakat.",
    "SOLO - YOGYAKARTA TERSAMBUNG REL BARU.",
    "Surabaya – Kota Pahlawan – menjadi tuan rumah.",
    "Radar Malang - Surabaya rusak.",
]


@pytest.mark.parametrize(("line", "body", "place", "outlet"), DATELINES)
def test_datelines(line, body, place, outlet):
    found = find_dateline(line, load_rules())
    assert found is not None
    assert (line[found.end :], found.place, found.outlet) == (body, place, outlet)


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_with_a_dash_are_left_alone(line):
    assert find_dateline(line, load_rules()) is None


@pytest.mark.parametrize("line", DOUBTFUL)
def test_doubtful_cases_are_left_and_marked(line):
    found = find_dateline(line, load_rules())
    assert found is not None
    assert found.end == 0


# ---- More of both, written before the rules were tried on them; "?" where it is not said what is stated ----------

CASES = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "datelines.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    )
)
BODY = "Pemerintah kota membuka loket layanan baru bagi warga.\nWarga antre sejak pagi dan dilayani sampai sore."


def test_datelines_of_many_outlets():
    for case in (case for case in CASES if case["kind"] == "dateline"):
        article = clean(case["text"] + BODY)
        assert article.text == BODY, case
        stated = {name: case[name] for name in ("place", "outlet") if case[name] != "?"}
        assert {name: article.facts.get(name, "") for name in stated} == stated, case


def test_sentences_like_datelines():
    texts = [f"{case['text']}\n{BODY}" for case in CASES if case["kind"] == "sentence"]
    assert [clean(text).text for text in texts] == texts


@pytest.mark.parametrize(
    "line",
    [
        "HUBUNGAN KEUANGAN ANTARA",
        "BAB II BAB (dan seterusnya)",
        "FAJAR PEBRUARI | TEMPO",
        "Barcelona: Rafa Marca, Luis Sola, Iker Toro.",
    ],
)
def test_a_line_of_its_own_needs_a_place_that_is_known_or_an_address(line):
    assert find_dateline(line, load_rules()) is None
