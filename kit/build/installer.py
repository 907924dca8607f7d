"""Install what requirements.lock names into .venv by pip: count while it works, say plainly why it failed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from kit.build.faults import LOG, explain
from kit.build.lock import LOCK
from kit.build.process import Workshop, clean_environment
from kit.build.progress import Progress
from kit.build.wheel import kit_wheel
from kit.errors import BuildError

_PIP = ("-I", "-X", "utf8", "-m", "pip", "--no-input", "--disable-pip-version-check", "--no-color")


class Installer:
    """pip at work in .venv.

    Parameters
    ----------
    python : Path
        The python of .venv.
    workshop : Workshop
        Where pip runs and logs.
    progress : Progress
        Where it counts.
    wheels : Path, optional
        A folder of wheels to install from without a network.

    Attributes
    ----------
    begun : bool
        pip has begun to change .venv. Before, it only fetches and checks the hashes.

    """

    def __init__(self, python: Path, workshop: Workshop, progress: Progress, wheels: Path | None = None) -> None:
        self._python, self._workshop, self._progress, self._wheels = str(python), workshop, progress, wheels
        self.begun = False

    def install(self, wanted: dict[str, str], site: Path) -> None:
        """Install the lock, and only what it names: exact versions, checked hashes, wheels only."""
        counter = _Counter(self._progress, wanted, site)

        def line(text: str) -> None:
            self.begun = counter.hear(text) or self.begun

        command = [self._python, *_PIP, "install", "--require-hashes", "--only-binary", ":all:", "--no-deps"]
        # Python compiles what is used when it is first used: of all packages that is a small part
        command += ["--no-compile", "--progress-bar", "off", "--no-warn-script-location", "-r", LOCK]
        if kit_wheel(self._workshop.root) is not None:
            command += ["--find-links", "."]
        # An empty PIP_CONSTRAINT would not outrank pip's own settings file, an empty file does; PIP_USER likewise
        env = {**clean_environment(), "PIP_CONSTRAINT": os.devnull, "PIP_USER": "0"}
        if self._wheels is not None:
            command += ["--no-index", "--find-links", str(self._wheels)]
            env.pop("PIP_FIND_LINKS", None)
        code, text = self._workshop.run(command, env=env, line=line, tick=counter.show)
        if code != 0:
            raise self._failure(text)

    def uninstall(self, names: Iterable[str]) -> None:
        """Remove packages."""
        self.begun = True
        code, text = self._workshop.run([self._python, *_PIP, "uninstall", "--yes", *names])
        if code != 0:
            raise self._failure(text)

    def check(self) -> None:
        """Let pip check that the installed packages have all they need."""
        code, text = self._workshop.run([self._python, *_PIP, "check"])
        if code != 0:
            raise BuildError(
                f"{LOCK} does not hold together: {text.strip().splitlines()[0]}", remedy="python3 make.py lock"
            )

    def _failure(self, text: str) -> BuildError:
        """Make the error of a failed pip."""
        problem, remedy = explain(text, wheels=self._wheels)
        return BuildError(f"{problem} (log: {LOG})", remedy=remedy)


class _Counter:
    """How far pip has got, heard from its lines and seen in the folder it fills."""

    def __init__(self, progress: Progress, wanted: dict[str, str], site: Path) -> None:
        self._progress, self._wanted, self._site = progress, wanted, site
        self._fetched = 0
        self._installing: list[str] = []
        self._now = "asking the package index"

    def hear(self, text: str) -> bool:
        """Take in one line of pip's; true once pip installs."""
        words = text.split()
        if text.startswith(("Collecting ", "Requirement already satisfied: ")):
            self._fetched += 1
            self._now = re.split(r"[=<>~! ]", text.removeprefix("Requirement already satisfied: "))[0]
            self._now = words[1].partition("==")[0] if text.startswith("Collecting ") else self._now
        elif words[:1] == ["Downloading"] and words[-1].endswith(")"):
            self._now = f"{self._now.partition(' (')[0]} {' '.join(words[2:])}"
        elif "Retrying (" in text:
            self._now = "no answer, trying again"
        elif text.startswith("Installing collected packages: "):
            self._installing = text.partition(": ")[2].split(", ")
        return bool(self._installing)

    def show(self) -> None:
        """Show the counter."""
        if not self._installing:
            done, verb, now = self._fetched, "fetched", self._now
        else:
            there = (folder.name.removesuffix(".dist-info") for folder in self._site.glob("*.dist-info"))
            known = {(_normal(name), version) for name, _, version in (item.partition("-") for item in there)}
            names = map(_normal, self._installing)
            missing = [name for name in names if (name, self._wanted.get(name)) not in known]
            done, verb = len(self._wanted) - len(missing), "installed"
            now = missing[0] if missing else "last touches"
        self._progress.count(f"{verb} {done}/{len(self._wanted)} packages, {self._progress.seconds:.0f} s: {now}")


def _normal(name: str) -> str:
    """Spell a package's name in the one way that index, lock and folder agree on."""
    return re.sub(r"[-_.]+", "-", name).lower()
