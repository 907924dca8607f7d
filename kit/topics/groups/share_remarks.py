"""What a reader of the shares and the sources of topics must be told."""

from __future__ import annotations

from collections.abc import Mapping

from kit.topics.groups.intervals import EFFECTIVE, STORIES
from kit.topics.models.result import Topics
from kit.wording.words import Remark, remark


def share_variant(level: float) -> Remark:
    """Say how shares and intervals were made."""
    return remark("topic_groups.share_variant", percent=100 * level)


def share_remarks(topics: Topics, *, missing: int, cells: int, without: int, copies: bool) -> list[Remark]:
    """Say what a reader of shares must know."""
    if topics.topics.empty:
        return no_topics(topics)
    found = number_of_topics(topics) + ([remark("topic_groups.given")] if missing < cells else [])
    if missing:
        found.append(remark("topic_groups.missing", n=missing, stories=STORIES, effective=int(EFFECTIVE)))
    return found + left_out(without=without, copies=copies)


def source_remarks(topics: Topics, rule: Mapping[str, object], *, without: int, copies: bool) -> list[Remark]:
    """Say what a reader of the table of sources must know."""
    if topics.topics.empty:
        return no_topics(topics)
    said = number_of_topics(topics)
    said += [remark("topic_groups.statuses", **rule), remark("topic_groups.alone"), remark("topic_groups.stated")]
    return said + left_out(without=without, copies=copies)


def number_of_topics(topics: Topics) -> list[Remark]:
    """Say where the number of topics comes from, if the model knows."""
    return [number] if (number := topics.attrs.get("number")) else []


def no_topics(topics: Topics) -> list[Remark]:
    """Say that there are no topics, and what the model says of it."""
    return list(topics.attrs.get("remarks", ())) or [remark("topic_groups.no_topics")]


def left_out(*, without: int, copies: bool) -> list[Remark]:
    """Say which documents are in no mean, and that copies count once."""
    found = [remark("topic_groups.copies")] if copies else []
    if without:
        found.append(remark("topic_groups.without", n=without))
    return found
