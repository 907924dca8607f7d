"""Papers whose numbers went wrong: five planted faults of each kind are found, and none in three plain texts."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kit.build.__main__ import main
from kit.errors import ExhibitError
from kit.publish import markup, word
from kit.publish.live import write_live
from kit.publish.numbers import numbers_of, seal
from kit.publish.paper import check_paper, fill

ROOT = Path(__file__).resolve().parents[2]
PLAIN = sorted((Path(__file__).parent / "plain").iterdir())
NAMES = [
    f"tbl-concepts/{row}/per_1000" for row in ("akuntabilitas", "efisiensi", "transparansi", "melayani", "dilayani")
]


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Some of the kit's own tables, with a figure's sidecar."""
    folder = tmp_path_factory.mktemp("figures")
    (folder / "tables").mkdir()
    for table in ("tbl-concepts", "tbl-terms", "tbl-collocates"):
        shutil.copy(ROOT / "figures" / f"{table}.json", folder)
        for ending in ("csv", "html"):
            shutil.copy(ROOT / "figures" / "tables" / f"{table}.{ending}", folder / "tables")
    return folder


@pytest.fixture(scope="module")
def values(figures):
    return {number.name: number for number in numbers_of(figures)}


def kinds(found):
    return dict(Counter(one.kind for one in found))


@pytest.mark.parametrize("file", PLAIN, ids=lambda file: file.name)
def test_nothing_is_found_in_long_plain_texts(figures, file):
    assert len(file.read_text(encoding="utf-8")) > 1000
    assert [one.told("en") for one in check_paper(file, figures, "en")] == []


CITED = "\nSee tbl-concepts and tbl-terms.\n"


@pytest.mark.parametrize("name", ["docs/decisions.md", "docs/cleaning.md", "docs/id/how-to.md", "CHANGELOG.md"])
def test_no_number_of_a_long_text_about_other_things_is_found(figures, tmp_path, name):
    paper = tmp_path / "long.md"  # that names the tables, so that short numbers are looked at too
    paper.write_text((ROOT / name).read_text(encoding="utf-8") + CITED, encoding="utf-8")
    assert [one.told("en") for one in check_paper(paper, figures, "en") if one.kind == "typed"] == []


@pytest.mark.parametrize("name", ["main.tex", "paper.md"])
def test_nothing_is_found_in_the_sample_paper(figures, tmp_path, name):
    shutil.copy(ROOT / "docs" / "paper" / name, tmp_path)
    write_live(figures, tmp_path, "en")
    paper = tmp_path / name
    if paper.suffix == ".md":
        assert fill(paper, figures, "en") == 4
    assert [one.told("en") for one in check_paper(paper, figures, "en")] == []


def test_planted_faults_in_markdown(figures, values, tmp_path):
    lines = ["# Results", ""]
    for place, name in enumerate(NAMES):
        lines += [f'Old [9.9{place}]{{num="{name}" seal="{seal(name, f"9.9{place}")}"}}.']
        good = values[name].shown["en"]
        lines += [f'Edited [8.8{place}]{{num="{name}" seal="{seal(name, good)}"}}.']
        lines += [f'Gone [1]{{num="tbl-concepts/none-{place}/hits"}}.']
        lines += [f"Typed: {values[name].raw} per 1,000, twice."]
        lines += [f'Fine [{good}]{{num="{name}" seal="{seal(name, good)}"}}.']
    paper = tmp_path / "paper.qmd"
    paper.write_text("\n".join(lines), encoding="utf-8")
    assert kinds(check_paper(paper, figures, "en")) == {"stale": 5, "changed": 5, "unknown": 5, "typed": 5}
    assert {one.line for one in check_paper(paper, figures, "en") if one.kind == "stale"} == {3, 8, 13, 18, 23}
    fill(paper, figures, "en")
    assert kinds(check_paper(paper, figures, "en")) == {"unknown": 5, "typed": 5}


