"""The files of an exhibit as the build sees them: all of its kind, or its sidecar alone if it has nothing to show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kit.build.engine import state
from kit.exhibits.exhibit import missing

_NONE = "nothing to show"


def sidecar_of(folder: Path, id_: str) -> Any:
    """Read an exhibit's sidecar.

    Parameters
    ----------
    folder : Path
        The folder of figures.
    id_ : str
        The exhibit's id.

    Returns
    -------
    object
        Its content; None where there is none, or none that can be read.

    Examples
    --------
    >>> sidecar_of(Path("no such folder"), "fig-x") is None
    True

    """
    try:
        return json.loads((folder / f"{id_}.json").read_bytes())
    except (OSError, ValueError):
        return None


def reason_of(folder: Path, id_: str, language: str) -> str:
    """Say why an exhibit has nothing to show.

    Parameters
    ----------
    folder : Path
        The folder of figures.
    id_ : str
        The exhibit's id.
    language : {"en", "id"}
        Language of the labels.

    Returns
    -------
    str
        Empty where it has something to show, or was not made yet.

    Examples
    --------
    >>> reason_of(Path("no such folder"), "fig-x", "en")
    ''

    """
    sidecar = sidecar_of(folder, id_)
    return str(sidecar["missing"].get(language, "")) if missing(sidecar) else ""


def state_of_product(folder: Path, id_: str, name: str) -> str | None:
    """Return the state of one of an exhibit's files.

    Parameters
    ----------
    folder : Path
        The folder of figures.
    id_ : str
        The exhibit's id.
    name : str
        The file, relative to the folder.

    Returns
    -------
    str or None
        Its hash; None if it is missing; a word if it is rightly not there, since the sidecar says that the exhibit has
        nothing to show.

    Examples
    --------
    >>> state_of_product(Path("no such folder"), "fig-x", "fig-x.csv") is None
    True

    """
    found = state(folder / name)
    return _NONE if found is None and not name.endswith(".json") and missing(sidecar_of(folder, id_)) else found
