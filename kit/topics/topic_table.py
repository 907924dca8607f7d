"""The table of topics as papers print it: share, quality, terms and a passage of each topic."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import ExhibitError
from kit.topics.models.result import Topics
from kit.wording.words import remark

_TEXTS = ("frex_terms", "probable_terms", "one_source", "passage", "doc_id")
#: Statuses of `kit.topic_sources` that a reader of the topics must see.
_FLAGGED = ("one-group", "mostly-one-group")


@recorded("topic")
def topic_table(
    topics: Topics,
    *,
    shares: pd.DataFrame | None = None,
    stability: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    terms: int = 8,
) -> pd.DataFrame:
    """Show what a reader needs to know about each topic, in one row per topic.

    Parameters
    ----------
    topics : Topics
        From `kit.fit_topics`.
    shares : DataFrame, optional
        From `kit.topic_shares` without groups; its mean over stories and its interval are shown. If left out, the mean
        over units of `topics.topics` is shown, without an interval.
    stability : DataFrame, optional
        From `kit.topic_stability`: `topic`, `stability` and, if it is there, `supported`.
    sources : DataFrame, optional
        From `kit.topic_sources`; topics that are one group, or mostly, are flagged with it.
    terms : int
        How many terms to list by FREX, and how many by probability; at least 1.

    Returns
    -------
    DataFrame, one row per topic, in the model's order
        `topic` (int64), `label` (str), `share` (float64), `low`, `high` (float64; with `shares`), `stability`
        (float64), `supported` (boolean; with `stability`), `npmi`, `exclusivity` (float64; of the first ten terms),
        `named` (float64; where topics are anchored: the share of the topic's units that name its concept),
        `frex_terms`, `probable_terms` (str; joined by commas, best first), `one_source` (str; with `sources`: such as
        ``outlet: tempo``), `passage` (str; its most typical sentence), `doc_id` (str; of the passage). ``attrs`` are
        those of `shares`, else of the topics, with the remarks of the other tables. If there are no topics, there are
        no rows, and a remark says why.

    Raises
    ------
    ExhibitError
        A table is not of these topics or lacks a column, or `terms` is below 1.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> from kit.topics.models.fit import fit_topics
    >>> rain, trade = "banjir merendam sawah sungai meluap", "harga beras pasar pedagang naik"
    >>> texts = [f"{(rain, trade)[row % 2]} {'abcdefghij'[row % 10]}{row}." for row in range(60)]
    >>> frame = pd.DataFrame({"doc_id": [f"d{row:02}" for row in range(60)], "text": texts})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = topic_table(fit_topics(corpus, 2), terms=2)
    >>> list(table.columns[:5]), len(table)
    (['topic', 'label', 'share', 'npmi', 'exclusivity'], 2)

    """
    if terms < 1:
        raise ExhibitError(f"terms = {terms!r}", place="topic_table", remedy="use 1 or more")
    table = topics.topics[["topic", "label", "share", "npmi", "exclusivity"]].reset_index(drop=True)
    if shares is not None:
        if "group" in shares.columns:
            raise ExhibitError("shares are by group", place="topic_table", remedy="call kit.topic_shares without by")
        found = _matched(shares, table, "shares", ("share", "low", "high"))
        table["share"] = found["share"].to_numpy(float)
        table.insert(3, "low", found["low"].to_numpy(float))
        table.insert(4, "high", found["high"].to_numpy(float))
    if stability is not None:
        found = _matched(stability, table, "stability", ("stability",))
        for name in (name for name in ("stability", "supported") if name in found):
            table.insert(table.columns.get_loc("npmi"), name, found[name].array)
    if (topics.topics["concept"] != "").any():
        table["named"] = topics.topics["named"].to_numpy(float)
    for column, name in (("frex_terms", "frex"), ("probable_terms", "probability")):
        table[column] = _listed(topics, table, name, terms)
    if sources is not None:
        _check(sources, "sources", ("topic", "source", "largest", "status"))
        if set(sources["topic"]) != set(table["topic"]):
            raise ExhibitError(
                "the sources come from other topics", place="topic_table", remedy="make them from these topics"
            )
        flags = _flags(sources)
        table["one_source"] = [flags.get(topic, "") for topic in table["topic"].tolist()]
    first = topics.passages.drop_duplicates("topic").set_index("topic")[["text", "doc_id"]].reindex(table["topic"])
    table["passage"] = first["text"].fillna("").tolist()
    table["doc_id"] = first["doc_id"].fillna("").tolist()
    table = table.astype({name: "str" for name in _TEXTS if name in table})
    table.attrs = _facts(topics, shares, stability)
    return table


def _facts(topics: Topics, shares: pd.DataFrame | None, stability: pd.DataFrame | None) -> dict[str, Any]:
    """Return the facts of the shares, or of the topics, with what the other tables remark, each remark once."""
    facts = dict(topics.attrs if shares is None else shares.attrs)
    remarks = list(facts.get("remarks", ()))
    variant = topics.attrs.get("variant")
    if shares is not None and variant is not None and len(topics.topics):
        remarks.insert(0, remark("topics.model", variant=variant))
    if stability is not None and "supported" in stability:
        failed = stability.loc[~stability["supported"].fillna(value=True).astype(bool), "topic"]
        if len(failed):
            remarks.append(remark("topics.unsupported", topics=", ".join(map(str, failed.tolist()))))
    if stability is not None:
        remarks += [said for said in stability.attrs.get("remarks", ()) if said not in remarks]
    return {**facts, "remarks": remarks}


def _check(given: pd.DataFrame, name: str, columns: tuple[str, ...]) -> None:
    """Refuse a table that lacks a column."""
    lacking = [column for column in columns if column not in given.columns]
    if lacking:
        remedy = "pass what kit.topic_shares, kit.topic_stability and kit.topic_sources gave back"
        raise ExhibitError(f"{name} has no column {lacking[0]!r}", place="topic_table", remedy=remedy)


def _matched(given: pd.DataFrame, table: pd.DataFrame, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows of a table in the order of the topics; refuse one of other topics."""
    _check(given, name, ("topic", *columns))
    if sorted(given["topic"].tolist()) != table["topic"].tolist():
        raise ExhibitError(f"{name} come from other topics", place="topic_table", remedy="make them from these topics")
    return given.set_index("topic").reindex(table["topic"])


def _listed(topics: Topics, table: pd.DataFrame, by: str, number: int) -> list[str]:
    """Join each topic's best terms; of equals the more probable one, then the alphabet, comes first."""
    columns = topics.terms[["topic", "term", "frex", "probability"]]
    # Equal but for the last bits is equal: no processor's rounding decides which term is printed.
    columns = columns.assign(**{name: columns[name].round(12) for name in ("frex", "probability")})
    keys = ["topic", by, "probability", "term"] if by != "probability" else ["topic", by, "term"]
    best = columns.sort_values(keys, ascending=[key in ("topic", "term") for key in keys]).groupby("topic").head(number)
    joined = best.groupby("topic")["term"].agg(", ".join)
    return [str(joined.get(topic, "")) for topic in table["topic"].tolist()]


def _flags(sources: pd.DataFrame) -> dict[int, str]:
    """Name, for each topic that is a group rather than a subject, the source and the group."""
    flagged = sources[sources["status"].isin(_FLAGGED)]
    found: dict[int, str] = {}
    for topic, source, largest in flagged[["topic", "source", "largest"]].itertuples(index=False):
        found[topic] = "; ".join(part for part in (found.get(topic, ""), f"{source}: {largest}") if part)
    return found
