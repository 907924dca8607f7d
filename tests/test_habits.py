"""Habits that every test keeps, read off the tests' own source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

TESTS = Path(__file__).resolve().parent
FILES = sorted(TESTS.rglob("*.py"))
CLOCKS = {"time", "monotonic", "perf_counter", "process_time", "thread_time"}


def clocks(tree: ast.AST) -> Iterator[int]:
    """Lines that read a clock: time.monotonic(), perf_counter_ns(), timeit."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name.removesuffix("_ns") in CLOCKS or name == "timeit":
                yield node.lineno


def timed(tree: ast.AST) -> Iterator[int]:
    """Lines of assertions on a clock, or on a name that a clock was read into within the same function."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        read = {
            target.id
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and any(clocks(node.value))
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Assert):
                named = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
                if any(clocks(node)) or named & read:
                    yield node.lineno


def deadlines(tree: ast.AST) -> Iterator[int]:
    """Lines that give hypothesis a deadline, or take the one profile's place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "deadline":
            yield node.value.lineno
        if isinstance(node, ast.Attribute) and node.attr in ("load_profile", "register_profile"):
            yield node.lineno


def test_no_test_asserts_time() -> None:
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        assert list(timed(tree)) == [], file
        if file != TESTS / "conftest.py":
            assert list(deadlines(tree)) == [], file


def test_what_asserts_time_is_found() -> None:
    asserting = "def f():\n    begun = time.monotonic()\n    g()\n    assert time.monotonic() - begun < 3\n"
    by_name = "def f():\n    begun = perf_counter_ns()\n    took = perf_counter_ns() - begun\n    assert took < 3\n"
    waiting = "def f():\n    end = time.monotonic() + 3\n    while time.monotonic() < end:\n        g()\n"
    assert [list(timed(ast.parse(text))) for text in (asserting, by_name, waiting)] == [[4], [4], []]
    assert list(deadlines(ast.parse("@settings(max_examples=3, deadline=None)\ndef f(): ..."))) == [1]


@given(...)
def test_property_tests_have_no_deadline_and_draw_the_same_examples(number: int) -> None:
    assert settings().deadline is None
    assert settings().derandomize or settings.get_current_profile_name() == "search"


def test_no_room_is_passed_over_by_its_name(pytestconfig: pytest.Config) -> None:
    """Left to itself pytest never looks into a folder named build, and says nothing."""
    rooms = {file.parent.name for folder in ("tests", "kit") for file in (pytestconfig.rootpath / folder).rglob("*.py")}
    assert not rooms.intersection(pytestconfig.getini("norecursedirs"))
