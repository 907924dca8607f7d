"""Who says what: the seed's gold to the character, made-up documents for every trap, and what holds for any text."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.corpus.spans import check_passages
from kit.discourse import rules
from kit.discourse.view import View, views
from kit.errors import QueryError

ORACLES = Path(__file__).parents[1] / "oracles"
LENIENT = {"q06", "q07", "q08", "q09"}


def corpus_of(*texts: str) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d{number:03}" for number in range(len(texts))], "text": list(texts)})
    return kit.Corpus.from_frame(frame, clean=False)


def found(text: str, *, mode: str = "strict") -> list[tuple[str, str, str | None]]:
    """What is found in a text: type, the words, and who says them."""
    table = kit.find_quotations(corpus_of(text), mode=mode)  # type: ignore[arg-type]
    speakers = [None if pd.isna(name) else name for name in table["speaker"]]
    places = zip(table["type"], table["start"], table["end"], speakers, strict=True)
    return [(kind, text[start:end], speaker) for kind, start, end, speaker in places]


def gold(*, lenient: bool) -> list[tuple[Any, ...]]:
    """The seed's quotations: type, words, verb and speaker, in code points of the body."""
    with (ORACLES / "seed_article_quotes.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if lenient or row["quote_id"] not in LENIENT]
    names = ("content_start", "content_end", "verb_start", "verb_end", "speaker_start", "speaker_end")
    places = []
    for row in rows:
        start, end, *others = (int(row[name]) if row[name] else None for name in names)
        verb = others[0]
        places.append((row["type"], verb if start is None else start, verb if end is None else end, *others))
    return places


@pytest.fixture(scope="module")
def seed() -> kit.Corpus:
    return corpus_of((ORACLES / "seed_article_body.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("mode", ["strict", "lenient"])
def test_the_seed_is_read_as_the_gold_says(seed: kit.Corpus, mode: str) -> None:
    table = kit.find_quotations(seed, mode=mode)  # type: ignore[arg-type]
    names = ["type", "start", "end", "cue_start", "cue_end", "speaker_start", "speaker_end"]
    rows = [tuple(None if pd.isna(cell) else cell for cell in row) for row in table[names].itertuples(index=False)]
    assert rows == gold(lenient=mode == "lenient")
    ali = table[table["type"].isin(["direct", "indirect", "indirect_command", "attribution_only", "free_indirect"])]
    assert set(ali["speaker"]) == {"Moh Ali Kuncoro"}
    assert set(ali["role"]) == {"Pj Wali Kota Mojokerto"}
    assert len(set(ali["speaker_id"])) == 1
    nested = table[table["type"] == "nested_indirect"]
    assert nested["speaker"].tolist() == ["Gubernur Jawa Timur", "Presiden"]
    assert (table.set_index("quotation").loc[nested["parent"].astype(int), "type"] == "direct").all()


#: A text, and what is found in it: type, words, speaker.
CASES: dict[str, tuple[str, list[tuple[str, str, str | None]]]] = {
    "a wish without agar": (
        "Wali Kota Budi Raharjo berharap warga bersabar.",
        [("indirect", "warga bersabar", "Budi Raharjo")],
    ),
    "a wish with agar": (
        "Wali Kota Budi Raharjo berharap agar warga bersabar.",
        [("indirect_command", "agar warga bersabar", "Budi Raharjo")],
    ),
    "what is regretted": (
        "Ketua DPRD Sari Dewi menyayangkan warga tak dilibatkan.",
        [("indirect", "warga tak dilibatkan", "Sari Dewi")],
    ),
    "what is feared": (
        "Sari Dewi khawatir jalan itu longsor.",
        [("indirect", "jalan itu longsor", "Sari Dewi")],
    ),
    "fear of something is no report": ("Sari Dewi khawatir dengan cuaca.", []),
    "words without a subject": (
        "Bupati Sari Dewi menegaskan tidak akan mundur.",
        [("indirect", "tidak akan mundur", "Sari Dewi")],
    ),
    "words with a subject and a marker": (
        "Bupati Sari Dewi mengakui dinasnya belum siap.",
        [("indirect", "dinasnya belum siap", "Sari Dewi")],
    ),
    "what is told of is no clause": ("Bupati Sari Dewi membeberkan alasan tidak hadir.", []),
    "an office, a university and a name": (
        "Guru Besar Universitas Jenderal Suradi Lombang Prof Hadi Nugraha mengatakan, warga sabar.",
        [("indirect", "warga sabar", "Hadi Nugraha")],
    ),
    "a body and a name": ("Humas TNLX Jusman mengatakan, warga sabar.", [("indirect", "warga sabar", "Jusman")]),
    "two people": ("Nisa dan Halisa mengatakan, warga sabar.", [("indirect", "warga sabar", "Nisa")]),
    "a body and an adverb": (
        'KPK sebaiknya menunggu. "Kami siap," kata Sari Dewi. Menurut BPKX sebaiknya, warga sabar.',
        [("direct", "Kami siap", "Sari Dewi"), ("indirect", "warga sabar", "BPKX")],
    ),
    "words with a copula": (
        "Bupati Sari Dewi menyebut sikap itu merupakan kemajuan.",
        [("indirect", "sikap itu merupakan kemajuan", "Sari Dewi")],
    ),
    "still said by": (
        "Bupati Sari Dewi tiba. Masih kata Sari Dewi, jalan itu rusak.",
        [("indirect", "jalan itu rusak", "Sari Dewi")],
    ),
    "the second name of a person": (
        "Bupati Sari Dewi Lestiana atau Tiana mengatakan, warga sabar.",
        [("indirect", "warga sabar", "Sari Dewi Lestiana")],
    ),
    "the short name of a body": (
        "Direktur Lembaga Kajian Air Bersih atau LKAB Sari Dewi mengatakan, warga sabar.",
        [("indirect", "warga sabar", "Sari Dewi")],
    ),
    "an office about a body": (
        'Ketua Panitia tentang KPK Suratman Wijaya mengatakan, rapat belum selesai. "Masih lama," kata Suratman.',
        [("indirect", "rapat belum selesai", "Suratman Wijaya"), ("direct", "Masih lama", "Suratman Wijaya")],
    ),
    "what only opens the sentence": (
        "Sementara itu, polisi mengatakan, jalan ditutup.",
        [("indirect", "jalan ditutup", "polisi")],
    ),
    "where somebody is": (
        "Pedagang di kawasan Jakarta mengatakan, harga naik.",
        [("indirect", "harga naik", "Pedagang")],
    ),
    "straight marks": (
        '"Warga harus sabar," kata Camat Budi Raharjo.',
        [("direct", "Warga harus sabar", "Budi Raharjo")],
    ),
    "curly marks": ("“Warga harus sabar,” kata Budi.", [("direct", "Warga harus sabar", "Budi")]),
    "closing marks on both sides": ("”Warga harus sabar,” kata Budi.", [("direct", "Warga harus sabar", "Budi")]),
    "unlike pair": ('“Warga harus sabar," kata Budi.', [("direct", "Warga harus sabar", "Budi")]),
    "single marks": ("'Warga harus sabar,' kata Budi.", [("direct", "Warga harus sabar", "Budi")]),
    "an apostrophe is no mark": (
        "'Jum'at libur,' kata Budi. Ma'ruf hadir.",
        [("direct", "Jum'at libur", "Budi")],
    ),
    "two halves around the verb": (
        '"Warga sabar," kata Budi, "dan kami siap."',
        [("direct", "Warga sabar", "Budi"), ("direct", "dan kami siap.", "Budi")],
    ),
    "the verb before": ('Bupati Budi menegaskan, "Kami siap."', [("direct", "Kami siap.", "Budi")]),
    "a colon": ('Budi berkata: "Kami siap melayani."', [("direct", "Kami siap melayani.", "Budi")]),
    "several paragraphs, opened anew": (
        '"Kami siap.\n"Warga sabar," ujar Budi.',
        [("direct", 'Kami siap.\n"Warga sabar', "Budi")],
    ),
    "a mark that is missing ends at the paragraph": (
        '"Kami siap melayani semua warga.\nHujan turun di kota. "Kami datang," kata Sari.',
        [("direct", "Kami siap melayani semua warga.", None), ("direct", "Kami datang", "Sari")],
    ),
    "an opening mark that is missing": (
        'Hujan turun. Kami siap melayani," kata Budi.\n"Kami datang," kata Sari.',
        [("direct", "Kami siap melayani", "Budi"), ("direct", "Kami datang", "Sari")],
    ),
    "scare quotes are none": ('Rumah itu disebut "istana" oleh warga. Budi tertawa.', []),
    "a title is none": ('Budi hadir dalam seminar bertajuk "Melayani Warga dengan Hati".', []),
    "bahwa": ("Budi mengatakan bahwa warga harus sabar.", [("indirect", "warga harus sabar", "Budi")]),
    "a comma": ("Ketua KPU Budi menjelaskan, warga memilih.", [("indirect", "warga memilih", "Budi")]),
    "a passive with an agent": (
        "Dijelaskan Budi, warga harus sabar.",
        [("indirect", "warga harus sabar", "Budi")],
    ),
    "a passive with oleh": (
        "Disampaikan oleh Camat Budi bahwa warga sabar.",
        [("indirect", "warga sabar", "Budi")],
    ),
    "menurut": ("Menurut Budi, warga harus sabar.", [("indirect", "warga harus sabar", "Budi")]),
    "no source that speaks": ("Menurut undang-undang, warga harus sabar. Menurut data itu, warga pergi.", []),
    "a verb inside": (
        "Warga, kata Budi, harus sabar menunggu.",
        [("indirect", "Warga, kata Budi, harus sabar menunggu", "Budi")],
    ),
    "an order": (
        "Budi meminta warga agar bersabar.",
        [("indirect_command", "agar bersabar", "Budi")],
    ),
    "no report": ("Budi datang untuk mengatakan bahwa ia pergi. Ia enggan menjelaskan bahwa itu benar.", []),
    "somebody else's clause": ("Orang yang mengatakan bahwa itu benar pergi.", []),
    "kata is a noun": ("Kata kunci itu penting. Arti kata Budi ialah akal.", []),
    "tegas is an adverb": ("Sikap tegas Budi dipuji warga.", []),
    "an adverb that looks like a report": ("Jelasnya, warga menunggu lama.", []),
    "what points back": (
        "Budi mengatakan, warga sabar. Hal itu disampaikannya di kantor. Hal tersebut disampaikan Sari.",
        [("indirect", "warga sabar", "Budi"), ("attribution_only", "", "Budi"), ("attribution_only", "", "Sari")],
    ),
    "a report inside a quotation": (
        '"Presiden menyampaikan bahwa ASN harus melayani," ujar Budi.',
        [
            ("direct", "Presiden menyampaikan bahwa ASN harus melayani", "Budi"),
            ("nested_indirect", "ASN harus melayani", "Presiden"),
        ],
    ),
    "a quotation in a quotation": (
        "\"Presiden berpesan, 'Layani warga,' dan kami ikut,\" ujar Budi.",
        [
            ("direct", "Presiden berpesan, 'Layani warga,' dan kami ikut", "Budi"),
            ("direct", "Layani warga", "Presiden"),
        ],
    ),
    "irony in a quotation is none": (
        "\"Kami bukan 'raja' di sini,\" ujar Budi.",
        [("direct", "Kami bukan 'raja' di sini", "Budi")],
    ),
    "the speaker's own report inside is none": (
        '"Saya mengatakan bahwa ASN harus melayani," ujar Budi.',
        [("direct", "Saya mengatakan bahwa ASN harus melayani", "Budi")],
    ),
    "every dress of a verb": (
        '"Satu," jelas Budi. "Dua," jelasnya. Ia menjelaskan, tiga. Dijelaskannya, empat.',
        [
            ("direct", "Satu", "Budi"),
            ("direct", "Dua", "Budi"),
            ("indirect", "tiga", "Budi"),
            ("indirect", "empat", "Budi"),
        ],
    ),
    "pronouns and his side": (
        "Camat Budi Raharjo mengatakan, warga sabar. Ia menambahkan, hujan turun.\nPihaknya berjanji, uang datang.",
        [
            ("indirect", "warga sabar", "Budi Raharjo"),
            ("indirect", "hujan turun", "Budi Raharjo"),
            ("indirect", "uang datang", "Budi Raharjo"),
        ],
    ),
    "a short name and an office are the same person": (
        'Bupati Sari Dewi Lestari mengatakan, warga sabar. "Kami siap," ujar Dewi. "Terima kasih," kata Bupati.',
        [
            ("indirect", "warga sabar", "Sari Dewi Lestari"),
            ("direct", "Kami siap", "Sari Dewi Lestari"),
            ("direct", "Terima kasih", "Sari Dewi Lestari"),
        ],
    ),
    "another office is another speaker": (
        'Bupati Sari Dewi mengatakan, warga sabar. "Kami siap," kata Ibu Gubernur.',
        [("indirect", "warga sabar", "Sari Dewi"), ("direct", "Kami siap", "Gubernur")],
    ),
    "nobody to mean": ('"Kami siap," katanya.', [("direct", "Kami siap", None)]),
    "a person without a name": ('"Kami takut," ujar perempuan itu.', [("direct", "Kami takut", "perempuan")]),
    "who does what the base says": (
        "Menurut pengepul itu, harga turun.",
        [("indirect", "harga turun", "pengepul")],
    ),
    "a source inside": ("Harga turun, menurut pemulung setempat.", [("indirect", "Harga turun", "pemulung setempat")]),
    "a source before marks": ('Menurut penambang, "Kami siap."', [("direct", "Kami siap.", "penambang")]),
    "a source behind marks": ('"Kami siap," menurut peladang itu.', [("direct", "Kami siap", "peladang")]),
    "any noun behind seorang": ('"Kami siap," kata seorang kenek.', [("direct", "Kami siap", "kenek")]),
    "several of them": (
        "Menurut sejumlah pedagang, harga turun. Menurut para pengepul, harga naik.",
        [("indirect", "harga turun", "pedagang"), ("indirect", "harga naik", "pengepul")],
    ),
    "one of them": ("Menurut salah satu warga, itu benar.", [("indirect", "itu benar", "warga")]),
    "a name beside a noun that the document uses alone": (
        '"Kami siap," kata seorang pengepul, Tono. "Harga turun," kata Tono.',
        [("direct", "Kami siap", "Tono"), ("direct", "Harga turun", "Tono")],
    ),
    "a name that is somebody else's": (
        '"Kami siap," kata seorang pembantu Presiden Sari.',
        [("direct", "Kami siap", "pembantu Presiden Sari")],
    ),
    "things so formed are no people": (
        "Menurut petunjuk itu, obat diminum. Menurut pendapat warga, itu benar. Menurut penyebabnya, banjir ada dua.",
        [],
    ),
    "counted things are no people": ("Menurut sejumlah data, harga turun. Menurut dua peraturan, itu dilarang.", []),
    "an organisation": (
        "Kementerian Kesehatan menyatakan bahwa vaksin aman.",
        [("indirect", "vaksin aman", "Kementerian Kesehatan")],
    ),
    "nothing": ("", []),
    "marks alone": ('"" “” \' "', []),
    "a mark at the end": ('Budi pergi. "', []),
}


@pytest.mark.parametrize("case", CASES)
def test_each_way_to_quote_is_read(case: str) -> None:
    text, expected = CASES[case]
    assert found(text) == expected


def test_lenient_adds_free_speech_and_what_nobody_says() -> None:
    text = (
        "Camat Budi mengatakan, warga sabar.\nSemua harus menunggu giliran.\nDiharapkan warga datang pagi.\n"
        '"Kami siap," ujar Budi.'
    )
    added = [row for row in found(text, mode="lenient") if row not in found(text)]
    assert added == [
        ("free_indirect", "Semua harus menunggu giliran", "Budi"),
        ("agentless", "warga datang pagi", None),
    ]


def test_flags_say_what_is_uncertain() -> None:
    table = kit.find_quotations(corpus_of('"Kami siap melayani semua warga.\nHujan turun.'))
    assert table["flags"].tolist() == ["unclosed no-cue"]
    assert table["certainty"].tolist() == ["ambiguous"]


def test_a_mode_that_is_none_is_refused(seed: kit.Corpus) -> None:
    with pytest.raises(QueryError, match="strict, lenient"):
        kit.find_quotations(seed, mode="loose")  # type: ignore[arg-type]


WORDS = st.sampled_from(
    (
        *"\"“”‘’',.?:()\n-/«»…",
        *(
            "kata",
            "Kata",
            "ujarnya",
            "menurut",
            "Menurut",
            "mengatakan",
            "bahwa",
            "Dijelaskan",
            "disampaikan",
            "Hal itu",
        ),
        *(
            "dia",
            "ia",
            "Ali",
            "Budi",
            "Wali Kota",
            "Presiden",
            "Ibu",
            "yang",
            "untuk",
            "warga",
            "Kepala",
            "Dinas",
            "Dr",
        ),
        *("dan", "oleh", "Diharapkan", "kepada", "ASN", "PT", "Kompol", "S.H.", "2020", "tegas", "saya", "pihaknya"),
        *("menekankan", "artinya", "Senin", "Seperti", "Hal itu", "Dr"),
    )
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["", " "])), max_size=40).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@settings(max_examples=30)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_whatever_is_found_lies_in_its_text(texts: list[str]) -> None:
    corpus = corpus_of(*texts)
    bodies = corpus.documents["text"].tolist()
    for mode in ("strict", "lenient"):
        table = kit.find_quotations(corpus, mode=mode)  # type: ignore[arg-type]
        check_passages(corpus, table, columns=("start", "end"))
        for row in table.itertuples():
            words = bodies[row.doc][row.start : row.end]
            assert words.strip() == words
            assert bool(words) == (row.type != "attribution_only")
        for _, rows in table.groupby("doc"):
            assert rows["quotation"].tolist() == list(range(1, len(rows) + 1))
            assert rows["start"].is_monotonic_increasing
            assert set(rows["parent"].dropna()) <= set(rows["quotation"])


@settings(max_examples=10)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_each_document_is_read_by_itself(texts: list[str]) -> None:
    whole = kit.find_quotations(corpus_of(*texts))
    for number, text in enumerate(texts):
        alone = kit.find_quotations(corpus_of(text))
        mine = whole[whole["doc"] == number]
        skipped = ["doc_id", "doc", "sentence", "speaker_id"]
        assert mine.drop(columns=skipped).to_csv(index=False) == alone.drop(columns=skipped).to_csv(index=False)


def test_parts_give_the_same_rows(seed: kit.Corpus) -> None:
    texts = [text for text, _ in CASES.values()]
    whole = corpus_of(*texts)
    names = whole.documents["doc_id"]
    split = kit.PartedCorpus.of([whole.where(doc_id=list(names[::2])), whole.where(doc_id=list(names[1::2]))])
    pd.testing.assert_frame_equal(kit.find_quotations(split), kit.find_quotations(whole))
    assert split.fingerprint == whole.fingerprint


def test_menurutnya_names_its_speaker_wherever_it_stands() -> None:
    texts = {
        "Bupati Sari Dewi tiba. Ia bersalaman. Layanan itu menurutnya cepat.": "Layanan itu menurutnya cepat",
        "Bupati Sari Dewi tiba. Ia bersalaman. Layanan itu menurut dia cepat.": "Layanan itu menurut dia cepat",
        "Bupati Sari Dewi tiba. Ia bersalaman. Sehingga menurutnya, warga sabar.": "warga sabar",
        "Selain itu menurut Budi Raharjo, warga sabar.": "warga sabar",
        "Lomba itu dibuka menurut aturan.": None,
        "Budi Raharjo membantah jika layanan itu lambat.": "layanan itu lambat",
        "Budi Raharjo datang jika layanan itu lambat.": None,
        "Anak itu menurut kepada ibunya.": None,
    }
    frame = pd.DataFrame({"doc_id": [str(row) for row in range(len(texts))], "text": list(texts)})
    found = kit.find_quotations(kit.Corpus.from_frame(frame, clean=False))
    cut = {row.doc: list(texts)[row.doc][row.start : row.end] for row in found.itertuples()}
    assert {text: cut.get(row) for row, text in enumerate(texts)} == texts


def slow_bounds(view: View, place: int) -> tuple[int, int]:
    """Walk to the ends of a sentence, a token at a time; it ends with its paragraph too."""
    first, stop = place, place + 1
    while first > 0 and not view.breaks[first] and view.paragraph[first - 1] == view.paragraph[first]:
        first -= 1
    while stop < view.size and not view.breaks[stop] and view.paragraph[stop] == view.paragraph[place]:
        stop += 1
    return first, stop


def test_ends_of_sentences_and_words_of_a_kind_are_those_of_walking_there() -> None:
    texts = [
        '"Warga," kata Budi. Ia pergi.\n\n"Ya," ujar Ani\nKata dia, benar. \'Tidak.\'',
        "Menurut Ali, hal itu baik\nTanpa titik\n\nLalu kata Budi?",
        "kata",
    ]
    frame = pd.DataFrame({"doc_id": list("abc"), "text": texts})
    seen = 0
    for _, view in views(kit.Corpus.from_frame(frame, clean=False)):
        for place in range(view.size):
            assert (view.sentence_begin(place), view.sentence_end(place)) == slow_bounds(view, place)
            seen += 1
        for bit in (rules.SAYING, rules.DOUBLE, rules.SINGLE):
            assert view.with_bit(bit) == [place for place, bits in enumerate(view.flags) if bits & bit]
    assert seen > 30
