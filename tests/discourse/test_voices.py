"""Whom a pronoun, an epithet or a nickname means, and what is said without *bahwa*: each kind in a made-up text."""

from __future__ import annotations

import pandas as pd
import pytest

import kit

#: A text, and what is found in it: type, words, speaker.
Found = list[tuple[str, str, str | None]]

CASES: dict[str, tuple[str, Found]] = {
    "a numbered commission before a name that is used alone": (
        'Wakil Ketua Komisi V Lasarus mengatakan warga sabar. "Kami siap," kata Lasarus.',
        [("indirect", "warga sabar", "Lasarus"), ("direct", "Kami siap", "Lasarus")],
    ),
    "what somebody agrees with is not told by who said it": (
        "Camat Sari Dewi mengatakan setuju dengan apa yang disampaikan Presiden, karena warga sabar.",
        [("indirect", "setuju dengan apa yang disampaikan Presiden, karena warga sabar", "Sari Dewi")],
    ),
    "police in short": (
        '"Kami siap," jelas Kasatlantas Polres Batu Kompol Hari Admoko.',
        [("direct", "Kami siap", "Hari Admoko")],
    ),
    "an epithet by looks and age": (
        'Camat Sari Dewi hadir. "Siap," pinta perempuan berhijab itu. Wanita berusia 45 tahun ini menilai harga naik.',
        [("direct", "Siap", "Sari Dewi"), ("indirect", "harga naik", "Sari Dewi")],
    ),
    "who hopes is no epithet": (
        "Camat Sari Dewi hadir. Para pengusaha berharap pengurusan ini cepat.",
        [("indirect", "pengurusan ini cepat", "pengusaha")],
    ),
    "an aside with a preposition": (
        "Sekretaris Daerah Bono Saiman, lewat pesan WhatsApp, menerangkan bahwa warga sabar.",
        [("indirect", "warga sabar", "Bono Saiman")],
    ),
    "a clause whose subject has a place behind it": (
        "Adapun Menteri Keuangan memastikan transfer ke daerah disalurkan. Pemkab Batu mengklaim indeksnya tertinggi.",
        [
            ("indirect", "transfer ke daerah disalurkan", "Menteri Keuangan"),
            ("indirect", "indeksnya tertinggi", "Pemkab Batu"),
        ],
    ),
    "a passive with who speaks before it": (
        "Bupati Sari Dewi hadir. Hal itu dia sampaikan di Jakarta. Dokumen itu ia sampaikan ke dinas.",
        [("attribution_only", "", "Sari Dewi")],
    ),
    "somebody by the name of": (
        'Bupati Sari Dewi hadir. Seorang warga bernama Yohana mengapresiasi langkah itu. "Akhirnya," katanya.',
        [("attribution_only", "", "Yohana"), ("direct", "Akhirnya", "Yohana")],
    ),
    "the short name before sapaan": (
        'Ketua KPU Mochammad Afifuddin menegaskan siap. Afif, sapaan Afifuddin, menilai harga naik. "Ya," kata Afif.',
        [
            ("indirect", "siap", "Mochammad Afifuddin"),
            ("indirect", "harga naik", "Mochammad Afifuddin"),
            ("direct", "Ya", "Mochammad Afifuddin"),
        ],
    ),
    "an epithet that is the subject itself": (
        "Direktur Bono Saiman memaparkan hasil itu. Guru Besar UIN Syarif Hidayatullah itu menduga harga naik.",
        [("indirect", "harga naik", "Bono Saiman")],
    ),
    "what is asked for, and what is not": (
        "Ketua Apdesi Bono Saiman meminta pendampingan, bukan ancaman.",
        [("indirect_command", "pendampingan, bukan ancaman", "Bono Saiman")],
    ),
    "words that report behind marks alone": (
        'Bupati Sari Dewi hadir. "Jangan korupsi," ingatnya. "Kami akan datang," janji Sari. "Ayo jujur," ajaknya.',
        [
            ("direct", "Jangan korupsi", "Sari Dewi"),
            ("direct", "Kami akan datang", "Sari Dewi"),
            ("direct", "Ayo jujur", "Sari Dewi"),
        ],
    ),
    "and nowhere else": ('Bupati Sari Dewi hadir. Program "Kampung Jujur", janji manis bupati, gagal.', []),
    "the short name of a body is the body": (
        'Badan Pengawas Pelayanan (BPP) menyatakan bahwa warga sabar. "Kami siap," tulis BPP.',
        [("indirect", "warga sabar", "Badan Pengawas Pelayanan"), ("direct", "Kami siap", "Badan Pengawas Pelayanan")],
    ),
    "who welcomes it is meant by what follows": (
        'Bupati Sari Dewi hadir. Hal itu disambut baik oleh Ketua YLKI, Indah Susmita. "Lanjutkan," pesannya.',
        [("direct", "Lanjutkan", "Indah Susmita")],
    ),
    "a name behind a common noun for a place": (
        "Pendamping desa Nur Aini menuturkan, laporan belum ada.",
        [("indirect", "laporan belum ada", "Nur Aini")],
    ),
    "short names of bodies before a name": (
        "Kepala BIN Bono Saiman mengatakan warga sabar. Kepala Biro Humas Kominfo Efa Setu menilai harga naik.",
        [("indirect", "warga sabar", "Bono Saiman"), ("indirect", "harga naik", "Efa Setu")],
    ),
    "an age between commas tells of a person": (
        'Antrean mengular. Risma Dewi, 29, datang sejak pagi. "Saya izin kerja," tuturnya.',
        [("direct", "Saya izin kerja", "Risma Dewi")],
    ),
    "what is voiced points back": (
        'Keluhan yang sama dilontarkan Agus Hermanto, 51. Bapak tiga anak itu ditolak. "Berkas saya lengkap," ucapnya.',
        [("attribution_only", "", "Agus Hermanto"), ("direct", "Berkas saya lengkap", "Agus Hermanto")],
    ),
    "active verbs point back too": (
        'Presiden Sari Dewi (Sadew) hadir. Kepala Negara menyampaikan hal itu di Bogor. "Kami siap," tandas Sadew.',
        [("attribution_only", "", "Sari Dewi"), ("direct", "Kami siap", "Sari Dewi")],
    ),
    "what is said of that matter does not": (
        "Bupati Sari Dewi menganggap hal itu sebagai ancaman. Ia memastikan kabar itu tidak benar.",
        [("indirect", "hal itu sebagai ancaman", "Sari Dewi"), ("indirect", "kabar itu tidak benar", "Sari Dewi")],
    ),
    "nor is what is reported to the police": (
        'Kapolres Bono Saiman mengatakan warga sabar. Pelaku melaporkan hal itu ke Polres. "Diperiksa," sebut dia.',
        [("indirect", "warga sabar", "Bono Saiman"), ("direct", "Diperiksa", "Bono Saiman")],
    ),
    "bilang opens a clause": (
        "Camat Yustina Ogoney hadir. Perempuan 48 tahun ini bilang, izin terbit. Dia bilang bupati akan datang.",
        [("indirect", "izin terbit", "Yustina Ogoney"), ("indirect", "bupati akan datang", "Yustina Ogoney")],
    ),
    "short words for an office": (
        'Menteri Keuangan Sari Dewi hadir. "Kami siap," kata Menkeu. Wabup Bono Saiman mengatakan warga sabar.',
        [("direct", "Kami siap", "Sari Dewi"), ("indirect", "warga sabar", "Bono Saiman")],
    ),
    "a body's short name is nobody's": (
        'Kepala Badan Kepegawaian Negara (BKN) Bono Saiman hadir. "Kami siap," kata BKN.',
        [("direct", "Kami siap", "BKN")],
    ),
    "a university before a name": (
        "Rektor Unand Efa Yonnedi berkomitmen membuka data. Ia menjamin data itu benar.",
        [("indirect", "membuka data", "Efa Yonnedi"), ("indirect", "data itu benar", "Efa Yonnedi")],
    ),
    "two verbs of one speaker": (
        "Bupati Sari Dewi mengimbau dan meminta warga agar sabar.",
        [("indirect_command", "agar sabar", "Sari Dewi")],
    ),
    "behind a clause with yang the subject is who stands before it": (
        "Gubernur Sari Dewi mengatakan warga ria. Sekda Sumarno, yang ada di dekat gubernur, menilai data itu benar.",
        [("indirect", "warga ria", "Sari Dewi"), ("indirect", "data itu benar", "Sumarno")],
    ),
    "whom a demand comes from is meant by what follows": (
        (
            "Bupati Sari Dewi mengatakan warga sabar. Desakan serupa datang dari Koordinator MAKI Bono Saiman. "
            "Ia menilai harga naik."
        ),
        [("indirect", "warga sabar", "Sari Dewi"), ("indirect", "harga naik", "Bono Saiman")],
    ),
    "an epithet by stars": (
        "Kapolda Jatim Irjen Imam Sugito mengatakan warga sabar. Jenderal bintang dua itu menyebut harga naik.",
        [("indirect", "warga sabar", "Imam Sugito"), ("indirect", "harga naik", "Imam Sugito")],
    ),
    "an order without a prefix": (
        "Wali Kota Sari Dewi meminta seluruh lurah turun ke lapangan.",
        [("indirect_command", "seluruh lurah turun ke lapangan", "Sari Dewi")],
    ),
    "a letter that numbers a commission is no initial": (
        "Ketua Komisi A Sari Dewi mengatakan warga sabar. Wakil Ketua Komisi X Hetita Sarlina menyatakan setuju.",
        [("indirect", "warga sabar", "Sari Dewi"), ("indirect", "setuju", "Hetita Sarlina")],
    ),
    "what stands behind a village head is the village": (
        (
            "Camat Wonojati Ahmad Fauzi mengatakan warga sabar. Kades Wonorejo Sutikno menilai harga naik. "
            '"Kami siap," kata Sutikno.'
        ),
        [
            ("indirect", "warga sabar", "Ahmad Fauzi"),
            ("indirect", "harga naik", "Sutikno"),
            ("direct", "Kami siap", "Sutikno"),
        ],
    ),
    "a village head's name without a village": (
        'Kades Bambang Sutikno menilai harga naik. "Kami siap," kata Sutikno.',
        [("indirect", "harga naik", "Bambang Sutikno"), ("direct", "Kami siap", "Bambang Sutikno")],
    ),
    "the first of a place": (
        'Bupati Sari Dewi datang. "Kami siap," imbuh orang nomor satu di Malang tersebut.',
        [("direct", "Kami siap", "Sari Dewi")],
    ),
    "before a verb without a prefix a name ends": (
        'Gubernur Sari Dewi hadir. "Kami siap," katanya.',
        [("direct", "Kami siap", "Sari Dewi")],
    ),
    "who is asked to say something has not said it": (
        'Camat Sari Dewi meminta warga melapor jika ada pungutan. "Jangan takut," pintanya.',
        [
            ("indirect_command", "warga melapor jika ada pungutan", "Sari Dewi"),
            ("direct", "Jangan takut", "Sari Dewi"),
        ],
    ),
    "nor has who was asked": ("Warga diminta menegaskan bahwa layanan buruk.", []),
    "a report may be what is judged": (
        "Ekonom Sari Dewi menyebut laporan utang belum dibuka.",
        [("indirect", "laporan utang belum dibuka", "Sari Dewi")],
    ),
    "or what is handed over": ("Ekonom Sari Dewi menyampaikan laporan tidak resmi.", []),
    "who denies is meant by what follows": (
        (
            "Bupati Sari Dewi mengatakan warga sabar. Kuasa hukum PTS, Handoko, membantah tudingan itu. "
            'Ia mengatakan kliennya sehat. "Klien kami hadir," kata dia.'
        ),
        [
            ("indirect", "warga sabar", "Sari Dewi"),
            ("attribution_only", "", "Handoko"),
            ("indirect", "kliennya sehat", "Handoko"),
            ("direct", "Klien kami hadir", "Handoko"),
        ],
    ),
    "who does not speak is meant too": (
        'Bupati Sari Dewi mengatakan warga sabar. Manajer pabrik, Kholil, enggan hadir. "Tanya saja pusat," ujarnya.',
        [("indirect", "warga sabar", "Sari Dewi"), ("direct", "Tanya saja pusat", "Kholil")],
    ),
    "one of two is nobody": (
        'Wali Kota Arman Tanjung bertemu Ketua DPRD Budi Santika. "Kami sepakat soal pasar," katanya.',
        [("direct", "Kami sepakat soal pasar", None)],
    ),
    "what stands in the sentence of kata dia is told of": (
        "Bupati Sari Dewi mengatakan warga sabar. Umayah, kata dia, sangat rajin.",
        [("indirect", "warga sabar", "Sari Dewi"), ("indirect", "Umayah, kata dia, sangat rajin", "Sari Dewi")],
    ),
    "degrees": (
        "Kepala Dinas Kesehatan Tono Arsa Daton, S.H., M.Sc., Ph.D., mengungkapkan pihaknya menemukan uang.",
        [("indirect", "pihaknya menemukan uang", "Tono Arsa Daton")],
    ),
    "degrees before the verb": (
        "Ketua KPU Kota Makassar Hj. Andi Nurhayati, S.Sos., M.A.P. mengatakan logistik tiba.",
        [("indirect", "logistik tiba", "Andi Nurhayati")],
    ),
    "a body whose letters are those of a degree": (
        "Dalam gugatan itu, MA menyatakan bahwa warga menang.",
        [("indirect", "warga menang", "MA")],
    ),
    "a short name that begins the full one": (
        'Ketua KPK Alexander Marwata mengatakan warga sabar. "Tarifnya naik," kata Alex.',
        [("indirect", "warga sabar", "Alexander Marwata"), ("direct", "Tarifnya naik", "Alexander Marwata")],
    ),
    "a short name that begins two": (
        'Alexander Marwata mengatakan, warga sabar. Alexis Sitorus mengatakan, warga ria. "Tarifnya habis," kata Alex.',
        [
            ("indirect", "warga sabar", "Alexander Marwata"),
            ("indirect", "warga ria", "Alexis Sitorus"),
            ("direct", "Tarifnya habis", "Alex"),
        ],
    ),
    "a nickname": (
        'Siti Warsinah (47), yang akrab disapa Mbok Nah, berjualan gudeg. "Dulu ramai sekali," kata Mbok Nah.',
        [("direct", "Dulu ramai sekali", "Siti Warsinah")],
    ),
    "an epithet": (
        'Menteri Abdul Azwar mengatakan warga sabar. "Kami siap," ujar mantan Kepala LKPP itu.',
        [("indirect", "warga sabar", "Abdul Azwar"), ("direct", "Kami siap", "Abdul Azwar")],
    ),
    "an epithet with a relative clause": (
        'Menteri Abdul Azwar mengatakan warga sabar. "Kami siap," kata pria yang gemar memasak itu.',
        [("indirect", "warga sabar", "Abdul Azwar"), ("direct", "Kami siap", "Abdul Azwar")],
    ),
    "who was introduced by the noun is meant by it": (
        'Seorang pedagang menangis. Bupati Sari Dewi mengatakan warga sabar. "Habis semua," kata pedagang itu.',
        [("indirect", "warga sabar", "Sari Dewi"), ("direct", "Habis semua", "pedagang")],
    ),
    "who holds an office without a word before": (
        'Hakim ketua Suratno memberi waktu sepekan. "Sidang ditunda dulu," kata hakim.',
        [("direct", "Sidang ditunda dulu", "Suratno")],
    ),
    "single marks inside others": (
        "\"Presiden berpesan, 'Jangan sampai rakyat menunggu',\" ujar Menteri Abdul Azwar.",
        [
            ("direct", "Presiden berpesan, 'Jangan sampai rakyat menunggu'", "Abdul Azwar"),
            ("direct", "Jangan sampai rakyat menunggu", "Presiden"),
        ],
    ),
    "demikian and a name": (
        'Bupati Sari Dewi mengatakan warga sabar. "Jangan takut melapor," demikian Sari.',
        [("indirect", "warga sabar", "Sari Dewi"), ("direct", "Jangan takut melapor", "Sari Dewi")],
    ),
    "a phrase ends with its paragraph": (
        "Menteri: Kapal Harus Tepat Waktu\n\nJakarta - Menteri Perhubungan Sari Dewi mengatakan warga sabar.",
        [("indirect", "warga sabar", "Sari Dewi")],
    ),
}

