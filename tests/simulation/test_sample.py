"""The demonstration corpus: what was planted is there, is found, and nobody can take it for real."""

from __future__ import annotations

import doctest
from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

import kit
from kit.codebook.codebook import Codebook
from kit.exhibits.citation import bibtex, plain
from kit.exhibits.notes import compose
from kit.simulation.plan import read_plan
from kit.simulation.sample import SampleCorpus, write_sample

OUTLETS = ["Simulasi A", "Simulasi B", "Simulasi C"]


@pytest.fixture(scope="module")
def corpus(sample: SampleCorpus) -> SampleCorpus:
    return sample


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return kit.load_codebook()


def test_it_has_the_promised_size_and_outlets_and_years_are_crossed(corpus: SampleCorpus) -> None:
    documents = corpus.documents
    assert len(corpus) == 240
    assert documents["doc_id"].tolist() == [f"sim-{number:03}" for number in range(1, 241)]
    assert documents["date"].is_monotonic_increasing
    assert documents["date"].str.slice(0, 7).nunique() == 24
    cells = documents.groupby(["outlet", documents["date"].str.slice(0, 4)]).size()
    assert cells.index.tolist() == [(outlet, year) for outlet in OUTLETS for year in ("2024", "2025")]
    assert cells.min() >= 37


def test_every_article_says_that_it_is_simulated(corpus: SampleCorpus) -> None:
    documents = corpus.documents
    assert (documents["simulated"] == "yes").all()
    assert documents["title"].str.startswith("Teks simulasi ").all()
    assert documents["licence"].str.startswith("Simulated text").all()
    assert (documents[["url"]] == "").all().all()


def test_every_exhibit_says_so_first_in_both_languages(corpus: SampleCorpus, codebook: Codebook) -> None:
    part = corpus.where(month="2024-03")
    tables = (
        kit.describe_corpus(part),
        kit.list_removed(part),
        part.set_aside,
        kit.concept_frequencies(part, codebook),
        kit.dispersion(part, measures=["dp_norm"]),
        kit.keyness(part, kit.general_indonesian()),
        kit.frequency_intervals(part, unit="concept", codebook=codebook),
        kit.log_ratio_intervals(part, corpus, unit="concept", codebook=codebook),
        kit.fit_topics(corpus, 3).documents,
    )
    for table in tables:
        size = table.attrs["documents"]
        assert table.attrs["simulated"] == size in (len(part), len(corpus))
        note = compose({"en": "Own words.", "id": "Kata sendiri."}, table.attrs)
        assert note["en"].startswith(f"Simulated: {size} of {size} documents were written by a program")
        assert note["id"].startswith(f"Simulasi: {size} dari {size} dokumen ditulis oleh program")
    cited = {"id": "tbl-x", "kind": "table", "title": {"en": "X", "id": "X"}, "kit": "0", "attrs": part.about()}
    cited["products"] = {"tables/tbl-x.csv": "ab" * 32}
    assert "; simulated texts; " in plain(cited, "en")
    assert "; teks simulasi; " in bibtex(cited, "id")


def test_real_documents_beside_simulated_ones_are_told_apart() -> None:
    frame = pd.DataFrame(
        {"doc_id": ["a", "b", "c"], "text": ["Satu.", "Dua.", "Tiga."], "simulated": ["yes", "", "no"]}
    )
    assert kit.Corpus.from_frame(frame).about()["simulated"] == 1
    assert "simulated" not in kit.Corpus.from_frame(frame.iloc[1:]).about()
    assert "simulated" not in kit.Corpus.from_frame(frame.drop(columns="simulated")).about()


def test_a_saved_corpus_says_so_too(corpus: SampleCorpus, tmp_path: Path) -> None:
    kit.add_articles(corpus.where(year="2024").documents.drop(columns="copy_of"), tmp_path / "saved", clean=False)
    kit.add_articles(corpus.where(year="2025").documents.drop(columns="copy_of"), tmp_path / "saved", clean=False)
    parts = kit.open_corpus(tmp_path / "saved")
    assert parts.about()["simulated"] == parts.about()["documents"] == 240
    assert parts.where(outlet="Simulasi B").about()["simulated"] == int(
        (corpus.documents["outlet"] == OUTLETS[1]).sum()
    )


def test_the_same_seed_gives_the_same_corpus(corpus: SampleCorpus) -> None:
    assert kit.sample_corpus().fingerprint == corpus.fingerprint != kit.sample_corpus(seed=1).fingerprint


def test_a_folder_of_it_loads_as_the_same_corpus(corpus: SampleCorpus, tmp_path: Path) -> None:
    write_sample(tmp_path / "demo")
    loaded = kit.load_corpus(tmp_path / "demo")
    assert loaded.fingerprint == corpus.fingerprint
    assert not len(loaded.set_aside)


