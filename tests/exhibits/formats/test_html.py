from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit.exhibits.formats
from kit.exhibits.formats import html
from kit.exhibits.grid import Grid

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


def page_of(frame, parse):
    """The page of a table, and the tag of the table itself."""
    page = parse(html.write(Grid.of(frame, id="tbl-x", title="A <b> title")).decode())
    return page, next(attrs for tag, attrs in page.tags if tag == "table")


def test_a_page_can_be_used_without_a_mouse_and_without_seeing(parse):
    page, _ = page_of(pd.DataFrame({"term": ["asn", None], "n": [1, 2]}), parse)
    region = next(attrs for tag, attrs in page.tags if attrs.get("class") == "scroll")
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", "tbl-x: A <b> title")
    assert ("caption", "A <b> title") in page.texts
    heads = [(attrs["scope"], attrs.get("id")) for tag, attrs in page.tags if tag == "th"]
    assert heads == [("col", None), ("col", None), ("row", "tbl-x-r1c1")]  # an empty cell heads nothing
    first = next(attrs for tag, attrs in page.tags if tag == "a")
    assert first["href"] == "#_main"
    assert ("main", "_main") in [(tag, attrs.get("id")) for tag, attrs in page.tags]


def test_an_anchor_is_never_a_name_of_the_page_itself():
    assert html.anchor("_main") != "_main"


@pytest.mark.parametrize(
    ("columns", "look", "least"), [(2, None, 9.0), (10, None, 7.0), (16, "wide", 7.0), (60, "wide tight", 5.0)]
)
def test_a_table_is_set_for_paper_by_the_letters_that_its_columns_need(parse, columns, look, least):
    frame = pd.DataFrame({f"c{place}": [123456, 1] for place in range(columns)})  # shown as 123,456: 7 letters
    _, table = page_of(frame, parse)
    assert table.get("class") == look
    size = float(table["style"].removeprefix("--size:").removesuffix("pt"))
    assert size >= least
    if look != "wide tight":  # in letters .65 of their height wide, and padding of .7, it fits the sheet
        assert columns * (7 * 0.65 + 0.7) * size <= (273 if look else 186) * 72 / 25.4


def colours(style, head):
    """The colours of one block of the style sheet, as relative luminances (WCAG 2.2)."""
    block = style[style.index(head) :].partition("}")[0]
    found = {}
    for name, code in re.findall(r"--([a-z]+): #([0-9a-f]{6});", block):
        parts = [int(code[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        found[name] = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return found


@pytest.mark.parametrize("head", [":root {", "@media screen and (prefers-color-scheme: dark)"])
def test_text_can_be_read_in_light_and_in_the_dark(head):
    found = colours((TEMPLATES / "page.css").read_text(encoding="utf-8"), head)

    def contrast(one, other):
        low, high = sorted((found[one], found[other]))
        return (high + 0.05) / (low + 0.05)

    for text in ("ink", "soft", "link", "alert"):
        assert contrast(text, "page") >= 4.5, text
        assert contrast(text, "tint") >= 4.5, text
    assert contrast("ink", "mark") >= 4.5


def test_no_colour_is_set_but_by_name():
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    rules = [line for line in style.splitlines() if ":root" not in line and re.search(r"#[0-9a-f]{3,6}\b", line)]
    assert [line.partition(" ")[0] for line in rules] == ["img"]  # pictures are drawn on white


@pytest.mark.parametrize("write", [html.write, html.entries])
def test_a_row_without_a_name_still_leads_to_its_evidence(write):
    grid = Grid.of(
        pd.DataFrame({"term": ["asn", None], "n": [1, 2]}), id="tbl-x", title="X", links=["asn", "none"], key="term"
    )
    page = write(grid).decode("utf-8")
    assert '<a href="../evidence/tbl-x.html#asn">asn</a>' in page
    assert '<a href="../evidence/tbl-x.html#none">Evidence</a>' in page
