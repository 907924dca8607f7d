"""The gate of passages: what belongs to a corpus and a codebook passes, all else is refused, however it comes."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.corpus.spans import PASSAGE, check_passages, in_context, seal
from kit.errors import QueryError
from kit.parts.parted import PartedCorpus
from kit.plots.dispersion import plot_dispersion

FRAME = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c", "d"],
        "outlet": ["X", "X", "Y", "Y"],
        "text": [
            "ASN melayani warga secara efektif, efisien, dan transparan. Warga dilayani.",
            "Akuntabilitas ASN dinilai warga. Tata kelola yang baik itu transparan dan akuntabel.",
            "Pelayanan publik harus cepat. ASN (Aparatur Sipil Negara) melayani.",
            "Warga mengawasi ASN. Transparansi dan akuntabilitas berjalan bersama.",
        ],
    }
)
CORPUS = kit.Corpus.from_frame(FRAME, clean=False)
CODEBOOK = kit.load_codebook()
OTHER_CODEBOOK = CODEBOOK.with_patterns(disable=["transparan"])
MENTIONS = kit.find_mentions(CORPUS, CODEBOOK)
META = pd.DataFrame({"doc_id": ["a", "b", "c", "d"], "weight": [1, 2, 3, 4]})

#: Every public call that takes mentions.
CALLS = {
    "concept_frequencies": lambda corpus, mentions: kit.concept_frequencies(corpus, CODEBOOK, mentions=mentions),
    "pattern_frequencies": lambda corpus, mentions: kit.pattern_frequencies(corpus, CODEBOOK, mentions=mentions),
    "dispersion": lambda corpus, mentions: kit.dispersion(
        corpus, unit="concept", codebook=CODEBOOK, mentions=mentions, measures=["dp"]
    ),
    "reduced_frequencies": lambda corpus, mentions: kit.reduced_frequencies(
        corpus, unit="concept", codebook=CODEBOOK, mentions=mentions
    ),
    "concordance": lambda corpus, mentions: kit.concordance(
        corpus, "concept:aktor-asn", codebook=CODEBOOK, mentions=mentions
    ),
    "rows of a concordance": lambda corpus, mentions: kit.concordance(corpus, mentions, codebook=CODEBOOK),
    "collocations": lambda corpus, mentions: kit.collocations(
        corpus, "concept:aktor-asn", codebook=CODEBOOK, mentions=mentions
    ),
    "rows of collocations": lambda corpus, mentions: kit.collocations(corpus, mentions, codebook=CODEBOOK),
    "concept_network": lambda corpus, mentions: kit.concept_network(corpus, CODEBOOK, mentions=mentions).edges,
    "find_lists": lambda corpus, mentions: kit.find_lists(corpus, CODEBOOK, mentions=mentions),
    "cluster_terms": lambda corpus, mentions: (
        kit.cluster_terms(corpus, CODEBOOK, mentions=mentions, resamples=20).terms
    ),
    "plot_dispersion": lambda corpus, mentions: (
        plot_dispersion(corpus, ["concept:aktor-asn"], codebook=CODEBOOK, mentions=mentions).data
    ),
    "evidence": lambda corpus, mentions: kit.evidence(corpus, mentions, codebook=CODEBOOK),
}
PARTED = ("concept_frequencies", "pattern_frequencies", "dispersion", "concordance", "collocations", "cluster_terms")


def merged(mentions: pd.DataFrame) -> pd.DataFrame:
    """What pandas returns when metadata are joined: rows as they were, and no facts."""
    wider = mentions.merge(META, on="doc_id").merge(META.rename(columns={"weight": "more"}), on="doc_id")
    wider.attrs = {}
    return wider


#: Mentions that are not those of the corpus they are passed with: (of the corpus, the mentions).
WRONG = {
    "of a subset": lambda: (CORPUS, kit.find_mentions(CORPUS.where(outlet="Y"), CODEBOOK)),
    "of the first documents": lambda: (CORPUS, kit.find_mentions(CORPUS.where(outlet="X"), CODEBOOK)),
    "of a superset": lambda: (CORPUS.where(outlet="Y"), MENTIONS),
    "of a superset that begins alike": lambda: (CORPUS.where(outlet="X"), MENTIONS),
    "of another codebook": lambda: (CORPUS, kit.find_mentions(CORPUS, OTHER_CODEBOOK)),
    "of another text of the same length": lambda: (
        kit.Corpus.from_frame(FRAME.assign(text=FRAME["text"].str.replace("ASN", "KPK")), clean=False),
        MENTIONS,
    ),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("facts", ["kept", "lost"])
def test_mentions_of_something_else_are_refused(call: str, wrong: str, facts: str) -> None:
    corpus, mentions = WRONG[wrong]()
    with pytest.raises(QueryError, match=r"another|beyond|no such sentence|does not lie|not lie in its sentence"):
        CALLS[call](corpus, mentions if facts == "kept" else merged(mentions))


@pytest.mark.parametrize("call", CALLS)
def test_a_merged_frame_gives_what_the_mentions_give(call: str) -> None:
    expected = CALLS[call](CORPUS, MENTIONS)
    found = CALLS[call](CORPUS, merged(MENTIONS))
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("call", PARTED)
@pytest.mark.parametrize("wrong", ["of a subset", "of the first documents", "of another codebook"])
@pytest.mark.parametrize("facts", ["kept", "lost"])
def test_over_parts_too(call: str, wrong: str, facts: str) -> None:
    _, mentions = WRONG[wrong]()
    parts = PartedCorpus.of([CORPUS.where(doc_id=["a", "d"]), CORPUS.where(doc_id=["b", "c"])])
    pd.testing.assert_frame_equal(CALLS[call](parts, merged(MENTIONS)), CALLS[call](parts, None))
    with pytest.raises(QueryError, match=r"another|beyond|no such sentence"):
        CALLS[call](parts, mentions if facts == "kept" else merged(mentions))


def test_nothing_found_elsewhere_is_not_nothing_found_here() -> None:
    none = kit.find_mentions(CORPUS.where(doc_id="a"), CODEBOOK).iloc[:0]
    with pytest.raises(QueryError, match="another corpus"):
        kit.concept_frequencies(CORPUS, CODEBOOK, mentions=none)


@given(st.data())
def test_any_rows_in_any_order_pass_and_a_changed_place_does_not(data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(MENTIONS) - 1), min_size=1, max_size=9))
    some = merged(MENTIONS.iloc[rows])
    assert check_passages(CORPUS, some, codebook=CODEBOOK.version) is some
    column = data.draw(st.sampled_from(["doc", "sentence", "start", "end"]))
    row = data.draw(st.integers(0, len(some) - 1))
    changed = some.copy()
    changed.loc[row, column] += data.draw(st.sampled_from([-2, -1, 1, 2]))
    with pytest.raises(QueryError, match=f"mentions, row {row}: "):
        check_passages(CORPUS, changed, codebook=CODEBOOK.version)


def test_a_table_made_by_hand_passes_where_its_places_fit() -> None:
    mine = pd.DataFrame({"doc_id": ["b"], "doc": [1], "sentence": [2], "start": [0], "end": [13]})
    assert check_passages(CORPUS, mine) is mine
    shown = in_context(CORPUS, mine)
    assert shown["surface"].tolist() == ["Akuntabilitas"]
    assert shown["passage"].tolist() == ["Akuntabilitas ASN dinilai warga."]
    assert shown[["sentence_no", "raw_start", "raw_end", "passage_start"]].to_numpy().tolist() == [[1, 0, 13, 0]]
    with pytest.raises(QueryError, match="row 0: its document has no such sentence"):
        check_passages(CORPUS, mine.assign(sentence=0))


def test_the_seal_knows_the_codebook() -> None:
    places = MENTIONS[list(PASSAGE)]
    one, other = seal(CORPUS, places, "a"), seal(CORPUS, places, "b")
    one.attrs = other.attrs = {}
    assert check_passages(CORPUS, one, codebook="a") is one
    with pytest.raises(QueryError, match="row 0: was found with another codebook"):
        check_passages(CORPUS, other, codebook="a")
    assert (one["seal"] >= 0).all()


@pytest.mark.parametrize("given", ["corpus", CODEBOOK, CORPUS, [1]], ids=["text", "codebook", "corpus", "list"])
def test_what_is_no_table_is_named(given: object) -> None:
    with pytest.raises(QueryError, match="this is no table but"):
        check_passages(CORPUS, given)


def test_mentions_pass_through_csv() -> None:
    text = MENTIONS.to_csv(index=False)
    back = pd.read_csv(pd.io.common.StringIO(text), keep_default_na=False)
    pd.testing.assert_frame_equal(
        kit.concept_frequencies(CORPUS, CODEBOOK, mentions=back), kit.concept_frequencies(CORPUS, CODEBOOK)
    )


def test_a_quotation_begins_in_its_sentence_and_may_end_in_another() -> None:
    """An attribution that points back has no words of its own; nothing else may be empty."""
    text = ['"Kami siap. Warga sabar," kata Budi. Hal itu disampaikan Sari.', "ASN melayani."]
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a", "b"], "text": text}), clean=False)
    table = kit.find_quotations(corpus)
    assert table["type"].tolist() == ["direct", "attribution_only"]
    assert check_passages(corpus, table, columns=("start", "end")) is table
    for wrong in (
        table.assign(end=len(text[0]) + 1),
        table.assign(end=table["start"] - 1),
        table.assign(sentence=table["sentence"] + 1),
        table.drop(columns="quotation"),
    ):
        with pytest.raises(QueryError, match=r"does not lie in its sentence|no such sentence"):
            check_passages(corpus, wrong, columns=("start", "end"))
    with pytest.raises(QueryError, match="another corpus"):
        check_passages(corpus.where(doc_id="a"), table)
