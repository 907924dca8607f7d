"""Which files a notebook's Python reaches."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kit
from kit.build.imports import Code

FILES = {
    "kit/__init__.py": (
        "_HOME = {'alpha': 'kit.one.first', 'beta': 'kit.two.second'}\n"
        "def __getattr__(name):\n    import importlib\n    return importlib.import_module(_HOME[name])\n"
    ),
    "kit/errors.py": "",
    "kit/shared.toml": "",
    "kit/one/__init__.py": "",
    "kit/one/first.py": "from ..errors import E\nfrom . import helper\nimport other\n",
    "kit/one/helper.py": "def late():\n    from kit.three.third import x\n",
    "kit/one/unused.py": "",
    "kit/one/words.csv": "",
    "kit/one/data/more.txt": "",
    "kit/one/README.md": "",
    "kit/one/.hidden": "",
    "kit/two/__init__.py": "",
    "kit/two/second.py": "import json\nfrom importlib import resources\nresources.files('kit.four')\n",
    "kit/two/rules.toml": "",
    "kit/three/__init__.py": "",
    "kit/three/third.py": "import kit.three.third\n",
    "kit/four/__init__.py": "",
    "kit/four/table.csv": "",
    "notebooks/beside.py": "import kit\nkit.beta\n",
    "other.py": "import kit.two.second\n",  # another package, beside an installed kit
}
FIRST = {
    "kit/__init__.py",
    "kit/errors.py",
    "kit/shared.toml",
    "kit/one/__init__.py",
    "kit/one/first.py",
    "kit/one/helper.py",
    "kit/one/words.csv",
    "kit/one/data/more.txt",
    "kit/three/__init__.py",
    "kit/three/third.py",
}
SECOND = {
    "kit/__init__.py",
    "kit/shared.toml",
    "kit/two/__init__.py",
    "kit/two/second.py",
    "kit/two/rules.toml",
    "kit/four/__init__.py",
    "kit/four/table.csv",
}


@pytest.fixture
def reach(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    code = Code(tmp_path / "kit", tmp_path / "notebooks")
    return lambda source: {file.relative_to(tmp_path).as_posix() for file in code.reached(ast.parse(source))}


@pytest.mark.parametrize(
    ("source", "reached"),
    [
        ("import pandas, json", set()),
        ("import kit", {"kit/__init__.py", "kit/shared.toml"}),
        ("import kit\nkit.alpha(1)", FIRST),
        ("import kit as k\nk.alpha.x.y", FIRST),
        ("from kit import alpha as a", FIRST),
        ("import kit.one.first", FIRST),
        ("from kit.one import first", FIRST),
        ("import kit\nkit.one.first.x", FIRST),
        ("import importlib\nimportlib.import_module('kit.one.first')", FIRST),
        ("def f():\n    import kit\n    return kit.alpha", FIRST),
        ("import kit\nkit.beta", SECOND),
        ("import kit\nkit.nothing", {"kit/__init__.py", "kit/shared.toml"}),
        ("from kit import *", FIRST | SECOND),
        ("import kit\ngetattr(kit, 'al' + 'pha')", FIRST | SECOND),
        ("import kit\nk = kit\nk.beta", FIRST | SECOND),
        ("import beside", {"notebooks/beside.py"} | SECOND),
    ],
)
def test_reached_by_hand(reach, source, reached):
    assert reach(source) == reached


def test_a_module_that_is_no_python_counts_and_breaks_nothing(reach, tmp_path):
    (tmp_path / "notebooks" / "beside.py").write_text("x = (")
    assert reach("import beside") == {"notebooks/beside.py"}


@pytest.mark.parametrize("name", ["load_settings", "load_corpus", "term_frequencies", "Table"])
def test_nothing_that_python_itself_loads_is_missed(name):
    files = "(m.__file__ for n, m in sys.modules.items() if n.startswith('kit'))"
    script = f"import kit, sys; kit.{name}; print(*{files}, sep='\\n')"
    root = Path(kit.__file__).resolve().parent
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=root.parent, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {Path(file) for file in loaded} <= set(Code(root).reached(ast.parse(f"import kit\nkit.{name}")))
    assert len(loaded) >= 2
