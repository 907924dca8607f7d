"""Garbage is looked for again, whatever happened meanwhile, and not if the caller did not want it."""

from __future__ import annotations

import gc

import pytest

from kit.garbage import uncollected


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_the_callers_state_comes_back(wanted: bool, fails: bool) -> None:
    seen = []

    @uncollected()
    def work() -> None:
        seen.append(gc.isenabled())
        if fails:
            raise ValueError

    before = gc.isenabled()
    try:
        (gc.enable if wanted else gc.disable)()
        if fails:
            with pytest.raises(ValueError):
                work()
        else:
            work()
        assert gc.isenabled() is wanted
    finally:
        (gc.enable if before else gc.disable)()
    assert seen == [False]
