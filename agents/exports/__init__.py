"""Dossiers and comparisons as files that people open, print and import elsewhere."""
