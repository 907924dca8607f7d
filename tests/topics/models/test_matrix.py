from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.topics.models.matrix import topic_matrix


def corpus_of(*texts):
    return kit.Corpus.from_frame(
        pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": list(texts)}), clean=False
    )


def test_counts_by_hand():
    matrix = topic_matrix(
        corpus_of("Warga antre beras, beras!", "Di 12 pasar warga.", "", "Warga."), min_count=1, max_share=1
    )
    assert matrix.terms == ("antre", "beras", "pasar", "warga")
    assert matrix.counts.toarray().tolist() == [[1, 2, 0, 1], [0, 0, 1, 1], [0, 0, 0, 1]]
    assert matrix.units["status"].tolist() == ["fitted", "fitted", "empty", "fitted"]
    assert matrix.units["row"].tolist() == [0, 1, -1, 2]
    assert matrix.units["terms"].tolist() == [4, 2, 0, 1]
    assert matrix.unit_frequency.tolist() == [1, 1, 1, 3]


def test_a_term_of_too_many_units_is_none_and_its_unit_may_be_left_without():
    matrix = topic_matrix(corpus_of("Warga antre.", "Warga antre lama.", "Warga.", "Lama."), min_count=2, max_share=0.5)
    assert matrix.terms == ("antre", "lama")
    assert matrix.units["status"].tolist() == ["fitted", "fitted", "empty", "fitted"]


def test_copies_are_counted_once_and_lead_to_their_original():
    matrix = topic_matrix(corpus_of("Warga antre.", "Beras mahal.", "Warga antre."), min_count=1)
    assert matrix.counts.shape[0] == 2
    assert matrix.units["status"].tolist() == ["fitted", "fitted", "copy"]
    assert matrix.units["row"].tolist() == [0, 1, 0]


def test_paragraphs_are_units_also_those_of_copies():
    one = "Warga antre beras.\nPasar ramai. Pedagang senang."
    matrix = topic_matrix(corpus_of(one, "Hujan deras.", one), within="paragraph", min_count=1)
    assert matrix.units["doc_id"].tolist() == ["d0", "d0", "d1", "d2", "d2"]
    assert matrix.units["paragraph"].tolist() == [0, 1, 0, 0, 1]
    assert matrix.units["row"].tolist() == [0, 1, 2, 0, 1]
    assert np.asarray(matrix.counts.sum(axis=1)).ravel().tolist() == [3, 4, 2]


def test_a_paragraph_that_a_copy_adds_is_a_unit_of_its_own():
    words = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan"]
    lines = [" ".join(word + letter for word in words) for letter in "abcdefgh"]
    changed = [*lines[4:], "Warga antre beras.", *lines[:4]]
    corpus = corpus_of("\n".join(lines), "\n".join(changed))
    assert corpus.documents["copy_of"].tolist() == ["d1", ""]
    matrix = topic_matrix(corpus, within="paragraph", min_count=1)
    assert matrix.units["status"].tolist() == ["copy"] * 8 + ["fitted"] * 9
    assert matrix.units["row"].tolist() == [5, 6, 7, 8, 0, 1, 2, 3, *range(9)]
    dated = pd.DataFrame(
        {"doc_id": ["d0", "d1"], "text": corpus.documents["text"], "date": ["2024-01-01", "2025-01-01"]}
    )
    later = topic_matrix(kit.Corpus.from_frame(dated, clean=False), within="paragraph", min_count=1)
    assert later.units["status"].tolist() == ["fitted"] * 8 + ["copy"] * 4 + ["fitted"] + ["copy"] * 4


def test_lexemes_join_forms():
    matrix = topic_matrix(corpus_of("Tugas-tugasnya selesai.", "Tugas lama."), unit="lexeme", min_count=1, max_share=1)
    assert "tugas" in matrix.terms
    assert matrix.counts.toarray()[:, matrix.terms.index("tugas")].tolist() == [1, 1]


def test_names_can_be_dropped():
    texts = ("Kemarin Bandung ramai, APBD juga.", "Lalu Bandung sepi, ramai.", "Ramai di Bandung.")
    kept, dropped = (
        topic_matrix(corpus_of(*texts), names=names, min_count=1, max_share=1) for names in ("keep", "drop")
    )
    assert set(kept.terms) - set(dropped.terms) == {"bandung"}


def test_at_most_so_many_terms_the_most_frequent_ties_by_alphabet():
    texts = ("zebra apel mangga", "zebra apel", "zebra mangga", "nanas")
    assert topic_matrix(corpus_of(*texts), min_count=1, max_share=1, max_terms=2).terms == ("apel", "zebra")


def test_the_matrix_of_a_resample():
    matrix = topic_matrix(corpus_of("Warga antre.", "Beras mahal.", "Warga antre."), min_count=1)
    drawn = matrix.take(np.array([1, 1, 0]))
    assert drawn.counts.toarray().tolist() == matrix.counts.toarray()[[1, 1, 0]].tolist()
    assert drawn.units["row"].tolist() == [0, 1, 2]
    assert drawn.doc.tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    "options",
    [
        {"within": "sentence"},
        {"unit": "root"},
        {"names": "no"},
        {"min_count": 0},
        {"max_share": 0},
        {"max_terms": 0},
        {"min_count": 2.5},
        {"min_count": "2"},
        {"max_share": "x"},
        {"max_share": True},
    ],
)
def test_options_without_meaning_are_refused(options):
    with pytest.raises(QueryError):
        topic_matrix(corpus_of("Warga antre."), **options)


def test_no_documents():
    matrix = topic_matrix(corpus_of("Warga.").where(doc_id=[]))
    assert matrix.counts.shape == (0, 0)
    assert topic_matrix(corpus_of("Warga.").where(doc_id=[]), within="paragraph").terms == ()


@pytest.mark.parametrize("unit", ["document", "paragraph"])
def test_copies_whose_original_is_elsewhere_count_once_under_the_first(unit):
    texts = ["Warga antre.", "Beras mahal.", "Warga antre.", "Warga antre.", "Hujan deras."]
    matrix = topic_matrix(corpus_of(*texts).where(doc_id=["d2", "d3", "d4"]), within=unit, min_count=1, max_share=1)
    assert matrix.units["status"].tolist() == ["fitted", "copy", "fitted"]
    assert matrix.units["row"].tolist() == [0, 0, 1]