def test_the_kit_counts_exactly_what_was_planted(corpus: SampleCorpus, codebook: Codebook) -> None:
    parts = []
    for outlet, part in corpus.split("outlet").items():
        table = kit.concept_frequencies(part, codebook, by="year")
        parts.append(table.assign(outlet=outlet, year=table["year"].astype("int64")))
    planted = corpus.truth.set_index(["outlet", "year", "concept"])
    counted = pd.concat(parts).set_index(["outlet", "year", "concept"]).loc[planted.index]
    assert counted["mentions"].tolist() == planted["count"].tolist()
    assert counted["hits"].tolist() == planted["count"].tolist()
    assert counted["documents"].tolist() == planted["documents"].tolist()
    assert planted.groupby(["outlet", "year"])["words"].first().sum() == corpus.words


def test_the_rates_planted_differ_as_the_plan_says(corpus: SampleCorpus) -> None:
    rate = corpus.truth.set_index(["concept", "outlet", "year"])["per_1000"].round(9)
    assert rate["melayani"].tolist() == [2.0, 2.0, 6.0, 6.0, 2.0, 2.0]
    assert rate["dilayani"].tolist() == [1.8, 1.8, 6.0, 6.0, 6.0, 6.0]
    assert rate["transparansi"].tolist() == [1.5, 4.5] * 3
    assert rate["akuntabilitas"].tolist() == [1.5] * 5 + [7.5]


@pytest.mark.parametrize(
    ("concept", "target", "reference", "sign"),
    [
        ("melayani", {"outlet": "Simulasi B"}, {"outlet": ["Simulasi A", "Simulasi C"]}, 1),
        ("dilayani", {"outlet": "Simulasi A"}, {"outlet": ["Simulasi B", "Simulasi C"]}, -1),
        ("transparansi", {"year": "2025"}, {"year": "2024"}, 1),
        ("akuntabilitas", {"outlet": "Simulasi C", "year": "2025"}, {"outlet": ["Simulasi A", "Simulasi B"]}, 1),
    ],
)
def test_planted_differences_are_found(
    corpus: SampleCorpus, codebook: Codebook, concept: str, target: dict, reference: dict, sign: int
) -> None:
    parts = corpus.where(**target), corpus.where(**reference)
    table = kit.log_ratio_intervals(*parts, unit="concept", codebook=codebook)
    row = table.set_index("item").loc[concept]
    assert row["low"] > 0 if sign > 0 else row["high"] < 0
    tested = kit.keyness(*parts, unit="concept", codebook=codebook).set_index("item")
    assert tested.loc[concept, "p_bh"] < 0.05
    assert (tested["p_bh"] < 0.05).sum() <= 3


def test_what_was_not_planted_is_not_found_everywhere(corpus: SampleCorpus, codebook: Codebook) -> None:
    """Of the concepts whose rate is the same in both years, intervals that exclude it are no more than chance gives."""
    years = corpus.where(year="2025"), corpus.where(year="2024")
    table = kit.log_ratio_intervals(*years, unit="concept", codebook=codebook)
    rate = corpus.truth.pivot_table(index="concept", columns="year", values="per_1000")
    same = rate.index[(rate[2024] / rate[2025] - 1).abs() < 0.05]
    known = table[table["item"].isin(same)].dropna(subset=["low", "high"])
    assert len(known) >= 6
    assert ((known["low"] > 0) | (known["high"] < 0)).sum() <= 2


def test_copies_are_told_and_most_stand_in_another_outlet(corpus: SampleCorpus) -> None:
    documents = corpus.documents
    copies = documents[documents["copy_of"] != ""]
    originals = documents.set_index("doc_id").loc[copies["copy_of"]]
    assert len(copies) == 18
    assert (copies["outlet"].to_numpy() != originals["outlet"].to_numpy()).sum() == 12
    assert (originals["copy_of"] == "").all()
    assert (originals["date"].to_numpy() <= copies["date"].to_numpy()).all()
    planted = corpus.planted.query("kind == 'copies'").set_index("what")["size"]
    assert planted.to_dict() == {"same outlet": 6, "other outlet": 12}


def test_cleaning_takes_out_exactly_the_furniture_that_was_put_on(corpus: SampleCorpus) -> None:
    planted = corpus.planted.query("kind == 'furniture'").set_index("what")["size"]
    assert corpus.removed["rule"].value_counts().sort_index().to_dict() == planted.to_dict()
    assert set(planted.index) == {"dateline", "cross_link", "byline_initials", "pager", "footer_link"}
    flagged = kit.list_flagged(corpus)
    assert set(flagged["flag"]) == {"truncated"}
    assert len(flagged) == planted["pager"] > 1
    stated = corpus.documents["place"] != ""
    assert stated.sum() == planted["dateline"]
    assert corpus.words == corpus.truth.groupby(["outlet", "year"])["words"].first().sum()


def test_topics_find_the_themes(corpus: SampleCorpus) -> None:
    topics = kit.fit_topics(corpus, len(read_plan().themes))
    best = topics.documents.sort_values("weight", kind="stable").drop_duplicates("doc_id", keep="last")
    themes = corpus.documents.set_index("doc_id").loc[best["doc_id"], "theme"]
    assert adjusted_rand_score(themes, best["topic"]) > 0.9


