"""What a codebook finds in one text, and which rule decided: for a coder who wants to see why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.settings import load_settings
from kit.wording import escape
from kit.wording.words import say

#: Verdicts on a hit: those that find it in the text, and those of `find_mentions` that void it.
VERDICTS = ("counts", "gloss", "name", "block", "sense", "context", "overlap")
# Okabe-Ito colours, light enough for black text; what is void is struck through besides.
_COLOURS = {"counts": "#9fd8c3", "gloss": "#cfe8f7", "name": "#f6dfa0"}
_VOID = "#e3e3e3"
_PAD = 2
_WIDEST = 48  # characters of a cell that stands before others; `hits` has the whole pattern
_HALVES = re.compile("[\ud800-\udfff]")  # of surrogate pairs, which no UTF-8 can hold


@dataclass(frozen=True, eq=False)
class Explanation:
    """What a codebook finds in a text.

    Attributes
    ----------
    text : str
        As given.
    hits : DataFrame, one row per hit, also of those that do not count
        `start`, `end` (int32; code points of the text), `surface`, `concept`, `pattern` (str), `verdict` (str;
        ``counts``, ``gloss``, ``name``, or what makes it void: ``block``, ``sense``, ``context``, ``overlap``),
        `decided_by` (str; the block, full form, condition or pattern that decided; else empty). In text order.
    codebook : str
        Its version.
    attrs : dict
        The facts that a reader needs; the table carries them too.

    """

    text: str
    hits: pd.DataFrame
    codebook: str
    attrs: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Tell it in plain text, in the language of the labels."""
        language = load_settings().labels
        lines = [escape.one_line(self.text), self._summary(language)]
        rows = [(*(_cut(cell) for cell in row[:3]), row[3]) for row in self._rows(language)]
        widths = [max(len(row[column]) for row in rows) + _PAD for column in range(3)] if rows else []
        lines += ["".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) + row[3] for row in rows]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Show it in colour, in the language of the labels."""
        language = load_settings().labels
        rows = []
        for row, verdict in zip(self._rows(language), self.hits["verdict"], strict=True):
            cells = [_marked(row[0], verdict), *(escape.html(cell) for cell in row[1:])]
            rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        table = f"<table>{''.join(rows)}</table>" if rows else ""
        return f"<div><p>{self._painted()}</p><p>{escape.html(self._summary(language))}</p>{table}</div>"

    def _summary(self, language: str) -> str:
        """Say how many hits count."""
        if self.hits.empty:
            return say("explanation.none", language)
        verdicts = self.hits["verdict"]
        counted, aside = int((verdicts == "counts").sum()), int(verdicts.isin(["gloss", "name"]).sum())
        numbers = {"counted": counted, "aside": aside, "void": len(verdicts) - counted - aside}
        return say("explanation.summary", language, codebook=self.codebook, **numbers)

    def _rows(self, language: str) -> list[list[str]]:
        """Return, for each hit, how it stands, what hit it, the verdict, and why."""
        return [
            [
                escape.one_line(hit.surface),
                f"{hit.concept}: {hit.pattern}",
                say(f"explanation.verdict.{hit.verdict}", language),
                _because(str(hit.verdict), str(hit.decided_by), language),
            ]
            for hit in self.hits.itertuples(index=False)
        ]

    def _painted(self) -> str:
        """Return the text with its hits in colour; of hits that share a letter the first verdict of `VERDICTS`."""
        best = [len(VERDICTS)] * len(self.text)
        for start, end, verdict in self.hits[["start", "end", "verdict"]].itertuples(index=False):
            for place in range(start, end):
                best[place] = min(best[place], VERDICTS.index(verdict))
        pieces: list[str] = []
        begin = 0
        for place in range(1, len(best) + 1):
            if place == len(best) or best[place] != best[begin]:
                piece = self.text[begin:place]
                inside = best[begin] < len(VERDICTS)
                pieces.append(_marked(piece, VERDICTS[best[begin]]) if inside else escape.html(piece))
                begin = place
        return "".join(pieces).replace("\n", "<br>")


@recorded(hits=["start", "end", "concept", "pattern"])
def explain(text: str, codebook: Codebook) -> Explanation:
    """Say what a codebook finds in a text, what of it counts, and which rule decided.

    Parameters
    ----------
    text : str
        A sentence, a paragraph or an article; nothing is cleaned.
    codebook : Codebook

    Returns
    -------
    Explanation
        Printed as plain text in a terminal, shown in colour in a notebook; its table is `hits`.

    Raises
    ------
    QueryError
        The text is no str.

    Examples
    --------
    >>> import kit
    >>> explanation = kit.explain("Tata kelola data itu cepat tanggap.", kit.load_codebook())
    >>> print(explanation.hits[["surface", "verdict", "decided_by"]].to_string(index=False))
          surface verdict       decided_by
      Tata kelola   block tata kelola data
            cepat overlap    cepat tanggap
    cepat tanggap  counts
          tanggap overlap    cepat tanggap

    """
    if not isinstance(text, str):
        raise QueryError(f"text = {type(text).__name__}", place="explain", remedy="pass a str, as one row of documents")
    whole = _HALVES.sub("\ufffd", text)
    corpus = Corpus.from_frame(pd.DataFrame({"doc_id": ["text"], "text": [whole]}), clean=False)
    found = find_mentions(corpus, codebook, void=True)
    verdict = found["void"].where(found["void"] != "", "counts")
    verdict = verdict.mask(found["is_name"] & (verdict == "counts"), "name").mask(found["gloss"], "gloss")
    hits = found[["start", "end"]].assign(
        surface=pd.array([text[start:end] for start, end in zip(found["start"], found["end"], strict=True)], "str"),
        concept=found["concept"],
        pattern=found["pattern"],
        verdict=verdict.astype("str"),
        decided_by=found["void_by"],
    )
    hits.attrs = corpus.about(unit="hit", codebook=codebook.version)
    return Explanation(text, hits, codebook.version, dict(hits.attrs))


def _because(verdict: str, by: str, language: str) -> str:
    """Say why a hit counts, or does not."""
    values = {"by": escape.one_line(by)} if by else {}
    return say(f"explanation.because.{verdict}", language, **values)


def _cut(cell: str) -> str:
    """Return what a narrow column shows of a cell."""
    return cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…"


def _marked(piece: str, verdict: str) -> str:
    """Return a piece of text in the colour of a verdict."""
    colour = _COLOURS.get(verdict, _VOID)
    line = "" if verdict in _COLOURS else ";text-decoration:line-through"
    return f'<mark style="background:{colour};color:#000{line}">{escape.html(piece)}</mark>'
