from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import mistune
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.wording import escape

TEXT = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from("\\{}[]$&#^_~%<>\"'`|*@=+-\n\t\r\u202e\x00 ")), max_size=40
)
# What LaTeX prints for each sequence that the kit may write; written from LaTeX's manual, not from the kit.
SEQUENCES = {
    r"\textbackslash{}": "\\", r"\{": "{", r"\}": "}", r"\textasciitilde{}": "~", "-{}": "-",
    r"\textasciicircum{}": "^", r"\textless{}": "<", r"\textgreater{}": ">", "$|$": "|", r'\string"': '"',
    r"\`{}": "`", r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_", "{[}": "[", "{]}": "]",
    "{*}": "*", "~": "\u00a0", r"\-": "\u00ad", "$-$": "\u2212", r"$\leq$": "\u2264", r"$\geq$": "\u2265",
    r"$\rightarrow$": "\u2192", r"$\infty$": "\u221e",
}  # fmt: skip
TOKEN = re.compile(
    "|".join([*map(re.escape, sorted(SEQUENCES, key=len, reverse=True)), r"[^\\{}$&#^_~%\[\]*<>\"|`\n]"])
)


def read_latex(source: str) -> str:
    """Read LaTeX that may hold nothing but plain characters and the sequences above."""
    text, place = [], 0
    while place < len(source):
        token = TOKEN.match(source, place)
        assert token, f"special character left at {source[place:][:10]!r}"
        text.append(SEQUENCES.get(token.group(), token.group()))
        place = token.end()
    return "".join(text)


def one_line(text: str) -> str:
    return re.sub("[ \t\r\n]+", " ", escape.visible(text)).strip(" ")


class Texts(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


@given(TEXT)
def test_html_keeps_the_text_and_adds_no_tag(text):
    page = Texts(f'<p title="{escape.html(text)}">{escape.html(text)}</p>')
    assert page.tags == ["p"]
    assert page.attributes == [("title", escape.visible(text))]
    assert page.text == escape.visible(text)


@given(TEXT)
def test_html_is_well_formed_xml(text):
    read = ET.fromstring(f"<p>{escape.html(text)}</p>".encode()).text or ""
    assert read == re.sub("\r\n?", "\n", escape.visible(text))


@given(TEXT)
def test_latex_can_be_read_back_by_a_parser_that_knows_no_special_character(text):
    assert read_latex(escape.latex(text)) == one_line(text)


@given(TEXT)
def test_latex_is_safe_in_a_bibtex_field(text):
    depth = 0
    for character in escape.bibtex(text):  # BibTeX counts every brace; what stands in two pairs may hold quotes
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert not escape.bibtex(text).startswith("\\")  # "{\\" begins a letter with its accent
    read = escape.bibtex(text).replace(r"$\lbrace$", r"\{").replace(r"$\rbrace$", r"\}").removeprefix("{}")
    assert read == escape.latex(text)


@given(TEXT.filter(lambda text: one_line(text) and not re.search(r"https?:|www\.|mailto:", text)))
def test_markdown_cell_is_shown_as_it_was(text):
    source = f"| a | b |\n|---|---|\n| {escape.markdown(text)} | end |\n"
    page = Texts(mistune.create_markdown(plugins=["table", "strikethrough", "math"], escape=True)(source))
    assert page.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    cells = page.text.split()
    assert cells[-1] == "end"
    assert cells[2:-1] == one_line(text).split()


CELLS = TEXT | st.text(st.sampled_from("a1 '\";|,\t\r\n=+-@\uff1d"), max_size=12)


@given(CELLS)
@settings(max_examples=500)
def test_spreadsheet_guard_can_be_undone(text):
    assert escape.unguarded(escape.spreadsheet(text)) == text
    assert escape.unguarded(escape.spreadsheet(escape.spreadsheet(text))) == escape.spreadsheet(text)


@given(st.lists(CELLS, min_size=1, max_size=3), st.sampled_from(";,|\t"))
@settings(max_examples=500)
def test_no_cell_is_a_formula_whatever_sign_the_lines_are_cut_at(cells, separator):
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerow([escape.spreadsheet(cell) for cell in cells])
    for row in csv.reader(io.StringIO(written.getvalue(), newline=""), delimiter=separator):
        for cell in row:
            assert not re.match("[ ]*[=+\\-@\uff1d\uff0b\uff0d\uff20]", cell), row


@pytest.mark.parametrize("text", ["akuntabel", "ke-4", "12-13", "a=b", "'kutip'", "x@y.id", ""])
def test_spreadsheet_leaves_other_text_alone(text):
    assert escape.spreadsheet(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202e", "[U+202E]"),
        ("\x00", "[U+0000]"),
        ("\ud800", "[U+D800]"),
        ("\ufeffa", "[U+FEFF]a"),
        ("a\tb\nc", "a\tb\nc"),
    ],
)
def test_visible(text, shown):
    assert escape.visible(text) == shown


@given(TEXT)
def test_visible_and_storable_can_be_encoded_and_are_stable(text):
    for function in (escape.visible, escape.storable):
        written = function(text)
        written.encode("utf-8")
        assert function(written) == written


def test_a_bracket_never_follows_a_line_break_of_a_row():
    assert not escape.latex("[5pt]").startswith("[")
    assert not escape.latex("*").startswith("*")
