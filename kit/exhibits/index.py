"""The page that shows all exhibits, made from their sidecars alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import markupsafe

from kit.exhibits import citation, exhibit, notes
from kit.exhibits.formats import html
from kit.exhibits.formats.registry import FORMATS, PICTURES
from kit.plots.style import SCREEN
from kit.settings import CSV, EXCEL, LANGUAGES
from kit.wording import words

_ROWS = 40  # of a table; its own page shows all
_WIDEST = 1000  # mm
_NAMES = {f".{ending}": name for ending, name in PICTURES.items()} | {".json": "JSON"}
_NAMES |= {f".{made.ending}": made.name for made in FORMATS}
_FORM: dict[str, type] = {
    "id": str, "kind": str, "attrs": dict, "kit": str, "notebook": str, "products": dict,
}  # fmt: skip


def write_index(figures: Path, language: str, out_of_date: Collection[str] = ()) -> Path:
    """Write ``index.html``: every exhibit with its note, its files, its evidence and how to cite it."""
    exhibit.write(figures, {"index.html": page(figures, language, out_of_date).encode("utf-8")})
    return figures / "index.html"


def page(figures: Path, language: str, out_of_date: Collection[str] = (), home: str = "") -> str:
    """Make the page of all exhibits, which leads back to the page `home`, if there is one.

    Exhibits stand in the order of their notebooks, then of their ids, those of no notebook last; those that
    have nothing to show are a line each, that says what is missing, sentences that several notes of a notebook share
    stand under the first, and those of notebooks named in `out_of_date` are
    marked as such. A sidecar that cannot be read, or whose files are missing or are not those it describes, is
    named at the top with the reason, and its exhibit left out.
    """
    found, broken = [], []
    for file in sorted([*figures.glob("tbl-*.json"), *figures.glob("fig-*.json")], key=lambda file: file.stem):
        sidecar, reason = read(file, language)
        if reason:
            broken.append((file.name, reason))
        else:
            entry = _listed(sidecar, language, out_of_date)
            found.append(entry if entry["reason"] else entry | shown(figures, sidecar, language))
    found.sort(key=lambda entry: (not entry["notebook"], entry["notebook"]))  # stable: by id in each notebook
    _fold(found, language)
    return html.render(
        "index.html",
        language,
        home=home,
        contents=[(name, list(entries)) for name, entries in groupby(found, key=itemgetter("notebook"))],
        exhibits=[entry for entry in found if not entry["reason"]],
        absent=[entry for entry in found if entry["reason"]],
        broken=broken,
        stale=sum(entry["stale"] for entry in found),
    )


def _fold(found: Sequence[dict[str, Any]], language: str) -> None:
    """Say once in each notebook what stands under several of its exhibits; each file of an exhibit keeps it all."""
    for _, entries in groupby(found, key=itemgetter("notebook")):
        seen: dict[str, str] = {}
        for entry in entries:
            if "note" in entry:
                parted = notes.folded(entry["note"], seen, entry["id"], entry["attrs"], language)
                entry["note"], entry["again"], entry["as_under"] = parted


def read(file: Path, language: str) -> tuple[dict[str, Any], str]:
    """Read a sidecar; the second value says why it cannot be used, and is empty if it can."""
    try:
        content = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        return {}, words.say("pages.reason.unreadable", language)
    version = content.get("schema", "?") if isinstance(content, dict) else "?"
    if version != exhibit.SCHEMA:
        return {}, words.say("pages.reason.version", language, version=str(version), expected=str(exhibit.SCHEMA))
    lacking = _lacking(content, file.stem)
    if lacking:
        return {}, words.say("pages.reason.incomplete", language, name=lacking)
    for path, digest in content["products"].items():
        product = file.parent / path
        if not product.is_file():
            return {}, words.say("pages.reason.missing", language, file=path)
        if exhibit.digest(product.read_bytes()) != digest:
            return {}, words.say("pages.reason.changed", language, file=path)
    return content, ""


def _lacking(content: dict[str, Any], name: str) -> str:
    """Name the first key of a sidecar that is not there or has not its form; empty if all is well."""
    wrong = [key for key, form in _FORM.items() if not isinstance(content.get(key), form)]
    if wrong:
        return wrong[0]
    figure, absent = content["kind"] == "figure", "missing" in content
    for key in ("title", "missing") if absent else ("title", "note", "alt") if figure else ("title", "note"):
        words = content.get(key)
        if not isinstance(words, dict) or not all(isinstance(words.get(language), str) for language in LANGUAGES):
            return key
    size = content.get("size")
    width = size.get("width_mm") if isinstance(size, dict) else None
    if figure and not absent and not (isinstance(width, int | float) and 0 < width < _WIDEST):
        return "size"
    if not all(isinstance(content["attrs"].get(key, ""), str) for key in ("fingerprint", "codebook")):
        return "attrs"
    if content["id"] != name or not exhibit.is_id(name) or content["kind"] != exhibit.kind_of(name):
        return "id"
    # Only files that the kit itself would name are ever opened or linked to.
    whole = [
        exhibit.products(name, evidence=evidence, csv=csv)[:-1]
        for evidence in ((False,) if figure else (False, True))
        for csv in CSV
    ]
    possible = [()] if absent else whole
    fine = any(set(content["products"]) == set(paths) for paths in possible)
    return "" if fine and all(isinstance(digest, str) for digest in content["products"].values()) else "products"


def _listed(sidecar: dict[str, Any], language: str, out_of_date: Collection[str]) -> dict[str, Any]:
    """Gather what the contents say of one exhibit; the reason is empty unless it has nothing to show."""
    absent = exhibit.missing(sidecar)
    return {
        "id": sidecar["id"],
        "title": sidecar["title"][language],
        "notebook": sidecar["notebook"],
        "reason": sidecar["missing"][language] if absent else "",
        "empty": absent or sidecar.get("rows") == 0,
        "stale": sidecar["notebook"] in out_of_date,
    }


def shown(figures: Path, sidecar: Mapping[str, Any], language: str, way: str = "") -> dict[str, Any]:
    """Gather what a page shows of one exhibit; `way` leads from there to the folder of figures."""
    id, table = sidecar["id"], sidecar["kind"] == "table"  # noqa: A001
    grid, more = _grid(figures / "tables" / f"{id}.html", language, way) if table else ("", "")
    return {
        "note": sidecar["note"][language],
        "again": "",
        "as_under": [],
        "attrs": sidecar["attrs"],
        "grid": grid,
        "more": more,
        "alt": "" if table else sidecar["alt"][language],
        "width": 0 if table else round(sidecar["size"]["width_mm"] * SCREEN),
        "links": [(_name(path, id, language), way + path) for path in [*sorted(sidecar["products"]), f"{id}.json"]],
        "citation": citation.plain(sidecar, language),
        "bibtex": citation.bibtex(sidecar, language),
    }


def _grid(file: Path, language: str, way: str) -> tuple[markupsafe.Markup, str]:
    """Take the table out of its own page, at most so many rows of it, and say if there are more."""
    text = file.read_text(encoding="utf-8")
    head, _, rest = text[text.index("<table") :].partition("<tbody>\n")
    rows = rest.partition("</tbody>")[0].split("</tr>\n")[:-1]
    # Escaped when it was written, by this kit; the sidecar's hash has shown it to be unchanged.
    kept = "".join([head, "<tbody>\n", *(row + "</tr>\n" for row in rows[:_ROWS]), "</tbody>\n</table>"])
    more = words.say("pages.more", language, shown=_ROWS, all=len(rows)) if len(rows) > _ROWS else ""
    return markupsafe.Markup(kept.replace('href="../evidence/', f'href="{way}evidence/')), more  # noqa: S704


def _name(path: str, id: str, language: str) -> str:  # noqa: A002
    """Name a file by its kind."""
    name = _NAMES[path.partition(id)[2]] + (" (Excel)" if path.startswith(f"{EXCEL}/") else "")
    return f"{words.say('pages.evidence', language)} ({name})" if path.startswith("evidence/") else name
