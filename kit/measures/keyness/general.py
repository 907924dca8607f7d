"""General Indonesian as a reference: the word list of the wordfreq package.

The list is by Robyn Speer (wordfreq 3, 2022): shares of all words in Wikipedia, film subtitles and Twitter up to about
2021, averaged over these sources and rounded to a hundredth of a power of ten (1.2 %). The package's code is under the
Apache License 2.0, its data under CC BY-SA 4.0. It cuts words at hyphens, folds digits to 0, and leaves out what is
rarer than once in a million words.
"""

from __future__ import annotations

import functools
import importlib.metadata

import numpy as np

from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.measures.keyness.frequency_list import FrequencyList
from kit.wording.words import remark


@recorded()
@functools.cache
def general_indonesian() -> FrequencyList:
    """Return the frequencies of general Indonesian, as a reference for `kit.keyness`.

    Returns
    -------
    FrequencyList
        Case-folded forms with rates but no counts, so there are effect sizes but no tests of 2 × 2 tables. A form that
        is not listed has at most the rate of the rarest listed form (about 1 per million): its effect is a lower bound,
        not infinite. Sorted by falling rate, then form. Forms with digits are not listed.

    Raises
    ------
    QueryError
        The package wordfreq is not installed.

    Notes
    -----
    The list comes from encyclopedias, films and short messages, not from news. Compared with it, any news text has many
    words of reporting (*ujar*, *kata*) and of administration. To see what is particular to your articles, compare them
    with other news.

    References
    ----------
    Speer, R. 2022. rspeer/wordfreq: v3.0. Zenodo. doi:10.5281/zenodo.7199437

    """
    try:
        from wordfreq import get_frequency_dict  # noqa: PLC0415 - only this function needs it
    except ImportError as error:
        raise QueryError(
            "the list of general Indonesian is not installed",
            remedy="install the package wordfreq (pip install wordfreq), or pass another reference to kit.keyness",
        ) from error
    shares = get_frequency_dict("id", "small")
    rarest = min(shares.values())
    kept = {form: share for form, share in shares.items() if not any(character.isdigit() for character in form)}
    order = sorted(kept, key=lambda form: (-kept[form], form))
    return FrequencyList(
        items=tuple(order),
        per_million=np.array([kept[form] for form in order], np.float64) * 1e6,
        count=None,
        documents=None,
        size=None,
        floor=rarest * 1e6,
        name=remark("keyness.general", version=importlib.metadata.version("wordfreq"), forms=len(shares)),
        parts=True,
    )