#: What a verb of saying opens without *bahwa*, and the words reported; None: nothing is reported.
OPENED: dict[str, str | None] = {
    "Bupati Sari Dewi menjelaskan keduanya diamankan polisi.": "keduanya diamankan polisi",
    "Bupati Sari Dewi menyebut praktik itu menciderai prinsip.": "praktik itu menciderai prinsip",
    "Bupati Sari Dewi menyatakan angka kemiskinan turun.": "angka kemiskinan turun",
    "Bupati Sari Dewi menekankan pentingnya transparansi.": "pentingnya transparansi",
    "Bupati Sari Dewi mengaku prihatin.": "prihatin",
    "Bupati Sari Dewi berjanji tidak ada lagi pungli.": "tidak ada lagi pungli",
    "Bupati Sari Dewi membantah menerima uang.": "menerima uang",
    "Bupati Sari Dewi mengajak warga bekerja.": "warga bekerja",
    "Bupati Sari Dewi menjelaskan cara mengurus izin.": None,
    "Bupati Sari Dewi mengungkapkan hal sama.": None,
    "Bupati Sari Dewi menyampaikan surat kepada warga.": None,
}

#: An office with a name behind it, and where the name begins.
NAMED = {
    "Wakil Ketua Komisi II DPR RI": "Yanuar Prihatin",
    "Kapolda Metro Jaya Irjen Pol": "Karyoto",
    "Bupati Sukoharjo": "Etik Wardoyo",
    "Kepala Desa Wadas": "Fahri Setyanto",
    "Wali Nagari Koto Tinggi": "Yulfira Chaniago",
    "Bendesa Adat Tegal Sari": "Ni Luh Kadek Arini",
    "Kepala Dinas Kesehatan NTB dr.": "Anak Agung Ngurah Putra",
    "Danrem 045/Garuda Jaya Kolonel Inf": "Dadang Arif",
    "Senior Manager Public Policy Gojek": "Gharnis Athe",
    "Marketing and Communication Department Head PT Jasa Marga (Persero) Tbk": "Irra Susiyanti",
    "Senior Manager R&D NMI": "Jauhari Adzannis",
    "Managing Director of Grab Indonesia": "Neneng Goenadi",
    "Direktur Utama PT Adhi Karya": "Ki Syahgolang Permata",
    "Direktur Utama PT Sumber Ilmu": "Joko Prabowo",
    "Presiden Direktur Telkomsel": "Emma Sri Martini",
    "Menteri Luar Negeri AS": "Mike Pompeo",
    "Direktur Penyuluhan Direktorat Jenderal Pajak Kementerian Keuangan": "Hestu Yoga",
    "Corporate Secretary BRI": "Hari Purnomo",
    "Kepala Dinas LH": "Yogi Ikhwan",
    "Panit Tindak Satlantas Polres Jakarta Selatan Ipda": "Deni Setiawan",
}

