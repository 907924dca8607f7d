"""Indonesian affixes: which base a derived word is built on, checked against known bases.

An analysis peels one *frame* at a time, a prefix with the suffix it goes with (meN-…-kan, ke-…-an, peN-…-an), until a
known base is left. Frames nest (*memperkenalkan* is meN-(per-kenal)-kan, *berkelanjutan* is ber-(ke-lanjut-an)). Nasal
assimilation is undone in every way the spelling allows: *menekan* may be *tekan*, *menanti* *nanti*. Of several bases
the one with fewer frames wins, then a verb, then the likelier letter, then -kan before -an, then the longer base.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from kit.lexicon.wordlists import bases, compounds, function_words, reduplications

MAX_FRAMES = 3
_VOWELS = frozenset("aeiou")
_SYLLABLE = re.compile("[aeiou]+")  # one syllable has one vowel or diphthong: cek, klaim

# The suffixes each prefix goes with; "" is none.
_FRAMES: dict[str, tuple[str, ...]] = {
    "meN": ("", "kan", "i"),
    "di": ("", "kan", "i"),
    "ter": ("", "kan", "i"),
    "ber": ("", "an", "kan"),
    "per": ("", "an", "kan", "i"),
    "menge": ("", "kan", "i"),
    "peN": ("", "an"),
    "penge": ("", "an"),
    "pe": ("", "an"),
    "ke": ("", "an", "i"),
    "ketidak": ("an",),
    "se": ("", "an"),
    "Ce": ("", "an"),
    "": ("kan", "an", "i"),
}

# -kan spelt with one k after a base in k (menunjukan, dimasukan) is common enough to be read.
_VERBAL = frozenset(("meN", "di", "ter"))

# The frames that may stand inside a frame; a verb prefix never stands inside another word-forming frame.
_INSIDE: dict[str, tuple[str, ...]] = {
    "meN": ("per", "ber", "ke", "se", "ter", "pe"),
    "di": ("per", "ber", "ke", "se", "ter", "pe"),
    "ter": ("per", "ber", "ke", "se"),
    "ber": ("ke", "peN", "pe", "per", "se", ""),
    "per": ("se", "ber"),
    "menge": (),
    "peN": ("ber", "per", "ke", "se", "ter"),
    "penge": (),
    "pe": ("ber", "per"),
    "ke": ("ber", "ter", "se", "peN", "pe", "per"),
    "ketidak": ("ber", "ter", "se"),
    "se": ("ke", "peN", "pe", "per", "ber", ""),
    "Ce": (),
    "": ("pe", "ter"),
}

# ke- without -an is dead but for these, and lives on inside verbs: mengemukakan, mengetahui, ketua.
_AFTER_KE = frozenset(
    ("bawah", "belakang", "bumi", "depan", "hendak", "kasih", "luar", "muka", "samping", "tahu", "tengah", "tua")
)

#: Beginnings that a prefix or a doubled first consonant has, and endings that a suffix has, as regular expressions.
BEGINNINGS, ENDINGS = r"me|di|te|be|pe|ke|se|(?P<consonant>[^aeiou])e(?P=consonant)", "an|i"

_LABELS = {"menge": "meN", "penge": "peN"}
_SHORTEST = 3

_Ranked = tuple[tuple[int, bool, int, bool, int], "Analysis"]


class Analysis(NamedTuple):
    """One way to take a word apart: its outermost frame, its base, and the number of frames."""

    prefix: str
    suffix: str
    base: str
    frames: int


def is_base(form: str) -> bool:
    """Tell whether a form is a known base or a function word."""
    return form in bases() or form in function_words()


def is_word(form: str) -> bool:
    """Tell whether a form is a known base, a function word, or built on one; with a hyphen, both its halves."""
    if "-" in form:
        return form in reduplications() or all(is_word(half) for half in form.split("-"))
    return is_base(form) or analysis(form) is not None


@lru_cache(maxsize=1 << 16)
def analysis(form: str) -> Analysis | None:
    """Take a word apart down to a known base."""
    found = _analyses(form, tuple(_FRAMES), _known(), MAX_FRAMES)
    return min(found)[1] if found else None


@cache
def _known() -> frozenset[str]:
    """Collect the words an analysis may end in: the bases, and the function words that are no derived word."""
    closed = {
        form
        for form, row in function_words().items()
        if not row["root"] and row["class"] != "particle" and len(form) >= _SHORTEST
    }
    built = {form for form in closed if _analyses(form, tuple(_FRAMES), frozenset(bases()), 1)}
    return frozenset(bases()) | frozenset(compounds()) | closed - built


def _analyses(form: str, prefixes: tuple[str, ...], known: frozenset[str], frames: int) -> list[_Ranked]:
    """List the analyses of a form whose outermost prefix is one of those given, each with its rank."""
    found: list[_Ranked] = []
    for prefix in _that_may_open(form[:1], prefixes):
        # A doubled first letter (pepohonan, lelembut) is the last thing to think of: memulai is meN-.
        for turn, stem in enumerate(_stems(form, prefix), start=9 if prefix == "Ce" else 0):
            for suffix in _FRAMES[prefix]:
                if suffix and not stem.endswith(suffix):
                    continue
                rest = stem[: len(stem) - len(suffix)]
                if prefix in _VERBAL and suffix == "kan" and f"{rest}k" in known and rest not in known:
                    rest += "k"
                if rest in known and _fits(prefix, suffix, rest, outermost=frames == MAX_FRAMES):
                    # A bare -i is an imperative: pencari is peN-, not pencar with -i.
                    noun = "v" not in bases().get(rest, "") or (prefix == "" and suffix == "i")
                    rank = (1, noun, turn, suffix == "an", -len(rest))
                    found.append((rank, Analysis(_LABELS.get(prefix, prefix), suffix, rest, 1)))
                elif frames > 1 and len(rest) > _SHORTEST:
                    inner = _analyses(rest, _INSIDE[prefix], known, frames - 1)
                    if inner:
                        (depth, noun, step, an, shorter), best = min(inner)
                        rank = (depth + 1, noun, step, an, shorter)
                        found.append((rank, Analysis(prefix, suffix, best.base, depth + 1)))
    return found


@cache
def _that_may_open(letter: str, prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the prefixes that a word with this first letter may have."""
    return tuple(prefix for prefix in prefixes if prefix in ("", "Ce") or prefix[0] == letter)


