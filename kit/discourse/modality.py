"""Who must, may, can or shall do what: modal words, orders and directive verbs, with who bears what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.spans import check_passages, seal
from kit.discourse.clause_words import Word, without_particle, word
from kit.discourse.clauses import Clauses, Span
from kit.discourse.layers import QUOTED, frames, holders
from kit.discourse.modality_bearers import NOBODY, Bearer, bearer_of
from kit.discourse.modality_markers import Found, addressee_of, find_in, is_mark, is_order
from kit.discourse.modality_rules import markers, starts_of_markers
from kit.index.token_index import TokenIndex
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.parts.tables import in_order
from kit.wording.words import remark

_REMEMBERED = 8  # sentences for which an addressee is remembered
_LEGAL = 0.005  # share of tokens "pasal" from which a text is a law or regulation
#: What an addressee may bear that the sentence does not name.
_ADDRESSED = (
    "deontic_necessity", "deontic_permission", "deontic_prohibition", "imperative", "directive_verb", "volitive_hope",
)  # fmt: skip
_TEXTS = ("marker", "category", "polarity", "scope", "predicate", "voice", "bearer_group", "bearer_basis")
_COLUMNS = (
    "doc", "sentence", "start", "end", "marker", "category", "polarity", "scope", "stack", "predicate", "voice",
    "clause_start", "clause_end", "bearer_start", "bearer_end", "bearer_group", "bearer_basis",
)  # fmt: skip
_EDGES = ("conjunction", "copula", "boundary", "modal")
_CLOSING = ("yakni", "yaitu", "sehingga", "karena", "sebab", "tetapi", "tapi", "namun", "sedangkan", "ketika", "maka")


@recorded("doc_id", "start", "end")
def find_modality(corpus: AnyCorpus, *, quotations: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find what must, may, can or will be done, and who is to do it.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    quotations : DataFrame, optional
        From `kit.find_quotations`: whose words each marker is.

    Returns
    -------
    DataFrame, one row per marker
        `doc_id` (str), `doc`, `sentence`, `start`, `end` (int32; the marker, with the negation and *lagi* that belong
        to it), `marker` (str; case-folded), `category` (str; ``deontic_necessity``, ``deontic_permission``,
        ``deontic_prohibition``, ``dynamic_ability``, ``volitive_want``, ``volitive_hope``, ``prospective``,
        ``imperative`` or ``directive_verb``), `polarity` (str; ``positive`` or ``negative``), `scope` (str; what a
        negation denies: the ``marker``, *tidak harus*, or its ``clause``, *harus tidak*, *jangan*; else empty), `stack`
        (int8; 1, or 2 and more for a marker under another, as *bisa* in *harus bisa*), `predicate` (str; the word the
        marker is about; empty if none was found), `voice` (str; of the predicate: ``active``, ``passive``, ``ter``,
        ``ber``, ``bare``, ``imperative``, ``existential`` or ``stative``), `clause_start`, `clause_end` (int32),
        `bearer_start`, `bearer_end` (Int32; missing where the text names nobody), `bearer` (str; as written),
        `bearer_group` (str; what `data/actors.csv` says of its head: ``civil_servants``, ``citizens`` …, ``named`` for
        other names, ``thing`` for what cannot act; empty if nobody), `bearer_basis` (str; ``subject``, ``agent``,
        ``object``, ``addressee``, ``existential``, or ``implied`` for one named in a sentence before; ``none``),
        `seal` (int64). With `quotations` also `frame` (str; ``narrator``, ``speaker``, or ``nested`` for somebody whom
        a speaker cites) and `quotation` (Int32; number in the document, missing of the narrator). Sorted by document,
        start, end. Unit: the marker.

    Raises
    ------
    QueryError
        The quotations are not of this corpus.

    Notes
    -----
    The rules are data: ``modality.csv``, ``not_modal.csv``, ``clause_words.csv`` and ``actors.csv`` in
    ``kit/discourse/data``; ``docs/discourse.md`` has them with worked examples and what they are worth. The subject of
    a passive does not bear the duty: *Masyarakat harus dilayani* obliges whoever serves. In laws and regulations
    *dapat* is a permission.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "Kita harus bisa melayani. Warga harus dilayani oleh ASN. Jangan menunda."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> kit.find_modality(corpus)[["marker", "category", "stack", "voice", "bearer", "bearer_basis"]]
       marker             category  stack    voice bearer bearer_basis
    0   harus    deontic_necessity      1   active   Kita      subject
    1    bisa      dynamic_ability      2   active   Kita      subject
    2   harus    deontic_necessity      1  passive    ASN        agent
    3  jangan  deontic_prohibition      1   active                none

    """
    found: pd.DataFrame = reduce(corpus, modals_of, in_order)
    table: pd.DataFrame = seal(corpus, found)
    if quotations is not None:
        remedy = "pass what kit.find_quotations(corpus) returned for this corpus"
        check_passages(corpus, quotations, columns=QUOTED, name="quotations", remedy=remedy)
        frame, number = frames(holders(table, quotations), quotations)
        table = table.assign(frame=frame, quotation=number)
    table.attrs = corpus.about(unit="marker", remarks=[remark("discourse.modality")])
    return table


