"""The report of a study: whole in itself, the same bytes twice, in both languages; without texts it tells none."""

from __future__ import annotations

import hashlib
import html
import io
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest

from kit.publish.archive import withheld
from tests.publish.report.conftest import TEXTS, Study


class Read(HTMLParser):
    """What a page leads to, what it shows, the names in it, its tags and its language."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.shown: list[str] = []
        self.names: list[str] = []
        self.tags: set[str] = set()
        self.language = ""
        self.feed(data.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.links += [given["href"]] if "href" in given else []
        self.shown += [given["src"]] if "src" in given else []
        self.names += [given["id"]] if "id" in given else []
        self.language = given.get("lang", "") if tag == "html" else self.language


@pytest.fixture(scope="module")
def files(study: Study) -> dict[str, bytes]:
    return study.report()


@pytest.fixture(scope="module")
def bare(study: Study) -> dict[str, bytes]:
    return study.report(withhold=True)


def leading_nowhere(files: dict[str, bytes]) -> list[str]:
    """Links of pages that lead to no file, or no name, of the report; and what is asked of other machines."""
    pages = {name: Read(data) for name, data in files.items() if name.endswith(".html")}
    lost = []
    for name, page in pages.items():
        for link in [*page.links, *page.shown]:
            place, _, anchor = link.partition("#")
            target = os.path.normpath(PurePosixPath(name).parent / place).replace("\\", "/") if place else name
            fine = link.startswith("data:image/png;base64,") if link in page.shown and ":" in link else target in files
            if not fine or (anchor and target.endswith(".html") and anchor not in pages[target].names):
                lost.append(f"{name}: {link}")
    return lost


def test_the_report_is_whole_in_itself(files: dict[str, bytes]) -> None:
    both = {"index.html", "search.html", "codebook.html"}
    notebook, measures = "notebooks/01_study.html", "measures.html"
    own = {name for name in files if not name.startswith("figures/")}
    assert own == both | {f"id/{name}" for name in both} | {notebook, measures, "lines.js", "lines-index.js"}
    assert {"figures/index.html", "figures/index-id.html", "figures/evidence/tbl-concepts.html"} < set(files)
    assert leading_nowhere(files) == []
    for name, data in files.items():
        if name.endswith(".html"):
            page = Read(data)
            assert ("script" in page.tags) == name.endswith("search.html"), name
            assert not page.tags & {"iframe", "link", "svg", "base"}, name
            assert page.language == ("id" if name.startswith("id/") or name == "figures/index-id.html" else "en"), name
            assert len(page.names) == len(set(page.names)), name


def test_the_same_bytes_twice_and_elsewhere(
    study: Study, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    shutil.copytree(study.settings.figures, tmp_path / "figures")
    elsewhere = replace(study.settings, root=tmp_path / "x", figures=tmp_path / "figures")
    assert replace(study, settings=elsewhere).report() == files


def test_a_notebook_shows_its_exhibits_as_pictures_and_leads_to_them(files: dict[str, bytes]) -> None:
    page = files["notebooks/01_study.html"].decode("utf-8")
    assert '<img src="../figures/fig-line.svg" alt="Concepts &lt;i&gt;"' in page
    assert '<a href="../figures/tables/tbl-concepts.html">Concepts &lt;i&gt;</a>' in page
    assert '<a href="../figures/evidence/tbl-concepts.html#' in page
    assert '<h2 id="part-1">Part</h2>' in page
    assert "<code>show(0)</code>" in page
    assert "data:image/png" not in page


def test_both_languages_lead_to_each_other(files: dict[str, bytes]) -> None:
    assert b'href="id/search.html" hreflang="id"' in files["search.html"]
    assert b'href="../codebook.html" hreflang="en"' in files["id/codebook.html"]
    assert b"<p>Arti: Pegawai &lt;negeri&gt;</p>" in files["id/codebook.html"]
    assert b"<p>Meaning: Officials</p>" in files["codebook.html"]
    assert b"How valid its counts are is not known." in files["codebook.html"]


def test_a_study_in_indonesian_that_shows_no_passages(study: Study) -> None:
    settings = replace(study.settings, labels="id", evidence="ids")
    files = replace(study, settings=settings).report()
    assert leading_nowhere(files) == []
    assert Read(files["figures/index.html"]).language == Read(files["notebooks/01_study.html"]).language == "id"
    assert Read(files["figures/index-en.html"]).language == "en"
    assert not [name for name in files if name.endswith(".js")]
    assert "script" not in Read(files["search.html"]).tags


def told(files: dict[str, bytes], texts: list[str]) -> list[str]:
    """The files that hold eight words of a text in a row, in packed members too."""
    runs, found = withheld.runs(texts), []
    for name, data in files.items():
        parts = {name: data}
        if name.endswith((".docx", ".xlsx")):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = {part: archive.read(part) for part in archive.namelist()}
        for part in parts.values():
            text = html.unescape(part.decode("utf-8", "replace"))
            if withheld.runs([text, re.sub("<[^>]*>", " ", text), re.sub("<[^>]*>", "", text)]) & runs:
                found.append(name)
    return found


def test_without_texts_nothing_tells_them(files: dict[str, bytes], bare: dict[str, bytes]) -> None:
    told_before = told(files, TEXTS)
    assert {"lines-index.js", "notebooks/01_study.html", "figures/evidence/tbl-concepts.html"} < set(told_before)
    assert told(bare, TEXTS) == []
    assert not [name for name in bare if name.endswith(".js")]
    assert b"sha256 " in bare["figures/evidence/tbl-concepts.html"]
    assert b",passage_sha256," in bare["figures/evidence/tbl-concepts.csv"]
    assert b'"../evidence/tbl-concepts.html#' in bare["figures/tables/tbl-concepts.html"]
    assert leading_nowhere(bare) == []
    everything = html.unescape(b" ".join(bare.values()).decode("utf-8", "replace"))
    assert "didengar oleh pejabat" not in re.sub("<[^>]*>", "", everything)
    page = bare["notebooks/01_study.html"].decode("utf-8")
    assert page.count("Left out: this would show words of the articles.") == 2  # a table of titles, a text
    assert "<pre>Corpus</pre>" in page
    assert "figures/tables/tbl-concepts.html" in bare
    assert "figures/tables/tbl-lines.csv" not in bare
    assert "the texts of the articles are withheld" in bare["figures/index.html"].decode("utf-8")
    assert "the texts of the articles are withheld" in bare["search.html"].decode("utf-8")


def test_exhibits_that_are_not_as_they_should_be_are_left_out_or_without_evidence(study: Study, tmp_path: Path) -> None:
    """A file changed by hand, a sidecar that cannot be read, and evidence of an older kit, which told less."""
    figures = shutil.copytree(study.settings.figures, tmp_path / "figures")
    (figures / "fig-line.svg").write_text("changed", encoding="utf-8")
    (figures / "tbl-none.json").write_text("{", encoding="utf-8")
    evidence, sidecar = figures / "evidence" / "tbl-concepts.csv", figures / "tbl-concepts.json"
    old = evidence.read_bytes()
    evidence.write_bytes(old.replace(b",outlet,", b",paper,", 1))
    hashes = [hashlib.sha256(data).hexdigest() for data in (old, evidence.read_bytes())]
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace(*hashes), encoding="utf-8")
    odd = replace(study, settings=replace(study.settings, figures=figures))
    assert leading_nowhere(odd.report()) == []
    bare = odd.report(withhold=True)
    assert leading_nowhere(bare) == []
    assert "figures/tables/tbl-concepts.html" in bare
    assert not [name for name in bare if "evidence" in name or "fig-line" in name or "tbl-none" in name]


@pytest.mark.slow
def test_hostile_texts_are_read_as_they_are(make_study: Callable[..., Study], hostile: list[str]) -> None:
    texts = [text for text in hostile if not re.search("[\x00-\x08\ud800\uffff]", text)]
    study = make_study([f"{text} ASN akuntabel {text}" for text in texts], texts)
    study.executed["02_<script>"] = {"cells": [{"cell_type": "markdown", "source": f"# {texts[0]}"}]}
    for withhold in (False, True):
        files = study.report(withhold=withhold)
        for name, data in files.items():
            if name.endswith(".html"):
                page, scripts = Read(data), 2 * (not withhold and name.endswith("search.html"))
                assert not page.tags & {"iframe", "svg", "object"}, name
                assert not [one for one in page.links if one.lower().startswith(("javascript:", "data:"))], name
                assert data.count(b"<script") == scripts, name
