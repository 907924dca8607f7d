"""Passages to be coded by people: the sheets they get, the files they give back, and the one record of all answers."""
