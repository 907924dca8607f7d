"""What a notebook says of itself before it runs: its source, the exhibits it makes, its Python as a syntax tree."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import BuildError, KitError
from kit.exhibits.exhibit import kind_of, products
from kit.settings import Settings

#: What a notebook's own metadata become, whichever kernel it was last opened with.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_EXHIBITS = {"Table": "table", "Figure": "figure"}
_PYTHON_MAGIC = re.compile(r"%%(time|timeit|capture|prun)\b")
_MAGIC = re.compile(r"(\s*)([%!?]|[\w.]+\??\?$|\w+\s*=\s*[%!])")


@dataclass(frozen=True)
class Exhibit:
    """A table or figure that a notebook's source promises.

    Parameters
    ----------
    id : str
        Its id.
    cell : int
        Number of the cell that makes it, from 1, text cells counted.
    products : tuple of str
        Its files, relative to the folder of figures.

    """

    id: str
    cell: int
    products: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Notebook:
    """A notebook as the build sees it: without outputs, metadata and execution counts.

    Parameters
    ----------
    path : Path
        The file.
    cells : tuple of (str, str)
        Type and source of each cell, lines ended by a line feed.
    tree : ast.Module
        The Python of all code cells.
    exhibits : tuple of Exhibit
        What it makes, in the order of its cells.

    """

    path: Path
    cells: tuple[tuple[str, str], ...]
    tree: ast.Module
    exhibits: tuple[Exhibit, ...]

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @property
    def products(self) -> tuple[str, ...]:
        """The files it makes, relative to the folder of figures."""
        return tuple(file for exhibit in self.exhibits for file in exhibit.products)

    @property
    def digest(self) -> str:
        """SHA-256 of type and source of its cells: running or opening it in Jupyter does not change it."""
        return hashlib.sha256(json.dumps(self.cells, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()

    def execution_count(self, cell: int) -> int:
        """Return the number that Jupyter shows beside a code cell when all cells are run: In [n]."""
        return sum(1 for kind, source in self.cells[:cell] if kind == "code" and source.strip())


def folder_of(settings: Settings) -> Path:
    """Return the folder of notebooks."""
    return settings.root / "notebooks"


def source_of(cell: Mapping[str, Any]) -> str:
    r"""Return a cell's source, which its file holds as one text or as a list of lines."""
    return "".join(cell["source"]).replace("\r\n", "\n").replace("\r", "\n")


def read_notebook(path: Path, csv: str = "plain") -> Notebook:
    r"""Read a notebook."""
    cells = tuple(_cells(path))
    trees = [
        (number, _parse(source, f"{path.stem}, cell {number}"))
        for number, (kind, source) in enumerate(cells, start=1)
        if kind == "code"
    ]
    whole = ast.Module([statement for _, tree in trees for statement in tree.body], [])
    names = _kit_names(whole)
    exhibits: list[Exhibit] = []
    for number, tree in trees:
        for call in sorted(_calls(tree), key=lambda node: (node.lineno, node.col_offset)):
            kind = _kind(call.func, names)
            if kind:
                exhibits.append(_exhibit(call, kind, number, f"{path.stem}, cell {number}", csv))
    seen: dict[str, int] = {}
    for exhibit in exhibits:
        if exhibit.id in seen:
            raise BuildError(
                f"{exhibit.id} is made twice, in cells {seen[exhibit.id]} and {exhibit.cell}",
                place=path.stem,
                remedy="give each exhibit an id of its own",
            )
        seen[exhibit.id] = exhibit.cell
    return Notebook(path, cells, whole, tuple(exhibits))


def _cells(path: Path) -> list[tuple[str, str]]:
    """Read type and source of each cell."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        if document["nbformat"] != 4:
            raise BuildError("is not of notebook format 4", place=path.name, remedy="open it in JupyterLab and save it")
        return [(cell["cell_type"], source_of(cell)) for cell in document["cells"]]
    except (ValueError, OSError, KeyError, TypeError) as error:
        raise BuildError(
            f"cannot be read as a notebook: {error}", place=path.name, remedy="mend it, or restore it from git"
        ) from error


def _parse(source: str, place: str) -> ast.Module:
    """Parse a code cell; what IPython adds to Python (magics, shell lines) is left out."""
    if source.startswith("%%"):
        first, _, rest = source.partition("\n")
        source = f"pass\n{rest}" if _PYTHON_MAGIC.match(first) else ""
    plain = "\n".join(_without_magic(source.split("\n")))
    try:
        return _compiled(source)
    except SyntaxError:
        try:
            return _compiled(plain)
        except SyntaxError as error:
            raise BuildError(f"{error.msg}, line {error.lineno}", place=place, remedy="mend the cell") from error


def _compiled(source: str) -> ast.Module:
    """Parse Python as a notebook may have it, with await outside functions."""
    with warnings.catch_warnings(action="ignore"):  # Python says it again when the cell runs
        tree: ast.Module = compile(source, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    return tree


def _without_magic(lines: Iterable[str]) -> Iterator[str]:
    """Put ``pass`` in the place of lines that are IPython's, not Python's."""
    for line in lines:
        match = _MAGIC.match(line)
        yield f"{match[1]}pass" if match else line


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _kit_names(tree: ast.Module) -> dict[str, str]:
    """Map each name that an import binds to something of kit, to what it stands for there."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "kit":
                    names[alias.asname or "kit"] = alias.name
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kit" and not node.level:
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
            if any(alias.name == "*" for alias in node.names):
                names |= {name: name for name in _EXHIBITS}
    return names


def _kind(function: ast.expr, names: dict[str, str]) -> str | None:
    """Tell whether a call makes a table or a figure of kit; None if neither."""
    if isinstance(function, ast.Name):
        return _EXHIBITS.get(names.get(function.id, ""))
    if not isinstance(function, ast.Attribute):
        return None
    root: ast.expr = function
    while isinstance(root, ast.Attribute):
        root = root.value
    return _EXHIBITS.get(function.attr) if isinstance(root, ast.Name) and root.id in names else None


def _exhibit(call: ast.Call, kind: str, cell: int, place: str, csv: str) -> Exhibit:
    """Read an exhibit's id and products off the call that makes it."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    value = given.get("id", call.args[1] if len(call.args) > 1 else None)
    prefix = "tbl" if kind == "table" else "fig"
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        written = ast.unparse(value) if value is not None else "missing"
        raise BuildError(
            f"the id of a {kind} is {written}, not a text in quotes",
            place=place,
            remedy=f'write it out, as in id="{prefix}-name", so that the build can read it',
        )
    evidence = "evidence" in given and not (isinstance(given["evidence"], ast.Constant) and not given["evidence"].value)
    try:
        found = kind_of(value.value)
        files = products(value.value, evidence=evidence, csv=csv)
    except KitError as error:
        raise BuildError(error.problem, place=place, remedy=error.remedy) from error
    if found != kind:
        raise BuildError(
            f"{value.value} is the id of a {found}, not of a {kind}", place=place, remedy=f"begin it with {prefix}-"
        )
    return Exhibit(value.value, cell, files)
