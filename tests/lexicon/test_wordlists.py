"""The word lists: headers, keys, values, and the errors for a list that is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.errors import CorpusError
from kit.lexicon import wordlists

LISTS = {
    "bases.csv": ("form", "classes"),
    "calendar.csv": ("form", "unit", "number"),
    "combining_forms.csv": ("form", "written", "solid"),
    "compounds.csv": ("form", "words"),
    "domains.csv": ("domain", "path"),
    "expansions.csv": ("short", "expansion", "class"),
    "foreign_words.csv": ("form", "language"),
    "function_words.csv": ("form", "class", "stop", "root"),
    "initialisms.csv": ("form", "meaning"),
    "locatives.csv": ("form", "prepositions"),
    "reduplications.csv": ("form", "root"),
    "regions.csv": ("form",),
    "roots.csv": ("form", "root", "reason"),
    "signs.csv": ("form", "behind"),
    "spellings.csv": ("form", "standard", "kind"),
    "titles.csv": ("form", "kind"),
    "voiceless.csv": ("form", "reason"),
    "whole_words.csv": ("form", "reason"),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_sorted_folded_and_of_known_values(name: str) -> None:
    rows = wordlists.read_list(name, *LISTS[name])
    keys = [row[LISTS[name][0]] for row in rows]
    assert keys == sorted(keys)
    assert keys == [key.lower() for key in keys]
    allowed = {
        "classes": {"a", "n", "v", "an", "av", "nv", "anv"},
        "written": {"joined", "apart"},
        "solid": {"yes", "no"},
        "stop": {"core", "discourse", "never", ""},
        "prepositions": {"di", "di ke"},
        "language": {"ar", "en", "jv"},
        "kind": {"variant", "joined", "hyphen", "office", "address", "unit", "standing", "calling"},
    }
    for row in rows:
        assert all(row[column] in values for column, values in allowed.items() if column in row)


def test_a_spelling_leads_to_a_standard_that_is_no_variant_itself() -> None:
    standard = wordlists.spellings()
    assert [form for form, words in standard.items() if words in standard] == []


def test_no_clipping_is_a_base() -> None:
    assert wordlists.expansions().keys() & wordlists.bases().keys() == set()


def test_files_end_in_a_newline_and_have_no_carriage_return() -> None:
    for name in LISTS:
        data = (wordlists.DATA / name).read_bytes()
        assert data.endswith(b"\n")
        assert b"\r" not in data


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("form,reason\nkenya,place\n", "columns"),
        ("form,root\nkura-kura,\nkura-kura,\n", r"broken.csv, line 3: form 'kura-kura' is empty, there twice"),
        ("form,root\n,x\n", "line 2: form '' is empty"),
        ("form,root\ncafe\u0301,\n", "not in NFC"),
    ],
)
def test_broken_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
    (tmp_path / "broken.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(wordlists, "DATA", tmp_path)
    with pytest.raises(CorpusError, match=message):
        wordlists.read_list("broken.csv", "form", "root")
