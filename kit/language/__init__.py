"""The rules of Indonesian: tokens, sentences, and what is known of a word form, decided once per type."""
