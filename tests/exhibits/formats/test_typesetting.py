"""Tables printed by pdfLaTeX and LuaLaTeX: nothing stands out of the line or the page, and nothing is lost."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.exhibits import columns
from kit.exhibits.formats import entries
from kit.exhibits.formats import latex as latex_format
from kit.exhibits.grid import Column, Grid
from kit.wording import escape

ROOT = Path(__file__).resolve().parents[3]
ENGINES = ("pdflatex", "lualatex")

#: Papers that tables are printed in: one column of 12.1 and 16 cm, two columns of 8.8 cm; in large type, too.
PAPERS = {
    "121": (r"a4paper", 121, 540, "float"),
    "160": (r"a4paper", 160, 540, "float"),
    "121 in 12 pt": (r"a4paper,12pt", 121, 540, "float"),
    "column of two": (r"a4paper,twocolumn", 182, 620, "compact"),
    "both columns": (r"a4paper,twocolumn", 182, 620, "tex"),
}

WORD = re.compile('<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')


def paper(kind: str, files: dict[str, str], engine: str) -> str:
    """Write a paper that prints each file on pages of its own."""
    options, width, height, _ = PAPERS[kind]
    fonts = r"\usepackage[T1]{fontenc}\usepackage{lmodern}" if engine == "pdflatex" else ""
    wide = (r"\begin{table*}\centering ", r"\end{table*}") if kind == "both columns" else ("", "")
    inputs = "".join(rf"\typeout{{<{name}>}}{wide[0]}\input{{{name}}}{wide[1]}\clearpage" for name in files)
    return (
        rf"\documentclass[{options}]{{article}}{fonts}\usepackage{{booktabs,longtable}}\setlength{{\columnsep}}{{6mm}}"
        rf"\setlength{{\textwidth}}{{{width}mm}}\setlength{{\textheight}}{{{height}pt}}\setlength{{\topmargin}}{{-10mm}}"
        rf"\setlength{{\oddsidemargin}}{{-10mm}}\begin{{document}}{inputs}\end{{document}}"
    )


def complaints(log: str) -> list[str]:
    """List what TeX says of boxes that do not fit, with the file that it reads."""
    found, name = [], ""
    for line in log.splitlines():
        name = line[1:-1] if re.fullmatch(r"<[\w.-]+>", line) else name
        if re.search(r"Overfull|[Ff]loat too large|Missing character|multiply|undefined", line):
            found.append(f"{name}: {line}")
    return found


def overprinted(pdf: Path) -> list[str]:
    """List words that are printed over others, or beside the page."""
    if shutil.which("pdftotext") is None:
        return []
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    found = []
    for page in text.split("<page ")[1:]:
        right = float(re.match(r'width="([\d.]+)"', page).group(1))
        words = [(*map(float, numbers), word) for *numbers, word in WORD.findall(page)]
        words.sort(key=lambda word: (round(word[3]), word[0]))
        found += [f"{word[4]!r} is off the page" for word in words if word[2] > right or word[0] < 0]
        for one, other in itertools.pairwise(words):
            if round(one[3]) == round(other[3]) and one[2] > other[0] + 1:
                found.append(f"{one[4]!r} and {other[4]!r}")
    return found


def check_printed(latex, tables: list[Grid], engine: str, kinds: Iterable[str] = PAPERS) -> None:
    """Print tables in every kind of paper, and look that nothing stands out or is lost."""
    for kind in kinds:
        form = PAPERS[kind][3]
        files = {}
        for grid in tables:
            if form == "float":
                files[f"{grid.id}.tex"] = latex_format.floating(grid).decode()
            elif form == "tex":
                bare = latex_format.tabular(grid).decode()
                if r"\begin{longtable}" not in latex_format.floating(grid).decode():
                    files[f"{grid.id}.tex"] = bare
            else:
                narrow = grid.select(columns.narrow(grid, [column.name for column in grid.columns]))
                files[f"{grid.id}.tex"] = latex_format.compact(narrow.head(latex_format.fitting(narrow))).decode()
        log, pdf = latex(paper(kind, files, engine), files, engine, runs=2 if form == "float" else 1)
        assert complaints(log) == [], kind
        assert overprinted(pdf) == [], kind


def column(heading: str, *, number: bool = False) -> Column:
    return Column(heading, heading, number=number)


def hard_tables() -> list[Grid]:
    """Tables with all that is hard to print."""
    numbers = [column(f"{name}: lower bound", number=True) for name in ("Share", "Specifications", "ΔP (word | node)")]
    label = "public finance and resource management"
    note = "Counted: mentions, of every document. " * 12
    wide = (column("Concept"), column("Label"), *(numbers * 5))
    texts = (column("Document"), column("Left"), column("Node"), column("Start of the text", number=True))
    address = "https://contoh.example/berita/2024/02/04/" + "a" * 90
    rows = (("pengelolaan-keuangan-dan-sumber-daya", label, *("−1,234.5678",) * 15),) * 20
    return [
        Grid(wide, rows, id="tbl-wide", title="Concepts under every analytic choice", note=note),
        Grid(wide[:9], tuple(row[:9] for row in rows) * 6, id="tbl-long", title="More than a page", note=note),
        Grid(texts, ((address, "kata " * 40, "x" * 60, "12"),) * 9, id="tbl-texts", title=address, note=address),
        Grid((column("Term"), column("Count", number=True)), (("asn", "10"),), id="tbl-small", title="Small"),
        Grid((column("Source"), column("Problem")), (), id="tbl-none", title="Nothing", note="None."),
    ]


def test_hard_tables_are_printed_whole(latex):
    check_printed(latex, hard_tables(), "pdflatex", ["121", "column of two", "both columns"])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_hard_tables_are_printed_whole_everywhere(latex, engine):
    check_printed(latex, hard_tables(), engine)


def test_a_table_longer_than_a_page_has_its_headings_on_each(latex):
    """And one caption, one number, however many panels it has."""
    _, long, _, small, _ = hard_tables()
    files = {f"{grid.id}.tex": latex_format.floating(grid).decode() for grid in (small, long)}
    assert [text.count(r"\begin{longtable}") for text in files.values()] == [0, 2]
    source = paper("121", files, "pdflatex").replace(r"\end{document}", r" See \ref{tbl-long}.\end{document}")
    _, pdf = latex(source, files, runs=2)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine: apt-get install poppler-utils")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pages = [page for page in text.split("\f") if "Table 2" in page]
    assert len(pages) > 2
    assert all("Concept" in page for page in pages)
    assert "See 2." in text
    assert "Table 3" not in text


def test_signs_that_pdflatex_has_no_letters_for_are_spelled(latex):
    """LuaLaTeX prints them if the paper's font has them; pandoc keeps them."""
    signs = "中文 😀 ﷺ ✓ x̃ ⁴ Δ π ≈ → « » “ ” – — … € ² ½ é ğ ş ’"
    grid = Grid((column("Tanda"),), ((signs,),), id="tbl-signs", title=signs, note=signs)
    files = {"a.tex": latex_format.floating(grid).decode(), "b.tex": latex_format.tabular(grid).decode()}
    log, pdf = latex(paper("121", files, "pdflatex"), files)
    assert complaints(log) == []
    assert "[U+4E2D]" in files["a.tex"]
    if shutil.which("pdftotext") is not None:
        text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
        assert all(sign in text for sign in ("[U+4E2D]", "[U+1F600]", "[U+2713]", "[U+2074]", "é", "ğ", "€"))
    latex(paper("121", files, "lualatex"), files, "lualatex")


