"""What an exhibit may say of its numbers: the facts they were made with, or the corpus alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kit.corpus.calls import call_of, outside
from kit.corpus.facts import finding
from kit.errors import ExhibitError

#: What is said of a corpus when nothing is known of the numbers.
CORPUS = ("documents", "sentences", "tokens", "fingerprint", "simulated", "selection")


def facts_of(frame: pd.DataFrame, about: Any, place: str) -> dict[str, Any]:
    """Settle what an exhibit says of a table.

    The table's ``attrs`` where its rows and numbers are those the kit made, with its own columns, if any, in
    ``own`` (list of str); else the facts of the corpus in `about`, and a call that says ``made outside the kit``.
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
