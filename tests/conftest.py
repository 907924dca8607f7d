"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORACLES = Path(__file__).resolve().parent / "oracles"


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
