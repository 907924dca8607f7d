"""Clusters of the governance vocabulary: concepts that are named together."""
