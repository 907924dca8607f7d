"""Who serves whom: the seed article, each form, its agent and recipient, and what a passage wants."""

from __future__ import annotations

import pandas as pd
import pytest

import kit
from tests.conftest import ORACLES


def services(text: str) -> pd.DataFrame:
    return kit.service_voice(kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False))


def test_the_seed_serves_once_and_is_served_twice_with_opposite_recipients() -> None:
    found = services((ORACLES / "seed_article_body.txt").read_text(encoding="utf-8"))
    assert (found["form"] == "melayani").sum() == 1
    served = found[found["form"].str.contains("dilayani")]
    assert served[["form", "recipient_kind", "stance"]].to_numpy().tolist() == [
        ["minta dilayani", "official", "condemned"],
        ["dilayani", "citizen", "demanded"],
    ]
    assert served["agent_group"].tolist() == ["citizens", "civil_servants"]
    assert (found["form"] == "pelayan").sum() == 2  # pelayan masyarakat twice; the third mention is khadimul ummah
    assert found.loc[found["form"] == "pelayanan", "recipient_kind"].tolist() == ["citizen", "citizen"]


#: Text with one word of serving: form, agent, recipient, kind of recipient, stance, and the word that decided.
CASES = {
    "Polisi melindungi, mengayomi dan melayani masyarakat.": (
        "melayani",
        "Polisi",
        "masyarakat",
        "citizen",
        "asserted",
        "",
    ),
    "Kami hadir untuk melayani warga.": ("melayani", "Kami", "warga", "citizen", "asserted", ""),
    "Petugas dipaksa melayani bupati.": ("melayani", "Petugas", "bupati", "official", "asserted", ""),
    "ASN melayani warga.": ("melayani", "ASN", "warga", "citizen", "asserted", ""),
    "ASN harus melayani warga.": ("melayani", "ASN", "warga", "citizen", "demanded", "harus"),
    "ASN tidak harus melayani bupati.": ("melayani", "ASN", "bupati", "official", "asserted", ""),
    "Layanilah warga.": ("melayani", "", "warga", "citizen", "demanded", "layanilah"),
    "Warga dilayani oleh petugas.": ("dilayani", "petugas", "Warga", "citizen", "asserted", ""),
    "Pejabat minta dilayani warga.": ("minta dilayani", "warga", "Pejabat", "official", "asserted", ""),
    "Pejabat ingin selalu dilayani.": ("minta dilayani", "", "Pejabat", "official", "demanded", "ingin"),
    "Jangan minta dilayani.": ("minta dilayani", "", "", "unknown", "condemned", "jangan"),
    "Seluruh pasien telah terlayani.": ("terlayani", "", "Seluruh pasien", "citizen", "asserted", ""),
    "ASN adalah pelayan masyarakat.": ("pelayan", "ASN", "masyarakat", "citizen", "asserted", ""),
    "Pelayanan publik dibuka.": ("pelayanan", "", "publik", "citizen", "asserted", ""),
    "Pelayanan kepada gubernur dibuka.": ("pelayanan", "", "gubernur", "official", "asserted", ""),
    "Warga mengeluhkan pelayanan kecamatan.": ("pelayanan", "", "", "unknown", "condemned", "mengeluhkan"),
    "Pelayanan yang lamban itu berubah.": ("pelayanan", "", "", "unknown", "condemned", "lamban"),
    "Bus itu bagian layanan kami.": ("layanan", "", "", "unknown", "asserted", ""),
    "Petugas hadir bukan untuk dilayani.": ("dilayani", "", "", "unknown", "condemned", "bukan"),
}


@pytest.mark.parametrize("text", CASES)
def test_who_serves_whom(text: str) -> None:
    found = services(text)
    assert len(found) == 1
    columns = ["form", "agent", "recipient", "recipient_kind", "stance", "basis"]
    assert tuple(found[columns].iloc[0]) == CASES[text]


def test_words_with_the_same_root_are_told_apart_and_others_left_out() -> None:
    found = services("Pelayan melayani dengan layanan dan pelayanan; pesawat melayang di layar, kelayakan diuji.")
    assert found["form"].tolist() == ["pelayan", "melayani", "layanan", "pelayanan"]


@pytest.mark.parametrize(
    "text", ["", "dilayani", "Dilayani.", "minta", "pelayanan publik", '"melayani"', "bukan pelayan"]
)
def test_edge_documents_are_read(text: str) -> None:
    found = services(text)
    assert (found["end"] > found["start"]).all()
    assert found.dtypes.to_dict() == services("ASN melayani warga.").dtypes.to_dict()


def test_parts_give_what_the_whole_gives() -> None:
    rows = {"a": "ASN harus melayani. Warga dilayani.", "b": "Hujan.", "c": "Camat meminta lurah agar melayani warga."}
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": [*rows], "text": [*rows.values()]}), clean=False)
    parted = kit.PartedCorpus.of([corpus.where(doc_id="b"), corpus.where(doc_id=["a", "c"])])
    pd.testing.assert_frame_equal(kit.service_voice(corpus), kit.service_voice(parted))
