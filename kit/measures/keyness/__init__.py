"""What is used more in one corpus than in another."""
