"""Which choice makes a result vary: its variance over all specifications, shared out to the choices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_NONE = 1e-12  # a variance below this, relative to the mean square, is rounding


def variance_shares(outcome: Floats, choices: int) -> Floats:
    """Share the variance of an outcome out to the choices.

    Parameters
    ----------
    outcome : float64 array, an axis per choice, then one of concepts
        The result under each specification: a full crossing, so the shares add up exactly.
    choices : int
        How many axes are choices.

    Returns
    -------
    float64 array, (choices + 1) × concepts
        The variance of the means of each choice's options, as a share of the variance over all specifications; last,
        what the choices do together beyond each alone (interactions). Missing where nothing varies. The analysis of
        variance of a crossed design; main effects are the first-order indices of Sobol' (1993).

    """
    axes = tuple(range(choices))
    total = outcome.var(axis=axes)
    main = np.stack([outcome.mean(axis=tuple(other for other in axes if other != axis)).var(axis=0) for axis in axes])
    varies = total > _NONE * np.square(outcome).mean(axis=axes)
    shares = np.divide(main, total, out=np.full_like(main, np.nan), where=varies)
    rest = np.where(varies, np.maximum(1 - shares.sum(axis=0), 0.0), np.nan)
    return np.vstack([shares, rest])