def test_one_theme_is_an_outlet_s_own(corpus: SampleCorpus) -> None:
    originals = corpus.documents[corpus.documents["copy_of"] == ""]
    assert set(originals.loc[originals["theme"] == "olahraga", "outlet"]) == {"Simulasi C"}
    assert originals["theme"].nunique() == 10


def test_concepts_share_sentences_as_planted(corpus: SampleCorpus, codebook: Codebook) -> None:
    edges = kit.concept_network(corpus, codebook).edges.set_index(["source", "target"])
    pairs = corpus.planted.query("kind == 'together'")["what"].str.split(", ").tolist()
    assert {tuple(sorted(pair)) for pair in pairs if len(pair) == 2} <= {tuple(sorted(key)) for key in edges.index}
    lists = edges[edges["list_sentences"] > 0]
    (listed,) = (group for group in pairs if len(group) > 2)
    assert {name for key in lists.index for name in key} == set(listed)


@pytest.mark.slow
def test_the_number_of_themes_is_recommended_and_their_concepts_cluster(
    corpus: SampleCorpus, codebook: Codebook
) -> None:
    assert kit.compare_topics(corpus, [5, 10, 15, 20]).recommended == 10
    clusters = kit.cluster_terms(corpus, codebook)
    assert clusters.clusters["passes_null"].sum() >= len(clusters.clusters) - 1
    cluster = clusters.terms.set_index("concept")["cluster"]
    for theme in read_plan().themes:
        assert len(set(cluster[theme["concepts"]])) == 1, theme["name"]


def test_the_page_about_it_tells_what_the_kit_finds() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "demo.md"
    found = doctest.testfile(str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted > 5
    assert not found.failed


def test_what_is_selected_is_a_plain_corpus(corpus: SampleCorpus) -> None:
    part = corpus.where(year="2024")
    assert type(part) is kit.Corpus
    assert not hasattr(part, "planted")


def test_who_says_what_is_found_as_it_was_planted(corpus: SampleCorpus) -> None:
    found, texts = kit.find_quotations(corpus), corpus.documents["text"].tolist()
    found["surface"] = [texts[row.doc][row.start : row.end] for row in found.itertuples()]
    planted = corpus.said
    wishes = (found["cue"] == "harap") & ~found["surface"].isin(
        planted["surface"]
    )  # warga berharap …, of the templates
    found = found[~wishes].reset_index(drop=True)
    whole = planted[planted["surface"] != ""]
    keys = ["doc_id", "speaker", "type", "surface"]
    assert (
        whole[keys]
        .value_counts()
        .sort_index()
        .equals(found[keys].merge(whole[keys].drop_duplicates())[keys].value_counts().sort_index())
    )
    others = found[~found["speaker"].isin(planted["speaker"])]
    assert others["cue"].isin(["menurut", "kata"]).all()
    assert (found["speaker"] == "panitia").sum() <= 2
    cued = found.fillna({"cue_start": 0, "cue_end": 0})  # none behind words that go on with a quotation
    cues = [texts[row.doc][row.cue_start : row.cue_end] for row in cued.itertuples()]
    again = found[found["speaker"].isin(planted["speaker"]) & (pd.Series(cues) == "katanya").to_numpy()]
    # whoever spoke before: a sentence that was there, behind one that was planted; how often that falls so is chance
    assert again["surface"].str.fullmatch(r"Tanpa .+, katanya, .+").all()
    assert len(found) - len(others) - len(again) == len(planted)


def test_who_cites_whom_is_found_where_it_was_planted(corpus: SampleCorpus) -> None:
    cited = kit.list_citations(corpus, kit.find_quotations(corpus))
    planted = corpus.said[corpus.said["surface"].str.startswith("Menurut ")]
    whom = planted["surface"].str.extract("^Menurut (.+?), ")[0]
    pairs = set(zip(planted["doc_id"], planted["speaker"], whom, strict=True))
    found = set(zip(cited["doc_id"], cited["citing"], cited["speaker"], strict=True))
    assert len(cited) == len(found) > len(pairs) / 2
    assert found <= pairs
    assert {whom for *_, whom in pairs - found} <= {"pemulung", "pengepul", "pendayung", "regu penyelamat"}


def test_a_speaker_is_heard_where_he_or_she_was_planted(corpus: SampleCorpus) -> None:
    outlet = corpus.documents.set_index("doc_id")["outlet"]
    found = kit.find_quotations(corpus)
    shares = pd.crosstab(found["doc_id"].map(outlet), found["speaker"], normalize="index")
    assert shares["Rangga Wisesa"].idxmax() == "Simulasi A"
    assert shares["Ratri Palupi"].idxmax() == "Simulasi B"
    speakers = kit.list_speakers(corpus, kit.join_speakers(corpus, found).quotations)
    private = speakers.loc[speakers["speaker"].isin(corpus.said["speaker"])].set_index("speaker")["private"]
    assert private[private].index.tolist() == ["Ratri Palupi"]
