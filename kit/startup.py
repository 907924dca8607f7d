"""Loading the libraries under the kit without what nobody needs: a search for garbage, and threads that spin."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kit.garbage import uncollected

_SPIN = "OPENBLAS_THREAD_TIMEOUT"
_SHORT = "20"  # 2**20 ticks of the processor, some 0.4 ms


@contextmanager
def loading() -> Iterator[None]:
    """Let modules be imported without a search for garbage, and take all that is there then for old.

    Importing pandas makes 60,000 objects, which else are looked through some 160 times while they come, and all once
    more right after. Objects that somebody froze stay frozen: then nothing is taken for old.
    """
    with uncollected(), _short_spin():
        yield
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()  # not to where nobody looks, but to the oldest


@contextmanager
def _short_spin() -> Iterator[None]:
    """Let the threads of OpenBLAS, if numpy is loaded here, wait busily for a moment only, not for 2**26 ticks.

    They are as many as before and compute the same; one for each core beyond the first would spin when it is made, and
    after each use, some 0.05 s of CPU. Who has said how long keeps it, and child processes are told nothing.
    """
    if "numpy" in sys.modules or _SPIN in os.environ:
        yield
        return
    os.environ[_SPIN] = _SHORT
    try:
        yield
    finally:
        os.environ.pop(_SPIN, None)