def test_planted_faults_in_latex(figures, values, tmp_path):
    write_live(figures, tmp_path, "en")
    file = tmp_path / "numbers.tex"
    text = file.read_text(encoding="utf-8")
    more = [name.replace("per_1000", "mentions") for name in NAMES]
    for old, edited in zip(NAMES, more, strict=True):
        line = next(one for one in text.splitlines() if f"{{{old}}}" in one)
        body = line.partition("% ")[0].replace(values[old].shown["en"], "9.99")
        text = text.replace(line, f"{body}% {seal(old, body)}")
        line = next(one for one in text.splitlines() if one.startswith(rf"\kit@set{{{edited}}}"))
        text = text.replace(line, re.sub(r"\}\{\d+\}", "}{77}", line, count=1))
    file.write_text(text, encoding="utf-8")
    body = [rf"\kitnum{{{name}}} \kitnum{{{edited}}}" for name, edited in zip(NAMES, more, strict=True)]
    body += [
        rf"See \input{{tables/tbl-gone-{place}.tex}} and {values[name].shown['id']}."
        for place, name in enumerate(NAMES)
    ]
    paper = tmp_path / "main.tex"
    paper.write_text("\n".join(body), encoding="utf-8")
    assert kinds(check_paper(paper, figures, "en")) == {"stale": 5, "changed": 5, "unknown": 5, "typed": 5}


SHORT = [  # a row, a column and its value, in English or Indonesian, one or two digits long
    "Accountability is mentioned 2 times in the article.",
    "Dalam artikel itu akuntabilitas disebut 2 kali.",
    "There was 1 mention of transparency, and it came late.",
    "Kata dilayani ditemukan: temuan 2 kali, dokumen\n1.",
    "The document count of *efisiensi*\nis 1, too.",
]
OTHERS = [  # equal numbers of other things
    "Two of 2 officials spoke of accountability.",
    "It was mentioned 2 times by 1 official.",
    "Accountability is mentioned 3 times here.",
    "1. Accountability has mentions of its own.",
    "Accountability came first. Mentions were 2 in all.",
    "Table 2 has the mentions of accountability, and section 1 its documents.",
    "Good governance and transparency: 1 of them is spoken of.",
]


@pytest.mark.parametrize("kind", [".md", ".tex", ".docx"])
def test_short_numbers_are_told_beside_their_row_and_column(figures, tmp_path, kind):
    paper = tmp_path / f"x{kind}"

    def found(lines, cited):
        text = "\n\n".join([*lines, cited])
        if kind == ".docx":
            opened = docx.Document()
            for line in text.split("\n\n"):
                opened.add_paragraph(line.replace("\n", " "))
            opened.save(str(paper))
        else:
            paper.write_text(text, encoding="utf-8")
        return [one.values for one in check_paper(paper, figures, "en")]

    told = found([*SHORT, *OTHERS], "As tbl-concepts says.")
    assert [one["old"] for one in told] == ["2", "2", "1", "2", "1", "1"]
    assert [one["name"].split("/")[1].split("-")[0] for one in told] == [
        "akuntabilitas", "akuntabilitas", "transparansi", "dilayani", "dilayani", "efisiensi",
    ]  # fmt: skip
    assert {one["name"].rpartition("/")[2] for one in told} >= {"mentions", "hits", "documents"}
    assert found([*SHORT, *OTHERS], "No table is named.") == []
    assert found(OTHERS, "As tbl-concepts says.") == []


def test_an_old_bibliography_is_stale(figures, tmp_path):
    write_live(figures, tmp_path, "en")
    bib = tmp_path / "exhibits.bib"
    bib.write_text(re.sub(r"data [0-9a-f]{12}", "data 0123456789ab", bib.read_text(encoding="utf-8")), encoding="utf-8")
    paper = tmp_path / "x.md"
    paper.write_text("See [@tbl-concepts].\n", encoding="utf-8")
    assert kinds(check_paper(paper, figures, "en")) == {"stale": 3}


def document(path, shown):
    """Write a Word document whose fields show the numbers given, and a sentence."""
    opened = docx.Document()
    for name, text in shown.items():
        paragraph = opened.add_paragraph("Value: ")
        asked = f'w:instr="DOCPROPERTY &quot;{name}&quot;"'
        field = f"<w:fldSimple {nsdecls('w')} {asked}><w:r><w:t>{text}</w:t></w:r></w:fldSimple>"
        paragraph._p.append(parse_xml(field))
    opened.save(str(path))


