"""The documentation as pages for a browser, made of the same Markdown files: offline, no script, no outside request."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from markdown_it.token import Token

from kit.exhibits.formats import document, html
from kit.settings import Settings
from kit.storage.files import check_empty, new_folder

#: Where the pages go if no folder is given.
SITE = ".kit/site"
_OTHERS = ("README.md", "README.id.md", "CHANGELOG.md", "CONTRIBUTING.md", "corpus/README.md")


def make_site(settings: Settings, folder: Path | None = None) -> int:
    """Write the pages into a folder, whole or not at all; return the exit code."""
    target = folder or settings.root / SITE
    if folder is None and target.exists():
        shutil.rmtree(target)  # the kit's own
    check_empty(target)
    sources = sources_of(settings.root)
    with new_folder(target) as fresh:
        made, copied = pages_of(settings.root, sources)
        for name, text in made.items():
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        for name in sorted(copied):
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(settings.root / name, file)
    print(f"{target / 'index.html'}: {len(made)} pages")
    return 0


def sources_of(root: Path) -> dict[str, str]:
    """List the Markdown files that become pages, and the page of each."""
    found = [name for name in _OTHERS if (root / name).is_file()]
    found += sorted(file.relative_to(root).as_posix() for file in (root / "docs").rglob("*.md"))
    return {name: page_of(name) for name in found}


def page_of(source: str) -> str:
    """Return the page of a Markdown file.

    Examples
    --------
    >>> [page_of(name) for name in ("README.md", "README.id.md", "docs/id/how-to.md", "docs/reference/README.md")]
    ['index.html', 'id/index.html', 'id/how-to.html', 'reference/index.html']

    """
    if source == "README.id.md":
        return "id/index.html"
    path = PurePosixPath(source)
    inside = path.relative_to("docs") if path.parts[0] == "docs" else path
    return str(inside.with_name("index.html") if path.stem == "README" else inside.with_suffix(".html"))


def pages_of(root: Path, sources: dict[str, str]) -> tuple[dict[str, str], set[str]]:
    """Return the text of each page by its name, and the files that the pages show."""
    parsed = {name: document.parsed((root / name).read_text(encoding="utf-8")) for name in sources}
    titles = {name: document.title(tokens) or name for name, tokens in parsed.items()}
    made: dict[str, str] = {}
    copied: set[str] = set()
    for name, tokens in parsed.items():
        page = sources[name]
        language = "id" if page.startswith("id/") else "en"
        copied |= _led(tokens, root, name, sources)
        body = document.body(tokens)
        mine = [one for one in sources if sources[one].startswith("id/") == (language == "id")]
        links = [(_relative(page, sources[one]), titles[one]) for one in mine]
        other = _counterpart(page, set(sources.values()))
        made[page] = html.render(
            "document.html",
            language,
            title=titles[name],
            body=body,
            links=links,
            other=_relative(page, other) if other else "",
            other_language="en" if language == "id" else "id",
        )
    return made, copied


def _led(tokens: Sequence[Token], root: Path, name: str, sources: dict[str, str]) -> set[str]:
    """Let links lead to pages; return the files of the project that the page shows or leads to."""
    needed: set[str] = set()
    for token in (child for one in tokens for child in one.children or ()):
        key = "src" if token.type == "image" else "href"
        link = str(token.attrGet(key) or "")
        if token.type not in ("image", "link_open") or not link or link.startswith("#") or ":" in link:
            continue
        path, sign, part = link.partition("#")
        place = os.path.normpath(PurePosixPath(name).parent / unquote(path)).replace("\\", "/")
        if place in sources:
            token.attrSet(key, f"{_relative(sources[name], sources[place])}{sign}{part}")
        elif (root / place).is_file() and not place.startswith(".."):
            token.attrSet(key, _relative(sources[name], place))
            needed.add(place)
    return needed


def _relative(page: str, other: str) -> str:
    """Return the way from one page to another."""
    return os.path.relpath(other, PurePosixPath(page).parent).replace("\\", "/")


def _counterpart(page: str, pages: set[str]) -> str:
    """Return the same page in the other language; empty if there is none."""
    other = page.removeprefix("id/") if page.startswith("id/") else f"id/{page}"
    return other if other in pages else ""
