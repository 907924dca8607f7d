"""The pages of the documentation in a real browser: nothing asked of others, nothing wrong by axe, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from kit.build.site import make_site
from kit.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opens, tmp_path: Path, scheme: str) -> None:
    make_site(Settings(ROOT, ROOT / "corpus", None, ROOT / "figures"), tmp_path / "site")
    for name in ("index.html", "id/index.html", "how-to.html", "tasks.html", "glossary.html", "reference/words.html"):
        page = opens((tmp_path / "site" / name).as_uri(), color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
