"""The sentence rule against the seed's sentences, made-up cases and a treebank."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from kit.index.indexing import index_texts
from kit.language.sentences import abbreviations, breaks

ORACLES = Path(__file__).parents[1] / "oracles"


def sentences(text: str) -> list[str]:
    index = index_texts([text])
    bounds = index.sentence_tokens.tolist()
    return [text[index.start[first] : index.end[last - 1]] for first, last in itertools.pairwise(bounds)]


def test_the_seed_has_these_sentences() -> None:
    body = (ORACLES / "seed_article_body.txt").read_text(encoding="utf-8")
    index = index_texts([body])
    bounds = index.sentence_tokens.tolist()
    with (ORACLES / "seed_article_sentences.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert len(bounds) - 1 == len(expected)
    for row, first, last in zip(expected, bounds, bounds[1:], strict=False):
        assert (index.start[first], index.end[last - 1]) == (int(row["body_start"]), int(row["body_end"]))
        words = [index.kinds[number] in ("word", "number") for number in index.type[first:last]]
        assert sum(words) == int(row["tokens"])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ia hadir. Warga senang.", 2),
        ("Pj. Wali Kota hadir.", 1),
        ("PJ. WALI KOTA HADIR.", 1),
        ("Drs. H. Ahmad S. Putra hadir. Ia pulang!", 2),
        ('"Kita harus cepat." Ia pulang.', 2),
        ('"Kita harus cepat?" tanya Ali.', 1),
        ('Ia berkata. "Kita harus cepat," katanya.', 2),
        ("Ia berkata. “Kita harus cepat,” katanya.", 2),
        ("Anggaran Rp. 5 miliar. 12 warga hadir.", 2),
        ("Benarkah? Ya! Tentu… Lalu", 4),
        ("Baris satu\nBaris dua\n\n\nBaris tiga", 3),
        ("Baris satu\r\nbaris dua", 2),
        ("luas 3.5 hektare. lalu", 1),
        ("Tahun 2024. (4/2/2024) Ia", 2),
        ("", 0),
        ("\n \n", 0),
        ("kata", 1),
    ],
)
def test_rule(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_the_abbreviations_need_their_own_token() -> None:
    """A full stop after a word that merely ends like an abbreviation ends the sentence."""
    assert "No" in abbreviations()
    assert len(sentences("Ia menonton kino. Filmnya bagus.")) == 2


def test_breaks_start_at_zero_and_rise() -> None:
    cuts = breaks("Satu. Dua.\nTiga. Empat")
    assert cuts[0] == 0
    assert cuts == sorted(set(cuts))


@pytest.mark.data
def test_against_the_gsd_treebank(shared_data: Path) -> None:
    """F1 of sentence beginnings on UD_Indonesian-GSD, sentences of each part joined by a blank."""
    agreed = found = gold = 0
    for part in ("dev", "test"):
        file = shared_data / "ud_gsd" / f"id_gsd-ud-{part}.conllu"
        lines = file.read_text(encoding="utf-8").splitlines()
        texts = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
        expected, place = set(), 0
        for text in texts:
            expected.add(place)
            place += len(text) + 1
        index = index_texts([" ".join(texts)])
        actual = set(index.start[index.sentence_tokens[:-1]].tolist())
        agreed, found, gold = agreed + len(actual & expected), found + len(actual), gold + len(expected)
    assert 2 * agreed / (found + gold) >= 0.950


# Lines written before the rule was tried on them; a sentence ends at every ‖.
CASES = (Path(__file__).parent / "data" / "sentence_cases.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", CASES)
def test_cases(line: str) -> None:
    parts = line.split("‖")
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_ends_a_sentence(sign: str) -> None:
    assert sentences(f"baris satu{sign}baris dua") == ["baris satu", "baris dua"]


def test_list_items_begin_a_line_or_follow_a_colon_or_semicolon() -> None:
    assert sentences("II. Ketentuan umum\n3. Warga hadir.") == ["II. Ketentuan umum", "3. Warga hadir."]
    assert len(sentences("Korban: 12. Warga panik.")) == 2


def test_degrees_may_end_a_sentence_and_initials_may_not() -> None:
    assert len(sentences("Hadir pula Ratri, S.H. Peserta bertepuk tangan.")) == 2
    assert len(sentences("Hadir pula Ratri, S.H. M.Si. dan Bagas.")) == 1
    assert len(sentences("Hadir pula, H.M. Wicaksana dari Batu.")) == 1
