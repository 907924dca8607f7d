"""The whole way, from articles to exhibits, in a copy of the project in a folder with a blank and an accent."""

from __future__ import annotations

import ast
import csv
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kit.build.notebooks import read_notebook
from kit.build.products import sidecar_of
from kit.exhibits.exhibit import missing

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "tests" / "oracles" / "seed_article_raw.txt"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
METADATA = "file,doc_id,event_date\nseed.txt,seed,2024-02-04\n"


def study_of_the_seed(folder: Path) -> Path:
    """Make a study with the seed article as its corpus and the kit's own settings."""
    (folder / "corpus" / "articles").mkdir(parents=True)
    shutil.copy(SEED, folder / "corpus" / "articles" / "seed.txt")
    (folder / "corpus" / "articles.csv").write_text(METADATA, encoding="utf-8")
    (folder / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    return folder


def copy_of_project(folder: Path) -> Path:
    """Copy what a build reads, compiled code too, with the seed article as the corpus."""
    study_of_the_seed(folder)
    for name in ("kit", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "requirements.lock", folder)
    return folder


def build(project: Path, *arguments: str, **environment: str) -> str:
    """Make the figures of a project, and return what was printed."""
    command = [sys.executable, "-m", "kit.build", "figures", *arguments]
    env = {**os.environ, "PYTHONPATH": str(project), **environment}
    run = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def exhibits(project: Path) -> dict[str, bytes]:
    figures = project / "figures"
    return {file.relative_to(figures).as_posix(): file.read_bytes() for file in figures.rglob("*") if file.is_file()}


def cells(made: dict[str, bytes], table: str, *keys: str) -> dict[tuple[str, ...], str]:
    """Every cell of a saved table by its row's key and its column."""
    rows = csv.DictReader(made[f"tables/{table}.csv"].decode("utf-8").splitlines())
    return {(*(row[key] for key in keys), name): value for row in rows for name, value in row.items()}


def changed(before: dict[tuple[str, ...], str], after: dict[tuple[str, ...], str]) -> set[tuple[str, ...]]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


@pytest.fixture(scope="session")
def project(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    return made_once("kajian é satu", lambda folder: build(copy_of_project(folder)))


@pytest.fixture(scope="session")
def made(project: Path) -> dict[str, bytes]:
    return exhibits(project)


def variant(project: Path, folder: Path) -> Path:
    """A copy with its figures and its state, so that only what is stale is made again."""
    shutil.copytree(project, folder)
    return folder


def promised(file: Path, folder: Path) -> set[str]:
    """The files of a notebook's exhibits; the sidecar alone where there was nothing to show."""
    shown = {one: not missing(sidecar_of(folder, one.id)) for one in read_notebook(file).exhibits}
    return {product for one, all_of_it in shown.items() for product in one.products[0 if all_of_it else -1 :]}


def run(source: str, names: dict[str, object]) -> None:
    """Run a cell, and make what a notebook would show of its last line."""
    cell = ast.parse(source)
    last = cell.body.pop() if isinstance(cell.body[-1], ast.Expr) else None
    exec(compile(cell, "cell", "exec"), names)
    if isinstance(last, ast.Expr):
        shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        getattr(shown, "_repr_html_", shown.__repr__)()


def run_notebook(file: Path, study: Path) -> None:
    """Run a notebook in this process, which has loaded by then what a kernel would have to."""
    names: dict[str, object] = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(study)
        patch.setenv("KIT_STAGE", str(study / "figures"))
        patch.setenv("KIT_NOTEBOOK", file.stem)
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                run("".join(cell["source"]), names)


@pytest.fixture
def study_with(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Callable[[Path], Path]:
    """A study of the seed in which one notebook has run."""
    return lambda file: made_once(f"kajian é {file.stem}", lambda folder: run_notebook(file, study_of_the_seed(folder)))


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_makes_its_exhibits(file: Path, study_with: Callable[[Path], Path]) -> None:
    study = study_with(file)
    assert set(exhibits(study)) == promised(file, study / "figures")


@pytest.mark.slow
def test_every_notebook_makes_its_exhibits(project: Path, made: dict[str, bytes]) -> None:
    assert set(made) >= {"index.html"}.union(*(promised(file, project / "figures") for file in NOTEBOOKS))


def test_a_second_run_does_nothing(tmp_path: Path) -> None:
    """By the build, in kernels, with the kit of the copy."""
    project = copy_of_project(tmp_path / "kajian é satu")
    build(project, "01")
    assert {"index.html", "tbl-corpus.json", "tables/tbl-corpus.csv"} <= set(exhibits(project))
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in project.glob("figures/**/*.*")}
    assert "up to date" in build(project, "01")
    assert {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in project.glob("figures/**/*.*")} == before


def test_one_word_changes_exactly_the_cells_that_count_it(study_with: Callable[[Path], Path], tmp_path: Path) -> None:
    """*transparan*, the only word that names transparansi, is replaced by another word."""
    made, now = {}, {}
    for file in NOTEBOOKS[:2]:
        made |= exhibits(study_with(file))
        other = study_of_the_seed(tmp_path / file.stem)
        article = other / "corpus" / "articles" / "seed.txt"
        article.write_bytes(article.read_bytes().replace(b"transparan,", b"bergerigi,"))
        run_notebook(file, other)
        now |= exhibits(other)
    columns = {"documents", "sentences", "hits", "mentions", "per_1000", "per_million"}
    concepts = changed(cells(made, "tbl-concepts", "concept"), cells(now, "tbl-concepts", "concept"))
    assert concepts == {("transparansi", name) for name in columns}
    keys = ("concept", "pattern")
    patterns = changed(cells(made, "tbl-patterns", *keys), cells(now, "tbl-patterns", *keys))
    assert patterns == {("transparansi", "transparan", name) for name in columns}
    assert made["tables/tbl-corpus.csv"] == now["tables/tbl-corpus.csv"]


@pytest.mark.slow
def test_one_pattern_changes_exactly_the_cells_that_count_it(
    project: Path, made: dict[str, bytes], tmp_path: Path
) -> None:
    """The pattern *transparan* is taken out of a codebook of one's own."""
    other = variant(project, tmp_path / "pola")
    shutil.copytree(other / "kit" / "codebook", other / "buku", ignore=shutil.ignore_patterns("*.py"))
    (other / "pyproject.toml").write_text('[tool.kit]\ncodebook = "buku"\n', encoding="utf-8")
    patterns = other / "buku" / "patterns.csv"
    lines = patterns.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("transparansi,transparan,")]
    assert len(kept) == len(lines) - 1
    patterns.write_text("".join(kept), encoding="utf-8")
    build(other, "02")
    now = exhibits(other)
    concepts = changed(cells(made, "tbl-concepts", "concept"), cells(now, "tbl-concepts", "concept"))
    assert {concept for concept, _ in concepts} == {"transparansi"}
    rows = changed(cells(made, "tbl-patterns", "concept", "pattern"), cells(now, "tbl-patterns", "concept", "pattern"))
    assert {(concept, pattern) for concept, pattern, _ in rows} == {("transparansi", "transparan")}


@pytest.mark.slow
def test_a_hand_edited_product_is_made_again(project: Path, made: dict[str, bytes], tmp_path: Path) -> None:
    other = variant(project, tmp_path / "tangan")
    table = other / "figures" / "tables" / "tbl-concepts.csv"
    table.write_bytes(table.read_bytes().replace(b",1,", b",9,"))
    build(other)
    assert exhibits(other) == made


OUTLETS = ("SUARA CONTOH.com", "WartaContoh.co.id")
SENTENCES = (
    "Bupati meminta pegawai bekerja cepat dan akuntabel.",
    "Pelayanan publik di kantor itu dinilai berbelit-belit oleh warga.",
    "Aparatur Sipil Negara (ASN) harus melayani masyarakat tanpa diskriminasi.",
    "Pasar itu ramai sejak pagi.",
    "“Kita ini pelayan masyarakat,” katanya.",
)


@pytest.mark.slow
def test_ten_other_articles_in_place_of_the_seed(tmp_path: Path) -> None:
    """Articles of this test's own, one of them empty, one not text, one about something else entirely."""
    project = copy_of_project(tmp_path / "sepuluh lain")
    articles = project / "corpus" / "articles"
    (articles / "seed.txt").unlink()
    (project / "corpus" / "articles.csv").write_text("file,date,outlet\n", encoding="utf-8")
    for number in range(8):
        body = "\n".join(SENTENCES[(number + step) % len(SENTENCES)] for step in range(3))
        text = f"SURABAYA, {OUTLETS[number % 2]} - {body}\nBaca Juga: Berita Lain\n(abc/de)"
        (articles / f"a{number}.txt").write_text(text, encoding="utf-8")
    (articles / "a8.txt").write_text("", encoding="utf-8")
    (articles / "a9.txt").write_bytes(b"\x00\xff" * 50)
    build(project)
    made = exhibits(project)
    corpus = cells(made, "tbl-corpus", "part")
    assert corpus["all", "documents"] == "8"
    assert {row[0] for row in cells(made, "tbl-set-aside", "source")} == {"articles/a8.txt", "articles/a9.txt"}


@pytest.mark.slow
def test_an_article_that_names_nothing(tmp_path: Path) -> None:
    project = copy_of_project(tmp_path / "hampa")
    (project / "corpus" / "articles" / "seed.txt").write_text("Hujan turun sejak pagi.", encoding="utf-8")
    build(project)
    counts = cells(exhibits(project), "tbl-concepts", "concept")
    assert {value for (_, name), value in counts.items() if name == "hits"} == {"0"}


@pytest.mark.slow
def test_the_same_bytes_whatever_the_machine_is_set_to(project: Path, made: dict[str, bytes], tmp_path: Path) -> None:
    """Five runs in which every two of workers, locale, time zone and BLAS kernel meet in all four ways."""
    levels = (("1", "2"), ("C", "C.UTF-8"), ("Asia/Jakarta", "America/New_York"), ("Haswell", "Prescott"))
    runs = ((0, 0, 0, 0), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0))
    for one, two in itertools.combinations(range(4), 2):
        assert len({(run[one], run[two]) for run in runs}) == 4
    for number, run in enumerate(runs):
        workers, locale, zone, kernel = (level[choice] for level, choice in zip(levels, run, strict=True))
        environment = {"LC_ALL": locale, "TZ": zone, "OPENBLAS_CORETYPE": kernel, "PYTHONHASHSEED": str(number)}
        if kernel == "Prescott":
            environment["NPY_DISABLE_CPU_FEATURES"] = "X86_V3 X86_V4 AVX512_ICL AVX512_SPR"
        other = copy_of_project(tmp_path / f"salinan {number}")
        build(other, "--workers", workers, **environment)
        theirs = exhibits(other)
        assert theirs.keys() == made.keys()
        differing = [name for name, content in theirs.items() if content != made[name]]
        assert not differing, f"run {number}: {differing}"


