"""Every occurrence of a word, a phrase or a concept in its context (keyword in context)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.selection import chosen_documents, traced
from kit.corpus.stories.stories import stories
from kit.errors import QueryError
from kit.index.postings import postings
from kit.index.token_index import Int32, TokenIndex
from kit.measures.concordance.first_page import first_page
from kit.measures.concordance.lines import STATED, cut_lines
from kit.measures.concordance.order import by_chance, first_of_each, hashes_of, ordered, sort_keys, types_at
from kit.measures.concordance.queries import Query, check_rows, first_occurrences_of, occurrences_of
from kit.measures.concordance.ranking import Rank, check_rank, scores_of
from kit.measures.counts.grouping import By
from kit.measures.frequency.groups import Groups, groups_of
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus
from kit.wording.words import remark

_COLUMNS = ("query", "doc_id", "left", "node", "right", "sentence_no", "start", "end", "line_id")
_Drawn = tuple[int | None, int | None, int]


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
        "concepts": how many different concepts are mentioned in it. The lines of a corpus in one part alone.
    per_story : int, optional
        Give at most so many lines of each story, the first ones in the order asked for (``docs/copies.md``). Of a
        corpus in one part alone.
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
    check_rank(corpus, rank, per_story, codebook, mentions)
    groups, step = _grouped(corpus, by, where)
    lines = _Asked(context, within, tuple(sort_keys(sort, context)), (limit, sample, seed), rank, per_story)
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


class _Asked(NamedTuple):
    """How lines are cut, sorted and drawn."""

    context: int
    within: str
    sort: tuple[str, ...]
    drawn: _Drawn
    rank: Rank | None
    per_story: int | None


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
    corpus: AnyCorpus, query: Query, looked_up: dict[str, Any], asked: _Asked, groups: Groups
) -> tuple[pd.DataFrame, Counter[int]]:
    """List the occurrences of one query, and count them by group."""
    limit, sample, seed = asked.drawn
    whole = not len(groups.columns.columns) and not (groups.code < 0).any()
    plain = sample is None and whole and not asked.sort and asked.rank is None and asked.per_story is None
    if isinstance(corpus, PartedCorpus):
        if limit is not None and plain and isinstance(query, str) and looked_up["mentions"] is None:
            return first_page(corpus, query, looked_up["codebook"], limit, asked.context, asked.within)
        return _listed_in_parts(corpus, query, looked_up, asked, groups)
    if limit is not None and plain:  # a first page
        first, last, total = first_occurrences_of(corpus, query, limit, **looked_up)
        return cut_lines(corpus, first, last, asked.context, asked.within), Counter({0: total})
    first, last, group, doc = _occurrences(corpus, query, groups.code, **looked_up)
    counts = Counter(group.tolist())
    if sample is not None:
        kept = np.sort(first_of_each(group, by_chance(corpus, first, last, doc, seed), sample))
        first, last, group = first[kept], last[kept], group[kept]
    order = ordered(corpus.index, first, last, asked.sort, asked.within)
    found = None
    if asked.rank is not None:
        found = scores_of(corpus, first, last, asked.rank, asked.context, asked.within, **looked_up)
        order = order[np.argsort((found if asked.rank == "common words" else -found)[order], kind="stable")]
    if asked.per_story is not None:
        story = stories(corpus)[document_of(corpus.index, first)] * (int(group.max(initial=0)) + 1) + group
        kept = np.zeros(len(order), bool)
        kept[first_of_each(story, order, asked.per_story)] = True
        order = order[kept[order]]
    order = order[np.argsort(group[order], kind="stable")]
    if limit is not None:
        order = first_of_each(group, order, limit)
    table = cut_lines(corpus, first[order], last[order], asked.context, asked.within)
    if found is not None:
        table["in_line"] = found[order]
    return _with_groups(table, group[order], groups), counts


def _occurrences(
    corpus: Corpus, query: Query, code: npt.NDArray[np.int64], **looked_up: Any
) -> tuple[Int32, Int32, npt.NDArray[np.int64], npt.NDArray[np.intp]]:
    """Find the occurrences of a query in the documents that are not left out, each with its group and document."""
    first, last = occurrences_of(corpus, query, **looked_up)
    doc = document_of(corpus.index, first)
    group = code[doc] if len(doc) else np.zeros(0, np.int64)
    kept = group >= 0
    return first[kept], last[kept], group[kept], doc[kept]


def document_of(index: TokenIndex, places: Int32) -> npt.NDArray[np.intp]:
    """Return the document of each place in the word stream."""
    return np.searchsorted(index.document_tokens, postings(index).token[places], side="right") - 1


def _with_groups(table: pd.DataFrame, group: npt.NDArray[np.int64], groups: Groups) -> pd.DataFrame:
    """Put the columns of the groups before the lines, in place of the same ones behind them."""
    named = pd.DataFrame(groups.named(group), index=table.index)
    return pd.concat([named, table.drop(columns=[name for name in STATED if name in named])], axis=1)


def _listed_in_parts(
    corpus: PartedCorpus, query: Query, looked_up: dict[str, Any], asked: _Asked, groups: Groups
) -> tuple[pd.DataFrame, Counter[int]]:
    """List the occurrences of one query in a corpus in parts, from the lines of each that may be wanted."""
    limit, sample, _ = asked.drawn
    rows = query if isinstance(query, pd.DataFrame) else None
    told = (None if rows is not None else query, looked_up["codebook"], asked)
    found: _Lines = corpus.reduce(_lines_of_part, _join_lines, *told, cut=[groups.code, rows, looked_up["mentions"]])
    keys, table = found.keys.fillna("").sort_index(axis=1), found.table
    group = keys.pop(_GROUP).to_numpy(np.int64)
    if sample is not None:
        order = np.array(sorted(range(len(keys)), key=keys.pop(_CHANCE).tolist().__getitem__), np.intp)
        kept = first_of_each(group, order, sample)
        keys, table, group = keys.iloc[kept], table.iloc[kept], group[kept]
    first, last = (keys.pop(name).to_numpy(np.int64) for name in (_FIRST, _LAST))
    words = [pd.factorize(keys[name].astype("str"), sort=True)[0] for name in keys.columns]
    order = np.lexsort([last, first, *reversed(words), group])
    if limit is not None:
        order = first_of_each(group, order, limit)
    return _with_groups(table.iloc[order].reset_index(drop=True), group[order], groups), found.counts


class _Lines(NamedTuple):
    """Lines of some parts; what they are chosen and sorted by; and how many occurrences there are in each group."""

    table: pd.DataFrame
    keys: pd.DataFrame
    counts: Counter[int]


_GROUP, _CHANCE, _FIRST, _LAST = "a group", "a chance", "a first", "a last"


def _lines_of_part(
    part: Part,
    query: str | None,
    codebook: Codebook | None,
    asked: _Asked,
    code: npt.NDArray[np.int64],
    rows: pd.DataFrame | None,
    mentions: pd.DataFrame | None,
) -> _Lines:
    """List the lines of a part that may be among those wanted."""
    limit, sample, seed = asked.drawn
    corpus, wanted = part.corpus, part.own(rows) if query is None else query
    assert wanted is not None
    looked_up = {"codebook": codebook, "mentions": part.own(mentions)}
    first, last, group, doc = _occurrences(corpus, wanted, code, **looked_up)
    index, counts = corpus.index, Counter(group.tolist())
    chance = [""] * len(first)
    if sample is not None:
        chance = hashes_of(corpus, first, last, doc, seed)
        kept = first_of_each(group, np.array(sorted(range(len(first)), key=chance.__getitem__), np.intp), sample)
    else:
        kept = ordered(index, first, last, asked.sort, asked.within)
        kept = kept if limit is None else first_of_each(group, kept, limit)
    first, last = first[kept], last[kept]
    keys: dict[str, Any] = {_GROUP: group[kept], _FIRST: part.words_at(first), _LAST: part.words_at(last)}
    keys |= {_CHANCE: [chance[row] for row in kept.tolist()]} if sample is not None else {}
    for key, name in enumerate(asked.sort):
        for step, types in enumerate(types_at(index, first, last, [name], asked.within)):
            keys[f"{key:03}.{step:03}"] = [index.forms[row] if row >= 0 else "" for row in types.tolist()]
    return _Lines(cut_lines(corpus, first, last, asked.context, asked.within), pd.DataFrame(keys), counts)


def _join_lines(parts: Sequence[_Lines]) -> _Lines:
    """Put the lines of several parts behind each other."""
    tables, keys, counts = zip(*parts, strict=True)
    return _Lines(pd.concat(tables, ignore_index=True), pd.concat(keys, ignore_index=True), sum(counts, Counter()))
