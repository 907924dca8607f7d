"""Who serves whom: every word of serving with its agent and recipient, and whether a text wants it so.

*Melayani*, *dilayani*, *minta dilayani* and *terlayani* are norms of their own: whoever counts them as one loses who is
the servant of whom (Denhardt and Denhardt 2000).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.spans import seal
from kit.discourse.clauses import Clauses, Span
from kit.discourse.modality import Places, modals_in
from kit.discourse.modality_markers import PASSED_OVER, is_mark
from kit.discourse.modality_rules import service_words
from kit.language.lexemes import lexeme
from kit.lexicon.wordlists import bases
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.parts.tables import in_order
from kit.wording.words import remark

_OF_SERVICE = ("active", "passive", "noun")
_OFFICIALS = (
    "civil_servants", "officials", "local_government", "central_government", "regional_head", "president",
    "legislature", "law_enforcement",
)  # fmt: skip
_CITIZENS = ("citizens", "persons", "business", "civil_society", "experts", "media")
_DEMANDS = ("deontic_necessity", "imperative", "directive_verb", "volitive_hope", "volitive_want")
#: What obliges whoever bears it to serve; who wants or hopes does not serve.
_OBLIGES = ("deontic_necessity", "deontic_permission", "dynamic_ability", "imperative", "directive_verb", "prospective")
_ONLY = ("hanya", "cuma", "sekadar", "saja")  # bukan hanya dilayani condemns nothing
_NEAR = 8  # words between a noun of service and whom it is for
_TEXTS = ("form", "agent_group", "agent_basis", "recipient_group", "recipient_kind", "stance", "basis")
_COLUMNS = ("doc", "sentence", "start", "end", *_TEXTS, "agent_start", "agent_end", "recipient_start", "recipient_end")


#: First code point and the one behind the last; None where the text does not say.
Place = tuple[int | None, int | None]


class Service(NamedTuple):
    """A word of serving in a sentence."""

    place: int
    form: str
    agent: Span | None
    recipient: Span | None
    public: bool
    condemned: str


@recorded("doc_id", "start", "end")
def service_voice(corpus: AnyCorpus) -> pd.DataFrame:
    """Find who serves whom, and whether it is asserted, demanded or condemned.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus

    Returns
    -------
    DataFrame, one row per word of serving
        `doc_id` (str), `doc`, `sentence`, `start`, `end` (int32), `form` (str; ``melayani``, ``dilayani``, ``minta
        dilayani``, ``terlayani``, ``pelayan``, ``pelayanan`` or ``layanan``; the span is that of the word alone),
        `agent`, `recipient` (str; who serves and who is served, as written; empty if the text does not say),
        `agent_group`, `recipient_group` (str; as `bearer_group` of `kit.find_modality`), `recipient_kind` (str;
        ``citizen``, ``official``, or ``unknown``), `agent_basis` (str; ``clause``, or ``bearer`` if who bears the
        modality over the word is named or implied; ``none``), `stance` (str; ``asserted``, ``demanded`` or
        ``condemned``), `basis` (str; the word that decided; empty where nothing did and the passage asserts),
        `agent_start`, `agent_end`, `recipient_start`, `recipient_end` (Int32; missing if unsaid), `seal` (int64).
        Sorted by document, start, end. Unit: the word.

    Notes
    -----
    A passage demands what stands under a necessity, an order or a hope, condemns what stands under a prohibition,
    behind *bukan*, or with a word that names a fault (``service.csv``), and asserts the rest. Citizens are all whom the
    state serves: persons, business, civil society.

    References
    ----------
    Denhardt, R. & Denhardt, J. 2000. The New Public Service: Serving Rather than Steering. Public Administration Review
    60, 549-559.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "ASN melayani warga. Warga harus dilayani. Tidak boleh ada pejabat minta dilayani."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> kit.service_voice(corpus)[["form", "agent", "recipient", "recipient_kind", "stance"]]
                 form agent recipient recipient_kind     stance
    0        melayani   ASN     warga        citizen   asserted
    1        dilayani           Warga        citizen   demanded
    2  minta dilayani         pejabat       official  condemned

    """
    found: pd.DataFrame = reduce(corpus, _services, in_order)
    table: pd.DataFrame = seal(corpus, found)
    table.attrs = corpus.about(unit="service_word", remarks=[remark("discourse.service")])
    return table


def _services(part: Part) -> pd.DataFrame:
    """Find the words of serving of a part."""
    index = part.corpus.index
    serving = np.array([_role(word) in _OF_SERVICE for word in part.corpus.types["lexeme"]], bool)
    tokens = np.flatnonzero(serving[index.surface_type][index.surface]) if len(index.surface) else np.zeros(0, np.int64)
    sentences = np.unique(np.searchsorted(index.sentence_tokens, tokens, side="right") - 1)
    docs = np.searchsorted(index.document_tokens, index.sentence_tokens[sentences], side="right") - 1
    by_sentence = modals_in(part, sentences)
    rows = list(_rows(Places(index), list(zip(docs.tolist(), sentences.tolist(), strict=True)), by_sentence))
    texts = part.corpus.documents["text"].tolist()
    table = pd.DataFrame.from_records(rows, columns=_COLUMNS)
    for name in ("agent", "recipient"):
        column = _COLUMNS.index(f"{name}_start")
        places = [(row[0], row[column], row[column + 1]) for row in rows]
        said = ["" if start is None else texts[doc][start:end] for doc, start, end in places]
        table.insert(table.columns.get_loc("form") + 1, name, pd.array(said, dtype="str"))
    kinds = dict.fromkeys(("doc", "sentence", "start", "end"), "int32") | dict.fromkeys(_COLUMNS[-4:], "Int32")
    order = ["doc", "sentence", "start", "end", "form", "agent", "recipient", "agent_group", "recipient_group"]
    table = table.astype(kinds | dict.fromkeys(_TEXTS, "str"))
    table = table[[*order, "recipient_kind", "agent_basis", "stance", "basis", *_COLUMNS[-4:]]]
    names = part.corpus.documents["doc_id"].iloc[table["doc"]].reset_index(drop=True).astype("str")
    table.insert(0, "doc_id", names)
    return part.out(table)


def _rows(places: Places, sentences: list[tuple[int, int]], modals: dict[int, list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Write each word of serving as a row, in code points."""
    for doc, sentence in sentences:
        first, stop = places.sentence(sentence)
        clauses = places.clauses(first, stop)

        def placed(span: Span | None, first: int = first) -> Place:
            return (None, None) if span is None else places.span(first, span)

        over = modals.get(sentence)
        for place in range(stop - first):
            if _role(lexeme(clauses.form(place))) not in _OF_SERVICE:
                continue
            one = _service(clauses, place)
            start, end = placed((place, place + 1))
            assert start is not None
            modal = _over(over, start)
            bearer = _bearer(modal)
            agent, served = placed(one.agent), placed(one.recipient)
            group = "" if one.agent is None else clauses.group(one.agent) or "thing"
            whom = "" if one.recipient is None else clauses.group(one.recipient) or "thing"
            basis = "clause" if group else "none"
            if one.form == "minta dilayani":
                if bearer is not None and whom in ("", "thing"):
                    served, whom = bearer
            elif bearer is not None and not group and modal.category in _OBLIGES and bearer[0] != served:
                agent, group = bearer
                basis = "bearer"
            told = (one.form, group, basis, whom, _kind(whom, one), *_stance(one, modal))
            yield (doc, sentence, start, end, *told, *agent, *served)


