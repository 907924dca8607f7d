"""The words that go with topics, in the kit's two languages."""

from __future__ import annotations

Words = dict[str, str]

VARIANTS: dict[str, Words] = {
    "spherical": {
        "en": "directions in a latent semantic space of TF-IDF weights, then a mixture over terms",
        "id": "arah dalam ruang semantik laten atas bobot TF-IDF, lalu model campuran atas kata",
    },
    "nmf": {
        "en": "non-negative matrix factorisation of TF-IDF weights",
        "id": "faktorisasi matriks tak negatif atas bobot TF-IDF",
    },
    "lda": {"en": "latent Dirichlet allocation of counts", "id": "alokasi Dirichlet laten atas hitungan"},
}
_NOUNS = {"document": {"en": "articles", "id": "artikel"}, "paragraph": {"en": "paragraphs", "id": "paragraf"}}
_TOO_FEW: Words = {
    "en": "There are no topics: {n_topics} topics need at least {needed} {noun} of different text, and the corpus has "
    "{there}{having}.",
    "id": "Tidak ada topik: {n_topics} topik memerlukan sedikitnya {needed} {noun} yang berbeda teksnya, sedangkan "
    "korpus memuat {there}{having}.",
}
_HAVING: Words = {"en": ", {fitted} of them with terms of the model", "id": ", {fitted} di antaranya memuat kata model"}
_WITHOUT: Words = {
    "en": "Without a term of the model, and so without topics: {number} of {there} {noun} of different text.",
    "id": "Tanpa kata model, jadi tanpa topik: {number} dari {there} {noun} yang berbeda teksnya.",
}
_UNANCHORED: Words = {
    "en": "Named in too few units, or in none, to anchor a topic: {concepts}.",
    "id": "Terlalu jarang atau tidak pernah disebut untuk menjadi jangkar topik: {concepts}.",
}


def without_terms(unit: str, number: int, there: int) -> Words:
    """Say how many units of different text hold no term of the model."""
    return {
        language: text.format(number=number, there=there, noun=_NOUNS[unit][language])
        for language, text in _WITHOUT.items()
    }


def unanchored(concepts: list[str]) -> Words:
    """Say which concepts are named too seldom."""
    return {language: text.format(concepts=", ".join(concepts)) for language, text in _UNANCHORED.items()}


def too_few(unit: str, n_topics: int, needed: int, there: int, fitted: int) -> Words:
    """Say why there are no topics: how many units of different text they need, and how many there are."""
    return {
        language: text.format(
            n_topics=n_topics,
            needed=needed,
            there=there,
            noun=_NOUNS[unit][language],
            having="" if there < needed else _HAVING[language].format(fitted=fitted),
        )
        for language, text in _TOO_FEW.items()
    }
