"""Collocations: which words stand near a word, a phrase or a concept, and how much oftener than elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.index.token_index import Int32
from kit.measures.association.formulas import MEASURES
from kit.measures.concordance.queries import Query, check_rows, occurrences_of
from kit.measures.concordance.windows import Cooccurrences, Count, contexts_of, count_contexts
from kit.measures.counts.numbering import numbered, numbers_in_whole, whole_of
from kit.measures.counts.sums import Sums, add_sums
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.wording.words import Remark, remark

Context = int | tuple[int | None, int | None] | Literal["sentence", "left", "right"]

_WIDEST = 1_000  # words to one side


@recorded("collocate")
def collocations(
    corpus: AnyCorpus,
    node: Query | Sequence[str],
    *,
    unit: Literal["form", "lexeme"] = "form",
    context: Context = (5, 5),
    count: Count | None = None,
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
    min_count: int = 1,
    stopwords: Literal["keep", "drop"] = "keep",
    cross_sentences: bool = False,
) -> pd.DataFrame:
    """List the words that stand near a node, with counts and measures of association.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    node : str, DataFrame, or sequence of str
        A form, a phrase, a glob (``akuntab*``), ``re:`` and a regular expression per word, ``lexeme:`` and a lexeme,
        ``concept:`` and a concept (its mentions without glosses); or rows of `kit.find_mentions`. With `codebook` or
        `mentions`, a node without prefix is a concept (``form:`` before it says that it is not). Several nodes give one
        table, node after node.
    unit : {"form", "lexeme"}
        What a collocate is.
    context : (int or None, int or None), int, {"sentence", "left", "right"}
        How many words and numbers before and after the node (None: to the end of the sentence; one number: both
        sides); or all of its sentence, all before it in the sentence, or all after it.
    count : {"tokens", "pairs", "sentences"}, optional
        What is counted (see Notes). Left out: sentences for the context "sentence", else tokens.
    codebook, mentions : optional
        Where a concept is looked up.
    min_count : int
        Least `o11` of a collocate that is listed.
    stopwords : {"keep", "drop"}
        Whether to list the function words of the kit's core list. They count as positions all the same.
    cross_sentences : bool
        Whether contexts reach beyond the sentence. They never reach beyond the document.

    Returns
    -------
    DataFrame, one row per collocate
        `node` (str; where several were given), `collocate` (str), `o11` (int64), `expected` (float64, r1 · c1 / n),
        `before`, `after` (int64; meetings of an occurrence of the node with the collocate on that side), `documents`
        (int64; with the collocate in a context), `r1`, `c1`, `n` (int64), then (float64) `log_dice`, `pmi`, `npmi`,
        `pmi2`, `pmi3`, `delta_p_collocate_given_node`, `delta_p_node_given_collocate`, `minimum_sensitivity`, `dice`,
        `jaccard`, `t_score`, `z_score`, `g2` (all four cells), `chi2` (uncorrected). All rise with attraction; `g2` and
        `chi2` also rise with repulsion (`o11` below `expected`). Sorted by falling `log_dice`, falling `o11`,
        collocate.

    Raises
    ------
    QueryError
        An option or a node is not valid (see `kit.concordance`), or there is no node.

    Notes
    -----
    The table of two by two:

    - tokens: `o11` running words of the collocate in at least one context; `r1` its running words; `c1` running words
      in at least one context; `n` words and numbers of the corpus. A word in two overlapping contexts counts once.
    - pairs: `o11` meetings of an occurrence and the collocate; `r1` meetings of any word with the collocate in such a
      context; `c1` meetings of an occurrence and any word; `n` all meetings. A word in two contexts counts twice.
      NLTK's counts of pairs in a window are the `o11`.
    - sentences: `o11` sentences in which the collocate stands beside the node; `r1` those, and those with the
      collocate and without the node; `c1` with the node; `n` with a word or number. Only for the context "sentence".

    The words of an occurrence are not in its own context, but may be in that of another occurrence: so a node may be
    its own collocate (*baik dan baik*). KorAP takes window × frequency of the node for `c1`, Conc the frequency alone;
    neither stops at the ends of sentences. ``kit.describe_measure`` has each measure's formula and source.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN harus melayani. Kepala harus melayani, bukan dilayani."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = collocations(corpus, "melayani", context=(1, 1))
    >>> table[["collocate", "o11", "before", "after", "r1", "c1", "n"]]
      collocate  o11  before  after  r1  c1  n
    0     harus    2       2      0   2   3  8
    1     bukan    1       0      1   1   3  8

    """
    left, right = reach_of(context)
    way = count or ("sentences" if context == "sentence" else "tokens")
    _check(unit, way, (left, right), min_count, stopwords, cross_sentences=cross_sentences)
    if not isinstance(node, (str, pd.DataFrame)):
        tables = {
            one: collocations(
                corpus, one, unit=unit, context=context, count=count, codebook=codebook, mentions=mentions,
                min_count=min_count, stopwords=stopwords, cross_sentences=cross_sentences,
            )
            for one in node
        }  # fmt: skip
        return _several(tables)
    mentions = check_rows(corpus, node, mentions, codebook)
    rows_given = node if isinstance(node, pd.DataFrame) else None
    whole = whole_of(corpus, unit)
    wanted = (None if rows_given is not None else node, unit, (left, right), way, cross_sentences, codebook)
    join = partial(_join_near, size=len(whole.names))
    near: _Near = reduce(corpus, _near, join, *wanted, cut=[rows_given, mentions, whole.own])
    names, occurrences = whole.names[near.items.key], near.occurrences
    o11, r1, before, after, documents, stopped = near.items.columns
    found = Cooccurrences(o11, r1, before, after, documents, near.c1, near.n)
    shown = stopped == 0 if stopwords == "drop" else np.ones(len(names), bool)
    rows = np.flatnonzero((found.o11 >= max(min_count, 1)) & shown)
    table = _measured(found, rows, names)
    remarks = []
    if not found.o11.any():
        remarks.append(remark("collocations.alone" if occurrences else "collocations.absent"))
    remarks += [remark("collocations.no_stopwords")] if stopwords == "drop" else []
    remarks += [remark("collocations.rare", minimum=min_count)] if min_count > 1 else []
    remarks += [remark("collocations.undefined")] if table[list(MEASURES)].isna().any(axis=None) else []
    remarks += _met_twice(table)
    source = node if isinstance(node, pd.DataFrame) else mentions
    version = codebook.version if codebook is not None else None if source is None else source.attrs.get("codebook")
    facts = {} if version is None else {"codebook": version}
    variant = remark(f"collocations.variant.{way}", window=_window(left, right, cross_sentences=cross_sentences))
    table.attrs = corpus.about(unit=unit, variant=variant, remarks=remarks, occurrences=occurrences, **facts)
    return table


def _several(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Lay the tables of several nodes under each other, and say of which node a remark speaks."""
    if not tables:
        raise QueryError("there is no node", remedy="give at least one")
    table = pd.concat(tables.values(), ignore_index=True)
    table.insert(0, "node", pd.array(np.repeat(list(tables), [len(part) for part in tables.values()]), dtype="str"))
    remarks: list[Remark] = []
    own = (remark("collocations.absent"), remark("collocations.alone"))
    for node, part in tables.items():
        for said in part.attrs["remarks"]:
            if said in _met_twice(part):
                continue  # said once, of the rows of all nodes
            told = remark("collocations.of_node", node=node, said=said) if said in own else said
            remarks += [] if told in remarks else [told]
    remarks += _met_twice(table)
    occurrences = {node: part.attrs["occurrences"] for node, part in tables.items()}
    table.attrs = part.attrs | {"remarks": remarks, "occurrences": occurrences}
    return table


