"""The targets ``why`` and ``list``: what is out of date and because of what, and what there is; nothing is run."""

from __future__ import annotations

from collections.abc import Sequence

from kit.build import engine
from kit.build.batch import counted
from kit.build.figures import INDEX, index_job, notebook_jobs
from kit.build.products import reason_of, sidecar_of
from kit.build.project import Project, read_project
from kit.build.workplace import state_of
from kit.settings import Settings

_SHOWN = 20  # causes named of those that the same notebooks have; the others are counted

_FEW = 4  # notebooks; more are not named twice


def say_why(settings: Settings, wanted: Sequence[str] = ()) -> int:
    """Print what is out of date, and the very files and settings that make it so, each once."""
    project = read_project(settings, wanted)
    causes = _causes(project)
    for names, lines in _together(causes).items():
        print(f"{_listed(names, len(project.notebooks))} out of date:")
        more = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
        print("\n".join(f"  {line}" for line in [*lines[:_SHOWN], *more]))
    for name, error in project.broken.items():
        print(f"{name} cannot be built:\n  {error}")
    if not causes and not project.broken:
        print(f"Nothing is out of date: {counted(len(project.notebooks), 'notebook')}")
    return 1 if project.broken else 0


def say_list(settings: Settings, wanted: Sequence[str] = ()) -> int:
    """Print the notebooks, what each makes, and whether it is up to date."""
    project = read_project(settings, wanted)
    causes = _causes(project)
    width = max((len(exhibit.id) for notebook in project.notebooks for exhibit in notebook.exhibits), default=0)
    for notebook in project.notebooks:
        print(f"{notebook.name}: {'out of date' if notebook.name in causes else 'up to date'}")
        for exhibit in notebook.exhibits:
            print(f"  {exhibit.id:<{width}}  {_title(settings, exhibit.id)}".rstrip())
            reason = reason_of(settings.figures, exhibit.id, settings.labels)
            if reason:
                print(f"  {'':<{width}}  nothing to show: {reason}")
    for name, error in project.broken.items():
        print(f"{name}: cannot be built\n  {error}")
    return 1 if project.broken else 0


def _causes(project: Project) -> dict[str, list[str]]:
    """Find what is out of date, the page of all exhibits included."""
    settings = project.settings
    causes = engine.stale(notebook_jobs(project, None), state_of(settings))
    page = index_job(settings)
    if page is not None:
        causes |= engine.stale([page], state_of(settings))
    if causes and INDEX not in causes:
        causes[INDEX] = [f"shows what {', '.join(causes) if len(causes) < _FEW else 'they'} will make"]
    return causes


def _together(causes: dict[str, list[str]]) -> dict[tuple[str, ...], list[str]]:
    """Group causes by what they make out of date, what concerns most first."""
    concerned: dict[str, list[str]] = {}
    for name, lines in causes.items():
        for line in lines:
            concerned.setdefault(line, []).append(name)
    groups: dict[tuple[str, ...], list[str]] = {}
    for line, names in concerned.items():
        groups.setdefault(tuple(names), []).append(line)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[0]), group[0])))


def _listed(names: tuple[str, ...], notebooks: int) -> str:
    """Write the names of what is out of date, or that all are."""
    others = [name for name in names if name != INDEX]
    if len(others) < max(notebooks, 2):
        return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"
    return f"all {counted(notebooks, 'notebook')}{f', {INDEX}' if INDEX in names else ''} are"


def _title(settings: Settings, id_: str) -> str:
    """Read an exhibit's title from its sidecar, in the language of labels; empty while there is none."""
    try:
        title = sidecar_of(settings.figures, id_)["title"][settings.labels]
    except (TypeError, KeyError):
        return ""  # not made yet, or not by the kit: the next build tells
    return str(title)
