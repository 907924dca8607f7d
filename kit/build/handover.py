"""The target ``handover``: one page on what is in git, what may not be there, and what a reviewer runs."""

from __future__ import annotations

import csv
import hashlib
import platform
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.build.faults import plainly
from kit.build.figures import visible
from kit.build.git import git, names
from kit.build.lock import LOCK, read_lock
from kit.build.notebooks import folder_of
from kit.build.runner import told_path
from kit.build.strip import stripped
from kit.build.wheel import kit_wheel
from kit.build.workplace import files_under, inside
from kit.errors import BuildError, KitError
from kit.exhibits.exhibit import write
from kit.publish.cited import find_cited
from kit.publish.tables import sidecars
from kit.settings import Settings, __version__
from kit.wording import escape
from kit.wording.words import say

PAGE = "results/handover.md"
_SHORT = 16  # digits of a hash
_MOST = 5  # licences named; the others are counted
_TABLES = (".csv", ".md", ".json")  # of a corpus folder that say what its articles are


@dataclass(frozen=True)
class Part:
    """A part of a project: its files, those that git has, and a hash of all."""

    name: str
    files: tuple[Path, ...]
    kept: int
    hash: str

    @property
    def size(self) -> float:
        """How large the files are, in kB."""
        return sum(file.stat().st_size for file in self.files) / 1000


def handover(settings: Settings) -> int:
    """Write the page; say where it is."""
    with plainly():
        write(settings.root, {PAGE: "\n".join(page_of(settings)).encode("utf-8")})
    print(told_path(settings, settings.root / PAGE))
    return 0


def page_of(settings: Settings) -> Iterator[str]:
    """Yield the lines of the page, in the language of the labels."""
    language, root = settings.labels, settings.root
    commit = (git(root, "rev-parse", "--short=12", "HEAD") or b"").decode().strip()
    tracked = set(names(git(root, "ls-files", "-z")))
    parts = [_part(settings, name, files, tracked) for name, files in _files(settings).items()]

    def told(key: str, **values: object) -> str:
        return say(f"handover.{key}", language, **values)

    yield from (told("title"), "")
    yield from (told("intro", commit=told("commit", hash=commit) if commit else told("nowhere")), "")
    uncommitted = names(git(root, "status", "--porcelain", "--no-renames", "-z", "--", "."))
    if not commit:
        yield from (told("no_git"), "")
    elif uncommitted:
        yield from (told("work", n=len(uncommitted)), "")
    yield from (told("study"), "", *(f"- {line}" for line in _study(settings)), "")
    yield from (told("kept"), "", told("head"), "|:--|--:|--:|--:|:--|")
    for part in parts:
        facts = {"files": len(part.files), "kept": part.kept, "size": part.size, "hash": f"`{part.hash[:_SHORT]}`"}
        yield told("row", part=say(f"handover.part.{part.name}", language), **facts)
    yield from ("", told("hashed"), "", told("rights"), "")
    yield from (f"- {line}" for line in _rights(settings, tracked))
    yield from ("", told("review"), "", told("needed"), "", *_steps(settings, tracked), "", told("archive"), "")


def _files(settings: Settings) -> dict[str, list[Path]]:
    """List the files of each part."""
    root = settings.root
    book = settings.codebook or root / "kit" / "codebook"
    wheel = kit_wheel(root)
    code = [file for file in files_under(root / "kit", notes=True) if "__pycache__" not in file.parts]
    alone = {"settings": root / "pyproject.toml", "lock": root / LOCK}
    found = {
        "corpus": [*files_under(settings.corpus, notes=True)] if settings.corpus.is_dir() else [settings.corpus],
        "codebook": [*book.glob("*.csv"), *([settings.validity] if settings.validity else [])],
        "notebooks": [*folder_of(settings).glob("*.ipynb")],
        "figures": [settings.figures / name for name in visible(settings.figures)],
        **{name: [file] for name, file in alone.items()},
        "kit": [*code, *([wheel] if wheel else [])],
    }
    return {name: [file for file in files if file.is_file()] for name, files in found.items()}


def _part(settings: Settings, name: str, files: list[Path], tracked: set[str]) -> Part:
    """Count and hash a part."""
    ordered = sorted(files, key=lambda file: told_path(settings, file))
    lines = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {told_path(settings, file)}\n" for file in ordered)
    digest = hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
    return Part(name, tuple(ordered), sum(told_path(settings, file) in tracked for file in ordered), digest)


