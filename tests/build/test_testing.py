"""What ``make.py test`` tells pytest: which tests, and how many at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kit.build.testing import pytest_arguments
from kit.errors import BuildError

ROOT = Path(__file__).resolve().parents[2]
FAST = ["-m", "not slow"]


def arguments(*given: str, root: Path = ROOT, cores: int | None = 4, slow: bool = False) -> list[str]:
    return list(pytest_arguments(root, given, workers=cores, slow=slow))


def places(*given: str) -> list[str]:
    return arguments(*given, cores=1, slow=True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("measures", ["tests/measures", "kit/measures"]),
        ("tests/measures", ["tests/measures", "kit/measures"]),
        ("kit/measures/", ["tests/measures", "kit/measures"]),
        ("measures/keyness", ["tests/measures/keyness", "kit/measures/keyness"]),
        (r"measures\keyness", ["tests/measures/keyness", "kit/measures/keyness"]),
        ("codebook/matching", ["tests/codebook/test_matching.py", "kit/codebook/matching.py"]),
        ("settings", ["tests/test_settings.py", "kit/settings.py"]),
        ("faults", ["tests/faults"]),
        ("errors", ["kit/errors.py"]),
        ("tests", ["tests"]),
        ("kit", ["kit"]),
        ("tests/test_peers.py", ["tests/test_peers.py"]),
        ("tests/test_peers.py::test_a", ["tests/test_peers.py::test_a"]),
    ],
)
def test_a_room_is_its_tests_and_its_examples(name: str, expected: list[str]) -> None:
    assert places(name) == expected


def test_several_rooms_then_options() -> None:
    assert places("plots", "faults", "-k", "measures") == ["tests/plots", "kit/plots", "tests/faults", "-k", "measures"]


def test_what_is_no_room_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"named 'mesures' -> did you mean measures\?"):
        places("mesures")
    with pytest.raises(BuildError, match=r"the rooms are .*benchmarks, browser, build, "):
        places("qqq")
    with pytest.raises(BuildError, match="nothing to test is named 'measures'"):
        arguments("measures", root=tmp_path)


def test_every_room_can_be_named() -> None:
    rooms = {path.name for path in (ROOT / "kit").iterdir() if (path / "__init__.py").is_file()}
    for room in rooms | {path.name for path in (ROOT / "tests").iterdir() if any(path.glob("test_*.py"))}:
        assert places(room), room


@pytest.mark.parametrize("given", [[], ["-x"], ["-k", "tokens"], ["measures"], ["measures", "-k", "pdb"]])
def test_the_cores_share_the_work(given: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, workers in ((1, None), (2, "3"), (6, "7"), (64, "8")):
        monkeypatch.setattr("kit.build.testing.cores", lambda number=cores: number)
        got = arguments(*given, cores=None)
        assert got[:2] == FAST
        assert got[2:6] == (["-n", workers, "--dist", "worksteal"] if workers else got[2:6])
        assert ("-n" in got) == (workers is not None)


@pytest.mark.parametrize(
    "given",
    [
        ["--pdb"],
        ["measures", "--trace"],
        ["-s"],
        ["--capture=no"],
        ["-p", "no:xdist"],
        ["settings"],
        ["tests/test_peers.py::test_a", "tests/test_settings.py"],
    ],
)
def test_one_process_where_a_person_looks_at_a_test(given: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.build.testing.cores", lambda: 4)
    assert "-n" not in arguments(*given, cores=None)
    assert arguments(*given, cores=3)[2:4] == ["-n", "3"]  # unless a number is asked for


def test_pytest_takes_them() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider", *places("settings")]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "tests/test_settings.py::test_defaults" in found
    assert "kit/settings.py::kit.settings.load_settings" in found
