"""Which documents tell one story: copies and near-copies, and the one owner of that question."""
