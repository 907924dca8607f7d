"""The passages behind a table: as many as its cells say, counted apart from the code that counted the table."""

from __future__ import annotations

import inspect
import re

import numpy as np
import pandas as pd
import pytest

import kit
from kit.errors import ExhibitError, QueryError
from kit.parts.parted import PartedCorpus

CODEBOOK = kit.load_codebook()
TEXTS = {
    "a": "ASN melayani warga secara efektif, efisien, dan transparan. Warga dilayani ASN.\nTata kelola itu akuntabel.",
    "b": "Aparatur Sipil Negara (ASN) melayani warga. Efektif, efisien, dan transparan: tata kelola yang baik.",
    "c": "Warga mengawasi ASN; warga, tugas-tugasnya, tugas. Pelayanan publik harus cepat dan transparan.",
}
FRAME = pd.DataFrame(
    {
        "doc_id": list(TEXTS),
        "text": list(TEXTS.values()),
        "outlet": ["X", "X", "Y"],
        "date": ["2023-05-01", "2024-05-01", ""],
    }
)
CORPUS = kit.Corpus.from_frame(FRAME, clean=False)

TABLES = {
    "forms": lambda: kit.term_frequencies(CORPUS),
    "lexemes": lambda: kit.term_frequencies(CORPUS, unit="lexeme"),
    "lexemes by outlet": lambda: kit.term_frequencies(CORPUS, unit="lexeme", by="outlet"),
    "concepts": lambda: kit.concept_frequencies(CORPUS, CODEBOOK),
    "concepts by outlet": lambda: kit.concept_frequencies(CORPUS, CODEBOOK, by="outlet"),
    "concepts by outlet and year": lambda: kit.concept_frequencies(CORPUS, CODEBOOK, by=["outlet", "year"]),
    "concepts by date": lambda: kit.concept_frequencies(CORPUS, CODEBOOK, by={"period": "2024-01-01"}),
    "concepts and levels by outlet": lambda: kit.concept_frequencies(CORPUS, CODEBOOK, by="outlet", levels=True),
    "patterns by outlet": lambda: kit.pattern_frequencies(CORPUS, CODEBOOK, by="outlet"),
    "forms by month": lambda: kit.term_frequencies(CORPUS, by=["month", "outlet"]),
    "intervals by outlet": lambda: kit.frequency_intervals(CORPUS, unit="concept", codebook=CODEBOOK, by="outlet"),
    "intervals of patterns by year": lambda: kit.frequency_intervals(
        CORPUS, unit="pattern", codebook=CODEBOOK, by="year"
    ),
    "intervals of forms by outlet and year": lambda: kit.frequency_intervals(CORPUS, by=["outlet", "year"]),
    "compared concepts": lambda: kit.compare(CORPUS, CODEBOOK, by="outlet"),
    "compared patterns": lambda: kit.compare(CORPUS, CODEBOOK, by=["outlet", "year"], unit="pattern"),
    "compared lexemes": lambda: kit.compare(CORPUS, unit="lexeme", by={"period": "2024-01-01"}),
    "patterns": lambda: kit.pattern_frequencies(CORPUS, CODEBOOK),
    "intervals": lambda: kit.frequency_intervals(CORPUS, unit="concept", codebook=CODEBOOK),
    "dispersion": lambda: kit.dispersion(CORPUS, measures=["dp"]),
    "dispersion of concepts": lambda: kit.dispersion(CORPUS, unit="concept", codebook=CODEBOOK, measures=["dp"]),
    "reduced frequencies": lambda: kit.reduced_frequencies(CORPUS, unit="lexeme"),
    "keyness": lambda: kit.keyness(CORPUS, kit.general_indonesian()),
    "collocates": lambda: kit.collocations(CORPUS, "warga"),
    "collocates of two nodes": lambda: kit.collocations(CORPUS, ["form:warga", "lexeme:asn"], context=(2, 1)),
    "collocates by pairs": lambda: kit.collocations(CORPUS, "warga", count="pairs"),
    "collocates by sentence": lambda: kit.collocations(CORPUS, "warga", context="sentence", unit="lexeme"),
    "collocates of a concept": lambda: kit.collocations(CORPUS, "aktor-asn", codebook=CODEBOOK, context=3),
    "edges": lambda: kit.concept_network(CORPUS, CODEBOOK).edges,
    "cluster terms": lambda: kit.cluster_terms(CORPUS, CODEBOOK, resamples=20).terms,
    "cluster pairs": lambda: kit.cluster_terms(CORPUS, CODEBOOK, resamples=20).association,
    "clusters": lambda: kit.cluster_terms(CORPUS, CODEBOOK, resamples=20, within="document").clusters,
}
COUNTS = {
    "passages": len,
    "documents": lambda rows: rows["doc_id"].nunique(),
    "sentences": lambda rows: rows["sentence"].nunique(),
    "passages without glosses": lambda rows: int((~rows["gloss"]).sum()),
    "names": lambda rows: 0,  # tests/measures/frequency/test_names.py has some
}


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_that_counts_passages_has_so_many(name: str) -> None:
    table = TABLES[name]()
    found = kit.find_passages(CORPUS, table, codebook=CODEBOOK)
    by, counts = found.attrs["by"], found.attrs["counts"]
    assert counts or name == "clusters"
    groups = dict(list(found.groupby(by, sort=False))) if len(found) else {}
    for row in table.to_dict("records"):
        key = tuple(row[column] for column in by)
        mine = groups.get(key, found.iloc[:0])
        for column, what in counts.items():
            assert COUNTS[what](mine) == row[column], (key, column)


