"""Tables set in LaTeX stay within the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kit.exhibits.formats import entries, latex, layout
from kit.exhibits.grid import Column, Grid
from kit.wording import escape

ROOT = Path(__file__).resolve().parents[3]

SMALLEST = layout.SIZES[-1].command


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
    long = ("word " * 12).strip()
    head = tabular(
        Grid((*columns, *(column("x" * 6, number=True),) * 4), (("1234", "ab", long, *"1111"),))
    ).splitlines()[3]
    start, of, written = head.split(" & ")[:3]
    measured = r"\settowidth{\dimen0}{%s}\parbox[b]{\dimen0}{\%s %s}"
    assert start == measured % ("Start", "raggedleft", "Start in raw file")
    assert of == measured % ("text", "raggedright", "No. of the text")
    assert written == "Text as written"
    # where all fits, nothing is stacked
    head = tabular(Grid(columns, (("1234", "ab", "word"),))).splitlines()[2]
    assert head == r"Start in raw file & No. of the text & Text as written \\"


def test_a_narrow_table_is_set_as_it_is():
    grid = Grid((column("Term"), column("Count", number=True)), (("asn", "10"),))
    assert tabular(grid).startswith("\\begin{tabular}{lr}\n")
    assert floating(grid).splitlines()[4] == "\\begin{tabular}{lr}"


def test_columns_of_text_share_what_the_numbers_leave():
    grid = wide()
    source = tabular(replace(grid, columns=grid.columns[:7], raw=tuple(row[:7] for row in grid.raw[:12])))
    assert source.splitlines()[0].endswith(SMALLEST)
    widths = [float(width) for width in re.findall(r"p\{([\d.]+)\\linewidth\}", source)]
    assert 2 <= len(widths) <= 3
    assert sum(widths) < 0.7
    assert source.count(r"\raggedright public finance") == 2


def test_panels_stand_one_below_the_other():
    grid = Grid(tuple(column(f"Heading number {n}", number=True) for n in range(30)), (("123456",) * 30,))
    source = tabular(grid)
    panels = re.findall(r"\\begin\{tabular\}\{(r+)\}", source)
    assert len(panels) > 1
    assert sum(len(panel) - 1 for panel in panels) == 29
    assert source.count(r"\par\medskip") == len(panels) - 1
    assert source.startswith(r"{\setlength{\parindent}{0pt}\fontsize")
    assert source.endswith("\\end{tabular}\n}\n")


def test_a_broken_last_column_keeps_the_end_of_the_row():
    grid = Grid((column("Problem"), column("Remedy")), (("word " * 30, "word " * 30),) * 2)
    lines = tabular(grid).splitlines()
    # \raggedright makes \\ end a line of the cell
    assert [line.endswith(r" \tabularnewline") for line in lines[3:7]] == [True, False, True, True]


def test_empty_tables():
    assert tabular(Grid((column("Source"), column("Problem")), ())).startswith("\\begin{tabular}{ll}\n")


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


SIGNS = {
    "-": "\u2212",
    "|": "|",
    r"\leq": "\u2264",
    r"\geq": "\u2265",
    r"\rightarrow": "\u2192",
    r"\infty": "\u221e",
    r"\approx": "≈",
    **{rf"\{name}": letter for letter, name in escape._GREEK.items()},
}
CURLY = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2013": "-"})


def plain(text: str) -> str:
    """Write a cell without what LaTeX sets otherwise: quotes, dashes, and more than one blank."""
    return re.sub(r"\s+", " ", escape.one_line(text).translate(CURLY)).replace("''", '"').strip()


def read_by_pandoc(pandoc, sources: Iterable[str]) -> list[set[tuple[str, ...]]]:
    """Read the columns of the tables of LaTeX sources, headings first."""
    found = []
    for block in json.loads(pandoc("".join(rf"\section{{x}}{source}" for source in sources), "latex", "json"))[
        "blocks"
    ]:
        if block["t"] == "Header":
            found.append(set())
        for table in (part for part in (block["c"][1] if block["t"] == "Div" else [block]) if part["t"] == "Table"):
            _, _, _, head, bodies, _ = table["c"]
            rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]])]
            cells = [[plain(" ".join(stringified(part["c"]) for part in cell[4])) for cell in row[1]] for row in rows]
            found[-1].update(zip(*cells, strict=True))
    return found


def check(pandoc, grids: list[Grid]) -> None:
    """Whatever panels a table has, each stands there with its headings and cells and nothing else."""
    told = [[[column.heading for column in grid.columns], *grid.rows] for grid in grids]
    known = [set(zip(*([plain(text) for text in row] for row in rows), strict=True)) for rows in told]
    floats = [latex.floating(replace(grid, id="tbl-x", title="T")).decode() for grid in grids]
    assert read_by_pandoc(pandoc, map(tabular, grids)) == known
    assert read_by_pandoc(pandoc, floats) == known


def test_every_table_of_the_seed_survives_pandoc(pandoc):
    """DOCX, Markdown and HTML are made of what pandoc reads: no heading, no cell and no sign is lost."""
    files = sorted((ROOT / "figures" / "tables").glob("*.csv"))
    assert len(files) > 15
    frames = [pd.read_csv(file, dtype=object, keep_default_na=False) for file in files]
    check(pandoc, [Grid.of(frame.map(escape.unguarded).head(12)) for frame in frames])


def test_a_word_document_made_by_pandoc_has_every_cell(pandoc, tmp_path):
    docx = pytest.importorskip("docx", reason="python -m pip install python-docx")
    grid = wide()
    pandoc(floating(grid), "latex", "docx", f"--output={tmp_path / 'x.docx'}")
    tables = docx.Document(str(tmp_path / "x.docx")).tables
    columns = [[cell.text for cell in column.cells] for table in tables for column in table.columns]
    for place, expected in enumerate(grid.columns):
        assert [expected.heading, *(row[place] for row in grid.rows)] in columns


def test_hostile_cells_survive_pandoc(pandoc, hostile):
    columns = (column("Start of the text in the raw file", number=True), column("Text"))
    texts = [text for text in hostile if "' " not in f"{text} "]  # a quotation mark is typography in LaTeX
    more = ["a -- b", '"x" | y', "{}", "\u2212\u2265", "中文 😀 ΔP α ≈ 1", "x" * 40 + "-" + "y" * 40]
    check(pandoc, [Grid(columns, tuple(("1", text) for text in [*texts, *more]))])


def test_a_long_table_has_one_head_for_pandoc_and_keeps_its_note(pandoc):
    grid = Grid(
        (column("Term"), column("n", number=True)), (("asn", "1"),) * 90, id="tbl-x", title="T", note="Counted."
    )
    source = latex.floating(grid).decode()
    assert r"\begin{longtable}" in source
    text = pandoc(source, "latex", "markdown")
    assert text.count("Term") == 1
    assert ": T\n" in text
    assert "Counted." in text
    assert "#tbl-x" in text


def test_entries_survive_pandoc(pandoc):
    frame = pd.DataFrame({"concept": ["melayani"], "definition": ["a | b"], "examples": ["satu\ndua"]})
    text = pandoc(entries.section(Grid.of(frame, id="tbl-x", title="T", note="N.")).decode(), "latex", "plain")
    assert text.split() == ["T", "melayani", "Definition", "a", "|", "b", "Examples", "satu", "dua", "Note.", "N."]


def test_the_floating_form_survives_pandoc(pandoc):
    text = pandoc(floating(wide(), "Counted: mentions."), "latex", "markdown", "--wrap=none")
    for word in ("Per", "1,000", "Sentences", "public", "finance", "Counted: mentions.", "#tbl-x"):
        assert word in text
