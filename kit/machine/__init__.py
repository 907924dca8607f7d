"""What compiled code needs, whoever it is for: how it is compiled, whether it is at hand, and texts as bytes."""
