"""The flow is one way: a room imports only from rooms to its left."""

from __future__ import annotations

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KIT = ROOT / "kit"
ROOMS = [
    "errors",
    "garbage",
    "startup",
    "arguments",
    "progress",
    "study",
    "settings",
    "sealed",
    "machine",
    "wording",
    "lexicon",
    "reading",
    "language",
    "index",
    "corpus",
    "parts",
    "storage",
    "codebook",
    "discourse",
    ("measures", "simulation"),
    "topics",
    "validity",
    "plots",
    "exhibits",
    ("explore", "publish"),
    "build",
    "__main__",
]
LEVEL = {name: level for level, names in enumerate(ROOMS) for name in ([names] if isinstance(names, str) else names)}
MODULES = sorted(KIT.rglob("*.py"))
TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in MODULES}


def room_of(file: Path) -> str:
    first = file.relative_to(KIT).parts[0]
    return first.removesuffix(".py")


def imported(file: Path) -> list[tuple[int, str]]:
    """Every module that a file imports, with the line; relative imports made absolute."""
    package = ["kit", *file.relative_to(KIT).parts[:-1]]
    found = []
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found.append((node.lineno, module))
    return found


def test_every_room_has_its_place() -> None:
    rooms = {room_of(file) for file in MODULES} - {"__init__"}
    assert rooms <= set(LEVEL), f"give these a place in the flow: {sorted(rooms - set(LEVEL))}"


@pytest.mark.parametrize("here", LEVEL)
def test_no_import_runs_upward(here: str) -> None:
    for file in (file for file in MODULES if room_of(file) == here):
        for line, module in imported(file):
            parts = module.split(".")
            if parts[0] != "kit":
                continue
            assert len(parts) > 1, f"{file}:{line} imports the whole kit; name the room"
            there = parts[1]
            assert here == there or LEVEL[there] < LEVEL[here], f"{file}:{line}: {here} must not import {there}"


def names_of(file: Path) -> tuple[str, ...]:
    """A module's dotted name in parts; a package is its folder."""
    parts = ("kit", *file.relative_to(KIT).with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def arrows(depth: int) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """What imports what, modules cut to their first names: 3 joins the modules of a sub-room, 99 joins nothing."""
    modules = {names_of(file) for file in MODULES}
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for file in MODULES:
        for node in ast.walk(TREES[file]):
            if isinstance(node, ast.Import):
                named = [tuple(alias.name.split(".")) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                home = tuple(node.module.split("."))
                named = [(*home, alias.name) if (*home, alias.name) in modules else home for alias in node.names]
            else:
                continue
            here = names_of(file)[:depth]
            found.setdefault(here, set()).update({one[:depth] for one in named if one in modules} - {here, ("kit",)})
    return found


@pytest.mark.parametrize("depth", [2, 3, 99], ids=["rooms", "sub-rooms", "files"])
def test_there_is_no_circle(depth: int) -> None:
    graph = arrows(depth)
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(".".join(names) for names in error.args[1]))


def test_only_the_build_knows_the_engine() -> None:
    engine = {"pytask", "_pytask", "pytask_parallel"}
    knows = {file for file in MODULES if engine & {module.split(".")[0] for _, module in imported(file)}}
    assert {room_of(file) for file in knows} == {"build"}, knows


def test_importing_the_kit_loads_no_library() -> None:
    """The public names are lazy: a bare import stays in the standard library."""
    own = ("arguments", "errors", "garbage", "startup")
    allowed = {*sys.stdlib_module_names, *(f"kit.{name}" for name in own)}
    for name in ("__init__.py", *(f"{one}.py" for one in own)):
        for line, module in imported(KIT / name):
            assert module in allowed or module.split(".")[0] in allowed, f"kit/{name}:{line} imports {module}"
