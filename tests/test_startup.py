"""Loading the libraries leaves the process as it was: the search for garbage, frozen objects, the environment."""

from __future__ import annotations

import subprocess
import sys

import pytest

SPIN = "OPENBLAS_THREAD_TIMEOUT"


def run(code: str) -> str:
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return made.stdout.strip()


@pytest.mark.parametrize("before", ["", "5"])
def test_the_environment_is_as_it_was_and_garbage_is_looked_for(before: str) -> None:
    said = f"import os; os.environ['{SPIN}'] = '{before}'" if before else "import os"
    code = f"{said}; import gc, kit; kit.Corpus; print(gc.isenabled(), gc.get_freeze_count(), os.environ.get('{SPIN}'))"
    assert run(code) == f"True 0 {before or None}"


def test_blas_has_as_many_threads_as_it_would_have() -> None:
    count = "from threadpoolctl import threadpool_info; print([one['num_threads'] for one in threadpool_info()])"
    assert run(f"import kit; kit.Corpus; {count}") == run(f"import numpy; {count}")


def test_objects_that_were_frozen_stay_frozen() -> None:
    assert run("import gc, kit; gc.freeze(); kit.Corpus; print(gc.get_freeze_count() > 1000)") == "True"


def test_garbage_of_the_caller_is_still_found() -> None:
    code = """
import gc, weakref, kit
class Thing: pass
one = Thing(); one.self = one; seen = weakref.ref(one)
kit.Corpus
del one
gc.collect()
print(seen())
"""
    assert run(code) == "None"
