"""The key of the language rules: what is saved under one key is not read under another."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import kit.language


@cache
def rules_key() -> str:
    """Return a hash of the rules of Indonesian as they are written: the modules and word lists of `kit.language`.

    A changed comment changes it too. What was saved under another key is refused, never read wrongly; the fingerprint,
    which is cited, hangs on results alone.

    Returns
    -------
    str
        16 hexadecimal digits.

    Examples
    --------
    >>> len(rules_key())
    16

    """
    home = Path(kit.language.__file__).parent
    whole = hashlib.sha256()
    for file in sorted([*home.glob("*.py"), *home.rglob("*.csv")], key=lambda file: file.relative_to(home).as_posix()):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{file.relative_to(home).as_posix()}\n{len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()[:16]
