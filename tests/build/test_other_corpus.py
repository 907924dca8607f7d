"""The same notebooks on another corpus: its exhibits and its state lie apart from the project's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import kit
from kit.build.demo import demo_settings
from kit.errors import BuildError
from kit.simulation.sample import write_sample

KIT = Path(kit.__file__).resolve().parent.parent


@pytest.fixture
def built(project, make_light, tmp_path):
    """A project whose notebook tells which corpus it reads, built once; and two other corpora of one name."""
    project.notebook("01_which", "import kit, pathlib", make_light("tbl-which", "kit.load_settings().corpus"))
    assert project.build("figures").returncode == 0
    for folder in ("satu", "dua"):
        (tmp_path / folder / "pidato").mkdir(parents=True)
        (tmp_path / folder / "pidato" / "a.txt").write_text(f"Pidato {folder}.\n", encoding="utf-8")
    return project


@pytest.mark.slow
def test_another_corpus_changes_nothing_of_the_project_s_own(built, tmp_path):
    other, before = tmp_path / "satu" / "pidato", built.products()
    first = built.process("figures", KIT_CORPUS=str(other))
    assert first.returncode == 0, first.stdout + first.stderr
    assert "1 exhibit in results/pidato/" in first.stdout
    made = built.root / "results" / "pidato" / "tables" / "tbl-which.csv"
    assert made.read_text(encoding="utf-8") == str(other)
    assert built.products() == before
    assert before["tables/tbl-which.csv"].decode() == str(built.root / "corpus")
    for settings in ({}, {"KIT_CORPUS": str(other)}):
        assert "Nothing to do: 1 notebook is up to date" in built.process("figures", **settings).stdout
    (other / "a.txt").write_text("Pidato lain.\n", encoding="utf-8")
    assert "01_which is out of date" in built.process("why", KIT_CORPUS=str(other)).stdout
    assert built.process("why").stdout == "Nothing is out of date: 1 notebook\n"
    assert built.process("list", KIT_CORPUS=str(other)).stdout.startswith("01_which: out of date")
    assert {path.name for path in (built.root / ".kit" / "corpora").iterdir()} == {"results-pidato"}


@pytest.mark.slow
def test_it_can_be_verified_and_its_failures_name_their_log(built, tmp_path, make_light):
    other = {"KIT_CORPUS": str(tmp_path / "satu" / "pidato")}
    built.process("figures", **other)
    verified = built.process("verify", **other)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "the same bytes as in results/pidato/ on this disk" in verified.stdout
    built.notebook("01_which", make_light("tbl-which"), "1 / 0")
    failed = built.process("figures", **other)
    assert failed.returncode == 1
    assert "log: .kit/corpora/results-pidato/log/01_which.log" in failed.stdout


@pytest.mark.slow
def test_two_corpora_of_one_name_do_not_overwrite_each_other(built, tmp_path):
    one, two = (str(tmp_path / folder / "pidato") for folder in ("satu", "dua"))
    built.process("figures", KIT_CORPUS=one)
    made = built.root / "results" / "pidato" / "tables" / "tbl-which.csv"
    refused = built.process("figures", KIT_CORPUS=two)
    assert refused.returncode == 1
    assert refused.stderr.startswith(
        f"results/pidato: holds the exhibits of {one}, not of {two}\n  -> give these a folder"
    )
    assert made.read_text(encoding="utf-8") == one
    assert built.process("figures", KIT_CORPUS=two, KIT_FIGURES="results/dua").returncode == 0
    assert (built.root / "results" / "dua" / "tables" / "tbl-which.csv").read_text(encoding="utf-8") == two
    assert made.read_text(encoding="utf-8") == one


@pytest.mark.slow
def test_clean_takes_the_state_of_other_corpora_too(built, tmp_path):
    built.process("figures", KIT_CORPUS=str(tmp_path / "satu" / "pidato"))
    assert "  .kit/corpora: all of these, of other corpora (" in built.build("clean").stdout
    assert (built.root / "results" / "pidato" / "tables" / "tbl-which.csv").exists()


@pytest.mark.slow
def test_a_saved_corpus_serves_as_well(project, make_table, tmp_path):
    project.notebook(
        "01_size",
        "import kit\ncorpus = kit.load_corpus(kit.load_settings().corpus)",
        make_table("tbl-size", "[len(corpus)]"),
    )
    kit.save_corpus(kit.sample_corpus().where(month="2024-03"), tmp_path / "tersimpan")
    done = project.process("figures", KIT_CORPUS=str(tmp_path / "tersimpan"))
    assert done.returncode == 0, done.stdout
    made = project.root / "results" / "tersimpan" / "tables" / "tbl-size.csv"
    assert made.read_text(encoding="utf-8").split() == ["n", str(len(kit.sample_corpus().where(month="2024-03")))]


@pytest.mark.slow
def test_a_corpus_in_parts_gives_the_bytes_of_one(project, tmp_path):
    """All notebooks and exhibits, of the seed and 80 simulated articles saved in one part and in three."""
    texts = tmp_path / "articles" / "articles"
    write_sample(tmp_path / "articles")
    for file in sorted(texts.iterdir())[80:]:
        file.unlink()  # its row of articles.csv is set aside
    shutil.copytree(KIT / "corpus" / "articles", texts, dirs_exist_ok=True)
    (texts / "kosong.txt").write_text(" ", encoding="utf-8")
    one, three = (tmp_path / name / "tersimpan" for name in ("one", "three"))
    for place in (one, three):
        place.parent.mkdir()
    kit.save_corpus(kit.load_corpus(tmp_path / "articles"), one)
    assert len(kit.add_articles(tmp_path / "articles", three, partition_mb=0.06)) == 3
    shutil.copytree(KIT / "notebooks", project.root / "notebooks", dirs_exist_ok=True)
    made = []
    for place in (one, three):
        where = {"KIT_CORPUS": str(place), "KIT_FIGURES": f"results/{place.parent.name}"}
        for target in (["figures"], ["why"], ["verify", "01"], ["handover"], ["numbers"], ["report"]):
            done = project.process(*target, **where)
            assert done.returncode == 0, f"{target}: {done.stdout}{done.stderr}"
        home = project.root / "results" / place.parent.name
        made.append({file.relative_to(home): file.read_bytes() for file in home.rglob("*") if file.is_file()})
    assert made[0].keys() == made[1].keys()
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []
    assert len(made[0]) > 500


def test_the_demonstration_is_written_once_and_overwrites_nothing_of_one_s_own(project, sample):
    settings = demo_settings(project.settings)
    assert (settings.corpus, settings.figures) == (project.root / "demo", project.root / "results" / "demo")
    assert kit.load_corpus(settings.corpus).fingerprint == sample.fingerprint
    file = settings.corpus / "articles" / "sim-001.txt"
    stamp, text = file.stat().st_mtime_ns, file.read_bytes()
    demo_settings(project.settings)
    assert file.stat().st_mtime_ns == stamp
    (settings.corpus / "articles" / "mine.txt").write_text("x", encoding="utf-8")
    file.write_text("Diubah.", encoding="utf-8")
    demo_settings(project.settings)
    assert file.read_bytes() == text
    assert not (settings.corpus / "articles" / "mine.txt").exists()
    (settings.corpus / "README.md").write_text("# Mine\n", encoding="utf-8")
    with pytest.raises(BuildError, match="demo/: is there and was not written by the kit"):
        demo_settings(project.settings)
    assert file.exists()


def test_the_target_demo_builds_the_notebooks_on_it(built):
    done = built.build("demo")
    assert done.returncode == 0, done.stdout + done.stderr
    made = built.root / "results" / "demo"
    assert (made / "tables" / "tbl-which.csv").read_text(encoding="utf-8") == str(built.root / "demo")
    again = built.build("demo", "01")
    assert "Nothing to do: 1 notebook is up to date" in again.stdout
    assert built.build("why").stdout == "Nothing is out of date: 1 notebook\n"
    assert json.loads((built.root / ".kit" / "executed" / "01_which.ipynb").read_text("utf-8"))["cells"]
