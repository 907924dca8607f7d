"""Coded passages in REFI-QDA projects and CAS JSON: out, back, and from programs that count otherwise."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.codebook.exchange.places import Counting, counted, places_of, plain_text
from kit.codebook.exchange.trees import guid
from kit.errors import CodebookError

CODEBOOK = kit.load_codebook()
ORACLES = Path(__file__).parents[2] / "oracles"
ODD = "\ufeffASN 😀 melayani warga.\r\nPe\u0301layanan publik 👩‍⚕️ dan APBD.\rWarga kota\n"
KEYS = ["doc_id", "doc", "sentence", "start", "end", "concept"]


def corpus_of(*texts: str) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d/{number}" for number in range(len(texts))], "text": list(texts)})
    return kit.Corpus.from_frame(frame, clean=False)


def rows(table: pd.DataFrame) -> list[tuple[object, ...]]:
    return sorted(table[KEYS].itertuples(index=False, name=None))


@pytest.mark.parametrize("name", ["out.qdpx", "out.zip"])
def test_every_mention_comes_back_at_its_place(tmp_path: Path, name: str) -> None:
    corpus = corpus_of(ODD, "Bupati menyerap aspirasi warga. Layanan publik transparan.", "Tidak ada apa-apa.")
    mentions = kit.find_mentions(corpus, CODEBOOK)
    kit.export_coding(corpus, CODEBOOK, tmp_path / name)
    back = kit.import_coding(corpus, CODEBOOK, tmp_path / name)
    assert set(back["problem"]) == {""}
    assert rows(back) == rows(mentions)
    texts = corpus.documents["text"].tolist()
    assert back["surface"].tolist() == [texts[doc][a:b] for doc, a, b in back[["doc", "start", "end"]].to_numpy()]


def test_the_spans_of_the_seed_come_back(tmp_path: Path) -> None:
    text = (ORACLES / "seed_article_body.txt").read_text(encoding="utf-8")
    with (ORACLES / "seed_article_concepts.csv").open(encoding="utf-8", newline="") as lines:
        gold = [(int(row["body_start"]), int(row["body_end"]), row["concept_id"]) for row in csv.DictReader(lines)]
    assert len(gold) == 74
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["seed"], "text": [text]}), clean=False)
    starts = corpus.sentences["start"].searchsorted([start for start, _, _ in gold], side="right") - 1
    passages = pd.DataFrame(gold, columns=["start", "end", "concept"])
    passages = passages.assign(doc_id="seed", doc=0, sentence=starts)
    for name in ("seed.qdpx", "seed.json"):
        kit.export_coding(corpus, CODEBOOK, tmp_path / name, passages=passages)
        back = kit.import_coding(corpus, CODEBOOK, tmp_path / name)
        assert rows(back) == rows(passages)


@pytest.mark.parametrize("name", ["out.qdpx", "out.zip"])
def test_a_second_save_is_the_same_bytes(tmp_path: Path, name: str) -> None:
    corpus = corpus_of(ODD, "Warga dilayani.")
    kit.export_coding(corpus, CODEBOOK, tmp_path / name)
    first = (tmp_path / name).read_bytes()
    kit.export_coding(corpus, CODEBOOK, tmp_path / name)
    assert (tmp_path / name).read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_texts_of_a_project_are_plain(tmp_path: Path) -> None:
    kit.export_coding(corpus_of(ODD), CODEBOOK, tmp_path / "out.qdpx")
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        source = next(name for name in archive.namelist() if name.startswith("Sources/"))
        text = archive.read(source).decode("utf-8")
    assert text == unicodedata.normalize("NFC", ODD.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def otherwise(path: Path, change: Callable[[str], str], count: Counting, *, names: bool = True) -> None:
    """Write a project again as a program would that has the text otherwise and counts it otherwise."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    source = next(name for name in members if name.startswith("Sources/"))
    plain = members[source].decode("utf-8")
    text = change(plain)
    at = {place: number for number, place in enumerate(_kept(plain, text))}
    places = counted(text, count)
    project = members["project.qde"].decode("utf-8")
    for key in ("startPosition", "endPosition"):
        project = re.sub(rf'{key}="(\d+)"', lambda m, key=key: f'{key}="{places[at[int(m[1])]]}"', project)
    if not names:
        project = re.sub(r'(<PlainTextSelection guid="[^"]+") name="[^"]*"', r"\1", project)
    members[source] = text.encode("utf-8")
    members["project.qde"] = project.encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _kept(plain: str, text: str) -> list[int]:
    """Where each character of a changed text, and its end, stood in the plain one."""
    kept, at = [], 0
    for sign in text:
        kept.append(at)
        at += at < len(plain) and sign == plain[at]
    return [*kept, at]


