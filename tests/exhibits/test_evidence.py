from __future__ import annotations

import csv
import io
from hashlib import sha256

import pandas as pd
import pytest

import kit
from kit.errors import ExhibitError, QueryError
from kit.exhibits import evidence as passages
from kit.exhibits import evidence_files

# In the raw file, dateline and cross-link are furniture. Raw offsets counted by hand: ASN 19, akuntabel 23; the second
# line is 34-46; ASN 47, Aparatur 52, akuntabel 62 and 73.
RAW = "KOTA, CONTOH.com - ASN akuntabel.\nBaca Juga: X\nASN (Aparatur) akuntabel, akuntabel."
TEXT = "ASN akuntabel.\nASN (Aparatur) akuntabel, akuntabel."
OTHER = "Warga <b>akuntabel</b>."


@pytest.fixture
def corpus():
    made = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a", "b"], "text": [RAW, OTHER]}))
    assert made.documents["text"].tolist() == [TEXT, OTHER]
    return made


@pytest.fixture
def mentions(corpus):
    rows = [
        ("b", 1, "akuntabilitas", 9, 18, 2, False),
        ("a", 0, "aktor-asn", 0, 3, 0, False),
        ("a", 0, "aktor-asn", 15, 18, 1, False),
        ("a", 0, "aktor-asn", 20, 28, 1, True),
        ("a", 0, "akuntabilitas", 41, 50, 1, False),
        ("a", 0, "akuntabilitas", 30, 39, 1, False),
        ("a", 0, "akuntabilitas", 4, 13, 0, False),
    ]
    frame = pd.DataFrame(rows, columns=["doc_id", "doc", "concept", "start", "end", "sentence", "gloss"])
    frame["pattern"] = ["akuntabel", "asn", "asn", "aparatur", "akuntabel", "akuntabel", "akuntabel"]
    frame.attrs = {"unit": "hit", "fingerprint": corpus.fingerprint}
    return frame


TABLE = pd.DataFrame(
    {
        "concept": ["akuntabilitas", "partisipasi", "aktor-asn"],
        "documents": [2, 0, 1],
        "sentences": [3, 0, 2],
        "hits": [4, 0, 3],
        "mentions": [4, 0, 2],
    }
)


def test_each_hit_with_its_sentence_and_offsets(corpus, mentions):
    before = mentions.copy()
    found = kit.evidence(corpus, mentions)
    pd.testing.assert_frame_equal(mentions, before)
    assert list(found.columns) == [
        "key", "doc_id", "sentence", "sentence_no", "start", "end", "raw_start", "raw_end",
        "surface", "passage", "passage_start", "gloss", "is_name", "cells", "outlet", "date", "title",
    ]  # fmt: skip
    one, two, three = "ASN akuntabel.", "ASN (Aparatur) akuntabel, akuntabel.", OTHER
    every, gloss = "documents sentences hits mentions", "documents sentences hits"
    assert set(found.pop("outlet")) == {"CONTOH.com", ""}
    assert set(found.pop("date").astype(str)) | set(found.pop("title")) == {""}
    assert found.astype(object).where(found.notna(), None).to_numpy().tolist() == [
        ["aktor-asn", "a", 0, 1, 0, 3, 19, 22, "ASN", one, 0, False, False, every],
        ["aktor-asn", "a", 1, 2, 15, 18, 47, 50, "ASN", two, 15, False, False, every],
        ["aktor-asn", "a", 1, 2, 20, 28, 52, 60, "Aparatur", two, 15, True, False, gloss],
        ["akuntabilitas", "a", 0, 1, 4, 13, 23, 32, "akuntabel", one, 0, False, False, every],
        ["akuntabilitas", "a", 1, 2, 30, 39, 62, 71, "akuntabel", two, 15, False, False, every],
        ["akuntabilitas", "a", 1, 2, 41, 50, 73, 82, "akuntabel", two, 15, False, False, every],
        ["akuntabilitas", "b", 2, 1, 9, 18, 9, 18, "akuntabel", three, 0, False, False, every],
    ]
    mapped = found[found["doc_id"] == "a"]
    assert [RAW[a:b] for a, b in zip(mapped["raw_start"], mapped["raw_end"], strict=True)] == list(mapped["surface"])
    wanted = {"unit": "hit", "fingerprint": corpus.fingerprint, "by": ["concept"]}
    wanted["counts"] = {name: what for name, what in passages.COUNTS.items() if name != "names"}
    assert wanted.items() <= found.attrs.items()


