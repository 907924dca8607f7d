"""The target ``import``: articles of any kind of file into the project's corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kit.build.progress import Progress
from kit.errors import BuildError
from kit.reading.columns import Naming
from kit.settings import Settings
from kit.storage.imports import ASIDE, Import, import_articles
from kit.storage.read import options_of

_SHOWN = 20  # rows of a table that the terminal shows
_WIDEST = 44  # characters of a cell


def run_import(
    settings: Settings, paths: Sequence[Path], *, kind: str = "", columns: str = "", dry_run: bool = False
) -> int:
    """Import, and say what was read and what was set aside."""
    if settings.corpus.is_file():
        raise BuildError(
            "the corpus of this project is one file",
            place=settings.corpus.name,
            remedy='set corpus = "corpus" in pyproject.toml; the file can be imported too',
        )
    options = options_of(kind=kind, columns=Naming.parse(columns).stated if columns else None)
    progress = Progress(print)
    with progress.step("would read" if dry_run else "read"):
        done = import_articles(
            paths,
            settings.corpus,
            options,
            dry_run=dry_run,
            seen=lambda number, source: progress.count(f"{number:,} articles: {source}"),
        )
    for line in told(done, settings, dry_run=dry_run):
        print(line)
    return 0 if len(done.articles) else 1


def told(done: Import, settings: Settings, *, dry_run: bool) -> list[str]:
    """Say what an import did: the articles, what was set aside, and the sum."""
    lines = []
    if dry_run or len(done.articles) <= _SHOWN:
        lines += _table(done.articles[["doc_id", "date", "outlet", "title", "words", "source", "reader"]])
    if len(done.set_aside):
        lines += ["", "set aside, or to be known:", *_table(done.set_aside)]
    lost = done.found - len(done.articles)
    lines += ["", f"found {done.found:,}: read {len(done.articles):,}, set aside {lost:,}"]
    where = done.saved or settings.corpus
    place = where.relative_to(settings.root).as_posix() if where.is_relative_to(settings.root) else where.name
    verb = "would be added to" if dry_run else "added to"
    lines.append(f"{verb} {place}: {done.added:,}" + (f"; there already: {done.already:,}" if done.already else ""))
    if done.saved and done.saved != settings.corpus:
        lines.append(f'  -> they are many: set corpus = "{place}" in pyproject.toml to work with them')
    if len(done.set_aside) and not dry_run:
        lines.append(f"  -> all that was set aside stands in {settings.corpus.name}/{ASIDE}")
    return lines


def _table(frame: pd.DataFrame) -> list[str]:
    """Lay a table out for a terminal: the first rows, long cells cut."""
    shown = [[_cut(str(cell)) for cell in row] for row in frame.head(_SHOWN).itertuples(index=False)]
    heading = list(frame.columns)
    widths = [max(map(len, column)) for column in zip(heading, *shown, strict=True)]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (heading, *shown)]
    more = [f"… and {len(frame) - _SHOWN:,} more"] if len(frame) > _SHOWN else []
    return [*(row.rstrip() for row in rows), *more]


def _cut(cell: str) -> str:
    """Return a cell on one line, cut where it is long; what a terminal would obey is shown instead."""
    bare = "".join(sign if sign.isprintable() else "?" for sign in " ".join(cell.split()))
    return bare if len(bare) <= _WIDEST else f"{bare[: _WIDEST - 1]}…"
