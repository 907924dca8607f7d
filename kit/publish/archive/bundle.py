"""The archive as one zip file with fixed dates: code, corpus, exhibits, what describes them; and its hash."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kit.exhibits.exhibit import write
from kit.parts.summaries import AnyCorpus, each_text
from kit.publish.archive import metadata, sums, withheld
from kit.publish.tables import sidecars
from kit.settings import RELEASED, Settings, __version__
from kit.wording.words import replication

_CLOCK = (1980, 1, 1, 0, 0, 0)
README = "REPLICATION.md"


def make_bundle(settings: Settings, corpus: AnyCorpus, names: Iterable[str], *, withhold: bool = False) -> Path:
    """Write the archive and its hash into ``results/bundle/``; return the zip file."""
    name = f"replication-{__version__}{'-texts-withheld' if withhold else ''}.zip"
    data = packed(contents(settings, corpus, names, withhold=withhold))
    digest = hashlib.sha256(data).hexdigest()
    folder = settings.root / "results" / "bundle"
    write(folder, {name: data, f"{name}.sha256": f"{digest}  {name}\n".encode()})
    return folder / name


def contents(settings: Settings, corpus: AnyCorpus, names: Iterable[str], *, withhold: bool) -> dict[str, bytes]:
    """Gather the files of the archive: those named, and what describes them."""
    root = settings.root
    files = {name: (root / name).read_bytes() for name in names}
    where = {key: _within(root, path) for key, path in (("figures", settings.figures), ("corpus", settings.corpus))}
    if withhold:
        withheld.check_size(corpus)
        told = withheld.runs(each_text(corpus))
        raw = (data.decode("utf-8", "replace") for name, data in files.items() if _is_under(name, where["corpus"]))
        articles = [runs for runs in (withheld.runs([one]) for one in raw) if runs & told]
        files = withheld.withhold(files, told.union(*articles), where["corpus"])
    described = list(sidecars(settings.figures))
    facts = {
        "version": __version__,
        "date": RELEASED,
        "documents": str(len(corpus)),
        "fingerprint": str(corpus.fingerprint),
        "exhibits": "\n".join(_row(one["id"], one["notebook"], one["title"]["en"]) for one in described),
        "texts": "withheld" if withhold else "included",
    }
    files[README] = replication(withheld=withhold, **facts).encode("utf-8")
    files["datapackage.json"] = metadata.package(files)
    files["ro-crate-metadata.json"] = metadata.crate(files, described, where["figures"], where["corpus"])
    return {**files, **sums.sums(files)}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Pack files, sorted by name, with fixed dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _CLOCK)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _within(root: Path, path: Path) -> str:
    """Write a folder's path from the project's folder."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _is_under(name: str, folder: str) -> bool:
    """Tell whether a file lies in a folder."""
    return name.startswith(f"{folder}/")


def _row(exhibit: str, notebook: str, title: str) -> str:
    """Write a row of the list of exhibits."""
    title = title.replace("|", "\\|")
    return f"| {exhibit} | notebooks/{notebook}.ipynb | {title} |"
