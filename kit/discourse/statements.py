"""Who says what of which concept: quotations, concepts and modality brought together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.codebook.mentions import check_mentions
from kit.corpus.calls import recorded
from kit.corpus.spans import check_passages, counted_passages, seal
from kit.discourse.actors import classify
from kit.discourse.agreement import Agreement, agreement_of
from kit.discourse.clauses import Clauses
from kit.discourse.layers import QUOTED, frames, holders, is_within_speech
from kit.discourse.modality import Places, modals_in
from kit.discourse.quotations import quotations_of
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.parts.tables import in_order
from kit.wording.words import remark

_QUOTED = (*QUOTED, "speaker", "speaker_id", "role", "organisation", "certainty")
_TEXTS = (
    "frame", "speaker_id", "speaker", "organisation", "actor_type", "level", "concept", "basis", "modality", "bearer",
    "bearer_group", "certainty",
)  # fmt: skip


@recorded("doc_id", "start", "end", "concept", "quotation")
def statements(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    concepts: Sequence[str] | None = None,
    quotations: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List who says what of which concept.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    concepts : sequence of str, optional
        Which concepts; left out, the core concepts of the codebook, or all if it marks none: to name an actor is no
        position.
    quotations : DataFrame, optional
        From `kit.find_quotations`, or from `kit.join_speakers`; found if left out.
    mentions : DataFrame, optional
        From `kit.find_mentions`, for this corpus and codebook; found if left out. Neither glosses nor names count.

    Returns
    -------
    DataFrame, one row per quotation, concept and agreement; of what nobody is quoted for, per sentence
        `doc_id` (str), `doc`, `sentence`, `start`, `end` (int32; the first mention), `date`, `outlet`, `copy_of` (str;
        of the document), `frame` (str; who is responsible: ``narrator``, ``speaker``, or ``nested`` for a speaker whom
        a speaker cites), `quotation` (Int32; number in the document), `speaker_id`, `speaker`, `organisation`,
        `actor_type`, `level` (str; as `kit.list_speakers`; missing of the narrator), `concept` (str), `agreement`
        (Int8; 1, -1, or missing where nothing tells), `basis` (str; the words that decided), `modality` (str; category
        of the marker over the mention), `bearer`, `bearer_group` (str; who bears it, as `kit.find_modality`),
        `certainty` (str; ``certain``; ``probable`` where the quotation is not certain; ``ambiguous`` of the narrator
        where the sentence stands right behind a report, or between two of one speaker, and may be that speaker's),
        `mentions` (int32), `seal` (int64). Sorted by document, start, end, concept. Unit: the statement.

    Raises
    ------
    QueryError
        The quotations or mentions are not of this corpus and codebook, or there is no such concept.

    Notes
    -----
    Agreement comes from a duty, an order, a wish or a prohibition over the mention (*harus transparan* 1, *jangan
    boros* -1), a verb of stance of the speaker before it (``agreement.csv``; both together: *harus memerangi korupsi*
    1; *tidak setuju KPK wajib berkoordinasi* -1), or an order that the quotation is; a negation close by turns it
    round, and so does a pattern that names a fault, since who forbids the fault agrees with the concept. Nothing else
    decides: an assertion has no agreement, nor has a lack (*tidak transparan*), a question, a condition, a promise,
    what somebody else wants or rejects, or a fault under a duty or wish whose verb is not in the list.
    A quotation that agrees and objects makes two rows; mentions that tell nothing join one that does.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = '"ASN harus transparan," kata Bupati Sari Dewi. Layanan publik dibuka.'
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> found = kit.statements(corpus, kit.load_codebook())
    >>> found.loc[found["concept"] == "transparansi", ["frame", "speaker", "agreement", "basis", "bearer_group"]]
         frame    speaker  agreement  basis    bearer_group
    0  speaker  Sari Dewi          1  harus  civil_servants

    """
    if quotations is not None:
        remedy = "pass what kit.find_quotations(corpus) returned for this corpus"
        check_passages(corpus, quotations, columns=_QUOTED, name="quotations", remedy=remedy)
    mentions = check_mentions(corpus, mentions, codebook)
    chosen = _chosen(codebook, concepts)
    found: pd.DataFrame = reduce(corpus, _statements, in_order, codebook, chosen, cut=[mentions, quotations])
    doc_ids = corpus.sizes["doc_id"].to_numpy(object)[found["doc"].to_numpy()]
    copies = corpus.catalogue["copy_of"].to_numpy(object)[found["doc"].to_numpy()]
    found.insert(0, "doc_id", pd.array(doc_ids, dtype="str"))
    found.insert(7, "copy_of", pd.array(copies, dtype="str"))
    table: pd.DataFrame = seal(corpus, found, codebook.version)
    table.attrs = corpus.about(unit="statement", codebook=codebook.version)
    table.attrs["remarks"] = [remark("statements.read_by_rules")]
    return table


def _chosen(codebook: Codebook, concepts: Sequence[str] | None) -> list[str]:
    """Return the concepts asked for, else the core ones, else all."""
    core = codebook.concepts.loc[codebook.concepts["core"] == "yes", "concept"].tolist()
    return codebook.chosen(core if concepts is None and core else concepts)


