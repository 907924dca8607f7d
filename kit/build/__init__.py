"""How make.py sets up, runs notebooks and checks their products."""
