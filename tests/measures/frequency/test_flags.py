"""What documents are flagged for: every kind has its words, in both languages, and its place."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.wording import words

KINDS = tomllib.loads((Path(words.__file__).parent / "flags.toml").read_text(encoding="utf-8"))
ENGLISH = (
    "The new office opened on Monday morning, and its head said that the officials must answer every complaint within "
    "three days."
)
MALAY = (
    "Polis menahan lapan lelaki kerana kes itu, iaitu selepas siasatan yang dibuat oleh pegawai di "
    "negeri itu semalam bersama orang ramai."
)
JAVANESE = (
    "Bupati lan para lurah padha teka ing pendhapa kanggo ngrembug dalan sing rusak lan wis suwe "
    "ora didandani maneh dening pamarentah desa."
)
FRENCH = (
    "Le bureau a ouvert lundi, et son chef a dit que les agents doivent répondre à chaque plainte dans les trois jours."
)
#: A text of each kind, and where it shows.
TEXTS = {
    "wrong_encoding": ("Kata dia, ‚Äúsiap‚Äù melayani.", 10, 13, 2),
    "lost_link": ("Dikutip dari , Senin. Ia atau , pergi.", 13, 14, 2),
    "glued_words": ("Ratri danWangi datang.", 8, 9, 1),
    "glued_paragraphs": ("Layanan dibuka.,Warga datang.", 15, 16, 1),
    "foreign_letter": ("Warga d\u0456layani.", 7, 8, 1),
    "replacement_character": ("Warga dil\ufffdyani.", 9, 10, 1),
    "truncated": ("Warga dilayani.\nHalaman selanjutnya", 16, 35, 1),
    "inline_link": ("Warga datang. Baca juga: Loket Dibuka Warga pulang lagi.", 14, 24, 1),
    "doubtful_dateline": ("Madiun - Ngawi kini dilayani bus.", 0, 33, 1),
    "doubtful_byline": ("Warga datang.\nPELAYANAN HARUS TRANSPARAN", 14, 40, 1),
    "doubtful_line_end": ("Ia bertemu Wiran-\ndra di sana.", 17, 18, 1),
    "no_body": ("Baca Juga: Loket Dibuka", 0, 23, 1),
    "english": (ENGLISH, 0, len(ENGLISH), 1),
    "malay": (MALAY, 0, len(MALAY), 1),
    "javanese": (JAVANESE, 0, len(JAVANESE), 1),
    "other_language": (FRENCH, 0, len(FRENCH), 1),
}


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    """One document for each kind, and one without a flag."""
    rows = [(kind, text) for kind, (text, *_) in TEXTS.items()]
    return kit.Corpus.from_frame(pd.DataFrame([*rows, ("zz", "Warga dilayani.")], columns=["doc_id", "text"]))


def test_every_kind_of_flag_has_a_text_here() -> None:
    assert set(TEXTS) == set(KINDS)


@pytest.mark.parametrize("kind", list(TEXTS))
def test_a_flag_says_where_what_and_what_helps(corpus: kit.Corpus, kind: str) -> None:
    text, start, end, places = TEXTS[kind]
    for language in ("en", "id"):
        table = kit.list_flagged(corpus, language=language)
        row = table[table["doc_id"] == kind].to_dict("records")
        assert len(row) == 1, row
        assert (row[0]["raw_start"], row[0]["raw_end"], row[0]["places"]) == (start, end, places)
        assert row[0]["problem"] == KINDS[kind]["problem"][language]
        assert row[0]["remedy"] == KINDS[kind]["remedy"][language]
        assert row[0]["text"] in text
        flag = row[0]["flag"]
        assert corpus.documents.set_index("doc_id")["flags"][kind] == flag
        assert words.value("flag", flag, "id") != flag


def test_rows_are_in_order_and_name_no_document_without_a_flag(corpus: kit.Corpus) -> None:
    table = kit.list_flagged(corpus)
    assert table["doc_id"].tolist() == sorted(TEXTS)
    assert table.attrs["documents"] == len(TEXTS) + 1


def test_what_can_be_mended_is_mended_and_not_flagged(corpus: kit.Corpus) -> None:
    frame = pd.DataFrame({"doc_id": list(TEXTS), "text": [text for text, *_ in TEXTS.values()]})
    mended = kit.Corpus.from_frame(frame, repair=True)
    gone = {"wrong_encoding", "glued_words", "glued_paragraphs"}
    assert set(kit.list_flagged(mended)["doc_id"]) == set(TEXTS) - gone
    names = mended.documents["doc_id"]
    assert {names[doc] for doc in mended.repaired["doc"]} == gone
    assert mended.fingerprint != corpus.fingerprint
    assert mended.repaired["rule"].tolist() == sorted(mended.repaired["rule"])
    assert kit.Corpus.from_frame(frame).repaired.empty
