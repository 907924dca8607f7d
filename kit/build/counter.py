"""How far the installation of packages has got, for a person who waits."""

from __future__ import annotations

import re
from pathlib import Path

from kit.build.progress import Progress


class Counter:
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
            self._progress.count(f"{self._before()}, {self._progress.seconds:.0f} s: {self._now}")
        else:
            there = (folder.name.removesuffix(".dist-info") for folder in self._site.glob("*.dist-info"))
            known = {(_normal(name), version) for name, _, version in (item.partition("-") for item in there)}
            names = map(_normal, self._installing)
            missing = [name for name in names if (name, self._wanted.get(name)) not in known]
            done = f"installed {len(self._wanted) - len(missing)}/{len(self._wanted)} packages"
            now = missing[0] if missing else "last touches"
            self._progress.count(f"{done}, {self._progress.seconds:.0f} s: {now}")

    def _before(self) -> str:
        """Say how much has been fetched."""
        return f"fetched {self._fetched}/{len(self._wanted)} packages"


class UvCounter(Counter):
    """How far uv has got, which fetches many at a time and names the large ones."""

    def hear(self, text: str) -> bool:
        """Take in one line of uv's; true once uv installs."""
        words = text.split() or [""]
        if words[0] == "Downloading":
            self._now = " ".join(words[1:])
        elif words[0] in {"Prepared", "Uninstalled", "Installed"}:
            self._installing = list(self._wanted)
        return bool(self._installing)

    def _before(self) -> str:
        """Say what is being fetched."""
        return f"fetching {len(self._wanted)} packages"


def _normal(name: str) -> str:
    """Spell a package's name in the one way that index, lock and folder agree on."""
    return re.sub(r"[-_.]+", "-", name).lower()
