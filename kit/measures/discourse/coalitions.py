"""Coalitions: who agrees with whom more than chance lets agreement fall together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.measures.discourse.counting import Counted, of_table
from kit.measures.discourse.result import DiscourseNetwork
from kit.measures.discourse.weights import AGREES, OBJECTS, Floats, subtract
from kit.wording.words import remark

#: Largest share of permutations that part the actors as well or better, for coalitions to be shown.
LEVEL = 0.05
_FEWEST = 99  # permutations


@dataclass(frozen=True, eq=False)
class Coalitions:
    """Groups of actors who agree, if there are any, and what each stands for.

    Attributes
    ----------
    members : DataFrame, one row per row of the network
        `coalition` (Int64; from 1, the largest first; missing of who is in none), `name` (str), `statements` (int64;
        that agree or object), `within`, `across` (int64; pairs of statements that agree less pairs that conflict, with
        the others of the coalition, and with everybody else). Sorted by coalition, then name.
    concepts : DataFrame, one row per coalition and concept it speaks of
        `coalition` (Int64), `concept` (str), `agrees`, `objects` (int64; statements), `net_share` (float64; their
        difference by their sum, -1 to 1). Sorted by coalition, falling number of statements, concept.
    test : DataFrame, one row
        `observed` (int64; `within` less `across`, each pair once), `null_95` (float64; of the permutations), `p`
        (float64), `permutations`, `coalitions` (int64; shown).
    attrs : dict
        The facts that a reader needs; the tables carry them too.

    """

    members: pd.DataFrame
    concepts: pd.DataFrame
    test: pd.DataFrame
    attrs: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Say how many there are, and how sure that is."""
        row = self.test.iloc[0]
        return f"<Coalitions: {row['coalitions']}, p = {row['p']:.3g}>"


@recorded(members=["name"], concepts=["coalition", "concept"], test=["permutations"])
def find_coalitions(network: DiscourseNetwork, *, permutations: int = 999, seed: int = 0) -> Coalitions:
    """Part the rows of a network into those who agree, if they do so more than by chance.

    Parameters
    ----------
    network : DiscourseNetwork
        Without windows, of one mode or two.
    permutations : int
        How often agreement is dealt out anew.
    seed : int
        Seed of the permutations.

    Returns
    -------
    Coalitions
        Without coalitions where permutations part the actors as well in more than 5 % of cases; a remark says so.

    Raises
    ------
    QueryError
        The network has windows, or there are fewer than 99 permutations.

    Notes
    -----
    Two groups are joined as long as their members agree with each other more than they conflict (the sum of
    ``agreement="subtract"`` over their pairs is above 0), the two that agree most first; what is left alone is in no
    coalition. With many actors this takes long: a network of the `most` outspoken parts them in time. Observed is the
    sum over pairs inside groups less that over pairs of different groups. Under the null every actor says as much of
    each concept, and agreement is dealt out anew among the statements on a concept: p = (1 + permutations that reach
    the observed sum) / (1 + all). Statements of one story are dealt out apart, so that p is too small where stories
    repeat themselves: count duplicates once in a document.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> sides = [("A", 1), ("B", -1)]
    >>> said = [(f"d{n}", f"{side} {n % 3}", f"c{n % 5}", sign) for n in range(30) for side, sign in sides]
    >>> statements = pd.DataFrame(said, columns=["doc_id", "organisation", "concept", "agreement"])
    >>> found = kit.find_coalitions(kit.discourse_network(statements, resamples=0), permutations=99)
    >>> found.members[["coalition", "name"]].groupby("coalition")["name"].agg(", ".join).tolist()
    ['A 0, A 1, A 2', 'B 0, B 1, B 2']

    """
    if network.settings["window"]:
        remedy = "make the network without window, or of the statements of one"
        raise QueryError("the network has windows", place="find_coalitions", remedy=remedy)
    if permutations < _FEWEST:
        raise QueryError(f"permutations = {permutations!r}", place="find_coalitions", remedy=f"take at least {_FEWEST}")
    said = network.statements[network.statements["agreement"].notna()]
    used = of_table(said, network.settings["rows"], network.settings["columns"])
    ties = _ties(used.counts())
    groups = _parted(ties)
    observed = _score(ties, groups)
    null = _null(used, permutations, seed)
    p = (1 + int((null >= observed).sum())) / (1 + permutations)
    shown = p <= LEVEL
    number = _numbered(groups) if shown else np.zeros(len(groups), np.int64)
    members, concepts = _members(used, ties, number), _concepts(used, number)
    about = {"observed": [int(observed)], "null_95": [float(np.quantile(null, 0.95, method="higher"))], "p": [p]}
    about |= {"permutations": [permutations], "coalitions": [int(number.max(initial=0))]}
    attrs = {name: value for name, value in network.attrs.items() if name not in ("call", "rows")}
    key = "coalitions" if number.any() else "no_coalitions"
    told = [*network.attrs.get("remarks", ()), remark(f"discourse_network.{key}", p=p, permutations=permutations)]
    attrs |= {"remarks": told}
    test = pd.DataFrame(about)
    for frame in (members, concepts, test):
        frame.attrs = dict(attrs)
    return Coalitions(members, concepts, test, attrs)


