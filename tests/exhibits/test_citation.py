from __future__ import annotations

import re

import pytest

from kit.exhibits import citation

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
        "title": r"{The \char34{}50\% \& more\char34{} question}",
        "howpublished": "Governance-discourse kit 0.1.0",
        "note": "Table tbl-concepts; corpus 3f9a1c0d2b4e; codebook fedcba987654; data 222222222222",
    }


def test_hostile_titles_in_bibtex(hostile):
    for text in hostile:
        _, fields = read_bibtex(citation.bibtex({**SIDECAR, "title": {"en": text, "id": text}}, "en"))
        assert list(fields) == ["title", "howpublished", "note"]
        assert '"' not in fields["title"]
        assert "\n" not in fields["title"]


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_does_not_apply_is_not_mentioned(language):
    sidecar = {**SIDECAR, "id": "fig-x", "kind": "figure", "attrs": {}, "products": {"fig-x.csv": "4" * 64}}
    assert citation.plain(sidecar, language).endswith(" fig-x. Governance-discourse kit 0.1.0; data 444444444444.")
