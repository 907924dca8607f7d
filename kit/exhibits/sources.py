"""What an exhibit may say of its numbers: the facts they were made with, or the corpus alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kit.corpus.calls import call_of, outside
from kit.corpus.facts import finding
from kit.errors import ExhibitError

#: What is said of a corpus when nothing is known of the numbers.
CORPUS = ("documents", "sentences", "tokens", "fingerprint", "simulated")


def facts_of(frame: pd.DataFrame, about: Any, place: str) -> dict[str, Any]:
    """Settle what an exhibit says of a table.

    Parameters
    ----------
    frame : DataFrame
        What is to be shown.
    about : Corpus, PartedCorpus, Codebook, table or result of the kit, or None
        What it is about, where the kit did not make it as it is.
    place : str
        Name of the exhibit, for the error.

    Returns
    -------
    dict
        The table's ``attrs`` where its rows and numbers are those the kit made, with its own columns, if any, in
        ``own`` (list of str); else the facts of the corpus in `about`, and a call that says ``made outside the kit``.

    Raises
    ------
    ExhibitError
        The table carries no facts, or its rows or numbers are not those the kit made, and `about` is left out; `about`
        states no corpus, or another one than the table.

    Examples
    --------
    >>> import kit
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]}), clean=False)
    >>> terms = kit.term_frequencies(corpus)
    >>> facts_of(terms.head(2), None, "tbl-x")["unit"]
    'form'
    >>> list(facts_of(terms.sum(numeric_only=True).to_frame("sum"), corpus, "tbl-x"))
    ['documents', 'sentences', 'tokens', 'fingerprint', 'call']

    """
    found, stated = finding(frame), {} if about is None else _stated(about, place)
    if found.problem and about is None:
        raise ExhibitError(found.problem, place=place, remedy=found.remedy)
    if found.problem:
        return {**stated, "call": outside() | {"of": call_of(about)}}
    for name in (name for name in ("fingerprint", "codebook") if name in stated and name in frame.attrs):
        if stated[name] != frame.attrs[name]:
            raise ExhibitError(
                f"the table was made with the {name} {frame.attrs[name][:12]}, about= has {stated[name][:12]}",
                place=place,
                remedy="leave about= out: the table knows its corpus",
            )
    return {**frame.attrs, **({"own": list(found.own)} if found.own else {})}


def _stated(about: Any, place: str) -> dict[str, Any]:
    """Return the facts of a corpus or codebook, or of the corpus that a table or result was made of."""
    if callable(getattr(about, "about", None)):
        return dict(about.about())
    attrs = getattr(about, "attrs", None) or {}
    if "fingerprint" not in attrs:
        raise ExhibitError(
            f"about= is a {type(about).__name__} that states no corpus", place=place, remedy="pass the corpus"
        )
    return {name: attrs[name] for name in CORPUS if name in attrs}
