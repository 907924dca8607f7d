"""The governance concepts as data, and where a corpus mentions them."""
