"""The project's own settings, read from ``[tool.kit]`` in pyproject.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from kit.errors import SettingsError

#: The kit's own version, stamped on every exhibit.
VERSION = "0.1.0"
LANGUAGES = ("en", "id")
EVIDENCE = ("full", "ids")


@dataclass(frozen=True)
class Settings:
    """Where the project's files are and how its exhibits are written.

    Parameters
    ----------
    root : Path
        The project's folder, where pyproject.toml stands.
    corpus : Path
        Folder or file with the articles.
    codebook : Path or None
        Folder with concepts.csv and patterns.csv; None for the shipped codebook.
    figures : Path
        Folder the exhibits are written to.
    labels : {"en", "id"}
        Language of titles, headings and notes.
    evidence : {"full", "ids"}
        Whether exhibits may show passages, or only their offsets and hashes.

    """

    root: Path
    corpus: Path
    codebook: Path | None
    figures: Path
    labels: str = "en"
    evidence: str = "full"


def project_root(start: Path | None = None) -> Path:
    """Return the nearest folder at or above `start` whose pyproject.toml has a ``[tool.kit]`` table."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if file.is_file() and "kit" in _parse(file).get("tool", {}):
            return folder
    raise SettingsError(
        f"no pyproject.toml with a [tool.kit] table at or above {here}", remedy="work inside a clone of the kit"
    )


def load_settings(start: Path | str | None = None) -> Settings:
    """Read the project's settings.

    Parameters
    ----------
    start : Path or str, optional
        A folder inside the project; the working directory if left out.

    Returns
    -------
    Settings
        Paths are absolute; an unset value has the default that pyproject.toml documents.

    Raises
    ------
    SettingsError
        No project is found, or a key or value of ``[tool.kit]`` is not known.

    Examples
    --------
    >>> import kit
    >>> kit.load_settings().labels in ("en", "id")
    True

    """
    root = project_root(Path(start) if start is not None else None)
    file = root / "pyproject.toml"
    table: dict[str, Any] = _parse(file)["tool"]["kit"]
    known = {field.name for field in fields(Settings)} - {"root"}
    for key, value in table.items():
        if key not in known:
            raise SettingsError(f"unknown setting {key!r}", place=f"{file.name}, [tool.kit]", remedy=_either(known))
        if not isinstance(value, str):
            raise SettingsError(
                f"{key} = {value!r} is not a text", place=f"{file.name}, [tool.kit]", remedy="put it in quotes"
            )
    _allowed(file, "labels", table.get("labels", "en"), LANGUAGES)
    _allowed(file, "evidence", table.get("evidence", "full"), EVIDENCE)
    return Settings(
        root=root,
        corpus=root / table.get("corpus", "corpus"),
        codebook=root / table["codebook"] if table.get("codebook") else None,
        figures=root / table.get("figures", "figures"),
        labels=table.get("labels", "en"),
        evidence=table.get("evidence", "full"),
    )


def _parse(file: Path) -> dict[str, Any]:
    """Parse a TOML file, or say where it is broken."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            str(error), place=file.name, remedy="mend the line, or restore the file from git"
        ) from error


def _allowed(file: Path, key: str, value: str, choices: tuple[str, ...]) -> None:
    """Refuse a value that is none of the choices."""
    if value not in choices:
        raise SettingsError(f"{key} = {value!r}", place=f"{file.name}, [tool.kit]", remedy=_either(choices))


def _either(choices: set[str] | tuple[str, ...]) -> str:
    """Write the choices as a remedy."""
    return "use one of " + ", ".join(sorted(choices))
