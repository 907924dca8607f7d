"""The pages of exhibits in a real browser, opened from disk: on a small screen, by keyboard, in the dark, on paper."""

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
from kit.corpus.facts import rows_of
from kit.exhibits.index import write_index
from kit.plots.style import new_figure, style

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WORDS = {"en": "Words <b>", "id": "Kata <b>"}

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def node() -> str:
    found = shutil.which("node")
    if CHROMIUM is None or found is None:
        pytest.skip("needs Chromium and node")
    asked = [found, "-p", "require.resolve('playwright-core')"]
    if subprocess.run(asked, cwd=Path(__file__).parent, capture_output=True, check=False).returncode:
        pytest.skip("needs playwright-core: npm install playwright-core, then NODE_PATH=<that folder>/node_modules")
    return found


def numbers(columns: int) -> pd.DataFrame:
    """A table of words and so many columns of numbers."""
    frame = pd.DataFrame({"term": ["akuntabilitas", "pertanggungjawaban", None]})
    frame = frame.assign(**{f"rate_of_{place}": [12345.6789, 0.5, 7.25] for place in range(columns)})
    frame.attrs["rows"] = rows_of(frame, ["term"])
    return frame


@pytest.fixture
def pages(project) -> list[Path]:
    """Tables from narrow to far too wide, of long texts, of entries, with evidence, without rows; and a figure."""
    folder = project()
    for columns in (3, 8, 16, 60):
        kit.Table(numbers(columns), id=f"tbl-c{columns}", title=WORDS).save()
    texts = pd.DataFrame({"doc_id": ["a", "b"], "passage": ["Aparatur melayani warga. " * 20, "x" * 300]})
    texts.attrs["rows"] = rows_of(texts, ["doc_id"])
    kit.Table(texts, id="tbl-texts", title=WORDS).save()
    kit.Table(texts, id="tbl-entries", title=WORDS, layout="entries").save()
    kit.Table(texts.head(0), id="tbl-none", title=WORDS).save()
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN harus akuntabel kepada warga. " * 30]})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    book = kit.load_codebook()
    concepts = kit.concept_frequencies(corpus, book)
    concepts = concepts[concepts["mentions"] > 0]
    evidence = kit.evidence(corpus, kit.find_passages(corpus, concepts, codebook=book))
    kit.Table(concepts, id="tbl-concepts", title=WORDS, evidence=evidence).save()
    with style():
        canvas, axes = new_figure("double", 60)
        axes.plot([1, 2])
    kit.Figure(canvas, id="fig-line", title=WORDS, data=texts, alt=WORDS).save()
    made = [write_index(folder, "en", {""}), *sorted(folder.glob("*/*.html"))]
    assert len(made) == 10
    assert len(evidence) == 90
    return made


def test_nothing_is_lost_on_a_small_screen_by_keyboard_in_the_dark_or_on_paper(pages, node) -> None:
    run = subprocess.run(
        [node, str(Path(__file__).with_name("pages.mjs")), str(CHROMIUM), *map(str, pages)],
        env={**clean_environment(), "NODE_PATH": os.environ.get("NODE_PATH", "")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert seen["outside"] == []
    assert seen["errors"] == []
    by_name = {Path(file).name if "tables" in file else f"{Path(file).parent.name}/{Path(file).name}": page
               for file, page in seen["pages"].items()}  # fmt: skip
    for name, page in by_name.items():
        assert page["small"] <= 400, name
        assert page["first"] == "#_main", name
        assert page["unreached"] == 0, name
        assert page["paper"] == [], name
        assert page["axe"] in (None, []), name
    assert by_name["tbl-c60.html"]["scrolled"] == 1
    assert by_name["tbl-c60.html"]["sheets"] == by_name["tbl-c16.html"]["sheets"] == ["across"]
    assert by_name["tbl-c3.html"]["sheets"] == by_name["evidence/tbl-concepts.html"]["sheets"] == ["upright"]
    assert by_name["figures/index.html"]["sheets"] == ["across", "upright"]
