"""The words that go with a comparison of topics, in the kit's two languages."""

from __future__ import annotations

import math
from collections.abc import Mapping

from kit.wording.bilingual import filled

Words = dict[str, str]

VARIANT: Words = {
    "en": "stability: mean cosine of what topics add to the corpus, topics of all documents matched with those of "
    "random halves of the documents; null: the same after shuffling all running terms",
    "id": "kestabilan: rerata kosinus dari apa yang ditambahkan topik pada korpus, topik dari semua dokumen "
    "dipasangkan dengan topik dari paruh acak dokumen; acuan acak: sama, setelah semua kata diacak letaknya",
}
_COLUMNS: Words = {
    "en": "npmi: mean over pairs of the first ten terms, counted over whole units, -1 for pairs that never meet; "
    "umass: one document added, mean over pairs; heldout: nats per running term gained over the frequencies of the "
    "corpus on documents not fitted (document completion); excess: (stability - null) / (1 - null).",
    "id": "npmi: rerata atas pasangan dari sepuluh kata pertama, dihitung per satuan utuh, -1 bagi pasangan yang tak "
    "pernah bertemu; umass: ditambah satu dokumen, rerata atas pasangan; heldout: nat per kata yang diperoleh di atas "
    "frekuensi korpus pada dokumen yang tidak dipakai (document completion); excess: (kestabilan - acuan) / "
    "(1 - acuan).",
}
_RULE: Words = {
    "en": "Rule: of the numbers of topics whose stability is above the null's prediction bound (1 % over all numbers), "
    "the smallest whose excess is within one standard error of the largest.",
    "id": "Aturan: dari jumlah topik yang kestabilannya di atas batas prediksi acuan acak (1 % atas semua jumlah), "
    "dipilih yang terkecil di antara yang kelebihannya dalam satu galat baku dari yang terbesar.",
}
_FINEST: Words = {
    "en": "The recommendation is cautious; the largest number of topics that are all supported is {finest}.",
    "id": "Saran ini hati-hati; jumlah topik terbesar yang semua topiknya didukung ialah {finest}.",
}
_RUNS: Words = {
    "en": "Runs for each number of topics: {resamples} halves of the documents, {nulls} shuffled corpora; {start}; "
    "seed {seed}.",
    "id": "Putaran untuk tiap jumlah topik: {resamples} paruh dokumen, {nulls} korpus teracak; {start}; benih {seed}.",
}
_START: dict[bool, Words] = {
    False: {"en": "each half from its own start", "id": "tiap paruh dari titik mulainya sendiri"},
    True: {
        "en": "each half from the topics of all documents (warm), which raises the stability of corpus and null alike",
        "id": "tiap paruh dari topik semua dokumen (hangat), yang menaikkan kestabilan korpus dan acuan acak",
    },
}
_SAMPLED: Words = {
    "en": "{used} of {there} {noun}, evenly spread, are looked at.",
    "id": "Dipakai {used} dari {there} {noun}, tersebar merata.",
}
_NEEDS: Words = {
    "en": "{topics} topics need at least {needed} {noun} of different text that have terms of the model; the corpus "
    "has {different} of different text, {there} of them with terms of the model (a term has to stand in at least "
    "{minimum})",
    "id": "{topics} topik memerlukan sedikitnya {needed} {noun} yang berbeda teksnya dan memuat kata model; korpus "
    "memuat {different} yang berbeda teksnya, {there} di antaranya memuat kata model (sebuah kata harus ada sedikitnya "
    "dalam {minimum})",
}
_TOO_FEW: Words = {
    "en": "Not examined ({numbers} topics): {needs}.",
    "id": "Tidak diperiksa ({numbers} topik): {needs}.",
}
_TOO_FEW_TERMS: Words = {
    "en": "Not examined ({numbers} topics): the vocabulary has {there} terms; {topics} topics need at least {needed}.",
    "id": "Tidak diperiksa ({numbers} topik): kosakata berisi {there} kata; {topics} topik memerlukan sedikitnya "
    "{needed}.",
}
_INTERRUPTED: Words = {
    "en": "Stopped by the user after {done} of {asked} runs; finished runs are kept, and only numbers of topics with "
    "all their runs can be recommended.",
    "id": "Dihentikan pengguna setelah {done} dari {asked} putaran; putaran yang selesai disimpan, dan hanya jumlah "
    "topik yang semua putarannya selesai dapat disarankan.",
}
_NOUNS: dict[str, Words] = {
    "document": {"en": "articles", "id": "artikel"},
    "paragraph": {"en": "paragraphs", "id": "paragraf"},
}
_REASONS: dict[str, Words] = {
    "recommended": {
        "en": "{k} topics: their stability is {stability}, that of shuffled data {null} (bound {bound}).",
        "id": "{k} topik: kestabilannya {stability}, pada data teracak {null} (batas {bound}).",
    },
    "no-structure": {
        "en": "No stable structure: for no number of topics are topics more stable than in shuffled data.",
        "id": "Tidak ada struktur yang stabil: untuk jumlah topik mana pun, topik tidak lebih stabil daripada pada "
        "data teracak.",
    },
    "too-few": {
        "en": "Nothing could be examined: {needs}.",
        "id": "Tidak ada yang dapat diperiksa: {needs}.",
    },
    "interrupted": {
        "en": "Stopped before any number of topics had all its runs.",
        "id": "Dihentikan sebelum satu pun jumlah topik selesai semua putarannya.",
    },
}
#: What stands under a table of topics with their stability.
TOPICS: Words = {
    "en": "Supported: more stable than the most stable topic of shuffled data (95 % prediction bound).",
    "id": "Didukung: lebih stabil daripada topik paling stabil pada data teracak (batas prediksi 95 %).",
}
_STABILITY: Words = {
    "en": "Stability: mean cosine of what a topic adds to the corpus with its match in random halves of the documents "
    "({resamples}), beside {nulls} shuffled corpora treated in the same way; {start}; seed {seed}.",
    "id": "Kestabilan: rerata kosinus antara apa yang ditambahkan topik pada korpus dan pasangannya pada paruh acak "
    "dokumen ({resamples}), di samping {nulls} korpus teracak yang diolah dengan cara sama; {start}; benih {seed}.",
}
_STOPPED: Words = {
    "en": "Stopped by the user after {done} of {asked} runs; finished runs are used.",
    "id": "Dihentikan pengguna setelah {done} dari {asked} putaran; putaran yang selesai dipakai.",
}


