"""Codebooks of REFI-QDA: .qdc, XML of codes below codes, with definitions and colours."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from kit.codebook.exchange.documents import parsed, written
from kit.codebook.exchange.trees import Left, Node, guid
from kit.errors import CodebookError

CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "governance-discourse-kit"


def read(data: bytes, place: str) -> tuple[list[Node], list[Left]]:
    """Read a codebook."""
    root = parsed(data, place)
    codes = next((element for element in root.iter() if local(element) == "Codes"), None)
    if codes is None:
        problem = "is no REFI-QDA codebook: it has no <Codes>"
        raise CodebookError(problem, place=place, remedy="export the codebook (.qdc) from its program")
    left: list[Left] = []
    nodes = [node_of(code) for code in codes if local(code) == "Code"]
    left += [
        Left("", element.get("name", ""), "sets of codes are not taken over")
        for element in root.iter()
        if local(element) == "Set"
    ]
    return nodes, left


def write(top: list[Node]) -> bytes:
    """Write a codebook."""
    root = Element("CodeBook", xmlns=CODEBOOK, origin=ORIGIN)
    add_codes(root, top)
    return written(root)


def add_codes(parent: Element, top: list[Node]) -> None:
    """Write codes below an element."""
    codes = SubElement(parent, "Codes")
    codes.extend(_element(node) for node in top)


def node_of(element: Element) -> Node:
    """Make a node of a code."""
    node = Node(
        element.get("name", "").strip(),
        key=element.get("guid", "").strip("{}").lower(),
        colour=element.get("color", ""),
        counted=element.get("isCodable", "true").lower() in ("true", "1"),
    )
    for child in element:
        if local(child) == "Description":
            node.description = " ".join((child.text or "").split())
        elif local(child) == "Code":
            node.below.append(node_of(child))
    return node


def local(element: Element) -> str:
    """Return the name of an element without its namespace; programs differ in which they state."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _element(node: Node) -> Element:
    """Write a code and those below it."""
    attributes = {"guid": guid("code", node.key), "name": node.name, "isCodable": str(node.counted).lower()}
    element = Element("Code", attributes | ({"color": node.colour} if node.colour else {}))
    if node.description:
        SubElement(element, "Description").text = node.description
    element.extend(_element(child) for child in node.below)
    return element