def modals_in(part: Part, sentences: npt.NDArray[np.int64]) -> dict[int, list[Any]]:
    """Find the markers in some sentences of a part, which rise: by sentence, as it is numbered there."""
    found: dict[int, list[Any]] = {sentence: [] for sentence in sentences.tolist()}
    for row in modals_of(Part(part.corpus), sentences).itertuples():
        if row.sentence in found:
            found[row.sentence].append(row)
    return found


def modals_of(part: Part, sentences: npt.NDArray[np.int64] | None = None) -> pd.DataFrame:
    """Find the markers of a part, or all in some of its sentences, which rise, and some of those before these."""
    index = part.corpus.index
    places = Places(index)
    rows = [row for doc, read, legal in _documents(index, sentences) for row in _of_document(places, doc, read, legal)]
    table = pd.DataFrame.from_records(rows, columns=_COLUMNS)
    texts = part.corpus.documents["text"].tolist()
    named = [(row[0], *row[13:15]) for row in rows]
    bearer = ["" if start is None else texts[doc][start:end] for doc, start, end in named]
    kinds = {"doc": "int32", "sentence": "int32", "start": "int32", "end": "int32", "stack": "int8"}
    kinds |= {"clause_start": "int32", "clause_end": "int32", "bearer_start": "Int32", "bearer_end": "Int32"}
    table = table.astype(kinds | dict.fromkeys(_TEXTS, "str"))
    table.insert(table.columns.get_loc("bearer_group"), "bearer", pd.array(bearer, dtype="str"))
    names = part.corpus.documents["doc_id"].iloc[table["doc"]].reset_index(drop=True).astype("str")
    table.insert(0, "doc_id", names)
    return part.out(table)


class _Words(dict[int, Word]):
    """What the types of an index do in a clause, each told when it is first asked for."""

    def __init__(self, forms: Sequence[str]) -> None:
        super().__init__()
        self._forms = forms

    def __missing__(self, row: int) -> Word:
        found = self[row] = word(self._forms[row])
        return found


class Places:
    """Where the tokens of an index stand, and what they are, one sentence after the other."""

    def __init__(self, index: TokenIndex) -> None:
        self.index = index
        self._end = index.end
        self._words = _Words(index.forms)

    def sentence(self, number: int) -> tuple[int, int]:
        """Return the first token of a sentence and the one behind its last."""
        first, stop = self.index.sentence_tokens[number : number + 2].tolist()
        return first, stop

    def clauses(self, first: int, stop: int) -> Clauses:
        """Return some tokens as clauses."""
        index = self.index
        surface = index.surface[first:stop]
        words, surfaces = self._words, index.surfaces
        types = index.surface_type[surface].tolist()
        return Clauses([words[row] for row in types], [surfaces[row] for row in surface.tolist()])

    def span(self, first: int, span: Span) -> tuple[int, int]:
        """Return the code points of some words of a sentence that begins at a token."""
        return int(self.index.start[first + span[0]]), int(self._end[first + span[1] - 1])


def _documents(
    index: TokenIndex, asked: npt.NDArray[np.int64] | None
) -> Iterator[tuple[int, npt.NDArray[np.int64], bool]]:
    """Return, for each document with a marker, its row, the sentences to be read, and whether it is a legal text."""
    forms = index.forms
    wanted = np.fromiter((_is_clue(form) for form in forms), bool, len(forms))
    pasal = np.fromiter((form == "pasal" for form in forms), bool, len(forms))
    tokens = np.flatnonzero(wanted[index.surface_type][index.surface]) if len(index.surface) else np.zeros(0, np.int64)
    sentences = np.unique(np.searchsorted(index.sentence_tokens, tokens, side="right") - 1)
    if asked is not None:  # with those before them in which an addressee may be named
        naming = np.fromiter((_may_address(form) for form in forms), bool, len(forms))
        named = np.unique(np.searchsorted(index.sentence_tokens, tokens[naming[index.type_of(tokens)]], "right") - 1)
        ahead = np.append(asked, -1)[np.searchsorted(asked, sentences)] - sentences
        near = (ahead >= 0) & (ahead <= _REMEMBERED) & np.isin(sentences, named)
        sentences = sentences[(ahead == 0) | near]
    docs = np.searchsorted(index.document_tokens, index.sentence_tokens[sentences], side="right") - 1
    numbers, begins = np.unique(docs, return_index=True)
    for doc, some in zip(numbers.tolist(), np.split(sentences, begins[1:]), strict=False):
        begin, stop = index.document_tokens[doc], index.document_tokens[doc + 1]
        legal = int(pasal[index.type_of(slice(begin, stop))].sum())
        yield doc, some, legal >= 3 and legal >= _LEGAL * (stop - begin)


