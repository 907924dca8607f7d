"""Mentions: the seed article's oracle, the traps of the domain, the worked examples of the documentation, the table."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kit
from kit.codebook import conditions, loading, notation
from kit.codebook.looked_up import mentions_by_choice, mentions_of, places_of, source_of
from kit.codebook.matching import Source
from kit.codebook.validation import check
from kit.codebook.variants import by_lexeme, without_context
from kit.index.indexing import index_texts

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "codebook.md"
COLUMNS = ["doc_id", "doc", "concept", "pattern", "start", "end", "sentence", "gloss", "polarity", "is_name", "seal"]


@pytest.fixture(scope="module")
def codebook():
    return kit.load_codebook()


@pytest.fixture(scope="module")
def body(oracles):
    return (oracles / "seed_article_body.txt").read_text(encoding="utf-8")


def rows(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def corpus_of(**texts):
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())}), clean=False)


def hits_of(concept, text, codebook):
    """Surfaces of a concept's hits in a text; a gloss in parentheses."""
    found = mentions_of(Source(index_texts([text])), codebook)
    found = found[found["concept"] == concept]
    return [
        f"({text[start:end]})" if gloss else text[start:end]
        for start, end, gloss in found[["start", "end", "gloss"]].itertuples(index=False)
    ]


# The seed article, counted by reading.


def test_every_hit_of_the_seed_with_its_offsets_and_gloss_mark(oracles, body, codebook):
    expected = {
        (
            row["concept_id"],
            row["pattern"],
            int(row["body_start"]),
            int(row["body_end"]),
            row["surface"],
            int(row["sentence_no"]),
            row["status"] == "gloss_of_previous",
        )
        for row in rows(oracles / "seed_article_concepts.csv")
    }
    found = mentions_of(Source(index_texts([body])), codebook)
    assert {
        (row.concept, row.pattern, row.start, row.end, body[row.start : row.end], row.sentence + 1, row.gloss)
        for row in found.itertuples()
    } == expected
    assert len(found) == len(expected) == 74


def test_totals_of_the_seed_with_its_zeros(oracles, body, codebook):
    found = mentions_of(Source(index_texts([body])), codebook)
    counts = rows(oracles / "seed_article_concept_counts.csv")
    assert [row["concept_id"] for row in counts] == codebook.concepts["concept"].tolist()
    for row in counts:
        hits = found[found["concept"] == row["concept_id"]]
        assert len(hits) == int(row["expected_hits"]), row
        assert (~hits["gloss"]).sum() == int(row["expected_mentions"]), row
        assert hits["sentence"].nunique() == int(row["expected_sentences"]), row


@pytest.mark.parametrize(
    ("switch", "concept", "hits", "mentions"),
    [
        ({"enable": ["berdampak"]}, "efektivitas", 3, 3),
        ({"disable": ["menunggu terlalu lama"]}, "responsivitas", 4, 3),
        ({"disable": ["eselon"]}, "aktor-birokrasi", 4, 4),
    ],
)
def test_ambiguous_calls_of_the_seed_can_be_switched(body, codebook, switch, concept, hits, mentions):
    found = mentions_of(Source(index_texts([body])), codebook.with_patterns(**switch))
    found = found[found["concept"] == concept]
    assert (len(found), (~found["gloss"]).sum()) == (hits, mentions)


def test_only_the_named_fault_of_the_seed_is_negative(body, codebook):
    found = mentions_of(Source(index_texts([body])), codebook)
    assert found.loc[found["polarity"] != "", ["pattern", "polarity"]].to_numpy().tolist() == [
        ["menunggu terlalu lama", "negative"]
    ]


# Variants that must and must not match: (concept, text, hits).

