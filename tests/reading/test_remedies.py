"""Every remedy of reading helps: a wrong file or cell, what is said of it, and the same mended as the remedy says."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.dates import parse_date
from kit.reading.rules import HERE, SHIPPED, load_rules
from kit.reading.sources import read_source

Files = dict[str, bytes | str | None]


def put(folder: Path, files: Files) -> Path:
    """Write files; None deletes one."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def remedies(folder: Path) -> tuple[list[RawArticle], list[str]]:
    """What is read, and what is said of what is not."""
    try:
        articles, aside = read_source(folder)
    except ReadingError as error:
        return [], [str(error)]
    return articles, [f"{row.source}: {row.problem} -> {row.remedy}" for row in aside.itertuples()]


ARTICLE = "Loket dibuka."
CSV = "file,outlet\na.txt,X\n"
OF_FOLDERS: list[tuple[Files, str, Files]] = [
    # what lies there, what is said, what is changed
    ({"b.txt": ""}, "is empty -> fill it or delete it", {"b.txt": ARTICLE}),
    ({"b.txt": ""}, "is empty -> fill it or delete it", {"b.txt": None}),
    (
        {"b.txt": b"%PDF-1.7"},
        "is a damaged PDF (PdfStreamError) -> open it, copy its text and",
        {"b.txt": ARTICLE},
    ),
    ({"b.txt": b"PK\x03\x04"}, "is a damaged zip file -> get it anew", {"b.txt": ARTICLE}),
    ({"b.txt": b"{\\rtf1 }"}, "has no text, only pictures or nothing -> type the text anew", {"b.txt": ARTICLE}),
    ({"b.txt": "<html></html>"}, "can be told from the page round it -> copy the article from", {"b.txt": ARTICLE}),
    ({"b.txt": gzip.compress(b"Loket." * 99)[:-9]}, "cannot be read (Compressed file ended before", {"b.txt": ARTICLE}),
    ({"b.txt": '{"cells": [1, 2]}'}, "is a notebook, not an article -> save its text as .txt", {"b.txt": ARTICLE}),
    ({"b.txt": "QUJD" * 99}, "is base64, not an article -> decode it", {"b.txt": ARTICLE}),
    ({"b.txt": b"\x80\x04\x95\x00\x00."}, "is binary, not plain text -> save its text", {"b.txt": ARTICLE}),
    ({"b.exe": b"MZ\x00"}, "save its text as .txt, or its table as .csv", {"b.exe": None, "b.txt": ARTICLE}),
    (
        {"b.txt": "Loket".encode("utf-16-le")},
        "is binary, not plain text -> save its text as .txt, in UTF-8",
        {"b.txt": "L"},
    ),
    ({"b.txt": b"Loket \x81\x8d"}, "is in an unknown encoding -> open it in an editor", {"b.txt": "Loket é"}),
    (
        {"b.txt": b"Layanan publik. " * 4 + b"\xe2\x80\x9cA\xe2\x80 x"},
        "damaged byte at 68 -> open it in an editor",
        {"b.txt": "Café"},
    ),
    ({"b.pdf": b"%PDF"}, "is a damaged PDF (", {"b.pdf": None, "b.txt": ARTICLE}),
    (
        {"x/a.txt": ARTICLE},
        "has the doc_id 'a' of a.txt -> give each its own doc_id (a text file: a name",
        {"x/a.txt": None, "x/b.txt": ARTICLE},
    ),
    ({"x/a.txt": ARTICLE}, "or a doc_id in articles.csv)", {"../articles.csv": "file,doc_id\nx/a.txt,b\n"}),
]


@pytest.mark.parametrize(("files", "remedy", "mended"), OF_FOLDERS, ids=range(len(OF_FOLDERS)))
def test_files(tmp_path: Path, files: Files, remedy: str, mended: Files) -> None:
    put(tmp_path / "articles", {"a.txt": ARTICLE, **files})
    articles, [told] = remedies(tmp_path)
    assert len(articles) == 1
    assert remedy in told.replace("articles/", "")
    put(tmp_path / "articles", mended)
    articles, told_now = remedies(tmp_path)
    assert told_now == []
    assert len(articles) == (1 if mended == {"b.txt": None} else 2)


