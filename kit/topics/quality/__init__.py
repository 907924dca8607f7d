"""Whether topics can be trusted: coherence, distinctness, stability, and the choice of their number."""
