"""A notebook as a page: every result is there, nothing of it can run or ask for anything."""

from __future__ import annotations

import re

import pytest

from kit.publish.report.notebooks import exhibits, inert, pieces, title

SHOWN = '<div class="mathjax_ignore tex2jax_ignore"><p><strong>T</strong> <code>tbl-x</code></p></div>'


def output(**data):
    kinds = {"html": "text/html", "plain": "text/plain", "png": "image/png", "svg": "image/svg+xml"}
    bundle = {kinds[kind]: text for kind, text in data.items()}
    return {"output_type": "execute_result", "data": bundle, "metadata": {}, "execution_count": 1}


def notebook(*outputs, text="# Words\n\n*Text* <script>x</script>"):
    code = {"cell_type": "code", "source": ["1 +", " 1"], "outputs": list(outputs)}
    return {
        "cells": [{"cell_type": "markdown", "source": text}, code, {"cell_type": "code", "source": "", "outputs": []}]
    }


def told(*outputs, **given):
    return [(one.kind, one.value) for one in pieces(notebook(*outputs, **given), lambda _: None)]


def test_text_code_and_results_in_their_order():
    stream = {"output_type": "stream", "name": "stdout", "text": ["a\n", "\x1b[31mb\x1b[0m"]}
    wrong = {"output_type": "error", "traceback": ["\x1b[31mE\x1b[0m", "f"], "ename": "E", "evalue": ""}
    made = told(stream, wrong, output(plain="2"), output(png="aGk=\n", plain="<Figure>"))
    assert [kind for kind, _ in made] == ["text", "code", "plain", "plain", "plain", "picture"]
    assert [value for _, value in made[1:5]] == ["1 + 1", "a\nb", "E\nf", "2"]
    assert made[5][1] == {"source": "data:image/png;base64,aGk=", "alt": "<Figure>"}
    assert made[0][1] == '<h1 id="words">Words</h1>\n<p><em>Text</em> &lt;script&gt;x&lt;/script&gt;</p>\n'


def test_a_drawing_is_a_picture_in_which_nothing_runs():
    [_, _, (kind, value)] = told(output(svg="<svg onload='x'/>"))
    assert kind == "picture"
    assert value["source"] == "data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9J3gnLz4="


def test_an_exhibit_is_shown_once_and_then_led_to():
    one = notebook(output(html=SHOWN), output(html=[SHOWN]), output(html=SHOWN.replace("tbl-x", "tbl-y")))
    found = list(pieces(one, lambda id: {"id": id} if id == "tbl-x" else None))  # noqa: A006
    assert [(piece.kind, piece.value) for piece in found[2:4]] == [
        ("exhibit", {"id": "tbl-x"}),
        ("again", {"id": "tbl-x"}),
    ]
    assert found[4].kind == "markup"  # no such exhibit: as the notebook shows it
    assert exhibits(one) == ["tbl-x", "tbl-y"]
    assert title(one) == "Words"
    assert title({"cells": []}) == ""


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>", "<style>@import 'https://x.example'</style>", "<img src=x onerror=alert(1)>",
        "<img src='https://x.example/a.png'>", "<a href='javascript:alert(1)'>a</a>", "<iframe srcdoc='x'></iframe>",
        "<svg><script>1</script></svg>", "<math><style><img src=x onerror=1>", "<p style='background:url(//x)'>a</p>",
        "<link rel=stylesheet href=https://x.example>", "<table background='https://x.example'><tr><td>1</table>",
        "<object data=x></object>", "<form action=https://x.example><input></form>", "<img src='data:image/svg+xml,x'>",
        "<scr<script>x</script>ipt>alert(1)</script>", "<meta http-equiv=refresh content=0>", "<base href=//x>",
    ],
)  # fmt: skip
def test_nothing_runs_or_is_asked_for(markup):
    made = inert(markup)
    tags = re.findall(r"<[^>]*>", made)
    assert not re.search(
        r"(?i)script|style=(?!\"--size)|<(style|img|iframe|svg|link|object|form|input|meta|base)", " ".join(tags)
    )
    assert not re.search(r"(?i)javascript:|x\.example|\bon\w+=|url\(", " ".join(tags))


def test_what_is_harmless_stays():
    made = inert(
        '<table border="1"><tr><th></th><th scope="col">n &lt;b&gt;</th></tr><tr><th>a</th><td>-1.5</td></tr></table>'
    )
    assert '<th scope="col">n &lt;b&gt;</th>' in made
    assert '<td class="number">-1.5</td>' in made
    assert "<td></td>" in made
    assert re.search(r'<div class="scroll" role="group" tabindex="0"><table style="--size:9\.0pt">', made)
    assert '<img src="data:image/png;base64,aGk=" alt="A">' in inert('<img src="data:image/png;base64,aGk=" alt="A">')


def test_a_wide_table_is_set_across_the_sheet():
    row = "".join(f"<td>{'x' * 12}</td>" for _ in range(12))
    assert 'class="wide' in inert(f"<table><tr>{row}</tr></table>")
