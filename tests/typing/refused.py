"""Calls that mypy --strict refuses, each with the code of its error."""

from __future__ import annotations

import kit


def mistakes(corpus: kit.Corpus, codebook: kit.Codebook, topics: kit.Topics) -> None:
    """Each line is one mistake."""
    kit.term_frequencies("corpus")  # arg-type
    kit.term_frequencies(corpus, "lexeme")  # call-arg
    kit.term_frequencies(corpus, unit="root")  # arg-type
    kit.concept_frequencies(corpus, corpus)  # arg-type
    kit.topic_shares(topics, corpus)  # arg-type, arg-type
    kit.collocations(corpus, "warga", minimum=2)  # call-arg
    kit.keyness(corpus)  # call-arg
    kit.topics_over_time(corpus)  # attr-defined
    kit.cluster_terms(corpus, codebook).save()  # attr-defined
