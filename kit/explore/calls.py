"""The public calls: each gives an explorer, ready to be shown by a notebook."""

from __future__ import annotations

from typing import Literal

from kit.codebook.codebook import Codebook
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.explore.concordance.model import ConcordanceModel
from kit.explore.concordance.screen import ConcordanceScreen
from kit.explore.explorer import Explorer
from kit.settings import LANGUAGES, load_settings

Language = Literal["en", "id"]


def explore_concordance(
    corpus: Corpus,
    query: str = "",
    *,
    codebook: Codebook | None = None,
    context: int = 8,
    size: int = 25,
    language: Language | None = None,
) -> Explorer:
    """Explore the occurrences of words and concepts: lines that change while a query is typed, the article beside them.

    Parameters
    ----------
    corpus : Corpus
    query : str
        What to begin with, as in `kit.concordance`; nothing if left out.
    codebook : Codebook, optional
        For queries of concepts, for lines ranked by concepts, and to mark the concepts in an article.
    context : int
        Words shown on either side.
    size : int
        Lines of a page (of each group, if they are grouped).
    language : {"en", "id"}, optional
        Of the controls; that of the labels in the settings if left out.

    Returns
    -------
    Explorer
        In a notebook a widget, or a table where the extra ``explore`` is not installed. Its `model` does the same
        without either: ``explorer.model.query("akuntab*")``; `table()` is what is seen, `code()` the call
        that makes it.

    Raises
    ------
    QueryError
        The query, context or size cannot be used.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]})
    >>> explorer = explore_concordance(kit.Corpus.from_frame(frame, clean=False), "melayani")
    >>> explorer.table()[["left", "node", "right"]].to_numpy().tolist()
    [['ASN', 'melayani', 'warga.']]
    >>> print(explorer.code().splitlines()[3])
    table = kit.concordance(corpus, query='melayani', limit=25)

    """
    model = ConcordanceModel(corpus, codebook=codebook, context=context, size=size)
    if query:
        model.query(query)
    return Explorer(ConcordanceScreen(model, _language(language)))


def _language(language: str | None) -> str:
    """Return the language asked for, or that of the settings."""
    if language is not None and language not in LANGUAGES:
        raise QueryError(f"language = {language!r}", remedy="use one of " + ", ".join(LANGUAGES))
    return language or load_settings().labels
