r"""Measures of how strongly two things attract each other, from tables of two by two.

Every function takes four numbers or arrays of one shape, named as in `kit.measures.counts.contingency`:

====== ==========================================
`o11`  both meet
`r1`   the collocate anywhere (first row's total)
`c1`   the node's side (first column's total)
`n`    the whole table
====== ==========================================

e11 = r1 · c1 / n is what chance alone gives. Where a table cannot be (a cell below zero), or one of the two does not
occur (r1 or c1 is zero), a result is NaN; each function says what it is where the two occur but never meet. All are
symmetric in r1 and c1 but the two ΔP. Other tools get other numbers from these formulas by other totals: KorAP's c1 is
window × occurrences of the node; Conc, and Rychlý's logDice, take the plain frequencies; NLTK takes plain frequencies
and, in a window, o11 / (window - 1).

References
----------
Bouma, G. 2009. Normalized (pointwise) mutual information in collocation extraction. GSCL, 31-40.
Church, K. W. and P. Hanks. 1990. Word association norms, mutual information, and lexicography. Computational
Linguistics 16, 22-29.
Church, K., W. Gale, P. Hanks and D. Hindle. 1991. Using statistics in lexical analysis. Lexical Acquisition, 115-164.
Daille, B. 1994. Approche mixte pour l'extraction automatique de terminologie. Thesis, Paris 7.
Dennis, S. F. 1965. The construction of a thesaurus automatically from a sample of text. (z-score)
Ellis, N. C. 2006. Language acquisition as rational contingency learning. Applied Linguistics 27, 1-24. (ΔP)
Evert, S. 2008. Corpora and collocations. Corpus Linguistics: An International Handbook, 1212-1248.
Gries, S. T. 2013. 50-something years of work on collocations. IJCL 18, 137-166.
Pedersen, T. and R. Bruce. 1996. What to infer from a description. Technical report 96-CSE-04. (minimum sensitivity)
Rychlý, P. 2008. A lexicographer-friendly association score. RASLAN, 6-9.
Smadja, F., K. R. McKeown and V. Hatzivassiloglou. 1996. Translating collocations. Computational Linguistics 22, 1-38.

"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from kit.measures.counts.contingency import Floats, cells, chi2, g2_4cell

Formula = Callable[[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike, npt.ArrayLike], Floats]


def pmi(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return pointwise mutual information in bits, log2(o11 / e11) (Church & Hanks 1990).

    Examples
    --------
    >>> pmi(20, 42, 20, 14307668).round(2).item()
    18.38

    """
    return _pmi(1, o11, r1, c1, n)


