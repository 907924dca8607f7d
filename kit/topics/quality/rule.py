"""The rule by which a number of topics is recommended, or none.

1. *Null.* A number of topics has structure if its stability, the mean likeness of its topics over resamples, is above
   what null data reach: the upper prediction bound for one more value, from the mean and the standard deviation of the
   null runs (Student's t on Fisher's z), at a level of 1 % for all numbers of topics together (Bonferroni). If none
   has, there is no stable structure, and none is recommended.
2. *Excess.* Stability falls short of 1 by (1 - stability); by how much of what chance leaves open it is above the null,
   (stability - null) / (1 - null), can be compared between numbers of topics.
3. *One standard error.* Of the numbers with structure whose excess is within one standard error of the largest, the
   smallest is recommended (the rule of Breiman et al. 1984 for trees).

That is a cautious number. Where detail matters more, `finest` gives the largest number whose topics all have support;
in planted corpora it is the planted number or one more.

A topic has support if its own stability is above the bound, at 5 %, of the most stable topic of null data; that holds
for all topics of a model together.

References
----------
Breiman, L., Friedman, J. H., Olshen, R. A. & Stone, C. J. 1984. Classification and regression trees. Section 3.4.3.
Greene, D., O'Callaghan, D. & Cunningham, P. 2014. How many topics? Stability analysis for topic models. ECML, 498-513.
Lange, T., Roth, V., Braun, M. L. & Buhmann, J. M. 2004. Stability-based validation of clustering solutions. Neural
Computation 16, 1299-1323.

"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

#: Chance of calling data without structure structured, over all numbers of topics that were tried.
LEVEL = 0.01
#: Chance that a model of data without structure has any topic with support.
TOPIC_LEVEL = 0.05
#: Null runs that a bound needs.
FEWEST_NULLS = 5
_DECIMALS = 9
_NEARLY_1 = 1 - 1e-9


def bound(null: npt.ArrayLike, level: float) -> float:
    """Return the upper prediction bound for one more value of null data.

    tanh(m + t s √(1 + 1/n)), m and s the mean and standard deviation of artanh of the values (Fisher's z, which
    keeps the bound below 1), t the 1 - level quantile of Student's t with n - 1 degrees of freedom; 9 decimals;
    missing (nan) with fewer than 5 values.
    """
    values = [math.atanh(min(float(value), _NEARLY_1)) for value in np.asarray(null, np.float64)]
    n = len(values)
    if n < FEWEST_NULLS:
        return math.nan
    mean = math.fsum(values) / n
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    t = float(special.stdtrit(n - 1, 1 - level))
    return round(math.tanh(mean + t * spread * math.sqrt(1 + 1 / n)), _DECIMALS)


def recommended(table: pd.DataFrame) -> int | None:
    """Choose a number of topics."""
    known = table.dropna(subset=["stability", "stability_error", "null_stability", "null_bound", "excess"])
    passing = known[known["stability"] > known["null_bound"]]
    if passing.empty:
        return None
    best = passing.loc[passing["excess"].idxmax()]
    # The error of the stability, in the measure of the excess; 1e-9 is the last decimal of both.
    error = float(best["stability_error"]) / (1 - float(best["null_stability"]))
    near = passing["excess"] >= float(best["excess"]) - error - 1e-9
    return int(passing.loc[near, "n_topics"].iloc[0])


def finest(table: pd.DataFrame) -> int | None:
    """Return the largest number of topics, with structure, whose topics all have support."""
    whole = (table["stability"] > table["null_bound"]) & (table["supported"] == table["n_topics"]).fillna(value=False)
    numbers = table.loc[whole, "n_topics"]
    return None if numbers.empty else int(numbers.max())