def test_order_of_the_mentions_makes_no_difference(corpus, mentions):
    shuffled = mentions.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(kit.evidence(corpus, mentions), kit.evidence(corpus, shuffled))


def test_dtypes_do_not_depend_on_the_data(corpus, mentions):
    full, empty = kit.evidence(corpus, mentions), kit.evidence(corpus, mentions.iloc[:0])
    assert len(empty) == 0
    numbers = ["sentence", "sentence_no", "start", "end", "passage_start"]
    assert all(full[name].dtype == empty[name].dtype == "int32" for name in numbers)
    assert all(full[name].dtype == empty[name].dtype == "Int32" for name in ("raw_start", "raw_end"))


def test_by_pattern(corpus, mentions):
    assert set(kit.evidence(corpus, mentions, by="pattern")["key"]) == {"asn", "aparatur", "akuntabel"}
    with pytest.raises(ExhibitError, match=r"by = 'outlet'.*doc_id, doc, concept"):
        kit.evidence(corpus, mentions, by="outlet")


def test_a_pattern_of_two_concepts_opens_to_the_passages_of_each(corpus, mentions):
    """One word may count for two concepts, each with conditions of its own, as *pemerintah* does."""
    shared = mentions.assign(pattern=mentions["pattern"].replace("asn", "akuntabel"))
    table = shared.groupby(["concept", "pattern"], as_index=False).agg(hits=("start", "size"))
    table.attrs = {"unit": "hit", "fingerprint": corpus.fingerprint}
    passages.agree(kit.evidence(corpus, shared, by=["concept", "pattern"]), table, "tbl-x")
    with pytest.raises(ExhibitError, match="several rows have the passages of 'akuntabel'"):
        passages.agree(kit.evidence(corpus, shared, by="pattern"), table, "tbl-x")
    with pytest.raises(ExhibitError, match="every column that tells rows apart"):
        passages.agree(kit.evidence(corpus, shared, by="pattern"), table.head(2), "tbl-x")


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("doc_id", "c", "another document"),
        ("doc", 2, "beyond this corpus"),
        ("sentence", 3, "no such sentence"),
        ("sentence", -1, "no such sentence"),
        ("sentence", 2, "no such sentence"),
        ("end", 16, "not lie in its sentence"),
    ],
)
def test_mentions_of_another_corpus_are_refused(corpus, mentions, column, value, problem):
    mentions.loc[1, column] = value
    with pytest.raises(QueryError, match=f"passages, row 1: .*{problem}"):
        kit.evidence(corpus, mentions)


def test_a_table_must_agree_with_its_passages(corpus, mentions):
    found = kit.evidence(corpus, mentions)
    assert passages.agree(found, TABLE, "tbl-x") is None
    for column in ("documents", "sentences", "hits", "mentions"):
        for row in range(3):
            wrong = TABLE.copy()
            wrong.loc[row, column] += 1
            with pytest.raises(ExhibitError, match=f"tbl-x: {wrong.concept[row]}: {column} is"):
                passages.agree(found, wrong, "tbl-x")


def test_a_table_split_by_outlet_is_refused_the_passages_of_all(corpus, mentions):
    split = pd.DataFrame({"concept": ["aktor-asn", "aktor-asn"], "outlet": ["x", "y"], "hits": [1, 2]})
    with pytest.raises(ExhibitError, match="tbl-x: several rows have the passages of 'aktor-asn'"):
        passages.agree(kit.evidence(corpus, mentions), split, "tbl-x")
    # Where no column counts passages there is nothing to add up.
    assert passages.agree(kit.evidence(corpus, mentions), split.drop(columns="hits"), "tbl-x") is None


