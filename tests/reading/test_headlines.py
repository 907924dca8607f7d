"""Headlines of other articles, and sentences of this one."""

from __future__ import annotations

import pytest

from kit.reading.headlines import is_headline, is_link
from kit.reading.rules import load_rules

RULES = load_rules()


@pytest.mark.parametrize(
    ("title", "plain", "capitals"),
    [
        ("Loket baru dibuka di balai kota", True, False),
        ("Loket Baru Dibuka di Balai Kota", True, True),
        ("Loket Baru Dibuka. Warga Kota Senang", True, True),  # two sentences, Written in Capitals
        ("Loket dibuka. Warga senang", False, False),
        ("Loket baru dibuka.", False, False),
        ("Loket Baru Dibuka Hari Ini...", True, True),
        ("Moh. Anwar dilantik jadi sekda", True, False),
        ("Loket Baru", True, False),  # too few words to tell
        ("Loket " * 40, False, False),  # longer than any headline
    ],
)
def test_headlines(title, plain, capitals):
    assert is_headline(title, RULES, capitals=False) is plain
    assert is_headline(title, RULES, capitals=True) is capitals


def test_a_headline_under_a_label_is_written_in_capitals_without_a_stop():
    assert is_link("Loket Baru Dibuka di Balai Kota", RULES)
    assert not is_link("Loket Baru Dibuka di Balai Kota.", RULES)
    assert not is_link("Loket baru dibuka di balai kota", RULES)
