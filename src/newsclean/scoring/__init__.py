"""The trained scorer: how likely each line of a document is junk, by its shape, words and place."""
