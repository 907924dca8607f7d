"""docs/exploring.md: every block of code runs as it stands, one after the other, in a project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "exploring.md").read_text(encoding="utf-8"), re.DOTALL)


def test_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = tmp_path / "corpus"
    articles.mkdir()
    (articles / "a.txt").write_text("Petugas akuntabel melayani warga. Hujan turun di kota itu.\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.kit]\ncorpus = "corpus"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    here: dict[str, object] = {}
    for block in BLOCKS:
        exec(block, here)
    assert len(BLOCKS) == 3
    assert here["model"].total == 1
