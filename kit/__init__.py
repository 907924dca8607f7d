"""The governance-discourse research kit: the public names, loaded when first used."""

from __future__ import annotations

import importlib
import sys
from typing import Any

from kit.arguments import at_the_door as _at_the_door
from kit.startup import loading as _loading

_HOME = {
    "__version__": "kit.settings",
    "KitError": "kit.errors",
    "Settings": "kit.settings",
    "load_settings": "kit.settings",
    "Corpus": "kit.corpus.corpus",
    "PartedCorpus": "kit.parts.parted",
    "AnyCorpus": "kit.parts.summaries",
    "read_articles": "kit.storage.read",
    "load_corpus": "kit.storage.load",
    "open_corpus": "kit.storage.open",
    "save_corpus": "kit.storage.save",
    "export_texts": "kit.storage.texts",
    "add_articles": "kit.storage.add",
    "remove_articles": "kit.storage.remove",
    "reindex_corpus": "kit.storage.reindex",
    "Codebook": "kit.codebook.codebook",
    "load_codebook": "kit.codebook.loading",
    "find_mentions": "kit.codebook.mentions",
    "find_modality": "kit.discourse.modality",
    "service_voice": "kit.discourse.service_voice",
    "find_quotations": "kit.discourse.quotations",
    "list_speakers": "kit.discourse.speakers",
    "join_speakers": "kit.discourse.speakers",
    "JoinedSpeakers": "kit.discourse.speakers",
    "code_speakers": "kit.discourse.speakers",
    "statements": "kit.discourse.statements",
    "read_statements": "kit.discourse.statements_files",
    "discourse_network": "kit.measures.discourse.network",
    "DiscourseNetwork": "kit.measures.discourse.result",
    "tally": "kit.measures.frequency.tally",
    "list_citations": "kit.discourse.citations",
    "plot_discourse": "kit.plots.discourse",
    "find_coalitions": "kit.measures.discourse.coalitions",
    "Coalitions": "kit.measures.discourse.coalitions",
    "describe_codebook": "kit.validity.printed",
    "explain": "kit.codebook.explanation",
    "Explanation": "kit.codebook.explanation",
    "compare_codebooks": "kit.measures.codebooks",
    "CodebookComparison": "kit.measures.codebooks",
    "compare_specifications": "kit.validity.specifications.specifications",
    "Specifications": "kit.validity.specifications.specifications",
    "plot_specifications": "kit.plots.specifications",
    "near_misses": "kit.validity.coverage.near_misses",
    "candidate_terms": "kit.validity.coverage.candidates",
    "concept_overlap": "kit.validity.coverage.shared_hits",
    "split_half": "kit.validity.coverage.shared_hits",
    "import_codebook": "kit.codebook.exchange.codebooks",
    "export_codebook": "kit.codebook.exchange.codebooks",
    "import_coding": "kit.codebook.exchange.coding",
    "export_coding": "kit.codebook.exchange.coding",
    "describe_corpus": "kit.measures.frequency.description",
    "describe_removed": "kit.measures.frequency.description",
    "list_removed": "kit.measures.frequency.description",
    "list_flagged": "kit.measures.frequency.flags",
    "list_copies": "kit.measures.frequency.copies",
    "compare_copy": "kit.measures.frequency.copies",
    "term_frequencies": "kit.measures.frequency.terms",
    "concept_frequencies": "kit.measures.frequency.concepts",
    "pattern_frequencies": "kit.measures.frequency.concepts",
    "concordance": "kit.measures.concordance.concordance",
    "dispersion": "kit.measures.dispersion.dispersion",
    "reduced_frequencies": "kit.measures.frequency.reduced",
    "ngram_frequencies": "kit.measures.frequency.ngrams",
    "lexical_diversity": "kit.measures.frequency.diversity",
    "stopword_sensitivity": "kit.measures.frequency.sensitivity",
    "describe_measure": "kit.measures.cards",
    "TaskCard": "kit.wording.tasks",
    "MeasureCard": "kit.wording.measures",
    "frequency_intervals": "kit.measures.uncertainty.uncertainty",
    "log_ratio_intervals": "kit.measures.uncertainty.log_ratios",
    "plan_study": "kit.measures.uncertainty.planning",
    "StudyPlan": "kit.measures.uncertainty.planning",
    "simulate_corpus": "kit.simulation.corpus",
    "Simulation": "kit.simulation.corpus",
    "sample_corpus": "kit.simulation.sample",
    "SampleCorpus": "kit.simulation.sample",
    "collocations": "kit.measures.association.collocations",
    "concept_network": "kit.measures.association.network",
    "ConceptNetwork": "kit.measures.association.network",
    "find_lists": "kit.measures.association.lists",
    "keyness": "kit.measures.keyness.keyness",
    "FrequencyList": "kit.measures.keyness.frequency_list",
    "general_indonesian": "kit.measures.keyness.general",
    "cluster_terms": "kit.topics.clusters.terms",
    "TermClusters": "kit.topics.clusters.result",
    "map_clusters": "kit.topics.clusters.map",
    "ClusterMap": "kit.topics.clusters.map",
    "fit_topics": "kit.topics.models.fit",
    "compare_topics": "kit.topics.quality.choice",
    "topic_stability": "kit.topics.quality.stability",
    "TopicChoice": "kit.topics.models.choice",
    "Topics": "kit.topics.models.result",
    "topic_shares": "kit.topics.groups.shares",
    "topic_sources": "kit.topics.groups.sources",
    "compare": "kit.measures.comparison.compare",
    "plot_compare": "kit.plots.comparison",
    "Drawing": "kit.plots.drawing",
    "plot_concepts": "kit.plots.concepts",
    "plot_dispersion": "kit.plots.dispersion",
    "plot_keyness": "kit.plots.keyness",
    "plot_network": "kit.plots.network",
    "plot_study": "kit.plots.study",
    "plot_clusters": "kit.plots.clusters",
    "plot_cluster_map": "kit.plots.cluster_map",
    "plot_topic_choice": "kit.plots.topic_choice",
    "plot_topic_shares": "kit.plots.topic_shares",
    "topic_table": "kit.topics.topic_table",
    "Vectorizer": "kit.measures.counts.vectorizer",
    "Table": "kit.exhibits.table",
    "Figure": "kit.exhibits.figure",
    "find_passages": "kit.validity.passages",
    "coding_sheet": "kit.validity.coding.sheet",
    "CodingSheet": "kit.validity.coding.sheet",
    "read_codings": "kit.validity.coding.reading",
    "lock_coding": "kit.validity.coding.reading",
    "add_codings": "kit.validity.coding.record",
    "sentence_codings": "kit.validity.coding.marks",
    "score_coding": "kit.validity.scores",
    "CodingScores": "kit.validity.scores",
    "load_validity": "kit.validity.figures",
    "intrusion_sheet": "kit.validity.intrusion.sheet",
    "IntrusionSheet": "kit.validity.intrusion.sheet",
    "score_intrusion": "kit.validity.intrusion.scores",
    "evidence": "kit.exhibits.evidence",
    "show": "kit.exhibits.show",
    "explore_concordance": "kit.explore.calls",
    "explore_concepts": "kit.explore.calls",
    "explore_comparison": "kit.explore.calls",
    "explore_topics": "kit.explore.calls",
    "explore_coding": "kit.explore.calls",
    "Explorer": "kit.explore.explorer",
}

__all__ = [*_HOME]  # noqa: PLE0604 - the keys are strings


def __getattr__(name: str) -> Any:
    """Load a public name from its room when it is first asked for."""
    if name not in _HOME:
        message = f"module 'kit' has no attribute {name!r}"
        raise AttributeError(message)
    with _loading():
        module = importlib.import_module(_HOME[name])
    value = _at_the_door(getattr(module, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)


if "IPython" in sys.modules:  # a notebook or its prompt: frames of the kit show their remarks there
    importlib.import_module("kit.exhibits.prompt").register()
