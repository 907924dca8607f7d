"""The set-up under faults: real processes on a tiny project whose lock names wheels made here, no network."""

from __future__ import annotations

import ast
import base64
import csv
import hashlib
import importlib.util
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from kit.build.faults import explain, plainly
from kit.build.filelock import hold
from kit.build.process import clean_environment
from kit.build.stamp import made_here
from kit.errors import BuildError

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and /dev/full are POSIX")
KIT = "governance-discourse-kit"
PARTS = 2000  # files of the wheel that takes long enough to be killed in the middle

# Stands for the build: says what it was given and which packages it sees, or waits for a signal
TARGET = """
import importlib.metadata, json, signal, sys, time, kit
if sys.argv[1:] == ["why"]:
    def tidy(number, frame):
        print("tidied up after", signal.Signals(number).name, flush=True)
        sys.exit(3)
    signal.signal(signal.SIGINT, tidy), signal.signal(signal.SIGTERM, tidy)
    print("waiting", flush=True)
    time.sleep(60)
packages = {found.name: found.version for found in importlib.metadata.distributions()}
print(json.dumps({"arguments": sys.argv[1:], "prefix": sys.prefix, "kit": kit.__file__, "packages": packages}))
sys.exit(7 if sys.argv[1:] == ["clean"] else 0)
"""
# Stands for pytest and JupyterLab: says what it was given
ECHO = """
import json, os, sys
jupyter = {name: value for name, value in os.environ.items() if name.startswith(("JUPYTER", "IPYTHON"))}
print(json.dumps({"arguments": sys.argv[1:], "jupyter": jupyter}))
"""
# Stands for uv: says what it was told, and does by pip what the variable SHAM asks for
UV = """
import json, os, pathlib, subprocess, sys
names = [name for name in os.environ if name.startswith(("UV_", "SSL_")) or name.upper().endswith("_PROXY")]
note = pathlib.Path("uv-told.jsonl")
with note.open("a") as told:
    print(json.dumps([sys.argv[1:], {name: os.environ[name] for name in names}]), file=told)
print("Resolved 2 packages in 3ms", flush=True)
sham = os.environ.get("SHAM")
if sham == "half":  # killed when it had begun
    print("Prepared 2 packages in 3ms", flush=True)
    folder = pathlib.Path(next(path for path in sys.path if path.endswith("site-packages")), "gamma-1.0.dist-info")
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\\nName: gamma\\nVersion: 1.0\\n")
if sham:
    sys.exit({"hash": "error: x\\n  cause: Hash mismatch for `alpha==2.0`"}.get(sham, "error: Connection refused"))
pathlib.Path(os.environ["UV_CACHE_DIR"]).mkdir(exist_ok=True)
options = [one for one in sys.argv[2:] if one not in ("--python", sys.executable)]
if options[0] == "install" and "UV_FIND_LINKS" in os.environ:
    options += ["--find-links", os.environ["UV_FIND_LINKS"]]
sys.exit(subprocess.call([sys.executable, "-m", "pip", *options]))
"""
# Hands on to the uv of the tests' own environment
REAL_UV = "import os, sys\nos.execv({0!r}, [{0!r}, *sys.argv[1:]])\n"


