"""The command line, and the target clean."""

from __future__ import annotations

import pytest

TARGETS = ("figures", "demo", "verify", "why", "list", "cite", "clean", "strip", "new-notebook", "import")


def test_help_lists_the_targets(project):
    done = project.process("--help")
    assert done.returncode == 0
    assert all(target in done.stdout for target in TARGETS)


@pytest.mark.parametrize(
    "arguments",
    [(), ("figure",), ("figures", "-n", "0"), ("figures", "-n", "x"), ("why", "-n", "2"), ("new-notebook",)],
)
def test_a_wrong_command_line_is_a_usage_error(project, arguments):
    done = project.build(*arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_errors_are_plain_and_name_the_remedy(project):
    project.notebook("01_corpus", "1")
    done = project.build("why", "02_corpus")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "notebooks/: no notebook '02_corpus'\n  -> did you mean 01_corpus?\n"
    (project.root / "pyproject.toml").write_text("[tool.kit]\nlabels = 'xx'\n", encoding="utf-8")
    done = project.build("list")
    assert done.returncode == 1
    assert "labels = 'xx'" in done.stderr
    assert "Traceback" not in done.stderr


def test_clean_removes_what_builds_left_and_nothing_else(project, make_light):
    project.notebook("01", make_light("tbl-a"))
    project.build("figures")
    made = project.products()
    place = project.root / ".kit"
    (place / "setup.log").write_text("x", encoding="utf-8")
    (place / "jupyter").mkdir()
    (place / "jupyter" / "settings").write_text("x", encoding="utf-8")
    (project.root / ".venv").mkdir()
    done = project.build("clean")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Removed:"
    assert "  .kit/executed: notebooks with their outputs (1 file)" in lines
    assert lines[-1] == "The figures are as they were; the next build runs every notebook"
    assert project.products() == made
    left = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert left == {".gitignore", "build.lock", "build.txt", "setup.log", "jupyter/settings"}
    assert (project.root / ".venv").is_dir()
    assert project.build("clean").stdout.startswith("Nothing to remove\n")
    assert "1 notebook of 1 to run" in project.build("figures").stdout
