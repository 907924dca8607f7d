"""The project's own settings, read from ``[tool.kit]`` in pyproject.toml, and those of another corpus in its place."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kit.errors import SettingsError
from kit.study import Study, read_study

#: The kit's own version, stamped on every exhibit; the package takes it from here.
__version__ = "0.1.0"
#: The day that version was released: exhibits are cited with its year.
RELEASED = "2026-11-30"
LANGUAGES = ("en", "id")
EVIDENCE = ("full", "ids")
ANSWERS = ("no", "yes")
PRIVATE = ("names", "codes")
DOTS = ("300", "600")
#: The folder of CSV files for Excel, beside the other exhibits.
EXCEL = "excel"
CSV = ("plain", EXCEL)
TIMEZONES = ("WIB", "WITA", "WIT")
_SLASHES = "write paths with /, which every system reads"
#: Environment variables that put another corpus, and a folder for its exhibits, in the place of the project's own.
CORPUS, FIGURES = "KIT_CORPUS", "KIT_FIGURES"
#: Folders of the project that hold neither articles nor exhibits.
_ROOMS = ("kit", "notebooks", "tests", "docs", "benchmarks", "findings", ".git", ".venv", ".kit", ".ci")
#: What says where files are, and which corpus: that is in the facts of each exhibit.
_APART = ("root", "corpus", "codebook", "figures", "apart", "labels", "evidence")
_PATHS = ("corpus", "codebook", "validity", "figures")
#: Folder of the exhibits of other corpora, one folder each.
RESULTS = "results"


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
        Folder with concepts.csv, patterns.csv and perhaps lists.csv; None for the shipped codebook.
    validity : Path or None
        CSV file that says how valid the counts of concepts are; None for the kit's own figures.
    figures : Path
        Folder the exhibits are written to.
    labels : {"en", "id"}
        Language of titles, headings and notes.
    evidence : {"full", "ids"}
        Whether exhibits may show passages, or only their offsets and hashes.
    unpack : int
        How many times its own size a packed file may unpack into, at most 20 GB; what is beyond is set aside.
    timezone : {"WIB", "WITA", "WIT"}
        The zone to whose days moments of UTC or another offset are moved when dates are read.
    dpi : {300, 600}
        How many dots per inch the PNG files of figures have.
    columns : str
        Which column of tables is which, as ``"text=Isi, date=Tanggal"``; empty where names tell.
    repair : bool
        Whether the notebooks mend damaged texts by rule when they load the corpus; "yes" or "no" in pyproject.toml.
    private : {"names", "codes"}
        Whether the notebooks show private persons who are quoted by name, or as codes (`kit.code_speakers`); who holds
        an office keeps the name.
    csv : {"plain", "excel"}
        Whether tables and the data of figures are also written as CSV files that Excel opens where the decimal mark is
        a comma, as in Indonesia: with semicolons and decimal commas, into the folder ``excel`` of the exhibits.
    study : Study
        What the notebooks ask of the corpus: groups, nodes, queries, number of topics and the like, each an attribute
        named as in ``[tool.kit.study]``.
    apart : str
        Sets the builds of another corpus apart; empty for the project's own corpus.

    """

    root: Path
    corpus: Path
    codebook: Path | None
    figures: Path
    labels: str = "en"
    evidence: str = "full"
    repair: bool = False
    private: str = "names"
    validity: Path | None = None
    study: Study = field(default_factory=Study, hash=False)
    timezone: str = "WIB"
    unpack: int = 200
    columns: str = ""
    dpi: int = 300
    csv: str = "plain"
    apart: str = ""

    def __repr__(self) -> str:
        """Name the project, and the settings that are not the kit's own."""
        stated = ", ".join(f"{name} = {value!r}" for name, value in self.stated.items())
        return f"<Settings of {self.root}: {stated or 'those of the kit'}>"

    @property
    def stated(self) -> dict[str, Any]:
        """The settings that are not those the kit has by itself, as plain data; no paths but that of `validity`."""
        plain = Settings(self.root, self.corpus, self.codebook, self.figures)
        names = [one.name for one in fields(self) if one.name not in (*_APART, "study", "validity")]
        found = {name: getattr(self, name) for name in names if getattr(self, name) != getattr(plain, name)}
        if self.validity is not None:
            inside = self.validity.is_relative_to(self.root)
            found["validity"] = self.validity.relative_to(self.root).as_posix() if inside else self.validity.name
        asked = {one.name: getattr(self.study, one.name) for one in fields(self.study)}
        study = {name: value for name, value in asked.items() if value != getattr(plain.study, name)}
        return found | ({"study": study} if study else {})

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables by which a child process reads these settings and no others."""
        return {CORPUS: str(self.corpus), FIGURES: str(self.figures)} if self.apart else {}


def project_root(start: Path | None = None) -> Path:
    """Return the nearest folder at or above `start` whose pyproject.toml has a ``[tool.kit]`` table."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if file.is_file() and "kit" in _parse(file).get("tool", {}):
            return folder
    raise SettingsError(
        f"no pyproject.toml with a [tool.kit] table at or above {here}",
        remedy="work inside a clone of the kit, or begin a study: python -m kit init FOLDER",
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
        Paths are absolute; an unset value has the default that pyproject.toml documents. Where the environment
        variable KIT_CORPUS names another corpus, it stands in the place of the project's own, as `of_corpus` says.

    Raises
    ------
    SettingsError
        No project is found, pyproject.toml is not UTF-8, a key or value of ``[tool.kit]`` or ``[tool.kit.study]`` is
        not known, `corpus` or `figures` is the project itself or one of its other folders, or the exhibits of another
        corpus would lie among the project's own.

    Examples
    --------
    >>> import kit
    >>> kit.load_settings().labels in ("en", "id")
    True

    """
    root = project_root(Path(start) if start is not None else None)
    file = root / "pyproject.toml"
    table: dict[str, Any] = _parse(file)["tool"]["kit"]
    known = {one.name for one in fields(Settings)} - {"root", "apart"}
    for key, value in table.items():
        if key == "study":
            continue  # a table of its own
        if key not in known:
            raise SettingsError(f"unknown setting {key!r}", place=f"{file.name}, [tool.kit]", remedy=_either(known))
        if not isinstance(value, str):
            raise SettingsError(
                f"{key} = {value!r} is not a text", place=f"{file.name}, [tool.kit]", remedy="put it in quotes"
            )
        if not value.isprintable():  # "data\teks" has a tab in TOML
            raise SettingsError(
                f"{key} = {value!r} has a control character", place=f"{file.name}, [tool.kit]", remedy=_SLASHES
            )
    _allowed(file, "labels", table.get("labels", "en"), LANGUAGES)
    _allowed(file, "evidence", table.get("evidence", "full"), EVIDENCE)
    _allowed(file, "repair", table.get("repair", "no"), ANSWERS)
    _allowed(file, "private", table.get("private", "names"), PRIVATE)
    _allowed(file, "dpi", table.get("dpi", DOTS[0]), DOTS)
    _allowed(file, "csv", table.get("csv", "plain"), CSV)
    _allowed(file, "timezone", table.get("timezone", "WIB"), TIMEZONES)
    paths = {key: table.get(key, "").replace("\\", "/") for key in _PATHS}  # as on Windows
    for key in ("corpus", "figures"):
        _own_place(root, key, table.get(key, key), paths.get(key, ""))
    settings = Settings(
        root=root,
        corpus=root / (paths["corpus"] or "corpus"),
        codebook=root / paths["codebook"] if paths["codebook"] else None,
        figures=root / (paths["figures"] or "figures"),
        labels=table.get("labels", "en"),
        evidence=table.get("evidence", "full"),
        repair=table.get("repair", "no") == "yes",
        private=table.get("private", "names"),
        timezone=table.get("timezone", "WIB"),
        unpack=_number(file, "unpack", table.get("unpack", "200")),
        columns=table.get("columns", ""),
        dpi=int(table.get("dpi", DOTS[0])),
        csv=table.get("csv", "plain"),
        validity=root / paths["validity"] if paths["validity"] else None,
        study=read_study(table.get("study", {}), file.name),
    )
    other = os.environ.get(CORPUS, "")
    return of_corpus(settings, other, os.environ.get(FIGURES, "")) if other else settings


def settings_here() -> Settings | None:
    """Return the settings of the project that one works in; None outside any."""
    try:
        return load_settings()
    except SettingsError as error:
        if error.place:
            raise
        return None


def of_corpus(settings: Settings, corpus: Path | str, figures: Path | str = "") -> Settings:
    """Return the settings of the same project for another corpus.

    Parameters
    ----------
    settings : Settings
        The project's own.
    corpus : Path or str
        A folder or file of articles, or a saved corpus; relative to the project's folder.
    figures : Path or str
        The folder of its exhibits; ``results/NAME`` if left out, NAME being the name of the corpus without its ending.

    Returns
    -------
    Settings
        With another `corpus`, `figures` and `apart`.

    Raises
    ------
    SettingsError
        The folder of exhibits is the project's own, or lies in it or round it.

    Examples
    --------
    >>> import kit
    >>> settings = of_corpus(kit.load_settings(), "/data/pidato.csv")
    >>> settings.figures.relative_to(settings.root).as_posix(), settings.apart
    ('results/pidato', 'results-pidato')

    """
    root = settings.root
    place = Path(os.path.normpath(root / corpus))
    folder = Path(os.path.normpath(root / (figures or Path(RESULTS, place.name.split(".")[0] or "corpus"))))
    if folder.is_relative_to(settings.figures) or settings.figures.is_relative_to(folder):
        raise SettingsError(
            f"the exhibits of {place} would be written to {folder}, among those of the project's own corpus",
            remedy="name a folder of their own: --figures results/NAME",
        )
    named = folder.relative_to(root) if folder.is_relative_to(root) else folder.relative_to(folder.anchor)
    return replace(settings, corpus=place, figures=folder, apart="-".join(named.parts))


@lru_cache(maxsize=4)
def _parsed(text: str) -> dict[str, Any]:
    """Parse TOML, once as long as it says the same; not to be changed."""
    return tomllib.loads(text)


def _parse(file: Path) -> dict[str, Any]:
    """Parse a TOML file, or say where it is broken."""
    try:
        text = file.read_text(encoding="utf-8-sig")  # with or without the mark that editors on Windows write
    except UnicodeDecodeError as error:
        remedy = "save it as UTF-8 in your editor, or restore the file from git"
        raise SettingsError(f"byte {error.start:,} is not UTF-8", place=file.name, remedy=remedy) from error
    try:
        return _parsed(text)
    except tomllib.TOMLDecodeError as error:
        remedy = _SLASHES if "\\" in text else "mend the line; texts stand in quotes"
        raise SettingsError(str(error), place=file.name, remedy=f"{remedy}, or restore the file from git") from error


def _own_place(root: Path, key: str, written: str, path: str) -> None:
    """Refuse a folder of articles or exhibits that is the project itself, holds it, or is one of its other rooms."""
    place = Path(os.path.normpath(root / (path or key)))
    rooms = [root / name for name in (*_ROOMS, "figures" if key == "corpus" else "corpus")]
    taken = not written.strip() or root.is_relative_to(place)
    taken = taken or any(place.is_relative_to(room) or room.is_relative_to(place) for room in rooms)
    if key == "figures":  # what is built is moved there whole
        taken = taken or not place.is_relative_to(root) or place.relative_to(root).parts[0].startswith(".")
    if taken:
        raise SettingsError(
            f"{key} = {written!r} is no place of its own",
            place="pyproject.toml, [tool.kit]",
            remedy=f'name a folder for it alone, such as {key} = "{key}"',
        )


def _allowed(file: Path, key: str, value: str, choices: tuple[str, ...]) -> None:
    """Refuse a value that is none of the choices."""
    if value not in choices:
        raise SettingsError(f"{key} = {value!r}", place=f"{file.name}, [tool.kit]", remedy=_either(choices))


def _number(file: Path, key: str, value: str) -> int:
    """Read a number from 1 on."""
    if not (value.isascii() and value.isdecimal() and int(value)):
        raise SettingsError(f"{key} = {value!r}", place=f"{file.name}, [tool.kit]", remedy="use a number from 1 on")
    return int(value)


def _either(choices: set[str] | tuple[str, ...]) -> str:
    """Write the choices as a remedy."""
    return "use one of " + ", ".join(sorted(choices))