#: Sentences of which the first names somebody whom the other names in short: what stands beside the name, and the name.
TOLD = {
    "Direktur Program Tamana Buni Yoppy Rosimin mengatakan warga sabar. Kami ke Tamana Buni.": "Yoppy Rosimin",
    "Direktur Program Tamana Buni Yoppy Rosimin mengatakan warga sabar. Yoppy Rosimin mengatakan itu.": "Yoppy Rosimin",
    "Wakil Ketua KPI Pusat Mulyo Hadi mengatakan warga sabar. KPI menegaskan itu.": "Mulyo Hadi",
    "Rektor IPB Arif Satria Ketua Dewan Guru Besar mengatakan warga sabar. Kata Arif, baik.": "Arif Satria",
}


def table_of(text: str) -> pd.DataFrame:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    return kit.find_quotations(corpus)


@pytest.mark.parametrize("case", CASES)
def test_each_way_to_name_a_speaker_is_read(case: str) -> None:
    text, expected = CASES[case]
    rows = table_of(text)
    speakers = [None if pd.isna(name) else name for name in rows["speaker"]]
    spans = [text[start:end] for start, end in zip(rows["start"], rows["end"], strict=True)]
    assert list(zip(rows["type"], spans, speakers, strict=True)) == expected


def test_what_a_verb_opens_without_bahwa() -> None:
    for text, words in OPENED.items():
        rows = table_of(text)
        found = [text[start:end] for start, end in zip(rows["start"], rows["end"], strict=True)]
        assert found == ([] if words is None else [words]), text


