"""The libraries that read formats: loaded when a file needs one, and named with their versions."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from kit.errors import ReadingError


def library(package: str, module: str = "") -> Any:
    """Import a library that reads a format, or say how to get it."""
    try:
        return importlib.import_module(module or package)
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != (module or package).split(".")[0]:
            raise
        problem = f"needs the package {package}, which is not installed"
        raise ReadingError(problem, remedy='pip install "governance-discourse-kit[formats]"') from missing


@cache
def read_by(package: str) -> str:
    """Name the reader of a format with its version, as ``trafilatura 2.3.1``."""
    from importlib.metadata import version  # noqa: PLC0415 - who names no library does not load what reads their metadata

    return f"{package} {version(package)}"
