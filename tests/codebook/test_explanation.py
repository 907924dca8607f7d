"""An explanation: every hit with its verdict, plain in a terminal, in colour and escaped in a notebook."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import kit
from kit.codebook.explanation import VERDICTS
from kit.codebook.validation import check
from kit.errors import QueryError

TEXT = (
    "Tata kelola data cepat tanggap. Aparatur Sipil Negara (ASN) dan KPK. Kartu Indonesia Pintar (KIP)\nInvestasi naik."
)


@pytest.fixture(scope="module")
def book() -> kit.Codebook:
    """The shipped codebook, with one condition and one name, whatever it has itself."""
    codebook = kit.load_codebook()
    patterns = codebook.patterns
    patterns["requires"] = patterns["requires"].mask(patterns["pattern"] == "investasi", "sentence: petugas")
    patterns["is_name"] = patterns["is_name"].mask(patterns["pattern"] == "KPK", "yes")
    problems, rules = check(codebook.concepts, patterns)
    assert not problems
    return replace(codebook, _patterns=patterns, rules=rules)


def test_every_verdict_with_what_decided(book: kit.Codebook) -> None:
    hits = kit.explain(TEXT, book).hits.set_index("pattern")
    assert hits["verdict"].to_dict() | {"nothing": ""} == {
        "tata kelola": "block", "cepat": "overlap", "cepat tanggap": "counts", "tanggap": "overlap",
        "aparatur sipil negara": "counts", "aparatur": "overlap",
        "ASN": "gloss", "KPK": "name", "KIP": "sense", "investasi": "context",
        "nothing": "",
    }  # fmt: skip
    assert set(hits["verdict"]) == set(VERDICTS)
    assert hits.loc["investasi", "decided_by"] == "requires sentence: petugas"
    assert hits.loc["KIP", "decided_by"] == "kartu indonesia pintar"
    for hit in hits.itertuples():
        assert TEXT[hit.start : hit.end] == hit.surface


def test_plain_text_names_each_hit_and_its_rule(book: kit.Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    told = repr(kit.explain(TEXT, book)).splitlines()
    assert told[0].startswith("Tata kelola data cepat tanggap.")
    assert told[1] == f"Codebook {book.version}: 2 counted as mentions, 2 as glosses or names, 6 void."
    line = next(line for line in told if "investasi" in line)
    assert line.split("  ")[0] == "Investasi"
    assert line.endswith("out of context  its pattern requires sentence: petugas (rule 8)")
    assert len(told) == 2 + 10


def test_nothing_found_is_said(book: kit.Codebook) -> None:
    for text in ("", "Hujan turun."):
        explanation = kit.explain(text, book)
        assert repr(explanation).endswith("No pattern of the codebook fires here.")
        assert "No pattern" in explanation._repr_html_()


def test_html_shows_the_text_once_and_runs_nothing(book: kit.Codebook, hostile: tuple[str, ...]) -> None:
    for text in hostile:
        shown = kit.explain(f"ASN {text} cepat", book)._repr_html_()
        assert "<script" not in shown.lower()
        assert "<img" not in shown.lower()
        assert "onerror=" not in shown.lower() or "&lt;" in shown
        assert "\u202e" not in shown
    shown = kit.explain("ASN <b>cepat</b>", book)._repr_html_()
    assert shown.count("&lt;b&gt;") == 1
    assert '<mark style="background:#9fd8c3;color:#000">ASN</mark>' in shown


def test_what_is_no_text_is_refused(book: kit.Codebook) -> None:
    with pytest.raises(QueryError):
        kit.explain(pd.DataFrame(), book)  # type: ignore[arg-type]


def test_a_long_pattern_leaves_the_lines_readable_in_a_terminal() -> None:
    found = kit.explain("Warga cepat ditangani petugas.", kit.load_codebook())
    long = found.hits.loc[found.hits["pattern"].str.len() > 100, "pattern"]
    assert len(long)
    assert "cepat ditangani" in repr(found)
    rows = [line for line in repr(found).splitlines()[2:] if line.startswith("cepat ditangani")]
    assert rows
    assert all("…  " in line and line.index("…") < 70 for line in rows)
    assert long.iloc[0] in found._repr_html_()
