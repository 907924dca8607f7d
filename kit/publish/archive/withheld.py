"""An archive without the texts of the articles: what would tell them is left out, hashes and offsets stay."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kit.errors import BuildError
from kit.exhibits.formats.csv import mark_of, read
from kit.parts.summaries import AnyCorpus

LISTED = "WITHHELD.csv"
#: Columns that hold words of articles, whatever their length.
COLUMNS = frozenset(
    (
        "surface", "passage", "title", "left", "right", "node", "text", "context", "quotation", "statement", "removed",
        "sentence_text", "example", "examples", "headline", "before", "after",
    )
)  # fmt: skip
_RUN = 8  # words
_MOST = 20_000_000  # words of a corpus; each begins a run, which takes some 100 bytes
_LEFT = "left out"
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]*>")
_PACKED = (".docx", ".xlsx")
_PICTURES = (".png", ".pdf")


def runs(texts: Iterable[str]) -> set[int]:
    """Collect all runs of eight words."""
    found: set[int] = set()
    for text in texts:
        words = _WORD.findall(text.lower())
        found.update(hash(tuple(words[place : place + _RUN])) for place in range(len(words) - _RUN + 1))
    return found


def check_size(corpus: AnyCorpus) -> None:
    """Refuse a corpus of whose texts no machine would hold all runs of eight words."""
    if corpus.words > _MOST:
        raise BuildError(
            f"the texts have {corpus.words:,} words, too many to be looked for in all files",
            place="--withhold-text",
            remedy='write evidence = "ids" into [tool.kit], by which no exhibit shows passages, leave this option out, '
            "and keep the corpus outside the project",
        )


def withhold(files: Mapping[str, bytes], told: set[int], corpus: str) -> dict[str, bytes]:
    """Leave out, or blank in CSV files, all that tells some runs of words; say of each file what was done.

    Files of the corpus folder are left out, but for those whose words are none of the articles': descriptions, and the
    table of metadata without titles.
    """
    kept: dict[str, bytes] = {}
    done: list[tuple[str, str, str]] = []
    emptied: set[str] = set()
    for name, data in sorted(files.items(), key=lambda one: (not one[0].endswith(".csv"), one[0])):
        stem = name.rpartition("/")[2].partition(".")[0]
        if name.endswith(".csv"):
            written, columns = blanked(data, told, name)
            if columns:
                emptied.add(stem)
                done.append((name, f"columns blanked: {' '.join(columns)}", _hash(data)))
            kept[name] = written
        elif (
            tells(name, data, told)
            or (stem in emptied and not name.endswith(".json"))
            or (name.startswith(f"{corpus}/") and not name.endswith((".md", ".json")))
        ):
            done.append((name, _LEFT, _hash(data)))
        else:
            kept[name] = data
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("file", "withheld", "sha256"), *sorted(done)])
    return {**kept, LISTED: out.getvalue().encode("utf-8")}


def left_out(root: Path) -> list[str]:
    """List the files that an unpacked archive says it was packed without."""
    with (root / LISTED).open(encoding="utf-8", errors="replace", newline="") as stream:
        return [row["file"] for row in csv.DictReader(stream) if row.get("withheld") == _LEFT]


def blanked(data: bytes, told: set[int], name: str) -> tuple[bytes, list[str]]:
    """Blank the columns of a CSV file that hold words of articles."""
    rows = read(data, name)
    if not rows:
        return data, []
    places = [
        place
        for place, column in enumerate(rows[0])
        if any(len(row) > place and row[place] for row in rows[1:])
        and ((column in COLUMNS) or any(runs([row[place]]) & told for row in rows[1:] if len(row) > place))
        and not all(_number(row[place]) for row in rows[1:] if len(row) > place)
    ]
    if not places:
        return data, []
    out = io.StringIO()
    written = [rows[0], *([("" if place in places else cell) for place, cell in enumerate(row)] for row in rows[1:])]
    csv.writer(out, delimiter=mark_of(name), lineterminator="\n").writerows(written)
    return out.getvalue().encode("utf-8" if mark_of(name) == "," else "utf-8-sig"), [rows[0][place] for place in places]


def tells(name: str, data: bytes, told: set[int]) -> bool:
    """Tell whether a file holds a run of words of an article, in its text or between its tags."""
    if name.endswith(_PACKED):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(tells(part, archive.read(part), told) for part in archive.namelist())
    if name.endswith((*_PICTURES, ".whl")):
        return False
    text = data.decode("utf-8", "replace")
    bare = html.unescape(_TAG.sub(" ", text))
    escaped = re.sub(r"\\u([0-9a-f]{4})|\\[nrt\"]", " ", text)
    return bool(runs([text, bare, escaped, _TAG.sub("", text)]) & told)


def _number(cell: str) -> bool:
    """Tell whether a cell is a number or empty."""
    return re.fullmatch(r"-?[\d.,]*(e-?\d+)?", cell) is not None


def _hash(data: bytes) -> str:
    """Hash bytes."""
    return hashlib.sha256(data).hexdigest()
