"""The pages for beginners: their code runs, in both languages the same, and their links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parent.parent
BOTH = ("first-hour.md", "how-to.md")
PAGES = ["README.md", "README.id.md", *(f"docs/{name}" for name in BOTH), *(f"docs/id/{name}" for name in BOTH)]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
#: Ten made-up articles of two outlets.
ARTICLES = (
    "Kepala Dinas Perhubungan Budi Contoh mengatakan, “Kami melayani warga, bukan dilayani.”",
    "Petugas melayani warga sampai sore. Wali kota meminta pelayanan masyarakat dipercepat.",
    "Inspektorat memeriksa laporan keuangan desa. Akuntabilitas kepala desa dipertanyakan warga.",
    "ASN wajib menjadi pelayan masyarakat. Tata kelola pemerintahan dimulai dari disiplin.",
    "Festival musik digelar di alun-alun. Ribuan penonton datang.",
    "Pemerintah kota membuka data anggaran. Transparansi anggaran disambut warga.",
    "Ombudsman menerima laporan. Pelayanan publik di tiga kecamatan dinilai lambat.",
    "Bupati melantik pejabat. “Pejabat jangan minta dilayani,” kata Bupati Sari Contoh.",
    "Tim sepak bola menang dua gol. Pelatih memuji pemain muda.",
    "Musyawarah desa ramai. Kepala desa menyebut akuntabilitas sebagai kunci kepercayaan.",
)


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [code for named, code in _BLOCK.findall(text) if named == language]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    (tmp_path / "corpus").mkdir()
    rows = [
        {"doc_id": f"a{row}", "outlet": "XY"[row % 2], "date": f"2024-01-{row + 1:02}", "text": text}
        for row, text in enumerate(ARTICLES)
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "corpus" / "berita.csv", index=False)
    (tmp_path / "corpus" / "articles").mkdir()
    (tmp_path / "corpus" / "berita.csv").rename(tmp_path / "corpus" / "articles" / "berita.csv")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")  # where the kernel of a notebook is
    return tmp_path


@pytest.mark.parametrize("name", BOTH)
def test_the_code_of_a_page_runs_on_ten_articles(name: str, study: Path) -> None:
    here: dict[str, Any] = {}
    for code in blocks(f"docs/{name}", "python"):
        exec(code, here)
    assert len(here["corpus"]) == len(ARTICLES)
    assert (here["kit"].concordance(here["corpus"], "melayani")["doc_id"] == ["a0", "a1"]).all()


@pytest.mark.parametrize("name", BOTH)
def test_both_languages_have_the_same_code_and_parts(name: str) -> None:
    for language in ("python", "sh"):
        assert blocks(f"docs/{name}", language) == blocks(f"docs/id/{name}", language)
    parts = [
        re.findall(r"^#+", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE) for page in (name, f"id/{name}")
    ]
    assert parts[0] == parts[1]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_one_of_make_py(page: str) -> None:
    spec = importlib.util.spec_from_file_location("make_of_pages", ROOT / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    text = (ROOT / page).read_text(encoding="utf-8")
    for line in re.findall(r"python3 make\.py[^\n`#,;)]*", text):
        words = [word for word in shlex.split(line)[2:] if word not in ("--help", "…")]
        if "--wheels" not in words and "--corpus" not in words and not any("…" in word for word in words):
            assert make.parse(words).target in make.TARGETS, line


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    for link in _LINK.findall((ROOT / page).read_text(encoding="utf-8")):
        if "://" not in link:
            assert ((ROOT / page).parent / link.partition("#")[0]).resolve().is_file(), f"{page}: {link}"
