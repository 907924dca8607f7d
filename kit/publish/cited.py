"""What is cited: an exhibit, a cell, a passage, the codebook or the corpus, found in the folder of figures."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import ExhibitError
from kit.exhibits import citation, exhibit
from kit.exhibits.notes import SHORT
from kit.publish.tables import PublishedTable, sidecars, slug
from kit.settings import RELEASED
from kit.wording import escape
from kit.wording.words import heading, say

_PASSAGE = re.compile(r"(?P<doc>.+):(?P<start>\d+)-(?P<end>\d+)", re.DOTALL)
_LIST = "python3 make.py list names them all"


@dataclass(frozen=True)
class Cited:
    """What stands in a bibliography, in one language.

    Parameters
    ----------
    key : str
        What a paper cites it by: the id; of a cell with row and column, joined by hyphens.
    author, title, year : str
        The kit, or the outlet of a passage; all that identifies it, without a full stop at the end; the year of the
        kit's release or of the article, or that it is not known.

    """

    key: str
    author: str
    title: str
    year: str

    @property
    def plain_key(self) -> str:
        """The key without hyphens, for programs that rename keys which have some."""
        return self.key.replace("-", "")


def find_cited(figures: Path, name: str, language: str) -> Cited:
    """Find what is to be cited by its name.

    An exhibit, ``tbl-concepts``; a cell of a table, ``tbl-concepts/akuntabilitas/mentions``, named by what stands in
    one of the columns of text of its row, or by the row's name in numbers.json, and by its column's own name; a
    passage, ``seed-article:474-490``, by its document and offsets in the evidence; ``codebook``; ``corpus``.
    """
    if name in ("codebook", "corpus"):
        return _whole(figures, name, language)
    place = _PASSAGE.fullmatch(name)
    if place:
        return _passage(figures, place, language)
    id, _, cell = name.partition("/")  # noqa: A001
    exhibit.kind_of(id)
    file = figures / f"{id}.json"
    if not file.is_file():
        raise ExhibitError("there is no such exhibit", place=id, remedy=_LIST)
    sidecar = json.loads(file.read_bytes())
    if exhibit.missing(sidecar):
        raise ExhibitError(sidecar["missing"]["en"], place=id, remedy="cite it when there is something to show")
    title = citation.plain(sidecar, language)
    return _made(name, f"{_told(figures, id, cell, language)}. {title}" if cell else title, language)


def exhibits(figures: Path, language: str) -> list[Cited]:
    """List all exhibits that have something to show, by id."""
    return [_made(one["id"], citation.plain(one, language), language) for one in sidecars(figures)]


def _made(name: str, title: str, language: str) -> Cited:
    """Cite what the kit has made."""
    title = escape.one_line(title.removesuffix("."))
    return Cited(slug(name), say("pages.maker", language), title, RELEASED[:4])


def _whole(figures: Path, name: str, language: str) -> Cited:
    """Cite the corpus or the codebook that the exhibits were made with; they must all be of one."""
    key = {"corpus": "fingerprint", "codebook": "codebook"}[name]
    found = [one["attrs"] for one in sidecars(figures) if key in one["attrs"] and not one["attrs"].get("simulated")]
    versions = sorted({attrs[key] for attrs in found})
    if len(versions) != 1:
        problem = f"the exhibits are of {len(versions)} versions" if versions else "no exhibit is made with one"
        raise ExhibitError(problem, place=name, remedy="python3 make.py figures brings them up to date")
    attrs = max(found, key=lambda one: (one.get("documents", 0), one.get("tokens", 0)))
    facts = {"documents": attrs.get("documents", 0), "tokens": attrs.get("tokens", 0)} if name == "corpus" else {}
    return _made(name, say(f"pages.{name}_whole", language, version=versions[0][:SHORT], **facts), language)


def _passage(figures: Path, place: re.Match[str], language: str) -> Cited:
    """Cite a passage that stands in the evidence of a table, by its document and offsets."""
    doc, start, end = place.group("doc", "start", "end")
    for file in sorted((figures / "evidence").glob("tbl-*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if escape.unguarded(row["doc_id"]) == doc and (row["start"], row["end"]) == (start, end):
                    return _of_hit(figures, file.stem, row, language)
    remedy = "take doc_id, start and end from a row of evidence/: seed-article:474-490"
    raise ExhibitError("no evidence has this passage", place=place[0], remedy=remedy)


def _of_hit(figures: Path, id: str, row: Mapping[str, str], language: str) -> Cited:  # noqa: A002
    """Cite the passage of a row of evidence; its words only where they are not withheld."""
    cell = {name: escape.one_line(escape.unguarded(text)) for name, text in row.items()}
    attrs = json.loads((figures / f"{id}.json").read_bytes())["attrs"]
    said = say(
        "pages.passage",
        language,
        title=", ".join(
            ([f"“{cell['surface']}”"] if "surface" in cell else []) + [cell.get("title") or cell["doc_id"]]
        ),
        sentence=cell["sentence_no"],
        start=cell["start"],
        end=cell["end"],
        version=attrs.get("fingerprint", "")[:SHORT],
    )
    year = re.match(r"\d{4}", cell["date"])
    author = cell["outlet"] or say("pages.maker", language)
    return Cited(
        slug(f"{cell['doc_id']} {cell['start']} {cell['end']}"),
        author,
        said,
        year[0] if year else say("pages.undated", language),
    )


def _told(figures: Path, id: str, cell: str, language: str) -> str:  # noqa: A002
    """Say what a cell holds."""
    key, slash, column = cell.rpartition("/")
    if not slash or not id.startswith("tbl-"):
        remedy = f"name a row and a column of a table: {id}/akuntabilitas/mentions"
        raise ExhibitError(f"{cell!r} is no cell", place=id, remedy=remedy)
    table = PublishedTable(figures, id)
    found = [row for row in table.rows if key in row.values()]
    if len(found) != 1:
        found = [row for row, name in zip(table.rows, table.names, strict=True) if name == key] or found
    if not found:
        raise ExhibitError(f"no row has {key!r}", place=id, remedy=f"look it up in tables/{id}.csv")
    if column not in found[0]:
        remedy = "use " + ", ".join(found[0])
        raise ExhibitError(f"there is no column {column!r}", place=id, remedy=remedy)
    if len(found) > 1:
        raise ExhibitError(f"{len(found)} rows have {key!r}", place=id, remedy=_alone(table.rows, found[0], key))
    value = found[0][column]
    return say("pages.cell", language, row=key, column=heading(column, language), value=value or "–")


def _alone(rows: list[dict[str, str]], row: Mapping[str, Any], key: str) -> str:
    """Name a value that only one row has, as the way out."""
    told = (value for value in row.values() if value != key and sum(value in other.values() for other in rows) == 1)
    return f"name a value that one row alone has, such as {next(told, 'none of these')}"
