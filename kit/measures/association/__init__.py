"""What stands beside what: collocations, lists, the network of concepts."""
