"""From text to tokens, sentences and types; what is known of a word form, decided once per type."""
