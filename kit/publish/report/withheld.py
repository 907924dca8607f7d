"""A report without the texts of the articles: exhibits and results of notebooks that would tell them are left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from kit.exhibits import exhibit, index
from kit.publish.archive import withheld
from kit.publish.report.hashes import is_complete, without_passages
from kit.publish.report.notebooks import Piece
from kit.settings import LANGUAGES
from kit.wording.words import in_both

_TAG = re.compile(r"<[^>]*>")
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_LINK = re.compile(rb'<a href="\.\./evidence/[^"]*">(.*?)</a>', re.DOTALL)
_FEW = 3  # words of a title that are looked for


class Withheld:
    """The texts that a report must not tell.

    Parameters
    ----------
    texts : iterable of str
        Of the articles, and of their titles.

    """

    def __init__(self, texts: Iterable[str], titles: Iterable[str]) -> None:
        titles = [_folded(one) for one in titles]
        self._runs = withheld.runs(chain(texts, titles))
        self._titles = [f" {one} " for one in dict.fromkeys(titles) if len(one.split()) >= _FEW]

    def told_in(self, piece: Piece) -> bool:
        """Tell whether a piece of a notebook tells any: eight words in a row, a title, a column that holds words."""
        if piece.kind == "picture":
            return True  # nobody can tell
        text = str(piece.value)
        heads = {_TAG.sub("", head).strip() for head in _HEAD.findall(text)}
        bare = f" {_folded(_TAG.sub(' ', text))} "
        return (
            bool(heads & withheld.COLUMNS)
            or any(one in bare for one in self._titles)
            or withheld.tells("x.html", text.encode("utf-8", "replace"), self._runs)
        )

    def figures(self, figures: Path) -> dict[str, bytes]:
        """Return the files of the exhibits that tell none, with hashes in the place of the passages of their evidence.

        Of the others a sidecar is left, which says that they are withheld. Exhibits whose files are not as their
        sidecar says are left out.
        """
        kept: dict[str, bytes] = {}
        for file in sorted([*figures.glob("tbl-*.json"), *figures.glob("fig-*.json")]):
            sidecar, wrong = index.read(file, LANGUAGES[0])
            if wrong:
                continue
            id = sidecar["id"]  # noqa: A001
            files = {name: (figures / name).read_bytes() for name in sidecar["products"]}
            evidence = self._evidence(files, sidecar)
            names = [name for name in sidecar["products"] if not name.startswith("evidence/")]
            own = {name: files[name] if evidence else _without_links(name, files[name]) for name in names}
            told = any(self._tells(name, data) for name, data in own.items())
            facts = dict(sidecar)
            if told or withheld.tells(file.name, file.read_bytes(), self._runs):
                facts = {name: facts[name] for name in ("id", "kind", "title", "kit", "notebook", "schema")}
                facts |= {"attrs": {}, "products": {}, "missing": in_both({"key": "pages.report.no_texts"})}
            else:
                own |= evidence
                facts |= {"evidence": "ids", "products": {name: exhibit.digest(data) for name, data in own.items()}}
                kept |= own
            kept[f"{id}.json"] = json.dumps(facts, sort_keys=True, ensure_ascii=False, indent=1).encode() + b"\n"
        return kept

    def _evidence(self, files: Mapping[str, bytes], sidecar: Mapping[str, Any]) -> dict[str, bytes]:
        """Return the evidence of an exhibit as hashes; none where its rows tell the texts."""
        names = [f"evidence/{sidecar['id']}.{ending}" for ending in ("html", "csv")]
        if any(name not in files for name in names):
            return {}
        page, data = (files[name] for name in names)
        if sidecar["evidence"] == "full":
            if not is_complete(data):
                return {}
            page, data = without_passages(page, data, sidecar["id"], sidecar["labels"])
        made = dict(zip(names, (page, data), strict=True))
        return {} if any(self._tells(name, one) for name, one in made.items()) else made

    def _tells(self, name: str, data: bytes) -> bool:
        """Tell whether a file tells any."""
        if name.endswith(".csv"):
            return bool(withheld.blanked(data, self._runs, name)[1])
        return withheld.tells(name, data, self._runs)


def _without_links(name: str, data: bytes) -> bytes:
    """Take the links to evidence, which is left out, from the page of a table."""
    return _LINK.sub(rb"\1", data) if name.endswith(".html") else data


def _folded(text: str) -> str:
    """Return the words of a text in lower case, one blank between them."""
    return " ".join(re.findall(r"\w+", text.lower()))
