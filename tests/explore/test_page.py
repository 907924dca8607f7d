"""docs/exploring.md: every block of code runs as it stands, one after the other, in a project; docs/id has the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("exploring.md", "id/exploring.md")


def blocks(page: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)


def test_both_languages_show_the_same_calls() -> None:
    plain = re.compile(r', language="id"|  # .*')
    assert [plain.sub("", one) for one in blocks(PAGES[1])] == [plain.sub("", one) for one in blocks(PAGES[0])]


def test_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, laid_out) -> None:
    texts = ("Petugas akuntabel melayani warga. Hujan turun di kota itu.", "Warga dilayani.")
    rows = [{"doc_id": name, "text": text, "outlet": name.upper()} for name, text in zip("ab", texts, strict=True)]
    monkeypatch.chdir(laid_out(tmp_path / "studi", rows))
    here: dict[str, object] = {}
    for block in blocks(PAGES[0]):
        exec(block, here)
    assert len(blocks(PAGES[0])) == 6
    assert here["model"].total == 1
