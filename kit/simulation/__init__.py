"""Simulated corpora with known truth, for tests, teaching and the study of intervals."""
