"""The words known here: word lists as data, and the affixes that build on them; of texts nothing is known."""
