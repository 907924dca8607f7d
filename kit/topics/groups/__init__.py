"""Where and when topics are talked about: groups of documents, years, and what else explains a topic."""
