"""The target ``figures``: bring every exhibit, and the page that shows them, up to date."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from kit.build import engine, untouched
from kit.build.batch import Batch, counted, say_failures
from kit.build.faults import plainly
from kit.build.filelock import hold
from kit.build.inputs import Survey
from kit.build.kernel import SOCKETS, SOCKETS_PREFIX, Kernels
from kit.build.notebooks import Notebook
from kit.build.nursery import shared
from kit.build.process import cores
from kit.build.products import state_of_product
from kit.build.project import Project, read_project
from kit.build.runner import MOVING, Failure, claim_figures, failure_of, publish, told_path
from kit.build.workplace import state_of, workplace
from kit.settings import Settings

INDEX = "index.html"
_MANY = 4  # notebooks; for fewer, loading once saves no more than is loaded in vain, as none asks for all it can reach


def make_figures(
    settings: Settings, wanted: Sequence[str] = (), *, workers: int | None = None, verbose: bool = False
) -> int:
    """Run the notebooks that are out of date and move what they make into the folder of figures."""
    begun = time.monotonic()
    with plainly(), alone(settings, "figures"), Kernels().stopped_by_signals() as kernels:
        untouched.forget(settings)
        project = read_project(settings, wanted)
        failures = [failure_of(name, error) for name, error in project.broken.items()]
        batch = Batch(settings, settings.figures, kernels)
        everything = read_project(settings)
        places = {place for one in everything.notebooks for place in Survey(settings).places(one.tree)}
        inputs, products = untouched.state_of_inputs(settings, places), untouched.state_of_products(settings)
        every = jobs = notebook_jobs(everything, batch)
        causes = engine.stale(jobs, state_of(settings))
        asked = {notebook.name for notebook in project.notebooks}
        jobs = [job for job in jobs if job.name in causes and job.name in asked]
        old = {*causes, *everything.broken}

        def made(name: str) -> None:
            old.discard(name)
            _mark(settings, old)

        if jobs:
            batch.total = len(jobs)
            print(f"{counted(len(jobs), 'notebook')} of {_total(project)} to run", flush=True)
            number = min(workers or cores(), len(jobs))
            running = {job.name for job in jobs}
            load_once(kernels, Survey(settings), [one for one in everything.notebooks if one.name in running])
            _mark(settings, old)
            engine.make(jobs, state_of(settings), workers=number, verbose=verbose, made=made)
            if kernels.stopped:
                raise KeyboardInterrupt
            failures += batch.failures
        if old:
            _mark(settings, old)
        page = not old and _make_index(settings, verbose=verbose)
        if not (old or failures or _orphans(everything)):
            if jobs or page:
                products = untouched.state_of_products(settings)
                old |= engine.stale(every, state_of(settings)).keys()
            if not old:
                untouched.note(settings, places, inputs, products, _told(everything))
    _conclude(project, everything, failures, len(jobs), page=page, seconds=time.monotonic() - begun)
    return 1 if failures else 0


@contextmanager
def alone(settings: Settings, target: str) -> Iterator[None]:
    """Let one build at a time work in the project, and begin by removing what killed ones left."""
    place = workplace(settings)
    note = place / "build.txt"
    said: list[str] = []

    def waiting(holder: str, _seconds: float) -> None:
        if not said:
            said.append(holder)
            doing = note.read_text(encoding="utf-8").strip() if note.is_file() else "another build"
            print(f"Waiting for {doing} (process {holder or 'unknown'}) to end", flush=True)

    with hold(place / "build.lock", waiting):
        claim_figures(settings)
        note.write_text(f"{target}, begun at {time.strftime('%H:%M:%S')}\n", encoding="utf-8", newline="\n")
        for named in place.glob(f"stage/*/{SOCKETS}"):
            sockets = Path(named.read_text(encoding="utf-8"))
            if sockets.name.startswith(SOCKETS_PREFIX):
                shutil.rmtree(sockets, ignore_errors=True)
        shutil.rmtree(place / "stage", ignore_errors=True)
        for lock in (place / "cache").rglob("*.matplotlib-lock"):
            lock.unlink()  # of a killed kernel: every later one would wait five seconds for it
        yield


def notebook_jobs(project: Project, batch: Batch | None) -> list[engine.Job]:
    """Make a job of every notebook that can be read."""
    survey = Survey(project.settings)
    return [_job(notebook, survey, batch) for notebook in project.notebooks]


def load_once(kernels: Kernels, survey: Survey, notebooks: Sequence[Notebook]) -> None:
    """Let the kernels of many notebooks be forked of a process that has loaded what more than one of them needs."""
    if len(notebooks) >= _MANY:
        kernels.nursery.modules = shared(survey.reached(notebook) for notebook in notebooks)


def index_job(settings: Settings) -> engine.Job | None:
    """Make a job of the page that shows all exhibits; None while there are none."""
    figures = settings.figures
    if not _sidecars(figures):
        return None
    files = [figures / name for name in visible(figures) if name != INDEX]
    inputs = Survey(settings).of_index(files)
    products = {_shown(settings, INDEX): partial(engine.state, figures / INDEX)}
    return engine.Job(INDEX, inputs, products, lambda: write_page(settings, figures))


def write_page(settings: Settings, figures: Path, out_of_date: Collection[str] = ()) -> None:
    """Write the page that shows all exhibits, those of the notebooks named marked, whole or not at all."""
    from kit.exhibits.index import write_index  # noqa: PLC0415 - most builds write none

    stages = workplace(settings) / "stage"
    stages.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="index-", dir=stages) as folder, MOVING:
        stage = Path(folder, "figures")
        shutil.copytree(figures, stage, copy_function=_link)
        write_index(stage, settings.labels, out_of_date)
        publish(stage, figures, [INDEX])


def visible(folder: Path) -> list[str]:
    """List the files under a folder, hidden ones left out."""
    names = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return sorted(name.as_posix() for name in names if not any(part.startswith(".") for part in name.parts))


def _job(notebook: Notebook, survey: Survey, batch: Batch | None) -> engine.Job:
    """Make a job of a notebook."""
    settings = survey.settings
    products = {
        _shown(settings, name): partial(state_of_product, settings.figures, exhibit.id, name)
        for exhibit in notebook.exhibits
        for name in exhibit.products
    }

    def make() -> None:
        assert batch is not None
        batch.run(notebook)

    return engine.Job(notebook.name, survey.of_notebook(notebook), products, make)


def _mark(settings: Settings, out_of_date: Collection[str]) -> None:
    """Write the page as it is now, what is out of date marked; the engine writes it once nothing is."""
    if _sidecars(settings.figures):
        write_page(settings, settings.figures, out_of_date)


def _make_index(settings: Settings, *, verbose: bool) -> bool:
    """Bring the page up to date; tell whether it was written."""
    job = index_job(settings)
    if job is None or not engine.stale([job], state_of(settings)):
        return False
    for error in engine.make([job], state_of(settings), workers=1, verbose=verbose).values():
        raise error
    return True


def _conclude(
    project: Project, everything: Project, failures: list[Failure], ran: int, *, page: bool, seconds: float
) -> None:
    """Print the last lines."""
    orphans = _orphans(everything)
    if orphans:
        print(f"No notebook makes {', '.join(orphans)} any more: delete the files of that name, or bring it back")
    if failures:
        say_failures(failures)
    elif ran:
        made = sum(len(notebook.exhibits) for notebook in project.notebooks)
        where = f" in {told_path(project.settings, project.settings.figures)}/" if project.settings.apart else ""
        exhibits = counted(made, "exhibit") + where
        print(f"{counted(len(project.notebooks), 'notebook')} up to date, {exhibits} ({seconds:.1f} s)")
    else:
        first = f"{INDEX} written; nothing else to do" if page else "Nothing to do"
        print(f"{first}: {_told(project)} ({seconds:.1f} s)")


def _told(project: Project) -> str:
    """Say of how many notebooks nothing is out of date."""
    return f"{counted(len(project.notebooks), 'notebook')} {'is' if len(project.notebooks) == 1 else 'are'} up to date"


def _orphans(everything: Project) -> list[str]:
    """List the exhibits in the folder of figures that no notebook makes."""
    if everything.broken:
        return []  # one of those may make it
    made = {exhibit.id for notebook in everything.notebooks for exhibit in notebook.exhibits}
    return [id_ for id_ in _sidecars(everything.settings.figures) if id_ not in made]


def _sidecars(figures: Path) -> list[str]:
    """List the ids of the exhibits that lie in a folder of figures."""
    return sorted(file.stem for kind in ("tbl", "fig") for file in figures.glob(f"{kind}-*.json"))


def _link(source: str, target: str) -> None:
    """Give a file a second name; copy it where the disk cannot."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _total(project: Project) -> int:
    """Count the notebooks that were asked for."""
    return len(project.notebooks) + len(project.broken)


def _shown(settings: Settings, name: str) -> str:
    """Write a product's name as a person sees it from the project's folder."""
    return told_path(settings, settings.figures / name)
