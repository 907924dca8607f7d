"""The words that go with the shares and the sources of topics, in English (en) and Indonesian (id)."""

from __future__ import annotations

from collections.abc import Mapping

from kit.topics.groups.intervals import EFFECTIVE, STORIES
from kit.topics.models.result import Topics
from kit.wording.bilingual import Words, filled

SHARE_VARIANT: Words = {
    "en": "mean weight over stories; {percent} % t interval on the logit of the mean, variance between stories, "
    "degrees of freedom from the effective number of stories",
    "id": "rerata bobot antarberita; interval t {percent} % atas logit rerata, ragam antarberita, derajat bebas dari "
    "banyaknya berita efektif",
}
SOURCE_VARIANT: Words = {
    "en": "ε² of a one-way analysis of variance over stories; null by {resamples} permutations of the groups, "
    "seed {seed}",
    "id": "ε² dari analisis ragam satu arah antarberita; acuan acak dari {resamples} permutasi kelompok, benih {seed}",
}
_NO_TOPICS: Words = {"en": "There are no topics.", "id": "Tidak ada topik."}
_COPIES: Words = {
    "en": "An article and its copies are one story.",
    "id": "Sebuah artikel dan salinannya dihitung sebagai satu berita.",
}
_WITHOUT: Words = {
    "en": "Documents without a term of the model are in no mean ({n}).",
    "id": "Dokumen tanpa istilah model tidak masuk rerata mana pun ({n}).",
}
_MISSING: Words = {
    "en": "Intervals missing: {n}, because the group has fewer than {stories} stories or the topic fewer than "
    "{effective} effective ones in it; below that coverage is not known to hold.",
    "id": "Interval kosong: {n}, karena kelompoknya kurang dari {stories} berita atau topiknya kurang dari {effective} "
    "berita efektif di dalamnya; di bawah itu cakupannya tidak terjamin.",
}
_GIVEN: Words = {
    "en": "Intervals take the topics as given.",
    "id": "Interval menganggap topiknya tetap.",
}
_STATUSES: Words = {
    "en": "Status: one-group, the topic is a group rather than a subject (ε² at least {effect}, and {weight} % of its "
    "weight from one group); mostly-one-group, so much weight from a group of at most half the stories, above the "
    "null; mixed, neither; no-groups, fewer than two groups are stated; too-few, fewer than {stories} stories state "
    "theirs, or not {within} more than there are groups; constant, the topic has the same weight everywhere.",
    "id": "Status: one-group, topik itu sebuah kelompok, bukan pokok bahasan (ε² sedikitnya {effect}, dan {weight} % "
    "bobotnya dari satu kelompok); mostly-one-group, bobot sebanyak itu dari kelompok yang memuat paling banyak "
    "separuh berita, melampaui acuan acak; mixed, bukan keduanya; no-groups, kurang dari dua kelompok dinyatakan; "
    "too-few, kurang dari {stories} berita menyatakannya, atau tidak {within} lebih banyak daripada kelompoknya; "
    "constant, bobot topik sama di mana-mana.",
}
_ALONE: Words = {
    "en": "Each source is taken by itself: what outlet and place share is in both.",
    "id": "Setiap sumber dihitung sendiri: bagian bersama media dan tempat ada pada keduanya.",
}
_STATED: Words = {
    "en": "Stories that do not state a source are left out of it (see stories).",
    "id": "Berita yang tidak menyatakan suatu sumber tidak dihitung untuk sumber itu (lihat berita).",
}


def share_variant(level: float) -> Words:
    """Say how shares and intervals were made."""
    percent = f"{100 * level:.12g}"
    marks = {"en": percent, "id": percent.replace(".", ",")}
    return {language: filled(SHARE_VARIANT, percent=written)[language] for language, written in marks.items()}


def share_remarks(topics: Topics, *, missing: int, cells: int, without: int, copies: bool) -> list[Words]:
    """Say what a reader of shares must know."""
    if topics.topics.empty:
        return no_topics(topics)
    found = [_GIVEN] if missing < cells else []
    if missing:
        found.append(filled(_MISSING, n=missing, stories=STORIES, effective=int(EFFECTIVE)))
    return found + left_out(without=without, copies=copies)


def source_remarks(topics: Topics, rule: Mapping[str, object], *, without: int, copies: bool) -> list[Words]:
    """Say what a reader of the table of sources must know."""
    if topics.topics.empty:
        return no_topics(topics)
    codes = filled(_STATUSES, **rule)
    codes["id"] = codes["id"].replace(str(rule["effect"]), str(rule["effect"]).replace(".", ","))
    return [codes, _ALONE, _STATED, *left_out(without=without, copies=copies)]


def no_topics(topics: Topics) -> list[Words]:
    """Say that there are no topics, and what the model says of it."""
    return list(topics.attrs.get("remarks", ())) or [_NO_TOPICS]


def left_out(*, without: int, copies: bool) -> list[Words]:
    """Say which documents are in no mean, and that copies count once."""
    found = [_COPIES] if copies else []
    if without:
        found.append(filled(_WITHOUT, n=without))
    return found
