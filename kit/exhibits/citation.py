"""How an exhibit is cited: a line of text, and a BibTeX entry, both from its sidecar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.exhibits.notes import SHORT
from kit.settings import RELEASED
from kit.wording import escape
from kit.wording.words import say


def plain(sidecar: Mapping[str, Any], language: str) -> str:
    """Cite an exhibit in one line.

    Title, kind and id; version of the kit; fingerprint of the corpus, version of the codebook and hash of the
    data, 12 digits each, as far as they apply.
    """
    name = say(f"pages.{sidecar['kind']}", language)
    return f"{sidecar['title'][language]}. {name} {sidecar['id']}. {'; '.join(_source(sidecar, language))}."


def bibtex(sidecar: Mapping[str, Any], language: str) -> str:
    """Cite an exhibit as a BibTeX entry.

    All that identifies it stands in the title, since most styles leave out a note. The author is the kit, and the year
    that of its release: what made the exhibit, and the same on any day.
    """
    return entry(sidecar["id"], say("pages.maker", language), plain(sidecar, language).removesuffix("."), RELEASED[:4])


def entry(key: str, author: str, title: str, year: str) -> str:
    """Write an entry of BibTeX, in which the author is no person and the title keeps its capitals."""
    fields = {"author": f"{{{escape.bibtex(author)}}}", "title": f"{{{escape.bibtex(title)}}}", "year": year}
    lines = ",\n".join(f"  {field} = {{{value}}}" for field, value in fields.items())
    return f"@misc{{{key},\n{lines}\n}}\n"


def _source(sidecar: Mapping[str, Any], language: str) -> list[str]:
    """Name the kit, and what the numbers were made from."""
    attrs = sidecar["attrs"]
    data = sidecar["products"][("tables/" if sidecar["kind"] == "table" else "") + f"{sidecar['id']}.csv"]
    parts = [say("pages.kit", language, version=sidecar["kit"])]
    if "fingerprint" in attrs:
        parts.append(say("pages.corpus", language, fingerprint=attrs["fingerprint"][:SHORT]))
    if attrs.get("simulated"):
        parts.append(say("pages.simulated", language))
    if "codebook" in attrs:
        parts.append(say("pages.codebook", language, codebook=attrs["codebook"]))
    parts.append(say("pages.data", language, sha256=data[:SHORT]))
    return parts
