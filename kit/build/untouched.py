"""Whether anything at all has changed since all was up to date: decided by hashes, before the build engine is loaded.

Where one byte of what a build can depend on differs, the engine is asked, which knows what depends on what.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from kit.build.lock import LOCK
from kit.build.workplace import files_under, seals_of, state_of
from kit.settings import Settings

_RECORD = "untouched.json"


def say_untouched(settings: Settings) -> bool:
    """Tell whether nothing has changed since all was up to date, and say so."""
    begun = time.monotonic()
    try:
        record = json.loads((state_of(settings) / _RECORD).read_bytes())
        places = [settings.root / place for place in record["places"]]
        states, told = [record["inputs"], record["products"]], record["told"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    try:
        same = states == [state_of_inputs(settings, places), state_of_products(settings)]
    except OSError:
        return False  # the engine says what is wrong
    if same:
        print(f"Nothing to do: {told} ({time.monotonic() - begun:.1f} s)")
    return same


def forget(settings: Settings) -> None:
    """Drop what was noted: something may be made."""
    (state_of(settings) / _RECORD).unlink(missing_ok=True)


def note(settings: Settings, places: Collection[Path], inputs: str, products: str, told: str) -> None:
    """Note that all is up to date, if nothing has changed since these states were taken.

    `places` are those that notebooks name; `told` is what is said of a build that has nothing to do.
    """
    with suppress(OSError):
        if [inputs, products] == [state_of_inputs(settings, places), state_of_products(settings)]:
            names = sorted(os.path.relpath(place, settings.root) for place in places)
            facts = {"places": names, "inputs": inputs, "products": products, "told": told}
            new = state_of(settings) / f"{_RECORD}.new"
            new.write_text(json.dumps(facts), encoding="utf-8", newline="\n")
            new.replace(state_of(settings) / _RECORD)


def state_of_inputs(settings: Settings, places: Collection[Path]) -> str:
    """Hash all that a build can depend on: code and data, notebooks, corpus, codebook, settings, what is named."""
    kit = Path(__file__).resolve().parent.parent
    corpus = seals_of(settings.corpus) or [settings.corpus]
    own = [kit, settings.root / "notebooks", settings.root / "pyproject.toml", settings.root / LOCK, *corpus]
    named = [path for path in (settings.codebook, settings.validity) if path is not None]
    return _state([*own, *named, *sorted(places)], [f"{sys.version}", repr(settings)])


def state_of_products(settings: Settings) -> str:
    """Hash what builds make, and what the engine knows of it."""
    return _state([settings.figures, state_of(settings) / "pytask.lock"], [])


def _state(places: Iterable[Path], facts: Iterable[str]) -> str:
    """Hash facts, and files with their names, of folders those below; what is not there counts too."""
    whole = hashlib.sha256("\0".join(facts).encode("utf-8", "surrogateescape"))
    for place in places:
        files = [place] if place.is_file() else sorted(files_under(place, notes=True))
        whole.update(b"\0\0" + os.fsencode(place) + f"\0{place.exists()}".encode())
        for file in files:
            if file.parent.name != "__pycache__":
                whole.update(b"\0" + os.fsencode(file) + b"\0" + _digest(file))
    return whole.hexdigest()


def _digest(file: Path) -> bytes:
    """Hash a file; one that cannot be read is the engine's affair, which says why."""
    try:
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError:
        return b"unreadable"
