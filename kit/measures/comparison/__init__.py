"""Groups of documents beside each other: what each says, how sure that is, and what else sets them apart."""
