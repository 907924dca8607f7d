"""Dictionaries of quanteda: YAML, keys above lists of patterns."""

from __future__ import annotations

import json
from typing import Any

import yaml

from kit.codebook.exchange.trees import Left, Node
from kit.errors import CodebookError
from kit.reading.text import AS_TABLE, decode

_LAST, _NEXT_LINE = "\uffff", "\x85"  # beyond this one, and for that one, libyaml writes escapes where yaml does not
_OWN = "__"  # where quanteda's as.yaml() puts the patterns of a key that has keys below it


class _Plain(yaml.BaseLoader):  # type: ignore[misc]  # yaml states no types
    """Reads every scalar as text (so that *no* stays a word), and refuses what points to another place."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Compose a node that is no alias."""
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1
            raise yaml.YAMLError(f"an alias (*name) in line {line}; write out what it stands for")
        return super().compose_node(parent, index)


def read(data: bytes, place: str) -> tuple[list[Node], list[Left]]:
    """Read a dictionary."""
    text, _ = decode(data, place, save=AS_TABLE)
    try:
        tree = yaml.load(text, _Plain)  # noqa: S506 - a loader that makes text, lists and mappings, nothing else
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{place}, line {mark.line + 1}" if mark else place
        problem = getattr(error, "problem", None) or str(error)
        raise CodebookError(f"is no YAML: {problem}", place=where, remedy="mend the line, or save it anew") from error
    except RecursionError as error:
        raise CodebookError("is nested too deeply", place=place, remedy="give it fewer levels") from error
    if not isinstance(tree, dict) or not tree:
        raise CodebookError("holds no keys", place=place, remedy="write keys, each with a list of patterns below it")
    left: list[Left] = []
    return [_node(str(name), value, left) for name, value in tree.items()], left


def _node(name: str, value: Any, left: list[Left]) -> Node:
    """Make a node of a key and what stands below it."""
    node = Node(name)
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            for key, below in entry.items():
                if key == _OWN:
                    node.patterns += _node(key, below, left).patterns
                else:
                    node.below.append(_node(str(key), below, left))
        elif isinstance(entry, list):
            node.patterns += _node(name, entry, left).patterns
        elif str(entry).strip():
            node.patterns.append(str(entry).strip())
    return node


def write(top: list[Node]) -> bytes:
    """Write a dictionary."""
    tree = {node.name: _value(node) for node in top}
    return str(yaml.dump(tree, Dumper=_dumper(tree), allow_unicode=True, sort_keys=False, width=10_000)).encode()


def _dumper(tree: dict[str, Any]) -> Any:
    """Return what writes the tree: libyaml, five times as fast, where it is there and writes the same bytes."""
    signs = json.dumps(tree, ensure_ascii=False)
    same = max(signs) <= _LAST and _NEXT_LINE not in signs
    return getattr(yaml, "CSafeDumper", yaml.SafeDumper) if same else yaml.SafeDumper


def _value(node: Node) -> Any:
    """Return what stands below a key."""
    if not node.below:
        return node.patterns
    below = {child.name: _value(child) for child in node.below}
    return below | ({_OWN: node.patterns} if node.patterns else {})
