"""Where something stands: queries, and lines of text."""
