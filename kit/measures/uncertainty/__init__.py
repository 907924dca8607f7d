"""How sure: intervals, resampling, the fewest stories they need, and how many a study needs."""