def _bearer(modal: Any) -> tuple[Place, str] | None:
    """Return who bears a modality, if that is someone who can act."""
    if modal is None or pd.isna(modal.bearer_start) or modal.bearer_group == "thing":
        return None
    return (int(modal.bearer_start), int(modal.bearer_end)), str(modal.bearer_group)


def _role(word: str) -> str:
    """Return what a word has to do with serving; empty for others."""
    return service_words().get(word, "")


def _kind(group: str, one: Service) -> str:
    """Tell whether citizens are served or officials."""
    if group in _CITIZENS or (one.public and not group):
        return "citizen"
    return "official" if group in _OFFICIALS else "unknown"


def _over(modals: list[Any] | None, start: int) -> Any:
    """Return the marker whose clause holds a place: the outermost of the last before it, else the first behind."""
    if modals is None:
        return None
    held = [row for row in modals if row.clause_start <= start < row.clause_end and row.stack == 1]
    before = [row for row in held if row.start <= start and row.category != "prospective"]
    return before[-1] if before else None


def _stance(one: Service, modal: Any) -> tuple[str, str]:
    """Return whether a passage asserts, demands or condemns, and the word that decided."""
    if one.condemned:
        return "condemned", one.condemned
    if modal is None:
        return "asserted", ""
    if modal.category == "deontic_prohibition":
        return "condemned", modal.marker
    if modal.category in _DEMANDS and modal.scope != "marker":
        return "demanded" if modal.polarity == "positive" else "condemned", modal.marker
    return "asserted", ""


