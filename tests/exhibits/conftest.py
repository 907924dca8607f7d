"""A small project to save exhibits in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Make a project with the given settings the working directory; return its folder of figures."""

    def make(**settings: str) -> Path:
        lines = [f'{key} = "{value}"' for key, value in settings.items()]
        root = tmp_path / "ruang kerja é"
        root.mkdir(exist_ok=True)
        (root / "pyproject.toml").write_text("[tool.kit]\n" + "\n".join(lines) + "\n", encoding="utf-8")
        monkeypatch.chdir(root)
        monkeypatch.delenv("KIT_STAGE", raising=False)
        monkeypatch.delenv("KIT_NOTEBOOK", raising=False)
        monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
        return root / "figures"

    make()
    return make
