"""What is counted of statements: who shares concepts with whom, who agrees and who objects."""
