"""The edges of the rules of cleaning, kept in a project's ``.kit``: to read them off the patterns takes up to a second.

Their name is a hash of the patterns and of the code that reads them; they are read only as they were written.
"""

from __future__ import annotations

import hashlib
import io
import json
from functools import cache
from typing import Any

import numpy as np

from kit.reading.edges import Edges, edges_of
from kit.reading.rules import Rules
from kit.sealed import kept, rules_of

#: Where they are kept, in .kit.
EDGES = "cleaning"
_STATES = 2  # sets of rules that are kept


@cache
def known_edges(rules: Rules) -> Edges:
    """Return what `edges_of` does, kept from before if the project has kept it."""
    return kept(EDGES, lambda: _name(rules), lambda: edges_of(rules), read=_read, written=_written, states=_STATES)


def _name(rules: Rules) -> str:
    """Return a file's name: a hash of the rules and of the code that reads their edges off them."""
    whole = hashlib.sha256(rules_of("lexicon", "reading").encode())
    for rule in rules.lines:
        whole.update(f"\n{rule.part} {rule.pattern.pattern}".encode("utf-8", "surrogatepass"))
    return f"{whole.hexdigest()[:24]}.npz"


def _written(edges: Edges) -> bytes:
    """Return edges as bytes."""
    facts = {
        "longer": list(edges.longer),
        "run": [[sorted(signs), bits] for signs, bits in edges.run.items()],
        "rare": [[sorted(signs), bits] for signs, bits in edges.rare.items()],
        "any": edges.any,
        "tails": [sorted(signs) for signs in edges.tails],
        "heads": edges.heads,
    }
    arrays: dict[str, Any] = {"head": edges.head, "facts": np.frombuffer(json.dumps(facts).encode(), np.uint8)}
    for number, (keys, bits) in edges.longer.items():
        arrays |= {f"keys{number}": keys, f"bits{number}": bits}
    arrays |= {f"tails{number}": table for number, table in enumerate(edges.tails.values())}
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()


def _read(content: bytes) -> Edges:
    """Return edges of what `_written` made of them."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        facts = json.loads(arrays["facts"].tobytes())
        return Edges(
            arrays["head"],
            {number: (arrays[f"keys{number}"], arrays[f"bits{number}"]) for number in facts["longer"]},
            {frozenset(signs): bits for signs, bits in facts["run"]},
            {frozenset(signs): bits for signs, bits in facts["rare"]},
            facts["any"],
            {frozenset(signs): arrays[f"tails{number}"] for number, signs in enumerate(facts["tails"])},
            facts["heads"],
        )
