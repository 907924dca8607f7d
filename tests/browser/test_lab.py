"""JupyterLab as ``make.py lab`` starts it, in a real browser: every notebook runs, shows its exhibits, asks nobody."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kit.build.notebooks import METADATA
from kit.build.process import clean_environment

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
START = (
    "import sys, make; from kit.build.process import clean_environment; "
    "sys.exit(make.lab(sys.executable, clean_environment(), sys.argv[1:]))"
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if CHROMIUM is None or found is None:
        pytest.skip("needs Chromium and node")
    asked = [found, "-p", "require.resolve('playwright-core')"]
    if subprocess.run(asked, cwd=Path(__file__).parent, capture_output=True, check=False).returncode:
        pytest.skip("needs playwright-core: npm install playwright-core, then NODE_PATH=<that folder>/node_modules")
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, since running a notebook writes its exhibits."""
    root = tmp_path / "ruang kerja é"
    for name in ("kit", "notebooks", "corpus"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    for name in ("make.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, root)
    return root


@pytest.fixture
def lab(project: Path):
    """JupyterLab's address and token."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = project / "lab.log"
    with log.open("wb") as out:
        command = [sys.executable, "-c", START, "--no-browser", "--port", str(port)]
        process = subprocess.Popen(command, cwd=project, stdout=out, stderr=out)
    try:
        end = time.monotonic() + 60
        while not (token := re.search(r"127\.0\.0\.1:\d+/lab\?token=(\w+)", log.read_text("utf-8", "replace"))):
            assert process.poll() is None, log.read_text("utf-8", "replace")
            if time.monotonic() > end:
                pytest.fail(f"JupyterLab has not started within a minute:\n{log.read_text('utf-8', 'replace')}")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}", token[1]
    finally:
        process.terminate()
        process.wait(30)


MONEY = """\
import pandas as pd
import kit
text = "ASN meminta US$ 5 juta, bukan US$ 10 juta."
corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
pd.DataFrame({"text": [text]})"""
DOLLARS = [
    MONEY,
    "lines = kit.concordance(corpus, 'meminta')\nlines",
    "kit.Table(lines, id='tbl-x', title={'en': 'US$ 1 and US$ 2', 'id': 'US$ 1 dan US$ 2'})",
    "kit.term_frequencies(corpus).assign(text='US$ 5 dan US$ 10')",
]


def run_in_lab(node, lab, folder, *notebooks):
    """Run notebooks in JupyterLab; give what was seen."""
    driver = Path(__file__).with_name("drive.mjs")
    run = subprocess.run(
        [node, str(driver), *lab, str(folder), CHROMIUM, *notebooks],
        env={**clean_environment(), "NODE_PATH": os.environ.get("NODE_PATH", "")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=400,
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert seen["outside"] == []
    assert seen["errors"] == []
    return seen["notebooks"]


def test_dollars_in_texts_stay_dollars(project, lab, node, tmp_path):
    cells = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "source": source,
            "execution_count": None,
            "outputs": [],
        }
        for number, source in enumerate(DOLLARS)
    ]
    file = project / "notebooks" / "dollars.ipynb"
    file.write_text(json.dumps({"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    seen = run_in_lab(node, lab, tmp_path, "dollars.ipynb")["dollars.ipynb"]
    other, lines, table, added = [seen[key] for key in sorted(seen, key=int)]
    assert other["mathematics"] > 0  # a frame that is not the kit's is left to JupyterLab
    assert [cell["mathematics"] for cell in (lines, table, added)] == [0, 0, 0]
    assert lines["bold"] == ["meminta"]


def test_every_notebook_runs_and_shows_its_exhibits_without_a_network(project, lab, node, tmp_path):
    notebooks = sorted(file.name for file in (project / "notebooks").glob("*.ipynb"))
    seen = run_in_lab(node, lab, tmp_path, *notebooks)
    assert sorted(seen) == notebooks
    for name, cells in seen.items():
        written = json.loads((project / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in written if cell["cell_type"] == "code"]
        shown = [cells[key] for key in sorted(cells, key=int)]
        assert [cell["number"] for cell in shown] == [f"[{number + 1}]:" for number in range(len(sources))]
        for source, cell in zip(sources, shown, strict=True):
            assert cell["error"] == "", name
            assert not any(re.match(r"(Table|Figure)\(|<(Figure|Axes)", text) for text in cell["text"]), cell["text"]
            assert len(cell["tables"]) >= ("kit.Table(" in source)
            assert len(cell["images"]) == ("kit.Figure(" in source)
            assert all(natural > 0 and 300 < width < 1200 for natural, width in cell["images"])
            for id_ in re.findall(r'id="((?:tbl|fig)-[a-z0-9-]+)"', source):
                sidecar = json.loads((project / "figures" / f"{id_}.json").read_text(encoding="utf-8"))
                assert sidecar["notebook"] == name.removesuffix(".ipynb")