MUST = [
    ("pelayan-masyarakat", "pelayan masyarakat; pelayan publik; pelayan rakyat; abdi masyarakat; public servant", 5),
    ("pelayan-masyarakat", "khadimul ummah, khadimul umat, khadimul ummat, khodimul ummah, khodimul umat", 5),
    ("pelayan-masyarakat", "seorang Khadim al-Ummah", 1),
    ("pelayanan-publik", "pelayanan, pelayanannya, layanan, MPP, public service", 5),
    ("melayani", "melayani dan Pemkot Layani Warga", 2),
    ("dilayani", "dilayani, minta dilayani, terlayani", 3),
    ("pengabdian", "pengabdian, mengabdi, mengabdikan, amanah, ikhlas", 5),
    ("akuntabilitas", "akuntabel, akuntabilitas, dipertanggungjawabkan, SAKIP", 4),
    ("transparansi", "transparan, keterbukaan, UU KIP, PPID", 4),
    ("efektivitas", "efektif, efektivitas, efektifitas", 3),
    ("efisiensi", "efisien, efisiensi", 2),
    ("responsivitas", "cepat, tanggap, gercep, gerak cepat, sigap, sat set, sat-set", 7),
    ("clean-government", "pemerintahan yang bersih, pemerintahan bersih, bersih dari korupsi, WBK, WBBM", 5),
    ("good-governance", "good governance, tata kelola, tata kelola pemerintahan, AUPB", 4),
    ("supremasi-hukum", "kepastian hukum, penegakan hukum, supremasi hukum", 3),
    ("partisipasi", "partisipasi, partisipatif, musrenbang, aspirasi, gotong-royong", 5),
    ("kesetaraan", "adil, keadilan, inklusif, diskriminasi", 4),
    ("konsensus", "musyawarah, mufakat, rembuk", 3),
    ("konsensus", "musyawarah untuk mufakat", 1),
    ("visi-strategis", "visi, RPJMD, Indonesia Emas", 3),
    ("profesionalisme", "profesional, profesionalitas, netralitas, disiplin, merit system", 5),
    ("kompetensi", "kompeten, kompetensi, kapabilitas, bangkom", 4),
    ("integritas-antikorupsi", "integritas, korupsi, pungli, gratifikasi, KPK, anti-korupsi", 6),
    ("reformasi-birokrasi", "reformasi birokrasi, reformasi birokrasi tematik, indeks RB", 3),
    ("rb-kemiskinan", "pengentasan angka kemiskinan, kemiskinan ekstrim", 2),
    ("rb-digitalisasi", "e-government, smart city, SPBE", 3),
    ("kepemimpinan", "memberi teladan", 1),
    ("koordinasi", "koordinasi, sinergi, menyamakan persepsi, kesatuan gerak", 4),
    ("aktor-asn", "ASN, PNS, pegawai", 3),
    ("aktor-birokrasi", "birokrasi, aparat pemerintahan", 2),
    ("aktor-pemda", "Pemkot, PEMKAB, setiap daerah, kabupaten/kota", 4),
    ("aktor-kepala-daerah", "Penjabat Wali Kota, Pj. Wali Kota, Pj Wali Kota, Walikota, Bupati", 5),
    ("aktor-warga", "masyarakat, warga, rakyat", 3),
]
MUST_NOT = [
    ("pelayan-masyarakat", "pelayanan masyarakat; pelayan restoran; pelayan toko; kepala pelayan"),
    ("pelayanan-publik", "pelayan melayani; layanan pesan, layanan pesan-antar dan layanan pelanggan"),
    ("melayani", "dilayani, terlayani, bukan sebaliknya"),
    ("dilayani", "melayani, layani, bukan sebaliknya"),
    ("pengabdian", "pengabdian kepada masyarakat, pengabdian masyarakat; Masjid Amanah, PT Amanah"),
    ("akuntabilitas", "akuntan, akuntansi, tanggung jawab, bertanggung jawab"),
    ("transparansi", "plastik transparan, Kartu KIP, kartu KIP-nya, KIP Kuliah, Transparency International, kip"),
    ("efektivitas", "berlaku efektif, efektif per 1 Januari, hari efektif, minggu efektif, mulai efektif, berdampak"),
    (
        "responsivitas",
        "percepatan, secepatnya, kereta cepat, tes cepat; tanggapan, menanggapi, tanggapnya, tanggap darurat",
    ),
    ("clean-government", "air bersih, bersih-bersih, kerja bakti bersih, laba bersih, bersih desa"),
    (
        "good-governance",
        "tata kelola data, tata kelola perusahaan, tata kelola keuangan, good corporate governance, GG",
    ),
    ("supremasi-hukum", "hukum, hukuman, dihukum"),
    ("partisipasi", "partisipasi pemilih"),
    ("kesetaraan", "pengadilan, peradilan, mengadili, Partai Keadilan Sejahtera, keadilan restoratif"),
    ("konsensus", "Musyawarah Daerah, Musyawarah Nasional, Musyawarah Perencanaan Pembangunan"),
    ("visi-strategis", "televisi, revisi, divisi, supervisi, kedepan, kedepannya, ke depan"),
    ("profesionalisme", "pemain profesional, petinju profesional, profesi, profesor, Komisi Disiplin"),
    ("kompetensi", "kompetisi, uji kompetensi siswa, berkapasitas, dalam kapasitasnya sebagai saksi"),
    ("integritas-antikorupsi", "mahasiswa KKN, disuapi, integrasi, terintegrasi, kkn"),
    ("berakhlak", "anak yang berakhlak, Berakhlak"),
    ("reformasi-birokrasi", "PAN RB, PANRB, PAN-RB, KemenPAN-RB, era Reformasi, RB Leipzig"),
    ("reformasi-birokrasi", "Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"),
    ("koordinasi", "koordinat, Kementerian Koordinator, Menko"),
    ("aktor-asn", "asn, tugas-tugasnya, kotak P3K, pegawai swasta"),
    ("aktor-birokrasi", "aparat keamanan, aparat kepolisian, reformasi birokrasi"),
    ("aktor-pemda", "kabupaten, kota, provinsi"),
    ("aktor-kepala-daerah", "Wakil Wali Kota, calon bupati, Gubernur Bank Indonesia, pemilihan kepala daerah"),
    ("aktor-presiden", "prioritas Presiden, wakil presiden, calon presiden, Presiden Direktur"),
    ("aktor-warga", "pelayan masyarakat, Dewan Perwakilan Rakyat, warga binaan, pelayanan publik, pro rakyat"),
]


