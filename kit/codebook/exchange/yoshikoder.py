"""Dictionaries of Yoshikoder: .ykd, XML of category nodes and pattern nodes (style 050805)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kit.codebook.exchange.documents import parsed, written
from kit.codebook.exchange.trees import Left, Node
from kit.errors import CodebookError

_NAME = "dictionary"


def read(data: bytes, place: str) -> tuple[list[Node], list[Left]]:
    """Read a dictionary."""
    root = parsed(data, place)
    if root.tag != _NAME:
        raise CodebookError(f"begins with <{root.tag[:40]}>", place=place, remedy="save it from Yoshikoder anew")
    left: list[Left] = []
    nodes = [_node(child) for child in root if child.tag == "cnode"]
    if len(nodes) == 1 and nodes[0].below and not nodes[0].patterns:
        return nodes[0].below, left  # the category that stands for the dictionary itself
    return nodes, left


def _node(element: Element) -> Node:
    """Make a node of a category."""
    node = Node(element.get("name", "").strip(), description=element.get("desc", "").strip())
    for child in element:
        if child.tag == "pnode" and child.get("name", "").strip():
            node.patterns.append(child.get("name", "").strip())
        elif child.tag == "cnode":
            node.below.append(_node(child))
    return node


def write(top: list[Node]) -> bytes:
    """Write a dictionary."""
    root = Element(_NAME, style="050805", patternengine="substring")
    whole = Node("Dictionary", below=top)
    root.append(_element(whole))
    return written(root)


def _element(node: Node) -> Element:
    """Write a category."""
    attributes = {"name": node.name} | ({"desc": node.description} if node.description else {})
    element = Element("cnode", attributes)
    element.extend(Element("pnode", name=pattern) for pattern in node.patterns)
    element.extend(_element(child) for child in node.below)
    return element
