"""A real browser for the tests of this folder: Chromium from the system's packages, driven by playwright."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
HERE = {"", "localhost", "127.0.0.1"}
Opens = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
START = """
import pathlib, sys
from kit.build.lab import lab
from kit.build.process import clean_environment
here = pathlib.Path.cwd()
env = clean_environment() | {"PYTHONPATH": str(here)}  # this kit, whichever .venv the tests run in
sys.exit(lab(here, sys.executable, env, sys.argv[1:]))
"""
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+/lab)\S*\?token=(\w+)")
LAST = 60  # seconds; a loaded machine is slow, which is no fault of the kit


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium with a profile of its own, which ends with it."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: sudo apt-get install chromium, or whatever your system calls it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield running
        finally:
            running.close()


@pytest.fixture
def opens(browser: Any) -> Iterator[Opens]:
    """Open a page, whatever it asks of other machines refused; at the end nothing was asked, and nothing complained."""
    outside: list[str] = []
    complaints: list[str] = []

    def route(asked: Any) -> None:
        if urlsplit(asked.request.url).hostname in HERE | {None}:
            asked.continue_()
        else:
            outside.append(asked.request.url)
            asked.abort()

    def heard(message: Any) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.text} ({message.location.get('url', '')})")

    with contextlib.ExitStack() as ends:

        def new(address: str, **options: Any) -> Any:
            context = browser.new_context(**options)
            ends.callback(context.close)
            context.route("**/*", route)
            page = context.new_page()
            page.on("console", heard)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(address)
            return page

        yield new
    assert outside == []
    assert complaints == []


@pytest.fixture
def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, since running a notebook writes its exhibits."""
    root = tmp_path_factory.mktemp("lab") / "ruang kerja é"
    for name in ("kit", "notebooks", "corpus"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    for name in ("make.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, root)
    return root


@pytest.fixture(scope="session")
def lab(workplace: Path) -> Iterator[str]:
    """JupyterLab's address, for a notebook to be put into it; it is started once."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: sudo apt-get install chromium, or whatever your system calls it")
    log = workplace / "lab.log"
    with log.open("wb") as out:
        command = [sys.executable, "-c", START, "--no-browser"]
        process = subprocess.Popen(command, cwd=workplace, stdout=out, stderr=out)
    try:
        end = time.monotonic() + LAST
        while not (found := ADDRESS.search(log.read_text("utf-8", "replace"))):
            assert process.poll() is None, log.read_text("utf-8", "replace")
            if time.monotonic() > end:
                pytest.fail(f"JupyterLab has not started within a minute:\n{log.read_text('utf-8', 'replace')}")
            time.sleep(0.2)
        yield f"{found[1]}/tree/{{path}}?reset&token={found[2]}"
    finally:
        process.terminate()
        process.wait(30)
