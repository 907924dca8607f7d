"""The one object a user holds: documents, what was cut out of them, their sentences, tokens and types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.arguments import checked
from kit.corpus.calls import Call, extended, outside, recorded
from kit.corpus.columns import texts_of
from kit.corpus.facts import rows_of
from kit.corpus.fingerprint import Digests, digests_of, merged_fingerprint, summary_of, text_digests
from kit.corpus.given import Given, given_to
from kit.corpus.running import evenly, running_tokens
from kit.corpus.selection import UNSTATED, check_column, chosen_documents, traced, values_of
from kit.corpus.stories.rule import Evidence
from kit.corpus.stories.runs import Rows, UInt64, marks_of, runs_and_figures_of
from kit.corpus.stories.sketches import Sketches, sketches_of
from kit.corpus.stories.stories import decided, may_be_equal
from kit.corpus.tables import (
    catalogue_table,
    counted_types,
    paragraphs,
    renumber,
    sentence_table,
    token_table,
    word_counts,
)
from kit.errors import CorpusError
from kit.index.token_index import Int32, Int64, TokenIndex, selection
from kit.index.words import UInt8
from kit.language.tokens import COUNTED

#: Label of documents that do not state the metadata asked for.
NOT_STATED = UNSTATED
#: Metadata column that says "yes" of a document that a program wrote; every exhibit made of such documents says so.
SIMULATED_COLUMN = "simulated"


@dataclass(frozen=True, eq=False)
class Corpus:
    """An immutable corpus of documents, sorted by `doc_id`.

    Make one with `kit.load_corpus`, `Corpus.from_frame` or, from a saved one, `kit.open_corpus`. Keys between tables
    are 0-based row positions (int32).

    Attributes
    ----------
    documents : DataFrame, one row per document
        `doc_id`, the metadata (str; empty where not stated), `copy_of` (doc_id of the original, that is, of the
        earliest document with the same body or most of it: ``docs/copies.md``; empty if not a copy), `text` (the clean
        body) and every column the researcher adds.
    metadata : DataFrame, one row per document
        `documents` without `text`.
    segments : DataFrame, one row per kept stretch of the raw file
        `doc`, `raw_start`, `raw_end`, `start` (int32; code points of the decoded file, and of `text`).
    removed : DataFrame, one row per passage that cleaning took out
        `doc`, `raw_start`, `raw_end` (int32), `rule`, `text` (str).
    sentences : DataFrame, one row per sentence
        `doc`, `start`, `end`, `paragraph` (int32; code points of `text`, end-exclusive; paragraph from 0).
    tokens : DataFrame, one row per running token, punctuation included
        `doc`, `sentence`, `type`, `start`, `end` (int32). Made anew at each access, 20 bytes a token; `token_rows`
        makes only some.
    types : DataFrame, one row per distinct case-folded form, in code-point order
        `form`, `lexeme`, `root`, `kind`, `voice` (str), `stopword` (bool).
    flagged : DataFrame, one row per document and kind of flag
        `doc`, `raw_start`, `raw_end` (int32; the first place), `flag`, `kind`, `text` (str; the place with what stands
        round it), `places` (int32; how many there are). `kit.list_flagged` says what each means.
    repaired : DataFrame, one row per stretch that was mended, if that was asked for
        `doc`, `raw_start`, `raw_end` (int32), `rule`, `text`, `repaired` (str; as it was, and as it is now).
    set_aside : DataFrame, one row per file or row that could not be used
        `source`, `problem`, `remedy` (str).
    origin : dict
        The call that made the corpus (`kit.corpus.calls`); it has no part in the fingerprint.
    selection : tuple of dict
        Of a corpus made by `where` or `split`, how its documents were chosen, step by step: `where` (the values of each
        column), `documents`, `of` (how many there were). Every table of it says so. Of any other corpus empty.

    """

    _documents: pd.DataFrame
    _segments: pd.DataFrame
    _removed: pd.DataFrame
    _flagged: pd.DataFrame
    _repaired: pd.DataFrame
    _set_aside: pd.DataFrame
    index: TokenIndex
    _given: Given = field(default_factory=Given)
    origin: Call = field(default_factory=outside, repr=False)
    selection: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)

    @classmethod
    @recorded()
    @checked
    def from_frame(cls, frame: pd.DataFrame, *, clean: bool = True, repair: bool = False) -> Corpus:
        """Make a corpus from a table of texts.

        Parameters
        ----------
        frame : DataFrame
            `doc_id` (unique) and `text`, and any metadata, read as in files (``corpus/README.md``): blanks at the ends
            are dropped, dates are made ISO 8601, what is missing counts as not stated. Not changed.
        clean : bool
            Whether to take out the furniture of news articles (datelines, links, footers). If not, every offset refers
            to the text as given, unless it is mended.
        repair : bool
            Whether to mend damaged texts by rule (``docs/cleaning.md``); the record is `repaired`. Damage is flagged
            in any case.

        Returns
        -------
        Corpus
            Cells that cannot be read are left empty and listed in its `set_aside`.

        Raises
        ------
        CorpusError
            There is no column `doc_id` or `text`, a cell of these is missing, repeated or not text, or two columns have
            one name.

        Examples
        --------
        >>> import kit, pandas as pd
        >>> frame = pd.DataFrame({"doc_id": ["b", "a"], "text": ["Warga dilayani.", "ASN melayani warga."]})
        >>> corpus = kit.Corpus.from_frame(frame, clean=False)
        >>> corpus.documents.doc_id.tolist(), len(corpus.tokens)
        (['a', 'b'], 7)

        """
        # what was read before is opened without the rooms that read
        from kit.corpus.assembly import assemble, read_texts  # noqa: PLC0415
        from kit.corpus.frames import columns_of  # noqa: PLC0415
        from kit.reading.article import set_aside_table  # noqa: PLC0415

        metadata, texts, problems = columns_of(frame)
        read = read_texts(texts, metadata, clean=clean, repair=repair)
        return cls(*assemble(metadata, read, set_aside_table(problems)))

    @property
    def documents(self) -> pd.DataFrame:
        """One row per document."""
        table = self._told[0].copy(deep=False)
        if not self._given.apart:
            table.insert(len(table.columns) - 1, "copy_of", self.copy_of)
        return table

    @property
    def metadata(self) -> pd.DataFrame:
        """One row per document: `documents` without its texts, which a corpus in parts has, too."""
        return self.documents.drop(columns="text")

    def stated(self, name: str) -> pd.Series:
        """Return a column of `documents` as it was given, for which no copies need to be found.

        Parameters
        ----------
        name : str
            Any column but ``copy_of``.

        Returns
        -------
        Series
            One value per document.

        Examples
        --------
        >>> import kit, pandas as pd
        >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."], "outlet": ["X"]})
        >>> kit.Corpus.from_frame(frame).stated("outlet").tolist()
        ['X']

        """
        return self._told[0]["flags"] if name == "flags" else self._documents[name]

    @property
    def segments(self) -> pd.DataFrame:
        """One row per kept stretch of a raw file."""
        return self._segments.copy(deep=False)

    @property
    def removed(self) -> pd.DataFrame:
        """One row per passage that cleaning took out."""
        return self._removed.copy(deep=False)

    @property
    def flagged(self) -> pd.DataFrame:
        """One row per document and kind of flag."""
        return self._told[1].copy(deep=False)

    @cached_property
    def _told(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The documents and their flags, those that are found in the texts among them."""
        find = self._given.flags
        if find is None:
            return self._documents, self._flagged
        return find(self._documents, self._segments, self._flagged, self.index)

    @property
    def repaired(self) -> pd.DataFrame:
        """One row per stretch that was mended."""
        return self._repaired.copy(deep=False)

    @property
    def set_aside(self) -> pd.DataFrame:
        """One row per file or row that could not be used."""
        table = self._set_aside.copy(deep=False)
        call = {"of": self.origin, "attribute": "set_aside"}
        table.attrs = self.about(unit="set-aside", call=call, rows=rows_of(table, ["source", "problem"]))
        return table

    @property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence."""
        return self._sentences.copy(deep=False)

    @property
    def tokens(self) -> pd.DataFrame:
        """One row per running token."""
        return token_table(self.index)

    def token_rows(self, begin: int, stop: int) -> pd.DataFrame:
        """Return the rows of `tokens` from `begin` to just before `stop`, with their row numbers."""
        return token_table(self.index, begin, stop)

    @property
    def types(self) -> pd.DataFrame:
        """One row per distinct case-folded form."""
        return self._types.copy(deep=False)

    @cached_property
    def _types(self) -> pd.DataFrame:
        given = self._given.types
        if given is not None:
            return given()
        from kit.corpus.annotated import types_of  # noqa: PLC0415 - what is kept knows its types

        return types_of(self.index)

    @cached_property
    def _paragraph(self) -> Int32:
        given = self._given.paragraph
        return paragraphs(self.index, self._documents["text"]) if given is None else given()

    @cached_property
    def _sentences(self) -> pd.DataFrame:
        return sentence_table(self.index, self._paragraph)

    @cached_property
    def counted(self) -> npt.NDArray[np.bool_]:
        """Whether each token is a word or a number, the tokens that denominators count."""
        return counted_types(self.index)[self.index.surface_type][self.index.surface]

    @cached_property
    def word_counts(self) -> Int64:
        """How many words and numbers each document has."""
        return word_counts(self.index)

    @property
    def catalogue(self) -> pd.DataFrame:
        """One row per document: `doc_id`, `date`, `words`, `sentences`, `copy_of`."""
        return self.sizes.assign(copy_of=self.copy_of)

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """The catalogue without `copy_of`, which takes time to find."""
        return catalogue_table(self.index, self.word_counts, self._documents)

    @cached_property
    def copy_of(self) -> pd.Series:
        """What each document is a copy of (str), found when it is first asked for; empty for originals."""
        if self._given.copies is not None:
            return self._given.copies()
        return decided(self.sizes, self._told_apart(), self.sketches, self)

    def _told_apart(self) -> list[bytes]:
        """Return what tells texts apart that are not equal: hashes, made only of those that may be equal to others."""
        if self._has_digests:
            return [body.tobytes() for body in self.digests.bodies]
        rows = np.flatnonzero(may_be_equal(self.sketches))
        found = [row.to_bytes(8, "little") for row in range(len(self))]
        for row, body in zip(rows.tolist(), text_digests(self._documents["text"].take(rows)), strict=True):
            found[row] = body.tobytes()
        return found

    def evidence(self, rows: Rows) -> Evidence:
        """Return what some documents are compared by, to see which are copies."""
        return Evidence(*runs_and_figures_of(self.index, self._paragraph, rows))

    def marks(self, rows: Rows) -> UInt64:
        """Return what shows of most documents that they are no copies, in a quarter of a kilobyte each."""
        return marks_of(self.index, self._paragraph, rows)

    @cached_property
    def sketches(self) -> Sketches:
        """What near-copies are looked for by."""
        given = self._given.sketches
        return sketches_of(self.index, self._paragraph) if given is None else given()

    @property
    def bodies(self) -> UInt8:
        """SHA-256 of each text (documents x 32)."""
        return self.digests.bodies if self._has_digests else text_digests(self._documents["text"])

    @property
    def _has_digests(self) -> bool:
        """Whether the hashes of texts are there already."""
        return self._given.digests is not None or "digests" in self.__dict__

    @cached_property
    def words(self) -> int:
        """How many words and numbers there are, the denominator of rates."""
        return int(self.word_counts.sum()) if self._given.words is None else self._given.words

    @cached_property
    def simulated(self) -> int:
        """How many documents their metadata say to be simulated (`simulated` is "yes")."""
        named = self._documents.get(SIMULATED_COLUMN)
        return 0 if named is None else int((named == "yes").sum())

    @cached_property
    def digests(self) -> Digests:
        """What the fingerprint is made of: a hash of each document, of each body and of each distinct token."""
        if self._given.digests is not None:
            return self._given.digests()
        tables = self._told[0], self._segments, self._removed, self._told[1], self._repaired
        return digests_of(*tables, self.index, self._paragraph, self._types)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of everything reading and language produced: equal fingerprints, equal tables."""
        if self._given.fingerprint is not None:
            return self._given.fingerprint
        names = set(self._documents["doc_id"])
        copies = self._given.copies
        outside = [""] * len(self) if copies is None else [name if name not in names else "" for name in copies()]
        return merged_fingerprint([summary_of(self.digests, outside)])

    @property
    def seal(self) -> str | None:
        """Hash of the files of the saved part that this is as a whole, where it was opened; else None."""
        return self._given.seal

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._documents)

    def __repr__(self) -> str:
        """Say how large the corpus is."""
        sizes = {
            "document": len(self),
            "sentence": len(self.index.sentence_tokens) - 1,
            "word or number": self.words,
            "type": sum(kind in COUNTED for kind in self.index.kinds),
        }
        return f"<Corpus: {', '.join(_counted(size, noun) for noun, size in sizes.items())}>"

    def group_of(self, by: str) -> pd.Series:
        """Return each document's value of a metadata column, or of ``year`` or ``month`` of its date.

        Parameters
        ----------
        by : str
            A column of `documents`, or ``year`` or ``month``.

        Returns
        -------
        Series of str, one per document
            Documents that do not state it are labelled ``not stated``.

        Raises
        ------
        CorpusError
            There is no such column, or `by` is not the name of one column.

        """
        check_column(by)
        if by == "copy_of" and not self._given.apart:
            labels = self.copy_of
        elif by in self._documents.columns:
            labels = pd.Series(texts_of(self.stated(by)), dtype="str")
        elif by in ("year", "month"):
            labels = self._documents["date"].astype("str").str.slice(0, 4 if by == "year" else 7)
        else:
            raise CorpusError(f"documents have no column {by!r}", remedy="use " + ", ".join(self._columns()))
        return labels.mask(labels == "", NOT_STATED).rename(by)

    def where(self, **criteria: Any) -> Corpus:
        """Return the documents whose metadata have the given values.

        Parameters
        ----------
        **criteria
            A column of `documents` (or ``year``, ``month``) and its value, or a list of values; ``since`` and
            ``until``: the first and the last day, month or year of the dates (``since="2024-03"``). A document without
            a date is left out.

        Returns
        -------
        Corpus
            Without documents if each value occurs but no document has them all, or if a list of values is empty.

        Raises
        ------
        CorpusError
            There is no such column, or no document has any of the values asked for in a column; the error lists the
            values that occur.

        Examples
        --------
        >>> import kit, pandas as pd
        >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["satu", "dua"], "outlet": ["X", "Y"]})
        >>> kit.Corpus.from_frame(frame).where(outlet="Y").documents.doc_id.tolist()
        ['b']

        """
        rows = np.flatnonzero(chosen_documents(self, criteria))
        traces = traced(self.selection, criteria, len(rows), len(self))
        return self._take(rows, extended(self.origin, "where", **criteria), traces)

    def split(self, by: str | Sequence[str]) -> dict[str, Corpus]:
        """Return one corpus per value of a metadata column, or per combination of values of several.

        In the order of the values, what is not stated last; the values of several columns are joined by " · ".
        """
        call = extended(self.origin, "split", by=by)
        made = {}
        for name, (values, kept) in values_of(self, by).items():
            rows = np.flatnonzero(kept)
            traces = traced(self.selection, values, len(rows), len(self))
            made[name] = self._take(rows, {"of": call, "item": name}, traces)
        return made

    def about(self, **facts: Any) -> dict[str, Any]:
        """Return the facts that a reader of a table of this corpus needs, as the table's ``attrs``."""
        return {
            "documents": len(self),
            "sentences": len(self.index.sentence_tokens) - 1,
            "tokens": self.words,
            "fingerprint": self.fingerprint,
            **({"simulated": self.simulated} if self.simulated else {}),
            **({"selection": [dict(step) for step in self.selection]} if self.selection else {}),
            **facts,
        }

    def to_nltk(self, *, folded: bool = False, punctuation: bool = True, documents: int | None = None) -> Any:
        """Return the running tokens as an ``nltk.Text``.

        Parameters
        ----------
        folded : bool
            Whether tokens are case-folded, as the kit counts them, or as written.
        punctuation : bool
            Whether punctuation, symbols and addresses are among them.
        documents : int, optional
            Of so many documents at most, evenly spread over all; of all if left out. NLTK holds each token in memory.

        Returns
        -------
        nltk.Text
            For NLTK's own FreqDist, concordance, dispersion plot and collocation finders; it needs no NLTK data. Its
            `collocations` and `collocation_list` ignore the kit's stop words in the place of NLTK's English ones;
            `similar` and `common_contexts` know words with a hyphen, whichever of the two is asked first; `generate`
            and `readability`, which need a model of English sentences, say so.

        Raises
        ------
        QueryError
            `documents` is no whole number from 1 on.

        """
        from kit.corpus.nltk_text import KitText  # noqa: PLC0415 - most sessions never need NLTK

        rows = evenly(len(self), documents)
        some = self if len(rows) == len(self) else self._take(rows)
        tokens, _ = running_tokens(some.index, some.counted, folded=folded, punctuation=punctuation)
        return KitText(tokens, f"kit {self.fingerprint[:12]}", lambda: self.types.query("stopword")["form"])

    def raw_offsets(self, doc: Sequence[int], start: Sequence[int]) -> npt.NDArray[np.int32]:
        """Return where code points of `documents.text` stand in the raw files.

        Parameters
        ----------
        doc, start : int arrays of the same length
            Row of the document, and a code point that lies in its body (not a joint between paragraphs).

        Returns
        -------
        int32 array
            Code points of the decoded raw file, before accents were composed.

        """
        segments = self._segments
        width = np.int64(2**32)
        keys = segments["doc"].to_numpy(np.int64) * width + segments["start"].to_numpy(np.int64)
        places = np.asarray(doc, np.int64) * width + np.asarray(start, np.int64)
        row = np.searchsorted(keys, places, side="right") - 1
        begin, stop = (segments[name].to_numpy(np.int64)[row] for name in ("raw_start", "raw_end"))
        within = np.asarray(start, np.int64) - segments["start"].to_numpy(np.int64)[row]
        raw: npt.NDArray[np.int32] = np.minimum(begin + within, stop).astype(np.int32)
        return raw

    def _columns(self) -> list[str]:
        """List what documents can be grouped by."""
        named = [name for name in self._documents.columns if name not in ("doc_id", "text")]
        return [*named, *([] if self._given.apart else ["copy_of"]), "year", "month"]

    def as_part(self, copies: Callable[[], pd.Series] | None = None) -> Corpus:
        """Return the corpus as a part of a larger one, which alone knows what its documents are copies of."""
        part = copy(self)
        part.__dict__.pop("copy_of", None)
        part.__dict__.pop("fingerprint", None)
        object.__setattr__(part, "_given", self._given._replace(copies=copies, apart=copies is None, fingerprint=None))
        return part

    def _copies(self, rows: npt.NDArray[np.intp]) -> pd.Series:
        """Return what some of the documents are copies of."""
        return self.copy_of.iloc[rows].reset_index(drop=True)

    def _take(
        self, rows: npt.NDArray[np.intp], origin: Call | None = None, traces: tuple[Mapping[str, Any], ...] = ()
    ) -> Corpus:
        """Return the corpus of some documents, all keys renumbered."""
        index, surfaces, types = selection(self.index, rows)
        known: dict[str, Any] = {}
        if self._given.types is not None or "_types" in self.__dict__:
            known["types"] = self._types, types
        if self._given.paragraph is not None or "_paragraph" in self.__dict__:
            known["paragraph"] = self._paragraph, self.index, rows
        if self._given.digests is not None or "digests" in self.__dict__:
            known["digests"] = self.digests, rows, surfaces
        known |= {"copies": partial(self._copies, rows), "apart": self._given.apart}
        told = "_told" in self.__dict__
        known["flags"] = None if told else self._given.flags
        documents = (self._told[0] if told else self._documents).iloc[rows].reset_index(drop=True)
        tables = self._segments, self._removed, self._told[1] if told else self._flagged, self._repaired
        segments, removed, flagged, repaired = (renumber(table, rows) for table in tables)
        return Corpus(
            documents,
            segments,
            removed,
            flagged,
            repaired,
            self._set_aside,
            index,
            given_to(**known),
            origin or outside(),
            traces,
        )


def _counted(number: int, noun: str) -> str:
    """Write a number with the noun it counts."""
    plural = "words and numbers" if noun == "word or number" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
