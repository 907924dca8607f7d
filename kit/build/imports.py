"""Which files of the project a notebook's Python reaches by import: only what it can run makes it stale."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

_MODULE = re.compile(r"kit(\.\w+)+")
#: Under what is kept of imports; what was found by other rules, or by another Python's parser, is not used.
_RULES = f"{sys.version_info[:2]} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}"
#: The hash of a module's bytes, and what it may import.
Kept: TypeAlias = tuple[str, list[str]]
_CODE = frozenset({".py", ".pyc", ".pyi", ".typed", ".md"})


class Code:
    """The importable files of a project.

    Parameters
    ----------
    package : Path
        The folder of the package ``kit``.
    beside : Path, optional
        A folder that is searched for modules first: notebooks import what lies beside them.
    memory : Path, optional
        A file where what each module imports is kept, with a hash of its bytes: a syntax tree is walked once.

    Notes
    -----
    Imports are followed through the syntax tree, those inside functions too. Names of ``kit`` that are loaded when
    first used are found by the table ``_HOME`` in its ``__init__.py``; where ``kit`` is used otherwise than by a name,
    all of them count. So does a module that is named by a text such as "kit.codebook". Data files beside a module that
    is reached (all but Python and Markdown) are reached too.

    """

    def __init__(self, package: Path, beside: Path | None = None, memory: Path | None = None) -> None:
        self._package = package
        self._roots = tuple(folder for folder in (beside, package.parent) if folder is not None)
        self._named: dict[Path, frozenset[str]] = {}
        self._memory = memory
        self._known = _remembered(memory)
        self._new: dict[str, Kept] = {}
        self._homes = _homes(_parsed((package / "__init__.py").read_bytes()))

    def reached(self, tree: ast.Module) -> list[Path]:
        """List the files that a piece of Python can reach."""
        modules: set[Path] = set()
        nodes = list(ast.walk(tree))
        pending = {*_names(nodes, ""), *_named_by_text(nodes)}
        done: set[str] = set()
        while pending:
            name = pending.pop()
            if name in done:
                continue
            done.add(name)
            if name == "kit.*":
                pending |= set(self._homes.values())
            elif name in self._homes:
                pending.add(self._homes[name])
            for file, module in self._locate(name):
                if file not in modules:
                    modules.add(file)
                    pending |= self._names_in(file, module)
        if self._new:
            self._remember()
        return sorted(modules | set(self._data(modules)))

    def _remember(self) -> None:
        """Write down what modules import, for the next build."""
        if self._memory is not None:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            new = self._memory.with_suffix(f".{os.getpid()}.new")
            kept = _remembered(self._memory) | self._new  # others look into other modules
            new.write_text(json.dumps({_RULES: kept}), encoding="utf-8", newline="\n")
            new.replace(self._memory)
        self._new = {}

    def _locate(self, name: str) -> Iterator[tuple[Path, str]]:
        """Yield the files that importing a dotted name runs, with their modules' names; what is no module is left."""
        parts = name.split(".")
        for root in self._roots:
            if root == self._package.parent and parts[0] != self._package.name:
                continue  # in an installed kit all other packages lie there, which are the lock's affair
            folder = root
            found = False
            for number, part in enumerate(parts, start=1):
                module = ".".join(parts[:number])
                if (folder / part / "__init__.py").is_file():
                    folder = folder / part
                    yield folder / "__init__.py", module
                    found = True
                    continue
                if (folder / f"{part}.py").is_file():
                    yield folder / f"{part}.py", module
                    found = True
                break
            if found:
                return

    def _data(self, modules: set[Path]) -> Iterator[Path]:
        """Yield the data files beside modules; those of kit's own folder are its rooms' affair."""
        for folder in {file.parent for file in modules if self._package in file.parents}:
            files = folder.iterdir() if folder == self._package else folder.rglob("*")
            for file in files:
                parts = file.relative_to(folder).parts
                hidden = any(part.startswith((".", "__pycache__")) for part in parts)
                if file.is_file() and file.suffix not in _CODE and not hidden:
                    yield file

    def _names_in(self, file: Path, module: str) -> frozenset[str]:
        """Read once what a module may import."""
        if file not in self._named:
            raw = file.read_bytes()
            digest = hashlib.sha256(raw).hexdigest()
            before, names = self._known.get(module, ("", []))
            if before != digest:
                package = module if file.name == "__init__.py" else module.rpartition(".")[0]
                names = _imported(raw, package, by_text=file != self._package / "__init__.py")  # it names all rooms
                self._known[module] = self._new[module] = digest, names
            self._named[file] = frozenset(names)
        return self._named[file]


def _remembered(memory: Path | None) -> dict[str, Kept]:
    """Read what modules import, as it was found by these very rules; nothing if that cannot be read."""
    try:
        kept = json.loads(memory.read_bytes()).get(_RULES, {}) if memory is not None else {}
    except (OSError, ValueError, AttributeError):
        return {}
    return kept if isinstance(kept, dict) else {}


@cache
def _imported(raw: bytes, package: str, *, by_text: bool) -> list[str]:
    """List what a module may import: the builds of one process read it once."""
    nodes = list(ast.walk(_parsed(raw)))
    return sorted({*_names(nodes, package), *(_named_by_text(nodes) if by_text else ())})


def _parsed(raw: bytes) -> ast.Module:
    """Parse a module; one that is no Python reaches nothing, and says so itself when it is imported."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(raw)
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def _homes(tree: ast.Module) -> dict[str, str]:
    """Read the table of names that kit loads when they are first used: public dotted name to module."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "_HOME" for target in statement.targets
        ):
            return {f"kit.{name}": module for name, module in ast.literal_eval(statement.value).items()}
    return {}


def _names(nodes: Sequence[ast.AST], package: str) -> Iterator[str]:
    """Yield every dotted name that the code may import, given the package it stands in."""
    bound: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
                bound[alias.asname or alias.name.partition(".")[0]] = alias.name if alias.asname else ""
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, package)
            yield base
            for alias in node.names:
                yield f"{base}.{alias.name}"
                bound[alias.asname or alias.name] = f"{base}.{alias.name}"
    bound = {name: module or name for name, module in bound.items()}
    owners: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Attribute):
            parts = []
            inner: ast.expr = node
            while isinstance(inner, ast.Attribute):
                parts.append(inner.attr)
                inner = inner.value
            if isinstance(inner, ast.Name) and inner.id in bound:
                owners.add(id(inner))
                yield ".".join([bound[inner.id], *reversed(parts)])
    for node in nodes:
        if isinstance(node, ast.Name) and bound.get(node.id) == "kit" and id(node) not in owners:
            yield "kit.*"  # kit itself is handed on: any of its names may be used


def _named_by_text(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the modules of kit that stand in the code as texts, as for importlib."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _MODULE.fullmatch(node.value):
            yield node.value


def _absolute(node: ast.ImportFrom, package: str) -> str:
    """Write the module of a from-import in full."""
    if not node.level:
        return node.module or ""
    parts = package.split(".") if package else []
    kept = parts[: len(parts) - node.level + 1]
    return ".".join([*kept, *([node.module] if node.module else [])])
