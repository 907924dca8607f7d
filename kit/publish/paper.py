"""What is wrong in a paper: numbers and exhibits that are stale, unknown or changed by hand, and numbers typed in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import ExhibitError
from kit.exhibits.notes import SHORT
from kit.publish import markup, word
from kit.publish.live import line_of
from kit.publish.numbers import Number, numbers_of, seal
from kit.publish.tables import sidecars
from kit.publish.typed import find_typed
from kit.wording.words import say

#: The kinds of papers that can be read.
KINDS = (".tex", ".md", ".qmd", ".docx")
_MOST_NAMED = 3
_LINE = re.compile(r"(?P<line>\\kit@set\{(?P<name>[^{}]+)\}.*)% (?P<seal>[0-9a-f]{8})")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong.

    Parameters
    ----------
    kind : {"stale", "unknown", "changed", "typed"}
        An older value; a name that no exhibit has; a value changed by hand; a number typed in that an exhibit has.
    file : str
        Name of the file.
    line : int
        Its line, from 1; 0 where it has none.
    values : dict of str to str
        What is said of it.

    """

    kind: str
    file: str
    line: int
    values: Mapping[str, str]

    def told(self, language: str) -> str:
        """Say it in a line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {say(f'pages.paper.{self.kind}', language, **self.values)}"


def check_paper(paper: Path, figures: Path, language: str) -> list[Finding]:
    """Compare a paper with the exhibits as they are now.

    Read are the paper and, beside it, the ``numbers.tex`` and ``.bib`` files it has. Findings by kind and place.
    """
    if paper.suffix not in KINDS or not paper.is_file():
        problem = "there is no such file" if paper.suffix in KINDS else f"{paper.suffix or 'this'} cannot be read"
        raise ExhibitError(problem, place=str(paper), remedy=f"give a paper that ends in {', '.join(KINDS)}")
    numbers = {number.name: number for number in numbers_of(figures)}
    if paper.suffix == ".docx":
        document = word.read(paper)
        text, cited = document.text, list(_in_word(paper.name, document, numbers, language))
    else:
        text = paper.read_text(encoding="utf-8")
        search = _macros if paper.suffix == ".tex" else _spans
        cited = list(search(paper, text, numbers, language))
    cited += _exhibits(paper.name, text, figures)
    for file in sorted(paper.parent.glob("*.bib")):
        cited += _dated(file.name, file.read_text(encoding="utf-8"), figures)
    return [*cited, *_typed(paper, text, figures, numbers)]


def _spans(paper: Path, text: str, numbers: Mapping[str, Number], language: str) -> Iterator[Finding]:
    """Check the numbers of a paper in Markdown."""
    for span in markup.SPAN.finditer(text):
        given, name, place = markup.attributes(span), span["name"], _line(text, span.start())
        if name not in numbers:
            yield Finding("unknown", paper.name, place, {"name": name})
            continue
        now = markup.value_of(numbers[name], given.get("lang", language), language)
        if span["text"] != now:
            kind = "stale" if given.get("seal") == seal(name, span["text"]) else "changed"
            yield Finding(kind, paper.name, place, {"name": name, "old": span["text"], "new": now})


def _macros(paper: Path, text: str, numbers: Mapping[str, Number], language: str) -> Iterator[Finding]:
    """Check the numbers that a paper in LaTeX calls, as the numbers.tex beside it has them."""
    file = paper.parent / "numbers.tex"
    copied = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    lines = {found["name"]: found for found in map(_LINE.fullmatch, copied) if found}
    for macro in markup.MACRO.finditer(text):
        name, place = macro["name"], _line(text, macro.start())
        if name not in numbers or (copied and name not in lines):
            yield Finding("unknown", paper.name, place, {"name": name})
        elif copied:
            line, new = lines[name]["line"], line_of(numbers[name], language)
            if line != new:
                kind = "stale" if lines[name]["seal"] == seal(name, line) else "changed"
                old, now = (_values(one, name) for one in (line, new))
                yield Finding(kind, paper.name, place, {"name": name, "old": old, "new": now})


def _values(line: str, name: str) -> str:
    """Write the values of a macro's line for a person."""
    return line.partition(f"{{{name}}}")[2].strip("{}").split("}{")[0]


