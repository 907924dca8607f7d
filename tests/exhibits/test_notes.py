from __future__ import annotations

import pytest

from kit.errors import ExhibitError
from kit.exhibits import notes

FACTS = {
    "unit": "mention",
    "denominator": "words and numbers",
    "documents": 1,
    "sentences": 13,
    "tokens": 12345,
    "fingerprint": "0123456789abcdef" * 4,
    "codebook": "fedcba987654",
    "variant": {"en": "log ratio", "id": "rasio log"},
    "remarks": [{"en": "Zeros are printed.", "id": "Nol dicetak."}],
}


def test_a_full_note_in_english():
    note = notes.compose({"en": "Seed article.", "id": "Artikel benih."}, FACTS, {"en": "More.", "id": "Lagi."})["en"]
    assert note == (
        "Seed article. Counted: mentions (hits, less those that gloss the hit before them and bare names of "
        "institutions, laws and programmes). "
        "Rates are relative to words and numbers (no punctuation). "
        "Corpus: 1 document, 13 sentences, 12,345 words and numbers. Variant: log ratio. Zeros are printed. "
        "Codebook version fedcba987654. Corpus fingerprint 0123456789ab. More."
    )


def test_a_full_note_in_indonesian():
    note = notes.compose(None, FACTS)["id"]
    assert note == (
        "Yang dihitung: sebutan (temuan, tanpa padanan dalam kurung dari temuan sebelumnya dan tanpa nama lembaga, "
        "peraturan, dan program). "
        "Angka relatif dihitung terhadap kata dan bilangan (tanpa tanda baca). "
        "Korpus: 1 dokumen, 13 kalimat, 12.345 kata dan bilangan. Varian: rasio log. Nol dicetak. "
        "Versi buku kode fedcba987654. Sidik jari korpus 0123456789ab."
    )


def test_what_is_not_known_is_not_mentioned():
    assert notes.compose(None, {}) == {"en": "", "id": ""}
    assert notes.compose(None, {"documents": 0, "by": "concept", "unit": None})["en"] == "Corpus: 0 documents."


def test_braces_in_the_researchers_words_are_left_alone():
    own = {"en": "{unit} {0} {", "id": "x"}
    assert notes.compose(own, {"codebook": "{x}"})["en"] == "{unit} {0} { Codebook version {x}."


def test_an_unknown_unit_is_an_error():
    with pytest.raises(ExhibitError, match=r"no words for 'notes.unit.syllable'"):
        notes.compose(None, {"unit": "syllable"})


def test_facts_are_plain_and_complete():
    import numpy as np

    facts = notes.facts({**FACTS, "documents": np.int64(1), "by": "concept"})
    assert set(facts) == set(FACTS) - {"remarks"}
    assert type(facts["documents"]) is int
    assert facts["fingerprint"] == FACTS["fingerprint"]


STEPS = [
    {"where": {"year": ["2025"]}, "documents": 120, "of": 240},
    {"where": {"outlet": ["A", "B"]}, "documents": 60, "of": 120},
]


def test_a_selection_leaves_its_trace():
    note = notes.compose(None, {"fingerprint": "ab" * 20, "selection": STEPS})
    assert note["en"] == (
        "Selected: year = 2025 (120 of 240 documents); outlet = A, B (60 of 120 documents). "
        "Corpus fingerprint abababababab."
    )
    assert note["id"].startswith("Dipilih: year = 2025 (120 dari 240 dokumen); outlet = A, B (60 dari 120 dokumen).")
    assert notes.facts({"selection": STEPS})["selection"] == STEPS


def test_a_comparison_names_both_sides():
    note = notes.compose(
        None,
        {
            "fingerprint": "ab" * 20,
            "selection": STEPS[:1],
            "reference_fingerprint": "cd" * 20,
            "reference_selection": STEPS[1:],
        },
    )["en"]
    assert note == (
        "Selected: year = 2025 (120 of 240 documents). "
        "The reference is a selection too: outlet = A, B (60 of 120 documents). "
        "Corpus fingerprint abababababab. Fingerprint of the reference cdcdcdcdcdcd."
    )


def test_many_values_and_hostile_ones():
    step = {"where": {"outlet": ["{n}\nx", *"bcdefgh"]}, "documents": 1, "of": 2}
    note = notes.compose(None, {"selection": [step]})["en"]
    assert note == "Selected: outlet = {n} x, b, c, d, e, … (1 of 2 documents)."