def test_a_table_without_the_key_or_evidence_without_passages_is_refused(corpus, mentions):
    with pytest.raises(ExhibitError, match="no such column"):
        passages.agree(kit.evidence(corpus, mentions), pd.DataFrame({"term": ["x"]}), "tbl-x")
    with pytest.raises(ExhibitError, match="not evidence"):
        passages.agree(mentions, TABLE, "tbl-x")


def test_page_and_csv_let_a_reader_count(corpus, mentions, project, parse):
    project()
    found = kit.evidence(corpus, mentions)
    made = evidence_files.write(found, "tbl-x", "Concepts", list(TABLE["concept"]), kit.load_settings())
    rows = list(csv.DictReader(io.StringIO(made["evidence/tbl-x.csv"].decode())))
    assert [row["surface"] for row in rows if row["key"] == "aktor-asn"] == ["ASN", "ASN", "Aparatur"]
    assert [row["raw_start"] for row in rows if row["doc_id"] == "b"] == ["9"]
    page = parse(made["evidence/tbl-x.html"].decode())
    page.check_harmless()
    sections = [attrs["id"] for tag, attrs in page.tags if tag == "section"]
    assert sections == ["akuntabilitas", "aktor-asn"]  # as in the table
    numbers = [data for tag, data in page.texts if tag == "dd"]
    assert numbers == ["2", "3", "4", "4", "1", "2", "3", "2"]
    marked = [data for tag, data in page.texts if tag == "mark"]
    assert marked == ["akuntabel"] * 4 + ["ASN", "ASN", "Aparatur"]
    assert sum(tag == "li" for tag, _ in page.tags) == 7
    quotes = "".join(data for tag, data in page.texts if tag in ("blockquote", "mark"))
    assert "Warga <b>akuntabel</b>." in quotes
    assert sum("gloss" in data for tag, data in page.texts if tag == "span") == 1


def test_each_group_leads_back_to_its_row(corpus, mentions, project, parse):
    project()
    found, order = kit.evidence(corpus, mentions), ["lain", "akuntabilitas", "aktor-asn", "akuntabilitas"]

    def back(**options):
        made = evidence_files.write(found, "tbl-x", "Concepts", order, kit.load_settings(), **options)
        return [link for link in parse(made["evidence/tbl-x.html"].decode()).links() if "tbl-x.html" in link][1:]

    assert back() == ["../tables/tbl-x.html#tbl-x-r2", "../tables/tbl-x.html#tbl-x-r3"]
    assert back(printed=2) == ["../tables/tbl-x.html#tbl-x-r2", "../tables/tbl-x.html"]  # the third row is not on it


def test_ids_give_offsets_and_hashes_but_no_text(corpus, mentions, project, parse):
    project(evidence="ids")
    found = kit.evidence(corpus, mentions)
    made = evidence_files.write(found, "tbl-x", "Concepts", [], kit.load_settings())
    rows = list(csv.DictReader(io.StringIO(made["evidence/tbl-x.csv"].decode())))
    assert list(rows[0]) == [
        "key", "doc_id", "sentence", "sentence_no", "start", "end", "raw_start", "raw_end", "passage_start",
        "passage_sha256", "gloss", "is_name", "cells", "outlet", "date",
    ]  # fmt: skip
    assert rows[0]["passage_sha256"] == sha256(b"ASN akuntabel.").hexdigest()
    for data in made.values():
        for word in (b"akuntabel.", b"akuntabel,", b"Warga", b"Aparatur"):
            assert word not in data
    page = parse(made["evidence/tbl-x.html"].decode())
    page.check_harmless()
    assert sum(data.startswith("sha256 ") for tag, data in page.texts if tag == "code") == 7


