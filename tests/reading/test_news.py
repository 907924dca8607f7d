"""The anatomy of a news article: the seed, made-up variants, and what holds for any text."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kit.reading.news import clean
from kit.reading.text import visible


@pytest.fixture(scope="module")
def seed(oracles):
    """The seed, read from the oracles: a researcher may have replaced the one in the corpus folder."""
    return (oracles / "seed_article_raw.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def structure(oracles):
    with (oracles / "seed_article_structure.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["line_no"] != "total"]


# ---- The seed ------------------------------------------------------------------------------------------------------


def test_the_body_of_the_seed(seed, oracles):
    body = (oracles / "seed_article_body.txt").read_bytes().decode("utf-8")
    text = clean(seed).text
    assert text == body
    assert len(text) == 2272
    assert len(text.split("\n")) == 11


def test_the_furniture_of_the_seed(seed, structure):
    expected = [
        (int(row["raw_start"]), int(row["raw_end"]), row["role"], row["text"])
        for row in structure
        if row["in_body"] == "no"
    ]
    removed = clean(seed).removed
    assert [row[:3] for row in removed] == [row[:3] for row in expected]
    assert [row[3].strip() for row in removed] == [row[3].strip() for row in expected]
    assert removed[0][3] == seed[:34]


def test_every_offset_of_the_seed_leads_back(seed, structure):
    article = clean(seed)
    assert article.segments == [
        (int(row["raw_start"]), int(row["raw_end"]), int(row["body_start"]))
        for row in structure
        if row["in_body"] == "yes"
    ]
    for begin, stop, start in article.segments:
        assert seed[begin:stop] == article.text[start : start + stop - begin]


def test_the_facts_of_the_seed(seed):
    assert clean(seed).facts == {"place": "Kota Mojokerto", "outlet": "BANGSAONLINE.com", "author": "ris/van"}


# ---- Made-up variants: raw lines with a mark of what each is ---------------------------------------------------------
# "." body; "!" furniture; a tuple (furniture before, body, furniture after) is one line.

VARIANTS = {
    "another city, outlet and initials; en dash; links of other kinds": (
        [
            (
                "PACITAN, KABARSELATAN.id – ",
                "Bupati Pacitan meminta pegawai kecamatan melayani warga tanpa pilih kasih.",
                "",
            ),
            ("!", "BACA JUGA : Jalan Lingkar Selatan Rampung Akhir Tahun", ""),
            ("", "Menurut dia, keluhan warga harus dijawab pada hari yang sama.", ""),
            ("!", "Lihat juga Video: Antrean di Loket Pajak Pagi Ini", ""),
            ("", '"Jangan sampai warga pulang dengan tangan kosong," ujarnya.', " (wid/ans)"),
            ("!", "Ikuti Saluran Berita kami di WhatsApp untuk kabar terbaru", ""),
        ],
        {"place": "Pacitan", "outlet": "KABARSELATAN.id", "author": "wid/ans"},
        ["dateline", "cross_link", "cross_link", "byline_initials", "footer_link"],
    ),
    "news agency; em dash; credits and copyright": (
        [
            ("Kupang (ANTARA) — ", "Pemerintah kota membuka loket pengaduan di setiap kelurahan.", ""),
            ("", "Loket itu dijaga dua petugas setiap hari kerja.", ""),
            ("!", "Baca juga: Kupang siapkan kartu antrean digital", ""),
            ("", "Warga boleh datang tanpa membuat janji.", ""),
            ("!", "Pewarta: Yohana Tallo", ""),
            ("!", "Editor: Bram Sengkey", ""),
            ("!", "Copyright © ANTARA 2024", ""),
        ],
        {"place": "Kupang", "outlet": "ANTARA", "author": "Yohana Tallo"},
        ["dateline", "cross_link", "credit", "credit", "credit"],
    ),
    "body sentences that begin like a cross-link": (
        [
            ("GRESIK, SUARAUTARA.co.id - ", "Layanan izin usaha kini selesai dalam sehari.", ""),
            ("", "Simak juga pernyataan kepala dinas yang meminta pelaku usaha kecil tidak memakai calo.", ""),
            ("", "Baca juga buku itu, katanya sambil menunjuk pedoman pelayanan di meja.", ""),
            ("", "Lihat juga Pasal 4 peraturan daerah tersebut.", ""),
            ("!", "Simak Juga: Perajin Kecil Dapat Pendampingan", ""),
            ("", "Pelaku usaha cukup membawa kartu tanda penduduk.", " (dew)"),
        ],
        {"place": "Gresik", "outlet": "SUARAUTARA.co.id", "author": "dew"},
        ["dateline", "cross_link", "byline_initials"],
    ),
    "a source named in the body, and one in the credits": (
        [
            ("Jember - ", "Dinas kesehatan mencatat kenaikan kunjungan di puskesmas.", ""),
            ("", "Sumber: kunjungan terbanyak datang dari tiga kecamatan di utara, tulis laporan itu.", ""),
            ("", "Sumber: Dinas Kesehatan Jember", ""),
            ("", "Angka itu naik karena loket dibuka sampai sore.", ""),
            ("", "Petugas tambahan sudah disiapkan.", ""),
            ("!", "Sumber: Humas Pemkab Jember", ""),
        ],
        {"place": "Jember"},
        ["dateline", "credit"],
    ),
    "a hyphen in the first sentence and no dateline": (
        [
            ("", "Pegawai - termasuk yang baru diangkat - wajib memakai tanda nama saat melayani.", ""),
            ("", "Aturan itu berlaku mulai bulan depan.", " (*)"),
        ],
        {},
        ["byline_initials"],
    ),
    "two places joined by a dash": (
        [
            ("", "Madiun - Ngawi kini dilayani bus pemerintah enam kali sehari.", ""),
            ("", "Tarifnya sama dengan angkutan kota.", ""),
        ],
        {"flags": "doubtful_dateline"},
        [],
    ),
    "no furniture at all": (
        [
            ("", "Pelayanan yang baik dimulai dari sapaan.", ""),
            ("", "Itu yang selalu diajarkan kepada pegawai baru.", ""),
        ],
        {},
        [],
    ),
    "a dateline on its own line, credits under it": (
        [
            ("!", "BOGOR, WARTAPAKUAN.com -", ""),
            ("!", "Reporter: Salma Nuraini", ""),
            ("", "Antrean di kantor kecamatan kini dapat dipantau lewat gawai.", ""),
            ("", "Warga tidak perlu lagi datang sejak subuh.", ""),
        ],
        {"place": "Bogor", "outlet": "WARTAPAKUAN.com", "author": "Salma Nuraini"},
        ["dateline", "credit"],
    ),
    "an advertorial": (
        [
            ("TUBAN | KABARTUBAN.com – ", "Rumah sakit daerah meluncurkan layanan antar obat.", ""),
            ("", "Layanan itu gratis bagi pasien lanjut usia.", " (adv/rin)"),
        ],
        {"place": "Tuban", "outlet": "KABARTUBAN.com", "author": "rin", "paid": "adv"},
        ["dateline", "byline_initials"],
    ),
    "a syndicated copy": (
        [
            ("KOMPAS.com - ", "Kantor imigrasi menambah loket pada akhir pekan.", ""),
            ("", "Penambahan itu menjawab keluhan pemohon paspor.", ""),
            ("!", 'Artikel ini telah tayang di Kabarpesisir.com dengan judul "Loket Imigrasi Ditambah"', ""),
            ("!", "Editor : Tia Marlina", ""),
        ],
        {"outlet": "KOMPAS.com", "copied_from": "Kabarpesisir.com"},
        ["dateline", "syndication", "credit"],
    ),
    "a pager and advertising marks": (
        [
            ("Jakarta, CNN Indonesia -- ", "Kementerian menyederhanakan 20 jenis izin.", ""),
            ("!", "ADVERTISEMENT", ""),
            ("!", "SCROLL TO CONTINUE WITH CONTENT", ""),
            ("", "Penyederhanaan itu memangkas waktu tunggu.", ""),
            ("!", "[Gambas:Video CNN]", ""),
            ("", "Rinciannya diumumkan pekan depan.", " (abc/def)"),
            ("!", "Halaman selanjutnya", ""),
        ],
        {"place": "Jakarta", "outlet": "CNN Indonesia", "author": "abc/def", "flags": "truncated"},
        ["dateline", "ad_mark", "ad_mark", "ad_mark", "byline_initials", "pager"],
    ),
    "a label whose headline is on the next line, and one without a headline": (
        [
            ("SIDOARJO, DELTAKITA.net - ", "Balai desa kini buka pada malam hari.", ""),
            ("!", "Baca Juga:", ""),
            ("!", "Warga Delta Sungai Dapat Perahu Layanan Kesehatan", ""),
            ("", "Jam tambahan itu membantu buruh pabrik.", ""),
            ("!", "Baca Juga", ""),
            ("", "Kepala desa berjanji meneruskannya tahun depan.", " (yun/mar)"),
        ],
        {"place": "Sidoarjo", "outlet": "DELTAKITA.net", "author": "yun/mar"},
        ["dateline", "cross_link", "cross_link", "cross_link", "byline_initials"],
    ),
    "long headlines under a label, and behind them the heading of a part": (
        [
            ("SIDOARJO, DELTAKITA.net - ", "Balai desa kini buka pada malam hari.", ""),
            ("!", "Baca Juga:", ""),
            ("!", "Warga Delta Sungai Dapat Perahu Layanan Kesehatan", ""),
            ("!", "Bupati Resmikan Mal Pelayanan Publik di Alun-alun", ""),
            ("", "Jam Buka Balai Desa", ""),
            ("!", "2 dari 3 halaman", ""),
            ("", "Jam tambahan itu membantu buruh pabrik.", ""),
            ("", "Loket itu buka sampai pukul sembilan.", ""),
        ],
        {"place": "Sidoarjo", "outlet": "DELTAKITA.net"},
        ["dateline", "cross_link", "cross_link", "cross_link", "pager"],
    ),
    "links joined to the body stay and are flagged": (
        [
            ("Solo - ", "Loket dibuka pagi. Baca juga: Warga Solo Antre Panjang Wali kota meninjau loket itu.", ""),
            ("", "Baca juga: Loket Baru Dibuka. Wali kota meninjau loket itu dan berbincang dengan warga.", ""),
            ("", "Peninjauan berlangsung satu jam.", ""),
        ],
        {"place": "Solo", "flags": "inline_link"},
        ["dateline"],
    ),
    "brackets at the end that are no initials": (
        [
            ("", "Program itu bernama Gerak Cepat (gercep)", ""),
            ("", "Hasilnya diukur dalam satuan (kg/ha)", ""),
        ],
        {},
        [],
    ),
    "names in capitals at the end, tags and sharing": (
        [
            ("TEMPO.CO, Kendari - ", "Ombudsman menerima 40 laporan sepanjang bulan lalu.", ""),
            ("", "Sebagian besar tentang lamanya pelayanan.", ""),
            ("!", "LA ODE SAMSUDIN | ANTARA", ""),
            ("!", "Tag: ombudsman, pelayanan publik", ""),
            ("!", "Bagikan berita ini", ""),
        ],
        {"place": "Kendari", "outlet": "TEMPO.CO"},
        ["dateline", "byline_names", "footer_link", "footer_link"],
    ),
}


def assembled(lines, newline="\n"):
    """The raw article and the body it must give."""
    raw = newline.join((line[1] if line[0] == "!" else "".join(line)) for line in lines)
    return raw, "\n".join(line[1] for line in lines if line[0] != "!")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\n", " \n \t\n "])
@pytest.mark.parametrize("name", VARIANTS)
def test_variants(name, newline):
    lines, facts, rules = VARIANTS[name]
    raw, body = assembled(lines, newline)
    article = clean(raw)
    assert article.text == body
    assert article.facts == facts
    assert [rule for _, _, rule, _ in article.removed] == rules
    for begin, stop, start in article.segments:
        assert raw[begin:stop] == article.text[start : start + stop - begin]


# ---- Edges ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", ["", " \n\t\r\n", "\ufeff\u200b"])
def test_a_text_without_a_body_is_flagged(raw):
    article = clean(raw)
    assert (article.text, article.segments, article.facts) == ("", [], {"flags": "no_body"})


def test_a_document_that_is_all_furniture():
    article = clean("Jakarta (ANTARA) -\nBaca Juga: Loket Baru Dibuka\n(abc/de)\nEditor: Tia Marlina")
    assert article.text == ""
    assert article.facts == {"place": "Jakarta", "outlet": "ANTARA", "author": "abc/de", "flags": "no_body"}


@pytest.mark.parametrize("raw", ["KPK", "(APBD)", "BAGAS WICAKSANA", "(Bagas Wicaksana)", "PELAYANAN", "(ris/van)"])
def test_a_document_is_never_all_byline(raw):
    assert clean(raw).text == raw


def test_the_last_line_in_capitals_is_flagged_if_it_may_be_words():
    article = clean("Warga datang pagi itu.\nPELAYANAN PUBLIK HARUS TRANSPARAN")
    assert article.removed == []
    assert article.facts == {"flags": "doubtful_byline"}


def test_an_abbreviation_the_article_speaks_of_is_not_its_author():
    assert clean("Lembaga WXYZ itu baru.\nWarga datang. (WXYZ)").text.endswith("(WXYZ)")
    assert clean("Lembaga itu baru.\nWarga datang. (WXYZ)").facts == {"author": "WXYZ"}


def test_what_is_left_of_a_dateline_and_the_first_item_of_a_list():
    assert clean("– Bupati membuka loket itu.\nWarga datang.").text == "Bupati membuka loket itu.\nWarga datang."
    assert clean(", -- Bupati , membuka loket itu.").removed == [(0, 5, "dateline", ", -- ")]
    for kept in ("– Bupati hadir.\n– Warga hadir.", "– Syarat pertama", "- bupati membuka loket itu."):
        assert clean(kept).text == kept


def test_names_glued_to_the_last_line_by_a_comma():
    article = clean("Warga datang.\nPetugas melayani mereka.,BAGAS WICAKSANA | ANTARA")
    assert article.text == "Warga datang.\nPetugas melayani mereka.,"
    assert [(rule, text) for _, _, rule, text in article.removed] == [("byline_names", "BAGAS WICAKSANA | ANTARA")]


def test_the_comma_of_a_lost_link_does_not_hide_furniture():
    lines = [
        "Warga datang.",
        "Baca juga: ,",
        "Petugas hadir sampai sore.",
        "[Gambas:Video Kartanusa],",
        ", Iklan ,",
    ]
    assert clean("\n".join(lines)).text == "Warga datang.\nPetugas hadir sampai sore."


def test_one_word():
    assert clean("Layanan").segments == [(0, 7, 0)]


def test_accents_are_composed_and_lead_back():
    raw = "BATU, KABAR.com - Kafe\u0301 itu\nramai."
    article = clean(raw)
    assert article.text == "Kafé itu\nramai."
    assert article.segments == [(18, 21, 0), (21, 23, 3), (23, 27, 4), (28, 34, 9)]


def test_invisible_characters_are_taken_out_and_listed():
    raw = "\ufeffPe\u00adlayanan pub\u200blik.\nBaca\u200b Juga: Loket Baru Dibuka\n"
    article = clean(raw)
    assert article.text == "Pelayanan publik."
    assert [(begin, stop, rule) for begin, stop, rule, _ in article.removed] == [
        (0, 1, "invisible"),
        (3, 4, "invisible"),
        (15, 16, "invisible"),
        (21, 50, "cross_link"),
    ]


def test_blanks_and_curly_marks_inside_a_paragraph_stay():
    assert clean(" “Kita\u00a0harus  melayani,” katanya. ").text == "“Kita\u00a0harus  melayani,” katanya."


def test_furniture_joined_to_a_line_of_the_body():
    article = clean("Loket dibuka. [Gambas:Video 20detik]\nWarga antre. (abc/de) [Gambas:Video CNN]")
    assert article.text == "Loket dibuka.\nWarga antre."
    assert [rule for _, _, rule, _ in article.removed] == ["ad_mark", "byline_initials", "ad_mark"]


TITLE = 'Bupati: "Loket Gratis" – Warga Antre'
BEHIND = "PACITAN, KABAR.com - Loket itu dibuka pagi.\nWarga datang."


def test_a_first_line_that_repeats_the_title_is_taken_out_and_the_dateline_behind_it_is_seen():
    cases = {
        "as it is": (TITLE, TITLE),
        "capitals, blanks, a tab": ('  BUPATI:  "LOKET GRATIS"\t– WARGA ANTRE ', TITLE),
        "other quotation marks and dashes": ("Bupati: ‘Loket Gratis’ - Warga Antre", TITLE),
        "two marks for one": ("Bupati: ''Loket Gratis'' — Warga Antre", TITLE),
        "letters in parts": ("Kafe\u0301 Warga", "Kafé warga"),
        "an ellipsis": ("Loket Gratis, tapi…", "Loket Gratis, tapi..."),
        "a question": ("Loket Gratis?", "Loket gratis?"),
        "invisible signs": ("\ufeffLoket Gra\u00adtis", "Loket Gratis"),
        "a line of furniture before it": ("ADVERTISEMENT\nLoket Gratis", "Loket Gratis"),
        "a place in the title": ("Madiun - Ngawi Macet", "Madiun – Ngawi macet"),
        "said three times": ("Loket Gratis\n\nLOKET GRATIS", "Loket Gratis"),
        "a day under it": ("Loket Gratis\nSenin, 2 September 2019", "Loket Gratis"),
    }
    for name, (head, title) in cases.items():
        raw = f"{head}\n{BEHIND}"
        article = clean(raw, title=title)
        assert article.text == "Loket itu dibuka pagi.\nWarga datang.", name
        assert (article.facts["place"], article.facts["outlet"]) == ("Pacitan", "KABAR.com"), name
        assert "repeated_title" in [rule for _, _, rule, _ in article.removed], name
        assert "flags" not in article.facts, name
        assert all(raw[begin:stop] == text for begin, stop, _, text in article.removed), name
    assert clean(f"{TITLE}\n{BEHIND}", title=TITLE).removed[0] == (0, len(TITLE), "repeated_title", TITLE)


def test_what_stands_over_a_dateline_is_the_headline_where_no_title_is_stated():
    head, body = "Loket Baru Dibuka di Balai Kota", "Loket itu dibuka pagi ini.\nWarga datang."
    heads = {
        "alone": head,
        "a question": "Siapa melayani warga?",
        "quoted": 'Bupati: "Loket Gratis"',
        "a letterhead over it": f"SIARAN PERS\nNomor: 12/HM.01/VI/2025\n{head}",
        "who wrote it under it": f"{head}\nPenulis: Bagas Wicaksana\nEditor: Ratri Utami",
        "outlet and day under it": f"{head}\nKABAR.com - 15/05/2024, 10:30 WIB\nPenulis: Bagas Wicaksana",
        "a day under it": f"{head}\nRabu, 15 Mei 2024 10:30 WIB",
    }
    lines = {"KABAR.com": "PACITAN, KABAR.com - ", "": "Pacitan - ", "ANTARA": "Pacitan (ANTARA) - "}
    for name, above in heads.items():
        for outlet, line in lines.items():
            raw = f"{above}\n\n{line}{body}"
            article = clean(raw)
            assert article.text == body, (name, line)
            assert (article.facts["place"], article.facts.get("outlet", "")) == ("Pacitan", outlet), (name, line)
            removed = {rule: text for _, _, rule, text in article.removed}
            assert removed["headline"] == article.facts["title"], (name, line)
            assert article.facts["title"] in above.splitlines(), (name, line)
            assert all(raw[begin:stop] == text for begin, stop, _, text in article.removed), (name, line)
            assert clean(article.text).text == article.text, (name, line)
            assert "title" not in clean(raw, title="Loket Lain").facts, (name, line)


def test_the_day_or_the_writer_under_a_line_shows_that_it_is_the_headline():
    head, body = (
        "Loket Baru Dibuka di Balai Kota",
        "Loket itu dibuka pagi ini.\nWarga datang.\nPetugas menyambut.\nLoket tutup pukul dua.",
    )
    for under in ("Rabu, 15 Mei 2024 10:30 WIB", "Penulis: Bagas Wicaksana", "KABAR.com - 15/05/2024, 10:30 WIB"):
        article = clean(f"{head}\n{under}\n\n{body}")
        assert (article.text, article.facts["title"]) == (body, head), under


def test_a_line_that_is_not_surely_a_headline_stays():
    plain = "Loket itu dibuka pagi ini.\nWarga datang."
    cases = {
        "no dateline": f"Loket Baru Dibuka di Balai Kota\n{plain}",
        "a sentence": f"Loket baru dibuka di balai kota.\nPACITAN, KABAR.com - {plain}",
        "a sentence that goes on": f"loket baru yang dibuka di balai kota\nPACITAN, KABAR.com - {plain}",
        "a list": "Jadwal loket hari ini\nPacitan - 04.30\nMadiun - 04.32",
        "two lines": f"Loket Baru Dibuka di Balai Kota\nWarga Senang Sekali\nPACITAN, KABAR.com - {plain}",
        "too short": f"Loket Gratis\nPACITAN, KABAR.com - {plain}",
        "a label": f"Keterangan dari balai kota:\nPACITAN, KABAR.com - {plain}",
        "too long": f"{'Loket baru ' * 20}\nPACITAN, KABAR.com - {plain}",
        "a dateline far below": "Loket Baru Dibuka di Balai Kota\n" + "Warga datang.\n" * 6 + f"Pacitan - {plain}",
    }
    for name, raw in cases.items():
        article = clean(raw)
        assert "headline" not in [rule for _, _, rule, _ in article.removed], name
        assert "title" not in article.facts, name


def test_a_first_line_that_is_no_more_than_like_the_title_stays():
    cases = {
        "the beginning of a sentence": ("Loket gratis dibuka pagi ini.", "Loket Gratis"),
        "a sentence on two lines": ("Loket gratis\ndibuka pagi ini.", "Loket Gratis"),
        "a whole sentence": ("Loket gratis dibuka.", "Loket gratis dibuka."),
        "a full stop more": ("Loket gratis dibuka.", "Loket Gratis Dibuka"),
        "a word less": ("Loket Dibuka", "Loket Gratis Dibuka"),
        "another title": ("Loket Sore", "Loket Gratis"),
        "not the first line": ("Warga datang.\nLoket Gratis", "Loket Gratis"),
        "a blank title": ("Loket Gratis", " "),
    }
    for name, (head, title) in cases.items():
        raw = f"{head}\nPetugas melayani mereka."
        assert clean(raw, title=title).text == raw, name
    assert clean("Loket Gratis", title="Loket Gratis").text == "Loket Gratis"  # its only line
    assert clean("Loket Gratis\n(*)", title="Loket Gratis").text == "Loket Gratis"


# ---- What holds for any text -----------------------------------------------------------------------------------------

FURNITURE = [
    "JAKARTA, KABAR.com - ",
    "Surabaya - ",
    "Baca Juga: Loket Baru Dibuka di Balai Kota",
    "Baca Juga:",
    "Loket Baru Dibuka di Balai Kota",
    "Baca juga: Loket Baru. Warga datang.",
    "ADVERTISEMENT",
    "Halaman 2",
    " (abc/de)",
    " (adv)",
    "(*)",
    "Editor: Tia Marlina",
    "Cek Berita dan Artikel yang lain di Google News",
    "Artikel ini telah tayang di Kabar.com dengan judul Loket Baru",
    "TIA MARLINA",
    "***",
]
BITS = st.one_of(
    st.sampled_from(FURNITURE),
    st.sampled_from(
        ["\n", "\r\n", "\r", " ", "\u00a0", "\u00ad", "\u200b", "\u0301", "\u2028", ". ", "Warga datang.", "é"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
TEXTS = st.lists(BITS, max_size=14).map("".join)


@given(TEXTS)
@example("Kafe\u200b\u0301 itu")
@example("SOLO - SOLO - Warga datang.")
@example("Warga datang. (abc/de) (fgh/ij)\n(*)\n***\nTIA MARLINA")
@settings(max_examples=300)
def test_every_character_is_kept_or_removed_once(raw):
    article = clean(raw)
    times = [0] * len(raw)
    for begin, stop in [(a, b) for a, b, _ in article.segments] + [(a, b) for a, b, _, _ in article.removed]:
        for place in range(begin, stop):
            times[place] += 1
    assert max(times, default=0) <= 1
    for sign, count in zip(raw, times, strict=True):
        assert count == 1 or sign.isspace()
    assert all(raw[begin:stop] == text for begin, stop, _, text in article.removed)


@given(TEXTS)
@settings(max_examples=300)
def test_the_body_leads_back_to_the_raw_text(raw):
    article = clean(raw)
    assert unicodedata.is_normalized("NFC", article.text)
    paragraphs = article.text.split("\n") if article.text else []
    assert all(paragraph == paragraph.strip() != "" for paragraph in paragraphs)
    place = 0
    for begin, stop, start in article.segments:
        if start != place:
            assert article.text[place:start] == "\n"
        shown = visible(raw[begin:stop]).text
        assert article.text[start : start + len(shown)] == shown
        place = start + len(shown)
    assert place == len(article.text)
    assert [row[0] for row in article.segments] == sorted(row[0] for row in article.segments)
    assert article.removed == sorted(article.removed)


@given(TEXTS, st.sampled_from(["", "Warga datang", "Loket Baru Dibuka di Balai Kota"]))
@example("Warga datang\nWARGA  DATANG\nSOLO - Warga datang.\nIa pergi.", "Warga datang")
@settings(max_examples=300)
def test_cleaning_again_changes_nothing(raw, title):
    once = clean(raw, title=title)
    again = clean(once.text, title=title)
    assert again.text == once.text
    assert again.removed == []


# ---- Lines of many outlets, written before the rules were tried on them ----------------------------------------------
# where: what the text is put into; flag and author or source: what the article then says.

LINES = list(
    csv.DictReader((Path(__file__).parent / "data" / "lines.csv").read_text(encoding="utf-8").splitlines(keepends=True))
)
FIRST = "Pemerintah kota membuka loket layanan baru bagi warga di kantor kecamatan."
LAST = "Warga antre sejak pagi dan petugas melayani mereka sampai sore."


@pytest.mark.parametrize("where", sorted({case["where"] for case in LINES}))
def test_lines_of_many_outlets(where):
    for case in (case for case in LINES if case["where"] == where):
        text = case["text"]
        raw = {
            "start": f"{text}{FIRST}\n{LAST}",
            "middle": f"{FIRST}\n{text}\n{LAST}",
            "end": f"{FIRST}\n{LAST}\n{text}",
            "tail": f"{FIRST}\n{LAST}{text}",
            "kept": f"{FIRST}\n{text}\n{LAST}",
            "kept_tail": f"{FIRST}\n{text}",
        }[where]
        article = clean(raw)
        assert article.text == (raw if where.startswith("kept") else f"{FIRST}\n{LAST}"), text
        assert case["flag"] in article.facts.get("flags", ""), text
        if case["fact"]:
            assert case["fact"] in (article.facts.get("author"), article.facts.get("copied_from")), text


# ---- Real articles, where they are at hand ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(shared_data):
    """Every tenth article of two outlets: its text, and its headline."""
    articles = []
    for name in ("kompas", "tempo"):
        with gzip.open(shared_data / "clickid_news" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
            articles += [json.loads(line) for line in list(stream)[::10]]
    return [(article["text"], article["title"]) for article in articles]


@pytest.mark.data
def test_hardly_anything_is_taken_from_articles_without_furniture(published):
    """The publisher's furniture is gone from these texts, but for datelines and names at the end."""
    cleaned = [clean(text) for text, _ in published]
    removed = sum(len(text) for article in cleaned for _, _, _, text in article.removed)
    assert removed / sum(len(text) for text, _ in published) < 0.003
    assert all(article.text for article in cleaned)
    rules = {rule for article in cleaned for _, _, rule, _ in article.removed}
    assert rules <= {"dateline", "byline_names", "byline_initials", "cross_link", "pager", "syndication", "invisible"}


