"""What a reader of clusters must be told: what they are of, how stable, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.wording.words import Remark, asked, remark

_LEFT_OUT = ("actors", "overlaps", "beyond", "rare", "absent", "copies")


def remarks(facts: Mapping[str, Any]) -> list[Remark]:
    """Write the remarks that go with clusters."""
    one = facts["documents"] == 1
    keys = []
    if facts["documents"]:
        keys.append("clusters.whole" if facts["unit"] == "document" else "clusters.whole_units")
        if not facts["enough"]:
            keys.append("clusters.layout_of_one" if one else "clusters.layout")
    if facts["empty"]:
        keys.append(f"clusters.none.{facts['empty']}")
    else:
        keys += ["clusters.stability"] if facts["tested"] else ["clusters.stability_alone", "clusters.few"]
    if one and facts["passing"]:
        keys.append("clusters.afterwards")
    values = _values(facts)
    written = [_said(key, values) for key in keys]
    left_out = [name for name in _LEFT_OUT if facts[name]]
    return written + [_said(f"clusters.left_out.{name}", {**values, "n": facts[name]}) for name in left_out]


def _said(key: str, values: Mapping[str, Any]) -> Remark:
    """Make a remark of those values that its text asks for."""
    return remark(key, **{name: values[name] for name in asked(key)})


def _values(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Gather the numbers and nouns that stand in the texts."""
    unit, items = facts["unit"], facts["items"]
    return {
        **facts,
        "item": remark(f"nouns.one.{items}"),
        "items": remark(f"nouns.many.{items}"),
        "Items": remark(f"nouns.Many.{items}"),
        "unit": remark(f"nouns.one.{unit}"),
        "units": remark(f"nouns.many.{unit}"),
        "resampled": remark(f"nouns.many.{facts['resampled']}"),
        "documents": remark("nouns.counted.document", n=facts["documents"]),
        "counted": remark(f"nouns.counted.{unit}", n=facts["units_all"]),
        "mean": facts["null_mean"],
    }