def number(value: float) -> Words:
    """Write a number with two decimals, in each language."""
    text = "–" if math.isnan(value) else f"{value:.2f}"
    return {"en": text, "id": text.replace(".", ",")}


def needs(unit: str, *, topics: int, needed: int, different: int, there: int, minimum: int) -> Words:
    """Say how many units a number of topics needs, and how many there are."""
    values = {"topics": topics, "needed": needed, "different": different, "there": there, "minimum": minimum}
    return filled(_NEEDS, noun=_NOUNS[unit], **values)


def reason(code: str, **values: float | Words) -> Words:
    """Say why a number of topics, or none, is recommended."""
    written = {name: number(value) if isinstance(value, float) else value for name, value in values.items()}
    return filled(_REASONS[code], **written)


def remarks(
    *,
    runs: Mapping[str, int],
    warm: bool,
    unit: str,
    used: int,
    there: int,
    few: Words | None,
    done: int,
    asked: int,
    finest: int | None = None,
) -> list[Words]:
    """Write what a reader of the comparison must know."""
    told = [] if finest is None else [filled(_FINEST, finest=finest)]
    told += [_COLUMNS, _RULE, filled(_RUNS, start=_START[warm], **runs)]
    if used < there:
        told.append(filled(_SAMPLED, used=used, there=there, noun=_NOUNS[unit]))
    if few is not None:
        told.append(few)
    if done < asked:
        told.append(filled(_INTERRUPTED, done=done, asked=asked))
    return told


def stability_remarks(*, runs: Mapping[str, int], warm: bool, done: int, asked: int) -> list[Words]:
    """Write what a reader of the stability of topics must know."""
    if not asked:
        return []
    told = [filled(_STABILITY, start=_START[warm], **runs), TOPICS]
    return [*told, filled(_STOPPED, done=done, asked=asked)] if done < asked else told


def too_few(numbers: list[int], *, units: Words | None, terms: tuple[int, int]) -> Words | None:
    """Say which numbers of topics could not be examined, and what the smallest of them needs."""
    if not numbers:
        return None
    listed = ", ".join(str(one) for one in numbers)
    if units is not None:
        return filled(_TOO_FEW, numbers=listed, needs=units)
    return filled(_TOO_FEW_TERMS, numbers=listed, there=terms[0], topics=numbers[0], needed=terms[1])
