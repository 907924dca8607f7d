"""The target ``diff``: which cells have moved since a revision, and because of which input."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kit.build import swaps
from kit.build.batch import counted
from kit.build.faults import plainly
from kit.build.figures import alone, make_figures
from kit.build.git import git, names
from kit.build.runner import told_path
from kit.build.verify import at_revision
from kit.build.workplace import inside, workplace
from kit.errors import BuildError
from kit.publish.diff.causes import Cause, cause_of, named
from kit.publish.diff.page import Told, lines_of, write_pages
from kit.publish.diff.places import Move, Place, moves_of, values_of, widths_of
from kit.settings import Settings
from kit.wording.words import say

_SHOWN = 40  # lines on the terminal; the files have all
_MOST_NAMED = 5
FOLDER = "results/diff"
_KNOWN = ("one", "either", "sum")  # causes that need no run with all inputs put back


def diff(settings: Settings, revision: str, *, workers: int | None = None) -> int:
    """Print and write what has moved since a revision, with the reason for each."""
    with plainly():
        old, now = _commit(settings, revision), _commit(settings, "HEAD")
        _refuse_uncommitted(settings, old)
        before_in = _figures_at(settings, old, str(swaps.table_at(settings.root, old).get("figures", "")))
        if make_figures(settings, workers=workers):
            raise BuildError("not everything could be made, so nothing is compared", remedy="mend what failed")
        _refuse_uncommitted(settings, old)
        now_in = _figures_at(settings, now, "")
        moves = moves_of(before_in, now_in)
        with alone(settings, "diff"):
            causes = _Causes(settings, old, workers, before_in, now_in)
            why = causes.of(moves)
        language = settings.labels
        looks = _looks_alone(before_in, now_in, {move.place.exhibit for move in moves})
        facts = {"revision": revision, "commit": old[:7], "now": now[:7]}
        tried = ", ".join(named([*causes.runs], language)) or say("diff.none_tried", language)
        said = [say("diff.note", language, tried=tried, **facts), *causes.remarks(language)]
        said += [say("diff.looks", language, n=len(looks), ids=", ".join(looks))] if looks else []
        told = [Told(move, why[move.place]) for move in moves]
        folder = settings.root / FOLDER
        page, _ = write_pages(folder, f"since-{old[:7]}", told, revision, " ".join(said), language)
    print("\n".join(lines_of(told, revision, language, _SHOWN)))
    print("\n".join([*said[1:], told_path(settings, page)]))
    return 0


@dataclass
class _Causes:
    """The causes of moves, found by making the exhibits that moved anew."""

    settings: Settings
    commit: str
    workers: int | None
    before: Mapping[str, bytes]
    now: Mapping[str, bytes]
    runs: dict[str, swaps.Run] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)

    def of(self, moves: Sequence[Move]) -> dict[Place, Cause]:
        """Find the cause of every move."""
        changed = swaps.kinds(self.settings, self.commit)
        moved = {move.place.exhibit for move in moves}
        short = self.commit[:7]
        if "versions" in changed:
            self.aside["versions"] = say("diff.reason.versions", self.settings.labels, commit=short)
        if "texts" not in changed and self._other_texts():
            self.aside["texts"] = say("diff.reason.texts", self.settings.labels, commit=short)
        inputs = [name for name in swaps.INPUTS if name in changed]
        for name in inputs if moves else ():
            self.runs[name] = self._put_back(name, changed[name], moved)
        widths = widths_of(self.before, self.now)
        values = {name: values_of(run.files, widths) for name, run in self.runs.items()}
        found = {move.place: self._cause(move, values, None) for move in moves}
        open_ = [move for move in moves if found[move.place].how not in _KNOWN]
        if open_ and len(inputs) > 1:
            files = [file for name in inputs for file in changed[name]]
            whole = self._put_back("all", files, {move.place.exhibit for move in open_})
            reached = values_of(whole.files, widths)
            sure = [move for move in open_ if move.place.exhibit not in whole.failed]
            found |= {move.place: self._cause(move, values, reached) for move in sure}
        return found

    def remarks(self, language: str) -> list[str]:
        """Say what could not be put back, and why."""
        said = [
            say("diff.not_run", language, input=say(f"diff.input.{name}", language), reason=reason.rstrip("."))
            for name, reason in self.aside.items()
        ]
        for name, run in self.runs.items():
            if run.failed:
                failed = ", ".join(run.notebooks) or say("diff.exhibits", language, n=len(run.failed))
                reason = say("diff.failed", language, notebooks=failed, reason=run.reason.rstrip("."))
                said.append(say("diff.not_run", language, input=say(f"diff.input.{name}", language), reason=reason))
        return said

    def _cause(self, move: Move, values: Mapping[str, Mapping[Place, str]], whole: Mapping[Place, str] | None) -> Cause:
        """Find the cause of one move."""
        place = move.place
        lost = [name for name, run in self.runs.items() if place.exhibit in run.failed]
        swapped = {name: found.get(place) for name, found in values.items() if name not in lost}
        reached = None if whole is None else whole.get(place)
        return cause_of(move.old, move.new, swapped, reached, [*lost, *self.aside], tried=whole is not None)

    def _put_back(self, name: str, files: Sequence[str], moved: set[str]) -> swaps.Run:
        """Make the exhibits that moved with some files put back."""
        begun = time.monotonic()
        folder = workplace(self.settings) / "diff" / name
        swaps.lay_out(self.settings, folder, self.commit, files)
        run = swaps.run(self.settings, folder, moved, workers=self.workers)
        shutil.rmtree(folder, ignore_errors=True)
        what = say(f"diff.input.{name}", self.settings.labels)
        done = f"{counted(len(moved) - len(run.failed), 'exhibit')} made anew ({time.monotonic() - begun:.1f} s)"
        print(say("diff.running", self.settings.labels, input=what, notebooks=done), flush=True)
        return run

    def _other_texts(self) -> bool:
        """Tell whether the exhibits are of other texts than they were, and git does not have all of them."""
        if inside(self.settings, self.settings.corpus) and not swaps.apart_from_git(self.settings):
            return False
        return swaps.fingerprints(self.before) != swaps.fingerprints(self.now)


def _commit(settings: Settings, revision: str) -> str:
    """Find a commit."""
    root = settings.root
    if git(root, "rev-parse", "--verify", "-q", "HEAD") is None:
        remedy = "git init, git add . and git commit in the project's folder; moves are told from that commit on"
        raise BuildError("git has no commit of this project, so there is nothing to compare with", remedy=remedy)
    found = git(root, "rev-parse", "--verify", "-q", "--end-of-options", f"{revision}^{{commit}}")
    if found is None:
        remedy = "name a commit, a tag or a branch: git log --oneline lists commits, HEAD~1 is the one before the last"
        raise BuildError(f"git knows no revision {revision!r} here", place="diff", remedy=remedy)
    return found.decode().strip()


def _figures_at(settings: Settings, commit: str, named_then: str) -> dict[str, bytes]:
    """Read the figures of a commit, from the folder that the settings named then."""
    folder = named_then or told_path(settings, settings.figures)
    found = at_revision(settings.root, commit, folder.strip("/").removeprefix("./"))
    wanted = {name: raw for name, raw in found.items() if not name.startswith("evidence/")}
    if not wanted:
        remedy = "compare with a commit that has them; git add them from now on, since papers cite them"
        raise BuildError(f"commit {commit[:7]} has no figures", place=f"{folder}/", remedy=remedy)
    return wanted


def _refuse_uncommitted(settings: Settings, commit: str) -> None:
    """Refuse where an input or a figure is not as it was committed: it would be nobody's."""
    rows = names(git(settings.root, "status", "--porcelain", "--no-renames", "-z", "--untracked-files=all"))
    prefix = (git(settings.root, "rev-parse", "--show-prefix") or b"").decode("utf-8", "surrogateescape").strip()
    changed = [row[3:].removeprefix(prefix) for row in rows if row[3:].startswith(prefix)]
    inputs = swaps.by_kind(changed, settings, swaps.table_at(settings.root, commit))
    figures = f"{told_path(settings, settings.figures)}/"
    of_inputs = {name for kind in inputs.values() for name in kind}
    open_ = sorted(name for name in changed if name in of_inputs or name.startswith(figures))
    if open_:
        more = f" and {len(open_) - _MOST_NAMED} more" if len(open_) > _MOST_NAMED else ""
        raise BuildError(
            f"{counted(len(open_), 'file')} not committed: {', '.join(open_[:_MOST_NAMED])}{more}",
            place="diff",
            remedy="git add and git commit them (git stash puts them aside), then compare again",
        )


def _looks_alone(before: Mapping[str, bytes], now: Mapping[str, bytes], moved: set[str]) -> list[str]:
    """List the exhibits of which a file differs though no cell does."""
    differ = {name for name in {*before, *now} if before.get(name) != now.get(name)}
    found = {Path(name).name.partition(".")[0] for name in differ}
    return sorted(id_ for id_ in found - moved if id_.startswith(("tbl-", "fig-")))