def _study(settings: Settings) -> Iterator[str]:
    """Say what the study consists of."""
    language = settings.labels
    for name in ("corpus", "codebook"):
        try:
            yield f"{find_cited(settings.figures, name, language).title}."
        except KitError as error:
            yield f"{name}: {error.problem} ({error.remedy})."
    shown = Counter(one["kind"] for one in sidecars(settings.figures))
    made = len([*folder_of(settings).glob("*.ipynb")])
    yield say("handover.exhibits", language, tables=shown["table"], figures=shown["figure"], notebooks=made)
    lock = settings.root / LOCK
    text = lock.read_text(encoding="utf-8", errors="replace") if lock.is_file() else ""
    packages = len({one.requirement.partition("==")[0] for one in read_lock(text)})
    python = ".".join(platform.python_version_tuple()[:2])
    yield say("handover.versions", language, version=__version__, packages=packages, python=python)


def _rights(settings: Settings, tracked: set[str]) -> Iterator[str]:
    """Say what others have rights in: texts, passages, names."""
    language, place = settings.labels, _place(settings)
    texts = _texts(settings)
    kept = sum(told_path(settings, file) in tracked for file in texts)
    if not inside(settings, settings.corpus):
        yield say("handover.outside", language, place=place)
    else:
        if kept:
            yield say("handover.texts_in", language, n=kept, place=place)
        if len(texts) > kept:
            yield say("handover.texts_out", language, n=len(texts) - kept, place=place)
    licences = _licences(settings)
    if licences:
        yield say("handover.licences", language, licences="; ".join(licences))
    shown = len([*(settings.figures / "evidence").glob("*.html")]) if (settings.figures / "evidence").is_dir() else 0
    yield say(f"handover.evidence.{settings.evidence}", language, n=shown)
    yield say(f"handover.private.{settings.private}", language)
    saved = sum(_has_outputs(file) for file in folder_of(settings).glob("*.ipynb"))
    if saved:
        yield say("handover.outputs", language, n=saved)


def _steps(settings: Settings, tracked: set[str]) -> Iterator[str]:
    """List what a reviewer runs."""
    language, number = settings.labels, 1
    if any(told_path(settings, file) not in tracked for file in _texts(settings)):
        yield say("handover.step.texts", language, place=_place(settings))
        number += 1
    figures = f"{told_path(settings, settings.figures)}/"
    count = len(visible(settings.figures)) if settings.figures.is_dir() else 0
    for step in ("verify", "open", "paper"):
        yield say(f"handover.step.{step}", language, number=number, n=count, figures=figures)
        number += 1


def _texts(settings: Settings) -> list[Path]:
    """List the files of articles: all of the corpus but what describes it."""
    corpus = settings.corpus
    found = [*files_under(corpus)] if corpus.is_dir() else [corpus]
    return [file for file in found if file.parent != corpus or file.suffix not in _TABLES or file == corpus]


def _place(settings: Settings) -> str:
    """Name the folder of articles; one outside of the project by its own name, since a path tells of a machine."""
    folder = settings.corpus / "articles" if (settings.corpus / "articles").is_dir() else settings.corpus
    return told_path(settings, folder) if inside(settings, settings.corpus) else settings.corpus.name


def _licences(settings: Settings) -> list[str]:
    """Count the licences that the table of metadata states, the most frequent first."""
    table = settings.corpus / "articles.csv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        stated = Counter(str(row.get("licence") or "").strip() for row in csv.DictReader(stream))
    language, unstated = settings.labels, stated.pop("", 0)
    told = sorted(stated.items(), key=lambda one: (-one[1], one[0]))
    lines = [
        say("handover.stated", language, licence=escape.markdown(escape.one_line(name)), n=n)
        for name, n in told[:_MOST]
    ]
    lines += [f"(+{len(told) - _MOST})"] if len(told) > _MOST else []
    return lines + ([say("handover.unstated", language, n=unstated)] if unstated else [])


def _has_outputs(file: Path) -> bool:
    """Tell whether a notebook is saved with outputs."""
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    try:
        return stripped(text, file.name) != text and '"output_type"' in text
    except BuildError:
        return False
