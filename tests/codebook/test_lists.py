"""Lists that conditions share: a condition with a list is the condition written out, and faults are named."""

from __future__ import annotations

from pathlib import Path

import pytest

import kit
from kit.errors import CodebookError

CONCEPTS = "concept,parent,label_id,label_en,definition,requires\na,x,A,A,A,\nb,x,B,B,B,sentence: {tempat}\n"
PATTERNS = (
    "concept,pattern,kind,language,requires,refuses\n"
    'a,cepat,form,id,"document: {tempat} | petugas; 3 in document: {kata}",document: {kata}\n'
    "b,layanan,form,id,,\n"
)
LISTS = "list,entry,note\ntempat,kantor,where\nkata,bola,\ntempat,balai kota,\nkata,@a,\n"


def book(folder: Path, patterns: str = PATTERNS, lists: str | None = LISTS, concepts: str = CONCEPTS) -> kit.Codebook:
    folder.mkdir()
    (folder / "concepts.csv").write_text(concepts, encoding="utf-8")
    (folder / "patterns.csv").write_text(patterns, encoding="utf-8")
    if lists is not None:
        (folder / "lists.csv").write_text(lists, encoding="utf-8")
    return kit.load_codebook(folder)


def test_a_list_is_its_entries_written_out(tmp_path: Path) -> None:
    lists = LISTS.replace("kata,@a,\n", "kata,@b,\n")
    patterns, concepts = PATTERNS.replace("b,layanan", "b,bagus,form,id,-,\nb,layanan"), CONCEPTS
    listed = book(tmp_path / "listed", patterns, lists)
    full = {"{tempat}": "kantor | balai kota", "{kata}": "bola | @b"}
    for name, entries in full.items():
        patterns, concepts = patterns.replace(name, entries), concepts.replace(name, entries)
    written = book(tmp_path / "written", patterns, None, concepts)
    assert listed.version == written.version
    assert listed.patterns.equals(written.patterns)
    assert listed.rules == written.rules


@pytest.mark.parametrize(
    ("lists", "problem"),
    [
        (LISTS.replace("kata,", "kota,"), "patterns.csv, row 2: requires: no list 'kata' -> did you mean {kota}?"),
        (
            None,
            "lists.csv: is missing, and 3 conditions name lists of it, first in concepts.csv, row 3 -> copy it",
        ),
        (LISTS + "kata,a | b,\n", "lists.csv, row 6: holds |, ;, { or } -> write the name of a list, and one word"),
        (LISTS + ",lagi,\n", "lists.csv, row 6: names no list"),
        ("list,note\na,b\n", "lists.csv, row 1: lacks the column 'entry'"),
    ],
)
def test_faults_are_named_with_row_and_remedy(tmp_path: Path, lists: str | None, problem: str) -> None:
    with pytest.raises(CodebookError) as caught:
        book(tmp_path / "own", lists=lists)
    assert problem in str(caught.value)


def test_a_table_saved_as_a_workbook_is_to_be_saved_as_csv(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    book(folder, lists=LISTS.replace("@a", "gol"))
    for missing in ("lists", "patterns", "concepts"):
        (folder / f"{missing}.csv").rename(folder / f"{missing}.xlsx")
        told = rf"{missing}.csv: is missing.* -> open {missing}.xlsx in a spreadsheet and save it"
        with pytest.raises(CodebookError, match=told):
            kit.load_codebook(folder)
        (folder / f"{missing}.xlsx").rename(folder / f"{missing}.csv")


def test_a_list_that_changes_is_read_anew_and_another_version(tmp_path: Path) -> None:
    patterns = PATTERNS.replace("; 3 in document: {kata}", "").replace("document: {kata}", "")
    before = book(tmp_path / "own", patterns)
    (tmp_path / "own" / "lists.csv").write_text(LISTS.replace("kantor", "loket"), encoding="utf-8")
    assert kit.load_codebook(tmp_path / "own").version != before.version
