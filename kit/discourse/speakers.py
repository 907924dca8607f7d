"""Who speaks in a table of quotations: listed, joined over articles by a stated rule, private persons coded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.spans import check_passages
from kit.discourse.actor_list import Class
from kit.discourse.actors import classify
from kit.parts.summaries import AnyCorpus

_NEEDED = ("doc_id", "quotation", "start", "end", "type", "speaker", "speaker_id", "role", "organisation")
_REMEDY = "pass what kit.find_quotations(corpus) returned for this corpus"
_LEAST_NAMES = 2  # words of a name that is taken for the same person in two articles


@dataclass(frozen=True, eq=False)
class JoinedSpeakers:
    """Quotations whose speakers are joined over articles, and what was joined.

    Attributes
    ----------
    quotations : DataFrame
        As given, but `speaker_id` is that of the first article in which the speaker stands.
    joined : DataFrame, one row per speaker of an article who was joined to another's or might have been
        `speaker_id` (str; whom it was joined to, or itself), `speaker` (str), `document_speaker` (str; the id in the
        article), `doc_id`, `role`, `organisation`, `actor_type` (str), `rule` (str; why it was joined: ``name`` or
        ``organisation``; why not: ``other actor type``). Sorted by speaker and document. Unit: the speaker of an
        article.

    """

    quotations: pd.DataFrame
    joined: pd.DataFrame


@recorded("speaker_id")
def list_speakers(corpus: AnyCorpus, quotations: pd.DataFrame) -> pd.DataFrame:
    """List who speaks, with office, organisation, type of actor and level of government.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    quotations : DataFrame
        From `find_quotations`, or from `join_speakers`.

    Returns
    -------
    DataFrame, one row per speaker
        `speaker_id`, `speaker`, `role`, `organisation` (str; as the texts state them), `actor_type` (str;
        ``official``, ``legislature``, ``law enforcement``, ``citizen``, ``civil society``, ``business``, ``expert`` or
        ``media``), `level` (str; ``international``, ``national``, ``provincial``, ``regency``, ``city``, ``district``,
        ``village``, or ``local`` for one of these that the text does not tell), `private` (bool; a citizen, or somebody
        of whom no office and no organisation is stated), `documents`, `quotations`, `direct` (int32; quotations in
        marks). What the lists do not tell is missing. Sorted by quotations, falling, then speaker_id. Unit: the
        speaker.

    Raises
    ------
    QueryError
        The quotations are not of this corpus.

    Notes
    -----
    Type and level are those of the office (``kit/discourse/data/actors.csv``), or of the organisation where many
    bodies have such an office (*ketua*, *kepala*). Of several offices that texts state of one speaker the first counts.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = '"Kami siap," kata Bupati Malang Sari Dewi. "Terima kasih," ujar Tono, warga setempat.'
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> kit.list_speakers(corpus, kit.find_quotations(corpus))[["speaker", "actor_type", "level", "private"]]
         speaker actor_type    level  private
    0  Sari Dewi   official  regency    False
    1       Tono    citizen      NaN     True

    """
    check_passages(corpus, quotations, columns=_NEEDED, name="quotations", remedy=_REMEDY)
    ids = quotations["speaker_id"].astype("str")
    code, known = pd.factorize(ids, use_na_sentinel=True)
    by_name = np.asarray(known.argsort(), np.intp)
    place = np.empty(len(by_name) + 1, np.intp)
    place[by_name], place[-1] = np.arange(len(by_name)), -1
    code = place[code]
    rows = np.flatnonzero(code >= 0)
    code = code[rows]
    first = {
        name: _first(quotations[name].iloc[rows], code, len(known)) for name in ("speaker", "role", "organisation")
    }
    kinds, kind = _kinds(first["role"], first["organisation"])
    citizen = np.array([one.actor_type == "citizen" for one in kinds], bool)
    nothing = (first["role"].fillna("") == "") & (first["organisation"].fillna("") == "")
    pairs = np.unique(code * np.int64(len(corpus.sizes)) + quotations["doc"].to_numpy(np.int64)[rows])
    direct = (quotations["type"] == "direct").to_numpy(bool)[rows]
    size, several, marked = (
        np.bincount(group, minlength=len(known)).astype(np.int32)
        for group in (code, pairs // max(len(corpus.sizes), 1), code[direct])
    )
    table = pd.DataFrame(
        {
            "speaker_id": known.take(by_name),
            **first,
            "actor_type": pd.array([one.actor_type or None for one in kinds], dtype="str").take(kind),
            "level": pd.array([one.level or None for one in kinds], dtype="str").take(kind),
            "private": citizen[kind] | nothing.to_numpy(bool),
            "documents": several,
            "quotations": size,
            "direct": marked,
        }
    )
    table = table.iloc[np.argsort(-size, kind="stable")].reset_index(drop=True)  # the ids were in order
    table.attrs = corpus.about(unit="speaker")
    return table


@recorded(quotations=("doc_id", "quotation"), joined=("document_speaker",))
def join_speakers(corpus: AnyCorpus, quotations: pd.DataFrame) -> JoinedSpeakers:
    """Join speakers over articles, by a rule that can be checked row by row.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    quotations : DataFrame
        From `find_quotations`.

    Returns
    -------
    JoinedSpeakers
        The quotations with joint ids, and the table of what was joined.

    Raises
    ------
    QueryError
        The quotations are not of this corpus.

    Notes
    -----
    Two speakers are one where both are named by the same full name, of two words or more and without titles, and their
    types of actor are the same, or one is not known; or where both are the same organisation, by its whole name. An
    office without a name is joined to nobody: two articles may mean two governors. Nor is a single name.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> texts = ['"Kami siap," kata Bupati Malang Sari Dewi.', "Menurut Sari Dewi, warga sabar."]
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a", "b"], "text": texts}), clean=False)
    >>> kit.join_speakers(corpus, kit.find_quotations(corpus)).joined[["speaker_id", "document_speaker", "rule"]]
      speaker_id document_speaker  rule
    0        a#1              a#1  name
    1        a#1              b#1  name

    """
    check_passages(corpus, quotations, columns=_NEEDED, name="quotations", remedy=_REMEDY)
    speakers = (
        quotations[quotations["speaker_id"].notna()].drop_duplicates("speaker_id").sort_values("doc", kind="stable")
    )
    kinds = [classify(role, body).actor_type for role, body in _stated(speakers)]
    heads: dict[str, tuple[str, str]] = {}
    rows: list[tuple[str | None, ...]] = []
    joint: dict[str, str] = {}
    for speaker, kind in zip(speakers.itertuples(index=False), kinds, strict=True):
        key, rule = _key(speaker)
        one = str(speaker.speaker_id)
        if key:
            head, known = heads.setdefault(key, (one, kind))
            if kind and known and kind != known:
                rule, head = "other actor type", one
            elif not known:
                heads[key] = head, kind
            joint[one] = head
            cells = (speaker.speaker, one, speaker.doc_id, speaker.role, speaker.organisation, kind or None)
            rows.append((head, *(None if pd.isna(cell) else cell for cell in cells), rule, key))
    names = ("speaker_id", "speaker", "document_speaker", "doc_id", "role", "organisation", "actor_type", "rule", "key")
    table = pd.DataFrame({name: pd.array([row[n] for row in rows], dtype="str") for n, name in enumerate(names)})
    table = table[table.duplicated("key", keep=False)].drop(columns="key")
    table = table.sort_values(["speaker_id", "doc_id", "document_speaker"], kind="stable", ignore_index=True)
    table.attrs = corpus.about(unit="speaker of an article")
    ids = quotations["speaker_id"].map(lambda one: joint.get(one, one), na_action="ignore").astype("str")
    found = quotations.assign(speaker_id=ids)
    found.attrs = corpus.about(unit="quotation")
    return JoinedSpeakers(found, table)


@recorded("doc_id", "quotation")
def code_speakers(corpus: AnyCorpus, quotations: pd.DataFrame) -> pd.DataFrame:
    """Show private persons as codes, for tables that leave the study; whoever holds an office keeps the name.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    quotations : DataFrame
        From `find_quotations`, or the quotations of `join_speakers`.

    Returns
    -------
    DataFrame
        The same rows. Where the speaker is private by `list_speakers`, `speaker` is a code (``P1``, ``P2``, … in the
        order of the rows, the same for the same `speaker_id`), and `speaker_start` and `speaker_end`, which say where
        the name stands, are missing. Unit: the quotation.

    Raises
    ------
    QueryError
        The quotations are not of this corpus.

    Notes
    -----
    Words that are quoted may name people too: a table of places holds none, an exhibit of passages does.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = '"Kami siap," kata Bupati Malang Sari Dewi. "Terima kasih," ujar Tono, warga setempat.'
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> kit.code_speakers(corpus, kit.find_quotations(corpus))["speaker"].tolist()
    ['Sari Dewi', 'P1']

    """
    speakers = list_speakers(corpus, quotations)
    private = set(speakers.loc[speakers["private"], "speaker_id"])
    hidden = quotations["speaker_id"].isin(private)
    codes = {one: f"P{number}" for number, one in enumerate(pd.unique(quotations.loc[hidden, "speaker_id"]), start=1)}
    table = quotations.copy()
    table.loc[hidden, "speaker"] = quotations.loc[hidden, "speaker_id"].map(codes)
    table.loc[hidden, ["speaker_start", "speaker_end"]] = pd.NA
    table.attrs = corpus.about(unit="quotation")
    return table


def _first(values: pd.Series, code: npt.NDArray[np.intp], size: int) -> pd.Series:
    """Return the first value that each of some groups states, missing if none does; no text becomes an object."""
    stated = np.flatnonzero(values.notna())[::-1]
    row = np.full(size, -1, np.intp)
    row[code[stated]] = stated  # the first is written last
    return pd.Series(values.astype("str").array.take(row, allow_fill=True))


def _kinds(role: pd.Series, body: pd.Series) -> tuple[list[Class], npt.NDArray[np.intp]]:
    """Return what the different pairs of office and organisation say of an actor, and which pair each row has."""
    one, offices = pd.factorize(role.fillna(""))
    two, bodies = pd.factorize(body.fillna(""))
    pairs, place = np.unique(one * np.int64(max(len(bodies), 1)) + two, return_inverse=True)
    there = [(str(offices[pair // len(bodies)]), str(bodies[pair % len(bodies)])) for pair in pairs.tolist()]
    return [classify(*pair) for pair in there], place


def _stated(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return role and organisation of each row, empty where missing."""
    return list(zip(table["role"].fillna("").tolist(), table["organisation"].fillna("").tolist(), strict=True))


def _key(speaker: object) -> tuple[str, str]:
    """Return what a speaker is joined by over articles, and the rule; nothing for a single name or an office."""
    name, role, body = (getattr(speaker, field) for field in ("speaker", "role", "organisation"))
    if not pd.isna(body) and name == body:
        return f"organisation {str(body).casefold()}", "organisation"
    if not pd.isna(role) and name == role:
        return "", ""
    words = str(name).casefold().replace(".", " ").split()
    return (f"name {' '.join(words)}", "name") if len(words) >= _LEAST_NAMES else ("", "")
