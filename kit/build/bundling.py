"""The target ``bundle``: the archive of a study; and the check of one that was unpacked."""

from __future__ import annotations

import re
from pathlib import Path

from kit.build.git import git, names
from kit.errors import BuildError
from kit.publish.archive import sums, withheld
from kit.publish.archive.bundle import README, make_bundle
from kit.settings import Settings
from kit.storage.load import load_corpus
from kit.wording.words import say

_ASIDE = ("tests/", "benchmarks/", "findings/", "results/", "demo/", "docs/demo/")
_CODE = ("kit/", "notebooks/")
_LARGEST = 1_000_000_000  # bytes
_WRITTEN = (README, "datapackage.json", "ro-crate-metadata.json", sums.NAME, sums.OWN, withheld.LISTED)


def bundle(settings: Settings, *, withhold: bool) -> int:
    """Write the archive of a study; say where it is."""
    named = members(settings.root)
    size = sum((settings.root / name).stat().st_size for name in named)
    if size > _LARGEST:
        raise BuildError(
            f"the files of the project take {size / 1e9:.1f} GB, and an archive is made in memory",
            remedy='keep a large corpus outside the project, as in corpus = "../saved", and deposit it by itself',
        )
    made = make_bundle(settings, load_corpus(settings.corpus), named, withhold=withhold)
    hashed = made.with_name(f"{made.name}.sha256").read_text(encoding="utf-8").split()[0]
    print(f"{made.relative_to(settings.root).as_posix()}: {made.stat().st_size / 1e6:.1f} MB, SHA-256 {hashed}")
    return 0


def members(root: Path) -> list[str]:
    """List the files of a project that belong into its archive: those under git, or all, but hidden ones and tests."""
    listed = names(git(root, "ls-files", "-z")) if (root / ".git").exists() else []
    if not listed:
        found = (file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())
        listed = [name for name in found if "__pycache__" not in name]
    wanted = (name for name in listed if name and not name.startswith(_ASIDE) and not re.match(r"\.|.*/\.", name))
    return sorted(name for name in wanted if (root / name).is_file() and name not in _WRITTEN)


def unpacked(settings: Settings) -> int | None:
    """Check the files of an archive that was unpacked here; None where there is none, or where notebooks can run."""
    root = settings.root
    if not (root / sums.NAME).is_file():
        return None
    found = sums.differing(root)
    for name in found:
        print(say("archive.changed", settings.labels, file=name))
    if found:
        return 1
    print(say("archive.sound", settings.labels, n=len((root / sums.NAME).read_bytes().splitlines())))
    if (root / withheld.LISTED).is_file():
        print(say("archive.cannot", settings.labels))
        code = [name for name in withheld.left_out(root) if name.startswith(_CODE)]
        if code:
            print(say("archive.code", settings.labels, n=len(code), files=", ".join(code)))
        return 0
    return None
