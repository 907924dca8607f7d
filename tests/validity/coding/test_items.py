"""Which sentences are drawn: the strata, their sizes, and draws that hang on nothing else."""

from __future__ import annotations

import pandas as pd
import pytest

import kit
from kit.errors import CodingError, QueryError
from kit.validity.coding.items import STRATA

TEXTS = (
    "Aparatur melayani warga. Pelayan toko tersenyum. Hujan turun sejak pagi. Dia dilayani dengan baik.",
    "Pejabat itu mempertanggungjawabkan anggaran. Pertanggungjawaban diterima. Angin bertiup. Pasar ramai.",
)
CODEBOOK = kit.load_codebook()


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a", "b"], "text": TEXTS}), clean=False)


def passages(sheet: kit.CodingSheet, stratum: str) -> list[str]:
    table = sheet.items.merge(sheet.key[["item", "stratum"]], on="item").sort_values(["doc_id", "start"])
    return table.loc[table["stratum"] == stratum, "passage"].tolist()


def test_the_strata_are_hits_near_misses_and_the_rest(corpus: kit.Corpus) -> None:
    sheet = kit.coding_sheet(corpus, CODEBOOK, n=9, concepts=["melayani"])
    assert passages(sheet, "hit") == ["Aparatur melayani warga."]
    assert passages(sheet, "near") == ["Pelayan toko tersenyum.", "Dia dilayani dengan baik."]  # the same root
    assert passages(sheet, "rest") == ["Hujan turun sejak pagi.", *(text + "." for text in TEXTS[1][:-1].split(". "))]
    key = sheet.key.set_index("stratum")
    assert key.groupby(level=0)["population"].first().to_dict() == {"hit": 1, "near": 2, "rest": 5}
    assert (key["weight"] == 1).all()


def test_weights_add_up_to_the_sentences(corpus: kit.Corpus) -> None:
    sheet = kit.coding_sheet(corpus, CODEBOOK, n={"hit": 1, "near": 1, "rest": 2})
    sums = sheet.key.groupby("code")["weight"].sum()
    whole = sheet.key.groupby(["code", "stratum"])["population"].first().groupby("code").sum()
    assert sums.to_dict() == whole.to_dict()
    assert set(whole) == {8}


def test_phrases_are_near_where_all_their_roots_are(corpus: kit.Corpus) -> None:
    text = "Yang baik adalah tata kelola pemerintahan kita. Tata ruang kota. Mereka mengelola penataan toko."
    own = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    sheet = kit.coding_sheet(own, CODEBOOK, n=9, concepts=["good-governance"])
    assert passages(sheet, "near") == ["Mereka mengelola penataan toko."]
    assert passages(sheet, "rest") == ["Tata ruang kota."]


def test_a_draw_hangs_on_seed_concept_and_stratum_alone() -> None:
    text = " ".join(f"Aparatur melayani warga {number}. Hujan {number}." for number in range(3, 420, 7))
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    alone = kit.coding_sheet(corpus, CODEBOOK, n=5, concepts=["melayani"]).key
    beside = kit.coding_sheet(corpus, CODEBOOK, n=5, concepts=["melayani", "aktor-warga"]).key
    assert set(alone["item"]) == set(beside.loc[beside["code"] == "melayani", "item"])
    other = kit.coding_sheet(corpus, CODEBOOK, n=5, concepts=["melayani"], seed=1).key
    assert set(alone["item"]) != set(other["item"])
    assert alone["item"].is_unique
    shuffled = beside["stratum"].tolist()
    assert shuffled != sorted(shuffled, key=STRATA.index)
    assert len({tuple(beside.loc[beside["code"] == code, "stratum"]) for code in set(beside["code"])}) == 2


def test_mentions_that_do_not_count_make_no_hit(corpus: kit.Corpus) -> None:
    mentions = kit.find_mentions(corpus, CODEBOOK)
    named = mentions.assign(is_name=mentions["concept"] == "melayani")
    void = mentions.assign(void=["context" if one == "melayani" else "" for one in mentions["concept"]])
    for table in (named, void):
        sheet = kit.coding_sheet(corpus, CODEBOOK, n=9, concepts=["melayani"], mentions=table)
        assert "Aparatur melayani warga." in passages(sheet, "near")


def test_what_cannot_be_drawn_is_told(corpus: kit.Corpus) -> None:
    with pytest.raises(CodingError, match=r"no concept 'layan' -> use names of codebook.concepts"):
        kit.coding_sheet(corpus, CODEBOOK, concepts=["layan"])
    with pytest.raises(CodingError, match=r"n = \{'hits': 3\} -> give a number, or one for each of: hit, near, rest"):
        kit.coding_sheet(corpus, CODEBOOK, n={"hits": 3})
    other = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["x"], "text": ["Warga."]}), clean=False)
    with pytest.raises(QueryError, match="found in another corpus"):
        kit.coding_sheet(corpus, CODEBOOK, mentions=kit.find_mentions(other, CODEBOOK))


def test_an_empty_corpus_gives_an_empty_sheet(tmp_path) -> None:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [""]}), clean=False)
    sheet = kit.coding_sheet(corpus, CODEBOOK)
    assert len(sheet.items) == 0
    files = sheet.save(tmp_path, ["ani"])
    assert len(kit.read_codings(files[:2], sheet.key)) == 0
