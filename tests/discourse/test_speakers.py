"""Speakers: their type and level from office or organisation, joined over articles by rule, private ones coded."""

from __future__ import annotations

import pandas as pd
import pytest

import kit
from kit.discourse.actor_list import LEVELS, TYPES, bearers, offices, organisations
from kit.discourse.actors import classify
from kit.discourse.verbs import DATA

ACTORS = DATA / "actors.csv"


def corpus_of(*texts: str) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d{number}" for number in range(len(texts))], "text": list(texts)})
    return kit.Corpus.from_frame(frame, clean=False)


@pytest.mark.parametrize(
    ("role", "organisation", "expected"),
    [
        ("Presiden", "", ("official", "national")),
        ("Gubernur Jawa Timur", "", ("official", "provincial")),
        ("Pj Wali Kota Mojokerto", "", ("official", "city")),
        ("Bupati Malang", "", ("official", "regency")),
        ("Kepala Dinas Kesehatan Kabupaten Malang", "", ("official", "regency")),
        ("Kepala Dinas Kesehatan Jawa Timur", "", ("official", "provincial")),
        ("Kepala Desa Sukamaju", "", ("official", "village")),
        ("Ketua DPRD Kota Batu", "DPRD Kota Batu", ("legislature", "city")),
        ("anggota Komisi II", "DPR", ("legislature", "national")),
        ("Kapolres Batu", "", ("law enforcement", "local")),
        ("Kepala Bidang Humas Polda Jatim", "Polda Jatim", ("law enforcement", "provincial")),
        ("Ketua", "Yayasan Bina Warga", ("civil society", "")),
        ("Ketua", "KPK", ("law enforcement", "national")),
        ("Direktur Utama", "PT Maju", ("business", "")),
        ("Dekan", "Universitas Negeri", ("expert", "")),
        ("mantan Menteri Sosial", "", ("official", "national")),
        ("warga", "", ("citizen", "")),
        ("pengepul plastik", "", ("citizen", "")),
        ("santri", "Pesantren Maju", ("citizen", "")),
        ("pengawas", "", ("", "")),
        ("pelaksana teknis", "", ("", "")),
        ("petunjuk", "", ("", "")),
        ("", "", ("", "")),
    ],
)
def test_office_and_organisation_tell_type_and_level(role: str, organisation: str, expected: tuple[str, str]) -> None:
    assert tuple(classify(role, organisation)) == expected


def test_the_lists_use_the_types_and_levels_there_are() -> None:
    for kind in (*offices().values(), *organisations().values()):
        assert kind.actor_type in ("", *TYPES)
        assert kind.level in ("", *LEVELS)


ARTICLES = (
    '"Kami siap," kata Bupati Malang Sari Dewi Lestari. "Terima kasih," ujar Tono, warga setempat.',
    "Menurut Sari Dewi Lestari, warga sabar. KPK menyatakan bahwa uang kembali. Bupati berharap, hujan reda.",
    "Penyanyi Sari Dewi Lestari mengatakan, lagu itu indah. KPK menyatakan bahwa uang hilang.",
)


def test_speakers_are_joined_by_full_name_unless_they_are_of_other_types() -> None:
    corpus = corpus_of(*ARTICLES)
    quotations, joined = (made := kit.join_speakers(corpus, kit.find_quotations(corpus))).quotations, made.joined
    sari = joined[joined["speaker"] == "Sari Dewi Lestari"]
    assert sari[["document_speaker", "speaker_id", "rule"]].to_numpy().tolist() == [
        ["d0#1", "d0#1", "name"],
        ["d1#1", "d0#1", "name"],
        ["d2#1", "d2#1", "other actor type"],
    ]
    assert set(joined.loc[joined["speaker"] == "KPK", "rule"]) == {"organisation"}
    assert "Bupati" not in set(joined["speaker"])
    assert "Tono" not in set(joined["speaker"])
    assert set(quotations.loc[quotations["speaker"] == "Sari Dewi Lestari", "speaker_id"]) == {"d0#1", "d2#1"}
    listed = kit.list_speakers(corpus, quotations).set_index("speaker_id")
    assert listed.loc["d0#1", ["documents", "quotations", "direct"]].tolist() == [2, 2, 1]


def test_private_persons_are_coded_and_officials_keep_their_names() -> None:
    corpus = corpus_of(*ARTICLES)
    table = kit.find_quotations(corpus)
    before = table.copy()
    coded = kit.code_speakers(corpus, table)
    pd.testing.assert_frame_equal(table, before)
    assert coded.loc[table["speaker"] == "Tono", "speaker"].tolist() == ["P1"]
    assert coded.loc[table["speaker"] == "Tono", "speaker_start"].isna().all()
    assert "Tono" not in coded.to_csv()
    kept = table["role"].fillna("").str.startswith("Bupati")
    assert coded.loc[kept, "speaker"].tolist() == table.loc[kept, "speaker"].tolist()


def test_each_actor_stands_in_the_list_once_and_says_what_it_may() -> None:
    rows = pd.read_csv(ACTORS, dtype="str", keep_default_na=False)
    folded = rows["words"].str.casefold()
    assert not folded.duplicated().any()
    assert folded.is_monotonic_increasing
    assert (rows[["names", "group"]] != "").any(axis=1).all()  # else a row does nothing
    assert classify("Gubernur Jawa Timur", "").level == "provincial"
    assert bearers()["kpk"] == "law_enforcement"
    assert organisations()["KPK"].actor_type == "law enforcement"
