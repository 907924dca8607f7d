"""The whole article beside a line: its text cut into pieces, each of which says what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.looked_up import mentions_of, source_of
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.discourse.quotations import quotations_of
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.wording.words import say


class Piece(NamedTuple):
    """A stretch of an article: the text, what it is, and the concepts and the speaker that begin with it."""

    text: str
    kinds: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Article:
    """An article as it is read beside a line.

    Attributes
    ----------
    doc_id, title, outlet, date, line_id : str
    start, end : int
        Where the match stands, in code points of the text.
    pieces : tuple of Piece
        The raw article from beginning to end. `kinds` are ``furniture`` (taken out by cleaning), ``node`` (the match),
        ``concept`` and ``quotation``; `label` names the concepts, or the speaker, where one begins.

    """

    doc_id: str
    title: str
    outlet: str
    date: str
    line_id: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


class _Span(NamedTuple):
    start: int
    end: int
    kind: str
    label: str


def article_of(corpus: AnyCorpus, line: Mapping[str, Any], codebook: Codebook | None) -> Article:
    """Put the article of a line together, what was taken out of it in its place; only the article travels."""
    wanted = {"doc_id": str(line["doc_id"]), "line_id": str(line["line_id"])}
    place = {name: int(line[name]) for name in ("start", "end")}
    read: Article = reduce(corpus.where(doc_id=line["doc_id"]), _article, _only, wanted | place, codebook)
    return read


def _article(part: Part, place: Mapping[str, Any], codebook: Codebook | None) -> Article:
    """Put an article together, the only one of its part."""
    alone = part.corpus
    spans = [_Span(place["start"], place["end"], "node", "")]
    if codebook is not None:
        hits = counted_passages(mentions_of(source_of(alone), codebook))
        rows = zip(hits["start"], hits["end"], hits["concept"], strict=True)
        spans += [_Span(int(start), int(end), "concept", concept) for start, end, concept in rows]
    quoted = quotations_of(alone, lenient=False)
    rows = zip(quoted["start"], quoted["end"], quoted["speaker"], strict=True)
    spans += [
        _Span(int(start), int(end), "quotation", "" if pd.isna(who) else who) for start, end, who in rows if end > start
    ]
    text = str(alone.stated("text").iloc[0])
    title, outlet, date = (str(alone.stated(name).iloc[0]) for name in ("title", "outlet", "date"))
    return Article(title=title, outlet=outlet, date=date, pieces=tuple(_pieces(alone, text, spans)), **place)


def _only(articles: Sequence[Article]) -> Article:
    """Return the article: a corpus of one document has one part."""
    return articles[0]


def shown_article(article: Article, language: str) -> dict[str, Any]:
    """Describe an article to a reader, the evidence id of its line first."""
    place = {"line_id": article.line_id, "doc_id": article.doc_id, "start": article.start, "end": article.end}
    about = " · ".join(one for one in (article.outlet, article.date) if one)
    facts = [say("explore.evidence", language, **{name: str(one) for name, one in place.items()})]
    return {
        "title": article.title or article.doc_id,
        "facts": [*facts, *([about] if about else []), say("explore.legend", language)],
        "pieces": [{"text": one.text, "kinds": list(one.kinds), "label": one.label} for one in article.pieces],
    }


def _pieces(alone: Corpus, text: str, spans: list[_Span]) -> Iterator[Piece]:
    """Yield the pieces of an article in the order of its raw file."""
    segments = alone.segments.sort_values("raw_start", kind="stable")
    starts = [*segments["start"].tolist(), len(text)]
    parts = [(raw, None, starts[number], starts[number + 1]) for number, raw in enumerate(segments["raw_start"])]
    removed = alone.removed
    out = [(raw, taken, 0, 0) for raw, taken in zip(removed["raw_start"], removed["text"], strict=True)]
    for _, taken, begin, stop in sorted([*parts, *out], key=lambda one: one[0]):
        if taken is not None:
            yield Piece(f"{str(taken).strip()}\n", ("furniture",))
        else:
            yield from _cut(text, begin, stop, spans)


def _cut(text: str, begin: int, stop: int, spans: list[_Span]) -> Iterator[Piece]:
    """Cut a stretch of the body wherever a span begins or ends."""
    inside = [span for span in spans if span.start < stop and span.end > begin]
    edges = {edge for span in inside for edge in (span.start, span.end) if begin < edge < stop}
    places = sorted({begin, stop, *edges})
    for start, end in pairwise(places):
        here = [span for span in inside if span.start <= start and span.end >= end]
        labels = dict.fromkeys(span.label for span in here if span.start == start and span.label)
        kinds = {span.kind for span in here}
        kinds |= {"opens" for span in here if span.kind == "quotation" and span.start == start}
        kinds |= {"closes" for span in here if span.kind == "quotation" and span.end == end}
        yield Piece(text[start:end], tuple(sorted(kinds)), ", ".join(labels))
