"""The explorers in JupyterLab, in a real browser: used, pinned, reloaded, by keys, in light and dark; nobody is asked.

One notebook shows them all: a kernel and a page take longer to begin than all that is done there. With the variable
KIT_PICTURES, a folder, the pictures of docs/exploring.md are taken.
"""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from kit.build.notebooks import METADATA

SCREEN = {"width": 1400, "height": 6000}  # JupyterLab draws only the cells in view
LAST = 60_000  # milliseconds
BEGIN = """\
import os, pathlib
import pandas as pd
import kit
pathlib.Path("../kernel.txt").write_text(str(os.getpid()))
texts = ["ASN melayani warga miskin di kelurahan. \\"Kami akuntabel,\\" kata Bupati Siti Aminah.\\nBaca Juga: Judul",
         "Petugas loket melayani warga di pasar kecamatan.",
         "Warga lansia minta dilayani ramah. Hujan deras turun."] * 12
numbers = range(36)
frame = pd.DataFrame({"doc_id": [f"d{n:02}" for n in numbers], "outlet": [f"Harian {'AB'[n % 2]}" for n in numbers],
                      "date": [f"2024-0{1 + n // 18}-02" for n in numbers]})
frame["text"] = [f"{text} Nomor {n} itu." for n, text in enumerate(texts)]
frame.loc[1, "text"] = "Petugas melayani <img src=x onerror=alert(1)> warga."
corpus = kit.Corpus.from_frame(frame)
codebook = kit.load_codebook()
topics = kit.fit_topics(corpus, 2)
sheet = kit.coding_sheet(corpus, codebook, n=12,
                         concepts=["melayani", "dilayani", "aktor-warga", "aktor-asn", "akuntabilitas"])
"""
CALLS = (
    "kit.explore_concordance(corpus, codebook=codebook, language='en')",
    "kit.explore_concepts(corpus, codebook, size=6, language='en')",
    "kit.explore_comparison(corpus, codebook, by='outlet', size=6, language='en')",
    "kit.explore_topics(corpus, topics, coder='ani', file='../intrusion.csv', size=6, language='id')",
    "kit.explore_coding(sheet, coder='ani', file='../codings.csv', language='en')",
)

pytestmark = pytest.mark.browser
pytest.importorskip("anywidget")


