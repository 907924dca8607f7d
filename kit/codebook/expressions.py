"""Regular expressions over the forms of a corpus, matched in linear time, so that none can blow up.

They are those of RE2 (https://github.com/google/re2/wiki/Syntax), which has no backtracking and so no look-around and
no references back.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kit.errors import CodebookError
from kit.index.words import Words

LONGEST = 300  # characters of an expression


def check_expression(expression: str) -> str:
    """Return an expression that can be matched."""
    if len(expression) > LONGEST:
        remedy = f"make it several patterns of at most {LONGEST} characters"
        raise CodebookError(f"the regular expression has {len(expression)} characters", remedy=remedy)
    try:
        pc.match_substring_regex(pa.array([""]), _whole(expression), ignore_case=True)
    except pa.ArrowInvalid as error:
        said = str(error).removeprefix("Invalid regular expression: ")
        remedy = "mend it; it is RE2, without look-around (?=…) and references back"
        raise CodebookError(f"{expression!r} is not a regular expression: {said}", remedy=remedy) from error
    return expression


def matching(terms: Words, expression: str) -> npt.NDArray[np.bool_]:
    """Tell which strings an expression matches as a whole, in any case."""
    buffers = [None, pa.py_buffer(np.ascontiguousarray(terms.bounds)), pa.py_buffer(np.ascontiguousarray(terms.data))]
    strings = pa.Array.from_buffers(pa.large_string(), len(terms), buffers)
    return np.asarray(pc.match_substring_regex(strings, _whole(expression), ignore_case=True), bool)


def of_glob(glob: str) -> str:
    """Return the expression that stands for a glob."""
    return "".join({"*": r"(?s:.)*", "?": r"(?s:.)"}.get(sign, _literal(sign)) for sign in glob)


def _literal(sign: str) -> str:
    """Return an expression for one character."""
    return sign if sign.isalnum() else rf"\x{{{ord(sign):x}}}"


def _whole(expression: str) -> str:
    """Return an expression that has to match from the first character to the last."""
    return rf"\A(?:{expression})\z"
