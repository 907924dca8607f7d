"""The target ``strip``: notebooks as git keeps them, without outputs, counts and what editors add."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from kit.build.batch import counted
from kit.build.notebooks import METADATA, folder_of, source_of
from kit.errors import BuildError
from kit.settings import Settings

#: What is kept of a cell's metadata: what its author wrote, not what a program noted.
KEPT = ("deletable", "editable", "format", "raw_mimetype", "slideshow", "tags")
_MINOR = 5  # the format's first version with cell ids


def strip(settings: Settings, *, check: bool = False) -> int:
    """Strip every notebook of the project, or say which are not stripped."""
    files = sorted(folder_of(settings).glob("*.ipynb"))
    changed = []
    for file in files:
        text = file.read_text(encoding="utf-8-sig")  # any line ends: git may have written its own
        new = stripped(text, file.name)
        if new != text:
            changed.append(file)
            if not check:
                file.write_text(new, encoding="utf-8", newline="\n")
    if not changed:
        print(f"{counted(len(files), 'notebook')} without outputs")
        return 0
    names = "\n".join(f"  {file.relative_to(settings.root).as_posix()}" for file in changed)
    if check:
        print(f"Not stripped:\n{names}\n-> python3 make.py strip")
        return 1
    print(f"Stripped:\n{names}")
    return 0


def stripped(text: str, name: str = "notebook") -> str:
    r"""Strip a notebook.

    The notebook without outputs, execution counts and volatile metadata; cell ids and tags stay, a cell without
    an id gets one made from its place and source. Sorted keys, indent 1, a line feed at the end: as Jupyter itself
    writes. Stripping twice changes nothing.
    """
    try:
        document = json.loads(text)
        given = document["cells"] if document["nbformat"] == 4 else None
    except (ValueError, KeyError, TypeError) as error:
        raise BuildError("is no notebook", place=name, remedy="mend it, or restore it from git") from error
    if not isinstance(given, list):
        raise BuildError("is no notebook of format 4", place=name, remedy="open it in JupyterLab and save it")
    cells = [_cell(cell, number) for number, cell in enumerate(given)]
    for cell, new in zip(cells, _ids(cells), strict=True):
        cell["id"] = new
    clean = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": _MINOR}
    return json.dumps(clean, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")) + "\n"


def _cell(cell: dict[str, Any], number: int) -> dict[str, Any]:
    """Strip one cell."""
    source = source_of(cell)
    new = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id") or hashlib.sha256(f"{number}\n{source}".encode()).hexdigest()[:8],
        "metadata": {key: value for key, value in cell.get("metadata", {}).items() if key in KEPT},
        "source": source.splitlines(keepends=True),
    }
    if cell["cell_type"] == "code":
        new |= {"execution_count": None, "outputs": []}
    if cell.get("attachments"):
        new["attachments"] = cell["attachments"]
    return new


def _ids(cells: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the cells' ids; one that stands a second time, as after a copy by hand, gets a number."""
    seen: set[str] = set()
    for cell in cells:
        new, number = cell["id"], 2
        while new in seen:
            new, number = f"{cell['id'][:60]}-{number}", number + 1
        seen.add(new)
        yield new
