"""The page of a coding sheet in a real browser: answered by keys, saved, gone on with; it asks nobody for anything."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.build.process import clean_environment

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_coder_answers_saves_and_goes_on(tmp_path: Path) -> None:
    node = shutil.which("node")
    if CHROMIUM is None or node is None:
        pytest.skip("needs Chromium and node")
    asked = [node, "-p", "require.resolve('playwright-core')"]
    if subprocess.run(asked, cwd=Path(__file__).parent, capture_output=True, check=False).returncode:
        pytest.skip("needs playwright-core: npm install playwright-core, then NODE_PATH=<that folder>/node_modules")
    texts = ["Aparatur melayani <b>warga</b></script>. Hujan turun. Pelayan toko."] * 2
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a", "b"], "text": texts}), clean=False)
    sheet = kit.coding_sheet(corpus, kit.load_codebook(), n=2, concepts=["melayani"])
    page = sheet.save(tmp_path / "lembar é", ["ani"])[2]
    run = subprocess.run(
        [node, str(Path(__file__).with_name("coding.mjs")), str(page), str(tmp_path), CHROMIUM],
        env={**clean_environment(), "NODE_PATH": os.environ.get("NODE_PATH", "")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert seen["outside"] == []
    assert seen["errors"] == []
    assert seen["passage"] == sheet.items["passage"][0]
    assert seen["pressed"] == ["unsure"]
    assert seen["progress"] == "3 of 6 answered"
    assert seen["first"][0] == "coding-ani.json"
    first = kit.read_codings(seen["first"][1], sheet.key)
    assert first["item"].tolist() == sheet.items["item"].tolist()[:3]
    assert first["value"].tolist() == ["yes", "no", "yes"]  # the answer taken back counts
    assert first["time"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").all()
    second = kit.read_codings(seen["second"][1], sheet.key)
    assert second["value"].tolist() == ["yes", "no", "yes", "yes"]