CHANGES = {
    "as it is": lambda text: text,
    "line ends of two characters": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "both": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
}
WAYS = [Counting(utf16=a, one_line_end=b, mark=c) for a in (False, True) for b in (False, True) for c in (False, True)]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(str(int(part)) for part in way))
def test_passages_are_found_however_a_program_counts(tmp_path: Path, change: str, way: Counting) -> None:
    corpus = corpus_of("😀 ASN melayani warga.\n\nPelayanan 👍 publik.\nAPBD 😀 dan APBN.")
    mentions = kit.find_mentions(corpus, CODEBOOK)
    kit.export_coding(corpus, CODEBOOK, tmp_path / "out.qdpx")
    otherwise(tmp_path / "out.qdpx", CHANGES[change], way)
    back = kit.import_coding(corpus, CODEBOOK, tmp_path / "out.qdpx")
    assert set(back["problem"]) == {""}
    assert rows(back) == rows(mentions)


def test_what_states_no_text_is_said_to_be_unsure(tmp_path: Path) -> None:
    corpus = corpus_of("😀 ASN melayani warga.")
    kit.export_coding(corpus, CODEBOOK, tmp_path / "out.qdpx")
    otherwise(tmp_path / "out.qdpx", CHANGES["as it is"], WAYS[0], names=False)
    back = kit.import_coding(corpus, CODEBOOK, tmp_path / "out.qdpx")
    assert back["problem"].str.startswith("nothing tells how its program counts").all()
    plain = corpus_of("ASN melayani warga.")  # every way of counting gives the same
    kit.export_coding(plain, CODEBOOK, tmp_path / "plain.qdpx")
    otherwise(tmp_path / "plain.qdpx", CHANGES["as it is"], WAYS[0], names=False)
    assert set(kit.import_coding(plain, CODEBOOK, tmp_path / "plain.qdpx")["problem"]) == {""}


def test_a_passage_that_moved_is_named_and_not_placed(tmp_path: Path) -> None:
    corpus = corpus_of("ASN melayani warga.")
    kit.export_coding(corpus, CODEBOOK, tmp_path / "out.qdpx")
    project = changed(tmp_path / "out.qdpx", lambda text: text.replace('startPosition="4"', 'startPosition="5"'))
    back = kit.import_coding(corpus, CODEBOOK, project).set_index("concept")
    assert back.loc["melayani", "problem"].startswith("the text that the selection states does not stand")
    assert pd.isna(back.loc["melayani", "start"])
    assert back.loc["aktor-asn", "problem"] == ""


