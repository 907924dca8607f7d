"""How an exhibit is cited: a line of text, and a BibTeX entry, both from its sidecar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.exhibits.notes import SHORT
from kit.wording import escape
from kit.wording.words import say


def plain(sidecar: Mapping[str, Any], language: str) -> str:
    """Cite an exhibit in one line.

    Parameters
    ----------
    sidecar : mapping
        The content of the exhibit's sidecar.
    language : {"en", "id"}
        Language of title and words.

    Returns
    -------
    str
        Title, kind and id; version of the kit; fingerprint of the corpus, version of the codebook and hash of the
        data, 12 digits each, as far as they apply. No author and no year: those are the paper's.

    Examples
    --------
    >>> sidecar = {"id": "tbl-x", "kind": "table", "title": {"en": "Concepts", "id": "Konsep"}, "kit": "0.1.0",
    ...     "attrs": {"fingerprint": "3f" * 32}, "products": {"tables/tbl-x.csv": "ab" * 32}}
    >>> plain(sidecar, "en")
    'Concepts. Table tbl-x. Governance-discourse kit 0.1.0; corpus 3f3f3f3f3f3f; data abababababab.'

    """
    name = say(f"pages.{sidecar['kind']}", language)
    return f"{sidecar['title'][language]}. {name} {sidecar['id']}. {'; '.join(_source(sidecar, language))}."


def bibtex(sidecar: Mapping[str, Any], language: str) -> str:
    r"""Cite an exhibit as a BibTeX entry.

    Parameters
    ----------
    sidecar : mapping
        The content of the exhibit's sidecar.
    language : {"en", "id"}
        Language of title and words.

    Returns
    -------
    str
        An ``@misc`` entry whose key is the id; every value in braces, escaped, with balanced braces.

    Examples
    --------
    >>> sidecar = {"id": "tbl-x", "kind": "table", "title": {"en": "50% \"x\"", "id": "X"}, "kit": "0.1.0",
    ...     "attrs": {}, "products": {"tables/tbl-x.csv": "ab" * 32}}
    >>> print(bibtex(sidecar, "en"), end="")
    @misc{tbl-x,
      title = {{50\% \char34{}x\char34{}}},
      howpublished = {Governance-discourse kit 0.1.0},
      note = {Table tbl-x; data abababababab}
    }

    """
    name = say(f"pages.{sidecar['kind']}", language)
    kit, *rest = _source(sidecar, language)
    fields = {
        "title": f"{{{escape.latex(sidecar['title'][language])}}}",
        "howpublished": escape.latex(kit),
        "note": escape.latex("; ".join([f"{name} {sidecar['id']}", *rest])),
    }
    lines = ",\n".join(f"  {field} = {{{value}}}" for field, value in fields.items())
    return f"@misc{{{sidecar['id']},\n{lines}\n}}\n"


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
