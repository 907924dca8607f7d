"""Loading a codebook: the shipped one, files as spreadsheets save them, and every problem with its place."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.codebook.codebook import CONCEPT_COLUMNS, PATTERN_COLUMNS
from kit.codebook.looked_up import mentions_of
from kit.codebook.matching import Source
from kit.errors import CodebookError
from kit.index.indexing import index_texts
from kit.simulation.sentences import sentences_for

SHIPPED = Path(kit.__file__).parent / "codebook"
DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "codebook.md"
CONCEPTS = [
    ["concept", "parent", "label_id", "label_en", "definition"],
    ["layanan", "g", "layanan", "service", "What is done for citizens"],
    ["aktor", "g", "aktor", "actors", "Who acts"],
]
PATTERNS = [
    ["concept", "pattern", "kind", "language", "enabled", "polarity", "blocks", "example"],
    ["layanan", "layanan", "form", "id", "", "", "layanan pesan | layanan pelanggan", "layanan publik"],
    ["layanan", "mal pelayanan publik", "phrase", "id", "yes", "", "", ""],
    ["aktor", "ASN", "abbreviation", "id", "no", "negative", "", "para ASN-nya"],
]


def write(folder, concepts=CONCEPTS, patterns=PATTERNS, *, delimiter=",", encoding="utf-8", newline="\n"):
    folder.mkdir(exist_ok=True)
    for name, rows in (("concepts.csv", concepts), ("patterns.csv", patterns)):
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, lineterminator=newline).writerows(rows)
        (folder / name).write_bytes(text.getvalue().encode(encoding))
    return folder


def problem_of(folder):
    with pytest.raises(CodebookError) as caught:
        kit.load_codebook(folder)
    return str(caught.value)


# The shipped codebook.


def test_shipped_codebook_has_what_it_promises():
    codebook = kit.load_codebook()
    assert codebook.name == "shipped"
    assert tuple(codebook.concepts.columns) == CONCEPT_COLUMNS
    assert tuple(codebook.patterns.columns) == PATTERN_COLUMNS
    assert len(codebook.concepts) == 36
    assert len(codebook.patterns) >= 285
    assert codebook.concepts["parent"].nunique() == 7
    assert (codebook.concepts["core"] == "yes").sum() == 22
    assert re.fullmatch(r"[0-9a-f]{12}", codebook.version)
    filled = codebook.concepts.drop(columns=["core", "requires", "refuses"])
    assert (filled != "").to_numpy().all(), "every concept has its labels, definitions and a source"


def test_shipped_patterns_are_complete_and_say_why_they_are_off():
    patterns = kit.load_codebook().patterns
    assert (patterns[["example", "language"]] != "").to_numpy().all()
    off = patterns[patterns["enabled"] == "no"]
    assert {"GG", "berdampak"} <= set(off["pattern"])
    assert off["note"].str.startswith("off: ").all()
    assert not patterns[patterns["enabled"] == "yes"]["note"].str.startswith("off").any()
    assert not patterns["note"].str.contains(r"\?").any(), "what is not certain is said in words"
    assert not kit.load_codebook().concepts["source"].str.contains(r"\?").any()


def test_every_shipped_example_holds_a_counted_hit_of_its_concept():
    codebook = kit.load_codebook()
    codebook = codebook.with_patterns(enable=codebook.patterns["pattern"])
    found = mentions_of(Source(index_texts(codebook.patterns["example"])), codebook)
    for row, concept in enumerate(codebook.patterns["concept"]):
        assert concept in set(found.loc[found["doc"] == row, "concept"])


def test_every_concept_has_sentences_for_made_up_corpora():
    """A condition on one pattern can leave a concept without a sentence that names it alone."""
    named = sentences_for(kit.load_codebook()).named
    assert [concept for concept, sentences in named.items() if not len(sentences)] == []


def test_every_pattern_of_the_specification_is_there(oracles):
    patterns = kit.load_codebook().patterns
    known = set(zip(patterns["concept"], patterns["pattern"], strict=True))
    with (oracles / "seed_article_concepts.csv").open(encoding="utf-8", newline="") as file:
        assert {(row["concept_id"], row["pattern"]) for row in csv.DictReader(file)} <= known


def test_shipped_files_are_plain_csv():
    for name, columns in (("concepts.csv", CONCEPT_COLUMNS), ("patterns.csv", PATTERN_COLUMNS)):
        data = (SHIPPED / name).read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert data.endswith(b"\n")
        assert data.splitlines()[0].decode() == ",".join(columns)


def test_documentation_shows_the_concepts_as_they_are():
    documented = DOCS.read_text(encoding="utf-8")
    for row in kit.load_codebook().concepts.itertuples():
        name = f"`{row.concept}`" + (" *" if row.core == "yes" else "")
        line = f"| {row.parent} | {name} | {row.label_id} / {row.label_en} | {row.definition} | {row.source} |"
        assert line in documented.splitlines(), f"docs/codebook.md needs the line\n{line}"
        rules = f"| `{row.concept}` | {row.include} | {row.exclude} |"
        assert rules in documented.splitlines(), f"docs/codebook.md needs the line\n{rules}"


def test_rules_of_a_coder_have_examples_and_point_to_concepts_that_exist():
    concepts = kit.load_codebook().concepts
    for column in ("include", "exclude", "include_id", "exclude_id"):
        assert set(re.findall("`(.*?)`", " ".join(concepts[column]))) <= set(concepts["concept"])
        assert (concepts[column].str.count(r"\*") % 2 == 0).all(), "examples stand between two stars"
    assert concepts["include"].str.contains(r"\*.+\*").all()
    assert concepts["include_id"].str.contains(r"\*.+\*").all()


# Files as spreadsheets save them.


def test_version_does_not_depend_on_how_the_file_is_saved(tmp_path):
    version = kit.load_codebook(write(tmp_path / "plain")).version
    turned = [[row[place] for place in (7, 6, 3, 2, 0, 1, 4, 5)] for row in PATTERNS]
    wide = [[*row, "", ""] for row in CONCEPTS]
    loose = [[f" {cell}\u00a0" for cell in row] for row in CONCEPTS]
    saved = [
        write(tmp_path / "excel", delimiter=";", encoding="utf-8-sig", newline="\r\n"),
        write(tmp_path / "tabs", delimiter="\t", encoding="utf-16"),
        write(tmp_path / "turned", patterns=turned),
        write(tmp_path / "wide", concepts=[*wide, [""] * 7], patterns=[PATTERNS[0], [], *PATTERNS[1:], [], [""]]),
        write(tmp_path / "loose", concepts=loose),
        write(
            tmp_path / "default",
            patterns=[
                PATTERNS[0],
                [*PATTERNS[1][:4], "Yes", "", "layanan pesan|layanan pelanggan|", PATTERNS[1][7]],
                *PATTERNS[2:],
            ],
        ),
    ]
    assert {kit.load_codebook(folder).version for folder in saved} == {version}


def test_version_depends_on_every_cell_and_on_the_order_of_rows(tmp_path):
    versions = [kit.load_codebook(write(tmp_path / "plain")).version]
    noted = [[*PATTERNS[0], "note"], [*PATTERNS[1], "a remark"], *PATTERNS[2:]]
    versions.append(kit.load_codebook(write(tmp_path / "note", patterns=noted)).version)
    versions.append(kit.load_codebook(write(tmp_path / "order", patterns=[PATTERNS[0], *PATTERNS[:0:-1]])).version)
    label = [CONCEPTS[0], [*CONCEPTS[1][:3], "services", CONCEPTS[1][4]], CONCEPTS[2]]
    versions.append(kit.load_codebook(write(tmp_path / "label", concepts=label)).version)
    assert len(set(versions)) == 4


def test_empty_cells_mean_their_defaults(tmp_path):
    codebook = kit.load_codebook(write(tmp_path / "a folder"))
    assert codebook.name == "a folder"
    assert codebook.concepts["core"].tolist() == ["no", "no"]
    assert codebook.concepts["definition_id"].tolist() == ["", ""]
    assert codebook.patterns["enabled"].tolist() == ["yes", "yes", "no"]
    assert codebook.patterns["polarity"].tolist() == ["", "", "negative"]
    assert repr(codebook).startswith("<Codebook a folder ")


def test_invisible_characters_of_a_cell_do_not_count(tmp_path):
    hidden = [PATTERNS[0], [*PATTERNS[1][:1], "laya\u00adnan\u200b", *PATTERNS[1][2:]], *PATTERNS[2:]]
    assert kit.load_codebook(write(tmp_path / "b", patterns=hidden)).patterns["pattern"][0] == "layanan"


def test_concepts_may_form_a_tree(tmp_path):
    above = ["umum", "g", "umum", "general", "Above the others"]
    concepts = [CONCEPTS[0], [CONCEPTS[1][0], "umum", *CONCEPTS[1][2:]], CONCEPTS[2], above]
    codebook = kit.load_codebook(write(tmp_path / "tree", concepts=concepts))
    assert codebook.concepts.set_index("concept").loc["layanan", "parent"] == "umum"


def test_tables_of_a_codebook_cannot_be_changed_from_outside(tmp_path):
    codebook = kit.load_codebook(write(tmp_path / "plain"))
    version = codebook.version
    patterns, concepts = codebook.patterns, codebook.concepts
    patterns.loc[0, "pattern"] = "lain"
    concepts["core"] = "yes"
    assert codebook.patterns["pattern"][0] == "layanan"
    assert codebook.concepts["core"][0] == "no"
    assert kit.load_codebook(tmp_path / "plain").version == version


# What is wrong, where, and what to do.


def edited(rows, number, **cells):
    """The rows with some cells of spreadsheet row `number` changed."""
    new = [list(row) for row in rows]
    for name, value in cells.items():
        new[number - 1][rows[0].index(name)] = value
    return new


@pytest.mark.parametrize(
    ("row", "cells", "problem", "remedy"),
    [
        (2, {"concept": ""}, "concept is empty", "fill it"),
        (2, {"pattern": ""}, "pattern is empty", "fill it"),
        (3, {"language": ""}, "language is empty", "fill it"),
        (3, {"language": "Indonesian"}, "language 'indonesian' is not a language code", "use id"),
        (4, {"concept": "aktr"}, "unknown concept 'aktr'", "did you mean aktor?"),
        (2, {"kind": "fraze"}, "unknown kind 'fraze'", "use one of form, phrase, abbreviation"),
        (2, {"kind": "prefix"}, "unknown kind 'prefix'", "list the forms"),
        (2, {"enabled": "perhaps"}, "enabled is 'perhaps'", "use one of: yes, no"),
        (2, {"polarity": "neg"}, "polarity is 'neg'", "leave it empty, or use negative"),
        (3, {"pattern": "Layanan", "kind": "phrase"}, "'Layanan' matches the same words as row 2", "delete one"),
        (3, {"pattern": "LAYANAN", "kind": "abbreviation"}, "'LAYANAN' matches the same words as row 2", "delete one"),
        (
            3,
            {"kind": "form"},
            "can never fire as form: it is 3 words (mal + pelayanan + publik)",
            "make its kind phrase",
        ),
        (3, {"pattern": "Rp5", "kind": "form"}, "can never fire as form: it is 2 words (rp + 5)", "kind phrase"),
        (3, {"pattern": "wali. kota"}, "'wali. kota' can never fire: '.' is neither", "no hit goes across '.'"),
        (3, {"pattern": "mal, publik"}, "can never fire: ',' is neither", "as a pattern of its own each"),
        (3, {"pattern": "mal // publik"}, "can never fire: '/' is neither", "write 'mal publik'"),
        (3, {"pattern": "(mal publik)"}, "hold nothing to choose from", "and nothing around the rest"),
        (3, {"pattern": "akuntab*"}, "can never fire: '*' is neither", "make its kind glob"),
        (3, {"pattern": "?!"}, "'?!' can never fire: it has no word", "write the word"),
        (2, {"blocks": "berlayanan"}, "block 'berlayanan' can never fire: no hit of 'layanan'", "delete the block"),
        (2, {"blocks": "pelayanan pesan"}, "block 'pelayanan pesan' can never fire", "delete the block"),
        (
            2,
            {"blocks": "layanan, pesan"},
            "block 'layanan, pesan' can never fire: ','",
            "as a block of its own",
        ),
        (2, {"blocks": "Layanan"}, "'layanan' can never fire: it is its own block", "delete the block"),
        (3, {"blocks": "pelayanan publik"}, "block 'pelayanan publik' can never fire", "delete the block"),
        (4, {"blocks": "PANASN"}, "block 'PANASN' can never fire", "delete the block"),
        (2, {"example": "pelayanan"}, "'layanan' does not fire in its example 'pelayanan'", "give an example"),
        (2, {"example": "layanan pesan"}, "'layanan' does not fire in its example", "give an example"),
        (4, {"example": "para asn"}, "'ASN' does not fire in its example 'para asn'", "give an example"),
    ],
)
def test_problem_of_a_pattern(tmp_path, row, cells, problem, remedy):
    message = problem_of(write(tmp_path / "x", patterns=edited(PATTERNS, row, **cells)))
    assert f"patterns.csv, row {row}: " in message
    assert problem in message
    assert remedy in message


@pytest.mark.parametrize(
    "cells",
    [
        {"pattern": "layanan/umum", "kind": "phrase", "blocks": "", "example": "Layanan umum"},
        {"pattern": "layanan - umum", "kind": "phrase", "blocks": "", "example": "layanan/umum"},
        {"pattern": "e-layanan", "kind": "phrase", "blocks": "", "example": "e-Layanannya"},
        {"blocks": "layanannya", "example": "layanan"},
        {"blocks": "pusat layanannya", "example": "pusat layanan"},
        {"pattern": "layanannya", "blocks": "pusat layanan", "example": "layanannya"},
        {"pattern": "2045", "blocks": "", "example": "Indonesia 2045"},
    ],
)
def test_what_can_fire_is_accepted(tmp_path, cells):
    kit.load_codebook(write(tmp_path / "x", patterns=edited(PATTERNS, 2, **cells)))


def test_abbreviations_may_differ_in_case_alone(tmp_path):
    rows = [*PATTERNS, ["aktor", "Asn", "abbreviation", "id", "", "", "", ""]]
    assert len(kit.load_codebook(write(tmp_path / "x", patterns=rows)).patterns) == 4
    rows = [*rows, ["aktor", "asn", "form", "id", "", "", "", ""]]
    assert "'asn' matches the same words as row 4" in problem_of(write(tmp_path / "y", patterns=rows))


@pytest.mark.parametrize(
    ("row", "cells", "problem"),
    [
        (2, {"definition": ""}, "concepts.csv, row 2: definition is empty -> fill it"),
        (3, {"parent": ""}, "concepts.csv, row 3: parent is empty -> fill it"),
        (3, {"concept": "Layanan"}, "concepts.csv, row 3: 'Layanan' is already in row 2 -> rename or delete"),
        (3, {"parent": "aktor"}, "concepts.csv, row 3: the parents form a circle: aktor → aktor -> give one"),
        (
            2,
            {"concept": "lyn"},
            "concepts.csv, row 2: 'lyn' has no pattern, so a count of zero would mean nothing -> add",
        ),
    ],
)
def test_problem_of_a_concept(tmp_path, row, cells, problem):
    assert problem in problem_of(write(tmp_path / "x", concepts=edited(CONCEPTS, row, **cells)))


def test_a_longer_circle_is_named_once(tmp_path):
    rows = [[name, parent, "x", "x", "x"] for name, parent in [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]]
    patterns = [PATTERNS[0], *([name, f"kata{name}", "form", "id", "", "", "", ""] for name in "abcd")]
    message = problem_of(write(tmp_path / "x", concepts=[CONCEPTS[0], *rows], patterns=patterns))
    assert message.startswith("codebook x, concepts.csv, row 2: the parents form a circle: a → b → c → a -> ")
    assert message.count("circle") == 1


def test_every_problem_is_listed_in_the_order_of_rows(tmp_path):
    concepts = edited(CONCEPTS, 3, definition="")
    patterns = edited(edited(PATTERNS, 2, kind="x"), 4, language="")
    lines = problem_of(write(tmp_path / "x", concepts=concepts, patterns=patterns)).splitlines()
    assert lines[0] == "codebook x: 3 problems"
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        "concepts.csv, row 3",
        "patterns.csv, row 2",
        "patterns.csv, row 4",
    ]


def test_a_long_list_is_cut(tmp_path):
    patterns = [PATTERNS[0], *(["layanan", f"kata {number}", "form", "id", "", "", "", ""] for number in range(30))]
    patterns += PATTERNS[3:]
    lines = problem_of(write(tmp_path / "x", patterns=patterns)).splitlines()
    assert lines[0] == "codebook x: 30 problems"
    assert len(lines) == 7
    assert lines[1].startswith("  patterns.csv, row 2: 'kata 0' can never fire as form: ")
    assert lines[-1].strip() == "… and 25 more of this kind: patterns.csv, rows 7, 8, 9 and 22 more"


def test_one_cause_in_many_rows_is_told_once(tmp_path):
    rows = [["layanan", f"kata{number}", "form", "id", "ja", "", "", ""] for number in range(400)]
    told = problem_of(write(tmp_path / "x", patterns=[*PATTERNS, *rows]))
    first = len(PATTERNS) + 1
    rows_told = f"patterns.csv, rows {first}, {first + 1}, {first + 2} and 397 more"
    assert told == f"codebook x, {rows_told}: enabled is 'ja' -> use one of: yes, no"
    twice = [["layanan", "kata", "form", "id", "no", "", "", ""]] * 2
    lines = problem_of(write(tmp_path / "y", patterns=[*PATTERNS, *rows, *twice])).splitlines()
    assert lines[0] == "codebook y: 401 problems"
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        rows_told,
        f"patterns.csv, row {first + 401}",
    ]


def test_more_kinds_of_problems_than_fit_are_cut(tmp_path):
    cells = ("form", "id", "yes", "", "", "")
    rows = [[f"{name}-a", f"kata{row}", *cells] for row, name in enumerate("abcdefgh")]
    rows += [["layanan", f"kata{row} x", *cells] for row in range(6)]
    rows += [["layanan", f"lain{row}", "form", f"x{row}x9", *cells[2:]] for row in range(6)]
    rows += [["layanan", f"itu{row}", f"k{row}", *cells[1:]] for row in range(6)]
    lines = problem_of(write(tmp_path / "x", patterns=[*PATTERNS, *rows])).splitlines()
    assert lines[0] == "codebook x: 26 problems"
    assert len(lines) == 22
    assert lines[-1].strip() == "… and 4 more lines"


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    note = [[*PATTERNS[0], "note"], [], [*PATTERNS[1], "two\nlines"], *edited(PATTERNS, 4, kind="x")[2:]]
    assert "patterns.csv, row 5: unknown kind" in problem_of(write(tmp_path / "x", patterns=note))


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (
            ["concept", "pattern", "kind"],
            "row 1: lacks the column 'language' -> the columns are concept,",
        ),
        (
            ["concept", "pattern", "kind", "language", "enable"],
            "has the unknown column 'enable' -> rename or delete",
        ),
        (["concept", "pattern", "kind", "language", ""], "row 2: has text right of the last column: ''"),
        (["concept", "pattern", "kind", "language", "Kind"], "row 1: has the column 'kind' twice -> delete one"),
    ],
)
def test_problem_of_a_header(tmp_path, header, problem):
    patterns = [header, *(row[: len(header)] for row in PATTERNS[1:])]
    if header[-1] == "":
        patterns[1] = [*patterns[1][:4], "stray"]
        problem = problem.replace("''", "'stray'")
    assert problem in problem_of(write(tmp_path / "x", patterns=patterns))


def test_a_comma_without_quotes_is_found(tmp_path):
    folder = write(tmp_path / "x")
    text = (folder / "patterns.csv").read_text(encoding="utf-8")
    (folder / "patterns.csv").write_text(text.replace("layanan publik", "cepat, layanan publik"), encoding="utf-8")
    assert "patterns.csv, row 2: has text right of the last column: 'layanan publik'" in problem_of(folder)


def test_files_that_are_no_table(tmp_path):
    folder = write(tmp_path / "x")
    (folder / "patterns.csv").write_text('concept,pattern\nx,"never closed\n', encoding="utf-8")
    assert "patterns.csv: cannot be read as a table from line" in problem_of(folder)
    (folder / "patterns.csv").write_bytes(b"PK\x03\x04")
    assert (
        "patterns.csv: is a zip, Word or Excel file, not plain text -> save the table as CSV, in UTF-8"
        in problem_of(folder)
    )
    (folder / "patterns.csv").unlink()
    assert "patterns.csv: is missing -> put it into x/" in problem_of(folder)
    assert "is no folder -> name its folder, " in problem_of(folder / "concepts.csv")


# Switching patterns.


def test_switching_a_pattern_makes_another_codebook(tmp_path):
    codebook = kit.load_codebook(write(tmp_path / "x"))
    on = codebook.with_patterns(enable=["ASN"], disable=[("layanan", "layanan")])
    assert on.patterns["enabled"].tolist() == ["no", "yes", "yes"]
    assert codebook.patterns["enabled"].tolist() == ["yes", "yes", "no"]
    assert on.version != codebook.version
    assert codebook.with_patterns().version == codebook.version
    assert codebook.with_patterns(enable="ASN").version == codebook.with_patterns(enable=["ASN"]).version


def test_switching_an_unknown_pattern_is_refused(tmp_path):
    codebook = kit.load_codebook(write(tmp_path / "x"))
    with pytest.raises(CodebookError, match="no pattern 'layana' -> did you mean layanan"):
        codebook.with_patterns(enable=["layana"])
    with pytest.raises(CodebookError, match="no pattern 'ASN' in 'layanan'"):
        codebook.with_patterns(disable=[("layanan", "ASN")])


def test_tables_are_strings(tmp_path):
    codebook = kit.load_codebook(write(tmp_path / "x"))
    for table in (codebook.concepts, codebook.patterns):
        assert all(isinstance(dtype, pd.StringDtype) for dtype in table.dtypes)
        assert not table.isna().to_numpy().any()


def test_columns_that_say_nothing_have_no_part_in_the_version(tmp_path):
    old = kit.load_codebook(write(tmp_path / "old"))
    tables = [
        [
            ["concept", "parent", "label_id", "label_en", "definition", "definition_id", "source", "core"],
            [[*row, "", "", "no"] for row in CONCEPTS[1:]],
        ],
        [
            [*PATTERNS[0], "note"],
            [[*row[:4], row[4] or "yes", *row[5:], ""] for row in PATTERNS[1:]],
        ],
    ]
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
    assert old.version == hashlib.sha256(text.encode()).hexdigest()[:12]
    wide = [[*PATTERNS[0], "is_name", "stands_for"], *([*row, "no", ""] for row in PATTERNS[1:])]
    assert kit.load_codebook(write(tmp_path / "wide", patterns=wide)).version == old.version
    wide[1][-2] = "yes"
    assert kit.load_codebook(write(tmp_path / "named", patterns=wide)).version != old.version


def test_concepts_of_one_group_stand_together(tmp_path):
    groups = {"layanan": "a", "aktor": "b", "pelayan": "a", "warga": "b"}
    concepts = [CONCEPTS[0], *([name, group, name, name, "Meaning"] for name, group in groups.items())]
    patterns = [*PATTERNS, *([name, f"{name} umum", "phrase", "id", "", "", "", ""] for name in ("pelayan", "warga"))]
    book = kit.load_codebook(write(tmp_path, concepts, patterns))
    assert book.concepts["concept"].tolist() == ["layanan", "pelayan", "aktor", "warga"]
    assert book.patterns["concept"].tolist() == [row[0] for row in patterns[1:]]


def test_every_concept_of_a_pair_gets_its_label():
    book = kit.load_codebook()
    pairs = pd.DataFrame({"concept_a": ["dilayani"], "concept_b": ["none"], "both": [3]})
    labelled = book.labelled(pairs, "id")
    assert list(labelled.columns) == ["concept_a", "label_a", "concept_b", "label_b", "both"]
    assert labelled[["label_a", "label_b"]].iloc[0].tolist() == ["dilayani (pasif)", ""]
    nodes = pd.DataFrame({"node": ["concept:dilayani", "warga"], "n": [1, 2]})
    assert book.labelled(nodes, "id")["node_label"].tolist() == ["dilayani (pasif)", ""]
    clusters = pd.DataFrame({"terms": ["dilayani, warga", "warga", None]})
    assert book.labelled(clusters, "id")["terms_label"].tolist() == ["dilayani (pasif), warga", "", ""]
    edges = book.labelled(pairs.rename(columns={"concept_a": "source", "concept_b": "target"}), "en")
    assert edges["source_label"].tolist() == ["being served (passive)"]
    with pytest.raises(CodebookError, match="no column of concepts -> give one with concept or item or"):
        book.labelled(pairs[["both"]], "id")


def test_a_codebook_that_has_not_changed_is_read_once_and_one_that_has_anew(tmp_path: Path) -> None:
    assert kit.load_codebook() is kit.load_codebook()
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "concepts.csv").write_text("concept,parent,label_id,label_en,definition\na,x,A,A,A\n")
    (folder / "patterns.csv").write_text("concept,pattern,kind,language\na,warga,form,id\n")
    before = kit.load_codebook(folder)
    assert kit.load_codebook(folder) is before
    (folder / "patterns.csv").write_text("concept,pattern,kind,language\na,kota,form,id\n")
    after = kit.load_codebook(folder)
    assert after.patterns["pattern"].tolist() == ["kota"]
    assert after.version != before.version
