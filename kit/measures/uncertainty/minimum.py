"""How many stories an interval needs: the only place where these numbers stand.

An interval that is printed only where many stories hold the item misses whenever an item got over that minimum by good
luck: of items expected in 8 of 60 stories, those seen in 15 or more have intervals all too high. A larger minimum moves
the fault to other items: in the worst case of ``benchmarks/printed_coverage.md`` 78 % of the intervals printed from 15
stories on cover, and 52 % of those printed from 30 on. From two stories on, the t interval on logarithms is wide where
few stories speak, and in each of 360 cases 93 % or more of the intervals printed cover (but for simulation error). What
is asked beside that is the size of the sample, which does not hang on the counts.

Bootstraps do not cover before 150 or 250 stories hold the item (``benchmarks/coverage.md``), and no minimum can heal
what they say of an item just above it: they are here because papers report them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.errors import QueryError
from kit.wording.words import Remark, remark

#: Stories that a sample needs, with the item or without; one of fewer has no interval and no test of any item.
SAMPLE = 15
#: Stories that must hold the item, by method of the interval.
STORIES: Mapping[str, int] = {"log_t": 2, "dispersion": 2, "bca": 150, "percentile": 250}
#: Stories with the item, of both sides together, for the normal approximation of the rank-sum test. Their sum tells
#: nothing of the difference, so that asking for it lets none through by luck.
RANKED = 15
#: Stories with the item from which the power of a planned study was shown to be what the plan says.
PLANNED = 15
#: Resamples below which the ends of a 95 % interval are noise.
RESAMPLES = 200


def sample(method: str) -> int:
    """Return how many stories a sample needs before any item in it can have an interval."""
    return max(SAMPLE, STORIES[method])


def variant(method: str, level: float, resamples: int = 0, seed: int = 0) -> Remark:
    """Say how the intervals were made."""
    drawn = {} if method == "log_t" else {"resamples": resamples, "seed": seed}
    return remark(f"intervals.variant.{method}", percent=100 * level, **drawn)


def remarks(method: str, rare: int, few: Sequence[tuple[Remark | str, int]], *, copies: bool) -> list[Remark]:
    """Say which intervals are missing and why."""
    found = [remark("intervals.stories")] if copies else []
    for name, stories in few:
        found.append(remark("intervals.few", where=name, stories=stories, least=sample(method)))
    if rare:
        found.append(remark("intervals.rare", n=rare, least=STORIES[method]))
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
