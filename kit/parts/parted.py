"""A corpus in many parts: the same measures over all of them, here or on the workers of a cluster.

`kit.parts.summaries` has what measures start from, the same for a `Corpus` in one part.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from functools import cached_property, partial
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import Call, extended, outside, recorded
from kit.corpus.corpus import NOT_STATED, Corpus
from kit.corpus.facts import rows_of
from kit.corpus.fingerprint import merged_fingerprint, part_fingerprint
from kit.corpus.running import evenly
from kit.corpus.selection import check_column, chosen_documents, traced, values_of
from kit.corpus.stories.rule import Evidence
from kit.corpus.stories.runs import Rows, UInt64, taken
from kit.corpus.stories.sketches import Sketches
from kit.corpus.stories.stories import decided
from kit.errors import CorpusError
from kit.index.token_index import Int64
from kit.parts import answers, tables
from kit.parts.engine import FAN_IN, Engine, Merge, engine_of, merged
from kit.parts.freed import give_back
from kit.parts.part import Numbers, Place, at_part, opened

#: Arguments that travel once and not with every task.
_LARGE = (np.ndarray, pd.Index, pd.DataFrame)
#: Columns of a catalogue, but for `copy_of`, which is found when it is asked for.
SIZES = ("doc_id", "part", "date", "words", "sentences")
#: Words of a corpus in parts that NLTK gets at most; it takes some 150 bytes for each.
NLTK_WORDS = 10_000_000


class ByPart(tuple[Any, ...]):
    """What an engine holds for each part of a whole corpus, such as the numbers of its words: arguments cut by part."""

    __slots__ = ()


@dataclass(frozen=True, eq=False)
class _Source:
    """What a part is opened from, and which of its documents belong to the corpus (None: all)."""

    source: str | Corpus
    name: str
    chosen: Int64 | None = None
    read: Callable[[str], Corpus] | None = None
    memory: float | None = None
    number: int = 0

    def place(self, numbers: Numbers) -> Place:
        """Return what a task opens the part from."""
        choice = "" if self.chosen is None else hashlib.sha256(self.chosen.astype("<i8").tobytes()).hexdigest()
        return Place(
            self.source, f"{self.name} {choice}".strip(), self.name, self.chosen, numbers, self.read, self.memory
        )


class _Absent:
    """What a `Corpus` has and a corpus in parts does not, since it would not fit into memory."""

    def __init__(self, instead: str = "") -> None:
        self._instead = instead

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, corpus: object, _owner: type) -> Any:
        """Say so, and what to do."""
        if corpus is None:
            return self
        raise CorpusError(
            f"a corpus in parts has no {self._name} as a whole",
            remedy=self._instead
            + f"ask one part, as in corpus.part(0).{self._name}, or a measure that works over parts",
        )


class PartedCorpus:
    """A corpus whose documents lie in several parts. Made by `kit.open_corpus`.

    The measures give the same bytes as for one `Corpus` of the same documents: values, dtypes, order and ``attrs``. So
    do its tables `metadata` (`documents` without texts), `segments`, `removed`, `flagged`, `repaired`, `set_aside`,
    `sentences` and `types`, gathered at each access; the rows of `set_aside` stand part by part. For texts and tokens,
    ask one part: ``corpus.part(number)``.

    Attributes
    ----------
    catalogue : DataFrame, one row per document, in the order of `doc_id`
        `doc_id` (str), `part` (int32, number of the part), `date` (str), `words`, `sentences` (int64), `copy_of` (str).
    engine : Engine
        Where the work is done.
    origin : dict
        The call that made the corpus (`kit.corpus.calls`); it has no part in the fingerprint.
    selection : tuple of dict
        How its documents were chosen, as in `Corpus`.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> def corpus(**texts):
    ...     frame = pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())})
    ...     return kit.Corpus.from_frame(frame, clean=False)
    >>> parts = PartedCorpus.of([corpus(b="Warga dilayani."), corpus(a="ASN melayani warga.", c="Warga?")])
    >>> parts
    <PartedCorpus: 3 documents in 2 parts, 3 sentences, 6 words and numbers>
    >>> kit.term_frequencies(parts).head(1)[["term", "count", "documents"]]
        term  count  documents
    0  warga      3          3

    """

    def __init__(
        self,
        sources: Sequence[_Source],
        sizes: pd.DataFrame,
        engine: Engine,
        origin: Call | None = None,
        copies: Callable[[], pd.Series] | None = None,
        selection: tuple[Mapping[str, Any], ...] = (),
        keep: Callable[[Callable[[], pd.Series]], pd.Series] | None = None,
        whole: PartedCorpus | None = None,
    ) -> None:
        self._sources = tuple(sources)
        self.sizes = sizes
        self.engine = engine
        self.origin = origin or outside()
        self.selection = selection
        self._copies = copies
        self._keep = keep
        self._whole = whole
        self._labels: dict[str, pd.Series] = {}
        self._made: dict[str, Any] = {}

    @classmethod
    @recorded()
    def of(
        cls,
        parts: Sequence[str | Corpus],
        engine: Any = None,
        catalogue: pd.DataFrame | None = None,
        read: Callable[[str], Corpus] | None = None,
        memory: float | None = None,
        keep: Callable[[Callable[[], pd.Series]], pd.Series] | None = None,
    ) -> PartedCorpus:
        """Make one corpus from parts.

        Parameters
        ----------
        parts : sequence of str or Corpus
            Addresses of saved parts, or parts in memory; at least one. What is a copy of what is decided over all.
        engine : None, int, dask.distributed.Client or Engine
            One part after another, so many threads, or a cluster.
        catalogue : DataFrame, optional
            With the columns of `catalogue` but `copy_of`, rows in any order; gathered from the parts if left out.
        read : function of a module, optional
            Opens the saved part at an address.
        memory : float, optional
            Megabytes for saved parts that each process keeps at hand; a quarter of its machine's if left out.
        keep : function, optional
            Gets what decides which document is a copy of which, and returns what it decided, now or before.

        Returns
        -------
        PartedCorpus

        Raises
        ------
        CorpusError
            There are no parts, a `doc_id` is in two of them, or the engine cannot be used.

        """
        if not parts:
            raise CorpusError("a corpus in parts has no part", remedy="give at least one; it may be empty")
        runs = engine_of(engine)
        sources = [
            _Source(part, part, read=read, memory=memory)
            if isinstance(part, str)
            else _Source(part.as_part(), uuid.uuid4().hex)
            for part in parts
        ]
        sources = [replace(source, number=number) for number, source in enumerate(sources)]
        if catalogue is None:
            unknown = Numbers(*(np.zeros(0, np.int64) for _ in range(3)))
            tasks = [runs.run(at_part, source.place(unknown), answers.catalogue_of) for source in sources]
            tables = [runs.result(task).assign(part=np.int32(number)) for number, task in enumerate(tasks)]
            catalogue = pd.concat(tables, ignore_index=True)
        catalogue = catalogue[list(SIZES)].sort_values("doc_id", kind="stable", ignore_index=True)
        repeated = catalogue["doc_id"].duplicated()
        if repeated.any():
            name = catalogue["doc_id"][repeated].iloc[0]
            raise CorpusError(f"doc_id {name!r} stands in two parts", remedy="give every document its own")
        return cls(sources, catalogue, runs, keep=keep)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what an engine of this process holds."""
        return self.__dict__ | {"_made": {}}

    @property
    def catalogue(self) -> pd.DataFrame:
        """One row per document."""
        return self.sizes.assign(copy_of=self.copy_of)

    @cached_property
    def copy_of(self) -> pd.Series:
        """What each document is a copy of (str), decided over all parts when it is first asked for."""
        if self._copies is not None:
            return self._copies()
        return self._decided() if self._keep is None else self._keep(self._decided)

    def _decided(self) -> pd.Series:
        """Decide over all parts what each document is a copy of."""
        known: answers.Known = self.reduce(answers.known_of, answers.join_known)
        order = answers.order_of(known.rows)
        sketches = Sketches(known.sketches.minima[order], known.sketches.runs[order])
        found = decided(self.sizes, [body.tobytes() for body in known.bodies[order]], sketches, self)
        del known, sketches
        give_back(at_once=True)
        return found

    def evidence(self, rows: Rows) -> Evidence:
        """Return what some documents, in rising order, are compared by, to see which are copies."""
        found, evidence = self.reduce(answers.evidence_of, answers.join_evidence, cut=[self._among(rows)])
        order = answers.order_of(found)
        return evidence if isinstance(order, slice) else Evidence(*(taken(sets, order) for sets in evidence))

    def marks(self, rows: Rows) -> UInt64:
        """Return what shows of most documents that they are no copies, as `Corpus.marks`."""
        found, marks = self.reduce(answers.marks_of, answers.join_marks, cut=[self._among(rows)])
        ordered: UInt64 = marks[answers.order_of(found)]
        return ordered

    def _among(self, rows: Rows) -> npt.NDArray[np.bool_]:
        """Tell which documents are some rows."""
        wanted = np.zeros(len(self), bool)
        wanted[rows] = True
        return wanted

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self._sources)

    def part(self, number: int) -> Corpus:
        """Return the documents of one part as a `Corpus`.

        Raises
        ------
        CorpusError
            There is no part of that number.

        """
        if not 0 <= number < self.parts:
            raise CorpusError(f"there is no part {number}", remedy=f"use a number from 0 to {self.parts - 1}")
        part = opened(self._sources[number].place(self._numbers[number])).as_part(partial(self._copies_in, number))
        origin = self.origin if self.parts == 1 else extended(self.origin, "part", number=number)
        object.__setattr__(part, "origin", origin)
        return part

    def _copies_in(self, number: int) -> pd.Series:
        """Return what the documents of a part are copies of."""
        return self.copy_of.iloc[self._numbers[number].rows].reset_index(drop=True)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.sizes)

    def __repr__(self) -> str:
        """Say how large the corpus is."""
        sentences, words = (int(self.sizes[name].sum()) for name in ("sentences", "words"))
        return (
            f"<PartedCorpus: {len(self):,} documents in {self.parts:,} parts, {sentences:,} sentences, "
            f"{words:,} words and numbers>"
        )

    def group_of(self, by: str) -> pd.Series:
        """Return each document's value of a metadata column, or of ``year`` or ``month`` of its date.

        As `Corpus.group_of`. A part that lacks a column that another has does not state it.
        """
        check_column(by)
        if by == "doc_id":
            return self.sizes["doc_id"].astype("str")
        if by == "copy_of":
            copies = self.copy_of
            return copies.mask(copies == "", NOT_STATED)
        if by not in self._labels:
            rows, labels, columns = self.reduce(answers.labels_of, answers.join_labels, by)
            if labels is None and len(self):
                raise CorpusError(f"documents have no column {by!r}", remedy="use " + ", ".join(columns))
            whole = np.full(len(self), NOT_STATED, object)
            whole[rows] = labels
            self._labels[by] = pd.Series(whole, dtype="str", name=by)
        return self._labels[by].copy()

    def where(self, **criteria: Any) -> PartedCorpus:
        """Return the documents whose metadata have the given values; nothing is read but their metadata.

        As `Corpus.where`.
        """
        keep = chosen_documents(self, criteria)
        traces = traced(self.selection, criteria, int(keep.sum()), len(self))
        return self._take(keep, extended(self.origin, "where", **criteria), traces)

    def split(self, by: str | Sequence[str]) -> dict[str, PartedCorpus]:
        """Return one corpus per value of a metadata column, or per combination of values; as `Corpus.split`."""
        call = extended(self.origin, "split", by=by)
        made = {}
        for name, (values, keep) in values_of(self, by).items():
            traces = traced(self.selection, values, int(keep.sum()), len(self))
            made[name] = self._take(keep, {"of": call, "item": name}, traces)
        return made

    def about(self, **facts: Any) -> dict[str, Any]:
        """Return the facts that a reader of a table of this corpus needs, as the table's ``attrs``."""
        return {
            "documents": len(self),
            "sentences": int(self.sizes["sentences"].sum()),
            "tokens": int(self.sizes["words"].sum()),
            "fingerprint": self.fingerprint,
            **({"simulated": self.simulated} if self.simulated else {}),
            **({"selection": [dict(step) for step in self.selection]} if self.selection else {}),
            **facts,
        }

    @cached_property
    def simulated(self) -> int:
        """How many documents are simulated by their metadata, as in `Corpus.simulated`."""
        return int(self.reduce(answers.simulated_in, sum))

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of one `Corpus` of the same documents."""
        outside = None
        if self._copies is not None:  # a selection: the original may be in none of its parts
            copies = self.copy_of
            outside = copies.mask(copies.isin(self.sizes["doc_id"]), "").to_numpy(object)
        return merged_fingerprint(self.reduce(part_fingerprint, answers.join_fingerprints, cut=[outside]))

    def reduce(self, summarise: Callable[..., Any], merge: Merge, *arguments: Any, cut: Sequence[Any] = ()) -> Any:
        """Summarise every part where the work is done, and merge the summaries.

        Parameters
        ----------
        summarise : function of a module
            Called with a `Part`, the arguments, and the part's own rows of what is cut.
        merge : function of a module
            Called with a sequence of summaries, in the order of parts.
        *arguments
            Of `summarise`, the same for all parts.
        cut : sequence
            Further arguments that are cut by part: an array of one value per document; rows of `kit.find_mentions` of
            this corpus, numbered as in the whole; what `each` returned of it or of the one it was chosen from; or None.

        Returns
        -------
        object
            The summary of all.

        """
        return self.engine.result(self.task(summarise, merge, *arguments, cut=cut))

    def task(
        self,
        summarise: Callable[..., Any],
        merge: Merge,
        *arguments: Any,
        cut: Sequence[Any] = (),
        at_once: int = FAN_IN,
    ) -> Any:
        """Start the work of `reduce`, merging so many summaries at once, and return the engine's handle on it."""
        return merged(self.engine, self._tasks(summarise, arguments, cut), merge, at_once)

    def each(self, summarise: Callable[..., Any], *arguments: Any) -> ByPart:
        """Start a function on every part, and return the engine's handles on what it returns, which stays there."""
        return ByPart(self._tasks(summarise, arguments, ()))

    def carry(self, go_on: Callable[..., Any], state: Any, *arguments: Any, cut: Sequence[Any] = ()) -> Any:
        """Go over the parts one after another, each given what came of the one before, and return what comes of all.

        For sums that are only the same if they are added up in one order. `go_on` is called with a `Part`, the state,
        the arguments, and the part's own rows of what is cut, as in `reduce`; it leaves the state it is given as it is.
        """
        for number, place, given in self._calls(arguments, cut):
            state = self.engine.at(number, at_part, place, go_on, state, *given)
        return self.engine.result(state)

    @cached_property
    def in_order(self) -> bool:
        """Whether the documents of each part stand behind those of the parts before it."""
        return bool((np.diff(self.sizes["part"].to_numpy()) >= 0).all())

    def _tasks(self, summarise: Callable[..., Any], arguments: Sequence[Any], cut: Sequence[Any]) -> Iterator[Any]:
        """Start a function on every part, one after another."""
        for number, place, given in self._calls(arguments, cut):
            yield self.engine.at(number, at_part, place, summarise, *given)

    def _calls(self, arguments: Sequence[Any], cut: Sequence[Any]) -> Iterator[tuple[int, Any, tuple[Any, ...]]]:
        """Yield of each part its number, what it is opened from, and the arguments with its own rows of what is cut."""
        mine = zip(*(self._cut(values) for values in cut), strict=True) if cut else repeat((), self.parts)
        large = (isinstance(one, _LARGE) or is_dataclass(one) for one in arguments)
        arguments = tuple(self.engine.keep(one) if kept else one for one, kept in zip(arguments, large, strict=True))
        for source, place, own in zip(self._sources, self._places, mine, strict=True):
            yield source.number, place, (*arguments, *own)

    def once(self, name: str, make: Callable[[PartedCorpus], Any]) -> Any:
        """Return what is made of all documents that this corpus was chosen from, made when it is first asked for."""
        if self._whole is not None:
            return self._whole.once(name, make)
        if name not in self._made:
            self._made[name] = make(self)
        return self._made[name]

    def _cut(self, values: Any) -> Iterable[Any]:
        """Cut an array of one value per document, or a table with a column `doc`, by the part of the document.

        Each part's own is taken out when it is asked for: of millions of mentions all would be the table once more.
        """
        if values is None:
            return repeat(None, self.parts)
        if isinstance(values, ByPart):
            return (values[source.number] for source in self._sources)
        if not isinstance(values, pd.DataFrame):
            return (values[numbers.rows] for numbers in self._numbers)
        if "doc" not in values.columns:
            return repeat(values, self.parts)  # where rows are looked at, the column is missed
        part = self.sizes["part"].to_numpy()[values["doc"].to_numpy()]
        order = slice(None) if (np.diff(part) >= 0).all() else np.argsort(part, kind="stable")
        cuts = np.searchsorted(part[order], np.arange(self.parts + 1))
        rows = (slice(*ends) if isinstance(order, slice) else order[slice(*ends)] for ends in pairwise(cuts.tolist()))
        return (values.iloc[some] for some in rows)

    @cached_property
    def _numbers(self) -> list[Numbers]:
        """Where the documents of each part stand."""
        part = self.sizes["part"].to_numpy()
        order = np.argsort(part, kind="stable")
        cuts = np.searchsorted(part[order], np.arange(1, self.parts))
        before = [np.cumsum(size) - size for size in (self.sizes[n].to_numpy() for n in ("sentences", "words"))]
        return [Numbers(rows, *(heads[rows] for heads in before)) for rows in np.split(order, cuts)]

    @cached_property
    def _places(self) -> list[Any]:
        """What a part is opened from, as the engine keeps it."""
        pairs = zip(self._sources, self._numbers, strict=True)
        return [self.engine.keep(source.place(numbers)) for source, numbers in pairs]

    def _take(self, keep: Any, origin: Call, traces: tuple[Mapping[str, Any], ...]) -> PartedCorpus:
        """Return the corpus of some documents; parts without any are left out, but for one."""
        part, numbers = self.sizes["part"].to_numpy(), dict[int, int]()
        sources: list[_Source] = []
        for number, (source, known) in enumerate(zip(self._sources, self._numbers, strict=True)):
            mine = np.flatnonzero(keep[known.rows])
            if len(mine) or (number + 1 == self.parts and not sources):
                numbers[number] = len(sources)
                chosen = mine if source.chosen is None else source.chosen[mine]
                sources.append(source if len(mine) == len(known.rows) else replace(source, chosen=chosen))
        sizes = self.sizes[keep].reset_index(drop=True)
        sizes["part"] = np.array([numbers[number] for number in part[keep].tolist()], np.int32)
        copies = partial(self._chosen_copies, keep)
        return PartedCorpus(sources, sizes, self.engine, origin, copies, traces, whole=self)

    def _chosen_copies(self, keep: Any) -> pd.Series:
        """Return what some documents are copies of."""
        return self.copy_of[keep].reset_index(drop=True)

    @property
    def words(self) -> int:
        """How many words and numbers there are, the denominator of rates."""
        return int(self.sizes["words"].sum())

    @property
    def metadata(self) -> pd.DataFrame:
        """One row per document: what is stated of it, without its text."""
        table: pd.DataFrame = self.reduce(tables.metadata_of, tables.joined_metadata)
        return table.reset_index(drop=True).assign(copy_of=self.copy_of)

    @property
    def segments(self) -> pd.DataFrame:
        """One row per kept stretch of a raw file."""
        return self._rows("segments")

    @property
    def removed(self) -> pd.DataFrame:
        """One row per passage that cleaning took out."""
        return self._rows("removed")

    @property
    def flagged(self) -> pd.DataFrame:
        """One row per document and kind of flag."""
        return self._rows("flagged")

    @property
    def repaired(self) -> pd.DataFrame:
        """One row per stretch that was mended."""
        return self._rows("repaired")

    @property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence."""
        return self._rows("sentences")

    @property
    def types(self) -> pd.DataFrame:
        """One row per distinct case-folded form."""
        table: pd.DataFrame = self.reduce(tables.types_of, tables.united_types)
        return table

    @property
    def set_aside(self) -> pd.DataFrame:
        """One row per file or row that could not be used, whatever documents were chosen since."""
        table = self._aside().copy(deep=False)
        call = {"of": self.origin, "attribute": "set_aside"}
        table.attrs = self.about(unit="set-aside", call=call, rows=rows_of(table, ["source", "problem"]))
        return table

    def to_nltk(self, *, folded: bool = False, punctuation: bool = True, documents: int | None = None) -> Any:
        """Return the running tokens as an ``nltk.Text``, as `Corpus.to_nltk`; at most ten million of them.

        Raises
        ------
        CorpusError
            There are more, and NLTK would hold them all in memory.
        QueryError
            `documents` is no whole number from 1 on.

        """
        from kit.corpus.nltk_text import KitText  # noqa: PLC0415 - most sessions never need NLTK

        keep = np.zeros(len(self), bool)
        keep[evenly(len(self), documents)] = True
        some = self if keep.all() else self._take(keep, self.origin, self.selection)
        if some.words > NLTK_WORDS:
            raise CorpusError(
                f"NLTK would hold {some.words:,} words in memory",
                remedy="take some documents, evenly spread, as in corpus.to_nltk(documents=1000), or corpus.part(0)",
            )
        _, found = some.reduce(tables.running, tables.join_running, folded, punctuation)
        tokens = [token for document in found for token in document]
        return KitText(tokens, f"kit {self.fingerprint[:12]}", lambda: self.types.query("stopword")["form"])

    def raw_offsets(self, doc: Sequence[int], start: Sequence[int]) -> npt.NDArray[np.int32]:
        """Return where code points of texts stand in the raw files, as `Corpus.raw_offsets`."""
        places = pd.DataFrame({"doc": np.asarray(doc, np.int64), "start": np.asarray(start, np.int64)})
        found: pd.Series = self.reduce(tables.raw_offsets, tables.by_row, cut=[places])
        raw: npt.NDArray[np.int32] = found.to_numpy(np.int32)
        return raw

    def _rows(self, name: str) -> pd.DataFrame:
        """Gather a table of the parts in the order of documents."""
        table: pd.DataFrame = self.reduce(tables.rows_of, tables.in_order, name)
        return table

    def _aside(self) -> pd.DataFrame:
        """Gather what could not be used; of a selection that of all it was chosen from."""
        if self._whole is not None:
            return self._whole._aside()  # noqa: SLF001 - another of the kind
        table: pd.DataFrame = self.reduce(tables.aside_of, tables.one_behind_another)
        return table

    documents = _Absent("corpus.metadata has all but their texts; for these ")
    tokens = _Absent()
    counted = _Absent()
    index = _Absent()
