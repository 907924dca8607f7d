"""A study as a folder of pages that open from disk: notebooks with their results, exhibits, codebook, a search."""
