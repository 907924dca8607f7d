"""A real browser for the tests of this folder: Chromium from the system's packages, driven by playwright."""

from __future__ import annotations

import contextlib
import shutil
import socket
from collections.abc import Callable, Iterator
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
