"""The target ``new-notebook``: a notebook to begin with, that is built and tested like the rest."""

from __future__ import annotations

import json
import re

from kit.build.notebooks import folder_of
from kit.build.strip import stripped
from kit.errors import BuildError
from kit.settings import Settings

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LOAD = """import kit

settings = kit.load_settings()
corpus = kit.load_corpus(settings.corpus, repair=settings.repair)
codebook = kit.load_codebook(settings.codebook)"""
_TABLE = """kit.Table(
    kit.concept_frequencies(corpus, codebook),
    id="{id}",
    title={{"id": "{title}", "en": "{title}"}},
    rows=ROWS,
).save()"""
_CELLS = (
    ("title", "markdown", "# {title}\n\nThe one question this notebook answers, in one sentence?"),
    ("parameters", "code", "ROWS = 20  # rows that the table shows; its CSV file has all"),
    ("load", "code", _LOAD),
    ("reading", "markdown", "What the table counts, and how to read it. The numbers stand in the table, not here."),
    ("table", "code", _TABLE),
)


def new_notebook(settings: Settings, name: str) -> int:
    """Write a new notebook with the next free number before its name."""
    if not _NAME.fullmatch(name):
        bare = re.sub(r"[^a-z0-9]+", "_", re.sub(r"\.ipynb$", "", name).lower()).lstrip("0123456789_").rstrip("_")
        remedy = "use a-z, 0-9 and _, a letter first" + (f", such as {bare}" if bare else "")
        raise BuildError(f"{name!r} cannot be a notebook's name", remedy=f"{remedy}; the number before it is added")
    folder = folder_of(settings)
    folder.mkdir(exist_ok=True)
    taken = {file.stem: re.match(r"(\d*)_?(.*)", file.stem) for file in folder.glob("*.ipynb")}
    for stem, parts in taken.items():
        if parts is not None and name in (stem, parts[2]):
            raise BuildError(f"notebooks/{stem}.ipynb has that name", remedy="choose another name")
    number = max((int(parts[1]) for parts in taken.values() if parts is not None and parts[1]), default=0) + 1
    file = folder / f"{number:02}_{name}.ipynb"
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(template(name))
    print(f"notebooks/{file.name}: begin with its question; python3 make.py figures {number:02} runs it")
    return 0


def template(name: str) -> str:
    """Write the text of a new notebook."""
    words = {"id": f"tbl-{name.replace('_', '-')}", "title": name.replace("_", " ").capitalize()}
    cells = []
    for id_, kind, source in _CELLS:
        tags = {"tags": ["parameters"]} if id_ == "parameters" else {}
        cells.append({"cell_type": kind, "id": id_, "metadata": tags, "source": source.format(**words)})
    return stripped(json.dumps({"cells": cells, "nbformat": 4}))
