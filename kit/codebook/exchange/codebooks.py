"""Codebooks to and from the dictionaries of other programs; what has no counterpart is listed, nothing is dropped."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pandas as pd

from kit.codebook.codebook import CONCEPT_COLUMNS, CONCEPTS, PATTERN_COLUMNS, PATTERNS, Codebook
from kit.codebook.exchange import codes, liwc, quanteda, yoshikoder
from kit.codebook.exchange.trees import Left, Node, left_table, tree_of, walk
from kit.codebook.loading import load_codebook
from kit.codebook.notation import Row, Slot, with_enclitics
from kit.codebook.rules import rule_of
from kit.corpus.calls import recorded
from kit.errors import CodebookError
from kit.index.postings import JOINED
from kit.language.tokens import COUNTED, tokenize

#: The programs' formats, by the endings of their files.
FORMATS: dict[str, ModuleType] = {
    ".yml": quanteda,
    ".yaml": quanteda,
    ".dic": liwc,
    ".ykd": yoshikoder,
    ".qdc": codes,
}
_WILD = ("*", "?")
_ASIDE = ("concept", "pattern", "kind", "language", "enabled", "example", "note")  # say nothing of what is counted


@recorded("concept", "entry")
def export_codebook(codebook: Codebook, path: str | Path, *, enclitics: bool = True) -> pd.DataFrame:
    """Write a codebook as a dictionary of another program.

    Parameters
    ----------
    codebook : Codebook
    path : str or Path
        The file to write. Its ending names the format: ``.yml`` (quanteda), ``.dic`` (LIWC), ``.ykd`` (Yoshikoder) or
        ``.qdc`` (REFI-QDA codebook: concepts and definitions for NVivo, MAXQDA, ATLAS.ti or QualCoder, no patterns).
    enclitics : bool
        Write a word also with each enclitic (*layanannya*, *layanan-nya*), since other programs look for whole words.

    Returns
    -------
    DataFrame, one row per loss
        `concept`, `entry` (the pattern; empty for all of the concept), `problem` (str): what the format cannot say.

    Raises
    ------
    CodebookError
        The ending is of none of the formats.

    Notes
    -----
    The same codebook gives the same bytes. In a ``.qdc`` file each code has an identifier made of its concept, and the
    colour of its group; codes of one name are told apart by their concept.

    Examples
    --------
    >>> import kit, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> left = kit.export_codebook(kit.load_codebook(), folder / "governance.yml", enclitics=False)
    >>> (folder / "governance.yml").read_text(encoding="utf-8").splitlines()[:3]
    ['tata-kelola:', '  good-governance:', '  - good governance']

    """
    file, form = _format(path)
    top = tree_of(codebook, "en" if form is codes else "")
    left: list[Left] = []
    if form is not codes:
        nodes = {node.key: node for node, _ in walk(top)}
        for row in codebook.concepts.to_dict("records"):
            kept = [f"{name}: {row[name]}" for name in ("requires", "refuses") if row[name]]
            left += [Left(row["concept"], "", condition) for condition in kept]
        for row in codebook.patterns.to_dict("records"):
            said, lost = _said(row, enclitics=enclitics)
            nodes[row["concept"]].patterns += said
            left += [Left(row["concept"], row["pattern"], problem) for problem in lost]
        for node in nodes.values():  # two patterns can say the same words
            node.patterns = list(dict.fromkeys(node.patterns))
    file.write_bytes(form.write(top))
    table = left_table(left)
    table.attrs = {"unit": "pattern", **codebook.about()}
    return table


@recorded("concept", "entry")
def import_codebook(path: str | Path, folder: str | Path, *, language: str = "id") -> pd.DataFrame:
    r"""Make a codebook of another program's dictionary.

    Parameters
    ----------
    path : str or Path
        A dictionary of quanteda (``.yml``), LIWC (``.dic``) or Yoshikoder (``.ykd``), or a REFI-QDA codebook
        (``.qdc``).
    folder : str or Path
        A new folder, into which ``concepts.csv`` and ``patterns.csv`` are written.
    language : str
        The language of the patterns (ISO 639), for the column `language`.

    Returns
    -------
    DataFrame, one row per loss
        `concept`, `entry` (as the file has it), `problem` (str): what could not be taken over, and why.

    Raises
    ------
    CodebookError
        The file cannot be read, the ending is of none of the formats, or the folder holds a codebook.

    Notes
    -----
    A code of a ``.qdc`` file has no patterns: its name is written as one, switched off, to be replaced. Definitions
    that the file does not have are marked *to be written*.

    Examples
    --------
    >>> import kit, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "mine.yml").write_text("service:\n- layanan\n- pelayanan publik\n", encoding="utf-8")
    >>> len(kit.import_codebook(folder / "mine.yml", folder / "mine"))
    0
    >>> kit.load_codebook(folder / "mine").patterns[["concept", "pattern", "kind"]]
       concept           pattern    kind
    0  service           layanan    form
    1  service  pelayanan publik  phrase

    """
    file, form = _format(path)
    place = Path(folder)
    if (place / CONCEPTS).exists() or (place / PATTERNS).exists():
        raise CodebookError("holds a codebook", place=str(folder), remedy="name a new folder, or move that one away")
    try:
        data = file.read_bytes()
    except OSError as error:
        remedy = "check the path"
        raise CodebookError(f"cannot be read ({error.strerror})", place=str(path), remedy=remedy) from error
    top, left = form.read(data, file.name)
    concepts, patterns = _tables(top, file.stem, language, left, bare=form is codes)
    place.mkdir(parents=True, exist_ok=True)
    for name, columns, rows in ((CONCEPTS, CONCEPT_COLUMNS, concepts), (PATTERNS, PATTERN_COLUMNS, patterns)):
        (place / name).write_bytes(_as_csv(columns, rows))
    made = load_codebook(place)  # whatever was taken over has to pass as any other
    table = left_table(left)
    table.attrs = {"unit": "pattern", **made.about()}
    return table


def _format(path: str | Path) -> tuple[Path, ModuleType]:
    """Return a file and the module of its format."""
    file = Path(path)
    if file.suffix.lower() not in FORMATS:
        remedy = f"use one of the endings {', '.join(FORMATS)}"
        raise CodebookError(f"has the ending {file.suffix!r}, of no known dictionary", place=file.name, remedy=remedy)
    return file, FORMATS[file.suffix.lower()]


def _said(row: dict[str, str], *, enclitics: bool) -> tuple[list[str], list[str]]:
    """Return how other programs write a pattern, and what of it they cannot."""
    pattern, kind = row["pattern"], row["kind"]
    if row["enabled"] != "yes":
        return [], ["is switched off"]
    lost = [f"{name}: {value}" for name, value in row.items() if value and name not in _ASIDE and value != "no"]
    if kind == "abbreviation":
        return [pattern], ["counts in its own case only", *lost]
    rows = rule_of(pattern, kind).rows
    if kind == "bearer":
        return [], ["has no counterpart: bearer", *lost]
    plain = [[slot.text for slot in row] for row in rows if all(_is_plain(slot) for slot in row)]
    if len(plain) == len(rows) == 1:
        plain = [pattern.split()]
    if len(plain) < len(rows):
        lost.insert(0, f"has no counterpart: {kind}" if not plain else "has no counterpart for its gaps and lists")
    ending = enclitics and kind != "glob"
    return [
        " ".join([*words[:-1], end])
        for words in plain
        for end in (with_enclitics(words[-1]) if ending else (words[-1],))
    ], lost


def _is_plain(slot: Slot) -> bool:
    """Tell whether a word of a pattern is one that other programs can look for: as it is, right behind the last."""
    return slot.how in ("form", "glob") and slot.link == JOINED


def _tables(
    top: list[Node], name: str, language: str, left: list[Left], *, bare: bool
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the rows of both tables; patterns that can never fire or repeat others are left out and listed."""
    concepts: list[dict[str, str]] = []
    patterns: list[dict[str, str]] = []
    named = _names(top)
    for node, _ in walk(top):
        concept = named[id(node)]
        rows = list(_patterns(node, concept, language, left, bare=bare))
        if not rows and not _filled(node):
            left.append(Left(concept, node.name, "has no pattern, so it is left out"))
            continue
        concepts.append(
            {
                "concept": concept,
                "parent": next((named[id(above)] for above, _ in walk(top) if node in above.below), name),
                "label_id": node.name,
                "label_en": node.name,
                "definition": node.description or "to be written",
            }
        )
        patterns += rows
    if not concepts:
        raise CodebookError("holds no pattern that can be looked for", place=name, remedy="see the formats in the docs")
    return concepts, patterns


