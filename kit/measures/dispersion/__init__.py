"""How evenly items are spread over the parts of a corpus."""
