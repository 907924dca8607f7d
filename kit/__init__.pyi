# The public names with their types: what __init__.py loads when it is first used, as a type checker reads it.

from kit.codebook.codebook import Codebook
from kit.codebook.exchange.codebooks import export_codebook, import_codebook
from kit.codebook.exchange.coding import export_coding, import_coding
from kit.codebook.explanation import Explanation, explain
from kit.codebook.loading import load_codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.corpus import Corpus
from kit.discourse.citations import list_citations
from kit.discourse.modality import find_modality
from kit.discourse.quotations import find_quotations
from kit.discourse.service_voice import service_voice
from kit.discourse.speakers import JoinedSpeakers, code_speakers, join_speakers, list_speakers
from kit.discourse.statements import statements
from kit.discourse.statements_files import read_statements
from kit.errors import KitError
from kit.exhibits.evidence import evidence
from kit.exhibits.figure import Figure
from kit.exhibits.show import show
from kit.exhibits.table import Table
from kit.explore.calls import (
    explore_coding,
    explore_comparison,
    explore_concepts,
    explore_concordance,
    explore_topics,
)
from kit.explore.explorer import Explorer
from kit.measures.association.collocations import collocations
from kit.measures.association.lists import find_lists
from kit.measures.association.network import ConceptNetwork, concept_network
from kit.measures.cards import describe_measure
from kit.measures.codebooks import CodebookComparison, compare_codebooks
from kit.measures.comparison.compare import compare
from kit.measures.concordance.concordance import concordance
from kit.measures.counts.vectorizer import Vectorizer
from kit.measures.discourse.coalitions import Coalitions, find_coalitions
from kit.measures.discourse.network import discourse_network
from kit.measures.discourse.result import DiscourseNetwork
from kit.measures.dispersion.dispersion import dispersion
from kit.measures.frequency.concepts import concept_frequencies, pattern_frequencies
from kit.measures.frequency.copies import compare_copy, list_copies
from kit.measures.frequency.description import describe_corpus, describe_removed, list_removed
from kit.measures.frequency.diversity import lexical_diversity
from kit.measures.frequency.flags import list_flagged
from kit.measures.frequency.ngrams import ngram_frequencies
from kit.measures.frequency.reduced import reduced_frequencies
from kit.measures.frequency.sensitivity import stopword_sensitivity
from kit.measures.frequency.tally import tally
from kit.measures.frequency.terms import term_frequencies
from kit.measures.keyness.frequency_list import FrequencyList
from kit.measures.keyness.general import general_indonesian
from kit.measures.keyness.keyness import keyness
from kit.measures.uncertainty.log_ratios import log_ratio_intervals
from kit.measures.uncertainty.planning import StudyPlan, plan_study
from kit.measures.uncertainty.uncertainty import frequency_intervals
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus
from kit.plots.cluster_map import plot_cluster_map
from kit.plots.clusters import plot_clusters
from kit.plots.comparison import plot_compare
from kit.plots.concepts import plot_concepts
from kit.plots.discourse import plot_discourse
from kit.plots.dispersion import plot_dispersion
from kit.plots.drawing import Drawing
from kit.plots.keyness import plot_keyness
from kit.plots.network import plot_network
from kit.plots.specifications import plot_specifications
from kit.plots.study import plot_study
from kit.plots.topic_choice import plot_topic_choice
from kit.plots.topic_shares import plot_topic_shares
from kit.settings import Settings, __version__, load_settings
from kit.simulation.corpus import Simulation, simulate_corpus
from kit.simulation.sample import SampleCorpus, sample_corpus
from kit.storage.add import add_articles
from kit.storage.load import load_corpus
from kit.storage.open import open_corpus
from kit.storage.read import read_articles
from kit.storage.reindex import reindex_corpus
from kit.storage.remove import remove_articles
from kit.storage.save import save_corpus
from kit.storage.texts import export_texts
from kit.topics.clusters.map import ClusterMap, map_clusters
from kit.topics.clusters.result import TermClusters
from kit.topics.clusters.terms import cluster_terms
from kit.topics.groups.shares import topic_shares
from kit.topics.groups.sources import topic_sources
from kit.topics.models.choice import TopicChoice
from kit.topics.models.fit import fit_topics
from kit.topics.models.result import Topics
from kit.topics.quality.choice import compare_topics
from kit.topics.quality.stability import topic_stability
from kit.topics.topic_table import topic_table
from kit.validity.coding.marks import sentence_codings
from kit.validity.coding.reading import lock_coding, read_codings
from kit.validity.coding.record import add_codings
from kit.validity.coding.sheet import CodingSheet, coding_sheet
from kit.validity.coverage.candidates import candidate_terms
from kit.validity.coverage.near_misses import near_misses
from kit.validity.coverage.shared_hits import concept_overlap, split_half
from kit.validity.figures import load_validity
from kit.validity.intrusion.scores import score_intrusion
from kit.validity.intrusion.sheet import IntrusionSheet, intrusion_sheet
from kit.validity.passages import find_passages
from kit.validity.printed import describe_codebook
from kit.validity.scores import CodingScores, score_coding
from kit.validity.specifications.specifications import Specifications, compare_specifications
from kit.wording.measures import MeasureCard
from kit.wording.tasks import TaskCard

