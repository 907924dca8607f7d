"""What documents are flagged for, and what helps."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from kit.corpus.calls import recorded
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.parts.tables import in_order
from kit.wording.words import say

_COLUMNS = ["doc_id", "flag", "problem", "text", "raw_start", "raw_end", "places", "remedy"]


@recorded("doc_id", "flag", "problem")
def list_flagged(corpus: AnyCorpus, *, language: Literal["en", "id"] = "en") -> pd.DataFrame:
    r"""List what documents are flagged for: damage, doubts of cleaning, another language.

    A flagged document is counted like any other.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    language : {"en", "id"}
        Of `problem` and `remedy`.

    Returns
    -------
    DataFrame, one row per document and kind of flag
        `doc_id`, `flag` (a name in ``documents.flags``), `problem`, `text` (the first place, with what stands round it)
        (str), `raw_start`, `raw_end` (int32, code points of the decoded file), `places` (int32, how many there are),
        `remedy` (str). By document and place.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Warga dilayani.,ASN senang.\nHalaman selanjutnya"]})
    >>> kit.list_flagged(kit.Corpus.from_frame(frame))[["doc_id", "flag", "raw_start", "places"]]
      doc_id          flag  raw_start  places
    0      a  damaged_text         15       1
    1      a     truncated         28       1

    """
    table: pd.DataFrame = reduce(corpus, _flagged, in_order)
    for name in ("problem", "remedy"):
        table[name] = pd.Series([say(f"flags.{kind}.{name}", language) for kind in table["kind"].tolist()], dtype="str")
    table = table[_COLUMNS]
    table.attrs = corpus.about(unit="flag")
    return table


def _flagged(part: Part) -> pd.DataFrame:
    """List the flags of a part."""
    flagged = part.corpus.flagged
    return part.out(flagged.assign(doc_id=part.corpus.documents["doc_id"].iloc[flagged["doc"]].reset_index(drop=True)))