def _met_twice(table: pd.DataFrame) -> list[Remark]:
    """Say in how many rows words stand near two occurrences of their node."""
    twice = int((table["before"] + table["after"] > table["o11"]).sum())
    return [remark("collocations.both_sides", n=twice)] if twice else []


def _window(left: int | None, right: int | None, *, cross_sentences: bool) -> Remark:
    """Say how far a context reaches."""
    if left is None and right is None and not cross_sentences:
        return remark("collocations.window.sentence")
    sides = ("all" if side is None else str(side) for side in (left, right))
    before, after = (remark("collocations.window.all") if side == "all" else side for side in sides)
    return remark(f"collocations.window.{'across' if cross_sentences else 'within'}", before=before, after=after)


def reach_of(context: Context) -> tuple[int | None, int | None]:
    """Return how many words a context reaches to the left and to the right; None: as far as it goes."""
    named: dict[object, tuple[int | None, int | None]] = {
        "sentence": (None, None),
        "left": (None, 0),
        "right": (0, None),
    }
    if isinstance(context, str):
        if context in named:
            return named[context]
    elif isinstance(context, int) or (isinstance(context, (tuple, list)) and len(context) == 2):
        sides = (context, context) if isinstance(context, int) else (context[0], context[1])
        if all(side is None or (isinstance(side, int) and 0 <= side <= _WIDEST) for side in sides):
            return sides
    raise QueryError(
        f"context = {context!r}",
        remedy=f"use (words before, words after), each 0 to {_WIDEST:,}, or one of sentence, left, right",
    )


