"""The reference: every public name on one page, and the pages as the docstrings have them."""

from __future__ import annotations

import re

import kit
from kit.build.reference import GROUPS, make_reference, pages
from kit.settings import load_settings


def test_every_public_name_is_in_one_group() -> None:
    named = [name for names in GROUPS.values() for name in names]
    assert sorted(named) == sorted(kit.__all__)


def test_the_pages_are_up_to_date() -> None:
    assert make_reference(load_settings(), check=True) == 0


def test_a_page_shows_call_parameters_and_example() -> None:
    page = pages()["codebook.md"]
    entry = re.search(r"^## find_mentions\n(.*?)^## ", page, re.DOTALL | re.MULTILINE)[1]
    assert "```python\nkit.find_mentions(corpus, codebook, *, " in entry
    assert "- `codebook` (Codebook)" in entry
    assert "```pycon\n>>> import kit" in entry
    assert "**Returns**" in entry


def test_no_page_leaves_a_trace_of_the_docstrings_form() -> None:
    for name, page in pages().items():
        assert not re.search(r"^-{3,}$", page, re.MULTILINE), name
        assert ":func:" not in page
