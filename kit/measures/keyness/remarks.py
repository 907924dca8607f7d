"""What a reader of a keyness table must be told, in English and Indonesian."""

from __future__ import annotations

import pandas as pd

from kit.measures.keyness.comparison import Comparison, Words
from kit.measures.keyness.frequency_list import FrequencyList
from kit.measures.uncertainty.minimum import STORIES
from kit.wording.bilingual import filled

_TOKENS = {
    "en": "{percent} % asymptotic interval of the ratio of shares (Katz et al. 1978), words taken as drawn one by one: "
    "too narrow for articles",
    "id": "interval asimtotik {percent} % untuk rasio bagian (Katz dkk. 1978), kata dianggap ditarik satu per satu: "
    "terlalu sempit untuk artikel",
}
_LIST = {
    "en": "Reference: {name}. Its frequencies are taken as known without error.",
    "id": "Acuan: {name}. Frekuensinya dianggap diketahui tanpa galat.",
}
_SIZED = {
    "en": "Reference: {name}, {words} words and numbers. Its frequencies are taken as known without error.",
    "id": "Acuan: {name}, {words} kata dan bilangan. Frekuensinya dianggap diketahui tanpa galat.",
}
_CORPUS = {
    "en": "Reference: {documents} documents, {words} words and numbers.",
    "id": "Acuan: {documents} dokumen, {words} kata dan bilangan.",
}
_BOUNDS = {
    "en": "Items not in the reference list: {n}. It leaves out what is rarer than {floor} per million, so their rate "
    "there is at most that, and their effects are lower bounds.",
    "id": "Butir yang tidak ada dalam daftar acuan: {n}. Daftar itu tidak memuat kata yang lebih jarang daripada "
    "{floor} per sejuta, sehingga lajunya di sana paling tinggi sebesar itu, dan ukuran efeknya adalah batas bawah.",
}
_NO_COUNTS = {
    "en": "The reference has rates but no counts, so tests of 2 × 2 tables are missing.",
    "id": "Acuan hanya memuat laju tanpa frekuensi, sehingga uji tabel 2 × 2 kosong.",
}
_ZEROS = {
    "en": "A zero count is taken as 0.5 in the log ratio; no interval is given for it.",
    "id": "Frekuensi nol dihitung 0,5 dalam rasio log; intervalnya tidak diberikan.",
}
_WORDS = {
    "en": "G², χ² and Fisher's test take words as drawn one by one; words of one article depend on each other, so they "
    "find more than there is.",
    "id": "G², χ², dan uji Fisher menganggap kata ditarik satu per satu; kata dalam satu artikel saling bergantung, "
    "sehingga uji itu menemukan lebih banyak daripada yang ada.",
}
_FEW = {
    "en": "p-values are missing: they need at least {least} stories on each side.",
    "id": "Nilai p kosong: diperlukan sedikitnya {least} berita di setiap sisi.",
}
_TEST = {
    "en": "p: {test}, two-sided; adjusted for {n} tests (Holm; Benjamini and Hochberg).",
    "id": "p: {test}, dua arah; disesuaikan untuk {n} uji (Holm; Benjamini dan Hochberg).",
}
_TESTS = {
    "stories": {
        "en": "t test on the log ratio over stories, for items that at least {least} stories of each side hold",
        "id": "uji t atas rasio log antarberita, untuk butir yang dimuat sedikitnya {least} berita di setiap sisi",
    },
    "mann_whitney": {
        "en": "Wilcoxon's rank-sum test on the rates of stories, for items that at least {least} stories of one side "
        "hold",
        "id": "uji jumlah peringkat Wilcoxon atas laju berita, untuk butir yang dimuat sedikitnya {least} berita di "
        "salah satu sisi",
    },
    "g2_4cell": {"en": "G² of four cells", "id": "G² empat sel"},
    "g2_2cell": {"en": "G² of two cells", "id": "G² dua sel"},
    "g2_williams": {"en": "G² of four cells with Williams's correction", "id": "G² empat sel dengan koreksi Williams"},
    "chi2": {"en": "χ² without correction", "id": "χ² tanpa koreksi"},
    "chi2_yates": {"en": "χ² with Yates's correction", "id": "χ² dengan koreksi Yates"},
    "fisher": {"en": "Fisher's exact test", "id": "uji eksak Fisher"},
}
_SORTED = {
    "en": "Sorted by the end of the interval that is nearest to no difference; then items without interval by the size "
    "of the log ratio, those counted fewer than {floor} times last.",
    "id": "Diurutkan menurut ujung interval yang terdekat dengan nol; lalu butir tanpa interval menurut besarnya rasio "
    "log, yang frekuensinya kurang dari {floor} paling akhir.",
}
_FALLBACK = {
    "en": "No item has an interval: sorted by the size of the log ratio, items counted fewer than {floor} times last. "
    "The order says nothing of how sure a difference is.",
    "id": "Tidak ada butir yang memiliki interval: diurutkan menurut besarnya rasio log, yang frekuensinya kurang dari "
    "{floor} paling akhir. Urutan ini tidak menyatakan kepastian perbedaan.",
}
_MINIMUM = {
    "en": "Items counted fewer than {minimum} times on both sides together are not listed.",
    "id": "Butir yang frekuensinya kurang dari {minimum} pada kedua sisi bersama tidak ditampilkan.",
}


