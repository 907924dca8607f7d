"""Where builds keep what is theirs, and the files of a folder as builds see them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kit.settings import Settings

CORPORA = "corpora"  # in .kit: what builds of other corpora keep
_NOT_TEXT = ("README", "datapackage.json")  # in the corpus folder, but no part of the corpus


def workplace(settings: Settings) -> Path:
    """Return the folder where builds keep what is theirs; git never sees it."""
    home = settings.root / ".kit"
    home.mkdir(exist_ok=True)
    ignore = home / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8", newline="\n")
    if not settings.apart:
        return home
    folder = home / CORPORA / settings.apart
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def state_of(settings: Settings) -> Path:
    """Return the folder where the engine keeps its state."""
    return workplace(settings) / "engine"


def inside(settings: Settings, path: Path) -> bool:
    """Tell whether a place that the settings name lies in the project: ``"../berita"`` does not."""
    return Path(os.path.normpath(path)).is_relative_to(settings.root)


def files_under(folder: Path, *, notes: bool = False) -> Iterator[Path]:
    """Yield the files of a folder: linked ones are entered, hidden files and, if not asked for, notes left out."""
    left = (".",) if notes else (".", *_NOT_TEXT)
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".") and not _leads_up(Path(place, name))]
        yield from (Path(place, name) for name in names if not name.startswith(left))


def seals_of(corpus: Path) -> list[Path]:
    """List the files that tell every byte of a saved corpus, by which it is known; none of any other corpus."""
    manifest, parts = corpus / "corpus.json", corpus / "parts"
    if not (manifest.is_file() and parts.is_dir()):
        return []
    return [manifest, *sorted(parts.glob("part-*/part.json"))]


def _leads_up(folder: Path) -> bool:
    """Tell whether a folder is a link to one that holds it, which would never end."""
    here = folder.parent.resolve()
    return folder.is_symlink() and folder.resolve() in (here, *here.parents)
