"""The kit as a wheel: every file of it, one version, what it needs, and made again from an installed kit."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from itertools import chain
from pathlib import Path

import pytest

import kit
from kit.build.wheel import kit_wheel, lock_entry, requirements
from kit.errors import BuildError

ROOT = Path(__file__).resolve().parents[2]
INFO = f"governance_discourse_kit-{kit.__version__}.dist-info"
STUDY = "kit/build/template/"  # where the wheel keeps what studies get from the clone


@pytest.fixture(scope="session")
def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def tracked() -> list[str]:
    """The files that git knows, and new ones it would not ignore."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("this is no checkout of git")
    names = done.stdout.decode("utf-8").rstrip("\0").split("\0")
    return [name for name in names if (ROOT / name).is_file()]


def test_the_wheel_carries_every_file_of_the_kit_and_what_studies_get(
    contents: dict[str, bytes], tracked: list[str]
) -> None:
    copied = ("make.py", "requirements.lock", ".gitignore", ".gitattributes")
    expected = {name: name for name in tracked if name.startswith("kit/")}
    expected |= {STUDY + name.lstrip("."): name for name in copied}
    expected |= {STUDY + name: name for name in tracked if name.startswith(("corpus/", "notebooks/"))}
    assert {name for name in contents if not name.startswith(INFO)} == expected.keys()
    for name, file in expected.items():
        assert contents[name] == (ROOT / file).read_bytes(), name


def test_what_the_wheel_says_of_itself(contents: dict[str, bytes], wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    facts = contents[f"{INFO}/METADATA"].decode("utf-8")
    assert f"\nVersion: {kit.__version__}\n" in facts
    assert f"\nRequires-Python: {project['requires-python']}\n" in facts
    needed = requirements(wheel).splitlines()
    assert sorted(re.sub(r"\s", "", line) for line in needed) == sorted(
        re.sub(r"\s", "", line).lower()
        for line in [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    )
    assert contents[f"{INFO}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()


def test_it_is_found_by_its_name_and_named_by_its_hash(tmp_path: Path) -> None:
    assert kit_wheel(tmp_path) is None
    one = tmp_path / "governance_discourse_kit-0.1.0-py3-none-any.whl"
    one.write_bytes(b"abc")
    (tmp_path / "six-1.17.0-py3-none-any.whl").touch()
    assert kit_wheel(tmp_path) == one
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of abc, FIPS 180-4
    assert lock_entry(one) == f"governance-discourse-kit==0.1.0 \\\n    --hash=sha256:{sha256}\n"
    (tmp_path / "governance_discourse_kit-0.2.0-py3-none-any.whl").touch()
    with pytest.raises(BuildError, match="keep the one you mean"):
        kit_wheel(tmp_path)


def test_an_installed_kit_makes_the_same_wheel_again(
    installed: Path, contents: dict[str, bytes], tmp_path: Path
) -> None:
    info = installed / INFO
    for name in ("INSTALLER", "direct_url.json"):  # as pip adds them
        (info / name).write_text("pip\n", encoding="utf-8")
    with (info / "RECORD").open("a", encoding="utf-8") as record:
        record.write(f"{INFO}/INSTALLER,sha256=zuuue4knoyJ-UwPPXg8fezS7VCrXJQrAP7zeNuwvFQg,4\n")
        record.write(f"{INFO}/direct_url.json,sha256=zuuue4knoyJ-UwPPXg8fezS7VCrXJQrAP7zeNuwvFQg,4\n")
        record.write("kit/__pycache__/errors.cpython-311.pyc,,\n")
    code = "import pathlib; from kit.build.wheel import put_wheel; print(put_wheel(pathlib.Path()))"
    command = [sys.executable, "-c", code]
    env = {"PYTHONPATH": str(installed)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / done.stdout.strip()) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == contents

    with (installed / "kit" / "codebook" / "concepts.csv").open("a", encoding="utf-8") as edited:
        edited.write("x\n")
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "kit/codebook/concepts.csv: is not as it was installed" in done.stderr.replace("\\", "/")
