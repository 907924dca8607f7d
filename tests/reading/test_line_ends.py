"""Words cut at the end of a line: each decision, what is in doubt, and the way back."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.reading.line_ends import line_ends
from kit.reading.news import clean, flags_of_all, repaired_only
from kit.reading.text import visible


def joined(raw: str) -> str:
    return visible(raw, [(start, end) for start, end, _ in line_ends(raw)]).text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        # a soft hyphen always joins, and so does the sign that stands for one
        ("pelayan\u00ad\nan", "pelayanan"),
        ("pelayan¬\nan", "pelayanan"),
        ("pela\u00adyanan", "pelayanan"),
        ("blar\u00ad\nka", "blarka"),
        ("antar\u00ad\u200b \n\u200bdaerah", "antardaerah"),
        ("pelayan\u00ad an", "pelayanan"),  # where a program wrote a blank for the line end
        ("blar\u00ad ka", "blar ka"),
        # equal halves
        ("anak-\nanak", "anak-anak"),
        ("Undang-\nUndang", "Undang-Undang"),
        ("kebijakan-\nkebijakannya", "kebijakan-kebijakannya"),
        ("blar-\nblar", "blar-blar"),
        ("gi-\ngi", "gigi"),
        # the joined form is known
        ("pelayan-\nan", "pelayanan"),
        ("Pelayan-\nannya", "Pelayanannya"),
        ("PELAYAN-\nAN", "PELAYANAN"),
        ("pem-\nberdayaan", "pemberdayaan"),
        ("anti-\nkorupsi", "antikorupsi"),
        ("govern-\nance", "governance"),
        ("apa-\nkah", "apakah"),
        ("pelayan\u2010\nan", "pelayanan"),
        # the form with a hyphen is known
        ("perundang-\nundangan", "perundang-undangan"),
        ("undang-\nundangan", "undang-undangan"),
        ("non-\nAPBD", "non-APBD"),
        ("sayur-\nmayur", "sayur-mayur"),
        ("ASN-\nnya", "ASN-nya"),
        ("Jawa-\nBali", "Jawa-Bali"),
        ("ke-\n4", "ke-4"),
        ("COVID-\n19", "COVID-19"),
        ("1990-\nan", "1990-an"),
        # the text itself tells
        ("Wirandra hadir. Kata Wiran-\ndra", "Wirandra hadir. Kata Wirandra"),
        ("blar-ka, lalu blar-\nka", "blar-ka, lalu blar-ka"),
        # in doubt the hyphen stays
        ("blar-\nka", "blar-ka"),
        # words of three lines
        ("pe-\nlayan-\nan", "pelayanan"),
        ("un-\ndang-un-\ndang", "undang-undang"),
        # line ends of every system, and what stands around them
        ("pelayan-\r\nan", "pelayanan"),
        ("pelayan-\x0can", "pelayanan"),
        ("pelayan- \t\n  an", "pelayanan"),
        ("pelayan-\n\nan", "pelayanan"),
        ("pelayan\u200b-\u200b\n\ufeffan", "pelayanan"),
        ("cafe\u0301-\ncafe\u0301", "café-café"),
    ],
)
def test_a_word_goes_on(raw: str, text: str) -> None:
    assert joined(raw) == text


@pytest.mark.parametrize(
    "raw",
    [
        "pelayan -\nan",
        "- satu\n- dua",
        "pelayan --\nan",
        "pelayan—\nan",
        "pelayan-\n(an",
        "halaman-\n12",
        "2019-\n2020",
        "il-\nAgar",  # a capital behind what is no word begins a line
        "blar-\n\nka",  # in doubt, a blank line parts
        "pra- dan pasca-panen",
        "pelayan¬ an",
        "pelayan\nan",
        "pelayan-\n",
        "-\nan",
    ],
)
def test_lines_that_stay_apart(raw: str) -> None:
    assert line_ends(raw) == []


def test_a_line_end_is_taken_out_of_an_article_and_kept_beside_it() -> None:
    raw = "Wali kota menilai pelayan-\nan bagi anak-\nanak.\nWarga setuju."
    article = clean(raw)
    assert article.text == "Wali kota menilai pelayanan bagi anak-anak.\nWarga setuju."
    assert article.removed == [(25, 27, "line_end", "-\n"), (40, 41, "line_end", "\n")]
    assert article.segments == [(0, 25, 0), (27, 40, 25), (41, 46, 38), (47, 60, 44)]
    assert "flags" not in article.facts


def test_a_doubtful_line_end_is_flagged_and_listed_with_its_place() -> None:
    article = clean("Kata Blar-\nka begitu.")
    assert article.text == "Kata Blar-ka begitu."
    assert article.removed == [(10, 11, "doubtful_line_end", "\n")]
    assert article.facts["flags"] == "doubtful_line_end"


def test_a_text_that_stays_as_it_is_is_flagged_all_the_same() -> None:
    facts, flagged = next(flags_of_all(["Kata Blar-\nka, lalu Blar-\nka begitu."]))
    assert facts == {"flags": "doubtful_line_end"}
    assert [(flag.start, flag.stop, flag.places) for flag in flagged] == [(10, 11, 2)]
    assert repaired_only("Kata Blar-\nka begitu.").facts == {"flags": "doubtful_line_end"}


def test_lines_meet_when_furniture_between_them_is_gone() -> None:
    raw = "Warga menilai pelayan-\nBaca Juga: Loket Baru Dibuka\nan itu baik."
    article = clean(raw)
    assert article.text == "Warga menilai pelayanan itu baik."
    assert article.removed == [
        (21, 23, "line_end", "-\n"),
        (23, 51, "cross_link", "Baca Juga: Loket Baru Dibuka"),
        (51, 52, "line_end", "\n"),
    ]
    assert clean(article.text).text == article.text


def test_a_text_to_the_letter_has_the_same_words_with_places_in_it() -> None:
    text = "Pelayan-\nan bagi anak-\nanak."
    frame = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    assert corpus.documents["text"].tolist() == [text]
    assert corpus.types["form"].iloc[corpus.tokens["type"]].tolist() == ["pelayanan", "bagi", "anak-anak", "."]
    assert corpus.tokens[["start", "end"]].to_numpy().tolist() == [[0, 11], [12, 16], [17, 27], [27, 28]]
    assert len(corpus.sentences) == 1
    assert kit.Corpus.from_frame(frame).types.equals(corpus.types)


PIECES = [
    "pelayan",
    "an",
    "anak",
    "blar",
    "Ka",
    "4",
    "-",
    "-\n",
    "\u00ad\n",
    "¬\n",
    "\n",
    " ",
    "\u200b",
    "\u0301",
    "-\n\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_joined_once_nothing_is_left_to_join(raw: str) -> None:
    found = line_ends(raw)
    assert all(begin < end for begin, end, _ in found)
    edges = [place for begin, end, _ in found for place in (begin, end)]
    assert edges == sorted(edges)
    assert all(sign in "-¬" or sign.isspace() or not visible(sign).text for b, e, _ in found for sign in raw[b:e])
    assert joined(joined(raw)) == joined(raw)