OF_METADATA: list[tuple[str | bytes, str, str | None, str]] = [
    # articles.csv, what is said, articles.csv mended (None: deleted), the outlet of a.txt then
    (b"", "articles.csv: is empty -> fill it or delete it", CSV, "X"),
    (b"", "articles.csv: is empty -> fill it or delete it", None, ""),
    (b"PK\x03\x04", "is a zip, Word or Excel file, not plain text -> save the table as CSV, in UTF-8", CSV, "X"),
    (
        "arsip,outlet\na.txt,X\n",
        "the first row is: arsip, outlet -> name the column with the names of the text files 'file'",
        CSV,
        "X",
    ),
    (
        "a.txt,X\n",
        "the first row is: a.txt, X -> name the column with the names of the text files 'file', or put a row of column",
        CSV,
        "X",
    ),
    ("file/outlet\na.txt/X\n", "no column 'file'; the first row is: file/outlet", CSV, "X"),
    (
        "file,outlet,Outlet\na.txt,X,Y\n",
        "column 'outlet' stands more than once -> rename one",
        "file,outlet,tema\na.txt,X,Y\n",
        "X",
    ),
    ("file,outlet\na.txt,X\n,Y\n", "names no file -> fill the column 'file' or delete the row", CSV, "X"),
    ("file,outlet\na.txt,X\na.txt,Y\n", "describes 'a.txt' again, after row 2 -> keep one", CSV, "X"),
    ("file,outlet\na.tx,X\n", "names a missing file, 'a.tx' -> did you mean 'a.txt'?", CSV, "X"),
    ("file,outlet\na.txt,X\nberita.txt,Y\n", "'berita.txt' -> correct it, or add the file as text", CSV, "X"),
    (
        "file,outlet\na.txt,X, Y\n",
        "has 3 cells, the heading has 2 -> put cells that contain ','",
        'file,outlet\na.txt,"X, Y"\n',
        "X, Y",
    ),
    (
        "file;outlet\na.txt;X; Y\n",
        "put cells that contain ';' or a line break in quotation marks",
        'file;outlet\na.txt;"X; Y"\n',
        "X; Y",
    ),
]


@pytest.mark.parametrize(("wrong", "remedy", "mended", "outlet"), OF_METADATA, ids=range(len(OF_METADATA)))
def test_metadata(tmp_path: Path, wrong: str | bytes, remedy: str, mended: str | None, outlet: str) -> None:
    put(tmp_path, {"articles/a.txt": ARTICLE, "articles.csv": wrong})
    _, [told] = remedies(tmp_path)
    assert remedy in told
    put(tmp_path, {"articles.csv": mended})
    [article], told_now = remedies(tmp_path)
    assert told_now == []
    assert article.metadata["outlet"] == outlet


OF_DATES = [
    ("besok", "write 2024-02-04, 4/2/2024 (day first) or 4 Februari 2024", "4 Februari 2024"),
    ("2/13/2024", "4/2/2024 (day first)", "13/2/2024"),
    ("4/2/24", "4/2/2024 (day first)", "4/2/2024"),
    ("30/2/2024", "write 2024-02-04", "2024-02-29"),
    ("2024", "what names no day goes into a column of your own, such as year", ""),
    ("Selasa, 4/2/2024", "2024-02-04 is a Sunday -> correct the date, or leave the weekday out", "Selasa, 6/2/2024"),
    ("Selasa, 4/2/2024", "2024-02-04 is a Sunday -> correct the date, or leave the weekday out", "4/2/2024"),
    ("Hari ini, 4/2/2024", "it begins or ends with other words -> write 2024-02-04", "4/2/2024"),
    ("Terbit 4/2/2024", "'Terbit' is not a weekday the kit knows -> leave it out, as in 2024-02-04", "2024-02-04"),
]


@pytest.mark.parametrize(("wrong", "remedy", "mended"), OF_DATES)
def test_dates(wrong: str, remedy: str, mended: str) -> None:
    with pytest.raises(ReadingError, match=re.escape(remedy)):
        parse_date(wrong)
    assert parse_date(mended).startswith("2024-02") or not mended


@pytest.mark.parametrize(
    "weekday",
    ["Sen", "Sen.", "Senin", "Snn", "Mon", "Monday", "sel", "Rab", "kam.", "Jum", "Jum'at", "Sab", "Min", "Ahad"],
)
def test_weekdays_are_known_by_their_short_forms_too(weekday: str) -> None:
    days = ("se sn mo", "sel", "ra", "ka", "ju", "sa", "mi ah")
    number = next(n for n in (1, 0, 2, 3, 4, 5, 6) if any(weekday.casefold().startswith(d) for d in days[n].split()))
    assert parse_date(f"{weekday}, {5 + number:02} Feb 2024") == f"2024-02-{5 + number:02}"
    with pytest.raises(ReadingError, match="the weekday does not agree"):
        parse_date(f"{weekday}, {6 + number:02} Feb 2024")


def lines(*rows: object) -> str:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)


