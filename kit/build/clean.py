"""The target ``clean``: remove what builds have left behind."""

from __future__ import annotations

import shutil

from kit.build.batch import counted
from kit.build.faults import plainly
from kit.build.figures import alone
from kit.build.runner import told_path
from kit.build.workplace import CORPORA, workplace
from kit.settings import Settings

#: What builds keep in .kit, and why; all else there is the set-up's or JupyterLab's.
LEFT = {
    "engine": "what was made from what",
    "stage": "half-made products",
    "verify": "the last verify's figures",
    "diff": "logs of the last diff",
    "executed": "notebooks with their outputs",
    "log": "logs",
    "cache": "matplotlib's list of fonts",
    "read": "corpora as they were read",
    "codebook": "codebooks as they were checked",
    "cleaning": "how lines begin and end that rules of cleaning can match",
    "language": "the model that tells languages, unpacked",
    "words": "what the rules say of words",
    "copies": "which articles of a saved corpus are copies",
    "mentions": "what codebooks found in saved corpora",
    "quotations": "who is quoted in saved corpora",
    CORPORA: "all of these, of other corpora",
}


def clean(settings: Settings) -> int:
    """Remove the builds' state, stages, logs and caches; the figures and .venv stay."""
    removed = []
    with plainly(), alone(settings, "clean"):
        for name, what in LEFT.items():
            folder = workplace(settings) / name
            files = [file for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []
            if folder.is_dir():
                shutil.rmtree(folder)
            if files:
                removed.append(f"  {told_path(settings, folder)}: {what} ({counted(len(files), 'file')})")
    print("\n".join(["Removed:", *removed]) if removed else "Nothing to remove")
    print("The figures are as they were; the next build runs every notebook")
    return 0
