"""The target verify: everything anew, compared with what is committed."""

from __future__ import annotations

import re
import subprocess

import pytest

from kit.build.verify import committed


def git(project, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=project.root, check=True, capture_output=True)


@pytest.fixture
def built(built_once, make_table, make_light):
    def write(project):
        project.notebook("01_one", make_table("tbl-one", "[1, 2]"))
        project.notebook("02_two", make_light("tbl-two"))

    return built_once("to be verified", write)


def test_against_the_disk_where_git_has_nothing(built):
    done = built.build("verify")
    assert done.returncode == 0, done.stdout + done.stderr
    last = done.stdout.splitlines()[-1]
    assert re.fullmatch(r"Verified: 19 files, the same bytes as in figures/ on this disk \(\d+\.\d s\)", last)
    assert not (built.root / ".kit" / "verify").exists()
    assert built.build("figures").stdout.startswith("Nothing to do")


def test_against_the_last_commit_whatever_lies_on_the_disk(built):
    git(built, "init", "-q")
    git(built, "add", "figures")
    git(built, "commit", "-q", "-m", "x")
    (built.figures / "tables" / "tbl-one.csv").write_text("by hand", encoding="utf-8")
    (built.figures / "new.txt").write_text("not committed", encoding="utf-8")
    done = built.build("verify")
    assert done.returncode == 0, done.stdout
    assert re.search(r"the same bytes as in figures/ of git commit [0-9a-f]{7,}", done.stdout)
    assert done.stdout.splitlines()[-1] == "On this disk 2 files of figures/ differ from that commit"
    assert (built.figures / "tables" / "tbl-one.csv").read_text() == "by hand"


@pytest.mark.slow
def test_one_notebook_alone(built):
    (built.figures / "tables" / "tbl-two.csv").unlink()
    done = built.build("verify", "01")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("[0/1] 01_one started\n")
    assert "Verified: 9 files, the same bytes as in figures/ on this disk" in done.stdout
    done = built.build("verify", "02")
    assert done.returncode == 1
    assert done.stdout.splitlines()[2:4] == [
        "tbl-two (02_two)",
        "  tables/tbl-two.csv: is not there, but a notebook makes it",
    ]


def test_the_exhibit_and_the_cell_that_differ_are_named(built):
    git(built, "init", "-q")
    table, page = built.figures / "tables" / "tbl-one.csv", built.figures / "index.html"
    table.write_bytes(b"n\n1\n3\n")
    (built.figures / "tables" / "tbl-two.csv").unlink()
    (built.figures / "tbl-old.json").write_text("{}", encoding="utf-8")
    (built.figures / ".gitkeep").touch()
    page.write_bytes(page.read_bytes() + b"x")
    git(built, "add", "figures")
    git(built, "commit", "-q", "-m", "x")
    done = built.build("verify")
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if not line.startswith("[")]
    assert lines[0] == "index"
    assert lines[1].startswith("  index.html: bytes differ, first at byte ")
    assert lines[2:6] == [
        "tbl-old",
        "  tbl-old.json: is there, but no notebook makes it",
        "tbl-one (01_one)",
        "  tables/tbl-one.csv: row '3' is gone",
    ]
    assert lines[6] == "  tables/tbl-one.csv: row '2' is new"
    assert lines[7:9] == ["tbl-two (02_two)", "  tables/tbl-two.csv: is not there, but a notebook makes it"]
    assert re.fullmatch(r"4 exhibits made anew in \.kit/verify differ from figures/ of git commit .*", lines[-1])


def test_another_corpus_is_named_as_the_cause(project):
    cell = (
        "import kit\ncorpus = kit.load_corpus(kit.load_settings().corpus)\n"
        "kit.Table(kit.describe_corpus(corpus), id='tbl-one', title={'id': 'T', 'en': 'T'}).save()"
    )
    project.notebook("01_one", cell)
    assert project.build("figures").returncode == 0
    git(project, "init", "-q")
    git(project, "add", "figures")
    git(project, "commit", "-q", "-m", "x")
    (project.root / "corpus" / "articles" / "a.txt").write_text("ASN melayani semua warga.\n", encoding="utf-8")
    done = project.build("verify")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    place = lines.index("Made from other inputs:")
    assert re.fullmatch(r"  corpus fingerprint: was [0-9a-f]{12}, is [0-9a-f]{12}", lines[place + 1])
    assert lines[place + 2] == ""
    assert "  tables/tbl-one.csv: row 'all', column 'tokens': was '3', is '4'" in lines
    assert not any("products" in line for line in lines)


@pytest.mark.slow
def test_a_notebook_that_fails_is_a_failure_and_nothing_is_compared(built):
    built.notebook("02_two", "raise ValueError('no')")
    done = built.build("verify")
    assert done.returncode == 1
    assert "ValueError: no" in done.stdout
    assert done.stdout.endswith("Nothing was compared, since not everything could be made\n")


def test_nothing_to_compare_with_is_an_error(project):
    project.notebook("01", "1")
    done = project.build("verify")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("figures/ on this disk: no figures to compare with\n  -> ")


def test_committed_bytes_are_read_untouched_from_a_folder_in_a_larger_checkout(project):
    larger = project.root.parent
    project.figures.mkdir()
    (project.figures / "é b.csv").write_bytes(b"a\r\nb\n\x00\xff")
    subprocess.run(["git", "init", "-q"], cwd=larger, check=True)
    (larger / ".gitattributes").write_text("* text eol=crlf\n*.csv -text\n")
    git(project, "add", "-f", "figures")
    git(project, "commit", "-q", "-m", "x")
    (project.figures / "é b.csv").unlink()
    files, source = committed(project.settings)
    assert files == {"é b.csv": b"a\r\nb\n\x00\xff"}
    assert source.startswith("figures/ of git commit ")