def test_entries_are_printed_whole(latex):
    frame = pd.DataFrame({"concept": ["melayani", "x" * 70], "definition": ["a | b; " * 60, "y" * 200]})
    grid = Grid.of(frame, id="tbl-codebook", title="The codebook", note="z" * 300)
    files = {"a.tex": entries.section(grid).decode()}
    for kind in ("121", "column of two"):
        log, _ = latex(paper(kind, files, "pdflatex"), files)
        assert complaints(log) == []


def stored(folder: Path, language: str) -> list[Grid]:
    """Read tables of a folder of figures, as they would be printed; floats with four decimals, wider than they are."""
    found = []
    for file in sorted((folder / "tables").glob("*.csv")):
        sidecar = json.loads((folder / f"{file.stem}.json").read_text(encoding="utf-8"))
        if file.stem == "tbl-codebook":  # set as entries: a row of it is longer than a page
            continue
        frame = pd.read_csv(file, keep_default_na=False, na_values=[""]).head(40)
        texts = {
            name: frame[name].map(escape.unguarded, na_action="ignore")
            for name in frame.select_dtypes(["object", "str"])
        }
        words = {name: sidecar[name][language] for name in ("title", "note")}
        found.append(Grid.of(frame.assign(**texts), id=file.stem, language=language, **words))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kind", PAPERS)
