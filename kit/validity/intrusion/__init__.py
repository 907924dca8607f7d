"""Whether people find what does not belong to a topic: words, sets of words, topics of a text."""
