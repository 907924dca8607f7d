"""Explorers of what the kit computes: concepts, two groups side by side, topics; one model and one screen for all."""
