"""What a reader of a comparison of topics, or of their stability, must be told."""

from __future__ import annotations

from collections.abc import Mapping

from kit.wording.words import Remark, remark


def needs(unit: str, *, topics: int, needed: int, different: int, there: int, minimum: int) -> Remark:
    """Say how many units a number of topics needs, and how many there are."""
    values = {"topics": topics, "needed": needed, "different": different, "there": there, "minimum": minimum}
    return remark("topic_choice.needs", noun=remark(f"nouns.many.{unit}"), **values)


def remarks(
    *,
    runs: Mapping[str, int],
    warm: bool,
    unit: str,
    used: int,
    there: int,
    few: Remark | None,
    done: int,
    asked: int,
    finest: int | None = None,
) -> list[Remark]:
    """Write what a reader of the comparison must know."""
    told = [] if finest is None else [remark("topic_choice.finest", finest=finest)]
    told += [remark("topic_choice.columns"), remark("topic_choice.rule")]
    told.append(remark("topic_choice.runs", start=_start(warm=warm), **runs))
    if used < there:
        told.append(remark("topic_choice.sampled", used=used, there=there, noun=remark(f"nouns.many.{unit}")))
    if few is not None:
        told.append(few)
    if done < asked:
        told.append(remark("topic_choice.interrupted", done=done, asked=asked))
    return told


def stability_remarks(*, runs: Mapping[str, int], warm: bool, done: int, asked: int) -> list[Remark]:
    """Write what a reader of the stability of topics must know."""
    if not asked:
        return []
    told = [remark("topic_choice.stability", start=_start(warm=warm), **runs), remark("topic_choice.topics")]
    return [*told, remark("topic_choice.stopped", done=done, asked=asked)] if done < asked else told


def too_few(numbers: list[int], *, units: Remark | None, terms: tuple[int, int]) -> Remark | None:
    """Say which numbers of topics could not be examined, and what the smallest of them needs."""
    if not numbers:
        return None
    listed = ", ".join(str(one) for one in numbers)
    if units is not None:
        return remark("topic_choice.too_few", numbers=listed, needs=units)
    return remark("topic_choice.too_few_terms", numbers=listed, there=terms[0], topics=numbers[0], needed=terms[1])


def _start(*, warm: bool) -> Remark:
    """Say where halves start from."""
    return remark("topic_choice.start.warm" if warm else "topic_choice.start.own")