def test_hostile_text_stays_text(hostile, project, parse):
    project()
    texts = [text for text in hostile if "\ud800" not in text]  # pandas' text columns hold no lone surrogate
    ids = [f'"><b>\u202e{number:03}' for number in range(len(texts))]
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)
    mentions = corpus.sentences.assign(sentence=range(len(corpus.sentences)), gloss=False)
    mentions["doc_id"] = [ids[doc] for doc in mentions["doc"]]
    places = zip(mentions["doc"], mentions["start"], mentions["end"], strict=True)
    mentions["concept"] = kept = [texts[doc][start:end] for doc, start, end in places]
    assert len(set(kept)) == len(kept) >= len(texts)
    made = evidence_files.write(kit.evidence(corpus, mentions), "tbl-x", "<i>", kept, kit.load_settings())
    source = made["evidence/tbl-x.html"].decode()
    page = parse(source)
    page.check_harmless()
    assert not {tag for tag, _ in page.tags} & {"b", "i"}
    assert "\u202e" not in source
    marks, inside = [], False
    for tag, data in page.texts:
        if tag == "mark" and inside:
            marks[-1] += data
        elif tag == "mark":
            marks.append(data)
        inside = tag == "mark"
    assert [mark.replace("\r\n", "\n") for mark in marks] == [visible(text) for text in kept]
    rows = list(csv.DictReader(io.StringIO(made["evidence/tbl-x.csv"].decode(), newline="")))
    assert len(rows) == len(kept)
    assert not any(cell[:1] in "=+-@\t" for row in rows for cell in (row["key"], row["surface"]) if cell)


def visible(text: str) -> str:
    """What a reader must see, written for this test: the unseen characters among the hostile ones by code point."""
    for unseen in "\u202e\x00\x07\x0b\x1b\uffff\u2028":
        text = text.replace(unseen, f"[U+{ord(unseen):04X}]")
    return text.replace("\r\n", "\n")


def test_many_passages_of_one_key_are_all_in_the_csv_and_counted_on_the_page(project, parse):
    project()
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["x " * 599 + "x"]}), clean=False)
    starts = list(range(0, 1200, 2))
    mentions = pd.DataFrame({"doc_id": "a", "doc": 0, "concept": "x", "start": starts, "sentence": 0, "gloss": False})
    mentions["end"] = mentions["start"] + 1
    made = evidence_files.write(kit.evidence(corpus, mentions), "tbl-x", "X", [], kit.load_settings())
    assert made["evidence/tbl-x.csv"].count(b"\n") == 601
    page = parse(made["evidence/tbl-x.html"].decode())
    assert sum(tag == "li" for tag, _ in page.tags) == 200
    assert [data for tag, data in page.texts if tag == "dd"] == ["1", "1", "600", "600"]
    assert any("first 200 of 600" in data for _, data in page.texts)


@pytest.mark.parametrize("labels", ["en", "id"])
def test_the_seed_article_maps_back_to_its_raw_file(oracles, project, labels):
    project(labels=labels)
    seed_raw = (oracles / "seed_article_raw.txt").read_bytes().decode("utf-8")
    gold = pd.read_csv(oracles / "seed_article_concepts.csv", keep_default_na=False)
    gold = gold[gold["raw_start"].astype(str) != ""]
    body = (oracles / "seed_article_body.txt").read_text(encoding="utf-8")
    sentences = pd.read_csv(oracles / "seed_article_sentences.csv")
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["seed"], "text": [seed_raw]}))
    assert corpus.documents["text"].tolist() == [body]
    mentions = pd.DataFrame({"doc_id": "seed", "doc": 0, "concept": gold["concept_id"]})
    mentions["start"] = gold["body_start"].astype(int)
    mentions["end"], mentions["sentence"] = gold["body_end"].astype(int), gold["sentence_no"].astype(int) - 1
    mentions["gloss"] = gold["status"] == "gloss_of_previous"
    found = kit.evidence(corpus, mentions)
    order = gold.assign(start=mentions["start"], end=mentions["end"]).sort_values(["concept_id", "start", "end"])
    assert found["surface"].tolist() == order["surface"].tolist()
    assert found["raw_start"].tolist() == order["raw_start"].astype(int).tolist()
    assert found["raw_end"].tolist() == order["raw_end"].astype(int).tolist()
    assert found["sentence_no"].tolist() == order["sentence_no"].astype(int).tolist()
    assert (
        found["passage"].tolist()
        == sentences.set_index("sentence_no")["text"][order["sentence_no"].astype(int)].tolist()
    )
    assert evidence_files.write(found, "tbl-x", "X", [], kit.load_settings())


