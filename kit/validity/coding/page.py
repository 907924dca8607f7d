"""The sheet as one page that works offline: no request, no script but its own, every text shown as text."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from string import Template

from kit.validity.coding.spreadsheets import Given
from kit.wording import escape
from kit.wording.words import say

_TEMPLATES = Path(__file__).parent / "templates"
_WORDS = ("progress", "place", "back", "next", "open", "save", "load", "unsaved", "other", "offline")


def as_page(given: Given) -> bytes:
    """Write the sheet as a page of HTML, whose policy lets nothing run or load but its own script and style."""
    script, style = (
        (_TEMPLATES / name).read_text(encoding="utf-8").replace("\r\n", "\n") for name in ("sheet.js", "sheet.css")
    )
    words = {name: say(f"coding.page.{name}", given.language) for name in _WORDS}
    listed = ", ".join(f"{code[0]} {word}" if word != code else word for code, word in given.answers.items())
    words["keys"] = say("coding.page.keys", given.language, answers=listed)
    columns = {name: say(f"coding.column.{name}", given.language) for name in ("preceding", "passage", "following")}
    data = {
        "sheet": given.sheet,
        "coder": given.coder,
        "rows": list(given.rows),
        "answers": given.answers,
        "keys": {code[0]: code for code in given.answers},
        "words": words | columns,
    }
    title = say("coding.page.title", given.language, coder=given.coder)
    page = Template((_TEMPLATES / "sheet.html").read_text(encoding="utf-8")).substitute(
        language=given.language,
        title=escape.html(title),
        guide=escape.html(say(given.guide, given.language)),
        script=script,
        style=style,
        script_hash=_hash(script),
        style_hash=_hash(style),
        data=_inert(data),
    )
    return page.encode("utf-8")


def _inert(data: object) -> str:
    """Write data as JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _hash(text: str) -> str:
    """Return the hash by which a policy knows a script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
