"""docs/licences.md: every package of the lock, in its version."""

from __future__ import annotations

import re
from pathlib import Path

from kit.build.licences import page
from kit.build.lock import read_lock

ROOT = Path(__file__).resolve().parents[2]


def rows(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\| ([\w.-]+) \| (\d[\w.!+-]*) \| \S", text, re.MULTILINE))


def test_every_package_of_the_lock_is_there_in_its_version() -> None:
    locked = {}
    for entry in read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        name, _, version = entry.requirement.partition(" ;")[0].partition("==")
        locked[name] = version
    assert rows((ROOT / "docs" / "licences.md").read_text(encoding="utf-8")) == locked
    assert rows(page(ROOT)) == locked


def test_what_only_tests_use_stands_apart() -> None:
    product, tests = page(ROOT).split("## What the tests")
    assert {"pandas", "numpy", "pyarrow"} <= rows(product).keys()
    assert {"pytest", "hypothesis", "ruff"} <= rows(tests).keys()
    bound = [line for line in product.splitlines() if "GPL" in line and " OR " not in line and line.startswith("|")]
    assert not bound, "what the kit runs on leaves a choice besides the GPL"
