"""The public names have their types: the stub names what kit loads, and mypy accepts and refuses calls by it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kit

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STUB = ast.parse((ROOT / "kit" / "__init__.pyi").read_text(encoding="utf-8"))
IMPORTED = [
    (alias.name, node.module, alias.asname)
    for node in STUB.body
    if isinstance(node, ast.ImportFrom)
    for alias in node.names
]


def test_the_stub_names_what_kit_loads_and_where_from() -> None:
    assert {name: module for name, module, _ in IMPORTED} == kit._HOME
    assert len(IMPORTED) == len(kit._HOME)
    assert all(other is None for *_, other in IMPORTED)


def test_the_stub_exports_what_kit_exports() -> None:
    (exported,) = (ast.literal_eval(node.value) for node in STUB.body if isinstance(node, ast.Assign))
    assert sorted(exported) == sorted(kit.__all__)
    assert len(set(exported)) == len(exported)


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "kit" / "py.typed").read_text(encoding="utf-8") == ""


def test_good_calls_are_checked_with_the_kit() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert "tests/typing/accepted.py" in settings["files"]
    assert settings["strict"]


@pytest.mark.slow
def test_each_mistake_is_refused_with_its_code() -> None:
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "tests/typing/refused.py"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    found: dict[int, list[str]] = {}
    for line, code in re.findall(r"refused\.py:(\d+): error: .*\[([a-z-]+)\]$", said, re.MULTILINE):
        found.setdefault(int(line), []).append(code)
    lines = (HERE / "refused.py").read_text(encoding="utf-8").splitlines()
    told = {number: line.split("  # ")[1].split(", ") for number, line in enumerate(lines, 1) if "  # " in line}
    assert found == told