GOOD = {"id": "a", "text": "Loket."}
OF_TABLES: list[tuple[str, str | bytes, str, str, str | bytes]] = [
    # name, table, what is said, name and table mended
    (
        "t.csv",
        "id,uraian\na,Loket.\n",
        "the first row is: id, uraian -> name the column with the texts 'text'",
        "t.csv",
        "id,text\na,Loket.\n",
    ),
    ("t.csv", b"PK\x03\x04", "is a damaged zip file -> get it anew", "t.csv", "id,text\na,Loket.\n"),
    ("t.csv", "", "is empty -> fill it or delete it", "t.csv", "id,text\na,Loket.\n"),
    (
        "t.csv",
        "id,text\na,\n",
        "has no text -> fill the column 'text' or delete the row",
        "t.csv",
        "id,text\na,Loket.\n",
    ),
    (
        "t.csv",
        "id,text\na,Loket.\na,Lagi.\n",
        "has the doc_id 'a' of t.csv#2 -> give each its own doc_id",
        "t.csv",
        "id,text\na,Loket.\nb,Lagi.\n",
    ),
    ("t.jsonl", lines(GOOD, "{"), "is not a JSON object in UTF-8", "t.jsonl", lines(GOOD)),
    (
        "t.jsonl",
        "[\n" + lines(GOOD) + ",\n]",
        "write one object on each line, as frame.to_json(file, orient='records', lines=True)",
        "t.jsonl",
        pd.DataFrame([GOOD]).to_json(orient="records", lines=True),
    ),
    (
        "t.jsonl",
        lines(GOOD, {"id": "b", "text": ["Satu.", 2]}),
        "write one text, its pieces joined by line breaks",
        "t.jsonl",
        lines(GOOD, {"id": "b", "text": "Satu.\nDua."}),
    ),
    (
        "t.jsonl",
        lines(GOOD, {"id": ["b"], "text": "Dua."}),
        "doc_id holds a list, not one value -> give every row a name",
        "t.jsonl",
        lines(GOOD, {"id": "b", "text": "Dua."}),
    ),
    (
        "t.jsonl",
        lines({**GOOD, "x": {"y": 1}}),
        "x holds named values, not one value -> give each value its own column",
        "t.jsonl",
        lines({**GOOD, "y": 1}),
    ),
    (
        "t.jsonl",
        lines(GOOD, {"id": "b", "text": "du\ud800a"}),
        "delete it, as text.encode('utf-8', 'ignore').decode() does",
        "t.jsonl",
        lines(GOOD, {"id": "b", "text": "du\ud800a".encode("utf-8", "ignore").decode()}),
    ),
    (
        "t.jsonl",
        lines({**GOOD, "date": "?", "Date": "?"}),
        "a name stands more than once",
        "t.jsonl",
        lines({**GOOD, "date": "4/2/2024"}),
    ),
    ("t.docx", b"PK\x03\x04", "is a damaged Word file (BadZipFile) -> open it in Word", "t.txt", "Loket."),
    ("t.exe", b"MZ\x00\x04", "or its table as .csv", "t.csv", "id,text\na,Loket.\n"),
    ("t.xlsx", b"PK\x03\x04", "is a workbook that cannot be read (", "t.csv", "id,text\na,Loket.\n"),
]


@pytest.mark.parametrize(
    ("name", "wrong", "remedy", "mended_name", "mended"), OF_TABLES, ids=lambda value: str(value)[:30]
)
def test_tables(
    tmp_path: Path, name: str, wrong: str | bytes, remedy: str, mended_name: str, mended: str | bytes
) -> None:
    put(tmp_path, {name: wrong})
    assert any(remedy in told for told in remedies(tmp_path / name)[1])
    put(tmp_path, {mended_name: mended})
    articles, told_now = remedies(tmp_path / mended_name)
    assert told_now == []
    assert articles


def test_parquet(tmp_path: Path) -> None:
    frame = pd.DataFrame({"doc_id": ["a"], "uraian": ["Loket."]})
    frame.to_parquet(tmp_path / "t.parquet")
    with pytest.raises(ReadingError, match="the columns are: doc_id, uraian -> name the column with the texts 'text'"):
        read_source(tmp_path / "t.parquet")
    frame.rename(columns={"uraian": "text"}).to_parquet(tmp_path / "t.parquet")
    assert len(read_source(tmp_path / "t.parquet")[0]) == 1
    (tmp_path / "t.parquet").write_bytes(b"PAR1")
    with pytest.raises(ReadingError, match="check the file, or write it anew"):
        read_source(tmp_path / "t.parquet")