def test_every_table_of_the_seed_is_printed_whole(latex, engine, language, kind):
    tables = stored(ROOT / "figures", language)
    assert len(tables) > 15
    check_printed(latex, tables, engine, [kind])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_every_picture_of_the_seed_fits_a_column(latex, engine):
    names = sorted(file.stem for file in (ROOT / "figures").glob("fig-*.pdf"))
    shown = "".join(
        rf"\begin{{figure}}\includegraphics[width=\linewidth]{{{(ROOT / 'figures' / name).as_posix()}.pdf}}"
        rf"\caption{{x}}\label{{{name}}}\end{{figure}}\clearpage"
        for name in names
    )
    head = r"\documentclass[a4paper,twocolumn]{article}\usepackage{graphicx}\begin{document}"
    log, _ = latex(rf"{head}{shown}\end{{document}}", {}, engine)
    assert complaints(log) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", PAPERS)
def test_tables_of_the_demonstration_are_printed_whole(latex, kind):
    corpus, codebook = kit.sample_corpus(), kit.load_codebook()
    groups = kit.compare(corpus, codebook, by="outlet")
    frames = {
        "compare": codebook.labelled(groups, "en").head(40),
        "intervals": codebook.labelled(kit.frequency_intervals(corpus, unit="concept", codebook=codebook), "en"),
        "dispersion": codebook.labelled(kit.dispersion(corpus, unit="concept", codebook=codebook), "id"),
        "concordance": kit.concordance(corpus, "akuntabilitas").head(30),
        "terms": kit.term_frequencies(corpus).head(40),
    }
    tables = [
        Grid.of(frame, id=f"tbl-{name}", language=language, title=name, note="Yang dihitung: sebutan. " * 30)
        for name, frame in frames.items()
        for language in ("en", "id")
    ]
    for engine in ENGINES:
        check_printed(latex, tables[::2], engine, [kind])
    check_printed(latex, tables[1::2], "pdflatex", [kind])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", ["121", "column of two"])
def test_what_would_run_in_tex_is_printed(latex, hostile, engine, kind):
    texts = [text for text in hostile if "\ud800" not in text]
    rows = tuple((text, str(number)) for number, text in enumerate(texts))
    grid = Grid(
        (column("Text"), column("n", number=True)), rows, id="tbl-x", title=" ".join(texts), note="; ".join(texts)
    )
    made = latex_format.floating(grid) if kind == "121" else latex_format.compact(grid.head(latex_format.fitting(grid)))
    log, pdf = latex(paper(kind, {"t.tex": made.decode()}, engine), {"t.tex": made.decode()}, engine)
    assert not re.search(r"\(/etc/passwd|runsystem|Undefined control sequence", log)
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
        bare = re.sub(r"\s", "", text)
        assert [
            part for part in (r"\input{/etc/passwd}", "=cmd|'/C", "$x^2$") if part not in bare.replace("’", "'")
        ] == []
