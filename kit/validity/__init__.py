"""What a number means: the passages behind it, and how far it can be trusted."""
