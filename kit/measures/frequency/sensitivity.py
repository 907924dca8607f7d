"""What a list of stop words changes: how many words go, and which words come to the top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.language.lexemes import lexeme
from kit.language.stopwords import VARIANTS, protected_words
from kit.language.stopwords import stopwords as stopword_list
from kit.language.tokens import COUNTED, fold, tokenize
from kit.measures.counts.counts import vocabulary
from kit.measures.frequency.groups import DENOMINATOR
from kit.parts.summaries import AnyCorpus
from kit.wording.words import remark

_KEEP = "keep"


@recorded("list")
def stopword_sensitivity(
    corpus: AnyCorpus,
    *,
    unit: Literal["form", "lexeme"] = "form",
    stopwords: Mapping[str, Iterable[str]] | None = None,
    codebook: Codebook | None = None,
    top: int = 20,
) -> pd.DataFrame:
    """Show what each list of stop words changes in a table of terms.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    unit : {"form", "lexeme"}
        Case-folded words and numbers, or lexemes. A lexeme is dropped if it is itself in the list.
    stopwords : mapping of str to iterable of str, optional
        Lists of your own by name, their words in any letter case, compared beside the kit's: ``keep`` (none), ``core``
        and ``core+discourse``.
    codebook : Codebook, optional
        The words of its enabled patterns are guarded too.
    top : int
        How many of the most frequent terms to compare.

    Returns
    -------
    DataFrame, one row per list
        `list` (str), `listed` (int64, words in the list), `dropped_terms`, `dropped_tokens` (int64), `dropped_share`
        (float64, of all words and numbers), `guarded` (int64, terms of the corpus that the list would have dropped
        without the guard), `guarded_tokens` (int64), `guarded_terms` (str, joined by a blank), `kept_terms` (int64),
        `top_shared` (int64, terms among the `top` both with and without the list), `top_entered` (str, terms that come
        to the top; by falling count, joined by a blank), `top_left` (str, terms that leave it). The kit's lists, then
        your own in their order.

    Raises
    ------
    QueryError
        An option has an unknown value, or a list has the name of one of the kit's.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN yang harus melayani dan yang tidak melayani ASN"]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = stopword_sensitivity(corpus, stopwords={"mine": ["yang", "harus", "tidak"]}, top=3).set_index("list")
    >>> table.loc[["core", "mine"], ["dropped_tokens", "guarded_terms", "top_entered"]]
          dropped_tokens guarded_terms top_entered
    list
    core               3                     harus
    mine               2   harus tidak         dan

    """
    if unit not in ("form", "lexeme"):
        raise QueryError(f"unit {unit!r} is not counted", remedy="use 'form' or 'lexeme'")
    if top < 1:
        raise QueryError(f"top = {top}", remedy="use 1 or more")
    own = {name: frozenset(fold(word) for word in words) for name, words in (stopwords or {}).items()}
    taken = sorted({_KEEP, *VARIANTS} & set(own))
    if taken:
        raise QueryError(f"one of your lists is called {taken[0]!r}", remedy="give it another name")
    every = {_KEEP: frozenset[str](), **{name: stopword_list(name) for name in VARIANTS}, **own}
    items, count = vocabulary(corpus, unit)[:2]
    names = items.tolist()
    guard = protected_words() | _codebook_words(codebook)
    guarded = np.array([name in guard or lexeme(name) in guard for name in names], bool)
    order = np.argsort(-count, kind="stable")
    leading = set(order[:top].tolist())
    rows = []
    for name, stopped in every.items():
        listed = np.array([term in stopped for term in names], bool)
        dropped = listed & ~guarded
        now = order[~dropped[order]][:top].tolist()
        spared = listed & guarded
        rows.append(
            {
                "list": name,
                "listed": len(stopped),
                "dropped_terms": int(dropped.sum()),
                "dropped_tokens": int(count[dropped].sum()),
                "dropped_share": count[dropped].sum() / count.sum() if count.sum() else np.nan,
                "guarded": int(spared.sum()),
                "guarded_tokens": int(count[spared].sum()),
                "guarded_terms": " ".join(names[row] for row in order[spared[order]]),
                "kept_terms": int((~dropped).sum()),
                "top_shared": len(leading & set(now)),
                "top_entered": " ".join(names[row] for row in now if row not in leading),
                "top_left": " ".join(names[row] for row in order[:top] if row not in set(now)),
            }
        )
    text = ("list", "guarded_terms", "top_entered", "top_left")
    table = pd.DataFrame(rows).astype(dict.fromkeys(text, "str"))
    table.attrs = corpus.about(
        unit=unit,
        denominator=DENOMINATOR,
        variant=remark("stopword_sensitivity.variant", top=top),
        remarks=[remark("stopword_sensitivity.guarded")],
    )
    return table


def _codebook_words(codebook: Codebook | None) -> frozenset[str]:
    """Return the words of a codebook's enabled patterns, but not the function words inside phrases."""
    if codebook is None:
        return frozenset()
    patterns = codebook.patterns
    enabled = patterns.loc[patterns["enabled"] == "yes", "pattern"]
    words = [[fold(token.text) for token in tokenize(pattern) if token.kind in COUNTED] for pattern in enabled]
    alone = frozenset(pattern[0] for pattern in words if len(pattern) == 1)
    return alone | (frozenset(word for pattern in words for word in pattern) - stopword_list())
