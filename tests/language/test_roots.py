"""Roots: affixes, assimilation, compounds; beside other tools on a treebank and on a stemmer's own pairs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import simplemma
from hypothesis import given
from hypothesis import strategies as st

from kit.language.roots import root
from kit.lexicon.wordlists import bases, function_words, spellings


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("melayani dilayani terlayani pelayan pelayanan layanan", "layan"),
        ("menulis penulis tulisan ditulis tertulis menuliskan penulisan", "tulis"),
        ("mengirim pengirim kiriman dikirimkan pengiriman", "kirim"),
        ("memakai pemakai pakaian dipakai pemakaian berpakaian", "pakai"),
        ("menyusun penyusun susunan tersusun penyusunan", "susun"),
        ("mengajar belajar pelajar pelajaran pembelajaran mempelajari pengajaran", "ajar"),
        ("memberdayakan pemberdayaan diberdayakan keberdayaan berdaya", "daya"),
        ("mengetahui diketahui pengetahuan ketahuan", "tahu"),
        ("mengubah perubahan berubah pengubahan diubah", "ubah"),
        ("memperoleh diperoleh perolehan", "oleh"),
        ("kepemimpinan pemimpin memimpin dipimpin pimpinan", "pimpin"),
        ("ketidakadilan keadilan peradilan mengadili pengadilan", "adil"),
        ("mengesahkan pengesahan disahkan", "sah"),
        ("keterbukaan terbuka membuka pembukaan", "buka"),
        ("berkelanjutan melanjutkan kelanjutan lanjutan", "lanjut"),
        ("mengemukakan dikemukakan terkemuka", "muka"),
        ("bekerja pekerjaan mempekerjakan pekerja", "kerja"),
        ("terasa perasaan merasa dirasakan", "rasa"),
        ("obat-obatan pengobatan berobat", "obat"),
        ("menyebut-nyebut disebut-sebut penyebutan", "sebut"),
        ("mengimplementasikan diimplementasikan", "implementasi"),
        ("perundang-undangan undang-undang", "undang-undang"),
        ("pertanggungjawaban tanggungjawab", "tanggung jawab"),
        ("menindaklanjuti ditindaklanjuti", "tindak lanjut"),
        ("di-phk-kan mem-phk phk", "phk"),
        ("pemda", "pemerintah daerah"),
        ("negaranya senegara antarnegara kenegaraan negara-negara", "negara"),
    ],
)
def test_families(forms: str, expected: str) -> None:
    assert {root(form) for form in forms.split()} == {expected}


@pytest.mark.parametrize(
    "words",
    [
        "menteri berita media dinas terapi perempuan setelah adalah",
        "mojokerto surabaya kediri merapi mentawai governance ummah p3k 2024 ke-4 1960-an",
    ],
)
def test_no_affix_is_seen_where_there_is_none(words: str) -> None:
    assert [root(word) for word in words.split()] == words.split()


def test_every_base_is_its_own_root() -> None:
    plain = [form for form in bases() if form not in spellings() and form not in function_words()]
    assert [form for form in plain if root(form) != form] == []


@given(st.text(alphabet="abdegiklmnprstuy-", max_size=16))
def test_a_root_is_never_empty(form: str) -> None:
    assert bool(root(form)) == bool(form)


def _treebank(folder: Path) -> list[tuple[str, str, str]]:
    """Read (form, lemma, part of speech) of every word that is no punctuation mark and no symbol, folded."""
    words = []
    for part in ("dev", "test"):
        text = (folder / "ud_gsd" / f"id_gsd-ud-{part}.conllu").read_text(encoding="utf-8")
        rows = [line.split("\t") for line in text.splitlines() if line[:1].isdigit()]
        words += [(row[1].lower(), row[2].lower(), row[3]) for row in rows if row[0].isdigit()]
    return [word for word in words if word[2] not in ("PUNCT", "SYM")]


def _agreement(words: list[tuple[str, str, str]], tool: Callable[[str], str]) -> float:
    return sum(tool(form) == lemma for form, lemma, _ in words) / len(words)


def _simplemma(form: str) -> str:
    return simplemma.lemmatize(form, lang="id").lower()


@pytest.mark.data
def test_agreement_with_the_lemmas_of_ud_gsd(shared_data: Path) -> None:
    """The numbers that roots.py states."""
    words = _treebank(shared_data)
    assert len(words) == 20924
    assert _agreement(words, root) == pytest.approx(0.957, abs=0.0005)
    assert _agreement(words, _simplemma) == pytest.approx(0.949, abs=0.0005)
    assert _agreement(words, str) == pytest.approx(0.814, abs=0.0005)
    no_pronouns = [word for word in words if word[2] != "PRON"]
    assert _agreement(no_pronouns, root) == pytest.approx(0.954, abs=0.0005)
    assert _agreement(no_pronouns, _simplemma) == pytest.approx(0.966, abs=0.0005)
    at_base = [word for word in no_pronouns if word[1] in bases()]
    assert _agreement(at_base, root) == pytest.approx(0.997, abs=0.0005)
    assert _agreement(at_base, _simplemma) == pytest.approx(0.983, abs=0.0005)


@pytest.mark.data
def test_agreement_with_a_stemmers_own_pairs(shared_data: Path) -> None:
    with (shared_data / "sastrawi_stem_pairs" / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        pairs = [(row["word"].lower(), row["stem"].lower()) for row in csv.DictReader(lines) if " " not in row["word"]]
    assert len(pairs) == 193
    assert sum(root(word) == stem for word, stem in pairs) >= 176
    assert sum(_simplemma(word) == stem for word, stem in pairs) < 130
    assert sum(word == stem for word, stem in pairs) < 10
