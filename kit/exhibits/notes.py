"""The note under an exhibit: the facts that an analysis carries in ``attrs``, told in a reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kit.corpus.calls import plain
from kit.settings import LANGUAGES
from kit.wording import escape
from kit.wording.words import Remark, heading, in_both, remark, say, tell

FACTS = (
    *("unit", "denominator", "documents", "sentences", "tokens", "fingerprint", "codebook", "variant", "simulated"),
    *("selection", "reference_fingerprint", "reference_selection", "call", "own"),
)
_VALUES = 6  # of a column that was selected by
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÀ-Þ])")
_WORTH = 2  # sentences that are said again, before pointing back is shorter
SHORT = 12  # digits of a fingerprint or hash that a reader is shown


def compose(
    own: Mapping[str, str] | None, attrs: Mapping[str, Any], more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Write an exhibit's note in both languages."""
    return {language: _compose(own, attrs, more, language) for language in LANGUAGES}


def facts(attrs: Mapping[str, Any]) -> dict[str, Any]:
    """Pick the facts that a sidecar records."""
    known = {name: plain(attrs[name]) for name in FACTS if attrs.get(name) is not None}
    return known | ({"variant": in_both(known["variant"])} if "variant" in known else {})


def folded(
    note: str,
    seen: dict[str, str],
    id: str,  # noqa: A002
    attrs: Mapping[str, Any],
    language: str,
) -> tuple[str, str, list[str]]:
    """Part a note into what is said for the first time and what stood under earlier exhibits, and name those.

    What is counted, and relative to what, is said of each. `seen` is what was said so far, with the first exhibit under
    which it stood; this note's sentences are added to it.
    """
    always = {
        part for said in (_unit(attrs, language), _denominator(attrs, language)) for part in _SENTENCE.split(said)
    }
    sentences = _SENTENCE.split(note)
    first = [seen.setdefault(sentence, id) for sentence in sentences]
    old = [one != id and sentence not in always for one, sentence in zip(first, sentences, strict=True)]
    if sum(old) < _WORTH:
        return note, "", []
    told = list(zip(sentences, old, strict=True))
    new, again = (" ".join(one for one, is_old in told if is_old == asked) for asked in (False, True))
    return new, again, list(dict.fromkeys(one for one, is_old in zip(first, old, strict=True) if is_old))


def _unit(attrs: Mapping[str, Any], language: str) -> str:
    """Say what is counted."""
    return say("notes.counted", language, unit=remark(f"notes.unit.{attrs['unit']}")) if "unit" in attrs else ""


def _denominator(attrs: Mapping[str, Any], language: str) -> str:
    """Say what rates are relative to."""
    if "denominator" not in attrs:
        return ""
    return say("notes.relative", language, denominator=remark(f"notes.denominator.{attrs['denominator']}"))


def _compose(
    own: Mapping[str, str] | None, attrs: Mapping[str, Any], more: Mapping[str, str] | None, language: str
) -> str:
    """Write the note in one language."""
    attrs = {name: fact for name, fact in attrs.items() if fact is not None}
    sentences = [own[language].strip()] if own else []
    if attrs.get("simulated"):
        count = {name: int(attrs[name]) for name in ("simulated", "documents")}
        sentences.insert(0, say("notes.simulated", language, **count))
    sentences += [_unit(attrs, language), _denominator(attrs, language)]
    sizes = [
        say(f"notes.size.{name}", language, n=int(attrs[name]))
        for name in ("documents", "sentences", "tokens")
        if name in attrs
    ]
    if sizes:
        sentences.append(say("notes.sizes", language, sizes=", ".join(sizes)))
    sentences += [
        say(f"notes.{name}", language, steps=[_step(one) for one in attrs[name]])
        for name in ("selection", "reference_selection")
        if attrs.get(name)
    ]
    if "made" in attrs.get("call", ()):
        sentences.append(say("notes.outside", language))
    if "variant" in attrs:
        sentences.append(say("notes.variant", language, variant=attrs["variant"]))
    sentences += [tell(said, language).strip() for said in attrs.get("remarks", ())]
    if "own" in attrs:
        columns = ", ".join(heading(name, language) for name in attrs["own"])
        sentences.append(say("notes.own", language, columns=columns))
    if "codebook" in attrs:
        sentences.append(say("notes.codebook", language, codebook=attrs["codebook"]))
    if "fingerprint" in attrs:
        sentences.append(say("notes.fingerprint", language, fingerprint=attrs["fingerprint"][:SHORT]))
    if "reference_fingerprint" in attrs:
        shown = attrs["reference_fingerprint"][:SHORT]
        sentences.append(say("notes.reference_fingerprint", language, fingerprint=shown))
    if more:
        sentences.append(more[language])
    return " ".join(sentence for sentence in sentences if sentence)


def _shown(values: Sequence[str]) -> list[str]:
    """Return the values that a note names; of many the first."""
    return list(values) if len(values) <= _VALUES else [*values[: _VALUES - 1], "…"]


def _step(step: Mapping[str, Any]) -> Remark:
    """Say which documents a step of a selection kept."""
    asked = [
        remark("notes.asked", column=escape.one_line(column), values=escape.one_line(", ".join(_shown(values))))
        for column, values in step["where"].items()
    ]
    return remark("notes.step", asked=asked, documents=int(step["documents"]), of=int(step["of"]))
