"""The governance-discourse research kit: the public names, loaded when first used."""

from __future__ import annotations

import importlib
from typing import Any

_HOME = {
    "VERSION": "kit.settings",
    "KitError": "kit.errors",
    "Settings": "kit.settings",
    "load_settings": "kit.settings",
    "Corpus": "kit.corpus.corpus",
    "load_corpus": "kit.corpus.load",
    "open_corpus": "kit.corpus.store",
    "add_articles": "kit.corpus.ingest",
    "reindex_corpus": "kit.corpus.reindex",
    "Codebook": "kit.codebook.codebook",
    "load_codebook": "kit.codebook.codebook",
    "find_mentions": "kit.codebook.mentions",
    "describe_corpus": "kit.measures.description",
    "describe_removed": "kit.measures.description",
    "list_removed": "kit.measures.description",
    "term_frequencies": "kit.measures.frequency",
    "concept_frequencies": "kit.measures.frequency",
    "pattern_frequencies": "kit.measures.frequency",
    "concordance": "kit.measures.concordance",
    "dispersion": "kit.measures.dispersion",
    "reduced_frequencies": "kit.measures.reduced",
    "ngram_frequencies": "kit.measures.ngrams",
    "lexical_diversity": "kit.measures.diversity",
    "stopword_sensitivity": "kit.measures.sensitivity",
    "describe_measure": "kit.measures.cards",
    "frequency_intervals": "kit.measures.uncertainty",
    "bootstrap_frequencies": "kit.measures.uncertainty",
    "log_ratio_intervals": "kit.measures.log_ratios",
    "bootstrap_log_ratio": "kit.measures.log_ratios",
    "plan_study": "kit.measures.planning",
    "simulate_corpus": "kit.simulation.corpus",
    "collocations": "kit.measures.association",
    "concept_network": "kit.measures.network",
    "find_lists": "kit.measures.lists",
    "keyness": "kit.measures.keyness",
    "frequency_list": "kit.measures.frequency_list",
    "FrequencyList": "kit.measures.frequency_list",
    "general_indonesian": "kit.measures.general",
    "cluster_terms": "kit.topics.clusters.terms",
    "map_clusters": "kit.topics.clusters.map",
    "fit_topics": "kit.topics.models.fit",
    "compare_topics": "kit.topics.quality.choice",
    "topic_stability": "kit.topics.quality.stability",
    "TopicChoice": "kit.topics.quality.result",
    "Topics": "kit.topics.models.result",
    "topic_shares": "kit.topics.groups.shares",
    "topics_over_time": "kit.topics.groups.shares",
    "topic_sources": "kit.topics.groups.sources",
    "cluster_alt": "kit.exhibits.cluster_figures",
    "cluster_figure": "kit.exhibits.cluster_figures",
    "cluster_map_figure": "kit.exhibits.cluster_map",
    "cluster_map_alt": "kit.exhibits.cluster_map",
    "topic_table": "kit.exhibits.topic_table",
    "topic_group_figure": "kit.exhibits.topic_group_figure",
    "topic_group_alt": "kit.exhibits.topic_group_figure",
    "topic_time_figure": "kit.exhibits.topic_time_figure",
    "topic_time_alt": "kit.exhibits.topic_time_figure",
    "choice_figure": "kit.exhibits.choice_figure",
    "choice_alt": "kit.exhibits.choice_figure",
    "concept_figure": "kit.exhibits.frequency_figures",
    "keyness_figure": "kit.exhibits.keyness_figure",
    "keyness_alt": "kit.exhibits.keyness_figure",
    "planning_figure": "kit.exhibits.planning_figure",
    "network_figure": "kit.exhibits.network_figure",
    "network_alt": "kit.exhibits.network_figure",
    "dispersion_figure": "kit.exhibits.dispersion_figure",
    "dispersion_alt": "kit.exhibits.dispersion_figure",
    "Vectorizer": "kit.language.vectorizer",
    "Table": "kit.exhibits.tables",
    "Figure": "kit.exhibits.figures",
    "evidence": "kit.exhibits.evidence",
}

__all__ = [*_HOME]  # noqa: PLE0604 - the keys are strings


def __getattr__(name: str) -> Any:
    """Load a public name from its room when it is first asked for."""
    if name not in _HOME:
        message = f"module 'kit' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
