"""Numbers by name in LaTeX, Typst, JSON; references of all exhibits: read by programs that did not write them."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kit.build.__main__ import main
from kit.publish.live import as_typst, write_live
from kit.publish.numbers import Number, numbers_of

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("tbl-concepts", "tbl-terms", "tbl-collocates")


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Three tables of the kit's own, with their pages."""
    folder = tmp_path_factory.mktemp("figures")
    (folder / "tables").mkdir()
    for table in TABLES:
        shutil.copy(ROOT / "figures" / f"{table}.json", folder)
        for ending in ("csv", "html"):
            shutil.copy(ROOT / "figures" / "tables" / f"{table}.{ending}", folder / "tables")
    return folder


@pytest.fixture(scope="module")
def live(tmp_path_factory, figures):
    folder = tmp_path_factory.mktemp("paper")
    write_live(figures, folder, "en")
    return folder


def test_a_number_is_that_of_its_cell_in_both_languages(live):
    numbers = json.loads((live / "numbers.json").read_bytes())
    with (ROOT / "figures/tables/tbl-concepts.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["concept"]: row for row in csv.DictReader(stream)}
    one = numbers["tbl-concepts/akuntabilitas/per_1000"]
    assert one["raw"] == rows["akuntabilitas"]["per_1000"]
    rounded = f"{float(one['raw']):.2f}"
    assert one["shown"] == {"en": rounded, "id": rounded.replace(".", ",")}
    assert one["unit"] == {"en": "words and numbers", "id": "kata dan bilangan"}
    named = {name.split("/")[1] for name in numbers if name.startswith("tbl-concepts/")}
    assert named == {re.sub(r"[^a-z0-9]+", "-", name) for name in rows}


def test_numbers_are_shown_as_in_their_tables(figures):
    """The Markdown file is written from the notebook's own decimals; numbers read them off the page."""
    seen, numbers = 0, numbers_of(figures)
    for table in TABLES:
        text = (ROOT / f"figures/tables/{table}.md").read_text(encoding="utf-8")
        told = {cell.strip() for line in text.splitlines() for cell in line.split("|")}
        data = json.loads((ROOT / f"figures/{table}.json").read_bytes())["columns"]
        heads = {one["name"] for one in data if f"| {one['heading']['en']} |" in text}
        for number in numbers:
            if number.name.startswith(f"{table}/") and number.name.rpartition("/")[2] in heads:
                assert number.shown["en"] in told, number
                seen += 1
    assert seen > 300


def test_names_are_unique_and_fit_for_latex_and_word(live):
    names = list(json.loads((live / "numbers.json").read_bytes()))
    assert len(names) > 300
    assert all(re.fullmatch(r"tbl-[a-z0-9-]+/[a-z0-9-]+/\w+", name) for name in names)


def test_the_same_bytes_twice(figures, live, tmp_path):
    write_live(figures, tmp_path, "en")
    assert {one.name: one.read_bytes() for one in live.iterdir()} == {
        one.name: one.read_bytes() for one in tmp_path.iterdir()
    }


def test_the_bibliography_has_every_exhibit(live, pandoc):
    items = json.loads(pandoc((live / "exhibits.bib").read_text(encoding="utf-8"), "biblatex", "csljson"))
    assert {item["id"] for item in items} == set(TABLES)


def test_latex_sets_every_form(live, tmp_path):
    if not shutil.which("pdflatex") or not shutil.which("pdftotext"):
        pytest.skip("pdflatex and pdftotext are not on this machine: apt install texlive-latex-base poppler-utils")
    body = r"\kitnum{N} \kitnum[id]{N} \kitnum[raw]{N} \kitnum[unit]{N} \kitnum{tbl-none/x/y}"
    name = "tbl-concepts/akuntabilitas/per_1000"
    source = rf"\documentclass{{article}}\input{{numbers.tex}}\begin{{document}}{body}\end{{document}}"
    (tmp_path / "main.tex").write_text(source.replace("{N}", f"{{{name}}}"), encoding="utf-8")
    shutil.copy(live / "numbers.tex", tmp_path)
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "main"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "there is no number tbl-none/x/y" in run.stdout
    text = subprocess.run(["pdftotext", "main.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True)
    one = json.loads((live / "numbers.json").read_bytes())[name]
    said = [one["shown"]["en"], one["shown"]["id"], one["raw"], one["unit"]["en"], "??"]
    assert " ".join(text.stdout.split()).startswith(" ".join(said))


def test_typst_sets_every_form(live, tmp_path):
    typst = pytest.importorskip("typst", reason="python -m pip install typst")  # 80 MB, so not among the kit's packages
    shutil.copy(live / "numbers.typ", tmp_path)
    cell = '"tbl-concepts/akuntabilitas/per_1000"'
    asked = " ".join(f"#kitnum({cell}{form})" for form in ("", *(f', form: "{one}"' for one in ("id", "raw", "unit"))))
    paper = tmp_path / "paper.typ"
    text = (
        f'#import "numbers.typ": kitnum\n#let all = [{asked}]\n#metadata((kitnum({cell}), kitnum({cell}, form: "id")))'
    )
    paper.write_text(f"{text} <values>\n#all\n", encoding="utf-8")
    number = json.loads((live / "numbers.json").read_bytes())["tbl-concepts/akuntabilitas/per_1000"]
    found = json.loads(typst.query(str(paper), "<values>", field="value", one=True))
    assert found == [number["shown"]["en"], number["shown"]["id"]]
    assert typst.compile(str(paper), format="pdf")[:5] == b"%PDF-"
    paper.write_text('#import "numbers.typ": kitnum\n#kitnum("tbl-none/x/y")\n', encoding="utf-8")
    with pytest.raises(Exception, match="tbl-none"):  # a name that is not there stops the paper
        typst.compile(str(paper), format="pdf")


def test_hostile_names_and_texts_stay_text_in_typst(hostile, tmp_path):
    typst = pytest.importorskip("typst", reason="python -m pip install typst")
    texts = [text for text in hostile if "\ud800" not in text]
    numbers = [Number(f"tbl-x/{n}/n", text, {"en": text, "id": ""}, {"en": "\\"}) for n, text in enumerate(texts)]
    (tmp_path / "numbers.typ").write_bytes(as_typst(numbers, "en"))
    paper = tmp_path / "paper.typ"
    paper.write_text('#import "numbers.typ": numbers\n#metadata(numbers) <all>\n', encoding="utf-8")
    found = json.loads(typst.query(str(paper), "<all>", field="value", one=True))
    assert [found[number.name]["raw"] for number in numbers] == texts


def test_the_command_writes_them(figures, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("KIT_CORPUS", str(ROOT / "corpus"))
    monkeypatch.setenv("KIT_FIGURES", str(figures))
    monkeypatch.chdir(ROOT)
    assert main(["numbers", str(tmp_path)]) == 0
    assert {one.name for one in tmp_path.iterdir()} == {"exhibits.bib", "numbers.json", "numbers.tex", "numbers.typ"}
    assert "numbers.tex" in capsys.readouterr().out
