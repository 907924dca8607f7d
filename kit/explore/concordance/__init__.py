"""The concordance as something to explore: its steps, the article beside a line, and what a screen shows of both."""