def make_wheel(folder: Path, name: str, version: str, files: dict[str, str]) -> str:
    """Write a wheel whose metadata come first, so that a half-installed package looks installed; return its sha256."""
    info = f"{name}-{version}.dist-info"
    members = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        **files,
    }
    record = io.StringIO()
    writer = csv.writer(record, lineterminator="\n")
    for path, text in members.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        writer.writerow([path, f"sha256={digest}", len(text.encode())])
    writer.writerow([f"{info}/RECORD", "", ""])
    file = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{info}/METADATA", members.pop(f"{info}/METADATA"))
        archive.writestr(f"{info}/RECORD", record.getvalue())
        for path, text in members.items():
            archive.writestr(path, text)
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Project:
    """A tiny project: make.py, the set-up's part of kit, a lock, a folder of wheels."""

    def __init__(self, root: Path) -> None:
        self.root, self.wheels = root, root.parent / "the wheels é"
        self.wheels.mkdir(parents=True)
        self.hashes = {
            "alpha==1.0": make_wheel(self.wheels, "alpha", "1.0", {"alpha.py": "value = 1\n"}),
            "alpha==2.0": make_wheel(self.wheels, "alpha", "2.0", {"alpha.py": "value = 2\n"}),
            "uv==1.0": make_wheel(self.wheels, "uv", "1.0", {"uv.py": UV}),
            "beta==1.0": make_wheel(self.wheels, "beta", "1.0", {"pytest.py": ECHO, "jupyterlab.py": ECHO}),
            "gamma==1.0": make_wheel(
                self.wheels, "gamma", "1.0", {f"gamma/part_{i:04}.txt": f"{i}\n" for i in range(PARTS)}
            ),
        }
        (root / "kit" / "build").mkdir(parents=True)
        shutil.copy(ROOT / "make.py", root)
        for name in ("__init__.py", "arguments.py", "errors.py", "garbage.py", "startup.py"):
            shutil.copy(ROOT / "kit" / name, root / "kit")
        for file in (ROOT / "kit" / "build").glob("*.py"):
            shutil.copy(file, root / "kit" / "build")
        (root / "kit" / "build" / "__main__.py").write_text(TARGET, encoding="utf-8")
        self.env = {name: value for name, value in os.environ.items() if not name.upper().startswith("PIP_")}
        self.env["PIP_CONFIG_FILE"] = os.devnull

    @property
    def python(self) -> Path:
        return self.root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        return self.root / ".venv" / "kit-stamp.json"

    def lock(self, *requirements: str, **wrong: str) -> None:
        """Write the lock; `wrong` gives a package another hash than its own."""
        lines = []
        for requirement in requirements:
            pin = requirement.partition(" ;")[0]
            sha256 = wrong.get(pin.partition("==")[0], self.hashes.get(pin, "0" * 64))
            lines.append(f"{requirement} \\\n    --hash=sha256:{sha256}\n")
        (self.root / "requirements.lock").write_text("".join(lines), encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.root / "make.py"), "--wheels", str(self.wheels), *arguments]

    def run(self, *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> dict:
        """Run make.py; return its exit code, its lines, and what the stand-in for the build saw."""
        done = subprocess.run(
            self.command(*arguments),
            capture_output=True,
            env={**self.env, **(env or {})},
            cwd=cwd or self.root,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        lines = done.stdout.splitlines()
        seen = json.loads(lines.pop()) if lines and lines[-1].startswith("{") else {}
        return {"code": done.returncode, "said": lines, "error": done.stderr, "seen": seen}

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.env,
            cwd=self.root,
            encoding="utf-8",
            start_new_session=True,
        )

    def packages(self) -> dict[str, str]:
        """Versions by name in .venv, pip apart."""
        names = (path.name.removesuffix(".dist-info").split("-") for path in self.root.glob(".venv/**/*.dist-info"))
        return {name: version for name, version in names if name != "pip"}


class Study(Project):
    """A tiny study: the kit is no folder but a wheel beside make.py."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        files = {file.relative_to(root).as_posix(): file for file in sorted((root / "kit").rglob("*.py"))}
        self.files = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
        shutil.rmtree(root / "kit")

    def put_kit(self, version: str, **changed: str) -> None:
        """Put a wheel of the kit in place of the one that is there; `changed` gives files other texts."""
        for old in self.root.glob("*.whl"):
            old.unlink()
        files = {**self.files, **changed}
        self.hashes[f"{KIT}=={version}"] = make_wheel(self.root, KIT.replace("-", "_"), version, files)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("set-up") / "a folder é" / "project")


@pytest.fixture
def project(shared: Project) -> Project:
    """The tiny project, set up with alpha 1.0 and beta 1.0, whatever the test before has left."""
    shared.lock("alpha==1.0", "beta==1.0", "colorama==9.9 ; sys_platform == 'plan9'")
    shutil.rmtree(shared.root / ".kit", ignore_errors=True)
    assert shared.run("list")["code"] == 0
    assert shared.packages() == {"alpha": "1.0", "beta": "1.0"}
    return shared


@pytest.fixture
def bare(tmp_path: Path) -> Project:
    """A tiny project that was never set up."""
    made = Project(tmp_path / "bare é" / "project")
    made.lock("alpha==1.0")
    return made


def test_ready_environment_is_left_alone_and_silent(project: Project, tmp_path: Path) -> None:
    hostile = {
        "PYTHONPATH": str(tmp_path),
        "PYTHONHOME": "",
        "PIP_TARGET": str(tmp_path / "elsewhere"),
        "PIP_USER": "1",
        "PIP_REQUIRE_VIRTUALENV": "1",
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    }
    result = project.run("list", "some", "--thing", env=hostile, cwd=tmp_path)
    assert (result["code"], result["said"], result["error"]) == (0, [], "")
    assert result["seen"]["arguments"] == ["list", "some", "--thing"]
    assert os.fsencode(result["seen"]["prefix"]) == os.fsencode(project.root / ".venv")
    assert os.fsencode(result["seen"]["kit"]) == os.fsencode(project.root / "kit" / "__init__.py")
    elsewhere = subprocess.run(
        [project.python, "-c", "import os, kit; print(os.fsencode(kit.__file__))"],
        cwd=tmp_path,
        env={**project.env, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == str(os.fsencode(project.root / "kit" / "__init__.py"))


def test_settings_of_pip_do_not_lead_the_installation_elsewhere(project: Project, tmp_path: Path) -> None:
    project.lock("alpha==2.0", "beta==1.0")
    (tmp_path / "constraints.txt").write_text("alpha<2\n")
    (tmp_path / "pip.conf").write_text(f"[global]\nconstraint = {tmp_path / 'constraints.txt'}\nuser = true\n")
    leaks = {name: str(tmp_path / name) for name in ("PIP_TARGET", "PIP_PREFIX", "PYTHONPATH")}
    env = {**leaks, "PIP_CONFIG_FILE": str(tmp_path / "pip.conf"), "PIP_NO_BINARY": ":all:", "PIP_DRY_RUN": "1"}
    result = project.run("list", env=env)
    assert result["code"] == 0, result
    assert "requirements.lock has changed" in result["said"][0]
    assert project.packages() == {"alpha": "2.0", "beta": "1.0"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["constraints.txt", "pip.conf"]


def test_package_the_lock_no_longer_names_is_removed(project: Project) -> None:
    project.lock("beta==1.0")
    result = project.run("list")
    assert result["code"] == 0, result
    assert any(line.startswith("  removed alpha: ") for line in result["said"])
    assert set(result["seen"]["packages"]) == {"beta", "pip"}
    assert not list(project.root.glob(".venv/**/alpha.py"))


def test_wrong_hash_is_named_and_the_old_environment_still_works(project: Project) -> None:
    before, lock = project.stamp.read_bytes(), (project.root / "requirements.lock").read_bytes()
    project.lock("alpha==2.0", "gamma==1.0", alpha="1" * 64)
    result = project.run("list")
    assert result["code"] == 1
    assert result["seen"] == {}
    problem, remedy = result["error"].splitlines()
    assert problem.startswith("make.py: wrong hash: the alpha==2.0 that pip was given is not the one requirements.lock")
    assert problem.endswith("(log: .kit/setup.log)")
    assert remedy.startswith("  -> restore requirements.lock from git")
    assert project.packages() == {"alpha": "1.0", "beta": "1.0"}
    assert project.stamp.read_bytes() == before
    assert "1" * 64 in (project.root / ".kit" / "setup.log").read_text(encoding="utf-8")
    (project.root / "requirements.lock").write_bytes(lock)
    again = project.run("list")
    assert (again["code"], again["said"]) == (0, [])


def start_and_wait_for_gamma(project: Project) -> tuple[subprocess.Popen, Path]:
    """Begin a set-up and return while pip is copying the files of gamma to the folder given back."""
    project.lock("alpha==1.0", "beta==1.0", "gamma==1.0")
    (site,) = project.root.glob(".venv/lib/python*/site-packages")
    process = project.start("list")
    while len(list(site.glob("gamma/*"))) < 50:
        assert process.poll() is None
        time.sleep(0.01)
    return process, site


def told_uv(project: Project) -> list[tuple[list[str], dict[str, str]]]:
    """Return what the stand-in for uv was told, call by call: arguments and environment."""
    note = project.root / "uv-told.jsonl"
    calls = [tuple(json.loads(line)) for line in note.read_text().splitlines()] if note.exists() else []
    note.unlink(missing_ok=True)
    return calls


def test_uv_of_the_lock_installs_the_rest_from_where_pip_is_told_to(project: Project, tmp_path: Path) -> None:
    project.lock("alpha==2.0", "beta==1.0", "uv==1.0")
    (tmp_path / "pip.conf").write_text(
        "[global]\nindex-url = http://127.0.0.1:9/other\nretries = 2\n[install]\nproxy = p:1\n"
    )
    env = {
        **project.env,
        "PIP_CONFIG_FILE": str(tmp_path / "pip.conf"),
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": project.wheels.as_uri(),
        "PIP_CERT": "own.pem",
        "UV_INDEX": "http://127.0.0.1:9/astray",
        "UV_TARGET": "elsewhere",
        "UV_NO_VERIFY_HASHES": "1",
    }
    command = [sys.executable, "make.py", "list"]
    done = subprocess.run(command, cwd=project.root, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not [line for line in done.stdout.splitlines() if "pip" in line.partition("{")[0]]
    assert project.packages() == {"alpha": "2.0", "beta": "1.0", "uv": "1.0"}
    (arguments, seen), (checked, _) = told_uv(project)
    assert {"--require-hashes", "--only-binary", "--no-deps", "--no-index"} <= set(arguments)
    assert checked[:2] == ["pip", "check"]
    expected = {
        "UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple",
        "UV_FIND_LINKS": project.wheels.as_uri(),
        "SSL_CERT_FILE": "own.pem",
        "HTTPS_PROXY": "http://p:1",
        "UV_HTTP_RETRIES": "2",
        "UV_NO_CONFIG": "1",
    }
    assert expected.items() <= seen.items()
    assert not {"UV_INDEX", "UV_TARGET", "UV_NO_VERIFY_HASHES", "UV_SYSTEM_CERTS"} & seen.keys()
    assert not (project.root / ".kit" / "uv").exists()

    project.lock("alpha==1.0", "beta==1.0", "uv==1.0")  # uv is there: --wheels asks no index of any kind
    result = project.run("list", env={"PIP_INDEX_URL": "http://127.0.0.1:9/simple"})
    assert result["code"] == 0, result
    (arguments, seen), _ = told_uv(project)
    assert arguments[-3:] == ["--no-index", "--find-links", str(project.wheels)]
    assert "UV_DEFAULT_INDEX" not in seen
    assert project.packages()["alpha"] == "1.0"


def test_pip_installs_where_uv_fails_whatever_uv_has_begun(project: Project) -> None:
    for sham, version in [("none", "2.0"), ("half", "1.0")]:
        project.lock(f"alpha=={version}", "beta==1.0", "gamma==1.0", "uv==1.0")
        result = project.run("list", env={"SHAM": sham})
        assert result["code"] == 0, result
        told = [line for line in result["said"] if "pip" in line]
        assert told == ["  uv cannot do it here; pip does, which takes longer (.kit/setup.log says why)"], sham
        assert project.packages() == {"alpha": version, "beta": "1.0", "gamma": "1.0", "uv": "1.0"}
        assert len(list(project.root.glob(".venv/lib/python*/site-packages/gamma/*"))) == PARTS
        assert project.run("list")["said"] == []
        project.lock(f"alpha=={version}", "beta==1.0", "uv==1.0")
        assert project.run("list")["code"] == 0
    told_uv(project)


def test_wrong_hash_that_uv_finds_is_final(project: Project) -> None:
    project.lock("alpha==2.0", "uv==1.0")
    result = project.run("list", env={"SHAM": "hash"})
    assert result["code"] == 1
    assert result["error"].startswith(
        "make.py: wrong hash: the alpha==2.0 that uv was given is not the one requirements"
    )
    assert result["said"][-1] == "  .venv is as it was, and works again with the lock it was made from"
    assert project.packages()["alpha"] == "1.0"
    project.lock("alpha==1.0", "uv==1.0", uv="3" * 64)
    shutil.rmtree(project.root / ".venv")
    assert "wrong hash: the uv==1.0 that pip was given" in project.run("list")["error"]
    told_uv(project)


def test_machine_without_a_wheel_of_uv_is_set_up_by_pip(project: Project) -> None:
    project.lock("alpha==2.0", "beta==1.0", "uv==7.0")
    result = project.run("list")
    assert result["code"] == 0, result
    told = [line for line in result["said"] if "pip" in line]
    assert told == ["  there is no uv for this machine; pip does, which takes longer (.kit/setup.log says why)"]
    assert project.packages() == {"alpha": "2.0", "beta": "1.0"}
    assert project.run("list")["said"] == []


@POSIX
@pytest.mark.skipif(importlib.util.find_spec("uv") is None, reason="uv is not in the tests' environment")
def test_uv_itself_installs_replaces_and_mends(project: Project) -> None:
    real = REAL_UV.format(str(Path(sys.executable).with_name("uv")))
    project.hashes["uv==2.0"] = make_wheel(project.wheels, "uv", "2.0", {"uv.py": real})
    project.lock("alpha==2.0", "beta==1.0", "gamma==1.0", "uv==2.0")
    result = project.run("list")
    assert result["code"] == 0, result
    assert not [line for line in result["said"] if "pip" in line]
    assert project.packages() == {"alpha": "2.0", "beta": "1.0", "gamma": "1.0", "uv": "2.0"}
    (site,) = project.root.glob(".venv/lib/python*/site-packages")
    assert (site / "alpha.py").read_text() == "value = 2\n"
    assert (site / "alpha-2.0.dist-info" / "INSTALLER").read_text().strip() == "uv"
    assert (site / "alpha.py").stat().st_nlink == 1  # nobody else has it, whatever is written there

    (site / "gamma" / "part_0007.txt").unlink()
    project.stamp.unlink()
    assert project.run("list")["code"] == 0
    assert len(list(site.glob("gamma/*"))) == PARTS
    project.lock("alpha==1.0", "uv==2.0", alpha="4" * 64)
    refused = project.run("list")
    assert "wrong hash: the alpha==1.0 that uv was given" in refused["error"]
    assert refused["said"][-1].startswith("  .venv is as it was")
    assert project.packages()["alpha"] == "2.0"


@POSIX
def test_killed_in_the_middle_of_a_package_then_completed(project: Project) -> None:
    process, site = start_and_wait_for_gamma(project)
    with process:
        os.killpg(process.pid, signal.SIGKILL)
    assert not project.stamp.exists()
    assert (site / "gamma-1.0.dist-info" / "METADATA").exists()  # pip alone would take gamma for installed
    assert len(list(site.glob("gamma/*"))) < PARTS
    result = project.run("list")
    assert result["code"] == 0, result
    assert result["said"][0].endswith(": the last set-up did not finish")
    assert len(list(site.glob("gamma/*"))) == PARTS
    assert result["seen"]["packages"].keys() == {"alpha", "beta", "gamma", "pip"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the child by /proc")
def test_pip_of_a_killed_run_is_waited_for(project: Project) -> None:
    process, site = start_and_wait_for_gamma(project)
    pip = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
    os.kill(pip, signal.SIGSTOP)
    try:
        with process:
            process.kill()
            process.stdout.close()
        second = project.start("list")
        assert second.stdout.readline().startswith(f"Another make.py (process {process.pid}, or a pip it started)")
        assert second.poll() is None
    finally:
        os.kill(pip, signal.SIGCONT)
    said, _ = second.communicate()
    assert second.returncode == 0, said
    assert "the last set-up did not finish" in said
    assert len(list(site.glob("gamma/*"))) == PARTS


@POSIX
@pytest.mark.slow
def test_killed_while_the_environment_is_made_then_completed(bare: Project) -> None:
    with bare.start("list") as process:
        while not bare.python.exists():
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    assert not bare.stamp.exists()
    result = bare.run("list")
    assert result["code"] == 0, result
    assert result["seen"]["packages"].keys() == {"alpha", "pip"}


def test_second_run_says_who_is_at_work_and_waits(project: Project) -> None:
    project.lock("alpha==2.0", "beta==1.0", "gamma==1.0")
    with project.start("list") as first:
        line = first.stdout.readline()
        assert line.startswith("Setting up .venv")
        second = project.run("list")
        rest, _ = first.communicate()
    assert (first.returncode, second["code"]) == (0, 0), (rest, second)
    assert second["said"][0].startswith(f"Another make.py (process {first.pid}, or a pip it started)")
    assert not any(line.startswith("Setting up") for line in second["said"])
    assert second["seen"]["packages"]["alpha"] == "2.0"


def test_lock_is_free_again_when_its_holder_is_gone(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("4194304\n")  # left by a process that no longer exists
    waited = []
    with hold(tmp_path / "lock", lambda holder, _seconds: waited.append(holder)):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"
    assert waited == []


def test_moved_project_gets_a_new_environment(project: Project) -> None:
    new = project.root.parent / "moved ü"
    project.root.rename(new)
    project.root = new
    result = project.run("list")
    assert result["code"] == 0, result
    assert result["said"][0].endswith(": the project has moved")
    assert Path(result["seen"]["prefix"]) == new / ".venv"
    assert Path(result["seen"]["kit"]) == new / "kit" / "__init__.py"


def test_unstamped_environment_is_kept_only_if_made_here_by_this_python(tmp_path: Path) -> None:
    here, version = tmp_path / "a b é" / ".venv", ".".join(map(str, sys.version_info[:3]))
    here.mkdir(parents=True)
    for command, made_by, kept in [
        (f"/usr/bin/python3 -m venv {here}", version, True),
        (f"/usr/bin/python3 -m venv {tmp_path}/elsewhere/.venv", version, False),
        (f"/usr/bin/python3 -m venv {here}", "3.11.0rc1", False),
    ]:
        (here / "pyvenv.cfg").write_text(
            f"home = /usr/bin\nversion = {made_by}\ncommand = {command}\n", encoding="utf-8"
        )
        assert made_here(here) is kept
    assert not made_here(tmp_path / "none")


@pytest.mark.slow
def test_environment_of_another_python_comes_back_if_the_new_one_fails(project: Project) -> None:
    own = project.stamp.read_text()
    other = {**json.loads(own), "python": "3.11.0"}
    project.stamp.write_text(json.dumps(other))
    project.lock("alpha==1.0", "beta==1.0", beta="2" * 64)
    result = project.run("list")
    assert result["code"] == 1
    assert result["said"][0].endswith(f"the one here was made by Python 3.11.0 on {other['platform']}")
    assert result["said"][-1] == "  the .venv of Python 3.11.0 is back in its place"
    assert json.loads(project.stamp.read_text()) == other
    assert project.packages() == {"alpha": "1.0", "beta": "1.0"}
    assert sorted(path.name for path in (project.root / ".kit").iterdir()) == ["setup.lock", "setup.log"]
    project.stamp.write_text(own)  # the next test need not build it anew


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("<<<<<<< HEAD", "requirements.lock: line 1: '<<<<<<< HEAD' is not pinned by =="),
        ("alpha==2.0", "requirements.lock: line 1: 'alpha==2.0' has no hash"),
        (
            f"alpha==2.0 ; os_nam == 'nt' --hash=sha256:{'0' * 64}",
            "requirements.lock: \"alpha==2.0 ; os_nam == 'nt'\" cannot be read",
        ),
    ],
)
def test_broken_lock_is_refused_before_anything_is_touched(project: Project, line: str, told: str) -> None:
    stamp = project.stamp.read_bytes()
    (project.root / "requirements.lock").write_text(f"{line}\n")
    result = project.run("list")
    assert result["code"] == 1
    assert told in result["error"]
    assert "\n  -> " in result["error"]
    assert project.packages() == {"alpha": "1.0", "beta": "1.0"}
    assert project.stamp.read_bytes() == stamp


def test_no_network_points_to_a_folder_of_wheels(project: Project) -> None:
    project.lock("alpha==2.0", "beta==1.0")
    dead = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1", "PIP_DEFAULT_TIMEOUT": "1"}
    done = subprocess.run(
        [sys.executable, "make.py", "list"],
        cwd=project.root,
        env={**project.env, **dead},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(
        "make.py: no network, or no answer from the package index (log: .kit/setup.log)\n  -> "
    )
    assert done.stderr.rstrip().endswith("and run python3 make.py --wheels wheels")
    assert done.stdout.splitlines()[-1].startswith("  .venv is as it was")
    assert project.packages() == {"alpha": "1.0", "beta": "1.0"}


def test_folder_of_wheels_that_lacks_one_or_is_not_there(project: Project, tmp_path: Path) -> None:
    project.lock("alpha==1.0", "beta==1.0", "delta==1.0")
    result = project.run("list")
    assert result["code"] == 1
    assert "make.py: the folder the wheels é has no wheel of delta==1.0 for Python " in result["error"]
    assert "-> fill it on a machine like this one: python3 -m pip download" in result["error"]
    missing = project.run("--wheels", str(tmp_path / "none"), "list")
    assert missing["code"] == 1
    assert f"there is no folder {tmp_path / 'none'}" in missing["error"]


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_python_without_venv_module_names_the_package_to_install(bare: Project, module: str) -> None:
    code = f"import runpy, sys; sys.modules[{module!r}] = None; runpy.run_path('make.py', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=bare.root, env=bare.env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"this Python {version} has no venv module" in done.stderr
    assert f"sudo apt install python{version}-venv" in done.stderr
    assert not (bare.root / ".venv").exists()


def old_pythons() -> list[str]:
    """Find interpreters older than the kit needs, on this machine."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    places = [*versions.glob("3.[6-9].*/bin/python3"), *versions.glob("3.10.*/bin/python3")]
    return sorted(map(str, places)) + [found for n in range(6, 11) if (found := shutil.which(f"/usr/bin/python3.{n}"))]


def test_old_python_is_told_so() -> None:
    source = (ROOT / "make.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    pretend = "import runpy, sys; sys.version_info = (3, 6, 15, 'final', 0); runpy.run_path('make.py')"
    for command in [[sys.executable, "-c", pretend], *([python, "make.py"] for python in old_pythons())]:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 1
        problem, remedy = done.stderr.splitlines()
        assert problem.startswith("make.py: this is Python 3.")
        assert problem.endswith("and the kit needs Python 3.11 or newer")
        assert remedy == "  -> run it with a newer one, for example: python3.12 make.py"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
def test_full_disk_is_named(bare: Project) -> None:
    (bare.root / ".kit").mkdir()
    (bare.root / ".kit" / "setup.log").symlink_to("/dev/full")
    result = bare.run("list")
    assert result["code"] == 1
    assert "no space left on the disk\n  -> free about 2 GB there" in result["error"]


@POSIX
def test_folder_that_may_not_be_written_is_named(bare: Project) -> None:
    drop = []
    if os.geteuid() == 0:  # root may write anywhere, unless it gives up that right
        if not shutil.which("setpriv"):
            pytest.skip("runs as root, and there is no setpriv to give up root's rights")
        drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
    bare.root.chmod(0o555)
    try:
        done = subprocess.run(
            [*drop, *bare.command("list")], env=bare.env, capture_output=True, encoding="utf-8", check=False
        )
    finally:
        bare.root.chmod(0o755)
    assert done.returncode == 1
    assert "cannot be written\n  -> copy the project to a folder of your own" in done.stderr


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "no space left"),
        ("OSError: [Errno 122] Disk quota exceeded", "no space left"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 30] Read-only file system: 'x'",
            "cannot be written",
        ),
        (
            "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] ...",
            "certificate of the package index",
        ),
        (
            "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError('...')': /simple/x/",
            "no network",
        ),
        (
            "ERROR: Could not find ... x==9 (from versions: 1, 2)\nERROR: No matching distribution found for x==9",
            "the package index has no wheel of x==9 for Python",
        ),
        ("ERROR: Something new\n", "pip failed: Something new"),
        ("", "pip failed: it wrote nothing"),
    ],
)
def test_what_pip_says_in_the_users_words(text: str, problem: str) -> None:
    told, remedy = explain(text)
    assert problem in told
    assert remedy
    assert "\n" not in told + remedy