@pytest.mark.parametrize(("concept", "text", "hits"), MUST)
def test_must_match(concept, text, hits, codebook):
    found = hits_of(concept, text, codebook)
    assert len(found) == hits, found


@pytest.mark.parametrize(("concept", "text"), MUST_NOT)
def test_must_not_match(concept, text, codebook):
    assert hits_of(concept, text, codebook) == []


def test_must_and_must_not_cover_every_core_concept(codebook):
    core = set(codebook.concepts.loc[codebook.concepts["core"] == "yes", "concept"])
    assert core <= {row[0] for row in MUST}
    assert core - {"efisiensi"} <= {row[0] for row in MUST_NOT}


# The worked examples of the documentation.


def with_condition(codebook, pattern, condition):
    """The codebook with the cell of one pattern filled, as in "requires sentence: petugas"."""
    column, cell = condition.split(" ", 1)
    patterns = codebook.patterns
    of_pattern = patterns["pattern"] == pattern
    for name in ("requires", "refuses"):
        patterns[name] = patterns[name].mask(of_pattern, cell if name == column else "")
    problems, ready = check(codebook.concepts, patterns)
    assert not problems
    return replace(codebook, _patterns=patterns, rules=ready)


def cells(header):
    """The rows of the table of the documentation that has this header."""
    table = DOCS.read_text(encoding="utf-8").split(header)[1].split("\n\n")[0]
    lines = [line.replace("\\|", "\0").strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return [[cell.replace("\0", "|") for cell in line] for line in lines]


@pytest.mark.parametrize(("text", "pattern", "condition", "counted"), cells("| text | pattern | condition | counted |"))
def test_worked_condition(text, pattern, condition, counted, codebook):
    book = with_condition(codebook, pattern, condition)
    found = kit.find_mentions(corpus_of(a=text), book, void=True)
    found = found[(found["pattern"] == pattern) & (found["void"] == "")]
    assert [text[start:end] for start, end in found[["start", "end"]].itertuples(index=False)] == (
        [] if counted == "–" else counted.split(" · ")
    )


@pytest.mark.parametrize(("text", "pattern", "kind", "hits"), cells("| text | pattern | kind | hits |"))
def test_worked_kind(text, pattern, kind, hits, codebook):
    row = codebook.patterns.iloc[:1].assign(concept="partisipasi", pattern=pattern, kind=kind, blocks="", example="")
    concepts = codebook.concepts[codebook.concepts["concept"] == "partisipasi"]
    problems, ready = check(concepts, row)
    assert not problems
    book = replace(codebook, _concepts=concepts, _patterns=row.reset_index(drop=True), rules=ready)
    assert hits_of("partisipasi", text, book) == ([] if hits == "–" else hits.split(" · "))


@pytest.mark.parametrize(("text", "overlap", "counted"), cells("| text | overlap | counted |"))
def test_worked_overlap(text, overlap, counted, codebook):
    found = kit.find_mentions(corpus_of(a=text), codebook, overlap=overlap)
    hits = zip(found["concept"], found["start"], found["end"], strict=True)
    assert " · ".join(f"{concept}: {text[start:end]}" for concept, start, end in hits) == counted


def test_tables_of_the_documentation_are_found():
    assert len(cells("| text | pattern | condition | counted |")) >= 14
    assert len(cells("| text | pattern | kind | hits |")) >= 11


def worked_examples():
    tables = DOCS.read_text(encoding="utf-8").split("| text | concept | hits |")[1:]
    row = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
    return [found for table in tables for found in row.findall(table.split("\n\n")[0])]


@pytest.mark.parametrize(("text", "concept", "hits"), worked_examples())
def test_worked_example(text, concept, hits, codebook):
    assert hits_of(concept, text, codebook) == ([] if hits == "–" else hits.split(" · "))


def test_worked_examples_are_found():
    assert len(worked_examples()) >= 35


@pytest.mark.parametrize("text", ["para ASN\n(ASN) hadir", "para ASN (ASN\n) hadir", "para ASN. (ASN) hadir", "(ASN)"])
def test_no_gloss_across_sentences_or_without_a_hit_before(text, codebook):
    assert "(ASN)" not in hits_of("aktor-asn", text, codebook)
    assert "ASN" in hits_of("aktor-asn", text, codebook)


@pytest.mark.parametrize(
    "text", ["tata\nkelola", "Tata. Kelola", "tata -- kelola", "tata – kelola", "tata kelola-baik"]
)
def test_no_phrase_across_anything_but_its_joints(text, codebook):
    assert hits_of("good-governance", text, codebook) == []


# The table.


def test_columns_order_and_types(codebook):
    corpus = corpus_of(b="ASN melayani warga. ASN!", a="Clean and good governance (good governance).")
    found = kit.find_mentions(corpus, codebook)
    assert found.columns.tolist() == COLUMNS
    assert found[["doc", "start", "end", "sentence"]].dtypes.tolist() == [np.dtype("int32")] * 4
    assert found["gloss"].dtype == bool
    assert all(isinstance(found[name].dtype, pd.StringDtype) for name in ("doc_id", "concept", "pattern", "polarity"))
    order = ["doc", "start", "end", "concept", "pattern"]
    pd.testing.assert_frame_equal(found, found.sort_values(order, ignore_index=True))
    assert found["doc_id"].tolist() == ["a"] * 3 + ["b"] * 4
    assert found["gloss"].tolist() == [False, False, True] + [False] * 4
    sentences = corpus.sentences.iloc[found["sentence"]]
    assert (sentences["doc"].to_numpy() == found["doc"].to_numpy()).all()
    assert (sentences["start"].to_numpy() <= found["start"].to_numpy()).all()
    assert (found["end"].to_numpy() <= sentences["end"].to_numpy()).all()
    assert found.attrs["unit"] == "hit"
    assert found.attrs["codebook"] == codebook.version
    assert found.attrs["fingerprint"] == corpus.fingerprint


def test_table_keeps_its_types_when_nothing_is_found(codebook):
    found = kit.find_mentions(corpus_of(a="nihil"), codebook)
    some = kit.find_mentions(corpus_of(a="ASN"), codebook)
    assert found.empty
    assert found.dtypes.tolist() == some.dtypes.tolist()


def test_offsets_are_those_of_the_text_as_given(codebook):
    text = "Caf\u00e9 dan cafe\u0301: pela\u00adyanan prima \U0001f600 ASN"
    found = kit.find_mentions(corpus_of(a=text), codebook)
    assert [text[start:end] for start, end in zip(found["start"], found["end"], strict=True)] == [
        "pela\u00adyanan prima",
        "ASN",
    ]


def test_a_new_pattern_changes_its_concept_alone(tmp_path, body, codebook):
    shipped = Path(kit.__file__).parent / "codebook"
    for name in ("concepts.csv", "patterns.csv", "lists.csv"):
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    with (tmp_path / "patterns.csv").open("a", encoding="utf-8") as file:
        file.write("partisipasi,tantangan,form,id,yes,,,,,,banyak tantangan,\n")
    before = mentions_of(Source(index_texts([body])), codebook)
    after = mentions_of(Source(index_texts([body])), kit.load_codebook(tmp_path))
    assert len(after) == len(before) + 1
    same = after[after["concept"] != "partisipasi"].reset_index(drop=True)
    pd.testing.assert_frame_equal(same, before[before["concept"] != "partisipasi"].reset_index(drop=True))


def test_inputs_are_not_changed(codebook):
    corpus = corpus_of(a="ASN melayani")
    before = (codebook.patterns.copy(), corpus.documents.copy())
    kit.find_mentions(corpus, codebook)
    pd.testing.assert_frame_equal(before[0], codebook.patterns)
    pd.testing.assert_frame_equal(before[1], corpus.documents)


def test_a_pattern_is_cut_into_words_once_however_often_it_is_looked_up(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # no project, which would keep what was cut
    asked = []

    def counting(phrase, cut=notation.tokenize):
        asked.append(phrase)
        return cut(phrase)

    monkeypatch.setattr(notation, "tokenize", counting)
    for cached in (notation.rows_of_phrase, conditions._read, loading._read):
        cached.cache_clear()
    codebook = kit.load_codebook()
    assert len(set(asked)) > len(codebook.patterns), "blocks and conditions are cut too"
    asked.clear()
    first, second = corpus_of(a="ASN melayani warga."), corpus_of(b="Layanan publik (ASN).")
    wider = codebook.with_patterns(enable=["berdampak"], disable=["ASN"])
    for one in (codebook, wider):
        for corpus in (first, second):
            kit.find_mentions(corpus, one)
            places_of(corpus, one, "aktor-asn")
    assert asked == []
    assert len(kit.find_mentions(first, wider)) < len(kit.find_mentions(first, codebook))


# ---- Traps, written before the codebook was tried on them: hits in text order, a gloss in parentheses ----------------


def test_traps(codebook):
    """Each in a document of its own, all in one corpus."""
    cases = rows(Path(__file__).parent / "data" / "mention_cases.csv")
    texts = {str(number): case["text"] for number, case in enumerate(cases)}
    found = kit.find_mentions(corpus_of(**texts), codebook)
    hits = {doc_id: {} for doc_id in texts}
    for row in found.itertuples():
        hit = texts[row.doc_id][row.start : row.end]
        hits[row.doc_id].setdefault(row.concept, []).append(f"({hit})" if row.gloss else hit)
    wrong = [
        (case["text"], case["concept"], hits[str(number)].get(case["concept"], []), case["hits"])
        for number, case in enumerate(cases)
        if " ; ".join(hits[str(number)].get(case["concept"], [])) != case["hits"]
    ]
    assert not wrong


def test_tables_under_several_choices_are_those_of_each_alone(codebook, body):
    readings = [(book, without_context(book)) for book in (codebook, by_lexeme(codebook))]
    overlaps = ["concept", "group", "codebook"]
    corpus = kit.Corpus.from_frame(
        pd.DataFrame({"doc_id": ["a", "b"], "text": [body, "Korupsi-korupsi merugikan kesejahteraan kucing."]})
    )
    found = list(mentions_by_choice(source_of(corpus), readings, overlaps))
    each = [
        mentions_of(source_of(corpus), book, overlap=overlap)
        for books in readings
        for book in books
        for overlap in overlaps
    ]
    lengths = [len(table) for table in each]  # every choice matters here
    assert lengths[0] > lengths[2]
    assert lengths[3] > lengths[0] < lengths[6]
    for one, alone in zip(found, each, strict=True):
        pd.testing.assert_frame_equal(one, alone)
