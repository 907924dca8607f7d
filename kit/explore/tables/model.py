"""A table that the kit computes, step by step: which one, of what, sorted, page by page, and what its rows count."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.samples import MOST
from kit.errors import QueryError
from kit.exhibits.evidence import evidence
from kit.explore.article import Article, article_of
from kit.explore.listing import Listing
from kit.explore.steps import call_text, script
from kit.measures.concordance.lines import line_ids
from kit.parts.summaries import AnyCorpus
from kit.validity.passages import find_passages
from kit.wording.words import in_both, remark

_KEPT = 8  # tables that are remembered


@dataclass(frozen=True)
class Asked:
    """A table: the call that makes it, and which of its rows are wanted.

    Parameters
    ----------
    text : str
        The call as Python, of the variables that `before` names, ``corpus`` and ``codebook``.
    make : callable
        Does what the text says.
    before : tuple of str
        The lines that come before it.
    only : mapping
        Columns and the value that the rows have there.
    opens : {"article", "evidence", ""}
        What a row opens: the article it stands in, the passages it counts, or nothing.
    corpus : Corpus or PartedCorpus, optional
        In which these passages are.
    lasts : bool
        Whether the table is the same whenever it is asked for.

    """

    text: str
    make: Callable[[], pd.DataFrame]
    before: tuple[str, ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    opens: str = ""
    corpus: AnyCorpus | None = None
    lasts: bool = True


def asked_of(
    function: Callable[..., pd.DataFrame],
    places: Mapping[str, Any],
    given: Mapping[str, Any] | None = None,
    **more: Any,
) -> Asked:
    """Ask for what a public function makes of variables, by their names, and of further arguments.

    Examples
    --------
    >>> asked_of(pd.DataFrame, {"corpus": [1]}, {"dtype": "int8"}).text
    "kit.DataFrame(corpus, dtype='int8')"

    """
    arguments = dict(given or {})
    text = call_text(function.__name__, ", ".join(places), arguments)
    return Asked(text, lambda: function(*places.values(), **arguments), **more)


class TableModel(Listing):
    """Tables about a corpus, one of which is seen."""

    #: Which explorer it is, as the words of the explorers name it.
    name: ClassVar[str]
    #: Whether documents can be filtered.
    filtered: ClassVar[bool] = True

    def __init__(self, corpus: AnyCorpus, codebook: Codebook | None, size: int) -> None:
        super().__init__(corpus, codebook, size)
        self._kept: dict[str, pd.DataFrame] = {}

    @abstractmethod
    def choices(self) -> dict[str, list[Any]]:
        """Return what can be chosen now, by the name of the step; the first is what holds until one is chosen."""

    @abstractmethod
    def _asked(self) -> Asked:
        """Return the table that the steps ask for."""

    def choose(self, name: str, value: Any) -> None:
        """Choose a table, or what it is of: one of `choices`."""
        known = self.choices()
        if name not in known:
            raise QueryError(f"there is no choice {name!r}", remedy="use one of " + ", ".join(known))
        if value not in known[name]:
            raise QueryError(f"{name} = {value!r}", remedy="use one of " + ", ".join(map(str, known[name])))
        self._look(name, value=value)

    def chosen(self, name: str) -> Any:
        """Return what is chosen."""
        known = self.choices().get(name, [None])
        value = self.said(name, "value", known[0])
        return value if value in known else known[0]

    def sort(self, by: str | None, *, descending: bool = False) -> None:
        """Sort by a column; None gives the table's own order again."""
        if by is not None and by not in self.found().columns:
            raise QueryError(f"sort = {by!r}", remedy="use one of " + ", ".join(self.found().columns))
        self._look("sort", by=by, descending=descending)

    @property
    def sorted_by(self) -> tuple[str | None, bool]:
        """The column that rows are sorted by, and whether the largest come first."""
        by = self._since(("view",), "sort", "by", None)
        return (by if by in self.found().columns else None), self._since(("view",), "sort", "descending", False)

    def found(self) -> pd.DataFrame:
        """Return the whole table, as the kit makes it."""
        asked = self._asked()
        key = "\n".join([repr(self.where), *asked.before, asked.text])
        if key not in self._kept or not asked.lasts:
            kept = [*self._kept.items()][1 - _KEPT :]
            self._kept = dict(kept) | {key: asked.make()}
        table = self._kept[key]
        for name, value in asked.only.items():
            table = table[table[name] == value]
        return table

    def lines(self) -> pd.DataFrame:
        """Return the rows of the page."""
        return self._sorted().iloc[self.number * self.size : (self.number + 1) * self.size]

    def table(self) -> pd.DataFrame:
        """Return the selected rows, or the page if none is selected: what the exhibit shows."""
        if not self.selected:
            return self.lines()
        table = self._sorted()
        return table[[row_id in self.selected for row_id in self.ids_of(table)]]

    def code(self) -> str:
        """Return the call that makes the exhibit of the table, ready to paste."""
        asked = self._asked()
        lines = [*asked.before, f"table = {asked.text}"]
        lines += [f"table = table[table[{name!r}] == {value!r}]" for name, value in asked.only.items()]
        by, descending = self.sorted_by
        if by is not None:
            lines.append(f"table = table.sort_values({by!r}, ascending={not descending}, kind='stable')")
        first = self.number * self.size
        if self.selected:
            lines.append(f"table = table[{_those(self._key, self.selected)}]")
        elif first or len(self.found()) > self.size:
            lines.append(f"table = table.iloc[{first}:{first + self.size}]")
        view = self.chosen("view")
        of = ", ".join(str(value) for name, value in self.subject().items() if value)
        title = remark(f"explore.{self.name}.exhibit.{view}", of=f": {of}" if of else "")
        codebook = self.codebook if any("codebook" in line for line in lines) else None
        return script(self.corpus, codebook, lines, in_both(title), f"{self.name}-{view}-{of}")

    def subject(self) -> dict[str, Any]:
        """Return what the table is of, for its title: what is chosen besides the table itself."""
        return {name: self.chosen(name) for name in self.choices() if name != "view"}

    def evidence(self, row_id: str, most: int = MOST) -> pd.DataFrame:
        """Return the passages that a row of the page counts, so many at most, as `kit.evidence` gives them."""
        asked = self._asked()
        if asked.opens != "evidence":
            raise QueryError("these rows count no passages", remedy="choose another table")
        corpus = asked.corpus or self.corpus
        found = find_passages(corpus, self._row(row_id), codebook=self.codebook, most=most)
        return evidence(corpus, found, most=most)

    def article(self, row_id: str) -> Article:
        """Return the article of a row of the page, with its furniture, concepts and quotations."""
        if self.opens != "article":
            raise QueryError("these rows are no passages", remedy="choose another table")
        row = self._row(row_id).iloc[0].to_dict()
        return article_of(self.corpus, row | {"line_id": evidence_ids(self._row(row_id))[0]}, self.codebook)

    @property
    def opens(self) -> str:
        """What a row opens: ``article``, ``evidence`` or nothing."""
        return self._asked().opens

    def ids_of(self, table: pd.DataFrame) -> list[str]:
        """Return a name for each row of a table: the cells that say which row is which, as JSON."""
        cells = table[self._key].itertuples(index=False, name=None)
        return [json.dumps(row, ensure_ascii=False, default=_plain) for row in cells]

    @property
    def _key(self) -> list[str]:
        """The columns that say which row is which."""
        table = self.found()
        return ["line_id"] if "line_id" in table.columns else list(table.attrs["rows"]["key"])

    def _sorted(self) -> pd.DataFrame:
        by, descending = self.sorted_by
        table = self.found()
        return table if by is None else table.sort_values(by, ascending=not descending, kind="stable")

    def _row(self, row_id: str) -> pd.DataFrame:
        lines = self.lines()
        row = lines[[one == row_id for one in self.ids_of(lines)]]
        if not len(row):
            raise QueryError(f"the page has no row {row_id!r}", remedy="give one of ids_of(lines())")
        return row

    def _selection(self) -> tuple[AnyCorpus, tuple[str, ...]]:
        """Return the documents that the filters leave, and the line that takes them."""
        if not self.where:
            return self.corpus, ()
        given = ", ".join(f"{name}={value!r}" for name, value in self.where.items())
        return self.corpus.where(**self.where), (f"corpus = corpus.where({given})",)


def evidence_ids(passages: pd.DataFrame) -> list[str]:
    """Return the evidence id of each passage: a hash of its document and place."""
    if "line_id" in passages.columns:
        return list(passages["line_id"])
    return line_ids(*(passages[name].tolist() for name in ("doc_id", "start", "end")))


def _those(key: Sequence[str], row_ids: Sequence[str]) -> str:
    """Write which rows of the table have these names."""
    cells = [tuple(json.loads(row_id)) for row_id in row_ids]
    if len(key) == 1:
        return f"table[{key[0]!r}].isin({[one[0] for one in cells]!r})"
    return f"table[{list(key)!r}].apply(tuple, axis=1).isin({cells!r})"


def _plain(value: Any) -> Any:
    """Turn a number of numpy's into one of JSON's."""
    return value.item()
