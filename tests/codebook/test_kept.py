"""Rules that were checked before: the same as checked anew, and never any that are out of date or damaged."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.codebook import kept
from kit.codebook.codebook import version_of
from kit.codebook.loading import _read
from kit.codebook.rules import Rule
from kit.errors import CodebookError

CHECKS: list[int] = []


@pytest.fixture(scope="module")
def rules() -> tuple[Rule, ...]:
    return tuple(kit.load_codebook().rules)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where rules are kept in a project of its own."""
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    CHECKS.clear()
    return tmp_path / ".kit" / kept.CHECKED


TABLES = [pd.DataFrame({"concept": [name, "é\x85"], "parent": ["", "|"]}, dtype="str") for name in "ab"]


def check_of(rules: Sequence[Rule]) -> Callable[[], kept.State]:
    """Return a check that says it ran."""

    def check() -> kept.State:
        CHECKS.append(1)
        return kept.State(*TABLES, {"senarai": "satu | dua"}, rules, f"v{len(rules)}")

    return check


def test_rules_come_back_as_they_were(home: Path, rules: tuple[Rule, ...]) -> None:
    first, second = (kept.kept_state(("a", "b"), check_of(rules)) for _ in range(2))
    for found in (first, second):
        assert (found.lists, found.version) == ({"senarai": "satu | dua"}, f"v{len(rules)}")
        for table, known in zip(found[:2], TABLES, strict=True):
            pd.testing.assert_frame_equal(table, known)
    assert isinstance(second.rules, kept.KeptRules)
    for found in (second.rules, pickle.loads(pickle.dumps(second.rules))):
        assert len(found) == len(rules)
        assert found == rules
        assert repr(tuple(found)) == repr(rules)
        assert (found[3], found[-2:]) == (rules[3], rules[-2:])
    assert len(CHECKS) == 1
    assert len(list(home.iterdir())) == 1


def test_another_file_or_other_code_is_checked_anew(
    home: Path, rules: tuple[Rule, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.kept_state(("a",), check_of(rules))
    kept.kept_state(("b",), check_of(rules[:300]))
    monkeypatch.setattr(kept, "rules_of", lambda *rooms: "other code")
    assert kept.kept_state(("a",), check_of(rules[:201])).rules == rules[:201]
    assert len(CHECKS) == 3


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data.replace(b"a", b"e", 1), lambda _: b""])
def test_what_is_damaged_is_checked_anew(home: Path, rules: tuple[Rule, ...], harm: Callable[[bytes], bytes]) -> None:
    kept.kept_state(("a",), check_of(rules[:201]))
    (file,) = home.iterdir()
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    assert kept.kept_state(("a",), check_of(rules[:201])).rules == rules[:201]
    assert len(CHECKS) == 2
    assert file.read_bytes() == whole


def test_few_rules_and_problems_are_not_kept(home: Path, rules: tuple[Rule, ...]) -> None:
    kept.kept_state(("a",), check_of(rules[:10]))

    def wrong() -> kept.State:
        raise CodebookError("wrong")

    with pytest.raises(CodebookError, match="wrong"):
        kept.kept_state(("a",), wrong)
    assert not home.exists()


def test_only_the_last_are_kept(home: Path, rules: tuple[Rule, ...]) -> None:
    for name in "abcdef":
        kept.kept_state((name,), check_of(rules[:200]))
    assert len(list(home.iterdir())) == 4


def test_without_a_project_nothing_is_kept(
    tmp_path: Path, rules: tuple[Rule, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    CHECKS.clear()
    for _ in range(2):
        kept.kept_state(("a",), check_of(rules))
    assert len(CHECKS) == 2
    assert not list(tmp_path.iterdir())


def test_the_shipped_codebook_is_the_same_when_it_was_kept(home: Path) -> None:
    _read.cache_clear()
    first = kit.load_codebook()
    _read.cache_clear()
    second = kit.load_codebook()
    assert list(home.glob("*.bin"))
    assert first is not second
    assert second.rules == first.rules
    assert second.lists == first.lists
    for name in ("concepts", "patterns"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    assert first.version == second.version == version_of(second.concepts, second.patterns)
    assert replace(second, _concepts=second.concepts[1:]).version != second.version
    _read.cache_clear()
