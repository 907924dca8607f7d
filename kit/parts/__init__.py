"""Many parts as one corpus: what each part sums up, how sums are merged, and the engines that do the work."""
