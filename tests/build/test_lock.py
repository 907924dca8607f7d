"""requirements.lock: what is in the repository, how it is read, and that a failed renewal keeps it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kit.build import resolution
from kit.build.lock import Entry, lock_flaws, read_lock
from kit.errors import BuildError

ROOT = Path(__file__).resolve().parents[2]
SHA = "--hash=sha256:" + "0123456789abcdef" * 4
MARKED = "c==2!1.0.post1+x ; os_name == 'nt' and python_version < '3.12'"
SOUND = f"a-b==1.0 \\\n    {SHA} \\\n    {SHA}\n{MARKED} \\\n    {SHA}\n"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    asked = [*project["project"]["dependencies"], *extras["formats"], *project["dependency-groups"]["dev"]]
    names = {normal(re.match(r"[\w.-]+", requirement).group()) for requirement in asked}
    entries = read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    locked = {normal(entry.requirement.partition("==")[0]) for entry in entries}
    assert len(names) > 15
    assert names <= locked


def test_lock_has_one_version_of_each_package_each_with_hashes() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = read_lock(text)
    assert lock_flaws(text) == []
    assert all(entry.hashes for entry in entries)
    names = [normal(entry.requirement.partition("==")[0]) for entry in entries]
    assert len(names) == len(set(names))  # one set of versions for every Python and system
    assert sum(len(entry.hashes) for entry in entries) == text.count("--hash=")
    assert len(entries) == len(re.findall(r"(?m)^\w", text))


def test_lock_names_no_host_path_or_index() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for word in ("http:", "https:", "://", "file:", "index", "find-links", " @ ", "trusted-host"):
        assert word not in text.lower()


def test_entries_keep_marker_hashes_and_line() -> None:
    entries = read_lock("# a comment\n\n" + SOUND)
    assert entries == [
        Entry(3, "a-b==1.0", (SHA, SHA)),
        Entry(6, MARKED, (SHA,)),
    ]
    assert read_lock("") == []
    assert lock_flaws(SOUND) == []


@pytest.mark.parametrize(
    "line",
    [
        "a>=1.0 \\\n    " + SHA,
        "a==1.* \\\n    " + SHA,
        "a==1.0",
        "a==1.0 --hash=md5:00",
        "a==1.0 --hash=sha256:00",
        "--index-url https://example.org/simple",
        "-f /opt/wheels",
        "-e .",
        "a @ file:///opt/a.whl \\\n    " + SHA,
        "https://example.org/a-1.0-py3-none-any.whl \\\n    " + SHA,
        "a==1.0 --global-option=x " + SHA,
    ],
)
def test_flaw_is_found_and_placed(line: str) -> None:
    flaws = lock_flaws(f"{SOUND}{line}\n")
    assert len(flaws) == 1
    assert flaws[0].startswith("line 6: ")


class TestRenewal:
    """uv itself is left out: what it hands over is given, and what becomes of the file is looked at."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        (tmp_path / "requirements.lock").write_text("old\n")
        return tmp_path

    def renew(self, root: Path, monkeypatch: pytest.MonkeyPatch, outcome: str | Exception) -> list[str]:
        def resolve(*_args: object, **_named: object) -> str:
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setattr(resolution, "_resolve", resolve)
        said: list[str] = []
        resolution.regenerate(root, echo=said.append)
        return said

    def test_sound_lock_replaces_the_old_one(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        said = self.renew(root, monkeypatch, SOUND)
        assert (root / "requirements.lock").read_bytes() == SOUND.encode()
        assert said == ["requirements.lock written: 2 packages; the next run installs them"]
        assert self.renew(root, monkeypatch, SOUND) == ["requirements.lock is up to date: 2 packages"]
        assert sorted(path.name for path in root.iterdir()) == [".kit", "requirements.lock"]
        assert [path.name for path in (root / ".kit").iterdir()] == ["lock.log"]

    @pytest.mark.parametrize("outcome", ["", "a==1.0\n", f"--index-url https://example.org\n{SOUND}"])
    def test_flawed_lock_leaves_the_old_one(self, root: Path, monkeypatch: pytest.MonkeyPatch, outcome: str) -> None:
        with pytest.raises(BuildError, match=r"a flaw.*is as it was"):
            self.renew(root, monkeypatch, outcome)
        assert (root / "requirements.lock").read_text() == "old\n"

    def test_failure_of_uv_leaves_the_old_one(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(BuildError, match="uv failed"):
            self.renew(root, monkeypatch, BuildError("uv failed"))
        assert (root / "requirements.lock").read_text() == "old\n"
        assert [path.name for path in (root / ".kit").iterdir()] == ["lock.log"]
