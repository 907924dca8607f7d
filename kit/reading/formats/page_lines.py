"""The lines of a page where trafilatura gives up its paragraphs: short articles, pages without marks of their parts."""

from __future__ import annotations

import re
from typing import Any

from kit.reading.markup import lines_of_tree

#: Characters of a text up to which trafilatura may have fallen back to all text of a page, in pieces or in one; a
#: longer one shows it by the words of menus.
SHORT = 600
_MENUS = "(//nav|//footer|//aside|//*[contains(@class,'menu')]|//*[contains(@class,'nav')])[position()<6]"
_COVERED = 0.95  # of what trafilatura gave, without what is no part of an article, that the lines must have
_NO_PART = frozenset(("nav", "footer", "aside", "form", "button", "select", "figure", "noscript", "iframe", "header"))
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|header|share|social|related|terkait|populer|popular|"
    r"trending|comments?|komentar|tags?|newsletter|iklan|ads?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\s+")
_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+\s*")


def structured(tree: Any, text: str) -> str:
    """Return a text in the lines that the page has, if it lost them.

    A short text is laid over the page: what stands in both, outside of menus and the like, is taken line by line, words
    in bold or linked inside their line.
    """
    if len(text) > SHORT and not _has_menus(tree, text):
        return text
    parts, menus = _lines(tree)
    whole = _bare(text)
    kept = [line for line in parts if _bare(line) in whole]
    left = whole
    for line in menus:
        left = left.replace(_bare(line), "", 1)
    if not left:
        return ""  # there are menus only
    found = "".join(map(_bare, kept))
    return "\n".join(kept) if kept and len(found) >= _COVERED * len(left) else text


def without_rules(text: str) -> str:
    """Return a text without the bars and rules that trafilatura draws round the cells of tables."""
    if "|" not in text:
        return text
    return "\n".join(_cells(line) for line in text.split("\n") if not _RULE.fullmatch(line))


def _cells(line: str) -> str:
    """Return a line without the bars round its cells, if it is a row of a table."""
    bare = line.rstrip()
    return " ".join(bare.strip("|").replace("|", " ").split()) if bare.startswith("|") and bare.endswith("|") else line


def _has_menus(tree: Any, text: str) -> bool:
    """Tell whether the first words of a menu are a line of a text."""
    lines = set(text.split("\n"))
    firsts = (next((bare for one in menu.itertext() if (bare := one.strip())), "") for menu in tree.xpath(_MENUS))
    return any(first in lines for first in firsts if first)


def _lines(tree: Any) -> tuple[list[str], list[str]]:
    """Return the lines of a page that may be its article's, and those of menus and the like."""
    menus = [element for element in tree.iter() if _is_menu(element)]
    inside = {element for menu in menus for element in menu.iterdescendants()}
    tops = [menu for menu in menus if menu not in inside]
    told = [line for menu in tops for line in lines_of_tree(menu)]
    return lines_of_tree(tree, without=frozenset(tops)), told


def _is_menu(element: Any) -> bool:
    """Tell whether an element is no part of an article, by its kind or by how it is called."""
    if not isinstance(element.tag, str) or element.tag in ("html", "body", "article", "main"):
        return False
    if element.tag == "header":
        return next(element.iterancestors("article"), None) is None
    if element.tag in _NO_PART:
        return True
    return _NAMED.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _bare(text: str) -> str:
    """Return a text without blanks."""
    return _BLANK.sub("", text)
