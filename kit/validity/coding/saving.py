"""A sheet written to files: for each coder a workbook, a CSV file and a page, and the key in a folder of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kit.errors import CodingError
from kit.settings import LANGUAGES
from kit.validity.coding import page, spreadsheets
from kit.validity.coding.spreadsheets import Given
from kit.wording import escape

_CODER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,30}|[1-9]\d{0,8}")  # of 01 a spreadsheet makes the number 1


def check_language(language: str, place: str) -> None:
    """Refuse a language that sheets are not written in."""
    if language not in LANGUAGES:
        remedy = "use one of " + ", ".join(LANGUAGES)
        raise CodingError(f"language = {language!r}", place=place, remedy=remedy)


def save_sheet(folder: str | Path, coders: Sequence[str], given: Given, key: pd.DataFrame, place: str) -> list[Path]:
    """Write what each coder is given, and the key, and return the files; what is there is not overwritten."""
    names = [coders] if isinstance(coders, str) else list(coders)
    for name in names:
        if not _CODER.fullmatch(name):
            remedy = "use 1 to 31 of a-z, A-Z, 0-9, - and _, a letter first, or a number"
            raise CodingError(f"a coder cannot be named {name!r}", place=place, remedy=remedy)
    if not names or len({name.lower() for name in names}) < len(names):
        problem = "two coders have one name" if names else "no coder is named"
        raise CodingError(problem, place=place, remedy='name each, as in coders=["ani", "budi"]')
    made: dict[Path, bytes] = {}
    for name in names:
        own = given._replace(coder=name)
        made[Path(folder, f"coding-{name}.xlsx")] = spreadsheets.as_xlsx(own)
        made[Path(folder, f"coding-{name}.csv")] = spreadsheets.as_csv(own)
        made[Path(folder, f"coding-{name}.html")] = page.as_page(own)
    kept = key.assign(**{name: key[name].map(escape.spreadsheet) for name in ("doc_id", "code")})
    made[Path(folder, "key", "key.csv")] = kept.to_csv(index=False, lineterminator="\n").encode("utf-8")
    for file in made:
        if file.exists():
            remedy = "choose another folder, or move away what is there: it may have been filled in"
            raise CodingError("is there already", place=file.name, remedy=remedy)
    for file, data in made.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return list(made)
