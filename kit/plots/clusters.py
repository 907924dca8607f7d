"""Clusters of concepts: the matrix of concepts and sentences for a few texts, the tree with its heat map for many."""

from __future__ import annotations

from kit.corpus.calls import recorded
from kit.plots.cluster_matrix import draw_matrix, drawn
from kit.plots.cluster_tree import draw_tree
from kit.plots.drawing import Drawing
from kit.topics.clusters.result import TermClusters
from kit.wording.words import Remark, remark

#: Columns that 183 mm can hold with numbers that are read.
MOST_UNITS = 60


@recorded(data=["concept_a", "concept_b", "concept", "unit"])
def plot_clusters(result: TermClusters) -> Drawing:
    """Draw the figure that fits: the matrix for up to 60 units of text, else the tree with its heat map.

    Parameters
    ----------
    result : TermClusters
        From `kit.cluster_terms`.

    Returns
    -------
    Drawing
        183 mm wide. Data: for the matrix, one row per cell (`cluster`, `concept`, `label`, `doc_id`, `unit_no`,
        `mentions`, `present`); for the tree, one row per pair (`concept_a`, `concept_b`, `cluster_a`, `cluster_b`,
        `both`, `expected`, `association`, `distance`, `joined_at`). Nothing is drawn where no concept is named in a
        unit, or, in many units, fewer than two are.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Pelayanan publik cepat."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> drawing = plot_clusters(kit.cluster_terms(corpus, kit.load_codebook(), resamples=20))
    >>> drawing.data[["concept", "unit_no", "present"]].to_numpy().tolist()
    [['pelayanan-publik', 1, True], ['responsivitas', 1, True]]
    >>> drawing.alt["en"]
    'Matrix of 2 concepts by 1 units of text; a filled cell is a concept named in a unit. There are no clusters.'

    """
    tree = len(result.units) > MOST_UNITS
    canvas, data = draw_tree(result) if tree else draw_matrix(result)
    items, item = (remark(f"nouns.{number}.{result.attrs['items']}") for number in ("many", "one"))
    if canvas is None:
        return Drawing(None, data, remark("plot_clusters.none", items=items))
    groups = _groups(result)
    rows = len(drawn(result))
    if tree:
        return Drawing(canvas, data, remark("plot_clusters.alt_tree", rows=rows, items=items, groups=groups))
    data.attrs["remarks"] = [*data.attrs.get("remarks", ()), remark("plot_clusters.marks")]
    columns = len(result.units)
    alt = remark("plot_clusters.alt_matrix", rows=rows, columns=columns, items=items, item=item, groups=groups)
    return Drawing(canvas, data, alt)


def _groups(result: TermClusters) -> list[Remark] | Remark:
    """Say what each cluster holds."""
    told = [
        remark(
            "plot_clusters.group",
            cluster=row["cluster"],
            terms=row["terms"],
            stability=row["stability"],
            verdict=remark(f"plot_clusters.verdict.{row['reason']}"),
        )
        for row in result.clusters.to_dict("records")
    ]
    return told or remark("plot_clusters.alone")
