"""What the kit keeps in a project's ``.kit``: `make.py clean` knows of each."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import kit
from kit.build.clean import LEFT

ROOT = Path(kit.__file__).parents[1]


def test_clean_removes_whatever_is_kept():
    kept = {}
    for file in sorted((ROOT / "kit").rglob("*.py")):
        for name in re.findall(r"return kept\(([A-Z_]+), ", file.read_text(encoding="utf-8")):
            module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
            kept[getattr(module, name)] = file.name
    assert len(kept) >= 6, "kit.sealed.kept is called in another way now"
    assert {folder: file for folder, file in kept.items() if folder not in LEFT} == {}