def test_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"corpus/a.txt": ARTICLE, "notes/x.md": ""})
    with pytest.raises(ReadingError, match=r"corpsu: does not exist -> did you mean .*corpus\?"):
        read_source(tmp_path / "corpsu")
    assert len(read_source(tmp_path / "corpus")[0]) == 1
    with pytest.raises(ReadingError) as caught:
        read_source(tmp_path / "berita")
    assert caught.value.remedy == f"check the path: in {tmp_path} there is corpus, notes"
    with pytest.raises(ReadingError, match=r"there is no folder .*berita either"):
        read_source(tmp_path / "berita" / "2024")
    monkeypatch.chdir(tmp_path / "notes")  # as a notebook is elsewhere than its author thinks
    with pytest.raises(ReadingError) as caught:
        read_source(Path("corpus"))
    assert caught.value.remedy.startswith("from here it is ../corpus; kit.load_settings().corpus is")
    assert len(read_source(Path("../corpus"))[0]) == 1
    with pytest.raises(ReadingError) as caught:
        read_source(Path("berita"))
    assert caught.value.remedy == f"check the path: in {tmp_path / 'notes'} there is x.md"
    with pytest.raises(ReadingError, match=r"no usable article; .*-> put articles there as \.txt files, one each"):
        read_source(tmp_path / "notes")
    put(tmp_path, {"notes/a.txt": ARTICLE})
    assert len(read_source(tmp_path / "notes")[0]) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_links_and_pipes(tmp_path: Path) -> None:
    put(tmp_path, {"articles/a.txt": ARTICLE})
    (tmp_path / "articles" / "loop").symlink_to(tmp_path / "articles", target_is_directory=True)
    (tmp_path / "articles" / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "articles" / "pipe.txt")
    told = sorted(remedies(tmp_path)[1])
    for remedy, one in zip(("check the link", "delete the link", "replace it by a file"), told, strict=True):
        assert remedy in one
    (tmp_path / "nowhere.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "articles" / "loop").unlink()
    (tmp_path / "articles" / "pipe.txt").unlink()
    put(tmp_path, {"articles/pipe.txt": ARTICLE})
    articles, told = remedies(tmp_path)
    assert (len(articles), told) == (3, [])


SHIPPED_RULES = (HERE / SHIPPED).read_text(encoding="utf-8")
RULE = '\n[[line]]\nrule = "footer_link"\nwhere = "end"\npattern = \'kabar kita\'\n'
OF_RULES: list[tuple[Callable[[str], str], str, Callable[[str], str]]] = [
    (lambda _: RULE, f"no table [words] -> copy it from kit/reading/{SHIPPED}", lambda _: SHIPPED_RULES + RULE),
    (lambda text: text + "\n[[line]\n", "mend the line", lambda text: text + RULE),
    (
        lambda text: text + RULE + "hit = []\n",
        "unknown key 'hit' -> use capitals, flag, hits",
        lambda text: text + RULE + "hits = []\n",
    ),
    (lambda text: text + RULE.replace('rule = "footer_link"\n', ""), "no 'rule' -> add it", lambda text: text + RULE),
    (lambda text: text + RULE.replace('"end"', '"bottom"'), "use anywhere, start, end, last", lambda text: text + RULE),
    (lambda text: text + RULE.replace("kita", "(kita"), "does not compile: ", lambda text: text + RULE),
    (
        lambda text: text + RULE.replace("kita", "<<kota>>"),
        "names no list of words: <<kota>> -> use one of",
        lambda text: text + RULE.replace("kita", "<<platform>>"),
    ),
    (
        lambda text: text + RULE.replace("kita", "(?P<who>kita)"),
        "unknown group 'who' -> use author",
        lambda text: text + RULE.replace("kita", "(?P<author>kita)"),
    ),
]


@pytest.mark.parametrize("number", range(len(OF_RULES)))
def test_rules_of_one_s_own(tmp_path: Path, number: int) -> None:
    wrong, remedy, mended = OF_RULES[number]
    file = tmp_path / "own.toml"
    file.write_text(wrong(SHIPPED_RULES), encoding="utf-8")
    with pytest.raises(ReadingError, match=re.escape(remedy)):
        load_rules(file)
    again = tmp_path / "mended.toml"
    again.write_text(mended(SHIPPED_RULES), encoding="utf-8")
    assert len(load_rules(again).lines) == len(load_rules().lines) + 1


def test_a_file_of_rules_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"own\.toml: cannot be read .* -> check that it exists and may be read"):
        load_rules(tmp_path / "own.toml")
    (tmp_path / "own.toml").write_bytes(b"\xff")
    with pytest.raises(ReadingError, match="is not in UTF-8 -> save it in UTF-8"):
        load_rules(tmp_path / "own.toml")
