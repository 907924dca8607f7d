"""Results as pictures: every plot with its data and a text for those who cannot see it."""
