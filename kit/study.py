"""The parameters of a study, from ``[tool.kit.study]`` in pyproject.toml, so that the notebooks stay as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from kit.errors import SettingsError

_TABLE = "[tool.kit.study]"
_TIMES = ("month", "year")


@dataclass(frozen=True)
class Study:
    """What the notebooks ask of a corpus.

    Parameters
    ----------
    by : str or list of str
        What makes the groups that are compared: a metadata column, "year" or "month", or several of them.
    reference : str or None
        The group all others are compared with; None: each with all others together.
    periods : dict of str to (str or list of str)
        Periods by the name of their column: before a date and from then on, or between several dates.
    time : {"month", "year"}
        Steps of the trend of concepts.
    followed : list of str
        Concepts whose trend is shown.
    queries : list of str
        Words, phrases or globs that are shown in context.
    nodes : list of str
        Words, phrases, globs or concepts whose collocates are listed.
    plotted : dict of str to str
        Rows of the figure of dispersion: a word, phrase, glob or concept by a name of its own.
    planned : list of str
        Concepts whose rates a planned study is to compare.
    effects : list of float
        How many times as frequent they are in one group as in the other.
    topics : int or None
        Number of topics; None: the number that `kit.compare_topics` recommends.
    topic_numbers : list of int
        Numbers of topics that are compared.
    anchors : list of str or None
        Concepts that topics are anchored to; None: free topics.
    topic_time : {"month", "year"}
        Steps of the topics over time.
    topic_sources : list of str
        What a topic may be an echo of: metadata columns, or "furniture".

    """

    by: str | list[str] = "outlet"
    reference: str | None = None
    periods: dict[str, str | list[str]] = field(default_factory=lambda: {"period": "2025-01-01"})
    time: str = "month"
    followed: list[str] = field(default_factory=lambda: ["melayani", "dilayani", "akuntabilitas", "visi-strategis"])
    queries: list[str] = field(default_factory=lambda: ["good governance", "akuntab*", "pelayan masyarakat"])
    nodes: list[str] = field(default_factory=lambda: ["form:masyarakat", "concept:aktor-asn"])
    plotted: dict[str, str] = field(
        default_factory=lambda: {
            "warga": "concept:aktor-warga",
            "ASN": "concept:aktor-asn",
            "pelayanan publik": "concept:pelayanan-publik",
            "melayani": "concept:melayani",
            "tidak": "form:tidak",
        }
    )
    planned: list[str] = field(default_factory=lambda: ["melayani", "akuntabilitas"])
    effects: list[float] = field(default_factory=lambda: [1.5, 2.0])
    topics: int | None = None
    topic_numbers: list[int] = field(default_factory=lambda: [5, 10, 15, 20])
    anchors: list[str] | None = None
    topic_time: str = "year"
    topic_sources: list[str] = field(default_factory=lambda: ["outlet", "place", "furniture"])


def read_study(table: Any, file: str) -> Study:
    """Read the table of a study's parameters, or say which of them cannot be used and what to write instead."""
    place = f"{file}, {_TABLE}"
    if not isinstance(table, Mapping):
        raise SettingsError(f"study = {table!r} is no table", place=file, remedy=f"write {_TABLE} in a line of its own")
    known = [one.name for one in fields(Study)]
    values = {}
    for key, value in table.items():
        if key not in known:
            import difflib  # noqa: PLC0415 - only where a name is not known

            near = difflib.get_close_matches(key, known, 1)
            remedy = f"did you mean {near[0]}?" if near else f"use one of {', '.join(known)}"
            raise SettingsError(f"unknown parameter {key!r}", place=place, remedy=remedy)
        read, wanted, example = _FORMS[key]
        try:
            values[key] = read(value)
        except (TypeError, ValueError):
            remedy = f"give {wanted}, as in {key} = {example}"
            raise SettingsError(f"{key} = {value!r}", place=place, remedy=remedy) from None
    return Study(**values)


def _text(value: Any) -> str:
    """Take a text that says something."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError
    return value


def _list(read: Callable[[Any], Any]) -> Callable[[Any], list[Any]]:
    """Make a reader of lists."""

    def listed(value: Any) -> list[Any]:
        if not isinstance(value, list) or not value:
            raise ValueError
        return [read(one) for one in value]

    return listed


_texts = _list(_text)


def _date(value: Any) -> str:
    """Take a date of TOML's, or one in quotes."""
    if type(value) is dt.date:
        return value.isoformat()
    return dt.date.fromisoformat(_text(value)).isoformat()


def _dates(value: Any) -> str | list[str]:
    """Take a date, or a list of dates."""
    return _list(_date)(value) if isinstance(value, list) else _date(value)


def _named(read: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    """Make a reader of values that have names."""

    def named(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not value:
            raise ValueError
        return {_text(name): read(one) for name, one in value.items()}

    return named


def _time(value: Any) -> str:
    """Take a step of time."""
    if value not in _TIMES:
        raise ValueError
    return str(value)


def _many(value: Any) -> int:
    """Take a number of topics."""
    if type(value) is not int or value < 2:
        raise ValueError
    return value


def _factor(value: Any) -> float:
    """Take how many times as frequent something is."""
    if type(value) not in (int, float) or not 0 < value < float("inf") or value == 1:
        raise ValueError
    return float(value)


#: How each parameter is read, what it takes, and an example as TOML.
_FORMS: Mapping[str, tuple[Callable[[Any], Any], str, str]] = {
    "by": (
        lambda value: _texts(value) if isinstance(value, list) else _text(value),
        'a metadata column, "year" or "month", or a list of them',
        '["outlet", "year"]',
    ),
    "reference": (lambda value: None if value == "" else _text(value), "the name of a group, or nothing", '"Kompas"'),
    "periods": (_named(_dates), "a date, or a list of dates, by a name", '{ period = "2025-01-01" }'),
    "time": (_time, '"month" or "year"', '"month"'),
    "followed": (_texts, "a list of concepts", '["melayani", "dilayani"]'),
    "queries": (_texts, "a list of words, phrases or globs", '["good governance", "akuntab*"]'),
    "nodes": (_texts, "a list of words, phrases, globs or concepts", '["form:masyarakat", "concept:aktor-asn"]'),
    "plotted": (_named(_text), "words or concepts by names of their own", '{ ASN = "concept:aktor-asn" }'),
    "planned": (_texts, "a list of concepts", '["melayani"]'),
    "effects": (_list(_factor), "a list of factors above 0, other than 1", "[1.5, 2.0]"),
    "topics": (
        lambda value: None if value == "recommended" else _many(value),
        'a whole number from 2 on, or "recommended"',
        '"recommended"',
    ),
    "topic_numbers": (_list(_many), "a list of whole numbers from 2 on", "[5, 10, 15]"),
    "anchors": (lambda value: None if value == [] else _texts(value), "a list of concepts, or []", '["akuntabilitas"]'),
    "topic_time": (_time, '"month" or "year"', '"year"'),
    "topic_sources": (_texts, 'a list of metadata columns, or "furniture"', '["outlet", "furniture"]'),
}
