"""What is counted: frequencies and concordances."""
