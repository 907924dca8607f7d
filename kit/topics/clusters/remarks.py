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
#: One item, and several.
ITEMS: dict[str, dict[str, tuple[str, str]]] = {
    "concept": {"en": ("concept", "concepts"), "id": ("konsep", "konsep")},
    "term": {"en": ("term", "terms"), "id": ("istilah", "istilah")},
    "query": {"en": ("word or phrase", "words or phrases"), "id": ("kata atau frasa", "kata atau frasa")},
}
_WHOLE: Words = {
    "en": "{Items} named in the same {units} ({documents}{count}).",
    "id": "{Items} yang disebut dalam {units} yang sama ({documents}{count}).",
}
_LAYOUT_OF_ONE: Words = {
    "en": "Layout of this text, not topics; clusters have no names.",
    "id": "Ini susunan teks tersebut, bukan topik; klaster tidak dinamai.",
}
_LAYOUT: Words = {
    "en": "Layout of these texts, not topics: topics need at least {needed} articles; only clusters above the null "
    "have names.",
    "id": "Ini susunan teks-teks tersebut, bukan topik: topik memerlukan sedikitnya {needed} artikel; hanya klaster "
    "yang melampaui acuan acak dinamai.",
}
_STABILITY: Words = {
    "en": "Stability is the mean largest Jaccard coefficient over {resamples} resamples of the {blocks} {resampled} "
    "that name a {item}. In {resamples} null data sets, where each {unit} keeps how many {items} it names and each "
    "{item} in how many {units} it is, clusters reach {mean} on average; in 99 % of them no cluster exceeds the bound "
    "for its size. {passing} of {clusters} exceed it, share more {units} than in 99 % of null data and rest "
    "on more than one.",
    "id": "Kestabilan ialah rerata koefisien Jaccard terbesar atas {resamples} penarikan ulang {blocks} {resampled} "
    "yang menyebut {item}. Dalam {resamples} data acuan acak, dengan jumlah {item} tiap {unit} dan jumlah {unit} tiap "
    "{item} tetap, klaster rata-rata mencapai {mean}; pada 99 % tidak ada klaster yang melampaui batas untuk "
    "ukurannya. {passing} dari {clusters} melampauinya, berbagi lebih banyak {unit} daripada dalam 99 % data acuan, "
    "dan didukung lebih dari satu.",
}
_STABILITY_ALONE: Words = {
    "en": _STABILITY["en"].split(" In {resamples} null", maxsplit=1)[0],
    "id": _STABILITY["id"].split(" Dalam {resamples} data", maxsplit=1)[0],
}
_FEW: Words = {
    "en": "With fewer than 99 resamples clusters cannot be held against the null: none passes.",
    "id": "Dengan kurang dari 99 penarikan ulang klaster tidak dapat diuji terhadap acuan acak: tidak ada yang lolos.",
}
_AFTERWARDS: Words = {
    "en": "A cluster that exceeds it was found after the fact, in one text; it needs other texts to be shown.",
    "id": "Klaster yang melampauinya ditemukan setelah data dilihat, dalam satu teks; perlu teks lain untuk "
    "membuktikannya.",
}
_NONE: dict[str, Words] = {
    "no-documents": {"en": "There are no documents to cluster by.", "id": "Tidak ada dokumen sebagai dasar klaster."},
    "too-few-concepts": {
        "en": "There are no clusters: fewer than two {items} occur often enough.",
        "id": "Tidak ada klaster: kurang dari dua {item} yang cukup sering muncul.",
    },
    "nothing-shared": {
        "en": "There are no clusters: no two {items} are named together.",
        "id": "Tidak ada klaster: tidak ada dua {item} yang disebut bersama.",
    },
    "no-association": {
        "en": "There are no clusters: no two {items} are named together more than their frequencies make likely.",
        "id": "Tidak ada klaster: tidak ada dua {item} yang disebut bersama melebihi harapan dari frekuensinya.",
    },
}
_LEFT_OUT: dict[str, Words] = {
    "actors": {"en": "Actors are left out ({n}).", "id": "Pelaku tidak disertakan ({n})."},
    "overlaps": {
        "en": "Hits that share a word with one of another item: {n}; such items are together by their wording.",
        "id": "Temuan yang berbagi kata dengan butir lain: {n}; butir demikian bersama karena rumusannya sendiri.",
    },
    "beyond": {
        "en": "{Items} beyond the most frequent are left out ({n}).",
        "id": "{Items} di luar yang paling sering tidak disertakan ({n}).",
    },
    "rare": {
        "en": "{Items} in fewer than {minimum} {units} are not clustered ({n}).",
        "id": "{Items} yang ada pada kurang dari {minimum} {units} tidak diklasterkan ({n}).",
    },
    "absent": {"en": "{Items} that do not occur: {n}.", "id": "{Items} yang tidak muncul: {n}."},
    "copies": {
        "en": "Articles that copy another are left out ({n}).",
        "id": "Artikel yang menyalin artikel lain tidak disertakan ({n}).",
    },
}
#: What the codes in the table of concepts mean.
STATUSES: Words = {
    "en": "Status: clustered, in the cluster of that number; alone, in no cluster; beyond, not among the most "
    "frequent; rare, in too few units of text to be clustered; absent, not named.",
    "id": "Status: clustered, dalam klaster bernomor itu; alone, tanpa klaster; beyond, di luar yang paling sering; "
    "rare, ada pada terlalu sedikit satuan teks untuk diklasterkan; absent, tidak disebut.",
}
#: What the codes in the table of clusters mean.
REASONS: Words = {
    "en": "Reasons: passes, above the null; one-unit, no second unit of text names two of the cluster's members; "
    "within-null, no more stable than null clusters of its size; no-surplus, stable, but its members share no more "
    "units than in null data; few-resamples, too few to tell.",
    "id": "Alasan: passes, melampaui acuan acak; one-unit, tidak ada satuan teks kedua yang menyebut dua anggota "
    "klaster; within-null, tidak lebih stabil daripada klaster acuan acak seukurannya; no-surplus, stabil, tetapi "
    "anggotanya tidak berbagi satuan lebih banyak daripada dalam acuan; few-resamples, penarikan ulang terlalu "
    "sedikit.",
}


def remarks(facts: Mapping[str, Any]) -> list[Words]:
    r"""Write the remarks that go with clusters, in both languages."""
    one = facts["documents"] == 1
    parts = [_WHOLE] if facts["documents"] else []
    if facts["documents"] and not facts["enough"]:
        parts.append(_LAYOUT_OF_ONE if one else _LAYOUT)
    parts.append(_NONE[facts["empty"]] if facts["empty"] else _STABILITY)
    if not facts["empty"] and not facts["tested"]:
        parts[-1:] = [_STABILITY_ALONE, _FEW]
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
    item, items = ITEMS[str(facts["items"])][language]
    return text.format(
        item=item,
        items=items,
        Items=items.capitalize(),
        unit=_NOUNS[unit][language][0],
        units=_NOUNS[unit][language][1],
        blocks=_whole(int(facts["blocks"]), language),
        resampled=_NOUNS[str(facts["resampled"])][language][1],
        documents=_count(documents, "document", language),
        count=counted,
        minimum=_whole(int(facts["minimum"]), language),
        needed=_whole(int(facts["needed"]), language),
        resamples=_whole(int(facts["resamples"]), language),
        mean=decimal(float(facts["null_mean"]), language),
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


def decimal(number: float, language: str) -> str:
    """Write two decimals with the language's decimal mark."""
    if math.isnan(number):
        return "-"
    return f"{number:.2f}" if language == "en" else f"{number:.2f}".replace(".", ",")
