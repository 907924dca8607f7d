"""The explorers in JupyterLab, in a real browser: typed into, pinned, reloaded, by keys; nobody else is asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kit.build.notebooks import METADATA

ROOT = Path(__file__).resolve().parents[2]
START = """
import pathlib, sys
from kit.build.lab import lab
from kit.build.process import clean_environment
here = pathlib.Path.cwd()
env = clean_environment() | {"PYTHONPATH": str(here)}
sys.exit(lab(here, sys.executable, env, sys.argv[1:]))
"""
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+/lab)\?token=(\w+)")
SCREEN = {"width": 1400, "height": 1000}
LAST = 60_000  # milliseconds
BEGIN = """\
import pandas as pd
import kit
texts = ["ASN melayani warga miskin. \\"Kami akuntabel,\\" kata Bupati Siti Aminah.\\nBaca Juga: Judul Lain",
         "Petugas melayani <img src=x onerror=alert(1)> warga.", "Warga minta dilayani. Hujan turun."] * 12
frame = pd.DataFrame({"doc_id": [f"d{n:02}" for n in range(36)], "text": texts, "date": "2024-01-02", "outlet": "X"})
frame["text"] = [f"{text} Nomor {n} itu." for n, text in enumerate(texts)]
corpus = kit.Corpus.from_frame(frame)
codebook = kit.load_codebook()
"""

pytestmark = pytest.mark.browser
pytest.importorskip("anywidget")


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project."""
    root = tmp_path_factory.mktemp("explore") / "ruang kerja é"
    for name in ("kit", "corpus"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "notebooks").mkdir()
    for name in ("make.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, root)
    return root


@pytest.fixture(scope="module")
def lab(browser, workplace: Path):
    """JupyterLab's address, for a notebook to be put into it."""
    log = workplace / "lab.log"
    with log.open("wb") as out:
        command = [sys.executable, "-c", START, "--no-browser"]
        process = subprocess.Popen(command, cwd=workplace, stdout=out, stderr=out)
    try:
        end = time.monotonic() + LAST / 1000
        while not (
            found := re.search(r"(http://127\.0\.0\.1:\d+/lab)\?token=(\w+)", log.read_text("utf-8", "replace"))
        ):
            assert process.poll() is None, log.read_text("utf-8", "replace")
            if time.monotonic() > end:
                pytest.fail(f"JupyterLab has not started:\n{log.read_text('utf-8', 'replace')}")
            time.sleep(0.2)
        yield f"{found[1]}/tree/notebooks/{{name}}?reset&token={found[2]}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def shows(opens, lab, workplace):
    """Open a notebook with one cell and run it; give the page and the notebook's file."""

    def open_(name: str, source: str, **options):
        cell = {"cell_type": "code", "id": "c0", "metadata": {}, "source": BEGIN + source}
        cell |= {"execution_count": None, "outputs": []}
        file = workplace / "notebooks" / f"{name}.ipynb"
        file.write_text(
            json.dumps({"cells": [cell], "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}), "utf-8"
        )
        page = opens(lab.format(name=file.name), viewport=SCREEN, **options)
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=LAST)
        page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=LAST)
        page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
        page.locator(".kit-explore .status", has_text=re.compile(r"\S")).wait_for(timeout=LAST)
        return page, file

    return open_


def serious(page) -> list[str]:
    """What axe finds that is serious, in the explorer alone."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=".kit-explore").response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]


def status(page, text: str) -> None:
    page.locator(".kit-explore .status", has_text=text).wait_for(timeout=LAST)


def test_a_concordance_is_typed_read_pinned_and_reloaded(shows, tmp_path):
    source = "kit.explore_concordance(corpus, codebook=codebook, language='en')"
    page, file = shows("konkordansi", source)
    status(page, "Type a word")
    box = page.locator(".kit-explore").get_by_label("Search")
    box.click()
    page.keyboard.type("melayani", delay=20)
    status(page, "24 lines")
    page.keyboard.press("Backspace")
    page.keyboard.type("*")
    status(page, "24 lines")
    assert box.evaluate("(one) => one.getRootNode().activeElement === one")  # typing goes on where it was
    page.locator(".kit-explore").get_by_label("as", exact=True).select_option("re")
    box.fill("(me|di)layani")
    status(page, "36 lines")
    assert page.locator(".kit-explore tbody tr").count() == 25
    page.locator(".kit-explore").get_by_label("Sort by").select_option("R1")
    page.locator(".kit-explore").get_by_label("First", exact=True).select_option("collocates")
    page.locator('.kit-explore[aria-busy="false"]').wait_for(timeout=LAST)
    assert page.locator(".kit-explore img").count() == 0  # markup of a text is text
    page.locator(".kit-explore button.row").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # reads the second line's article
    page.locator(".kit-explore article").wait_for(timeout=LAST)
    assert "Evidence" in page.locator(".kit-explore article p").first.text_content()
    assert page.locator(".kit-explore .text .node").text_content() in ("melayani", "dilayani")
    assert page.locator(".kit-explore .text .concept + small").count()
    page.locator(".kit-explore tbody input").first.press("Space")
    page.locator(".kit-explore .status", has_text="1 selected").wait_for(timeout=LAST)
    page.locator(".kit-explore").get_by_role("button", name="Pin as exhibit").click()
    code = page.locator(".kit-explore pre")
    code.wait_for(timeout=LAST)
    assert 'table[table["line_id"].isin(' in code.text_content()
    assert page.locator(".jp-Notebook .jp-CodeCell").count() == 1  # no key went to the notebook
    assert serious(page) == []
    page.screenshot(path=tmp_path / "light.png")
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    assert serious(page) == []
    page.screenshot(path=tmp_path / "dark.png")
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    page.keyboard.press("Control+s")
    page.locator(".jp-Notebook .jp-InputArea-editor").first.click()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    kept = json.dumps(json.loads(file.read_text(encoding="utf-8"))["cells"][0]["outputs"])
    assert "widget-view" in kept
    whole = file.read_text(encoding="utf-8").replace(json.dumps(BEGIN)[1:-1], "")
    assert "Siti Aminah" not in json.dumps(json.loads(whole)["metadata"]) + kept
    page.reload()
    page.locator(".kit-explore .status", has_text="36 lines").wait_for(timeout=LAST)
    assert page.locator(".kit-explore").get_by_label("Search").input_value() == "(me|di)layani"


def test_a_hundred_passages_are_coded_by_keys_and_a_killed_kernel_loses_none(shows, workplace, opens):
    source = """\
import os, pathlib
pathlib.Path("../kernel.txt").write_text(str(os.getpid()))
names = ["melayani", "dilayani", "aktor-warga", "aktor-asn", "akuntabilitas"]
sheet = kit.coding_sheet(corpus, codebook, n=12, concepts=names)
kit.explore_coding(sheet, coder="ani", file="../codings.csv", language="en")"""
    page, _ = shows("kode", source)
    root = page.locator(".kit-explore")
    assert serious(page) == []
    root.get_by_role("button", name="yes (y)").focus()
    record = workplace / "codings.csv"
    for number in range(1, 101):
        page.keyboard.press("ynu"[number % 3])
        page.locator(".kit-explore .status", has_text=re.compile(f"^{number} of ")).wait_for(timeout=LAST)
        assert len(record.read_text(encoding="utf-8").splitlines()) == number + 1
    page.keyboard.press("z")
    page.locator(".kit-explore .status", has_text="The answer so far: no").wait_for(timeout=LAST)
    root.get_by_label("Note").fill("ragu-ragu")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert "ragu-ragu" in (workplace / "codings.notes.csv").read_text(encoding="utf-8")
    page.context.close()
    os.kill(int((workplace / "kernel.txt").read_text()), signal.SIGKILL)
    page, _ = shows("kode-lagi", source)
    page.locator(".kit-explore .status", has_text=re.compile("^100 of ")).wait_for(timeout=LAST)
