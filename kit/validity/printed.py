"""A codebook as a reader of a paper needs it: each concept with its rules, patterns, traps, examples and validity."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.lists import listed
from kit.codebook.mentions import check_mentions, find_mentions
from kit.corpus.calls import recorded
from kit.corpus.spans import counted_passages
from kit.errors import QueryError
from kit.parts.summaries import AnyCorpus, in_context
from kit.settings import LANGUAGES
from kit.validity.figures import remarks_of
from kit.wording.words import Remark, remark, say

#: What a table of validity tells of a concept, with the name it has in the printed codebook.
_MEASURED = {
    "precision": "float64",
    "precision_low": "float64",
    "precision_high": "float64",
    "recall": "float64",
    "recall_low": "float64",
    "recall_high": "float64",
    "alpha": "float64",
}
_MARKED = re.compile(r"\*([^*]+)\*")  # words quoted in a rule
_AROUND = 120  # characters shown on either side of an example's hit


@recorded("concept")
def describe_codebook(
    codebook: Codebook,
    corpus: AnyCorpus | None = None,
    *,
    language: str = "en",
    examples: int = 2,
    mentions: pd.DataFrame | None = None,
    validity: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Tell all that a reader has to know of each concept: a codebook for the appendix of a paper.

    Parameters
    ----------
    codebook : Codebook
    corpus : Corpus or PartedCorpus, optional
        Gives the examples and counts; without it their columns are left out.
    language : {"en", "id"}
        Language of definitions and rules.
    examples : int
        Passages shown of a concept, at most.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.
    validity : DataFrame, optional
        What is known of the concepts' validity, one row per concept: `concept`, `precision`, `recall`, `alpha`, the
        bounds of their intervals and `source`, as `kit.score_coding` gives it.

    Returns
    -------
    DataFrame, one row per concept, in the codebook's order
        `concept`, `label`, `parent`, `definition`, `include`, `exclude`, `source`, `wordings` (str; the patterns
        enabled, names of institutions marked), `traps` (str; a line each: what patterns must not stand in, what has to
        be near, and what is not counted), with a corpus `mentions` (int64) and `examples` (str; a line each, the hit
        between guillemets), with a table of validity `precision`, `recall`, `alpha` and the bounds (float64).

    Raises
    ------
    QueryError
        The language is not one of the two, the mentions are not of this corpus and codebook, or the table of validity
        has no column `concept`.

    Notes
    -----
    Print it with ``kit.Table(…, layout="entries", text_columns=("examples",))``.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> printed = kit.describe_codebook(kit.load_codebook(), corpus).set_index("concept")
    >>> printed.loc["melayani", ["label", "examples"]].tolist()
    ['serving (active)', 'ASN «melayani» warga. (a, sentence 1)']

    """
    if language not in LANGUAGES:
        raise QueryError(f"language = {language!r}", remedy="use " + " or ".join(LANGUAGES))
    concepts = codebook.concepts
    other = "" if language == "en" else f"_{language}"
    table = concepts[["concept", "parent"]].copy()
    table.insert(1, "label", concepts[f"label_{language}"])
    for column in ("definition", "include", "exclude"):
        table[column] = [_MARKED.sub(r"“\1”", text).replace("`", "") for text in concepts[f"{column}{other}"]]
    table["source"] = concepts["source"]
    patterns = codebook.patterns
    own = {name: patterns[patterns["concept"] == name] for name in table["concept"]}
    table["wordings"] = ["; ".join(_patterns(own[name], language)) for name in own]
    conditions = zip(own, concepts["requires"], concepts["refuses"], strict=True)
    table["traps"] = [
        listed("\n".join(_traps(own[name], needs, bars, language)), codebook.lists) for name, needs, bars in conditions
    ]
    remarks: list[Remark] = []
    if codebook.lists and table["traps"].str.contains("{", regex=False).any():
        remarks.append(remark("printed.lists", names=[f"{{{name}}}" for name in codebook.lists]))
    if corpus is not None:
        given = check_mentions(corpus, mentions, codebook, ("sentence", "start", "end", "concept", "pattern", "gloss"))
        found = counted_passages(find_mentions(corpus, codebook) if given is None else given)
        table["mentions"] = found["concept"].value_counts().reindex(table["concept"], fill_value=0).to_numpy("int64")
        shown = _examples(corpus, found, examples, language)
        table["examples"] = ["\n".join(shown.get(name, [])) for name in table["concept"]]
        remarks.append(remark("printed.examples"))
    if validity is not None:
        table, said = _with_validity(table, validity, None if corpus is None else corpus.fingerprint)
        remarks += said
    facts = {"codebook": codebook.version, "remarks": remarks}
    table.attrs = facts if corpus is None else corpus.about(unit="mention", **facts)
    return table


