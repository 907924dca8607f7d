"""Who says what in a corpus: every quotation and attribution, with its cue and its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.discourse.chains import chain
from kit.discourse.free import free_reports
from kit.discourse.kept_quotations import kept_quotations
from kit.discourse.report import Report
from kit.discourse.reports import reports_in
from kit.discourse.speaker import Speaker
from kit.discourse.view import View, views
from kit.errors import QueryError
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.parts.tables import in_order
from kit.wording.words import remark

Mode = Literal["strict", "lenient"]

#: Columns of the table of quotations, with their types.
COLUMNS = {
    "doc_id": "str",
    "doc": "int32",
    "sentence": "int32",
    "start": "int32",
    "end": "int32",
    "quotation": "int32",
    "parent": "Int32",
    "type": "str",
    "cue_start": "Int32",
    "cue_end": "Int32",
    "cue": "str",
    "stance": "str",
    "speaker_start": "Int32",
    "speaker_end": "Int32",
    "speaker": "str",
    "speaker_id": "str",
    "role": "str",
    "organisation": "str",
    "certainty": "str",
    "flags": "str",
}


@recorded("doc_id", "quotation")
def find_quotations(corpus: AnyCorpus, *, mode: Mode = "strict") -> pd.DataFrame:
    """Find who says what: words in marks, reported clauses, and attributions that point back.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    mode : {"strict", "lenient"}
        Strict: what a verb of saying (or *menurut*) attributes, and whole sentences in marks. Lenient: also what is
        probably speech though nothing says so, sentences between two that one speaker is named for
        (``free_indirect``), and what is hoped or asked by nobody named (``agentless``: *Diharapkan …*).

    Returns
    -------
    DataFrame, one row per quotation or attribution
        `doc_id` (str), `doc`, `sentence` (int32; the sentence in which it begins), `start`, `end` (int32; code points
        of `documents.text`, end-exclusive, without the marks and a last comma; it may run over several sentences; where
        only the attribution stands both are `cue_start`), `quotation` (int32; number in the document, from 1, in the
        order of the rows), `parent` (Int32; number of the quotation in which it stands, missing outside of any),
        `type` (str; ``direct``, ``indirect``, ``indirect_command``, ``attribution_only``, ``nested_indirect``,
        ``free_indirect`` or ``agentless``), `cue_start`, `cue_end` (Int32; the verb of saying as written, *-nya*
        included), `cue` (str; the verb as one lexeme: *jelas* for *jelasnya*, *menjelaskan*, *dijelaskan*), `stance`
        (str; ``neutral``, ``evaluative``, ``directive``, ``closing``, ``answer`` or ``written``), `speaker_start`,
        `speaker_end` (Int32; who is named at the verb, office and titles included; *-nya* alone where it is written on
        the verb), `speaker` (str; the fullest name in the document, else the office or organisation), `speaker_id`
        (str; one speaker of a document), `role`, `organisation` (str; as the document states them), `certainty` (str;
        ``certain``, ``probable`` or ``ambiguous``), `flags` (str; separated by blanks: ``unclosed``, ``unopened``: a
        mark is missing; ``continued``: goes on behind the attribution; ``no-cue``: no verb of saying; ``mixed``: some
        of the reported words stand in marks; ``interrupted``: the attribution stands inside). What is not stated is
        missing, never guessed. Sorted by document, start, and the longer first. Unit: the quotation.

    Raises
    ------
    QueryError
        `mode` is neither of the two.

    Notes
    -----
    Rules and words are data (``kit/discourse/data``); ``docs/discourse.md`` says how they are applied, what is known of
    their errors, and what is left out. Each document is read by itself: a corpus in parts gives the same rows.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = '"Warga harus dilayani," tegas Wali Kota Budi Raharjo. Ia meminta ASN agar cepat.'
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> kit.find_quotations(corpus)[["start", "end", "type", "cue", "speaker", "role"]]
       start  end              type    cue       speaker       role
    0      1   21            direct  tegas  Budi Raharjo  Wali Kota
    1     69   79  indirect_command  minta  Budi Raharjo  Wali Kota

    """
    if mode not in get_args(Mode):
        raise QueryError(f"mode = {mode!r}", remedy="use one of " + ", ".join(get_args(Mode)))
    table: pd.DataFrame = reduce(corpus, _found, in_order, mode == "lenient")
    table.attrs = corpus.about(unit="quotation", mode=mode, remarks=[remark("discourse.quotations")])
    return table


def _found(part: Part, lenient: bool) -> pd.DataFrame:
    """Find the quotations of a part."""
    return part.out(quotations_in(part, lenient=lenient))


def quotations_in(part: Part, *, lenient: bool = False) -> pd.DataFrame:
    """Return the table of `find_quotations` for a part, by its own rows; of a saved one it may be kept from before."""
    stored, chosen = part.stored
    if chosen is not None:
        return quotations_of(part.corpus, lenient=lenient)
    return kept_quotations(stored.seal, lenient, lambda: quotations_of(stored, lenient=lenient))


def quotations_of(corpus: Corpus, *, lenient: bool, docs: npt.NDArray[np.integer[Any]] | None = None) -> pd.DataFrame:
    """Return the table of `find_quotations` for one part, or for some of its documents."""
    names = corpus.documents["doc_id"].tolist()
    bounds = corpus.index.document_tokens
    sentence = corpus.index.token_sentence
    rows: list[tuple[Any, ...]] = []
    for doc, view in views(corpus, docs):
        reports = reports_in(view, lenient=lenient)
        speakers = chain(view, reports)
        if lenient:
            reports = free_reports(view, reports)
        if reports:
            rows += _rows(names[doc], doc, view, reports, speakers, sentence[int(bounds[doc]) : int(bounds[doc + 1])])
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(COLUMNS, ())
    made = {
        name: pd.array(values, dtype=COLUMNS[name])
        if COLUMNS[name] in ("str", "Int32")
        else np.array(values, COLUMNS[name])
        for name, values in columns.items()
    }
    return pd.DataFrame(made)


def _rows(
    name: str,
    doc: int,
    view: View,
    reports: list[Report],
    speakers: list[Speaker],
    sentence: Any,
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of one document."""
    numbers = {id(report): number for number, report in enumerate(reports, start=1)}
    order: dict[int, int] = {}
    for report in reports:
        if report.speaker >= 0:
            order.setdefault(report.speaker, len(order) + 1)
    for report in reports:
        cue, mention = report.cue, report.mention
        empty = report.last < report.first
        begin = cue[0] if empty else report.first
        start = view.start[begin]
        speaker = speakers[report.speaker] if report.speaker >= 0 else None
        place: tuple[int | None, int | None] = (None, None)
        if mention is not None:
            stop = view.end[mention.last]
            place = (stop - 3 if mention.kind == "enclitic" else view.start[mention.first], stop)
        yield (
            name,
            doc,
            int(sentence[begin]),
            start,
            start if empty else view.end[report.last],
            numbers[id(report)],
            None if report.parent is None else numbers[id(report.parent)],
            report.kind,
            None if cue[0] < 0 else view.start[cue[0]],
            None if cue[0] < 0 else view.end[cue[1]],
            report.verb or None,
            report.stance or None,
            *place,
            None if speaker is None else speaker.shown,
            None if speaker is None else f"{name}#{order[report.speaker]}",
            (speaker.role or None) if speaker else None,
            (speaker.organisation or None) if speaker else None,
            report.certainty,
            " ".join(report.flags),
        )
