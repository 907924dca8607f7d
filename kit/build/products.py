"""The files of an exhibit as the build sees them: all of its kind, or its sidecar alone if it has nothing to show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kit.build.engine import state
from kit.exhibits.exhibit import missing

_NONE = "nothing to show"


def sidecar_of(folder: Path, id_: str) -> Any:
    """Read an exhibit's sidecar."""
    try:
        return json.loads((folder / f"{id_}.json").read_bytes())
    except (OSError, ValueError):
        return None


def reason_of(folder: Path, id_: str, language: str) -> str:
    """Say why an exhibit has nothing to show."""
    sidecar = sidecar_of(folder, id_)
    return str(sidecar["missing"].get(language, "")) if missing(sidecar) else ""


def state_of_product(folder: Path, id_: str, name: str) -> str | None:
    """Return the state of one of an exhibit's files."""
    found = state(folder / name)
    return _NONE if found is None and not name.endswith(".json") and missing(sidecar_of(folder, id_)) else found
