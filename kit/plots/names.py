"""What an item is called in a picture: its label in the codebook, or its own name."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.settings import LANGUAGES
from kit.wording import escape

BETWEEN = ": "  # of a concept and its pattern


def labels_of(items: Iterable[str], codebook: Codebook | None, language: str) -> list[str]:
    """Return the label of each item; of a pattern that of its concept with the pattern; else the item itself.

    Examples
    --------
    >>> import kit
    >>> labels_of(["dilayani", "dilayani: dilayani", "kata"], kit.load_codebook(), "en")
    ['being served (passive)', 'being served (passive): dilayani', 'kata']

    """
    names = pd.Series(list(items), dtype="str")
    if codebook is None:
        return [escape.one_line(name) for name in names]
    concept = names.str.partition(BETWEEN)
    labels = codebook.labelled(pd.DataFrame({"item": concept[0] if len(names) else names}), language)["label"]
    rest = (concept[1] + concept[2]) if len(names) else names
    return [
        escape.one_line(f"{label}{after}" if label else name)
        for name, label, after in zip(names, labels, rest, strict=True)
    ]


def labels_by_language(items: Iterable[str], codebook: Codebook | None) -> dict[str, dict[str, str]]:
    """Return what each item is called, by language."""
    names = list(items)
    return {language: dict(zip(names, labels_of(names, codebook, language), strict=True)) for language in LANGUAGES}
