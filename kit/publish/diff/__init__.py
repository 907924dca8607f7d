"""What moved between two versions of the exhibits, cell by cell, and because of which input."""
