"""Documents that are not Indonesian: flagged, not dropped, and never an Indonesian one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.corpus.languages import NOT_INDONESIAN, flag_languages
from kit.language import identify

TEXTS = {
    "english": [
        (
            "The district opened a new service office on Monday. Its head said that officials must answer every "
            "complaint within three days, and that residents would be told how the money is spent."
        ),
        (
            "According to the report, most villages publish their budgets, but few people read them. The council "
            "wants schools to teach how decisions are made and who is responsible for them."
        ),
    ],
    "malay": [
        (
            "Kerajaan negeri akan membuka pusat khidmat baharu pada hari Khamis kerana aduan orang ramai "
            "meningkat. Menteri berkata, pegawai perlu menjawab setiap aduan dalam tempoh tiga hari, iaitu lebih "
            "cepat daripada dahulu."
        ),
        (
            "Polis menahan lapan lelaki yang cuba melarikan wang syarikat itu. Siasatan kes tersebut dijangka "
            "selesai sebelum Disember, kata ketua polis daerah selepas mesyuarat semalam."
        ),
    ],
    "javanese": [
        (
            "Bupati lan para lurah padha teka ing pendhapa kanggo ngrembug dalan sing rusak. Miturut warga, dalan"
            " iku wis suwe ora didandani. Pamarentah janji bakal ngirim alat gedhe minggu ngarep."
        ),
        (
            "Para kapala désa rapat di balé kota kanggo ngabahas jalan anu ruksak. Ceuk warga, jalan téh geus "
            "lila teu diomean. Pamaréntah jangji rék ngirim alat badag minggu hareup sangkan bisa dipaké deui."
        ),
    ],
}
INDONESIAN = [
    (
        'Seorang warga berkata, "Aku ora ngerti kok dalane rusak maneh, wis suwe ora didandani lan mung janji'
        ' wae." Warga itu berharap pemerintah segera mengirim alat berat, sebab jalan di depan pasar sudah '
        "lama tidak diperbaiki."
    ),
    (
        "Perdana Menteri Malaysia bertemu pengurus Universiti Malaya dan Polis Diraja Malaysia di Kuala "
        "Lumpur. Menurut dia, kedua negara sepakat karena perdagangan di antara mereka meningkat pada tahun "
        "ini."
    ),
    (
        "Susunan pemain Ratri FC: Bima; Wangi, Tirta, Gilang, Surya; Bayu, Angga; Dimas, Raka, Panji; Wisnu. "
        "Pelatih: Harja. Cadangan: Jaka, Lintang, Satria, Damar, Krisna, Seto, Banyu."
    ),
    (
        "Kepala dinas menyebut program itu good governance, clean government, open data dan public service "
        "delivery. Menurut dia, istilah itu dipakai agar warga tahu bahwa pelayanan akan diperbaiki."
    ),
    "The new service office.",
    "",
]


def corpus_of(texts: list[str]) -> kit.Corpus:
    """The texts, numbered."""
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": texts}))


@pytest.mark.parametrize("kind", list(TEXTS))
def test_an_article_in_another_language_is_flagged_with_it_and_stays(kind: str) -> None:
    corpus = corpus_of([*TEXTS[kind], INDONESIAN[0]])
    assert corpus.documents["flags"].tolist() == [NOT_INDONESIAN, NOT_INDONESIAN, ""]
    flagged = corpus.flagged
    assert flagged["kind"].tolist() == [kind, kind]
    assert flagged["raw_start"].tolist() == [0, 0]
    assert flagged["raw_end"].tolist() == [len(text) for text in TEXTS[kind]]
    assert len(corpus) == 3


def test_an_indonesian_article_is_not() -> None:
    assert not {NOT_INDONESIAN} & set(corpus_of(INDONESIAN).flagged["flag"])


def test_the_model_is_not_asked_where_function_words_make_it_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(identify, "identifier", refuse)
    corpus_of([INDONESIAN[0], INDONESIAN[1], INDONESIAN[3]])


def test_flags_follow_the_words_and_keep_other_flags() -> None:
    corpus = corpus_of([TEXTS["english"][0] + "\nHalaman selanjutnya", INDONESIAN[0]])
    assert corpus.documents["flags"].tolist() == [f"{NOT_INDONESIAN} truncated", ""]
    stale = corpus.documents.assign(flags=["truncated", NOT_INDONESIAN])
    apart = corpus.flagged[corpus.flagged["flag"] != NOT_INDONESIAN]
    documents, flagged = flag_languages(stale, corpus.segments, apart, corpus.index)
    pd.testing.assert_frame_equal(documents, corpus.documents)
    pd.testing.assert_frame_equal(flagged, corpus.flagged)
    assert stale["flags"].tolist() == ["truncated", NOT_INDONESIAN]


@pytest.mark.data
def test_no_article_speech_or_law_is_flagged(shared_data: Path) -> None:
    files = ("clickid_news/tempo", "pidato_jokowi_2017/pidato", "peraturan_governance/peraturan")
    for file in files:
        with gzip.open(shared_data / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        frame = pd.DataFrame({"doc_id": [str(row) for row in range(len(texts))], "text": texts})
        flags = kit.Corpus.from_frame(frame, clean=False).flagged["flag"]
        assert NOT_INDONESIAN not in set(flags)