def token_interval(level: float) -> Words:
    """Name the interval that takes words as drawn one by one."""
    percent = f"{100 * level:.12g}"
    return {"en": _TOKENS["en"].format(percent=percent), "id": _TOKENS["id"].format(percent=percent.replace(".", ","))}


def of_sides(sides: Comparison, table: pd.DataFrame, *, corpora: bool) -> list[Words]:
    """Name the reference, and what of it is a bound.

    Parameters
    ----------
    sides : Comparison
    table : DataFrame
        The rows of all items.
    corpora : bool
        Whether a reference that is a corpus is to be named too.

    Returns
    -------
    list of dict of language to str

    """
    reference, said = sides.reference, []
    if isinstance(reference, FrequencyList):
        text = _LIST if reference.size is None else _SIZED
        named = {language: words.replace("{name}", reference.name[language]) for language, words in text.items()}
        said.append(named if reference.size is None else filled(named, words=round(reference.size)))
        if table["reference_bound"].any():
            floor = f"{reference.floor:.3g}"
            told = filled(_BOUNDS, n=int(table["reference_bound"].sum()), floor=floor)
            said.append(told | {"id": told["id"].replace(floor, floor.replace(".", ","))})
    elif corpora:
        said.append(filled(_CORPUS, documents=len(reference.doc_ids), words=int(sides.reference_size)))
    return said + sides.remarks


def of_zeros(table: pd.DataFrame) -> list[Words]:
    """Say what a zero count is taken as, if there is one."""
    zero = (table["count_target"] == 0) | (table["count_reference"] == 0)
    return [_ZEROS] if zero.any() else []


def of_tests(sides: Comparison, table: pd.DataFrame, test: str, *, few: bool) -> list[Words]:
    """Say what the tests take as drawn, which p-values the table has, and why others are missing.

    Parameters
    ----------
    sides : Comparison
    table : DataFrame
        With its p-values.
    test : str
    few : bool
        Whether a side has too few stories.

    Returns
    -------
    list of dict of language to str

    """
    unsized = isinstance(sides.reference, FrequencyList) and sides.reference.size is None
    said: list[Words] = [_NO_COUNTS if unsized else _WORDS]
    least = STORIES["log_t"]
    if few:
        said.append(filled(_FEW, least=least))
    elif table["p"].notna().any():
        named = filled(_TESTS[test], least=least)
        told = {language: words.replace("{test}", named[language]) for language, words in _TEST.items()}
        said.append(filled(told, n=int(table["p"].notna().sum())))
    return said


def of_order(table: pd.DataFrame, floor: int, min_count: int) -> list[Words]:
    """Say how the rows are sorted and which are left out.

    Parameters
    ----------
    table : DataFrame
    floor, min_count : int

    Returns
    -------
    list of dict of language to str

    """
    said = [filled(_MINIMUM, minimum=min_count)] if min_count > 0 else []
    return [*said, filled(_SORTED if table["log_ratio_bound"].notna().any() else _FALLBACK, floor=floor)]
