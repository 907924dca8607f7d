"""The corpus object on the seed, on small made-up corpora and on documents at the edge."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import CorpusError, ReadingError

ORACLES = Path(__file__).parents[1] / "oracles"
STORED = ("documents", "segments", "removed", "flagged", "repaired", "set_aside")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> kit.Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "articles").mkdir()
    raw = (ORACLES / "seed_article_raw.txt").read_bytes()
    (folder / "articles" / "seed.txt").write_bytes(raw)
    return kit.load_corpus(folder)


def small(**texts: str) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())})
    return kit.Corpus.from_frame(frame, clean=False)


def test_the_seed_in_numbers(seed: kit.Corpus) -> None:
    body = (ORACLES / "seed_article_body.txt").read_text(encoding="utf-8")
    assert seed.documents.text.tolist() == [body]
    assert len(body) == 2272
    assert len(seed.sentences) == 13
    assert seed.sentences.paragraph.nunique() == 11
    assert seed.sentences.paragraph.max() == 10
    assert int(seed.counted.sum()) == 296
    words = seed.types.kind.isin(["word", "number"])
    assert int(words.sum()) == 185


def test_the_seed_counts_what_was_removed(seed: kit.Corpus) -> None:
    from kit.language.tokens import COUNTED, tokenize

    removed = seed.removed
    assert sum(token.kind in COUNTED for text in removed.text for token in tokenize(text)) == 60


def test_every_body_offset_leads_to_the_raw_file(seed: kit.Corpus, seed_raw: str) -> None:
    body = seed.documents.text[0]
    places = [place for place, character in enumerate(body) if character != "\n"]
    raw = seed.raw_offsets([0] * len(places), places)
    assert [seed_raw[place] for place in raw] == [body[place] for place in places]
    with (ORACLES / "seed_article_concepts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert seed.raw_offsets([0], [int(row["body_start"])]).tolist() == [int(row["raw_start"])]


def test_accents_are_composed_and_still_lead_to_the_raw_file(tmp_path: Path) -> None:
    raw = "Cafe\u0301 warga dilayani.\n\nRe\u0301sume\u0301 ASN."
    (tmp_path / "a.txt").write_text(raw, encoding="utf-8", newline="")
    corpus = kit.load_corpus(tmp_path)
    text = corpus.documents.text[0]
    assert text == "Café warga dilayani.\nRésumé ASN."
    for word in ("warga", "dilayani", "ASN"):
        place = corpus.raw_offsets([0], [text.index(word)])[0]
        assert raw[place:].startswith(word)


def test_tables_are_tidy(seed: kit.Corpus) -> None:
    assert list(seed.tokens.columns) == ["doc", "sentence", "type", "start", "end"]
    assert set(seed.tokens.dtypes) == {np.dtype("int32")}
    assert list(seed.sentences.columns) == ["doc", "start", "end", "paragraph"]
    assert set(seed.sentences.dtypes) == {np.dtype("int32")}
    assert list(seed.types.columns) == ["form", "lexeme", "root", "kind", "voice", "stopword"]
    assert seed.types.form.is_monotonic_increasing
    assert list(seed.segments.columns) == ["doc", "raw_start", "raw_end", "start"]
    assert list(seed.removed.columns) == ["doc", "raw_start", "raw_end", "rule", "text"]


def test_what_a_user_changes_stays_theirs(seed: kit.Corpus) -> None:
    before = seed.fingerprint
    documents, types = seed.documents, seed.types
    documents.loc[0, "text"] = "other"
    types["stopword"] = True
    assert seed.documents.text[0].startswith("Pj Wali Kota")
    fresh = kit.Corpus(*(getattr(seed, f"_{name}") for name in STORED), seed.index)
    assert fresh.fingerprint == before


def test_documents_are_sorted_and_their_order_does_not_matter() -> None:
    one, other = small(b="Warga.", a="ASN."), small(a="ASN.", b="Warga.")
    assert one.documents.doc_id.tolist() == ["a", "b"]
    assert one.fingerprint == other.fingerprint


def test_from_frame_changes_nothing() -> None:
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["  Baca Juga: X\r\n\r\nWarga\u00a0.  "], "views": [7]})
    before = frame.copy(deep=True)
    corpus = kit.Corpus.from_frame(frame, clean=False)
    pd.testing.assert_frame_equal(frame, before)
    assert corpus.documents.text[0] == frame.text[0]
    assert corpus.documents.views.tolist() == [7]
    assert len(corpus.removed) == 0


def test_metadata_that_is_not_stated_stays_empty(seed: kit.Corpus) -> None:
    row = seed.documents.iloc[0]
    assert (row.title, row.date, row.url) == ("", "", "")
    assert row.outlet == "BANGSAONLINE.com"
    assert row.author == "ris/van"
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["x"], "date": [None]}), clean=False)
    assert corpus.documents.date.tolist() == [""]


def test_what_the_researcher_states_wins(tmp_path: Path) -> None:
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["SURABAYA, CONTOH.com - Warga dilayani."], "outlet": ["Contoh"]})
    corpus = kit.Corpus.from_frame(frame)
    assert corpus.documents.outlet.tolist() == ["Contoh"]
    assert corpus.documents.text.tolist() == ["Warga dilayani."]


def test_where_and_split() -> None:
    frame = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c"],
            "text": ["ASN melayani. Warga senang.", "Warga dilayani.", "Warga."],
            "outlet": ["X", "Y", None],
            "date": ["2023-01-02", "2024-03-04", "2024-05-06"],
        }
    )
    corpus = kit.Corpus.from_frame(frame, clean=False)
    assert corpus.where(outlet="Y").documents.doc_id.tolist() == ["b"]
    assert corpus.where(outlet=["X", "Y"], year=2024).documents.doc_id.tolist() == ["b"]
    parts = corpus.split("year")
    assert {year: len(part) for year, part in parts.items()} == {"2023": 1, "2024": 2}
    assert corpus.group_of("outlet").tolist() == ["X", "Y", "not stated"]
    assert corpus.group_of("month").tolist() == ["2023-01", "2024-03", "2024-05"]
    assert [part.selection for part in parts.values()] == [
        ({"where": {"year": [year]}, "documents": count, "of": 3},) for year, count in (("2023", 1), ("2024", 2))
    ]
    assert corpus.selection == ()
    part = corpus.where(year=2024)
    assert part.where(outlet="Y").selection == (*part.selection, {"where": {"outlet": ["Y"]}, "documents": 1, "of": 2})
    assert part.types.form.tolist() == [".", "dilayani", "warga"]
    assert part.sentences.doc.tolist() == [0, 1]
    assert part.fingerprint == kit.Corpus.from_frame(frame[1:], clean=False).fingerprint
    with pytest.raises(CorpusError, match="no column 'desk'"):
        corpus.where(desk="Metro")


def test_an_empty_selection_is_a_corpus() -> None:
    nothing = small(a="ASN.").where(outlet=[])
    assert len(nothing) == 0
    assert len(nothing.tokens) == len(nothing.types) == len(nothing.sentences) == 0
    assert nothing.fingerprint


@pytest.mark.parametrize("text", ["", " ", "\n\n", "kata", "!", "a\r\nb\rc", "‘kata’ “kita”", "Cafe\u0301."])
def test_documents_at_the_edge(text: str) -> None:
    corpus = small(a=text, b="Warga dilayani.")
    assert len(corpus) == 2
    document = corpus.tokens[corpus.tokens.doc == 0]
    assert "".join(text[start:end] for start, end in zip(document.start, document.end, strict=True)) == "".join(
        text.split()
    )


def test_offsets_are_into_the_text_as_given() -> None:
    text = "\u200bPela\u00adyanan cafe\u0301, warga"
    corpus = small(a=text)
    tokens = corpus.tokens
    assert corpus.documents.text[0] == text
    assert corpus.types.form[tokens.type].tolist() == ["pelayanan", "café", ",", "warga"]
    assert [text[start:end] for start, end in zip(tokens.start, tokens.end, strict=True)] == [
        "Pela\u00adyanan",
        "cafe\u0301",
        ",",
        "warga",
    ]


def test_a_text_of_nothing_visible() -> None:
    corpus = small(a="\u00ad", b="\u200b ")
    assert len(corpus) == 2
    assert len(corpus.tokens) == 0


def test_paragraphs_count_lines_that_say_something() -> None:
    corpus = small(a="Satu. Dua.\n\nTiga\nEmpat! Lima", b="Enam")
    assert corpus.sentences.paragraph.tolist() == [0, 0, 1, 2, 2, 0]


def test_copies_are_named() -> None:
    corpus = small(a="Warga.", b="ASN.", c="Warga.")
    assert corpus.documents.copy_of.tolist() == ["", "", "a"]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({"text": ["x"]}, "no column 'doc_id'"),
        ({"doc_id": ["a"]}, "no column 'text'"),
        ({"doc_id": ["a", "a"], "text": ["x", "y"]}, "'a' stands more than once"),
        ({"doc_id": ["a", "b"], "text": ["x", None]}, "row 1: has no text -> fill the column"),
    ],
)
def test_unusable_tables(frame: dict[str, list[str]], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        kit.Corpus.from_frame(pd.DataFrame(frame))


def test_a_folder_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReadingError):
        kit.load_corpus(tmp_path)
    with pytest.raises(ReadingError):
        kit.load_corpus(tmp_path / "none such")


def test_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Warga dilayani.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 40)
    corpus = kit.load_corpus(tmp_path)
    assert corpus.documents.doc_id.tolist() == ["good"]
    assert corpus.set_aside.source.tolist() == ["bad.txt"]
    assert corpus.set_aside.remedy[0]
    assert corpus.about(unit="set-aside").items() <= corpus.set_aside.attrs.items()
    assert repr(corpus) == "<Corpus: 1 document, 1 sentence, 2 words and numbers, 2 types>"


def test_nltk_gets_the_same_tokens(seed: kit.Corpus) -> None:
    from nltk.probability import FreqDist

    counts = FreqDist(seed.to_nltk(folded=True, punctuation=False))
    ours = kit.term_frequencies(seed).set_index("term")["count"]
    assert counts == FreqDist(ours.to_dict())
    text = seed.to_nltk()
    assert list(text)[:4] == ["Pj", "Wali", "Kota", "Mojokerto"]
    assert len(text.concordance_list("ASN", lines=100)) == 10


def test_scikit_learn_gets_the_same_counts(seed: kit.Corpus) -> None:
    from sklearn.feature_extraction.text import CountVectorizer

    from kit.language.tokens import COUNTED, tokenize

    counter = CountVectorizer(
        analyzer=lambda text: [token.text.lower() for token in tokenize(text) if token.kind in COUNTED]
    )
    counts = counter.fit_transform(seed.documents.text).toarray()[0]
    theirs = dict(zip(counter.get_feature_names_out().tolist(), counts.tolist(), strict=True))
    assert theirs == kit.term_frequencies(seed).set_index("term")["count"].to_dict()


@given(st.lists(st.text(alphabet=st.sampled_from("ab .\n,-'"), max_size=20), min_size=1, max_size=5))
def test_fingerprint_tells_corpora_apart(texts: list[str]) -> None:
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": texts})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    again = kit.Corpus.from_frame(frame.iloc[::-1], clean=False)
    changed = frame.assign(text=[texts[0] + "b", *texts[1:]])
    assert corpus.fingerprint == again.fingerprint
    assert corpus.fingerprint != kit.Corpus.from_frame(changed, clean=False).fingerprint


# ---- Tables as people have them ------------------------------------------------------------------------------------


def frame_of(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": ["a", "b", "c"], "text": ["satu", "dua", "tiga"], **columns})


def test_a_gap_in_numbers_and_dates_changes_no_label() -> None:
    corpus = kit.Corpus.from_frame(
        frame_of(round=[2024, None, 2023], date=[pd.Timestamp("2024-02-04"), pd.NaT, pd.Timestamp("2023-01-01")])
    )
    assert corpus.group_of("round").tolist() == ["2024", "not stated", "2023"]
    assert list(corpus.split("round")) == ["2023", "2024", "not stated"]
    assert len(corpus.where(round=2024)) == len(corpus.where(round=2024.0)) == len(corpus.where(round="2024")) == 1
    assert corpus.documents.date.tolist() == ["2024-02-04", "", "2023-01-01"]
    assert list(corpus.split("year")) == ["2023", "2024", "not stated"]


@pytest.mark.parametrize("dtype", ["string", "string[pyarrow]", "category", "object"])
def test_dtypes_of_a_table_change_nothing(dtype: str) -> None:
    frame = frame_of(outlet=["X", "Y", None])
    as_dtype = frame.astype({"text": dtype if dtype != "category" else "str", "outlet": dtype})
    assert kit.Corpus.from_frame(as_dtype).fingerprint == kit.Corpus.from_frame(frame).fingerprint


def test_numeric_ids_are_written_without_a_fraction() -> None:
    corpus = kit.Corpus.from_frame(frame_of().assign(doc_id=[3.0, 1.0, 2.0]))
    assert corpus.documents.doc_id.tolist() == ["1", "2", "3"]
    assert corpus.documents.text.tolist() == ["dua", "tiga", "satu"]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.concat([frame_of(outlet="X"), frame_of(outlet="Y")[["outlet"]]], axis=1), "several columns 'outlet'"),
        (pd.concat([frame_of(), frame_of()[["text"]]], axis=1), "several columns 'text'"),
        (frame_of().assign(doc_id=["a", " ", "c"]), "row 1: has no doc_id -> give every row"),
        (frame_of().assign(text=pd.Series(["satu", "du\ud800a", "tiga"], dtype=object)), "row 1: text holds half"),
    ],
)
def test_tables_that_are_refused(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        kit.Corpus.from_frame(frame)


@pytest.mark.parametrize("sign", ["\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_paragraphs_end_at_every_kind_of_line_break(sign: str) -> None:
    lines = ["ASN melayani warga.", "Warga senang"]
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [sign.join(lines)]}), clean=False)
    assert corpus.sentences.paragraph.tolist() == [0, 1]


def test_splitting_documents_at_their_paragraphs_changes_no_count() -> None:
    texts = ["ASN melayani warga. ASN (Aparatur Sipil Negara)", "Tata kelola", "pelayanan publik, tata kelola data"]
    whole = pd.DataFrame({"doc_id": ["a"], "text": ["\n".join(texts)]})
    parts = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": texts})
    one, three = (kit.Corpus.from_frame(frame, clean=False) for frame in (whole, parts))
    codebook = kit.load_codebook()
    columns = ["concept", "sentences", "hits", "mentions"]
    counts = [kit.concept_frequencies(corpus, codebook)[columns] for corpus in (one, three)]
    pd.testing.assert_frame_equal(
        *(table.sort_values("concept", ignore_index=True) for table in counts), check_like=True
    )
    terms = [kit.term_frequencies(corpus).set_index("term")["count"].sort_index() for corpus in (one, three)]
    pd.testing.assert_series_equal(*terms)


@pytest.mark.parametrize("name", ["doc_id", "text"])
def test_bytes_are_no_text(name: str) -> None:
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN."]}).assign(**{name: [b"ASN."]})
    for one in (frame, frame.convert_dtypes(dtype_backend="pyarrow")):
        with pytest.raises(CorpusError, match=f"row 0: {name} is bytes, not text -> decode it"):
            kit.Corpus.from_frame(one)


def test_types_are_counted_alike_everywhere(sample: kit.Corpus) -> None:
    """Words and numbers, no punctuation: in the corpus's own words, its description, its diversity and its terms."""
    described = kit.describe_corpus(sample).iloc[-1]
    assert f"{described['types']:,} types>" in repr(sample)
    assert described["types"] == kit.lexical_diversity(sample)["distinct"].iloc[0] == len(kit.term_frequencies(sample))
    assert described["sentences"] == len(sample.sentences) == sample.about()["sentences"]


