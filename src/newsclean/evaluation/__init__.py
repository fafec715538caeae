"""Measuring against labelled texts."""
