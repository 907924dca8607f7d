"""What documents are about: mixtures of terms, with or without the codebook as an anchor."""
