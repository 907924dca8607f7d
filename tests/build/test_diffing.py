"""The target diff: what moved since a revision, and because of which input."""

from __future__ import annotations

import csv
import json
import re
import subprocess

import pytest

from kit.build.git import contents, entries, git
from kit.build.swaps import by_kind

# Each row asks one input, or several; the notebook's own number is what its code is
VALUES = """
import kit, pandas, pathlib
settings = kit.load_settings()
texts = len(list(settings.corpus.glob("articles/*.txt")))
book = len((settings.codebook / "patterns.csv").read_text().splitlines())
asked = len(settings.study.nodes)
named = len(pathlib.Path("../data/sheet.txt").read_text().splitlines())
code = CODE
lock = len(pathlib.Path("..", "requirements.lock").read_text().splitlines())
values = {
    "texts": texts, "codebook": book, "parameters": asked, "files": named, "code": code, "versions": lock, "same": 1,
    "sum": 10 * texts + book, "product": texts * book, "any": min(texts + book, 4), "both": texts == 2 and asked == 2,
}
rows = pandas.DataFrame({"what": list(values), "n": [int(value) for value in values.values()]})
kit.Table(rows, id="tbl-x", title={"id": "X", "en": "X"}, about=kit.load_codebook()).save()
"""


def commit(project, message="x"):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-q", "-m", message]):
        subprocess.run(["git", *arguments], cwd=project.root, check=True, capture_output=True)


@pytest.fixture
def study(project):
    root = project.root
    (root / ".gitignore").write_text(".kit/\nresults/\n", encoding="utf-8")
    for name in ("buku", "data"):
        (root / name).mkdir()
    (root / "data" / "sheet.txt").write_text("1\n", encoding="utf-8")
    (root / "buku" / "patterns.csv").write_text("a\n", encoding="utf-8")
    settings = '[tool.kit]\ncorpus = "corpus"\ncodebook = "buku"\n[tool.kit.study]\nnodes = ["form:a"]\n'
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    project.notebook("01_one", VALUES.replace("CODE", "1"))
    return project


def test_what_cannot_be_compared_is_said_with_the_way_out(study, make_light):
    def refused(*arguments):
        done = study.build("diff", *arguments)
        assert done.returncode == 1, done.stdout
        assert done.stdout == ""
        return done.stderr

    assert "git has no commit of this project, so there is nothing to compare with\n  -> git init" in refused("HEAD")
    commit(study)
    for name in ("v9", "--all", "HEAD~1"):
        assert refused("--", name).startswith(f"diff: git knows no revision {name!r} here\n  -> name a commit")
    assert re.fullmatch(r"figures/: commit \w{7} has no figures\n  -> compare with a commit that .*\n", refused("HEAD"))
    (study.root / "corpus" / "articles" / "b.txt").write_text("Baru.", encoding="utf-8")
    (study.root / "notes.txt").write_text("no input", encoding="utf-8")
    (study.root / "buku" / "patterns.csv").write_text("a\nb\n", encoding="utf-8")
    said = refused("HEAD")
    assert "2 files not committed: buku/patterns.csv, corpus/articles/b.txt\n  -> git add and git commit them" in said


def test_files_are_sorted_by_what_they_are_to_a_study(study):
    listed = [
        "corpus/articles/a.txt", "lama/x.txt", "buku/patterns.csv", "kit/codebook/patterns.csv",
        "kit/codebook/rules.py",
        "kit/words.csv", "notebooks/01_one.ipynb", "data/sheet.txt", "pyproject.toml", "requirements.lock",
        "governance_discourse_kit-0.1.0-py3-none-any.whl", "figures/tbl-x.json", "docs/a.md", "README.md",
    ]  # fmt: skip
    assert by_kind(listed, study.settings, {"corpus": "lama"}) == {
        "texts": ["corpus/articles/a.txt", "lama/x.txt"],
        "codebook": ["buku/patterns.csv", "kit/codebook/patterns.csv"],
        "code": [
            "kit/codebook/rules.py", "kit/words.csv", "notebooks/01_one.ipynb",
            "governance_discourse_kit-0.1.0-py3-none-any.whl",
        ],
        "files": ["data/sheet.txt"],
        "parameters": ["pyproject.toml"],
        "versions": ["requirements.lock"],
    }  # fmt: skip


