"""What a count would be if every passage were read: rates corrected by passages that people have read."""
