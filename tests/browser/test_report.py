"""The report in a real browser, opened from disk: whole on a small screen and on paper, and its search counts right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.publish.report.lines import index_of
from tests.browser.test_pages import PHONE, UNDRAWN, UNREACHED, broken_rules, on_paper, sheets
from tests.publish.report.conftest import Study, make_study, study
from tests.publish.report.test_lines import QUERIES, corpus

__all__ = ["corpus", "make_study", "study"]  # fixtures

pytestmark = pytest.mark.browser
PAGES = ("index.html", "notebooks/01_study.html", "id/codebook.html", "id/search.html", "figures/index-id.html")
LINES = """() => [...document.querySelectorAll('#lines tbody tr')]
  .map((row) => [...row.cells].map((cell) => cell.textContent))"""


@pytest.fixture(scope="module")
def folder(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a study with a wide table among the results of its notebook."""
    wide = "<table><tr>" + "".join(f"<th>kolom_{n}</th>" for n in range(30)) + "</tr></table>"
    cells = study.executed["01_study"]["cells"]
    cells.append(
        {
            "cell_type": "code",
            "source": "wide",
            "outputs": [{"output_type": "execute_result", "data": {"text/html": wide}, "metadata": {}}],
        }
    )
    return written(study.report(), tmp_path_factory.mktemp("laporan é") / "report")


def written(files: dict[str, bytes], folder: Path) -> Path:
    """Write a report into a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def ask(page: Any, query: str) -> str:
    """Type a query, by keyboard alone; return what is said."""
    page.focus("#query")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(query)
    page.keyboard.press("Enter")
    return str(page.text_content("#count"))


def test_pages_are_whole_on_a_small_screen_on_paper_and_by_axe(folder: Path, opens) -> None:
    printed = {}
    for name in (*PAGES, "figures/evidence/tbl-concepts.html"):
        page = opens((folder / name).as_uri(), viewport=PHONE, bypass_csp=True)  # axe is a script
        if name.endswith("search.html"):
            assert ask(page, "asn") == "Kemunculan: 2. Dokumen: 2."
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 400, name
        assert page.evaluate(UNREACHED) == 0, name
        assert page.evaluate(UNDRAWN) == [], name
        assert broken_rules(page) == [], name
        assert on_paper(page) == [], name
        printed[name] = sheets(page)
    assert all(printed.values())
    assert printed["notebooks/01_study.html"] == {"across", "upright"}


def test_the_search_finds_what_the_concordance_finds(folder: Path, corpus: kit.Corpus, opens) -> None:
    data = index_of(corpus, {})
    assert data is not None
    (folder / "lines-index.js").rename(folder / "kept.js")
    try:
        (folder / "lines-index.js").write_bytes(data)
        page = opens((folder / "search.html").as_uri())
        for query in QUERIES:
            expected = kit.concordance(corpus, query)
            said = f"Occurrences: {len(expected)}. Documents: {expected['doc_id'].nunique()}."
            assert ask(page, query) == said, query
            lines = page.evaluate(LINES)
            found = [(left, node, right) for _, left, node, right, _ in lines]
            assert found == list(expected[["left", "node", "right"]].itertuples(index=False, name=None)), query
        assert ask(page, "lexeme:tugas").startswith("Regular expressions, lexemes")
        assert ask(page, "  ") == ""
        assert page.evaluate(LINES) == []
    finally:
        (folder / "kept.js").replace(folder / "lines-index.js")


def test_a_line_leads_to_its_passage(folder: Path, opens) -> None:
    page = opens((folder / "id/search.html").as_uri())
    ask(page, "melayani")
    [first, second] = page.evaluate(LINES)
    assert "<b>minta dilayani</b>" in first[4]
    assert second[4].endswith("d1 · Bukti")
    page.get_by_role("link", name="Bukti, 2").click()
    page.wait_for_url("**/evidence/tbl-concepts.html#*")
    assert "ASN melayani" in page.locator(":target").text_content()


def test_without_a_script_the_page_says_what_to_do(folder: Path, opens) -> None:
    page = opens((folder / "search.html").as_uri(), java_script_enabled=False)
    assert page.get_by_text("The search needs a script").is_visible()
    assert not page.locator("#query").is_visible()
    assert page.get_by_text("kit.concordance(corpus,").is_visible()


def test_more_lines_are_shown_when_asked_for(folder: Path, opens, tmp_path: Path) -> None:
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. " * 1250]})
    data = index_of(kit.Corpus.from_frame(frame, clean=False), {})
    assert data is not None
    for name in ("search.html", "lines.js"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "lines-index.js").write_bytes(data)
    page = opens((tmp_path / "search.html").as_uri())
    assert ask(page, "asn") == "Occurrences: 1,250. Documents: 1."
    assert len(page.evaluate(LINES)) == 100
    page.get_by_role("button", name="Show more lines").click()
    assert len(page.evaluate(LINES)) == 200
    assert page.evaluate("document.activeElement.rowIndex") == 101