def pmi2(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return log2(o11² / e11) (Daille 1994): PMI with less favour for what is rare.

    Examples
    --------
    >>> pmi2(50, 50, 50, 1024).item()
    10.0

    """
    return _pmi(2, o11, r1, c1, n)


def pmi3(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return log2(o11³ / e11) (Daille 1994): it favours what is frequent.

    Examples
    --------
    >>> pmi3(4, 4, 4, 16).item()
    6.0

    """
    return _pmi(3, o11, r1, c1, n)


def npmi(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return PMI divided by its largest value, log2(o11 / e11) / log2(n / o11) (Bouma 2009).

    Examples
    --------
    >>> npmi([10, 1, 0], 10, 10, 100).tolist()
    [1.0, 0.0, -1.0]

    """
    both, _, _, total, _ = _table(o11, r1, c1, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = _pmi(1, o11, r1, c1, n) / np.log2(total / both)
    share = np.where(both == total, 1.0, np.clip(share, -1, 1))
    return np.where(both == 0, -1.0, share)


def t_score(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return (o11 - e11) / √o11 (Church et al. 1991).

    Examples
    --------
    >>> t_score(20, 42, 20, 14307668).round(4).item()
    4.4721

    """
    both, _, _, _, chance = _table(o11, r1, c1, n)
    with np.errstate(divide="ignore"):
        return np.asarray((both - chance) / np.sqrt(both))


def z_score(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return (o11 - e11) / √e11 (Dennis 1965), without continuity correction: Pearson's residual of the first cell.

    Examples
    --------
    >>> z_score(4, 14, 958, 138664).round(4).item()
    12.5506

    """
    both, _, _, _, chance = _table(o11, r1, c1, n)
    return np.asarray((both - chance) / np.sqrt(chance))


def log_dice(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return 14 + log2(2 · o11 / (r1 + c1)) (Rychlý 2008); `n` plays no part but to tell what cannot be.

    Examples
    --------
    >>> log_dice([50, 25], 50, 50, 1000).tolist()
    [14.0, 13.0]

    """
    with np.errstate(divide="ignore"):
        return np.asarray(14 + np.log2(dice(o11, r1, c1, n)))


def dice(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return 2 · o11 / (r1 + c1) (Smadja et al. 1996).

    Examples
    --------
    >>> dice(130, 3121, 143, 10**9).round(2).item()
    0.08

    """
    both, row, column, _, _ = _table(o11, r1, c1, n)
    return np.asarray(2 * both / (row + column))


def jaccard(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return o11 / (r1 + c1 - o11).

    Examples
    --------
    >>> jaccard(2, 4, 6, 100).item()
    0.25

    """
    both, row, column, _, _ = _table(o11, r1, c1, n)
    return np.asarray(both / (row + column - both))


def delta_p_collocate_given_node(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return o11 / c1 - (r1 - o11) / (n - c1): how much likelier the collocate is near the node than elsewhere.

    Examples
    --------
    *of course* (Gries 2013): what *of* tells about *course*, and *course* about *of*.

    >>> delta_p_collocate_given_node(5610, 7867, 174548, 10409868).round(3).item()
    0.032
    >>> delta_p_node_given_collocate(5610, 7867, 174548, 10409868).round(3).item()
    0.697

    """
    both, row, column, total, _ = _table(o11, r1, c1, n)
    with np.errstate(invalid="ignore"):
        return np.asarray(both / column - (row - both) / (total - column))


def delta_p_node_given_collocate(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return o11 / r1 - (c1 - o11) / (n - r1): how much likelier the node is near the collocate than near other words.

    Examples
    --------
    >>> delta_p_node_given_collocate(10, 10, 20, 110).item()
    0.9

    """
    return delta_p_collocate_given_node(o11, c1, r1, n)


def minimum_sensitivity(o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the smaller of o11 / r1 and o11 / c1 (Pedersen & Bruce 1996).

    Examples
    --------
    >>> minimum_sensitivity(17, 257, 1018, 1300000).round(6).item()
    0.016699

    """
    both, row, column, _, _ = _table(o11, r1, c1, n)
    return np.asarray(both / np.maximum(row, column))


#: The columns of a table of associations, in their order; G² is that of all four cells, χ² without correction.
MEASURES: dict[str, Formula] = {
    "log_dice": log_dice,
    "pmi": pmi,
    "npmi": npmi,
    "pmi2": pmi2,
    "pmi3": pmi3,
    "delta_p_collocate_given_node": delta_p_collocate_given_node,
    "delta_p_node_given_collocate": delta_p_node_given_collocate,
    "minimum_sensitivity": minimum_sensitivity,
    "dice": dice,
    "jaccard": jaccard,
    "t_score": t_score,
    "z_score": z_score,
    "g2": g2_4cell,
    "chi2": chi2,
}


def _table(
    o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return o11, r1, c1, n and e11 as arrays of one shape, NaN where a table cannot be or nothing can meet."""
    both, other, column_rest, _ = cells(o11, r1, c1, n)
    row, column = both + other, both + column_rest
    total = np.where((row > 0) & (column > 0), np.asarray(n, np.float64), np.nan)
    defined = np.where(np.isnan(total), np.nan, 1.0)
    return both * defined, row * defined, column * defined, total, row * (column / total)


def _pmi(power: int, o11: npt.ArrayLike, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return log2(o11 ** power / e11)."""
    both, _, _, _, chance = _table(o11, r1, c1, n)
    with np.errstate(divide="ignore"):
        return np.asarray(power * np.log2(both) - np.log2(chance))
