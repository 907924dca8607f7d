"""Statements: who says what of a concept, and agreement from what the text says alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.wording.words import tell
from tests.conftest import ORACLES


@cache
def codebook() -> kit.Codebook:
    return kit.load_codebook()


def corpus(*texts: str, **more: list[str]) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": list(texts), **more})
    return kit.Corpus.from_frame(frame, clean=False)


def said(text: str, **options: Any) -> pd.DataFrame:
    return kit.statements(corpus(text), codebook(), **options)


@pytest.fixture(scope="module")
def seed() -> pd.DataFrame:
    return said((ORACLES / "seed_article_body.txt").read_text(encoding="utf-8"))


def test_the_seed_has_four_frames_of_responsibility(seed: pd.DataFrame) -> None:
    who = seed.groupby("frame")["speaker"].apply(lambda names: sorted(names.dropna().unique()))
    assert who.to_dict() == {
        "narrator": [],
        "nested": ["Gubernur Jawa Timur", "Presiden"],
        "speaker": ["Moh Ali Kuncoro"],
    }
    assert set(seed["actor_type"].dropna()) == {"official"}


def test_agreement_of_the_seed_comes_from_what_stands_over_the_concept(seed: pd.DataFrame) -> None:
    told = seed.loc[seed["agreement"].notna(), ["concept", "frame", "agreement", "basis", "bearer_group"]]
    rows = {tuple(row) for row in told.itertuples(index=False)}
    assert ("melayani", "speaker", 1, "mengingatkan", "civil_servants") in rows
    assert ("dilayani", "speaker", -1, "tidak boleh lagi", "officials") in rows
    assert ("dilayani", "narrator", 1, "harus", "civil_servants") in rows
    assert ("reformasi-birokrasi", "nested", 1, "harus", "local_government") in rows
    silent = set(seed.loc[seed["agreement"].isna(), "concept"])
    assert {"akuntabilitas", "transparansi", "pelayan-masyarakat"} <= silent  # named in a list, or asserted


def test_what_is_demanded_of_whom_by_whom_is_one_group_by(seed: pd.DataFrame) -> None:
    demanded = seed[seed["modality"] == "deontic_necessity"].groupby(["actor_type", "bearer_group"]).size()
    assert demanded.to_dict() == {
        ("official", "civil_servants"): 2,
        ("official", "local_government"): 1,
        ("official", "speaker_and_audience"): 1,
    }


#: What is said: agreement with the concept (None: not said), and the words that decided.
AGREEMENTS = {
    '"ASN harus transparan," kata Bupati Sari Dewi.': (1, "harus"),
    '"ASN tidak harus transparan," kata Bupati Sari Dewi.': (None, ""),
    '"Anggaran ini transparan," kata Bupati Sari Dewi.': (None, ""),
    '"Anggaran ini tidak transparan," kata Bupati Sari Dewi.': (None, ""),
    '"Kami harus menolak transparansi," kata Bupati Sari Dewi.': (-1, "harus + menolak"),
    '"Jangan menolak transparansi," kata Bupati Sari Dewi.': (1, "jangan + menolak"),
    '"Warga harus mendukung transparansi," kata Bupati Sari Dewi.': (1, "harus + mendukung"),
    '"Anggaran harus tidak transparan," kata Bupati Sari Dewi.': (-1, "harus"),
    '"Jangan tidak transparan," kata Bupati Sari Dewi.': (1, "jangan + tidak"),
    '"Kami akan transparan," kata Bupati Sari Dewi.': (None, ""),
    '"Kami ingin transparan," kata Bupati Sari Dewi.': (1, "ingin"),
    '"Mereka tidak mau transparan," kata Bupati Sari Dewi.': (None, ""),
    '"Ketua DPRD ingin anggaran transparan," kata Bupati Sari Dewi.': (None, ""),
    '"Apakah anggaran harus transparan?" kata Bupati Sari Dewi.': (None, ""),
    '"Perlukah transparansi itu," kata Bupati Sari Dewi.': (None, ""),
    '"Jika ingin transparan, bukalah datanya," kata Bupati Sari Dewi.': (None, ""),
    '"Kalau ada uangnya, anggaran harus transparan," kata Bupati Sari Dewi.': (1, "harus"),
    '"Harus diakui transparansi masih rendah," kata Bupati Sari Dewi.': (None, ""),
    '"Warga harus sabar karena transparansi belum ada," kata Bupati Sari Dewi.': (None, ""),
    '"Kita harus punya dinas yang transparan," kata Bupati Sari Dewi.': (1, "harus"),
    '"Jangan ada iklan dalam acara yang membahas transparansi," kata Bupati Sari Dewi.': (None, ""),
    '"Jangan menebang hutan untuk transparansi," kata Bupati Sari Dewi.': (None, ""),
    '"Harus ada rapat dalam transparansi," kata Bupati Sari Dewi.': (None, ""),
    '"Kami mendukung segala bentuk transparansi," kata Bupati Sari Dewi.': (1, "mendukung"),
    '"Kami mendukung revisi undang-undang transparansi," kata Bupati Sari Dewi.': (None, ""),
    "Wali Kota Budi Santoso menolak transparansi.": (None, ""),
    "Bupati Sari Dewi menyatakan menolak transparansi.": (-1, "menolak"),
    "Bupati Sari Dewi meminta dinas agar transparan.": (1, "meminta"),
    "Bupati Sari Dewi berharap dinas semakin transparan.": (1, "berharap"),
    '"Anggaran akan transparan," kata Bupati Sari Dewi.': (None, ""),
    '"Kami menolak transparansi," kata Bupati Sari Dewi.': (-1, "menolak"),
    '"Kami tidak menolak transparansi," kata Bupati Sari Dewi.': (1, "tidak menolak"),
    '"Kami mendukung transparansi," kata Bupati Sari Dewi.': (1, "mendukung"),
    '"Warga mendukung transparansi," kata Bupati Sari Dewi.': (None, ""),
    '"Warga membutuhkan transparansi," kata Bupati Sari Dewi.': (1, "membutuhkan"),
    '"Tanpa transparansi, pekerjaan itu tidak selesai," kata Bupati Sari Dewi.': (None, ""),
    '"Kalau tidak transparan, warga marah," kata Bupati Sari Dewi.': (None, ""),
    '"Jangan bekerja tanpa transparansi," kata Bupati Sari Dewi.': (1, "jangan + tanpa"),
    '"Pejabat bisa transparan," kata Bupati Sari Dewi.': (None, ""),
}


@pytest.mark.parametrize("text", AGREEMENTS)
def test_agreement_is_what_the_text_says_and_else_missing(text: str) -> None:
    found = said(text, concepts=["transparansi"])
    assert len(found) == 1
    sign, basis = AGREEMENTS[text]
    assert (None if pd.isna(found["agreement"].iloc[0]) else found["agreement"].iloc[0], found["basis"].iloc[0]) == (
        sign,
        basis,
    )


def test_who_forbids_a_fault_agrees_with_the_concept_it_breaks() -> None:
    found = said('"Jangan korupsi," kata Bupati Sari Dewi.', concepts=["integritas-antikorupsi"])
    assert found[["agreement", "basis"]].to_numpy().tolist() == [[1, "jangan"]]


def test_who_rejects_that_a_guardian_is_weakened_agrees_with_what_it_guards() -> None:
    found = said('"Kami menolak pelemahan KPK," kata Bupati Sari Dewi.', concepts=["integritas-antikorupsi"])
    assert found[["agreement", "basis"]].to_numpy().tolist() == [[1, "menolak"]]


@pytest.mark.parametrize("words", ["Kami berharap daerah memerangi korupsi", "ASN harus melawan korupsi"])
def test_who_fights_a_fault_agrees_with_the_concept_it_breaks(words: str) -> None:
    found = said(f'"{words}," kata Bupati Sari Dewi.', concepts=["integritas-antikorupsi"])
    assert found["agreement"].tolist() == [1]


def test_a_fault_under_a_duty_is_not_demanded() -> None:
    found = said('"Saya harus menghadapi dugaan korupsi," kata Bupati Sari Dewi.', concepts=["integritas-antikorupsi"])
    assert found["agreement"].isna().all()


def test_mentions_alike_are_one_statement_and_opposite_ones_two() -> None:
    text = '"ASN harus transparan. Itu transparan. Jangan transparan semu," kata Bupati Sari Dewi.'
    found = said(text, concepts=["transparansi"])
    assert found[["agreement", "mentions"]].to_numpy().tolist() == [[1, 2], [-1, 1]]


def test_outside_quotations_the_narrator_speaks_sentence_by_sentence() -> None:
    found = said("Anggaran transparan. Anggaran harus transparan dan transparan.", concepts=["transparansi"])
    assert found["frame"].tolist() == ["narrator", "narrator"]
    assert found["speaker_id"].isna().all()
    assert found["quotation"].isna().all()
    assert found["mentions"].tolist() == [1, 2]


def test_statements_make_a_network_and_copies_count_once() -> None:
    text = '"ASN harus transparan," kata Bupati Sari Dewi di kantornya pada hari Senin pagi itu.'
    other = '"Jangan transparan," kata Ketua DPRD Budi Santoso.'
    found = kit.statements(corpus(text, text, other), codebook(), concepts=["transparansi"])
    assert found["copy_of"].tolist() == ["", "d0", ""]
    network = kit.discourse_network(found, rows="speaker", resamples=0)
    assert network.edges[["source", "target", "weight"]].to_numpy().tolist() == [["Budi Santoso", "Sari Dewi", -1.0]]
    assert network.attrs["fingerprint"] == found.attrs["fingerprint"]


def test_parts_give_what_the_whole_gives_and_given_tables_what_is_found() -> None:
    texts = ('"ASN harus transparan," kata Bupati Sari Dewi.', "Hujan.", "Anggaran transparan. Layanan publik dibuka.")
    whole = corpus(*texts, outlet=["X", "Y", "X"])
    parted = kit.PartedCorpus.of([whole.where(doc_id="d1"), whole.where(doc_id=["d0", "d2"])])
    found = kit.statements(whole, codebook())
    pd.testing.assert_frame_equal(found, kit.statements(parted, codebook()))
    given = {"quotations": kit.find_quotations(whole), "mentions": kit.find_mentions(whole, codebook())}
    pd.testing.assert_frame_equal(found, kit.statements(whole, codebook(), **given))
    assert found["outlet"].tolist() == ["X", "X", "X"]


@pytest.mark.parametrize("text", ["", "transparan", '"transparan"', "Hujan.", '"Jangan," kata dia.'])
def test_edge_documents_give_the_same_columns(text: str) -> None:
    full = said('"ASN harus transparan," kata Bupati Sari Dewi.')
    assert said(text).dtypes.to_dict() == full.dtypes.to_dict()


def test_tables_of_another_corpus_and_unknown_concepts_are_refused() -> None:
    here, there = corpus("ASN harus transparan."), corpus('"ASN harus transparan," kata Bupati Sari Dewi.')
    with pytest.raises(QueryError, match="quotations: they were found in another corpus"):
        kit.statements(here, codebook(), quotations=kit.find_quotations(there))
    with pytest.raises(QueryError, match="no concept 'keterbukaan'"):
        kit.statements(here, codebook(), concepts=["keterbukaan"])


@pytest.mark.parametrize("between", [6, 7, 8])
def test_what_is_read_in_part_for_speed_is_what_all_of_it_gives(between: int) -> None:
    texts = [
        "Bupati mengingatkan ASN untuk sigap. " + "Hujan turun. " * between + "Anggaran harus transparan.",
        "Hujan harus turun.",
        '"Layanan harus transparan," kata Bupati Sari Dewi. "Jangan ada korupsi," ujarnya.',
    ]
    many, book = corpus(*texts), codebook()
    given = kit.statements(
        many, book, quotations=kit.find_quotations(many), mentions=kit.find_mentions(many, book, overlap="concept")
    )
    pd.testing.assert_frame_equal(kit.statements(many, book), given)
    modals = kit.find_modality(many)
    asked = given["sentence"].unique()
    want = modals[modals["sentence"].isin(asked)].groupby("sentence")["bearer"].apply(list).to_dict()
    found = given[given["modality"] != ""]
    assert len(found)
    assert all(row.bearer in want[row.sentence] for row in found.itertuples())
    implied = given.loc[(given["doc"] == 0) & (given["concept"] == "transparansi"), "bearer"].tolist()
    assert implied == ["ASN" if between < 8 else ""]


#: What a speaker says, the agreement with the concept in it (0: none), and what decided.
OBJECTIONS = {
    "Kami menolak pasal yang melemahkan KPK": (1, "menolak"),
    "Kami memprotes kebijakan yang dinilai tidak adil": (1, "memprotes + tidak"),
    "Kami menolak tawaran yang transparan": (0, ""),
    "Saya tidak setuju KPK wajib berkoordinasi dengan jaksa": (-1, "tidak setuju + wajib"),
    "Saya tidak setuju jika KPK diwajibkan berkoordinasi dengan jaksa": (-1, "tidak setuju + diwajibkan"),
    "Mereka menolak KPK wajib berkoordinasi": (0, ""),
    "Jika KPK wajib berkoordinasi, kami datang": (0, ""),
    "Kami tidak setuju terhadap pasal ini yang berpotensi mengurangi efektivitas": (1, "tidak setuju + mengurangi"),
    "Kami mendukung aturan yang mengurangi transparansi": (-1, "mendukung + mengurangi"),
    "Kami harus menolak upaya melemahkan transparansi": (1, "harus + menolak + melemahkan"),
    "Kami menolak upaya melemahkan transparansi": (1, "menolak + melemahkan"),
    "KPK tidak perlu berkoordinasi dengan jaksa": (-1, "tidak perlu"),
    "Kita tidak perlu ragu berkoordinasi dengan jaksa": (0, ""),
    "Kami keberatan dengan kerja sama itu": (-1, "keberatan"),
    "Surat keberatan kerja sama itu tiba": (0, ""),
    "KPK perlu meningkatkan sistem pencegahan yang efektif": (1, "perlu"),
    "Bupati seharusnya mengkaji pembahasan aturan yang melemahkan gerakan antikorupsi": (0, ""),
    "Separuh ditolak, seperti poin penuntutan harus berkoordinasi dengan jaksa": (0, ""),
    "Kami menuntut aturan dari pegiat antikorupsi": (0, ""),
    "Kami menolak tegas rencana kerja sama itu": (-1, "menolak"),
    "Mereka menolak kerja sama itu": (0, ""),
    "Kami mengkritik pelayanan publik": (0, ""),
    "Kami mengecam segala bentuk tindakan korupsi": (1, "mengecam"),
    "Kami tidak menoleransi korupsi": (1, "tidak menoleransi"),
    "Hentikan segala tindakan pelemahan KPK": (1, "hentikan"),
    "Aturan itu bakal menghilangkan transparansi": (0, ""),
    "Aturan itu buruk, yang mencederai transparansi": (0, ""),
}


def test_objections_are_told_by_whose_they_are_and_what_is_at_fault() -> None:
    quoted = [f'"{said}," kata Bupati Sari Dewi.' for said in OBJECTIONS]
    found = kit.statements(corpus(*quoted), codebook())
    told = {
        int(row.doc_id[1:]): (0 if pd.isna(row.agreement) else row.agreement, row.basis) for row in found.itertuples()
    }
    assert {said: told[row] for row, said in enumerate(OBJECTIONS)} == OBJECTIONS


def test_what_is_deplored_by_a_verb_of_saying_is_the_speakers_and_else_the_article_tells_it() -> None:
    texts = [
        "Bupati Sari Dewi menyayangkan kurangnya transparansi.",
        "Bupati Sari Dewi menolak KPK harus berkoordinasi.",
    ]
    found = kit.statements(corpus(*texts), codebook(), concepts=["transparansi", "koordinasi"])
    rows = [(row.frame, 0 if pd.isna(row.agreement) else row.agreement, row.basis) for row in found.itertuples()]
    assert rows == [("speaker", 1, "menyayangkan + kurangnya"), ("narrator", 0, "")]


def test_a_concept_that_begins_at_whom_an_order_is_given_to_is_in_the_order() -> None:
    texts = [
        "Bupati Sari Dewi meminta warga untuk berpartisipasi.",
        "Bupati Sari Dewi meminta pelayan masyarakat sigap.",
    ]
    found = kit.statements(corpus(*texts), codebook())
    rows = [(row.concept, row.frame, row.basis) for row in found.itertuples()]
    assert ("partisipasi", "speaker", "meminta") in rows
    assert ("pelayan-masyarakat", "narrator", "") in rows


def test_what_may_go_on_with_a_report_is_ambiguous() -> None:
    says = '"Warga sabar," kata Bupati Sari Dewi.'
    texts = {
        f"{says} Anggaran itu transparan.": "ambiguous",  # right behind
        f"{says} Hujan turun. Anggaran itu transparan.": "certain",
        f"{says} Hujan turun. Anggaran itu transparan. Hujan turun. {says}": "ambiguous",  # between two of one
        f'{says} Hujan turun. Anggaran itu transparan. "Baik," kata Camat Budi Raharjo.': "certain",
        f"Anggaran itu transparan. {says}": "certain",
        '"Warga sabar," kata Bupati Sari Dewi yang mendukung anggaran transparan.': "certain",
        f"Hujan turun. Menurutnya, warga sabar. Anggaran itu transparan. {says}": "certain",  # of nobody known
    }
    found = kit.statements(corpus(*texts), codebook(), concepts=["transparansi"])
    assert dict(zip(texts, found["certainty"], strict=True)) == texts  # fewer than ten: in order
    assert (found["frame"] == "narrator").all()
    lone = kit.statements(corpus("Anggaran itu transparan."), codebook())
    assert lone["certainty"].tolist() == ["certain"]


def test_the_table_says_what_its_reading_was_worth_in_the_figures_of_the_docs() -> None:
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["Pelayanan harus transparan, kata Budi Raharjo."]})
    found = kit.statements(kit.Corpus.from_frame(frame, clean=False), kit.load_codebook())
    (told,) = found.attrs["remarks"]
    docs = Path("docs/discourse.md").read_text(encoding="utf-8").split("A third round")[1]
    for heading in (
        "speaker",
        "of these quoted or reported, by the kit",
        "the words name the concept",
        "agreement, where the kit gives one",
    ):
        row = next(line for line in docs.splitlines() if line.startswith(f"| {heading}"))
        share = row.split("|")[3].strip().removeprefix(".")
        for language in ("en", "id"):
            assert f" {share}" in tell(told, language)
    assert kit.discourse_network(found, rows="speaker", mode="two", missing="level").attrs["remarks"][0] == told
