"""Frames at IPython's prompt and in notebooks: those with the kit's facts are shown by the kit, all others as ever."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from kit.errors import KitError

if TYPE_CHECKING:
    import pandas as pd


#: The classes that are shown so, by the module they are in; none is imported for that.
SHOWN = {
    "kit.corpus.corpus": "Corpus",
    "kit.parts.parted": "PartedCorpus",
    "kit.codebook.codebook": "Codebook",
    "kit.measures.association.network": "ConceptNetwork",
    "kit.measures.codebooks": "CodebookComparison",
    "kit.measures.discourse.coalitions": "Coalitions",
    "kit.measures.discourse.result": "DiscourseNetwork",
    "kit.measures.keyness.frequency_list": "FrequencyList",
    "kit.measures.uncertainty.planning": "StudyPlan",
    "kit.settings": "Settings",
    "kit.topics.clusters.map": "ClusterMap",
    "kit.topics.clusters.result": "TermClusters",
    "kit.topics.models.choice": "TopicChoice",
    "kit.topics.models.result": "Topics",
    "kit.validity.scores": "CodingScores",
    "kit.validity.specifications.specifications": "Specifications",
}


def register() -> None:
    """Tell the IPython that runs, if one does, how frames are shown; a formatter of the user's own comes first."""
    shell = sys.modules["IPython"].get_ipython()
    if shell is None:
        return
    formatters = shell.display_formatter.formatters
    for kind, show in (("text/html", _html), ("text/plain", _plain)):
        formatters[kind].for_type_by_name("pandas", "DataFrame", show)
    for module, name in SHOWN.items():
        formatters["text/html"].for_type_by_name(module, name, _result)
        formatters["text/plain"].for_type_by_name(module, name, _result_plain)
    if "KIT_STAGE" not in os.environ:  # a build tells where a notebook failed
        shell.set_custom_exc((KitError,), _told)


def _result(result: Any) -> str:
    """Show an object of the kit in a notebook."""
    from kit.exhibits import results  # noqa: PLC0415

    return results.html(result)


def _result_plain(result: Any, printer: Any, _cycle: bool) -> None:
    """Show an object of the kit at a prompt."""
    from kit.exhibits import results  # noqa: PLC0415

    _printed(results.text(result), printer)


def _told(shell: Any, kind: type[KitError], error: KitError, _trace: Any, tb_offset: int | None = None) -> None:  # noqa: ARG001
    """Tell an error that the user can act on in one paragraph: what is wrong, where, and what to do."""
    shell._showtraceback(kind, error, [f"{kind.__name__}: {error}"])  # noqa: SLF001 - what a kernel sends its errors by


def _html(frame: pd.DataFrame) -> str | None:
    """Show a frame in a notebook."""
    from kit.exhibits import frames  # noqa: PLC0415 - kit is imported long before the first frame is shown

    return frames.html(frame) if frames.is_ours(frame) else frame._repr_html_()


def _plain(frame: pd.DataFrame, printer: Any, _cycle: bool) -> None:
    """Show a frame at a prompt."""
    from kit.exhibits import frames  # noqa: PLC0415

    _printed(frames.text(frame) if frames.is_ours(frame) else repr(frame), printer)


def _printed(text: str, printer: Any) -> None:
    """Give lines to IPython's printer."""
    for number, line in enumerate(text.splitlines()):
        if number:
            printer.break_()
        printer.text(line)
