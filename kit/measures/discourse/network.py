"""Networks of actors and concepts, made of who agrees with what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from kit.corpus.calls import recorded
from kit.discourse.statements_table import statements_table
from kit.errors import QueryError
from kit.measures.discourse.counting import Counted, Duplicates, Window, counted, of_table, periods
from kit.measures.discourse.result import DiscourseNetwork
from kit.measures.discourse.weights import (
    AGREES,
    OBJECTS,
    ONE_MODE,
    ONE_MODE_DIVISORS,
    SILENT,
    TWO_MODE,
    TWO_MODE_DIVISORS,
    Floats,
    one_mode,
    two_mode,
)
from kit.measures.uncertainty import minimum
from kit.measures.uncertainty.intervals import percentile
from kit.measures.uncertainty.resampling import weights
from kit.wording.words import remark

Mode = Literal["one", "two"]
Agreement = Literal["ignore", "congruence", "conflict", "subtract", "combine"]
Missing = Literal["drop", "level"]
#: Stories below which an edge is marked.
FEW = 15
#: Stories from which on an edge has an interval: from there on the intervals hold the truth in 93 of 100 simulated
#: corpora or more, in the worst setting; divided by the others they do at no number.
INTERVAL = 50
UNCOVERED = ("jaccard_dna", "cosine")
_LEVEL = 0.95
#: At whose ranks the intervals are cut, for at those of 95 % they hold the truth in 90 to 93 of 100 (Loh 1987).
NOMINAL = 0.97


@recorded(nodes=["window", "kind", "name"], edges=["window", "source", "target"], statements=["statement"])
def discourse_network(
    statements: pd.DataFrame,
    *,
    rows: str = "organisation",
    columns: str = "concept",
    mode: Mode = "one",
    agreement: Agreement = "subtract",
    normalise: str = "none",
    duplicates: Duplicates = "all",
    missing: Missing | None = None,
    window: Window | None = None,
    most: int | None = None,
    resamples: int = 1_000,
    seed: int = 0,
) -> DiscourseNetwork:
    """Tie actors to each other by the concepts they share, or to the concepts.

    Parameters
    ----------
    statements : DataFrame
        One row per statement, from `kit.read_statements` or made by hand: `doc_id`, `concept`, `agreement` (1, -1 or
        missing), and the columns that `rows` and `columns` name; `date`, `copy_of` and others where known.
    rows, columns : str
        Columns of the statements: who is tied (`organisation`, `speaker_id`), by what (`concept`).
    mode : {"one", "two"}
        Rows with rows, or rows with columns.
    agreement : {"ignore", "congruence", "conflict", "subtract", "combine"}
        With x statements of the one and y of the other on concept j at level k, the weight is of ``ignore``
        Σⱼ(Σₖx)(Σₖy), of ``congruence`` Σⱼₖxy, of ``conflict`` Σⱼ(x₊y₋ + x₋y₊), of ``subtract`` the difference of the
        two. Of two modes ``ignore`` counts statements, ``subtract`` takes those that object off those that agree, and
        ``combine`` says which occur: 1 agrees, 2 objects, 4 takes no stance, and their sums.
    normalise : str
        What the weight is divided by. One mode: ``none``, ``average``, ``jaccard_dna``, ``totals_product`` or
        ``cosine``; two modes: ``none``, ``activity`` (all statements of the row), ``prominence`` (of the column).
        `kit.describe_measure` has their cards.
    duplicates : {"all", "document", "week", "month", "year", "once"}
        Count every statement, or the first with its row, column and agreement in each document, week (ISO 8601), month
        or year, or ever.
    missing : {"drop", "level"}, optional
        Leave statements without agreement out, or count them as a level of their own. Left out: a level where agreement
        is ignored, dropped elsewhere.
    window : {"week", "month", "year"}, optional
        Make one network for each stretch of time, as of its statements alone; undated statements are left out.
    most : int, optional
        Keep only so many rows: those with the most statements that count (in each window), ties by name. A network of
        one mode weighs every pair of rows, which of ten thousand speakers are fifty million.
    resamples : int
        How often stories are drawn with replacement for the intervals; 0 for none.
    seed : int
        Seed of the draws.

    Returns
    -------
    DiscourseNetwork

    Raises
    ------
    QueryError
        A column is not there, or an option is none of its values, or does not go with the mode.

    Notes
    -----
    A document that is a copy of another in the table (`copy_of`) is left out: a story counts once. Remarks say how
    many statements were left out, and why. Resampling a story draws all its statements, so that a weight of pairs
    from one story varies as their square. The 95 % interval is cut at the ranks of a percentile interval of 97 %
    (calibration, Loh 1987), and printed where simulations (``benchmarks/network_coverage.md``) showed it to hold the
    truth: of edges on 50 stories or more, and of no weight divided by ``jaccard_dna`` or ``cosine``; else the cells
    are empty and a remark says why.

    References
    ----------
    Leifeld, P. 2017. Discourse network analysis: policy debates as dynamic networks. In The Oxford Handbook of
    Political Networks, 301-325.
    Loh, W.-Y. 1987. Calibrating confidence coefficients. Journal of the American Statistical Association 82, 155-162.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> said = [("d1", "Dinas", 1), ("d1", "LSM", -1), ("d2", "Dinas", 1), ("d2", "DPRD", 1)]
    >>> statements = pd.DataFrame(said, columns=["doc_id", "organisation", "agreement"]).assign(concept="anggaran")
    >>> network = kit.discourse_network(statements)
    >>> network.edges[["source", "target", "weight", "pairs", "stories", "few_stories"]]
      source target  weight  pairs  stories  few_stories
    0   DPRD  Dinas     2.0      2        2         True
    1   DPRD    LSM    -1.0      1        2         True
    2  Dinas    LSM    -2.0      2        2         True

    """
    options = {"mode": mode, "agreement": agreement, "normalise": normalise, "duplicates": duplicates}
    _check(options | {"missing": missing, "window": window})
    if most is not None and most < 1:
        raise QueryError(f"most = {most!r}", place="discourse_network", remedy="take at least 1, or leave it out")
    if resamples:
        minimum.check(_LEVEL, resamples)
    table = statements_table(statements)
    keep = missing == "level" or (missing is None and agreement == "ignore")
    if window is not None:
        stretch = periods(table, window)
        dated = ~stretch.str.startswith("document ")
        left = [remark("discourse_network.no_window", n=int((~dated).sum()))] if not dated.all() else []
        table = table.assign(window=stretch)[dated].reset_index(names="given")
        parts = [(str(name), part) for name, part in table.groupby("window", sort=True)]
    else:
        left = []
        parts = [("", table.assign(window="").reset_index(names="given"))]
    frames: list[tuple[pd.DataFrame, ...]] = []
    for name, part in parts:
        own = part.drop(columns="given").reset_index(drop=True)
        used, remarks = counted(own, rows=rows, columns=columns, duplicates=duplicates, keep_silent=keep, most=most)
        given = part["given"].to_numpy(np.int64)[used.statements["statement"].to_numpy()]
        used.statements["statement"] = given
        made = _nodes(used, mode), _edges(used, mode, agreement, normalise, resamples, seed), used.statements
        frames.append(tuple(_headed(frame, name) for frame in made))
        left += [one for one in remarks if one not in left]
    if not frames:
        empty = of_table(table.assign(story="").drop(columns="given"), rows, columns)
        made = _nodes(empty, mode), _edges(empty, mode, agreement, normalise, 0, seed), empty.statements
        frames = [tuple(_headed(frame, "") for frame in made)]
    nodes, edges, kept = (pd.concat(part, ignore_index=True) for part in zip(*frames, strict=True))
    if len(edges) and edges["few_stories"].any():
        left.append(remark("discourse_network.few", n=int(edges["few_stories"].sum()), least=FEW))
    if resamples and len(edges) and agreement != "combine":
        if normalise in UNCOVERED:
            left.append(remark("discourse_network.uncovered", divisor=normalise))
        elif (edges["stories"] < INTERVAL).any():
            n = int((edges["stories"] < INTERVAL).sum())
            left.append(remark("discourse_network.no_interval", n=n, least=INTERVAL))
    about = {name: statements.attrs[name] for name in _ABOUT if name in statements.attrs}
    left = [*statements.attrs.get("remarks", ()), *left]
    variant = remark(f"discourse_network.weight.{mode}.{agreement}")
    if normalise != "none":
        divided = remark(f"discourse_network.divided.{normalise}")
        variant = remark("discourse_network.weight_divided", weight=variant, divided=divided)
    attrs = about | {"unit": "statement", "variant": variant} | ({"remarks": left} if left else {})
    for frame in (nodes, edges, kept):
        frame.attrs = dict(attrs)
    settings = options | {"rows": rows, "columns": columns, "window": window or ""}
    return DiscourseNetwork(nodes, edges, kept, settings, attrs)


_ABOUT = ("documents", "sentences", "tokens", "fingerprint", "simulated", "codebook")


def _headed(frame: pd.DataFrame, window: str) -> pd.DataFrame:
    """Put the stretch of time first."""
    frame = frame.drop(columns="window", errors="ignore")
    frame.insert(0, "window", pd.array([window] * len(frame), dtype="str"))
    return frame


def _check(given: dict[str, str | None]) -> None:
    """Refuse options that are none of their values, or do not go together."""
    one = given["mode"] == "one"
    allowed: dict[str, tuple[str | None, ...]] = {
        "mode": get_args(Mode),
        "agreement": tuple(ONE_MODE if one else TWO_MODE),
        "normalise": tuple(ONE_MODE_DIVISORS if one else TWO_MODE_DIVISORS),
        "duplicates": get_args(Duplicates),
        "missing": (None, *get_args(Missing)),
        "window": (None, *get_args(Window)),
    }
    for name, values in allowed.items():
        if given[name] not in values:
            which = f' with mode="{given["mode"]}"' if name in ("agreement", "normalise") else ""
            remedy = "use one of " + ", ".join(str(value) for value in values)
            raise QueryError(f"{name} = {given[name]!r}{which}", place="discourse_network", remedy=remedy)
    if given["agreement"] == "combine" and given["normalise"] != "none":
        remedy = 'leave normalise out: the weights of "combine" are codes, no numbers'
        raise QueryError(f"normalise = {given['normalise']!r}", place="discourse_network", remedy=remedy)


def _nodes(used: Counted, mode: Mode) -> pd.DataFrame:
    """Count the statements of each row, and of two modes of each column."""
    counts = used.counts()
    kinds = [("row", used.rows, used.row, counts.sum(axis=1))]
    if mode == "two":
        kinds.append(("column", used.columns, used.column, counts.sum(axis=0)))
    frames = []
    for kind, names, place, by_level in kinds:
        stories = np.unique(np.stack([place, used.story]), axis=1)[0]
        levels = by_level.astype(np.int64).reshape(-1, 3)
        about = {"name": pd.array(names, dtype="str"), "kind": pd.array([kind] * len(names), dtype="str")}
        about |= {"statements": levels.sum(axis=1), "agrees": levels[:, AGREES], "objects": levels[:, OBJECTS]}
        about |= {"silent": levels[:, SILENT], "stories": np.bincount(stories, minlength=len(names)).astype(np.int64)}
        frames.append(pd.DataFrame(about))
    return pd.concat(frames, ignore_index=True)


def _edges(used: Counted, mode: Mode, agreement: str, normalise: str, resamples: int, seed: int) -> pd.DataFrame:
    """List the pairs that share something, with weight, interval, and what is behind them."""

    def weigh(counts: Floats) -> Floats:
        return (one_mode if mode == "one" else two_mode)(counts, agreement, normalise)

    counts = used.counts()
    if mode == "one":
        behind = {"pairs": "ignore", "congruent": "congruence", "conflicting": "conflict"}
        found = {name: ONE_MODE[way](counts) for name, way in behind.items()}
        source, target = np.nonzero(np.triu(found["pairs"], 1))
        names = used.rows, used.rows
    else:
        found = {"pairs": counts.sum(axis=2), "congruent": counts[:, :, AGREES], "conflicting": counts[:, :, OBJECTS]}
        source, target = np.nonzero(found["pairs"])
        names = used.rows, used.columns
    stories = _stories_behind(used, mode, source, target)
    few = stories < FEW
    table = pd.DataFrame(
        {
            "source": pd.array([names[0][row] for row in source], dtype="str"),
            "target": pd.array([names[1][row] for row in target], dtype="str"),
            "weight": weigh(counts)[source, target],
            "low": np.nan,
            "high": np.nan,
            **{name: values[source, target].astype(np.int64) for name, values in found.items()},
            "stories": stories,
            "few_stories": few,
        }
    )
    enough = (stories >= INTERVAL) & (normalise not in UNCOVERED) & (agreement != "combine")
    if resamples and enough.any():
        drawn = [weigh(counts)[source[enough], target[enough]] for counts in _resampled(used, resamples, seed)]
        table.loc[enough, "low"], table.loc[enough, "high"] = percentile(np.array(drawn).T, NOMINAL)
    return table


def _resampled(used: Counted, resamples: int, seed: int) -> Iterator[Floats]:
    """Yield the counts of each resample of stories."""
    for block in weights(used.stories, resamples, seed):
        for weight in block.T:
            yield used.counts(weight.astype(np.float64))


def _stories_behind(used: Counted, mode: Mode, source: Any, target: Any) -> Any:
    """Count the stories with a statement that is in a pair of statements of two rows, or of a row and a column."""
    told: dict[tuple[int, int], set[int]] = {}
    for row, column, story in zip(used.row.tolist(), used.column.tolist(), used.story.tolist(), strict=True):
        told.setdefault((row, column), set()).add(story)
    if mode == "two":
        pairs = zip(source.tolist(), target.tolist(), strict=True)
        return np.array([len(told[pair]) for pair in pairs], np.int64)
    concepts: dict[int, set[int]] = {}
    for row, column in told:
        concepts.setdefault(row, set()).add(column)
    found = [
        len(set().union(*(told[end, column] for column in concepts[one] & concepts[other] for end in (one, other))))
        for one, other in zip(source.tolist(), target.tolist(), strict=True)
    ]
    return np.array(found, np.int64)