def test_nltk_finds_collocations_without_its_data() -> None:
    """By hand: "pelayanan publik" three times; "yang baik" falls out with its stop word, "di" is too short."""
    text = "Pelayanan publik yang baik. Pelayanan publik yang baik di sini. Pelayanan publik di sana."
    frame = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    found = kit.Corpus.from_frame(frame, clean=False).to_nltk(folded=True)
    assert found.collocation_list() == [("pelayanan", "publik")]
    assert found.collocation_list(num=0) == []
    assert ("pelayanan", "baik") in found.collocation_list(window_size=4)


@pytest.mark.parametrize("first", ["similar", "common_contexts"])
def test_nltk_knows_words_with_a_hyphen_whatever_it_is_asked_first(
    first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By hand: *tugas-tugas* and *laporan* stand between *membaca* and *itu*; NLTK's answer hangs on the order."""
    text = "Bupati membaca tugas-tugas itu. Camat membaca laporan itu. Camat membaca 12 itu."
    frame = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    found = kit.Corpus.from_frame(frame, clean=False).to_nltk()
    asked = {"similar": "Tugas-tugas", "common_contexts": ["laporan", "tugas-tugas"]}
    said = {}
    for method in (first, *(set(asked) - {first})):
        getattr(found, method)(asked[method])
        said[method] = capsys.readouterr().out.split()
    assert said == {"similar": ["laporan"], "common_contexts": ["membaca_itu"]}


@pytest.mark.parametrize("method", ["generate", "readability"])
def test_what_nltk_cannot_do_without_its_data_is_said(seed: kit.Corpus, method: str) -> None:
    with pytest.raises(kit.KitError, match=r"model of English.*corpus\.sentences"):
        getattr(seed.to_nltk(), method)("x")
