"""What a notebook depends on, as lists of names and hashes that can be compared and explained."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

from kit.build.imports import Code
from kit.build.kernel import FIXED
from kit.build.lock import LOCK
from kit.build.notebooks import Notebook, folder_of
from kit.build.workplace import files_under, seals_of, state_of
from kit.settings import Settings

_PATH = re.compile(r"[^\0\n/][^\0\n]{0,200}[./][^\0\n]{0,200}")


@dataclass(frozen=True)
class Inputs:
    """One group of inputs.

    Parameters
    ----------
    name : str
        The group's name.
    entries : mapping of str to str
        What it consists of: a file's path from the project's folder and its SHA-256, or a setting and its value.

    """

    name: str
    entries: Mapping[str, str]

    @cached_property
    def state(self) -> str:
        """SHA-256 of the entries: another file, a changed one and one that is gone all change it."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def text(self) -> str:
        """The entries as JSON."""
        return json.dumps(self.entries, sort_keys=True, ensure_ascii=True, indent=0)


@dataclass(frozen=True)
class Survey:
    """The inputs of a project, each file read once.

    Files are hashed when they are first asked for and then no more: what is recorded after a notebook has run is what
    was there before, so that an edit made meanwhile is seen by the next build.

    Parameters
    ----------
    settings : Settings
        The project's settings.

    """

    settings: Settings
    _hashes: dict[Path, str] = field(default_factory=dict, repr=False)

    def of_notebook(self, notebook: Notebook) -> tuple[Inputs, ...]:
        """Return the groups of inputs of a notebook.

        Its source, the corpus, a codebook of the project's own, other files that stand in its source by name, the
        settings, the study's parameters it asks for, the code and word lists it reaches, and what it runs on.
        """
        source = Inputs("notebook", {self._name(notebook.path): notebook.digest})
        named = self._files("files", self._named(notebook.tree))
        code = self._code_of(notebook.tree)
        study = self._study_of(notebook.tree)
        return (source, self._corpus, self._codebook, named, self._settings, study, code, self._machine)

    def of_index(self, exhibits: Iterable[Path]) -> tuple[Inputs, ...]:
        """Return the groups of inputs of the page that shows all exhibits."""
        tree = ast.parse("from kit.exhibits.index import write_index")
        return (self._files("exhibits", exhibits), self._settings, self._code_of(tree), self._machine)

    @cached_property
    def _corpus(self) -> Inputs:
        """The articles and their metadata, as they lie in the corpus folder; of a saved corpus what seals its files."""
        corpus = self.settings.corpus
        files = [corpus] if corpus.is_file() else seals_of(corpus) or files_under(corpus)
        return self._files("corpus", files)

    @cached_property
    def _codebook(self) -> Inputs:
        """The project's own codebook and figures of validity; the shipped one is among the code's data."""
        own = [*self.settings.codebook.glob("*.csv")] if self.settings.codebook else []
        return self._files("codebook", [*own, *([self.settings.validity] if self.settings.validity else [])])

    @cached_property
    def _settings(self) -> Inputs:
        """The settings as they were understood, so that a comment or an order changes nothing."""
        values = {key.name: getattr(self.settings, key.name) for key in fields(self.settings)}
        del values["root"], values["study"], values["apart"]
        texts = {
            name: self._name(value) if isinstance(value, Path) else str(value or "") for name, value in values.items()
        }
        return Inputs("settings", {f"[tool.kit] {name}": value for name, value in texts.items()})

    def _study_of(self, tree: ast.Module) -> Inputs:
        """Return the study's parameters that the code asks for by ``study.NAME``; all of them if it asks otherwise."""
        values = {one.name: getattr(self.settings.study, one.name) for one in fields(self.settings.study)}
        asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_study(node.value)}
        by_name = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Assign)}
        others = any(_is_study(node) and id(node) not in by_name for node in ast.walk(tree))
        chosen = values if others or not asked <= values.keys() else sorted(asked)
        return Inputs("study", {f"[tool.kit.study] {name}": str(values[name]) for name in chosen})

    @cached_property
    def _machine(self) -> Inputs:
        """The packages, the Python and the surroundings of a kernel."""
        lock = self.settings.root / LOCK
        return Inputs(
            "packages",
            {
                LOCK: self._hash(lock) if lock.is_file() else "",
                "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
                **{f"environment variable {name}": value for name, value in FIXED.items()},
            },
        )

    @cached_property
    def _code(self) -> Code:
        """The importable files: those of the kit that is running, and those beside the notebooks."""
        package = Path(__file__).resolve().parent.parent
        return Code(package, folder_of(self.settings), state_of(self.settings) / "imports.json")

    def _code_of(self, tree: ast.Module) -> Inputs:
        """Make a group of the modules that a piece of Python reaches, with their data."""
        return self._files("code", self._code.reached(tree))

    def _named(self, tree: ast.Module) -> set[Path]:
        """List the project's files, and those in its folders, that the code names by a path such as "../a.csv"."""
        made = (self.settings.figures, self.settings.root / ".kit")
        found: set[Path] = set()
        for path in self.places(tree):
            found |= {path} if path.is_file() else set(files_under(path))
        return {file for file in found if not any(file.is_relative_to(place) for place in made)}

    def reached(self, notebook: Notebook) -> list[Path]:
        """List the modules that a notebook reaches, with their data."""
        return self._code.reached(notebook.tree)

    def places(self, tree: ast.Module) -> set[Path]:
        """List the places in the project that the code names, whether or not anything is there."""
        settings, here = self.settings, folder_of(self.settings)
        above = (settings.figures, settings.root / ".kit", here, settings.root)
        values = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        texts = [text for text in values if isinstance(text, str) and _PATH.fullmatch(text)]
        paths = {Path(os.path.normpath(here / text)) for text in texts}
        inside = {path for path in paths if path.is_relative_to(settings.root)}
        return {path for path in inside if not any(place.is_relative_to(path) for place in above)}

    def _files(self, name: str, files: Iterable[Path]) -> Inputs:
        """Make a group of files."""
        return Inputs(name, {self._name(file): self._hash(file) for file in sorted(files)})

    def _name(self, file: Path) -> str:
        """Return a file's path from the project's folder."""
        root = self.settings.root
        return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()

    def _hash(self, file: Path) -> str:
        """Hash a file once."""
        if file not in self._hashes:
            with file.open("rb") as stream:
                self._hashes[file] = hashlib.file_digest(stream, "sha256").hexdigest()
        return self._hashes[file]


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Say entry by entry how two states of a group differ."""
    lines = []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old is None or new is None:
            lines.append(f"{name}: {'new' if old is None else 'removed'}")
        elif old != new:
            told = "" if 64 in (len(old), len(new)) else f" from {old!r} to {new!r}"
            lines.append(f"{name}: changed{told}")
    return lines


def _is_study(node: ast.AST) -> bool:
    """Tell whether an expression reads the study's parameters: ``study`` or ``settings.study``."""
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name == "study" and isinstance(getattr(node, "ctx", None), ast.Load)
