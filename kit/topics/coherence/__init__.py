"""How well terms belong together: in how many texts they meet, and what measures of coherence make of it."""