def _check(
    unit: str,
    way: str,
    reach: tuple[int | None, int | None],
    min_count: int,
    stopwords: str,
    *,
    cross_sentences: bool,
) -> None:
    """Refuse options without meaning."""
    if unit not in ("form", "lexeme"):
        raise QueryError(f"unit = {unit!r}", remedy="use 'form' or 'lexeme'")
    if way not in get_args(Count):
        raise QueryError(f"count = {way!r}", remedy="use one of " + ", ".join(get_args(Count)))
    if stopwords not in ("keep", "drop"):
        raise QueryError(f"stopwords = {stopwords!r}", remedy="use 'keep' or 'drop'")
    if min_count < 0:
        raise QueryError(f"min_count = {min_count}", remedy="use 1 or more")
    if way == "sentences" and (reach != (None, None) or cross_sentences):
        raise QueryError("count = 'sentences', but the context is not a sentence", remedy="use context='sentence'")


class _Near(NamedTuple):
    """What stands near a node in some documents.

    `items` has, for each item that occurs, o11, r1, before, after and documents as of `Cooccurrences`, and whether it
    is a stop word; `occurrences` are of the node.
    """

    items: Sums
    c1: int
    n: int
    occurrences: int


def _near(
    part: Part,
    node: str | None,
    unit: str,
    reach: tuple[int | None, int | None],
    way: Count,
    cross_sentences: bool,
    codebook: Codebook | None,
    rows: pd.DataFrame | None,
    mentions: pd.DataFrame | None,
    own: Int32 | None,
) -> _Near:
    """Count what stands near a node in a part."""
    query = part.own(rows) if node is None else node
    assert query is not None
    first, last = occurrences_of(part.corpus, query, codebook=codebook, mentions=part.own(mentions))
    index, items = part.corpus.index, numbered(part.corpus, unit)
    contexts = contexts_of(index, first, last, *reach, cross_sentences=cross_sentences)
    counts = count_contexts(index, contexts, first, items.of_type.astype(np.int64), len(items.names), way)
    stopwords = np.zeros(len(items.names), np.int64)
    stopwords[items.of_type[(items.of_type >= 0) & part.corpus.types["stopword"].to_numpy(bool)]] = 1
    number = numbers_in_whole(part, unit, own)
    there = np.flatnonzero(counts.r1)
    columns = (counts.o11, counts.r1, counts.before, counts.after, counts.documents, stopwords)
    return _Near(Sums(number[there], tuple(column[there] for column in columns)), counts.c1, counts.n, len(first))


def _join_near(parts: Sequence[_Near], size: int) -> _Near:
    """Add up the counts of several parts; no context is in two."""
    items, c1, n, occurrences = zip(*parts, strict=True)
    return _Near(add_sums(items, size), sum(c1), sum(n), sum(occurrences))


def _measured(found: Cooccurrences, rows: npt.NDArray[np.intp], names: pd.Index) -> pd.DataFrame:
    """Lay the counts and measures of some items side by side, and sort them."""
    o11, r1 = found.o11[rows], found.r1[rows]
    c1, n = np.full(len(rows), found.c1, np.int64), np.full(len(rows), found.n, np.int64)
    counts = [np.asarray(part, np.float64) for part in (o11, r1, c1, n)]
    table = pd.DataFrame(
        {
            "collocate": names[rows].array,
            "o11": o11,
            "expected": counts[1] * (counts[2] / counts[3]) if len(rows) else np.zeros(0),
            "before": found.before[rows],
            "after": found.after[rows],
            "documents": found.documents[rows],
            "r1": r1,
            "c1": c1,
            "n": n,
            **{name: formula(*counts) for name, formula in MEASURES.items()},
        }
    )
    # log_dice rises with this quotient, which every machine rounds alike; a logarithm might part or make ties.
    order = np.lexsort([np.arange(len(rows)), -o11, -(o11 / (r1 + found.c1))])
    return table.iloc[order].reset_index(drop=True)
