"""Whether topics can be trusted: distinctness, held-out fit, stability, and the choice of their number."""
