"""Codebooks and coded texts from and for the programs that coders use."""
