"""Memory that was freed goes back to the system."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kit.parts import freed

PROGRAM = """
from kit.parts import freed
freed.give_back()
pieces = [bytearray(1000) for _ in range(200_000)]
before = freed._own()
lasting = pieces[-1]
del pieces
held = freed._own()
freed.give_back()
print(before, held, freed._own())
"""

ARRAYS = """
import resource, sys
import numpy as np
from kit.parts import freed
def pages():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(100):
        np.zeros(1 << 18, np.int8).fill(1)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
if sys.argv[1] == "worker":
    sys.modules["distributed"] = sys
pages()
before = pages()
freed.give_back()
pages()
print(before, pages())
"""


@pytest.mark.skipif(freed._trim() is None, reason="the C library is not glibc")
@pytest.mark.parametrize("kind", ["worker", "other"])
def test_a_worker_of_dask_keeps_the_pages_of_arrays(kind: str) -> None:
    command, setting = [sys.executable, "-c", ARRAYS, kind], {"MALLOC_TRIM_THRESHOLD_": "65536"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | setting)
    before, after = (int(number) for number in done.stdout.split())
    assert before > 1000
    assert (after < 100) is (kind == "worker")  # a setting of one's own is left alone


@pytest.mark.skipif(freed._trim() is None, reason="the C library is not glibc")
def test_what_glibc_holds_goes_back_once_the_process_has_grown() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    before, held, after = (int(number) for number in done.stdout.split())
    assert before - after > 150e6
    assert held - after > 100e6  # the piece that lasts stands behind the others


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freed, "_trim", lambda: None)
    monkeypatch.setattr(freed, "_own", None)
    freed.give_back()


def test_nothing_is_looked_for_before_it_has_grown(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes, asked = iter([10, 20, freed.GROWN + 11, 12, 13, 13, 12]), []
    monkeypatch.setattr(freed, "_left", 10)
    monkeypatch.setattr(freed, "_own", lambda: next(sizes))
    monkeypatch.setattr(freed, "_trim", lambda: asked.append)
    for expected in ([], [], [0], [0]):
        freed.give_back()
        assert asked == expected
    freed.give_back(at_once=True)
    assert asked == [0, 0]
