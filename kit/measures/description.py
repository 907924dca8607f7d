"""What a corpus holds and what cleaning took out of it, in counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.language.tokens import COUNTED, kind_of, spans

_TOTAL = "all"


def describe_corpus(corpus: Corpus, by: str | None = None) -> pd.DataFrame:
    """Count what a corpus holds.

    Parameters
    ----------
    corpus : Corpus
    by : str, optional
        A metadata column of the documents, ``year`` or ``month``: one row per value, then one for all.

    Returns
    -------
    DataFrame
        `part` (str: the value of `by`, or ``all``), `documents`, `copies` (documents whose body repeats an earlier
        one's), `paragraphs`, `sentences`, `tokens` (words and numbers), `types` (distinct case-folded words and
        numbers), `removed_tokens` (words and numbers that cleaning took out) (int64), `first_date`, `last_date`
        (str; empty where no document states one).

    Raises
    ------
    CorpusError
        `by` is not a column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Warga senang!"]})
    >>> kit.describe_corpus(kit.Corpus.from_frame(frame))[["documents", "sentences", "tokens", "types"]]
       documents  sentences  tokens  types
    0          1          2       4      4

    """
    parts = [] if by is None else list(corpus.split(by).items())
    rows = [_count(name, part) for name, part in [*parts, (_TOTAL, corpus)]]
    table = pd.DataFrame(rows).astype({"part": "str", "first_date": "str", "last_date": "str"})
    table.attrs = corpus.about(unit="document")
    return table


def describe_removed(corpus: Corpus) -> pd.DataFrame:
    r"""Count what cleaning took out, by the rule that recognised it.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    DataFrame
        `rule` (str), `documents`, `passages`, `tokens` (words and numbers of the passages) (int64), `share` (float64,
        of all words and numbers read, kept and removed). Falling `tokens`, then `rule`.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Warga dilayani.\nBaca Juga: Judul Lain"]})
    >>> kit.describe_removed(kit.Corpus.from_frame(frame))
             rule  documents  passages  tokens     share
    0  cross_link          1         1       4  0.666667

    """
    removed = corpus.removed
    counted = removed.assign(tokens=_words(removed["text"]))
    table = (
        counted.groupby("rule", sort=True)
        .agg(documents=("doc", "nunique"), passages=("doc", "size"), tokens=("tokens", "sum"))
        .astype("int64")
        .reset_index()
        .sort_values(["tokens", "rule"], ascending=[False, True], ignore_index=True)
    )
    read = int(corpus.counted.sum() + counted["tokens"].sum())
    table["share"] = table["tokens"] / read if read else np.zeros(len(table))
    table.attrs = corpus.about(unit="passage", denominator="words and numbers read")
    return table


def list_removed(corpus: Corpus) -> pd.DataFrame:
    r"""List every passage that cleaning took out.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    DataFrame, one row per passage
        `doc_id`, `rule`, `text` (str), `raw_start`, `raw_end` (int32, code points of the decoded file). By document
        and place.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Warga dilayani.\nBaca Juga: Judul Lain"]})
    >>> kit.list_removed(kit.Corpus.from_frame(frame))[["doc_id", "rule", "raw_start"]]
      doc_id        rule  raw_start
    0      a  cross_link         16

    """
    removed = corpus.removed
    doc_id = corpus.documents["doc_id"].iloc[removed["doc"]].reset_index(drop=True)
    table = removed[["rule", "text", "raw_start", "raw_end"]].copy()
    table.insert(0, "doc_id", doc_id)
    table.attrs = corpus.about(unit="passage")
    return table


def _count(name: str, corpus: Corpus) -> dict[str, str | int]:
    """Count one part of a corpus."""
    documents, sentences = corpus.documents, corpus.sentences
    dates = sorted(date for date in documents["date"] if date)
    return {
        "part": name,
        "documents": len(corpus),
        "copies": int((documents["copy_of"] != "").sum()),
        "paragraphs": len(sentences[["doc", "paragraph"]].drop_duplicates()),
        "sentences": len(sentences),
        "tokens": int(corpus.counted.sum()),
        "types": sum(kind in COUNTED for kind in corpus.index.kinds),
        "removed_tokens": int(_words(corpus.removed["text"]).sum()),
        "first_date": dates[0] if dates else "",
        "last_date": dates[-1] if dates else "",
    }


def _words(texts: pd.Series) -> npt.NDArray[np.int64]:
    """Count the words and numbers of each text."""
    counts = [sum(kind_of(text[start:end]) in COUNTED for start, end in spans(text)) for text in texts]
    return np.array(counts, np.int64)