@pytest.mark.slow
def test_the_demonstration_fills_every_exhibit_and_each_says_that_it_is_simulated(
    project: Path, tmp_path: Path
) -> None:
    other = variant(project, tmp_path / "peragaan")
    command = [sys.executable, "-m", "kit.build", "demo"]
    env = {**os.environ, "PYTHONPATH": str(other)}
    run = subprocess.run(command, cwd=other, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    sidecars = {file.stem: json.loads(file.read_bytes()) for file in (other / "results" / "demo").glob("*.json")}
    assert sidecars.keys() == {Path(name).stem for name in exhibits(project) if name.endswith(".json")}
    for name, sidecar in sidecars.items():
        simulated = name != "tbl-validity"  # what the codebook was worth on real news, whatever the corpus
        assert sidecar["note"]["en"].startswith("Simulated: 240 of 240 documents") == simulated, name
        assert sidecar["note"]["id"].startswith("Simulasi: 240 dari 240 dokumen") == simulated, name
        assert sidecar["rows"] > 0 or name == "tbl-set-aside", name
    assert exhibits(other) == exhibits(project)
    for shown in (ROOT / "docs" / "demo").iterdir():
        assert shown.read_bytes() == (other / "results" / "demo" / shown.name).read_bytes(), f"make {shown.name} anew"
