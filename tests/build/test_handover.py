"""The target handover: facts of the study at hand, the same in a clone."""

from __future__ import annotations

import hashlib
import shutil
import subprocess

import pytest
from markdown_it import MarkdownIt


def git(root, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def page(project):
    done = project.build("handover")
    assert (done.returncode, done.stdout) == (0, "results/handover.md\n"), done.stderr
    return (project.root / "results" / "handover.md").read_text(encoding="utf-8")


def rows(text):
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return {cell[0]: cell[1:] for cell in cells[2:]}


@pytest.fixture
def study(project):
    root = project.root
    (root / ".gitignore").write_text(".kit/\nresults/\narticles/\n", encoding="utf-8")
    (root / "corpus" / "articles" / "b.txt").write_bytes(b"Dua.\n")
    table = "file,doc_id,licence\na.txt,a,© Harian <b>A</b>\nb.txt,b,\nc.txt,c,© Harian <b>A</b>\n"
    (root / "corpus" / "articles.csv").write_text(table, encoding="utf-8")
    project.notebook("01_one", "# x", "1 + 1")
    return project


def test_without_git_nothing_is_kept_and_the_way_is_shown(study):
    text = page(study)
    assert "no commit: the project is not under git" in text
    assert "Nothing is in git: `git init`" in text
    assert {row[1] for row in rows(text).values()} == {"0"}
    assert "corpus: no exhibit is made with one (python3 make.py figures brings them up to date)." in text


def test_what_is_in_git_and_what_is_not(study, tmp_path):
    git(study.root, "init", "-q")
    git(study.root, "add", ".")
    git(study.root, "commit", "-q", "-m", "x")
    text = page(study)
    assert "not committed" not in text
    table = rows(text)
    assert table["articles and metadata"][:2] == ["3", "1"]
    names = ["corpus/articles.csv", "corpus/articles/a.txt", "corpus/articles/b.txt"]
    listed = "".join(f"{hashlib.sha256((study.root / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    assert table["articles and metadata"][3] == f"`{hashlib.sha256(listed.encode()).hexdigest()[:16]}`"
    assert table["exhibits"][:2] == ["0", "0"]
    assert "2 files of articles are not in git" in text
    assert "with its whole text" not in text
    shown = MarkdownIt("commonmark").render(text)
    assert "<li>Licences, as the articles state them: © Harian &lt;b&gt;A&lt;/b&gt;: 2; not stated: 1.</li>" in shown
    assert "1. Put the articles, received apart, into `corpus/articles`.\n2. `python3 make.py verify`" in text

    clone = tmp_path / "klona"
    git(study.root, "clone", "-q", str(study.root), str(clone))
    shutil.copytree(study.root / "corpus" / "articles", clone / "corpus" / "articles")
    study.root = clone
    assert page(study) == text


def test_what_others_have_rights_in_is_said_in_indonesian_too(study):
    root = study.root
    (root / ".gitignore").write_text(".kit/\nresults/\n", encoding="utf-8")
    settings = '[tool.kit]\ncorpus = "corpus"\nlabels = "id"\nevidence = "ids"\nprivate = "codes"\n'
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    notebook = root / "notebooks" / "01_one.ipynb"
    output = '"outputs": [{"output_type": "stream", "name": "stdout", "text": "Dua."}]'
    notebook.write_text(notebook.read_text(encoding="utf-8").replace('"outputs": []', output), encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "x")
    (root / "corpus" / "articles" / "c.txt").write_text("Tiga.\n", encoding="utf-8")
    text = page(study)
    assert "1 berkas belum di-commit seperti adanya di sini" in text
    assert "2 berkas artikel ada dalam git beserta seluruh teksnya" in text
    assert "1 berkas artikel tidak ada dalam git" in text
    assert '`evidence = "ids"`: bukti hanya memuat letak dan hash.' in text
    assert '`private = "codes"`: warga yang dikutip ditampilkan sebagai kode' in text
    assert "1 notebook disimpan dengan keluarannya" in text


def test_a_corpus_elsewhere_is_named_without_its_path(study, tmp_path):
    shutil.move(study.root / "corpus", tmp_path / "berita")
    (study.root / "pyproject.toml").write_text('[tool.kit]\ncorpus = "../berita"\n', encoding="utf-8")
    text = page(study)
    assert "The corpus lies outside of the project (berita), so git has none of it" in text
    assert str(tmp_path) not in text