def _ties(counts: Floats) -> Floats:
    """Return agreement less conflict of each pair of rows, nothing on the diagonal."""
    ties = subtract(counts[:, :, [AGREES, OBJECTS]])
    np.fill_diagonal(ties, 0)
    return ties


def _parted(ties: Floats) -> npt.NDArray[np.int64]:
    """Join the two groups that agree most, as long as two agree; return the group of each row.

    Of pairs that agree as much the first is joined. What each group has at most with a later one is kept from one step
    to the next, and looked for again only where it was with one of the two that are joined.
    """
    group = np.arange(len(ties), dtype=np.int64)
    between = ties.copy()
    later = np.triu(np.ones(between.shape, bool), 1)
    upper = np.where(later, between, -np.inf)
    most = upper.max(axis=1, initial=-np.inf)
    while len(ties) > 1:
        one = int(np.argmax(most))
        if most[one] <= 0:
            break
        other = int(np.argmax(upper[one]))
        group[group == other] = one
        lost = (np.maximum(upper[:, one], upper[:, other]) >= most) & (most > -np.inf)
        between[one] += between[other]
        between[:, one] = between[one]
        between[one, one] = 0
        later[other] = later[:, other] = False
        upper[one] = np.where(later[one], between[one], -np.inf)
        upper[:, one] = np.where(later[:, one], between[:, one], -np.inf)
        upper[other] = upper[:, other] = most[other] = -np.inf
        most = np.maximum(most, upper[:, one])
        again = np.append(np.flatnonzero(lost), one)
        most[again] = upper[again].max(axis=1)
    return group


def _score(ties: Floats, group: npt.NDArray[np.int64]) -> float:
    """Return agreement inside groups less agreement between them, each pair once."""
    same = group[:, None] == group[None, :]
    return float(np.where(same, ties, -ties).sum() / 2)


def _null(used: Counted, permutations: int, seed: int) -> Floats:
    """Return the scores where agreement is dealt out anew among the statements on each concept."""
    generator = np.random.Generator(np.random.PCG64(seed))
    shape = len(used.rows), len(used.columns), 3
    order = np.argsort(used.column, kind="stable")
    column, row, level = used.column[order], used.row[order], used.level[order]
    scores = np.empty(permutations)
    for number in range(permutations):
        dealt = level[np.lexsort((generator.random(len(level)), column))]
        place = np.ravel_multi_index((row, column, dealt), shape)
        counts = np.bincount(place, minlength=int(np.prod(shape))).astype(np.float64).reshape(shape)
        ties = _ties(counts)
        scores[number] = _score(ties, _parted(ties))
    return scores


def _numbered(group: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give numbers to the groups of two and more from 1, the largest first, then as they stand; 0 for those alone."""
    names, sizes = np.unique(group, return_counts=True)
    large = [(-size, name) for name, size in zip(names.tolist(), sizes.tolist(), strict=True) if size > 1]
    number = {name: place for place, (_, name) in enumerate(sorted(large), start=1)}
    return np.array([number.get(name, 0) for name in group.tolist()], np.int64)


def _members(used: Counted, ties: Floats, number: npt.NDArray[np.int64]) -> pd.DataFrame:
    """List the rows with their coalitions."""
    same = (number[:, None] == number[None, :]) & (number > 0)[:, None]
    table = pd.DataFrame(
        {
            "coalition": pd.array(np.where(number > 0, number, 0), dtype="Int64"),
            "name": pd.array(used.rows, dtype="str"),
            "statements": np.bincount(used.row, minlength=len(used.rows)).astype(np.int64),
            "within": np.where(same, ties, 0).sum(axis=1).astype(np.int64),
            "across": np.where(same, 0, ties).sum(axis=1).astype(np.int64),
        }
    )
    table["coalition"] = table["coalition"].mask(table["coalition"] == 0)
    return table.sort_values(["coalition", "name"], na_position="last", ignore_index=True)


def _concepts(used: Counted, number: npt.NDArray[np.int64]) -> pd.DataFrame:
    """List what each coalition speaks of, for and against."""
    counts = used.counts()
    rows: list[tuple[int, str, int, int]] = []
    for coalition in range(1, int(number.max(initial=0)) + 1):
        by_concept = counts[number == coalition].sum(axis=0)
        for name, (agrees, objects, _) in zip(used.columns, by_concept.astype(np.int64).tolist(), strict=True):
            if agrees + objects:
                rows.append((coalition, name, agrees, objects))
    table = pd.DataFrame(rows, columns=["coalition", "concept", "agrees", "objects"])
    table = table.astype({"coalition": "Int64", "concept": "str", "agrees": "int64", "objects": "int64"})
    said = table["agrees"] + table["objects"]
    table["net_share"] = ((table["agrees"] - table["objects"]) / said).astype("float64")
    order = table.assign(said=-said).sort_values(["coalition", "said", "concept"]).index
    return table.loc[order].reset_index(drop=True)
