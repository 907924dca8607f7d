"""The terms of the field in Indonesian and English: glossary.csv beside this.

``python -m kit.wording.glossary > docs/glossary.md`` writes the page; a test compares them.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

_FILE = Path(__file__).with_name("glossary.csv")
_HEAD = """\
# Glosarium / Glossary

Istilah yang dipakai kit ini, menurut abjad Indonesia. *The terms of the kit, in the order of the Indonesian ones.*

| Indonesia | English | arti | meaning |
|---|---|---|---|
"""
_FOOT = """
This file is generated: edit `kit/wording/glossary.csv`, then `python -m kit.wording.glossary > docs/glossary.md`.
"""


def glossary() -> list[dict[str, str]]:
    """Read the terms: `id`, `en`, `meaning_id` and `meaning_en` of each, in the order of the Indonesian ones."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["id"])


def glossary_document() -> str:
    """Return the text of docs/glossary.md."""
    rows = (" | ".join((row["id"], row["en"], row["meaning_id"], row["meaning_en"])) for row in glossary())
    return "".join((_HEAD, *(f"| {row} |\n" for row in rows), _FOOT))


if __name__ == "__main__":
    sys.stdout.buffer.write(glossary_document().encode("utf-8"))