def test_who_admits_criticises_or_confirms_something_is_attributed_without_words() -> None:
    for verb in ("mengakui keterbatasan blangko", "membenarkan hal itu", "mengkritik rencana itu", "menepis kabar itu"):
        rows = table_of(f"Bupati Sari Dewi {verb}.")
        assert rows[["type", "speaker"]].to_numpy().tolist() == [["attribution_only", "Sari Dewi"]], verb
    assert table_of("Bupati Sari Dewi tidak mengakui hal itu.").empty


def test_role_and_name_are_told_apart() -> None:
    for role, name in NAMED.items():
        rows = table_of(f"{role} {name} mengatakan warga sabar.")
        assert rows["speaker"].tolist() == [name], role


def test_the_document_tells_where_a_body_ends_and_a_name_begins() -> None:
    for text, name in TOLD.items():
        assert table_of(text)["speaker"].iloc[0] == name, text


def test_nobody_is_named_where_a_firm_stands_alone() -> None:
    for role in ("Direktur Utama PT Sinar Karya Abadi", "Direktur Utama PT Indotruck Utama", "Kadispen TNI AL"):
        rows = table_of(f"{role} mengatakan warga sabar.")
        assert rows[["speaker", "role"]].to_numpy().tolist() == [[role, role]]


def test_two_people_who_are_joined_keep_their_own_offices() -> None:
    hadir = "Hadir Gubernur Jawa Tengah Ganjar Pranowo{} dan Wali Kota Bogor Bima Arya."
    for comma in ("", ","):
        rows = table_of(hadir.format(comma) + ' "Siap," kata Bima. "Siap juga," kata Ganjar.')
        assert rows[["speaker", "role"]].to_numpy().tolist() == [
            ["Bima Arya", "Wali Kota Bogor"],
            ["Ganjar Pranowo", "Gubernur Jawa Tengah"],
        ]
    rows = table_of("Gubernur Jawa Tengah Ganjar Pranowo dan Wali Kota Bogor Bima Arya mengatakan warga sabar.")
    assert rows["speaker"].tolist() == ["Ganjar Pranowo"]
    rows = table_of("Menteri Politik, Hukum, dan Keamanan Mahfud MD mengatakan warga sabar.")
    assert rows["speaker"].tolist() == ["Mahfud MD"]