@pytest.mark.data
def test_furniture_put_into_published_articles_is_all_that_goes(published):
    """At least 99 in 100 come back to the letter; what is missed is a headline below a bare label."""
    missed = 0
    for number, (text, _) in enumerate(published):
        paragraphs = clean(text).text.split("\n")
        other, third = published[number - 1][1], published[number - 2][1]
        middle = number % len(paragraphs)
        raw = [
            "KOTA BLITAR, KABARKITA.com - " + paragraphs[0],
            *paragraphs[1 : middle + 1],
            f"Baca Juga: {other}",
            *paragraphs[middle + 1 :],
        ]
        raw[-1 if middle + 1 < len(paragraphs) else -2] += " (abc/de)"
        raw += ["Baca Juga", third, "Cek Berita dan Artikel yang lain di Google News"]
        missed += clean("\n".join(raw)).text != "\n".join(paragraphs)
    assert missed <= len(published) / 100


@pytest.mark.data
def test_no_paragraph_of_a_published_article_is_furniture(published):
    """Every paragraph as the first line of an article, and as the last."""
    wrong = 0
    paragraphs = [paragraph for text, _ in published for paragraph in clean(text).text.split("\n")]
    for paragraph in paragraphs:
        article = f"{paragraph}\nWarga datang pagi itu.\n{paragraph}"
        wrong += clean(article).text != article
    assert wrong <= len(paragraphs) / 1000


