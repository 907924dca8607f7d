"""Calls as a researcher writes them: mypy --strict accepts each, and knows what it returns."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import pandas as pd

import kit


def both(folder: str | Path, table: pd.DataFrame) -> dict[str, kit.AnyCorpus]:
    """Corpora of either kind."""
    own = kit.Corpus.from_frame(table, clean=False)
    assert_type(own, kit.Corpus)
    return {"read": kit.load_corpus(folder), "saved": kit.open_corpus(folder, engine=4), "own": own}


def study(corpus: kit.AnyCorpus, other: kit.Corpus) -> None:
    """Measures of a corpus in one part or in many."""
    codebook: kit.Codebook = kit.load_codebook()
    mentions = kit.find_mentions(corpus, codebook)
    kit.term_frequencies(corpus, unit="lexeme", by="year", stopwords="core")
    kit.concept_frequencies(corpus, codebook, by="outlet", mentions=mentions)
    kit.dispersion(corpus, unit="concept", parts="stories", codebook=codebook)
    kit.frequency_intervals(corpus, method="bca", level=0.9)
    kit.keyness(corpus, kit.general_indonesian(), min_count=5)
    kit.keyness(corpus, kit.FrequencyList.from_frame(pd.DataFrame(), floor=1.0))
    kit.concordance(corpus, ["pelayan*", "lexeme:tugas"], sort=["R1", "node"], limit=20)
    kit.collocations(corpus, "concept:melayani", context=(3, 3), codebook=codebook, min_count=2)
    clusters = kit.cluster_terms(corpus, codebook, unit="term", within="paragraph", max_items=40)
    assert_type(clusters, kit.TermClusters)
    assert_type(kit.map_clusters(clusters), kit.ClusterMap)
    assert_type(kit.concept_network(other, codebook), kit.ConceptNetwork)
    assert_type(kit.plan_study(corpus, effect=1.5, concept="melayani", codebook=codebook), kit.StudyPlan)
    assert_type(kit.simulate_corpus(codebook, n_documents=40, seed=1), kit.Simulation)
    assert_type(kit.describe_measure("dp_norm"), kit.MeasureCard | kit.TaskCard)
    assert_type(kit.describe_measure("npmi", "topics"), kit.MeasureCard)
    topics = kit.fit_topics(corpus, 10, seeds=codebook, within="document", unit="lexeme")
    assert_type(topics, kit.Topics)
    assert_type(kit.compare_topics(other, range(2, 5)), kit.TopicChoice)
    shares: pd.DataFrame = kit.topic_shares(corpus, topics, by="year")
    kit.topic_table(topics, shares=shares)
    part: kit.Corpus = corpus.part(0) if isinstance(corpus, kit.PartedCorpus) else corpus
    kit.save_corpus(part, Path("elsewhere"))


def validity(corpus: kit.Corpus, topics: kit.Topics, folder: Path) -> None:
    """From a sheet for coders to corrected shares."""
    codebook = kit.load_codebook()
    sheet = kit.coding_sheet(corpus, codebook, n={"hit": 30, "near": 30, "rest": 100}, concepts=["melayani"], seed=1)
    assert_type(sheet, kit.CodingSheet)
    files = sheet.save(folder, ["ani", "budi"], language="id")
    codings = kit.read_codings(files[:1], sheet.key)
    kit.add_codings(codings, folder / "codings.csv")
    kit.add_codings(kit.sentence_codings(corpus, kit.import_coding(corpus, codebook, "study.qdpx")), "codings.csv")
    assert_type(kit.lock_coding(files[0], sheet.key), Path)
    scores = kit.score_coding(corpus, codings, "key.csv", truth="ani", source="berita")
    assert_type(scores, kit.CodingScores)
    kit.concept_frequencies(corpus, codebook, validity=scores.validity)
    kit.concept_frequencies(corpus, codebook, validity=kit.load_validity(codebook, "validity.csv"))
    test = kit.intrusion_sheet(corpus, topics, kind="set", n=20)
    assert_type(test, kit.IntrusionSheet)
    assert_type(kit.score_intrusion(corpus, codings, test.key), pd.DataFrame)
