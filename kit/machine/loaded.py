"""Whether compiled code runs here, told without loading its compiler."""

from __future__ import annotations

import sys
from importlib.util import find_spec


def compiler_is_loaded() -> bool:
    """Tell whether compiled code runs here and its compiler need not be loaded for it."""
    return "numba" in sys.modules and can_compile()


def can_compile() -> bool:
    """Tell whether compiled kernels run here: numba is there, and the machine is little-endian."""
    return sys.byteorder == "little" and find_spec("numba") is not None
