"""The fingerprint: sets of digests, so that no cut and no order matters, and every table does."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.corpus.fingerprint import digests_of, merged_fingerprint, summary_of, united
from kit.corpus.given import Given

STORED = ("documents", "segments", "removed", "flagged", "repaired", "set_aside")
FRAME = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "text": ["CONTOH.com - Warga, dilayani.\nBaca Juga: Harga Beras\nSatu. Dua.", "ASN pela\u00adyanan.", "Warga."],
        "outlet": ["X", "Y", "X"],
        "views": [1, 2, 3],
    }
)


def corpus_of(frame: pd.DataFrame, *, clean: bool = True) -> kit.Corpus:
    return kit.Corpus.from_frame(frame, clean=clean)


def merged(*corpora: kit.Corpus) -> str:
    return merged_fingerprint([summary_of(one.digests, one.documents["copy_of"].tolist()) for one in corpora])


@given(st.permutations(range(3)), st.integers(1, 3))
def test_neither_the_cut_nor_the_order_matters(order: list[int], parts: int) -> None:
    whole = corpus_of(FRAME)
    cut = [corpus_of(FRAME.iloc[order[part::parts]]) for part in range(parts)]
    assert merged(*cut) == whole.fingerprint
    taken = [whole.where(doc_id=FRAME["doc_id"].iloc[order[part::parts]].tolist()) for part in range(parts)]
    assert merged(*taken) == whole.fingerprint
    assert [one.fingerprint for one in taken] == [one.fingerprint for one in cut]


@pytest.mark.parametrize("asked", [False, True])
def test_a_selection_is_the_corpus_of_its_rows(asked: bool) -> None:
    whole = corpus_of(FRAME)
    if asked:
        assert whole.fingerprint
        assert len(whole.types)
        assert len(whole.sentences)
    one, other = whole.where(outlet="X"), corpus_of(FRAME[FRAME["outlet"] == "X"])
    for name in ("documents", "segments", "removed", "flagged", "repaired", "sentences", "tokens", "types"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    assert one.fingerprint == other.fingerprint
    assert one.words == other.words


@pytest.mark.parametrize(
    "change",
    [
        {"outlet": ["X", "Y", "Z"]},
        {"views": [1, 2, 4]},
        {"doc_id": ["a", "b", "d"]},
        {"tema": ["", "x", ""]},
        {"text": [*FRAME["text"][:2], "Warga!"]},
        {"text": [*FRAME["text"][:2], "warga."]},
        {"text": [*FRAME["text"][:2], " Warga."]},
        {"text": [FRAME["text"][0].replace("Harga Beras", "Harga Telur"), *FRAME["text"][1:]]},
        {"outlet": ["", "Y", "X"], "place": ["X", "", ""]},
    ],
)
def test_whatever_is_said_of_a_document_counts(change: dict[str, list[str]]) -> None:
    assert corpus_of(FRAME.assign(**change)).fingerprint != corpus_of(FRAME).fingerprint


def test_what_states_nothing_does_not_count() -> None:
    same = corpus_of(FRAME).fingerprint
    assert corpus_of(FRAME.assign(tema="")).fingerprint == same
    assert corpus_of(FRAME.assign(tema=None, round=np.nan)).fingerprint == same
    assert corpus_of(FRAME[["views", "text", "outlet", "doc_id"]].iloc[::-1]).fingerprint == same
    assert corpus_of(FRAME.assign(views=[1.0, 2.0, 3.0])).fingerprint == same


def test_rules_that_differ_make_another_fingerprint() -> None:
    corpus = corpus_of(FRAME, clean=False)
    parts = (*(getattr(corpus, f"_{name}") for name in STORED), corpus.index)
    for name, value in {"lexeme": "x", "root": "x", "kind": "symbol", "voice": "active", "stopword": True}.items():
        types = corpus.types
        types.loc[types["form"] == "warga", name] = value
        assert kit.Corpus(*parts, Given(types=partial(pd.DataFrame.copy, types))).fingerprint != corpus.fingerprint
    index = corpus.index
    for name in ("surface", "start", "sentence_tokens", "stretched_end"):
        changed = getattr(index, name).copy()
        changed[-2 if name == "sentence_tokens" else -1] -= 1
        other = type(index)(**{field: getattr(index, field) for field in index.__dataclass_fields__} | {name: changed})
        digests = digests_of(*parts[:5], other, corpus._paragraph, corpus.types)
        assert merged_fingerprint([summary_of(digests, ["", "", ""])]) != corpus.fingerprint, name
    digests = digests_of(*parts[:5], index, corpus._paragraph + 1, corpus.types)
    assert merged_fingerprint([summary_of(digests, ["", "", ""])]) != corpus.fingerprint


def test_what_a_document_copies_counts_where_the_original_is_not_among_them() -> None:
    corpus = corpus_of(FRAME.assign(text=["Sama.", "Sama.", "Lain."]))
    names = corpus.documents["doc_id"].tolist()
    assert corpus.documents["copy_of"].tolist() == ["", names[0], ""]
    assert merged_fingerprint([summary_of(corpus.digests, ["", "", ""])]) == corpus.fingerprint
    chosen = corpus.where(doc_id=names[1:])
    assert chosen.documents["copy_of"].tolist() == [names[0], ""]
    assert merged_fingerprint([summary_of(chosen.digests, [names[0], ""])]) == chosen.fingerprint
    assert merged_fingerprint([summary_of(chosen.digests, ["", ""])]) != chosen.fingerprint


def test_cells_and_columns_do_not_run_together() -> None:
    one = corpus_of(FRAME.assign(ab="c", a=""))
    other = corpus_of(FRAME.assign(a="bc", ab=""))
    assert one.fingerprint != other.fingerprint


def test_vocabularies_unite() -> None:
    one, other = (corpus_of(FRAME.iloc[rows]).digests.words for rows in ([0, 1], [1, 2]))
    both = corpus_of(FRAME).digests.words
    assert united([one, other]).tobytes() == united([both]).tobytes()
    assert sorted(map(bytes, both)) == list(map(bytes, united([both])))
    assert united([]).shape == (0, 16)
