"""Explorers: a model of what is asked, without any widget in it, and two views of it, a widget and a table."""
