"""Cleaning files: formats, safe writing, the batch run and its summary."""
