"""The glossary: every term once, told in both languages, and the page is made of it."""

from __future__ import annotations

from pathlib import Path

from kit.wording.glossary import glossary, glossary_document

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_made_of_the_terms() -> None:
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == glossary_document()


def test_each_term_is_told_once_in_both_languages() -> None:
    for name in ("id", "en"):
        terms = [row[name] for row in glossary()]
        assert len(set(terms)) == len(terms) > 25
    assert all(text and "|" not in text and text == text.strip() for row in glossary() for text in row.values())
