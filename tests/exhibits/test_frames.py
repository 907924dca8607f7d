from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

import kit
from kit.exhibits.prompt import register
from kit.wording.words import remark

MONEY = "ASN meminta US$ 5 juta, bukan US$ 10 juta."


@pytest.fixture
def shell(monkeypatch, project):
    """An IPython with nothing but the formatters of frames; gives what it shows, by kind."""
    project()
    formatter = DisplayFormatter()
    shell = SimpleNamespace(display_formatter=formatter, set_custom_exc=lambda *_: None)
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    register()
    return lambda frame: formatter.format(frame)[0]


@pytest.fixture
def corpus():
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": [MONEY, f"{'Kata panjang sekali. ' * 6}{MONEY}"]})
    return kit.Corpus.from_frame(frame, clean=False)


def test_a_frame_of_the_kit_keeps_its_dollars_and_tells_its_remarks(shell, corpus, parse):
    frame = kit.term_frequencies(corpus)
    frame.attrs["remarks"] = [remark("keyness.target_only"), {"en": "One <b> more.", "id": "Satu lagi."}]
    before = frame.copy()
    shown = shell(frame.head(3))
    page = parse(shown["text/html"])
    assert "mathjax_ignore" in page.tags[0][1]["class"].split()
    told = [data for tag, data in page.texts if tag == "p"]
    assert told == ["Only items that occur in the target are listed.", "One <b> more."]
    assert shown["text/plain"].splitlines()[-2:] == told
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == before.attrs


def test_remarks_are_not_told_of_numbers_that_were_changed(shell, corpus):
    frame = kit.term_frequencies(corpus)
    frame.attrs["remarks"] = [{"en": "Said.", "id": "Kata."}]
    assert "Said." in shell(frame)["text/plain"]
    assert "Said." not in shell(frame.assign(count=frame["count"] * 2))["text/plain"]
    assert "Said." not in shell(frame.assign(count=frame["count"] * 2))["text/html"]


@pytest.mark.parametrize("values", [[MONEY], ["<b>"], [1.23456789]])
def test_other_frames_are_shown_as_ever_and_no_option_is_changed(shell, values, corpus):
    frame = pd.DataFrame({"left": values, "node": values, "right": values})
    options = {name: pd.get_option(name) for name in ("display.precision", "display.max_colwidth", "display.max_rows")}
    html, text = frame._repr_html_(), repr(frame)
    shell(kit.concordance(corpus, "juta"))
    assert shell(frame) == {"text/html": html, "text/plain": text}
    assert options == {name: pd.get_option(name) for name in options}


def test_headings_can_wrap_and_are_still_copied_whole(shell, corpus, parse):
    page = parse(shell(kit.term_frequencies(corpus))["text/html"].replace("<wbr>", ""))
    assert ("th", "per_million") in page.texts
    assert "per_<wbr>million" in shell(kit.term_frequencies(corpus))["text/html"]


def test_a_concordance_is_shown_in_lines_that_are_whole(shell, corpus, parse):
    frame = kit.concordance(corpus, "meminta", context=20)
    page = parse(shell(frame)["text/html"].replace("<wbr>", ""))
    assert len(frame["left"][1]) > 100
    assert page.cells[: 2 * len(frame.columns)] == [str(cell) for row in frame.to_numpy() for cell in row]
    aligned = {attrs["style"].split(";")[0] for tag, attrs in page.tags if tag == "td"}
    assert aligned == {"text-align:right", "text-align:center", "text-align:left"}
    assert [data for tag, data in page.texts if tag == "strong"] == ["meminta", "meminta"]
    lines = shell(frame[["left", "node", "right"]])["text/plain"].splitlines()
    assert [line.split("meminta")[0][-5:] for line in lines[1:]] == ["ASN  "] * 2  # cut at its far end
    assert max(map(len, lines)) <= 80


def test_a_long_concordance_is_its_head(shell, parse):
    texts = pd.DataFrame({"doc_id": ["a"], "text": ["warga " * 105]})
    frame = kit.concordance(kit.Corpus.from_frame(texts, clean=False), "warga")
    page = parse(shell(frame)["text/html"].replace("<wbr>", ""))
    assert sum(tag == "strong" for tag, _ in page.tags) == 100
    assert ("p", "The first 100 of 105 rows are shown.") in page.texts


def test_hostile_text_stays_text(shell, hostile, parse):
    texts = [f"warga {text}" for text in hostile if "\ud800" not in text]
    frame = pd.DataFrame({"doc_id": [f'"><b>{number}' for number in range(len(texts))], "text": texts})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    for shown in (kit.concordance(corpus, "warga", context=30), kit.term_frequencies(corpus)):
        source = shell(shown)["text/html"].replace("<wbr>", "")
        assert not {tag for tag, _ in parse(source).tags} & {"script", "img", "b", "h1", "input"}


def test_pandas_may_be_told_to_show_no_html(shell, corpus):
    with pd.option_context("display.notebook_repr_html", False):
        assert "text/html" not in shell(kit.term_frequencies(corpus))


def test_what_exhibits_show_is_never_mathematics(project, corpus, parse):
    project()
    table = kit.Table(kit.concordance(corpus, "juta"), id="tbl-x", title={"en": "X", "id": "X"})
    assert "mathjax_ignore" in parse(table._repr_html_()).tags[0][1]["class"].split()


CODE = """
from IPython.core.interactiveshell import InteractiveShell
{before}
shell = InteractiveShell.instance()
import kit, sys
assert "pandas" not in sys.modules or {loaded}
import pandas as pd
corpus = kit.Corpus.from_frame(pd.DataFrame({{"doc_id": ["a"], "text": ["ASN melayani."]}}), clean=False)
{after}
print(shell.display_formatter.format(kit.term_frequencies(corpus))[0]["text/html"][:16])
"""
OWN = "shell.display_formatter.formatters['text/html'].for_type(pd.DataFrame, lambda frame: 'my own formatter')"


@pytest.mark.parametrize(
    ("before", "after", "first"),
    [("", "", '<div class="kit-'), ("import pandas", "", '<div class="kit-'), ("", OWN, "my own formatter")],
)  # fmt: skip
def test_the_kit_tells_the_ipython_that_imports_it(before, after, first, tmp_path):
    code = CODE.format(before=before, after=after, loaded=bool(before))
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False,
        env={"IPYTHONDIR": str(tmp_path), "PYTHONPATH": kit.__path__[0].removesuffix("kit")},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == first
