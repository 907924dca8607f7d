"""The forms of a citation: a line after APA, BibTeX, CSL-JSON and RIS."""

from __future__ import annotations

import json
from collections.abc import Callable

from kit.exhibits import citation
from kit.publish.cited import Cited


def apa(cited: Cited) -> str:
    """Write a line as the APA style has it."""
    return f"{cited.author}. ({cited.year}). {cited.title}."


def bibtex(cited: Cited) -> str:
    """Write an entry of BibTeX."""
    return citation.entry(cited.key, cited.author, cited.title, cited.year).rstrip("\n")


def csl(cited: Cited) -> str:
    """Write an item of CSL-JSON, as Zotero and pandoc read it."""
    item = {
        "id": cited.key,
        "type": "dataset",
        "author": [{"literal": cited.author}],
        "issued": {"date-parts": [[int(cited.year)]]},
        "title": cited.title,
    }
    return json.dumps([item], ensure_ascii=False, indent=1)


def ris(cited: Cited) -> str:
    """Write an entry of RIS: one line a value; type DATA and ``ER  - `` are what programs understand."""
    fields = {"TY": "DATA", "ID": cited.key, "AU": f"{cited.author},", "TI": cited.title, "PY": cited.year, "ER": ""}
    return "\n".join(f"{tag}  - {value}" for tag, value in fields.items())


FORMS: dict[str, Callable[[Cited], str]] = {"APA": apa, "BibTeX": bibtex, "CSL-JSON": csl, "RIS": ris}


def told(cited: Cited) -> str:
    """List all forms, each under its name."""
    return "\n\n".join(f"{name}\n{write(cited)}" for name, write in FORMS.items())
