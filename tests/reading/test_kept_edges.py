"""Edges of the rules that a project keeps: the same as read off the patterns, and never any that are damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kit.reading import kept_edges
from kit.reading.edges import Edges, edges_of
from kit.reading.rules import load_rules


def same(one: Edges, other: Edges) -> bool:
    plain = all(getattr(one, name) == getattr(other, name) for name in ("run", "rare", "any", "heads"))
    arrays = [(one.head, other.head), *((one.tails[signs], other.tails[signs]) for signs in one.tails)]
    arrays += [pair for number in one.longer for pair in zip(one.longer[number], other.longer[number], strict=True)]
    keys = list(one.tails) == list(other.tails) and list(one.longer) == list(other.longer)
    return plain and keys and all(np.array_equal(*pair) and pair[0].dtype == pair[1].dtype for pair in arrays)


def test_what_is_kept_is_what_is_read_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules, times = load_rules(), []
    expected = edges_of(rules)
    monkeypatch.setattr(kept_edges, "edges_of", lambda rules: times.append(1) or expected)
    monkeypatch.chdir(tmp_path)
    ask = kept_edges.known_edges.__wrapped__
    assert same(ask(rules), expected)
    assert (len(times), list(tmp_path.iterdir())) == (1, [])  # no project keeps nothing
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    assert all(same(ask(rules), expected) for _ in range(2))
    assert len(times) == 2
    (file,) = (tmp_path / ".kit" / kept_edges.EDGES).iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert same(ask(rules), expected)
    assert len(times) == 3
