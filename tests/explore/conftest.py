"""A project for the explorers, and how an exhibit's files are compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest


def taken(folder: Path) -> dict[str, bytes]:
    """The files of the exhibit, which are deleted."""
    found = {}
    for file in sorted(folder.rglob("tbl-*")):
        if file.is_file():
            found[str(file.relative_to(folder))] = file.read_bytes()
            file.unlink()
    return found


@pytest.fixture(scope="session")
def same_bytes() -> Callable[..., None]:
    """Run a model's code elsewhere: it gives the bytes of the exhibit of its table."""
    import kit

    def check(model, folder: Path) -> None:
        code = model.code()
        exec(code.splitlines()[-1], {"kit": kit, "table": model.table()})
        first = taken(folder)
        exec(code, {})
        again = taken(folder)
        assert first
        assert again == first

    return check


@pytest.fixture(scope="session")
def laid_out() -> Callable[[Path, list[dict[str, str]]], Path]:
    """Lay out a project whose corpus has these rows."""

    def lay(root: Path, rows: list[dict[str, str]]) -> Path:
        root.mkdir()
        (root / "pyproject.toml").write_text('[tool.kit]\ncorpus = "corpus.jsonl"\n', encoding="utf-8")
        (root / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return root

    return lay