def _service(clauses: Clauses, place: int) -> Service:
    """Return who serves whom at a word of serving."""
    form = lexeme(clauses.form(place))
    role = _role(form)
    condemned = _condemned(clauses, place, role)
    if role == "active":
        agent = clauses.subject(_head(clauses, place))
        if (
            agent is not None
            and not clauses.can_act(agent, pronouns=True)
            and bases().get(clauses.form(agent[0])) == "a"
        ):
            agent = None  # tulus melayani
        object_ = clauses.phrase_from(clauses.skip(place + 1, 1, "adverb"))
        return Service(place, "melayani", agent, object_, public=False, condemned=condemned)
    if role == "passive":
        head = _head(clauses, place)
        asks = any(_role(clauses.form(there)) == "asks" for there in range(head, place))
        agent = clauses.agent(place) if form == "dilayani" else None
        name = "minta dilayani" if asks and form == "dilayani" else form
        return Service(place, name, agent, clauses.subject(head), public=False, condemned=condemned)
    return _of_noun(clauses, place, form, condemned)


def _head(clauses: Clauses, place: int) -> int:
    """Return where the words begin that stand between a subject and its verb: tidak boleh lagi minta untuk dilayani."""
    passed = (*PASSED_OVER, "modal", "negation")
    first = place
    while first > 0 and (
        clauses.is_role(first - 1, *passed)
        or _role(clauses.form(first - 1)) == "asks"
        or (clauses.form(first - 1) == "untuk" and _role(clauses.form(first - 2)) == "asks")
    ):
        first -= 1
    return first


def _of_noun(clauses: Clauses, place: int, form: str, condemned: str) -> Service:
    """Return who serves whom at a noun of service."""
    public = _role(clauses.form(place + 1)) == "public"
    recipient: Span | None = None
    behind = clauses.phrase_from(place + 1)
    if behind is not None and clauses.words[behind[0]].group in _CITIZENS:
        recipient = behind
    for there in range(place + 1, min(place + _NEAR, len(clauses.words))):
        if recipient is not None or is_mark(clauses, there) or clauses.is_role(there, "conjunction"):
            break
        if _role(clauses.form(there)) == "recipient":
            whom = clauses.phrase_from(there + 1)
            recipient = whom if whom is not None and clauses.can_act(whom, pronouns=True) else None
    agent: Span | None = None
    if form == "pelayan" and _role(clauses.form(place - 1)) == "identifies":
        named = clauses.subject(place - 1)
        agent = named if named is not None and clauses.can_act(named, pronouns=True) else None
    return Service(place, form, agent, recipient, public=public, condemned=condemned)


def _condemned(clauses: Clauses, place: int, role: str) -> str:
    """Return the word that condemns a service: bukan before it in its clause, or a fault behind a noun."""
    if role == "noun":
        behind = clauses.skip(place + 1, 1, "adverb", "determiner")
        for there in range(behind, min(behind + 3, len(clauses.words))):
            if is_mark(clauses, there):
                break
            if _role(clauses.form(there)) == "faults":
                return clauses.form(there)
    for there in range(place - 1, max(place - _NEAR, -1), -1):
        if is_mark(clauses, there) or clauses.is_role(there, "conjunction"):
            break
        if _role(clauses.form(there)) == "condemns" and clauses.form(there + 1) not in (
            "hanya",
            "cuma",
            "sekadar",
            "saja",
        ):
            return clauses.form(there)
    return ""