def test_a_word_of_respect_that_is_used_alone_is_a_name() -> None:
    rows = table_of('Kepala Humas Gojek Teuku Parvinanda mengatakan warga sabar. "Tenang," kata Teuku.')
    assert rows["speaker"].tolist() == ["Teuku Parvinanda", "Teuku Parvinanda"]


def test_who_speaks_is_read_without_the_manner_and_with_the_town_and_the_trade() -> None:
    """*serempak* was part of the speaker, one name behind *Wali Kota Kediri* of the town, and Sri the trader nobody."""
    for text, speaker, role in (
        ("“Setuju,” jawab anggota dewan serempak.", "anggota dewan", "anggota dewan"),
        ("“Tenang,” jawab Kadis Budi enteng.", "Budi", "Kadis"),
        ("Wali Kota Kediri Zanariah mengatakan layanan membaik.", "Zanariah", "Wali Kota Kediri"),
        ("Wali Kota Gunung Sitoli mengatakan layanan membaik.", *["Wali Kota Gunung Sitoli"] * 2),
        ("Warga bernama Sri (45), pedagang di Pasar Legi, mengatakan harga naik.", "Sri", "pedagang"),
        ("Salah satu warga, Sri (45), pedagang di Pasar Legi, mengatakan harga naik.", "Sri", "pedagang"),
        ("Setelah bertemu Budi Santoso, petugas di Pasar Legi, mengatakan harga naik.", "petugas", "petugas"),
    ):
        assert table_of(text)[["speaker", "role"]].to_numpy().tolist() == [[speaker, role]], text


