"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORACLES = Path(__file__).resolve().parent / "oracles"
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
