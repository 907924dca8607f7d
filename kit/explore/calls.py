"""The public calls: each gives an explorer, ready to be shown by a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kit.codebook.codebook import Codebook
from kit.errors import QueryError
from kit.explore.coding.model import CodingModel
from kit.explore.coding.screen import CodingScreen
from kit.explore.concordance.model import ConcordanceModel
from kit.explore.concordance.screen import ConcordanceScreen
from kit.explore.explorer import Explorer
from kit.explore.tables.comparison import ComparisonModel
from kit.explore.tables.concepts import ConceptsModel
from kit.explore.tables.screen import TableScreen
from kit.explore.tables.topics import TopicsModel
from kit.explore.tables.topics_screen import TopicsScreen
from kit.parts.summaries import AnyCorpus
from kit.settings import LANGUAGES, load_settings
from kit.topics.models.result import Topics
from kit.validity.coding.sheet import CodingSheet
from kit.validity.intrusion.sheet import IntrusionSheet

Language = Literal["en", "id"]


def explore_concordance(
    corpus: AnyCorpus,
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
    corpus : Corpus or PartedCorpus
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


def explore_concepts(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    validity: str | Path | None = None,
    size: int = 25,
    language: Language | None = None,
) -> Explorer:
    """Explore concepts: rates by group and month, dispersion, collocates, passages, and how valid the counts are.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    validity : str or Path, optional
        The file of your study's figures of validity, as `kit.load_validity` takes it; the kit's own if left out.
    size : int
        Rows of a page.
    language : {"en", "id"}, optional
        Of the controls; that of the labels in the settings if left out.

    Returns
    -------
    Explorer
        A row opens the passages that it counts, each with its evidence id. Its `model` does the same without a widget:
        ``explorer.model.choose("concept", "melayani")``.

    Raises
    ------
    QueryError
        The size cannot be used.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]})
    >>> explorer = explore_concepts(kit.Corpus.from_frame(frame, clean=False), kit.load_codebook())
    >>> explorer.model.choose("concept", "melayani")
    >>> print(explorer.code().splitlines()[4])
    table = kit.frequency_intervals(corpus, unit='concept', codebook=codebook, items=['melayani'])

    """
    model = ConceptsModel(corpus, codebook, validity=validity, size=size)
    return Explorer(TableScreen(model, _language(language)))


def explore_comparison(
    corpus: AnyCorpus,
    codebook: Codebook | None = None,
    *,
    by: str | None = None,
    size: int = 25,
    language: Language | None = None,
) -> Explorer:
    """Explore two groups of documents side by side: what differs and how surely, typical words, passages.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook, optional
        For concepts and patterns; without it lexemes are compared.
    by : str, optional
        The column of metadata, or ``year``, that makes the groups; the first one that makes two if left out.
    size : int
        Rows of a page.
    language : {"en", "id"}, optional
        Of the controls; that of the labels in the settings if left out.

    Returns
    -------
    Explorer
        The tables are those of `kit.compare`, with its remarks, and `kit.keyness`. A row opens the passages that it
        counts, each with its evidence id.

    Raises
    ------
    QueryError
        No metadata make two groups, or `by` does not; or the size cannot be used.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> rows = {"doc_id": ["a", "b"], "text": ["ASN melayani warga.", "Warga dilayani."], "outlet": ["X", "Y"]}
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    >>> explorer = explore_comparison(corpus, kit.load_codebook(), by="outlet")
    >>> print(explorer.code().splitlines()[4])
    corpus = corpus.where(outlet=['X', 'Y'])

    """
    return Explorer(TableScreen(ComparisonModel(corpus, codebook, by=by, size=size), _language(language)))


def explore_topics(
    corpus: AnyCorpus,
    topics: Topics,
    *,
    codebook: Codebook | None = None,
    coder: str = "",
    file: str | Path = "intrusion.csv",
    size: int = 25,
    language: Language | None = None,
) -> Explorer:
    """Explore topics: terms, passages, the sources they may be an echo of, and whether people can tell an intruder.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        The one the topics were fitted to.
    topics : Topics
        From `kit.fit_topics`.
    codebook : Codebook, optional
        To mark the concepts in an article.
    coder : str
        A short name for whoever takes the intrusion test; without it there is none.
    file : str or Path
        The record of the test's answers, a CSV file as `kit.add_codings` writes it; each answer is saved at once.
    size : int
        Rows of a page.
    language : {"en", "id"}, optional
        Of the controls; that of the labels in the settings if left out.

    Returns
    -------
    Explorer
        A term opens the passages that it stands in, a passage its article, each with its evidence id.

    Raises
    ------
    QueryError
        The topics are of another corpus, or the size cannot be used.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> texts = ["warga antre beras pasar harga", "pemain mencetak gol pelatih bola"] * 10
    >>> frame = pd.DataFrame({"doc_id": [str(n) for n in range(20)], "text": [f"{t} {n}" for n, t in enumerate(texts)]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> explorer = explore_topics(corpus, kit.fit_topics(corpus, 2))
    >>> explorer.model.choose("view", "terms")
    >>> explorer.table()["topic"].unique().tolist()
    [1]

    """
    model = TopicsModel(corpus, topics, codebook, coder=coder, file=file, size=size)
    return Explorer(TopicsScreen(model, _language(language)))


def explore_coding(
    sheet: CodingSheet | IntrusionSheet,
    *,
    coder: str,
    file: str | Path = "codings.csv",
    language: Language | None = None,
) -> Explorer:
    """Code the items of a sheet one by one, by keys: ``y``, ``n``, ``u``, and ``z`` to take the last answer back.

    Parameters
    ----------
    sheet : CodingSheet or IntrusionSheet
        From `kit.coding_sheet`; or from `kit.intrusion_sheet`, whose answers are the numbers of the options.
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
