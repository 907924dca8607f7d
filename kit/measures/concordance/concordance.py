"""Every occurrence of a word, a phrase or a concept in its context (keyword in context)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.selection import chosen_documents, traced
from kit.corpus.stories.stories import stories
from kit.errors import QueryError
from kit.index.token_index import Int32, Int64
from kit.measures.concordance.asked import Asked, by_worth, document_of, occurrences, of_stories, with_groups
from kit.measures.concordance.first_page import first_page
from kit.measures.concordance.in_parts import listed_in_parts
from kit.measures.concordance.lines import cut_lines
from kit.measures.concordance.order import by_chance, first_of_each, ordered, sort_keys
from kit.measures.concordance.queries import Query, check_rows, first_occurrences_of
from kit.measures.concordance.ranking import Rank, candidates, check_rank, marks_of, met_in, scores_of, used
from kit.measures.counts.grouping import By
from kit.measures.frequency.groups import Groups, groups_of
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus
from kit.wording.words import remark

_COLUMNS = ("query", "doc_id", "left", "node", "right", "sentence_no", "start", "end", "line_id")


@recorded("doc_id", "left", "node", "right")
def concordance(
    corpus: AnyCorpus,
    query: Query | Sequence[str],
    *,
    context: int = 8,
    sort: str | Sequence[str] = "position",
    limit: int | None = None,
    sample: int | None = None,
    seed: int = 0,
    by: By | None = None,
    where: Mapping[str, Any] | None = None,
    within: Literal["document", "sentence"] = "document",
    rank: Rank | None = None,
    per_story: int | None = None,
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List the occurrences of a query, each with the words before and after it.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    query : str, sequence of str or DataFrame
        - One word or a phrase, in any case; ``*`` stands for any letters and ``?`` for one (``akuntab*``). The words
          of a phrase may be joined by blanks, one slash or one hyphen, never across a comma or a sentence end.
        - ``re:`` and a regular expression for each word, which has to match the whole form:
          ``re:(me|di)layani warga``.
        - ``lexeme:`` and a lexeme: all its forms (``lexeme:tugas`` is *tugas* and *tugas-tugasnya*).
        - ``concept:`` and a concept: its mentions, without glosses. Where a codebook or mentions are given, a query
          without prefix is a concept too, and ``form:`` says that it is not.
        - Rows of `kit.find_mentions`: those passages.

        Several queries are listed one after the other.
    context : int
        Words and numbers shown on either side.
    sort : str or sequence of str
        Order of the lines: "position", as they stand; "left", by the words before, read outwards; "right", by the words
        after; "node", by the match itself; or places such as ``["R1", "L1", "node"]``, sorted by the first of them
        first: L1 is the word before the match, R2 the second after it (of the document, up to 99). Words sort by code
        point, no word first. Ties by position.
    limit : int, optional
        Give only the first lines of each query (and group).
    sample : int, optional
        Give so many lines of each query (and group), drawn by chance before they are sorted. The same seed draws the
        same lines, in whatever order the documents stand, and a smaller sample is part of a larger one.
    seed : int
        Which sample.
    by : str, mapping, or sequence of these, optional
        What makes the groups, as in `kit.term_frequencies`: the lines of each together, with columns that name it.
    where : mapping, optional
        Only lines of these documents: columns of metadata (or ``year``, ``month``, ``since``, ``until``) and their
        values, as in `Corpus.where`: ``{"outlet": "Harian Contoh", "year": [2023, 2024]}``.
    within : {"document", "sentence"}
        What no line runs over: the document, or the sentences in which the match begins and ends. It holds for `sort`,
        too.
    rank : {"collocates", "common words", "concepts"}, optional
        What lines are worth reading first for, before `sort` orders those that are alike in it. "collocates": how many
        different of the 20 strongest collocates of the query stand in the line (by log Dice, in the contexts shown; no
        stop words; in 3 contexts at least): typical examples. "common words": how few words stand in it that the
        corpus uses less than 5 times, or less than 5 times in a million words: examples that are easily read.
        "concepts": how many different concepts are mentioned in it.
    per_story : int, optional
        Give at most so many lines of each story, the first ones in the order asked for (``docs/copies.md``).
    codebook, mentions : optional
        Where concepts are looked up.

    Returns
    -------
    DataFrame, one row per occurrence
        `query` (str; only where several were given), the columns of `by` (str; if asked for), `doc_id`, `left`, `node`,
        `right` (str; the text as written, line ends as blanks), `sentence_no` (int32; in the document, from 1),
        `start`, `end` (int32; code points of `documents.text`), `outlet`, `date`, `title` (of the document, as its
        source states them; not the one that `by` names), `line_id` (str; the first 16 hexadecimal digits of the
        SHA-256 of doc_id, start and end with tabs between them: the same passage has the same id in every query, also
        after articles are added), `in_line` (int64; with `rank` only: collocates, rare words or concepts in the line).
        ``attrs["occurrences"]`` has the number of occurrences, listed or not; if several
        queries were given, the number for each; with `by`, ``attrs["groups"]`` the same for each value, and the remark
        says it.

    Raises
    ------
    QueryError
        The query has no word, or a word that the token rule never makes, or an option is unknown.
    CorpusError
        `by` is not a column; or no document has what `where` asks for.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN harus melayani warga, bukan minta dilayani warga."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> kit.concordance(corpus, "*layani warga", context=2)[["left", "node", "right"]]
                left            node         right
    0      ASN harus  melayani warga  , bukan minta
    1    bukan minta  dilayani warga             .

    """
    _check(context, limit, sample)
    if within not in ("document", "sentence"):
        raise QueryError(f"within = {within!r}", remedy="use document or sentence")
    check_rank(rank, per_story, codebook, mentions)
    groups, step = _grouped(corpus, by, where)
    lines = Asked(context, within, tuple(sort_keys(sort, context)), (limit, sample, seed), rank, per_story)
    looked_up = {"codebook": codebook, "mentions": check_rows(corpus, query, mentions, codebook)}
    single = isinstance(query, (str, pd.DataFrame))
    queries = [query] if isinstance(query, (str, pd.DataFrame)) else list(query)
    if not queries:
        raise QueryError("there is no query", remedy="give at least one")
    listed = [_listed(corpus, one, looked_up, lines, groups) for one in queries]
    table = listed[0][0]
    if not single:
        table = pd.concat(
            [one.assign(query=asked) for asked, (one, _) in zip(queries, listed, strict=True)], ignore_index=True
        )
        table.insert(0, "query", table.pop("query").astype("str"))
    totals = [sum(counts.values()) for _, counts in listed]
    facts: dict[str, Any] = {} if rank is None else {"rank": rank}
    facts |= {"occurrences": totals[0] if single else dict(zip(queries, totals, strict=True))}
    if by is not None:
        rows = np.unique(groups.code[groups.code >= 0]).tolist()
        counted = [{groups.names[row]: counts[row] for row in rows} for _, counts in listed]
        facts["groups"] = counted[0] if single else dict(zip(queries, counted, strict=True))
        facts["remarks"] = [
            remark("concordance.groups", query="" if single else f"{asked}: ", told=_told(counts))
            for asked, counts in zip(queries, counted, strict=True)
        ]
    told = [remark("concordance.rank", what={"key": f"concordance.ranks.{rank.replace(' ', '_')}"})] if rank else []
    told += [remark("concordance.per_story", n=per_story)] if per_story else []
    if told:
        facts["remarks"] = [*facts.get("remarks", []), *told]
    about = corpus.about(unit="line", **facts)
    table.attrs = about | ({"selection": [*about.get("selection", []), *step]} if step else {})
    return table