def test_planted_faults_in_word(figures, values, tmp_path):
    paper = tmp_path / "paper.docx"
    names = [*NAMES, *(name.replace("per_1000", "per_million") for name in NAMES)]
    document(paper, dict.fromkeys(names, "?") | {f"tbl-concepts/none-{place}/hits": "1" for place in range(5)})
    assert fill(paper, figures, "en") == 15
    assert kinds(check_paper(paper, figures, "en")) == {"unknown": 5}
    read = word.read(paper)
    assert read.properties == {name: values[name].shown["en"] for name in names}
    older = dict.fromkeys(names[:5], "9.99")
    data = word._with_properties(paper.read_bytes(), {**read.properties, **older})
    paper.write_bytes(data)
    opened = docx.Document(str(paper))
    for paragraph, _name in zip(opened.paragraphs, names, strict=False):
        for _, texts in word._fields(paragraph._p):
            texts[0].text = "9.99"
    for name in NAMES:
        opened.add_paragraph(f"Typed in: {values[name].raw}.")
    opened.save(str(paper))
    assert kinds(check_paper(paper, figures, "en")) == {"stale": 5, "changed": 5, "unknown": 5, "typed": 5}


def test_word_opens_what_was_filled(figures, tmp_path, pandoc):
    paper = tmp_path / "paper.docx"
    document(paper, {NAMES[0]: "?"})
    fill(paper, figures, "en")
    first = paper.read_bytes()
    assert docx.Document(str(paper)).paragraphs[0].text.startswith("Value: ")
    fill(paper, figures, "en")
    assert word.read(paper).properties == word.read(paper).properties
    assert len(first) > 1000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6.75676 in 2024, 1,047.1 and −0.24", ["6.75676", "1,047.1"]),
        ("see p. 338, pp. 12–15, 10.1234/338.1, 0000-0002-1825-0097, 12/08/2024", []),
        ("Tabel 338; version 3.38.1; https://x.org/338 doi:10.1/338", []),
        ("ends with 33557.", ["33557"]),
        ("per 1,000 words, 20.000 and 0.500", []),  # round numbers are equal by chance
        ("-1.234 and 2 and 0.05", ["−1.234"]),
    ],
)
def test_which_numerals_count(text, expected):
    assert [one for _, one in markup.numerals(markup.prose(text, latex=False))] == expected


def test_what_is_no_paper_is_refused(figures, tmp_path):
    with pytest.raises(ExhibitError, match="no such file"):
        check_paper(tmp_path / "none.md", figures, "en")
    (tmp_path / "x.odt").write_bytes(b"")
    with pytest.raises(ExhibitError, match="cannot be read"):
        check_paper(tmp_path / "x.odt", figures, "en")
    (tmp_path / "x.docx").write_bytes(b"no zip")
    with pytest.raises(ExhibitError, match="no Word document"):
        check_paper(tmp_path / "x.docx", figures, "en")


def test_the_command_fails_where_something_is_found(figures, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("KIT_CORPUS", str(ROOT / "corpus"))
    monkeypatch.setenv("KIT_FIGURES", str(figures))
    monkeypatch.chdir(ROOT)
    paper = tmp_path / "x.md"
    paper.write_text('[]{num="tbl-concepts/efisiensi/mentions"} [](tbl-none.svg)\n', encoding="utf-8")
    assert main(["check-paper", str(paper)]) == 1
    assert "1: unknown: there is no tbl-none" in capsys.readouterr().out
    paper.write_text('[]{num="tbl-concepts/efisiensi/mentions"}\n', encoding="utf-8")
    assert main(["fill-paper", str(paper)]) == 0
    assert main(["check-paper", str(paper)]) == 0
    assert "0 findings" in capsys.readouterr().out


@pytest.mark.slow
def test_the_sample_paper_is_built(figures, tmp_path, pandoc):
    for name in ("main.tex", "paper.md"):
        shutil.copy(ROOT / "docs" / "paper" / name, tmp_path)
    write_live(figures, tmp_path, "en")
    fill(tmp_path / "paper.md", figures, "en")
    bib = f"--bibliography={tmp_path / 'exhibits.bib'}"
    text = pandoc((tmp_path / "paper.md").read_text(encoding="utf-8"), "markdown", "plain", "--citeproc", bib)
    assert "(Governance-discourse kit 2026)" in re.sub(r"\s+", " ", text)
    if not shutil.which("pdflatex"):
        pytest.skip("pdflatex is not on this machine: apt install texlive-latex-base texlive-latex-recommended")
    for _ in range(2):
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "main"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout[-800:]
    assert "no number" not in run.stdout
