"""The words that go with clusters: what they are of, how stable, and what was left out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

Words = dict[str, str]

VARIANT: Words = {
    "en": "average linkage on 1 - (O - E)/(O + E + 1), O shared units, E those expected from frequencies alone; "
    "groups merge while their mean distance is below 1",
    "id": "pautan rata-rata atas 1 - (O - E)/(O + E + 1), O satuan bersama, E yang diharapkan dari frekuensi saja; "
    "kelompok digabung selama rata-rata jaraknya di bawah 1",
}
_NOUNS = {
    "sentence": {"en": ("sentence", "sentences"), "id": ("kalimat", "kalimat")},
    "paragraph": {"en": ("paragraph", "paragraphs"), "id": ("paragraf", "paragraf")},
    "document": {"en": ("article", "articles"), "id": ("artikel", "artikel")},
}
_WHOLE: Words = {
    "en": "Concepts named in the same {units} ({documents}{count}).",
    "id": "Konsep yang disebut dalam {units} yang sama ({documents}{count}).",
}
_LAYOUT_OF_ONE: Words = {
    "en": "Layout of this text, not topics; clusters have no names.",
    "id": "Ini susunan teks tersebut, bukan topik; klaster tidak dinamai.",
}
_LAYOUT: Words = {
    "en": "Layout of these texts, not topics: topics need at least {needed} articles; clusters have no names.",
    "id": "Ini susunan teks-teks tersebut, bukan topik: topik memerlukan sedikitnya {needed} artikel; klaster tidak "
    "dinamai.",
}
_STABILITY: Words = {
    "en": "Stability is the mean largest Jaccard coefficient over {resamples} resamples of the {blocks} {resampled} "
    "that name a concept. In {resamples} null data sets, each concept's {units} redrawn at random, clusters reach "
    "{mean} on average, and the most stable one stays at or below {bound} in 95 %: {passing} of {clusters} exceed "
    "this and rest on more than one {unit}.",
    "id": "Kestabilan ialah rerata koefisien Jaccard terbesar atas {resamples} penarikan ulang {blocks} {resampled} "
    "yang menyebut konsep. Dalam {resamples} data acuan acak, {units} tiap konsep ditarik ulang, klaster rata-rata "
    "mencapai {mean}, dan yang paling stabil tidak melampaui {bound} pada 95 %: {passing} dari {clusters} "
    "melampauinya dan didukung lebih dari satu {unit}.",
}
_AFTERWARDS: Words = {
    "en": "A cluster that exceeds it was found after the fact, in one text; it needs other texts to be shown.",
    "id": "Klaster yang melampauinya ditemukan setelah data dilihat, dalam satu teks; perlu teks lain untuk "
    "membuktikannya.",
}
_NONE: dict[str, Words] = {
    "no-documents": {"en": "There are no documents to cluster by.", "id": "Tidak ada dokumen sebagai dasar klaster."},
    "too-few-concepts": {
        "en": "There are no clusters: fewer than two concepts occur often enough.",
        "id": "Tidak ada klaster: kurang dari dua konsep yang cukup sering muncul.",
    },
    "nothing-shared": {
        "en": "There are no clusters: no two concepts are named together.",
        "id": "Tidak ada klaster: tidak ada dua konsep yang disebut bersama.",
    },
    "no-association": {
        "en": "There are no clusters: no two concepts are named together more than their frequencies make likely.",
        "id": "Tidak ada klaster: tidak ada dua konsep yang disebut bersama melebihi harapan dari frekuensinya.",
    },
}
_LEFT_OUT: dict[str, Words] = {
    "actors": {"en": "Actors are left out ({n}).", "id": "Pelaku tidak disertakan ({n})."},
    "rare": {
        "en": "Concepts in fewer than {minimum} {units} are not clustered ({n}).",
        "id": "Konsep yang ada pada kurang dari {minimum} {units} tidak diklasterkan ({n}).",
    },
    "absent": {"en": "Concepts that do not occur: {n}.", "id": "Konsep yang tidak muncul: {n}."},
    "copies": {
        "en": "Articles that copy another are left out ({n}).",
        "id": "Artikel yang menyalin artikel lain tidak disertakan ({n}).",
    },
}
#: What the codes in the table of concepts mean.
STATUSES: Words = {
    "en": "Status: clustered, in the cluster of that number; alone, in no cluster; rare, in too few units of text to "
    "be clustered; absent, not named.",
    "id": "Status: clustered, dalam klaster bernomor itu; alone, tanpa klaster; rare, ada pada terlalu sedikit satuan "
    "teks untuk diklasterkan; absent, tidak disebut.",
}
#: What the codes in the table of clusters mean.
REASONS: Words = {
    "en": "Reasons: passes, above the null; one-unit, no second unit of text names two of the cluster's concepts; "
    "within-null, not above the null.",
    "id": "Alasan: passes, melampaui acuan acak; one-unit, tidak ada satuan teks kedua yang menyebut dua konsep "
    "klaster; within-null, tidak melampaui acuan acak.",
}


def remarks(facts: Mapping[str, Any]) -> list[Words]:
    r"""Write the remarks that go with clusters, in both languages.

    Parameters
    ----------
    facts : mapping
        `unit`, `resampled`, `blocks` (how many), `documents` (kept), `units_all`, `enough` (bool, documents for
        topics), `needed` (documents that topics need), `minimum`, `resamples`, `clusters`, `passing`, `null_mean`,
        `null_95`, `empty`, and the numbers left out: `actors`, `rare`, `absent`, `copies`.

    Returns
    -------
    list of dict
        Each with ``en`` and ``id``.

    Examples
    --------
    >>> facts = dict(unit="sentence", resampled="sentence", blocks=9, documents=1, units_all=13, enough=False)
    >>> facts |= dict(needed=50, minimum=1, resamples=500, clusters=0, passing=0, null_mean=0.0, null_95=0.0)
    >>> facts |= dict(empty="nothing-shared", actors=0, rare=0, absent=0, copies=0)
    >>> print(*(remark["en"] for remark in remarks(facts)), sep="\n")
    Concepts named in the same sentences (1 article, 13 sentences).
    Layout of this text, not topics; clusters have no names.
    There are no clusters: no two concepts are named together.

    """
    one = facts["documents"] == 1
    parts = [_WHOLE] if facts["documents"] else []
    if facts["documents"] and not facts["enough"]:
        parts.append(_LAYOUT_OF_ONE if one else _LAYOUT)
    parts.append(_NONE[facts["empty"]] if facts["empty"] else _STABILITY)
    if one and facts["passing"]:
        parts.append(_AFTERWARDS)
    written = [{language: _fill(part[language], facts, language) for language in ("en", "id")} for part in parts]
    for name, part in _LEFT_OUT.items():
        if facts[name]:
            more = {**facts, "n": facts[name]}
            written.append({language: _fill(part[language], more, language) for language in ("en", "id")})
    return written


def _fill(text: str, facts: Mapping[str, Any], language: str) -> str:
    """Fill in numbers and nouns."""
    unit, documents = str(facts["unit"]), int(facts["documents"])
    counted = "" if unit == "document" else f", {_count(int(facts['units_all']), unit, language)}"
    return text.format(
        unit=_NOUNS[unit][language][0],
        units=_NOUNS[unit][language][1],
        blocks=_whole(int(facts["blocks"]), language),
        resampled=_NOUNS[str(facts["resampled"])][language][1],
        documents=_count(documents, "document", language),
        count=counted,
        minimum=_whole(int(facts["minimum"]), language),
        needed=_whole(int(facts["needed"]), language),
        resamples=_whole(int(facts["resamples"]), language),
        mean=_decimal(float(facts["null_mean"]), language),
        bound=_decimal(float(facts["null_95"]), language),
        passing=_whole(int(facts["passing"]), language),
        clusters=_whole(int(facts["clusters"]), language),
        n=_whole(int(facts.get("n", 0)), language),
    )


def _count(number: int, noun: str, language: str) -> str:
    """Write a number with the noun it counts."""
    return f"{_whole(number, language)} {_NOUNS[noun][language][number != 1]}"


def _whole(number: int, language: str) -> str:
    """Write a whole number with the language's thousands mark, from 10,000 on as the rest of the note has it."""
    if number < 10_000:
        return str(number)
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", ".")


def _decimal(number: float, language: str) -> str:
    """Write two decimals with the language's decimal mark."""
    if math.isnan(number):
        return "-"
    return f"{number:.2f}" if language == "en" else f"{number:.2f}".replace(".", ",")
