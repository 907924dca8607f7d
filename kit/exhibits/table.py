"""Tables that can be cited: CSV, XLSX, LaTeX, Markdown and HTML of one DataFrame, with note, evidence and sidecar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import pandas as pd

from kit.errors import ExhibitError
from kit.exhibits import cells, columns, evidence_files, exhibit, notes, sources
from kit.exhibits import evidence as passages
from kit.exhibits.columns import Wanted
from kit.exhibits.formats import csv, html, latex
from kit.exhibits.formats.registry import FORMATS
from kit.exhibits.grid import Grid
from kit.settings import EXCEL, LANGUAGES, Settings, load_settings
from kit.wording import words

_LAYOUTS = ("grid", "entries")
_VIEW = 100  # rows in a notebook
_HELD = 100_000  # rows of a table whose CSV file is held in memory until all files are made
_HASH = 16  # digits that stand for a withheld text


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """A table with an id, a title in two languages, and a note made from the facts in its DataFrame's ``attrs``.

    A table without rows whose ``attrs["missing"]`` says what it needs (more articles, as a rule) becomes a line of
    ``figures/index.html``.

    Parameters
    ----------
    frame : pandas.DataFrame
        What a function of the kit returned. You may leave out or reorder rows and columns and add columns of your own,
        but not change its numbers. The index is not shown. A copy is taken; the frame itself is never changed.
    id : str
        Such as ``tbl-concepts``: the file name, LaTeX label and citation key. Never give it another meaning.
    title : mapping
        Keys ``id`` and ``en``.
    note : mapping, optional
        Keys ``id`` and ``en``: your own words, placed before what `attrs` says.
    evidence : pandas.DataFrame, optional
        The passages counted, from ``kit.evidence``; the table's counts are checked against it.
    text_columns : tuple of str, optional
        Columns that quote the articles; with the setting ``evidence = "ids"`` a hash is shown instead.
    decimals : int or mapping of column to int, optional
        Decimals that readers see of all float columns, or of some. The default is 4, without the zeros at the end that
        all cells of a column share. The CSV file has six significant digits at least.
    rows : int, optional
        Show only so many rows in LaTeX, Markdown and HTML; the CSV file always has all, and so has XLSX up to 100,000.
    columns : tuple of str, optional
        Show only these columns in LaTeX, Markdown and HTML, in this order; the CSV file and XLSX always have all. Two
        names in a tuple, ``("low", "high")``, are an interval in one column.
    compact : tuple of str, optional
        The columns of the compact LaTeX file, for a column of 88 mm: such as ``("label", "mentions", "per_1000",
        ("low", "high"), "share")``. Left out, those of `columns` from the first on that fit, and no `concept`, `item`
        or `parent` beside a `label`. It shows as many rows as fit a page.
    about : Corpus, PartedCorpus, Codebook, or table or result of the kit, optional
        What the table is about. Needed if it was put together outside the kit or its numbers were changed: the note
        then names this corpus, but does not say what is counted.
    layout : {"grid", "entries"}
        How LaTeX, Markdown and HTML set the rows: as a table, or, for long texts, each row as an entry with the first
        column for a heading. A cell of several lines is then a list.

    Raises
    ------
    ExhibitError
        An argument cannot be used; the message names it. Or the numbers are not those of the kit, and `about` is left
        out; the message names the first row and column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]}), clean=False)
    >>> title = {"id": "Bentuk", "en": "Forms"}
    >>> table = Table(kit.term_frequencies(corpus).head(1), id="tbl-x", title=title)
    >>> table.files()["tables/tbl-x.csv"].decode().splitlines()
    ['term,count,per_1000,per_million,documents', 'asn,1,333.3333,333333.3333,1']
    >>> Table(kit.term_frequencies(corpus).round(0), id="tbl-x", title=title)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kit.errors.ExhibitError: tbl-x: term = 'asn': per_1000 is 333.0, which is not what the kit computed -> leave ...

    """

    frame: pd.DataFrame
    id: str
    title: Mapping[str, str]
    note: Mapping[str, str] | None = None
    evidence: pd.DataFrame | None = None
    text_columns: tuple[str, ...] = ()
    decimals: int | Mapping[str, int] | None = None
    rows: int | None = None
    columns: tuple[Wanted, ...] | None = None
    compact: tuple[Wanted, ...] | None = None
    about: Any = None
    layout: str = "grid"

    def __post_init__(self) -> None:
        """Check the arguments and keep copies of them."""
        if exhibit.kind_of(self.id) != "table":
            raise ExhibitError(f"id = {self.id!r}", place="kit.Table", remedy="a table's id begins with tbl-")
        cells.check_frame(self.frame, self.id)
        given = (self.text_columns,) if isinstance(self.text_columns, str) else tuple(self.text_columns)
        for column in given:
            if column not in self.frame.columns:
                raise ExhibitError(f"text_columns names {column!r}, which is not a column", place=self.id)
        if self.rows is not None and (not isinstance(self.rows, int) or self.rows < 1):
            raise ExhibitError(f"rows = {self.rows!r}", place=self.id, remedy="use a whole number from 1 up, or None")
        if self.layout not in _LAYOUTS:
            raise ExhibitError(f"layout = {self.layout!r}", place=self.id, remedy="use " + " or ".join(_LAYOUTS))
        for name in ("columns", "compact"):
            object.__setattr__(self, name, columns.checked(getattr(self, name), name, self.frame, self.id))
        frame = self.frame.copy(deep=False)  # pandas copies what either side changes
        frame.attrs = sources.facts_of(frame, self.about, self.id)
        if self.evidence is not None:
            passages.agree(self.evidence, frame.head(self.rows or len(frame)), self.id)
            object.__setattr__(self, "evidence", self.evidence.copy(deep=False))
        object.__setattr__(self, "frame", frame)
        object.__setattr__(self, "title", words.both(self.title, "title", self.id))
        object.__setattr__(self, "note", None if self.note is None else words.both(self.note, "note", self.id))
        object.__setattr__(self, "text_columns", given)
        cells.places(frame, self.decimals, self.id)

    def __repr__(self) -> str:
        """Name the table."""
        return f"Table({self.id!r}, {len(self.frame)} rows)"

    def _repr_html_(self) -> str:
        """Show the table in JupyterLab."""
        settings = load_settings()
        if self._missing is not None:
            return html.missing(self.id, self.title, self._missing, settings.labels)
        language, count = settings.labels, min(self.rows or len(self.frame), len(self.frame))
        grid = self._shown(self._printed(settings).head(min(count, _VIEW)), settings, linked=False)
        more = words.say("pages.more", language, shown=_VIEW, all=count) if count > _VIEW else ""
        return html.cell(grid, more, self.layout)

    def save(self) -> Self:
        """Write all files of the table, or none, and the sidecar.

        Returns
        -------
        Table
            The table itself, so that the last line of a cell saves and shows it. Where it has nothing to show, only the
            sidecar is written, with the reason, and files of an earlier run are removed.

        Raises
        ------
        ExhibitError
            A cell or a file cannot be written; existing files are left as they were.

        Examples
        --------
        >>> import os, tempfile
        >>> import kit, pandas as pd
        >>> book = kit.load_codebook()
        >>> table = Table(pd.DataFrame({"n": [1]}), id="tbl-x", title={"id": "X", "en": "X"}, about=book)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     os.environ["KIT_STAGE"] = folder
        ...     print(table.save(), sorted(os.listdir(folder)), os.environ.pop("KIT_STAGE") == folder)
        Table('tbl-x', 1 rows) ['tables', 'tbl-x.json'] True

        """
        settings = load_settings()
        if self._missing is not None:
            exhibit.save_missing(self.id, self.title, self._missing, notes.facts(self.frame.attrs), settings)
            return self
        compact, told = self._compact(settings)
        facts = {
            "title": self.title,
            "note": self._note(settings),
            "attrs": notes.facts(self.frame.attrs),
            "rows": len(self.frame),
            "columns": [words.column(name) for name in self.frame.columns],
            "shown": None if self.columns is None else columns.names(self.columns),
            "compact": told,
        }
        listed = {}
        if len(self.frame) > _HELD:  # a million rows take more room than all that is left to say of them
            grid = self._grid(self._printed(settings), settings, linked=False)
            folder = exhibit.target(settings) / "tables"
            listed["csv"] = exhibit.mapped(folder, lambda file: csv.write_into(file, grid))
        exhibit.save(self.id, facts, self._files(settings, compact, listed), settings)
        return self

    def files(self, settings: Settings | None = None) -> dict[str, bytes]:
        """Make the contents of all files but the sidecar.

        Parameters
        ----------
        settings : Settings, optional
            The project's settings; read from pyproject.toml if left out.

        Returns
        -------
        dict of str to bytes
            Contents by path relative to the folder of figures; none where there is nothing to show.

        Examples
        --------
        >>> import kit, pandas as pd
        >>> book = kit.load_codebook()
        >>> made = Table(pd.DataFrame({"n": [1]}), id="tbl-x", title={"id": "X", "en": "X"}, about=book).files()
        >>> [name.removeprefix("tables/tbl-x.") for name in made]
        ['csv', 'xlsx', 'tex', 'float.tex', 'compact.tex', 'docx', 'md', 'html']

        """
        if self._missing is not None:
            return {}
        settings = settings or load_settings()
        return {name: bytes(data) for name, data in self._files(settings, self._compact(settings)[0], {}).items()}

    def _files(
        self, settings: Settings, compact: Grid, listed: Mapping[str, exhibit.Content]
    ) -> dict[str, exhibit.Content]:
        """Make the contents of all files but the sidecar, given the narrow grid and what is made already, by ending."""
        frame = self._printed(settings)
        grids = {
            "all": self._grid(frame, settings, linked=True),
            "shown": self._shown(frame, settings, linked=True),
            "compact": compact,
        }
        made: dict[str, exhibit.Content] = {}
        for one in FORMATS:
            write = one.write if self.layout == "grid" else one.entries
            made[f"tables/{self.id}.{one.ending}"] = listed.get(one.ending) or write(grids[one.view])
        if settings.csv == "excel":
            made[f"{EXCEL}/{self.id}.csv"] = csv.write_excel(grids["all"])
        if self.evidence is not None:
            printed, title = len(grids["shown"].raw), grids["all"].title
            keys, labels = self._keys(), self._labels(settings.labels)
            made |= evidence_files.write(self.evidence, self.id, title, keys, settings, printed=printed, labels=labels)
        return made

    def _shown(self, frame: pd.DataFrame, settings: Settings, *, linked: bool) -> Grid:
        """Make the grid that readers see: some rows, some columns."""
        grid = self._grid(frame.head(self.rows or len(frame)), settings, linked=linked)
        return grid if self.columns is None else grid.select(self.columns)

    def _compact(self, settings: Settings) -> tuple[Grid, dict[str, Any]]:
        """Make the grid for a narrow column, and what the sidecar says of it."""
        frame = self._printed(settings)
        grid = self._grid(frame.head(min(self.rows or len(frame), latex.MOST)), settings, linked=False)
        wanted = self.compact or columns.narrow(grid, self.columns or tuple(self.frame.columns))
        grid = grid.select(wanted)
        rows = latex.fitting(grid)
        note = self._note(settings, wanted, rows)
        told = {"columns": columns.names(wanted), "rows": rows, "note": note}
        return replace(grid.head(rows), note=note[settings.labels]), told

    def _printed(self, settings: Settings) -> pd.DataFrame:
        """Return the table as it may be printed: with hashes for texts that are withheld."""
        if settings.evidence == "full":
            return self.frame
        return self.frame.assign(**{name: self.frame[name].map(_withheld) for name in self.text_columns})

    def _note(
        self, settings: Settings, wanted: tuple[Wanted, ...] | None = None, rows: int | None = None
    ) -> dict[str, str]:
        """Write the note in both languages, with what the table itself has to add: of columns and rows left out."""
        wanted, rows = wanted or self.columns, rows or self.rows
        more = {}
        for language in LANGUAGES:
            added = []
            if rows is not None and rows < len(self.frame):
                counts = {"shown": rows, "all": len(self.frame)}
                added.append(words.say("notes.rows", language, file=f"{self.id}.csv", **counts))
            if wanted is not None and set(columns.names(wanted)) < set(self.frame.columns):
                added.append(words.say("notes.columns", language, file=f"{self.id}.csv"))
            if settings.evidence == "ids" and self.text_columns:
                hidden = ", ".join(words.heading(name, language) for name in self.text_columns)
                added.append(words.say("notes.withheld", language, columns=hidden))
            more[language] = " ".join(added)
        return notes.compose(self.note, self.frame.attrs, more)

    def _grid(self, frame: pd.DataFrame, settings: Settings, *, linked: bool) -> Grid:
        """Make the grid of some rows, from the first on, with links to their evidence."""
        key, links = None, [""] * len(frame)
        if linked and self.evidence is not None:
            key, having = self.evidence.attrs["by"][-1], set(self.evidence["key"])
            links = [html.anchor(name) if name in having else "" for name in self._keys()[: len(frame)]]
        language = settings.labels
        return Grid.of(
            frame,
            decimals=self._decimals,
            language=language,
            id=self.id,
            title=self.title[language],
            note=self._note(settings)[language],
            key=key,
            links=links,
        )

    def _keys(self) -> list[str]:
        """List the values that the evidence is kept by, row by row."""
        return [] if self.evidence is None else passages.keys_of(self.evidence, self.frame)

    def _labels(self, language: str) -> dict[str, str]:
        """Return what each key of the evidence is called, where the table says so."""
        column = f"label_{language}"
        if column not in self.frame:
            return {}
        named = zip(self._keys(), self.frame[column], strict=True)
        return {key: name for key, name in named if isinstance(name, str) and name != key}

    @property
    def _missing(self) -> dict[str, str] | None:
        """What is missing for there to be rows; none where rows, or their absence, are what was found."""
        reason = None if len(self.frame) else self.frame.attrs.get("missing")
        return None if reason is None else words.in_both(reason)

    @property
    def _decimals(self) -> dict[str, int]:
        """Decimals by column, where given."""
        return cells.places(self.frame, self.decimals, self.id)


def _withheld(value: Any) -> Any:
    """Put a hash in place of a text; a missing one stays missing."""
    if not isinstance(value, str):
        return value
    return exhibit.digest(value.encode("utf-8", "surrogatepass"))[:_HASH]