def _in_word(file: str, document: word.Document, numbers: Mapping[str, Number], language: str) -> Iterator[Finding]:
    """Check the fields of a Word document against its properties, and those against the exhibits."""
    for name, text in document.fields:
        if name not in numbers:
            yield Finding("unknown", file, 0, {"name": name})
            continue
        now, kept = numbers[name].shown[language], document.properties.get(name, "")
        if text != now:
            yield Finding("stale" if text == kept else "changed", file, 0, {"name": name, "old": text, "new": now})


def _exhibits(file: str, text: str, figures: Path) -> Iterator[Finding]:
    """Check that each exhibit a paper names is there, and that hashes of data are those of now."""
    own = {name for found in markup.OWN.finditer(text) for name in found.groups() if name}
    searched = markup.MACRO.sub(" ", markup.SPAN.sub(" ", text))
    there = {one.stem for one in figures.glob("*-*.json")}
    seen: set[str] = set()
    for found in markup.EXHIBIT.finditer(searched):
        name = found[0]
        if name not in there | own | seen and not searched[: found.start()].endswith("{#"):
            seen.add(name)
            yield Finding("unknown", file, _line(text, text.find(name)), {"name": name})
    yield from _dated(file, text, figures)


def _dated(file: str, text: str, figures: Path) -> Iterator[Finding]:
    """Check the hashes of data that references state."""
    now = {one["id"]: _hash(one) for one in sidecars(figures)}
    for found in markup.DATED.finditer(text):
        name, old = found.groups()
        if name in now and now[name] != old:
            yield Finding("stale", file, _line(text, found.start()), {"name": name, "old": old, "new": now[name]})


def _hash(sidecar: Mapping[str, Any]) -> str:
    """Return the hash of an exhibit's data, as references state it."""
    id_ = str(sidecar["id"])
    digest: str = sidecar["products"][f"tables/{id_}.csv" if id_.startswith("tbl-") else f"{id_}.csv"]
    return digest[:SHORT]


def _typed(paper: Path, text: str, figures: Path, numbers: Mapping[str, Number]) -> Iterator[Finding]:
    """Say which numbers of an exhibit are typed in."""
    for one in find_typed(text, figures, numbers, kind=paper.suffix):
        more = f" (+{len(one.names) - _MOST_NAMED})" if len(one.names) > _MOST_NAMED else ""
        told = ", ".join(one.names[:_MOST_NAMED]) + more
        yield Finding("typed", paper.name, _line(text, one.start), {"old": one.numeral, "name": told})


def fill(paper: Path, figures: Path, language: str) -> int:
    """Write the present numbers into a paper in Markdown or Word; return how many it cites."""
    numbers = {number.name: number for number in numbers_of(figures)}
    if paper.suffix == ".docx":
        return word.fill(paper, {name: number.shown[language] for name, number in numbers.items()})
    if paper.suffix not in (".md", ".qmd") or not paper.is_file():
        remedy = "a paper in LaTeX takes its numbers from numbers.tex: python3 make.py numbers FOLDER"
        raise ExhibitError("only .md, .qmd and .docx are filled", place=str(paper), remedy=remedy)
    text = paper.read_text(encoding="utf-8")
    paper.write_text(markup.filled(text, numbers, language), encoding="utf-8", newline="\n")
    return len(markup.SPAN.findall(text))


def report(paper: Path, figures: Path, language: str) -> int:
    """Print what is wrong in a paper; the exit code is 1 if anything is."""
    found = check_paper(paper, figures, language)
    for finding in found:
        print(finding.told(language))
    kinds = sorted({one.kind for one in found})
    counts = ", ".join(f"{kind}: {sum(one.kind == kind for one in found)}" for kind in kinds)
    print(say("pages.paper.result", language, n=len(found), counts=counts or "–"))
    return 1 if found else 0


def _line(text: str, place: int) -> int:
    """Return the line of a place in a text."""
    return text.count("\n", 0, max(place, 0)) + 1
