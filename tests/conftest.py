"""Fixtures shared by all tests."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
ORACLES = Path(__file__).resolve().parent / "oracles"
VOID = {"meta", "img", "br", "wbr", "link", "base", "input", "hr"}
#: Texts that mean harm, as titles, names and cells from the web may.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></tr></tbody></table><h1>x",
    "</style><script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    r"\input{/etc/passwd}",
    r"\end{tabular}\immediate\write18{id}",
    "100% R&D_50 $x^2$ ~^#{}",
    "[5pt] star *",
    "=cmd|' /C calc'!A0",
    "+1",
    "-nya",
    "@SUM(A1)",
    "\tTAB",
    "a|b\nc",
    "first\n\nsecond",
    "row\r\nbreak",
    "evil\u202egnp.exe",
    "nul\x00byte",
    "bell\x07 vt\x0b esc\x1b",
    "lone \ud800 surrogate",
    "non\uffffcharacter",
    "line\u2028separator",
    "`code` **bold** _it_ ![i](u) [l](u) <b>",
    'quote " brace } {',
    "x" * 300,
    "Kab/Kota “kutip” – …",
)

# The one profile of the property tests. A machine under load is slow, which is no fault of the code; and a test that
# fails fails again, on every machine, because its examples are drawn anew only when the test itself is changed.
# Forty examples find what a hundred do in most tests, and the whole suite is to be run often; where they do not, a test
# says how many it needs.
settings.register_profile(
    "kit",
    max_examples=40,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# ... --hypothesis-profile=search draws other examples at each run
settings.register_profile("search", settings.get_profile("kit"), max_examples=200, derandomize=False)
settings.load_profile("kit")


class Page(HTMLParser):
    """Tags, attributes and text of a page; refuses tags that do not nest."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.cells: list[str] = []
        self._open: list[str] = []
        self._inside = False  # a cell: td, or the heading of a row, which has an id
        self.feed(source)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "td" or (tag == "th" and "id" in dict(attrs)):
            self._inside = True
            self.cells.append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"closed but never opened: {tag}"
        assert self._open.pop() == tag
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))
        if self._inside:
            self.cells[-1] += data

    def links(self) -> list[str]:
        return [value or "" for _, attrs in self.tags for name, value in attrs.items() if name in ("href", "src")]

    def check_harmless(self) -> None:
        """No script, no handler, nothing from elsewhere, and a policy that forbids them."""
        assert not {tag for tag, _ in self.tags} & {"script", "iframe", "object", "embed", "link", "base", "form", "h6"}
        for tag, attrs in self.tags:
            assert not [name for name in attrs if name.startswith("on")], tag
        for link in self.links():
            assert not link.startswith(("http:", "https:", "//", "javascript:", "ftp:")), link
        policies = [
            attrs["content"] for tag, attrs in self.tags if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies
        assert "default-src 'none'" in policies[0]
        assert "script-src" not in policies[0]
        styles = [data for tag, data in self.texts if tag == "style"]
        assert not any("url(" in data or "@import" in data for data in styles)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Make a folder once for all workers of a run: who asks first makes it, the others wait. Nobody may change it."""
    place = tmp_path_factory.getbasetemp()
    place = place.parent if "PYTEST_XDIST_WORKER" in os.environ else place

    def make(name: str, build: Callable[[Path], object]) -> Path:
        folder, whole = place / name, place / f"{name}.whole"
        with FileLock(place / f"{name}.lock"):
            if not whole.exists():  # else another worker has made it; a half-made one is of a failure
                shutil.rmtree(folder, ignore_errors=True)
                build(folder)
                whole.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The larger development data beside the repository; a test that asks for it is skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the development data (../shared/data) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def oracles() -> Path:
    return ORACLES


@pytest.fixture(scope="session")
def seed_raw() -> str:
    """The seed article, decoded, exactly as it lies in the corpus folder of the kit's own repository."""
    return (ROOT / "tests" / "oracles" / "seed_article_raw.txt").read_bytes().decode("utf-8")


@pytest.fixture
def hostile() -> tuple[str, ...]:
    return HOSTILE


@pytest.fixture(scope="session")
def pandoc() -> Callable[..., str]:
    """Convert a text with pandoc 3: text, format read, format written, options."""
    reason = "pandoc 3 is not on this machine: python -m pip install pypandoc-binary"
    program = shutil.which("pandoc")
    if importlib.util.find_spec("pypandoc"):
        program = importlib.import_module("pypandoc").get_pandoc_path()
    if program is None:
        pytest.skip(reason)
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    if int(version.partition(".")[0]) < 3:
        pytest.skip(f"{reason} (here is {version})")

    def convert(text: str, read: str, write: str, *options: str) -> str:
        command = [program, f"--from={read}", f"--to={write}", *options]
        run = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
        assert run.returncode == 0, run.stderr.decode()
        return run.stdout.decode()

    return convert


@pytest.fixture(scope="session")
def latex(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[str, Path]]:
    """Set a paper with pdfLaTeX or LuaLaTeX: its source, the files it reads, the engine; log and PDF file come back.

    A bibliography is made by the program named, behind the first run.
    """

    def typeset(
        source: str, files: dict[str, str], engine: str = "pdflatex", *, runs: int = 1, bibliography: str = ""
    ) -> tuple[str, Path]:
        for program in filter(None, (engine, bibliography)):
            if shutil.which(program) is None:
                packages = "texlive-latex-extra texlive-luatex texlive-bibtex-extra lmodern biber"
                pytest.skip(f"{program} is not on this machine: apt-get install {packages}")
        place = tmp_path_factory.mktemp("paper")
        for name, content in {**files, "paper.tex": source}.items():
            (place / name).write_text(content, encoding="utf-8")
        command = [engine, "-halt-on-error", "-interaction=nonstopmode", "-no-shell-escape", "paper.tex"]
        for number in range(runs):
            if number == 1 and bibliography:
                subprocess.run([bibliography, "paper"], cwd=place, capture_output=True, check=True)
            run = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, errors="replace")
            assert run.returncode == 0, run.stdout[-2000:]
        return (place / "paper.log").read_text(encoding="utf-8", errors="replace"), place / "paper.pdf"

    return typeset


@pytest.fixture(scope="session")
def build_here() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a target of the build on a project, in this process, which has loaded by then what a build needs."""
    from kit.build.__main__ import main

    def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        out, err = io.StringIO(), io.StringIO()
        code: object
        try:
            with contextlib.chdir(root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(arguments)
        except SystemExit as stop:
            code = stop.code
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())  # type: ignore[arg-type]

    return run


@pytest.fixture(scope="session")
def sample() -> Any:
    """The demonstration corpus; nothing can change it."""
    import kit

    return kit.sample_corpus()


@pytest.fixture
def parse() -> type[Page]:
    return Page


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Make a project with the given settings the working directory; return its folder of figures."""

    def make(**settings: str) -> Path:
        lines = [f'{key} = "{value}"' for key, value in settings.items()]
        root = tmp_path / "ruang kerja é"
        root.mkdir(exist_ok=True)
        (root / "pyproject.toml").write_text("[tool.kit]\n" + "\n".join(lines) + "\n", encoding="utf-8")
        monkeypatch.chdir(root)
        monkeypatch.delenv("KIT_STAGE", raising=False)
        monkeypatch.delenv("KIT_NOTEBOOK", raising=False)
        monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
        return root / "figures"

    make()
    return make
