"""How often: terms, concepts, n-grams, and how rich the vocabulary is."""
