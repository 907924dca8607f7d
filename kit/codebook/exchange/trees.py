"""A dictionary as every program has it: named nodes, each with patterns and nodes below it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.wording.words import say

_NAMESPACE = uuid.UUID("8f0a4f0e-3c0d-5f5e-9a39-6b7f2f1c1d52")
#: As many colours as eyes tell apart (Okabe and Ito 2008), given to the groups in their order.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")


_RULES = ("include", "exclude")


@dataclass
class Node:
    """A category of a dictionary.

    Parameters
    ----------
    name : str
    patterns : list of str
        As the program writes them.
    below : list of Node
    description : str
    key : str
        What its identifier is made of: the concept, or the group.
    colour : str
        Such as ``#0072B2``, or empty.
    counted : bool
        Whether it can be coded: a group cannot.

    """

    name: str
    patterns: list[str] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)
    description: str = ""
    key: str = ""
    colour: str = ""
    counted: bool = True


class Left(NamedTuple):
    """What has no counterpart on the other side."""

    concept: str
    entry: str
    problem: str


def guid(kind: str, name: str) -> str:
    """Return the identifier of a thing: the same for the same name, on any machine and day."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{name}"))


def walk(nodes: Iterable[Node], above: tuple[str, ...] = ()) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """Yield every node with the names above it, from the top down."""
    for node in nodes:
        yield node, above
        yield from walk(node.below, (*above, node.name))


def left_table(left: Iterable[Left]) -> pd.DataFrame:
    """Return what has no counterpart as a table."""
    return pd.DataFrame(list(left), columns=list(Left._fields), dtype="str")


def tree_of(codebook: Codebook, language: str = "") -> list[Node]:
    """Return the concepts of a codebook below their groups, without patterns.

    Nodes are named by concept, or by their label in a language; no two have the same name in any case.
    """
    concepts = codebook.concepts
    nodes: dict[str, Node] = {}
    for row in concepts.to_dict("records"):
        told = {name: (row[f"{name}_id"] if language == "id" else "") or row[name] for name in ("definition", *_RULES)}
        rules = [say(f"exchange.{name}", language or "en", rule=told[name]) for name in _RULES if told[name]]
        definition = "\n".join([told["definition"], *rules])
        label = str(row[f"label_{language}"] if language else row["concept"])
        nodes[row["concept"]] = Node(label, description=definition, key=str(row["concept"]))
    top: list[Node] = []
    groups: dict[str, Node] = {}
    for concept, parent in concepts[["concept", "parent"]].itertuples(index=False):
        above = nodes.get(parent) or groups.get(parent)
        if above is None:
            above = groups[parent] = Node(parent, key=f"group {parent}", counted=False)
            top.append(above)
        above.below.append(nodes[concept])
    for number, group in enumerate(top):
        group.colour = _COLOURS[number % len(_COLOURS)]
        for node, _ in walk(group.below):
            node.colour = group.colour
    _make_unique(top)
    return top


def _make_unique(top: list[Node]) -> None:
    """Tell nodes of one name apart: programs merge two codes of the same name without a word."""
    seen: set[str] = set()
    for node, _ in walk(top):
        plain = node.name if node.name.casefold() not in seen else f"{node.name} ({node.key.removeprefix('group ')})"
        name, number = plain, 2
        while name.casefold() in seen:
            name, number = f"{plain} {number}", number + 1
        node.name = name
        seen.add(name.casefold())
