"""Two codebooks side by side: which concepts and patterns changed, and which counts move by how much."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.measures.frequency.concepts import concept_frequencies, pattern_frequencies
from kit.parts.summaries import AnyCorpus


@dataclass(frozen=True, eq=False)
class CodebookComparison:
    """What tells two codebooks apart, and what it does to the counts of a corpus.

    Attributes
    ----------
    concepts : DataFrame, one row per concept of either
        `concept` (str), `change` (str; ``same``, ``changed``, ``added`` or ``removed``), `columns` (str; the columns of
        ``concepts.csv`` that differ), `patterns_changed`, `mentions_a`, `mentions_b`, `mentions_change` (int64; b less
        a). In the order of `b`, removed ones last.
    patterns : DataFrame, one row per pattern that differs or whose counts do
        `concept`, `pattern` (str), `change`, `columns`, `mentions_a`, `mentions_b`, `mentions_change` as above. A
        pattern that is switched off, or not there, counts 0.
    attrs : dict
        The facts that a reader needs; the tables carry them too.

    """

    concepts: pd.DataFrame
    patterns: pd.DataFrame
    attrs: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Say how much differs."""
        moved = int((self.concepts["mentions_change"] != 0).sum())
        return (
            f"<CodebookComparison: {int((self.patterns['change'] != 'same').sum())} patterns differ, "
            f"{moved} of {len(self.concepts)} concepts count otherwise>"
        )


@recorded(concepts=["concept"], patterns=["concept", "pattern"])
def compare_codebooks(corpus: AnyCorpus, a: Codebook, b: Codebook) -> CodebookComparison:
    """Compare two codebooks, row by row, and what they count in a corpus.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    a, b : Codebook
        The earlier and the later one.

    Returns
    -------
    CodebookComparison

    Notes
    -----
    Patterns are the same if concept and pattern are; all else of a row may have changed. Counts of a pattern that is
    the same may move too: another pattern of its concept takes its place, or stands near it as a condition asks.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Reformasi yang berdampak."]}))
    >>> codebook = kit.load_codebook()
    >>> found = kit.compare_codebooks(corpus, codebook, codebook.with_patterns(enable=["berdampak"]))
    >>> found
    <CodebookComparison: 1 patterns differ, 1 of 36 concepts count otherwise>
    >>> found.patterns[["pattern", "change", "columns", "mentions_change"]].to_string(index=False, header=False)
    'berdampak changed enabled 1'

    """
    keys = ["concept", "pattern"]
    patterns = _counted(_beside(a.patterns, b.patterns, keys), [pattern_frequencies(corpus, book) for book in (a, b)])
    concepts = _beside(a.concepts, b.concepts, ["concept"])
    differ = patterns.loc[patterns["change"] != "same", "concept"].value_counts()
    concepts["patterns_changed"] = concepts["concept"].map(differ).fillna(0).astype("int64")
    concepts = _counted(concepts, [concept_frequencies(corpus, book) for book in (a, b)])
    patterns = patterns[(patterns["change"] != "same") | (patterns["mentions_change"] != 0)].reset_index(drop=True)
    attrs = corpus.about(unit="mention", codebook=f"{a.version}, {b.version}")
    for table in (concepts, patterns):
        table.attrs = dict(attrs)
    return CodebookComparison(concepts, patterns, attrs)


def _beside(a: pd.DataFrame, b: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Say of each row of either table whether it is the same, changed, added or removed, and in which columns."""
    rows = [{tuple(row[key] for key in keys): row for row in table.to_dict("records")} for table in (a, b)]
    table = []
    for key in dict.fromkeys([*rows[1], *rows[0]]):
        one, other = rows[0].get(key), rows[1].get(key)
        if one is None or other is None:
            table.append((*key, "added" if one is None else "removed", ""))
            continue
        columns = [str(name) for name in other if one.get(name, "") != other[name]]
        table.append((*key, "changed" if columns else "same", ", ".join(columns)))
    return pd.DataFrame(table, columns=[*keys, "change", "columns"], dtype="str")


def _counted(rows: pd.DataFrame, counted: list[pd.DataFrame]) -> pd.DataFrame:
    """Lay the mentions by either codebook beside rows; what a codebook does not look for counts 0."""
    keys = [name for name in ("concept", "pattern") if name in rows.columns]
    index = pd.MultiIndex.from_frame(rows[keys])
    for name, table in zip("ab", counted, strict=True):
        once = table.drop_duplicates(keys)
        mentions = pd.Series(once["mentions"].to_numpy(), pd.MultiIndex.from_frame(once[keys]))
        rows[f"mentions_{name}"] = mentions.reindex(index, fill_value=0).to_numpy("int64")
    return rows.assign(mentions_change=rows["mentions_b"] - rows["mentions_a"])