# ---- The sheet of two readers: 150 random articles of each outlet (docs/cleaning.md) ---------------------------------


@pytest.fixture(scope="module")
def sheet():
    """What two readers found to be furniture: article, digest of its text, places; an article without any has none."""
    file = Path(__file__).parent / "data" / "furniture_sheet.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("outlet", ["kompas", "tempo"])
@pytest.mark.data
def test_furniture_of_the_open_news_is_found_and_nothing_else(sheet, shared_data, outlet):
    """Recall of at least .95 and precision of at least .99, of passages."""
    with gzip.open(shared_data / "clickid_news" / f"{outlet}.jsonl.gz", "rt", encoding="utf-8") as stream:
        texts = {article["id"]: article["text"] for article in map(json.loads, stream)}
    found, taken, rightly = [], 0, 0
    rows = [row for row in sheet if row["outlet"] == outlet]
    for name in dict.fromkeys(row["article"] for row in rows):
        places = [(int(row["start"]), int(row["end"])) for row in rows if row["article"] == name and row["start"] != ""]
        removed = [(begin, stop) for begin, stop, _, _ in clean(texts[name]).removed]
        found += [any(a <= begin and stop <= b for a, b in removed) for begin, stop in places]
        taken += len(removed)
        rightly += sum(any(a < stop and begin < b for begin, stop in places) for a, b in removed)
    assert sum(found) / len(found) >= 0.95
    assert rightly / taken >= 0.99


@pytest.mark.data
def test_the_sheet_is_of_these_texts(sheet, shared_data):
    texts = {}
    for outlet in ("kompas", "tempo"):
        with gzip.open(shared_data / "clickid_news" / f"{outlet}.jsonl.gz", "rt", encoding="utf-8") as stream:
            texts |= {article["id"]: article["text"] for article in map(json.loads, stream)}
    assert len({row["article"] for row in sheet}) == 300
    for row in sheet:
        assert hashlib.sha256(texts[row["article"]].encode()).hexdigest() == row["sha256"]
