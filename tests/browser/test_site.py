"""The pages of the documentation in a real browser: nothing asked of others, nothing wrong by axe, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from kit.build.site import make_site
from kit.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_in_the_light_or_in_the_dark(opens, tmp_path: Path) -> None:
    """All its rules in the light, those of colours in the dark too."""
    make_site(Settings(ROOT, ROOT / "corpus", None, ROOT / "figures"), tmp_path / "site")
    for name in ("index.html", "id/index.html", "how-to.html", "tasks.html", "glossary.html", "reference/words.html"):
        page = opens((tmp_path / "site" / name).as_uri())
        for scheme, options in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=options)
            assert found.violations_count == 0, f"{name}, {scheme}: {found.generate_report()}"
