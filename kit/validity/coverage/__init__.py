"""What a codebook may miss: words like its own, vocabulary near its concepts, concepts that share hits, halves."""
