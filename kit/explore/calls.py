"""The public calls: each gives an explorer, ready to be shown by a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kit.codebook.codebook import Codebook
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.explore.coding.model import CodingModel
from kit.explore.coding.screen import CodingScreen
from kit.explore.concordance.model import ConcordanceModel
from kit.explore.concordance.screen import ConcordanceScreen
from kit.explore.explorer import Explorer
from kit.settings import LANGUAGES, load_settings
from kit.validity.coding.sheet import CodingSheet

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


def explore_coding(
    sheet: CodingSheet, *, coder: str, file: str | Path = "codings.csv", language: Language | None = None
) -> Explorer:
    """Code the passages of a sheet one by one, by keys: ``y``, ``n``, ``u``, and ``z`` to take the last answer back.

    Parameters
    ----------
    sheet : CodingSheet
        From `kit.coding_sheet`.
    coder : str
        A short name for whoever answers.
    file : str or Path
        The record of codings, a CSV file as `kit.add_codings` writes it. Each answer is in it before the next passage
        is shown, so that a kernel that ends loses none; what the coder answered before is not asked again. An answer
        taken back stays there, and the one given in its place counts. Notes go into ``NAME.notes.csv`` beside it.
    language : {"en", "id"}, optional
        Of the questions; that of the labels in the settings if left out.

    Returns
    -------
    Explorer
        In a notebook a widget; without the extra ``explore`` the passage to be answered next. Its `model` does the same
        without either: ``explorer.model.answer("yes")``.

    Raises
    ------
    CodingError
        The sheet has no items, the name cannot be used, or the record is damaged.

    Examples
    --------
    >>> import kit, pandas as pd, tempfile
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Warga senang."]})
    >>> sheet = kit.coding_sheet(kit.Corpus.from_frame(frame), kit.load_codebook(), n=1, concepts=["melayani"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     explore_coding(sheet, coder="ani", file=f"{folder}/codings.csv", language="en").act("answer", "y")["status"]
    '1 of 2 answered and saved in codings.csv. Item 2 of 2.'

    """
    return Explorer(CodingScreen(CodingModel(sheet, coder, file), _language(language)))


def _language(language: str | None) -> str:
    """Return the language asked for, or that of the settings."""
    if language is not None and language not in LANGUAGES:
        raise QueryError(f"language = {language!r}", remedy="use one of " + ", ".join(LANGUAGES))
    return language or load_settings().labels