def test_files_of_a_commit_are_read_as_they_are(study):
    strange = {"corpus/é b.txt": b"\r\n\x00\xff", "corpus/none": b"", "corpus/x\ny": b" blob 3\n"}
    for name, data in strange.items():
        (study.root / name).write_bytes(data)
    commit(study)
    found = {entry.name: data for entry, data in contents(study.root, entries(study.root, "HEAD", "corpus"))}
    assert {name: found[name] for name in strange} == strange
    assert git(study.root, "rev-parse", "--verify", "-q", "nothing") is None


@pytest.mark.slow
def test_each_planted_change_is_named(study):
    root = study.root
    (root / "corpus" / "articles" / "tetap.txt").write_text("Tidak di git.\n", encoding="utf-8")
    (root / ".gitignore").write_text(".kit/\nresults/\ntetap.txt\n", encoding="utf-8")
    (root / "corpus" / "articles" / "a.txt").unlink()
    assert study.build("figures").returncode == 0
    commit(study, "before")
    (root / "corpus" / "articles" / "b.txt").write_text("Baru.\n", encoding="utf-8")
    (root / "buku" / "patterns.csv").write_text("a\nb\nc\n", encoding="utf-8")
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace('["form:a"]', '["form:a", "form:b"]'), encoding="utf-8")
    (root / "data" / "sheet.txt").write_text("1\n2\n", encoding="utf-8")
    (root / "requirements.lock").write_text("pandas==3\nnumpy==2\n", encoding="utf-8")
    study.notebook("01_one", VALUES.replace("CODE", "2"))
    done = study.process("diff", "HEAD")
    assert "files not committed: buku/patterns.csv, corpus/articles/b.txt" in done.stderr
    commit(study, "inputs alone")
    done = study.process("diff", "HEAD~1")
    assert done.returncode == 1
    assert "not committed: figures/index.html, figures/tables/tbl-x.compact.tex" in done.stderr
    commit(study, "after")
    done = study.process("diff", "HEAD~2")
    assert done.returncode == 0, done.stdout + done.stderr
    (table,) = (root / "results" / "diff").glob("*.csv")
    with table.open(encoding="utf-8", newline="") as stream:
        rows = {row["row"]: (row["old"], row["new"], row["why"]) for row in csv.DictReader(stream)}
    assert rows == {
        "texts": ("1", "2", "texts"),
        "codebook": ("1", "3", "codebook"),
        "parameters": ("1", "2", "parameters"),
        "files": ("1", "2", "other files"),
        "code": ("1", "2", "code"),
        "versions": ("1", "2", "versions (not put back)"),
        "sum": ("11", "23", "texts (+10), codebook (+2)"),
        "product": ("1", "6", "together: texts, codebook"),
        "any": ("2", "4", "together, some of: texts, codebook, parameters, other files, code"),
        "both": ("0", "1", "each alone: texts, parameters"),
    }
    assert "tbl-x/texts/n: 1 → 2: texts" in done.stdout
    assert "Not put back: versions, since other packages need an environment of their own" in done.stdout
    assert not [file for file in (root / ".kit" / "diff").iterdir() if file.is_dir()]
    status = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=True)
    assert status.stdout == ""

    # a table that is gone, a notebook that cannot be run as it was, and a study that is part of a larger clone
    settings.write_text(settings.read_text().replace("[tool.kit]", "[tool.kit]\nunpack = '300'"), encoding="utf-8")
    study.notebook("01_one", VALUES.replace("CODE", "len([settings.unpack])").replace("tbl-x", "tbl-y"))
    for file in study.figures.rglob("*tbl-x.*"):
        file.unlink()
    assert study.build("figures").returncode == 0
    commit(study, "renamed")
    done = study.process("diff", "HEAD~1")
    assert done.returncode == 0, done.stderr
    assert "tbl-x: shown → not there: code" in done.stdout
    assert "tbl-y: not there → shown: code" in done.stdout
    assert json.loads((study.figures / "tbl-y.json").read_bytes())["id"] == "tbl-y"
