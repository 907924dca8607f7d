"""What every explorer is: steps that are recorded and can be taken back, and the call that they come to, as text."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import Call
from kit.corpus.scripts import as_code
from kit.errors import KitError, QueryError
from kit.parts.summaries import AnyCorpus
from kit.settings import Settings, load_settings

Step = dict[str, Any]
_OTHERS = re.compile(r"[^a-z0-9]+")
_LONGEST = 40  # letters of an exhibit's name


class Model(ABC):
    """What is asked of a corpus, step by step; each step is tried before it is kept."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    @property
    def steps(self) -> list[Step]:
        """The steps taken so far, as plain data."""
        return [dict(step) for step in self._steps]

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        self._steps = self._steps[:-1]

    @abstractmethod
    def table(self) -> pd.DataFrame:
        """Return what an exhibit is made of."""

    @abstractmethod
    def code(self) -> str:
        """Return the call that makes the exhibit, as Python."""

    def _take(self, name: str, look: Callable[[], object], **values: Any) -> None:
        """Record a step in place of one of the same kind just before it; one that fails is not recorded."""
        before = self._steps
        kept = before[:-1] if before and before[-1]["step"] == name else before
        self._steps = [*kept, {"step": name, **values}]
        try:
            look()
        except KitError:
            self._steps = before
            raise

    def said(self, name: str, key: str, default: Any) -> Any:
        """Return what the last step of a kind says."""
        return next((step[key] for step in reversed(self._steps) if step["step"] == name), default)

    def _since(self, begins: Sequence[str], name: str, key: str, default: Any) -> Any:
        """Return what the last step of a kind says, unless one that begins anew came after it."""
        for step in reversed(self._steps):
            if step["step"] == name:
                return step[key]
            if step["step"] in begins:
                break
        return default


def call_text(name: str, place: str, arguments: Mapping[str, Any]) -> str:
    """Write a call of the kit: what stands at its first place, and the rest by name; a codebook is a variable."""
    named = (f"{key}={'codebook' if isinstance(value, Codebook) else repr(value)}" for key, value in arguments.items())
    return f"kit.{name}({', '.join([place, *named])})"


def script(corpus: AnyCorpus, codebook: Codebook | None, lines: list[str], title: Mapping[str, str], name: str) -> str:
    """Write a whole script: what is loaded, the call, the exhibit."""
    slug = _OTHERS.sub("-", name.lower())[:_LONGEST].strip("-") or "table"
    loaded = [_loaded(corpus.origin, "corpus", corpus.fingerprint[:12])]
    if codebook is not None:
        loaded.append(_loaded(codebook.origin, "codebook", codebook.version))
    saved = f"kit.Table(table, id={f'tbl-{slug}'!r}, title={dict(title)!r}).save()"
    return "\n".join(["import kit", "", *loaded, *lines, saved, ""])


def _loaded(origin: Call, name: str, version: str) -> str:
    """Write how a corpus or codebook is loaded; where no call of the kit made it, which one it is."""
    try:
        settings = load_settings()
    except KitError:
        settings = None
    if settings is not None and _is_project(origin, name, settings):
        return f"{name} = kit.load_{name}(kit.load_settings().{name})"
    try:
        return as_code(origin, name).removeprefix("import kit\n").strip()
    except QueryError:
        return f"# {name}: {version}, made outside the kit"


def _is_project(origin: Call, name: str, settings: Settings) -> bool:
    """Tell whether the corpus or codebook is the project's own."""
    path = origin.get("arguments", {}).get("path") if origin.get("name") == f"load_{name}" else None
    own: Path | None = getattr(settings, name)
    return isinstance(path, str) and own is not None and settings.root / path == own