@pytest.mark.parametrize("shown", ["full", "ids"])
def test_passages_say_outlet_date_and_title(project, parse, shown):
    """A title is text of the article: it is withheld where texts are."""
    project(evidence=shown)
    frame = pd.DataFrame(
        {"doc_id": ["a", "b"], "text": ["ASN akuntabel.", "ASN."], "outlet": ["Harian <A>", None],
         "date": ["2024-02-04", None], "title": ["Judul \u202e kota", None]}
    )  # fmt: skip
    corpus, codebook = kit.Corpus.from_frame(frame, clean=False), kit.load_codebook()
    mentions = kit.find_mentions(corpus, codebook)
    found = kit.evidence(corpus, mentions)
    assert found[["outlet", "title"]].drop_duplicates().to_numpy().tolist() == [
        ["Harian <A>", "Judul \u202e kota"],
        ["", ""],
    ]
    counts = kit.concept_frequencies(corpus, codebook)
    counts = counts[counts["hits"] > 0]
    made = kit.Table(counts, id="tbl-x", title={"en": "X", "id": "X"}, evidence=found).files()
    page = made["evidence/tbl-x.html"].decode()
    parse(page).check_harmless()
    title = " · Judul [U+202E] kota" if shown == "full" else ""
    assert f"Harian &lt;A&gt; · 2024-02-04{title} · a, " in page
    assert ">b, " in page
    assert (b"Judul" in made["evidence/tbl-x.csv"]) == (shown == "full")


SPOKEN = (
    '"Kami siap. Warga harus dilayani," kata Bupati Malang Sari Dewi. Hal itu disampaikan Sari. '
    '"Presiden menyampaikan bahwa ASN harus melayani," katanya.'
)


@pytest.mark.parametrize(
    ("kind", "by", "surfaces"),
    [
        ("quotations", ["speaker", "type"], ["Kami siap. Warga harus dilayani", "disampaikan", "ASN harus melayani"]),
        ("modality", ["category", "frame", "bearer_basis"], ["harus"]),
        ("service", ["form", "recipient_kind", "stance"], ["dilayani", "melayani"]),
        ("statements", ["concept", "agreement", "level"], ["dilayani", "melayani"]),
        ("citations", ["citing", "speaker"], ["ASN harus melayani"]),
    ],
)
def test_a_tally_of_what_is_said_opens_to_its_sentences(kind, by, surfaces, project):
    figures = project(labels="en")
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [SPOKEN]}), clean=False)
    quotations = kit.find_quotations(corpus)
    found = {
        "quotations": lambda: quotations,
        "modality": lambda: kit.find_modality(corpus, quotations=quotations),
        "service": lambda: kit.service_voice(corpus),
        "statements": lambda: kit.statements(corpus, kit.load_codebook(), quotations=quotations),
        "citations": lambda: kit.list_citations(corpus, quotations),
    }[kind]()
    counts = kit.tally(found, by=by)
    shown = kit.evidence(corpus, found, by=by)
    assert set(surfaces) <= set(shown["surface"])
    assert all(one in whole for one, whole in zip(shown["surface"], shown["passage"], strict=True))
    assert shown.groupby("key").size().to_dict() == dict(
        zip(passages.keys_of(shown, counts), counts["count"], strict=True)
    )
    kit.Table(counts, id="tbl-said", title={"en": "Said", "id": "Ujaran"}, evidence=shown).save()
    page = (figures / "evidence" / "tbl-said.html").read_text(encoding="utf-8")
    assert page.count("<blockquote") == len(found)
    wrong = counts.assign(count=counts["count"] + 1)
    with pytest.raises(ExhibitError, match="count is"):
        passages.agree(shown, wrong, "tbl-said")


def test_a_quotation_of_several_sentences_is_shown_whole():
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [SPOKEN]}), clean=False)
    shown = kit.evidence(corpus, kit.find_quotations(corpus))
    assert shown["passage"].iloc[1] == '"Kami siap. Warga harus dilayani," kata Bupati Malang Sari Dewi.'