__all__ = [
    "AnyCorpus",
    "ClusterMap",
    "Coalitions",
    "Codebook",
    "CodebookComparison",
    "CodingScores",
    "CodingSheet",
    "ConceptNetwork",
    "Corpus",
    "DiscourseNetwork",
    "Drawing",
    "Explanation",
    "Explorer",
    "Figure",
    "FrequencyList",
    "IntrusionSheet",
    "JoinedSpeakers",
    "KitError",
    "MeasureCard",
    "PartedCorpus",
    "SampleCorpus",
    "Settings",
    "Simulation",
    "Specifications",
    "StudyPlan",
    "Table",
    "TaskCard",
    "TermClusters",
    "TopicChoice",
    "Topics",
    "Vectorizer",
    "__version__",
    "add_articles",
    "add_codings",
    "candidate_terms",
    "cluster_terms",
    "code_speakers",
    "coding_sheet",
    "collocations",
    "compare",
    "compare_codebooks",
    "compare_copy",
    "compare_specifications",
    "compare_topics",
    "concept_frequencies",
    "concept_network",
    "concept_overlap",
    "concordance",
    "describe_codebook",
    "describe_corpus",
    "describe_measure",
    "describe_removed",
    "discourse_network",
    "dispersion",
    "evidence",
    "explain",
    "explore_coding",
    "explore_comparison",
    "explore_concepts",
    "explore_concordance",
    "explore_topics",
    "export_codebook",
    "export_coding",
    "export_texts",
    "find_coalitions",
    "find_lists",
    "find_mentions",
    "find_modality",
    "find_passages",
    "find_quotations",
    "fit_topics",
    "frequency_intervals",
    "general_indonesian",
    "import_codebook",
    "import_coding",
    "intrusion_sheet",
    "join_speakers",
    "keyness",
    "lexical_diversity",
    "list_citations",
    "list_copies",
    "list_flagged",
    "list_removed",
    "list_speakers",
    "load_codebook",
    "load_corpus",
    "load_settings",
    "load_validity",
    "lock_coding",
    "log_ratio_intervals",
    "map_clusters",
    "near_misses",
    "ngram_frequencies",
    "open_corpus",
    "pattern_frequencies",
    "plan_study",
    "plot_cluster_map",
    "plot_clusters",
    "plot_compare",
    "plot_concepts",
    "plot_discourse",
    "plot_dispersion",
    "plot_keyness",
    "plot_network",
    "plot_specifications",
    "plot_study",
    "plot_topic_choice",
    "plot_topic_shares",
    "read_articles",
    "read_codings",
    "read_statements",
    "reduced_frequencies",
    "reindex_corpus",
    "remove_articles",
    "sample_corpus",
    "save_corpus",
    "score_coding",
    "score_intrusion",
    "sentence_codings",
    "service_voice",
    "show",
    "simulate_corpus",
    "split_half",
    "statements",
    "stopword_sensitivity",
    "tally",
    "term_frequencies",
    "topic_shares",
    "topic_sources",
    "topic_stability",
    "topic_table",
]