@pytest.fixture
def notebook(workplace: Path):
    """A notebook that shows all explorers, one in a cell."""
    sources = [BEGIN, *CALLS]
    empty = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    cells = [empty | {"id": f"c{number}", "source": source} for number, source in enumerate(sources)]
    file = workplace / "notebooks" / "jelajah.ipynb"
    file.write_text(json.dumps({"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    yield file
    file.unlink()


class Shown:
    """An explorer on the page: what is done there, and what is waited for."""

    def __init__(self, page, number: int) -> None:
        self.page = page
        self.root = page.locator(".kit-explore").nth(number)

    def __call__(self, selector: str):
        return self.root.locator(selector)

    def says(self, text: str) -> None:
        self(".status").filter(has_text=re.compile(text)).wait_for(timeout=LAST)

    def choose(self, label: str, value: str) -> None:
        self.root.get_by_label(label, exact=True).select_option(value)
        self.done()

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name).click()
        self.done()

    def done(self) -> None:
        self.page.wait_for_timeout(20)
        self.page.wait_for_function("(one) => one.ariaBusy === 'false'", arg=self.root.element_handle(), timeout=LAST)

    def picture(self, name: str) -> None:
        if folder := os.environ.get("KIT_PICTURES"):
            self.root.scroll_into_view_if_needed()
            box = self.root.bounding_box()
            self.page.screenshot(path=Path(folder, f"{name}.png"), clip=box | {"height": min(box["height"], 620)})


def serious(page) -> list[str]:
    """What axe finds serious in the explorers: by all its rules in the light, by those of colours in the dark."""
    found = []
    for light, rules in (("true", {}), ("false", {"runOnly": ["color-contrast"]})):
        page.evaluate(f"document.body.dataset.jpThemeLight = '{light}'")
        run = Axe().run(page, context=".kit-explore", options={"resultTypes": ["violations"]} | rules)
        found += [one for one in run.response["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def type_read_and_pin(one: Shown) -> None:
    one.says("Type a word")
    box = one.root.get_by_label("Search")
    box.click()
    one.page.keyboard.type("melayani", delay=20)
    one.says("^24 lines")
    one.page.keyboard.press("Backspace")
    one.page.keyboard.type("*")
    one.says("^24 lines")
    assert box.evaluate("(one) => one.getRootNode().activeElement === one")  # typing goes on where it was
    one.choose("as", "re")
    box.fill("(me|di)layani")
    one.says("^36 lines")
    assert one("tbody tr").count() == 25
    one.choose("Sort by", "R1")
    one.choose("First", "collocates")
    one("button.row").first.focus()
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")  # reads the second line's article
    one("article").wait_for(timeout=LAST)
    assert "Evidence" in one("article p").first.text_content()
    assert one(".text .node").text_content() in ("melayani", "dilayani")
    assert one(".text .concept + small").count()
    one.picture("explore-concordance")
    one("tbody input").first.press("Space")
    one.says("1 selected")
    one.press("Pin as exhibit")
    assert 'table[table["line_id"].isin(' in one("pre").text_content()


def count_by_group_and_month(one: Shown) -> None:
    one.says("^36 rows|rows; 6 shown")
    one.choose("Concept", "melayani")
    one.choose("Group by", "outlet")
    one.choose("and by", "month")
    one.says("^4 rows")
    counted = [int(text) for text in one("tbody td:nth-child(5)").all_text_contents()]
    assert len(counted) == 4
    assert sum(counted) == 24
    one("button.row").first.focus()
    one.page.keyboard.press("Enter")
    one("article").wait_for(timeout=LAST)
    assert set(one(".text .node").all_text_contents()) == {"melayani"}
    assert one(".text .node").count() == counted[0]
    one.picture("explore-concepts")
    one.press("Pin as exhibit")
    assert "by=['outlet', 'month']" in one("pre").text_content()


def compare_two(one: Shown) -> None:
    one.says("6 shown, page 1")
    assert one(".notes p").count()
    one.press("Next →")
    one.says("page 2")
    one.choose("Concept", "dilayani")
    one.says("^2 rows")
    one("button.row").first.press("Enter")
    one("article").wait_for(timeout=LAST)
    one.picture("explore-comparison")
    one.choose("Show", "words")
    one.says("6 shown|rows")


def take_the_test(one: Shown, record: Path) -> None:
    one.choose("Tampilkan", "terms")
    one("button.row").first.press("Enter")
    one("article").wait_for(timeout=LAST)
    one.picture("explore-topics")
    one.choose("Tampilkan", "intrusion")
    one.says("^0 dari 2")
    one.root.get_by_role("button", name="1 (1)").focus()
    for number in (1, 2):
        one.page.keyboard.press(str(number))
        one.says(f"^{number} dari 2")
    assert len(record.read_text(encoding="utf-8").splitlines()) == 3
    assert one("tbody tr").count() == 2  # the scores


def code_a_hundred(one: Shown, record: Path) -> None:
    one.picture("explore-coding")
    one.root.get_by_role("button", name="yes (y)").focus()
    for number in range(1, 101):
        one.page.keyboard.press("ynu"[number % 3])
        one.says(f"^{number} of ")
        assert len(record.read_text(encoding="utf-8").splitlines()) == number + 1
    one.page.keyboard.press("z")
    one.says("The answer so far: no")
    one.root.get_by_label("Note").fill("ragu-ragu")
    one.page.keyboard.press("Enter")
    one.done()
    assert "ragu-ragu" in record.with_name("codings.notes.csv").read_text(encoding="utf-8")


def test_the_explorers_are_used_by_keys_pinned_and_reloaded(notebook, opens, lab, workplace) -> None:
    page = opens(lab.format(path=f"notebooks/{notebook.name}"), viewport=SCREEN)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=LAST)
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=LAST)
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
    lines, concepts, groups, topics, coding = (Shown(page, number) for number in range(len(CALLS)))
    coding.says(r"\S")
    type_read_and_pin(lines)
    count_by_group_and_month(concepts)
    compare_two(groups)
    take_the_test(topics, workplace / "intrusion.csv")
    code_a_hundred(coding, workplace / "codings.csv")
    assert page.locator(".kit-explore img").count() == 0  # markup of a text is text
    assert page.locator(".jp-Notebook .jp-CodeCell").count() == len(CALLS) + 1  # no key went to the notebook
    assert serious(page) == []
    page.locator(".jp-Notebook .jp-InputArea-editor").first.click()
    page.keyboard.press("Control+s")
    page.locator(".jp-mod-dirty").wait_for(state="detached", timeout=LAST)
    page.wait_for_timeout(500)
    saved = json.loads(notebook.read_text(encoding="utf-8"))
    kept = json.dumps([saved["metadata"], [cell["outputs"] for cell in saved["cells"]]])
    assert "widget-view" in kept
    assert "Siti Aminah" not in kept
    page.reload()
    lines.says("^36 lines")
    assert lines.root.get_by_label("Search").input_value() == "(me|di)layani"
    os.kill(int((workplace / "kernel.txt").read_text()), signal.SIGKILL)
    assert len((workplace / "codings.csv").read_text(encoding="utf-8").splitlines()) == 101