def test_other_errors_of_the_system_pass_as_they_are() -> None:
    with pytest.raises(FileNotFoundError), plainly():
        raise FileNotFoundError(2, "No such file")
    with pytest.raises(BuildError, match="x: no space left"), plainly():
        raise OSError(28, "No space left on device", "x")


def test_children_keep_index_and_proxy_and_lose_what_leads_astray(monkeypatch: pytest.MonkeyPatch) -> None:
    python = {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"}
    for name in (*python, "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"):
        monkeypatch.setenv(name, "x")
    kept = {"PIP_INDEX_URL": "a", "PIP_EXTRA_INDEX_URL": "b", "PIP_CERT": "c", "PIP_PROXY": "d", "HTTPS_PROXY": "e"}
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    env = clean_environment(Path("here"))
    assert kept.items() <= env.items()
    assert not python & env.keys()
    assert not {name for name in env if name.startswith("PIP_") and env[name] == "x"}
    assert env["PATH"].split(os.pathsep)[0] == str(Path("here", "Scripts" if os.name == "nt" else "bin"))


def test_exit_code_and_workers_reach_the_target_and_back(project: Project) -> None:
    assert project.run("clean")["code"] == 7
    for arguments in (["-n", "3"], ["figures", "-n", "3"], ["figures", "--workers=3"]):
        assert project.run(*arguments)["seen"]["arguments"] == ["figures", "--workers", "3"]
    assert project.run("new-notebook", "04_voice")["seen"]["arguments"] == ["new-notebook", "04_voice"]


def test_tests_leave_the_slow_ones_out_unless_asked(project: Project) -> None:
    fast, two = ["-m", "not slow"], ["-n", "2", "--dist", "worksteal"]
    assert project.run("test", "-n", "2")["seen"]["arguments"] == [*fast, *two]
    assert project.run("test", "-n", "1", "-k", "a")["seen"]["arguments"] == [*fast, "-k", "a"]
    assert project.run("test", "--slow", "--workers=2", "kit/build")["seen"]["arguments"] == [*two, "kit/build"]
    assert "nothing to test is named 'bild'" in project.run("test", "bild")["error"]


def test_check_runs_every_check_and_fails_if_one_fails(project: Project) -> None:
    result = project.run("check")  # ruff and mypy are not in this lock; the stand-ins for pytest and strip are content
    assert result["code"] == 1
    ends = [line.split(" (")[0] for line in result["said"] if line.startswith("== ") and " (" in line]
    assert ends == [
        *("== lint: failed", "== format: failed", "== types: failed", "== doctests: ok"),
        "== notebooks without outputs: ok",
    ]
    assert result["said"][-1] == "check: 2 of 5 ok; failed: lint, format, types"


def test_lab_is_local_with_token_and_with_settings_of_its_own(project: Project) -> None:
    theirs = {"JUPYTER_TOKEN": "none", "JUPYTER_CONFIG_DIR": "theirs", "JUPYTER_PATH": "theirs", "IPYTHONDIR": "theirs"}
    seen = project.run("lab", "--no-browser", "--port", "8899", env=theirs)["seen"]
    assert {"--ip=127.0.0.1", "--no-browser", "--port=8899"} <= set(seen["arguments"])
    assert f"--ServerApp.root_dir={project.root}" in seen["arguments"]
    assert "--FileContentsManager.preferred_dir=notebooks" in seen["arguments"]
    assert not any("token" in argument or "password" in argument for argument in seen["arguments"])
    assert ("--allow-root" in seen["arguments"]) == (hasattr(os, "geteuid") and os.geteuid() == 0)
    assert len(seen["jupyter"].pop("JUPYTER_TOKEN")) == 48  # nobody else knows it
    assert all(Path(value).is_relative_to(project.root / ".kit" / "jupyter") for value in seen["jupyter"].values())
    assert {"JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"} <= seen["jupyter"].keys()
    assert project.run("lab", "--ip=0.0.0.0")["code"] == 2


@pytest.mark.slow
def test_a_study_runs_the_kit_of_its_wheel_and_another_one_replaces_it(tmp_path: Path) -> None:
    study = Study(tmp_path / "kajian é" / "study")
    bare = subprocess.run([sys.executable, "-S", study.root / "make.py"], capture_output=True, text=True, check=False)
    assert (bare.returncode, "there is no kit here" in bare.stderr) == (1, True)
    study.put_kit("0.1.0")
    study.lock("alpha==1.0", f"{KIT}==0.1.0")
    result = study.run("list", cwd=tmp_path)
    assert (result["code"], result["error"]) == (0, "")
    assert study.packages() == {"alpha": "1.0", KIT.replace("-", "_"): "0.1.0"}
    assert ".venv" in Path(result["seen"]["kit"]).parts
    assert study.run("list")["said"] == []  # ready
    assert "test is for a clone" in study.run("test")["error"]

    # another wheel of the same version: refused until the lock names it, then really installed
    study.put_kit("0.1.0", **{"kit/errors.py": study.files["kit/errors.py"] + "\nOTHER = 1\n"})
    refused = study.run("list")
    assert refused["code"] == 1
    assert (
        "governance_discourse_kit-0.1.0-py3-none-any.whl is not the kit that requirements.lock names"
        in refused["error"]
    )
    assert "python3 make.py lock" in refused["error"]
    study.lock("alpha==1.0", f"{KIT}==0.1.0")
    assert study.run("list")["code"] == 0
    see = [study.python, "-I", "-c", "import kit.errors; print(kit.errors.OTHER)"]
    assert subprocess.run(see, capture_output=True, text=True, check=True).stdout == "1\n"

    study.put_kit("0.2.0")
    study.lock("alpha==1.0", f"{KIT}==0.2.0")
    assert study.run("list")["code"] == 0
    assert study.packages()[KIT.replace("-", "_")] == "0.2.0"
    shutil.copy(next(study.root.glob("*.whl")), study.root / "governance_discourse_kit-0.1.0-py3-none-any.whl")
    assert "keep the one you mean" in study.run("list")["error"]


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 3)])
def test_signal_reaches_the_target_which_may_tidy_up(project: Project, number: signal.Signals, code: int) -> None:
    with project.start("why") as process:
        assert process.stdout.readline() == "waiting\n"
        process.send_signal(number)
        rest, _ = process.communicate(timeout=10)
    assert f"tidied up after {number.name}" in rest
    assert process.returncode == code


def test_help_needs_no_set_up_and_an_unknown_target_gets_the_nearest(bare: Project) -> None:
    text = subprocess.run(
        bare.command("--help"), env={**bare.env, "COLUMNS": "120"}, capture_output=True, encoding="utf-8", check=True
    ).stdout
    targets = ["import", "figures", "demo", "why", "list", "verify", "diff", "cite", "numbers", "check-paper"]
    targets += ["fill-paper", "report", "bundle", "handover", "clean", "lab", "new-notebook", "strip", "test"]
    targets += ["check", "reference", "docs", "lock", "init"]
    lines = [line.split()[0] for line in text.splitlines() if line.startswith("  ") and line[2] not in " -"]
    assert [line for line in lines if line != "python3"] == targets
    assert max(map(len, text.splitlines())) <= 110
    wrong = bare.run("figure")
    assert wrong["code"] == 2
    assert "no target 'figure'; did you mean figures?" in wrong["error"]
    assert bare.run("check", "-n", "2")["code"] == 2
    assert not (bare.root / ".venv").exists()
