"""Texts for other programs: what an XML reader and a CSV reader find in them is the corpus."""

from __future__ import annotations

import csv
import re
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import kit
from kit.errors import CorpusError, QueryError
from kit.wording import escape

LETTERS = st.sampled_from(
    [*"ab .,'-/\n&<>\"|!?", "é", "\u00ad", "\u200e", "😀", "\x0b", "ASN melayani", "tugas-tugasnya"]
)
TEXTS = st.lists(st.lists(LETTERS, max_size=20).map("".join), min_size=1, max_size=6)
HARMFUL = '=cmd|"</text>" & <b>\n'


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _file: None)


def corpus_of(texts: list[str], **columns: object) -> kit.Corpus:
    names = [f"d{row}" for row in range(len(texts))]
    frame = pd.DataFrame({"doc_id": names, "text": pd.Series(texts, dtype="str")}).assign(**columns)
    return kit.Corpus.from_frame(frame, clean=False)


def parsed(folder: Path) -> list[ET.Element]:
    return list(ET.fromstring(f"<corpus>{(folder / 'corpus.vert').read_text(encoding='utf-8')}</corpus>"))


def lines_of(sentence: ET.Element) -> list[tuple[bool, list[str]]]:
    """The tokens of a sentence: whether each is glued to the one before, and its columns."""
    found = []
    for text, glued in [(sentence.text, False), *((glue.tail, True) for glue in sentence)]:
        for row, line in enumerate((text or "").strip("\n").split("\n") if (text or "").strip("\n") else []):
            found.append((glued and row == 0, line.split("\t")))
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@given(TEXTS)
@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_vertical_text_is_the_corpus(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    corpus = corpus_of(texts)
    folder = tmp_path_factory.mktemp("vertical")
    kit.export_texts(corpus, folder, format="vertical")
    tokens = corpus.tokens.merge(corpus.types, left_on="type", right_index=True).sort_index()
    sentences = corpus.sentences
    written = list(corpus.to_nltk())
    for doc, text in enumerate(parsed(folder)):
        assert [part.tag for part in text] == ["p"] * sentences[sentences.doc == doc].paragraph.nunique()
        read = [lines_of(sentence) for paragraph in text for sentence in paragraph]
        mine = tokens[tokens.doc == doc]
        assert [len(lines) for lines in read] == mine.groupby("sentence").size().tolist()
        flat = [line for lines in read for line in lines]
        words = [escape.visible(word) for word in written[mine.index[0] : mine.index[-1] + 1]] if len(mine) else []
        assert [line[1][0] for line in flat] == words
        assert [line[1][1:] for line in flat] == [[escape.visible(row.lexeme), row.kind] for row in mine.itertuples()]
        assert [line[0] for line in flat] == [False, *(mine.start.to_numpy()[1:] == mine.end.to_numpy()[:-1])][
            : len(mine)
        ]


def test_attributes_hold_the_metadata_in_order_of_the_documents(tmp_path: Path) -> None:
    corpus = corpus_of(["Satu.", "Dua."], outlet=["B", HARMFUL], **{"Média Cetak": [1, None], "id": ["x", "y"]})
    kit.export_texts(corpus, tmp_path / "out", format="vertical")
    first, second = parsed(tmp_path / "out")
    assert first.attrib["id"] == "t000001"
    assert first.attrib["doc_id"] == "d0"
    assert first.attrib["media_cetak"] == "1"
    assert second.attrib["media_cetak"] == ""
    assert (second.attrib["outlet"], second.attrib["id_2"]) == ('=cmd|"</text>" & <b>', "y")
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in first.attrib)
    with (tmp_path / "out" / "metadata.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text_id"] for row in rows] == ["t000001", "t000002"]
    assert rows[1]["outlet"].startswith("'=")


def test_the_commands_and_the_registry_name_what_is_in_the_text(tmp_path: Path) -> None:
    corpus = corpus_of(["ASN melayani warga."], outlet=["A"])
    passages = kit.find_mentions(corpus, kit.load_codebook())
    kit.export_texts(corpus, tmp_path / "out", format="vertical", passages=passages)
    (text,) = parsed(tmp_path / "out")
    command = shlex.split(
        (tmp_path / "out" / "encode.sh").read_text(encoding="utf-8").replace("\\\n", " "), comments=True
    )
    declared = next(part for part in command if part.startswith("text:0+"))
    assert declared.split("+")[1:] == list(text.attrib)
    assert [command[row + 1] for row, part in enumerate(command) if part == "-P"] == ["lexeme", "kind", "concept/"]
    registry = (tmp_path / "out" / "registry").read_text(encoding="utf-8")
    assert re.findall(r'^ATTRIBUTE "(\w+)"', registry, re.MULTILINE) == ["word", "lexeme", "kind", "concept"]
    assert re.findall(r'^    ATTRIBUTE "(\w+)"', registry, re.MULTILINE) == list(text.attrib)


