"""Coding step by step: an item, an answer, the next item; each answer is in the record before the next is asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from kit.errors import CodingError, QueryError
from kit.explore.steps import Model
from kit.validity.coding.record import add_codings, latest, read_record, record_of
from kit.validity.coding.sheet import CodingSheet
from kit.validity.intrusion.sheet import IntrusionSheet
from kit.wording import escape

_PLACE = ("doc_id", "start", "end", "code")
_NOTE = ("item", "coder", "note", "time")


def _now() -> str:
    """Return the time as a record has it, to the thousandth: answers may follow fast."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class CodingModel(Model):
    """A sheet as one coder fills it in.

    Parameters
    ----------
    sheet : CodingSheet or IntrusionSheet
    coder : str
        Who answers.
    file : str or Path
        The record, a CSV file as `kit.add_codings` writes it; what the coder answered before counts. Notes go into a
        file beside it, ``NAME.notes.csv``.
    clock : callable
        Gives the time of an answer.

    Examples
    --------
    >>> import kit, tempfile
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Warga senang."]}))
    >>> sheet = kit.coding_sheet(corpus, kit.load_codebook(), n=1, concepts=["melayani"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     model = CodingModel(sheet, "ani", Path(folder, "codings.csv"))
    ...     model.answer("yes")
    ...     model.done, len(model), model.table()["value"].tolist()
    (1, 2, ['yes'])

    """

    def __init__(
        self,
        sheet: CodingSheet | IntrusionSheet,
        coder: str,
        file: str | Path,
        *,
        clock: Callable[[], str] = _now,
    ) -> None:
        super().__init__()
        if not coder.strip() or not coder.isprintable():
            raise CodingError(f"coder = {coder!r}", remedy="give a short name")
        self.sheet, self.coder, self.file, self._clock = sheet, coder, Path(file), clock
        places = sheet.key[["item", *(name for name in _PLACE if name not in sheet.items.columns)]]
        self._items = sheet.items.merge(places, on="item").to_dict("records")
        if not self._items:
            raise CodingError("the sheet has no items", remedy="draw some with kit.coding_sheet(corpus, codebook)")
        self._answers = dict(zip(*(self.table()[name] for name in ("item", "value")), strict=True))
        self.here = self._open(0)

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self._items)

    @property
    def done(self) -> int:
        """How many items are answered."""
        return sum(item["item"] in self._answers for item in self._items)

    @property
    def item(self) -> dict[str, str]:
        """The item that is asked: its place, its code, its passage and what stands round it."""
        return dict(self._items[self.here])

    @property
    def value(self) -> str:
        """The answer to the item that is asked, empty if there is none."""
        return str(self._answers.get(self.item["item"], ""))

    def answer(self, value: str) -> None:
        """Write an answer into the record, then go to the next item without one."""
        if value not in self.sheet.answers():
            raise CodingError(f"answer = {value!r}", remedy="use one of " + ", ".join(self.sheet.answers()))
        item = self._items[self.here]
        row = {name: item[name] for name in ("item", *_PLACE)}
        add_codings(record_of([row | {"coder": self.coder, "value": value, "time": self._clock()}]), self.file)
        self._answers[item["item"]] = value
        self._steps.append({"step": "answer", "item": item["item"], "value": value})
        self.here = self._open(self.here + 1)

    def note(self, text: str) -> None:
        """Write a note on the item into the file of notes."""
        file = self.file.with_name(f"{self.file.stem}.notes.csv")
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        if not file.exists():
            writer.writerow(_NOTE)
        row = (self.item["item"], self.coder, " ".join(text.split()), self._clock())
        writer.writerow([escape.spreadsheet(cell) for cell in row])
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab") as notes:
            notes.write(out.getvalue().encode("utf-8"))
        self._steps.append({"step": "note", "item": self.item["item"]})

    def go(self, number: int) -> None:
        """Go to an item, from 0."""
        if not 0 <= number < len(self):
            raise QueryError(f"item {number}", remedy=f"use 0 to {len(self) - 1}")
        self.here = number

    def undo(self) -> None:
        """Go back to the item answered last: the record keeps the answer, and a new one counts in its place."""
        while self._steps:
            step = self._steps.pop()
            if step["step"] == "answer":
                self.here = next(row for row, item in enumerate(self._items) if item["item"] == step["item"])
                return

    def table(self) -> pd.DataFrame:
        """Return the coder's answers that count, as the record has them."""
        if not self.file.exists():
            return record_of([])
        found = latest(read_record(self.file))
        mine = (found["coder"] == self.coder) & found["item"].isin(self.sheet.items["item"])
        return found[mine].reset_index(drop=True)

    def code(self) -> str:
        """Return what reads the record, as Python."""
        return f"import kit\n\ncodings = kit.read_codings({self.file.as_posix()!r}, sheet.key)\n"

    def _open(self, begin: int) -> int:
        """Return the next item without an answer, from a place on and then from the first; the last if all have one."""
        order = [*range(begin, len(self)), *range(min(begin, len(self)))]
        return next((row for row in order if self._items[row]["item"] not in self._answers), len(self) - 1)
