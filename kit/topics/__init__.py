"""How the governance vocabulary groups, and what documents are about."""
