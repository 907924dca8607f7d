"""The same exhibits, saved by other processes on a machine set up otherwise, are the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kit

ROOT = Path(kit.__file__).resolve().parent.parent
SCRIPT = """
import locale, os, sys
sys.path.insert(0, sys.argv[1])
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
import pandas as pd
pd.options.styler.format.decimal = ";"
pd.options.display.precision = 2
import kit
from kit.corpus.facts import rows_of
from kit.plots import style

from kit.exhibits.index import write_index
from pathlib import Path
words = {"en": "Rates “here”", "id": "Angka"}
frame = pd.DataFrame({"term": ["akuntabel", "-nya", "é"], "rate": [1 / 3, 2.5, float("nan")], "n": [1, 20000, 3],
                      "seen": pd.to_datetime(["2024-02-04", "2024-02-05", None])})
frame.attrs = {"unit": "form", "documents": 1, "fingerprint": "ab" * 32, "rows": rows_of(frame, ["term"])}
kit.Table(frame, id="tbl-x", title=words).save()
figure, axes = style.new_figure("single", 60)
axes.plot(frame["rate"], frame["n"], "o-", label="a")
axes.barh([1, 2], [0.1, 0.2], hatch="//")
axes.fill_between([0, 1], [0, 5000], alpha=0.3)
axes.pcolormesh([[0, 1], [1, 0]])
axes.set_xlabel(style.label("per_1000"))
axes.legend()
axes.annotate("here", (1, 5000))
kit.Figure(figure, id="fig-x", title=words, data=frame, alt=words).save()
figure, axes = style.new_figure("double", 40)
axes.plot(frame["seen"][:2], [1, 2])
kit.Figure(figure, id="fig-dates", title=words, data=frame, alt=words).save()
write_index(Path("figures"), "id")
"""
MATPLOTLIBRC = """
backend: pdf
font.family: serif
font.size: 31
text.usetex: False
axes.grid: True
axes.facecolor: red
axes.formatter.use_locale: True
lines.linewidth: 9
lines.marker: x
axes.prop_cycle: cycler('color', ['r', 'g'])
savefig.bbox: tight
savefig.transparent: True
savefig.dpi: 50
figure.dpi: 50
svg.fonttype: path
svg.hashsalt: other
svg.id: other
pdf.compression: 9
pdf.fonttype: 3
timezone: Asia/Jayapura
path.simplify: False
image.cmap: jet
"""
MACHINES = {
    "plain": {},
    "elsewhere": {
        "TZ": "Asia/Jayapura",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "OPENBLAS_CORETYPE": "Prescott",
        "OPENBLAS_NUM_THREADS": "1",
        "SOURCE_DATE_EPOCH": "86400",
    },
    "hostile": {
        "TZ": "America/St_Johns",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "77",
        "OPENBLAS_CORETYPE": "Haswell",
        "OPENBLAS_NUM_THREADS": "2",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
        "MPLBACKEND": "svg",
        "MATPLOTLIBRC": "matplotlibrc",
        "PYTHONUTF8": "0",
    },
}


def saved(root: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """Save the exhibits in a project of their own, in a process of its own."""
    root.mkdir(parents=True)
    (root / "pyproject.toml").write_text('[tool.kit]\nlabels = "id"\n', encoding="utf-8")
    (root / "matplotlibrc").write_text(MATPLOTLIBRC, encoding="utf-8")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("KIT_", "MPL", "LC_", "OPENBLAS"))
    }
    if "MATPLOTLIBRC" not in environment:
        (root / "matplotlibrc").unlink()
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(ROOT)]
    run = subprocess.run(command, cwd=root, env={**kept, **environment}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    figures = root / "figures"
    return {
        file.relative_to(figures).as_posix(): file.read_bytes() for file in sorted(figures.rglob("*")) if file.is_file()
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, bytes]:
    return saved(tmp_path_factory.mktemp("bytes") / "plain", MACHINES["plain"])


def test_all_products_are_there(plain):
    assert len(plain) == 9 + 2 * 5 + 1


@pytest.mark.parametrize("machine", ["plain", "elsewhere", "hostile"])
def test_same_bytes(plain, machine, tmp_path):
    other = saved(tmp_path / "ruang lain é" / machine, MACHINES[machine])
    assert [name for name in plain if plain[name] != other.get(name)] == []
    assert set(other) == set(plain)
