"""Dictionaries of LIWC: .dic, numbered categories between two lines of %, then a word and its numbers on each line."""

from __future__ import annotations

import re
from itertools import count

from kit.codebook.exchange.trees import Left, Node, walk
from kit.errors import CodebookError
from kit.reading.text import AS_TABLE, decode

_CATEGORY = re.compile(r"(?P<depth>\t*)\s*(?P<number>\d+)\s+(?P<name>.*\S)\s*")
_ENTRY = re.compile(r"(?P<word>.*?\S)\s+(?P<numbers>\d+(?:\s+\d+)*)\s*")
_CONDITION = re.compile(r"<\w+>|\(.*\)|\d+/\d+")


def read(data: bytes, place: str) -> tuple[list[Node], list[Left]]:
    """Read a dictionary."""
    text, _ = decode(data, place, save=AS_TABLE)
    lines = text.splitlines()
    bars = [number for number, line in enumerate(lines) if line.strip() == "%"]
    if len(bars) < 2:
        remedy = "write the numbered categories between two lines that hold % alone, the words below them"
        raise CodebookError("has no list of categories", place=place, remedy=remedy)
    top: list[Node] = []
    path: list[Node] = []
    nodes: dict[int, Node] = {}
    for number in range(bars[0] + 1, bars[1]):
        if not lines[number].strip():
            continue
        found = _CATEGORY.fullmatch(lines[number])
        if found is None or int(found["number"]) in nodes:
            problem = f"{lines[number].strip()[:60]!r} is no category with a number of its own"
            raise CodebookError(problem, place=f"{place}, line {number + 1}", remedy="write number, tab, name")
        node = nodes[int(found["number"])] = Node(found["name"])
        del path[len(found["depth"]) :]
        (path[-1].below if path else top).append(node)
        path.append(node)
    left = []
    for number in range(bars[1] + 1, len(lines)):
        line = lines[number].strip()
        if line:
            left += _enter(line, f"line {number + 1}", nodes)
    return top, left


def _enter(line: str, place: str, nodes: dict[int, Node]) -> list[Left]:
    """Put a word into its categories; return what cannot be."""
    found = _ENTRY.fullmatch(line)
    if found is None or _CONDITION.search(found["word"]):
        return [Left("", line, f"{place}: a word that depends on its neighbours, or that has no category")]
    left = []
    for number in map(int, found["numbers"].split()):
        if number in nodes:
            nodes[number].patterns.append(found["word"])
        else:
            left.append(Left("", line, f"{place}: there is no category {number}"))
    return left


def write(top: list[Node]) -> bytes:
    """Write a dictionary."""
    number = count(1)
    legend, words = [], dict[str, list[int]]()
    for node, above in walk(top):
        own = next(number)
        legend.append("\t" * len(above) + f"{own}\t{node.name}")
        for pattern in node.patterns:
            words.setdefault(pattern, []).append(own)
    rows = ["\t".join([word, *map(str, words[word])]) for word in sorted(words)]
    return "\n".join(["%", *legend, "%", *rows, ""]).encode()
