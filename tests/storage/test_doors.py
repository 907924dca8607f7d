"""Every door reads a cell of metadata in one way: tables in memory, files of every format, one part or many."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import kit
from kit.corpus.columns import texts_of
from kit.errors import CorpusError, ReadingError
from kit.reading.formats import known
from kit.reading.formats.contract import File, Format
from kit.reading.sources import read_source
from kit.storage.open import open_part, parts_of

DATE, WEEKDAY = "is not a date the kit can read", "the weekday does not agree, 2024-02-04 is a Sunday"
# Column, cell, what it is read as, and what is said of it.
CELLS: list[tuple[str, Any, str, str]] = [
    ("outlet", "Kompas", "Kompas", ""),
    ("outlet", " Kompas ", "Kompas", ""),
    ("outlet", "Kompas\u00a0", "Kompas", ""),
    ("outlet", "\ufeffKompas\u200b", "Kompas", ""),
    ("outlet", "Kafe\u0301", "Kafé", ""),
    ("outlet", "\t", "", ""),
    ("title", None, "", ""),
    ("title", "", "", ""),
    ("title", "Judul, dengan “tanda”;\nbaris kedua", "Judul, dengan “tanda”;\nbaris kedua", ""),
    ("date", "2024-02-04", "2024-02-04", ""),
    ("date", "4/2/2024", "2024-02-04", ""),
    ("date", "Sen, 05 Feb 2024", "2024-02-05", ""),
    ("date", "Minggu, 4 Februari 2024 10.15 WIB", "2024-02-04", ""),
    ("date", "2024-02-04T10:15:00+07:00", "2024-02-04", ""),
    ("date", "besok", "", f"date 'besok' {DATE}"),
    ("date", "2024", "", f"date '2024' {DATE}: it names no day"),
    ("date", "30/2/2024", "", f"date '30/2/2024' {DATE}: there is no day 30 in month 2 of 2024"),
    ("event_date", "Selasa, 4/2/2024", "", f"event_date 'Selasa, 4/2/2024': {WEEKDAY}"),
    ("event_date", "Hari, 4/2/2024", "", "event_date 'Hari, 4/2/2024': 'Hari' is not a weekday the kit knows"),
    ("author", ["Ratri ", "Budi"], "Ratri; Budi", ""),
    ("url", "https://contoh.id/?a=1;b", "https://contoh.id/?a=1;b", ""),
    ("tema", " izin ", "izin", ""),
    ("tema", "2024.0", "2024.0", ""),
    ("views", 7, "7", ""),
    ("views", None, "", ""),
]
NAMES = list(dict.fromkeys(name for name, *_ in CELLS))
IDS = [f"d{row:02d}" for row in range(len(CELLS))]
FRAME = pd.DataFrame(
    {"doc_id": IDS, "text": [f"Warga dilayani {row}." for row in range(len(CELLS))]}
    | {name: pd.Series([cell if of == name else None for of, cell, *_ in CELLS], dtype=object) for name in NAMES}
).astype({"views": "Int64"})
EXPECTED = pd.DataFrame({name: [read if of == name else "" for of, _, read, _ in CELLS] for name in NAMES})


def spelled(cell: Any) -> str:
    """A cell as a person writes it into a spreadsheet."""
    return (
        ""
        if cell is None or cell is pd.NA
        else "; ".join(map(str.strip, cell))
        if isinstance(cell, list)
        else str(cell)
    )


def csv_of(file: Path, keys: dict[str, list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow([*keys, *NAMES])
        for row, cells in enumerate(zip(*(FRAME[name] for name in NAMES), strict=True)):
            rows.writerow([*(column[row] for column in keys.values()), *map(spelled, cells)])


def a_folder(home: Path) -> Path:
    (home / "folder" / "articles").mkdir(parents=True)
    for doc_id, text in zip(FRAME["doc_id"], FRAME["text"], strict=True):
        (home / "folder" / "articles" / f"{doc_id}.txt").write_text(text, encoding="utf-8")
    csv_of(home / "folder" / "articles.csv", {"file": [f"{doc_id}.txt" for doc_id in IDS]})
    return home / "folder"


def a_csv(home: Path) -> Path:
    csv_of(home / "a.csv", {"DOC_ID": IDS, "Text": FRAME["text"].tolist()})
    return home / "a.csv"


def a_compressed_csv(home: Path) -> Path:
    (home / "a.csv.gz").write_bytes(gzip.compress(a_csv(home).read_bytes()))
    return home / "a.csv.gz"


def json_lines(home: Path) -> Path:
    rows = FRAME.astype(object).where(FRAME.notna(), None).to_dict("records")
    (home / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return home / "a.jsonl"


def for_parquet() -> pd.DataFrame:
    return FRAME.assign(author=[cell if isinstance(cell, list) else None for cell in FRAME["author"]])


def a_parquet(home: Path) -> Path:
    for_parquet().to_parquet(home / "a.parquet", row_group_size=4)
    return home / "a.parquet"


def parquet_by_another_name(home: Path) -> Path:
    return a_parquet(home).rename(home / "a.csv")


def many_parquet_files(home: Path) -> Path:
    (home / "many" / "y=1").mkdir(parents=True)
    for_parquet()[:9].to_parquet(home / "many" / "1.parquet")
    for_parquet()[9:].to_parquet(home / "many" / "y=1" / "2.pq")
    return home / "many"


#: What makes the source, and the number that the first row has there.
FILES: list[tuple[Callable[[Path], Path], int]] = [
    (a_folder, 2),
    (a_csv, 2),
    (a_compressed_csv, 2),
    (json_lines, 1),
    (a_parquet, 0),
    (parquet_by_another_name, 0),
    (many_parquet_files, 0),
]


def check(documents: pd.DataFrame, aside: pd.DataFrame, first: int) -> None:
    """Compare what a door gave with what is expected of all."""
    assert documents["doc_id"].tolist() == IDS
    found = pd.DataFrame({name: texts_of(documents[name]) for name in NAMES})
    pd.testing.assert_frame_equal(found, EXPECTED)
    problems = {row: problem for row, (*_, problem) in enumerate(CELLS) if problem}
    assert aside["problem"].tolist() == list(problems.values())
    assert aside["remedy"].str.len().min() > 0
    places = [int(re.findall(r"\d+", source)[-1]) - first for source in aside["source"]]
    second = aside["source"].str.contains("/2.pq", regex=False)  # which begins with the tenth row
    assert (np.array(places) + 9 * second.to_numpy()).tolist() == list(problems)


def without_provenance(corpus: kit.Corpus) -> str:
    """The fingerprint of a corpus that did not know from where it was read."""
    documents = corpus.documents.assign(source="", sha256="")
    return kit.Corpus(
        documents,
        corpus.segments,
        corpus.removed,
        corpus.flagged,
        corpus.repaired,
        corpus.set_aside,
        corpus.index,
    ).fingerprint


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _file: None)


def test_a_table_in_memory() -> None:
    corpus = kit.Corpus.from_frame(FRAME)
    check(corpus.documents, corpus.set_aside, 0)
    assert corpus.documents["views"].dropna().tolist() == [7], "numbers stay numbers"
    again = kit.Corpus.from_frame(corpus.documents)
    assert again.fingerprint == corpus.fingerprint
    assert len(again.set_aside) == 0


@pytest.mark.parametrize(("make", "first"), FILES, ids=lambda one: getattr(one, "__name__", ""))
def test_files_of_every_format_whole_and_in_parts(tmp_path: Path, make: Callable[[Path], Path], first: int) -> None:
    source = make(tmp_path)
    corpus = kit.load_corpus(source)
    check(corpus.documents, corpus.set_aside, first)
    assert without_provenance(corpus) == without_provenance(kit.Corpus.from_frame(FRAME))
    assert (corpus.documents["sha256"].str.len() == 64).all()
    report = kit.add_articles(source, tmp_path / "saved", partition_mb=0.0001)
    assert len(report) > 3
    assert report.attrs["fingerprint"] == corpus.fingerprint
    parts = [open_part(part) for part in parts_of(tmp_path / "saved")]
    documents = pd.concat([part.documents for part in parts], ignore_index=True)
    check(documents, pd.concat([part.set_aside for part in parts], ignore_index=True), first)


def test_a_table_in_memory_in_parts(tmp_path: Path) -> None:
    report = kit.add_articles(FRAME, tmp_path / "saved", partition_mb=0.0001)
    assert report.attrs["fingerprint"] == kit.Corpus.from_frame(FRAME).fingerprint
    parts = [open_part(part) for part in parts_of(tmp_path / "saved")]
    check(pd.concat([part.documents for part in parts]), pd.concat([part.set_aside for part in parts]), 0)


# ---- What only some doors can hold ----------------------------------------------------------------------------------


def typed(home: Path, name: str, values: list[Any]) -> list[kit.Corpus]:
    """One column through a table in memory and through Parquet."""
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(values))], "text": "ASN.", name: values})
    frame.to_parquet(home / "typed.parquet")
    return [kit.Corpus.from_frame(frame), kit.load_corpus(home / "typed.parquet")]


@pytest.mark.parametrize(
    ("name", "values", "texts"),
    [
        ("date", [pd.Timestamp("2024-02-04 10:15"), pd.NaT], ["2024-02-04", ""]),
        ("date", [pd.Timestamp("2024-02-04", tz="Asia/Jakarta"), None], ["2024-02-04", ""]),
        ("date", [pd.Timestamp("2024-02-04").date(), None], ["2024-02-04", ""]),
        ("outlet", [2024.0, None], ["2024", ""]),
        ("outlet", [True, None], ["True", ""]),
        ("outlet", [Decimal("2024.00"), Decimal("2.50")], ["2024", "2.50"]),
        ("outlet", [["Radar", "Surya"], []], ["Radar; Surya", ""]),
        ("putaran", [2024.0, np.nan], ["2024", ""]),
        ("tema", [["izin", " pajak"], None], ["izin; pajak", ""]),
        ("dibaca", [pd.Timestamp("2024-02-04 10:15"), pd.NaT], ["2024-02-04 10:15:00", ""]),
        ("panjang", [2**62 + 1, 2**62], [str(2**62 + 1), str(2**62)]),
    ],
)
def test_typed_cells(tmp_path: Path, name: str, values: list[Any], texts: list[str]) -> None:
    for corpus in typed(tmp_path, name, values):
        assert texts_of(corpus.documents[name]) == texts
        assert corpus.group_of(name).tolist() == [text or "not stated" for text in texts]
        assert len(corpus.set_aside) == 0
        kit.save_corpus(corpus, tmp_path / f"saved {corpus.fingerprint}")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"a": 1}, "tema holds named values, not one value"),
        ([["a"], ["b"]], "tema holds a list, not one value"),
        (b"izin", "tema is bytes, not text"),
    ],
)
def test_cells_that_are_refused_are_left_empty_and_told(tmp_path: Path, value: Any, problem: str) -> None:
    for corpus in typed(tmp_path, "tema", [value, None]):
        assert corpus.documents["tema"].tolist() == ["", ""]
        assert corpus.set_aside["problem"].tolist() == [problem]
    if not isinstance(value, bytes):
        line = json.dumps({"id": 1, "text": "ASN.", "tema": value})
        (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
        assert kit.load_corpus(tmp_path / "a.jsonl").set_aside["problem"].tolist() == [problem]


def test_numbers_and_texts_in_one_column_are_texts(tmp_path: Path) -> None:
    lines = [{"id": row, "text": "ASN.", "v": value} for row, value in enumerate([1, "a", None, 2.0, 2**70, True])]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    corpus = kit.load_corpus(tmp_path / "a.jsonl")
    assert corpus.documents["v"].tolist() == ["1", "a", "", "2", str(2**70), "True"]
    frame = kit.Corpus.from_frame(pd.DataFrame(lines).rename(columns={"id": "doc_id"}))
    assert frame.documents["v"].tolist() == corpus.documents["v"].tolist()
    kit.save_corpus(corpus, tmp_path / "saved")
    assert kit.open_corpus(tmp_path / "saved").documents["v"].tolist() == corpus.documents["v"].tolist()


@pytest.mark.parametrize("text", [["Satu.", 2], {"body": "Satu."}, "du\ud800a"])
def test_a_text_is_one_whole_text(tmp_path: Path, text: Any) -> None:
    rows = [{"doc_id": "a", "text": "Satu."}, {"doc_id": "b", "text": text}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": pd.Series(["Satu.", text], dtype=object)})
    corpus = kit.load_corpus(tmp_path / "a.jsonl")
    assert corpus.documents["doc_id"].tolist() == ["a"]
    [problem] = corpus.set_aside["problem"]
    assert problem.startswith("text holds ")
    kit.add_articles(frame, tmp_path / "saved")
    assert kit.open_corpus(tmp_path / "saved").set_aside["problem"].tolist() == [problem]
    with pytest.raises(CorpusError, match=re.escape(f"row 1: {problem}")):
        kit.Corpus.from_frame(frame)


def test_the_kit_s_names_of_columns_in_any_case(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Doc_ID": ["a"], "TEXT": ["ASN."], " Date ": ["4/2/2024"], "Tema": ["izin"]})
    frame.to_parquet(tmp_path / "a.parquet")
    frame.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
    for corpus in (kit.Corpus.from_frame(frame), *(kit.load_corpus(tmp_path / f"a.{e}") for e in ("parquet", "jsonl"))):
        assert corpus.documents[["date", "Tema"]].to_numpy().tolist() == [["2024-02-04", "izin"]]
    twice = frame.assign(date="2024-02-05")
    twice.to_parquet(tmp_path / "b.parquet")
    twice.to_json(tmp_path / "b.jsonl", orient="records", lines=True)
    with pytest.raises(CorpusError, match="several columns 'date'"):
        kit.Corpus.from_frame(twice)
    with pytest.raises(ReadingError, match=r"b\.parquet: column 'date' stands more than once"):
        kit.load_corpus(tmp_path / "b.parquet")
    with pytest.raises(ReadingError, match=r"b\.jsonl#1: is not a JSON object in UTF-8 \(a name stands more than once"):
        kit.load_corpus(tmp_path / "b.jsonl")


def test_what_the_furniture_says_fills_only_what_is_not_stated() -> None:
    text = "SURABAYA, CONTOH.com - Warga dilayani. (adv/abc)"
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": text, "paid": ["tidak", None], "flags": ["dicek", None]})
    documents = kit.Corpus.from_frame(frame).documents
    assert documents["paid"].tolist() == ["tidak", "adv"]
    assert documents["flags"].tolist() == ["dicek", ""]
    assert kit.Corpus.from_frame(documents, clean=False).documents["paid"].tolist() == ["tidak", "adv"]


# ---- The contract of a format ----------------------------------------------------------------------------------------


def test_a_new_format_is_known_by_its_content_and_joins_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(file: File) -> Any:
        [article] = known.PLAIN_TEXT.read(file)
        yield article

    toy = Format("toy", (".toy",), "article", recognises=lambda file: file.head.startswith(b"%TOY"), read=read)
    monkeypatch.setattr(known, "FORMATS", (toy, *known.FORMATS))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.bin").write_text("%TOY Warga.", encoding="utf-8")
    (tmp_path / "articles" / "b.txt").write_text("Warga.", encoding="utf-8")
    (tmp_path / "articles" / "c.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "articles.csv").write_text("file,outlet\na.bin,X\n", encoding="utf-8")
    articles, aside = read_source(tmp_path)
    outlets = {one.source: one.metadata["outlet"] for one in articles}
    assert outlets == {"articles/a.bin": "X", "articles/b.txt": ""}
    assert aside["problem"].tolist() == ["is an old Word file (.doc) or another of that kind"]
