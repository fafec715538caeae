"""Fitting what finds the article among the blocks of a page."""
