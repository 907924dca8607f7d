"""Every remedy of the codebook helps: a wrong row, what is said of it, and the row mended as the remedy says."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import CodebookError

CONCEPTS = [
    ["concept", "parent", "label_id", "label_en", "definition"],
    ["layanan", "g", "layanan", "service", "What is done for citizens"],
    ["aktor", "g", "aktor", "actors", "Who acts"],
]
PATTERNS = [
    ["concept", "pattern", "kind", "language", "enabled", "polarity", "blocks", "example", "is_name", "requires"],
    ["layanan", "layanan", "form", "id", "", "", "layanan pesan", "", "", "sentence: warga"],
    ["aktor", "ASN", "abbreviation", "id", "", "", "", "", "", ""],
]
NEW = ["layanan", "akuntabel", "form", "id", "", "", "", "", "", ""]
NAMES = PATTERNS[0]


def row(**cells: str) -> list[str]:
    """The new pattern, with other cells."""
    return [cells.get(name, cell) for name, cell in zip(NAMES, NEW, strict=True)]


def load(folder: Path, patterns: list[list[str]], concepts: list[list[str]] = CONCEPTS) -> kit.Codebook:
    folder.mkdir(exist_ok=True)
    for name, rows in (("concepts.csv", concepts), ("patterns.csv", patterns)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return kit.load_codebook(folder)


def fires(codebook: kit.Codebook, text: str) -> bool:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    return "layanan" in set(kit.find_mentions(corpus, codebook)["concept"])


WRONG_PATTERNS = [
    # what is written, what the remedy says, what is written then and its kind, a text in which that fires
    ("akuntab*", "form", "make its kind glob", {"akuntab*": "glob"}),
    ("lapor* warga", "phrase", "make its kind glob", {"lapor* warga": "glob"}),
    ("akuntabel?", "form", "make its kind glob", {"akuntabe?": "glob"}),
    ("akuntabel|terbuka", "form", "put what to choose from into parentheses", {"(akuntabel|terbuka)": "phrase"}),
    ("akuntabel|terbuka", "form", "or make it a pattern of its own each", {"akuntabel": "form", "terbuka": "form"}),
    ("(akuntabel|terbuka)", "form", "make its kind phrase", {"(akuntabel|terbuka)": "phrase"}),
    ("cepat, tepat", "phrase", "no hit goes across ','", {"cepat": "form", "tepat": "form"}),
    ("saran & kritik", "phrase", "no hit goes across '&'", {"saran": "form", "kritik": "form"}),
    ("mutu (akuntabel)", "phrase", "write [ ] around what may be left out", {"mutu [akuntabel]": "phrase"}),
    ("mutu (akuntabel)", "phrase", "nothing around the rest", {"mutu akuntabel": "phrase"}),
    ("mutu (akuntabel|)", "phrase", "write [(a|b)] for", {"mutu [(akuntabel|baik)]": "phrase"}),
    ("mutu [akuntabel", "phrase", "close it with ]", {"mutu [akuntabel]": "phrase"}),
    ("mutu akuntabel]", "phrase", "open it before", {"mutu [akuntabel]": "phrase"}),
    ("[mutu akuntabel]", "phrase", "leave one word outside", {"mutu [akuntabel]": "phrase"}),
    ("mutu ~ akuntabel", "phrase", "write ~1 to ~10", {"mutu ~1 akuntabel": "phrase"}),
    ("mutu ~11 akuntabel", "phrase", "write ~1 to ~10", {"mutu ~10 akuntabel": "phrase"}),
    ("mutu ~3", "phrase", "put a word before and behind it", {"mutu ~3 akuntabel": "phrase"}),
    ("~dan mutu", "phrase", "put a word before and behind it", {"layanan ~dan mutu": "phrase"}),
    ("mutu ~9 ~9 ~9 baik", "phrase", "make it several patterns", {"mutu ~9 baik": "phrase"}),
    ("mutu *", "glob", "write some letters of it", {"mutu a*": "glob"}),
    ("(akuntabel", "regex", "mend it", {"(akuntabel)": "regex"}),
    ("(?=a)akuntabel", "regex", "without look-around", {"akuntabel": "regex"}),
    ("tugas-tugas", "lexeme", "write 'tugas'", {"tugas": "lexeme"}),
    ("“akuntabel”", "form", "write 'akuntabel'", {"akuntabel": "form"}),
    ("akuntabel.", "form", "write 'akuntabel'", {"akuntabel": "form"}),
    ("#akuntabel", "form", "write 'akuntabel'", {"akuntabel": "form"}),
    ("mal // mutu", "phrase", "write 'mal mutu'", {"mal mutu": "phrase"}),
    ("mal mutu", "form", "make its kind phrase", {"mal mutu": "phrase"}),
    ("kab/kota", "abbreviation", "make its kind phrase", {"kab/kota": "phrase"}),
    ("?!", "form", "write the word or words to look for", {"akuntabel": "form"}),
]
#: Texts in which patterns with marks of notation fire; the others fire in themselves.
TEXTS = {
    "akuntab*": "akuntabilitas", "akuntabe?": "akuntabel", "(akuntabel|terbuka)": "terbuka", "mutu a*": "mutu apa",
    "lapor* warga": "laporan warga", "mutu [akuntabel]": "mutu", "mutu [(akuntabel|baik)]": "mutu baik",
    "mutu ~1 akuntabel": "mutu yang akuntabel", "mutu ~10 akuntabel": "mutu yang itu juga akuntabel",
    "mutu ~3 akuntabel": "mutu akuntabel", "layanan ~dan mutu": "layanan, warga, dan mutu",
    "mutu ~9 baik": "mutu yang baik", "(akuntabel)": "akuntabel",
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "kind", "remedy", "mended"), WRONG_PATTERNS, ids=lambda value: str(value)[:20])
def test_patterns(tmp_path: Path, pattern: str, kind: str, remedy: str, mended: dict[str, str]) -> None:
    with pytest.raises(CodebookError) as caught:
        load(tmp_path, [*PATTERNS, row(pattern=pattern, kind=kind)])
    assert remedy in caught.value.remedy
    new = [row(pattern=text, kind=now) for text, now in mended.items()]
    codebook = load(tmp_path, [*PATTERNS, *new])
    for text in mended:
        assert fires(codebook, f"Yang {TEXTS.get(text, text)} itu."), text


WRONG_CELLS = [
    ({"blocks": "tidak terbuk*"}, "write a phrase that holds the pattern", {"blocks": "tidak akuntab*"}),
    ({"blocks": "tidak * akuntabel"}, "or ~1 for a word of any kind", {"blocks": "tidak ~1 akuntabel"}),
    (
        {"blocks": "tidak akuntabel, terbuka"},
        "no hit goes across ',': write what stands before and after it as a block of its own each",
        {"blocks": "tidak akuntabel"},
    ),
    ({"blocks": "akuntabel"}, "delete the block", {"blocks": ""}),
    ({"blocks": "layanan publik"}, "write a phrase that holds the pattern", {"blocks": "tidak akuntabel"}),
    ({"blocks": "layanan publik"}, "or delete the block", {"blocks": ""}),
    ({"polarity": "nothing"}, "leave it empty, or use negative", {"polarity": ""}),
    ({"polarity": "neg"}, "leave it empty, or use negative", {"polarity": "negative"}),
    ({"enabled": "ya"}, "use one of: yes, no", {"enabled": "yes"}),
    ({"is_name": "ya"}, "use one of: yes, no", {"is_name": "yes"}),
    ({"requires": "@aktor"}, "write it as in sentence: @aktor", {"requires": "sentence: @aktor"}),
    ({"requires": "kalimat: @aktor"}, "the scopes are phrase, sentence", {"requires": "sentence: @aktor"}),
    ({"requires": "0 words: @aktor"}, "begin with 1 word or more", {"requires": "1 word: @aktor"}),
    ({"requires": "0 in sentence: @aktor"}, "ask for 1 or more", {"requires": "1 in sentence: @aktor"}),
    ({"requires": "per sentence: @aktor"}, "write per 150 words:", {"requires": "per 150 words: @aktor"}),
    ({"requires": "sentence: |"}, "write it as in sentence: @aktor", {"requires": "sentence: kantor"}),
    ({"requires": "sentence: @aktr"}, "did you mean @aktor?", {"requires": "sentence: @aktor"}),
    ({"requires": "sentence: @core"}, "or name a concept or a parent of some", {"requires": "sentence: @g"}),
    ({"requires": "sentence: @layanan"}, "name words, or take the condition away", {"requires": "sentence: layanan"}),
    ({"requires": "sentence: @layanan"}, "name words, or take the condition away", {"requires": "-"}),
    (
        {"requires": "sentence: warga, kantor"},
        "write what stands before and after it as a phrase of its own each",
        {"requires": "sentence: warga | kantor"},
    ),
    ({"kind": "prefix"}, "use one of form, phrase, abbreviation", {"kind": "form"}),
    ({"language": "Indonesian"}, "use id, en, jv, ar", {"language": "id"}),
    ({"concept": "layann"}, "did you mean layanan?", {"concept": "layanan"}),
    ({"pattern": ""}, "fill it", {"pattern": "akuntabel"}),
    ({"example": "dia terbuka"}, "give an example that holds it", {"example": "dia akuntabel"}),
    ({"example": "dia terbuka"}, "or empty the cell", {"example": ""}),
    ({"pattern": "Layanan"}, "delete one of them", None),
    ({"concept": "mutu"}, "add it to concepts.csv", ["mutu", "g", "mutu", "quality", "How good it is"]),
]


@pytest.mark.parametrize(("cells", "remedy", "mended"), WRONG_CELLS, ids=lambda value: str(value)[:30])
def test_cells(tmp_path: Path, cells: dict[str, str], remedy: str, mended: dict[str, str] | list[str] | None) -> None:
    with pytest.raises(CodebookError) as caught:
        load(tmp_path, [*PATTERNS, row(**cells)])
    assert remedy in caught.value.remedy
    if isinstance(mended, list):
        load(tmp_path, [*PATTERNS, row(**cells)], [*CONCEPTS, mended])
    else:
        load(tmp_path, PATTERNS if mended is None else [*PATTERNS, row(**cells | mended)])


WRONG_CONCEPTS = [
    ([["mutu", "g", "mutu", "quality", "How good"]], "add a pattern to patterns.csv", None, [row(concept="mutu")]),
    ([["mutu", "g", "mutu", "quality", "How good"]], "or delete the row", [], []),
    ([["Aktor", "g", "aktor", "actors", "Who acts"]], "rename or delete one of them", [], []),
    ([["mutu", "", "mutu", "quality", "How good"]], "fill it", [["mutu", "g", "mutu", "quality", "How good"]], None),
]


@pytest.mark.parametrize(("wrong", "remedy", "mended", "patterns"), WRONG_CONCEPTS, ids=lambda value: str(value)[:30])
def test_concepts(
    tmp_path: Path,
    wrong: list[list[str]],
    remedy: str,
    mended: list[list[str]] | None,
    patterns: list[list[str]] | None,
) -> None:
    with pytest.raises(CodebookError) as caught:
        load(tmp_path, [*PATTERNS, *([row(concept="mutu")] if patterns is None else [])], [*CONCEPTS, *wrong])
    assert remedy in str(caught.value)
    now = [*CONCEPTS, *(wrong if mended is None else mended)]
    load(tmp_path, [*PATTERNS, *([row(concept="mutu")] if patterns is None else patterns)], now)


def test_a_circle_of_parents(tmp_path: Path) -> None:
    circle = [CONCEPTS[0], ["layanan", "aktor", "a", "b", "c"], ["aktor", "layanan", "a", "b", "c"]]
    with pytest.raises(CodebookError, match="give one of them a group as parent"):
        load(tmp_path, PATTERNS, circle)
    load(tmp_path, PATTERNS, [circle[0], ["layanan", "g", "a", "b", "c"], circle[2]])


def test_files_and_columns(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"has the unknown column 'remark' -> rename or delete it; the columns are"):
        load(tmp_path, PATTERNS, [[*CONCEPTS[0], "remark"], *([*cells, "x"] for cells in CONCEPTS[1:])])
    with pytest.raises(CodebookError, match=r"'remark' -> rename or delete it \(remarks belong in the column note\)"):
        load(tmp_path, [[*NAMES, "remark"], *([*cells, "x"] for cells in PATTERNS[1:])])
    load(tmp_path, [[*NAMES, "note"], *([*cells, "x"] for cells in PATTERNS[1:])])
    with pytest.raises(CodebookError, match="lacks the column 'language' -> the columns are concept, pattern, kind"):
        load(tmp_path, [cells[:3] for cells in PATTERNS])
    load(tmp_path, [cells[:4] for cells in PATTERNS])
    (tmp_path / "patterns.csv").write_bytes(b"")
    with pytest.raises(CodebookError, match=r"patterns\.csv, row 1: lacks the column .* -> the columns are concept"):
        kit.load_codebook(tmp_path)
    (tmp_path / "patterns.csv").write_bytes(b"PK\x03\x04")
    with pytest.raises(CodebookError, match=r"is a zip, Word or Excel file, not plain text -> save the table as CSV"):
        kit.load_codebook(tmp_path)
    load(tmp_path, PATTERNS)
    with pytest.raises(CodebookError) as caught:
        kit.load_codebook(tmp_path / "patterns.csv")
    assert caught.value.remedy.startswith(f"name its folder, {tmp_path}: ")
    kit.load_codebook(tmp_path)
    (tmp_path / "patterns.csv").unlink()
    with pytest.raises(CodebookError, match=r"is missing -> put it into .*; kit/codebook/ has one to copy"):
        kit.load_codebook(tmp_path)


def test_patterns_that_are_switched() -> None:
    codebook = kit.load_codebook()
    home = codebook.patterns.set_index("pattern")["concept"]["akuntabel"]
    with pytest.raises(CodebookError, match=f"no pattern 'akuntabel' in 'transparansi' -> it stands in {home}$"):
        codebook.with_patterns(disable=[("transparansi", "akuntabel")])
    codebook.with_patterns(disable=[(home, "akuntabel")])
    with pytest.raises(CodebookError, match=r"no pattern 'akuntabl' -> did you mean akuntabel"):
        codebook.with_patterns(disable=["akuntabl"])
    codebook.with_patterns(disable=["akuntabel"])


def test_words_of_one_s_own_as_seeds_of_topics(tmp_path: Path) -> None:
    from kit.errors import QueryError

    texts = ["Warga ex-PNS antre di loket kab/kota.", "Dana desa cair lagi.", "Jalan rusak diperbaiki warga."] * 8
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": [f"d{n}" for n in range(24)], "text": texts}))
    with pytest.raises(QueryError, match=r"seeds: 'cair, lagi' can never fire: .* -> no hit goes across ','"):
        kit.fit_topics(corpus, 2, seeds={"a": ["cair, lagi"], "b": ["desa"]})
    kit.fit_topics(corpus, 2, seeds={"a": ["rus*", "(cair|lagi)"], "b": ["desa"]})
    kit.fit_topics(corpus, 2, seeds={"a": ["ex-PNS", "kab/kota"], "b": ["desa"]})


def test_a_condition_of_a_concept_is_told_at_its_row(tmp_path: Path) -> None:
    names = [*CONCEPTS[0], "core", "requires", "refuses"]
    wrong = [names, [*CONCEPTS[1], "no", "sentence: @aktr", ""], [*CONCEPTS[2], "no", "", ""]]
    with pytest.raises(CodebookError, match=r"concepts\.csv, row 2: requires: no concept or group '@aktr' -> did you"):
        load(tmp_path, [*PATTERNS, row()], wrong)
    wrong[1][-2] = "sentence: @aktor"
    codebook = load(tmp_path, [*PATTERNS, row()], wrong)
    assert fires(codebook, "Yang akuntabel ASN.")
    assert not fires(codebook, "Yang akuntabel itu.")
    assert fires(load(tmp_path, [*PATTERNS, row(requires="-")], wrong), "Yang akuntabel itu.")
