"""Lists of concepts in a sentence: *efektif, efisien, transparan, dan akuntabel*.

A sentence is cut into stretches at its coordinators (comma, semicolon, slash, *dan*, *serta*, *atau*, …), and into runs
of stretches at what opens a clause, a purpose or a list (colon, *bahwa*, *untuk*, *yaitu*, …). A stretch of more than
four words, unless all of them belong to concepts, ends one run with its beginning and opens another with its end. A
mention is a *member* of a run if it stands at the edge of its stretch, next to a coordinator: in the first stretch of a
run at its end (… *yang efektif,*), in the last at its beginning (*dan akuntabel* …), between them at either. A *list*
is a run whose members name at least three different concepts in three stretches. Words inside a mention do not cut
(*bersih dan bebas dari korupsi*). The word lists are ``list_rules.toml``.

The rule is meant to be sure rather than complete: a list whose members have long complements (*peningkatan kualitas
sumber daya manusia aparatur, …*) is not found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.codebook.mentions import check_mentions
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.errors import QueryError
from kit.index.postings import rows_of
from kit.index.token_index import Int64, TokenIndex, ranges
from kit.language.tokens import COUNTED
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce

_MEMBER = ["list", "doc_id", "doc", "sentence", "concept", "start", "end"]
Flags = npt.NDArray[np.bool_]


@recorded("list", "concept", "start")
def find_lists(
    corpus: AnyCorpus, codebook: Codebook, *, mentions: pd.DataFrame | None = None, size: int = 3
) -> pd.DataFrame:
    """Find the coordinated lists in which concepts are named.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.
    size : int
        How many concepts make a list, 2 or more.

    Returns
    -------
    DataFrame, one row per mention that is a member of a list
        `list` (int64; number of the list, from 0, in text order), `doc_id` (str), `doc`, `sentence` (int32), `concept`
        (str), `start`, `end` (int32; code points of `documents.text`). In text order. Unit: the mention.

    Raises
    ------
    QueryError
        `size` is below 2.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "Anggaran dikelola secara efektif, efisien, transparan, dan akuntabel oleh ASN."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> find_lists(corpus, kit.load_codebook())["concept"].tolist()
    ['efektivitas', 'efisiensi', 'transparansi', 'akuntabilitas']

    """
    if size < 2:
        raise QueryError(f"size = {size}", remedy="use 2 or more")
    given = check_mentions(corpus, mentions, codebook, ("sentence", "start", "end", "concept", "gloss"))
    given = None if given is None else given.reset_index(drop=True)
    found: pd.DataFrame = reduce(corpus, _lists, join_lists, codebook, size, cut=[given])
    table = numbered(found, as_given=given is not None)
    table.attrs = corpus.about(unit="mention", codebook=codebook.version)
    return table


def lists_in(corpus: Corpus, found: pd.DataFrame, size: int) -> pd.DataFrame:
    """Return the members of lists among mentions, with their index; lists are numbered in no order."""
    index = corpus.index
    candidates = _in_rich_sentences(counted_passages(found), size)
    sentences = np.unique(candidates["sentence"].to_numpy(np.int64))
    tokens = ranges(index.sentence_tokens[sentences], index.sentence_tokens[sentences + 1])
    everything = found[found["sentence"].isin(sentences)]
    first, last = _local(index, candidates, tokens)
    run, stretch = _membership(index, tokens, sentences, _local(index, everything, tokens), everything, (first, last))
    members = candidates.assign(_run=run, _stretch=stretch)[run >= 0]
    grouped = members.groupby("_run", sort=True)
    enough = (grouped["concept"].transform("nunique") >= size) & (grouped["_stretch"].transform("nunique") >= size)
    members = members[enough]
    doc_id = corpus.stated("doc_id").astype("str").array.take(members["doc"].to_numpy())
    return members.assign(list=members["_run"].to_numpy(np.int64), doc_id=doc_id)[_MEMBER]


def _lists(part: Part, codebook: Codebook, size: int, mentions: pd.DataFrame | None) -> pd.DataFrame:
    """Return the members of the lists of a part."""
    return part.out(lists_in(part.corpus, mentions_in(part, codebook, mentions), size))


def join_lists(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the members of the lists of several parts behind each other; no list of one has the number of another's."""
    heads = np.cumsum([0, *(table["list"].max() + 1 if len(table) else 0 for table in tables)]).tolist()
    return pd.concat([table.assign(list=table["list"] + head) for table, head in zip(tables, heads, strict=False)])