def _fits(prefix: str, suffix: str, base: str, *, outermost: bool) -> bool:
    """Tell whether a frame that many names and loans resemble (Kediri, Persela, Helmi, Rohan) fits this base."""
    classes = bases().get(base, "")
    if prefix == "ke" and suffix != "an":
        return base in _AFTER_KE
    if prefix in ("menge", "penge"):
        return len(_SYLLABLE.findall(base)) == 1
    if prefix == "per" and not suffix and outermost:
        return "v" in classes or "a" in classes
    if prefix == "" and suffix == "i":
        return "v" in classes or "a" in classes
    return bool(prefix) or len(base) > _SHORTEST or "v" in classes


def _stems(form: str, prefix: str) -> list[str]:
    """Take one prefix off, undoing what it did to the next letter, likeliest first; none where it is not there."""
    if prefix == "":
        return [form]
    if prefix in ("meN", "peN"):
        return _nasal(form, prefix[:2])
    if prefix in ("menge", "penge"):
        return [form[5:]] if form.startswith(prefix) else []
    if prefix == "Ce":
        return [form[2:]] if form[1:2] == "e" and form[:1] == form[2:3] and form[:1] not in _VOWELS else []
    if not form.startswith(prefix):
        if prefix == "ber" and form.startswith("belajar"):
            return [form[3:]]
        if prefix == "ber" and form[:2] == "be" and form[3:5] == "er" and form[2:3] not in _VOWELS:
            return [form[2:]]  # bekerja: the r is lost before a root with -er- in its first syllable
        return []
    stem = form[len(prefix) :]
    if prefix in ("ber", "ter", "per"):
        return [stem, form[2:]]  # berambut: the r of rambut is written once
    if prefix == "pe" and stem.startswith("lajar"):
        return [stem[1:]]
    return [stem]


def _nasal(form: str, start: str) -> list[str]:
    """Undo meN- or peN- (`start` is me or pe), in every way the spelling allows."""
    if not form.startswith(start):
        return []
    rest = form[2:]
    if rest.startswith("ng"):
        stem = rest[2:]
        if stem[:1] not in _VOWELS:
            return [stem, rest] if stem else []
        return [stem, "k" + stem, rest]
    if rest.startswith("ny"):
        return [rest, "s" + rest[2:], "sy" + rest[2:]]
    if rest.startswith("m"):
        stem = rest[1:]
        if stem[:1] in ("l", "r"):
            return ["p" + stem]  # pemrosesan, pemrakarsa
        return [rest, "p" + stem] if stem[:1] in _VOWELS else [stem] if stem[:1] in tuple("bfpv") else []
    if rest.startswith("n"):
        stem = rest[1:]
        if stem[:1] == "r":
            return ["t" + stem]  # menraktir
        return [rest, "t" + stem] if stem[:1] in _VOWELS else [stem] if stem[:1] in tuple("cdjstz") else []
    return [rest] if rest[:1] in tuple("lrwy") else []
