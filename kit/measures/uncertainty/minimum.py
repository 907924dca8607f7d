"""How many stories an interval needs: the smallest numbers at which its coverage was shown to hold.

The numbers are those of ``benchmarks/coverage.md``, where 2,000 corpora of overdispersed documents were simulated for
each shape of counts found in news and speeches. From `STORIES` stories with the item on, 95 % intervals covered the
truth in 93-97 % of corpora in every shape (but for two Monte Carlo standard errors). The t interval on logarithms
needs 15; bootstraps need many more, because resamples of few, uneven documents are less skewed than the truth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.errors import QueryError
from kit.wording.words import Remark, remark

#: Stories that must hold the item, by method; a sample of fewer stories has no interval of any item.
STORIES: Mapping[str, int] = {"log_t": 15, "bca": 150, "percentile": 250}
#: Resamples below which the ends of a 95 % interval are noise.
RESAMPLES = 200


def variant(method: str, level: float, resamples: int = 0, seed: int = 0) -> Remark:
    """Say how the intervals were made."""
    drawn = {} if method == "log_t" else {"resamples": resamples, "seed": seed}
    return remark(f"intervals.variant.{method}", percent=100 * level, **drawn)


def remarks(least: int, rare: int, few: Sequence[tuple[Remark | str, int]], *, copies: bool) -> list[Remark]:
    """Say which intervals are missing and why."""
    found = [remark("intervals.stories")] if copies else []
    for name, stories in few:
        found.append(remark("intervals.few", where=name, stories=stories, least=least))
    if rare:
        found.append(remark("intervals.rare", n=rare, least=least))
    return found


def check(level: float, resamples: int | None = None) -> None:
    """Refuse a level or a number of resamples that makes no interval."""
    if not 0.5 < level < 1:
        raise QueryError(f"level = {level!r}", remedy="give the share that intervals cover, such as 0.95")
    if resamples is not None and resamples < max(RESAMPLES, 10 / (1 - level)):
        raise QueryError(
            f"resamples = {resamples!r}",
            remedy=f"take at least {max(RESAMPLES, round(10 / (1 - level)))}, or leave it out",
        )
