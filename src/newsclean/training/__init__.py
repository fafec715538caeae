"""Making material to learn from: extractors run over labelled pages."""
