"""Markdown keeps the letters of a cell in every reader that makes typography of them."""

from __future__ import annotations

import pytest

from kit.exhibits.formats import markdown
from kit.exhibits.grid import Column, Grid
from kit.wording import escape

#: Texts that smart typography, links or emoji would turn into others.
TEXTS = (
    'kata "adil" itu', "Jum'at dan 'x'", "'", '"', "a -- b", "a --- b", "-", "--", "tunggu...", "tunggu. . .", "a..b",
    "http://contoh.example/a_b?c=1", "https://contoh.example", "www.contoh.example", "warga@contoh.example", ":smile:",
    "(c) 2024", "(TM)", "+-5", "Hmm!!!!", "x,,y", "12:30", "Rp 5.000,-", "$5 juta, bukan $10 juta", "a|b", "~x~", "^x^",
    "=m=", "==m==", "[x](y)", "<b>", "&amp;", "#1", "{x}", "{ref}`x`", "1. x", "C:\\x", "`x`", "**x**", "per 1,000",
)  # fmt: skip


def source() -> str:
    columns = (Column("n", "n", number=True), Column("t", 'Kata "yang" dicari -- ...'))
    return markdown.write(Grid(columns, tuple((str(n), text) for n, text in enumerate(TEXTS)))).decode()


@pytest.mark.parametrize("reader", ["markdown", "gfm", "commonmark_x", "markdown+smart+autolink_bare_uris+emoji"])
def test_pandoc_reads_every_letter(pandoc, parse, reader):
    page = parse(pandoc(source(), reader, "html", "--wrap=none"))
    assert page.cells[1::2] == list(TEXTS)
    assert not {tag for tag, _ in page.tags} & {"a", "em", "strong", "sup", "sub", "del", "code"}


def test_myst_reads_every_letter(parse):
    """MyST is markdown-it with these rules, where a project turns them on."""
    reader = pytest.importorskip("markdown_it", reason="python -m pip install markdown-it-py").MarkdownIt(
        "commonmark", {"typographer": True}
    )
    page = parse(reader.enable(["table", "strikethrough", "replacements", "smartquotes"]).render(source()))
    assert page.cells[1::2] == list(TEXTS)


def test_what_needs_no_escape_has_none():
    for text in ("per 1,000 (2024)", "a-b: c; d.", "Rp 5.000,-", "12:30", "a/b = c!"):
        assert escape.markdown(text) == text
    assert escape.markdown("a--b") == r"a\-\-b"
