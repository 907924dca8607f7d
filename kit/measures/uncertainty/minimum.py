"""How many stories an interval needs: the smallest numbers at which its coverage was shown to hold.

The numbers are those of ``benchmarks/coverage.md``, where 2,000 corpora of overdispersed documents were simulated for
each shape of counts found in news and speeches. From `STORIES` stories with the item on, 95 % intervals covered the
truth in 93-97 % of corpora in every shape (but for two Monte Carlo standard errors). The t interval on logarithms
needs 15; bootstraps need many more, because resamples of few, uneven documents are less skewed than the truth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.errors import QueryError
from kit.wording.bilingual import Words, filled

#: Stories that must hold the item, by method; a sample of fewer stories has no interval of any item.
STORIES: Mapping[str, int] = {"log_t": 15, "bca": 150, "percentile": 250}
#: Resamples below which the ends of a 95 % interval are noise.
RESAMPLES = 200

VARIANT: Mapping[str, Words] = {
    "log_t": {
        "en": "{percent} % t interval on the logarithm of the rate, variance over stories, degrees of freedom from "
        "the effective number of stories with the item",
        "id": "interval t {percent} % atas logaritma laju, ragam antarberita, derajat bebas dari banyaknya berita "
        "efektif yang memuat butir",
    },
    "percentile": {
        "en": "{percent} % percentile bootstrap interval, {resamples} resamples of stories, seed {seed}",
        "id": "interval bootstrap persentil {percent} %, {resamples} penarikan ulang berita, benih {seed}",
    },
    "bca": {
        "en": "{percent} % bootstrap interval, bias-corrected and accelerated (BCa), {resamples} resamples of stories, "
        "seed {seed}",
        "id": "interval bootstrap {percent} % terkoreksi bias dan dipercepat (BCa), {resamples} penarikan ulang "
        "berita, benih {seed}",
    },
}
_STORIES: Words = {
    "en": "Copies of an article are one story and are drawn together.",
    "id": "Salinan sebuah artikel dihitung sebagai satu berita dan ditarik bersama.",
}
_RARE: Words = {
    "en": "Intervals missing: {n}, because fewer than {least} stories hold the item; below that number coverage is "
    "not known to hold.",
    "id": "Interval kosong: {n}, karena kurang dari {least} berita memuat butirnya; di bawah itu cakupannya tidak "
    "terjamin.",
}
_FEW: Words = {
    "en": "There are no intervals for {where} (stories: {stories}); at least {least} stories are needed.",
    "id": "Tidak ada interval untuk {where} (berita: {stories}); diperlukan sedikitnya {least} berita.",
}
#: A sample that is the whole corpus.
WHOLE: Words = {"en": "this corpus", "id": "korpus ini"}


def variant(method: str, level: float, resamples: int = 0, seed: int = 0) -> Words:
    """Say how the intervals were made.

    Parameters
    ----------
    method : {"log_t", "percentile", "bca"}
    level : float
    resamples, seed : int
        Of a bootstrap.

    Returns
    -------
    dict of language to str

    Examples
    --------
    >>> variant("percentile", 0.95, 2000, 0)["en"]
    '95 % percentile bootstrap interval, 2,000 resamples of stories, seed 0'

    """
    percent = f"{100 * level:.12g}"
    told = filled(VARIANT[method], percent=percent, resamples=resamples, seed=seed)
    return told | {"id": told["id"].replace(percent + " %", percent.replace(".", ",") + " %")}


def remarks(least: int, rare: int, few: Sequence[tuple[Words, int]], *, copies: bool) -> list[Words]:
    """Say which intervals are missing and why.

    Parameters
    ----------
    least : int
        Stories that must hold the item.
    rare : int
        How many intervals are missing because fewer do, in samples that are large enough.
    few : sequence of (dict of language to str, int)
        Names of the samples that are not, with their stories.
    copies : bool
        Whether some stories have several documents.

    Returns
    -------
    list of dict of language to str

    Examples
    --------
    >>> remarks(15, 0, [(WHOLE, 1)], copies=False)[0]["en"]
    'There are no intervals for this corpus (stories: 1); at least 15 stories are needed.'

    """
    found = [_STORIES] if copies else []
    for name, stories in few:
        part = {language: text.replace("{where}", name[language]) for language, text in _FEW.items()}
        found.append(filled(part, stories=stories, least=least))
    if rare:
        found.append(filled(_RARE, n=rare, least=least))
    return found


def check(level: float, resamples: int | None = None) -> None:
    """Refuse a level or a number of resamples that makes no interval.

    Parameters
    ----------
    level : float
    resamples : int, optional

    Raises
    ------
    QueryError
        The level is not between 0.5 and 1, or there are too few resamples.

    Examples
    --------
    >>> check(0.95, 2000)

    """
    if not 0.5 < level < 1:
        raise QueryError(f"level = {level!r}", remedy="give the share that intervals cover, such as 0.95")
    if resamples is not None and resamples < max(RESAMPLES, 10 / (1 - level)):
        raise QueryError(
            f"resamples = {resamples!r}",
            remedy=f"take at least {max(RESAMPLES, round(10 / (1 - level)))}, or leave it out",
        )
