"""Whether coders agree: coefficients on plain arrays, and the intervals that were shown to cover."""
