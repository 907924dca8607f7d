"""The notebooks of a project: all of them, or those a person names."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.build.notebooks import Notebook, folder_of, read_notebook
from kit.errors import BuildError
from kit.settings import Settings

# Names of devices, characters that no name may have, and ends that are cut off: a clone on Windows lacks such a file
_UNFIT = re.compile(r"(?i)((con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*[<>:\"|?*\\\x00-\x1f].*|.*[. ])")


@dataclass(frozen=True)
class Project:
    """The notebooks of a project, and those that cannot be read.

    Parameters
    ----------
    settings : Settings
        The project's settings.
    notebooks : tuple of Notebook
        In the order of their names.
    broken : dict of str to BuildError
        What is wrong with each of the others, by name.

    """

    settings: Settings
    notebooks: tuple[Notebook, ...]
    broken: dict[str, BuildError]


def read_project(settings: Settings, wanted: Sequence[str] = ()) -> Project:
    """Read the project's notebooks."""
    files = sorted(folder_of(settings).glob("*.ipynb"))
    if not files:
        raise BuildError("no notebooks", place="notebooks/", remedy="python3 make.py new-notebook NAME starts one")
    read: list[Notebook] = []
    broken: dict[str, BuildError] = {}
    for file in files:
        try:
            read.append(read_notebook(file, settings.csv))
        except BuildError as error:
            broken[file.stem] = error
    for name, flaw in (*_shared_ids(read), *_unfit(files)):
        broken.setdefault(name, flaw)
    chosen = set(_choose([file.stem for file in files], wanted))
    return Project(
        settings,
        tuple(notebook for notebook in read if notebook.name in chosen and notebook.name not in broken),
        {name: broken[name] for name in sorted(broken) if name in chosen},
    )


def _unfit(files: Sequence[Path]) -> Iterator[tuple[str, BuildError]]:
    """Yield an error for each notebook that a clone on Windows would not have, or not beside another."""
    lower = Counter(file.stem.casefold() for file in files)
    for file in files:
        if _UNFIT.fullmatch(file.stem):
            yield file.stem, BuildError("Windows has no such name", place=file.name, remedy="give it another name")
        elif lower[file.stem.casefold()] > 1:
            problem = "another name differs from this in capitals alone, and Windows has but one"
            yield file.stem, BuildError(problem, place=file.name, remedy="give it another name")


def _shared_ids(notebooks: Iterable[Notebook]) -> Iterator[tuple[str, BuildError]]:
    """Yield an error for each notebook that makes an exhibit another one makes too."""
    makers: dict[str, list[str]] = {}
    for notebook in notebooks:
        for exhibit in notebook.exhibits:
            makers.setdefault(exhibit.id, []).append(notebook.name)
    for id_, names in makers.items():
        for name in names if len(names) > 1 else ():
            others = ", ".join(other for other in names if other != name)
            yield (
                name,
                BuildError(f"{id_} is also made by {others}", place=name, remedy="give one of them another id"),
            )


def _choose(names: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    """Yield the names meant by what a person wrote; all if nothing was."""
    if not wanted:
        yield from names
    for text in wanted:
        asked = Path(text).name.removesuffix(".ipynb")
        found = [name for name in names if name == asked or name.partition("_")[0] == asked]
        if not found:
            near = difflib.get_close_matches(asked, names, 1)
            raise BuildError(
                f"no notebook {text!r}",
                place="notebooks/",
                remedy=f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}",
            )
        yield from found
