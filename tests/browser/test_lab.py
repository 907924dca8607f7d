"""JupyterLab as ``make.py lab`` starts it, in a real browser: every notebook runs, shows its exhibits, asks nobody."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from kit.build.notebooks import METADATA

SCREEN = {"width": 1400, "height": 1000}
PANEL = ".jp-Notebook .jp-WindowedPanel-outer, .jp-Notebook.jp-WindowedPanel-outer"
LAST = 60  # seconds; a loaded machine is slow, which is no fault of the kit
#: Scroll on by a screen; tell whether that was the end.
ON = """(panel) => {
  const before = panel.scrollTop;
  panel.scrollBy(0, panel.clientHeight * 0.85);
  return panel.scrollTop === before;
}"""
#: What the cells in view show, by their places.
SEEN = """() => {
const colours = (image) => {
  const canvas = new OffscreenCanvas(64, 64).getContext('2d');
  canvas.drawImage(image, 0, 0, 64, 64);
  return new Set(new Uint32Array(canvas.getImageData(0, 0, 64, 64).data.buffer)).size;
};
const side = (cell) => {
  const text = document.createRange();
  text.selectNodeContents(cell);
  const { left, right } = text.getBoundingClientRect();
  return { align: getComputedStyle(cell).textAlign, from: Math.round(left), right: Math.round(right) };
};
return Object.fromEntries([...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map((cell) => {
  const all = (selector, told) => [...cell.querySelectorAll(`.jp-OutputArea-output ${selector}`)].map(told);
  const failed = ['error', 'stderr'].map((one) => `[data-mime-type="application/vnd.jupyter.${one}"]`).join();
  return [cell.dataset.windowedListIndex, {
    number: cell.querySelector('.jp-InputPrompt')?.textContent ?? '',
    error: cell.querySelector(failed)?.textContent ?? '',
    images: all('img', (one) => [one.naturalWidth, Math.round(one.getBoundingClientRect().width), colours(one)]),
    mathematics: cell.querySelectorAll('.jp-OutputArea-output :is(mjx-container, .MathJax)').length,
    nodes: all('td strong', (one) => one.textContent),
    sides: all('tr:has(td strong) td:has(+ td strong)', side),
    tables: all('table', (one) => [one.rows.length, one.scrollWidth, one.closest('.jp-OutputArea-output').clientWidth]),
    remarks: all('.kit-frame p, .kit-frame li', (one) => one.textContent.trim()),
    text: all('pre', (one) => one.textContent),
  }];
}));
}"""

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(opens, lab):
    """Open a notebook in JupyterLab, and wait for its kernel."""

    def open_(notebook: str):
        page = opens(lab.format(path=f"notebooks/{notebook}"), viewport=SCREEN)
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=LAST * 1000)
        # before the kernel runs, the command would ask which kernel to take
        page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=LAST * 1000)
        return page

    return open_


def run_all(page, pictures: Path) -> list[dict]:
    """Choose "Run All Cells", scroll through what came out as a reader does; give what each cell of code shows."""
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
    panel = page.locator(PANEL).first
    last = page.locator(".jp-Notebook .jp-CodeCell").last.locator(".jp-InputPrompt").first
    end = time.monotonic() + 2 * LAST
    # Lab holds only the cells in view: go to the end until the last one has its number
    while True:
        panel.evaluate("(panel) => panel.scrollTo(0, panel.scrollHeight)")
        if re.search(r"\[\d+\]", last.text_content() or "") and page.locator('[data-status="idle"]').count():
            break
        if time.monotonic() > end:
            pytest.fail("not done after two minutes")
        page.wait_for_timeout(300)
    panel.evaluate("(panel) => panel.scrollTo(0, 0)")
    cells: dict[str, dict] = {}
    for step in range(99):
        page.wait_for_timeout(300)
        cells |= page.evaluate(SEEN)
        page.screenshot(path=pictures / f"{step:02}.png")
        there = panel.evaluate(
            "(panel) => [panel.scrollTop, panel.scrollBy(0, panel.clientHeight * 0.85), panel.scrollTop]"
        )
        if there[0] == there[2]:
            break
    return [cells[key] for key in sorted(cells, key=int)]


MONEY = """\
import pandas as pd
import kit
text = "ASN meminta US$ 5 juta, bukan US$ 10 juta."
frame = pd.DataFrame({"doc_id": ["a", "b"], "text": [text, f"Kemarin di kota itu {text}"]})
corpus = kit.Corpus.from_frame(frame, clean=False)
frame"""
CELLS = [
    MONEY,
    "lines = kit.concordance(corpus, 'meminta')\nlines",
    "kit.Table(lines, id='tbl-x', title={'en': 'US$ 1 and US$ 2', 'id': 'US$ 1 dan US$ 2'})",
    "kit.term_frequencies(corpus).assign(text='US$ 5 dan US$ 10')",
    "kit.keyness(kit.load_corpus(kit.load_settings().corpus), kit.general_indonesian()).head(25)",
]


def test_notebooks_come_first_and_are_not_changed_by_being_opened(workplace, opened, opens, lab):
    file = workplace / "notebooks" / "01_corpus.ipynb"
    before = file.read_bytes()
    page = opened(file.name)
    assert page.locator('.cm-content[data-language="python"]').count()
    page.wait_for_timeout(1000)
    assert page.locator(".jp-mod-dirty").count() == 0
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1000)
    assert file.read_bytes() == before
    start = opens(lab.format(path="").replace("/tree/", ""), viewport=SCREEN)
    start.locator(".jp-DirListing-item", has_text="01_corpus").wait_for()
    assert start.locator(".jp-BreadCrumbs").text_content().strip("/ ") == "notebooks"
    start.locator(".jp-BreadCrumbs-home").click()
    start.locator(".jp-DirListing-item", has_text="corpus").first.wait_for()


def test_what_a_notebook_shows_can_be_read(workplace, opened, tmp_path):
    cells = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "source": source,
            "execution_count": None,
            "outputs": [],
        }
        for number, source in enumerate(CELLS)
    ]
    file = workplace / "notebooks" / "shown.ipynb"
    file.write_text(json.dumps({"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    try:
        other, lines, table, added, keyness = run_all(opened(file.name), tmp_path)
    finally:
        file.unlink()
    assert other["mathematics"] > 0  # a frame that is not the kit's is left to JupyterLab
    assert [cell["mathematics"] for cell in (lines, table, added)] == [0, 0, 0]
    assert lines["nodes"] == ["meminta", "meminta"]
    first, second = lines["sides"]
    assert first["align"] == second["align"] == "right"
    assert first["right"] == second["right"]  # a short left side ends where a long one does
    assert first["from"] > second["from"]
    ((rows, width, place),) = keyness["tables"]
    assert rows == 26
    assert width < 1.5 * place  # it was more than twice as wide as its place
    assert any("general Indonesian" in remark for remark in keyness["remarks"])


@pytest.mark.slow
def test_every_notebook_runs_and_shows_its_exhibits_without_a_network(workplace, opened, tmp_path):
    for file in sorted((workplace / "notebooks").glob("*.ipynb")):
        written = json.loads(file.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in written if cell["cell_type"] == "code"]
        page = opened(file.name)
        shown = run_all(page, tmp_path)
        page.close()
        assert [cell["number"] for cell in shown] == [f"[{number + 1}]:" for number in range(len(sources))]
        for source, cell in zip(sources, shown, strict=True):
            assert cell["error"] == "", file.name
            assert not any(re.match(r"(Table|Figure)\(|<(Figure|Axes)", text) for text in cell["text"]), cell["text"]
            ids = re.findall(r'id="((?:tbl|fig)-[a-z0-9-]+)"', source)
            sidecars = [json.loads((workplace / "figures" / f"{id_}.json").read_text(encoding="utf-8")) for id_ in ids]
            kinds = [sidecar["kind"] for sidecar in sidecars if "missing" not in sidecar]
            assert len(cell["tables"]) >= kinds.count("table")
            assert len(cell["images"]) == kinds.count("figure")
            assert all(natural > 0 and 300 < width < 1200 and inks > 5 for natural, width, inks in cell["images"])
            assert [sidecar["notebook"] for sidecar in sidecars] == [file.stem] * len(ids)