def changed(path: Path, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["project.qde"] = change(members["project.qde"].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_another_text_an_unknown_document_and_an_unknown_code_are_named(tmp_path: Path) -> None:
    coded = corpus_of("ASN melayani warga.", "Warga kota.")
    kit.export_coding(coded, CODEBOOK, tmp_path / "out.qdpx")
    only = corpus_of("ASN melayani semua.")
    back = kit.import_coding(only, CODEBOOK, tmp_path / "out.qdpx")
    assert list(back["problem"]) == ["the text of the document is not that of the corpus"] * 3 + [
        "no document of this name is in the corpus"
    ]
    assert back["start"].isna().all()
    own = changed(tmp_path / "out.qdpx", lambda text: text.replace('name="civil servants"', 'name="mine"'))
    stranger = "00000000-0000-0000-0000-000000000000"
    own = changed(own, lambda text: text.replace(guid("code", "aktor-asn"), stranger))
    back = kit.import_coding(coded, CODEBOOK, own)
    assert list(back["concept"]) == ["", "melayani", "aktor-warga", "aktor-warga"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.qdpx", b"PK nothing", "cannot be unpacked"),
        ("a.json", b"{}", "is no CAS JSON"),
        ("a.json", b"[" * 100, "is no CAS JSON"),
        ("a.txt", b"", "has the ending"),
    ],
)
def test_a_broken_project_gets_one_clear_error(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CodebookError, match=rf"{said}.* -> "):
        kit.import_coding(corpus_of("ASN."), CODEBOOK, tmp_path / name)


def test_a_project_without_a_project_and_one_that_grows_are_refused(tmp_path: Path) -> None:
    for name, data in (("none", b"x"), ("grows", b"\0" * 3_000_000)):
        with zipfile.ZipFile(tmp_path / f"{name}.qdpx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Sources/a.txt", data)
    with pytest.raises(CodebookError, match=r"holds no .qde file"):
        kit.import_coding(corpus_of("ASN."), CODEBOOK, tmp_path / "none.qdpx")
    with pytest.raises(CodebookError, match=r"would unpack to 3,000,000 bytes"):
        kit.import_coding(corpus_of("ASN."), CODEBOOK, tmp_path / "grows.qdpx")


def in_parts(*sizes: int) -> tuple[kit.Corpus, kit.PartedCorpus]:
    """A corpus of documents that name concepts, whole and in parts that take its documents by turns."""
    texts = [f"ASN {number} melayani warga. Layanan publik nomor {number} transparan." for number in range(sum(sizes))]
    frame = pd.DataFrame({"doc_id": [f"d{number:02d}" for number in range(len(texts))], "text": texts})
    whole = kit.Corpus.from_frame(frame, clean=False)
    parts = [frame.iloc[number :: len(sizes)] for number in range(len(sizes))]
    return whole, kit.PartedCorpus.of([kit.Corpus.from_frame(part, clean=False) for part in parts])


@pytest.mark.parametrize("name", ["out.qdpx", "out.zip"])
def test_passages_of_parts_go_out_with_their_documents_alone_and_come_back(tmp_path: Path, name: str) -> None:
    whole, parts = in_parts(4, 4, 4)
    drawn = kit.find_mentions(parts, CODEBOOK).sample(7, random_state=1)
    kit.export_coding(parts, CODEBOOK, tmp_path / name, passages=drawn)
    with zipfile.ZipFile(tmp_path / name) as archive:
        held = [one for one in archive.namelist() if one != "project.qde"]
    assert len(held) == drawn["doc"].nunique() < len(whole)
    for corpus in (parts, whole):
        back = kit.import_coding(corpus, CODEBOOK, tmp_path / name)
        assert rows(back) == rows(drawn)
        assert (back["problem"] == "").all()
    some = parts.where(doc_id=sorted(set(drawn["doc_id"])))
    alone = drawn.assign(doc=drawn["doc_id"].map({doc: row for row, doc in enumerate(some.catalogue["doc_id"])}))
    assert kit.import_coding(some, CODEBOOK, tmp_path / name)["doc"].tolist() == sorted(alone["doc"].tolist())


def test_marks_of_a_whole_project_are_laid_over_parts_by_name_and_by_text(tmp_path: Path) -> None:
    whole, parts = in_parts(3, 2)
    kit.export_coding(whole, CODEBOOK, tmp_path / "a.qdpx")
    pd.testing.assert_frame_equal(
        kit.import_coding(parts, CODEBOOK, tmp_path / "a.qdpx"), kit.import_coding(whole, CODEBOOK, tmp_path / "a.qdpx")
    )
    frame = whole.documents.assign(doc_id=[f"other {row}" for row in range(len(whole))])
    renamed = kit.Corpus.from_frame(frame[["doc_id", "text"]], clean=False)
    kit.export_coding(renamed, CODEBOOK, tmp_path / "b.qdpx")
    assert rows(kit.import_coding(parts, CODEBOOK, tmp_path / "b.qdpx")) == rows(kit.find_mentions(whole, CODEBOOK))


def test_what_is_too_much_of_a_corpus_in_parts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, parts = in_parts(2, 2)
    with pytest.raises(CodebookError, match=r"passages are left out.* -> give some, such as"):
        kit.export_coding(parts, CODEBOOK, tmp_path / "a.qdpx")
    monkeypatch.setattr("kit.codebook.exchange.coding._MOST", 3)
    with pytest.raises(CodebookError, match=r"passages lie in 4 documents, .* at most 3 -> give fewer"):
        kit.export_coding(parts, CODEBOOK, tmp_path / "a.qdpx", passages=kit.find_mentions(parts, CODEBOOK))
    nothing = kit.find_mentions(parts, CODEBOOK).iloc[:0]
    kit.export_coding(parts, CODEBOOK, tmp_path / "a.qdpx", passages=nothing)
    assert kit.import_coding(parts, CODEBOOK, tmp_path / "a.qdpx").empty


def test_one_json_file_holds_one_document(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"there are 2 -> name a .zip file"):
        kit.export_coding(corpus_of("ASN.", "Warga."), CODEBOOK, tmp_path / "out.json")


@given(text=st.text(st.sampled_from("ab \n\r\ufeff\u0301é😀가\u1100\u1161"), max_size=30), data=st.data())
def test_plain_text_keeps_every_place(text: str, data: st.DataObject) -> None:
    plain = plain_text(text)
    assert not set("\r\ufeff") & set(plain.text)
    assert unicodedata.is_normalized("NFC", plain.text)
    assert list(plain.places) == sorted(plain.places)
    assert int(plain.places[-1]) == len(plain.text)
    way = data.draw(st.sampled_from(WAYS))
    places = counted(text, way)
    spans = [(a, b) for a in range(len(text)) for b in range(a + 1, len(text) + 1)][:50]
    stated = [(int(places[a]), int(places[b]), text[a:b]) for a, b in spans if places[a] < places[b]]
    found, _ = places_of(text, stated)
    assert all(place is not None for place in found)


def test_another_program_reads_the_project(tmp_path: Path) -> None:
    pyrefiqda = pytest.importorskip("pyrefiqda", reason="python3 make.py test sets it up")
    corpus = corpus_of(ODD, "Warga dilayani.")
    kit.export_coding(corpus, CODEBOOK, tmp_path / "out.qdpx")
    project = pyrefiqda.RefiProject.load(tmp_path / "out.qdpx", extract_dir=str(tmp_path / "out"))
    mentions = kit.find_mentions(corpus, CODEBOOK)
    assert [source.name for source in project.sources.text_source] == list(corpus.documents["doc_id"])
    for source, (_, own) in zip(project.sources.text_source, mentions.groupby("doc"), strict=True):
        text = (tmp_path / "out" / "Sources" / source.plain_text_path.removeprefix("internal://")).read_text("utf-8")
        assert len(source.plain_text_selection) == len(own.drop_duplicates(["start", "end"]))
        for selection in source.plain_text_selection:
            assert text[selection.start_position : selection.end_position] == selection.name


def test_another_program_reads_the_annotations(tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis", reason="python3 make.py test sets it up")
    corpus = corpus_of(ODD)
    kit.export_coding(corpus, CODEBOOK, tmp_path / "out.json")
    cas = cassis.load_cas_from_json((tmp_path / "out.json").read_text("utf-8"))
    mentions = kit.find_mentions(corpus, CODEBOOK)
    found = {(one.get_covered_text(), one.concept) for one in cas.select("webanno.custom.Concept")}
    texts = corpus.documents["text"].tolist()
    assert found == {
        (unicodedata.normalize("NFC", texts[0][a:b]), concept)
        for a, b, concept in mentions[["start", "end", "concept"]].itertuples(index=False)
    }
    (tmp_path / "d%2F0.json").write_text(cas.to_json(), encoding="utf-8")
    back = kit.import_coding(corpus, CODEBOOK, tmp_path / "d%2F0.json")
    assert rows(back) == rows(mentions)
