"""Who cites whom: quotations inside quotations, with the speaker who cites."""

from __future__ import annotations

import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.spans import check_passages
from kit.parts.summaries import AnyCorpus

_NEEDED = ("doc_id", "quotation", "parent", "start", "end", "cue_start", "cue_end", "speaker", "speaker_id")
_TEXTS = ("citing", "citing_id")


@recorded("doc_id", "quotation")
def list_citations(corpus: AnyCorpus, quotations: pd.DataFrame) -> pd.DataFrame:
    """List who cites whom.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    quotations : DataFrame
        From `kit.find_quotations`, or from `kit.join_speakers`.

    Returns
    -------
    DataFrame, one row per quotation inside another
        `doc_id` (str), `doc`, `sentence`, `start`, `end`, `quotation` (int32), `cue_start`, `cue_end` (Int32),
        `citing`, `citing_id`, `speaker`, `speaker_id` (str; who cites, and who is cited; missing where the text does
        not say). Sorted as the quotations.
        Unit: the quotation.

    Raises
    ------
    QueryError
        The quotations are not of this corpus.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = '"Presiden menyampaikan bahwa daerah harus siap," kata Bupati Sari Dewi.'
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> kit.list_citations(corpus, kit.find_quotations(corpus))[["citing", "speaker"]]
          citing   speaker
    0  Sari Dewi  Presiden

    """
    remedy = "pass what kit.find_quotations(corpus) returned for this corpus"
    check_passages(corpus, quotations, columns=_NEEDED, name="quotations", remedy=remedy)
    inner = quotations[quotations["parent"].notna()].astype({"parent": "int32"})
    near = quotations["doc"].isin(inner["doc"])  # few documents have any: the others are not looked up
    outer = quotations.loc[near, ["doc_id", "quotation", "speaker", "speaker_id"]].rename(
        columns={"quotation": "parent", "speaker": "citing", "speaker_id": "citing_id"}
    )
    table = inner.merge(outer.astype({"parent": "int32"}), on=["doc_id", "parent"], how="left")
    place = ("doc_id", "doc", "sentence", "start", "end", "quotation", "cue_start", "cue_end")
    columns = [*place, *_TEXTS, "speaker", "speaker_id"]
    table = table[columns].astype(dict.fromkeys(_TEXTS, "str"))
    table.attrs = corpus.about(unit="quotation")
    return table
