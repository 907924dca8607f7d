"""The target ``demo``: the demonstration corpus as a folder of articles, and every exhibit made of it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from kit.build.faults import plainly
from kit.build.figures import visible
from kit.build.workplace import workplace
from kit.errors import BuildError
from kit.settings import Settings, of_corpus

FOLDER = "demo"
_README = "README.md"
_SAID = """\
# Simulated articles, written by `python3 make.py demo`

No article here is real. `docs/demo.md` says what is planted in them. The folder is written anew when the kit's own
demonstration changes: keep nothing of your own in it.
"""


def demo_settings(settings: Settings) -> Settings:
    """Write the demonstration corpus, if it is not there as it should be, and return the settings for it."""
    from kit.simulation.sample import write_sample  # noqa: PLC0415 - for this target alone

    folder = settings.root / FOLDER
    readme = folder / _README
    if folder.exists() and (not readme.is_file() or readme.read_bytes() != _SAID.encode()):
        raise BuildError(
            "is there and was not written by the kit", place=f"{FOLDER}/", remedy="move it, or give it another name"
        )
    with plainly(), tempfile.TemporaryDirectory(prefix="demo-", dir=workplace(settings)) as place:
        fresh = Path(place, FOLDER)
        write_sample(fresh)
        (fresh / _README).write_text(_SAID, encoding="utf-8", newline="\n")
        names = visible(fresh)
        if (
            not folder.is_dir()
            or names != visible(folder)
            or any((fresh / name).read_bytes() != (folder / name).read_bytes() for name in names)
        ):
            shutil.rmtree(folder, ignore_errors=True)
            fresh.replace(folder)
    return of_corpus(settings, folder)
