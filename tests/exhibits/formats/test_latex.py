"""Tables set in LaTeX stay within the page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kit.exhibits.formats import latex
from kit.exhibits.grid import Column, Grid
from kit.wording import escape

ROOT = Path(__file__).resolve().parents[3]

SMALL, SMALLEST = "\\footnotesize\\setlength{\\tabcolsep}{4pt}", "\\scriptsize\\setlength{\\tabcolsep}{3pt}"


def column(heading: str, *, number: bool = False) -> Column:
    return Column(heading, heading, number=number)


def tabular(grid: Grid) -> str:
    return latex.tabular(grid).decode()


def floating(grid: Grid, note: str = "") -> str:
    return latex.floating(replace(grid, id="tbl-x", title="T", note=note)).decode()


def wide() -> Grid:
    """As wide as the table of concepts: three columns of text, six of numbers; a few of its cells are long."""
    numbers = ["Documents", "Sentences", "Hits", "Mentions", "Per 1,000", "Per million"]
    columns = [column("Concept"), column("Label"), column("Group"), *(column(name, number=True) for name in numbers)]
    long = ("pengelolaan-keuangan", "public finance and resource management", "tata-kelola")
    numbers = ["1", "1", "2", "2", "6.76", "10,135"]
    rows = [
        (*(long if number % 6 == 0 else ("akuntabilitas", "accountability", "prinsip")), *numbers)
        for number in range(36)
    ]
    return Grid(tuple(columns), tuple(rows))


def test_headings_wider_than_their_column_are_stacked():
    columns = (column("Start in raw file", number=True), column("No. of the text"), column("Text as written"))
    long = ("word " * 12).strip()  # 59 characters; 40 is what a column of text may have in ordinary type
    head = tabular(Grid(columns, (("1234", "ab", long),))).splitlines()[2]
    # to the longest word of the heading or the longest cell: Start (5), text (4), 40
    start, of, written = re.fullmatch(r"(.+) & (.+) & (.+) \\tabularnewline", head).groups()
    assert re.fullmatch(r"\\parbox\[b\]\{2\.\d\dem\}\{\\raggedleft Start in raw file\}", start)
    assert re.fullmatch(r"\\parbox\[b\]\{1\.\d\dem\}\{\\raggedright No\. of the text\}", of)
    assert written == "Text as written"
    # where all fits, nothing is stacked: 17 + 15 + 15
    head = tabular(Grid(columns, (("1234", "ab", "word"),))).splitlines()[2]
    assert head == r"Start in raw file & No. of the text & Text as written \\"


def test_a_narrow_table_is_set_as_it_is():
    grid = Grid((column("Term"), column("Count", number=True)), (("asn", "10"),))
    assert tabular(grid).startswith("\\begin{tabular}{lr}\n")
    assert floating(grid).splitlines()[4] == "\\begin{tabular}{lr}"


@pytest.mark.parametrize(("rows", "size"), [(36, ""), (37, SMALL), (45, SMALL), (46, SMALLEST)])
def test_long_tables_are_set_smaller(rows, size):
    grid = Grid((column("n", number=True),), (("1",),) * rows)
    assert floating(grid).splitlines()[4] == (size or "\\begin{tabular}{r}")


def test_columns_of_text_share_what_the_numbers_leave():
    source = floating(wide())
    assert source.splitlines()[4] == SMALLEST
    widths = [float(width) for width in re.findall(r"p\{([\d.]+)\\linewidth\}", source)]
    assert 2 <= len(widths) <= 3
    assert sum(widths) < 0.7
    assert source.count(r"\raggedright public finance") == 6


def test_numbers_are_never_broken():
    grid = Grid(tuple(column(f"Heading number {n}", number=True) for n in range(30)), (("123456",) * 30,))
    assert tabular(grid).startswith("\\begin{tabular}{" + "r" * 30 + "}")


def test_a_broken_last_column_keeps_the_end_of_the_row():
    grid = Grid((column("Problem"), column("Remedy")), (("word " * 30, "word " * 30),) * 2)
    lines = tabular(grid).splitlines()
    # \raggedright makes \\ end a line of the cell
    assert [line.endswith(r" \tabularnewline") for line in lines[2:6]] == [True, False, True, True]


def test_empty_tables():
    assert tabular(Grid((column("Source"), column("Problem")), ())).startswith("\\begin{tabular}{ll}\n")


@pytest.mark.parametrize(
    ("word", "printed"),
    [("Start", 2.227), ("Documents", 4.88), ("Word", 2.476), ("Million", 3.085), ("kalimat", 3.306)],
)
def test_a_stacked_heading_is_as_wide_as_its_longest_word(word, printed):
    """The widths are those of the AFM file of cmr10, in em: a box must not be narrower, and hardly wider."""
    assert printed - 0.05 <= latex._ems(word) <= printed + 0.12


def stringified(inlines) -> str:
    """Return the text of what pandoc read, with the quotes and dashes that LaTeX prints put back."""
    text = ""
    for node in inlines:
        kind, inside = node["t"], node.get("c")
        if kind == "Str":
            text += inside
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            text += " "
        elif kind == "Math":
            text += SIGNS[inside[1]]
        elif kind in ("Span", "Quoted"):
            quote = {"SingleQuote": "'", "DoubleQuote": '"'}.get(inside[0].get("t"), "") if kind == "Quoted" else ""
            text += quote + stringified(inside[1]) + quote
        else:
            assert kind == "Emph", kind
            text += stringified(inside)
    return text


SIGNS = {"-": "\u2212", "|": "|", r"\leq": "\u2264", r"\geq": "\u2265", r"\rightarrow": "\u2192", r"\infty": "\u221e"}
CURLY = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2013": "-"})


def plain(text: str) -> str:
    """Write a cell without what LaTeX sets otherwise: quotes, dashes, and more than one blank."""
    return re.sub(r"\s+", " ", escape.one_line(text).translate(CURLY)).replace("''", '"').strip()


def read_by_pandoc(pandoc, source: str) -> list[list[str]]:
    """Read the one table of a LaTeX source, headings first."""
    (table,) = json.loads(pandoc(source, "latex", "json"))["blocks"]
    assert table["t"] == "Table"
    _, _, _, head, bodies, _ = table["c"]
    rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]])]
    return [
        [plain(" ".join(stringified(block["c"]) for block in cell[4])) for cell in row[1]] for row in rows
    ]  # fmt: skip


def check(pandoc, grid: Grid) -> None:
    expected = [[column.heading for column in grid.columns], *grid.rows]
    assert read_by_pandoc(pandoc, tabular(grid)) == [[plain(text) for text in row] for row in expected]


def test_every_table_of_the_seed_survives_pandoc(pandoc):
    """DOCX, Markdown and HTML are made of what pandoc reads: no heading, no cell and no sign is lost."""
    files = sorted((ROOT / "figures" / "tables").glob("*.csv"))
    assert len(files) > 15
    for file in files:
        frame = pd.read_csv(file, dtype=object, keep_default_na=False)
        check(pandoc, Grid.of(frame.map(escape.unguarded).head(40)))


def test_hostile_cells_survive_pandoc(pandoc, hostile):
    columns = (column("Start of the text in the raw file", number=True), column("Text"))
    texts = [text for text in hostile if "' " not in f"{text} "]  # a quotation mark is typography in LaTeX
    check(pandoc, Grid(columns, tuple(("1", text) for text in [*texts, "a -- b", '"x" | y', "{}", "\u2212\u2265"])))


def test_the_floating_form_survives_pandoc(pandoc):
    text = pandoc(floating(wide(), "Counted: mentions."), "latex", "markdown")
    for word in ("Per", "1,000", "Sentences", "public", "finance", "Counted: mentions.", "#tbl-x"):
        assert word in text


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not on this machine")
def test_a_table_of_nine_columns_stays_within_a_page_of_a4(tmp_path):
    (tmp_path / "float.tex").write_text(floating(wide(), "Note. " * 30), encoding="utf-8")
    (tmp_path / "paper.tex").write_text(
        "\\documentclass[a4paper]{article}\\usepackage{booktabs}\\setlength{\\textwidth}{160mm}"
        "\\setlength{\\textheight}{247mm}\\begin{document}\\input{float}\\end{document}",
        encoding="utf-8",
    )
    command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "-no-shell-escape", "paper.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, errors="replace")
    assert run.returncode == 0, run.stdout[-2000:]
    assert "Overfull" not in run.stdout
    assert "Float too large" not in run.stdout
