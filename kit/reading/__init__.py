"""From files to documents: formats, and the anatomy of a news article."""