@pytest.mark.parametrize("name", TABLES)
def test_passages_are_of_the_rows_that_are_left(name: str) -> None:
    table = TABLES[name]()
    table = table[table[next(iter(kit.find_passages(CORPUS, table, codebook=CODEBOOK).attrs["by"]))].notna()].head(2)
    found = kit.find_passages(CORPUS, table, codebook=CODEBOOK)
    by = found.attrs["by"]
    asked = set(table[by].itertuples(index=False, name=None))
    assert set(found[by].itertuples(index=False, name=None)) <= asked


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_has_no_passages(name: str) -> None:
    assert not len(kit.find_passages(CORPUS, TABLES[name]().head(0), codebook=CODEBOOK))


def test_words_are_those_a_reader_finds() -> None:
    found = kit.find_passages(CORPUS, kit.term_frequencies(CORPUS))
    for doc_id, text in TEXTS.items():
        mine = found[(found["doc_id"] == doc_id) & (found["term"] == "asn")]
        assert mine["start"].tolist() == [match.start() for match in re.finditer(r"\bASN\b", text)]
        assert all(text[start:end] == "ASN" for start, end in zip(mine["start"], mine["end"], strict=True))


def test_topics_open_to_their_passages() -> None:
    corpus = kit.simulate_corpus(CODEBOOK, n_documents=30, seed=1).corpus
    topics = kit.fit_topics(corpus, 2)
    found = kit.find_passages(corpus, topics.passages)
    assert found["topic"].nunique() == topics.passages["topic"].nunique()
    terms = kit.find_passages(corpus, topics.terms.head(3))
    assert set(terms["term"]) == set(topics.terms.head(3)["term"])


def test_every_table_that_groups_is_walked_or_refused() -> None:
    """A public function with `by` either has grouped tables above, or its tables have no passages and say so."""
    walked = {"term_frequencies", "concept_frequencies", "pattern_frequencies", "frequency_intervals", "compare"}
    refused = {
        "ngram_frequencies": lambda: kit.ngram_frequencies(CORPUS, by="outlet"),
        "describe_corpus": lambda: kit.describe_corpus(CORPUS, by="outlet"),
        "lexical_diversity": lambda: kit.lexical_diversity(CORPUS, by="outlet"),
        "concordance": lambda: kit.concordance(CORPUS, "warga", by="outlet"),
    }
    for table in refused.values():
        with pytest.raises(QueryError, match="no passages behind this table"):
            kit.find_passages(CORPUS, table())
    others = {"evidence", "plot_dispersion", "topic_shares", "topic_sources", "compare_specifications", "tally"}
    others |= {"explore_comparison"}  # an explorer, no table
    public = (getattr(kit, name) for name in kit.__all__)
    grouping = {one.__name__ for one in public if inspect.isfunction(one) and "by" in inspect.signature(one).parameters}
    assert grouping == walked | set(refused) | others