def _patterns(own: pd.DataFrame, language: str) -> Iterator[str]:
    """Yield the enabled patterns of a concept, names marked."""
    for pattern, name in own.loc[own["enabled"] == "yes", ["pattern", "is_name"]].itertuples(index=False):
        yield say("printed.name", language, pattern=pattern) if name == "yes" else pattern


def _traps(own: pd.DataFrame, requires: str, refuses: str, language: str) -> Iterator[str]:
    """Yield what keeps a concept's patterns from counting, a line each."""
    every = say("printed.whole", language)
    for key, condition in (("printed.required", requires), ("printed.refused", refuses)):
        if condition:
            yield say(key, language, pattern=every, condition=condition)
    for row in own.to_dict("records"):
        pattern = str(row["pattern"])
        told = []
        if row["enabled"] != "yes":
            told.append(say("printed.off", language, pattern=pattern))
        else:
            for key, column in (("printed.required", "requires"), ("printed.refused", "refuses")):
                if row[column] not in ("", "-"):
                    told.append(say(key, language, pattern=pattern, condition=row[column]))
            if row["blocks"]:
                phrases = ", ".join(part.strip() for part in str(row["blocks"]).split("|"))
                told.append(say("printed.blocked", language, pattern=pattern, phrases=phrases))
        if told:
            note = str(row["note"]).removeprefix("off: ")
            yield from told[:-1]
            yield told[-1] + (f" ({note})" if note else "")


def _examples(corpus: AnyCorpus, found: pd.DataFrame, most: int, language: str) -> dict[str, list[str]]:
    """Show of each concept the first hits of different patterns, then of those already shown, each in its sentence."""
    concept = pd.factorize(found["concept"])[0]
    again = found.groupby(["concept", "pattern"]).cumcount().to_numpy()
    rows = np.argsort(again, kind="stable")  # numbers of rows: millions of mentions are not copied for a few examples
    sentences = concept * (found["sentence"].max() + 1 if len(found) else 1) + found["sentence"].to_numpy(np.int64)
    rows = rows[~pd.Series(sentences[rows]).duplicated().to_numpy()]
    rows = rows[pd.Series(concept[rows]).groupby(concept[rows]).cumcount().to_numpy() < max(most, 0)]
    first = found.take(rows).reset_index(drop=True)
    told: dict[str, list[str]] = {}
    for hit, place in zip(first.itertuples(), in_context(corpus, first).itertuples(), strict=True):
        begin = int(hit.start) - int(place.passage_start)
        before, after = place.passage[:begin], place.passage[begin + len(place.surface) :]
        before = before if len(before) <= _AROUND else "…" + before[-_AROUND:]
        after = after if len(after) <= _AROUND else after[:_AROUND] + "…"
        passage = " ".join(f"{before}«{place.surface}»{after}".split())
        shown = say("printed.example", language, passage=passage, doc_id=hit.doc_id, sentence=int(place.sentence_no))
        told.setdefault(hit.concept, []).append(shown)
    return told


def _with_validity(
    table: pd.DataFrame, validity: pd.DataFrame, fingerprint: str | None
) -> tuple[pd.DataFrame, list[Remark]]:
    """Lay what is known of the concepts' validity beside them, and say where it was measured."""
    if "concept" not in validity.columns:
        remedy = "pass what kit.score_coding(…).validity gave back, or a table like it"
        raise QueryError("the table of validity has no column 'concept'", place="validity", remedy=remedy)
    rows = validity.drop_duplicates("concept").set_index("concept").reindex(table["concept"])
    known = {name: rows[name].to_numpy(dtype) for name, dtype in _MEASURED.items() if name in rows.columns}
    if "remarks" in validity.attrs and (fingerprint is None or "fingerprint" not in validity.columns):
        return table.assign(**known), list(validity.attrs["remarks"])
    stated = rows.reindex(columns=["precision", "recall", "source"]).fillna({"source": ""}).reset_index()
    if "fingerprint" in rows.columns:
        stated["fingerprint"] = rows["fingerprint"].fillna("").to_numpy()
    return table.assign(**known), remarks_of(stated, fingerprint)
