from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit.exhibits.formats
from kit.exhibits.formats import html

TEMPLATES = Path(kit.exhibits.formats.__file__).parent / "templates"


@given(st.text(st.characters(codec=None), max_size=60))
def test_an_anchor_is_a_plain_name(key):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", html.anchor(key))


@given(st.lists(st.text(st.sampled_from("aA-_ é/"), max_size=5), unique=True, max_size=20))
def test_two_keys_have_two_anchors(keys):
    assert len({html.anchor(key) for key in keys}) == len(keys)


def test_a_plain_key_is_its_own_anchor():
    assert html.anchor("pelayan-masyarakat") == "pelayan-masyarakat"


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html"), key=lambda file: file.name))
def test_templates_escape_all_they_are_given(template):
    source = template.read_text(encoding="utf-8")
    assert "|safe" not in source.replace(" ", "")
    assert "autoescape" not in source
    assert "://" not in source
    assert not re.search(r"=\{\{", source), "an attribute without quotation marks"
