"""Every English and Indonesian word that a reader sees, as data that a linguist can edit."""
