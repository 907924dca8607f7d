"""A corpus on disk: written whole or not at all, opened memory-mapped, and grown by parts."""