@pytest.mark.parametrize("name", ["concepts by outlet", "compared concepts", "intervals by outlet"])
def test_a_cell_of_a_group_never_opens_to_the_passages_of_all(name: str) -> None:
    """Evidence of the whole corpus under a table by group is refused, for some rows of one group too."""
    table = TABLES[name]()
    mentions = kit.find_mentions(CORPUS, CODEBOOK)
    column = "concept" if "concept" in table.columns else "item"
    mixed = kit.evidence(CORPUS, mentions.assign(item=mentions["concept"]), by=column, codebook=CODEBOOK)
    words = {"en": "By outlet", "id": "Menurut media"}
    shown = "concept" if column == "concept" else "item"
    if column == "item":
        mixed.attrs["counts"] = {"count": "passages without glosses", "documents": "documents"}
    with pytest.raises(ExhibitError, match="several rows have the passages of"):
        kit.Table(table, id="tbl-x", title=words, evidence=mixed).files()
    one = table[table["outlet"] == "X"]
    one = one[one[shown] == "aktor-asn"]
    with pytest.raises(ExhibitError, match="in the table, the evidence has"):
        kit.Table(one, id="tbl-x", title=words, evidence=mixed).files()
    kit.Table(
        table,
        id="tbl-x",
        title=words,
        evidence=kit.evidence(CORPUS, kit.find_passages(CORPUS, table, codebook=CODEBOOK)),
    ).files()


def test_what_has_no_passages_is_named() -> None:
    with pytest.raises(QueryError, match="the kit knows no passages behind this table"):
        kit.find_passages(CORPUS, kit.describe_corpus(CORPUS))
    with pytest.raises(QueryError, match="the kit knows no passages behind this table"):
        kit.find_passages(CORPUS, pd.DataFrame({"term": ["asn"]}))
    with pytest.raises(QueryError, match="from another corpus"):
        kit.find_passages(CORPUS.where(outlet="Y"), kit.term_frequencies(CORPUS))
    with pytest.raises(QueryError, match="without a codebook"):
        kit.find_passages(CORPUS, kit.concept_frequencies(CORPUS, CODEBOOK))


def test_a_page_of_evidence_agrees_with_its_table() -> None:
    table = kit.collocations(CORPUS, ["form:warga", "form:asn"])
    words = {"en": "Collocates", "id": "Kolokat"}
    shown = kit.Table(table, id="tbl-x", title=words, evidence=kit.evidence(CORPUS, kit.find_passages(CORPUS, table)))
    files = shown.files()
    assert files["evidence/tbl-x.csv"].count(b"\n") == 1 + int(table["o11"].sum())


def test_a_table_counted_within_passages_takes_the_mentions_of_these() -> None:
    sentences = CORPUS.sentences[["doc", "start", "end"]]
    within = sentences[sentences["doc"] == 0].head(1)
    table = kit.concept_frequencies(CORPUS, CODEBOOK, within=within)
    with pytest.raises(QueryError, match=r"pass mentions=kit.find_mentions\(corpus, codebook, within="):
        kit.find_passages(CORPUS, table, codebook=CODEBOOK)
    mentions = kit.find_mentions(CORPUS, CODEBOOK, within=within)
    found = kit.find_passages(CORPUS, table, codebook=CODEBOOK, mentions=mentions)
    assert len(found) == table["mentions"].sum() > 0
    assert set(found["doc_id"]) == {"a"}


@pytest.mark.parametrize("within", ["document", "sentence"])
def test_copies_of_what_lies_in_another_part_are_left_out(within: str) -> None:
    """As the clusters leave them out: a part alone does not know that what it has is a copy."""
    sentences = [
        "Tata kelola itu akuntabel dan transparan.",
        "Warga mengawasi pelayanan publik.",
        "Layanan harus cepat.",
    ]
    texts = [" ".join([*sentences[row % 3 :], f"Berita nomor {row} tentang kota {row}."]) for row in range(6)]
    texts += texts[:2]
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(8)], "text": texts})
    whole = kit.Corpus.from_frame(frame, clean=False)
    assert (whole.copy_of[6:] != "").all()
    parts = PartedCorpus.of([whole._take(np.arange(0, 4)), whole._take(np.arange(4, 8))])
    found = []
    for corpus in (whole, parts):
        clusters = kit.cluster_terms(corpus, CODEBOOK, within=within, min_count=1, resamples=20)  # type: ignore[arg-type]
        tables = (clusters.terms, clusters.clusters, clusters.association)
        behind = [kit.evidence(corpus, kit.find_passages(corpus, table, codebook=CODEBOOK)) for table in tables]
        kit.Table(clusters.terms, id="tbl-terms", title={"en": "T", "id": "T"}, evidence=behind[0])
        found.append(behind)
    for one, two in zip(*found, strict=True):
        pd.testing.assert_frame_equal(one, two, check_exact=True)
