"""The forms of a citation: a line after APA, BibTeX, CSL-JSON and RIS; and the bibliography of all exhibits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from kit.exhibits import citation
from kit.publish.cited import Cited


def apa(cited: Cited) -> str:
    """Write a line as the APA style has it."""
    author = cited.author if cited.author.endswith(".") else f"{cited.author}."
    return f"{author} ({cited.year}). {cited.title}."


def bibtex(cited: Cited) -> str:
    """Write an entry of BibTeX; biblatex knows it by the key without hyphens too."""
    entry = citation.entry(cited.key, cited.author, cited.title, cited.year).rstrip("\n}")
    also = "" if cited.plain_key == cited.key else f",\n  ids = {{{cited.plain_key}}}"
    return f"{entry}}}{also}\n}}"


def csl(cited: Cited) -> str:
    """Write an item of CSL-JSON, as Zotero and pandoc read it."""
    item = {
        "id": cited.key,
        "type": "dataset",
        "author": [{"literal": cited.author}],
        "title": cited.title,
    } | ({"issued": {"date-parts": [[int(cited.year)]]}} if cited.year.isdecimal() else {})
    return json.dumps([item], ensure_ascii=False, indent=1)


def ris(cited: Cited) -> str:
    """Write an entry of RIS: one line a value; type DATA and ``ER  - `` are what programs understand."""
    dated = {"PY": cited.year} if cited.year.isdecimal() else {}
    fields = {"TY": "DATA", "ID": cited.key, "AU": f"{cited.author},", "TI": cited.title, **dated, "ER": ""}
    return "\n".join(f"{tag}  - {value}" for tag, value in fields.items())


FORMS: dict[str, Callable[[Cited], str]] = {"APA": apa, "BibTeX": bibtex, "CSL-JSON": csl, "RIS": ris}


def told(cited: Cited) -> str:
    """List all forms, each under its name."""
    return "\n\n".join(f"{name}\n{write(cited)}" for name, write in FORMS.items())


def bibliography(all_cited: Iterable[Cited]) -> bytes:
    """Write ``exhibits.bib``: an entry of BibTeX for each exhibit."""
    return "".join(f"{bibtex(cited)}\n\n" for cited in all_cited).encode("utf-8")
