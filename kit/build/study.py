"""The target ``init``: a study of one's own, beside the kit and not in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from kit.build.faults import plainly
from kit.build.lock import LOCK
from kit.build.wheel import lock_entry, put_wheel
from kit.errors import BuildError

_TEMPLATE = Path(__file__).resolve().parent / "template"
_CLONE = _TEMPLATE.parents[2]
_SEED = "\n## The seed article"  # where corpus/README.md begins to tell of the seed article


def init(folder: Path, *, seed: bool = False) -> int:
    """Lay out a study: its own corpus, notebooks, figures and settings, and the kit as a wheel."""
    if folder.is_dir() and any(folder.iterdir()):
        raise BuildError("something is in this folder", place=str(folder), remedy="name one that is new or empty")
    with plainly():
        folder.mkdir(parents=True, exist_ok=True)
        wheel = put_wheel(folder)
        for name in ("README.md", "pyproject.toml", "make.py", "gitignore", "gitattributes"):
            shutil.copyfile(_shared(name), folder / (f".{name}" if name.startswith("git") else name))
        (folder / "make.py").chmod(0o755)
        lock = _shared(LOCK).read_text(encoding="utf-8")
        _write(folder / LOCK, lock + lock_entry(wheel))
        settings = (folder / "pyproject.toml").read_text(encoding="utf-8")
        _write(folder / "pyproject.toml", settings.replace("NAME", _project_name(folder)))
        (folder / "notebooks").mkdir()
        for notebook in sorted(_shared("notebooks").glob("*.ipynb")):
            shutil.copyfile(notebook, folder / "notebooks" / notebook.name)
        (folder / "figures").mkdir()
        _corpus(folder / "corpus", seed=seed)
    print(f"{folder}: a study with {wheel.name}")
    print("  put your articles into its corpus/ (its README.md says how), then, in its folder: python3 make.py")
    return 0


def _corpus(folder: Path, *, seed: bool) -> None:
    """Lay out the corpus, with the seed article or ready for others."""
    source = _shared("corpus")
    (folder / "articles").mkdir(parents=True)
    for name in ("README.md", "articles.csv", "datapackage.json"):
        shutil.copyfile(source / name, folder / name)
    if seed:
        for article in sorted((source / "articles").glob("*.txt")):
            shutil.copyfile(article, folder / "articles" / article.name)
        return
    (folder / "articles" / ".gitkeep").touch()  # git knows no empty folders
    table = (source / "articles.csv").read_text(encoding="utf-8")
    _write(folder / "articles.csv", table.splitlines(keepends=True)[0])
    text = (source / "README.md").read_text(encoding="utf-8")
    _write(folder / "README.md", text.partition(_SEED)[0])


def _shared(name: str) -> Path:
    """Return a file of the clone's that studies get too: in a clone itself, in an installed kit its copy."""
    copy = _TEMPLATE / name
    return copy if copy.exists() else _CLONE / (f".{name}" if name.startswith("git") else name)


def _project_name(folder: Path) -> str:
    """Make a name for pyproject.toml of the folder's."""
    return re.sub(r"[^a-z0-9]+", "-", folder.absolute().name.lower()).strip("-") or "study"


def _write(file: Path, text: str) -> None:
    """Write a text with line feeds, on any system."""
    file.write_text(text, encoding="utf-8", newline="\n")
