"""The columns that correction adds to a table of concepts."""

from __future__ import annotations

#: With their dtypes.
COLUMNS = (
    {"sentence_share": "float64"}
    | {f"{name}{part}": "float64" for name in ("corrected", "difference") for part in ("", "_low", "_high")}
    | {"corrected_reason": "str", "difference_reason": "str"}
)
