"""Install what requirements.lock names into .venv by uv, or by pip: count while it works, say plainly why it failed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kit.build.counter import Counter, UvCounter
from kit.build.faults import LOG, explain, is_final
from kit.build.lock import LOCK, UV, Entry, lock_lines
from kit.build.process import Workshop, clean_environment
from kit.build.progress import Progress
from kit.build.registry import pip_settings, uv_environment, without_index
from kit.build.wheel import kit_wheel
from kit.errors import BuildError

_PIP = ("-I", "-X", "utf8", "-m", "pip", "--no-input", "--disable-pip-version-check", "--no-color")
_UV = ("-I", "-X", "utf8", "-m", "uv", "pip")
# The lock, and only what it names: exact versions, checked hashes, wheels only
_LOCKED = ("--require-hashes", "--only-binary", ":all:", "--no-deps")


class Installer:
    """uv, and where it cannot, pip, at work in .venv.

    Parameters
    ----------
    python : Path
        The python of .venv.
    workshop : Workshop
        Where they run and log.
    progress : Progress
        Where they count.
    wheels : Path, optional
        A folder of wheels to install from without a network.

    Attributes
    ----------
    begun : bool
        .venv may have been changed. Before, packages are only fetched and their hashes checked.

    """

    def __init__(self, python: Path, workshop: Workshop, progress: Progress, wheels: Path | None = None) -> None:
        self._python, self._workshop, self._progress, self._wheels = str(python), workshop, progress, wheels
        self._cache = workshop.root / ".kit" / "uv"
        self.begun = False

    def install_by_uv(self, entries: Sequence[Entry], wanted: dict[str, str], site: Path, *, there: bool) -> bool:
        """Install the lock by the uv that it names; False, and a line that says so, where that cannot be.

        It is the first package itself, and nothing that a notebook imports: pip installs it, if it is not there yet.
        """
        if not there:
            code, text = self._install_by_pip([one for one in entries if one.name == UV], self._fetching_uv)
            if code != 0:
                return self._give_up(text, pip=True)
        counter = UvCounter(self._progress, wanted, site)
        settings = {} if self._wheels else pip_settings(Path(self._python))
        env = uv_environment(settings, self._cache)
        self.begun = self.begun or Path(env["UV_CACHE_DIR"]).exists()  # what lies there needs no fetching
        sources = [] if self._wheels or not without_index(settings) else ["--no-index"]
        command = [self._python, *_UV, "install", "--python", self._python, *_LOCKED, "-r", LOCK, *sources]
        code, text = self._workshop.run(
            [*command, *self._folders()],
            env=env,
            line=self._listen(counter),
            tick=counter.show,
        )
        return code == 0 or self._give_up(text, pip=False)

    def install_by_pip(self, entries: Sequence[Entry], wanted: dict[str, str], site: Path) -> None:
        """Install the entries of the lock by pip."""
        counter = Counter(self._progress, wanted, site)
        code, text = self._install_by_pip(entries, counter.show, self._listen(counter))
        if code != 0:
            raise self._failure(text)

    def uninstall(self, names: Iterable[str]) -> None:
        """Remove packages."""
        self.begun = True
        code, text = self._workshop.run([self._python, *_PIP, "uninstall", "--yes", *names])
        if code != 0:
            raise self._failure(text)

    def check(self, *, by_uv: bool) -> None:
        """Let uv check that packages have all they need; pip where there is no uv, or to say what lacks."""
        if by_uv:
            command = [self._python, *_UV, "check", "--python", self._python]
            if self._workshop.run(command, env=uv_environment({}, self._cache))[0] == 0:
                return
        code, text = self._workshop.run([self._python, *_PIP, "check"])
        if code != 0:
            raise BuildError(
                f"{LOCK} does not hold together: {text.strip().splitlines()[0]}", remedy="python3 make.py lock"
            )

    def tidy(self) -> None:
        """Remove what uv has fetched, once .venv has it: files in both places take their space once."""
        shutil.rmtree(self._cache, ignore_errors=True)

    def _install_by_pip(
        self, entries: Iterable[Entry], tick: Callable[[], None], line: Callable[[str], None] | None = None
    ) -> tuple[int, str]:
        """Run pip on entries of the lock."""
        listed = self._workshop.scratch / LOCK
        listed.parent.mkdir(parents=True, exist_ok=True)
        listed.write_text(lock_lines(entries), encoding="utf-8", newline="\n")
        # Python compiles what is used when it is first used: of all packages that is a small part
        command = [self._python, *_PIP, "install", *_LOCKED, "--no-compile", "--progress-bar", "off"]
        command += ["--no-warn-script-location", "-r", str(listed), *self._folders()]
        # An empty PIP_CONSTRAINT would not outrank pip's own settings file, an empty file does; PIP_USER likewise
        env = {**clean_environment(), "PIP_CONSTRAINT": os.devnull, "PIP_USER": "0"}
        if self._wheels is not None:
            env.pop("PIP_FIND_LINKS", None)
        return self._workshop.run(command, env=env, line=line, tick=tick)

    def _folders(self) -> list[str]:
        """Name the folders of wheels that pip and uv look into, beside or in place of the index."""
        here = ["--find-links", "."] if kit_wheel(self._workshop.root) is not None else []
        return [*here, "--no-index", "--find-links", str(self._wheels)] if self._wheels is not None else here

    def _listen(self, counter: Counter) -> Callable[[str], None]:
        """Hear from the lines of pip or uv that it begins to change .venv."""

        def line(text: str) -> None:
            self.begun = counter.hear(text) or self.begun

        return line

    def _fetching_uv(self) -> None:
        """Show that uv is on its way."""
        self._progress.count(f"fetching uv, {self._progress.seconds:.0f} s")

    def _give_up(self, text: str, *, pip: bool) -> bool:
        """Leave the work to pip, or refuse what pip would fail at too."""
        if is_final(text, pip=pip):
            raise self._failure(text)
        told = "there is no uv for this machine" if pip else "uv cannot do it here"
        self._progress.say(f"  {told}; pip does, which takes longer ({LOG} says why)")
        return False

    def _failure(self, text: str) -> BuildError:
        """Make the error of a failed installer."""
        problem, remedy = explain(text, wheels=self._wheels)
        return BuildError(f"{problem} (log: {LOG})", remedy=remedy)
