"""Stop words: grammar only, and the guard."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kit.errors import CorpusError
from kit.language.stopwords import VARIANTS, protected_words, stopwords

MODALITY = "harus bisa dapat tidak tak bukan jangan boleh wajib akan mesti perlu mampu ingin mau hendak belum tanpa"
AGENCY = "kita kami oleh"


def test_modality_and_agency_are_in_no_list() -> None:
    assert protected_words() >= {*MODALITY.split(), *AGENCY.split()}
    for variant in VARIANTS:
        assert not stopwords(variant) & protected_words()


def test_no_word_of_the_codebook_is_a_stop_word() -> None:
    file = Path(__file__).parents[2] / "kit" / "codebook" / "concepts.csv"
    labels = [row["label_id"] for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]
    words = {word for label in labels for word in label.replace("/", " ").replace("&", " ").lower().split()}
    assert words & stopwords("core+discourse") <= {"yang", "dan"}
    content = "masyarakat pemerintah rakyat warga negara daerah kota umum jawab baik tegas masa pihak publik serta"
    assert not stopwords("core+discourse") & set(content.split())


def test_the_core_is_closed_classes() -> None:
    core = stopwords()
    assert core >= {"yang", "dan", "di", "untuk", "dengan", "ini", "adalah", "sebagai", "bahwa", "ia", "para", "sudah"}
    assert core < stopwords("core+discourse")
    assert 200 < len(core) < 320


def test_unknown_variant() -> None:
    with pytest.raises(CorpusError, match=r"'tala' -> use one of core, core\+discourse"):
        stopwords("tala")