def numbered(members: pd.DataFrame, *, as_given: bool) -> pd.DataFrame:
    """Put members of lists in the order of the documents, or of the mentions that were given, and number the lists."""
    table = members.sort_index() if as_given else members.sort_values("doc", kind="stable")
    return table.assign(list=pd.factorize(table["list"])[0].astype(np.int64)).reset_index(drop=True)


@cache
def _rules() -> dict[str, Any]:
    """Read the word lists."""
    return tomllib.loads(
        resources.files("kit.measures.association").joinpath("list_rules.toml").read_text(encoding="utf-8")
    )


def _in_rich_sentences(mentions: pd.DataFrame, size: int) -> pd.DataFrame:
    """Keep the mentions of sentences that name enough concepts to hold a list."""
    return mentions[mentions.groupby("sentence")["concept"].transform("nunique") >= size]


def _local(index: TokenIndex, mentions: pd.DataFrame, tokens: Int64) -> tuple[Int64, Int64]:
    """Return the first and last tokens of mentions, as rows of `tokens`."""
    width = np.int64(2**31)
    sentence = np.searchsorted(index.sentence_tokens, tokens, side="right") - 1
    keys = mentions["sentence"].to_numpy(np.int64) * width
    first = np.searchsorted(sentence * width + index.start[tokens], keys + mentions["start"].to_numpy(np.int64))
    last = np.searchsorted(sentence * width + index.end[tokens], keys + mentions["end"].to_numpy(np.int64))
    return first.astype(np.int64), last.astype(np.int64)


def _membership(
    index: TokenIndex,
    tokens: Int64,
    sentences: Int64,
    covered: tuple[Int64, Int64],
    everything: pd.DataFrame,
    mention: tuple[Int64, Int64],
) -> tuple[Int64, Int64]:
    """Return the run of which each mention is a member (-1: of none) and its stretch."""
    if not len(tokens):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    types = index.type[tokens]
    inside = _covered(len(tokens), *covered)
    gloss = everything["gloss"].to_numpy(bool)
    glossed = _covered(len(tokens), covered[0][gloss], covered[1][gloss])
    joins, breaks = (_is(index, types, name) & ~inside for name in ("coordinators", "breaks"))
    opens = np.zeros(len(tokens), bool)
    opens[np.searchsorted(tokens, index.sentence_tokens[sentences])] = True
    stretch = np.cumsum(joins | breaks | opens) - 1
    heads = np.flatnonzero(np.diff(stretch, prepend=-1))
    counted = np.array([kind in COUNTED for kind in index.kinds], bool)[types] & ~joins & ~breaks & ~glossed
    beside = np.bincount(stretch, counted & ~inside & ~_is(index, types, "fillers"))
    long = (np.bincount(stretch, counted) > _rules()["longest"]) & (beside > 0)
    broken = np.append((breaks | opens)[heads], True)
    run_of_start = np.cumsum(broken[:-1]) + np.cumsum(long) - long
    content = np.concatenate([[0], np.cumsum(counted & (inside | ~_is(index, types, "fillers")))])
    first, last = mention
    mine = stretch[first]
    ends = np.append(heads[1:], len(tokens))
    at_start = (content[first] == content[heads[mine]]) & ~broken[mine]
    at_end = (content[last + 1] == content[ends[mine]]) & ~broken[mine + 1]
    run = np.where(at_start, run_of_start[mine], np.where(at_end, run_of_start[mine] + long[mine], -1))
    return run.astype(np.int64), mine.astype(np.int64)


def _covered(length: int, first: Int64, last: Int64) -> Flags:
    """Tell which tokens lie in passages."""
    edges = np.bincount(first, minlength=length + 1) - np.bincount(last + 1, minlength=length + 1)
    return np.asarray(np.cumsum(edges)[:length] > 0)


def _is(index: TokenIndex, types: npt.NDArray[np.int32], name: str) -> Flags:
    """Tell which tokens are in one of the word lists."""
    return np.isin(types, rows_of(index.forms, _rules()[name]))
