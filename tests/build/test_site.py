"""The documentation as pages: complete in themselves, every link leads to a page or a file, the same bytes twice."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from kit.build.site import make_site, pages_of, sources_of
from kit.errors import CorpusError
from kit.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


class Links(HTMLParser):
    """What a page leads to, what it shows, and the names in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.shown: list[str] = []
        self.names: set[str] = set()
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.links += [given["href"] or ""] if "href" in given else []
        self.shown += [given["src"] or ""] if "src" in given else []
        self.names |= {given["id"] or ""} if "id" in given else set()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    make_site(Settings(ROOT, ROOT / "corpus", None, ROOT / "figures"), folder)
    return folder


def test_every_link_leads_to_a_page_and_nothing_is_asked_of_others(site: Path) -> None:
    read = {page: Links(page.read_text(encoding="utf-8")) for page in site.rglob("*.html")}
    assert len(read) > 25
    for page, found in read.items():
        assert not found.tags & {"script", "iframe", "link"}
        for link in [*found.links, *found.shown]:
            if link in found.shown:
                assert "://" not in link, f"{page.name}: {link}"
            path, _, name = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if "://" not in link and "{" not in link:
                assert target.is_file(), f"{page.name}: {link}"
                assert not name or target.suffix != ".html" or name in read[target].names, f"{page.name}: {link}"


def test_both_languages_lead_to_each_other(site: Path) -> None:
    for page, other in (("how-to.html", "id/how-to.html"), ("id/index.html", "../index.html")):
        assert f'href="{other}"' in (site / page).read_text(encoding="utf-8")
    assert '<html lang="id">' in (site / "id" / "first-hour.html").read_text(encoding="utf-8")


def test_markup_in_a_source_is_text(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text("# A <script>x</script>\n\n| a |\n|---|\n| b<br>c |\n", encoding="utf-8")
    made, _ = pages_of(tmp_path, sources_of(tmp_path))
    assert "<script" not in made["index.html"]
    assert "b<br>c" in made["index.html"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(CorpusError, match="holds something else"):
        make_site(Settings(ROOT, ROOT / "corpus", None, ROOT / "figures"), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
