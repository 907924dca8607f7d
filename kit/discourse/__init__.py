"""Who says what in a text: quotations and their speakers, modality, voice; the rules are data in ``data/``."""
