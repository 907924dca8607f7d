"""The problems of a codebook as one error: a cause that many rows share is told once, with the first of these rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kit.errors import CodebookError

_SHOWN = 20  # lines listed at once
_OF_A_KIND = 5  # of these, how many may differ in a name or number only
_ROWS = 3  # rows named of a line that stands for several
_ROW = ", row "
#: What tells one problem from another of its kind: what is quoted or in brackets, and numbers.
_VALUES = re.compile(r"'[^']*'|\"[^\"]*\"|\([^()]*\)|\d+")


def as_one(problems: Sequence[CodebookError], name: str) -> CodebookError:
    """Make one error of many."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for problem in problems:
        file, _, row = problem.place.partition(_ROW)
        alike.setdefault((file, problem.problem, problem.remedy), []).append(row)
    told = [CodebookError(what, place=_place(file, rows), remedy=so) for (file, what, so), rows in alike.items()]
    if len(told) == 1:
        only = told[0]
        return CodebookError(only.problem, place=f"codebook {name}, {only.place}", remedy=only.remedy)
    kinds: dict[tuple[str, str], list[tuple[str, list[str]]]] = {}
    for ((file, what, _), rows), line in zip(alike.items(), told, strict=True):
        kinds.setdefault((file, _VALUES.sub("", what)), []).append((str(line), rows))
    lines: list[str] = []
    for (file, _), those in kinds.items():
        lines += [line for line, _ in those[:_OF_A_KIND]]
        if rest := [row for _, rows in those[_OF_A_KIND:] for row in rows]:
            lines.append(f"… and {len(rest)} more of this kind: {_place(file, rest)}")
    more = [f"… and {len(lines) - _SHOWN} more lines"] if len(lines) > _SHOWN else []
    return CodebookError("\n  ".join([f"{len(problems)} problems", *lines[:_SHOWN], *more]), place=f"codebook {name}")


def _place(file: str, rows: Sequence[str]) -> str:
    """Return a file and the first of some of its rows, if there are any, and how many follow."""
    if len(rows) <= 1:
        return f"{file}{_ROW}{rows[0]}" if rows and rows[0] else file
    shown, more = rows[:_ROWS], len(rows) - _ROWS
    return f"{file}{_ROW[:-1]}s {', '.join(shown)}" + (f" and {more} more" if more > 0 else "")
