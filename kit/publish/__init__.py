"""What goes out into papers: how exhibits and their numbers are cited."""
