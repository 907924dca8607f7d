"""The words of the figures of clusters, in English (en) and Indonesian (id), and what the figures have in common."""

from __future__ import annotations

import pandas as pd

from kit.errors import ExhibitError
from kit.settings import LANGUAGES, load_settings
from kit.topics.clusters.remarks import ITEMS
from kit.topics.clusters.result import TermClusters

#: Columns that 183 mm can hold with numbers that are read.
MOST_UNITS = 60

WORDS: dict[str, dict[str, str]] = {
    "sentence": {"en": "Sentence of the text", "id": "Kalimat dalam teks"},
    "paragraph": {"en": "Paragraph of the text", "id": "Paragraf dalam teks"},
    "document": {"en": "Document", "id": "Dokumen"},
    "cluster": {"en": "Cluster", "id": "Klaster"},
    "alone": {"en": "in no cluster", "id": "tanpa klaster"},
    "passes": {"en": "above the null", "id": "melampaui acuan acak"},
    "within-null": {"en": "within the null", "id": "dalam acuan acak"},
    "one-unit": {"en": "from one unit of text", "id": "dari satu satuan teks"},
    "no-surplus": {"en": "together as in the null", "id": "bersama seperti pada acuan"},
    "few-resamples": {"en": "not held against a null", "id": "tidak diuji dengan acuan acak"},
    "none": {
        "en": "Fewer than two {items} occur often enough to be compared.",
        "id": "Kurang dari dua {item} yang cukup sering muncul untuk dibandingkan.",
    },
    "stability": {"en": "Stability", "id": "Kestabilan"},
    "header": {"en": "Stability (bound of the null)", "id": "Kestabilan (batas acuan acak)"},
    "distance": {"en": "Mean distance\n(1: as expected)", "id": "Jarak rata-rata\n(1: sesuai harapan)"},
    "association": {
        "en": "Association (0: as frequencies alone give)",
        "id": "Asosiasi (0: sesuai frekuensi saja)",
    },
}
_ALT_MATRIX = {
    "en": "Matrix of {rows} {items} by {columns} units of text; a filled cell is a {item} named in a unit. {groups}",
    "id": "Matriks {rows} {item} menurut {columns} satuan teks; sel terisi ialah {item} yang disebut di situ. {groups}",
}
_ALT_TREE = {
    "en": "Tree of {rows} {items} by average linkage, beside the matrix of their associations. {groups}",
    "id": "Pohon {rows} {item} menurut pautan rata-rata, di samping matriks asosiasinya. {groups}",
}
_ALT_GROUP = {
    "en": "Cluster {cluster}: {terms}; stability {stability}, {verdict}.",
    "id": "Klaster {cluster}: {terms}; kestabilan {stability}, {verdict}.",
}
_ALT_NONE = {"en": "There are no clusters.", "id": "Tidak ada klaster."}


def cluster_alt(result: TermClusters, *, tree: bool | None = None) -> dict[str, str]:
    """Write the alternative text of a figure of clusters.

    Parameters
    ----------
    result : TermClusters
    tree : bool, optional
        Whether the figure is the tree with its heat map, or the matrix of concepts and units; if left out, that which
        `cluster_figure` draws.

    Returns
    -------
    dict
        Keys ``en`` and ``id``: what is drawn, and each cluster with its concepts and stability.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "Layanan harus cepat. Layanan cepat."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> cluster_alt(kit.cluster_terms(corpus, kit.load_codebook(), resamples=20))["en"]
    'Matrix of 2 concepts by 2 units of text; a filled cell is a concept named in a unit. There are no clusters.'

    """
    whole = _ALT_TREE if (is_tree(result) if tree is None else tree) else _ALT_MATRIX
    rows, columns = len(drawn(result)), len(result.units)
    return {
        language: whole[language].format(
            rows=rows, columns=columns, groups=_told(result, language), **nouns(result, language)
        )
        for language in LANGUAGES
    }


def nouns(result: TermClusters, language: str) -> dict[str, str]:
    """Return what is clustered: one, and several of it.

    Parameters
    ----------
    result : TermClusters
    language : {"en", "id"}

    Returns
    -------
    dict
        Keys ``item`` and ``items``.

    """
    item, items = ITEMS[str(result.attrs["items"])][language]
    return {"item": item, "items": items}


def is_tree(result: TermClusters) -> bool:
    """Tell whether there are too many units for the matrix.

    Parameters
    ----------
    result : TermClusters

    Returns
    -------
    bool

    """
    return len(result.units) > MOST_UNITS


def language_of(labels: str | None) -> str:
    """Return the language of the labels.

    Parameters
    ----------
    labels : {"en", "id"}, optional
        The project's own if left out.

    Returns
    -------
    str

    Raises
    ------
    ExhibitError
        There is no such language.

    Examples
    --------
    >>> language_of("id")
    'id'

    """
    language = load_settings().labels if labels is None else labels
    if language not in LANGUAGES:
        raise ExhibitError(f"labels = {labels!r}", place="figure of clusters", remedy="use " + " or ".join(LANGUAGES))
    return language


def drawn(result: TermClusters) -> pd.DataFrame:
    """Return the concepts that have a place in a figure, cluster by cluster.

    Parameters
    ----------
    result : TermClusters

    Returns
    -------
    DataFrame
        Rows of `result.terms` that are neither rare nor absent.

    """
    return result.terms[result.terms["order"].notna()].reset_index(drop=True)


def bands(terms: pd.DataFrame) -> list[tuple[int, int, int]]:
    """Return cluster, first row and end of each stretch of rows of one cluster.

    Parameters
    ----------
    terms : DataFrame
        `cluster`, in the order drawn; rows of one cluster are neighbours.

    Returns
    -------
    list of (int, int, int)

    Examples
    --------
    >>> bands(pd.DataFrame({"cluster": pd.array([1, 1, None, 2], dtype="Int64")}))
    [(1, 0, 2), (2, 3, 4)]

    """
    found = terms.reset_index(names="_row").dropna(subset="cluster").groupby("cluster")["_row"].agg(["min", "max"])
    return [(int(cluster), int(first), int(last) + 1) for cluster, first, last in found.itertuples()]


def decimal(number: float, language: str, places: int = 2) -> str:
    """Write a number with the language's decimal mark.

    Parameters
    ----------
    number : float
    language : {"en", "id"}
    places : int

    Returns
    -------
    str

    Examples
    --------
    >>> decimal(0.854, "id")
    '0,85'

    """
    written = f"{number:.{places}f}"
    return written if language == "en" else written.replace(".", ",")


def _told(result: TermClusters, language: str) -> str:
    """Say what each cluster holds."""
    sentences = [
        _ALT_GROUP[language].format(
            cluster=row["cluster"],
            terms=row["terms"],
            stability=decimal(row["stability"], language),
            verdict=WORDS[row["reason"]][language],
        )
        for row in result.clusters.to_dict("records")
    ]
    return " ".join(sentences) or _ALT_NONE[language]
