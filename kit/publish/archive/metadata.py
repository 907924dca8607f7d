"""What describes an archive to machines: an RO-Crate with a run for each exhibit, and a Frictionless data package."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from kit.exhibits.formats.csv import mark_of, read
from kit.settings import RELEASED, __version__
from kit.wording.words import say

_CRATE = "ro-crate-metadata.json"
_CONTEXT = ["https://w3id.org/ro/crate/1.2/context", "https://w3id.org/ro/terms/workflow-run/context"]
_PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_LICENCE = "https://spdx.org/licenses/MIT"
_TYPES = {
    ".csv": "text/csv", ".json": "application/json", ".html": "text/html", ".md": "text/markdown",
    ".svg": "image/svg+xml", ".png": "image/png", ".pdf": "application/pdf", ".py": "text/x-python",
    ".tex": "application/x-tex",
    ".ipynb": "application/x-ipynb+json", ".toml": "application/toml", ".txt": "text/plain",
}  # fmt: skip


def crate(files: Mapping[str, bytes], sidecars: Sequence[Mapping[str, Any]], figures: str, corpus: str) -> bytes:
    """Write ``ro-crate-metadata.json``: RO-Crate 1.2 and the Process Run Crate, an action for each exhibit."""
    names = sorted({*files, "datapackage.json"} - {_CRATE})
    made = [one for one in sidecars if f"notebooks/{one['notebook']}.ipynb" in files]
    inputs = [name for name in names if name.startswith(f"{corpus}/") or name == "requirements.lock"]
    actions = [_action(one, names, figures, inputs) for one in made]
    python = {"@id": "#python", "@type": "SoftwareApplication", "name": "Python", "version": "3.11"}
    python["url"] = "https://www.python.org/"
    graph: list[dict[str, Any]] = [
        {
            "@id": _CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": say("archive.name", "en"),
            "description": say("archive.description", "en"),
            "datePublished": RELEASED,
            "license": {"@id": _LICENCE},
            "conformsTo": {"@id": _PROFILE},
            "author": {"@id": "#maker"},
            "hasPart": [{"@id": _id(name)} for name in names],
            "mentions": [{"@id": action["@id"]} for action in actions],
        },
        {"@id": _PROFILE, "@type": ["CreativeWork", "Profile"], "name": "Process Run Crate", "version": "0.5"},
        {"@id": _LICENCE, "@type": "CreativeWork", "name": "MIT License", "description": say("archive.licence", "en")},
        {"@id": "#maker", "@type": "Organization", "name": say("pages.maker", "en")},
        python,
        *actions,
        *(_file(name, files.get(name)) for name in names),
    ]
    return _json({"@context": _CONTEXT, "@graph": graph})


def package(files: Mapping[str, bytes]) -> bytes:
    """Write ``datapackage.json``: every CSV file of the archive with its columns, size and hash."""
    resources = [_resource(name, data) for name, data in sorted(files.items()) if name.endswith(".csv") and data]
    content = {
        "name": "governance-discourse-replication",
        "title": say("archive.name", "en"),
        "description": say("archive.description", "en"),
        "version": __version__,
        "licenses": [{"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"}],
        "resources": resources,
    }
    return _json(content)


def _action(sidecar: Mapping[str, Any], names: Sequence[str], figures: str, inputs: Sequence[str]) -> dict[str, Any]:
    """Describe the run that made an exhibit."""
    products = [f"{figures}/{name}" for name in [*sidecar["products"], f"{sidecar['id']}.json"]]
    return {
        "@id": f"#make-{sidecar['id']}",
        "@type": "CreateAction",
        "name": sidecar["title"]["en"],
        "description": say("archive.action", "en", id=sidecar["id"], notebook=sidecar["notebook"]),
        "endTime": f"{RELEASED}T00:00:00+00:00",
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
        "agent": {"@id": "#maker"},
        "instrument": {"@id": _id(f"notebooks/{sidecar['notebook']}.ipynb")},
        "object": [{"@id": _id(name)} for name in inputs],
        "result": [{"@id": _id(name)} for name in products if name in set(names)],
    }


def _file(name: str, data: bytes | None) -> dict[str, Any]:
    """Describe a file."""
    program = name.endswith(".ipynb")
    entry: dict[str, Any] = {
        "@id": _id(name),
        "@type": ["File", "SoftwareSourceCode"] if program else "File",
        "name": PurePosixPath(name).name,
    }
    kind = _TYPES.get(PurePosixPath(name).suffix)
    entry |= {"encodingFormat": kind} if kind else {}
    entry |= {"runtimePlatform": "Python 3.11", "version": __version__} if program else {}
    return entry | (
        {"contentSize": str(len(data)), "sha256": hashlib.sha256(data).hexdigest()} if data is not None else {}
    )


def _resource(name: str, data: bytes) -> dict[str, Any]:
    """Describe a CSV file."""
    head, *rows = read(data, name)
    mark = mark_of(name)
    fields = [{"name": column, "type": _type([row[place] for row in rows], mark)} for place, column in enumerate(head)]
    other = {} if mark == "," else {"dialect": {"delimiter": mark}}  # the decimal comma of its numbers
    fields = [one | ({"decimalChar": ","} if other and one["type"] == "number" else {}) for one in fields]
    return other | {
        "name": re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"),
        "path": name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": fields},
    }


def _type(cells: Sequence[str], mark: str) -> str:
    """Tell the type of a column."""
    filled = [cell.replace(",", ".") if mark == ";" else cell for cell in cells if cell]
    for kind, form in (("boolean", "true|false"), ("integer", r"-?\d+"), ("number", r"-?\d+(\.\d+)?([eE][+-]?\d+)?")):
        if filled and all(re.fullmatch(form, cell) for cell in filled):
            return kind
    return "string"


def _id(name: str) -> str:
    """Write a path as an address within the crate."""
    return name.replace("%", "%25").replace(" ", "%20")


def _json(content: Mapping[str, Any]) -> bytes:
    """Write JSON."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