def test_concepts_stand_at_the_tokens_of_their_passages(tmp_path: Path) -> None:
    corpus = corpus_of(["Warga antre. ASN melayani warga."])
    places = [(13, 31, "pelayanan"), (13, 16, "aktor-asn"), (26, 31, "aktor-warga"), (0, 5, "aktor-warga")]
    sentence = [1, 1, 1, 0]
    passages = pd.DataFrame(places, columns=["start", "end", "concept"])
    passages = passages.assign(doc_id="d0", doc=0, sentence=sentence, gloss=[False, False, False, True])
    kit.export_texts(corpus, tmp_path / "out", format="vertical", passages=passages)
    read = [line[1] for text in parsed(tmp_path / "out") for s in text.iter("s") for line in lines_of(s)]
    assert [(row[0], row[3]) for row in read] == [
        ("Warga", "|"),
        ("antre", "|"),
        (".", "|"),
        ("ASN", "|aktor-asn|pelayanan|"),
        ("melayani", "|pelayanan|"),
        ("warga", "|aktor-warga|pelayanan|"),
        (".", "|"),
    ]


@pytest.mark.parametrize("kind", ["text", "vertical"])
def test_a_corpus_in_parts_gives_the_same_bytes(tmp_path: Path, kind: str) -> None:
    texts = ["ASN melayani warga.", "Warga antre.", "Tata kelola akuntabel.", "", "Warga dilayani ASN."]
    whole = corpus_of(texts, outlet=[*"ABABA"], own=[1, 2, 3, 4, 5])
    parts = kit.PartedCorpus.of([whole.where(outlet="B"), whole.where(outlet="A")])
    book = kit.load_codebook()
    for name, corpus in (("whole", whole), ("parts", parts)):
        passages = kit.find_mentions(corpus, book) if kind == "vertical" else None
        kit.export_texts(corpus, tmp_path / name, format=kind, passages=passages)
    assert contents(tmp_path / "whole") == contents(tmp_path / "parts")
    for name, corpus in (("some", whole.where(own=[1, 4, 5])), ("parts of some", parts.where(own=[1, 4, 5]))):
        kit.export_texts(corpus, tmp_path / name, format=kind)
    assert contents(tmp_path / "some") == contents(tmp_path / "parts of some")


def test_each_plain_file_is_the_clean_text(tmp_path: Path, hostile: tuple[str, ...]) -> None:
    names = [*hostile, "CON", "con", "a/b", "a.b"]
    texts = [f"{escape.storable(name)} akuntabel." for name in names]
    frame = pd.DataFrame({"doc_id": [f"{row}{escape.storable(name)}" for row, name in enumerate(names)], "text": texts})
    frame.loc[len(hostile) :, "doc_id"] = names[len(hostile) :]
    corpus = kit.Corpus.from_frame(frame, clean=False)
    kit.export_texts(corpus, tmp_path / "out")
    with (tmp_path / "out" / "metadata.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [escape.unguarded(row["doc_id"]) for row in rows] == corpus.documents.doc_id.tolist()
    assert (
        len({row["file"].casefold() for row in rows})
        == len(corpus)
        == len(list((tmp_path / "out" / "texts").iterdir()))
    )
    for row, text in zip(rows, corpus.documents.text, strict=True):
        assert (tmp_path / "out" / "texts" / row["file"]).read_bytes().decode() == f"{escape.storable(text)}\n"


def test_mistakes_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpus_of(["ASN melayani warga."])
    passages = kit.find_mentions(corpus, kit.load_codebook())
    with pytest.raises(QueryError, match="use one of text, vertical"):
        kit.export_texts(corpus, tmp_path / "out", format="vrt")
    with pytest.raises(QueryError, match='ask for format="vertical"'):
        kit.export_texts(corpus, tmp_path / "out", passages=passages)
    with pytest.raises(QueryError, match="another corpus"):
        kit.export_texts(corpus_of(["Warga."]), tmp_path / "out", format="vertical", passages=passages)
    with pytest.raises(QueryError, match=r"no column 'concept'"):
        kit.export_texts(corpus, tmp_path / "out", format="vertical", passages=passages.drop(columns="concept"))
    with pytest.raises(QueryError, match="another name"):
        kit.export_texts(corpus, tmp_path / "out", format="vertical", passages=passages.assign(concept="a|b"))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    with pytest.raises(CorpusError, match="holds something else"):
        kit.export_texts(corpus, tmp_path / "full")
    monkeypatch.setattr("kit.storage.texts._as_csv", lambda _table: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        kit.export_texts(corpus, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["full"]
