"""The target ``report``: figures up to date, then the study as a folder of pages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from kit.build.figures import make_figures
from kit.build.project import read_project
from kit.build.runner import told_path
from kit.build.workplace import workplace
from kit.errors import BuildError
from kit.publish.report.pages import SEARCH
from kit.publish.report.report import files_of
from kit.settings import RESULTS, Settings
from kit.storage.files import check_empty, new_folder
from kit.storage.load import load_corpus


def report(settings: Settings, folder: Path | None, *, withhold: bool) -> int:
    """Bring the exhibits up to date and write the report; return the exit code."""
    return make_figures(settings) or write_report(settings, folder, withhold=withhold)


def write_report(settings: Settings, folder: Path | None, *, withhold: bool) -> int:
    """Write the report into a folder, whole or not at all, of what the last build has made."""
    target = folder or settings.root / RESULTS / "-".join(["report", *([settings.figures.name] * bool(settings.apart))])
    ours = folder is None and (target / SEARCH).is_file()
    if not ours:
        check_empty(target)
    executed = {}
    for notebook in read_project(settings).notebooks:
        file = workplace(settings) / "executed" / notebook.path.name
        if not file.is_file():
            remedy = "let it run again: python3 make.py clean, then python3 make.py report"
            raise BuildError("is not there with its results", place=notebook.path.name, remedy=remedy)
        executed[notebook.name] = json.loads(file.read_bytes())
    corpus = load_corpus(settings.corpus, repair=settings.repair)
    files = files_of(settings, corpus, executed, withhold=withhold)
    if ours:
        shutil.rmtree(target)
    with new_folder(target) as fresh:
        for name, data in files.items():
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    size = sum(map(len, files.values())) / 1e6
    print(f"{told_path(settings, target / 'index.html')}: {len(files)} files, {size:.1f} MB")
    return 0
