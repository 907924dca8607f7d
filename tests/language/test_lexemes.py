"""Lexemes: what is undone, what stays, and that nothing known is ever cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.language.lexemes import lexeme
from kit.lexicon.wordlists import bases, function_words, locatives, reduplications, spellings, whole_words

PLAIN = sorted(form for form in bases() if form not in spellings() and len(form) > 3)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("tugasnya bukunya kebijakannya pelayanan-nya jokowinya", "tugas buku kebijakan pelayanan jokowi"),
        ("rumahku hatimu diriku padamu untukku", "rumah hati diri pada untuk"),
        ("berikanlah lakukanlah marilah inilah janganlah", "berikan lakukan mari ini jangan"),
        ("apakah siapakah bisakah bukankah", "apa siapa bisa bukan"),
        ("apapun siapapun sedikitpun merekapun", "apa siapa sedikit mereka"),
        ("miliknyalah bukumukah hati-hatilah", "milik buku hati-hati"),
        ("kubaca kaulihat kuberikan kupertanyakan", "baca lihat berikan pertanyakan"),
        ("kebijakan-kebijakan mobil-mobilnya langkah-langkah sekolah-sekolah", "kebijakan mobil langkah sekolah"),
        ("harapan2 buku2nya undang2", "harapan buku undang-undang"),
        ("tuhan-nya asn-lah dprd-nya", "tuhan asn dprd"),
        ("tujuanya kegiatanya", "tujuan kegiatan"),
        ("ujarnya jelasnya tuturnya paparnya tegasnya terangnya", "ujar jelas tutur papar tegas terang"),
        ("imbuhnya pungkasnya tandasnya ungkapnya katanya tambahnya", "imbuh pungkas tandas ungkap kata tambah"),
        ("diapun merekapun sayapun kamipun kitapun akupun iapun", "dia mereka saya kami kita aku ia"),
        ("kamupun beliaupun andapun kalianpun engkaupun dirinyapun", "kamu beliau anda kalian engkau diri"),
        ("seluruhnya semuanya sekolahnya sebagiannya serumahnya", "seluruh semua sekolah sebagian serumah"),
        ("ibuku okelah maulah isilah", "ibu oke mau isi"),
        ("efektifitas resiko ekstrim praktek jum'at", "efektivitas risiko ekstrem praktik jumat"),
    ],
)
def test_inflection_is_undone(forms: str, expected: str) -> None:
    assert [lexeme(form) for form in forms.split()] == expected.split()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("dirumah", "di rumah"),
        ("disekolahnya", "di sekolah"),
        ("didalamnya", "di dalam"),
        ("dimana", "di mana"),
        ("dimanakah", "di mana"),
        ("kemana-mana", "ke mana-mana"),
        ("disurabaya", "di surabaya"),
        ("kesana", "ke sana"),
        ("dikantor", "di kantor"),
        ("dijakarta", "di jakarta"),
        ("didprd", "di dprd"),
        ("dipemkot", "di pemkot"),
        ("dikegiatan", "di kegiatan"),
        ("dipermukaannya", "di permukaan"),
        ("dipertambangan", "di pertambangan"),
        ("walikota", "wali kota"),
        ("kerjasamanya", "kerja sama"),
        ("bertanggungjawab", "bertanggung jawab"),
        ("pertahun", "per tahun"),
    ],
)
def test_words_written_together_come_apart(form: str, expected: str) -> None:
    assert lexeme(form) == expected


@pytest.mark.parametrize(
    "words",
    [
        "melayani dilayani pelayan pelayanan layanan terlayani mempengaruhi mensukseskan",  # voice and derivation
        "tanya ditanya bertanya-tanya punya hanya nyonya karunia",
        "masalah setelah sekolah jumlah wilayah istilah majalah pemerintah adalah ialah telah mengolah",
        "langkah naskah nikah berkah membantah perintah merekah",
        "buku laku perilaku pelaku waktu ilmu temu bertemu jamu tamu kamu aku mengaku selaku suku berliku",
        "ampun rumpun himpun menghimpun meskipun walaupun maupun ataupun kendatipun",
        "kuasa kualitas kuliah kumpul kurang kuat kunci kunjungan kuning kutub kumuh kaum kausal",
        "artinya sebaliknya misalnya akhirnya sebenarnya umumnya sebelumnya sepenuhnya satu-satunya",
        "sebesar-besarnya setinggi-tingginya selambat-lambatnya",
        "undang-undang hati-hati laki-laki tiba-tiba rata-rata kupu-kupu masing-masing cita-cita paru-paru",
        "sayur-mayur bolak-balik warna-warni tolong-menolong buah-buahan berbelit-belit perundang-undangan",
        "keluar kepada kedua kemudian kelapangan kepala keluarga dipasarkan ditempatkan dijalankan disekolahkan",
        "biasanya nantinya akibatnya sebaiknya selebihnya secukupnya seperlunya semampunya setibanya sekuatnya",
        "kira-kira jalan-jalan sela-sela umbul-umbul pare-pare kotaku tabunganku siplah",
        "didata digaji diaudit dikantongi ditangani dipertunjukan diperuntukan dinaikan diberikan dipekerjakan disulut",
        "maslah berkah langkah naskah tingkah salah kalah sebelah bersalah kuasai kuatkan kumpulkan kunjungi kukuh",
        "surabaya mojokerto kuncoro purnomo maluku kutai kupang kenya lukaku abdullah fadilah subarkah nya anya",
        "khadimul ummah bismillah good governance platform haiku person permit dispute pun kudos win-win",
        "asn dprd p3k 1960-an ke-4 se-jawa non-asn pro-rakyat 2-1",
    ],
)
def test_these_stay_whole(words: str) -> None:
    assert [lexeme(word) for word in words.split()] == words.split()


def test_no_known_word_is_ever_cut() -> None:
    known = [*PLAIN, *(form for form in function_words() if form not in spellings()), *whole_words(), *reduplications()]
    assert [form for form in known if lexeme(form) != form] == []


def test_nya_comes_off_every_base_and_every_plural() -> None:
    plain = [form for form in PLAIN if form + "nya" not in function_words()]
    # peta + nya is spelt like the agent noun of tanya: the only such pairs
    homographs = {form for form in ("pena", "peta") if form in plain}
    assert {form for form in plain if lexeme(form + "nya") != form} == homographs
    plural = [form for form in plain if f"{form}-{form}" not in {*reduplications(), *whole_words()}]
    assert [form for form in plural if lexeme(f"{form}-{form}nya") != form] == []


def test_every_place_word_comes_apart_from_its_preposition() -> None:
    for form, prepositions in locatives().items():
        for preposition in prepositions:
            assert lexeme(preposition + form) == f"{preposition} {form}"
            assert preposition + form not in bases()


@given(st.text(alphabet="abdeghiklmnprstuy-2", max_size=14))
def test_lexeme_never_fails_never_empties_and_settles(form: str) -> None:
    plain = lexeme(form)
    assert bool(plain) == bool(form)
    assert len(lexeme(plain)) <= len(plain) + 1


@given(st.sampled_from(PLAIN), st.sampled_from(["lah", "kah", "pun"]))
def test_particles_come_off_known_words(base: str, particle: str) -> None:
    assert lexeme(base + particle) in (base, base + particle)
    assert lexeme(f"{base}-{particle}") == base