def _filled(node: Node) -> bool:
    """Tell whether some node below a node has patterns."""
    return any(child.patterns or _filled(child) for child in node.below)


def _names(top: list[Node]) -> dict[int, str]:
    """Return a name for each node: its own, or with those above it where another has the same."""
    every = list(walk(top))
    folded = [node.name.casefold() for node, _ in every]
    names: dict[int, str] = {}
    for node, above in every:
        name = node.name if folded.count(node.name.casefold()) == 1 else "/".join([*above, node.name])
        known = {other.casefold() for other in names.values()}
        number = 2
        plain = name or "unnamed"
        name = plain
        while name.casefold() in known:
            name, number = f"{plain} {number}", number + 1
        names[id(node)] = name
    return names


def _patterns(node: Node, concept: str, language: str, left: list[Left], *, bare: bool) -> Iterator[dict[str, str]]:
    """Yield the rows of a node's patterns."""
    seen: dict[tuple[Row, ...], str] = {}
    entries = node.patterns or ([_words(node.name)] if bare and node.counted else [])
    for entry in entries:
        pattern = " ".join(entry.split())
        kind = "glob" if any(sign in pattern for sign in _WILD) else "phrase" if " " in pattern else "form"
        try:
            rule = rule_of(pattern, kind)
        except CodebookError as error:
            left.append(Left(concept, entry, str(error)))
            continue
        key = rule.rows
        if key in seen:
            left.append(Left(concept, entry, f"repeats {seen[key]!r}"))
            continue
        seen[key] = pattern
        row = {"concept": concept, "pattern": pattern, "kind": kind, "language": language, "enabled": "yes"}
        yield row | ({"enabled": "no", "note": "the name of the code: write what to look for"} if bare else {})


def _words(name: str) -> str:
    """Return the words of a code's name, without marks between them."""
    return " ".join(token.text for token in tokenize(name) if token.kind in COUNTED)


def _as_csv(columns: tuple[str, ...], rows: list[dict[str, str]]) -> bytes:
    """Write rows as CSV, in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