def _is_clue(form: str) -> bool:
    """Tell whether a form begins a marker, may be an order, or says to whom something is said."""
    return without_particle(form) in starts_of_markers() or form == "kepada" or is_order(form)


def _may_address(form: str) -> bool:
    """Tell whether a form is *kepada*, or begins a marker whose object is who must act: meminta."""
    begun = starts_of_markers().get(without_particle(form), ())
    return form == "kepada" or any(markers()[words].bearer == "object" for words in begun)


class _Speech:
    """What is remembered from one sentence of a document to the next: to whom something was said last."""

    def __init__(self) -> None:
        self.addressee = NOBODY

    def of(self, sentence: int) -> Bearer:
        """Return the last addressee, if it was named not long before."""
        fresh = self.addressee.span is not None and sentence - self.addressee.sentence <= _REMEMBERED
        return self.addressee if fresh else NOBODY


def _of_document(places: Places, doc: int, sentences: npt.NDArray[np.int64], legal: bool) -> Iterator[tuple[Any, ...]]:
    """Find the markers of a document."""
    speech = _Speech()
    for sentence in sentences.tolist():
        first, stop = places.sentence(sentence)
        clauses = places.clauses(first, stop)
        found = find_in(clauses, legal=legal)
        addressed = addressee_of(clauses, found)
        if addressed is not None:
            speech.addressee = Bearer(sentence, addressed, clauses.group(addressed), "implied")
        bearers: list[Bearer] = []
        for row, one in enumerate(found):
            bearer = bearer_of(clauses, found, bearers, row)
            if bearer is None:
                last = speech.of(sentence) if one.category in _ADDRESSED else NOBODY
                bearer = last if last.sentence != sentence else last._replace(basis="addressee")
            bearers.append(
                bearer if bearer.span is None or bearer.sentence >= 0 else bearer._replace(sentence=sentence)
            )
            yield _row(places, doc, sentence, first, clauses, one, bearers[-1])


def _row(
    places: Places, doc: int, sentence: int, first: int, clauses: Clauses, one: Found, bearer: Bearer
) -> tuple[Any, ...]:
    """Write a marker and its bearer as a row, in code points."""
    subject = bearer.span if bearer.basis == "subject" else None
    named: tuple[int | None, int | None] = (None, None)
    if bearer.span is not None:
        named = places.span(places.sentence(bearer.sentence)[0], bearer.span)
    marker = " ".join(clauses.form(place) for place in range(*one.span))
    predicate = clauses.words[one.predicate].form if one.predicate >= 0 else ""
    facts = (marker, one.category, one.polarity, one.scope, one.stack, predicate, one.voice)
    clause = places.span(first, _clause(clauses, one, subject))
    return (doc, sentence, *places.span(first, one.span), *facts, *clause, *named, bearer.group, bearer.basis)


def _clause(clauses: Clauses, one: Found, subject: Span | None) -> Span:
    """Return the clause of a marker: from the mark or conjunction before it to the next, or from its subject on."""
    first, stop = one.span
    forms = clauses.forms
    if one.rule.bearer != "object":
        while first > 0 and not is_mark(clauses, first - 1):
            if clauses.is_role(first - 1, *_EDGES) and first - 1 < one.span[0] - one.stack + 1:
                break
            first -= 1
        if clauses.form(first - 1) in ("yang", "yg"):
            first -= 1
        if subject is not None:
            before, joined = first < subject[0], clauses.is_role(first - 1, "copula", "punctuation")
            if clauses.is_role(first - 1, "modal") if before else not joined:
                first = subject[0]
    while stop < len(forms) and forms[stop] not in _CLOSING and not is_mark(clauses, stop):
        stop += 1
    return first, stop
