"""How the governance vocabulary groups."""
