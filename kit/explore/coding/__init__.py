"""Passages to code, one after the other: each answer goes into the record at once."""