def _grouped(
    corpus: AnyCorpus, by: By | None, where: Mapping[str, Any] | None
) -> tuple[Groups, tuple[Mapping[str, Any], ...]]:
    """Give each document the number of its group, -1 to one that is left out, and say which were chosen."""
    groups = groups_of(corpus, by, _COLUMNS)
    if not where:
        return groups, ()
    keep = chosen_documents(corpus, where)
    return groups._replace(code=np.where(keep, groups.code, -1)), traced((), where, int(keep.sum()), len(corpus))


def _told(counts: Mapping[str, int]) -> str:
    """List groups with their numbers of occurrences."""
    return "; ".join(f"{label} {number}" for label, number in counts.items())


def _check(context: int, limit: int | None, sample: int | None) -> None:
    """Refuse numbers below zero."""
    for name, value in (("context", context), ("limit", limit), ("sample", sample)):
        if value is not None and value < 0:
            raise QueryError(f"{name} = {value}", remedy="use 0 or more")


def _listed(
    corpus: AnyCorpus, query: Query, looked_up: dict[str, Any], asked: Asked, groups: Groups
) -> tuple[pd.DataFrame, Counter[int]]:
    """List the occurrences of one query, and count them by group."""
    limit, sample, seed = asked.drawn
    whole = not len(groups.columns.columns) and not (groups.code < 0).any()
    plain = sample is None and whole and not asked.sort and asked.rank is None and asked.per_story is None
    if isinstance(corpus, PartedCorpus):
        if limit is not None and plain and isinstance(query, str) and looked_up["mentions"] is None:
            return first_page(corpus, query, looked_up["codebook"], limit, asked.context, asked.within)
        return listed_in_parts(corpus, query, asked, groups, **looked_up)
    if limit is not None and plain:  # a first page
        first, last, total = first_occurrences_of(corpus, query, limit, **looked_up)
        return cut_lines(corpus, first, last, asked.context, asked.within), Counter({0: total})
    first, last, group, doc = occurrences(corpus, query, groups.code, **looked_up)
    counts = Counter(group.tolist())
    if sample is not None:
        kept = np.sort(first_of_each(group, by_chance(corpus, first, last, doc, seed), sample))
        first, last, group = first[kept], last[kept], group[kept]
    order = ordered(corpus.index, first, last, asked.sort, asked.within)
    found = None
    if asked.rank is not None:
        found = _scores(corpus, first, last, asked, **looked_up)
        order = by_worth(order, found, asked.rank)
    if asked.per_story is not None:
        story = of_stories(stories(corpus)[document_of(corpus.index, first)], group)
        kept = np.zeros(len(order), bool)
        kept[first_of_each(story, order, asked.per_story)] = True
        order = order[kept[order]]
    order = order[np.argsort(group[order], kind="stable")]
    if limit is not None:
        order = first_of_each(group, order, limit)
    table = cut_lines(corpus, first[order], last[order], asked.context, asked.within)
    if found is not None:
        table["in_line"] = found[order]
    return with_groups(table, group[order], groups), counts


def _scores(
    corpus: Corpus, first: Int32, last: Int32, asked: Asked, codebook: Codebook | None, mentions: pd.DataFrame | None
) -> Int64:
    """Count, in each line, what it is ranked by."""
    assert asked.rank is not None
    shape = (asked.rank, asked.context, asked.within)
    if asked.rank == "concepts":
        found = mentions if codebook is None or mentions is not None else find_mentions(corpus, codebook)
        return scores_of(corpus, first, last, *shape, None, found)
    met = met_in(corpus, first, last, *shape)
    forms = candidates(met, asked.rank)
    marks = marks_of(met, forms, used(corpus, forms), asked.rank, corpus.words)
    return scores_of(corpus, first, last, *shape, marks, None)