def _statements(
    part: Part, codebook: Codebook, chosen: list[str], mentions: pd.DataFrame | None, quotations: pd.DataFrame | None
) -> pd.DataFrame:
    """Bring the mentions of a part together with their quotations and what agrees or objects.

    Mentions and quotations that are not given are found, the latter only where something is mentioned.
    """
    own, quoted = mentions_in(part, codebook, mentions), part.own(quotations)
    own = counted_passages(own)
    own = own[own["concept"].isin(chosen)]
    if quoted is None:
        quoted = quotations_of(part.corpus, lenient=False, docs=own["doc"].unique())
    own = own.sort_values(["doc", "start", "end", "concept"], kind="stable", ignore_index=True)
    quoted = quoted.reset_index(drop=True)
    holder = _held(own, quoted)
    told = _agreements(part, own, quoted, holder)
    held = holder >= 0
    at = quoted.take(np.maximum(holder, 0)) if len(quoted) else quoted.reindex(range(len(own)))
    documents, sentences = part.corpus.documents, part.corpus.sentences
    kinds = [classify(role, body) for role, body in at[["role", "organisation"]].fillna("").itertuples(index=False)]
    frame, number = frames(holder, quoted)
    table = own[["doc", "sentence", "start", "end"]].assign(
        date=documents["date"].to_numpy(object)[own["doc"]],
        outlet=documents["outlet"].to_numpy(object)[own["doc"]],
        frame=frame,
        quotation=number,
        **{name: at[name].to_numpy(object) for name in ("speaker_id", "speaker", "organisation")},
        actor_type=[kind.actor_type or None for kind in kinds],
        level=[kind.level or None for kind in kinds],
        concept=own["concept"].to_numpy(object),
        agreement=pd.array([one.sign or None for one in told], dtype="Int8"),
        basis=[one.basis for one in told],
        modality=["" if one.modal is None else one.modal.category for one in told],
        bearer=["" if one.modal is None else one.modal.bearer for one in told],
        bearer_group=["" if one.modal is None else one.modal.bearer_group for one in told],
        certainty=np.select(
            [held & (at["certainty"].to_numpy(object) != "certain"), ~held & is_within_speech(own, quoted, sentences)],
            ["probable", "ambiguous"],
            "certain",
        ),
    )
    said = ["speaker_id", "speaker", "organisation", "actor_type", "level"]
    table.loc[~held, said] = None
    table = table.astype(dict.fromkeys((*_TEXTS, "date", "outlet"), "str") | {"quotation": "Int32"})
    return part.out(_merged(table))


def _held(mentions: pd.DataFrame, quotations: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the quotation of each mention (-1: none), also of one that begins at whom an order is given to.

    Ganjar meminta [warga untuk berpartisipasi]: the order begins at *untuk*.
    """
    found = holders(mentions, quotations)
    if "cue_end" not in quotations.columns or not len(quotations):
        return found
    start = quotations["start"].to_numpy(np.int64)
    behind = quotations["cue_end"].fillna(-1).to_numpy(np.int64)
    ordered = (quotations["type"] == "indirect_command").to_numpy(bool) & (behind >= 0) & (behind < start)
    wider = holders(mentions, quotations.assign(start=np.where(ordered, behind, start)))
    across = (wider >= 0) & ordered[wider] & (mentions["end"].to_numpy(np.int64) > start[wider])
    return np.where((found < 0) & across, wider, found)


def _agreements(
    part: Part, mentions: pd.DataFrame, quotations: pd.DataFrame, holder: npt.NDArray[np.int64]
) -> list[Agreement]:
    """Tell of each mention whether it agrees."""
    index = part.corpus.index
    modals = modals_in(part, np.unique(mentions["sentence"].to_numpy(np.int64)))
    kinds, cues, begins = (quotations[name].tolist() for name in ("type", "cue", "start"))
    columns = (mentions[name].tolist() for name in ("sentence", "start", "polarity"))
    places = Places(index)
    told: list[Agreement] = []
    last, clauses, starts = -1, Clauses([], []), []
    for sentence, start, polarity, held in zip(*columns, holder.tolist(), strict=True):
        if sentence != last:
            last = sentence
            first, stop = places.sentence(last)
            clauses = places.clauses(first, stop)
            starts = index.start[first:stop].tolist()
        options: dict[str, Any] = {
            "starts": starts,
            "fault": polarity != "",
            "since": -1 if held < 0 else begins[held],
            "command": held >= 0 and kinds[held] == "indirect_command",
            "cue": str(cues[held]) if held >= 0 else "",
        }
        told.append(agreement_of(clauses, bisect_left(starts, start), start, modals[last], **options))
    return told


def _merged(table: pd.DataFrame) -> pd.DataFrame:
    """Make one row of the mentions of a quotation that name a concept alike; without quotation, of a sentence."""
    place = table["quotation"].fillna(0).astype("int64").where(table["quotation"].notna(), -1 - table["sentence"])
    keys = pd.DataFrame({"doc": table["doc"], "place": place, "concept": table["concept"]})
    number = keys.groupby(["doc", "place", "concept"], sort=False).ngroup()
    said = table["agreement"].fillna(0).to_numpy(np.int64)
    # What tells nothing joins the first of its group that tells something.
    first = pd.Series(np.where(said != 0, said, np.nan)).groupby(number.to_numpy()).transform("first").fillna(0)
    joint = np.where(said != 0, said, first.to_numpy(np.int64))
    groups = pd.DataFrame({"number": number, "joint": joint, "told": said != 0})
    order = np.lexsort((np.arange(len(table)), ~groups["told"]))
    head = groups.iloc[order].drop_duplicates(["number", "joint"]).index
    size = groups.groupby(["number", "joint"])["told"].transform("size").to_numpy(np.int32)
    return table.assign(mentions=size).loc[np.sort(head.to_numpy())].reset_index(drop=True)
