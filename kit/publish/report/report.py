"""The report of a study as files: its pages in both languages, its exhibits, the index of its search."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kit.parts.summaries import AnyCorpus, each_text
from kit.publish.archive.withheld import check_size
from kit.publish.report.lines import index_of, passages_shown
from kit.publish.report.pages import FIGURES, FRONT, Pages
from kit.publish.report.withheld import Withheld
from kit.settings import Settings

_INDEX, _PROGRAM = "lines-index.js", "lines.js"


def files_of(
    settings: Settings, corpus: AnyCorpus, executed: Mapping[str, Mapping[str, Any]], *, withhold: bool
) -> dict[str, bytes]:
    """Make all files of the report, by name; `executed` has the notebooks with their outputs, by name."""
    if not withhold:
        return _files(settings, corpus, executed, settings.figures, None)
    check_size(corpus)
    hidden = Withheld(each_text(corpus), corpus.metadata["title"].tolist())
    with tempfile.TemporaryDirectory() as place:
        for name, data in hidden.figures(settings.figures).items():
            file = Path(place, name)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(data)
        return _files(settings, corpus, executed, Path(place), hidden)


def _files(
    settings: Settings,
    corpus: AnyCorpus,
    executed: Mapping[str, Mapping[str, Any]],
    figures: Path,
    hidden: Withheld | None,
) -> dict[str, bytes]:
    """Make all files, with the exhibits of a folder."""
    texts = hidden is None and settings.evidence == "full"
    lines = index_of(corpus, passages_shown(figures)) if texts else None
    made = Pages(settings, corpus, executed, figures, hidden).made(searched=lines is not None, texts=texts)
    files = {f"{FIGURES}/{name}": data for name, data in _exhibits(figures).items()}
    files |= {name: text.encode("utf-8", "replace") for name, text in made.items()}
    if lines is not None:
        files |= {_INDEX: lines, _PROGRAM: Path(__file__).with_name(_PROGRAM).read_bytes()}
    return files


def _exhibits(figures: Path) -> dict[str, bytes]:
    """Read the files of a folder of exhibits, but the page of all."""
    names = (file.relative_to(figures) for file in sorted(figures.rglob("*")) if file.is_file())
    visible = [name for name in names if not any(part.startswith(".") for part in name.parts)]
    return {name.as_posix(): (figures / name).read_bytes() for name in visible if name.as_posix() != FRONT}
