"""How evenly items are spread over the documents of a corpus, or over other parts of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from kit.codebook.codebook import Codebook
from kit.corpus.corpus import NOT_STATED, Corpus
from kit.corpus.postings import postings
from kit.errors import QueryError
from kit.measures.counts import Unit, stories
from kit.measures.dispersion_formulas import FORMULAS
from kit.measures.frequency import DENOMINATOR
from kit.measures.part_counts import PartCounts, part_counts
from kit.measures.places import Integers, Places, about, find_places, in_order

#: Measures of a table unless others are asked for; `FORMULAS` has a few more.
DISPERSIONS = tuple(name for name in FORMULAS if name not in ("max_min", "sd_count", "cv_count", "idf", "chi2_parts"))

Words = dict[str, str]
_PARTS: dict[str, Words] = {
    "documents": {"en": "documents", "id": "dokumen"},
    "stories": {"en": "stories (copies of one text together)", "id": "berita (salinan teks yang sama disatukan)"},
    "paragraphs": {"en": "paragraphs", "id": "paragraf"},
    "sentences": {"en": "sentences", "id": "kalimat"},
}
_EQUAL: Words = {"en": "equal parts of the running words", "id": "bagian sama panjang dari rangkaian kata"}
_COLUMN: Words = {"en": "values of {column}", "id": "nilai {column}"}
_VARIANT: Words = {
    "en": "{n} {parts}; measures ending in “equal” take the parts as of one size, the others allow for their sizes; "
    "D, D2, S, DC, D3, DA and Egbert’s DP are 1, DP, DP norm. and KLD are 0, where an item is spread evenly",
    "id": "{n} {parts}; ukuran berakhiran “equal” menganggap bagian sama besar, ukuran lain memperhitungkan besarnya; "
    "D, D2, S, DC, D3, DA dan DP Egbert bernilai 1, DP, DP norm. dan KLD bernilai 0, bila sebaran item merata",
}
_ONE_PART: Words = {
    "en": "Dispersion is missing: it needs two parts with words or more.",
    "id": "Dispersi kosong: diperlukan sedikitnya dua bagian yang berisi kata.",
}
_RARE: Words = {
    "en": "An item with fewer occurrences than there are parts cannot be spread evenly; compare items of like count.",
    "id": "Item yang kemunculannya lebih sedikit daripada jumlah bagian tidak dapat tersebar merata; bandingkan item "
    "yang frekuensinya serupa.",
}
_EMPTY: Words = {
    "en": "Parts without words are left out: {n}.",
    "id": "Bagian tanpa kata tidak disertakan: {n}.",
}
_UNSTATED: Words = {
    "en": "Documents that do not state {column} are one part.",
    "id": "Dokumen yang tidak mencantumkan {column} menjadi satu bagian.",
}
_ABSENT: Words = {
    "en": "Dispersion of an item that does not occur is missing.",
    "id": "Dispersi item yang tidak muncul dikosongkan.",
}


def dispersion(
    corpus: Corpus,
    unit: Unit = "form",
    parts: str | int = "documents",
    *,
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
    measures: Sequence[str] | None = None,
    min_count: int = 0,
) -> pd.DataFrame:
    """Measure how evenly items are spread over the parts of a corpus.

    Parameters
    ----------
    corpus : Corpus
    unit : {"form", "lexeme", "concept", "pattern"}
        Case-folded words and numbers; lexemes; concepts or enabled patterns of a codebook (mentions: hits that are no
        gloss).
    parts : {"documents", "stories", "paragraphs", "sentences"}, int or str
        Documents; stories (copies of one text are one part); paragraphs or sentences, for a single text; a number of
        equal parts of the running words, documents in the order of `doc_id` (part i ends before word ``i N // n``; a
        mention lies where it begins); or a metadata column, ``year`` or ``month``, whose values are the parts. Parts
        without words are left out.
    codebook : Codebook, optional
        Needed for concepts and patterns.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; found afresh if left out.
    measures : sequence of str, optional
        Columns wanted, in this order: any of `kit.measures.dispersion_formulas.FORMULAS`. Left out: all but
        `max_min`, `sd_count`, `cv_count`, `idf` and `chi2_parts`.
    min_count : int
        Leave out items that occur less often.

    Returns
    -------
    DataFrame, one row per item
        `term`, or `concept` and `parent`, or `concept` and `pattern` (str); `count` (int64, occurrences), `documents`,
        `range` (int64, documents and parts that have the item), and the measures (float64). Terms by falling count,
        then term; concepts and patterns in the codebook's order, absent ones included.

        1 = even, 0 = all in one part: `range_share`, `juilland_d`, `carroll_d2`, `rosengren_s`, `zhang_dc`,
        `lyne_d3` (which may fall below 0), `egbert_dp`, `burch_da`. 0 = even, larger = more uneven: `dp` (below 1),
        `dp_norm` (to 1), `kld` (bits). Frequencies that unevenness lowers: `juilland_u`, `carroll_um`,
        `rosengren_kf`, `engwall_fm`, `kromer_ur`. A name ending in ``_equal`` takes the parts as of one size; the
        others allow for their sizes, but for `zhang_dc`, `engwall_fm` and `kromer_ur`, which know counts only.
        ``kit.describe_measure(name)`` has each formula. Missing where the item does not occur (adjusted frequencies:
        0) and where there is one part only.

    Raises
    ------
    QueryError
        A unit, measure or number of parts that has no meaning.
    CorpusError
        `parts` is not a column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["ASN melayani warga ini.", "Warga itu ASN? Warga!"]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> dispersion(corpus, measures=["dp", "dp_norm", "juilland_d"], min_count=2).round(3)
        term  count  documents  range     dp  dp_norm  juilland_d
    0  warga      3          2      2  0.167    0.333       0.667
    1    asn      2          2      2  0.000    0.000       1.000

    """
    wanted = list(DISPERSIONS if measures is None else measures)
    for name in wanted:
        if name not in FORMULAS:
            raise QueryError(f"measure {name!r}", remedy="use any of " + ", ".join(FORMULAS))
    places = find_places(corpus, unit, codebook=codebook, mentions=mentions)
    part, number, label = _parts(corpus, places, parts)
    counts = _count(part, places)
    count = counts.total.astype(np.int64)
    columns: dict[str, Any] = {
        "count": count,
        "documents": _different(places.item, places.document[places.place], len(count)),
        "range": counts.range.astype(np.int64),
        **{name: FORMULAS[name](counts) for name in wanted},
    }
    order = in_order(places, count)
    order = order[count[order] >= min_count]
    table = places.names.assign(**columns).iloc[order].reset_index(drop=True)
    table.attrs = about(
        corpus,
        unit,
        codebook,
        denominator=DENOMINATOR,
        parts=counts.parts,
        variant=_filled(_VARIANT, n=[f"{counts.parts:,}"] * 2, parts=[label["en"], label["id"]]),
        remarks=_remarks(corpus, parts, counts, table, number - counts.parts),
    )
    return table


def _parts(corpus: Corpus, places: Places, parts: str | int) -> tuple[Integers, int, Words]:
    """Return the part of every word of the stream, how many parts there are, and what they are called."""
    words = len(places.document)
    if isinstance(parts, (int, np.integer)):
        if parts < 1 or parts > words > 0:
            raise QueryError(f"parts = {parts}", remedy=f"use 1 to {words:,}, the words and numbers of the corpus")
        bounds = np.arange(1, parts + 1) * words // parts
        return np.searchsorted(bounds, np.arange(words), side="right").astype(np.int64), int(parts), _EQUAL
    if parts in ("paragraphs", "sentences"):
        group = np.arange(len(corpus.sentences))
        if parts == "paragraphs":
            keys = corpus.sentences[["doc", "paragraph"]]
            group = pd.factorize(pd.MultiIndex.from_frame(keys))[0].astype(np.int64)
        sentence = corpus.index.token_sentence[postings(corpus.index).token]
        return group[sentence], int(group.max(initial=-1)) + 1, _PARTS[parts]
    if parts == "documents":
        group, label = np.arange(len(corpus)), _PARTS[parts]
    elif parts == "stories":
        group, label = stories(corpus), _PARTS[parts]
    else:
        group = pd.factorize(corpus.group_of(parts), sort=True)[0].astype(np.int64)
        label = _filled(_COLUMN, column=[parts, parts])
    return group[places.document], int(group.max(initial=-1)) + 1, label


def _count(part: Integers, places: Places) -> PartCounts:
    """Count items by part; parts without words are left out."""
    sizes = np.bincount(part).astype(np.int64)
    number = np.cumsum(sizes > 0) - 1
    shape = (len(places.names), int((sizes > 0).sum()))
    cells = sparse.coo_array((np.ones(len(places.item)), (places.item, number[part[places.place]])), shape=shape)
    return part_counts(cells.tocsr(), sizes[sizes > 0])


def _different(item: Integers, document: Integers, items: int) -> Integers:
    """Count the different documents of every item; occurrences are sorted by item, then place."""
    first = np.ones(len(item), bool)
    first[1:] = (np.diff(item) != 0) | (np.diff(document) != 0)
    return np.bincount(item[first], minlength=items).astype(np.int64)


def _remarks(corpus: Corpus, parts: str | int, counts: PartCounts, table: pd.DataFrame, empty: int) -> list[Words]:
    """Say what a reader of the table must know."""
    remarks = []
    if counts.parts < 2:
        remarks.append(_ONE_PART)
    elif (table["count"] < counts.parts).any():
        remarks.append(_RARE)
    if (table["count"] == 0).any():
        remarks.append(_ABSENT)
    if empty:
        remarks.append(_filled(_EMPTY, n=[f"{empty:,}"] * 2))
    if isinstance(parts, str) and parts not in _PARTS and (corpus.group_of(parts) == NOT_STATED).any():
        remarks.append(_filled(_UNSTATED, column=[parts, parts]))
    return remarks


def _filled(words: Words, **values: list[str]) -> Words:
    """Fill in the braces of a text, in English and Indonesian."""
    return {
        language: words[language].format(**{name: value[row] for name, value in values.items()})
        for row, language in enumerate(("en", "id"))
    }
