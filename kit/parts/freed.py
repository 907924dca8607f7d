"""Memory that was freed and goes back to the system: glibc keeps most of it for itself.

What one part needs for a while is freed in pieces between what lasts. The C library of Linux holds on to such pieces,
and a process that goes over a hundred parts grows by some megabytes with each, though all it made is gone.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

#: Bytes by which a process may have grown since memory was given back: looking for what is free takes time, too.
GROWN = 64 << 20
_STATM = Path("/proc/self/statm")
_left = 0


def give_back(*, at_once: bool = False) -> None:
    """Give back what was freed, where the process has grown since it last did; nothing but on Linux with glibc."""
    global _left  # noqa: PLW0603 - what a process holds is told of the process
    trim = _trim()
    if trim is None:
        return
    own = _own()
    if at_once or own - _left > GROWN:
        trim(0)
        own = _own()
        _left = own
    _left = min(_left, own)


def _own() -> int:
    """Return the bytes that are the process's own, mapped files apart."""
    _, resident, shared, *_ = _STATM.read_bytes().split()
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGESIZE")


@cache
def _trim() -> Any:
    """Return glibc's ``malloc_trim``, None where there is none."""
    if sys.platform != "linux" or not _STATM.exists():
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