def test_who_speaks_beside_another() -> None:
    """What two blind readers found wrong in a fifth round."""
    told = {
        "Suwoto yang sedang melakukan dinas luar ke Surabaya menambahkan, warga sabar.": "Suwoto",
        "Dalam rapat itu anggota DPR kompak menyatakan setuju atas usul itu.": "anggota DPR",
        "Udara di kawasan Cilincing kotor. Menurut Lurah Cilincing Sugiman, warga sabar.": "Sugiman",
        "Menurut Camat Ahmad Fauzi, warga sabar.": "Ahmad Fauzi",
        "Pimpinan rapat yakni Wakil Ketua DPRD Sudiro Asno tak setuju. Tapi dia mengatakan akan hadir.": "Sudiro Asno",
        '"Bank Indonesia mengundang warga," tulis dalam situs resmi BI, Sabtu.': "BI",
        '"Siap," kata Director Programming & Acquisition RCTI Dini Putri di studio.': "Dini Putri",
        "Jalan itu hanya untuk tiga jam, kata Parker, menurut News.co.au.": "Parker",
    }
    for text, name in told.items():
        assert table_of(text)["speaker"].tolist() == [name], text
    rows = table_of(
        "Menurut Raymond McCord, aktivis HAM, warga akan menggugat. Pengacara McCord mengatakan warga sabar."
    )
    assert rows["speaker"].tolist() == ["Raymond McCord", "Pengacara McCord"]


def test_an_apposition_is_no_part_of_what_is_reported() -> None:
    text = "Menurut Acep, kepala desa, lahan terbakar."
    rows = table_of(text)
    assert text[rows["start"][0] : rows["end"][0]] == "lahan terbakar"
    rows = table_of("Selanjutnya, kata Anies, Pemerintah DKI akan bekerja sama dengan warga.")
    assert rows[["speaker", "role"]].to_numpy().tolist()[0][0] == "Anies"
    assert rows["role"].isna().all()
