r"""The files that bring numbers and references into a paper: LaTeX, Typst, JSON and BibTeX.

LaTeX: ``\input{numbers.tex}``, then ``\kitnum{tbl-concepts/akuntabilitas/mentions}``; ``\kitnum[id]{…}``,
``\kitnum[raw]{…}`` and ``\kitnum[unit]{…}`` for its other forms. A name that is not there is set as **??**, with a
warning, as LaTeX does with references. Typst: ``#import "numbers.typ": kitnum``, then ``#kitnum("…", form: "id")``.
"""

from __future__ import annotations

import re
from pathlib import Path

from kit.exhibits.exhibit import write
from kit.publish import cited
from kit.publish.numbers import Number, as_json, numbers_of, seal
from kit.publish.references import bibliography
from kit.settings import LANGUAGES
from kit.wording import escape

_HEAD = r"""% Numbers by name: \kitnum{tbl-concepts/akuntabilitas/mentions}, or \kitnum[id]{...}, [raw], [unit]
\makeatletter
\providecommand{\kitnum}[2][LANGUAGE]{\ifcsname kit@#1@#2\endcsname\csname kit@#1@#2\endcsname\else
  \textbf{??}\GenericWarning{}{LaTeX Warning: there is no number #2}\fi}
\newcommand{\kit@set}[5]{\@namedef{kit@en@#1}{#2}\@namedef{kit@id@#1}{#3}%
  \@namedef{kit@raw@#1}{#4}\@namedef{kit@unit@#1}{#5}}
"""
_SPECIAL = re.compile(r"[\x00-\x1f\x7f\"\\]")
_TYPST = """#let kitnum(name, form: "LANGUAGE") = numbers.at(name).at(form)\n"""


def write_live(figures: Path, folder: Path, language: str) -> None:
    """Write the files into a paper's folder, from the exhibits that lie in the folder of figures."""
    numbers = numbers_of(figures)
    write(
        folder,
        {
            "exhibits.bib": bibliography(cited.exhibits(figures, language)),
            "numbers.json": as_json(numbers),
            "numbers.tex": as_latex(numbers, language),
            "numbers.typ": as_typst(numbers, language),
        },
    )


def as_latex(numbers: list[Number], language: str) -> bytes:
    r"""Write ``numbers.tex``: a line for each number, sealed, so that one changed by hand is told from an old one."""
    lines = [_sealed(number, language) for number in numbers]
    return "\n".join([_HEAD.rstrip("\n").replace("LANGUAGE", language), *lines, "\\makeatother", ""]).encode()


def line_of(number: Number, language: str) -> str:
    """Write the macro of a number."""
    parts = [*(number.shown[one] for one in LANGUAGES), number.raw, number.unit[language]]
    return rf"\kit@set{{{number.name}}}" + "".join(f"{{{escape.latex(part)}}}" for part in parts)


def as_typst(numbers: list[Number], language: str) -> bytes:
    """Write ``numbers.typ``: a dictionary, and the function that looks a number up."""
    lines = [f"  {_quoted(number.name)}: ({_forms(number, language)})," for number in numbers]
    opening = "#let numbers = (" if lines else "#let numbers = (:"
    return "\n".join([opening, *lines, ")", _TYPST.replace("LANGUAGE", language)]).encode()


def _sealed(number: Number, language: str) -> str:
    """Write a line of ``numbers.tex``."""
    line = line_of(number, language)
    return f"{line}% {seal(number.name, line)}"


def _forms(number: Number, language: str) -> str:
    """Write what Typst knows of a number."""
    forms = {**number.shown, "raw": number.raw, "unit": number.unit[language]}
    return ", ".join(f"{name}: {_quoted(text)}" for name, text in forms.items())


def _quoted(text: str) -> str:
    """Write a text as Typst does, whose escapes are not those of JSON."""
    inert = _SPECIAL.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", text)
    return f'"{inert}"'
