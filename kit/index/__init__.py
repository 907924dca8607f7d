"""Texts as integers: which token stands where, and everything that is looked up in them. Nothing here is Indonesian."""
