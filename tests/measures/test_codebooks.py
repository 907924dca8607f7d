"""Two codebooks side by side, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

import kit
from kit.codebook.validation import check

A = kit.load_codebook()
CORPUS = kit.Corpus.from_frame(
    pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "text": [
                "Cepat tanggap dan berdampak. ASN cepat bekerja melayani.",
                "Berdampak, cepat bekerja melayani izin.",
            ],
        }
    ),
    clean=False,
)


def changed() -> kit.Codebook:
    """Another pattern switched on, one taken out, one changed, and a label."""
    concepts = A.concepts
    concepts["label_en"] = concepts["label_en"].mask(concepts["concept"] == "aktor-asn", "officials")
    patterns = A.patterns
    patterns = patterns[~patterns["pattern"].isin(["cepat tanggap"])].reset_index(drop=True)
    patterns["enabled"] = patterns["enabled"].mask(patterns["pattern"] == "berdampak", "yes")
    patterns["requires"] = patterns["requires"].mask(patterns["pattern"] == "cepat", "sentence: @aktor-asn")
    problems, rules = check(concepts, patterns)
    assert not problems
    return replace(A, _concepts=concepts, _patterns=patterns, rules=rules)


def test_what_changed_and_what_moves() -> None:
    found = kit.compare_codebooks(CORPUS, A, changed())
    patterns = found.patterns.set_index("pattern")
    assert set(patterns.index) == {"cepat tanggap", "berdampak", "cepat", "tanggap"}
    columns = ["change", "columns", "mentions_a", "mentions_b", "mentions_change"]
    assert patterns.loc["cepat tanggap", columns].tolist() == ["removed", "", 1, 0, -1]
    assert patterns.loc["berdampak", columns].tolist() == ["changed", "enabled", 0, 2, 2]
    assert patterns.loc["cepat", columns].tolist() == ["changed", "requires", 2, 1, -1]
    assert patterns.loc["tanggap", columns].tolist() == ["same", "", 0, 1, 1]
    concepts = found.concepts.set_index("concept")
    columns = ["change", "columns", "patterns_changed", "mentions_a", "mentions_b", "mentions_change"]
    assert concepts.loc["responsivitas", columns].tolist() == ["same", "", 2, 3, 2, -1]
    assert concepts.loc["efektivitas", columns].tolist() == ["same", "", 1, 0, 2, 2]
    assert concepts.loc["aktor-asn", columns].tolist() == ["changed", "label_en", 0, 1, 1, 0]
    assert repr(found) == "<CodebookComparison: 3 patterns differ, 2 of 36 concepts count otherwise>"


def test_a_codebook_with_itself_has_nothing_to_tell() -> None:
    found = kit.compare_codebooks(CORPUS, A, A)
    assert found.patterns.empty
    assert (found.concepts["change"] == "same").all()
    assert (found.concepts["mentions_change"] == 0).all()


def test_the_order_turned_round_turns_the_changes_round() -> None:
    one, other = kit.compare_codebooks(CORPUS, A, changed()), kit.compare_codebooks(CORPUS, changed(), A)
    keys = ["concept", "pattern"]
    both = one.patterns.merge(other.patterns, on=keys, suffixes=("", "_back"))
    assert len(both) == len(one.patterns) == len(other.patterns)
    assert (both["mentions_change"] == -both["mentions_change_back"]).all()
    assert set(both["change"] + both["change_back"]) == {"removedadded", "changedchanged", "samesame"}
